"""Official results as answers show them: from the rows of a query, in words and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median
from typing import Any

import pyoxigraph as ox

from kg.ask.frame import Condition, Frame, sentence
from kg.ask.known import Known
from kg.namespaces import XSD
from kg.query import Table

Thing = tuple[str, str]
"""A thing: its IRI and label."""
TITLES = {
    "acceleratorCount": "accelerators", "nodeCount": "nodes", "runCount": "runs", "processorCount": "processors",
    "acceleratorMinutes": "accelerator-minutes",
}  # fmt: skip
"""What a property that counts is called in a heading."""
A_MINUTE = {"seconds": Decimal(60), "hours": 1 / Decimal(60)}
"""A minute in other units of time."""
FUNCTIONS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "mean": lambda numbers: Decimal(mean(numbers)), "median": lambda numbers: Decimal(median(numbers)),
    "sum": lambda numbers: sum(numbers, Decimal(0)), "range": lambda numbers: max(numbers) - min(numbers),
}  # fmt: skip
"""What is calculated of numbers, by the aggregate of a frame."""
NOTHING = Table((), ())
"""A table of an answer that has none."""
_PLURALS = {"availability": "availability categories"}
_ALWAYS = (
    "organization", "benchmark", "scenario", "performance", "performanceUnit", "minutes", "acceleratorCount",
    "accelerator", "system", "division", "round",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One official result: its fields as numbers, or as things with IRI and label (several for joint submitters).

    `files` are its system file, log folder and record, `sides` the places of the compared things that it is of.
    """

    iri: str
    values: Mapping[str, Decimal | Mapping[str, str]]
    files: tuple[str, str, str]
    sides: frozenset[int] = frozenset()

    def number(self, name: str) -> Decimal | None:
        """A field as a number; None where the result has none. Accelerator-minutes, seconds and hours are calculated."""
        if name in A_MINUTE:
            minutes = self.number("minutes")
            return None if minutes is None else minutes * A_MINUTE[name]
        if name == "acceleratorMinutes":
            numbers = self.number("minutes"), self.number("acceleratorCount")
            return numbers[0] * numbers[1] if numbers[0] and numbers[1] else None
        value = self.values.get(name)
        return value if isinstance(value, Decimal) else None

    def things(self, name: str) -> Sequence[Thing]:
        """A field as things."""
        if name == "result":
            return [(self.iri, self.iri)]
        value = self.values.get(name, {})
        if isinstance(value, Decimal):
            return [(f"{value:f}", shown(value))]
        return sorted(value.items(), key=lambda thing: thing[1]) if len(value) > 1 else [*value.items()]

    def text(self, name: str) -> str:
        """A field in words: '' where the result has none."""
        return ", ".join(dict.fromkeys(label for _, label in self.things(name)))


@dataclass(slots=True)
class Outcome:
    """An answer before it is told: `lines` for people, the table, and the results that it was taken over.

    `listed` says that the table tells more than the lines, `lacking` that a thing that is compared has no result, `no`
    that what a question for yes or no asks is not so.
    """

    lines: list[str]
    table: Table
    hits: list[Hit] = field(default_factory=list)
    listed: bool = False
    lacking: bool = False
    no: bool = False


def hits(
    rows: Iterable[Mapping[str, Any]], fields: Mapping[str, str], files: tuple[str, str], known: Known
) -> list[Hit]:
    """The rows of a query as results, with their fields by the paths to them, and the paths to their files.

    What a row has beside a result is what the question is about: of a joint result some of its submitters.
    """
    own: dict[str, dict[str, dict[str, str]]] = {}
    sides: dict[str, set[int]] = {}
    for row in rows:
        iri = row["result"].value
        of, mine = sides.setdefault(iri, set()), own.setdefault(iri, {})
        for name, term in row.items():
            if name == "side":
                of.add(int(term.value))
            elif name != "result":
                mine.setdefault(name, {})[term.value] = known.label(term.value)
    known.gather(sides)
    found = []
    for iri, of in sides.items():
        values = {name: value for name, path in fields.items() if (value := known.field(iri, path)) is not None}
        found.append(Hit(iri, {**values, **own[iri]}, known.evidence(iri, files), frozenset(of)))
    return found


def grouped(found: Sequence[Hit], fields: Sequence[str]) -> list[tuple[tuple[Thing, ...], list[Hit]]]:
    """The results by the values of some fields; a joint result is one of each of its submitters."""
    groups: dict[tuple[Thing, ...], list[Hit]] = {}
    for hit in found:
        keys: list[tuple[Thing, ...]] = [()]
        for name in fields:
            keys = [(*key, thing) for key in keys for thing in hit.things(name)]
        for key in keys:
            groups.setdefault(key, []).append(hit)
    return sorted(groups.items(), key=lambda g: [(len(label) * label[:1].isdigit(), label) for _, label in g[0]])


def ordered(found: Iterable[Hit], measure: str, end: str = "least") -> list[Hit]:
    """The results that have a measure, from one end of it."""
    with_it = [(number if end == "least" else -number, h) for h in found if (number := h.number(measure)) is not None]
    return [h for _, h in sorted(with_it, key=lambda pair: (pair[0], pair[1].text("organization"), pair[1].iri))]


def once_each(ranked: Iterable[Hit]) -> list[Hit]:
    """The first result of each submitter, of results in an order."""
    first: dict[str, Hit] = {}
    for hit in ranked:
        first.setdefault(hit.text("organization"), hit)
    return [*first.values()]


def of_sides(found: Sequence[Hit], sides: int) -> list[Hit]:
    """The best time of each of so many things that are compared, of those that have one."""
    return [h for at in range(sides) for h in ordered([h for h in found if at in h.sides], "minutes")[:1]]


