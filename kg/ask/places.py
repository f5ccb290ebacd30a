"""The items of a question, looked through from a place: whose a name is, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.ask.frame import Placed
from kg.ask.items import NO_ITEM, Item, whose_chips
from kg.ask.words import AUXILIARY, COUNTED_BY, MENTIONS
from kg.errors import NotUnderstood

_RAN_ON = frozenset(["run on", "runs on", "ran on", "running on"])
HAD = frozenset(["benchmark", "result", "framework", "round", "system", "organization"])
"""What somebody can have a number of."""
_AWAY = frozenset(["absent", "missing", "unrepresented"])
_IGNORED = frozenset(["ignored", "excluded", "omitted", "skipped", "disregarded", "left out", "set aside"])
_IF = frozenset(["if", "with", "when", "once"])
_THOSE = frozenset(["those", "ones"])


class Places:
    """The items of one question by their places, counted from 0. What it only names is collected by `Parts`."""

    nouns: list[tuple[int, str, bool]]
    placed: list[Placed]
    whose: int
    only_at: int
    skip_at: int
    outdone: bool
    lost: bool
    _negated: str

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items

    def role(self, role: str) -> list[tuple[int, str]]:
        """The places and values of the items that play a part."""
        return [(n, i.roles[role]) for n, i in enumerate(self.items) if role in i.roles]

    def has(self, role: str, *values: str) -> bool:
        """Whether an item plays a part, with one of some values if given."""
        return any(not values or value in values for _, value in self.role(role))

    def before(self, at: int) -> Item:
        """The last item before a place that is no filler; an empty one at the begin."""
        return next((i for i in reversed(self.items[:at]) if not i.fills), NO_ITEM)

    def after(self, at: int) -> tuple[int, Item]:
        """The first item after a place that is no filler, with its place; an empty one at the end."""
        later = ((n, i) for n, i in enumerate(self.items[at + 1 :], at + 1) if not i.fills)
        return next(later, (len(self.items), NO_ITEM))

    def stop(self, at: int) -> int:
        """The place of the last end of a sentence before a place; -1 without one."""
        return max((n for n, _ in self.role("stop") if n < at), default=-1)

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

    # Whose a name is

    def asks(self, field: str) -> bool:
        """Whether a noun so far stands for a field."""
        return any(n == field for _, n, _ in self.nouns)

    def _part_of(self, at: int) -> str:
        """The field of an organization at a place: who submitted, whose chips they are, or who is spoken of."""
        if self._makes(at):
            return "processor" if self._made(at) == "processor" else "accelerator"
        before, following = self.before(at), self.items[at + 1 : at + 2]
        spoken = before.roles.get("predicate") in MENTIONS
        speaks = self.items[at - 1].low in AUXILIARY or any({"predicate", "source"} & i.roles.keys() for i in following)
        return "thing" if spoken and not speaks else "organization"

    def _made(self, at: int) -> str:
        """The noun after an organization, or after the list that it stands in: 'NVIDIA or AMD chips'."""
        place, joiner = self.after(at)
        later, other = self.after(place)
        if (self.joins(place) or joiner.low == "nor") and other.kinds() == {"Organization"}:
            return self._made(later)
        noun = next((i.roles.get("noun", "") for i in self.items[at + 1 : at + 2]), "")
        if [i.low for i in self.items[at + 1 : at + 2]] == ["ones"]:  # 'with AMD CPUs and how many with Intel ones'
            noun = next((i.roles["noun"] for i in reversed(self.items[:at]) if i.roles.get("noun") in COUNTED_BY), "")
        if noun or at == 0 or self.items[at - 1].low not in ("of", "from", "by", "made by"):
            return noun
        earlier = [i for i in self.items[: at - 1] if self._negated == "" or i.roles.keys() - {"filler", "negator"}]
        if earlier and (self._negated or self.asks("organization")):
            return earlier[-1].roles.get("noun", "")  # 'with CPUs of Intel', 'hardware that is not from Intel'
        return ""

    def _makes(self, at: int) -> bool:
        """Whether an organization at a place is spoken of as a maker: 'NVIDIA GPUs', 'other than NVIDIA's'."""
        if self.items[at].kinds() != {"Organization"} or "maker" not in self.items[at].roles:
            return False
        whole = whose_chips(self.items, at + 1) and self.items[at].end == self.items[at + 1].start
        if whole and not self.items[at].text.endswith(("'s", "s'")):
            return True  # 'Huawei Ascend'
        noun, before = self._made(at), self.before(at)
        sized = any(v.startswith("acceleratorCount") for _, v in self.role("superlative"))
        if noun in COUNTED_BY or (noun == "system" and sized):
            return True
        if not before.text:
            return False
        earlier = self.before(self.items.index(before))
        ran = "verb" in earlier.roles or earlier.roles.get("noun") == "result"
        on = before.low in _RAN_ON or (before.low == "on" and ran)
        who = any(i.roles.get("noun") == "organization" for i in self.items[:at])
        ran_by = (who or self.whose >= 0) and "verb" in before.roles  # "companies that ran AMD's MI300X"
        chips = (ran_by or before.low in ("on", "with", "using")) and whose_chips(self.items, at + 1)
        using = before.low in ("using", "use", "used", "uses") and self.asks("organization")
        if chips or using or on:
            return True
        said = earlier if before.low in ("of", "from") else before  # 'except those from NVIDIA'
        others = said.roles.get("negator") == "except" and earlier.low != "by"
        return others and any(i.roles.get("noun") == "accelerator" for i in self.items[:at])

    # What is left out

    def _others(self) -> None:
        """'A ran BERT. Who else did?' asks for those but A."""
        at = next((at for at, i in enumerate(self.items) if i.low in ("else", "other", "others")), 0)
        for p in self.placed:
            if p.end < self.stop(at) and p.condition.field == "organization" and not p.condition.negated:
                p.condition = replace(p.condition, negated=True, single=True)

    # Words that turn what follows

    def _negation(self, at: int, item: Item) -> None:
        if "stop" in item.roles:
            self._negated = ""
        place, following = self.after(at)
        if negator := item.roles.get("negator"):
            skipped = self.skip_at >= 0 and not any(p.start > self.skip_at for p in self.placed)
            if negator == "not" and (self._negated == "except" or skipped):
                self._negated, self.skip_at = "", -1  # 'ignore those that do not use A100s'
                return
            self._negated = negator
            ends = not following.text or following.roles.keys() & {"stop", "joiner"}
            start = self.placed[-1].start if self.placed else 0
            ignored = item.low in _IGNORED and any(i.low in _IF for i in self.items[max(0, start - 2) : start])
            if (negator == "except" or ignored) and self.placed and ends:
                self._except_before(at)
            else:
                self._denied(at, negator, place, following)
        the = at > 0 and self.items[at - 1].low == "the"
        asked = "noun" in following.roles and (the or not self.nouns)  # 'the only team', 'only submitters that …'
        asked = asked or item.low == "alone" or (the and following.low in ("that", "one"))  # 'the only that'
        beside = (following, *self.items[max(0, at - 1) : at])  # 'only one benchmark', 'one result only'
        counts = any(i.amount is not None and i.amount.unit in HAD for i in beside)
        asked = asked or self.items[at - 1].low in ("i", "we")  # 'I only want the submitters'
        if item.roles.get("quantifier") == "only" and not (asked or counts):
            self.only_at = at

    def _except_before(self, at: int) -> None:
        """The names before an 'except' are left out: 'if those of Dell are set aside, …', 'Dell and Google aside'."""
        self._negated, later = "", at
        for p in reversed(self.placed):
            if later != at and not self.joins(later - 1):
                break
            p.condition, later = replace(p.condition, negated=True, single=True), p.start

    def _denied(self, at: int, negator: str, place: int, following: Item) -> None:
        """What a negator is about: what follows it, the round before, or all that somebody did."""
        away = ("from", "in", "at") if self.items[at].low in _AWAY else ("from",)
        beyond = self.after(place)[1]
        second = beyond if following.low in away or following.roles.get("noun") == "round" else following
        gaps = any(i.roles.get("noun") == "benchmark" for i in self.items) and any(
            p.condition.field in ("accelerator", "organization") for p in self.placed
        )  # 'on which benchmark is A absent in v5.1'
        if self._on_cpus(place):
            self._negated = ""
        elif negator == "not" and following.roles.keys() & {"superlative", "rank"}:
            self._not_best(at)
        elif negator == "not" and self._of_round_before(at, following):
            self.placed[-1].condition, self._negated = replace(self.placed[-1].condition, negated=True), ""
        elif negator == "skip" and "Round" in second.kinds() and not gaps:
            self._negated = "not"  # 'those absent from v1.0', 'who sat out v3.1'
        elif negator == "skip" or (negator == "not" and self._lacks(at)):
            self.skip_at, self._negated = at, ""
        elif self._of_those(at, following):
            self._negated = "not"  # 'benchmarks except those that Google ran': of all their results

    def _of_those(self, at: int, following: Item) -> bool:
        """Whether those are left out who have something, not single results: 'minus the submitters of v3.1'."""
        asked = {n for _, n, _ in self.nouns}
        those = _THOSE & {i.low for i in self.items[at + 1 : at + 3]}
        return len(asked) == 1 and bool(those or following.roles.get("noun") in asked)

    def _not_best(self, at: int) -> None:
        """'Acme was not the fastest. Who was?' asks for the best of the others. Raises NotUnderstood without a 'who'."""
        self._negated = ""
        later = next((n for n, _ in self.role("stop") if n > at), len(self.items))
        mine = [p for p in self.placed if p.start > self.stop(at) and p.condition.field == "organization"]
        if mine and self.asks("benchmark"):
            self.lost = True  # 'which benchmarks did Acme not win'
            return
        if not (mine and any(i.roles.get("noun") == "organization" for i in self.items[later:])):
            raise NotUnderstood("what is not the best is not told: ask for the best, or the list in its order")
        self.outdone = True
        if not any("than" in i.roles for i in self.items[later:]):
            mine[-1].condition = replace(mine[-1].condition, negated=True, single=True)

    def _on_cpus(self, at: int) -> bool:
        """Whether a noun for accelerators stands after 'no' or 'without': 'with no GPUs'."""
        chips = any(i.roles.get("noun") == "accelerator" for i in self.items[at : at + 1])
        return chips and self.before(at).roles.get("negator") == "not"

    def _of_round_before(self, at: int, following: Item) -> bool:
        """Whether 'not' ends what a round had and the other did not: 'what does v5.1 have that v5.0 did not'."""
        rounds = [p for p in self.placed if p.condition.field == "round"]
        return "stop" in following.roles and len(rounds) == 2 and self.before(at) is self.items[rounds[-1].end]

    def _lacks(self, at: int) -> bool:
        """Whether 'not' is about all that somebody did, as in 'which benchmarks did Dell not run in v2.0'."""
        later = [i for i in self.items[at:] if i.entities or i.amount]
        fields = {p.condition.field for p in self.placed}
        rounds = "round" not in fields and all(i.kinds() == {"Round"} for i in later)
        return "organization" in fields and (not later or rounds)
