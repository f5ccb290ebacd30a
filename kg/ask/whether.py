"""Whether somebody is the best or the only one, on what, how often, and in which place; whether all are so."""

from __future__ import annotations

from dataclasses import replace

from kg.ask.frame import Best, Condition, Frame
from kg.ask.items import Item
from kg.ask.rounds import Rounds

NAMED = frozenset(["organization", "accelerator", "framework", "system"])
"""What may be asked to be the best."""


class Whether(Rounds):
    """The parts of a question that ask of what is named whether, where and how often it is the best."""

    def whether(self, frame: Frame) -> Frame:
        """The frame, with what a share is of; of 'was A the best' and 'did all use B' with what is asked to be so."""
        frame = self._wins(frame)
        if frame.best and frame.best.measure == "wins":
            return frame
        if frame.best and frame.best.measure == "place":
            whose = tuple(c for c in frame.conditions if c.field in ("organization", "system"))
            return replace(frame, part=whose, conditions=tuple(c for c in frame.conditions if c not in whose))
        if sole := self._sole(frame):
            rest = tuple(c for c in frame.conditions if c not in sole)
            return replace(frame, aggregate="share", counted="organization", part=sole, conditions=rest)
        every = self._of_all() if frame.polar and not (frame.all_of or frame.best or frame.sides) else ""
        if frame.aggregate == "share" or every:
            return self.part(replace(frame, aggregate="share", counted=frame.counted or every))
        mine = [p for p in self.placed if p.condition in frame.conditions and p.condition.field in NAMED]
        at = next((at for at, _ in self.role("superlative")), -1)
        named = [p for p in mine if p.end < at] or (mine if len(mine) == 1 else [])
        if not (frame.polar and frame.best and named) or frame.best.than or frame.sides:
            return frame
        asked = tuple(dict.fromkeys((named[0].condition.field, *frame.asked)))
        told = tuple(p.condition for p in named)
        return replace(frame, named=told, asked=asked, conditions=tuple(c for c in frame.conditions if c not in told))

    def _sole(self, frame: Frame) -> tuple[Condition, ...]:
        """Who is asked to be the only one of its kind: 'was Acme the only one with a B200'."""
        only = [at for at, v in self.role("quantifier") if v == "only" and self._of_one(at)]
        who = [p.condition for p in self.placed if p.condition.field == "organization" and only and p.end < only[0]]
        return tuple(c for c in who if frame.polar and c in frame.conditions)

    def _of_one(self, at: int) -> bool:
        """Whether 'the only' is about somebody."""
        after = next(iter(self.items[at + 1 : at + 2]), Item("", 0, 0))
        return self.items[at - 1].low == "the" and (after.low == "one" or after.roles.get("noun") == "organization")

    def _wins(self, frame: Frame) -> Frame:
        """The frame, where it is asked on which benchmarks or in which rounds, or how many, somebody was the best."""
        best, who = frame.best, tuple(c for c in frame.conditions if c.field in NAMED)
        fields, asked = {c.field for c in frame.conditions}, {frame.key, frame.counted}
        plain = best and best.measure == "minutes" and (best.rank, best.count, best.than) == (1, 1, ())
        own = any(i.low in ("its", "their") for i in self.items)
        if best is None or not plain or own or frame.sides or frame.change:
            return frame
        if self._longest():
            return replace(frame, counted="benchmark")
        all_ = frame.polar and frame.group == ("benchmark",)  # 'did Acme win all benchmarks'
        times = any(i.low.startswith(("how often", "how many times")) for i in self.items)
        counts = [self._counted_after(at)[1] for at, v in self.role("aggregate") if v == "count"]
        tallied = any("superlative" in i.roles and "preposition" not in i.roles for i in counts)  # 'how many wins'
        often = frame.aggregate == "share" or (frame.aggregate == "count" and times) or tallied
        ever = frame.polar and "round" not in fields and self._ever()
        found = bool(who) and "benchmark" not in fields and (all_ or often or ever or "benchmark" in asked)
        rounds = any(n == "round" and strong and self.items[at].low.endswith("s") for at, n, strong in self.nouns)
        rounds = rounds or (ever and "benchmark" in fields)  # 'has Acme ever won BERT'
        found = found or (bool(who) and "benchmark" in fields and rounds)
        if not found and (who or frame.aggregate != "count" or not frame.group or "benchmark" in fields):
            return frame
        rest = tuple(c for c in frame.conditions if c not in who)
        part = tuple(replace(c, negated=c.negated != self.lost) for c in who)
        group, counted = () if who else frame.group, "round" if rounds else ""
        best = Best("wins", best.end)
        return replace(frame, best=best, part=part, conditions=rest, aggregate="", counted=counted, group=group)

    def _ever(self) -> bool:
        """Whether all rounds are meant: 'who has never used …'."""
        return any(i.low in ("never", "ever") for i in self.items)

    def _longest(self) -> bool:
        """Whether one benchmark is asked for by its time: 'which benchmark takes the longest', not 'on which … fastest'."""
        single = (at for at, n, _ in self.nouns if n == "benchmark" and not self.items[at].low.endswith("s"))
        beside = (self.items[max(0, at - 2) : at] for at in single)
        told = any(not {"preposition", "group"} & {r for i in near for r in i.roles} for near in beside)
        ends = {self.items[at].low for at, v in self.role("superlative") if v.startswith("minutes")} - {"best"}
        return told and any(low.endswith("est") or low.startswith("most ") for low in ends)

    def _of_all(self) -> str:
        """The noun that 'all' is about, where shares of it are counted: 'did all the submitters of v4.1 use …'."""
        alls = (self._counted_after(at)[1].roles.get("noun", "") for at, v in self.role("quantifier") if v == "all")
        return next((noun for noun in alls if noun in ("result", "organization", "system")), "")
