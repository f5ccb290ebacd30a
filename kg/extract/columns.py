"""Times to train in tables: which column holds them, in which unit, and of which round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.passage import Passage
from kg.extract.tagged import Tagged
from kg.model.statement import Entity, Fact
from kg.names.rounds import find_round


def table_times(p: Passage) -> Iterator[Fact]:
    """timeToTrain of the rows of a table whose head names minutes or times."""
    for t in p.tagged:
        marks = [e for b in t.all("BK") if (e := t.mention(b).entity)]
        if t.sentence.kind != "row" or len(marks) != 1 or t.all("T"):
            continue
        chip = next((t.mention(a).entity for a in t.all("A")), None)
        row = next((e for r in t.all("r") if (e := t.mention(r).entity)), None) if not t.all("R") else None
        for at, head in _timed(t):
            other = p.other_actor(t, at)
            round_ = _round_over(p, head) or row or p.round
            yield p.fact(
                t, "timeToTrain", other.entity if other and other.entity else p.owner, t.quantity(at).value, unit=_unit_over(head),
                benchmark=marks[0], accelerator=chip, round=round_, whose=other.entity if other else p.owner,
            )  # fmt: skip


_TIMED = re.compile(r"(?i)\b(?:minutes?|mins?|seconds?|secs?|hours?|hrs?|time)\b")
_UNIT_OVER = re.compile(
    r"(?i)\b(?:minutes?|mins?|seconds?|secs?|hours?|hrs?)\b|(?<=[(\[/,] )[smh]\b|(?<=[(\[/,])[smh]\b"
)
_VERSION = re.compile(r"(?<![\w.])v?\d{1,2}\.\d(?![\w.])")


def _timed(t: Tagged) -> list[tuple[int, str]]:
    """The numbers of a row that stand under minutes or times, each with its head; where nothing tells the columns, the last."""
    numbers = {t.quantity(at).span: at for at in t.all("N") if t.quantity(at).value > 0}
    over = [(numbers[span], head) for span, head in t.sentence.cells if span in numbers]
    if any(_TIMED.search(head) for _, head in over):
        return [(at, head) for at, head in over if _TIMED.search(head)]
    if _TIMED.search(t.sentence.header) and any(_VERSION.search(head) for _, head in over):
        return [(at, head) for at, head in over if _VERSION.search(head)]
    headed = all(head for _, head in over) and over
    last = max(numbers.values(), default=None)
    return [(last, t.sentence.header)] if last is not None and not headed and _TIMED.search(t.sentence.header) else []


def _round_over(p: Passage, head: str) -> Entity | None:
    """The round of the statement's suite whose version stands in the head of a column."""
    version = _VERSION.search(head)
    label = find_round(f"{p.round.label.rpartition(' ')[0]} {version[0]}") if version else ""
    return p.vocabulary.round_labelled(label) if label else None


def _unit_over(head: str) -> str:
    """The unit in the head of a column; of times without one it is that of the rounds, minutes."""
    found = _UNIT_OVER.search(head)
    return {"m": "minutes", "s": "seconds", "h": "hours"}[found[0][0].lower()] if found else "minutes"
