"""A statement's own arithmetic: power, energy and time compared from the watts and minutes that it gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.claims.agreement import holds, judge
from kg.claims.context import Context
from kg.claims.lookup import open_review
from kg.claims.record import Record
from kg.claims.sentence import Sign
from kg.model.claim import NOT_CHECKABLE, ROUNDED, Amount, Claim, Review, Scope, shown

KINDS = ("arithmetic",)
_GIVEN = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?minutes?\b[^.;]{0,160}?(\d[\d,]*) ?(?:watts?\b|W\b)", re.IGNORECASE)
_MORE = re.compile(
    r"§ (?:(?P<more>more|higher)|less|lower) (?P<of>power|energy)\b|§ (?P<pace>slower|faster)\b(?! than)|"
    r"\b(?P<named>power|energy)\b(?:(?![.;,]).){0,30}? § (?:(?P<rose>more|higher)|less|lower)"
)
_ASSUMES = "the statement's own numbers, from rated power; the record holds no power or energy"


def claims(ctx: Context) -> Iterator[Claim]:
    """The percentages of a sentence that compare power, energy or time with what the statement gave just before."""
    code = ctx.clause.code
    given = _given(ctx)
    worth = "power" in code or "energy" in code
    if not worth or re.search(r"\b(?:efficien\w+|carbon|may|might|could)\b", code):
        return
    for _, sign in list(ctx.free("P")):
        what = _what(ctx, sign)
        if not what:
            continue
        ctx.take(sign)
        ctx.read += [m.span() for m in re.finditer(r"\b(?:power|energy|consum\w+)\b", code)]
        extra = tuple((f"{w} W", f"{m} min") for w, m in given)
        shares = tuple(
            (f"share of {other}", str(s.quantity.value))
            for _, s in ctx.clause.within("P")
            if s.quantity and (other := _what(ctx, s)) and "energy" not in other
        )
        yield ctx.claim("arithmetic", Scope(who=(ctx.speaker,)), what, ctx.clause.amount(sign), extra=extra + shares)


def _what(ctx: Context, sign: Sign) -> str:
    text = re.sub(rf"\b{ctx.clause.name(sign)}\b", "§", ctx.clause.code)
    found = _MORE.search(text)
    if not found:
        return ""
    return found["pace"] or f"{'more' if found['more'] or found['rose'] else 'less'} {found['of'] or found['named']}"


def _given(ctx: Context) -> list[tuple[Decimal, Decimal]]:
    """Watts and minutes of each run that the statement gives up to this sentence, in order."""
    end = ctx.clause.sentence.span.end - ctx.statement.body.start
    text = " ".join(ctx.statement.text[:end].split())
    return [(Decimal(w.replace(",", "")), Decimal(m.replace(",", ""))) for m, w in _GIVEN.findall(text)]


def review(record: Record, claim: Claim) -> Review:
    """The verdict on a statement's own arithmetic; the last run that it gave is the one compared with."""
    amount = claim.amount or Amount(Decimal(0), "percent")
    claimed = f"{shown(amount.value)} % {claim.metric}"
    given = [
        (Decimal(w.removesuffix(" W")), Decimal(m.removesuffix(" min"))) for w, m in claim.extra if w.endswith(" W")
    ]
    if len(given) < 2:
        return open_review(claim, claimed, ("power or energy: the record holds neither",))
    own, other = given[0], given[-1]
    value, formula = _worked(claim.metric, own, other)
    way = "slower" if claim.metric in ("slower", "more power", "more energy") else "speed"
    verdict = judge(amount, value, way)
    note = "the statement's own numbers" if claim.metric in ("slower", "faster") else _ASSUMES
    if not holds(verdict):
        shares = {name.removeprefix("share of "): Decimal(v) for name, v in claim.extra if name.startswith("share")}
        product = _from_shares(shares) if claim.metric == "more energy" else None
        if product is not None and holds(judge(amount, product, way)):
            verdict, note = ROUNDED, f"from the shares of the same sentence; {note}"
            value, formula = product, "from the stated shares of power and time, in percent"
        elif claim.metric in ("more power", "more energy", "less power", "less energy"):
            verdict, note = NOT_CHECKABLE if verdict == "understated" else verdict, note
    if claim.metric == "faster":
        note += f"; read as more speed; as less time it is {shown(100 * (1 - own[1] / other[1]))} %"
    return Review(
        claim, claimed, verdict, "no such field", f"{formula} = {shown(value)} %", note, (), 1, int(holds(verdict))
    )


def _worked(metric: str, own: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> tuple[Decimal, str]:
    (w, m), (v, n) = own, other
    if metric.endswith("power"):
        return abs(100 * (w / v - 1)), f"{shown(w)} W / {shown(v)} W − 1"
    if metric.endswith("energy"):
        return abs(
            100 * (w * m / (v * n) - 1)
        ), f"({shown(w)} W × {shown(m)} min) / ({shown(v)} W × {shown(n)} min) − 1"
    if metric == "slower":
        return 100 * (m / n - 1), f"{shown(m)} / {shown(n)} − 1"
    return 100 * (n / m - 1), f"{shown(n)} / {shown(m)} − 1"


def _from_shares(shares: dict[str, Decimal]) -> Decimal | None:
    """The energy that stated shares of power and time make, in percent."""
    power = next((v for n, v in shares.items() if n == "more power"), None)
    time = next((v if n == "slower" else -v for n, v in shares.items() if n in ("slower", "faster")), None)
    if power is None or time is None:
        return None
    return 100 * ((1 + power / 100) * (1 + time / 100) - 1)
