"""Questions in plain words with what has to come out of them, on the graph of the shipped statements.

Each case has the question and one of: `column` with its `values` (or their `count`), as a set over the rows;
`refused` with words that the refusal has to name; `nothing` where it is understood and nothing is found.
`readme.json` was written from the README alone.
"""

import json
from pathlib import Path

import pytest

from kg.ask import NotUnderstood, ask

HERE = Path(__file__).parents[1] / "questions"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(HERE.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text("utf-8")))
]


def test_there_are_enough_questions():
    assert len(CASES) >= 120
    assert len(json.loads((HERE / "readme.json").read_text("utf-8"))) >= 40


@pytest.mark.parametrize("case", CASES)
def test_question(graph, case):
    if "refused" in case:
        with pytest.raises(NotUnderstood) as refusal:
            ask(graph, case["question"])
        assert case["refused"] in str(refusal.value)
        return
    answer = ask(graph, case["question"])
    if "nothing" in case:
        assert not answer.table.rows, answer.sentence
        return
    found = {row[case["column"]] for row in answer.table} - {None}
    if "count" in case:
        assert len(found) == case["count"], answer.sentence
    else:
        assert sorted(found) == sorted(case["values"]), answer.sentence
