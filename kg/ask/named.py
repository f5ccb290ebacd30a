"""What the record has of all that a question names, beside a refusal: nothing else of the question is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from kg.ask.context import ORDERS, QUESTION, is_asked
from kg.ask.frame import FIELDS
from kg.ask.items import IN, Item, numbered
from kg.ask.known import Known
from kg.ask.parts import ATTRIBUTES
from kg.ask.reading import read
from kg.ask.recorded import SOME, recorded
from kg.ask.results import TITLES, Answer
from kg.ask.words import AUXILIARY, meanings
from kg.errors import NotUnderstood

_SMALL = 10
"""A number up to this that counts nothing known says how many are asked for: 'which two firms'."""
_NEAR = 4
"""So many words after a negator stands what it leaves out."""
_ELSEWHERE = frozenset(["source", "review", "predicate", "suite", "scenario", "than"])
"""Roles of words for what others than results of the record say, or what they say together."""
_RESULTS = Item("results", 0, 0, {"noun": "result"})


def results_of_named(at: Known, items: Sequence[Item]) -> Answer | None:
    """The results that meet all names and numbers of a question, where these are few; else None."""
    with suppress(NotUnderstood):
        frame = read(numbered(_named(items)), at.rounds)
        fields = {c.field for c in frame.conditions}
        if frame.source == "record" and (len(fields) > 1 or fields & {"organization", "system"}):
            told = tuple(dict.fromkeys(("result", *_asked(items))))
            answer = recorded(at, replace(frame, asked=told))
            who = {e.label for c in frame.conditions if c.field == "organization" and not c.negated for e in c.values}
            alone = "organization" in told and all(row["organization"] in who for row in answer.shown)
            if not answer.empty and len(answer.shown) <= SOME and not alone:
                return answer
    return None


def told_by_results(items: Sequence[Item]) -> bool:
    """Whether whole results tell all that a question asks for, whatever else it says of them.

    Each word for asking stands before a thing or number that a result has, and no unknown word is rare or a name, is
    asked for, is what something is the most of, or stands before a noun or after a preposition, where it restricts.
    """
    asked = whole = False
    sets = any(i.roles.get("noun") in ("organization", "system") for i in items)
    for at, item in enumerate(items):
        word = item.low.partition(" ")[0].removesuffix("'s")
        if (
            item.roles.keys() & _ELSEWHERE
            or (sets and "quantifier" in item.roles)
            or item.roles.get("measure") in (*ATTRIBUTES, "performance")
            or word in ("where", "why")
        ):
            return False
        asked = asked or word in QUESTION or word in ORDERS
        after = items[at + 1 : at + 2]
        if item.roles.get("aggregate") == "count" and any(i.roles.keys() <= {"context"} for i in after):
            return False  # 'how many tokens'
        if word == "which" and any(i.low in AUXILIARY | {"one", "ones"} for i in after):
            return False  # 'which one', 'which did they take'
        whole = whole or (word == "what" and (item.low == "what's" or any(i.low in AUXILIARY for i in after)))
        whole = whole or (
            item.low == "how much" and not any(i.roles.keys() & {"noun", "measure", "compare"} for i in after)
        )
        name = (at > 0 and item.text[0].isupper()) or any(c.isdigit() for c in item.text)
        before = items[max(0, at - 1) : at]
        how = any(i.low == "how" or "preposition" in i.roles for i in before)  # 'how loud', 'with sparsity'
        how = how or any(i.low in ORDERS for i in items[max(0, at - 2) : at])  # 'give me prices'
        of = any(i.entities or "noun" in i.roles for i in after)  # 'the refurbished cards'
        of = of or (
            not any(i.entities for i in items[:at]) and any(i.low == "of" for i in after)
        )  # 'the footprint of …'
        rare = item.low not in meanings()
        if not item.known and (rare or whole or name or how or of or is_asked(items, at)):
            return False
    return asked


def _asked(items: Sequence[Item]) -> Iterator[str]:
    """The things and numbers of a result that a question speaks of."""
    for item in items:
        name = item.roles.get("measure") or item.roles.get("noun", "")
        if name in FIELDS.values() or name in TITLES:
            yield name


def _named(items: Sequence[Item]) -> Iterator[Item]:
    """Results with the names and numbers of a question, and what joins or leaves them out.

    Raises NotUnderstood where something is left out that is no name.
    """
    yield _RESULTS
    before: list[Item] = []
    away = 0
    bare = [i for i in items if i.roles.get("number", "1") != "1" or (i.amount and not i.amount.unit)]
    for item in items:
        amount = item.amount
        sized = amount and len(bare) > (not amount.unit) and (not amount.unit or amount.unit.endswith("Count"))
        if item.entities or "cpu" in item.roles or (amount and not sized and (amount.unit or amount.value > _SMALL)):
            links = [i for i in before if "negator" not in i.roles] or [IN] * bool(away)
            yield from (*links[:1], *(i for i in before if "negator" in i.roles), item)
            before, away = [], 0
            continue
        away += 1
        before += [item] if item.roles.keys() & {"preposition", "joiner", "negator"} else []
        if away > _NEAR and any("negator" in i.roles for i in before):
            raise NotUnderstood("what is left out is no name")
    if any("negator" in i.roles for i in before):
        raise NotUnderstood("what is left out is no name")
