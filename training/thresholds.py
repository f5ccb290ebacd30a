"""From which confidence a predicate is asserted, and kept as possible: measured on documents left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.extract.figures import PREDICATES
from kg.names.linear import Linear
from training.learn import LEARNED, Relations, learn_relations

PRECISION, OF_FIGURES = 0.88, 0.8
"""What the asserted facts of a predicate should reach on documents left out, each by a place that is annotated for it.

Of figures more are right than so counted: the same number is often annotated at one of its places alone."""
BOUNDS, BOUNDS_OF_FIGURES = (0.45, 0.68), (0.35, 0.85)
"""No predicate is asserted below, and none is asked for more: its best are then said, whatever was measured.

They are bounds of what is left of the confidence when the names' own is taken into account. Most amounts and attributes are
nothing worth saying, so of them more may be asked for."""
POSSIBLE = 0.15
"""Below it nothing is kept."""
FEW = 20
"""With fewer examples a threshold is not measured, but the least."""


def thresholds(
    relations: Sequence[Relations], always: Sequence[tuple[Relations, float]]
) -> dict[str, dict[str, float]]:
    """`asserted` and `possible` by predicate, and `rules`, how often rules alone are right.

    Each document is left out in turn; what is `always` learned from (invented texts) is not.
    """
    left_out: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number in range(len(relations)) if len(relations) > 1 else ():
        rest = [*relations[:number], *relations[number + 1 :]]
        model = Linear(learn_relations(rest, always))
        for predicate, examples in relations[number].items():
            if predicate in model.classes:
                left_out[predicate] += [(model.probability(predicate, f), label) for f, label in examples]
    asserted = {
        p: _threshold(left_out[p], *((OF_FIGURES, BOUNDS_OF_FIGURES) if p in PREDICATES else (PRECISION, BOUNDS)))
        for p in LEARNED
    }
    return {"asserted": asserted, "possible": dict.fromkeys(LEARNED, POSSIBLE), "rules": RULES}


def _threshold(measured: Sequence[tuple[float, int]], precision: float, bounds: tuple[float, float]) -> float:
    """The lowest confidence from which the share of right ones is the precision, within bounds."""
    least, most = bounds
    if sum(label for _, label in measured) < FEW:
        return least
    ordered = sorted(measured, reverse=True)
    right, lowest = 0, most
    for number, (confidence, label) in enumerate(ordered, 1):
        right += label
        if right / number >= precision:
            lowest = confidence
    return round(min(most, max(least, lowest)), 3)


RULES = {
    "submittedTo": 0.97, "didNotSubmitBenchmark": 0.95, "resultCount": 0.75, "configurationCount": 0.91, "taskCount": 0.92,
    "improvement": 0.86, "timeToTrain": 0.95, "submittedSystem": 0.9, "developedBy": 0.7, "released": 0.86,
    "hasAccelerator": 0.9, "hasProcessor": 0.9,
}  # fmt: skip
"""The share of right facts of the rules that work alone, on the documents that no rule was made on."""
