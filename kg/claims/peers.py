"""Claims of being the only submitter that did something, or of having the most of something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.claims.context import EVERY_BENCHMARK, EXCEPT, OWN, Context, joined
from kg.claims.lookup import Finding, find, if_complete, still_open, told
from kg.claims.ranks import ALONE, hedged
from kg.claims.record import Record, submitters
from kg.claims.shares import MAKER
from kg.model.claim import CONTRADICTED, SUPPORTED, Claim, Scope, shown
from kg.model.record import LinkedResult

KINDS = ("only", "most")

_WHO = r"(?:we|us|O\d+)"
_ONLY = re.compile(
    r"\bthe (?:only|sole) (?:[a-z]+ |N\d+ )?(?:submitter|company|vendor|organi[sz]ation|one|"
    r"participant|submission|oem|provider|cloud provider|team)\b|"
    rf"\bonly (?:N\d+ [a-z]+ , )?{_WHO}(?: ,)? (?=submi|filed|used|ran|trained)|"
    rf"\b{EXCEPT} {_WHO} , (?:nobody|no one|only O\d+)\b|"
    rf"\b(?:nobody|no one) (?:{EXCEPT} {_WHO}(?! (?:,|and) O)|else)\b|"
    r"\bno (?:other )?(?:submitter|company|vendor|organi[sz]ation|participant)\b(?! (?:\S+ ){1,3}more\b)"
)
_WHERE = re.compile(r"(?:in|on|with|for|within) (?:[a-z]+ ){0,2}[DVBA]\d")
"""How a sentence begins that says first among which results: 'in the open division nobody else …'."""
_MOST = re.compile(
    r"\b(?:the )?(?P<most>most|(?:highest|largest|greatest) number of|more) "
    r"(?P<what>results|submissions|entries|benchmarks|accelerators|gpus|chips|nodes|systems)\b"
    r"(?P<than>(?: [a-z]+| R\d+){0,4}? than (?:any|all|every)(?:one)?\b)?"
)

_BUT = re.compile(rf"\b(?:{EXCEPT}|after) (O\d+(?: (?:, and|,|and) O\d+)*)\b")
"""Whom 'the most' leaves out: 'more than any other submitter but Acme', 'the most after Acme'."""
_LARGEST = re.compile(
    r"\b(?P<q>largest|biggest)(?P<of>(?:[- ](?:[a-z]+|D\d+|R\d+|B\d+|A\d+)){0,3})[- ](?:submission|system|result|run|"
    r"cluster|configuration|scale)s?\b(?! (?:used|ran|had|trained|finished|completed|took|consist\w+|compris\w+)\b)"
)
_OURS = re.compile(r"\b(?:our|its) (?:[a-z]+ )?$")
_OF_OURS = re.compile(r" of (?:ours|our own|its own)\b")
"""What makes the largest that of the own."""
_OF_ALL = re.compile(r"\b(?:ever|any\w*|all|R\d+|rounds?|overall|else|field|suite|everybody|everyone|world|on B\d+)\b")
"""What tells that the largest is meant of all that were submitted."""
_ON = re.compile(r" (?:[a-z]+ |[BDRV]\d+ ){0,2}?(?:on|with) (?:O\d+ )?A\d")
"""After the largest, what it is the largest on; a number of accelerators only tells its size."""
_NONE = re.compile(r"\b(?:no (?:[a-z]+ ){1,3}|nobody |none |(?:only|just) (?P<but>O\d+) )(?:[a-z]+ )?$")
_THAN = re.compile(
    r"(?:\bmore (?:results|submissions|entries) (?:(?![,;]|than\b)\S+ ){0,6}?|(?<=submitted )more )than (?:the )?(O\d+)\b"
)


_PER = {
    "results": "results", "submissions": "results", "entries": "results", "benchmarks": "benchmarks", "systems": "systems",
    "accelerators": "accelerators", "gpus": "accelerators", "chips": "accelerators", "nodes": "nodes",
}  # fmt: skip


def claims(ctx: Context) -> Iterator[Claim]:
    """What a sentence says that only one submitter did, or had most of."""
    if not hedged(ctx.clause.code):
        yield from _only(ctx)
        yield from _most(ctx)


def _only(ctx: Context) -> Iterator[Claim]:
    code = ctx.clause.code
    found = _ONLY.search(code)
    if not found:
        return
    ctx.read.append(found.span())
    condition = ctx.about(found.end())
    if _WHERE.match(code, 0, found.start()):
        condition = joined(condition, replace(ctx.about(0, found.start()), rounds=()))
    who = ctx.subject(0, found.start()) if found.start() else ctx.speaker
    named = tuple(s.entity for s in ctx.clause.named(found[0]) if s.letter == "O")
    named = (*named, *((who,) if not named or OWN.search(found[0]) else ()))
    other = " other " in found[0] and found[0].startswith("the ")  # but for the speaker, or whom the text named before
    named = (*named, ctx.speaker) if other and who != ctx.speaker else named
    ctx.take(*ctx.clause.named(found[0]))
    users = _by_submitter(ctx.record.of(Scope(systems=condition.systems, rounds=condition.rounds)))
    if replace(condition, systems=()).narrows and set(users) == {who.iri}:
        condition = replace(condition, systems=())  # nobody else could have it
    every = EVERY_BENCHMARK.search(code, found.end())
    more = re.search(r"\b(?:than|as [a-z]+ as|anything but|without|(?:on|using) gpus)\b", code[found.end() :])
    sizes = {condition.count, condition.nodes, condition.per_node}
    unapplied = not every and any(s.value not in sizes for s in ctx.free("N", found.end()))
    ctx.take(*ctx.free("N", found.end()))
    further = unapplied or any(ctx.clause.within("TPX", found.end())) or MAKER.search(code, found.end())
    missing = () if (condition.narrows or every) and not (more or further) else ("what only one did",)
    missing = (*missing, "besides whom") if other and who == ctx.speaker else missing
    quantifier = "every" if every else "only"
    yield ctx.claim(
        "only", replace(condition, who=named), "only", at=found.start(), quantifier=quantifier, missing=missing
    )


def _most(ctx: Context) -> Iterator[Claim]:
    code = ctx.clause.code
    ctx.read += [m.span() for p in (_THAN, _LARGEST, _MOST) if (m := p.search(code))]
    rival = _THAN.search(code)
    if rival:
        other = ctx.clause.sign(rival[1]).entity
        if none := _NONE.search(code, 0, rival.start()):
            ctx.read.append(none.span())
            left = tuple(("but", s.entity.iri) for s in ctx.clause.named(none["but"] or ""))
            yield ctx.claim("most", replace(ctx.about(), who=(other,)), "results", quantifier="most", extra=left)
            return
        about = replace(ctx.about(), accelerators=(), who=(ctx.subject(0, rival.start()),))
        missing = ("whom it is compared with",) if other in about.who else ()
        yield ctx.claim("most", about, "results", quantifier="more", thing=other, missing=missing)
        return
    largest = _LARGEST.search(code)
    own = largest and (_OURS.search(code, 0, largest.start()) or _OF_OURS.match(code, largest.end()))
    if largest and not own:
        about = ctx.about()
        on = about.accelerators if "A" in largest["of"] or _ON.match(code, largest.end()) or not about.count else ()
        about = replace(about, accelerators=on, count=None, nodes=None, per_node=None)
        if ever := re.search(r"\bever\b", code):
            ctx.read.append(ever.span())
            known = filter(ctx.record.loaded, ctx.record.earlier(about.rounds[0]))
            about = replace(about, rounds=(*about.rounds, *known))
        unread = () if _OF_ALL.search(code) else ("largest",)  # of the own, maybe
        yield ctx.claim("most", about, "accelerators", at=largest.start(), quantifier="most", unread=unread)
    found = _MOST.search(code)
    if not found or (found["most"] == "more" and not found["than"]) or code.startswith("most "):
        return  # 'most entries are ours' says no 'the most'
    but = _BUT.search(code, found.start())
    left_out = ctx.clause.named(but[1]) if but else []
    ctx.read += [but.span()] if but else []
    ctx.take(*left_out)
    extra = tuple(("but", s.entity.iri) for s in left_out)
    about = replace(ctx.about(), systems=())
    yield ctx.claim("most", about, _PER[found["what"]], at=found.start(), quantifier="most", extra=extra)


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    if claim.kind == "only":
        named = " and ".join(w.label for w in claim.about.who)
        return f"{told(record, claim.about, whose=False)}: only {named}"
    than = f" than {claim.thing.label}" if claim.thing else ""
    left_out = ", ".join(sorted(record.label(iri) for _, iri in claim.extra))
    but = f", but for {left_out}" if left_out else ""
    return f"{told(record, claim.about)}: the {claim.quantifier} {claim.metric}{than}{but}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on who else did it, or had as many."""
    missing = find(record, replace(claim.about, who=())).missing
    if missing:
        return still_open(missing)
    return _only_review(record, claim) if claim.kind == "only" else _most_review(record, claim)


