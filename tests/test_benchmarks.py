"""The suite's own parts: its inputs are the same each time and conform, its figures are what they say."""

import sys

import pyoxigraph as ox
import pytest

from benchmarks.contests import build
from benchmarks.generate import documents, graph_quads, write_graph_file
from benchmarks.measure import Measurement, digest, measure
from benchmarks.report import exponents, rows, write
from kg.claims.stored import stored_reviews
from kg.store import open_graph
from kg.validate import validate


def test_the_generated_graph_is_ours_and_the_same_each_time(tmp_path):
    paths = [write_graph_file(tmp_path / name, 13_000) for name in ("a.nq", "b.nq")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    quads = list(ox.parse(path=str(paths[0]), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == len(set(quads)) == len(set(graph_quads(13_000)))
    assert validate(quads).conforms


def test_copies_of_the_statements_have_other_names():
    first, second = documents(2)
    assert "## Baidu" in first
    assert "Baidu" not in second
    assert first.count("\n") == second.count("\n")


def test_the_stages_of_a_build_find_the_claims_that_a_build_finds(tmp_path, graph):
    for _, step in build.CONTESTANTS["kg"](str(tmp_path)):
        step()
    staged, whole = (
        {(r.claim, r.verdict) for r in stored_reviews(g)} for g in (open_graph(tmp_path / "staged"), graph)
    )
    assert staged == whole


def measured(who: str, size: int, cpu: float, answer: str | None = "x", round: int = 0) -> Measurement:
    return Measurement("query", size, "load", who, round, cpu * 2, cpu, 50.0, answer)


def test_figures():
    taken = [measured("kg", s, s / 1000, round=r) for s in (1000, 10_000) for r in range(3)]
    taken += [measured("rdflib", s, (s / 1000) ** 2, "y") for s in (1000, 10_000)]
    found = {(row.who, row.size): row for row in rows(taken)}
    assert found["kg", 1000].rounds == 3
    assert found["rdflib", 10_000].times_ours == pytest.approx(10)
    assert found["rdflib", 10_000].same is False
    slopes = exponents(found.values())
    assert slopes["query", "load", "kg"] == pytest.approx(1)
    assert slopes["query", "load", "rdflib"] == pytest.approx(2)


def test_a_step_that_was_ended_is_a_row(tmp_path):
    taken = [measured("kg", 1000, 0.1), Measurement("query", 1000, "load", "rdflib", 0, 10, 10, 50, None, True)]
    row = next(row for row in rows(taken) if row.who == "rdflib")
    assert row.stopped
    assert row.same is None
    assert exponents([row]) == {}


def test_digest_heeds_no_order():
    assert digest({("a", "b"), ("c",)}) == digest({("c",), ("a", "b")}) != digest({("a",)})
    assert digest(None) is None


def test_a_contestant_in_a_process_of_its_own_and_the_report(tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed (pip install 'mlperf-kg[benchmarks]')")
    quads = write_graph_file(tmp_path / "graph.nq", 13_000)
    taken = []
    for who in ("kg", "pyshacl"):
        taken += measure("validate", who, 13_000, 0, [str(quads), ""], 120)
    assert {(row.step, row.who, row.same) for row in rows(taken)} == {
        (step, who, same) for step in ("validate", "validate faults") for who, same in (("kg", None), ("pyshacl", True))
    }
    answers = {(m.step, m.who): m.answer for m in taken}
    assert answers["validate", "kg"] != answers["validate faults", "kg"]
    text = write(taken, tmp_path / "results")
    assert "| 13,000 | validate | pyshacl |" in text
    assert str(tmp_path) not in text + (tmp_path / "results" / "results.json").read_text()
    assert sys.executable not in text
