"""Reading a question as a canned query with its parameters filled: every word of it has to be accounted for.

A reading costs the more, the less the question and the pattern say the same; one that leaves a name, a
number or a word of the question without a place is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, permutations, product, zip_longest

from kg.ask.amounts import place_amounts
from kg.ask.numbers import Amount
from kg.ask.pattern import Pattern, Slot, choices_of, columns_of
from kg.ask.question import Name, Question, Word
from kg.ask.words import Superlative, Words
from kg.model import Entity
from kg.query import ANY, Parameter
from kg.query.entities import noun

DEAREST = Decimal("1.3")
"""A reading that costs more is none."""
SOURCE = Decimal("0.4")
"""What it costs when the pattern says where the answer comes from, and the question does not."""

_LIGHT = Decimal("0.1")  # a verb such as 'use' stands in one of the two only, or differs
_WHO = Decimal("0.35")  # the pattern asks who, the question has no word for it: 'PyTorch BERT'
_NOUN = Decimal("0.45")  # the same, for another class of things
_EMPTY = Decimal("0.6")  # a place in the pattern is left empty
_ADDED = Decimal("0.25")  # a value goes to a parameter that the pattern does not name
_ROUND = Decimal("0.02")  # the same for a round, or a place for a round is left empty
_ANYTHING = Decimal("0.15")  # a value goes to a parameter that takes anything
_POLAR = Decimal("0.25")  # one of the two is a yes-or-no question
_ASIDE = Decimal("0.05")  # the question says where the answer has to come from, the pattern does not
_ORDER = Decimal("0.04")  # two parts stand in another order
_BEFORE = Decimal("0.01")  # another word stands before a value
_WORK = Decimal("0.1")  # rows are filtered, counted or compared, of which the pattern does not speak
_NOUNS = {
    "organization", "system", "accelerator", "processor", "framework", "software", "benchmark", "round",
    "division", "category",
}  # fmt: skip
_COUNTED = _NOUNS | {"result", "submission", "task", "statement", "configuration", "node"}
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
        if not (any(w.concept not in words.light for w in question.words) or question.names):
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
    columns = columns_of(pattern.query)
    best, rest = _best(question, pattern, rest, words)
    counted, rest = _counted(question, rest, columns, words)
    chosen, rest = _choices(pattern, heard, rest, words)
    placed = None if rest else place_amounts(question.amounts, pattern, columns, words)
    if placed is None:
        return
    literals, filters = placed
    cost += question.polar != pattern.polar and _POLAR
    cost += _WORK * (bool(counted) + bool(filters))
    cost += _WORK * (best is not None and not any(c in words.superlatives for c in pattern.words))
    given = [*chosen, *((p, Value(literal=v)) for p, v in literals)]
    for more, names, order in _places(question, pattern):
        values = tuple(sorted([*names, *given], key=lambda v: v[0].name))
        swapped = _swapped(pattern, heard, order)
        yield Reading(pattern, values, tuple(filters), best, counted, cost + more + _ORDER * swapped)


def _match(
    question: Question, pattern: Pattern, words: Words
) -> tuple[Decimal, list[Word], list[Word | None]] | None:
    """What it costs to see the pattern's words in the question; the words left; the word for each."""
    cost = Decimal(0)
    rest = list(question.words)
    heard: list[Word | None] = []
    missing = 0
    heavy = [c for c in pattern.words if c not in _NOUNS and c not in words.light and c not in words.sources]
    for concept in pattern.words:
        same = sorted((w for w in rest if w.concept == concept), key=lambda w: w.beside)
        if not same and concept == "organization":  # 'submissions with PyTorch' are those of whom
            same = [w for w in rest if w.concept == "submission"]
            cost += _LIGHT * bool(same)
        if same:
            rest.remove(same[0])
            heard.append(same[0])
            continue
        heard.append(None)
        if concept in words.light:
            missing += 1
        elif concept in words.sources:
            cost += SOURCE
        elif concept == "organization" and (question.names or question.amounts or any(heard)):
            cost += _WHO
        elif concept in _NOUNS and any(_noun(k) == concept for n in question.names for k in n.kinds()):
            cost += _LIGHT
        elif concept in _NOUNS and question.names and not heavy:
            cost += _NOUN
        else:
            return None
    if "organization" in columns_of(pattern.query) and not any("Organization" in n.kinds() for n in question.names):
        who = [w for w in rest if w.concept == "organization"]
        rest = [w for w in rest if w not in who]
        cost += _LIGHT * bool(who)  # the rows say who
    loose = [w for w in rest if w.concept in words.loose]
    anything = any(s.parameter.type == ANY for s in pattern.slots)
    if loose and anything and all(c in words.light or c in _NOUNS for c in pattern.words):
        return None  # 'who is' anything, but not who used it
    cost += _LIGHT * max(missing, len(loose))
    said = {w.concept for w in heard if w}
    for concept in {w.concept for w in question.words} & words.sources.keys():
        source = words.sources[concept]
        if not any(source.choice in choices_of(p, words).values() for p in pattern.query.parameters):
            if not source.has(pattern.query.tags):
                return None
            said.add(concept)
        if concept not in pattern.words:
            cost += _ASIDE
    if any(n.joined == "and" and "Organization" not in n.kinds() for n in question.names):
        said.add("both")
    rest = [w for w in rest if w.concept not in words.loose and not w.beside and w.concept not in said]
    return cost, rest, heard


