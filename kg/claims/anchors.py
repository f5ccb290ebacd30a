"""Comparisons of results that a text tells by their times: '61.5 minutes with 128 GPUs and 21.9 with 1,024, a 2.8-fold speedup'.

Where the own words of a comparison lead to no results, the times beside them do: those of its sentence, and of the ones before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from kg.claims import pairs
from kg.claims.agreement import BOUNDS, PER_MINUTE, holds, judge, took_so_long
from kg.claims.context import Context
from kg.claims.lookup import Finding, still_open
from kg.claims.pairs import Pair
from kg.claims.record import Record
from kg.claims.relation import difference
from kg.claims.scope import accelerator_counts, node_counts
from kg.claims.sentence import Sign
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, UNDERSTATED, Amount, Claim, Scope
from kg.model.record import LinkedResult

_LEANS = re.compile(
    r"§ (?:times )?(?:as (?:fast|quick|long|slow)\w*|faster|quicker|swifter|ahead|slower|longer|shorter|less|more|below|under|behind|"
    r"sooner|earlier|of)\b|\bwithin §"
)
"""What says of one of two that it is the faster or the slower one; a speedup, a cut or an efficiency is of both."""
_IS = re.compile(r"(?:(?:,|or|which|that|is|are|was|means|and|a|an|thus|hence|just|only|about) )*")
"""What may stand between a time and what it is: '24.1 minutes, which is 4.6 percent longer'."""
_FROM = re.compile(r"\bfrom (?:[a-z]+ ){0,2}$")
"""Before the old one of two times: 'from 18.0 to 9.1 minutes'."""
_CLAUSE = re.compile(r".*[,;:] (?:(?:and|so|while|but) )?")
"""What stands before the clause of a comparison, which tells its subject: '…, so the L40S is 1.6 times faster'."""
_MOST = 40
"""Of so many results that took as long it is not known which are meant."""


def by_times(ctx: Context, claim: Claim, sign: Sign) -> Claim:
    """A comparison as one of results whose times stand beside it, where that decides it and its own words do not; else as it is."""
    own = pairs.review(ctx.record, claim)
    here = [s for s in ctx.clause.within("T") if s is not sign and not difference(ctx.clause, s)]
    best = claim.baseline is not None and claim.baseline.best
    if claim.quantifier or best or holds(own.verdict) or (own.record and len(here) < 2):
        return claim
    benchmarks = claim.about.benchmarks if len({s.entities for s in ctx.clause.within("B")}) < 2 else ()
    base = claim.baseline if claim.baseline and claim.baseline.words != "unnamed" else None
    about = Scope(who=claim.about.who if base else (), rounds=(ctx.round,), benchmarks=benchmarks)
    made = replace(claim, kind="comparison", about=about, baseline=base, missing=())
    times = [*((s.amount, s) for s in here), *((amount, None) for amount, _ in ctx.spoken)]
    anywhere = replace(made, about=Scope(rounds=(ctx.round,)))
    if any(
        amount.bound in BOUNDS or not amount.value or not _results(ctx.record, made if at else anywhere, amount)
        for amount, at in times
    ):
        return claim
    found: dict[frozenset[str], tuple[str, Amount, Amount]] = {}
    for (first, at), (other, place) in combinations(times, 2):
        if sides := _pairs(ctx.record, made, first, other):
            meant = sum(s is not None for s in (at, place)) == min(len(here), 2) and _named(ctx, sides)
            of = "first" if base else _subject(ctx, sign, [at, place], sides)
            same = frozenset(r.iri for p in sides for r in (p.now, p.then))
            found.setdefault(same, (of if meant else "beside", first, other))
    used = {amount for _, *two in found.values() for amount in two}
    begin = min((at for amount, at in ctx.spoken if amount in used), default=claim.start)
    made = replace(made, times=(*found.values(),), start=begin, quote=ctx.statement.document.text[begin : claim.end])
    verdict = review(ctx.record, made).verdict
    return made if holds(verdict) or verdict != NOT_CHECKABLE == own.verdict else claim


def _named(ctx: Context, found: list[Pair]) -> bool:
    """Whether who, what and how many the sentence names are of one or the other result of a pair."""
    named = [Scope(who=(who,)) for _, who in ctx.organizations()]
    named += [Scope(systems=s.entities) for s in ctx.clause.within("S")]
    named += [Scope(accelerators=s.entities) for s in ctx.clause.within("A")]
    named += [Scope(either=n) for n in accelerator_counts(ctx.clause)]
    named += [Scope(nodes=int(s.value)) for _, s in node_counts(ctx.clause)]
    of = [{r.iri for r in ctx.record.of(scope)} for scope in named]
    return any(all({p.now.iri, p.then.iri} & iris for iris in of) for p in found)


def _subject(ctx: Context, sign: Sign, places: list[Sign | None], found: list[Pair]) -> str:
    """Of which of two times a comparison is: of the 'first' or the 'other' one, of 'both' alike; '' where that is open."""
    code = ctx.clause.code
    names = ["first", "other"]
    after = [n for n, s in enumerate(places) if s and _FROM.search(code, 0, s.at)]
    if after and all(places):
        return names[1 - after[0]]
    if not _LEANS.search(ctx.clause.marked(sign)):
        return "both"
    for n, place in enumerate(places):
        if place and place.at < sign.at and _IS.fullmatch(code, place.at + len(place.name) + 1, sign.at):
            return names[n]
    begin = _CLAUSE.match(code, 0, sign.at)
    about = replace(ctx.about(begin.end() if begin else 0, sign.at), rounds=(), benchmarks=())
    fits = {r.iri for r in ctx.record.of(about)}
    sides = list(zip(*((p.now, p.then) for p in found), strict=True))
    for said in (
        [any(r.iri in fits for r in side) for side in sides],
        [side[0].round.iri == ctx.round for side in sides],
    ):
        if sum(said) == 1:
            return names[said.index(True)]
    return ""


def _results(record: Record, claim: Claim, amount: Amount) -> list[LinkedResult]:
    """The results that took a time, of the round of a claim, or else of earlier ones."""
    (at,) = claim.about.rounds
    for rounds in ((at,), tuple(filter(record.loaded, record.earlier(at)))):
        listed = record.of(Scope(rounds=rounds, benchmarks=claim.about.benchmarks)) if rounds else []
        about = amount.value / PER_MINUTE[amount.unit]
        near = [r for r in listed if abs(r.result.minutes - float(about)) <= max(1.0, 0.1 * float(about))]
        if found := [r for r in near if holds(took_so_long(amount, r))]:
            return found
    return []


def _pairs(record: Record, claim: Claim, first: Amount, other: Amount) -> list[Pair]:
    """The pairs of results of one benchmark, in rounds that compare, that took one time and the other.

    Where the words name what is compared with, it is the second of each.
    """
    found = [
        Pair(a, b) for a in _results(record, claim, first) for b in _results(record, claim, other)
        if a.benchmark.iri == b.benchmark.iri and record.comparable(a.benchmark.iri, a.round.iri, b.round.iri)
    ]  # fmt: skip
    found = [p for p in found if claim.about.rounds[0] in (p.now.round.iri, p.then.round.iri)]
    if claim.metric == "efficiency":
        found = [p for p in found if p.now.result.accelerators != p.then.result.accelerators]
    if not claim.baseline:
        own = {r.iri for r in record.of(Scope((claim.speaker,)))}
        found = [p for p in found if {p.now.iri, p.then.iri} <= own] or found
    if base := claim.baseline:
        scopes = Scope(claim.about.who), replace(base, rounds=(), benchmarks=())
        ours, theirs = ({r.iri for r in record.of(scope)} for scope in scopes)
        either = [*found, *(Pair(p.then, p.now) for p in found)]
        found = [p for p in either if p.now.iri in ours and p.then.iri in theirs and p.then.iri != p.now.iri]
        found = [p for p in found if p.now.iri not in theirs] or found
    return found if len(found) <= _MOST else []


def _ordered(claim: Claim, pair: Pair, of: str) -> Pair:
    """A pair with the subject first; where it is of both alike the faster one, or the slower, as its metric has it, or the larger."""
    if of == "first":
        return pair
    if of == "other":
        turned = True
    elif claim.metric == "efficiency":
        turned = (pair.now.result.accelerators or 0) < (pair.then.result.accelerators or 0)
    else:
        turned = (pair.now.result.minutes > pair.then.result.minutes) != (claim.metric in ("slower", "behind"))
    return Pair(pair.then, pair.now) if turned else pair


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a comparison of results that are told by their times.

    It is supported by two of them where no other two may be meant and it is clear which is the subject, and denied where no two
    bear it out.
    """
    meant = [of for of, *_ in claim.times if of != "beside"]
    meant = [*filter(None, meant)] or meant
    denied: list[Finding] = []
    for of, first, other in claim.times:
        found = [_ordered(claim, p, of) for p in _pairs(record, claim, first, other)]
        made = [pairs.judged(record, claim, [p]) for p in found]
        fitting = [f for f in made if holds(f.verdict)]
        if fitting and meant == [of] and of:
            return fitting[0]
        as_told = any(_as_told(claim, p, first, other) for p in found)
        if fitting or as_told or not all(f.verdict in (CONTRADICTED, UNDERSTATED) for f in made):
            return still_open(["which of several results is meant"], next((f.record for f in (*fitting, *made)), ""))
        denied += made if of != "beside" else []
    return denied[0] if denied else still_open([pairs.NO_BASELINE])


def _as_told(claim: Claim, pair: Pair, first: Amount, other: Amount) -> bool:
    """Whether a comparison of two results follows from their times as they are told, which are rounded."""
    a, b = (amount.value / PER_MINUTE[amount.unit] for amount in (first, other))
    ratio = max(a, b) / min(a, b)
    percent = 100 * (1 - 1 / ratio) if claim.metric == "less time" else 100 * (ratio - 1)
    if claim.metric == "efficiency":
        few, many = sorted(Decimal(r.result.accelerators or 1) for r in (pair.now, pair.then))
        ratio *= few / many
        percent = 100 * ratio
    return holds(judge(claim.stated, ratio if claim.stated.unit == "factor" else percent, claim.metric))
