"""What a question calculates: where from, the best of what, how many, on average, what share."""

from __future__ import annotations

from dataclasses import replace

from kg.ask.collect import ATTRIBUTES, COUNTED_BY, Parts, field_of
from kg.ask.frame import Best, Condition, Frame, Source
from kg.ask.items import Item
from kg.errors import NotUnderstood

_AUXILIARY = frozenset(["is", "are", "was", "were", "have", "has", "had", "did", "do", "does"])

_SPREAD = frozenset(["used", "common", "popular", "frequent", "frequently", "often", "widely", "chosen", "deployed"])


def _is_verb(item: Item) -> bool:
    return "verb" in item.roles or item.text.lower() in _AUXILIARY


def _within(one: Condition, merged: Condition) -> bool:
    """Whether a condition is a merged one, or one of what was merged."""
    return one.field == merged.field and (
        set(one.values) <= set(merged.values) if one.values else one.number in (merged.number, *merged.more)
    )


class Measures(Parts):
    """The parts of a question that say what is measured and calculated."""

    def _source(self) -> Source:
        said = {v for _, v in self.role("source")}
        claims = any(noun in ("claim", "verdict") for _, noun, _ in self.nouns) or any(
            i.roles.get("noun") in ("claim", "verdict") for i in self.items
        )
        review = self.has("review")
        if (review and (said or claims)) or any(n == "verdict" or (n == "claim" and s) for _, n, s in self.nouns):
            return "claims"
        if said == {"record", "statements"}:
            return "claims"
        if "statements" in said:
            return "statements"
        attributes = [m for _, m in self.measures if m in ATTRIBUTES]
        fields = {p.condition.field for p in self.placed}
        if attributes and fields <= {"accelerator", "maker", "acceleratorCount", "processor"}:
            return "vocabulary"
        asks_software = any(n == "software" for _, n, _ in self.nouns)
        own = {"mentionsSubmitter", "partner", "offersSystem", "systemAttribute", "usedSoftware"}
        if "record" not in said and (
            "software" in fields or asks_software or own & {v for _, v in self.role("predicate")}
        ):
            return "statements"
        return "record"

    def _widespread(self) -> bool:
        """Whether 'most used' or 'most popular' asks what most results have."""
        for at, value in self.role("superlative"):
            after = [i.text.lower() for i in self.items[at + 1 : at + 2]]
            if value.startswith(" ") and _SPREAD & {*self.items[at].text.lower().split(), *after}:
                return True
        return False

    def _best_noun(self) -> int:
        """The place of the noun that 'most' and 'fewest' count; -1 without one."""
        if self._widespread():
            return -1
        for at, value in self.role("superlative"):
            if value.startswith(" ") and (after := self._after(at)):
                if "preposition" in after[1].roles or "superlative" in after[1].roles or "filler" in after[1].roles:
                    after = self._after(after[0])
                kinds = after[1].kinds() if after else set()
                if after and ("noun" in after[1].roles or "measure" in after[1].roles or "Accelerator" in kinds):
                    return after[0]
        return -1

    def _best(self) -> Best | None:
        found = self.role("superlative")
        ranks = [int(v) for at, v in self.role("rank") if not self._is_unit(at)]
        if not found and not ranks:
            return None
        value = next(
            (v for _, v in found if v.startswith("minutes") or not v.startswith(" ")),
            found[0][1] if found else "minutes least",
        )
        measure, _, end = value.partition(" ")
        if any(v.startswith(" ") for _, v in found) and (not measure or len(found) > 1):
            place = self._best_noun()
            roles = self.items[place].roles if place >= 0 else {}
            if place >= 0 and self.items[place].entities:
                roles = {"noun": "accelerator"}
            units = {} if self._distinct(place) else COUNTED_BY
            named = roles.get("measure") or units.get(roles.get("noun", ""), "")
            others = [m for _, m in self.measures] + [
                COUNTED_BY[n] for _, n, _ in self.nouns if n in COUNTED_BY and place < 0
            ]
            measure = named or ("count" if place >= 0 else measure or (others[0] if others else "count"))
        elif (
            measure == "minutes"
            and (other := [m for _, m in self.measures if m.endswith("Count")])
            and not self.role("rank")
        ):
            measure = (
                other[0] if not any(m == "minutes" for _, m in self.measures) and "lowest" in str(found) else measure
            )
        if self._widespread():
            measure = "count"
        count = int(self.sizes[0][1]) if self.sizes else 1
        return Best(measure, "greatest" if end == "greatest" else "least", ranks[0] if ranks else 1, count)

    def _distinct(self, at: int) -> bool:
        """Whether kinds are counted, not units: 'the most different accelerators'."""
        return any(i.text.lower() in ("different", "distinct") for i in self.items[max(0, at - 1) : at])

    def _is_unit(self, at: int) -> bool:
        return bool(self.items[at].amount)

    def _calculation(self) -> tuple[str, str]:
        """What is calculated, and of what."""
        if any(v == "count" and self._counts_named(at) for at, v in self.role("aggregate")):
            return ("values", "acceleratorCount") if self._best() is None else ("", "")
        return self._aggregate()

    def _aggregate(self) -> tuple[str, str]:
        """What is calculated, where no number of a named accelerator is asked for."""
        found = self.role("aggregate")
        more = next(
            (at for at, i in enumerate(self.items) if i.text.lower().startswith("how many ") and "compare" in i.roles),
            -1,
        )
        if more >= 0 and (after := self._after(more)) and "noun" in after[1].roles:
            return "count", field_of(after[1].roles["noun"])
        best_at = self._best_noun()
        if (
            best_at >= 0
            and "noun" in self.items[best_at].roles
            and (self.items[best_at].roles["noun"] not in COUNTED_BY or self._distinct(best_at))
        ):
            return "count", field_of(self.items[best_at].roles["noun"])
        if self._widespread():
            return "count", "result"
        for at, value in sorted(found, key=lambda f: f[1] in ("count", "sum")):
            if value in ("mean", "median", "range"):
                return value, next((m for _, m in self.measures), "minutes")
            after = self._after(at)
            while (
                after
                and not ({"noun", "measure"} & after[1].roles.keys())
                and (
                    after[1].roles.keys() & {"filler", "preposition", "aggregate"}
                    or after[1].entities
                    or after[1].roles.get("change")
                    or after[1].roles.get("source")
                )
            ):
                after = self._after(after[0])
            noun = after[1].roles.get("noun", "") if after else ""
            nearby = noun or next((n for _, n, _ in self.nouns), "")
            if value == "sum" and not any(v == "count" for _, v in found):
                measure = next((m for _, m in self.measures), "") or COUNTED_BY.get(nearby, "")
                return ("sum", measure) if measure else ("count", field_of(nearby or "result"))
            if value == "share":
                return "share", field_of(nearby or "result")
            if value == "count" and after and "measure" in after[1].roles and not noun:
                return "", ""
            if value == "count" and noun in COUNTED_BY and any(v == "sum" for _, v in found):
                return "sum", COUNTED_BY[noun]
            if (
                value == "count"
                and noun in COUNTED_BY
                and self._source() == "record"
                and not self.group
                and self._counts_units(after[0] if after else at)
            ):
                return "values", COUNTED_BY[noun]
            if value == "count" and nearby:
                return "count", field_of(nearby)
        return "", ""

    def _part(self, frame: Frame) -> Frame:
        """The frame of a share: what stands after its verb, or before the word for it, is the part; a name alone too."""
        at = next(at for at, v in self.role("aggregate") if v == "share")
        verb = next((n for n, i in enumerate(self.items) if n > at and _is_verb(i)), len(self.items))
        free = [p for p in self.placed if p.condition.field != "round"]
        chosen = [p.condition for p in free if p.start < at or p.start > verb] or (
            [p.condition for p in free] if len(free) == 1 else []
        )
        part = tuple(c for c in frame.conditions if any(_within(p, c) for p in chosen))
        if not part and not frame.group:
            raise NotUnderstood("say of what the share is wanted: 'what share of the results used PyTorch'")
        if part and frame.counted not in ("result", "organization", "system"):
            raise NotUnderstood(f"a share of {frame.counted}s is not counted: ask for one of results or submitters")
        if frame.counted != "result" and any(c.negated for c in part):
            raise NotUnderstood("a share of those without something is not counted: ask for the share of those with it")
        return replace(frame, part=part, conditions=tuple(c for c in frame.conditions if c not in part))

    def _counts_named(self, at: int) -> bool:
        """Whether 'how many H100s' asks for accelerators, not for results or systems with them."""
        named, after = self.items[at + 1 : at + 2], self.items[at + 2 : at + 3]
        return bool(
            named
            and "Accelerator" in named[0].kinds()
            and not (after and after[0].roles.keys() & {"noun", "joiner"} - {"filler"})
        ) and self._counts_units(at + 1)

    def _counts_units(self, at: int) -> bool:
        """Whether 'how many GPUs' asks how many there are in a result, not how many kinds."""
        return self.items[at].text.lower() not in ("models", "types") and any(
            p.condition.field in ("organization", "system", "benchmark") for p in self.placed
        )

    def _best_is_count(self) -> bool:
        best = self._best()
        return best is not None and best.measure == "count"
