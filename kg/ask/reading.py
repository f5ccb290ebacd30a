"""Items to a frame: what the words of a question mean together, before anything is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from kg.ask.checks import POLAR, objection
from kg.ask.frame import ALL, CALCULATED, FIELDS, Best, Condition, Frame
from kg.ask.items import NO_ITEM, Item, of_results
from kg.ask.measures import within
from kg.ask.parts import ATTRIBUTES
from kg.ask.rounds import NOT_ASKED, Rounds
from kg.ask.sides import NAMED, Compared
from kg.ask.words import COUNTED_BY
from kg.errors import NoPlace, NotUnderstood
from kg.model.entity import Entity
from kg.namespaces import last

_TIMES = ("minutes", "acceleratorMinutes", "performance", "wins", "gap", "place")
_WITHIN = frozenset(["round", "division", "availability", "acceleratorCount"])
_ASKS_WHERE = frozenset(["which", "what", "where"])


class Reader(Rounds):
    """Puts the parts of one question together to a frame."""

    def frame(self) -> Frame:
        """The frame of the question. Raises NotUnderstood when the parts make no question."""
        self.group += self._asked_again("")
        source = self.source()
        claimed = source == "claims" and self.values  # '10 % better than its best' is the claim
        compared = source == "statements" and not self.values and self._own_best()
        compared = compared or (self.outdone and self.has("than"))
        best = None if claimed or compared else self._in_order(self.best())
        beats = self._beats()
        compares = self._compares() or bool(self._asked_again("count"))
        self.group += [self.of_each] if self.of_each and not compares else []
        conditions, sides = self._sides(source == "record" and compares)
        than, end = self._than()
        than, end = (than, end) if than or best or self._polar() else self._outdone()
        if than and not (sides or (best and best.rank > 1)):
            alone = [c for c in than if len(than) == 1 and c.field == "organization"]
            rivals = [replace(c, negated=True, single=True) for c in alone if self.asks("organization")]
            conditions = [*(c for c in conditions if c not in than), *rivals]
            best = Best("minutes", end, than=than)
        elif beats:
            best = Best("minutes", beats)
        elif sides and not best and ("accelerator" in self.group or self.has("measure", "acceleratorMinutes")):
            best = Best("acceleratorMinutes", "least")  # 'faster per chip'
            self.group = []
        if best and best.rank > 1:
            self.winners = self._winners()
            conditions = [c for c in conditions if c not in self.winners]
        best = best if sides else self._over_time(best, conditions)
        aggregate, counted = self.calculation()
        conditions, sides = self._round_by_round(aggregate, conditions, sides)
        ranked = best.measure if best is not None and not best.than else ""
        self.group += self._one_by_one(conditions, ranked) if ranked in ("minutes", "acceleratorCount") else []
        if not (aggregate or best) and self._counts_results(conditions, sides):
            aggregate, counted = "count", "result"
        conditions, sides = self._in_groups(aggregate, conditions, sides)
        one = (aggregate, counted) == ("count", "result") and not (sides or best or self.group)
        several = [c.field for c in conditions if c.joined == "and"]  # 'how many results in closed and in open'
        self.group = several if one and len(several) == 1 else self.group
        if aggregate == "count" and not (sides or best or self.all_of) and source == "record":
            self.group += self._of_each({counted, *self.group, *(c.field for c in conditions)})
        chosen = self._alternatives() if source == "record" and not (sides or best or self.all_of) else ()
        self.group += [f for f in chosen if aggregate == "count" and f not in self.group]
        asked = tuple(dict.fromkeys((*(() if aggregate else chosen), *self._asked())))
        asked = asked if best or aggregate or sides else self._who_has_all(asked, conditions)
        best = best or self._how_fast(bool(aggregate or sides or self.group), asked, conditions)
        if self.group and not (asked or best or aggregate or sides):
            asked, self.group = tuple(self.group), []  # 'list every company that …'
        frame = Frame(
            source, asked, tuple(conditions), self.all_of, best, aggregate, counted, tuple(self.group), sides,
            polar=self._polar() and not (chosen and not aggregate), predicates=tuple(v for _, v in self.role("predicate")),
            words=tuple(i.low for i in self.items if i.roles.get("predicate") == "systemAttribute"),
            verdict=next((v for _, v in self.role("review")), ""), having=self.having, unit=self.unit(),
            defaults=tuple(v for _, v in self.role("aside")),
            slips=tuple((i.text, i.read_as) for i in self.items if i.read_as),
        )  # fmt: skip
        frame = self._sets(self._changes(frame) if source == "record" else frame)
        frame = self.whether(frame) if source == "record" else frame
        if reason := objection(self, frame):
            raise NoPlace(reason)
        return self._defaults(self._served(frame)) if source == "record" else frame

    def _how_fast(self, done: bool, asked: Sequence[str], conditions: Sequence[Condition]) -> Best | None:
        """The best of each benchmark, where it is asked how fast somebody or something is, and not on which: 'how fast is the H100'."""
        fields = {c.field for c in conditions}
        several = any(len({e.label for e in c.values}) > 1 for c in conditions)
        named = fields & NAMED and fields <= NAMED | _WITHIN and not (several or {"organization", "round"} <= fields)
        if done or [*asked] != ["minutes"] or not named:
            return None
        begins = [i.low for a, i in pairwise([NO_ITEM, *self.items]) if a is NO_ITEM or "stop" in a.roles]
        said = [*begins, *(self.items[at].low for at, _ in self.measures)]
        how = any(low.startswith("how") for low in begins)
        if not how or any("time" in low or low.startswith(("how many", "how long", "how soon")) for low in said):
            return None
        self.group = ["benchmark"]
        return Best("minutes", "least")

    def _who_has_all(self, asked: tuple[str, ...], conditions: Sequence[Condition]) -> tuple[str, ...]:
        """What is asked for: the one that is named, where it is whether that one has all: 'has Acme run every benchmark'."""
        fields = [c.field for c in conditions if c.field in NAMED and not c.negated for _ in c.values]
        field = "organization" if "organization" in fields else "".join(fields[:1])
        if not self._polar() or fields.count(field) != 1:
            return asked
        if any(i.low == "everything" and at < min(p.start for p in self.placed) for at, i in enumerate(self.items)):
            raise NotUnderstood("say of what: all results, benchmarks or submitters")  # 'is everything on X1'
        self.all_of = next((noun for noun in self.every() if noun in ("benchmark", "round")), self.all_of)
        self.group = [] if self.all_of else self.group
        return (field,) if self.all_of else asked

    def _counts_results(self, conditions: Sequence[Condition], sides: Compared) -> bool:
        """Whether results of things held against each other, or of each of some, are meant by their number.

        Not 'all their results by round', which lists, nor 'every vendor with results in v2.0 and none in v2.1'.
        """
        timed = "benchmark" in {c.field for c in (*conditions, *chain(*sides))}
        counts = not timed if sides else bool(self.group)
        alls = (at for at, v in self.role("quantifier") if v == "all")
        listed = any(c.negated for c in conditions) or any(of_results(self.items[at + 1 :]) for at in alls)
        return counts and not (self.measures or listed) and self.has("noun", "result")

    def _asked(self) -> tuple[str, ...]:
        """The fields that are asked for: nouns after 'which', 'how many', 'who', else other nouns, else measures."""
        best_at = self.best_noun()
        nouns = [(at, n, strong) for at, n, strong in self.nouns if n not in NOT_ASKED and at != best_at]
        strong = [(at, n) for at, n, strong in nouns if strong and n != "result"]
        chosen = strong or [(at, n) for at, n, strong in nouns if not strong and n != "result"][:1]
        ends = [(at, self._list_end(at)) for at, _ in chosen]  # 'what is in it: GPU, CPU, number of nodes'
        asked = [n for at, n, _ in nouns if n != "result" and any(low <= at <= high for low, high in ends)]
        asked = asked or [n for _, n, strong in nouns if strong] or self._ends_asking()
        bare = self.whose >= 0 and {"joiner", "stop"} & self.after(self.whose)[1].roles.keys()  # 'whose, and on what'
        theirs = self.whose >= 0 and asked == ["result"]  # 'whose results used A and B'
        asked = ["organization"] * bool((bare and asked) or theirs) + asked
        asked = [n for n in asked if n not in self.group]
        told = {*self.group, *(ATTRIBUTES if self.source() != "vocabulary" else ())}
        measures = [m for _, m in self.measures if m not in told]
        which = any(n == "result" and at and self.items[at - 1].low in ("what", "which") for at, n, _ in self.nouns)
        measures += ["minutes"] if which and asked else []  # 'on which benchmark, with what result'
        return tuple(dict.fromkeys([*asked, *measures]))

    def _ends_asking(self) -> list[str]:
        """What names and one noun ask for: 'Acme v2.0 CPU'."""
        words = [i for i in self.items if "stop" not in i.roles and not i.entities]
        noun = words[0].roles.get("noun", "") if len(words) == 1 else ""
        named = any("Organization" in i.kinds() for i in self.items)
        return [noun] if named and noun in (*COUNTED_BY, "framework") else []

    def _list_end(self, at: int) -> int:
        """The last place of a list of nouns and measures that begins at a place."""
        while (
            self.joins(at + 1) and self.items[at + 2 : at + 3] and {"noun", "measure"} & self.items[at + 2].roles.keys()
        ):
            at += 2
        return at

    def _alternatives(self) -> tuple[str, ...]:
        """The field of which one of two values is asked for: 'was it closed or open', 'did they use A or B'."""
        if any(i.low == "either" for i in self.items):
            return ()
        begins = [0, *(at + 1 for at, _ in self.role("stop"))]
        begins += [at for at in range(1, len(self.items)) if self.joins(at - 1) and self.items[at].low in POLAR]
        first = {at: next((i for i in self.items[at:] if "joiner" not in i.roles), None) for at in begins}
        told = {at for at, i in first.items() if i is not None and i.low in POLAR}
        found = {
            p.condition.field
            for p in self.placed
            if p.link == "or" and not p.condition.negated and max(at for at in begins if at <= p.start) in told
        }
        return tuple(found) if len(found) == 1 and found <= {*FIELDS.values()} else ()

    def _of_each(self, told: set[str]) -> list[str]:
        """The fields of what is asked for beside a count, which is one for each: 'which rounds, and how many results'."""
        who = ["organization"] * (self.whose >= 0) + [n for _, n, strong in self.nouns if strong]
        return [f for f in dict.fromkeys(who) if f in {*FIELDS.values()} - told]

    def _own_best(self) -> bool:
        """Whether what is best is somebody's own, to which a statement compares: 'a gain over its best v1.1 time'."""
        places = [at for at, v in self.role("superlative") if v == "minutes least"]
        alone = places and len(places) == len(self.role("superlative"))
        return bool(alone) and all(self.items[at - 1].low in ("its", "their", "own", "previous") for at in places if at)

    def _in_order(self, best: Best | None) -> Best | None:
        """The order that a list is wanted in, as the best of all: the best time of each, or the number of results."""
        if not self.has("order"):
            return best
        if any(self.items[at].low.endswith("place") and self.after(at)[1].low == "of" for at, _ in self.role("order")):
            raise NotUnderstood("what took the place of something is not told: ask what was new in a round")
        if any(_ASKS_WHERE & {i.low for i in self.items[max(0, at - 3) : at]} for at, _ in self.role("order")):
            return Best("place", "least")
        counts = best.measure == "count" if best else self._by_number()
        counted = {self.after(at)[0] for at, _ in self.role("aggregate")}
        noun = next((n for at, n, _ in self.nouns if n in NAMED and at not in counted), "")
        self.group += [noun] if noun and not counts else []
        best = best or (Best("count", "greatest") if counts else Best("minutes", "least"))
        return replace(best, count=int(self.sizes[0]) if self.sizes else ALL)

    def _asked_again(self, aggregate: str) -> list[str]:
        """The field of which two values are asked for one by one: 'what was it in v1.1 and what in v2.0'."""
        if self.has("change") and not aggregate:
            return []  # 'compared to v5.0, what is new in v5.1'
        for one, other in pairwise(p for p in self.placed if aggregate or p.condition.field in ("round", "benchmark")):
            between = self.items[one.end + 1 : other.start]
            joined = one.condition.field == other.condition.field and any(i.low in ("and", ",") for i in between)
            again = [i for i in between if i.low in ("what", "how") or i.low.startswith("how ")]
            if joined and any(i.roles.get("aggregate", "") == aggregate for i in again):
                return [one.condition.field]
        return []

    # Sets, and what is taken where nothing is said

    def _sets(self, frame: Frame) -> Frame:
        """'Only', 'skip', 'both' and 'and': which conditions are about the set of all results of the key."""
        conditions = list(frame.conditions)
        if only := self._only(frame):
            same = [(c.field, c.values, c.number) == (only.field, only.values, only.number) for c in conditions]
            conditions = [replace(c, only=is_) for c, is_ in zip(conditions, same, strict=True)]
        if self.skip_at >= 0:
            target = self._skipped(frame)
            conditions = [replace(c, negated=True) if target and within(target, c) else c for c in conditions]
        sets = frame.key == "organization" or self.has("quantifier", "both", "common")
        conditions = [c if sets and c.field not in frame.group else replace(c, joined="or") for c in conditions]
        return replace(frame, conditions=tuple(self._spanned(frame, c) for c in conditions))

    def _only(self, frame: Frame) -> Condition | None:
        """The condition that all results of what is asked for have to meet: 'only', 'in all of their submissions'."""
        if not self.placed or frame.change or "result" in (frame.key, frame.counted):
            return None
        if self.only_at >= 0:
            after = self.after(self.only_at)[1]
            ends = "stop" in after.roles or after.text == ","  # 'in open only, not in closed'
            before = [p for p in self.placed if p.end < self.only_at][-1:]
            later = [p for p in self.placed if p.start > self.only_at]
            return ((before if ends else []) or later or self.placed[-1:])[0].condition
        alls = [at for at, v in self.role("quantifier") if v == "all"]
        theirs = any(self._of_results(at) for at in alls)
        told = [p.condition for p in self.placed if p.condition.field not in ("round", "benchmark", frame.key)]
        return told[-1] if theirs and not frame.aggregate else None

    def _of_results(self, at: int) -> bool:
        """Whether 'all' is about results: 'all of their v2.0 submissions', 'whose results are all on Acme's chips'."""
        idle = {"filler", "preposition", "context"}
        later = (i for i in self.items[at + 1 :] if i.roles.keys() - idle or (i.data and i.kinds() != {"Round"}))
        before = [i.roles.get("noun") for i in self.items[max(0, at - 2) : at]]
        return next(later, NO_ITEM).roles.get("noun") == "result" or before[:1] == ["result"]

    def _skipped(self, frame: Frame) -> Condition | None:
        """What somebody left out, or of benchmarks and rounds who left them out."""
        later = [p.condition for p in self.placed if p.start > self.skip_at and p.condition.field != "round"]
        if frame.key in ("benchmark", "round"):
            subjects = ("organization", "accelerator")
            later = [p.condition for p in self.placed if p.condition.field in subjects]
        return later[0] if later else None

    def _only_served(self, frame: Frame) -> bool:
        """Whether a question is of benchmarks of MLPerf Inference alone, of which rounds are loaded."""
        named = [e for c in frame.conditions if c.field == "benchmark" and not c.negated for e in c.values]
        loaded = any(" Inference " in e.label for e in self.rounds)
        return loaded and bool(named) and all(last(e.iri).startswith("inference-") for e in named)

    def _served(self, frame: Frame) -> Frame:
        """A frame about results of MLPerf Inference, which have a performance in a scenario, and no time to train."""
        rounds = [e.label for c in (*frame.conditions, *frame.compared) if c.field == "round" for e in c.values]
        scenario = next((c.values[0].label for c in frame.conditions if c.field == "scenario"), "")
        asks = scenario or "performance" in frame.asked or (not rounds and self._only_served(frame))
        if not (asks or self.has("suite", "Inference") or any(" Inference " in label for label in rounds)):
            return frame
        if not any(" Inference " in e.label for e in self.rounds):
            raise NotUnderstood("no round of MLPerf Inference is loaded")
        if any(" Inference " not in label for label in rounds):
            raise NotUnderstood("only results of MLPerf Inference have a scenario and a performance")
        best, timed = frame.best, frame.best is not None and frame.best.measure in ("minutes", "performance", "count")
        if frame.sides or frame.change or frame.aggregate in CALCULATED:
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
        timed = frame.best is not None and frame.best.measure in _TIMES
        ordered = timed or (bool(frame.sides) and frame.aggregate != "count")
        closed = ordered and "division" not in {*about, *frame.asked}
        lacks = frame.key != "result" and any(c.negated and c.field not in (frame.key, "round") for c in conditions)
        matters = ordered or lacks or frame.all_of or frame.best is not None or frame.aggregate in CALCULATED
        spans = {*about, *frame.group, *frame.asked, frame.counted, frame.all_of}
        every = self.has("change", "any") or self._ever() or "round" in spans
        latest = bool(frame.latest or (matters and not every))
        said += ["closed division"] if closed else []
        if frame.sides and not frame.best and not frame.aggregate and "benchmark" not in about:
            frame = replace(frame, group=("benchmark",))
        if frame.best and frame.best.measure == "count" and frame.counted == frame.key != "result":
            frame = replace(frame, counted="result")  # 'the most prolific submitter'
            said.append("counted by results")
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
