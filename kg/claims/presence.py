"""Claims that something was submitted or used: rounds, benchmarks, frameworks, hardware, categories, other submitters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims.lookup import UNFINISHED, Finding, find, listed, still_open, told
from kg.claims.record import Record
from kg.graph.facts import fact_iri, modality, submission
from kg.model.claim import CONTRADICTED, PARTS, PRESENCE, SUPPORTED, Claim, Scope
from kg.model.record import LinkedResult
from kg.model.statement import Entity, Fact, Statement

KINDS = (PRESENCE,)
_VERBS = {
    "submittedTo": "submitted to", "submittedBenchmark": "submitted", "didNotSubmitBenchmark": "did not submit",
    "submittedSystem": "submitted on", "usedFramework": "used", "usedSoftware": "used", "usedAccelerator": "used",
    "hasAccelerator": "has", "hasProcessor": "has", "configuration": "submitted", "division": "submitted in",
    "availability": "submitted as", "mentionsSubmitter": "submitted as well:",
}  # fmt: skip


def claims(statement: Statement, facts: list[Fact]) -> Iterator[Claim]:
    """What the facts of a statement say was submitted or used, each thing once for each sentence."""
    for fact in facts:
        if fact.predicate not in _VERBS or not isinstance(fact.object, Entity) or modality(fact):
            continue
        about, missing = scope_of(fact)
        span = fact.evidence.span
        yield Claim(
            statement.iri, statement.organization, PRESENCE, fact.evidence.quote, span.start, span.end, about,
            fact.predicate, thing=fact.object, missing=missing, fact=fact_iri(fact),
        )  # fmt: skip


def scope_of(fact: Fact) -> tuple[Scope, tuple[str, ...]]:
    """The results that a fact speaks of: every entity and number that qualifies it is a condition; and what stays open."""
    of = submission(fact)
    who = of[0] if of else fact.subject if fact.subject.kind == "Organization" else fact.statement.organization
    mlperf_round = of[1] if of else fact.statement.round
    things = [
        fact.subject,
        fact.object,
        *(v for k, v in fact.qualifiers.items() if k not in ("round", "whose", "baselineRound")),
    ]
    if fact.predicate == "submittedTo" and isinstance(fact.object, Entity):
        mlperf_round = fact.object
    if fact.predicate == "mentionsSubmitter" and isinstance(fact.object, Entity):
        who = fact.object
    made = {PARTS[t.kind]: (t,) for t in reversed(things) if isinstance(t, Entity) and t.kind in PARTS}
    scope = replace(Scope(who=(who,), rounds=(mlperf_round.iri,)), **made)  # type: ignore[arg-type]
    count = fact.qualifiers.get("acceleratorCount") or fact.qualifiers.get("count")
    if isinstance(count, Decimal) and scope.accelerators and fact.predicate != "hasProcessor":
        scope = replace(scope, either=int(count))
    if isinstance(nodes := fact.qualifiers.get("nodeCount"), Decimal):
        scope = replace(scope, nodes=int(nodes))
    unnamed = any(isinstance(fact.qualifiers.get(n), str) for n in ("round", "whose")) or "roundIs" in fact.qualifiers
    if unnamed and fact.predicate != "submittedTo":
        return scope, ("whose result, or which round",)
    return scope, ()


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on the presence of something among a submitter's results."""
    special = {"usedSoftware": _software, "didNotSubmitBenchmark": _left_out}
    return special.get(claim.metric, _plain)(record, claim)


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    about = claim.about
    who = ", ".join(e.label for e in about.who)
    thing = claim.thing.label if claim.thing else ""
    if claim.metric == "mentionsSubmitter":
        return f"{thing} submitted in {record.label(about.rounds[0])}"
    others = {n: tuple(e for e in getattr(about, n) if e != claim.thing) for n in PARTS.values()}
    rest = replace(about, who=(), **others)  # type: ignore[arg-type]
    beside = told(record, rest, whose=False)
    joint = ": " if beside and not beside.startswith("in ") else " "
    if claim.metric == "submittedTo":
        return f"{who} submitted to {thing}"
    return f"{who} {_VERBS[claim.metric]} {thing}{' with' if joint == ': ' else ''} {beside}"


def _plain(record: Record, claim: Claim) -> Finding:
    """Whether some result is such a one; what may be filed less exactly is not denied."""
    found = find(record, claim.about)
    if found.results:
        return _such(SUPPORTED, found.results, found.note)
    if found.missing:
        return still_open(found.missing)
    everything = Scope(who=claim.about.who, rounds=claim.about.rounds)
    whose = record.of(everything)
    gives = _filed(claim, whose)
    if not record.complete(everything):
        return still_open([UNFINISHED], gives)
    others = record.of(Scope(systems=claim.about.systems, rounds=claim.about.rounds)) if claim.about.systems else []
    if whose_else := ", ".join(sorted({r.result.submitter for r in others})):
        return still_open([f"whose system it is: {whose_else} filed it"], gives)
    if stated := ", ".join(e.label for e in (*claim.about.frameworks, *claim.about.availability)):
        return still_open([f"whether {stated} is filed less exactly: no such result of the submitter names it"], gives)
    return Finding(CONTRADICTED, gives, "count of such results = 0", used=whose[:20])


def _filed(claim: Claim, whose: list[LinkedResult]) -> str:
    """What is on record of the submitter instead, of the kind that the claim is about."""
    of: dict[str, Callable[[LinkedResult], str]] = {
        "Accelerator": lambda r: f"{r.result.accelerators} × {r.result.accelerator}", "Processor": lambda r: r.result.processor,
        "Framework": lambda r: r.result.framework_run, "Benchmark": lambda r: r.benchmark.label,
        "AvailabilityCategory": lambda r: r.availability.label if r.availability else "",
    }  # fmt: skip
    names = set(map(of.get(claim.thing.kind if claim.thing else "", lambda r: r.result.system), whose))
    listed = sorted(filter(None, names))
    return f"filed: {', '.join(listed[:8])}{' …' if len(listed) > 8 else ''}" if listed else "no result"


def _software(record: Record, claim: Claim) -> Finding:
    """Software is listed in part, so that what is not listed is not denied."""
    words = (claim.thing.label if claim.thing else "").lower().split()
    listing = [
        r for r in record.of(Scope(who=claim.about.who, rounds=claim.about.rounds))
        if words and (all(w in r.result.software.lower() for w in words) or words[-1] + "_" in r.result.software.lower())
    ]  # fmt: skip
    if listing:
        return _such(SUPPORTED, listing, f"listed by {len({r.filed_system for r in listing})} system files")
    return still_open(["the system files list only a part of the software, and not this"])


def _left_out(record: Record, claim: Claim) -> Finding:
    """Whether a benchmark was left out: no result of it is on record, and nothing is missing there."""
    if not record.complete(Scope(who=claim.about.who, rounds=claim.about.rounds)):
        return still_open([UNFINISHED])
    results = find(record, claim.about).results
    return _such(CONTRADICTED if results else SUPPORTED, results)


def _such(verdict: str, results: list[LinkedResult], note: str = "") -> Finding:
    """A verdict by the results that are such as is said."""
    return Finding(
        verdict, listed(results) or "no such result", f"count of such results = {len(results)}", note, results
    )
