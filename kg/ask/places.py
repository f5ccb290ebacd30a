"""The items of a question, looked through from a place."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ask.items import Item


class Places:
    """The items of one question by their places, counted from 0."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items

    def role(self, role: str) -> list[tuple[int, str]]:
        """The places and values of the items that play a part."""
        return [(n, i.roles[role]) for n, i in enumerate(self.items) if role in i.roles]

    def has(self, role: str, *values: str) -> bool:
        """Whether an item plays a part, with one of some values if given."""
        return any(not values or value in values for _, value in self.role(role))

    def before(self, at: int) -> Item | None:
        """The last item before a place that is no filler."""
        return next((i for i in reversed(self.items[:at]) if i.roles.keys() - {"filler"} or i.data), None)

    def after(self, at: int) -> tuple[int, Item]:
        """The first item after a place that is no filler, with its place; an empty one at the end."""
        later = ((n, i) for n, i in enumerate(self.items[at + 1 :], at + 1) if i.data or i.roles.keys() - {"filler"})
        return next(later, (len(self.items), Item("", 0, 0)))

    def joins(self, at: int) -> bool:
        """Whether an item joins two names or numbers: 'and', 'or', 'to', a comma."""
        return at >= 0 and any("joiner" in i.roles for i in self.items[at : at + 1])

    def ends_range(self, at: int, last: int) -> bool:
        """Whether a number is the second of 'from 8 to 256 cards', of 'from 8 up to 256 cards', after one at a place."""
        amount, to = self.items[at].amount, self.items[at - 1].roles.get("joiner") == "range"
        return amount is not None and last == at - 1 - to and amount.sign == ("=" if to else "<=")

    def goes_on(self, at: int) -> bool:
        """Whether a list goes on after a name: with 'or', or another of its kind: not 'except NVIDIA, who ran BERT'."""
        place, joiner = self.after(at)
        later, other = self.after(place)
        while "joiner" in other.roles or "negator" in other.roles:
            later, other = self.after(later)
        alike = other.kinds() & self.items[at].kinds() or (other.amount and self.items[at].amount)
        return joiner.roles.get("joiner") == "or" or bool("joiner" in joiner.roles and alike)

    def of_results(self, at: int) -> bool:
        """Whether a number is one of results, over the names between: 'eight Llama 2 70B results'."""
        return next((i.roles.get("noun") == "result" for i in self.items[at + 1 :] if not i.entities), False)

    def speaks_of_results(self) -> bool:
        """Whether a question speaks of results, or of running."""
        return any("verb" in i.roles or i.roles.get("noun") == "result" for i in self.items)
