"""Questions that only say what differs from the sentence before: 'Who won BERT in v4.0? And with 16 GPUs?'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.ask.context import asks, split
from kg.ask.frame import FIELDS
from kg.ask.items import GRAMMAR, Item, numbered

_BEGINS = frozenset(
    ["and", "but", "or", "also", "what about", "how about", "what of", "and what about", "and how about"]
)
_ORDERS = ("superlative", "rank")
_IDLE = GRAMMAR | {"stop", "context", "number"}


def elided(items: Sequence[Item]) -> tuple[list[Item], list[Item], str] | None:
    """The sentence before and the question in whole, and how it is asked; None where it is whole, or says too little.

    The first is empty where the sentence before only tells; what it tells as a time, a share or who was the best is
    none of the question's conditions.
    """
    begins = [n for n, i in enumerate(items) if n and i.low in _BEGINS and _opens(items[n - 1], i)]
    if not begins:
        return None
    head, tail = [*items[: begins[-1]]], [i for i in items[begins[-1] :] if i.low not in ("one", "ones")]
    new = [i for i in tail if i.entities or i.amount or i.roles.keys() & {*_ORDERS}]
    rest = [i for i in tail if i not in new]
    if not new or any(not i.roles.keys() <= _IDLE for i in rest):
        return None
    told = not asks(split(head, lambda i: "stop" in i.roles)[-1])
    if told:
        head = _untold(head, any(i.roles.keys() & {*_ORDERS} for i in new))
    whole = [*head]
    while whole and whole[-1].roles.keys() & {"stop", "joiner"}:
        whole.pop()
    for item in new:
        whole = _replaced(whole, item, tail[max(0, tail.index(item) - 1)])
    return [] if told else numbered(head), numbered([*whole, tail[-1]]), " ".join(i.text for i in tail[:-1])


def _opens(before: Item, item: Item) -> bool:
    """Whether a sentence begins with an item, also where the end of that before it was left aside."""
    return "stop" in before.roles or ("joiner" in before.roles and item.text[:1].isupper())


def _untold(head: Sequence[Item], ranked: bool) -> list[Item]:
    """A sentence without the times and shares that it tells, and where these were ranked without who was the best."""
    best = next((n for n, i in enumerate(head) if i.roles.keys() & {*_ORDERS}), len(head)) if ranked else len(head)
    figures = ("minutes", "%")
    return [
        i
        for n, i in enumerate(head)
        if not (i.amount and i.amount.unit in figures) and not (n > best and "Organization" in i.kinds())
    ]


def _replaced(items: Sequence[Item], new: Item, before: Item) -> list[Item]:
    """The items with a new one in the place of those of its kind, else at their end."""
    same = [n for n, i in enumerate(items) if _alike(i, new)]
    if not same:
        return [*items, *([before] if "preposition" in before.roles else []), new]
    old = items[same[0]]
    if new.amount and old.amount:
        sign = "=" if new.amount.sign == "~" else new.amount.sign
        new = replace(new, amount=replace(new.amount, sign=sign, unit=new.amount.unit or old.amount.unit))
    gone = {n for one, other in pairwise(same) for n in range(one + 1, other + 1)}
    return [new if n == same[0] else i for n, i in enumerate(items) if n not in gone]


def _alike(old: Item, new: Item) -> bool:
    """Whether an item is of the kind of a new one: a name of the same field, a number of the same, a place in an order."""
    if new.amount:
        return old.amount is not None and new.amount.unit in ("", old.amount.unit)
    if new.entities:
        return bool({FIELDS.get(k) for k in old.kinds()} & {FIELDS.get(k) for k in new.kinds()})
    return bool(old.roles.keys() & {*_ORDERS})
