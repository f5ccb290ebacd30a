"""Claims of a time to train, in any unit, one's own or another submitter's."""

from __future__ import annotations

from decimal import Decimal

from kg.claims.narrow import narrow
from kg.claims.record import World
from kg.model.claim import (
    CONTRADICTED,
    NOT_CHECKABLE,
    ROUNDED,
    SUPPORTED,
    Filed,
    Review,
    Said,
    agrees,
    shown,
)

PER_MINUTE = {
    "seconds": Decimal(60),
    "minutes": Decimal(1),
    "hours": 1 / Decimal(60),
    "days": 1 / Decimal(1440),
}


def check_time(world: World, said: Said) -> Review:
    """A stated time against each result that it may be."""
    unit = said.get("unit") or "minutes"
    of_other = "whoseIs" in said.qualifiers
    results = (
        [r for r in world.results if r.round == said.round and r.submitter != said.submitter]
        if of_other
        else world.of(said.submitter, said.round)
    )
    found = narrow(world, results, said)
    who = "another submitter" if of_other else world.label(said.submitter)
    claimed = f"{who}: {shown(said.number)} {unit} in {world.label(said.round)}{found.words}"
    times = [(r, r.minutes * PER_MINUTE.get(unit, Decimal(1))) for r in found.results]
    verdicts = [(r, t, agrees(said.number, t)) for r, t in times]
    for verdict in (SUPPORTED, ROUNDED):
        fits = [(r, t) for r, t, v in verdicts if v == verdict]
        if fits:
            record = "; ".join(_told(world, r, t, unit) for r, t in fits)
            note = f"one of {len(times)} results that may be meant" if len(times) > 1 else ""
            return Review(
                said,
                claimed,
                verdict,
                record,
                _arithmetic(*fits[0], unit),
                note,
                tuple(r.iri for r, _ in fits),
            )
    if not times:
        return Review(
            said,
            claimed,
            NOT_CHECKABLE,
            "no such result",
            note="the record holds no result of that description",
        )
    nearest = min(times, key=lambda each: abs(each[1] - said.number))
    record = f"nearest: {_told(world, *nearest, unit)}"
    if of_other or said.get("comparator") in ("~", "<", ">"):
        return Review(
            said,
            claimed,
            NOT_CHECKABLE,
            record,
            note="whose result is meant is not named" if of_other else "a bound",
        )
    cited = tuple(r.iri for r, _ in times)
    return Review(said, claimed, CONTRADICTED, record, _arithmetic(*nearest, unit), results=cited)


def _told(world: World, result: Filed, time: Decimal, unit: str) -> str:
    return f"{result.label}: {shown(time)} {unit}{outside(world, result)}"


def outside(world: World, result: Filed) -> str:
    """The division of a result that is not in the closed one, in brackets."""
    division = world.label(result.division)
    return "" if division == "Closed" else f" ({division.lower()} division)"


def _arithmetic(result: Filed, time: Decimal, unit: str) -> str:
    if unit in ("minutes", ""):
        return f"{result.minutes} minutes"
    return f"{result.minutes} minutes × {shown(PER_MINUTE[unit])} = {shown(time)} {unit}"
