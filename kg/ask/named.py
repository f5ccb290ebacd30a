"""What the record has of all that a question names, beside a refusal: nothing else of the question is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from kg.ask.items import Item
from kg.ask.known import Known
from kg.ask.reading import read
from kg.ask.recorded import SOME, recorded
from kg.errors import NotUnderstood
from kg.query import Table

_SMALL = 10
"""A number up to this that counts nothing known says how many are asked for: 'which two firms'."""
_NEAR = 4
"""So many words after a negator stands what it leaves out."""
_RESULTS = Item("results", 0, 0, {"noun": "result"})
_IN = Item("in", 0, 0, {"preposition": "in"})


def results_of_named(at: Known, items: Sequence[Item]) -> Table:
    """The results that meet all names and numbers of a question, where these are few; else an empty table."""
    with suppress(NotUnderstood):
        frame = read([replace(i, start=n, end=n + 1) for n, i in enumerate(_named(items))], at.rounds)
        if frame.source == "record" and len({c.field for c in frame.conditions}) > 1:
            answer = recorded(at, "", frame)
            if not answer.empty and len(answer.shown) <= SOME:
                return answer.shown
    return Table((), ())


def _named(items: Sequence[Item]) -> Iterator[Item]:
    """Results with the names and numbers of a question, and what joins or leaves them out.

    Raises NotUnderstood where something is left out that is no name.
    """
    yield _RESULTS
    before: list[Item] = []
    away = 0
    for item in items:
        amount = item.amount
        if item.entities or "cpu" in item.roles or (amount and (amount.unit or amount.value > _SMALL)):
            links = [i for i in before if "negator" not in i.roles] or [_IN] * bool(away)
            yield from (*links[:1], *(i for i in before if "negator" in i.roles), item)
            before, away = [], 0
            continue
        away += 1
        before += [item] if item.roles.keys() & {"preposition", "joiner", "negator"} else []
        if away > _NEAR and any("negator" in i.roles for i in before):
            raise NotUnderstood("what is left out is no name")
    if any("negator" in i.roles for i in before):
        raise NotUnderstood("what is left out is no name")
