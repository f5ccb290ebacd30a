import json
import sys

import pyoxigraph as ox
import pytest

from kg.errors import MissingExtra, QueryError
from kg.plot import Chart, chart_of, drawable, plot, to_svg, vega_lite
from kg.query import Table, queries

XSD = "http://www.w3.org/2001/XMLSchema#"


def number(value):
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + ("decimal" if "." in str(value) else "integer")))


def table(*rows, columns=("organizationLabel", "accelerators", "minutes")):
    terms = [tuple(number(v) if isinstance(v, int | float) else v and ox.Literal(v) for v in row) for row in rows]
    return Table(columns, tuple(terms))


SCALING = {
    "kind": "line", "x": "accelerators", "y": "minutes", "series": ["organization"], "log": ["accelerators", "minutes"], "ideal": True,
}  # fmt: skip
ROWS = table(("Arden", 8, 40.0), ("Arden", 64, 8.0), ("Boreas", 4, 50.0), ("Boreas", 16, 20.0))


def layers(spec):
    return spec["vconcat"][0]["layer"]


def points(spec):
    return spec["vconcat"][0]["data"]["values"]


def test_a_line_has_its_points_its_units_and_its_ideal():
    spec = vega_lite(ROWS, Chart.of(SCALING), "Scaling", "benchmark: BERT")
    assert [(p["series"], p["x"], p["y"]) for p in points(spec)][:2] == [("Arden", 8, 40), ("Arden", 64, 8)]
    ideal, line, _ = layers(spec)
    assert [(p["x"], p["y"]) for p in ideal["data"]["values"]] == [(8, 40), (64, 5), (4, 50), (16, 12.5)]
    assert line["encoding"]["y"]["title"] == "time to train (minutes)"
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert spec["title"]["subtitle"][0] == "benchmark: BERT"
    assert "Source: MLCommons" in json.dumps(spec)


@pytest.mark.parametrize(("low", "high"), [(0.4, 90.5), (12.5, 28.5), (20.1, 24.7), (12.0, 17.5)])
def test_a_logarithmic_axis_has_three_ticks_within_its_values(low, high):
    spec = vega_lite(table(("Arden", 8, high), ("Arden", 16, low)), Chart.of(SCALING), "Scaling")
    ticks = layers(spec)[1]["encoding"]["y"]["axis"]["values"]
    assert 3 <= sum(low <= tick <= high for tick in ticks) <= 16


def test_one_value_has_one_tick_and_the_ideal_its_own():
    spec = vega_lite(table(("Arden", 8, 12.5), ("Boreas", 8, 40)), Chart.of(SCALING), "Scaling")
    assert layers(spec)[1]["encoding"]["x"]["axis"]["values"] == [8]
    spec = vega_lite(table(("Arden", 8, 40), ("Arden", 1024, 8)), Chart.of(SCALING), "Scaling")
    assert min(layers(spec)[1]["encoding"]["y"]["axis"]["values"]) < 0.5


def test_a_series_does_not_say_its_benchmark_twice():
    rows = table(("BERT", "BERT, MLPerf Training v1.0 to v5.0", 8, 4.5), ("DLRM", "DLRM, MLPerf Training v1.1", 8, 5.5),
                 columns=("benchmarkLabel", "spanLabel", "accelerators", "minutes"))  # fmt: skip
    spec = vega_lite(rows, Chart.of({**SCALING, "series": ["benchmark", "span"]}), "Scaling")
    assert {p["series"] for p in points(spec)} == {"BERT, v1.0 to v5.0", "DLRM, v1.1"}


def test_what_is_the_same_in_all_rows_tells_no_series_apart():
    rows = table(("Arden", "MLPerf Training v2.0", 8, 4.5), ("Boreas", "MLPerf Training v2.0", 8, 5.5),
                 columns=("organizationLabel", "roundLabel", "accelerators", "minutes"))  # fmt: skip
    spec = vega_lite(rows, Chart.of({**SCALING, "series": ["organization", "round"]}), "Scaling")
    assert {p["series"] for p in points(spec)} == {"Arden", "Boreas"}
    assert "round: v2.0" in spec["title"]["subtitle"]
    spec = vega_lite(
        rows, Chart.of({**SCALING, "series": ["organization", "round"]}), "", "round: MLPerf Training v2.0"
    )
    assert "round: v2.0" not in spec["title"]["subtitle"]


def test_of_many_series_ten_are_drawn_and_the_chart_says_so():
    rows = table(*((f"Vendor {at}", count, 100.0 / count) for at in range(14) for count in (1, 2)))
    spec = vega_lite(rows, Chart.of(SCALING), "Scaling")
    assert len({p["series"] for p in points(spec)}) == 10
    assert "10 of 14 series; choose with parameters" in spec["title"]["subtitle"]


