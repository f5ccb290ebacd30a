"""Rows as the URL asks for them, and the same rows as data and as a chart."""

import csv
import io
import re

import pyarrow.parquet
import pytest

from kg.errors import UnknownName
from kg.query import queries, run
from kg.serve.listing import PARAMETERS, SIZE, listing

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def results(graph):
    return run(graph, "results", {})


def column(table, name):
    return [row[name] for row in table]


def test_no_query_has_a_parameter_of_the_listing():
    assert not {p.name for q in queries() for p in q.parameters} & {*PARAMETERS, "format"}


def test_rows_are_filtered_sorted_and_paged(results):
    made = listing(results, [("where.benchmark", "BERT"), ("sort", "-minutes"), ("page", "2")])
    assert set(column(made.table, "benchmarkLabel")) == {"BERT"}
    minutes = [float(m) for m in column(made.table, "minutes")]
    assert minutes == sorted(minutes, reverse=True)
    assert column(made.rows, "minutes") == column(made.table, "minutes")[SIZE : 2 * SIZE]
    assert made.total == len(results)


def test_facets_count_what_the_other_filters_leave(results):
    made = listing(results, [("where.benchmark", "BERT"), ("where.round", "MLPerf Training v2.0")])
    of = {facet.column: dict(facet.values) for facet in made.facets}
    assert of["benchmark"]["BERT"] == len(made.table)
    other = listing(results, [("where.benchmark", "DLRM"), ("where.round", "MLPerf Training v2.0")])
    assert of["benchmark"]["DLRM"] == len(other.table)
    assert set(of["round"]) >= {"MLPerf Training v1.1", "MLPerf Training v2.0"}


def test_text_is_found_in_what_is_shown(results):
    made = listing(results, [("find", "tensorflow")])
    assert made.table.rows
    assert all("TensorFlow" in " ".join(filter(None, row.values())) for row in made.table)


def test_columns_are_chosen_with_their_evidence(results):
    made = listing(results, [("columns", "organization"), ("columns", "minutes")])
    assert {"organization", "organizationLabel", "minutes", "systemFile"} <= set(made.table.columns)
    assert "benchmarkLabel" not in made.table.columns
    with pytest.raises(UnknownName):
        listing(results, [("columns", "colour")])


def test_links_keep_what_is_chosen(results):
    made = listing(results, [("benchmark", "BERT"), ("sort", "minutes"), ("page", "2")])
    assert made.sort_link("minutes") == "?benchmark=BERT&sort=-minutes"
    assert made.link(page="3") == "?benchmark=BERT&sort=minutes&page=3"
    assert made.sorted_by("minutes") == "ascending"


def test_what_is_alike_in_all_rows_is_said_once(client, graph):
    every = listing(run(graph, "scaling", {"organization": "NVIDIA", "benchmark": "BERT"}), [])
    assert {"organization", "benchmark"} <= set(every.alike())
    assert not {"minutes", "round"} & set(every.alike())
    address = "/queries/scaling?organization=NVIDIA&benchmark=BERT"
    page = client.get(address, headers=HTML).text
    said = re.search(r"<p>In all rows: (.*)</p>", page)[1]
    assert 'organization <a href="/id/organization/nvidia">NVIDIA</a>' in said
    assert 'data-title="organization"' not in page
    assert 'data-title="minutes"' in page
    assert 'data-title="organization"' in client.get(address + "&columns=organization,minutes", headers=HTML).text
    assert "organization" in client.get(address + "&format=csv").text.split("\n")[0]


def test_data_are_exactly_what_is_shown(client, results):
    asked = {"where.benchmark": "BERT", "columns": ["organization", "minutes"], "sort": "minutes"}
    wanted = column(listing(results, [("where.benchmark", "BERT"), ("sort", "minutes")]).table, "minutes")
    rows = list(csv.DictReader(io.StringIO(client.get("/queries/results", params={**asked, "format": "csv"}).text)))
    assert [row["minutes"] for row in rows] == wanted
    assert "benchmark" not in rows[0]
    body = client.get("/queries/results", params={**asked, "format": "parquet"}).content
    table = pyarrow.parquet.read_table(io.BytesIO(body))
    assert table.column("minutes").to_pylist() == [float(m) for m in wanted]
    page = client.get("/queries/results", params=asked, headers=HTML).text
    assert f"{len(wanted)} of {len(results)} rows" in page
    assert "/queries/results/chart.svg?where.benchmark=BERT&amp;columns=organization" in page


@pytest.mark.parametrize("path", ["?columns=colour", "?sort=colour", "?where.colour=red"])
def test_a_column_that_is_none_is_said(client, path):
    reply = client.get("/queries/results" + path, headers=HTML)
    assert reply.status_code == 404
    assert "no column is known as" in reply.text


@pytest.mark.parametrize(
    ("ending", "head"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("json", b"{"), ("html", b"<!DOCTYPE html>")]
)
def test_charts_are_served(client, ending, head):
    reply = client.get(f"/queries/scaling/chart.{ending}?benchmark=BERT&where.round=MLPerf+Training+v2.0")
    assert reply.status_code == 200
    assert reply.content.lstrip().startswith(head)


def test_what_has_no_chart_is_not_there(client):
    for path in (
        "rounds/chart.svg",
        "scaling/chart.gif",
        "nothing/chart.svg",
        "scaling/chart.svg?organization=Krai&benchmark=DLRM",
    ):
        assert client.get(f"/queries/{path}").status_code == 404
