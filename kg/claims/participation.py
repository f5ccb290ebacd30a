"""Claims of which participation it is, and that something was submitted for the first time: asked of all earlier rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims.context import OWN, Context
from kg.claims.lookup import Finding, still_open, told
from kg.claims.ranks import PLACES
from kg.claims.record import Record
from kg.model.claim import CONTRADICTED, SUPPORTED, Amount, Claim, Scope, shown

KINDS = ("participation", "first time")
_ORDINALS = {"inaugural": 1, "debut": 1} | PLACES
_WORD = "|".join(_ORDINALS)
_NTH = re.compile(
    rf"\b(?P<n>{_WORD})(?:[- ](?:time|ever|set|official|R\d+|mlperf|training|hpc|of)){{0,4}} (?:as (?:a|"
    rf"an) )?(?:submitter|submission|submissions|participation|submitting|participant|round|results|"
    rf"training results)\b"
    rf"|\b(?P<k>inaugural|debut)\b|\b(?:a|for (?:the|its|our)) (?P<j>{_WORD}) time\b"
)
_NEW = re.compile(r"\bfor the first time\b|\bis the first time\b|\bnew submissions? (?:for|on|with|of)\b")

_OF = re.compile(r" (?:(?:in which|where|when|that) [^;,]*? )?(?:with|on|using|for) ")
"""Behind the first of something, what it is the first of: 'the first round in which we submit on the A100'."""


def claims(ctx: Context) -> Iterator[Claim]:
    """That a round is a submitter's first, second … one; that a benchmark or a system is submitted for the first time."""
    code = ctx.clause.code
    new = _NEW.search(code)
    about = ctx.about(new.start()) if new and new[0].startswith("new") else ctx.about()
    if new and (about.benchmarks or about.systems or about.accelerators):
        yield ctx.claim("first time", replace(about, count=None, nodes=None, per_node=None), "first time")
        return
    found = _NTH.search(code)
    of = _OF.match(code, found.end()) if found else None
    if found and of and (found["n"] or "") == "first":
        part = ctx.about(found.end())
        if part.benchmarks or part.systems or part.accelerators or part.frameworks:
            yield ctx.claim("first time", replace(part, who=(ctx.subject(),), count=None, nodes=None), "first time")
        return
    if not found or re.search(r"\b(?:(?:since|after) (?:our|its|the)? ?|[ACSFW]\d+ 's )$", code[: found.start()]):
        return
    ctx.read.append(found.span())
    word = found["n"] or found["k"] or found["j"] or "first"
    said = re.search(r"R\d+", found[0])
    at = ctx.clause.sign(said[0]).entity.iri if said else ctx.round
    thing = found["k"] and not OWN.search(code, 0, found.start()) and any(ctx.clause.within("ABCSW"))
    named = Scope(who=(ctx.subject(),), rounds=(at,))
    missing = ("whose debut it is",) if thing else ()
    yield ctx.claim("participation", named, "participation", Amount(Decimal(_ORDINALS[word]), "count"), missing=missing)


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    said = "for the first time" if claim.kind == "first time" else f"participation number {shown(claim.stated.value)}"
    return f"{told(record, claim.about)}: {said}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict, from the rounds before of the same suite."""
    return _new_review(record, claim) if claim.kind == "first time" else _nth_review(record, claim)


def _nth_review(record: Record, claim: Claim) -> Finding:
    about, amount = claim.about, claim.stated
    now, earlier = record.of(about), record.earlier(about.rounds[0])
    if not now:
        return still_open(["no result of the submitter is on record in this round"])
    took_part = [r for r in earlier if record.took_part(about.who[0].iri, r)]
    missing = [record.label(r) for r in earlier if record.took_part(about.who[0].iri, r) is None]
    number = len(took_part) + 1
    gives = f"earlier rounds that it took part in: {', '.join(map(record.label, reversed(took_part))) or 'none'}"
    formula = f"{len(took_part)} + 1 = {number}"
    if missing and number <= amount.value:
        return still_open([f"the record of {', '.join(missing)}, which is not loaded"], gives)
    if number < amount.value and record.parts(about.who):
        return still_open(["whether it took part under another name"], gives)
    return Finding(SUPPORTED if number == amount.value else CONTRADICTED, gives, formula, used=now[:20])


def _new_review(record: Record, claim: Claim) -> Finding:
    about = claim.about
    unlinked = [s.label for s in about.systems if not record.filed(s)]
    if unlinked:
        return still_open([f"{', '.join(unlinked)}, which is not on record"])
    now, earlier = record.of(about), record.earlier(about.rounds[0])
    before = [r for e in earlier for r in record.of(replace(about, rounds=(e,)))]
    absent = [b.label for b in about.benchmarks if not any(record.within(r.benchmark, b) for r in now)]
    absent = absent or ([] if now else ["any result"])
    who = about.who[0].iri
    missing = [record.label(e) for e in earlier if not record.loaded(e) and record.took_part(who, e) is not False]
    gives = f"earlier: {', '.join(sorted({f'{r.benchmark.label} in {r.round.label}' for r in before})) or 'none'}"
    if not before and absent:
        return still_open([f"no result in this round: {', '.join(absent)}"], gives)
    if not before and missing:
        return still_open([f"the record of {', '.join(missing)}, which is not loaded"], gives)
    formula = f"count of earlier results = {len(before)}"
    return Finding(CONTRADICTED if before else SUPPORTED, gives, formula, used=[*now, *before][:20])
