"""Questions in plain words with what a right answer has to contain; `python -m tests.questions` reports the shares.

`work.jsonl` and the `fresh` ones were used to develop; `held.jsonl` is asked here only for its totals.
"""

import json
import re
from pathlib import Path

import pytest

from kg.ask.known import known
from tests.questions.__main__ import answered, verdict

HERE = Path(__file__).parents[1] / "questions"
REFUSED = (HERE / "refused.txt").read_text("utf-8").splitlines()


def shares(graph, name, wanted=slice(None)):
    """The shares that are right and wrong, of the questions that name no round which is not loaded."""
    loaded = {e.label.rpartition(" ")[2] for e in known(graph).rounds}
    cases = [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()][wanted]
    cases = [c for c in cases if set(re.findall(r"v\d\.\d", c["question"])) <= loaded]
    said = [verdict(graph, case)[0] for case in cases]
    return said.count("right") / len(said), said.count("wrong") / len(said)


@pytest.mark.parametrize("name", ["work.jsonl", *(f"fresh{n}.jsonl" for n in ("", *range(2, 13)))])
def test_questions_to_work_with(graph, name):
    right, wrong = shares(graph, name)
    assert right >= 0.85
    assert wrong <= 0.05


@pytest.mark.parametrize(
    ("name", "worked", "other"), [("fresh13", 0.85, 0.6), ("fresh14", 0.85, 0.7), ("fresh15", 0.85, 0.6), ("fresh16", 0.7, 0.55),
     ("fresh17", 0.8, 0.7), ("fresh18", 0.7, 0.45), ("fresh19", 0.75, 0.7), ("fresh20", 0.5, 0.55), ("fresh21", 0.75, 0.6),
     ("fresh22", 0.85, 0.7), ("fresh23", 0.7, 0.6), ("fresh24", 0.9, 0.75), ("fresh25", 0.9, 0.7), ("fresh26", 0.7, 0.7),
     ("fresh27", 0.75, 0.7), ("fresh28", 0.7, 0.7), ("fresh29", 0.65, 0.65),
     ("fresh30", 0.7, 0.8), ("fresh31", 0.75, 0.8), ("fresh32", 0.7, 0.65), ("fresh33", 0.85, 0.85),
     ("fresh34", 0.85, 0.85), ("fresh35", 0.75, 0.8), ("fresh36", 0.85, 0.75), ("fresh37", 0.8, 0.75), ("intents", 0.75, 0.7),
     ("fresh38", 0.9, 0.85), ("fresh39", 0.85, 0.85), ("fresh40", 0.75, 0.75), ("intents2", 0.75, 0.75),
     ("fresh41", 0.9, 0.9), ("intents3", 0.8, 0.8), ("fresh42", 0.9, 0.8), ("fresh43", 0.85, 0.85), ("fresh44", 0.9, 0.85),
     ("fresh45", 0.9, 0.9), ("fresh46", 0.95, 0.85), ("fresh47", 0.9, 0.9),
     ("fresh48", 0.9, 0.9), ("fresh49", 0.9, 0.9), ("fresh50", 0.85, 0.8), ("fresh51", 0.85, 0.85), ("fresh52", 0.8, 0.8),
     ("ops", 0.55, 0.65), ("ops2", 0.85, 0.8)]
)  # fmt: skip
def test_questions_of_which_half_was_worked_with(graph, name, worked, other):
    right, wrong = shares(graph, f"{name}.jsonl", slice(0, None, 2))
    assert right >= worked
    assert wrong <= 0.08
    right, wrong = shares(graph, f"{name}.jsonl", slice(1, None, 2))
    assert right >= other
    assert wrong <= 0.11


@pytest.mark.parametrize("question", REFUSED)
def test_what_nobody_can_answer_is_refused(graph, question):
    _, _, refused = answered(graph, question)
    assert refused
