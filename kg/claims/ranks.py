"""Claims of a place among submitters: the fastest of a class, or first on so many benchmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from kg.claims.agreement import holds, judge
from kg.claims.context import ABOUT_RESULTS, BENCHMARKS, EXCEPT, Context, joined, stretch_end
from kg.claims.lookup import Finding, benchmarks_stated, filed_as, find, if_complete, minutes, still_open, told
from kg.claims.record import Record, best, submitters
from kg.claims.relation import BEATS
from kg.claims.scope import scope
from kg.claims.sentence import END
from kg.model.claim import CONTRADICTED, SUPPORTED, Amount, Claim, Scope, shown
from kg.model.record import LinkedResult

KINDS = ("rank",)
_HEDGED = re.compile(
    r"\b(?:among|N\d+ of|some of) the (?:[a-z]+ )?(?:fastest|first|best|top|highest|largest|leading|only|most)\b|"
    r"\bfastest[- ]growing\b"
)
PLACES = {w: n for n, w in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1)}
FIRST = re.compile(
    rf"\b(?:(?<!\ba )(?P<place>fastest|quickest|"
    rf"(?:{'|'.join(PLACES)})(?=[- ](?:fastest|place|best|quickest|shortest|lowest|on|in|for|of|among)\b))|"
    rf"(?:rank|plac|c[ao]m|finish)(?:e?[sd]?) (?:(?:in|among) )?(?P<at>{'|'.join(PLACES)})\b|"
    r"first place|top spot|number one|the lead|led|leads|won|topped|"
    r"shortest (?:[a-z]+ |B\d+ ){0,2}times?|best (?:B\d+ )?(?:time|result)s?|lowest (?:[a-z]+ |B\d+ ){0,2}times?)\b"
)
_MANY = (
    r"(?P<q>(?:all )?N\d+|all|every|each)(?: (?:of|out of) (?:the |its |our |all )?(?P<m>N\d+))? ?(?:of the )?"
    rf"(?:[a-z]+ |D\d+ |R\d+ ){{0,3}}?(?:{BENCHMARKS}|categories)\b"
)
_ON = re.compile(
    r"(?:(?:fastest|first|first place|place|spot|one|lead|led|leads|times?|results?|performance)(?: \S+){0,6}? (?:on|"
    rf"in|for|at)|won|topped|led|leads) {_MANY}"
)
_ON_SO_MANY = re.compile(
    rf"\bN\d+ (?:[a-z]+ |[DR]\d+ ){{0,3}}?(?:{BENCHMARKS})\b.* (?:on|in|won) (?P<q>N\d+)(?P<m>)(?: ,|$)"
)
"""A number of the benchmarks that are counted before: 'of the eight benchmarks, Acme had the fastest time on five'."""
_ON_MANY = re.compile(rf"\b(?:on|in|for) {_MANY}")
_OF_ALL = re.compile(
    r"\b(?:of|among|in|across) (?:all|any|every|this round|R\d+|the (?:[a-z]+ )?(?:round|submitters|vendors))\b"
)
"""What says after a place that it is one among all, whatever the own result is said to have been measured on."""

_OVERALL = re.compile(r"\boverall\b|\b(?:over|across|of|at) (?:all|any) (?:system )?sizes?\b")
"""What says that a place is one among all, of whatever size the own result is."""
_CLASS = re.compile(r"(?:among|of all|of the|(?:in|within) the (?:class|group|category) of) [^,]* ,")
"""How a sentence begins that tells the class first: 'among eight-GPU servers, ours was the fastest'."""
_OF_OWN = re.compile(r"\b(?:of|among) (?:all )?(?:our|its|ours)\b|\b(?:our|its) (?:fastest|quickest|best)\b")
"""What says that a place is one among the own results."""
_OF_THEM = re.compile(r"\b(?:of|among) (?:them|these|those)\b(?! (?:with|on|that|which|in|of))")
_QUICKER = r"(?:faster|quicker|sooner|shorter|swifter|less time|ahead|more quickly|outpaced|beat)"
AHEAD = re.compile(
    rf"\b(?:(?P<none>nobody|no one|not one|no other (?:[a-z]+ )?|none)\b|"
    rf"(?:only|just) (?P<who>O\d+(?: (?:, and|,|and) O\d+)*) )(?P<of>(?:(?![,;]).){{0,70}}?)\b{_QUICKER} (?P<on>(?:(?![,;]).){{0,40}}?)"
    r"(?:than|of) (?P<mine>we|our|O\d+(?: 's)?|S\d+|those of ours|ours)\b"
)
"""Who is faster than the own result: nobody, or only some that are named."""
EVERY = re.compile(
    rf"\b(?:faster than|quicker than|shorter than|{BEATS}) (?:(?:any|all|every)(?: other)?(?: of the)?(?! of our)|the rest)\b"
)
ALONE = "among which results: nobody else filed such ones"
_NO_SIZE = {"accelerators": (), "memory": None, "count": None, "per_node": None, "nodes": None}
_BY = {"systems": attrgetter("filed_system"), "submitters": attrgetter("organization.iri")}
"""What places are counted by: among all by submitters, among the own by systems."""


def claims(ctx: Context) -> Iterator[Claim]:
    """The places that a sentence claims for a submitter."""
    code = ctx.clause.code
    if ahead := AHEAD.search(code):
        yield from _ahead(ctx, ahead)
    elif every := EVERY.search(code):
        yield from _before_every(ctx, every)
    elif not hedged(code):
        yield from _rank(ctx)


def hedged(code: str) -> bool:
    """Whether a place is only claimed among others, or not among results."""
    speaks = ABOUT_RESULTS.search(code) or _ON.search(code) or re.search(r"\bB\d", code)
    return not speaks or bool(_HEDGED.search(code))


def _rank(ctx: Context) -> Iterator[Claim]:
    code = ctx.clause.code
    found = FIRST.search(code)
    if not found or any(sign in ctx.used for sign in ctx.clause.within("PX")):
        return
    about = ctx.about()
    on = _ON.search(code) or _ON_SO_MANY.search(code)
    ctx.read += [m.span() for m in (found, on) if m]
    if on:
        if not re.match(rf" ,? ?{EXCEPT} ", code[on.end() :]):
            yield _on_many(ctx, about, on, found.start())
        return
    if not about.benchmarks:
        return
    of_all = _OF_ALL.search(code, found.end())
    said = _OVERALL.search(code) or _CLASS.match(code, 0, found.start())
    stretch = said.span() if said else (of_all.start(), END) if of_all else None
    rivals = replace(scope(ctx.clause, *stretch), benchmarks=(), rounds=about.rounds) if stretch else None
    if _OF_OWN.search(code):
        rivals = replace(about, systems=(), words="")
    if rivals and rivals.who and not about.systems:
        return  # it is the fastest of itself
    place = PLACES.get(found["place"] or found["at"] or "", 1)
    of_them = _OF_THEM.findall(code, found.end())  # whichever these are
    amount = Amount(Decimal(place), "count")
    yield ctx.claim("rank", about, "rank", amount, found.start(), baseline=rivals, unread=tuple(of_them))


def _on_many(ctx: Context, about: Scope, on: re.Match[str], at: int) -> Claim:
    """That a submitter is first on so many benchmarks, or on all."""
    stated = [sign.amount for sign in ctx.clause.named(on["q"])]
    ctx.take(*ctx.clause.named(f"{on['q']} {on['m']}"))
    amount = stated[0] if stated else None
    return ctx.claim("rank", replace(about, benchmarks=()), "firsts", amount, at, quantifier="" if amount else "all")


def _ahead(ctx: Context, found: re.Match[str]) -> Iterator[Claim]:
    """That nobody, or only who is named, is faster than the own result: of the class that stands before 'than'."""
    start = found.start("mine")
    if on := _ON_MANY.search(ctx.clause.code):
        ctx.read += [found.span(), on.span()]
        yield _on_many(ctx, ctx.about(), on, start)
        return
    rivals, after = scope(ctx.clause, 0, start), scope(ctx.clause, start)
    rivals = replace(rivals, rounds=(ctx.round,), benchmarks=rivals.benchmarks or after.benchmarks)
    named = tuple(s.entity for s in ctx.clause.named(found["who"] or ""))
    who = ctx.clause.sign(found["mine"].split()[0]).entity if found["mine"][0] == "O" else ctx.speaker
    about = replace(joined(after, rivals), who=(who,), rounds=rivals.rounds)
    ctx.take(*ctx.free("N"))
    ctx.read.append((found.start(), start))
    missing = () if rivals.benchmarks else ("the benchmark",)
    yield ctx.claim(
        "rank", about, "ahead", at=start, quantifier="only" if named else "none", baseline=replace(rivals, who=named), missing=missing
    )  # fmt: skip


def _before_every(ctx: Context, found: re.Match[str]) -> Iterator[Claim]:
    """That the own result is before all of a class: 'faster than every system with eight H200'."""
    ctx.beside = found.end(), stretch_end(ctx.clause.code, found.end())
    about, rivals = ctx.about(), scope(ctx.clause, *ctx.beside)
    both = about.benchmarks or rivals.benchmarks
    rivals = replace(
        rivals, rounds=rivals.rounds or about.rounds, benchmarks=both, who=(), count=rivals.count or about.count
    )
    ctx.take(*ctx.clause.within("N", *ctx.beside))
    ctx.read.append(found.span())
    missing = () if both else ("the benchmark",)
    yield ctx.claim(
        "rank", replace(about, benchmarks=both), "ahead", quantifier="none", baseline=rivals, missing=missing
    )


# Looking up


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    if claim.metric == "ahead":
        named = claim.baseline.who if claim.baseline else ()
        said = f"only {', '.join(w.label for w in named)} faster" if named else "nobody faster"
    elif claim.metric == "firsts":
        said = f"fastest on {shown(claim.amount.value) if claim.amount else 'all'} benchmarks"
    else:
        said = "the fastest" if claim.stated.value == 1 else f"place {claim.stated.value}"
    return f"{told(record, filed_as(record, claim.about))}: {said}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a place among submitters."""
    claim = replace(claim, about=filed_as(record, claim.about))
    missing = find(record, claim.about).missing
    if missing:
        return still_open(missing)
    return {"ahead": _who_ahead, "firsts": _firsts, "rank": _place}[claim.metric](record, claim)


