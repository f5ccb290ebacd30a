"""Questions that make no frame as they stand, said otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.ask.items import IN, Item, numbered

_LEFT = (Item("which", 0, 0, {"filler": ""}), Item("benchmarks", 0, 0, {"noun": "benchmark"}))
_OUT = Item("left out", 0, 0, {"negator": "skip"})


def again(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items of a question with another meaning of what has no place in it, each in a way of its own."""
    bare = {n for n, i in enumerate(items) if _counts_nothing(i) and not (n and items[n - 1].entities)}
    if bare:
        yield [_of_accelerators(i) if n in bare else i for n, i in enumerate(items)]
    if left := _left_out(items):
        yield numbered(left)


def _counts_nothing(item: Item) -> bool:
    """Whether an item is a whole number of nothing that is said."""
    amount = item.amount
    if amount is None or item.entities or amount.unit or amount.sign != "=":
        return False
    return item.text[0].isdigit() and amount.value == int(amount.value)


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
