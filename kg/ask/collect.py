"""The parts of a question, item by item: conditions, numbers, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.ask.frame import FIELDS, Condition, Having
from kg.ask.items import GRAMMAR, Item
from kg.model.statement import Entity

NOUNS = {"availability category": "availability"}
ATTRIBUTES = frozenset(["memoryGB", "powerWatts", "formFactor", "developedBy"])
"""What the vocabulary says of an accelerator."""
COUNTED_BY = {"accelerator": "acceleratorCount", "processor": "processorCount"}
_OVER = frozenset(["over", "across", "of", "among", "from", "through", "for"])
_EXACT = ("exactly", "precisely", "just", "equal")
_KINDS = frozenset(["accelerator", "processor", "framework", "software", "system", "division"])
_HAD = frozenset(["benchmark", "result", "framework", "round", "system", "organization"])
"""What somebody can have a number of."""
_ASKING = frozenset(["which", "what", "whose", "list", "show", "name", "give", "find", "whom", "display", "me", "wich"])


@dataclass(slots=True)
class Placed:
    """A condition with the places of its items, and how it hangs on the one before of the same field."""

    condition: Condition
    start: int
    end: int
    link: str = ""


class Parts:
    """The parts of one question, collected item by item.

    `placed` are the conditions in their order, `sizes` how many are wanted, `values` numbers that state no condition,
    `having` how many of something each has, `stray` a word that a negator is about and that names nothing,
    `nouns` and `measures` what may be asked for, each with its place, `group` the fields to answer for each.
    """

    def __init__(self, items: Sequence[Item], rounds: Sequence[Entity]) -> None:
        self.items = items
        self.rounds = rounds
        self.placed: list[Placed] = []
        self.sizes: list[tuple[int, Decimal]] = []
        self.values: list[Decimal] = []
        self.having: Having | None = None
        self.stray = ""
        self.nouns: list[tuple[int, str, bool]] = []
        self.measures: list[tuple[int, str]] = []
        self.group: list[str] = []
        self.all_of = ""
        self.only_at = self.skip_at = -1
        self._collect()

    def role(self, role: str) -> list[tuple[int, str]]:
        """The places and values of the items that play a part."""
        return [(n, i.roles[role]) for n, i in enumerate(self.items) if role in i.roles]

    def has(self, role: str, *values: str) -> bool:
        """Whether an item plays a part, with one of some values if given."""
        return any(not values or value in values for _, value in self.role(role))

    def _before(self, at: int) -> Item | None:
        """The last item before a place that is no filler."""
        return next((i for i in reversed(self.items[:at]) if i.roles.keys() - {"filler"} or i.data), None)

    def _after(self, at: int) -> tuple[int, Item] | None:
        """The first item after a place that is no filler."""
        return next(
            ((n, i) for n, i in enumerate(self.items[at + 1 :], at + 1) if i.data or i.roles.keys() - {"filler"}),
            None,
        )

    def _collect(self) -> None:
        negated = ""
        for at, item in enumerate(self.items):
            roles = item.roles
            if "stop" in roles:
                negated = ""
            if "negator" in roles:
                negated = roles["negator"]
                if negated == "skip" or (negated == "not" and self._lacks(at)):
                    self.skip_at, negated = at, ""
                elif (after := self._after(at)) and after[1].roles.get("noun") in _KINDS:
                    self.stray = f"{item.text} {after[1].text}"
            cpu = any("cpu" in i.roles for i in self.items[max(0, at - 1) : at])
            if roles.get("quantifier") == "only" and not cpu and "cpu" not in roles:
                self.only_at = at
            condition = self._condition(at, item)
            if condition is not None:
                self._place(replace(condition, negated=bool(negated)), at)
                if not self._continues(at):
                    negated = ""
            elif item.amount:
                self._number(at, item)
            elif "group" in roles and (after := self._after(at)) and "noun" in after[1].roles:
                noun = field_of(after[1].roles["noun"])
                every = item.text.lower() in (
                    "each",
                    "every",
                    "in each",
                    "in every",
                    "for each",
                    "for every",
                ) and noun in ("benchmark", "round")
                if (
                    every
                    and any(n == "organization" for _, n, _ in self.nouns)
                    and not (self.has("superlative") or self.has("aggregate"))
                ):
                    self.all_of = noun
                else:
                    self.group.append(noun)
            elif item.text.lower() == "all rounds" and self._every_round(at):
                self.all_of = "round"
            elif roles.get("quantifier") == "suite":
                self.all_of = "benchmark"
            elif roles.get("quantifier") == "all" and (counted := self._counted(at)):
                self.all_of = counted
            elif "noun" in roles:
                self._noun(at, roles["noun"])
            elif "measure" in roles and "rank" not in roles:
                self.measures.append((at, roles["measure"]))

    def _lacks(self, at: int) -> bool:
        """Whether 'not' is about all that somebody did, as in 'which benchmarks did Dell not run in v2.0'."""
        later = [i for i in self.items[at:] if i.entities]
        fields = {p.condition.field for p in self.placed}
        return (
            "organization" in fields
            and "round" not in fields
            and bool(later)
            and all(i.kinds() == {"Round"} for i in later)
        ) or ("organization" in fields and not any(i.entities or i.amount or "cpu" in i.roles for i in self.items[at:]))

    def _condition(self, at: int, item: Item) -> Condition | None:
        """The condition that an item states; None when it states none."""
        if item.entities:
            kinds = [e.kind for e in item.entities]
            kind = "Organization" if "Organization" in kinds and self._makes(at) else kinds[0]
            field = FIELDS.get(kind, "system")
            values = tuple(e for e in item.entities if e.kind == kind)
            return Condition(self._part_of(at) if kind == "Organization" else field, values)
        if "cpu" in item.roles:
            return Condition("accelerator", ())
        amount = item.amount
        if amount is None:
            return None
        after = self._after(at)
        unit = amount.unit
        if not unit and after and "Accelerator" in after[1].kinds():
            unit = "acceleratorCount"
        elif not unit and after and self._joins(after[0]) and (later := self._after(after[0])) and later[1].amount:
            following = self._condition(later[0], later[1])
            unit = following.field if following is not None else ""
        if not unit and after and "cpu" in after[1].roles and "node" in after[1].text:
            unit = "nodeCount"
        if not unit and at and self._joins(at - 1) and self.placed and self.placed[-1].end == at - 2:
            unit = self.placed[-1].condition.field if self.placed[-1].condition.number is not None else ""
        if (
            unit == "processorCount"
            and after
            and after[1].amount is None
            and after[1].roles.get("measure") == "nodeCount"
        ):
            return Condition("nodeCount", number=amount.value, sign=amount.sign)
        if unit.endswith("Count") or unit == "minutes":
            return Condition(unit, number=amount.value, sign=amount.sign)
        return None

    def _part_of(self, at: int) -> str:
        """The field of an organization at a place: who submitted, whose chips they are, or who is spoken of."""
        if self._makes(at):
            after = self.items[at + 1 : at + 2]
            return "processor" if after and after[0].roles.get("noun") == "processor" else "maker"
        return "thing" if self._spoken_of(at) else "organization"

    def _makes(self, at: int) -> bool:
        """Whether an organization at a place is spoken of as a maker: 'NVIDIA GPUs', 'other than NVIDIA's'."""
        if self.items[at].kinds() != {"Organization"}:
            return False
        after = self.items[at + 1] if at + 1 < len(self.items) else None
        if after and after.roles.get("noun") in ("accelerator", "processor"):
            return True
        before = self._before(at)
        word = before.text.lower() if before is not None else ""
        verb = self._before(at - 1) if word == "on" else before
        runs = word in ("using", "use", "used", "uses") or (word == "on" and verb is not None and "verb" in verb.roles)
        if runs and any(n == "organization" for _, n, _ in self.nouns):
            return True
        asked = any(i.roles.get("noun") == "accelerator" for i in self.items[:at])
        return bool(asked and before and before.roles.get("negator") == "except")

    def _spoken_of(self, at: int) -> bool:
        """Whether an organization at a place is what somebody mentions or works with, not who speaks."""
        before = self._before(at)
        if before is not None and "preposition" in before.roles and before.text.lower() != "of":
            before = next(
                (i for i in reversed(self.items[: self.items.index(before)]) if i.roles.keys() - {"filler"}),
                None,
            )
        return before is not None and before.roles.get("predicate") in ("mentionsSubmitter", "partner")

    def _joins(self, at: int) -> bool:
        """Whether an item joins two names or numbers."""
        roles = self.items[at].roles
        return "joiner" in roles or roles.get("compare") == "difference" or self.items[at].text.lower() == "to"

    def _continues(self, at: int) -> bool:
        """Whether the next thing belongs to the same list."""
        after = self._after(at)
        return bool(after and "joiner" in after[1].roles and after[1].roles["joiner"] in ("or", ",", "and"))

    def _place(self, condition: Condition, at: int) -> None:
        link = ""
        last = next((p for p in reversed(self.placed) if p.condition.field == condition.field), None)
        words_between = any(i.text.lower() == "between" for i in self.items[max(0, at - 2) : at])
        if condition.number is not None and words_between and condition.sign == "=":
            condition = replace(condition, sign=">=")
        elif (
            condition.number is not None
            and last
            and last.condition.sign == ">="
            and self._joins(at - 1)
            and condition.sign == "="
        ):
            condition = replace(condition, sign="<=")
        if last is not None:
            between = self.items[last.end + 1 : at]
            loose = all(
                i.roles.keys() & {*GRAMMAR, "quantifier", "compare", "negator"} or i.roles.get("noun") for i in between
            )
            words = [
                i.text.lower() for i in between if "joiner" in i.roles or "compare" in i.roles or i.text.lower() == "to"
            ]
            link = (words[-1] if words else "beside") if loose or words else ""
        self.placed.append(Placed(condition, at, at, link))

    def _number(self, at: int, item: Item) -> None:
        """A number that states no condition: how many are wanted, or a value that somebody states."""
        assert item.amount is not None
        amount = item.amount
        before, after = self._before(at), self._after(at)
        beside = [i for i in (before, after and after[1]) if i]
        ranked = any("superlative" in i.roles for i in beside) or (amount.unit and self.has("superlative"))
        if ranked and amount.sign == "=" and amount.unit != "%":
            self.sizes.append((at, amount.value))
        elif before and before.roles.get("quantifier") == "all" and amount.unit:
            self.all_of = field_of(amount.unit)
        elif amount.unit in _HAD and self.having is None and self._says_how_many(at, item):
            self.having = Having(field_of(amount.unit), amount.value, amount.sign)
            return
        else:
            self.values.append(amount.value)
        if amount.unit and not amount.unit.endswith("Count") and amount.unit not in ("%", "minutes", "memoryGB"):
            self.nouns.append((at, amount.unit, before is None or "superlative" in before.roles))

    def _says_how_many(self, at: int, item: Item) -> bool:
        """Whether a number of things is what somebody has: it compares, or a verb or 'only' stands before it."""
        before = self.items[at - 1] if at else None
        if self.only_at >= 0 and self.only_at == at - 1:
            self.only_at = -1
            return True
        assert item.amount is not None
        told = item.amount.sign != "=" or item.text.lower().startswith(_EXACT)
        return told or bool(before and "verb" in before.roles)

    def _every_round(self, at: int) -> bool:
        """Whether 'all rounds' asks who was in each: not where they are only looked through, as 'over' them."""
        before = self.items[at - 1].text.lower() if at else ""
        asked = any(n == "organization" for _, n, _ in self.nouns)
        return asked and before not in _OVER and not self.has("superlative")

    def _counted(self, at: int) -> str:
        """The noun that 'all' is about, where it is one of which a result has one."""
        after = self._after(at)
        while after and (
            after[1].amount or after[1].kinds() & {"Round", "Division"} or "preposition" in after[1].roles
        ):
            after = self._after(after[0])
        noun = after[1].roles.get("noun", "") if after else ""
        if noun == "round" and not self._every_round(at):
            return ""
        asked = any("noun" in i.roles for i in self.items[:at])
        return field_of(noun) if asked and noun in ("benchmark", "round", "framework", "division") else ""

    def _noun(self, at: int, noun: str) -> None:
        item = self.items[at]
        before = self.items[at - 1] if at else None
        asking = at == 0 or any(
            i.text.lower() in _ASKING or i.roles.get("aggregate") == "count" for i in self.items[max(0, at - 3) : at]
        )
        named = bool(before and (before.entities or (before.amount and before.amount.unit)))
        pronoun = item.text.lower() in ("who", "whom", "when")
        told = self.group and before and "group" in before.roles
        if not told and not (named and not asking and noun != "organization"):
            self.nouns.append((at, noun, pronoun or (asking and not named)))


def field_of(noun: str) -> str:
    """The field that a noun stands for."""
    return NOUNS.get(noun, noun)
