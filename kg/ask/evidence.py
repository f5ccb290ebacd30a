"""Questions answered by evidence: by the claims that state their figures, or in the words of statements."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from kg.ask.frame import Condition, Frame
from kg.ask.items import Item
from kg.ask.known import Known
from kg.ask.quotes import nearest_words, quoted, stem, stems, tells
from kg.ask.results import Answer, Outcome
from kg.ask.statements import numbers_in, stated
from kg.errors import NotUnderstood
from kg.query import Table
from kg.query.places import with_pages


def claimed(at: Known, text: str, items: Sequence[Item]) -> Answer:
    """The claims of whom or what a question names that state its figures, other words aside. Raises NotUnderstood.

    Whole numbers are figures of a claim where the question says that something is claimed, or asks whether it is so.
    """
    rounds = {Decimal(e.label.split(" v")[1]) for e in at.rounds}
    said = (i.text for i in items if i.amount and "Round" not in i.kinds())
    figures = sorted({n for text in said for n in numbers_in(text)} - rounds)
    named = [
        Condition(k.lower(), tuple(e for i in items for e in i.entities if e.kind == k))
        for k in ("Organization", "Benchmark")
        if any(k in i.kinds() for i in items)
    ]
    exact = any(f != int(f) for f in figures) or any(i.amount and i.amount.unit == "%" for i in items)
    told = exact or tells(items) or any("review" in i.roles for i in items)
    if not (told and figures and named and named[0].field == "organization"):
        raise NotUnderstood("")
    found = [stated(Frame("claims", (), tuple(named)), at, [figure]) for figure in figures]
    outcomes = [outcome for _, outcome, _, _ in found]
    for figure, outcome in zip(figures, outcomes, strict=True):
        if outcome.lacking or any(figure not in numbers_in(row["claimLabel"] or "") for row in outcome.table):
            raise NotUnderstood("")
    frame, _, sparql, _ = found[0]
    lines = tuple(dict.fromkeys(line for outcome in outcomes for line in outcome.lines))
    table = reduce(Table.joined, (outcome.table for outcome in outcomes))
    evidence = with_pages(at.graph, reduce(Table.joined, (evidence for *_, evidence in found)))
    return Answer(text, frame, lines, table, any(outcome.listed for outcome in outcomes), evidence, sparql)


def in_own_words(at: Known, text: str, items: Sequence[Item], *, whole: bool = False) -> Answer:
    """The words of statements that a question is about. Raises NotUnderstood where there are none."""
    return _told(at, text, *quoted(items, at, whole=whole))


def nearest(at: Known, text: str, items: Sequence[Item]) -> Answer:
    """What a statement has of all that a question of what it says names. Raises NotUnderstood."""
    return _told(at, text, *nearest_words(items, at))


def _told(at: Known, text: str, frame: Frame, said: Outcome, sparql: str, evidence: Table) -> Answer:
    return Answer(text, frame, tuple(said.lines), said.table, False, with_pages(at.graph, evidence), sparql)


def words_of_named(at: Known, text: str, items: Sequence[Item]) -> Answer:
    """The words of the statement of whom a question names, where it has the words that are unknown. Raises NotUnderstood."""
    untold = any(not i.known or i.low in ("where", "why") or "System" in i.kinds() for i in items)
    if not (untold and any("Organization" in i.kinds() for i in items)):
        raise NotUnderstood("")
    answer = in_own_words(at, text, items, whole=True)
    held = stems(" ".join(answer.lines))
    compound = (b.low for a, b in pairwise(items) if not a.known and b.roles.keys() & {"noun", "measure"})
    named = {e.label for i in items for e in i.entities if e.kind == "Organization"}
    others = {row["organizationLabel"] for row in answer.table} - named
    if others or any(stem(word) not in held for words in compound for word in words.split()):
        raise NotUnderstood("")  # 'batch size' is not told by 'batch'
    return answer
