"""Giving the names of a question to the parameters of a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.ask.pattern import Pattern, Slot
from kg.ask.question import Name, Question
from kg.model.statement import Entity
from kg.query import ANY, Parameter

_EMPTY = Decimal("0.6")  # a place in the pattern is left empty
_ADDED = Decimal("0.25")  # a value goes to a parameter that the pattern does not name
_ROUND = Decimal("0.02")  # the same for a round, or a place for a round is left empty
_ANYTHING = Decimal("0.15")  # a value goes to a parameter that takes anything
_BEFORE = Decimal("0.01")  # another word stands before a value
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
class Placing:
    """One way to give each name a parameter: what it costs, the values, and the name in each slot."""

    cost: Decimal
    values: tuple[tuple[Parameter, Value], ...]
    filled: tuple[Name | None, ...]


def placings(question: Question, pattern: Pattern) -> Iterator[Placing]:
    """The ways to give each name of a question a parameter of a pattern's query.

    A name goes to a parameter that the pattern does not speak of only where the pattern's own places are
    taken, rounds aside. 'Did A and B …' asks for both at once, which no parameter can.
    """
    slots = [s for s in pattern.slots if not s.parameter.literal]
    named = [s.parameter for s in slots]
    all_ = [*slots, *(Slot(p, "") for p in pattern.query.parameters if not p.literal and p not in named)]
    who = any(w.concept == "organization" for w in question.words)
    if question.polar and any(n.joined == "and" for n in question.names):
        return
    for order in _orders(question.names, all_, ()):
        left = [s.parameter for i, s in enumerate(all_) if i not in order]
        empty = [p for p in left if p in named]
        added = [all_[i].parameter for i in order if i >= len(slots)]
        if not all(p.optional for p in left) or (_but_rounds(empty) and _but_rounds(added)):
            continue
        if who and any(p.kind == "Organization" for p in added):
            continue  # who it was is asked, not said
        given = [(name, all_[i]) for name, i in zip(question.names, order, strict=True)]
        cost = _EMPTY * _but_rounds(empty) + _ADDED * _but_rounds(added)
        cost += _ROUND * (len(empty) + len(added) - _but_rounds(empty) - _but_rounds(added))
        for name, place in given:
            cost += _ANYTHING * (place.parameter.type == ANY)
            cost += _BEFORE * (place.before in _PREPOSITIONS and name.before != place.before)
        by_slot = {i: name for name, i in zip(question.names, order, strict=True)}
        yield Placing(
            cost,
            tuple((s.parameter, _value(name, s.parameter, question)) for name, s in given),
            tuple(by_slot.get(i) for i in range(len(slots))),
        )


def _orders(names: Sequence[Name], places: Sequence[Slot], taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The places that names can have, each place once: for each name the number of its place."""
    if len(taken) == len(names):
        yield taken
        return
    name = names[len(taken)]
    for i, place in enumerate(places):
        if i not in taken and (place.parameter.type == ANY or place.parameter.kind in name.kinds()):
            yield from _orders(names, places, (*taken, i))


def _but_rounds(parameters: Sequence[Parameter]) -> int:
    return sum(p.kind != "Round" for p in parameters)


def _value(name: Name, parameter: Parameter, question: Question) -> Value:
    """A name as the value of a parameter; who did this 'and' that did each."""
    kind = None if parameter.type == ANY else parameter.kind
    entities = tuple(tuple(e for e in found if kind in (None, e.kind)) for found in name.entities)
    who = any(w.concept in ("organization", "submission") for w in question.words)
    each = who and name.joined == "and" and kind not in ("Organization", "Round", None)
    return Value(name.texts, entities, every=name.texts[0] if name.made else "", each=each)
