"""Reading a question as a canned query with its parameters filled: every word of it has to be accounted for.

A reading costs the more, the less the question and the pattern say the same; one that leaves a name, a
number or a word of the question without a place is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, permutations, product

from kg.ask.numbers import Amount
from kg.ask.pattern import Pattern, Slot, bound_of, choices_of, columns_of, numeric
from kg.ask.question import Name, Question, Word
from kg.ask.words import Superlative, Words
from kg.model import Entity
from kg.query import ANY, Parameter

DEAREST = Decimal("1.3")
"""A reading that costs more is none."""

_LIGHT = Decimal("0.1")  # a verb such as 'use' stands in one of the two only, or differs
_NOUN = Decimal("0.45")  # the pattern's noun is not in the question: 'PyTorch BERT'
_EMPTY = Decimal("0.6")  # a place in the pattern is left empty
_ADDED = Decimal("0.25")  # a value goes to a parameter that the pattern does not name
_ROUND = Decimal("0.02")  # the same, for a round
_ANYTHING = Decimal("0.3")  # a value goes to a parameter that takes anything
_POLAR = Decimal("0.25")  # one of the two is a yes-or-no question
_ORDER = Decimal("0.05")  # places are taken in another order, or after another word
_NOUNS = {
    "organization", "system", "accelerator", "processor", "framework", "software", "benchmark", "round",
    "division", "category",
}  # fmt: skip
_PREPOSITIONS = {"about", "of", "by", "with", "from", "as", "on", "for"}


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is given: names with what each can stand for, or one number or word.

    `every` says what all the entities of a name are, where they are meant ('NVIDIA GPUs').
    `each` tells that the answer has to hold for each of several ('PyTorch and TensorFlow'), not for any.
    """

    texts: tuple[str, ...] = ()
    entities: tuple[tuple[Entity, ...], ...] = ()
    literal: str = ""
    every: str = ""
    each: bool = False


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


def readings(ways: Iterable[Question], all_patterns: Iterable[Pattern], words: Words) -> list[Reading]:
    """The readings of a question, the cheapest first, one for each query and its values."""
    found: dict[tuple[object, ...], Reading] = {}
    for question, pattern in product(ways, all_patterns):
        if not (question.words or question.names):
            continue
        for reading in _read(question, pattern, words):
            key = (reading.name, reading.values, reading.filters, reading.best, reading.counted)
            if reading.cost <= DEAREST and (key not in found or reading.cost < found[key].cost):
                found[key] = reading
    return sorted(found.values(), key=lambda r: (r.cost, len(r.values), r.name))


def _read(question: Question, pattern: Pattern, words: Words) -> Iterator[Reading]:
    matched = _match(question, pattern, words)
    if matched is None:
        return
    cost, rest, heard = matched
    best, counted, rest = _row_work(question, pattern, rest, words)
    chosen, rest = _choices(pattern, heard, rest, words)
    if rest:
        return
    columns = columns_of(pattern.query)
    numbers = _numbers(question.amounts, pattern, columns, words)
    if numbers is None:
        return
    cost += question.polar != pattern.polar and _POLAR
    if counted:
        cost += _LIGHT
    literals, filters = numbers
    for more, names in _places(question, pattern):
        values = tuple(sorted([*names, *chosen, *literals], key=lambda v: v[0].name))
        yield Reading(pattern, values, filters, best, counted, cost + more)


def _match(
    question: Question, pattern: Pattern, words: Words
) -> tuple[Decimal, list[Word], list[Word]] | None:
    """What it costs to see the pattern's words in the question; the words left; the words in both."""
    cost = Decimal(0)
    rest = list(question.words)
    heard: list[Word] = []
    light: list[str] = []
    for concept in pattern.words:
        same = [w for w in rest if w.concept == concept]
        if same:
            same.sort(key=lambda w: w.beside)
            rest.remove(same[0])
            heard.append(same[0])
        elif concept in words.light:
            light.append(concept)
        elif concept == "organization" and (instead := [w for w in rest if w.concept == "submission"]):
            rest.remove(instead[0])  # 'submissions with PyTorch' are those of whom
            cost += _LIGHT
        elif concept in _NOUNS and (question.names or question.amounts or heard):
            cost += _NOUN
        else:
            return None
    loose = [w for w in rest if w.concept in words.loose]
    cost += _LIGHT * max(len(light), len(loose))
    said = {w.concept for w in heard}
    rest = [w for w in rest if w.concept not in words.loose and not w.beside and w.concept not in said]
    return cost, rest, heard


def _row_work(
    question: Question, pattern: Pattern, rest: list[Word], words: Words
) -> tuple[Superlative | None, str, list[Word]]:
    """What superlatives and 'how many' do with the rows; and the words that are still left."""
    columns = columns_of(pattern.query)
    best = next(
        (
            how
            for w in question.words
            if (how := words.superlatives.get(w.concept)) is not None and how.column in columns
        ),
        None,
    )
    if best is not None:
        plural = any(
            w.concept in words.superlatives and w.concept in pattern.words and after.text.endswith("s")
            for w, after in pairwise(question.words)
        )
        rest = [w for w in rest if w.concept not in words.superlatives]
        if best.among not in columns:
            best = replace(best, among="")
        order = pattern.query.text.rpartition("ORDER BY")[2]
        ordered = f"DESC(?{best.column})" in order if best.best == "MAX" else f" ?{best.column}" in order
        if plural and ordered and best.listed:  # 'the largest systems' are the rows as they are ordered
            best = None
    counted = ""
    if any(w.concept == "count" for w in rest):
        at = next(i for i, w in enumerate(question.words) if w.concept == "count")
        after = question.words[at + 1 : at + 2]
        if after and after[0].concept in words.countable and after[0].concept in columns:
            counted = after[0].concept
            rest = [w for w in rest if w.concept != "count"]
    return best, counted, rest


