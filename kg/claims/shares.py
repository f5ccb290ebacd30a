"""Claims of a share: all of, most of, half of, so many of the results of a submitter or of the round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims.agreement import bound, common, holds, judge
from kg.claims.context import EXCEPT, Context, joined
from kg.claims.counts import COUNT, READINGS
from kg.claims.lookup import UNFINISHED, Finding, find, still_open, told
from kg.claims.ranks import EVERY, FIRST
from kg.claims.record import Record
from kg.claims.scope import scope
from kg.claims.sentence import Sign, segment
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Amount, Claim, Scope, shown
from kg.model.statement import Entity

KINDS = ("share",)
_RESULTS = (
    r"(?P<noun>results?|submissions?|entries|benchmark results|scores|systems?|configurations?|servers?|machines?)\b"
)
_MINE = r"(?:our|its|their|O\d+ 's|these|the)"
_ALL = (
    rf"(?P<m> N\d+)?(?: of our| of the)?(?P<words>(?: (?:[DVROBS]\d+|'s|mlperf|training|official|"
    rf"available|submitted|closed)){{0,3}}) {_RESULTS}(?P<in> (?:in|of) (?:the |this )?(?:D\d+|V\d+|round|"
    rf"R\d+)(?: division| category)?)?"
)
_SET = re.compile(
    rf"\b(?P<q>all but N\d+|all|both|(?:each|every) N\d+|each|every|none|not one|no|most|(?:a|the) majority|"
    r"[NPX]\d+(?= (?:one )?of\b))"
    rf"(?:(?: (?:one )?of)?(?P<whose> (?:all )?{_MINE}| all| every)?{_ALL}|(?P<back> of (?:them|which|those|these))\b)"
)
_AMONG = re.compile(rf"\bof(?P<whose> (?:all )?{_MINE}| all){_ALL} ,(?P<back>(?!))? (?P<q>all|both|most|[NPX]\d+)\b")
_BUT = re.compile(rf" ,? ?{EXCEPT} (N\d+)?")
_REST = re.compile(r" , (?:and )?(?:the (?:others?|rest|remain\w+)|N\d+) ")
_CLASS = re.compile(r"\b(?:of|among) $")
_OWNED = re.compile(r"\b(?:our|its|their)\b|'s\b")
_FROM = re.compile(r"\b(?:came|come|comes|are|were|submitted) (?:from|by) (?:(O\d+)\b(?! (?:'s|[ASC]\d))|us\b)")
_VERB = re.compile(r" [a-z]+(?= |$)")
MAKER = re.compile(r"\b(O\d+) (?:accelerators|gpus|chips|processors|hardware)\b")
_SETS = {"configuration": "configurations", "submission": "submissions", "benchmark": "benchmarks"}
_SETS |= dict.fromkeys(("system", "server", "machine"), "systems")
_HAD = re.compile(r"\b(?:we|(O\d+)) (?:[a-z]+ ){1,3}$")


def claims(ctx: Context) -> Iterator[Claim]:
    """What a sentence says of a share of results."""
    code = ctx.clause.code
    if FIRST.search(code) or EVERY.search(code):
        return
    for found in (*_AMONG.finditer(code), *_SET.finditer(code)):
        if found["q"] == "all" and _CLASS.search(code, 0, found.start()):
            continue  # 'among all systems' is a class, and says nothing of each
        if found["noun"] and found["noun"][-1] != "s" and found["q"][0] in "NPX" and "every" not in found[0]:
            continue  # 'of our submission, eight cards'
        ctx.read += [m.span() for m in (found, _VERB.match(code, found.end())) if m]
        if claim := _claim(ctx, found):
            yield claim
            return


def _claim(ctx: Context, found: re.Match[str]) -> Claim | None:
    code = ctx.clause.code
    low, high = segment(code, found.start())
    if rest_of := _REST.search(code, found.end(), high):
        high = rest_of.start()
    after, before = (found.end(), high), (low, found.start())
    rest = scope(ctx.clause, *after)
    told_after = rest.narrows or "O" in rest.words
    pieces = after if told_after else before
    noun, stretch = found["noun"], found.span()
    if found["back"]:
        counted = [m for _, pattern in COUNT for m in pattern.finditer(code, low, found.start())]
        if not counted:
            return None
        noun, stretch = counted[-1][0].rpartition(" ")[2], (low, found.start())
    inside = replace(scope(ctx.clause, *stretch), rounds=ctx.about(*stretch).rounds)
    condition = scope(ctx.clause, *pieces)
    owner = _owner(ctx, found)
    own = bool(_OWNED.search(found[0])) or code.startswith(("of ours", "of mine"), found.end() + 1)
    everyone = bool(re.search(r"\b[RD]\d|\bround\b|\bof (?:all|every)\b", found[0]))
    whole = everyone and not own
    base = replace(inside, who=() if whole else (ctx.subject(),), words="")
    made = MAKER.search(code, *pieces)
    if not owner and not made and joined(base, condition) == base:
        return None  # nothing is said of them but what they are
    if whole and owner:
        condition = replace(condition, who=(owner,))
    but = _BUT.match(code, found.end())
    if but and not (but[1] and found["q"] in ("all", "each", "every")):
        return None
    said = f"all but {but[1]}" if but else found["q"]
    stated = re.fullmatch(r"(?:all but )?([NPX]\d+)", said)
    sign = ctx.clause.sign(stated[1]) if stated else None
    amount, quantifier = _stated(ctx, said, sign)
    numbers = ctx.clause.named(found["m"] or "")
    totals = ["2"] if found["q"] == "both" else [str(number.value) for number in numbers]
    whose = own or whole or found["back"]  # else of all or of the own: 'two of fourteen entries'
    extra = tuple(("total" if whose else "of", total) for total in totals)
    ctx.take(*numbers, *([sign] if sign else []), *ctx.free("N", *pieces))
    thing = ctx.clause.sign(made[1]).entity if made else None
    of = _SETS.get(noun.rstrip("s"), "results")
    missing = ("which of them took so long",) if any(ctx.clause.within("T", *pieces)) else ()
    return ctx.claim(
        "share", condition, of, amount, found.start(), quantifier=quantifier, baseline=base, thing=thing, extra=extra,
        missing=missing,
    )  # fmt: skip


def _owner(ctx: Context, found: re.Match[str]) -> Entity | None:
    """Who has a share of all results: 'Acme submitted half of all results'."""
    code = ctx.clause.code
    named = _HAD.search(code, 0, found.start()) or _FROM.search(code, found.end())
    if named is None:
        return None
    return ctx.clause.sign(named[1]).entity if named[1] else ctx.speaker


def _stated(ctx: Context, word: str, sign: Sign | None) -> tuple[Amount, str]:
    """The share as a number, in percent or of the set, and its quantifier; 'all but two' is how many are left out."""
    if sign is None:
        few = word in ("none", "no", "not one")
        if word in ("most", "a majority", "the majority"):
            return Amount(Decimal(50), "percent", ">"), "most"
        return Amount(Decimal(0 if few else 100), "percent"), "none" if few else "all"
    amount = sign.amount
    if sign.letter == "X":
        return replace(amount, value=(amount.value * 100).quantize(Decimal(1)), unit="percent"), ""
    return amount, "all but" if word.startswith("all but") else ""


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a share of a set, counted in the record in each way in which its members may be counted."""
    base = claim.baseline or Scope()
    condition = replace(claim.about, rounds=base.rounds, who=claim.about.who or base.who)
    whole = find(record, base)
    if whole.missing or not whole.results:
        return still_open(whole.missing or [f"no result of {told(record, base)}"])
    kin = find(record, condition)
    inside = {r.iri for r in whole.results}
    part = [r for r in record.of(condition) if r.iri in inside]
    if claim.thing:
        part = [r for r in whole.results if r.accelerator and record.maker(r.accelerator.iri) == claim.thing.iri]
    elif not part and kin.missing:
        return still_open(kin.missing)
    counts = [
        (name, len({of(r) for r in part}), len({of(r) for r in whole.results}))
        for name, of in READINGS["results" if claim.quantifier in ("all", "none") and not claim.extra else claim.metric]
    ]
    verdicts = [_verdict(claim, few, many) for _, few, many in counts]
    fits = next((n for n, v in enumerate(verdicts) if holds(v)), 0)
    name, few, many = counts[fits]
    verdict = verdicts[fits] if holds(verdicts[fits]) else common(verdicts)
    note = f"counted as {name}" if fits else ""
    note = "how the systems are counted" if verdict == NOT_CHECKABLE else note
    if missed := len(record.unscored(base)):  # none of them may be of it, or all
        _, few, many = counts[0]
        both = {_verdict(claim, few + more, many + missed) for more in (0, missed)}
        verdict, note = (verdict, note) if both == {verdict} else (NOT_CHECKABLE, UNFINISHED)
    formula = f"{few} / {many} = {shown(Decimal(100) * few / many)} %"
    return Finding(verdict, f"{few} of {many} {name}", formula, note, part or whole.results, len(counts))


