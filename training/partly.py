"""Learn when a question may be answered in part: the weights of `queries/partly.json`.

    python -m training.partly [--graph GRAPH] [--output FILE]

Learned from the questions of `tests/questions` that are refused as a whole: each reading in part is right or wrong by the
answer that is expected. Printed is what is gained and lost when each set of questions is left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import MaxAbsScaler

from kg.ask.answer import SURE, answer_of, items_of, understood
from kg.ask.known import known
from kg.ask.partly import features, probability, readings
from kg.errors import NotUnderstood
from kg.files import write_whole
from kg.resources import folder
from kg.store import Graph, open_graph
from tests.questions.truth import match

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
FREEDOM = 0.3
"""How freely weights follow the examples (C)."""
Example = tuple[dict[str, float], bool]
"""The features of a reading, and whether its answer is right."""


def examples(graph: Graph, path: Path) -> Iterator[list[Example]]:
    """The readings of each refused question of a file that have an answer."""
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        if "expect" not in case:
            continue
        try:
            understood(known(graph), case["question"])
        except NotUnderstood:
            found = list(_readings(graph, case["question"], case["expect"]))
            if found:
                yield found


def _readings(graph: Graph, text: str, expect: dict[str, object]) -> Iterator[Example]:
    at = known(graph)
    try:
        items = items_of(at, text)
    except NotUnderstood:
        return
    for reading in readings(items, at):
        try:
            answer = answer_of(at, reading.frame, reading.items)
        except NotUnderstood:
            continue
        if not answer.empty:
            told = "\n".join([*answer.lines, answer.also, answer.shown.render("table")])
            plain = {name: value for name, value in expect.items() if name != "excludes_org"}
            yield features(reading), expect.get("refuse") is not True and match(plain, told, False)


def learn(groups: Sequence[Sequence[Example]]) -> dict[str, float]:
    """The weights of features; the readings of a question count together as the root of their number."""
    listed = [(of, right, len(group) ** -0.5) for group in groups for of, right in group]
    features_, labels, weights = zip(*listed, strict=True)
    vectors, scaler = DictVectorizer(), MaxAbsScaler()
    model = LogisticRegression(C=FREEDOM, max_iter=400)
    model.fit(scaler.fit_transform(vectors.fit_transform(features_)), labels, sample_weight=weights)
    learned = zip(vectors.feature_names_, model.coef_[0] / scaler.scale_, strict=True)
    return {"bias": round(float(model.intercept_[0]), 4), **{name: round(float(w), 4) for name, w in learned}}


def main() -> None:
    """Learn, print what it gains and loses on sets left out, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.partly")
    parser.add_argument("--graph", default="kg-graph")
    parser.add_argument("--output", type=Path, default=folder("queries") / "partly.json")
    given = parser.parse_args()
    graph = open_graph(given.graph)
    sets = {path.stem: list(examples(graph, path)) for path in sorted(QUESTIONS.glob("*.jsonl"))}
    left_out = []
    for name, groups in sets.items():
        weights = learn([group for other, of in sets.items() if other != name for group in of])
        left_out += [max((probability(weights, of), right) for of, right in group) for group in groups]
    for sure in (0.4, 0.5, SURE):
        told = [right for probability, right in left_out if probability >= sure]
        print(f"left out, from {sure} on: {sum(told)} right, {len(told) - sum(told)} wrong of {len(left_out)} refused")
    weights = learn([group for of in sets.values() for group in of])
    write_whole(given.output, json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
