"""What rounds of a question mean together: who joined and left, since and until when, each round by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.ask.checks import POLAR
from kg.ask.frame import Best, Condition, Frame
from kg.ask.items import GRAMMAR, NO_ITEM
from kg.ask.sides import NAMED, Compared, Parted
from kg.ask.whether import Whether
from kg.errors import NotUnderstood
from kg.model.entity import Entity

_TURNED = frozenset(["organization", "benchmark", "accelerator", "framework", "system", "result", "processor"])
"""What can join and leave."""
_SPANS = {
    "since": (0, None), "as of": (0, None), "starting with": (0, None), "beginning with": (0, None), "after": (1, None),
    "before": (None, 0), "prior to": (None, 0), "earlier than": (None, 0), "until": (None, 1), "up to": (None, 1),
}  # fmt: skip
"""Where the rounds since, after, before and until one begin and end, counted from it."""
_EVER = ("debut", "newcomer", "never", "any earlier")
NOT_ASKED = frozenset(["statement", "claim", "verdict"])
"""What says where an answer comes from, and is not asked for."""
_TIME = frozenset(["over the years", "over time", "through the years", "through time"])


class Rounds(Whether):
    """The parts of a question that compare, span and list rounds."""

    def _polar(self) -> bool:
        """Whether yes or no is asked for."""
        first = next((i for i in self.items if "joiner" not in i.roles), NO_ITEM)
        begins = [first, *(b for a, b in pairwise(self.items) if a.text == "." and "aside" not in b.roles)]
        begins += [
            b
            for at, b in enumerate(self.items[1:-1], 1)
            if self.items[at - 1].text == "," and self.items[at + 1].entities
        ]
        before = [n for at, n, s in self.nouns if s and n not in {*NOT_ASKED, "result"}]
        return (any(i.low.removesuffix("n't") in POLAR for i in begins) or self.has("tag")) and not (
            before or self.has("aggregate")
        )

    def _over_time(self, best: Best | None, conditions: Sequence[Condition]) -> Best | None:
        """The best of each round, where it is asked how times or counts changed over the rounds."""
        over = [i for at, i in enumerate(self.items) if i.low in _TIME or (i.roles.get("noun") == "round" and at > 1)]
        named = {c.field for c in conditions}
        timed = (best is None or (best.measure == "minutes" and not best.than)) and "benchmark" in named
        counts = best is None and self.calculation()[0] == "count"
        alone = timed and not (self.has("than") or self.asks("organization"))  # 'how has BERT improved'
        alone = alone and self.source() == "record" and (self.has("predicate", "improvement") or not self._polar())
        spans = any(self.items[p.start - 1].low in _SPANS for p in self.placed if p.condition.field == "round")
        told = "round" in named and not (alone and spans)  # but 'since v1.0'
        changes = self.has("compare", "change") or (over and self.has("predicate", "improvement"))
        if told or not ((timed or counts) and (over or alone) and changes):
            return best
        self.group.append("round")
        return None if counts else best or Best("minutes", "least")

    def _round_by_round(self, aggregate: str, conditions: list[Condition], sides: Compared) -> Parted:
        """The conditions and sides of what is told of each of several rounds, a share at least, with these as one condition."""
        said = [c for c in (*conditions, *(side[-1] for side in sides)) if c.field == "round" and not c.negated]
        rounds = tuple(dict.fromkeys(e for c in said for e in c.values))
        if not (aggregate == "share" or "round" in self.group) or len(rounds) < 2:
            return conditions, sides
        self.group += ["round"] if "round" not in self.group else []
        rest = [c for c in conditions if c not in said] + [Condition("round", rounds)]
        return rest, () if any(side[-1] in said for side in sides) else sides

    def _in_groups(self, aggregate: str, conditions: list[Condition], sides: Compared) -> Parted:
        """The conditions and sides, those that are counted for each of something else as one more field of the groups."""
        compared = [side[0] for side in sides if len(side) == 1]
        if not compared or compared[0].field in self.group or not self.group or aggregate != "count":
            return conditions, sides
        self.group.append(compared[0].field)  # 'closed against open results per round'
        return [*conditions, replace(compared[0], values=tuple(e for c in compared for e in c.values))], ()

    def _one_by_one(self, conditions: Sequence[Condition], measure: str) -> list[str]:
        """What the best of each by a measure is asked for: rounds that are named, not between them, or all benchmarks."""
        spans = any(i.low == "between" for i in self.items) or self.has("quantifier", "both", "common")
        listed = any(c.field == "round" and c.joined == "and" and not c.negated for c in conditions)
        found = ["round"] * (listed and not (spans or self.has("compare") or "round" in self.group))
        won = any("superlative" in a.roles and b.low == "what" for a, b in pairwise(self.items))  # 'who won what'
        each = "benchmark" not in {c.field for c in conditions}
        won = won or (each and any(self.items[at].low == "winners" for at, _ in self.role("superlative")))
        alone = bool(conditions) and {c.field for c in conditions} <= {"round", "division", "availability"}
        won = won or (alone and measure == "minutes" and self.asks("organization"))  # 'who was fastest in v4.0'
        if won:
            self.all_of = ""
            found.append("benchmark")
        return found

    def _changes(self, frame: Frame) -> Frame:
        """Rounds against each other: who joined, who left, the first and the last round, 'the latest'."""
        said = self.turns()
        rounds = [c for c in frame.conditions if c.field == "round"]
        if frame.against not in ("", "round") or (frame.best and frame.best.measure == "gap"):
            return frame
        own = self._own_first() and len(rounds) == 1
        turn = next((v for v in said if v in ("joined", "left", "returned")), "joined" if self._unseen() or own else "")
        if turn and not frame.asked and any(i.low.endswith("suite") for i in self.items):
            frame = replace(frame, asked=("benchmark",))  # 'what was added to the suite'
        if turn == "returned" and rounds and "round" in frame.asked:  # 'absent in v3.0, when did it come back'
            return self._came_back(frame, rounds)
        if told := self._whether_first(frame, turn, rounds):
            return told
        if turn and frame.key in _TURNED:
            return self._turn(frame, turn, rounds)
        since = (self.before(at) for at, v in self.role("change") if v == "joined")
        if not rounds and any(i.low == "since" for i in since):
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
            return replace(frame, latest=True, asked=tuple(a for a in frame.asked if a != "round"))
        if "earlier" in said and len(rounds) == 1:
            return replace(frame, baseline=self._suite(rounds[0].values[0], None, 0)[-1:])
        return frame

    def _whether_first(self, frame: Frame, turn: str, rounds: Sequence[Condition]) -> Frame | None:
        """The frame of whether a round is the first, or the last, with what is named: 'was Acme new in v5.0'; None of another."""
        said = next((v for v in self.turns() if v in ("first", "last")), "")
        of_round = said and any("round" in self.items[at].low for at, _ in self.role("change"))
        named = any(c.field in {*NAMED, "benchmark"} and c.values and not c.negated for c in frame.conditions)
        told = of_round or (turn == "joined" and named)
        if not told or not self._polar() or self.has("negator") or [len(c.values) for c in rounds] != [1] or frame.best:
            return None
        return replace(frame.leaving(rounds), named=tuple(rounds), asked=("round",), change=said or "first")

    def _came_back(self, frame: Frame, rounds: Sequence[Condition]) -> Frame:
        """The first round after those that somebody is said to have missed."""
        named = sorted((e for c in rounds for e in c.values), key=lambda e: e in self.rounds and self.rounds.index(e))
        rest = tuple(c for c in frame.conditions if c.field != "round")
        if not rest:
            raise NotUnderstood("say who or what came back")
        if not (later := self._suite(named[-1], 1, None)):
            raise NotUnderstood(f"no round after {named[-1].label} is loaded")
        taken = (*frame.defaults, f"{' and '.join(e.label for e in named)} as missed")
        conditions = (*rest, Condition("round", later))
        return replace(frame, change="first", asked=("round",), conditions=conditions, defaults=taken)

    def _unseen(self) -> bool:
        """Whether 'not' is about earlier rounds: 'who had never been in an earlier one'."""
        idle = GRAMMAR | {"suite"}
        later = [[i for i in self.items[at + 1 :] if not i.roles.keys() & idle] for at, _ in self.role("negator")]
        return any(items and items[0].roles.get("change") == "earlier" for items in later)

    def _own_first(self) -> bool:
        """Whether somebody's own first result is asked for: 'who had their very first results in v2.0'."""
        said = [at for at, v in self.role("change") if v == "first" and self.after(at)[1].roles.get("noun") != "round"]
        own = ("their", "its", "a")
        return any(self.items[at].low.endswith("very first") or self.items[at - 1].low in own for at in said if at)

    def _in_the_latest(self) -> bool:
        """Whether 'the latest round' says where to look, after a preposition, and is not asked for."""
        said = ((self.before(at), self.items[at : at + 2]) for at, _ in self.role("change"))
        after = (items for before, items in said if "preposition" in before.roles)
        return any(i.low.endswith("round") or i.roles.get("noun") == "round" for items in after for i in items)

    def _turn(self, frame: Frame, turn: str, rounds: list[Condition]) -> Frame:
        """Who or what joined or left between rounds, as two conditions on the round."""
        what = any(i.low in ("what", "what's") for i in self.items)  # 'what is new in v5.1'
        asked = frame.asked if frame.key != "result" else ("benchmark" if what else "organization",)
        here = {e for c in rounds if not c.negated for e in c.values}
        every = [c for c in rounds if c.negated and here & {*c.values}]  # 'never in any Training round before'
        named = [e for c in rounds if c not in every for e in c.values]
        if unknown := [e.label for e in named if e not in self.rounds]:
            raise NotUnderstood(f"{unknown[0]} is not loaded, so nothing can be compared")
        training = [e for e in self.rounds if " Training " in e.label]
        values = sorted(named, key=self.rounds.index) or training[-1:]
        now, before = self._left_after(values) if turn == "left" else ([], [])
        if not before:
            values = self._spans_of(turn, values, asked[0] == "organization")
            now, before = (values[-1:], values[:-1]) if turn == "joined" else (values[:1], values[1:])
        back = turn == "returned"
        present = Condition("round", tuple(values if back else now), joined="and" if back or len(now) > 1 else "or")
        away = () if back else (Condition("round", tuple(before), negated=True),)
        return replace(
            frame, asked=asked, change=turn, best=None,
            conditions=(*(c for c in frame.conditions if c.field != "round"), present, *away),
            defaults=(*frame.defaults, f"compared with {', '.join(e.label for e in before)}"),
        )  # fmt: skip

    def _left_after(self, values: Sequence[Entity]) -> tuple[list[Entity], list[Entity]]:
        """The rounds before a word for leaving and those after it: 'in v1.0 and v2.0, but no longer in v3.0'."""
        at = next((at for at, _ in self.role("change")), -1)
        mine = [p for p in self.placed if p.condition.field == "round"]
        now = [e for p in mine if p.end < at for e in p.condition.values]
        return (now, [e for e in values if e not in now]) if len(now) > 1 else ([], [])

    def _spans_of(self, turn: str, values: list[Entity], who: bool) -> list[Entity]:
        """The rounds that are held against each other, of those that are named. Raises NotUnderstood without two."""
        beside = {self.items[p.start - 1].low for p in self.placed if p.condition.field == "round"}
        later = self.has("change", "later") or any(i.low.startswith("never") for i in self.items)
        if later and turn == "left" and len(values) == 1:
            values += self._suite(values[0], 1, None)
        elif "after" in beside and turn == "left" and "from" not in beside:
            values += self._suite(values[0], 1, 2) if len(values) == 1 else ()  # 'after v3.1, who had left by v5.0'
        elif beside & _SPANS.keys() - {"as of"}:
            raise NotUnderstood(f"say between which two rounds somebody or something {turn}")
        ever = any("first time" in i.low or i.low.startswith(_EVER) for i in self.items)
        every = turn == "joined" and ever
        if every or len(values) == 1:
            ever = every or (turn == "joined" and who)  # 'who was new' had never been there
            values = [*self._suite(values[-1], None, 0)[0 if ever else -1 :], values[-1]]
        if len(values) < 2:
            raise NotUnderstood("no round before that is loaded, so nothing can be compared")
        return values

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
            if not values:
                raise NotUnderstood(f"no round {word} {c.values[0].label} is loaded")
            return replace(c, values=values)
        to = c.joined == "or" and any(i.roles.get("joiner") == "range" or i.low == "since" for i in self.items)
        if len(c.values) == 2 and (to or (word == "between" and not frame.change)):
            low, high = sorted(c.values, key=lambda e: self.rounds.index(e) if e in self.rounds else -1)
            whole = self._suite(low, 0, None)
            values = whole[: whole.index(high) + 1] if high in whole else ()
            return replace(c, values=values or c.values, joined="or")
        return c
