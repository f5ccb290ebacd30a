"""Whole statements of our own making, `golden/CASE/input.md`, and the facts they have to give."""

import json
from pathlib import Path

import pytest

from kg.build import read_statements
from kg.facts import fact_row

CASES = sorted((Path(__file__).parents[1] / "golden").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_facts(case):
    found = [
        {key: fact_row(fact)[key] for key in ("predicate", "subject", "object", "qualifiers")}
        for fact in read_statements([case / "input.md"]).facts
    ]
    expected = [json.loads(line) for line in (case / "expected.jsonl").read_text("utf-8").splitlines()]
    assert found == expected
