"""Queries over several rounds compare within the spans of the vocabulary, and say what they leave out.

The results are made up: Acme's times on BERT in rounds of two spans.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph import results_to_quads, vocabulary_to_quads
from kg.names.vocabulary import load_vocabulary, vocabulary_files
from kg.query import load, run
from kg.record.link import ResultLinker
from kg.record.table import read_csv
from kg.store import memory_graph

TIMES = [
    ("v0.7", "NVIDIA V100", 8, 80.0), ("v1.0", "NVIDIA A100", 8, 40.0), ("v1.1", "NVIDIA A100", 8, 20.0),
    ("v1.1", "NVIDIA A100", 64, 4.0), ("v2.1", "NVIDIA H100", 8, 10.0),
]  # fmt: skip
LEFT_OUT = "BERT, MLPerf Training v0.7: v1.0 raised the quality target from 0.712 to 0.72"


@pytest.fixture(scope="module")
def acme():
    linker = ResultLinker(load_vocabulary())
    row = read_csv(Path(__file__).parents[1] / "queries" / "record.csv")[0]
    made = [
        replace(
            row, round=f"MLPerf Training {version}", submitter="Acme", division="closed", system=f"box-{count}",
            accelerator=chip, accelerators=count, benchmark="bert", minutes=minutes,
            system_file=f"Acme/systems/box-{count}.json", log_folder=f"Acme/results/box-{count}/bert",
        )
        for version, chip, count, minutes in TIMES
    ]  # fmt: skip
    quads = results_to_quads(map(linker.link, made))
    return memory_graph({*quads, *vocabulary_to_quads(vocabulary_files())})


def rows(graph, name, columns, **parameters):
    return [tuple(row[c] for c in columns) for row in run(graph, name, parameters)]


def test_the_best_of_each_round_in_the_order_of_versions(acme):
    found = rows(acme, "fastest", ("roundLabel", "minutes"))
    assert [(r.rpartition(" ")[2], m) for r, m in found] == [
        ("v0.7", "80"), ("v1.0", "40"), ("v1.1", "4"), ("v2.1", "10")
    ]  # fmt: skip


def test_a_submitter_through_the_rounds_starts_anew_with_each_span(acme):
    found = rows(acme, "through-rounds", ("roundLabel", "sinceLabel", "timesFaster", "leftOut"), most=8)
    assert [(r[-4:], s[-4:], f) for r, s, f, _ in found] == [
        ("v0.7", "v0.7", "1"), ("v1.0", "v1.0", "1"), ("v1.1", "v1.0", "2"), ("v2.1", "v1.0", "4")
    ]  # fmt: skip
    assert found[-1][3] == LEFT_OUT


def test_the_best_of_a_chip_is_taken_within_a_span(acme):
    columns = "acceleratorLabel", "accelerators", "minutes", "roundLabel", "leftOut"
    assert rows(acme, "best-by-count", columns, accelerator="A100", most=8) == [
        ("NVIDIA A100", "8", "20", "MLPerf Training v1.1", LEFT_OUT)
    ]


def test_generations_that_never_met_in_a_span_are_not_compared(acme):
    columns = "beforeLabel", "acceleratorLabel", "accelerators", "timesFaster"
    assert rows(acme, "generations", columns, accelerator=["V100", "A100", "H100"], before=["V100", "A100"]) == [
        ("NVIDIA A100", "NVIDIA H100", "8", "2")
    ]


def test_changes_between_rounds_say_why_they_do_not_compare(acme):
    columns = "accelerators", "timesFaster", "timeFellPercent", "notCompared"
    assert rows(acme, "changes-between-rounds", columns, before="v1.0", round="v1.1") == [("8", "2", "50", None)]
    assert rows(acme, "changes-between-rounds", columns, before="v0.7", round="v1.0") == [
        ("8", None, None, "v1.0 raised the quality target from 0.712 to 0.72")
    ]


def test_what_has_no_logs_in_the_copy_is_counted_with_its_owner(acme):
    quads = {*acme.quads(), *results_to_quads(_filed_by_beta())}
    graph = memory_graph(quads)
    columns = "roundLabel", "organizationLabel", "notInThisCopy", "notInThisCopyOf"
    assert rows(graph, "fastest", columns, round="v2.1") == [("MLPerf Training v2.1", "Acme", "1", "Beta")]
    assert rows(graph, "fastest", columns, round="v1.0") == [("MLPerf Training v1.0", "Acme", None, None)]
    counts = rows(graph, "record-counts", ("organizationLabel", "results", "notInThisCopy"), round="v2.1")
    assert counts == [("Acme", "1", None), ("Beta", "0", "1")]


@pytest.mark.parametrize(
    "name", ["fastest", "best-by-count", "through-rounds", "generations", "changes-between-rounds", "scaling",
             "frameworks-compared", "pcie-or-sxm", "cloud-or-on-premise", "record-counts", "record-submitters",
             "record-not-submitted", "round-results"],
)  # fmt: skip
def test_what_ranks_or_counts_official_results_tells_what_is_not_in_the_copy(graph, name):
    query = load(name)
    given = {p.name: p.example for p in query.parameters if not p.optional}
    assert "notInThisCopy" in run(graph, name, given).columns


def _filed_by_beta():
    linker = ResultLinker(load_vocabulary())
    row = read_csv(Path(__file__).parents[1] / "queries" / "record.csv")[0]
    filed = replace(
        row, round="MLPerf Training v2.1", submitter="Beta", division="closed", minutes=float("nan"), run_minutes=(),
        basis="logs not in this copy", logs=(), system_file="Beta/systems/box.json", log_folder="Beta/results/box/bert",
    )  # fmt: skip
    return [linker.link(filed)]
