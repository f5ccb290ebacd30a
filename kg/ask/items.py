"""The items of a question: names with what has them, numbers with comparison and unit, words by the part they play."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from kg.model.entity import Entity

GRAMMAR = frozenset(["filler", "preposition", "verb", "joiner"])
_BARE = GRAMMAR | {"context", "stop", "negator", "quantifier", "number", "before", "after", "group"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its comparison ('<', '<=', '>', '>=', '='), in minutes for times.

    `unit` is a property ('acceleratorCount', 'minutes'), a noun ('benchmark'), '%' or '' where none is said.
    """

    sign: str
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a question: `roles` has the value of a word by the part that it plays.

    `entities` are all that have a name, `read_as` the name or word that a slip of typing was read as.
    """

    text: str
    start: int
    end: int
    roles: Mapping[str, str] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    amount: Amount | None = None
    read_as: str = ""

    @property
    def known(self) -> bool:
        """Whether it has a part in the question."""
        return bool(self.roles.keys() - {"context"} or self.entities or self.amount)

    @property
    def low(self) -> str:
        """Its text in lower case, a word as it is spelled right."""
        return (self.text if self.entities else self.read_as or self.text).lower()

    @property
    def data(self) -> bool:
        """Whether it speaks of what the graph holds."""
        return bool(self.entities or self.amount or ("filler" not in self.roles and self.roles.keys() - _BARE))

    @property
    def fills(self) -> bool:
        """Whether it plays no part but to fill."""
        return not (self.roles.keys() - {"filler"} or self.data)

    def kinds(self) -> set[str]:
        """The classes of the entities."""
        return {e.kind for e in self.entities}


IN = Item("in", 0, 0, {"preposition": "in"})
NO_ITEM = Item("", 0, 0)
"""What stands before the first item and after the last."""


def numbered(items: Iterable[Item]) -> list[Item]:
    """Items with places counted anew, where some are left out or put in."""
    return [Item(i.text, n, n + 1, i.roles, i.entities, i.amount, i.read_as) for n, i in enumerate(items)]


def unknown_runs(items: Iterable[Item]) -> list[list[Item]]:
    """The items that have no part in a question, those that stand side by side together."""
    return [[*run] for known, run in groupby(items, key=lambda item: item.known) if not known]


def of_results(items: Iterable[Item]) -> bool:
    """Whether results or times follow the names that items begin with: 'every' MI300X BERT time."""
    first = next((i for i in items if not (i.entities or "filler" in i.roles)), NO_ITEM)
    return first.roles.get("noun") == "result" or first.roles.get("measure") == "minutes"


def whose_chips(items: Sequence[Item], at: int) -> bool:
    """Whether an accelerator or processor stands at a place, and a maker of chips right before it."""
    kinds = items[at].kinds() if 0 < at < len(items) else set()
    return bool(kinds) and kinds <= {"Accelerator", "Processor"} and "maker" in items[at - 1].roles
