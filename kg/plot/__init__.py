"""Charts of canned queries, as SVG and PNG to print, HTML to pass on, and Vega-Lite to change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import QueryError, needed
from kg.files import write_whole
from kg.plot.spec import Chart, drawable, vega_lite
from kg.query import Value, load, queries, run
from kg.store import Graph

__all__ = ["DRAWN", "FORMATS", "Chart", "can_draw", "chart_of", "drawable", "plot", "to_svg", "vega_lite"]

_LONG = re.compile(r"(?<=[(,ML])-?\d+\.\d{3,}(?=[,)LZ])")
"""A place in a drawing, finer than any screen."""


def plot(graph: Graph, name: str, file: Path, parameters: Mapping[str, Value | Sequence[Value]] | None = None) -> str:
    """Draw the chart of a canned query to a file; returns a sentence on what was drawn.

    Raises QueryError for a query without a chart, another ending, or no rows to draw, UnknownName for a name
    that is none, MissingExtra when no renderer is installed, and OutputError when the file cannot be written.
    """
    ending = file.suffix.lower()
    if ending not in FORMATS:
        raise QueryError(f"{file}: a chart ends in {', '.join(FORMATS)}")
    spec = chart_of(graph, name, parameters or {})
    write_whole(file, DRAWN[ending](spec) if ending in DRAWN else json.dumps(spec, ensure_ascii=False, indent=1) + "\n")
    return f"{file}: {' '.join(spec['title']['text'])}"


def chart_of(graph: Graph, name: str, parameters: Mapping[str, Value | Sequence[Value]]) -> dict[str, Any]:
    """The chart of a canned query as Vega-Lite. Raises QueryError when the query has none, or no row to draw."""
    query = load(name)
    if query.chart is None:
        known = ", ".join(q.name for q in queries() if q.chart is not None)
        raise QueryError(f"the query {name} has no chart; those that have one: {known}")
    given = "; ".join(f"{key}: {_said(value)}" for key, value in parameters.items())
    return vega_lite(run(graph, name, parameters), Chart.of(query.chart), query.summary, given)


def to_svg(spec: Mapping[str, Any]) -> str:
    """A Vega-Lite specification drawn as SVG. Raises MissingExtra when the renderer is not installed."""
    quiet = {**spec, "config": {**spec.get("config", {}), "aria": False}}  # else each mark carries its values as text
    drawn: str = _renderer().vegalite_to_svg(quiet)
    return _LONG.sub(lambda found: f"{float(found[0]):.1f}", drawn)


def to_png(spec: Mapping[str, Any]) -> bytes:
    """A Vega-Lite specification drawn as PNG, at twice its size. Raises MissingExtra without the renderer."""
    drawn: bytes = _renderer().vegalite_to_png(spec, scale=2)
    return drawn


def to_html(spec: Mapping[str, Any]) -> str:
    """A Vega-Lite specification as a page that needs no network. Raises MissingExtra without the renderer."""
    drawn: str = _renderer().vegalite_to_html(spec, bundle=True)
    return drawn


DRAWN: dict[str, Callable[[Mapping[str, Any]], str | bytes]] = {".svg": to_svg, ".png": to_png, ".html": to_html}
"""What draws a Vega-Lite specification for a file with an ending."""

FORMATS = (*DRAWN, ".json")
"""The endings that a chart's file may have; .json is the specification."""


def can_draw() -> bool:
    """Whether the renderer is installed."""
    return find_spec("vl_convert") is not None


def _renderer() -> Any:
    return needed("vl_convert", "plot", "charts")


def _said(value: Value | Sequence[Value]) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
