"""Questions that make no frame as they stand, said otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.ask.frame import FIELDS
from kg.ask.items import IN, Item, numbered
from kg.ask.results import Answer, several
from kg.errors import NotUnderstood

_FEW = 12
"""Up to so many things may be taken for granted."""
_LEFT = (Item("which", 0, 0, {"filler": ""}), Item("benchmarks", 0, 0, {"noun": "benchmark"}))
_OUT = Item("left out", 0, 0, {"negator": "skip"})


def again(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items of a question with another meaning of what has no place in it, each in a way of its own."""
    bare = {n for n, i in enumerate(items) if _counts_nothing(i) and not (n and items[n - 1].entities)}
    if bare:
        yield [_of_accelerators(i) if n in bare else i for n, i in enumerate(items)]
    if left := _left_out(items):
        yield numbered(left)


def uncounted(items: Sequence[Item]) -> tuple[list[Item], list[tuple[Decimal, str]]]:
    """The items of a question without the numbers of things that it takes to be so many, and these numbers with their things.

    'Which two companies ran …' asks which; that it was two is to be told of the answer.
    """
    numbers = {n: i.amount for n, i in enumerate(items) if _presupposed(i, items[n + 1 : n + 2])}
    left = [_thing(i) if n in numbers else i for n, i in enumerate(items)]
    counts = [(a.value, a.unit) for a in numbers.values() if a]
    return numbered(i for n, i in enumerate(left) if n not in numbers or i.roles), counts


def _thing(item: Item) -> Item:
    """The things that a number is of, without it: 'two companies' as companies."""
    return replace(item, amount=None, roles={"noun": item.amount.unit} if item.amount and item.amount.unit else {})


def _presupposed(item: Item, after: Sequence[Item]) -> bool:
    amount = item.amount
    if amount is None or amount.sign != "=" or not 0 < amount.value <= _FEW:
        return False
    if (not amount.unit and "aside" in item.roles) or any(i.kinds() & {"Accelerator", "Processor"} for i in after):
        return False  # 'eight B200', or two of what the context told
    return amount.unit in {"", "result", *FIELDS.values()} and (item.text[0].isalpha() or bool(amount.unit))


def check_counts(answer: Answer, numbers: Sequence[tuple[Decimal, str]]) -> None:
    """That an answer has so many things as its question takes for granted. Raises NotUnderstood where it has others."""
    named = {c.field: len({*c.values}) for c in answer.frame.every() if not c.negated}
    for number, field in numbers:
        if not field or named.get(field) == number:
            continue
        told = {row[field] for row in answer.table} if field in answer.table.columns else set()
        many = len(answer.table) if field == "result" else len(told)
        if many != number:
            are = "is" if many == 1 else "are"
            raise NotUnderstood(
                f"there {are} {several(many, field)}, not {number:f}: ask without the number" if many else ""
            )


def _counts_nothing(item: Item) -> bool:
    """Whether an item is a whole number of nothing that is said."""
    amount = item.amount
    return amount is not None and not amount.unit and item.text[0].isdigit() and amount.value == int(amount.value)


def _of_accelerators(item: Item) -> Item:
    return replace(item, amount=item.amount and replace(item.amount, unit="acceleratorCount"))


def _left_out(items: Sequence[Item]) -> list[Item]:
    """'Which benchmarks did A leave out in v2.0', of 'A ran all benchmarks but one: which one is missing?'; else []."""
    named = [i for i in items if i.entities]
    who = [i for i in named if i.kinds() == {"Organization"}]
    rounds = [i for i in named if i.kinds() == {"Round"}]
    lacks = any(i.roles.get("negator") in ("skip", "except") for i in items)
    if (
        not lacks
        or len(who) != 1
        or len(named) != len(who) + len(rounds)
        or any(i.roles.get("noun") == "round" for i in items)
    ):
        return []
    said = {v for i in items for v in (i.roles.get("noun"), i.roles.get("quantifier"), i.amount and i.amount.unit)}
    return [*_LEFT, who[0], _OUT, *(i for r in rounds for i in (IN, r))] if said & {"benchmark", "suite"} else []
