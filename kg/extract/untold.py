"""Amounts of time that became no fact, so that none is lost without a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.extract.columns import in_cell, timed
from kg.extract.passage import Passage
from kg.extract.tagged import Tagged
from kg.model.statement import Fact

_UNITS = frozenset(["minutes", "seconds", "hours"])


def untold_times(p: Passage, facts: Iterable[Fact]) -> Iterator[int]:
    """The offsets, in the document's text, of times that no fact says, not even a possible one; in order.

    In tables they are also numbers that stand under minutes, and those with decimals that stand under a benchmark.
    """
    told: dict[int, set[object]] = defaultdict(set)
    for fact in facts:
        told[fact.evidence.span.start] |= {fact.object, *fact.qualifiers.values()}
    for t in p.tagged:
        start = t.sentence.span.start
        for at in sorted({*_times(t), *_in_table(p, t)}):
            if t.quantity(at).value not in told[start]:
                yield start + t.quantity(at).span.start


def _times(t: Tagged) -> Iterator[int]:
    return (at for at in t.all("T") if t.quantity(at).unit in _UNITS)


def _in_table(p: Passage, t: Tagged) -> Iterator[int]:
    if t.sentence.kind == "row":
        yield from (at for at, _, _ in timed(p, t))
        yield from (at for at in t.all("N") if t.over(at) in p.over and in_cell(t, at) and t.quantity(at).value % 1)