def labels(found: Sequence[Hit], name: str) -> list[str]:
    """The labels of a field in some results, each once, in their order."""
    return sorted({label for h in found for _, label in h.things(name)})


def shown(value: Decimal) -> str:
    """A number for people: three decimals at most.

    >>> shown(Decimal("0.18345")), shown(Decimal("16.70")), shown(Decimal("4216"))
    ('0.183', '16.7', '4216')
    """
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    return f"{value.quantize(Decimal('0.001'), ROUND_HALF_UP).normalize():f}"


def literal(value: Decimal | int | str) -> ox.Literal:
    """A text, or a number as it is shown, as a literal."""
    if isinstance(value, str):
        return ox.Literal(value)
    kind = "integer" if value == int(value) else "decimal"
    return ox.Literal(shown(Decimal(value)), datatype=ox.NamedNode(XSD + kind))


def cells(key: Iterable[Thing]) -> tuple[Any, ...]:
    """Things as cells of a table, each with its label; what has no IRI as a literal."""
    return tuple(
        cell
        for iri, label in key
        for cell in (ox.NamedNode(iri) if iri.startswith("http") else ox.Literal(iri), ox.Literal(label))
    )


def columns(fields: Iterable[str]) -> tuple[str, ...]:
    """The columns of the cells of things."""
    return tuple(column for name in fields for column in (name, f"{name}Label"))


def number_of(found: Sequence[Hit], counted: str) -> int:
    """How many there are of something in results, each once."""
    return len({iri for h in found for iri, _ in h.things(counted or "result")})


def in_unit(frame: Frame, measure: str) -> str:
    """A measure, a time in the unit that a frame wants it in."""
    return frame.unit or measure if measure == "minutes" else measure


def table_of(frame: Frame, found: Sequence[Hit]) -> Table:
    """A table of results: who, what, how long, on what, and what tells them apart."""
    names = dict.fromkeys([*_ALWAYS, *(f for f in (*frame.asked, *frame.group, frame.unit) if f != "result")])
    values = [[h.text(n) if (number := h.number(n)) is None else number for n in names] for h in found]
    here = [n for n, column in enumerate(zip(*values, strict=True)) if any(v != "" for v in column)]
    rows = [tuple(None if row[n] == "" else literal(row[n]) for n in here) for row in values]
    return Table(tuple(TITLES.get(name, name) for n, name in enumerate(names) if n in here), tuple(rows))


def told(hit: Hit, measure: str) -> str:
    """A result in words: 'NVIDIA, 0.21 minutes, 4096 NVIDIA A100 (system, BERT, MLPerf Training v2.0)'."""
    said = [hit.text("organization")]
    measures = dict.fromkeys([measure, "minutes", "performance"])
    said += [unit(n, name, hit) for name in measures if (n := hit.number(name)) is not None]
    count, chip = hit.text("acceleratorCount"), hit.text("accelerator")
    if measure == "acceleratorCount":
        said += [chip] if chip else []
    elif count:
        said.append(f"{count} × {chip}" if chip else f"{count} accelerators")
    aside = [t for t in (hit.text("system").partition(" of ")[0], hit.text("benchmark"), hit.text("round")) if t]
    return f"{', '.join(said)} ({', '.join(aside)})"


def ratio(a: Decimal, b: Decimal, title: str) -> str:
    """Two numbers in words: how many times one is the other, and how far apart they are."""
    high, low, far = max(a, b), min(a, b), abs(a - b)
    apart = f"a difference of {shown(far)} ({shown(far / high * 100)} % less, {shown(far / low * 100)} % more)"
    return f"{shown(high / low)} times: {shown(high)} against {shown(low)} {title}, {apart}."


def unit(value: Decimal, measure: str, hit: Hit | None = None) -> str:
    """A number with its unit: '0.21 minutes', '4096 accelerators', '5021 Tokens/s'."""
    title = hit.text("performanceUnit") if hit and measure == "performance" else TITLES.get(measure, measure)
    return f"{shown(value)} {title}"


def compared(frame: Frame) -> list[str]:
    """The names of the things that a frame compares, each with what only it has."""

    def name(c: Condition) -> str:
        number = unit(c.number, c.field) if c.number is not None and c.sign == "=" else ""
        return number or (c.listed(", ") if c.values else c.label)

    return [", ".join(map(name, side)) for side in frame.sides]


def plural(name: str, number: int = 2) -> str:
    """A field as a word for so many."""
    return name if number == 1 else _PLURALS.get(name, name + "s")


def several(number: int, name: str) -> str:
    """So many of something: '1 result', '12 organizations'."""
    return f"{number} {plural(name, number)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, the words first: `lines`, and `table` where `listed` says that it is more than they say.

    `sentence` tells how the question was read, `sparql` is the query, `evidence` what the answer rests on: files of
    the record, or words of statements. `also` says what statements say where the record answers, the answer to a
    second question, or that it is left open. An answer that is `empty` says in `lines` which condition left nothing.
    `behind` are the results of things that `lines` list, where they are few. `yes` tells what `lines` say first of a
    question for yes or no; None of others.
    """

    frame: Frame
    lines: tuple[str, ...]
    table: Table
    listed: bool = False
    evidence: Table = NOTHING
    sparql: str = ""
    also: str = ""
    empty: bool = False
    chips: tuple[tuple[str, str], ...] = ()
    behind: Table = NOTHING
    yes: bool | None = None

    @property
    def shown(self) -> Table:
        """The rows to show beneath the words: the table, or the few results behind things that the words list."""
        return self.table if self.listed else self.behind

    @property
    def sentence(self) -> str:
        """How the question was read."""
        return sentence(self.frame)
