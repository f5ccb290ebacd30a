"""Reading a question as a canned query with its parameters filled: every word of it has to be accounted for.

A reading costs the more, the less the question and the pattern say the same; one that leaves a name, a
number or a word of the question without a place is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from kg.ask.amounts import place_amounts
from kg.ask.numbers import Amount
from kg.ask.pattern import Pattern, columns_of
from kg.ask.places import Placing, Value, placings
from kg.ask.question import Question, Word
from kg.ask.rows import best_rows, chosen_values, counted_things
from kg.ask.wording import match_words
from kg.ask.words import Superlative, Words
from kg.query import Parameter

_ASKING = {"who", "whom", "whose"}
DEAREST = Decimal("1.3")
"""A reading that costs more is none."""

_POLAR = Decimal("0.25")  # one of the two is a yes-or-no question
_ORDER = Decimal("0.04")  # two parts stand in another order
_WORK = Decimal("0.1")  # rows are filtered, counted or compared, of which the pattern does not speak


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as a query: its pattern, the values of parameters, and what is done with its rows.

    `filters` keep rows by a number in a column; `best` the least or greatest; `counted` is a column whose
    things are counted.
    """

    pattern: Pattern
    values: tuple[tuple[Parameter, Value], ...]
    filters: tuple[tuple[str, Amount], ...]
    best: Superlative | None
    counted: str
    cost: Decimal

    @property
    def name(self) -> str:
        """The name of the query."""
        return self.pattern.query.name


def readings(ways: Iterable[Question], patterns: Iterable[Pattern], words: Words) -> list[Reading]:
    """The readings of a question, the cheapest first, one for each query and its values."""
    found: dict[tuple[object, ...], Reading] = {}
    for question, pattern in product(ways, patterns):
        told = [w for w in question.words if w.concept != "what"]
        if not (question.names or question.amounts) and (not told or (len(told) == 1 and told[0].text.lower() in _ASKING)):
            continue  # 'who' alone asks nothing
        for reading in _read(question, pattern, words):
            key = (reading.name, reading.values, reading.filters, reading.best, reading.counted)
            if reading.cost <= DEAREST and (key not in found or reading.cost < found[key].cost):
                found[key] = reading
    return sorted(found.values(), key=lambda r: (r.cost, len(r.values), r.name))


def _read(question: Question, pattern: Pattern, words: Words) -> Iterator[Reading]:
    matched = match_words(question, pattern, words)
    if matched is None:
        return
    cost, rest, heard = matched.cost, matched.rest, matched.heard
    columns = columns_of(pattern.query)
    best, rest = best_rows(question, pattern, rest, words)
    counted, rest = counted_things(question, rest, columns, words)
    chosen, rest = chosen_values(pattern, heard, rest, words)
    placed = None if rest else place_amounts(question.amounts, pattern, columns, words)
    if placed is None:
        return
    numbers, filters = placed
    if question.polar != pattern.polar:
        cost += _POLAR
    cost += _WORK * (bool(counted) + bool(filters))
    cost += _WORK * (best is not None and not any(c in words.superlatives for c in pattern.words))
    literals = [(p, Value(literal=text)) for p, text in (*chosen, *numbers)]
    for placing in placings(question, pattern):
        values = tuple(sorted([*placing.values, *literals], key=lambda v: v[0].name))
        whole = cost + placing.cost + _ORDER * _swapped(pattern, heard, placing)
        yield Reading(pattern, values, tuple(filters), best, counted, whole)


def _swapped(pattern: Pattern, heard: Sequence[Word | None], placing: Placing) -> int:
    """How many neighbouring parts of a pattern stand the other way round in the question."""
    parts = [heard[i] if part == "word" else placing.filled[i] for part, i in pattern.order]
    return sum(after.at < before.at for before, after in pairwise(p for p in parts if p is not None))