def _ranked(
    record: Record, about: Scope, told_class: Scope | None = None
) -> tuple[list[LinkedResult], list[LinkedResult]]:
    """The results of a class, fastest first, and the subject's among them; of the closed division unless one is named."""
    who = told_class.who if told_class else ()
    everyone = replace(told_class or about, who=who, systems=(), benchmarks=about.benchmarks)
    mine = record.of(about)
    closed = [r for r in mine if r.closed] or mine
    divisions = about.divisions or everyone.divisions or tuple({r.division.iri: r.division for r in closed}.values())
    rivals = record.of(replace(everyone, divisions=divisions))
    own = [r for r in mine if r.division.iri in {d.iri for d in divisions}]
    rivals = _no_clusters(rivals, own, everyone)
    return sorted(rivals, key=lambda r: r.result.minutes), sorted(own, key=lambda r: r.result.minutes)


def _no_clusters(rivals: list[LinkedResult], own: list[LinkedResult], scope: Scope) -> list[LinkedResult]:
    """The rivals of the own number of nodes, where a scope says how many accelerators each has: 'eight-GPU servers'."""
    nodes = {r.result.nodes for r in own}
    return [r for r in rivals if r.result.nodes in nodes] if scope.per_node and len(nodes) == 1 else rivals


def _who_ahead(record: Record, claim: Claim) -> Finding:
    """Whether those who are faster than the own result are those whom the words name."""
    base = claim.baseline or Scope()
    rivals, named = replace(base, who=()), {w.iri for w in base.who}
    mine = record.of(claim.about)
    if not mine:
        return still_open([f"no result of {told(record, claim.about)}"])
    own, ahead = {w.iri for w in claim.about.who}, []
    for r in (others := _no_clusters(record.of(rivals), mine, rivals)):
        times = [
            m.result.minutes for m in mine if m.benchmark.iri == r.benchmark.iri and m.division.iri == r.division.iri
        ]
        if times and r.result.minutes < min(times) and not own & submitters(r):
            ahead.append(r)
    if all(own & submitters(r) for r in others):
        return still_open([ALONE])
    found = {iri for r in ahead for iri in submitters(r)}
    verdict = SUPPORTED if found >= named and all(named & submitters(r) for r in ahead) else CONTRADICTED
    gives = f"ahead: {', '.join(sorted({r.organization.label for r in ahead})) or 'nobody'}; {minutes(mine[0])}"
    formula = f"count of submitters ahead = {len(found)}"
    return if_complete(record, rivals, rivals, Finding(verdict, gives, formula, used=[*mine, *ahead][:20]))


