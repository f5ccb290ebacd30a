"""Claims of a time to train: the result that the words describe took so long, or less, or more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kg.claims.agreement import PER_MINUTE, bound, common, holds, took_so_long, why_open
from kg.claims.context import ABOUT_RESULTS, BACK, OWN, Context, rounds
from kg.claims.lookup import UNFINISHED, Finding, find, listed, still_open, told
from kg.claims.presence import scope_of
from kg.claims.readings import CARRIED
from kg.claims.record import Record
from kg.claims.relation import difference
from kg.claims.scope import AS_MANY, accelerator_counts, backwards, scope, sizes
from kg.claims.sentence import END, Sign, segment
from kg.graph.facts import fact_iri, modality
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, Amount, Claim, Scope, shown
from kg.model.record import LinkedResult
from kg.model.statement import Entity, Fact, Statement

KINDS = ("timeToTrain",)
_OTHERS = "whose result it is"
"""What is missing of a time that is set beside the own one as another's."""
_PLACED = re.compile(
    r"^(?:(?:on|with|using|for|at|in|by|of|a|an|the|just|only|our|"
    rf"system) )*(?:{BACK.pattern}|(?:[NX]\d+ (?:O\d+ )?)?[A]\d+|[SRBFM]\d+)"
)
_BY = re.compile(r"T\d+ (?:(?:that|which|of|by|from) )?(O\d+)\b(?! 's)")
_BESIDE = re.compile(
    r"\b(?:compar\w+|versus|vs|than|against)\b(?:(?! our | we ).){0,60}$|\b(?:from|instead of|not) (?:[a-z]+ ){0,2}$"
)
_OPPOSED = re.compile(r"\bT\d+ (?:against|versus|vs|compared (?:with|to)) $")
"""Before a time that is set beside another: '21.6 against 22.0 minutes'."""
_MORE_THAN_OURS = re.compile(r"\bthan (?:our|ours|we|us)\b")
"""After another's time: 'it needed 232 minutes, more than our system'."""
_EVERY = re.compile(
    r"\b(?:all|each|every|both) (?:of )?(?:our |the |its )?(?:\w+ ){0,3}(?:results?|runs?|systems?|submissions?)"
)


def claims(ctx: Context) -> Iterator[Claim]:
    """The times to train of a sentence."""
    code = ctx.clause.code
    times = [sign for sign in ctx.free("T") if not difference(ctx.clause, sign)]
    if not times or not (
        ABOUT_RESULTS.search(code)
        or re.search(r"\bB\d|\b(?:time|compar\w+)\b", code)
        or ctx.lead.benchmarks
        or ctx.before.benchmarks
    ):
        return
    beside = _sizes(ctx, times)
    _, _, bare = sizes(ctx.clause)
    alike = set.union if bare else set.intersection  # a bare number counts what the other counts
    ctx.sure.update(alike(*map(set, beside)) if beside else ())
    own = _own_clauses(code, [sign.at for sign in times]) if len(times) > 1 else []
    listed = _listed(ctx, times)
    for number, sign in enumerate(times):
        low, high = own[number] if own else _stretch(code, [sign.at for sign in times], number)
        about = replace(_about(ctx, low, high, sign, bool(own)), **(beside[number] if beside else {}))  # type: ignore[arg-type]
        about = replace(about, **listed[number]) if listed else about  # type: ignore[arg-type]
        missing = () if about.benchmarks else ("the benchmark",)
        ctx.take(sign)
        if sign.at in range(*ctx.beside) or (ctx.baseline and _OPPOSED.search(code, 0, sign.at)):
            about = replace(ctx.baseline or Scope(), benchmarks=about.benchmarks, words="")
            missing = missing if about.who else (*missing, _OTHERS)
        elif (
            about.rounds == (ctx.round,)
            and (_somebody(ctx, sign.at) or _MORE_THAN_OURS.search(code, sign.at))
            and not (beside and find(ctx.record, about).results)
        ):
            missing = (*missing, _OTHERS)
        every = "all" if sign.amount.bound and _EVERY.search(code) else ""
        yield ctx.claim("timeToTrain", about, "time", sign.amount, missing=missing, quantifier=every)


_OF_ROW = ("who", *CARRIED, "either")
"""What a cell of a table may be of without its row telling it."""