def _choices(
    pattern: Pattern, heard: list[Word], rest: list[Word], words: Words
) -> tuple[list[tuple[Parameter, Value]], list[Word]]:
    """Words that are values of text parameters, and the words that are still left."""
    chosen = []
    for parameter in pattern.query.parameters:
        values = choices_of(parameter, words)
        for word in [w for w in (*heard, *rest) if w.concept in values][:1]:
            chosen.append((parameter, Value(literal=values[word.concept])))
            rest = [w for w in rest if w is not word]
    return chosen, rest


def _numbers(
    amounts: Sequence[Amount], pattern: Pattern, columns: Sequence[str], words: Words
) -> tuple[list[tuple[Parameter, Value]], tuple[tuple[str, Amount], ...]] | None:
    """Where the amounts go: to parameters with the same unit and comparison, or to a column; None: nowhere."""
    literals: list[tuple[Parameter, Value]] = []
    filters: list[tuple[str, Amount]] = []
    bounds = {p.name: (p, b) for p in pattern.query.parameters if (b := bound_of(p, words))}
    for amount in amounts:
        unit = amount.unit or (_only([u for _, (_, u) in bounds.values()]) if amount.sign != "=" else "")
        if not unit:
            return None
        placed = False
        for parameter, (sign, of) in bounds.values():
            value = _as(amount, sign, parameter.kind == "integer") if of == unit else None
            if value is not None and parameter not in [p for p, _ in literals]:
                literals.append((parameter, Value(literal=value)))
                placed = True
                if amount.sign != "=":
                    break
        if not placed or amount.sign == "=":
            column = next((c for c in (unit + "s", unit) if c in columns), "")
            if not column and not placed:
                return None
            if column and (not placed or amount.sign == "="):
                filters.append((column, replace(amount, unit=unit)))
    filled = {p.name for p, _ in literals} | {n for n, (_, b) in bounds.items() if b[1] in {a.unit for _, a in filters}}
    if any(numeric(s.parameter) and s.parameter.name not in filled for s in pattern.slots):
        return None
    return literals, tuple(filters)


def _only(units: list[str]) -> str:
    return units[0] if len(set(units)) == 1 else ""


def _as(amount: Amount, sign: str, whole: bool) -> str | None:
    """An amount's value for a parameter that compares with `sign`; None when it compares the other way."""
    value = amount.value
    if amount.sign == "=":
        return format(value, "f") if sign in ("<=", ">=") and (not whole or value % 1 == 0) else None
    if amount.sign[0] != sign[0] or (whole and value % 1):
        return None
    if amount.sign != sign:
        if not whole:
            return None
        closer = 1 if amount.sign == ">" or sign == "<" else -1
        value += closer
    return format(value, "f")


def _places(
    question: Question, pattern: Pattern
) -> Iterator[tuple[Decimal, list[tuple[Parameter, Value]]]]:
    """The ways to give each name a parameter, with what they cost."""
    slots = [s for s in pattern.slots if not s.parameter.literal]
    named = [s.parameter.name for s in slots]
    others = [
        Slot(p, "") for p in pattern.query.parameters if not p.literal and p.name not in named
    ]
    places = [*slots, *others]
    names = question.names
    if len(names) > len(places):
        return
    for order in permutations(range(len(places)), len(names)):
        if not all(_fits(n, places[i]) for n, i in zip(names, order, strict=True)):
            continue
        empty = len(set(range(len(slots))) - set(order))
        if empty and any(i >= len(slots) and _rival(places[i], slots, order) for i in order):
            continue
        if any(not s.parameter.optional for i, s in enumerate(places) if i not in order):
            continue
        cost = _EMPTY * empty
        inside = [i for i in order if i < len(slots)]
        cost += _ORDER * (inside != sorted(inside))
        for name, i in zip(names, order, strict=True):
            place = places[i]
            if i >= len(slots):
                cost += _ROUND if place.parameter.kind == "Round" else _ADDED
            elif place.before in _PREPOSITIONS and name.before != place.before:
                cost += _ORDER / 5
            if place.parameter.type == ANY:
                cost += _ANYTHING
        yield cost, [(places[i].parameter, _value(n, places[i].parameter, question)) for n, i in zip(names, order, strict=True)]


def _rival(place: Slot, slots: Sequence[Slot], order: Sequence[int]) -> bool:
    """Whether a place that the pattern does not name is taken while one of the same class stays empty."""
    return any(
        i not in order and s.parameter.kind == place.parameter.kind for i, s in enumerate(slots)
    )


def _fits(name: Name, place: Slot) -> bool:
    return place.parameter.type == ANY or place.parameter.kind in name.kinds()


def _value(name: Name, parameter: Parameter, question: Question) -> Value:
    """A name as the value of a parameter. A round decides which benchmark is meant (`kg.query.names`)."""
    kind = None if parameter.type == ANY else parameter.kind
    entities = tuple(tuple(e for e in found if kind in (None, e.kind)) for found in name.entities)
    each = name.joined == "and" and kind not in ("Organization", "Round", None) and not question.polar
    return Value(name.texts, entities, every=name.texts[0] if name.made else "", each=each and any(w.concept == "organization" for w in question.words))