def _noun(kind: str) -> str:
    """A class as the word for it in patterns."""
    return noun(kind).removeprefix("availability ")


def _best(
    question: Question, pattern: Pattern, rest: list[Word], words: Words
) -> tuple[Superlative | None, list[Word]]:
    """Which rows a superlative keeps; and the words that are still left."""
    columns = columns_of(pattern.query)
    said = [
        (w, how, after)
        for w, after in zip_longest(question.words, question.words[1:])
        if w and (how := words.superlatives.get(w.concept)) and how.of in ("", after and after.concept)
    ]
    word, best, after = next((s for s in said if s[1].column in columns), (None, None, None))
    if word is None or best is None:
        return None, [*rest, *(w for w in question.words if w.concept in words.superlatives and not said)]
    among = {*best.among, "each"} if best.among else set()
    rest = [w for w in rest if w.concept not in words.superlatives and w.concept not in among]
    if "comparison" in pattern.query.tags:
        return None, rest  # the query itself takes the best
    best = replace(best, among=tuple(c for c in best.among if c in columns))
    order = pattern.query.text.rpartition("ORDER BY")[2]
    ordered = f"DESC(?{best.column})" in order if best.best == "MAX" else f" ?{best.column}" in order
    if best.listed and ordered and word.concept in pattern.words and after and after.text.endswith("s"):
        return None, rest  # 'the largest systems' are the rows as they are ordered
    return best, rest


def _counted(
    question: Question, rest: list[Word], columns: Sequence[str], words: Words
) -> tuple[str, list[Word]]:
    """The column whose things 'how many' counts, '' for none; and the words that are still left."""
    count = next((w for w in rest if w.concept == "count"), None)
    if count is None:
        return "", rest
    after = question.words[question.words.index(count) + 1 :]
    what = next((w.concept for w in after if w.concept in _COUNTED), "")
    if what not in words.countable or what not in columns:
        return "", rest
    return what, [w for w in rest if w is not count]


def _choices(
    pattern: Pattern, heard: Sequence[Word | None], rest: list[Word], words: Words
) -> tuple[list[tuple[Parameter, Value]], list[Word]]:
    """Words that are values of text parameters; and the words that are still left."""
    chosen = []
    for parameter in pattern.query.parameters:
        values = choices_of(parameter, words)
        for word in [w for w in (*heard, *rest) if w and w.concept in values][:1]:
            chosen.append((parameter, Value(literal=values[word.concept])))
            rest = [w for w in rest if w is not word]
    return chosen, rest


def _places(
    question: Question, pattern: Pattern
) -> Iterator[tuple[Decimal, list[tuple[Parameter, Value]], list[Name | None]]]:
    """The ways to give each name a parameter: what they cost, the values, and the name in each slot."""
    slots = [s for s in pattern.slots if not s.parameter.literal]
    named = [s.parameter for s in slots]
    others = [Slot(p, "") for p in pattern.query.parameters if not p.literal and p not in named]
    places = [*slots, *others]
    names = question.names
    if len(names) > len(places) or (question.polar and any(n.joined == "and" for n in names)):
        return
    for order in permutations(range(len(places)), len(names)):
        if not all(_fits(n, places[i]) for n, i in zip(names, order, strict=True)):
            continue
        left = [s.parameter for i, s in enumerate(places) if i not in order]
        empty = [p for p in left if p in named]
        added = [places[i].parameter for i in order if i >= len(slots)]
        if any(not p.optional for p in left) or (
            any(p.kind != "Round" for p in empty) and any(p.kind != "Round" for p in added)
        ):
            continue
        cost = sum((_ROUND if p.kind == "Round" else _EMPTY for p in empty), Decimal(0))
        cost += sum((_ROUND if p.kind == "Round" else _ADDED for p in added), Decimal(0))
        cost += _ANYTHING * sum(places[i].parameter.type == ANY for i in order)
        cost += _BEFORE * sum(
            places[i].before in _PREPOSITIONS and n.before != places[i].before for n, i in zip(names, order, strict=True)
        )
        values = [(places[i].parameter, _value(n, places[i].parameter, question)) for n, i in zip(names, order, strict=True)]
        by_slot = {i: n for n, i in zip(names, order, strict=True)}
        yield cost, values, [by_slot.get(i) for i in range(len(slots))]


def _fits(name: Name, place: Slot) -> bool:
    return place.parameter.type == ANY or place.parameter.kind in name.kinds()


def _value(name: Name, parameter: Parameter, question: Question) -> Value:
    """A name as the value of a parameter."""
    kind = None if parameter.type == ANY else parameter.kind
    entities = tuple(tuple(e for e in found if kind in (None, e.kind)) for found in name.entities)
    each = name.joined == "and" and kind not in ("Organization", "Round", None)
    each = each and any(w.concept in ("organization", "submission") for w in question.words)
    return Value(name.texts, entities, every=name.texts[0] if name.made else "", each=each)


def _swapped(pattern: Pattern, heard: Sequence[Word | None], filled: Sequence[Name | None]) -> int:
    """How many neighbouring parts of a pattern stand the other way round in the question."""
    parts = {**{("word", i): w for i, w in enumerate(heard)}, **{("slot", i): n for i, n in enumerate(filled)}}
    places = [part.at for key in pattern.order if (part := parts.get(key)) is not None]
    return sum(b < a for a, b in pairwise(places))