def tabled(statement: Statement, facts: list[Fact]) -> Iterator[Claim]:
    """The times to train in the cells of tables, as their facts tell them, each denied only if nobody took so long."""
    for fact in facts:
        quote, span, value = fact.evidence.quote, fact.evidence.span, fact.object
        if fact.predicate != "timeToTrain" or quote.count("|") < 2 or modality(fact) or not isinstance(value, Decimal):
            continue
        about, missing = scope_of(fact)
        amount = Amount(value, str(fact.qualifiers["unit"]), str(fact.qualifiers.get("comparator", "")))
        yield Claim(
            statement.iri, statement.organization, "timeToTrain", quote, span.start, span.end, about, "time", amount,
            missing=missing, fact=fact_iri(fact), unsure=_OF_ROW,
        )  # fmt: skip


def _stretch(code: str, times: list[int], number: int) -> tuple[int, int]:
    """The part of the sentence that describes one of several times: what stands between it and the next, or before it."""
    at = times[number]
    first, last = segment(code, at)
    if len(times) == 1:
        return first, last
    if _placed(code, at):
        return at, min([last, *times[number + 1 : number + 2]])
    return max(first, _placed(code, times[number - 1]) or times[number - 1] if number else 0), at


def _placed(code: str, at: int) -> int:
    """Where what is said after a time to place it ends, '42.7 minutes in v2.0'; 0 where nothing is."""
    token = code.find(" ", at) + 1
    found = _PLACED.match(code[token:]) if token else None
    return token + found.end() if found else 0


def _own_clauses(code: str, times: list[int]) -> list[tuple[int, int]]:
    """The clauses of a sentence, where each of several times has one of its own with a benchmark; else none."""
    cuts = [m.start() for m in re.finditer(r"[,;] (?:(?:and|while|whereas|but) )?", code)]
    joints = [max((c for c in cuts if a < c < b), default=-1) for a, b in pairwise(times)]
    parts = list(pairwise([0, *joints, len(code)]))
    return parts if -1 not in joints and all(re.search(r"\bB\d", code[a:b]) for a, b in parts) else []


def _listed(ctx: Context, times: list[Sign]) -> list[dict[str, tuple[Entity, ...]]]:
    """What each of several times that follow one another is of, where as many names do: 'A and B took 21.0 and 4.7 minutes'."""
    code = ctx.clause.code
    between = (code[a.at + len(a.name) : b.at] for a, b in pairwise(times))
    if len(times) < 2 or not all(re.fullmatch(r" (?:, )?(?:and |or )?", words) for words in between):
        return []
    for letter, name in (("B", "benchmarks"), ("S", "systems"), ("A", "accelerators")):
        named = list(ctx.clause.within(letter))
        apart = all(s.at < times[0].at for s in named) or all(s.at > times[-1].at for s in named)
        if len(named) == len(times) and apart:
            return [{name: sign.entities} for sign in named]
    return []


def _sizes(ctx: Context, times: list[Sign]) -> list[dict[str, object]]:
    """The size that each of several times is of, by their order: 'from 8 to 64 GPUs', '80.5 and 11.9 minutes'.

    Where only one of the two orders is from new to old ('64 instead of 8', 'from 80.5 to 11.9'), it is turned.
    """
    numbers, part, bare = sizes(ctx.clause)
    if len(times) < 2 or len(numbers) != len(times):
        return []
    ctx.take(*bare, *(s for m in AS_MANY.finditer(ctx.clause.code) for s in ctx.clause.named(m[0])))
    ctx.take(*(s for s in ctx.free("X") if numbers[0].value * s.value == numbers[-1].value))
    ends = [*(n.at for n in numbers[1:]), END]
    found = [_size(ctx, part, number, end) for number, end in zip(numbers, ends, strict=True)]
    turned = [backwards(ctx.clause, *pair[:2]) for pair in (numbers, times)]
    return found[::-1] if len(found) == 2 and None not in turned and turned[0] != turned[1] else found


def _size(ctx: Context, part: str, number: Sign, end: int) -> dict[str, object]:
    """The size that a number tells, with the accelerator that it counts."""
    made = scope(ctx.clause, number.at, end)
    said = {"accelerators": made.accelerators, "memory": made.memory} if len(made.accelerators) == 1 else {}
    return {part: int(number.value), **said}


