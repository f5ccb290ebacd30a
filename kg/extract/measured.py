"""What figures say: each amount of a sentence is weighed for each predicate whose object it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.passage import Passage
from kg.model.statement import Quantity

PREDICATES = {"performanceResult": "NL"}
"""The predicates whose object an amount may be, with the signs of such amounts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What the amount at a place of a sentence could be said as."""

    predicate: str
    sentence: int
    place: int


Sure = Mapping[Figure, float]
"""How sure it is that an amount says what its predicate means, in (0, 1)."""


def figures(p: Passage) -> Iterator[Figure]:
    """The figures of a passage, in the order of the text."""
    for number, t in enumerate(p.tagged):
        for predicate, signs in PREDICATES.items():
            for at in t.all(signs):
                yield Figure(predicate, number, at)


def amount_of(p: Passage, figure: Figure) -> Quantity:
    """The amount of a figure."""
    return p.tagged[figure.sentence].quantity(figure.place)
