"""Linear models: what a feature weighs is data, a score is a dot product.

A model is a mapping of classes to weights by feature; a class's score is the sum of the weights of the
features that are there, with 'bias' always there. Confidence is the logistic function of the score
(one class against the rest) or, of several classes that exclude each other, their softmax.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.resources import folder

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by class and feature.

    >>> model = Linear({"System": {"bias": -1.0, "next:server": 3.0}})
    >>> round(model.probability("System", ["next:server"]), 3)
    0.881
    """

    classes: Mapping[str, Weights]

    def score(self, name: str, features: Iterable[str]) -> float:
        """The sum of what the features weigh for a class."""
        weights = self.classes[name]
        return math.fsum((weights.get("bias", 0.0), *filter(None, map(weights.get, features))))  # in any order

    def probability(self, name: str, features: Iterable[str]) -> float:
        """How sure it is of a class, in (0, 1)."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.score(name, features)))))

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each of the classes is, of classes that exclude each other (softmax)."""
        listed = list(features)
        scores = {name: self.score(name, listed) for name in self.classes}
        top = max(scores.values(), default=0.0)
        parts = {name: math.exp(s - top) for name, s in scores.items()}
        return {name: part / sum(parts.values()) for name, part in parts.items()}

    def strongest(self, name: str, features: Iterable[str], count: int = 5) -> list[tuple[str, float]]:
        """The features that count most for or against a class, with their weights."""
        weights = self.classes[name]
        weighed = [(f, weights[f]) for f in dict.fromkeys(features) if f in weights]
        return sorted(weighed, key=lambda item: (-abs(item[1]), item[0]))[:count]


@cache
def read_weights() -> Mapping[str, Any]:
    """The weights that ship with the project (`data/weights.json`), made by `training/train.py`."""
    weights: Mapping[str, Any] = json.loads((folder("data") / "weights.json").read_bytes())
    return weights