def _place(record: Record, claim: Claim) -> Finding:
    noun = "systems" if claim.baseline and claim.baseline.who else "submitters"
    members = record.members(claim.about.who[0])
    verdicts, lines, used = [], [], []
    missing: list[str] = []
    for benchmark in claim.about.benchmarks:
        about = replace(claim.about, benchmarks=(benchmark,))
        rivals, own = _ranked(record, about, claim.baseline)
        alone = claim.baseline is None and all(members <= submitters(r) for r in rivals)
        if alone:  # nobody else filed this size
            rivals, own = _ranked(record, about, replace(about, who=(), **_NO_SIZE))  # type: ignore[arg-type]
        if not own or not rivals:
            lacking = claim.baseline if own and claim.baseline else about
            missing.append(f"no result of {told(record, lacking)}")
            continue
        ahead = [
            r for r in rivals
            if r.result.minutes < own[0].result.minutes and (claim.about.systems or not members <= submitters(r))
        ]  # fmt: skip
        place, by_systems = (len(set(map(_BY[n], ahead))) + 1 for n in (noun, "systems"))
        place = by_systems if place < claim.stated.value == by_systems else place
        verdict = judge(claim.stated, Decimal(place), "rank")
        if alone and not holds(verdict):
            missing.append(ALONE)
        else:
            verdicts.append(verdict)
        all_of = f"{len(set(map(_BY[noun], rivals)))} {noun}"
        lines.append(f"place {place} of {all_of}: {minutes(own[0])}; the fastest: {minutes(rivals[0])}")
        used += [own[0], rivals[0]]
    if missing and CONTRADICTED not in verdicts:
        return still_open(missing, "; ".join(lines))
    verdict = CONTRADICTED if CONTRADICTED in verdicts else verdicts[0]
    made = Finding(verdict, "; ".join(lines), "place among the submitters of the class", used=used[:20])
    return if_complete(record, claim.about, replace(claim.baseline or claim.about, who=(), systems=()), made)


def _firsts(record: Record, claim: Claim) -> Finding:
    rivals, own = _ranked(record, claim.about)
    mine = {r.benchmark.iri for r in own}
    firsts = [r for r in best(rivals) if r in own]
    verdict = judge(benchmarks_stated(record, claim), Decimal(len(firsts)), "firsts")
    gives = f"fastest on {len(firsts)} of {len(mine)}: {', '.join(sorted(r.benchmark.label for r in firsts)) or 'none'}"
    made = Finding(verdict, gives, f"count of benchmarks = {len(firsts)}", used=(firsts or own[:5])[:20])
    return if_complete(record, claim.about, replace(claim.about, who=(), systems=()), made)
