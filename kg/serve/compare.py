"""Two submitters, systems, accelerators or frameworks side by side, within the rounds that may be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from kg.errors import QueryError
from kg.model.statement import Entity
from kg.names.spans import comparable
from kg.query import resolve, run
from kg.serve.view import Item, href
from kg.store import Graph

COMPARED = ("organization", "system", "accelerator", "framework")
"""The classes of which two things can be compared, as the parameters of the query `results` that take one."""

_COLUMNS = ("benchmark", "benchmarkLabel", "divisionLabel", "accelerators", "round", "roundLabel", "minutes", "result")

_Row = dict[str, str | None]
_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """The best results of both on a benchmark, in a division, on as many accelerators.

    Minutes, minutes times accelerators, and by how many percent the other needs more (+) or less (-) time.
    """

    benchmark: str
    division: str
    accelerators: int
    one: Item
    other: Item
    rounds: tuple[str, str]
    percent: Decimal

    @property
    def takes(self) -> str:
        """How the other compares, in words: percents up to ten times, beyond which nobody reads them."""
        if self.percent >= 900:
            return f"{self.percent / 100 + 1:,.0f} times as long"
        return f"{abs(self.percent)} % {'longer' if self.percent > 0 else 'less'}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things and what of theirs may be compared."""

    one: Entity
    other: Entity
    pairs: tuple[Pair, ...]


def compared(graph: Graph, one: str, other: str) -> Comparison:
    """The comparison of two things by their names.

    Raises UnknownName for one that is none, and QueryError for things of which results cannot be compared.
    """
    first = resolve(graph, one)
    second = resolve(graph, other, first.kind)
    parameter = first.kind.lower()
    if parameter not in COMPARED:
        raise QueryError(f"{first.label} is no {', '.join(COMPARED)}; give two of one of these")
    mine, theirs = (_results(graph, parameter, of) for of in (first, second))
    may = cache(partial(comparable, graph))  # many results are of the same few rounds
    pairs = [pair for key in sorted(mine.keys() & theirs.keys()) for pair in _pairs(may, key, mine[key], theirs[key])]
    return Comparison(first, second, tuple(pairs))


def _results(graph: Graph, parameter: str, of: Entity) -> dict[_Key, list[_Row]]:
    """The results of a thing that have minutes, by benchmark, division and number of accelerators."""
    found: dict[_Key, list[_Row]] = defaultdict(list)
    for row in run(graph, "results", {parameter: of}, _COLUMNS):
        if row["minutes"] and row["accelerators"]:
            found[row["benchmarkLabel"] or "", row["divisionLabel"] or "", int(row["accelerators"])].append(row)
    return found


def _pairs(may: Callable[[str, str, str], bool], key: _Key, mine: list[_Row], theirs: list[_Row]) -> list[Pair]:
    """The best of both in each span of rounds that may be compared."""

    def together(a: _Row, b: _Row) -> bool:
        return may(str(a["benchmark"]), str(a["round"]), str(b["round"]))

    made = []
    while mine:
        best = min(mine, key=_minutes)
        against = [row for row in theirs if together(best, row)]
        if against:
            rival = min(against, key=_minutes)
            percent = (_minutes(rival) / _minutes(best) - 1) * 100
            rounds = (str(best["roundLabel"]), str(rival["roundLabel"]))
            made.append(Pair(*key, _item(best), _item(rival), rounds, percent.quantize(Decimal("0.1"))))
        mine = [row for row in mine if not together(best, row)]
    return made


def _minutes(row: _Row) -> Decimal:
    return Decimal(str(row["minutes"]))


def _item(row: _Row) -> Item:
    return Item(f"{_minutes(row):.3f}", href(str(row["result"])))
