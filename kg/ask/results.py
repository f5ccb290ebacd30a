"""Official results as answers show them: from the rows of a query, in words and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyoxigraph as ox

from kg.ask.frame import Frame
from kg.namespaces import XSD
from kg.query import Table

Value = Decimal | tuple[tuple[str, str], ...]
TITLES = {
    "acceleratorCount": "accelerators",
    "nodeCount": "nodes",
    "runCount": "runs",
    "processorCount": "processors",
}
"""What a property that counts is called in a heading."""
_PLURALS = {"benchmark": "benchmarks", "availability": "availability categories", "category": "categories"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One official result: its fields as numbers, or as things with IRI and label (several for joint submitters).

    `files` are its system file, log folder and record, `sides` the places of the compared things that it is of.
    """

    iri: str
    values: dict[str, Value]
    files: tuple[str, str, str]
    sides: frozenset[int] = frozenset()

    def number(self, name: str) -> Decimal | None:
        """A field as a number; None where the result has none."""
        value = self.values.get(name)
        return value if isinstance(value, Decimal) else None

    def things(self, name: str) -> tuple[tuple[str, str], ...]:
        """A field as things, each an IRI and a label."""
        if name == "result":
            return ((self.iri, self.iri),)
        value = self.values.get(name, ())
        return ((f"{value:f}", shown(value)),) if isinstance(value, Decimal) else value

    def text(self, name: str) -> str:
        """A field in words: '' where the result has none."""
        value = self.values.get(name, ())
        return shown(value) if isinstance(value, Decimal) else ", ".join(dict.fromkeys(label for _, label in value))


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


def hits(columns: Sequence[str], rows: Iterable[Sequence[Any]], fields: Sequence[str]) -> list[Hit]:
    """The rows of a query as results, those of one joint result as one."""
    place = {name: at for at, name in enumerate(columns)}
    found: dict[str, dict[str, Any]] = {}
    files: dict[str, tuple[str, str, str]] = {}
    sides: dict[str, set[int]] = {}
    for row in rows:
        iri = row[place["result"]].value
        values = found.setdefault(iri, {})
        files[iri] = (
            row[place["systemFile"]].value,
            row[place["logFolder"]].value,
            row[place["record"]].value,
        )
        if "side" in place and row[place["side"]] is not None:
            sides.setdefault(iri, set()).add(int(row[place["side"]].value))
        for name in fields:
            term = row[place[name]]
            if isinstance(term, ox.Literal):
                values[name] = Decimal(term.value)
            elif term is not None:
                label = row[place[f"{name}Label"]]
                things = values.setdefault(name, {})
                things[term.value] = label.value if label else term.value.rpartition("/")[2]
    return [
        Hit(
            iri,
            {
                n: v if isinstance(v, Decimal) else tuple(sorted(v.items(), key=lambda t: t[1]))
                for n, v in values.items()
            },
            files[iri],
            frozenset(sides.get(iri, ())),
        )
        for iri, values in found.items()
    ]


def shown(value: Decimal) -> str:
    """A number for people: three decimals at most, two significant below one.

    >>> shown(Decimal("0.18345")), shown(Decimal("16.70")), shown(Decimal("4216"))
    ('0.183', '16.7', '4216')
    """
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    return f"{value.quantize(Decimal('0.001'), ROUND_HALF_UP).normalize():f}"


def table_of(frame: Frame, found: Sequence[Hit]) -> Table:
    """A table of results: who, what, how long, on what, and what tells them apart."""
    always = [
        "organization",
        "benchmark",
        "minutes",
        "acceleratorCount",
        "accelerator",
        "system",
        "division",
        "round",
    ]
    names = [n for n in dict.fromkeys([*frame.asked, *frame.group]) if n not in ("result", *always)]
    columns = [n for n in [*always, *names] if any(n in h.values for h in found)]
    rows = [tuple(_cell(h, n) for n in columns) for h in found]
    return Table(tuple(_heading(n) for n in columns), tuple(rows))


def _cell(hit: Hit, name: str) -> Any:
    value = hit.values.get(name)
    if isinstance(value, Decimal):
        return decimal(value)
    return ox.Literal(hit.text(name)) if value else None


def _heading(name: str) -> str:
    return TITLES.get(name, name)


def decimal(value: Decimal) -> ox.Literal:
    """A number as a literal, as it is shown."""
    kind = "integer" if value == value.to_integral_value() else "decimal"
    return ox.Literal(shown(value), datatype=ox.NamedNode(XSD + kind))


def told(hit: Hit, measure: str) -> str:
    """A result in words: 'NVIDIA, 0.21 minutes, 4096 NVIDIA A100 (system, BERT, MLPerf Training v2.0)'."""
    number = hit.number(measure)
    said = [hit.text("organization")]
    if number is not None:
        said.append(unit(number, measure))
    if measure != "minutes" and hit.number("minutes") is not None:
        said.append(unit(hit.number("minutes") or Decimal(0), "minutes"))
    if measure != "acceleratorCount" and hit.text("acceleratorCount"):
        said.append(
            f"{hit.text('acceleratorCount')} × {hit.text('accelerator')}"
            if hit.text("accelerator")
            else f"{hit.text('acceleratorCount')} accelerators"
        )
    elif hit.text("accelerator"):
        said.append(hit.text("accelerator"))
    aside = [t for t in (hit.text("system").partition(" of ")[0], hit.text("benchmark"), hit.text("round")) if t]
    return f"{', '.join(said)} ({', '.join(aside)})"


def unit(value: Decimal, measure: str) -> str:
    """A number with its unit: '0.21 minutes', '4096 accelerators'."""
    return f"{shown(value)} {TITLES.get(measure, measure)}"


def plural(name: str, number: int) -> str:
    """A field as a word for so many."""
    name = TITLES.get(name, name)
    if name.endswith("s"):
        return name
    return name if number == 1 else _PLURALS.get(name, name[:-1] + "ies" if name.endswith("y") else name + "s")