def test_rows_without_a_value_are_no_points_and_no_rows_are_an_error():
    spec = vega_lite(table(("Arden", 8, 40.0), ("Arden", None, 3.0), ("Arden", 16, 0)), Chart.of(SCALING), "Scaling")
    assert len(points(spec)) == 1
    with pytest.raises(QueryError, match="no row has what the chart shows"):
        vega_lite(table(("Arden", None, 3.0)), Chart.of(SCALING), "Scaling")
    assert [drawable(rows, Chart.of(SCALING)) for rows in (ROWS, table(("Arden", None, 3.0)))] == [True, False]


def test_rounds_stand_in_their_order():
    rows = table(("MLPerf Training v10.0", 1.5), ("MLPerf Training v2.0", 2.5), columns=("roundLabel", "minutes"))
    spec = vega_lite(rows, Chart.of({"kind": "line", "x": "round", "y": "minutes"}), "Fastest")
    assert layers(spec)[0]["encoding"]["x"]["sort"] == ["v2.0", "v10.0"]


def test_a_verdict_has_one_colour_everywhere():
    said = {
        "kind": "bar",
        "x": "claims",
        "y": "organization",
        "series": ["verdict"],
        "colours": {"good": "#111111", "bad": "#222222"},
    }
    rows = table(("Arden", "bad", 2), ("Arden", "good", 1), columns=("organizationLabel", "verdictLabel", "claims"))
    colour = layers(vega_lite(rows, Chart.of(said), "Claims"))[0]["encoding"]["color"]
    assert colour["scale"]["domain"] == ["good", "bad"]
    assert colour["scale"]["range"][:2] == ["#111111", "#222222"]


def test_ranges_of_the_same_name_do_not_cover_one_another():
    said = {"kind": "range", "x": "fastest", "x2": "slowest", "y": ["organization", "accelerators"]}
    rows = table(
        ("Arden", 8, 1.5, 2.5),
        ("Arden", 8, 1.7, 3.5),
        columns=("organizationLabel", "accelerators", "fastest", "slowest"),
    )
    spec = vega_lite(rows, Chart.of(said), "Spread")
    assert [p["y"] for p in points(spec)] == ["Arden, 8", "Arden, 8 (2)"]
    assert points(spec)[1]["x2"] == 3.5


@pytest.mark.parametrize(
    "said", [{"kind": "pie", "x": "a", "y": "b"}, {"kind": "bar", "x": "a", "y": "b", "z": "c"}, {"kind": "bar"}]
)
def test_a_header_that_describes_no_chart_is_an_error(said):
    with pytest.raises(QueryError):
        Chart.of(said)


@pytest.mark.parametrize("query", [q for q in queries() if q.chart is not None], ids=lambda q: q.name)
def test_every_chart_of_a_query_is_drawn(graph, small, query):
    of_inference = query.name.startswith("inference")  # of which no results ship
    svg = to_svg(chart_of(small if of_inference else graph, query.name, {}))
    assert svg.startswith("<svg")
    assert "Source: MLCommons" in svg


@pytest.mark.parametrize(
    ("name", "head"), [("a.svg", b"<svg"), ("a.png", b"\x89PNG"), ("a.html", b"<!DOCTYPE html>"), ("a.json", b"{")]
)
def test_a_chart_is_a_file(graph, tmp_path, name, head):
    said = plot(graph, "scaling", tmp_path / name, {"benchmark": "BERT"})
    assert name in said
    assert (tmp_path / name).read_bytes().lstrip().startswith(head)


def test_what_cannot_be_drawn_leaves_no_file(graph, tmp_path):
    none = "has no chart; those that have one: .*scaling"
    for name, file, error in (("rounds", "a.svg", none), ("scaling", "a.gif", "a chart ends in")):
        with pytest.raises(QueryError, match=error):
            plot(graph, name, tmp_path / file)
    with pytest.raises(QueryError, match="no row"):
        plot(graph, "scaling", tmp_path / "a.svg", {"organization": "Krai", "benchmark": "DLRM"})
    assert not list(tmp_path.iterdir())


def test_without_the_renderer_the_extra_is_named(graph, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtra, match=r"mlperf-kg\[plot\]"):
        plot(graph, "scaling", tmp_path / "a.svg", {"benchmark": "BERT"})
    plot(graph, "scaling", tmp_path / "a.json", {"benchmark": "BERT"})


def test_the_command(built, cli, tmp_path):
    ran = cli(["plot", "scaling", tmp_path / "a.svg", "--benchmark", "BERT", "--graph", built])
    assert (ran.exit_code, "a.svg: How results" in ran.stdout) == (0, True)
    assert (tmp_path / "a.svg").read_text().count("BERT") >= 1
