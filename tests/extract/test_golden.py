"""Whole statements of our own making, `training/cases/CASE/input.md`, and the facts that they give."""

import json
from pathlib import Path

import pytest

from kg.build import read_statements
from kg.facts import fact_row

CASES = sorted((Path(__file__).parents[2] / "training" / "cases").iterdir())


def triples(rows):
    return {(r["predicate"], r["subject"], str(r["object"])) for r in rows}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_nothing_false_is_asserted_and_little_is_lost(case):
    found = read_statements([case / "input.md"]).facts
    expected = triples(json.loads(line) for line in (case / "expected.jsonl").read_text("utf-8").splitlines())
    assert triples(fact_row(f) for f in found if not f.doubt) - expected == set()
    kept = triples(fact_row(f) for f in found)
    assert len(expected & kept) >= 0.8 * len(expected), sorted(expected - kept)
