"""A statement's own arithmetic: power, energy and time compared from the watts and minutes that it gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.claims.agreement import holds, judge
from kg.claims.context import Context
from kg.claims.lookup import Finding, still_open
from kg.claims.record import Record
from kg.claims.sentence import Sign
from kg.model.claim import ROUNDED, Claim, Scope, shown

KINDS = ("arithmetic",)
_GIVEN = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?minutes?\b[^.;]{0,160}?(\d[\d,]*) ?(?:watts?\b|W\b)", re.IGNORECASE)
_MORE = re.compile(
    r"§ (?:(?P<more>more|higher)|less|lower) (?P<of>power|energy)\b|§ (?P<pace>slower|faster)\b(?! than)"
)
_ASSUMES = "the statement's own numbers, from rated power; the record holds no power or energy"


def claims(ctx: Context) -> Iterator[Claim]:
    """The percentages of a sentence that compare power, energy or time with what the statement gave just before."""
    code = ctx.clause.code
    if not re.search("power|energy", code) or re.search(r"\b(?:efficien\w+|carbon|may|might|could)\b", code):
        return
    end = ctx.clause.sentence.span.end - ctx.statement.body.start
    given = _GIVEN.findall(" ".join(ctx.statement.text[:end].split()).replace(",", ""))
    ctx.read += [m.span() for m in re.finditer(r"\b(?:power|energy|consum\w+)\b", code)]
    said = [(what, s) for s in ctx.free("P") if (what := _what(ctx, s))]
    shares = [(what, str(s.value)) for what, s in said if "energy" not in what]
    for what, sign in said:
        ctx.take(sign)
        about = Scope(who=(ctx.speaker,))
        yield ctx.claim("arithmetic", about, what, sign.amount, extra=(*given, *shares))


def _what(ctx: Context, sign: Sign) -> str:
    found = _MORE.search(ctx.clause.marked(sign))
    if not found:
        return ""
    return found["pace"] or f"{'more' if found['more'] else 'less'} {found['of']}"


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    return f"{shown(claim.stated.value)} % {claim.metric}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a statement's own arithmetic; the last run that it gave is the one compared with."""
    amount, metric = claim.stated, claim.metric
    given = [(Decimal(m), Decimal(w)) for m, w in claim.extra if m[0].isdigit()]
    if len(given) < 2:
        return still_open(["power or energy: the record holds neither"])
    (m, w), (n, v) = given[0], given[-1]
    shares = {k: Decimal(s) / 100 for k, s in claim.extra if not k[0].isdigit()}
    power, energy, slower, faster = w / v, w * m / (v * n), m / n, n / m
    ratio = power if metric.endswith("power") else energy if metric.endswith("energy") else slower
    ratio = faster if metric == "faster" else ratio
    way = "slower" if metric in ("slower", "more power", "more energy") else "speed"
    values = [abs(100 * (ratio - 1))]
    if metric == "more energy" and "more power" in shares and {"slower", "faster"} & set(shares):
        time = 1 + shares["slower"] if "slower" in shares else 1 - shares["faster"]
        values.append(100 * ((1 + shares["more power"]) * time - 1))
    value = next((x for x in values if holds(judge(amount, x, way))), values[0])
    verdict, note = judge(amount, value, way), _ASSUMES
    if value is not values[0]:
        verdict, note = ROUNDED, f"from the shares of the same sentence; {note}"
    formula = f"{shown(m)} min at {shown(w)} W against {shown(n)} min at {shown(v)} W: {shown(value)} %"
    return Finding(verdict, "no such field", formula, note)
