"""Every canned query against a small graph in the contract's shape, with the rows it must give.

The statements of the graph are in `graph.trig`, its official results in `record.csv`. A case with
`columns` is compared in these columns alone.
"""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.claims import check_claims, reviews_to_quads
from kg.graph import results_to_quads, vocabulary_to_quads
from kg.link.vocabulary import load_vocabulary, vocabulary_files
from kg.model import Entity
from kg.namespaces import curie
from kg.query import queries, run
from kg.record import SystemLink
from kg.results import link_results
from kg.store import memory_graph

HERE = Path(__file__).parent / "queries"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{number}")
    for path in sorted(HERE.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text("utf-8")))
]


@pytest.fixture(scope="module")
def small():
    statements = ox.parse((HERE / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG)
    vocabulary = load_vocabulary()
    record = link_results([HERE / "record.csv"], vocabulary)
    box = Entity("https://w3id.org/mlperf-kg/id/system/gigabyte/g492-id0", "G492-ID0", "System")
    filed = next(r.filed_system for r in record.results if r.result.submitter == "GIGABYTE")
    official = results_to_quads(record.results, [SystemLink(box, filed, "G492-ID0")])
    quads = {*statements, *official, *_described(vocabulary, record.results)}
    return memory_graph({*quads, *reviews_to_quads(check_claims(memory_graph(quads)))})


def _described(vocabulary, results):
    """What the vocabulary says of the accelerators and rounds of results."""
    of_results = {r.accelerator.iri for r in results if r.accelerator}
    about = {iri for at in of_results for iri in vocabulary.ancestors(at)} | {r.round.iri for r in results}
    about |= {framework.iri for r in results for framework in r.filed_frameworks}
    quads = vocabulary_to_quads(vocabulary_files())
    verdicts = {q for q in quads if "/id/verdict/" in q.subject.value}
    return verdicts | {q for q in quads if q.subject.value in about and "Label" not in q.predicate.value}


def test_no_query_lacks_expected_rows():
    assert {q.name for q in queries()} == {path.stem for path in HERE.glob("*.json")}
    assert len(queries()) >= 18


@pytest.mark.parametrize(("name", "case"), CASES)
def test_rows(small, name, case):
    found = [
        {
            column: value if column.endswith("Label") else curie(value)
            for column, value in row.items()
            if value is not None and column in case.get("columns", row)
        }
        for row in run(small, name, case["parameters"])
    ]
    assert found == case["rows"]


@pytest.mark.parametrize("query", queries(), ids=lambda q: q.name)
def test_the_examples_of_each_header_run_on_the_shipped_graph(graph, query):
    given = {p.name: p.example for p in query.parameters if not p.optional}
    assert run(graph, query.name, given).columns
