"""Every claim of the statements against the official record, with its arithmetic.

A claim is a fact of the graph (`record`), or a number that only the words give (`words`). Each kind has a
check: `counts`, `times`, `improvements`, `things`, `words`. A check uses the graph and general rules alone.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.claims.counts import check_count, check_scale
from kg.claims.improvements import check_improvement
from kg.claims.record import World
from kg.claims.report import FORMATS, summary, write_claims
from kg.claims.things import (
    check_accelerator,
    check_benchmark,
    check_category,
    check_configuration,
    check_framework,
    check_mention,
    check_participation,
    check_processor,
    check_software,
    check_system,
)
from kg.claims.times import check_time
from kg.claims.words import check_words
from kg.graph.claims import reviews_to_quads
from kg.model.claim import NOT_CHECKABLE, VERDICTS, Review, Said
from kg.store import Graph

__all__ = [
    "FORMATS",
    "VERDICTS",
    "Review",
    "check_claims",
    "labels",
    "reviews_to_quads",
    "summary",
    "write_claims",
]

_CHECKS = {
    "submittedTo": check_participation, "submittedBenchmark": check_benchmark, "didNotSubmitBenchmark": check_benchmark,
    "submittedSystem": check_system, "usedFramework": check_framework, "usedSoftware": check_software,
    "usedAccelerator": check_accelerator, "hasAccelerator": check_accelerator, "hasProcessor": check_processor,
    "configuration": check_configuration, "division": check_category, "availability": check_category,
    "mentionsSubmitter": check_mention, "resultCount": check_count, "configurationCount": check_count,
    "taskCount": check_count, "timeToTrain": check_time, "improvement": check_improvement, "quantity": check_scale,
}  # fmt: skip


def check_claims(graph: Graph) -> list[Review]:
    """The reviews of all claims of a graph, by statement and place.

    What one sentence says twice is one claim. A graph without official results gives none that is checkable.
    """
    world = World(graph)
    reviews = [review for said in world.said if (review := _check(world, said))]
    reviews += check_words(world)
    once = {(r.said.statement, r.said.start, r.claimed): r for r in reversed(reviews)}
    return sorted(
        once.values(), key=lambda r: (r.said.statement, r.said.start, r.said.predicate, r.claimed, r.said.iri)
    )


def labels(graph: Graph) -> Callable[[str], str]:
    """The names of a graph's things, for reports."""
    return World(graph).label


def _check(world: World, said: Said) -> Review | None:
    check = _CHECKS.get(said.predicate)
    if check is None:
        return None
    round = said.object if said.predicate == "submittedTo" else said.round
    if "roundIs" in said.qualifiers and said.predicate != "submittedTo":
        return Review(said, _plainly(world, said), NOT_CHECKABLE, note="the round is not named")
    if not world.loaded(round):
        return Review(
            said,
            _plainly(world, said),
            NOT_CHECKABLE,
            note=f"the record of {world.label(round)} is not loaded",
        )
    return check(world, said)


def _plainly(world: World, said: Said) -> str:
    what = world.label(said.object) if said.object else said.value
    return f"{world.label(said.submitter or said.subject)} — {said.predicate} — {what}"
