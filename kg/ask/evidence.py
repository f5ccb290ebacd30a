"""Questions answered by evidence: by the claims that state their figures, or by the statement that has their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from kg.ask.frame import Condition, Frame
from kg.ask.items import Item
from kg.ask.known import Known
from kg.ask.quotes import in_own_words, stem, stems, tells
from kg.ask.results import Answer
from kg.ask.statements import numbers_in, stated
from kg.errors import NotUnderstood
from kg.query import Table


def claimed(at: Known, items: Sequence[Item]) -> Answer:
    """The claims of whom or what a question names that state its figures, other words aside. Raises NotUnderstood.

    Whole numbers are figures of a claim where the question says that something is claimed, or asks whether it is so.
    """
    rounds = {Decimal(e.label.split(" v")[1]) for e in at.rounds}
    figures = sorted({n for i in items if i.amount for n in numbers_in(i.text)} - rounds)
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
    for figure, answer in zip(figures, found, strict=True):
        if answer.empty or any(figure not in numbers_in(row["claimLabel"] or "") for row in answer.table):
            raise NotUnderstood("")
    return replace(
        found[0],
        lines=tuple(dict.fromkeys(line for answer in found for line in answer.lines)),
        table=reduce(Table.joined, (answer.table for answer in found)),
        listed=any(answer.listed for answer in found),
        evidence=reduce(Table.joined, (answer.evidence for answer in found)),
    )


def words_of_named(at: Known, items: Sequence[Item]) -> Answer:
    """The words of the statement of whom a question names, where it has the words that are unknown. Raises NotUnderstood."""
    untold = any(not i.known or i.low in ("where", "why") or "System" in i.kinds() for i in items)
    if not (untold and any("Organization" in i.kinds() for i in items)):
        raise NotUnderstood("")
    answer = in_own_words(at, items, whole=True)
    held = stems(" ".join(answer.lines))
    compound = (b.low for a, b in pairwise(items) if not a.known and b.roles.keys() & {"noun", "measure"})
    if any(stem(word) not in held for words in compound for word in words.split()):
        raise NotUnderstood("")  # 'batch size' is not told by 'batch'
    return answer
