"""The results that a scope means, or what of it stays open; and how results and scopes are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claims.agreement import BOUNDS
from kg.claims.record import Record
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, Amount, Claim, Scope, shown
from kg.model.record import LinkedResult
from kg.plain import so_many

_LISTED = 3
UNFINISHED = "a system was filed whose logs are not on record"
"""What leaves a claim open that the results on record do not bear out."""


@dataclass(frozen=True, slots=True)
class Found:
    """The results that a scope means, and each part of it that stays open."""

    results: list[LinkedResult]
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record says of a claim: the verdict, what it gives, the arithmetic, the reading, and the results behind it.

    `tried` and `fitting` count the readings; where nothing else is said there is one, which fits if the claim is right.
    """

    verdict: str
    record: str = ""
    formula: str = ""
    note: str = ""
    used: Sequence[LinkedResult] = ()
    tried: int = 1
    fitting: int | None = None


def still_open(missing: Iterable[str], record: str = "") -> Finding:
    """No verdict: the parts that are missing, by name."""
    return Finding(NOT_CHECKABLE, record, note="; ".join(dict.fromkeys(missing)), tried=0)


def if_complete(record: Record, about: Scope, everyone: Scope, found: Finding) -> Finding:
    """A finding that needs all to be on record that everyone filed, or to be denied, all that it is said of."""
    whole = about if found.verdict == CONTRADICTED else everyone
    return found if record.complete(whole) else replace(found, verdict=NOT_CHECKABLE, note=UNFINISHED)


def benchmarks_stated(record: Record, claim: Claim) -> Amount:
    """The number of benchmarks that is stated; of 'all benchmarks' how many the round has."""
    return claim.amount or Amount(Decimal(len(record.benchmarks(claim.about.rounds[0]))), "count")


def not_read(record: Record, mlperf_round: str) -> str:
    """Why claims about a round stay open: which one is meant, or that nothing of it is on record."""
    label = record.label(mlperf_round)
    if " Inference " in label:
        return f"claims about results of MLPerf Inference are not checked, only those of Training and HPC ({label})"
    return f"the record of {label} is not loaded" if mlperf_round else "which round is meant"


def find(record: Record, scope: Scope) -> Found:
    """The results of a scope; a part that the record cannot decide is named, and never left out silently."""
    scope = filed_as(record, scope)
    missing = [not_read(record, r) for r in scope.rounds if not record.loaded(r)]
    if scope.who and not missing and not record.of(Scope(who=scope.who, rounds=scope.rounds)):
        missing.append(f"no result of {told(record, Scope(who=scope.who, rounds=scope.rounds))} is on record")
    missing += [f"{s.label} is not among the systems as filed" for s in scope.systems if not record.filed(s)]
    if missing:
        return Found([], tuple(missing))
    results = record.of(scope)
    if results:
        return Found(results)
    if scope.frameworks:
        ran = record.of(replace(scope, frameworks=()))
        beside = [r for r in ran if any(record.within(f, w) for f in r.filed_frameworks for w in scope.frameworks)]
        if beside:
            return Found(beside, note="filed beside the framework that was run")
    if reason := _less_exact(record, scope):
        return Found([], (reason,))
    if none := [s for s in scope.systems if not record.of(Scope(rounds=scope.rounds, systems=(s,)))]:
        return Found([], tuple(f"{s.label} is not among the systems as filed" for s in none))
    return Found([], () if record.complete(scope) else (UNFINISHED,))


def filed_as(record: Record, scope: Scope) -> Scope:
    """A scope with the units of who speaks, where these filed what it means under their own names."""
    of_units = replace(scope, who=record.parts(scope.who) if scope.who else ())
    return of_units if of_units.who and not record.of(scope) and record.of(of_units) else scope


def _less_exact(record: Record, scope: Scope) -> str:
    """Which part of a scope the record files less exactly; '' when nothing fits what it does file."""
    if longer := _longer(record, scope):
        return f"{longer} may be meant"
    for kind, stated in (("accelerator", scope.accelerators), ("processor", scope.processors)):
        without = record.of(replace(scope, **{f"{kind}s": ()})) if stated else []  # type: ignore[arg-type]
        if near := [r for r in without if any(record.kin(getattr(r, kind), e) for e in stated)]:
            filed = ", ".join(sorted({getattr(r.result, kind) for r in near} - {""})) or "nothing"
            named = ", ".join(e.label for e in stated)
            return f"the {kind} is filed as {filed}, which leaves open whether it is {named}"
        if unknown := [e.label for e in stated if not record.of(Scope(rounds=scope.rounds, **{f"{kind}s": (e,)}))]:  # type: ignore[arg-type]
            return f"no system of the round is filed with {unknown[0]}, by that name"
    return ""


def _longer(record: Record, scope: Scope) -> str:
    """A system as filed with all else of a scope, whose name goes on after that of the scope's system: 'XE9680L'; '' if none."""
    models = [next((w for w in reversed(s.label.split()) if re.search(r"\d", w)), "") for s in scope.systems]
    longer = [re.compile(rf"{re.escape(model)}[A-Za-z]", re.IGNORECASE) for model in models if model]
    names = ((r, f"{r.result.system} {r.result.system_name}") for r in record.of(replace(scope, systems=())))
    return next((r.result.system for r, name in names if any(n.search(name) for n in longer)), "")


def told(record: Record, scope: Scope, *, whose: bool = True) -> str:
    """A scope in words: 'Dell, BERT, 8 × NVIDIA A100 in MLPerf Training v2.0'."""
    parts = [", ".join(e.label for e in scope.who) or "any submitter"] if whose else []
    named = scope.benchmarks, scope.systems, scope.frameworks, scope.processors, scope.divisions, scope.availability
    parts += [", ".join(e.label for e in group) for group in named if group]
    accelerators = " or ".join(e.label for e in scope.accelerators)
    count = scope.count or scope.either
    if scope.per_node:
        parts.append(f"{scope.per_node} × {accelerators or 'accelerators'} a node")
    elif count:
        limit = f"{scope.count_bound} " if scope.count_bound in BOUNDS else ""
        parts.append(f"{limit}{count:,} × {accelerators or 'accelerators'}")
    elif accelerators:
        parts.append(accelerators)
    if scope.memory:
        parts.append(f"{scope.memory} GB")
    if scope.nodes:
        parts.append(so_many(scope.nodes, "node"))
    labels = [record.label(r) for r in scope.rounds]
    rounds = f"{labels[-1]} to {labels[0]}" if len(labels) > 2 else ", ".join(labels)
    return (", ".join(parts) + (f" in {rounds}" if rounds else "")).strip()


def noun(metric: str, value: Decimal) -> str:
    """What is counted, in the plural but for one."""
    return metric.removesuffix("s") if value == 1 else metric


def listed(results: Sequence[LinkedResult]) -> str:
    """The first of some results with their minutes, and how many more there are."""
    more = f" and {len(results) - _LISTED} more" if len(results) > _LISTED else ""
    return "; ".join(map(minutes, results[:_LISTED])) + more


def minutes(r: LinkedResult) -> str:
    """A result with its minutes, and its division where that is not the closed one."""
    outside = "" if r.closed else f" ({r.division.label.lower()} division)"
    return f"{r.organization.label}, {r.result.system}, {r.benchmark.label}: {shown(r.result.minutes)} min{outside}"
