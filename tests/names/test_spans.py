import re

import pytest

from kg.graph import vocabulary_to_quads
from kg.names.spans import comparable, why_not_comparable
from kg.names.vocabulary import load_vocabulary, vocabulary_files
from kg.namespaces import MLP, iri
from kg.store import memory_graph


@pytest.fixture(scope="module")
def vocabulary_graph():
    return memory_graph(vocabulary_to_quads(vocabulary_files()))


def ends(benchmark, first, second):
    return iri("benchmark", benchmark), iri("round", first), iri("round", second)


@pytest.mark.parametrize(
    ("benchmark", "first", "second", "may"),
    [
        ("resnet-50", "training-v0.6", "training-v4.0", True),
        ("resnet-50", "training-v0.5", "training-v0.6", False),
        ("bert", "training-v0.7", "training-v1.0", False),
        ("bert", "training-v5.0", "training-v1.0", True),
        ("minigo", "training-v0.6", "training-v0.7", False),
        ("minigo", "training-v0.7", "training-v2.1", True),
        ("rnn-t", "training-v1.0", "training-v1.1", False),
        ("rnn-t", "training-v1.1", "training-v3.1", True),
        ("dlrm", "training-v0.7", "training-v2.1", True),
        ("dlrm", "training-v2.1", "training-v3.0", False),
        ("deepcam", "hpc-v0.7", "hpc-v1.0", True),
        ("cosmoflow", "hpc-v1.0", "hpc-v2.0", False),
        ("cosmoflow", "hpc-v2.0", "hpc-v3.0", False),
        ("bert", "training-v0.5", "training-v0.5", True),
        ("no-such", "training-v1.1", "training-v2.0", False),
    ],
)
def test_what_the_table_lets_compare(vocabulary_graph, benchmark, first, second, may):
    assert comparable(vocabulary_graph, *ends(benchmark, first, second)) is may
    assert comparable(vocabulary_graph, *ends(benchmark, second, first)) is may


def test_why_not(vocabulary_graph):
    assert why_not_comparable(vocabulary_graph, *ends("bert", "training-v2.0", "training-v0.7")) == (
        "BERT, MLPerf Training v0.7 and BERT, MLPerf Training v1.0 to v5.0 may not be compared: "
        "v1.0 raised the quality target from 0.712 to 0.72"
    )
    assert why_not_comparable(vocabulary_graph, *ends("bert", "training-v2.0", "training-v1.1")) == ""
    assert why_not_comparable(vocabulary_graph, *ends("dlrm", "training-v2.1", "training-v3.0")) == (
        "nothing says with which rounds DLRM of MLPerf Training v3.0 may be compared"
    )


def test_the_spans_of_a_benchmark_are_the_rounds_that_use_it_each_once(vocabulary_graph):
    spans = {}
    for row in vocabulary_graph.query(f"SELECT ?b ?r WHERE {{ ?b <{MLP}span> ?s . ?s <{MLP}spansRound> ?r }}"):
        spans.setdefault(row["b"].value, []).append(row["r"].value)
    used = {
        c.entity.iri: sorted(c.rounds)
        for c in load_vocabulary().of_kind("Benchmark")
        if c.rounds and "/inference-" not in c.entity.iri  # nothing says which rounds of Inference may be compared
    }
    assert {iri: sorted(rounds) for iri, rounds in spans.items()} == used


def test_rounds_are_ordered_as_versions(vocabulary_graph):
    rows = vocabulary_graph.query(
        f"SELECT ?r ?o WHERE {{ ?r a <{MLP}Round> OPTIONAL {{ ?r <{MLP}roundOrder> ?o }} }} ORDER BY ?o"
    )
    found = [(row["r"].value.rpartition("/")[2], int(row["o"].value)) for row in rows]
    suites = ["training", "hpc", "inference"]
    for name, order in found:
        suite, major, minor = re.fullmatch(r"(\w+)-v(\d+)\.(\d+)", name).groups()
        assert order == 10000 * suites.index(suite) + 100 * int(major) + int(minor)
