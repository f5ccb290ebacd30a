"""What a question calculates: where from, the best of what, how many, on average, what share."""

from __future__ import annotations

from dataclasses import replace

from kg.ask.frame import JOINT, Best, Condition, Frame, Source
from kg.ask.items import NO_ITEM, Item
from kg.ask.parts import ATTRIBUTES, Parts
from kg.ask.words import AUXILIARY, COUNTED_BY, KINDS
from kg.errors import NotUnderstood

_SPREAD = frozenset(["used", "common", "popular", "frequent", "frequently", "often", "widely", "chosen", "deployed"])
_TOTAL = frozenset(["total", "overall", "combined", "aggregate", "altogether"])
_TIMES = dict.fromkeys(["second", "seconds", "secs"], "seconds") | dict.fromkeys(["hour", "hours", "hrs"], "hours")
_PARTING = frozenset(["with", "from", "by", "using"])
_THEY = frozenset(["they", "these", "those"])
_STATED = frozenset(["mentionsSubmitter", "partner", "systemAttribute", "usedSoftware"])
"""Predicates of which only statements tell."""


class Measures(Parts):
    """The parts of a question that say what is measured and calculated."""

    def source(self) -> Source:
        """Where the answer has to come from: the record, unless a word asks for what is said or claimed."""
        said = {v for at, v in self.role("source") if not self._tells(at)}
        claims = self.has("noun", "claim", "verdict")
        asked = any(n == "verdict" or (n == "claim" and strong) for _, n, strong in self.nouns)
        if (self.has("review") and (said or claims)) or asked or said == {"record", "statements"}:
            return "claims"
        if "statements" in said:
            return "statements"
        fields = {p.condition.field for p in self.placed}
        attributes = any(m in ATTRIBUTES for _, m in self.measures)
        chips = {"accelerator", "acceleratorCount", "processor", *(["round"] if "accelerator" in fields else ())}
        if attributes and fields <= chips:
            return "vocabulary"
        if JOINT in fields:
            return "record"
        offered = self.has("predicate", "offersSystem") and not (self.has("noun", "result") or "availability" in fields)
        stated = "software" in fields or self.asks("software") or offered or self.has("predicate", *_STATED)
        return "statements" if stated and "record" not in said else "record"

    def _tells(self, at: int) -> bool:
        """Whether what the record says is spoken of: 'the official record says', or an order: 'please report'."""
        if self.items[at].low in ("report", "state") and not any(i.data for i in self.items[:at]):
            return True
        times = self.has("superlative") or any(m == "minutes" for _, m in self.measures)
        if self.items[at].low.startswith("report") and times and not self.has("predicate"):
            return True  # 'what times did Acme report'
        before = self.items[at - 1] if at else NO_ITEM
        return before.low.endswith("record") or before.low == "results"

    def unit(self) -> str:
        """The unit of time that the answer is wanted in, where it is not minutes: 'how many seconds', 'in hours'."""
        told = (
            i
            for i in self.items
            if not (i.amount or "rank" in i.roles) and i.roles.get("measure", "minutes") == "minutes"
        )
        return next((_TIMES[w] for i in told for w in i.low.split() if w in _TIMES), "")

    # The best

    def _free(self) -> list[int]:
        """The places of 'most' and 'fewest', of which the measure stands beside them."""
        return [at for at, value in self.role("superlative") if value.startswith(" ")]

    def _widespread(self) -> bool:
        """Whether 'most used' or 'most popular' asks what most results have."""
        beside = [w for at in self._free() for i in self.items[at : at + 2] for w in i.low.split()]
        ends = (at for at in self._free() if {"preposition", "stop"} & self.after(at)[1].roles.keys())
        beside += [self.items[at - 1].low for at in ends if at]  # 'which chips were used most in v2.0'
        return not _SPREAD.isdisjoint(beside)

    def best_noun(self) -> int:
        """The place of the noun that 'most' and 'fewest' count; -1 without one."""
        for at in () if self._widespread() or self._by_number() else self._free():
            place, after = self.after(at)
            if after.roles.keys() & {"preposition", "superlative", "filler"}:
                place, after = self.after(place)
            later, noun = self.after(place)
            if after.entities and "noun" in noun.roles:  # 'the most A100 results'
                return later
            if after.roles.keys() & {"noun", "measure"}:
                return place
        return -1

    def best(self) -> Best | None:
        """The superlative of the question: its measure, end, rank, and how many are wanted."""
        found = [v for _, v in self.role("superlative")]
        if (self.has("aggregate", "range") and len({*found}) > 1) or self._apart():
            return None  # 'the spread between the fastest and the slowest'
        ranks = [int(v) for at, v in self.role("rank") if not self.items[at].amount]
        if not found and not ranks:
            return None
        value = next((v for v in found if not v.startswith(" ")), found[0] if found else "minutes least")
        measure, _, end = value.partition(" ")
        measure = self._of_times(value) if measure == "minutes" else measure
        if most := self._most_changed():
            measure, end = "improvement", most
        elif measure == "minutes" and self._free() and self._of_benchmarks():
            if " greatest" not in found:
                raise NotUnderstood("who won the fewest is not told: ask how many benchmarks each won")
            measure = "wins"  # 'who won the most benchmarks'
        elif self._widespread() or (measure == "minutes" and self._by_number()):
            measure, end = "count", "least" if end == "least" and not self._by_number() else "greatest"
        elif self._free() and (not measure or len(found) > 1):
            measure = self._beside(measure)
        if measure == "minutes" and self._places(ranks):
            measure, ranks = "gap", [max(ranks)]  # 'the margin between first and second place'
        rank, size = ranks[0] if ranks else 1, int(self.sizes[0]) if self.sizes else 1
        return Best(measure, "greatest" if end == "greatest" else "least", rank, size, margin=self.margin)

    def _of_times(self, value: str) -> str:
        """The measure of a word for the end of times: that beside it ('the lowest node count'), or time on each chip."""
        beside = (self.after(at)[1].roles.get("measure", "") for at, v in self.role("superlative") if v == value)
        each = (
            "acceleratorMinutes" for at, m in self.measures if m == "acceleratorMinutes" and "per" in self.items[at].low
        )
        return next(filter(None, (*beside, *each)), "minutes")  # 'who was fastest on a per-GPU basis'

    def _places(self, ranks: list[int]) -> bool:
        """Whether two places are held against each other, the first and another one."""
        first = 1 in ranks or self.has("change", "first") or self.has("superlative", "minutes least")
        fields = [p.condition.field for p in self.placed if not p.condition.negated]
        return first and max(ranks, default=1) > 1 and self.has("compare") and len(fields) == len({*fields})

    def _of_benchmarks(self) -> bool:
        """Whether 'most' is about benchmarks, or about what is the best: 'the most wins'."""
        at, named = self.best_noun(), any(p.condition.field == "benchmark" for p in self.placed)
        counted = at >= 0 and self.items[at].roles.get("noun") == "benchmark"
        return not named and (counted or any("superlative" in self.after(n)[1].roles for n in self._free()))

    def _most_changed(self) -> str:
        """The end of an order by change: 'improved most', 'the largest improvement'; '' where none is meant."""
        orders = [(v, {"compare", "predicate"} <= self.after(at)[1].roles.keys()) for at, v in self.role("superlative")]
        changes = self.has("compare", "change") and not self.has("aggregate")
        ends = (v.rpartition(" ")[2] for v, gain in orders if v[0] in " a" and (gain or (changes and v[0] == " ")))
        return next(ends, "")

    def _by_number(self) -> bool:
        """Whether an order is one 'by the number of results'."""
        counts = ((self.before(at), self.items[at].low) for at, v in self.role("aggregate") if v == "count")
        orders = ((i.low.rpartition(" ")[2], low) for i, low in counts)
        return any(word == "by" or (word == "in" and low[:3] != "how") for word, low in orders)

    def _beside(self, measure: str) -> str:
        """The measure that 'most' and 'fewest' are about: a noun after it, or another measure of the question."""
        place = self.best_noun()
        if place < 0:
            counted = [m for _, m in self.measures] + [COUNTED_BY[n] for _, n, _ in self.nouns if n in COUNTED_BY]
            return measure or (counted[0] if counted else "count")
        item = self.items[place]
        if KINDS.intersection(self.items[place - 1].low.split()):
            return "count"
        return item.roles.get("measure") or COUNTED_BY.get(item.roles.get("noun", ""), "count")

    def _apart(self) -> bool:
        """Whether the ends of the times are held against each other: 'how far apart are the fastest and the slowest'."""
        fields = [p.condition.field for p in self.placed]
        ends = {v for _, v in self.role("superlative")}
        return ends == {"minutes least", "minutes greatest"} and self.has("compare") and len(fields) == len({*fields})

    # Counts and averages

    def calculation(self) -> tuple[str, str]:
        """What is calculated, and of what; ('', '') for nothing."""
        for at, item in enumerate(self.items):
            noun = self.after(at)[1].roles.get("noun")
            more = item.low in ("more", "fewer") and noun not in COUNTED_BY
            if (item.low.startswith("how many ") or more) and "compare" in item.roles and noun:
                return ("", COUNTED_BY[noun]) if noun in COUNTED_BY else ("count", noun)  # of the best of each
        if self._apart():
            return "range", "minutes"
        place = self.best_noun()
        noun = self.items[place].roles.get("noun") if place >= 0 else ""
        if noun and (noun not in COUNTED_BY or KINDS.intersection(self.items[place - 1].low.split())):
            return "count", noun
        if self._widespread():
            return "count", "result"
        found = self.role("aggregate")
        if self.group and any(self.after(n)[1].roles.get("aggregate") == "count" for n, v in found if v == "mean"):
            found = [f for f in found if f[1] == "count"]  # 'average number of submitters per benchmark'
        found = sorted(found, key=lambda f: f[1] in ("count", "sum"))
        return next((made for at, value in found if (made := self._aggregate(at, value))), ("", ""))

    def _aggregate(self, at: int, value: str) -> tuple[str, str] | None:
        """What a word for a calculation is about; None where it is about nothing."""
        much = self.items[at].low == "how much" and self.has("compare") and "noun" not in self.after(at)[1].roles
        place, after = self._counted_after(at)
        scaling = value == "share" and bool(after.roles.keys() & {"compare", "than"})  # 'how many percent faster'
        if much or scaling or ("compare" in self.items[at].roles and self.has("than")):
            return None  # 'how much did it drop', 'how many times is A faster than B'
        measure = next((m for _, m in self.measures), "")
        noun = self.items[at].roles.get("noun") or after.roles.get("noun", "")  # 'how often' counts results
        noun = "result" if value == "count" and "group" in after.roles else noun  # 'count per division'
        if value in ("mean", "median", "range"):
            return value, measure or self._averaged(noun)
        results = self.has("noun", "result") and self.asks("organization")
        alone = "result" * (value == "count" and results and after.roles.keys() <= {"stop"})
        noun = noun or self._listed_before(at, value == "count" and bool(after.roles.keys() & {"stop", "joiner"}))
        nearby = noun or alone or next((n for _, n, _ in self.nouns), "") or next((n for _, n in self.role("noun")), "")
        if value == "share":
            return "share", nearby if nearby and nearby != "round" else "result"
        many = any(v == "count" and self.items[n].low != "how much" for n, v in self.role("aggregate"))
        if value == "sum" and not many:
            measure = measure or COUNTED_BY.get(nearby, "")
            return ("sum", measure) if measure else ("count", nearby or "result")
        if value != "count" or ("measure" in after.roles and not noun):
            return ("", "") if value == "count" else None
        best = self.best()
        theirs = self.asks("organization") and self.after(at)[1].kinds() == {"Accelerator"}  # 'who, on how many H100'
        if (noun in COUNTED_BY or not after.text or theirs) and best is not None and best.measure != "count":
            return "", ""  # the best one is told with its count
        if noun in COUNTED_BY and any(KINDS.intersection(i.low.split()) for i in self.items[at:place]):
            return "count", noun  # 'how many different GPUs', 'how many kinds of GPU'
        if noun in COUNTED_BY and self._in_total():
            return "sum", COUNTED_BY[noun]
        named = {p.condition.field for p in self.placed} & {"organization", "system", "benchmark"}
        if noun in COUNTED_BY and self.source() == "record" and not self.group and named:
            return "values", COUNTED_BY[noun]
        return ("count", nearby) if nearby else None

    def _averaged(self, noun: str) -> str:
        """What is averaged: what the noun after it counts, or 'how many GPUs does an average submission have', or time."""
        counted = (self.after(n)[1].roles.get("noun", "") for n, v in self.role("aggregate") if v == "count")
        return next((COUNTED_BY[n] for n in (noun, *counted) if n in COUNTED_BY), "minutes")

    def _in_total(self) -> bool:
        """Whether a total is wanted: 'how many GPUs did Acme use overall'."""
        return self.has("aggregate", "sum") or any(_TOTAL.intersection(i.low.split()) for i in self.items)

    def _listed_before(self, at: int, ends: bool) -> str:
        """What 'how many' counts after it is said: 'graphics cards, how many'; '' where a name says which."""
        if any(i.low in _THEY for i in self.items[at + 1 : at + 3]):  # 'only BERT results. How many were they'
            return next((i.roles["noun"] for i in reversed(self.items[:at]) if "noun" in i.roles), "")
        if not ends:
            return ""
        noun = self.before(at - self.joins(at - 1)).roles.get("noun", "")
        return "" if noun in {p.condition.field for p in self.placed} else noun

    def _counted_after(self, at: int) -> tuple[int, Item]:
        """The noun or measure after a word for a calculation, over names and what else stands between."""
        place, after = self.after(at)
        while after.text and not after.roles.keys() & {"noun", "measure"}:
            if not (after.entities or after.roles.keys() & {"filler", "preposition", "aggregate", "change", "source"}):
                break
            place, after = self.after(place)
        return place, after

    def part(self, frame: Frame) -> Frame:
        """The frame of a share: what stands after its verb, or before the word for it, is the part; a name alone too.

        Where it is asked whether all are so, the last name is.
        """
        at = next((at for at, v in self.role("aggregate") if v == "share"), -1)
        verbs = (n for n, i in enumerate(self.items) if n > at and ("verb" in i.roles or i.low in AUXILIARY))
        verb = next(verbs, len(self.items))
        free = [
            p for p in self.placed if p.condition.field not in ("round", "benchmark" if p.start < self.stop(at) else "")
        ]
        among = next((n for n, i in enumerate(self.items) if n > at and i.low == "among"), at)
        of = self.items[0].low in ("of", "among", "out of", "within")  # 'of all A, what share …'
        chosen = [p for p in free if (p.start < among and not of) or p.start > verb] or (free if len(free) == 1 else [])
        later = [p for p in free if p.start > self._counted_after(at)[0]]  # 'percentage of BERT results with A100s'
        alike = len({p.condition.field for p in later}) == 1 and self.items[later[0].start - 1].low in _PARTING
        chosen = chosen or (later if alike else [])
        chosen = free[-1:] if at < 0 else chosen
        part = tuple(c for c in frame.conditions if any(within(p.condition, c) for p in chosen))
        if not part:
            raise NotUnderstood("say of what the share is wanted: 'what share of the results used PyTorch'")
        if frame.counted not in ("result", "organization", "system"):
            raise NotUnderstood(f"a share of {frame.counted}s is not counted: ask for one of results or submitters")
        if frame.counted != "result" and any(c.negated for c in part):
            raise NotUnderstood("a share of those without something is not counted: ask for the share of those with it")
        return replace(frame.leaving(part), part=part)


def within(one: Condition, merged: Condition) -> bool:
    """Whether a condition is a merged one, or one of what was merged."""
    same = set(one.values) <= set(merged.values) if one.values else one.number in (merged.number, *merged.more)
    return one.field == merged.field and same
