"""A chart of a query's rows as Vega-Lite (https://vega.github.io/vega-lite/docs/), which other tools draw as well.

What a query's header says under `chart` decides: which columns are x and y, and what a series is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import wrap
from typing import Any

from kg.errors import QueryError
from kg.plain import natural, one_line
from kg.query import Table
from kg.query.sheet import title

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D31", "#7F7F7F", "#5E3C99")
"""Okabe and Ito's colours, which people tell apart whatever their sight (https://jfly.uni-koeln.de/color/), and three more."""

SOURCE = "Source: MLCommons' published results and vendors' statements, as read by mlperf-kg. MLPerf is a trademark of MLCommons."
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_BARS, _WIDTH = 30, 620


_AXES = {
    "performance": "performance (in the unit of the series)",
    "minutes": "time to train (minutes)", "accelerators": "number of accelerators",
    "fastestMinutes": "time to train, from the fastest to the slowest run (minutes)",
    "minutesBefore": "time to train, from the generation before (tick) to the later one (minutes)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """How rows are drawn: `kind` is line, point, bar or range; x, y and series are columns, x2 the other end of a range.

    Several columns are one text. `log` names those of x and y that are logarithmic; with `ideal`, a line falls as x
    grows from each series' first point. `colours` gives a series its colour, and with it the order.
    """

    kind: str
    x: tuple[str, ...]
    y: tuple[str, ...]
    series: tuple[str, ...] = ()
    x2: str = ""
    log: tuple[str, ...] = ()
    ideal: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Chart:
        """The chart that a header describes. Raises QueryError for what is none."""
        lists = {name: _several(said.get(name)) for name in ("x", "y", "series", "log")}
        try:
            made = cls(**{**said, **lists})
        except TypeError as error:
            raise QueryError(f"the header's chart is none: {error}") from error
        if not made.x or not made.y:
            raise QueryError("the header's chart needs x and y")
        if made.kind not in _LAYERS:
            raise QueryError(f"no chart of the kind {made.kind!r}; there are {', '.join(_LAYERS)}")
        return made


def _several(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def vega_lite(table: Table, chart: Chart, heading: str, subtitle: str = "") -> dict[str, Any]:
    """The chart of a table's rows as a Vega-Lite specification.

    Of many series the ten with the most points are drawn, of many bars the first thirty, and the chart says so.
    Raises QueryError when no row has what the chart needs.
    """
    chart, shared = _telling(table, chart)
    rows = [point for row in table if (point := _point(row, chart)) is not None]
    if not rows:
        raise QueryError("no row has what the chart shows; loosen the conditions")
    rows, left_out = _few(rows, chart)
    dashed = "dashed: as many times faster as there are accelerators more" if chart.ideal else ""
    alike = "; ".join(said for said in shared if said not in _short(subtitle))
    notes = [text for text in (subtitle, alike, left_out, dashed) if text]
    reach = rows + _ideal(rows) if chart.ideal else rows
    x, y, colour = _axis(chart, "x", reach), _axis(chart, "y", reach), _colour(rows, chart)
    tooltip = (
        [{"field": "series"}, {"field": "x"}, {"field": "y"}] if chart.series else [{"field": "x"}, {"field": "y"}]
    )
    layers = _LAYERS[chart.kind](rows, chart, {"x": x, "y": y, "color": colour, "tooltip": tooltip})
    free = chart.kind in ("line", "point")
    main = {"width": _WIDTH, "data": {"values": rows}, "layer": layers, "height": 360 if free else {"step": 18}}
    foot = {
        "width": _WIDTH, "height": 12, "view": {"stroke": None}, "data": {"values": [{"text": SOURCE}]},
        "mark": {"type": "text", "align": "left", "x": 0, "fontSize": 9, "color": "#555"},
        "encoding": {"text": {"field": "text"}},
    }  # fmt: skip
    return {
        "$schema": _SCHEMA, "vconcat": [main, foot], "background": "white", "spacing": 8,
        "title": {"text": wrap(one_line(heading), 72), "subtitle": [one_line(note) for note in notes], "anchor": "start"},
        "config": {"view": {"continuousHeight": 360}, "axis": {"grid": True, "gridColor": "#e5e5e5", "labelLimit": 340},
                   "font": "Arial, Helvetica, sans-serif"},
    }  # fmt: skip


def drawable(table: Table, chart: Chart) -> bool:
    """Whether any row has what the chart needs, so that `vega_lite` draws it."""
    return any(_point(row, chart) is not None for row in table)


def _telling(table: Table, chart: Chart) -> tuple[Chart, list[str]]:
    """The chart with the columns of its series in which rows differ, and what the others are in all rows."""
    values = {c: {row.get(f"{c}Label") or row.get(c) for row in table} for c in chart.series}
    kept = tuple(c for c in chart.series if len(values[c]) > 1) or chart.series[:1]
    alike = [f"{title(c)}: {_short(text)}" for c in chart.series if c not in kept for text in values[c] if text]
    return replace(chart, series=kept), alike


def _point(row: Mapping[str, str | None], chart: Chart) -> dict[str, Any] | None:
    """A row as a point; None when it lacks what the chart needs."""

    def value(*columns: str) -> Any:
        said = [row.get(f"{column}Label") or row.get(column) for column in columns]
        there = [_short(text) for text in said if text is not None]
        there = [text for text in there if not any(other.startswith(f"{text}, ") for other in there)]
        number = len(columns) == 1 and there and re.fullmatch(r"-?\d+(\.\d+)?", there[0])
        return float(there[0]) if number else ", ".join(there) or None

    point: dict[str, Any] = {"x": value(*chart.x), "y": value(*chart.y)}
    if chart.x2:
        point["x2"] = value(chart.x2)
    named = value(*chart.series)
    point["series"] = f"{named:g}" if isinstance(named, float) else named or ""
    for name in ("x", "y"):
        logarithmic = any(column in chart.log for column in getattr(chart, name))
        if point[name] is None or (logarithmic and not (isinstance(point[name], float) and point[name] > 0)):
            return None
    return point


def _short(text: str) -> str:
    """Rounds without their suite, on one line."""
    return one_line(re.sub(r"\bMLPerf (?:Training|Inference) (?=v\d)", "", text))


def _few(rows: list[dict[str, Any]], chart: Chart) -> tuple[list[dict[str, Any]], str]:
    """The rows that one chart can show, and what is said of those that it does not."""
    if chart.kind in ("line", "point"):
        series = Counter(row["series"] for row in rows)
        kept = {name for name, _ in series.most_common(len(COLOURS))}
        more = len(series) - len(kept)
        said = f"{len(kept)} of {len(series)} series; choose with parameters" if more else ""
        return [row for row in rows if row["series"] in kept], said
    if chart.kind == "range":
        seen: Counter[str] = Counter()
        for row in rows:
            seen[row["y"]] += 1
            row["y"] += f" ({seen[row['y']]})" if seen[row["y"]] > 1 else ""
    names = list(dict.fromkeys(row["y"] for row in rows))
    kept = set(names[:_BARS])
    more = len(names) - len(kept)
    said = f"the first {len(kept)} of {len(names)}; choose with parameters" if more else ""
    return [row for row in rows if row["y"] in kept], said


def _axis(chart: Chart, name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    columns: tuple[str, ...] = getattr(chart, name)
    heading = _AXES.get(columns[0], title(columns[0])) if len(columns) == 1 else None
    axis: dict[str, Any] = {"field": name, "title": heading}
    if all(isinstance(row[name], float) for row in rows):
        axis |= {"type": "quantitative"}
        if set(columns) & set(chart.log):
            axis["scale"] = {"type": "log", "nice": False, "padding": 12}
            axis["axis"] = {"values": _ticks([row[name] for row in rows]), "format": "~r"}
        return axis
    order = list(dict.fromkeys(row[name] for row in rows))
    if name == "x":
        angle = {"labelAngle": 0 if len(order) < 10 else -40}
        return axis | {"type": "nominal", "sort": sorted(order, key=natural), "axis": angle}
    return axis | {"type": "nominal", "sort": order}


def _ticks(values: Sequence[float]) -> list[float]:
    """Powers of two for counts, else the fewest multiples of powers of ten of which three lie within the values."""
    low, high = min(values), max(values)
    if low == high:
        return [low]
    if all(value == int(value) for value in values):
        return [tick for tick in (float(2**n) for n in range(21)) if low / 2 <= tick <= high * 2]
    for multiples in ((1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8), tuple(m / 10 for m in range(10, 100))):
        steps = [m * 10.0**n for n in range(-3, 6) for m in multiples]
        if sum(low <= step <= high for step in steps) > 2:
            break
    return [step for step in steps if low / 2 <= step <= high * 2]


def _colour(rows: Sequence[Mapping[str, Any]], chart: Chart) -> dict[str, Any]:
    if not chart.series:
        return {"value": COLOURS[0]}
    present = list(dict.fromkeys(row["series"] for row in rows))
    fixed = [name for name in chart.colours if name in present]
    names = fixed + sorted(set(present) - set(fixed), key=natural)
    colours = [chart.colours[name] for name in fixed] + list(COLOURS)
    heading = ", ".join(map(title, chart.series))
    beside = max(map(len, names), default=0) < 44  # two columns of longer names are cut where the font is a wide one
    legend = {
        "title": heading, "titleLimit": 600, "labelLimit": 290 if beside else 600, "orient": "bottom",
        "columns": 2 if beside else 1, "columnPadding": 30, "symbolLimit": 0,
    }  # fmt: skip
    scale = {"domain": names, "range": colours}
    return {"field": "series", "type": "nominal", "sort": names, "legend": legend, "scale": scale}


_Rows = list[dict[str, Any]]
_Shared = dict[str, Any]


def _points(rows: _Rows, chart: Chart, shared: _Shared) -> _Rows:
    mark, colour = {"type": "point", "filled": True, "size": 45}, shared["color"]
    shape = {"shape": colour | {"scale": {"domain": colour["scale"]["domain"]}}} if chart.series else {}
    return [{"mark": mark, "encoding": shared | shape}]


def _lines(rows: _Rows, chart: Chart, shared: _Shared) -> _Rows:
    drawn = [{"mark": {"type": "line", "strokeWidth": 1.5}, "encoding": shared}, *_points(rows, chart, shared)]
    if not chart.ideal:
        return drawn
    dashes = {"type": "line", "strokeDash": [4, 4], "strokeWidth": 1, "opacity": 0.6}
    return [{"data": {"values": _ideal(rows)}, "mark": dashes, "encoding": shared}, *drawn]


def _ideal(rows: _Rows) -> _Rows:
    """For each series a point that is as many times faster as it has more accelerators than the smallest."""
    made = []
    for name in dict.fromkeys(row["series"] for row in rows):
        points = sorted((row["x"], row["y"]) for row in rows if row["series"] == name)
        first, last = points[0], points[-1]
        made += [{"series": name, "x": x, "y": first[1] * first[0] / x} for x in (first[0], last[0])]
    return made


def _bars(rows: _Rows, chart: Chart, shared: _Shared) -> _Rows:
    order = {"order": {"field": "place", "type": "quantitative"}} if chart.series else {}
    names = shared["color"].get("sort", [])
    for row in rows:
        row["place"] = names.index(row["series"]) if names else 0
    return [{"mark": "bar", "encoding": shared | {"x": shared["x"] | {"stack": "zero"}} | order}]


def _ranges(rows: _Rows, chart: Chart, shared: _Shared) -> _Rows:
    return [
        {"mark": {"type": "rule", "strokeWidth": 3}, "encoding": shared | {"x2": {"field": "x2"}}},
        {"mark": {"type": "tick", "thickness": 3, "height": 10}, "encoding": shared},
    ]


_LAYERS: dict[str, Callable[[_Rows, Chart, _Shared], _Rows]] = {
    "line": _lines, "point": _points, "bar": _bars, "range": _ranges,
}  # fmt: skip
