"""Claims of a share: all of, most of, half of, so many of the results of a submitter or of the round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims.agreement import bound, holds, judge
from kg.claims.context import UNFINISHED, Context, cited, find, open_review, told
from kg.claims.ranks import FIRST
from kg.claims.record import Record
from kg.claims.sentence import Sign, scope, segment
from kg.model.claim import (
    CONTRADICTED,
    NOT_CHECKABLE,
    ROUNDED,
    SUPPORTED,
    UNDERSTATED,
    Amount,
    Claim,
    Review,
    Scope,
    shown,
)

KINDS = ("share",)
_RESULTS = r"(?:results?|submissions?|entries|benchmark results|scores|systems?|configurations?|servers?)\b"
_MINE = r"(?:our|its|their|O\d+ 's|these|the)"
_SET = re.compile(
    rf"\b(?P<q>all|(?:each|every) N\d+|each|every|none|most|a majority|the majority|[NPX]\d+)"
    rf"(?: (?:one )?of)?(?P<whose> (?:all )?{_MINE}| all)?"
    rf"(?P<m> N\d+)?(?: of our| of the)?(?P<words>(?: (?:D\d+|V\d+|R\d+|O\d+|'s|mlperf|training|official|"
    rf"available|submitted|closed)){{0,3}}) {_RESULTS}(?P<in> (?:in|of) (?:the |this )?(?:D\d+|V\d+|round|"
    rf"R\d+)(?: division| category)?)?"
)
_OWNED = re.compile(r"\b(?:our|its|their)\b|'s\b")
_MAKER = re.compile(r"\b(O\d+) (?:accelerators|gpus|chips|processors|hardware)\b")
_VERB = re.compile(
    r"\b(?:are|is|was|were|use|uses|used|ran|run|have|had|has|took|take|come|came|rely|relied|employ\w*|in|with|on|powered|"
    r"power|drove|accounted|account|trained)\b"
)


def claims(ctx: Context) -> Iterator[Claim]:
    """What a sentence says of a share of results."""
    code = ctx.clause.code
    if FIRST.search(code):
        return
    for found in _SET.finditer(code):
        if not _is_share(found):
            continue
        ctx.read.append(found.span())
        claim = _claim(ctx, found)
        if claim:
            yield claim
            return


def _is_share(found: re.Match[str]) -> bool:
    text, q = found[0], found["q"]
    if q[0] in "NPX" and q[1:].isdigit():
        return re.match(rf"{q}(?: one)? of\b", text) is not None
    return True


def _claim(ctx: Context, found: re.Match[str]) -> Claim | None:
    code = ctx.clause.code
    low, high = segment(code, found.start())
    after, before = (found.end(), high), (low, found.start())
    told_after = _conditions(_narrowed(ctx, *after)) or re.search(r"\b(?:system|configuration|server)s?\b", found[0])
    pieces = after if told_after else before
    inside = _narrowed(ctx, *found.span())
    condition = replace(_narrowed(ctx, *pieces), who=(), rounds=())
    around = _narrowed(ctx, low, high)
    condition = replace(
        condition, availability=condition.availability or around.availability, divisions=condition.divisions or around.divisions
    )  # fmt: skip
    if not _conditions(condition) or not _VERB.search(code[pieces[0] : pieces[1]]):
        return None
    own = bool(_OWNED.search(found[0])) or code.startswith(("of ours", "of mine"), found.end() + 1)
    everyone = bool(re.search(r"\b[RD]\d|\bround\b|\bof all\b", found[0]))
    base = replace(inside, who=(ctx.subject(),) if own or not everyone else (), words="")
    sign = ctx.clause.sign(found["q"]) if re.fullmatch(r"[NPX]\d+", found["q"]) else None
    amount, metric, quantifier = _stated(
        ctx, found["q"], sign, "submissions" if "submissions" in found[0] else "results"
    )
    total = found["m"]
    extra: tuple[tuple[str, str], ...] = ()
    if total:
        number = ctx.clause.sign(total.strip())
        ctx.take(number)
        extra = (("total", str(number.quantity.value)),) if number.quantity else ()
    if sign:
        ctx.take(sign)
    for _, used in ctx.free("N", *pieces):
        ctx.take(used)
    made = _MAKER.search(code, *pieces)
    thing = ctx.clause.sign(made[1]).entity if made else None
    return ctx.claim(
        "share",
        condition,
        metric,
        amount,
        quantifier=quantifier,
        baseline=base,
        thing=thing,
        extra=extra,
    )


def _narrowed(ctx: Context, start: int, end: int) -> Scope:
    return replace(scope(ctx.clause, start, end), rounds=ctx.about(start, end).rounds)


def _conditions(scope: Scope) -> bool:
    return scope.narrows or "O" in scope.words


def _stated(ctx: Context, word: str, sign: Sign | None, noun: str) -> tuple[Amount, str, str]:
    """The share as a number: in percent, or as a number of results."""
    if sign is None:
        if word in ("most", "a majority", "the majority"):
            return Amount(Decimal(50), "percent", ">"), "share", "most"
        value = Decimal(0) if word == "none" else Decimal(100)
        return Amount(value, "percent"), "share", "none" if word == "none" else "all"
    amount = ctx.clause.amount(sign)
    if sign.letter == "X":
        return replace(amount, value=(amount.value * 100).quantize(Decimal(1)), unit="percent"), "share", ""
    return amount, "share" if sign.letter == "P" else noun, ""


def review(record: Record, claim: Claim) -> Review:
    """The verdict on a share of a set of results, counted in the record."""
    amount, base = claim.amount or Amount(Decimal(100), "percent"), claim.baseline or Scope()
    condition = replace(claim.about, rounds=base.rounds, who=base.who)
    condition = replace(
        condition, **{n: getattr(condition, n) or getattr(base, n) for n in ("divisions", "availability")}
    )
    whole = find(record, base)
    claimed = _claimed(record, claim, amount, base)
    if whole.missing or not whole.results:
        return open_review(claim, claimed, whole.missing or (f"no result of {told(record, base)}",))
    if any(not record.filed(s) for s in condition.systems):
        return open_review(claim, claimed, find(record, condition).missing)
    part = record.of(condition)
    if claim.thing:
        part = [r for r in whole.results if r.accelerator and record.maker(r.accelerator.iri) == claim.thing.iri]
    kin = find(record, condition)
    if not part and kin.missing and not claim.thing:
        return open_review(claim, claimed, kin.missing)
    few, many = len(part), len(whole.results)
    share = Decimal(100) * few / many
    value = share if claim.metric == "share" else Decimal(few)
    verdict = judge(amount, value, claim.metric)
    systems = Decimal(len({r.filed_system for r in part}))
    if claim.metric == "submissions" and not holds(verdict) and holds(judge(amount, systems, claim.metric)):
        gives = f"{few} of {many} results, on {systems} systems as filed"
        note = "a submission counted as a system with its results"
        return Review(claim, claimed, SUPPORTED, gives, f"count of systems = {systems}", note, cited(part), 2, 1)
    verdict, note = _checked(record, claim, base, verdict, few, many)
    gives = f"{few} of {many} results"
    formula = f"{few} / {many} = {shown(share)} %"
    return Review(claim, claimed, verdict, gives, formula, note, cited(part or whole.results), 1, int(holds(verdict)))


def _checked(record: Record, claim: Claim, base: Scope, verdict: str, few: int, many: int) -> tuple[str, str]:
    """The verdict with what 'all' and a stated total add: all is all, and the total is that of the record."""
    total = dict(claim.extra).get("total")
    if total and Decimal(total) != many:
        more = Decimal(total) > many
        return (CONTRADICTED if more or not holds(verdict) else UNDERSTATED), f"the record has {many} results"
    if claim.quantifier == "all":
        verdict = SUPPORTED if few == many else CONTRADICTED
    if claim.quantifier == "none":
        verdict = SUPPORTED if few == 0 else CONTRADICTED
    if (
        verdict == ROUNDED
        and claim.metric == "share"
        and few * 100 == many * (claim.amount or Amount(Decimal(0), "")).value
    ):
        verdict = SUPPORTED
    if not record.complete(base):
        return NOT_CHECKABLE, UNFINISHED
    return verdict, ""


def _claimed(record: Record, claim: Claim, amount: Amount, base: Scope) -> str:
    number = {"all": "all", "none": "none", "most": "most"}.get(claim.quantifier) or (
        f"{bound(amount)}{shown(amount.value)}{' %' if claim.metric == 'share' else ''}"
    )
    condition = told(record, replace(claim.about, rounds=()), whose=False)
    maker = f"{claim.thing.label} accelerators" if claim.thing else ""
    return f"{number} of the results of {told(record, base)}: {', '.join(filter(None, (maker, condition)))}"
