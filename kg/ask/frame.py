"""What a question asks, decided before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from operator import eq, ge, gt, le, lt
from typing import Any, Literal

from kg.ask.items import Amount
from kg.model.entity import Entity
from kg.namespaces import ID

Source = Literal["record", "statements", "claims", "vocabulary"]
FIELDS = {
    "Organization": "organization", "Round": "round", "Benchmark": "benchmark", "Division": "division",
    "AvailabilityCategory": "availability", "Accelerator": "accelerator", "Processor": "processor",
    "Framework": "framework", "Software": "software", "System": "system",
}  # fmt: skip
"""The field of a result, or of a fact, that holds a thing of a class."""
DEFAULTS = {"closed": "closed division", "latest": "the latest round"}
"""What is taken where a question does not say, by the part of the frame."""
COMPARES: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}
"""How two numbers compare, by the sign."""
CALCULATED = ("mean", "median", "sum", "range")
"""Aggregates that need a number."""
SIGNS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "=": "exactly", "~": "about"}


_MANY = 4
"""More systems than so many are not told one by one."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field has to be: one of some things, all of them ('and'), only them, or a number that compares.

    `values` are entities, for an accelerator or processor also those who make it; none of them means that
    the field has to be absent. `more` are other numbers that it may be too. A negated condition must not hold, of
    any result of what is asked for, or where it is `single` of one alone ('on chips other than NVIDIA's').
    """

    field: str
    values: tuple[Entity, ...] = ()
    number: Decimal | None = None
    sign: str = "="
    negated: bool = False
    joined: Literal["or", "and"] = "or"
    only: bool = False
    single: bool = False
    more: tuple[Decimal, ...] = ()

    @property
    def label(self) -> str:
        """It in words: 'accelerator NVIDIA A100', 'not benchmark Minigo', 'minutes below 20'."""
        not_ = "not " if self.negated else "only " if self.only else ""
        if self.number is not None:
            numbers = " or ".join(f"{n.normalize():f}" for n in (self.number, *self.more))
            return f"{not_}{self.field} {SIGNS[self.sign]} {numbers}"
        if self.field == JOINT:
            return f"{not_}{JOINT}"
        if not self.values:
            return f"{not_}no {self.field}"
        return f"{not_}{self.field} {self.listed(f' {self.joined} ')}"

    def listed(self, joint: str) -> str:
        """Its things; of the many systems as filed that one word names the first, and how many more."""
        labels = list(dict.fromkeys(e.label for e in self.values))
        many = self.field == "system" and len(labels) > _MANY
        return f"{labels[0]}{joint}{len(labels) - 1} more of that name" if many else joint.join(labels)


JOINT = "joint submission"
"""The field of a condition that several organizations filed a result together."""
CLOSED = Condition("division", (Entity(f"{ID}division/closed", "Closed", "Division"),))


@dataclass(slots=True)
class Placed:
    """A condition with the places of its items, and how it hangs on the one before of the same field."""

    condition: Condition
    start: int
    end: int
    link: str = ""


ALL = 1000
"""So many places has a list in its order."""


@dataclass(frozen=True, slots=True)
class Best:
    """The least or greatest of a measure: from the `rank`-th on, `count` of them.

    `measure` is a field with numbers, 'count' of what the frame counts, 'improvement' between two rounds, 'wins': who is
    at the end of each benchmark's minutes, or 'gap': how far the `rank`-th is from the first. Where `than` has
    conditions, it is not a place in an order but a threshold: what is better than the best result with those conditions.
    With a `margin`, a percentage or minutes, all that are no farther from the best.
    """

    measure: str
    end: Literal["least", "greatest"]
    rank: int = 1
    count: int = 1
    than: tuple[Condition, ...] = ()
    margin: Amount | None = None

    def far(self, edge: Decimal) -> Decimal:
        """How far from the best, which is the edge, the margin reaches."""
        assert self.margin is not None
        return edge * self.margin.value / 100 if self.margin.unit == "%" else self.margin.value


@dataclass(frozen=True, slots=True)
class Having:
    """How many of something each of the things asked for has: 'at least 20 results', 'more than 5 benchmarks'."""

    counted: str
    number: Decimal
    sign: str

    @property
    def label(self) -> str:
        """It in words: 'result at least 20'."""
        return f"number of {self.counted}s {SIGNS[self.sign]} {self.number.normalize():f}"

    def holds(self, number: int) -> bool:
        """Whether a number is as it says."""
        return COMPARES[self.sign](number, self.number)


@dataclass(frozen=True, slots=True)
class Frame:
    """A question: where the answer comes from, what is asked for, under which conditions, and what is done with it.

    `asked` are fields, the first the one that sets are about; `all_of` a field of which all values are wanted;
    `aggregate` 'count', 'mean', 'median', 'sum', 'range' or 'share' of `counted`, which of a best is what is told by its time;
    `group` the fields to answer for each;
    `sides` the conditions that each thing that is compared has alone, the last of them what it is;
    `change` 'joined', 'left', 'returned', 'first' or 'last';
    `named` what is asked to be the best, or of the best, in a question for yes or no; `denied` whether yes means that
    there is none, `claimed` which of the two numbers that are compared the first is said to be; `each` conditions of
    which a result has to meet each;
    `part` the conditions of the share that is wanted of all results with `conditions`; `having` how many each has to
    have; `unit` is 'seconds' or 'hours' where times are wanted so; `latest` whether the latest round that fits is
    meant; `inference` whether results of MLPerf Inference are;
    `predicates` those of facts; `verdict` that of a claim;
    `words` what the words of statements have to hold. `defaults` says what was taken without being said.
    """

    source: Source = "record"
    asked: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    all_of: str = ""
    best: Best | None = None
    aggregate: str = ""
    counted: str = ""
    group: tuple[str, ...] = ()
    sides: tuple[tuple[Condition, ...], ...] = ()
    named: tuple[Condition, ...] = ()
    part: tuple[Condition, ...] = ()
    unit: str = ""
    having: Having | None = None
    change: str = ""
    baseline: tuple[Entity, ...] = ()
    latest: bool = False
    inference: bool = False
    closed: bool = False
    polar: bool = False
    denied: bool = False
    claimed: Literal["", "least", "greatest"] = ""
    each: tuple[Condition, ...] = ()
    predicates: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    verdict: str = ""
    defaults: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()

    def every(self) -> Iterator[Condition]:
        """The conditions of all, of the part, of the sides and of what has to be beaten."""
        than = self.best.than if self.best else ()
        yield from (*self.conditions, *self.named, *self.each, *self.part, *chain(*self.sides), *than)

    @property
    def compared(self) -> list[Condition]:
        """What the things are that are compared, without what else belongs to one alone."""
        return [side[-1] for side in self.sides]

    @property
    def against(self) -> str:
        """The field of the first thing that is compared; '' where nothing is."""
        return self.sides[0][-1].field if self.sides else ""

    def asking(self, other: Frame) -> Frame | None:
        """It, with what another frame asks for in place of its own; None where that one has more than what it asks."""
        counts = other.aggregate == "count"
        bare = Frame(asked=other.asked, aggregate="count" if counts else "", counted=other.counted if counts else "")
        ranked = self.best is not None and (counts or self.best.measure == "count")
        if replace(other, defaults=(), slips=()) != bare or not other.asked or ranked or self.sides or self.change:
            return None
        counted = counts or self.aggregate == "count"
        aggregate = (bare.aggregate, bare.counted) if counted else (self.aggregate, self.counted)
        return replace(self, asked=other.asked, polar=False, aggregate=aggregate[0], counted=aggregate[1])

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Its parts that can be left out, each by its name with its words: conditions by their numbers, from 0."""
        taken = [(name, label) for name, label in DEFAULTS.items() if getattr(self, name)]
        return [(str(n), c.label) for n, c in enumerate(self.conditions)] + taken

    def without(self, parts: Collection[str]) -> Frame:
        """It without some of the parts that can be left out."""
        gone = [name for name in DEFAULTS if name in parts]
        return replace(
            self,
            conditions=tuple(c for n, c in enumerate(self.conditions) if str(n) not in parts),
            defaults=tuple(d for d in self.defaults if not any(d.startswith(DEFAULTS[name]) for name in gone)),
            **dict.fromkeys(gone, False),  # type: ignore[arg-type]
        )

    def leaving(self, gone: Collection[Condition]) -> Frame:
        """It without some of its conditions."""
        return replace(self, conditions=tuple(c for c in self.conditions if c not in gone))

    @property
    def key(self) -> str:
        """What sets are about: the first thing asked for, a result where that is a number."""
        return self.asked[0] if self.asked and self.asked[0] in {*FIELDS.values(), "result"} else "result"


_SOURCES = {
    "record": "the official record", "statements": "statements", "claims": "claims beside the record",
    "vocabulary": "the vocabulary",
}  # fmt: skip


def sentence(frame: Frame) -> str:
    """How a question was read, in one sentence, with what was taken without being said."""
    said = [
        f"{frame.aggregate} of {frame.counted or 'results'}"
        if frame.aggregate
        else ", ".join(frame.asked) or "results",
        f"in {frame.unit}" if frame.unit else "",
        _ranked(frame.best, frame.counted or "benchmark") if frame.best else "",
        f"whether {', '.join(c.label for c in frame.named)}" if frame.named else "",
        "whether there is none" if frame.denied else "",
        f"whether each of {' and '.join(c.label for c in frame.each)}" if frame.each else "",
        ", ".join(c.label for c in frame.part),
        frame.having.label if frame.having else "",
        f"with every {frame.all_of}" if frame.all_of else "",
        f"for each {', '.join(frame.group)}" if frame.group else "",
        *(c.label for c in frame.conditions),
        " against ".join(", ".join(c.label for c in side) for side in frame.sides),
        f"saying {', '.join(frame.words)}" if frame.words else "",
        frame.change,
        f"verdict {frame.verdict}" if frame.verdict else "",
    ]
    taken = f" (taken: {'; '.join(frame.defaults)})" if frame.defaults else ""
    slips = ", ".join(f"“{wrong}” as {right}" for wrong, right in frame.slips)
    return f"{_SOURCES[frame.source]}: {'; '.join(filter(None, said))}{taken}{f'; reading {slips}' if slips else ''}."


def _ranked(b: Best, each: str) -> str:
    if b.measure == "place":
        return "place by least minutes"
    if b.measure == "gap":
        return f"from number 1 to number {b.rank} by {b.end} minutes"
    if b.measure == "wins":
        return f"{b.end} minutes of each {each}"
    place = f"number {b.rank} by " if b.rank > 1 else f"{b.count} by " if b.count > 1 else ""
    place = "in order by " if b.count == ALL else place
    place = f"within {b.margin.value.normalize():f} {b.margin.unit} of " if b.margin else place
    beyond = f" beyond the best with {', '.join(c.label for c in b.than)}" if b.than else ""
    return f"{place}{b.end} {b.measure}{beyond}"
