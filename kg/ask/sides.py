"""The conditions of a question that belong together or are held against each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Literal

from kg.ask.frame import JOINT, Condition, Placed
from kg.ask.measures import Measures
from kg.model.entity import Entity

End = Literal["least", "greatest"]
Compared = tuple[tuple[Condition, ...], ...]
"""The conditions that each thing that is compared has alone, the last of them what it is."""
Parted = tuple[list[Condition], Compared]
"""The conditions of all, and what is compared."""
AND = frozenset(["and", "&", "+", "as well as", "plus", "together with"])
_JOINT = frozenset(["together", "together with", "jointly", "in partnership", "in cooperation"])
_PASSIVE = frozenset(["is", "are", "was", "were", "be", "been", "being", "got"])
_SIDES = ("accelerator", "acceleratorCount", "nodeCount", "organization", "framework", "benchmark", "round")
"""What is compared, where several fields have two values: the first of these."""

NAMED = frozenset(["organization", "accelerator", "framework", "system"])
"""What may be asked to be the best."""


class Sides(Measures):
    """The parts of a question as the conditions of all it asks for, as sides of a comparison, and as what may be the best."""

    def _merged(self) -> list[Placed]:
        """The conditions, those on one field that are joined as one with several values or numbers."""
        merged: list[Placed] = []
        joint = any(i.low in _JOINT or "joint" in i.roles for i in self.items)  # of one result, not of any of them
        for p in self.placed:
            c = p.condition
            last = next((m for m in reversed(merged) if m.condition.field == c.field), None)
            old = last.condition if last else c
            if last and c.number is not None and c.sign == old.sign == "=":
                last.condition = replace(old, more=(*old.more, *({c.number} - {old.number, *old.more})))
            elif joint and c.field == "organization":
                merged.append(replace(p))
            elif (
                last
                and (p.link not in ("", "than") or c.field in self.group)
                and c.values
                and old.values
                and c.negated == old.negated
            ):
                both = p.link in AND or (old.joined == "and" and last.link == ",")
                last.condition = replace(old, values=(*old.values, *c.values), joined="and" if both else "or")
                last.end, last.link = p.end, p.link
            else:
                merged.append(replace(p))
        return merged

    def _compares(self) -> bool:
        """Whether two things are held against each other; rounds that somebody joined or left are not."""
        fields = [p.condition.field for p in self.placed if not p.condition.negated]
        bare = self.has("than") and not self.has("joiner", "than") and len(fields) > len(set(fields))
        return (self.has("compare") or bare or self._across()) and not {"joined", "left"} & {*self.turns()}

    def _across(self) -> bool:
        """Whether two of a kind stand around 'than', after what compares them: 'was it faster on A than on B'."""
        thans = [at for at, v in self.role("joiner") if v == "than"]
        pairs = [(a, b) for a, b in pairwise(self.placed) if a.condition.field == b.condition.field]
        return self.has("than") and any(a.end < at < b.start for a, b in pairs for at in thans)

    def turns(self) -> list[str]:
        """How things come and go; not where the same word says how times change: 'by how much did it drop'."""
        timed = self.has("compare", "ratio")
        return [v for at, v in self.role("change") if not (timed and "compare" in self.items[at].roles)]

    def _winners(self) -> list[Condition]:
        """Who is told to be the best where the next is asked for: 'Google won BERT, but who came second', 'second behind …'."""
        best = {at for at, _ in self.role("superlative")}
        return [
            *(c for c in self._than()[0] if c.field == "organization"),
            *(p.condition for p in self.placed if p.condition.field == "organization" and self.after(p.end)[0] in best),
        ]

    def _beats(self) -> Literal["", "least", "greatest"]:
        """Which end of the times wins, where it is asked on which benchmarks one of two was faster than the other."""
        fields = [p.condition.field for p in self.placed if not p.condition.negated]
        two = any(fields.count(f) == 2 for f in ("organization", "accelerator", "framework"))
        if not (two and self.asks("benchmark") and "benchmark" not in fields and self.has("than")):
            return ""
        return "least" if self.has("than", "least") else "greatest"

    def _sides(self, compare: bool) -> Parted:
        """The conditions of all, and where two or more things are compared, each with what only it has."""
        merged = self._merged()
        fields: dict[str, list[Placed]] = {}
        for p in self.placed:
            mine = fields.setdefault(p.condition.field, [])
            beside = {*p.condition.values} if p.link in ("", "beside") else set[Entity]()  # 'RetinaNet (SSD)'
            again = (q.condition == p.condition or {*q.condition.values} & beside for q in mine)
            mine += [] if any(again) else [p]  # what is named again is one
        several = {f: ps for f, ps in fields.items() if len(ps) > 1 and not any(p.condition.negated for p in ps)}
        chosen = next((f for f in (*_SIDES, *several) if f in several), "")
        sides = (self._unlike() if chosen[-5:] in ("", "Count") else []) or several.get(chosen, [])
        if not compare or not sides:
            return [m.condition for m in merged], ()
        own: list[list[Placed]] = []
        compared = {p.condition.field for p in sides}
        for side in sides:
            free = [q for q in self.placed if q.condition.field not in compared and not any(q in mine for mine in own)]
            free = [q for q in free if not any(q is not p and q.condition == p.condition for p in self.placed)]
            own.append([q for q in free if self._tied(side, q, several)])
        alone = [q.condition for mine in own for q in mine]
        left = {*compared, *(c.field for c in alone if c.field in several)}
        rest = [m.condition for m in merged if m.condition.field not in left and m.condition not in alone]
        return rest, tuple(tuple(q.condition for q in (*mine, side)) for side, mine in zip(sides, own, strict=True))

    def _unlike(self) -> list[Placed]:
        """Two machines that differ in kind, with a word that compares between them: 'Gaudi2 against a DGX A100'."""
        things = [p for p in self.placed if p.condition.field in ("accelerator", "system") and p.condition.values]
        between = [i for one, other in pairwise(things) for i in self.items[one.end + 1 : other.start]]
        kinds = {p.condition.field for p in things if not p.condition.negated}
        joins = any(i.roles.keys() & {"compare", "joiner"} for i in between)
        return things if joins and len(things) == len(kinds) == 2 else []

    def _tied(self, side: Placed, other: Placed, several: dict[str, list[Placed]]) -> bool:
        """Whether a condition belongs to one side alone: the number before it, or its 'of' after it."""
        if other.condition.field in several:
            return min(several[other.condition.field], key=lambda q: abs(q.start - side.start)) is other
        if other.condition.field == JOINT:
            return side.start - 1 == other.end or side.end + 1 == other.start
        if other.condition.field in ("round", "benchmark") or side.condition.field == "round":
            return False
        if other.condition.field == "organization" and other.end < side.start:
            second = any(p.condition.field == side.condition.field and p.end < other.start for p in self.placed)
            return other.end == self._first(side) - 1 and (second or self._named_anew(side))
        between = self.items[min(other.end, side.end) + 1 : max(other.start, side.start)]
        words = [i.roles.get("preposition", "") for i in between if not i.fills]
        if other.condition.number is not None and other.end < side.start:
            both = self.joins(side.end + 1) and any(p.start == side.end + 2 for p in several[side.condition.field])
            # not '72 GPUs, Acme against Bolt', nor '72-GPU GB300 and GB200'
            return not words and side.condition.field != "organization" and not both
        later = any(p.condition.field == side.condition.field and p.start > other.end for p in self.placed)
        if later and other.start == side.end + 2 and self.items[other.start - 1].low in ("with", "on", "using"):
            return True  # 'Eos with H100 against Perlmutter'
        if other.condition.field in ("availability", "division", "system") and other.start == side.end + 1:
            return True  # '64 B200s in preview against 256 H100s', 'Dell against HPE (Frontier)'
        listed = side.condition.number is not None and self.joins(side.start - 1)  # '8 and 16 GPUs of Acme'
        return other.start > side.end and words == ["of"] and not listed

    def _first(self, side: Placed) -> int:
        """The place where what is compared begins, with its number: '384 Gaudi2'."""
        return next(
            (p.start for p in self.placed if p.condition.number is not None and p.end == side.start - 1), side.start
        )

    def _named_anew(self, side: Placed) -> bool:
        """Whether an article begins what a thing is held against: "Google's TPU v4 next to the 8 H100"."""
        later = (p for p in self.placed if p.condition.field == side.condition.field and p.start > side.end)
        return any(self.items[self._first(p) - 1].low in ("the", "a", "an") for p in later)

    def _than(self) -> tuple[tuple[Condition, ...], End]:
        """The conditions of the result that others have to beat, and which end of the times these have."""
        end: End = "least" if self.has("than", "least") else "greatest"
        for at, _ in self.role("than"):
            place, after = self.after(at)
            skipped = place
            while after.roles.keys() & {"superlative", "measure"} or after.low == "of":  # 'undercut the best of A'
                place, after = self.after(place)
            things = "joiner" in after.roles or after.kinds() & {"Organization", "System", "Accelerator"}
            if place > skipped and not things:
                place, after = skipped, self.items[skipped]
            if after.roles.get("joiner") == "than":
                place = self.after(place)[0]
            told: list[Condition] = []
            for p in self.placed:  # one after another, or after 'of': "Dell's 8 A100s", '8 A100s of Dell'
                of = bool(told) and p.start == place + 1 and self.items[place].low == "of"
                if (p.start == place or of) and (not told or p.condition.field not in ("benchmark", "round")):
                    told.append(p.condition)
                    place = p.end + 1
            if told:
                return tuple(told), end
        return (), end

    def _outdone(self) -> tuple[tuple[Condition, ...], End]:
        """Who is named before a word that compares, and which end of the times those have that are asked for.

        'Who did A lose to' asks for those with less time, as 'A was beaten. By whom' and 'A came second. Who was ahead'.
        """
        for at, value in self.role("than") if self.asks("organization") else ():
            named = [p for p in self.placed if p.end < at and p.condition.field == "organization"]
            asked = max(
                (n for n, noun, _ in self.nouns if noun == "organization" and self.stop(at) < n < at), default=-1
            )
            if not named or named[-1].condition.negated:
                continue
            passive = any(i.low in _PASSIVE for i in self.items[max(0, at - 2) : at])
            loses = value == "greatest" or (passive and self.items[at].low.endswith(("ed", "en")))
            turned = named[-1].start > asked  # 'who did A beat', not 'A was second. Who beat it'
            return (named[-1].condition,), "least" if loses == turned else "greatest"
        return (), "least"
