"""Items to a frame: what the words of a question mean together, before anything is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.ask.checks import POLAR, objection
from kg.ask.frame import ALL, FIELDS, Best, Condition, Frame, field_of
from kg.ask.items import GRAMMAR, Item
from kg.ask.parts import ATTRIBUTES
from kg.ask.sides import Sides
from kg.errors import NoPlace, NotUnderstood
from kg.model.entity import Entity

Sided = tuple[Condition, ...]
Parted = tuple[list[Condition], Sided, tuple[Sided, ...]]
"""The conditions of all, what is compared, and what belongs to each of it alone."""
_TURNED = frozenset(["organization", "benchmark", "accelerator", "framework", "system", "result", "processor"])
"""What can join and leave."""
_SPANS = {
    "since": (0, None), "as of": (0, None), "starting with": (0, None), "beginning with": (0, None), "after": (1, None),
    "before": (None, 0), "prior to": (None, 0), "earlier than": (None, 0), "until": (None, 1), "up to": (None, 1),
}  # fmt: skip
"""Where the rounds since, after, before and until one begin and end, counted from it."""
_CALCULATED = ("mean", "median", "range", "sum")
_EVER = ("debut", "newcomer", "never", "any earlier")
_TIME = frozenset(["over the years", "over time", "through the years", "through time"])
_NAMED = frozenset(["organization", "accelerator", "framework", "system"])
"""What may be asked to be the best."""
_NOT_ASKED = frozenset(["statement", "claim", "verdict"])


class Reader(Sides):
    """Puts the parts of one question together to a frame."""

    def frame(self) -> Frame:
        """The frame of the question. Raises NotUnderstood when the parts make no question."""
        self.group += self._asked_again("")
        source = self.source()
        claimed = source == "claims" and self.values  # '10 % better than its best' is the claim
        best = None if claimed else self._in_order(self.best())
        beats = self._beats()
        compares = self._compares() or bool(beats) or bool(self._asked_again("count"))
        conditions, sides, shared = self._sides(source == "record" and compares)
        if than := () if sides or (best and best.rank > 1) else self._than():
            conditions = [c for c in conditions if c not in than]
            best = Best("minutes", "least" if self.has("than", "least") else "greatest", than=than)
        elif beats:
            best = Best("minutes", beats)
        elif sides and not best and any(m == "acceleratorMinutes" for _, m in self.measures):
            best = Best("acceleratorMinutes", "least")
        if best and best.rank > 1:
            self.winners = self._winners()
            conditions = [c for c in conditions if c not in self.winners]
        best = best if sides else self._over_time(best, conditions)
        aggregate, counted = self.calculation()
        conditions, sides, shared = self._round_by_round(aggregate, conditions, sides, shared)
        ranked = best is not None and best.measure in ("minutes", "acceleratorCount") and not best.than
        self.group += self._one_by_one(conditions) if ranked else []
        timed = sides and "benchmark" in {c.field for c in (*conditions, *sides)}
        counts = (sides and not timed) or (self.group and not sides)
        if counts and not (aggregate or best or self.measures) and self.has("noun", "result"):
            aggregate, counted = "count", "result"
        if aggregate == "count" and not (sides or best or self.all_of) and source == "record":
            named = {c.field for c in conditions}  # 'which rounds, and how many results' is a count for each
            who = ["organization"] * (self.whose >= 0) + [field_of(n) for _, n, strong in self.nouns if strong]
            others = {*FIELDS.values()} - {counted, *named, *self.group}
            self.group += [f for f in dict.fromkeys(who) if f in others]
        asked = self._asked()
        if self.group and not (asked or best or aggregate or sides):
            asked, self.group = tuple(self.group), []  # 'list every company that …'
        frame = Frame(
            source, asked, tuple(conditions), self.all_of, best, aggregate, counted, tuple(self.group), sides,
            shared, polar=self._polar(), predicates=tuple(v for _, v in self.role("predicate")),
            words=tuple(i.low for i in self.items if i.roles.get("predicate") == "systemAttribute"),
            verdict=next((v for _, v in self.role("review")), ""), having=self.having,
            defaults=tuple(v for _, v in self.role("aside")),
            slips=tuple((i.text, i.read_as) for i in self.items if i.read_as),
        )  # fmt: skip
        frame = self._sets(self._changes(frame) if source == "record" else frame)
        if source == "record":
            frame = self._whether(frame)
        if reason := objection(self, frame):
            raise NoPlace(reason)
        return self._defaults(self._served(frame)) if source == "record" else frame

    def _asked(self) -> tuple[str, ...]:
        """The fields that are asked for: nouns after 'which', 'how many', 'who', else other nouns, else measures."""
        best_at = self.best_noun()
        nouns = [(field_of(n), strong) for at, n, strong in self.nouns if n not in _NOT_ASKED and at != best_at]
        strong = [n for n, strong in nouns if strong]
        weak = [n for n, strong in nouns if not strong and n != "result"]
        asked = [n for n in strong if n != "result"] or weak[:1] or strong
        asked = [n for n in asked if n not in self.group]
        told = {*self.group, *(ATTRIBUTES if self.source() != "vocabulary" else ())}
        measures = [m for _, m in self.measures if m not in told]
        return tuple(dict.fromkeys([*asked, *measures]))

    def _polar(self) -> bool:
        first = next((i for i in self.items if "joiner" not in i.roles), Item("", 0, 0))
        begins = [first, *(b for a, b in pairwise(self.items) if a.text == "." and "aside" not in b.roles)]
        before = [n for at, n, s in self.nouns if s and n not in {*_NOT_ASKED, "result"}]
        return (any(i.low in POLAR for i in begins) or self.has("tag")) and not (before or self.has("aggregate"))

    def _over_time(self, best: Best | None, conditions: Sequence[Condition]) -> Best | None:
        """The best of each round, where it is asked how times changed over the rounds: 'how did the BERT time go down'."""
        over = [i for at, i in enumerate(self.items) if i.low in _TIME or (i.roles.get("noun") == "round" and at > 1)]
        named = {c.field for c in conditions}
        timed = best is None or (best.measure == "minutes" and not best.than)
        if not (timed and over and self.has("compare", "change") and "benchmark" in named) or "round" in named:
            return best
        self.group += ["round"] if "round" not in self.group else []
        return best or Best("minutes", "least")

    def _round_by_round(
        self, aggregate: str, conditions: list[Condition], sides: Sided, shared: tuple[Sided, ...]
    ) -> Parted:
        """The conditions and sides of a share, with several rounds as one condition: it is told of each of them."""
        said = [c for c in (*conditions, *sides) if c.field == "round" and not c.negated]
        rounds = tuple(dict.fromkeys(e for c in said for e in c.values))
        if aggregate != "share" or len(rounds) < 2:
            return conditions, sides, shared
        self.group += ["round"] if "round" not in self.group else []
        rest = [c for c in conditions if c not in said] + [Condition("round", rounds)]
        return (rest, (), ()) if sides[:1] and sides[0] in said else (rest, sides, shared)

    def _in_order(self, best: Best | None) -> Best | None:
        """The order that a list is wanted in, as the best of all: the best time of each, or the number of results."""
        if not self.has("order"):
            return best
        if any(self.items[at - 1].low in ("which", "what", "whose") for at, _ in self.role("order") if at):
            raise NotUnderstood("which place somebody has is not told: ask for the list in its order")
        counts = best.measure == "count" if best else self._by_number()
        noun = next((n for _, n, _ in self.nouns if n in _NAMED), "")
        self.group += [noun] if noun and not counts and noun not in self.group else []
        best = best or (Best("count", "greatest") if counts else Best("minutes", "least"))
        return replace(best, count=int(self.sizes[0]) if self.sizes else ALL)

    def _whether(self, frame: Frame) -> Frame:
        """The frame, with what a share is of; of 'was A the best' and 'did all use B' with what is asked to be so."""
        every = self._of_all() if frame.polar and not (frame.all_of or frame.best or frame.sides) else ""
        if frame.aggregate == "share" or every:
            return self.part(replace(frame, aggregate="share", counted=frame.counted or every))
        mine = [p for p in self.placed if p.condition in frame.conditions and p.condition.field in _NAMED]
        at = next((at for at, _ in self.role("superlative")), -1)
        named = [p for p in mine if p.end < at] or (mine if len(mine) == 1 else [])
        if not (frame.polar and frame.best and named) or frame.best.than or frame.sides or frame.group:
            return frame
        asked = tuple(dict.fromkeys((named[0].condition.field, *frame.asked)))
        told = tuple(p.condition for p in named)
        return replace(frame, named=told, asked=asked, conditions=tuple(c for c in frame.conditions if c not in told))

    def _of_all(self) -> str:
        """The noun that 'all' is about, where shares of it are counted: 'did all the submitters of v4.1 use …'."""
        alls = (self._counted_after(at)[1].roles.get("noun", "") for at, v in self.role("quantifier") if v == "all")
        return next((noun for noun in alls if noun in ("result", "organization", "system")), "")

    def _asked_again(self, aggregate: str) -> list[str]:
        """The field of which two values are asked for one by one: 'what was it in v1.1 and what in v2.0'."""
        for one, other in pairwise(p for p in self.placed if aggregate or p.condition.field in ("round", "benchmark")):
            between = self.items[one.end + 1 : other.start]
            joined = one.condition.field == other.condition.field and any(i.low in ("and", ",") for i in between)
            again = [i for i in between if i.low in ("what", "how") or i.low.startswith("how ")]
            if joined and any(i.roles.get("aggregate", "") == aggregate for i in again):
                return [one.condition.field]
        return []

    def _one_by_one(self, conditions: Sequence[Condition]) -> list[str]:
        """The round, where the best of several that are named is asked for: 'the best of v1.1 and v2.0', not between them."""
        spans = any(i.low == "between" for i in self.items) or self.has("quantifier", "both", "common")
        listed = any(c.field == "round" and c.joined == "and" and not c.negated for c in conditions)
        return ["round"] if listed and not (spans or self.has("compare") or "round" in self.group) else []

    # Rounds

    def _changes(self, frame: Frame) -> Frame:
        """Rounds against each other: who joined, who left, the first and the last round, 'the latest'."""
        said = [v for _, v in self.role("change")]
        rounds = [c for c in frame.conditions if c.field == "round"]
        if frame.sides and frame.sides[0].field != "round":
            return frame
        turn = next((v for v in said if v in ("joined", "left", "returned")), "joined" if self._unseen() else "")
        if turn and not frame.asked and any(i.low.endswith("suite") for i in self.items):
            frame = replace(frame, asked=("benchmark",))  # 'what was added to the suite'
        if turn and frame.key in _TURNED:
            return self._turn(frame, turn, rounds)
        since = (self.before(at) for at, v in self.role("change") if v == "joined")
        if not rounds and any(i is not None and i.low == "since" for i in since):
            raise NotUnderstood("say since which round")  # 'since its debut'
        first = next((v for v in said if v in ("first", "last")), "first" if turn == "joined" else "")
        asks_round = "round" in frame.asked or any(i.low in ("since when", "until when") for i in self.items)
        in_it = first == "last" and not rounds and self._in_the_latest()
        alone = not rounds and frame.best is None and "organization" not in frame.asked
        placed = frame.best and rounds and not turn  # 'the best of v4.0, its final round'
        if first and not in_it and (asks_round or alone) and not placed:
            asked = ("round", *(a for a in frame.asked if a not in ("round", "result")))
            return replace(frame, change=first, asked=asked)
        if first == "last" and not rounds:
            return replace(frame, latest=True, asked=tuple(a for a in frame.asked if not in_it or a != "round"))
        if "earlier" in said and len(rounds) == 1:
            return replace(frame, baseline=self._suite(rounds[0].values[0], None, 0)[-1:])
        return frame

    def _unseen(self) -> bool:
        """Whether 'not' is about earlier rounds: 'who had never been in an earlier one'."""
        idle = GRAMMAR | {"suite"}
        later = [[i for i in self.items[at + 1 :] if not i.roles.keys() & idle] for at, _ in self.role("negator")]
        return any(items and items[0].roles.get("change") == "earlier" for items in later)

    def _in_the_latest(self) -> bool:
        """Whether 'the latest round' says where to look, after a preposition, and is not asked for."""
        said = ((self.before(at), self.items[at : at + 2]) for at, _ in self.role("change"))
        after = (items for before, items in said if before is not None and "preposition" in before.roles)
        return any(i.low.endswith("round") or i.roles.get("noun") == "round" for items in after for i in items)

    def _turn(self, frame: Frame, turn: str, rounds: list[Condition]) -> Frame:
        """Who or what joined or left between rounds, as two conditions on the round."""
        training = [e for e in self.rounds if " Training " in e.label]
        values = sorted((e for c in rounds for e in c.values), key=self.rounds.index) or training[-1:]
        beside = {self.items[p.start - 1].low for p in self.placed if p.condition.field == "round"}
        if "after" in beside and turn == "left" and "from" not in beside:
            values += self._suite(values[0], 1, 2) if len(values) == 1 else ()  # 'after v3.1, who had left by v5.0'
        elif beside & _SPANS.keys():
            raise NotUnderstood(f"say between which two rounds somebody or something {turn}")
        every = turn == "joined" and any("first time" in i.low or i.low.startswith(_EVER) for i in self.items)
        if every or len(values) == 1:
            values = [*self._suite(values[-1], None, 0)[0 if every else -1 :], values[-1]]
        if len(values) < 2:
            raise NotUnderstood("no round before that is loaded, so nothing can be compared")
        now, before = (values[-1:], values[:-1]) if turn == "joined" else (values[:1], values[1:])
        back = turn == "returned"
        here = Condition("round", tuple(values if back else now), joined="and" if back else "or")
        away = () if back else (Condition("round", tuple(before), negated=True),)
        return replace(
            frame, asked=frame.asked if frame.key != "result" else ("organization",), change=turn, best=None,
            conditions=(*(c for c in frame.conditions if c.field != "round"), here, *away),
            defaults=(*frame.defaults, f"compared with {', '.join(e.label for e in before)}"),
        )  # fmt: skip

    def _suite(self, of: Entity, start: int | None, end: int | None) -> tuple[Entity, ...]:
        """The rounds of one suite from and to places, counted from one of them; None for its begin and end."""
        mine = [e for e in self.rounds if e.label.split(" v")[0] == of.label.split(" v")[0]]
        if of not in mine:
            return ()
        at = mine.index(of)
        return tuple(mine[None if start is None else at + start : None if end is None else at + end])

    def _spanned(self, frame: Frame, c: Condition) -> Condition:
        """'since v4.0' and 'v1.0 through v4.0' as all the rounds between."""
        if c.field != "round" or c.negated or not c.values or frame.sides:
            return c
        start = next((p.start for p in self.placed if p.condition.field == "round"), 0)
        word = self.items[start - 1].low if start else ""
        if len(c.values) == 1 and word in _SPANS and not frame.change:
            one = word == "after" and self.items[start - 2].low.endswith("round")  # 'the round after v4.1'
            values = self._suite(c.values[0], *((1, 2) if one else _SPANS[word]))
            if not values and c.values[0] in self.rounds:
                raise NotUnderstood(f"no round {word} {c.values[0].label} is loaded")
            return replace(c, values=values or c.values)
        to = c.joined == "or" and any(i.roles.get("joiner") == "range" or i.low == "since" for i in self.items)
        if len(c.values) == 2 and (to or (word == "between" and not frame.change)):
            low, high = sorted(c.values, key=lambda e: self.rounds.index(e) if e in self.rounds else -1)
            whole = self._suite(low, 0, None)
            values = whole[: whole.index(high) + 1] if high in whole else ()
            return replace(c, values=values or c.values, joined="or")
        return c

    # Sets, and what is taken where nothing is said

    def _sets(self, frame: Frame) -> Frame:
        """'Only', 'skip', 'both' and 'and': which conditions are about the set of all results of the key."""
        conditions = list(frame.conditions)
        if self.only_at >= 0 and self.placed:
            after = self.after(self.only_at)[1]
            ends = not after.text or "stop" in after.roles or after.text == ","  # 'in open only, not in closed'
            before = [p for p in self.placed if p.end < self.only_at][-1:]
            later = [p for p in self.placed if p.start > self.only_at]
            at = ((before if ends else []) or later or self.placed[-1:])[0].condition
            same = [c.field == at.field and c.values == at.values for c in conditions]
            conditions = [replace(c, only=only) for c, only in zip(conditions, same, strict=True)]
        if self.skip_at >= 0:
            target = self._skipped(frame)
            conditions = [replace(c, negated=True) if c == target else c for c in conditions]
        sets = frame.key == "organization" or self.has("quantifier", "both", "common")
        conditions = [c if sets and c.field not in frame.group else replace(c, joined="or") for c in conditions]
        return replace(frame, conditions=tuple(self._spanned(frame, c) for c in conditions))

    def _skipped(self, frame: Frame) -> Condition | None:
        """What somebody left out, or of benchmarks and rounds who left them out."""
        later = [p.condition for p in self.placed if p.start > self.skip_at and p.condition.field != "round"]
        if frame.key in ("benchmark", "round"):
            subjects = ("organization", "accelerator")
            mine = (p for p in self.placed if p.condition.field in subjects)
            later = [p.condition for p in mine if p.end < self.skip_at or p.condition.field == "organization"]
        return later[0] if later else None

    def _served(self, frame: Frame) -> Frame:
        """A frame about results of MLPerf Inference, which have a performance in a scenario, and no time to train."""
        rounds = [e.label for c in (*frame.conditions, *frame.sides) if c.field == "round" for e in c.values]
        scenario = next((c.values[0].label for c in frame.conditions if c.field == "scenario"), "")
        asks = scenario or "performance" in frame.asked
        if not (asks or self.has("suite", "Inference") or any(" Inference " in label for label in rounds)):
            return frame
        if not any(" Inference " in e.label for e in self.rounds):
            raise NotUnderstood("no round of MLPerf Inference is loaded")
        if any(" Inference " not in label for label in rounds):
            raise NotUnderstood("only results of MLPerf Inference have a scenario and a performance")
        best, timed = frame.best, frame.best is not None and frame.best.measure in ("minutes", "performance", "count")
        if frame.sides or frame.change or frame.aggregate in _CALCULATED:
            raise NotUnderstood("of MLPerf Inference ask who, which, how many, or the best of a model in a scenario")
        if best and timed and frame.aggregate != "count":
            if not scenario or "benchmark" not in {c.field for c in frame.conditions}:
                raise NotUnderstood("say of which benchmark and scenario: Offline, Server, Interactive, SingleStream")
            waits, slow = scenario.endswith("Stream"), "greatest" if best.measure == "minutes" else "least"
            best = replace(best, measure="performance", end="least" if waits != (best.end == slow) else "greatest")
        asked = tuple("performance" if a == "minutes" else a for a in frame.asked)
        return replace(frame, inference=True, best=best, asked=asked)

    def _defaults(self, frame: Frame) -> Frame:
        """What is taken where the question does not say, each told."""
        conditions, said = frame.conditions, list(frame.defaults)
        about = {c.field for c in frame.every()}
        timed = frame.best is not None and frame.best.measure in ("minutes", "performance")
        ordered = timed or (bool(frame.sides) and frame.aggregate != "count")
        closed = ordered and "division" not in {*about, *frame.asked}
        lacks = frame.key != "result" and any(c.negated and c.field not in (frame.key, "round") for c in conditions)
        matters = ordered or lacks or frame.all_of or frame.best is not None or frame.aggregate in _CALCULATED
        spans = {*about, *frame.group, *frame.asked, frame.counted, frame.all_of}
        every = self.has("change", "any") or "round" in spans
        latest = bool(frame.latest or (matters and not every and not frame.change and not frame.baseline))
        said += ["closed division"] if closed else []
        said += ["the latest round that has such results"] if latest else []
        served = any(" Inference " in e.label for e in self.rounds) and not frame.inference and "round" not in about
        said += ["results of MLPerf Training and HPC, not of Inference"] if served else []
        placed = {p.start for p in self.placed}
        suite = "Inference" if frame.inference else next((v for at, v in self.role("suite") if at not in placed), "")
        told = {c.field for c in frame.every() if not c.negated}
        one_by_one = frame.all_of == "round" or (frame.key == "round" and any(c.negated for c in conditions))
        named = any(a.low == "training" and b.roles.get("noun") == "round" for a, b in pairwise(self.items))
        if not suite and "round" not in told and (one_by_one or (named and self.has("quantifier", "all"))):
            suite = "Training"
            said.append("the rounds of MLPerf Training")
        rounds = tuple(e for e in self.rounds if f" {suite} " in e.label)
        if suite and not rounds:
            raise NotUnderstood(f"no round of MLPerf {suite} is loaded")
        if suite and "round" not in told:
            conditions = (*conditions, Condition("round", rounds))
        return replace(frame, conditions=conditions, closed=closed, latest=latest, defaults=tuple(said))


def read(items: Sequence[Item], rounds: Sequence[Entity]) -> Frame:
    """The frame of a question's items; `rounds` are those of the record, in their order.

    Raises NotUnderstood when they make no question.
    """
    return Reader(items, rounds).frame()
