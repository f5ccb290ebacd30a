"""Words of a document that has pages are shown with their page, by every way to ask for them."""

import pytest

from kg.ask import ask
from kg.build import build
from kg.query import run
from kg.serve.view import view
from kg.store import open_graph
from tests.read.paper import pdf

PAGES = (
    [(60, 700, 18, "MLPerf Training v2.0 Results Discussion"), (60, 640, 14, "Graphcore"),
     (60, 610, 10, "We submitted BERT on a Bow Pod16 with PopART.")],
    [(60, 700, 14, "Dell"), (60, 670, 10, "Dell submitted RNN-T on the PowerEdge XE8545.")],
)  # fmt: skip


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paged")
    (folder / "discussion.pdf").write_bytes(pdf(*PAGES))
    build([folder / "discussion.pdf"], directory=folder / "graph")
    return open_graph(folder / "graph")


def test_a_query_has_the_page_as_a_column_and_in_its_notes(paged, graph):
    found = run(paged, "benchmarks-by-organization")
    pages = {row["organizationLabel"]: row["pageNumber"] for row in found}
    assert pages == {"Dell Technologies": "2", "Graphcore": "1"}
    for row, note in zip(found, found.sheet().notes, strict=True):
        assert note[0].endswith(f", p. {row['pageNumber']}")
    told = [item.text for row in view(found).rows for item in row.evidence]
    assert sorted(text[-4:] for text in told) == ["p. 1", "p. 2"]
    assert "page number" not in view(found).head
    assert "pageNumber" not in run(graph, "benchmarks-by-organization").columns


def test_an_answer_has_the_page_of_facts_and_of_claims(paged):
    for question, page in (("what does Dell say", "2"), ("which claims does Graphcore make", "1")):
        assert {row["pageNumber"] for row in ask(paged, question).evidence} == {page}, question
