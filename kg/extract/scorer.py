"""How sure each candidate is: one logistic regression a predicate, and what is asked of each before it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.names.linear import Linear, read_weights


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of the predicates, and the confidence from which each is asserted or kept as possible.

    `rules` is how often a fact that a rule finds is right, by predicate, measured on documents that no rule
    was made on.
    """

    model: Linear
    asserted: Mapping[str, float]
    possible: Mapping[str, float]
    rules: Mapping[str, float]

    def __contains__(self, predicate: str) -> bool:
        return predicate in self.model.classes

    def confidence(self, predicate: str, features: Iterable[str]) -> float:
        """How sure a candidate is, in (0, 1)."""
        return self.model.probability(predicate, features)


def scorer_of(weights: Mapping[str, Any]) -> Scorer:
    """The scorer of a file of weights as read."""
    return Scorer(Linear(weights["relations"]), weights["asserted"], weights["possible"], weights["rules"])


@cache
def shipped_scorer() -> Scorer:
    """The scorer of the weights that ship."""
    return scorer_of(read_weights())