def _about(ctx: Context, low: int, high: int, sign: Sign, alone: bool) -> Scope:
    """The results that a time is of: what its own stretch names, the benchmark from the sentence or the one before.

    `alone` tells that the stretch is a clause with a benchmark of its own: then others' systems are not its.
    """
    about, everything = ctx.about(low, high), ctx.about()
    whole = about if alone else everything
    if not about.benchmarks:
        last = max((s.at for s in ctx.clause.within("T", 0, low) if not any(ctx.beside)), default=low)
        near = scope(ctx.clause, last, low).benchmarks  # 'and BERT 10.5 minutes on four GPUs'
        about = replace(about, benchmarks=near or whole.benchmarks or ctx.before.benchmarks)
    if not about.benchmarks:
        of = {r.benchmark.iri: r.benchmark for r in ctx.record.of(Scope(who=whole.who, rounds=(ctx.round,)))}
        about = replace(about, benchmarks=tuple(of.values()) if len(of) == 1 else ())
    who = (_whose(ctx, low, high, sign.at),)
    same = who == everything.who == ctx.about(*segment(ctx.clause.code, 0)).who  # else the whole names another's
    if same and about.count is None and about.per_node is None and len(accelerator_counts(ctx.clause)) == 1:
        about = replace(about, count=whole.count, per_node=whole.per_node)
    for name in ("divisions", "frameworks", "systems", "accelerators") if same else ():
        if not getattr(about, name) and len(getattr(whole, name)) == 1:
            about = replace(about, **{name: getattr(whole, name)})
    return replace(about, who=who, rounds=rounds(ctx, low, high, sign.at))


def _whose(ctx: Context, low: int, high: int, at: int) -> Entity:
    """Whose a time at a place is: who is named after it, in its stretch or in its clause, else the subject of the sentence."""
    after = _BY.match(ctx.clause.code, at)
    if after:
        return ctx.clause.sign(after[1]).entity
    for start, end in ((low, high), segment(ctx.clause.code, at)):
        (who,) = ctx.about(start, end).who
        if who != ctx.speaker or OWN.search(ctx.clause.code, start, end):
            return who
    return ctx.about().who[0]


def _somebody(ctx: Context, at: int) -> bool:
    """Whether a time is set beside the own one as another's, and nobody is named: 'compares with 236 minutes', 'down from'."""
    before = ctx.clause.code[:at]
    named = any(place > before.rfind("compar") for place, _ in ctx.organizations(0, at))
    return not named and bool(_BESIDE.search(before))


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    return f"{told(record, claim.about)}: {bound(claim.stated)}{claim.stated.value} {claim.stated.unit}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a time: some result that fits the words took it, or none of them did."""
    others = _OTHERS in claim.missing
    if claim.missing and not others:
        return still_open(claim.missing)
    about = replace(claim.about, who=()) if others else claim.about
    found = find(record, about)
    if found.missing or (others and not found.results):
        return still_open(found.missing or claim.missing)
    if not found.results:
        near = record.of(Scope(who=about.who, rounds=about.rounds, benchmarks=about.benchmarks))
        on_record = f"on record: {listed(near) or 'none of this benchmark'}"
        return Finding(CONTRADICTED, f"no result of {told(record, about)}", on_record)
    made = _judged(claim, found.results, others)
    if not holds(made.verdict) and not record.complete(about):
        return still_open([UNFINISHED], made.record)
    return made


def _judged(claim: Claim, results: list[LinkedResult], others: bool) -> Finding:
    amount = claim.stated
    per = PER_MINUTE[amount.unit]
    times = sorted(((Decimal(repr(r.result.minutes)) * per, r) for r in results), key=lambda t: t[0])
    verdicts = [took_so_long(amount, r) for _, r in times]
    fitting = [(t, r) for (t, r), v in zip(times, verdicts, strict=True) if holds(v)]
    every, note = claim.quantifier == "all", ""
    shown_results = fitting if fitting and not every else times
    verdict = common(verdicts if every or not fitting else list(filter(holds, verdicts))[:1])
    unsure = NOT_CHECKABLE in verdicts and (every or amount.bound == "~" or {*verdicts} == {NOT_CHECKABLE})
    if verdict == NOT_CHECKABLE and not unsure and (every or not fitting):
        verdict = CONTRADICTED
    if others and not holds(verdict):
        verdict, note = NOT_CHECKABLE, _OTHERS
    elif verdict == NOT_CHECKABLE:
        note = why_open(amount) if every or len(times) == 1 else f"which of {len(times)} results is meant"
    elif fitting and len(times) > 1:
        note = f"{len(fitting)} of {len(times)} results that the words describe"
    used = [r for _, r in shown_results]
    time, result = shown_results[0]
    formula = f"{shown(result.result.minutes)} minutes"
    if amount.unit != "minutes":
        formula += f" × {shown(per)} = {shown(time)} {amount.unit}"
    return Finding(verdict, listed(used), formula, note, used[:20])
