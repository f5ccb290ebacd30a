"""The parts of a question, item by item: conditions, numbers, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.ask.frame import FIELDS, JOINT, Condition, Having, Placed
from kg.ask.items import GRAMMAR, NO_ITEM, Amount, Item, whose_chips
from kg.ask.places import HAD, Places
from kg.ask.words import COUNTED_BY, KINDS
from kg.model.entity import Entity

ATTRIBUTES = frozenset(["memoryGB", "powerWatts", "formFactor", "developedBy"])
"""What the vocabulary says of an accelerator."""
_OVER = frozenset(["over", "across", "of", "among", "from", "through", "for"])
_ASKING = frozenset(["which", "what", "whose", "list", "show", "name", "give", "find", "whom", "display", "me"])
_EACH = frozenset(["each", "every", "in each", "in every", "for each", "for every", "on each", "on every"])
_EVERYBODY = {"all rounds": "round", "everyone": "organization", "everybody": "organization"}
"""Words that speak of all of a kind."""
_ANYBODY = frozenset(["anyone", "anybody", "someone", "somebody"])


class Parts(Places):
    """The parts of one question, collected item by item.

    `placed` are the conditions in their order, `winners` those that are told to be the best, `sizes` how many are
    wanted, `values` numbers that state no condition, `having` how many of something each has, `margin` how
    far from the best, `of_each` the field of things that something is asked of one by one,
    `nouns` and `measures` what may be asked for, each with its place, `group` the fields to answer for each,
    `outdone` whether somebody is told not to be the best, `lost` whether it is asked where,
    `whose` the place where it is asked whose something is, -1 without one.
    """

    def __init__(self, items: Sequence[Item], rounds: Sequence[Entity]) -> None:
        super().__init__(items)
        self.rounds = rounds
        self.placed: list[Placed] = []
        self.winners: list[Condition] = []
        self.sizes: list[Decimal] = []
        self.values: list[Decimal] = []
        self.having: Having | None = None
        self.margin: Amount | None = None
        self.all_of = self.of_each = ""
        self.nouns: list[tuple[int, str, bool]] = []
        self.measures: list[tuple[int, str]] = []
        self.group: list[str] = []
        self.only_at = self.skip_at = -1
        self.outdone = self.lost = False
        self._negated = ""
        self.whose = next((n for n, i in enumerate(items) if i.low == "whose" and not (n and items[n - 1].data)), -1)
        for at, item in enumerate(items):
            self._negation(at, item)
            takes = (self._place, self._amount, self._each_of_named, self._each, self._all, self._noun, self._measure)
            any(take(at, item) for take in takes)
        self._others()

    # Conditions

    def _place(self, at: int, item: Item) -> bool:
        condition = self._condition(at, item)
        if condition is None:
            return False
        last = next((p for p in reversed(self.placed) if p.condition.field == condition.field), None)
        single = self._negated == "except" or (bool(self._negated) and self._apposed(last, at))
        condition = replace(condition, negated=bool(self._negated), single=single)
        if not self.goes_on(at):
            self._negated = ""
        if last and last.end == at - 1 and last.condition.values[:1] and whose_chips(self.items, at):
            last.condition, last.end = condition, at  # "on AMD's MI355X": the chip says whose it is
            return True
        if last and (part := self._part(last.condition, condition)):
            last.condition, last.end = part, at
            return True
        if condition.number is not None and condition.sign == "=":
            compares = self.has("compare", "ratio")  # 'the scaling between 8 and 64 cards'
            if not compares and any(i.low == "between" for i in self.items[max(0, at - 2) : at]):
                condition = replace(condition, sign=">=")
            elif last and last.condition.sign == ">=" and self.joins(at - 1):
                condition = replace(condition, sign="<=")
        if last and last.condition.sign == "=" and self.ends_range(at, last.end):
            signs = "==" if self.has("compare") or self.has("than") else (">=", "<=")  # 'scaling from 8 up to 256'
            last.condition, condition = replace(last.condition, sign=signs[0]), replace(condition, sign=signs[1])
        self.placed.append(Placed(condition, at, at, self._link(last, at) if last else ""))
        return True

    def _part(self, whole: Condition, part: Condition) -> Condition | None:
        """A thing with what only tells which of its kinds is meant: 'the B300 (the SXM ones)'; None for other things."""
        same = whole.field == "accelerator" and not (whole.negated or part.negated)
        narrow = [e for e in part.values if same and any(e.label.startswith(f"{o.label} ") for o in whole.values)]
        return replace(whole, values=tuple(narrow)) if 0 < len(narrow) < len(part.values) else None

    def _apposed(self, last: Placed | None, at: int) -> bool:
        """Whether what is denied only tells what the thing before it is not: 'the B300 (not the GB300)'."""
        if last is None or last.condition.negated or last.condition.field not in ("accelerator", "processor", "system"):
            return False
        between = [i.low for i in self.items[last.end + 1 : at]]
        alike = self.items[last.end].low in self.items[at].low  # 'B300', 'GB300'
        return alike or {*between} <= {"not", ",", "the", "a", "an", "no", "ones"}

    def _link(self, last: Placed, at: int) -> str:
        """The word that joins a condition to the one before of the same field; 'beside' for none, '' where they part."""
        between = self.items[last.end + 1 : at]
        words = ["and"] * any(i.low == "also" for i in between)  # 'who used A100 also used H100'
        words += [i.low for i in between if i.roles.keys() & {"joiner", "compare"}]
        parts = {*GRAMMAR, "quantifier", "compare", "negator", "noun"}
        words = [""] if "skip" in {i.roles.get("negator") for i in between} else words
        return words[-1] if words else "beside" if all(i.roles.keys() & parts for i in between) else ""

    def _condition(self, at: int, item: Item) -> Condition | None:
        """The condition that an item states; None when it states none."""
        if item.entities:
            kinds = [e.kind for e in item.entities]
            kind = "Organization" if "Organization" in kinds and self._makes(at) else kinds[0]
            field = self._part_of(at) if kind == "Organization" else FIELDS.get(kind, "system")
            return Condition(field, tuple(e for e in item.entities if e.kind == kind))
        if "cpu" in item.roles or self._on_cpus(at):
            return Condition("accelerator", ())
        suite = item.roles.get("suite", "Training" if item.low == "training" else "")
        suite = "" if self.before(at).roles.get("change") == "earlier" else suite  # 'in no earlier Training round'
        if suite and self._negated:
            return Condition("round", tuple(e for e in self.rounds if f" {suite} " in e.label))
        if scenario := item.roles.get("scenario"):
            return Condition("scenario", (Entity(f"urn:{scenario}", scenario, "Division"),))  # a text in the record
        if "joint" in item.roles:
            return Condition(JOINT)
        if item.amount is None or self._of_kinds(item) or self._margin(at):
            return None
        unit = self._unit(at, item.amount.unit)
        if unit.endswith("Count") or unit == "minutes":
            return Condition(unit, number=item.amount.value, sign=item.amount.sign)
        return None

    def _margin(self, at: int) -> bool:
        """Whether a number says how far from the best others may be: 'within 5 % of the best'."""
        amount, after = self.items[at].amount, self.items[at + 1 : at + 5]
        near = amount is not None and amount.sign == "<=" and any(i.low == "of" for i in after[:1])
        return near and any("superlative" in i.roles for i in after)

    def _of_kinds(self, item: Item) -> str:
        """The noun of which kinds are counted: 'more than one type of accelerator', 'two different GPUs'; '' for units."""
        nouns = (noun for noun, unit in COUNTED_BY.items() if item.amount and item.amount.unit == unit)
        return next(nouns, "") if KINDS.intersection(item.low.split()) else ""

    def _unit(self, at: int, unit: str) -> str:
        """What a number counts: its unit, or what the words beside it or the numbers it is joined to say."""
        place, after = self.after(at)
        measured = self.before(at).roles.get("measure", "")
        if not unit and measured.endswith("Count"):
            return measured  # 'accelerator count = 16'
        if unit:
            return unit
        if "Accelerator" in after.kinds():  # '4 MI300X nodes'
            return "nodeCount" if self.after(place)[1].low == "nodes" else "acceleratorCount"
        if after.kinds() == {"System"}:
            return "nodeCount"  # '4 XE9680'
        links = GRAMMAR | {"compare", "before"}  # '8 to 256 cards', '8 up to 256 cards', 'with 448 and with 256 cards'
        rest = [*enumerate(self.items)][at + 1 :]
        told = ((n, i) for n, i in rest if i.entities or i.amount or not i.roles.keys() <= links)
        later, item = next(told, (at, NO_ITEM))
        if item.amount and (later > at + 1 or item.amount.sign == "<="):
            return self._unit(later, item.amount.unit)
        up = self.items[at].low.startswith("up to")  # '8 GPUs up to 256'
        last = next((p for p in self.placed[-1:] if p.end == at - 2 + up and p.condition.number is not None), None)
        return last.condition.field if last else ""

    # Numbers

    def _amount(self, at: int, item: Item) -> bool:
        """A number that states no condition: how many are wanted or had, or a value that somebody states."""
        amount = item.amount
        if amount is None:
            return False
        before, after = self.before(at), self.after(at)[1]
        first = before.low == "first" and self.has("order")  # 'rank the first three'
        ranked = first or "superlative" in {*before.roles, *after.roles} or (amount.unit and self.has("superlative"))
        if amount.sign == ">=" and amount.value == 1 and amount.unit == "result":
            return True  # 'with at least one result'
        if self._margin(at):
            self.margin = amount
            return True
        if kinds := self._of_kinds(item):
            self.having = Having(kinds, amount.value, amount.sign)
            return True
        if amount.sign == "=" and amount.unit != "%" and (ranked or "superlative" in item.roles):
            self.sizes.append(amount.value)
        elif before.roles.get("quantifier") == "all" and (amount.unit == "result" or self.of_results(at)):
            return True  # 'all eight results': how many there are is told
        elif before.roles.get("quantifier") == "all" and amount.unit:
            self.all_of = amount.unit
        elif amount.unit in HAD and self.having is None and self._says_how_many(at, item):
            self.having = Having(amount.unit, amount.value, amount.sign)
            return True
        else:
            self.values.append(amount.value)
        if amount.unit and not amount.unit.endswith("Count") and amount.unit not in ("%", "minutes", "memoryGB"):
            self.nouns.append((at, amount.unit, not before.text or "superlative" in before.roles))
        return True

    def _says_how_many(self, at: int, item: Item) -> bool:
        """Whether a number of things is what somebody has: it compares, or a verb or 'only' stands beside it."""
        if self.items[max(0, at - 2)].low == "there" and any("stop" in i.roles for i in self.items[at:-1]):
            return False  # 'There is one result with X. Whose is it?' takes it for granted
        compares = item.amount is not None and item.amount.sign != "="
        exact = item.low.startswith(("exactly", "precisely", "just", "equal"))
        before, after = self.items[max(0, at - 1) : at], self.items[at + 1 : at + 2]
        only = any(i.roles.get("quantifier") == "only" for i in (*before, *after))
        return compares or exact or only or any("verb" in i.roles for i in before)

    # What is asked for

    def _each(self, at: int, item: Item) -> bool:
        """'per round' and 'by benchmark' group; 'in every round' wants those with all of them."""
        place, after = self.after(at)
        if "group" not in item.roles:
            return False
        while after.low == "of" or after.roles.keys() & {"number", "suite"}:  # 'in each of the three HPC rounds'
            place, after = self.after(place)
        if after.entities and item.low.endswith(("each", "every", "one of")):  # 'in each of v4.0 and v4.1'
            field = FIELDS.get(after.entities[0].kind, "system")
            if self._wants_each(field):
                self.all_of = field
            else:
                self.group.append(field)
            return True
        sizes = "noun" not in after.roles and after.roles.get("measure", "").endswith("Count")
        if sizes and not self.has("superlative"):  # 'time per number of GPUs'
            self.group.append(after.roles["measure"])
            return True
        verb = item.low == "by" and at > 0 and ("verb" in self.items[at - 1].roles or after.low in _ANYBODY)
        agents = verb and after.roles.get("noun") == "organization" and after.low.endswith(("s", "one", "body"))
        if "noun" not in after.roles or after.low == "whom" or (agents and (self.nouns or after.low in _ANYBODY)):
            return False  # 'benchmarks that were run by companies other than …'
        noun = after.roles["noun"]
        if item.low == "by" and self.has(
            "superlative", f"{COUNTED_BY.get(noun)} greatest", f"{COUNTED_BY.get(noun)} least"
        ):
            return False  # 'the largest system by accelerators'
        asked = any(n not in (noun, "result") for _, n, _ in self.nouns)
        every = item.low.removesuffix(" single") in _EACH and noun in ("benchmark", "round") and asked
        if every and not (self.has("superlative") or self.has("aggregate")):
            self.all_of = noun
        else:
            self.group.append(noun)
        return True

    def _each_of_named(self, at: int, item: Item) -> bool:
        """'A and B, the best of each'."""
        after = self.after(at)[1]
        alone = "group" in item.roles and item.low.endswith("each") and not after.data
        fields = [p.condition.field for p in self.placed if p.condition.values] if alone else []
        self.of_each = next((f for f in fields if fields.count(f) > 1), self.of_each)
        return bool(fields and self.of_each)

    def _wants_each(self, field: str) -> bool:
        """Whether those are asked for who have each of some rounds or benchmarks, not an answer for each."""
        others = self.has("aggregate") or self.has("superlative")
        return self.asks("organization") and field in ("round", "benchmark") and not others

    def _all(self, at: int, item: Item) -> bool:
        """'all benchmarks', 'the whole suite', 'all rounds'."""
        found, named = "", self.after(at)[1]
        field = FIELDS.get(named.entities[0].kind, "") if named.entities else ""
        if item.roles.get("quantifier") == "all" and item.low.endswith("of") and self._wants_each(field):
            self.all_of = field  # 'in every one of v3.0, v3.1'
            return True
        if item.low == "all rounds" and all("filler" in i.roles for i in self.items[:at]):
            self.nouns.append((at, "round", True))  # 'list all rounds'
        elif item.roles.get("quantifier") == "suite":
            found = "benchmark"
        elif item.low == "all but" and self.asks("organization"):
            found = next((FIELDS[k] for k in named.kinds()), "")
        elif item.roles.get("quantifier") == "all":
            found = self._counted(at)
        self.all_of = found or self.all_of
        return bool(found)

    def every(self) -> Iterator[str]:
        """The nouns of which each or all are spoken of."""
        for at, item in enumerate(self.items):
            if item.low in _EVERYBODY:
                yield _EVERYBODY[item.low]
            elif item.roles.get("quantifier") == "all" or item.low.removesuffix(" single") in _EACH:
                place, after = self.after(at)
                while after.entities or after.amount:  # 'every BERT result'
                    place, after = self.after(place)
                yield after.roles.get("noun", "")

    def _counted(self, at: int) -> str:
        """The noun that 'all' is about, where it is one of which a result has one."""
        place, after = self.after(at)
        any_ = self.items[at].low == "all" and "number" not in after.roles  # 'all HPC rounds', not 'all three'
        skipped = {"number", "preposition", "" if any_ else "suite"}
        while after.text and (after.amount or after.kinds() & {"Round", "Division"} or after.roles.keys() & skipped):
            place, after = self.after(place)
        noun = after.roles.get("noun", "")
        before = [i.roles["noun"] for i in self.items[:at] if "noun" in i.roles]
        every = self.asks("organization") and not (at and self.items[at - 1].low in _OVER)  # not 'over all rounds'
        asked = bool(before) and before != ["result"] and (noun != "round" or every)
        return noun if asked and noun in ("benchmark", "round", "framework", "division") else ""

    def _noun(self, at: int, item: Item) -> bool:
        noun = item.roles.get("noun")
        if noun is None:
            return False
        others = (i for i in reversed(self.items[:at]) if "suite" not in i.roles)  # '3.0 HPC round'
        before = next(others, NO_ITEM)
        named = any(i.kinds() == {"Round"} for i in self.items[at + 1 : at + 2])
        if noun == "round" and named and "change" not in before.roles:
            return False  # 'in round v5.1', not 'the last round (v5.1)'
        near = self.items[max(0, at - 3) : at]
        asking = at == 0 or any(i.low in _ASKING or i.roles.get("aggregate") == "count" for i in near)
        owner = before.text.endswith(("'s", "’s", "s'"))  # "which of Dell's systems"
        owner = owner or (before.kinds() == {"Round"} and noun != "round")  # 'v2.0 benchmarks not submitted by Dell'
        named = bool((before.entities and not owner) or (before.amount and before.amount.unit))
        grouped = bool(self.group) and "group" in before.roles
        if not grouped and (asking or not named or noun == "organization"):
            pronoun = item.low in ("who", "whom", "when")
            self.nouns.append((at, noun, pronoun or (asking and not named)))
        return True

    def _measure(self, at: int, item: Item) -> bool:
        measure = item.roles.get("measure", "")
        made = measure == "developedBy"
        results = self.has("verb") or self.has("noun", "result")
        asked = self.asks("organization") or self.asks("result")  # 'submitters whose accelerator is the A30'
        if made and item.low.startswith("from which") and results:
            self.nouns.append((at, "organization", True))  # 'from which vendors are there results with …'
        elif measure and "rank" not in item.roles and not (made and item.low.startswith("whose") and asked):
            self.measures.append((at, measure))
        return True
