"""Yes or no: whether something is the best or the only one, whether all, both or none are so, where and how often."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from kg.ask.context import QUESTION
from kg.ask.frame import Best, Condition, Frame
from kg.ask.sides import AND, NAMED, End, Sides
from kg.ask.words import AUXILIARY
from kg.errors import NotUnderstood

_BUT_SOME = frozenset(["that", "which", "who", "whose", "with", "and", "but", "or"])
"""After these a negation narrows what is asked for: 'results that do not use Acme's chips'."""
_WITHOUT = ("without", "devoid", "free of", "lacking", "void", "bereft", "instead", "absent")
"""Negations that narrow what is asked for."""
_WORSE = frozenset(["slow", "long", "worse", "rise", "rose", "grow", "grew", "increas"])
_TURN = re.compile(rf"fast|speed|bett|quick|improv|drop|fell|fall|short|decreas|{'|'.join(sorted(_WORSE))}")
"""How times change from one round to the next."""
_MORE: dict[str, End] = {"more": "greatest", "fewer": "least", "less": "least"}
"""Which of two numbers the first is said to be, by words that compare."""


class Whether(Sides):
    """What a question asks to be so, of what."""

    def whether(self, frame: Frame) -> Frame:
        """The frame, with what a share is of; of 'was A the best' and 'did all use B' with what is asked to be so."""
        frame = self._nobody(self._wins(frame))
        frame = frame if self._sole(frame) else self._of_yes_or_no(frame)
        if frame.denied or frame.each or frame.part:
            return frame
        if frame.best and frame.best.measure == "place":
            whose = tuple(c for c in frame.conditions if c.field in ("organization", "system"))
            return replace(frame.leaving(whose), part=whose)
        if sole := self._sole(frame):
            return replace(frame.leaving(sole), aggregate="share", counted="organization", part=sole)
        every = self._of_all() if frame.polar and not (frame.all_of or frame.best or frame.sides) else ""
        if frame.aggregate == "share" or every:
            group = tuple(f for f in frame.group if f != every)
            return self.part(replace(frame, aggregate="share", counted=frame.counted or every, group=group))
        limits = tuple(c for c in frame.conditions if c.field == "minutes" and c.number is not None)
        if frame.polar and frame.best and frame.best.measure == "minutes" and limits and not frame.best.than:
            return replace(frame.leaving(limits), named=limits)  # "is Acme's best below 20 minutes"
        mine = [p for p in self.placed if p.condition in frame.conditions and p.condition.field in NAMED]
        at = next((at for at, _ in self.role("superlative")), -1)
        named = [p for p in mine if p.end < at] or (mine if len(mine) == 1 else [])
        ranked = self.has("superlative") or self.has("rank")  # not 'has BERT become faster on H100'
        if not (frame.polar and frame.best and named and ranked) or frame.best.than or frame.sides:
            return frame
        asked = tuple(dict.fromkeys((named[0].condition.field, *frame.asked)))
        told = tuple(p.condition for p in named)
        return replace(frame.leaving(told), named=told, asked=asked)

    def _of_yes_or_no(self, frame: Frame) -> Frame:
        """The frame of a plain yes or no: whether none is so, only some are, or each of several is."""
        asks = any(i.low.split()[0] in QUESTION for i in self.items)
        if len(frame.sides) == 2 and (frame.polar or not asks):
            return replace(frame, claimed=self._claimed(frame))
        done = (
            frame.best or frame.aggregate or frame.sides or frame.having or frame.change or frame.all_of or frame.group
        )
        if not frame.polar or done:
            return frame
        self._refuse_several(frame)
        if self._denies() and (away := tuple(c for c in frame.conditions if c.negated and not c.single)):
            positive = tuple(replace(c, negated=c.negated and c not in away) for c in frame.conditions)
            return replace(frame, conditions=positive, denied=True)
        if only := self._only_one(frame):
            counted = "organization" if only.field == "organization" else "result"
            return replace(frame.leaving([only]), aggregate="share", counted=counted, part=(only,), asked=())
        if self.has("quantifier", "only"):
            raise NotUnderstood("I do not know what “only” is about here")
        for c in frame.conditions:
            several = self._each_one(c)
            if len(several) > 1 and frame.key == "result":
                return replace(frame.leaving([c]), each=several)
        return frame

    def _refuse_several(self, frame: Frame) -> None:
        """Raises NotUnderstood where several of a kind are each so or not: 'A but not B', 'only A and B', 'not both A and B'."""
        not_, is_ = ({c.field for c in frame.conditions if c.negated == negated} for negated in (True, False))
        each = sum(len(self._each_one(c)) > 1 for c in frame.conditions)
        only = self._only_one(frame)
        denied = self._denies() and (each or self.has("quantifier", "both", "common"))
        if not_ & is_ or each > 1 or (each and only) or denied:
            raise NotUnderstood("that asks two things at once: ask for one of them")

    def _claimed(self, frame: Frame) -> Literal["", "least", "greatest"]:
        """Which of the two numbers that are compared the first is said to be; '' where another number is spoken of."""
        counts = [_MORE[i.low] for i in self.items if i.low in _MORE and self.has("joiner", "than")]
        if frame.aggregate == "count":
            return counts[0] if len(counts) == 1 else ""
        results = any(i.roles.get("noun") == "result" for i in self.items) and not self.has("superlative")
        timed = all(m == "minutes" for _, m in self.measures) and not (counts or results)
        if frame.counted.endswith("Count") or not timed:
            return ""
        if frame.polar and frame.against == "round" and (claimed := self._later_is_faster(frame)):
            return claimed
        than = [v for _, v in self.role("than")]
        return "" if len(than) != 1 else "least" if than == ["least"] else "greatest"

    def _later_is_faster(self, frame: Frame) -> Literal["", "least", "greatest"]:
        """Which of the times of two rounds the first is said to be, where it is asked whether times fell: 'did BERT get faster'."""
        first, other = (c.values[0] for c in frame.compared)
        turned = {m[0] for at, _ in self.role("compare") for m in _TURN.finditer(self.items[at].low)}
        if self.has("joiner", "than") or not turned or not {first, other} <= {*self.rounds}:
            return ""
        later = self.rounds.index(first) > self.rounds.index(other)
        return "least" if later == turned.isdisjoint(_WORSE) else "greatest"

    def _nobody(self, frame: Frame) -> Frame:
        """The frame; of 'was nobody faster than Acme' that of whether somebody was, denied. Raises NotUnderstood of 'was A not …'."""
        best = frame.best
        if best is None or not (frame.polar and any(c.negated for c in best.than) and self._denies()):
            return frame
        if any(c.field in NAMED and not c.negated for c in frame.conditions):
            raise NotUnderstood("say it without 'not': whether somebody was faster")
        than = tuple(replace(c, negated=False) for c in best.than)
        return replace(frame, best=replace(best, than=than), denied=True)

    def _denies(self) -> bool:
        """Whether yes means that there is none: 'did Acme skip BERT', not 'are there results without BERT'."""
        for at, value in self.role("negator"):
            said = [i.low for i in self.items[:at] if i.low in _BUT_SOME or not (i.fills or i.low in AUXILIARY)]
            narrows = self.items[at].low.startswith(_WITHOUT) or not _BUT_SOME.isdisjoint(said[-1:])
            if at and value in ("not", "skip") and not narrows:
                return True
        return False

    def _only_one(self, frame: Frame) -> Condition | None:
        """The condition beside 'only': 'did only Acme run BERT', 'did Acme run BERT only', "was BERT Acme's only benchmark"."""
        at = next((at for at, v in self.role("quantifier") if v == "only"), -1)
        if at < 0:
            return None
        place, after = self.after(at)
        noun = after.roles.get("noun", "")
        of_noun = [p.condition for p in self.placed if p.condition.field == noun]
        if noun and not of_noun and noun != "organization":
            return None  # 'only GPUs'
        ends = "stop" in after.roles or after.text == ","
        later = [p.condition for p in self.placed if p.start >= place and not ends][:1]
        before = [p.condition for p in self.placed if p.end == at - 1 and (ends or not after.text)]
        found = ({*c.values} for c in (*of_noun, *later, *before) if c.values)
        return next((c for values in found for c in frame.conditions if values <= {*c.values}), None)

    def _each_one(self, c: Condition) -> tuple[Condition, ...]:
        """What of a condition has to be met one by one: 'did Acme run both BERT and DLRM'."""
        mine = [p for p in self.placed if p.condition.field == c.field and not p.condition.negated]
        between = any(i.low == "between" for i in self.items)
        both = len(c.values) > 1 and not (c.negated or between) and any(p.link in AND for p in mine)
        return tuple(p.condition for p in mine) if both else ()

    def _sole(self, frame: Frame) -> tuple[Condition, ...]:
        """Who is asked to be the only one of its kind: 'was Acme the only one with a B200'."""
        the = [at for at, v in self.role("quantifier") if v == "only" and self.items[at - 1].low == "the"]
        beside = [(at, i) for at in the for i in self.items[at + 1 : at + 2]]
        only = [at for at, i in beside if i.low == "one" or i.roles.get("noun") == "organization"]
        who = [p.condition for p in self.placed if p.condition.field == "organization" and only and p.end < only[0]]
        return tuple(c for c in who if frame.polar and c in frame.conditions)

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
        part = tuple(replace(c, negated=c.negated != self.lost) for c in who)
        group, counted = () if who else frame.group, "round" if rounds else ""
        best = Best("wins", best.end)
        return replace(frame.leaving(who), best=best, part=part, aggregate="", counted=counted, group=group)

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
        alls = [self._counted_after(at)[1].roles.get("noun", "") for at, v in self.role("quantifier") if v == "all"]
        return next((noun for noun in (*alls, *self.every()) if noun in ("result", "organization", "system")), "")