def _only_review(record: Record, claim: Claim) -> Finding:
    everyone, named = replace(claim.about, who=()), claim.about.who
    whose = [record.members(w) | {unit.iri for unit in record.parts((w,))} for w in named]
    by = _by_submitter(record.of(everyone))
    if claim.quantifier == "every":
        everything = record.benchmarks(claim.about.rounds[0])
        by = {o: rs for o, rs in by.items() if everything <= {r.benchmark.iri for r in rs}}
    used = [r for rs in by.values() for r in rs]
    did, are = all(iris & set(by) for iris in whose), set().union(*whose)
    verdict = SUPPORTED if did and all(are & submitters(r) for r in used) else CONTRADICTED
    gives = f"results of {', '.join(sorted({r.organization.label for r in used})) or 'nobody'}"
    made = Finding(verdict, gives, f"count of submitters = {len(by)}", used=used[:20])
    return if_complete(record, claim.about, everyone, made)


def _by_submitter(results: Iterable[LinkedResult]) -> dict[str, list[LinkedResult]]:
    """The results of each submitter; a joint one is of each."""
    by: dict[str, list[LinkedResult]] = defaultdict(list)
    for r in results:
        for iri in sorted(submitters(r)):
            by[iri].append(r)
    return by


def _most_review(record: Record, claim: Claim) -> Finding:
    """Who has the most of all, or more than another."""
    who, own = claim.about.who[0], record.of(claim.about)
    everyone = record.of(replace(claim.about, who=(), systems=()))
    mine = _amount(claim.metric, own)
    left_out = {iri for _, iri in claim.extra}
    ours = {r.iri for r in own}
    others = _by_submitter(r for r in everyone if r.iri not in ours)
    others = {i: rs for i, rs in others.items() if claim.thing is None or i == claim.thing.iri}
    if own and not others and claim.about.accelerators:
        return still_open([ALONE])
    by = {iri: _amount(claim.metric, results) for iri, results in others.items() if iri not in left_out}
    top = max(by.values(), default=0)
    first = sorted(i for i, n in by.items() if n == top)
    verdict = SUPPORTED if mine > top else CONTRADICTED
    gives = f"{who.label}: {shown(mine)}; {', '.join(map(record.label, first[:4])) or 'nobody else'}: {shown(top)}"
    used = sorted([*own, *(r for i in first for r in others[i])], key=lambda r: (-(r.result.accelerators or 0), r.iri))
    made = Finding(verdict, gives, f"{shown(mine)} > {shown(top)}", used=used[:20])
    return if_complete(record, claim.about, replace(claim.about, who=(), systems=()), made)


def _amount(metric: str, results: Iterable[LinkedResult]) -> int:
    """How many of something a submitter has: results, benchmarks, systems, or the accelerators or nodes of its largest."""
    if metric in ("accelerators", "nodes"):
        return max((getattr(r.result, metric) or 0 for r in results), default=0)
    keys = {"results": lambda r: r.iri, "benchmarks": lambda r: r.benchmark.iri, "systems": lambda r: r.filed_system}
    return len({keys[metric](r) for r in results})