def _verdict(claim: Claim, few: int, many: int) -> str:
    """The verdict where so many of the set have what is said: all is all, and a total that is stated is that of the record."""
    amount = claim.stated
    exact = {"all": many, "none": 0, "all but": many - amount.value}.get(claim.quantifier)
    value = Decimal(100) * few / many if amount.unit == "percent" else Decimal(few)
    if exact is not None:
        verdict = SUPPORTED if few == exact else CONTRADICTED
    else:
        verdict = judge(amount, value, "share" if amount.unit == "percent" else "results")
    said = dict(claim.extra)
    total = Decimal(said.get("total") or said.get("of") or many)
    if total == many:
        return verdict
    return CONTRADICTED if "total" in said and (total > many or not holds(verdict)) else NOT_CHECKABLE


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    amount, base = claim.stated, claim.baseline or Scope()
    value = f"{bound(amount)}{shown(amount.value)}{' %' if amount.unit == 'percent' else ''}"
    number = {"": value, "all but": f"all but {value}"}.get(claim.quantifier, claim.quantifier)
    condition = told(record, replace(claim.about, rounds=()), whose=bool(claim.about.who))
    maker = f"{claim.thing.label} accelerators" if claim.thing else ""
    return f"{number} of the {claim.metric or 'results'} of {told(record, base)}: {', '.join(filter(None, (maker, condition)))}"
