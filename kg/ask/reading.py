"""Items to a frame: what the words of a question mean together, before anything is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.ask.collect import ATTRIBUTES, field_of
from kg.ask.frame import Best, Condition, Frame
from kg.ask.items import Item
from kg.ask.measures import Measures
from kg.ask.sets import Sets
from kg.ask.vet import POLAR, objection
from kg.errors import NotUnderstood
from kg.model.statement import Entity


class Reader(Measures, Sets):
    """Puts the parts of one question together to a frame."""

    def frame(self) -> Frame:
        """The frame of the question. Raises NotUnderstood when the parts make no question."""
        source = self._source()
        best = self._best()
        compare = self._compares()
        conditions, sides, shared = self._sides(compare and source == "record")
        than = self._than() if not sides else ()
        if than:
            conditions = [c for c in conditions if c not in than]
            end = next(v for _, v in self.role("than"))
            best = Best("minutes", "least" if end == "least" else "greatest", than=than)
        asked = self._asked()
        aggregate, counted = self._calculation()
        frame = Frame(
            source, asked, tuple(conditions), self.all_of, best, aggregate, counted, tuple(self.group), sides, shared,
            polar=self._polar(), predicates=tuple(v for _, v in self.role("predicate")),
            verdict=next((v for _, v in self.role("review") if v), ""),
            having=self.having, slips=tuple((i.text, i.read_as) for i in self.items if i.read_as),
        )  # fmt: skip
        frame = self._sets(self._changes(frame))
        if (
            frame.sides
            and not (aggregate or best or self.measures)
            and any(i.roles.get("noun") == "result" for i in self.items)
        ):
            frame = replace(frame, aggregate="count", counted="result")
        if frame.aggregate == "share" and source == "record":
            frame = self._part(frame)
        if not frame.sides:
            frame = replace(frame, conditions=tuple(self._listed_numbers(list(frame.conditions))))
        if reason := objection(self, frame):
            raise NotUnderstood(reason)
        return self._defaults(frame)

    def _asked(self) -> tuple[str, ...]:
        """The fields that are asked for: nouns after 'which', 'how many', 'who', else other nouns, else measures."""
        skip = {"statement", "claim", "verdict"}
        best_at = self._best_noun()
        strong = [field_of(n) for at, n, s in self.nouns if s and n not in skip and at != best_at]
        weak = [field_of(n) for at, n, s in self.nouns if not s and n not in {*skip, "result"} and at != best_at]
        nouns = [n for n in strong if n != "result"] or weak[:1] or strong
        if any(f in nouns for f in self.group):
            nouns = [n for n in nouns if n not in self.group]
        measures = [m for at, m in self.measures if m not in ATTRIBUTES or self._source() == "vocabulary"]
        return tuple(dict.fromkeys([*nouns, *measures]))

    def _polar(self) -> bool:
        first = next((i for i in self.items if "joiner" not in i.roles), None)
        asks = any(s for _, n, s in self.nouns if n not in ("claim", "result", "verdict", "statement"))
        return bool(
            first
            and first.text.lower() in POLAR
            and not asks
            and not self.role("aggregate")
            and not self.has("superlative")
        )

    def _defaults(self, frame: Frame) -> Frame:
        """What is taken where the question does not say, each told."""
        said = list(frame.defaults)
        if frame.source != "record":
            return frame
        conditions = list(frame.conditions)
        about = {c.field for c in (*conditions, *frame.sides, *(c for own in frame.shared for c in own))}
        ordered = (frame.best is not None and frame.best.measure == "minutes") or (
            bool(frame.sides) and frame.aggregate != "count"
        )
        closed = ordered and "division" not in about and "division" not in frame.asked
        if closed:
            said.append("closed division")
        lacks = any(c.negated and c.field not in (frame.key, "round") for c in conditions) and frame.key != "result"
        matters = (
            ordered
            or lacks
            or bool(frame.all_of)
            or frame.best is not None
            or frame.aggregate in ("mean", "median", "range", "sum")
        )
        every = self.has("change", "any") or "round" in frame.group or frame.change or "round" in frame.asked
        matters = matters and frame.counted != "round"
        latest = frame.latest or (matters and "round" not in about and not every and not frame.baseline)
        if latest:
            said.append("the latest round that has such results")
        suite = next((v for _, v in self.role("suite")), "")
        if not suite and self._training("round" not in about and self._all_rounds(frame)):
            suite = "Training"
            said.append("the rounds of MLPerf Training")
        if suite and not any(suite in e.label for c in conditions if c.field == "round" for e in c.values):
            rounds = tuple(e for e in self.rounds if f" {suite} " in e.label)
            if not rounds:
                raise NotUnderstood(f"no round of MLPerf {suite} is loaded")
            if "round" not in about:
                conditions.append(Condition("round", rounds))
        return replace(frame, conditions=tuple(conditions), closed=closed, latest=latest, defaults=tuple(said))

    @staticmethod
    def _all_rounds(frame: Frame) -> bool:
        """Whether all rounds are looked at one by one, for who was in each or was not."""
        return frame.all_of == "round" or (frame.key == "round" and any(c.negated for c in frame.conditions))

    def _training(self, every: bool) -> bool:
        """Whether rounds of Training are meant: 'all training rounds', and where every round is asked for."""
        named = any(
            one.text.lower() == "training" and after.roles.get("noun") == "round"
            for one, after in zip(self.items, self.items[1:], strict=False)
        )
        return every or (named and self.has("quantifier", "all"))


def read(items: Sequence[Item], rounds: Sequence[Entity]) -> Frame:
    """The frame of a question's items; `rounds` are those of the record, in their order.

    Raises NotUnderstood when they make no question.
    """
    return Reader(items, rounds).frame()
