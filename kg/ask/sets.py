"""Which conditions of a question are about sets, about things that are compared, and about rounds against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kg.ask.collect import Parts, Placed
from kg.ask.frame import Condition, Frame
from kg.errors import NotUnderstood
from kg.model.statement import Entity


class Sets(Parts):
    """The conditions of a question as sets, sides and turns between rounds."""

    def _merged(self) -> list[Placed]:
        """The conditions, those on one field that are joined as one with several values."""
        merged: list[Placed] = []
        for p in self.placed:
            last = next((m for m in reversed(merged) if m.condition.field == p.condition.field), None)
            c = p.condition
            joins = (
                last is not None
                and p.link
                and c.values
                and last.condition.values
                and (c.negated == last.condition.negated)
            )
            if last is not None and joins and p.link != "than":
                kind: Literal["and", "or"] = (
                    "and" if p.link in ("and", "&", "as well as", "plus", "together with") else "or"
                )
                if last.condition.joined == "and" and last.link == ",":
                    kind = "and"
                values = (*last.condition.values, *c.values)
                last.condition = replace(last.condition, values=values, joined=kind)
                last.end, last.link = p.end, p.link
            else:
                merged.append(replace(p))
        return merged

    def _compares(self) -> bool:
        """Whether two things are held against each other; rounds that somebody joined or left are not."""
        if self.has("change", "joined", "left"):
            return False
        fields = [p.condition.field for p in self.placed if not p.condition.negated]
        bare = self.has("than") and not self.has("joiner", "than") and len(fields) > len(set(fields))
        return bool(self.role("compare")) or bare

    def _sides(self, compare: bool) -> tuple[list[Condition], tuple[Condition, ...], tuple[tuple[Condition, ...], ...]]:
        """The conditions of all, and where two or more things are compared, each with what only it has."""
        merged = self._merged()
        if not compare:
            return [m.condition for m in merged], (), ()
        by_field: dict[str, list[Placed]] = {}
        for p in self.placed:
            by_field.setdefault(p.condition.field, []).append(p)
        several = {f: ps for f, ps in by_field.items() if len(ps) > 1 and not any(p.condition.negated for p in ps)}
        order = (
            "acceleratorCount",
            "nodeCount",
            "accelerator",
            "organization",
            "framework",
            "benchmark",
            "round",
        )
        chosen = next((f for f in order if f in several), next(iter(several), ""))
        if not chosen:
            return [m.condition for m in merged], (), ()
        if chosen == "acceleratorCount" and "accelerator" in several:
            chosen = "accelerator"
        sides = several[chosen]
        own: list[tuple[Condition, ...]] = []
        used: list[Placed] = []
        for p in sides:
            tied = [
                q for q in self.placed if q.condition.field != chosen and q not in used and self._tied(p, q, several)
            ]
            used += tied
            own.append(tuple(q.condition for q in tied))
        rest = [
            m.condition
            for m in merged
            if m.condition.field != chosen and not any(q.condition == m.condition for q in used)
        ]
        return rest, tuple(p.condition for p in sides), tuple(own)

    def _tied(self, side: Placed, other: Placed, several: dict[str, list[Placed]]) -> bool:
        """Whether a condition belongs to one side alone: the number before it, or its 'of' after it."""
        if other.condition.field in several:
            near = min(several[other.condition.field], key=lambda q: abs(q.start - side.start))
            return near is other
        if other.condition.field in ("round", "benchmark"):
            return False
        between = self.items[min(other.end, side.end) + 1 : max(other.start, side.start)]
        if other.condition.number is not None and other.end < side.start:
            return not any(i.data or i.roles.keys() - {"filler"} for i in between)
        words = [i.roles.get("preposition", "") for i in between if i.data or i.roles.keys() - {"filler"}]
        return other.start > side.end and words == ["of"]

    def _than(self) -> tuple[Condition, ...]:
        """The conditions of the result that others have to beat."""
        for at, _ in self.role("than"):
            after = self._after(at)
            if after and after[1].roles.get("joiner") == "than":
                after = self._after(after[0])
            placed = [p for p in self.placed if after and p.start == after[0]]
            if placed:
                first = placed[0]
                tied = [
                    q for q in self.placed if q is not first and (q.start == first.end + 1 or self._tied(first, q, {}))
                ]
                return (
                    first.condition,
                    *(q.condition for q in tied if q.condition.field not in ("benchmark", "round")),
                )
        return ()

    def _changes(self, frame: Frame) -> Frame:
        """Rounds against each other: who joined, who left, the first and the last round, 'the latest'."""
        said = [v for _, v in self.role("change")]
        rounds = [c for c in frame.conditions if c.field == "round"]
        others = tuple(c for c in frame.conditions if c.field != "round")
        if (frame.sides and frame.sides[0].field != "round") or frame.source in (
            "claims",
            "vocabulary",
            "statements",
        ):
            return frame
        turn = next((v for v in said if v in ("joined", "left", "returned")), "")
        if turn and frame.key in (
            "organization",
            "benchmark",
            "accelerator",
            "framework",
            "system",
            "result",
            "processor",
        ):
            asked = frame.asked if frame.key != "result" else ("organization",)
            return self._turn(replace(frame, asked=asked), turn, rounds, others)
        first = next((v for v in said if v in ("first", "last")), "first" if turn == "joined" else "")
        asks_round = "round" in frame.asked or any(
            t in ("since when", "until when") for t in (i.text.lower() for i in self.items)
        )
        if first == "last" and not rounds and self._in_the_latest():
            return replace(frame, latest=True, asked=tuple(a for a in frame.asked if a != "round"))
        if first and (asks_round or (not rounds and frame.best is None and "organization" not in frame.asked)):
            asked = ("round", *(a for a in frame.asked if a not in ("round", "result")))
            return replace(frame, change=first, asked=asked)
        if first == "last" and not rounds:
            return replace(frame, latest=True)
        if "earlier" in said and len(rounds) == 1:
            baseline = self._earlier(rounds[0].values[:1], False)
            return replace(frame, baseline=baseline)
        return frame

    def _in_the_latest(self) -> bool:
        """Whether 'the latest round' says where to look, after a preposition, and is not asked for."""
        for at, value in self.role("change"):
            after = self.items[at + 1 : at + 2]
            before = self._before(at)
            named = self.items[at].text.lower().endswith("round") or bool(
                after and after[0].roles.get("noun") == "round"
            )
            if value == "last" and named and before is not None and "preposition" in before.roles:
                return True
        return False

    def _turn(self, frame: Frame, turn: str, rounds: list[Condition], others: tuple[Condition, ...]) -> Frame:
        """Who or what joined or left between rounds, as two conditions on the round."""
        values = sorted((e for c in rounds for e in c.values), key=self._order)
        beside = {self.items[p.start - 1].text.lower() for p in self.placed if p.condition.field == "round" and p.start}
        if "after" in beside and turn == "left" and len(values) == 1:
            values += self._later(values[0])
        elif beside & {"after", "since", "until", "before"}:
            raise NotUnderstood(f"say between which two rounds somebody or something {turn}")
        if not values:
            values = list(self.rounds[-1:]) if self.rounds else []
        every = turn == "joined" and any(
            "first time" in i.text.lower() or i.text.lower().startswith(("debut", "newcomer", "never"))
            for i in self.items
        )
        if every:
            values = values[-1:]
        if len(values) < 2:
            values = [*self._earlier(values, every), *values]
        if len(values) < 2:
            raise NotUnderstood(
                f"no round before {values[0].label if values else 'this'} is loaded, so nothing can be compared"
            )
        now, before = (values[-1:], values[:-1]) if turn == "joined" else (values[:1], values[1:])
        here = Condition(
            "round",
            tuple(now if turn != "returned" else values),
            joined="and" if turn == "returned" else "or",
        )
        away = Condition("round", tuple(before), negated=True)
        word = f"compared with {', '.join(e.label for e in before)}"
        return replace(
            frame,
            change=turn,
            conditions=(*others, here, *((away,) if turn != "returned" else ())),
            defaults=(word,),
            best=None,
        )

    def _earlier(self, of: Sequence[Entity], every: bool) -> tuple[Entity, ...]:
        """The round before one, or all before it, of the same suite."""
        if not of or of[0] not in self.rounds:
            return ()
        at = self.rounds.index(of[0])
        suite = of[0].label.split(" v")[0]
        before = [e for e in self.rounds[:at] if e.label.startswith(suite)]
        return tuple(before if every else before[-1:])

    def _later(self, of: Entity) -> list[Entity]:
        """The round after one, of the same suite."""
        suite = of.label.split(" v")[0]
        after = self.rounds[self._order(of) + 1 :] if of in self.rounds else []
        return [e for e in after if e.label.startswith(suite)][:1]

    def _order(self, entity: Entity) -> int:
        return self.rounds.index(entity) if entity in self.rounds else -1

    def _sets(self, frame: Frame) -> Frame:
        """'Only', 'skip', 'both' and 'and': which conditions are about the set of all results of the key."""
        conditions = list(frame.conditions)
        if self.only_at >= 0 and conditions:
            at = next(
                (p.condition for p in self.placed if p.start > self.only_at),
                self.placed[-1].condition if self.placed else None,
            )
            conditions = [
                replace(c, only=True) if at and c.field == at.field and c.values == at.values else c for c in conditions
            ]
        if self.skip_at >= 0:
            subject = next(
                (
                    p.condition
                    for p in self.placed
                    if (p.condition.field in ("organization", "maker", "accelerator") and p.end < self.skip_at)
                    or (frame.key in ("benchmark", "round") and p.condition.field == "organization")
                ),
                None,
            )
            later = next(
                (p.condition for p in self.placed if p.start > self.skip_at and p.condition.field != "round"),
                None,
            )
            target = (
                subject
                if frame.key in ("benchmark", "round")
                else later or next((p.condition for p in self.placed if p.start > self.skip_at), None)
            )
            if target is not None:
                conditions = [replace(c, negated=True) if c == target else c for c in conditions]
        if frame.key != "organization" and not self.has("quantifier", "both"):
            conditions = [replace(c, joined="or") for c in conditions]
        return replace(frame, conditions=tuple(self._ranges(frame, conditions)))

    def _ranges(self, frame: Frame, conditions: list[Condition]) -> list[Condition]:
        """'v1.0 through v4.0' as all rounds between; numbers joined by 'and' as any of them."""
        made: list[Condition] = []
        for c in conditions:
            if (
                c.field == "round"
                and len(c.values) == 1
                and not c.negated
                and not frame.sides
                and frame.change not in ("joined", "left", "returned")
                and (turn := self._since(c))
            ):
                made.append(replace(c, values=turn))
                continue
            spans = c.field == "round" and len(c.values) == 2 and not c.negated and not frame.sides
            words = {i.text.lower() for i in self.items}
            if spans and ((words & {"through", "until", "till", "to"}) or "since" in words) and c.joined == "or":
                low, high = sorted(map(self._order, c.values))
                suite = c.values[0].label.split(" v")[0]
                made.append(
                    replace(c, values=tuple(e for e in self.rounds[low : high + 1] if e.label.startswith(suite)))
                )
            else:
                made.append(c)
        return made

    def _since(self, c: Condition) -> tuple[Entity, ...]:
        """The rounds since, after or before one, where the question says so; () where it does not."""
        start = next((p.start for p in self.placed if p.condition.field == "round"), 0)
        word = self.items[start - 1].text.lower() if start else ""
        if word not in ("since", "after", "before", "until") or c.values[0] not in self.rounds:
            return ()
        at, suite = self.rounds.index(c.values[0]), c.values[0].label.split(" v")[0]
        low, high = {"since": (at, None), "after": (at + 1, None), "before": (0, at), "until": (0, at + 1)}[word]
        return tuple(e for e in self.rounds[low:high] if e.label.startswith(suite))

    def _listed_numbers(self, conditions: list[Condition]) -> list[Condition]:
        """Numbers of one field that are named one after another as one condition: '8 or 16 accelerators'."""
        made: list[Condition] = []
        for c in conditions:
            last = next(
                (m for m in made if m.field == c.field and m.number is not None and m.sign == c.sign == "="),
                None,
            )
            if c.number is None or last is None:
                made.append(c)
            else:
                made[made.index(last)] = replace(last, more=(*last.more, c.number))
        return made
