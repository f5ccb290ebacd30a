"""What figures and attributes say: each is weighed for each predicate whose object it may be, and each subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.attributes import Said, said
from kg.extract.passage import Passage
from kg.extract.systems import Systems
from kg.extract.tagged import Tagged, pattern
from kg.extract.unsaid import WRONG, unsaid
from kg.model.statement import Entity, Quantity

AMOUNTS = {"performanceResult": "NL", "quantity": "NLG%XT"}
"""The predicates whose object an amount may be, with the signs of such amounts."""
ATTRIBUTES = {"systemAttribute": "S", "acceleratorAttribute": "A"}
"""The predicates whose object an attribute may be, with the signs of what may have it."""
PREDICATES = (*AMOUNTS, *ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Figure:
    """What the amount or attribute at a place of a sentence could be said as; of the thing at `holder`, if of one.

    `in_attribute` tells of an amount that words beside it make an attribute.
    """

    predicate: str
    sentence: int
    place: int
    subject: Entity | None = None
    said: Said | None = None
    holder: int | None = None
    in_attribute: bool = False


Sure = Mapping[Figure, float]
"""How sure it is that a figure says what its predicate means, in (0, 1)."""


def figures(p: Passage, found: Systems) -> Iterator[Figure]:
    """The figures of a passage, in the order of the text."""
    last: list[Entity] = []
    for number, t in enumerate(p.tagged):
        values = list(said(t))
        given = {value.place for value in values}
        for predicate, signs in AMOUNTS.items():
            for at in (a for a in t.all(signs) if unsaid(t, a) != WRONG):
                yield Figure(predicate, number, at, in_attribute=at in given)
        topic = found.topic.get(number) or found.unnamed.get(number) or last
        if not pattern(_SEVERAL).match(t.text):
            topic = topic[-1:]
        for value in values:
            for predicate, sign in ATTRIBUTES.items():
                holders = _holders(t, found, value, sign)
                for entity, at in holders.items():
                    yield Figure(predicate, number, value.place, entity, value, at)
                if sign == "S" and not holders:
                    for entity in topic:
                        yield Figure(predicate, number, value.place, entity, value)
        last = list({e.iri: e for at in t.all("S") if (e := found.entity(t, at))}.values()) or last


_SEVERAL = r"\W*(?:these|both|all|each|they)\b"
"""How a sentence begins that goes on about all systems of the one before it."""


def _holders(t: Tagged, found: Systems, value: Said, sign: str) -> dict[Entity, int]:
    """What a sentence names that may have an attribute, each at the place nearest to it; not across a semicolon."""
    nearest: dict[Entity, int] = {}
    places = t.all(sign)
    beside = [a for a in places if ";" not in t.text[min(a, value.place) : max(a, value.place)]]
    for at in sorted(beside or places, key=lambda a: abs(a - value.place)):
        entity = found.entity(t, at) if sign == "S" else t.mention(at).entity
        if entity is not None and (value.place not in t.things or not t.is_a(value.place, "A") or at == value.place):
            nearest.setdefault(entity, at)
    return nearest


def amount_of(p: Passage, figure: Figure) -> Quantity:
    """The amount of a figure that is no attribute."""
    return p.tagged[figure.sentence].quantity(figure.place)
