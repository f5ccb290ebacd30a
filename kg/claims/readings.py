"""The other ways in which the words of a claim may be meant: one that the record bears out keeps it from being denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.claims.agreement import PER_MINUTE
from kg.claims.record import Record
from kg.claims.scope import HOLDER
from kg.model.claim import PARTS, SIZES, Claim, Scope

_OF_ONE = ("timeToTrain", "scale")
"""Kinds that say what one result was like, which may be told of an earlier round."""
_ANY = Scope()
CARRIED = (*(part for part in PARTS.values() if part != "benchmarks"), *SIZES)
"""What a baseline may have of the subject only because its own words do not tell it."""


def otherwise(record: Record, claim: Claim, mlperf_round: str) -> Iterator[tuple[str, Claim]]:
    """A claim in each other way in which it may be meant, with what its words leave open."""
    several: dict[str, object] = {name: getattr(_ANY, name) for name in claim.unsure}
    either: dict[str, object] = {name: several.pop(name) for name in ("who", "benchmarks") if name in several}
    if not record.of(claim.about):
        either["who"] = ()  # 'our colleagues ran BERT on Xeon processors'
    if claim.kind in _OF_ONE or claim.about.either:
        yield from _of_another(record, claim, mlperf_round, several, either)
    yield "which of several is meant", _of(claim, **several)
    yield "which round is meant", _of(claim, **several, rounds=(mlperf_round,))
    yield "whose it is", _of(claim, who=(claim.speaker,))
    if claim.kind == "rank":
        yield "of which class", replace(_of(claim, **several), baseline=None)
    if base := claim.baseline:
        carried = {n: getattr(_ANY, n) for n in CARRIED if getattr(base, n) == getattr(claim.about, n)}
        other = replace(claim, baseline=replace(base, **carried))
        yield "what it is compared with", other
        if claim.kind != "rank" and "scal" in claim.quote:
            yield "what is measured", replace(claim, metric="efficiency")
    yield from (("what its numbers count", other) for other in _counting_else(record, claim))


def _of(claim: Claim, **other: object) -> Claim:
    """A claim about results of which some parts are others."""
    return replace(claim, about=replace(claim.about, **other))  # type: ignore[arg-type]


def _of_another(
    record: Record, claim: Claim, mlperf_round: str, several: dict[str, object], either: dict[str, object]
) -> Iterator[tuple[str, Claim]]:
    """A claim about one result as one about another, of this round or of an earlier one; whose or of what, not both at once."""
    units = [claim.amount, *(replace(claim.stated, unit=unit) for unit in _units(claim))]
    for at in (mlperf_round, *record.earlier(mlperf_round)):
        for amount in units:
            made = replace(_of(claim, **several, rounds=(at,)), amount=amount)
            yield "which round is meant", made
            yield from (("whose it is, or of which benchmark", _of(made, **{n: any_})) for n, any_ in either.items())


def _units(claim: Claim) -> list[str]:
    """The units that a time may be in where its own words name none: '10.8 seconds, and BERT in 0.191'."""
    if claim.kind != "timeToTrain" or re.search(rf"\b{claim.stated.value}\W{{0,3}}[a-z]*(?:sec|min|h)", claim.quote):
        return []
    return [unit for unit in PER_MINUTE if unit[:3] in claim.quote]


def _counting_else(record: Record, claim: Claim) -> Iterator[Claim]:
    """A claim with its numbers counting something else: a size of all accelerators, of a node, or of nodes if spoken of."""
    of = claim.about
    bare = Scope(of.who, of.rounds, systems=of.systems, divisions=of.divisions)
    if claim.kind == "count":  # 'we filed 15 results, three of our servers having eight H200'
        yield replace(claim, about=bare)
    own = {record.maker(r.accelerator.iri) for r in record.of(bare) if r.accelerator}
    if claim.metric == "processors" and claim.speaker.iri in own:  # which call their accelerators so
        yield replace(claim, kind="scale", metric="accelerators")
    if claim.kind == "scale":
        yield replace(claim, amount=replace(claim.stated, bound=""))
    if claim.metric == "nodes":  # 'three servers' may be of three kinds
        yield replace(claim, kind="count", metric="systems", about=replace(bare, systems=()))
        for one in ((), *((a,) for a in of.accelerators)):
            yield replace(
                claim,
                kind="count",
                metric="systems",
                about=replace(of, nodes=None, accelerators=one or of.accelerators),
            )
    if of.nodes and len({r.filed_system for r in record.of(replace(of, nodes=None))}) == of.nodes:
        yield _of(claim, nodes=None)  # of so many kinds of machines
    nodes = not of.nodes and (of.systems or HOLDER.search(claim.quote))
    size = of.count or of.per_node
    for part in ("count", "per_node", *(["nodes"] if nodes else [])) if size else ():
        sizes = {"count": None, "count_bound": "", "per_node": None, part: size}
        yield _of(claim, **sizes)
