"""What a question leaves out: words that turn what stands beside them, and who is meant by 'other'."""

from __future__ import annotations

from dataclasses import replace

from kg.ask.frame import Placed
from kg.ask.items import Item
from kg.ask.makers import Makers
from kg.errors import NotUnderstood

HAD = frozenset(["benchmark", "result", "framework", "round", "system", "organization"])
"""What somebody can have a number of."""
_AWAY = frozenset(["absent", "missing", "unrepresented"])
_IGNORED = frozenset(["ignored", "excluded", "omitted", "skipped", "disregarded", "left out", "set aside"])
_IF = frozenset(["if", "with", "when", "once"])
_THOSE = frozenset(["those", "ones"])


class Negations(Makers):
    """What is left out. `placed`, `only_at`, `skip_at`, `outdone` and `lost` are those of `Parts`."""

    placed: list[Placed]
    only_at: int
    skip_at: int
    outdone: bool
    lost: bool

    def _others(self) -> None:
        """'A ran BERT. Who else did?' asks for those but A."""
        at = next((at for at, i in enumerate(self.items) if i.low in ("else", "other", "others")), 0)
        stop = max((n for n, _ in self.role("stop") if n < at), default=-1)
        for p in self.placed:
            if p.end < stop and p.condition.field == "organization" and not p.condition.negated:
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
        if self._on_cpus(place):
            self._negated = ""
        elif negator == "not" and following.roles.keys() & {"superlative", "rank"}:
            self._not_best(at)
        elif negator == "not" and self._of_round_before(at, following):
            self.placed[-1].condition, self._negated = replace(self.placed[-1].condition, negated=True), ""
        elif negator == "skip" and "Round" in second.kinds() and not self._gaps():
            self._negated = "not"  # 'those absent from v1.0', 'who sat out v3.1'
        elif negator == "skip" or (negator == "not" and self._lacks(at)):
            self.skip_at, self._negated = at, ""
        elif self._of_those(at, following):
            self._negated = "not"  # 'benchmarks except those that Google ran': of all their results

    def _gaps(self) -> bool:
        """Whether benchmarks are asked for that somebody, or a chip, has no result of: 'on which is A absent in v5.1'."""
        benchmarks = any(i.roles.get("noun") == "benchmark" for i in self.items)
        return benchmarks and any(p.condition.field in ("accelerator", "organization") for p in self.placed)

    def _of_those(self, at: int, following: Item) -> bool:
        """Whether those are left out who have something, not single results: 'minus the submitters of v3.1'."""
        asked = {n for _, n, _ in self.nouns}
        those = _THOSE & {i.low for i in self.items[at + 1 : at + 3]}
        return len(asked) == 1 and bool(those or following.roles.get("noun") in asked)

    def _not_best(self, at: int) -> None:
        """'Acme was not the fastest. Who was?' asks for the best of the others. Raises NotUnderstood without a 'who'."""
        self._negated, stops = "", [n for n, _ in self.role("stop")]
        later = next((n for n in stops if n > at), len(self.items))
        start = max((n for n in stops if n < at), default=-1)
        mine = [p for p in self.placed if p.start > start and p.condition.field == "organization"]
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
        before = self.before(at) if chips else None
        return before is not None and before.roles.get("negator") == "not"

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
