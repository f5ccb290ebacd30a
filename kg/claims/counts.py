"""Claims that count: results, systems, configurations, benchmarks, and the accelerators or nodes of a result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims.agreement import PER_MINUTE, bound, holds, judge
from kg.claims.context import ABOUT_RESULTS, BENCHMARKS, EXCEPT, MAYBE, Context
from kg.claims.lookup import UNFINISHED, Finding, benchmarks_stated, find, minutes, noun, still_open, told
from kg.claims.machines import machine, node_count
from kg.claims.record import Record
from kg.claims.scope import COUNTED, PRESUPPOSED, accelerator_counts, counted, node_counts
from kg.claims.sentence import Sign, segment
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, UNDERSTATED, Claim, Scope, shown
from kg.model.record import LinkedResult

KINDS = ("count", "scale")
_BETWEEN = (
    r"(?:(?!(?:accelerators?|gpus?|chips?|nodes?|of|in|on|with|and|to|for|by|from|at|than|behind|are|is|was|were|ha(?:d|s|ve)?|things?|these|"
    r"our|the|percent|partners?|customers?|reference|new|further|additional|"
    r"other|results|configurations?)\b)[a-z][\w'-]* |"
    r"[DVORBSA]\d+ |'s ){0,4}?"
)
_NOUNS = (
    ("results", r"(?:results|submissions|entries|scores)\b"),
    ("benchmarks", r"(?:benchmarks|tasks|workloads|tests|training models|models(?! including| ,))\b"),
    ("configurations", r"(?:system )?configurations\b"),
    ("systems", r"(?:types of models|models(?= including)|systems|servers|platforms|machines)\b"),
)
_OF = rf"(?:of (?:the |our |all ){{1,2}}(?:N\d+ )?)?{_BETWEEN}(?:of )?"
COUNT = tuple((metric, re.compile(rf"\b(N\d+) {_OF}{noun}")) for metric, noun in _NOUNS)
_PART = re.compile(r" ,? (?:and )?(?:all(?: but N\d+)?|both|most|none|[NXP]\d+) of (?:them|which|those|these)\b")
"""Where a part of what was counted is told: '12 results, four of them on BERT'."""
_MORE = re.compile(r" (?:and|,|, and|plus) (?:another )?(N\d+) (?:more )?(?=(?:in|on|from|for|with|using) )")
"""A number of the same as the one before: 'four closed results and two in the open division'."""
_DONE = re.compile(
    r"\b(?:submi\w+|results?|measur\w+|ran|participat\w+|filed|entered|completed|covered|benchmarked)\b"
    r"(?: \S+){0,4}? (?:on|for|to|in|across)? ?$"
)
_OF_SUITE = re.compile(
    r"\bsuite (?:[a-z]+ ){0,2}(?:consists? of|comprises?|includes?|contains?|covers?|has|spans?) (?:[a-z]+ ){0,2}$"
)
"""Before a number of what the suite holds, whoever ran it."""
_WHOLE = re.compile(r"\bN\d+ (?:out )?of $")
"""Before the number of all of which a part is told: 'on one of eight benchmarks'."""
_TOTAL = re.compile(r"N\d+ of (?:the |our |all ){1,2}(N\d+)\b")
_ALL = re.compile(
    r"\b(?:all|each|every)(?: (?:single|one))? (?:of )?(?:the |our )?(?P<n>N\d+ )?(?:of the )?(?:[a-z]+ |R\d+ |D\d+ ){0,3}?"
    rf"(?:{BENCHMARKS}|training models)\b"
)
_BUT = re.compile(rf"(?: [a-z]+){{0,3}}? ,? ?{EXCEPT}\b")
"""After what leaves some out: 'every benchmark of the suite but DLRM'."""


def claims(ctx: Context) -> Iterator[Claim]:
    """What a sentence counts."""
    yield from _counts(ctx)
    yield from _scale(ctx)


def _counts(ctx: Context) -> Iterator[Claim]:
    code = ctx.clause.code
    whole = _ALL.search(code)
    number = ctx.clause.sign(whole["n"].strip()) if whole and whole["n"] else None
    if whole and _whole(code, whole) and number not in ctx.used:
        ctx.take(*([number] if number else []))
        named = ctx.about()
        systems = named.systems if len(named.systems) == 1 else ()
        about = Scope(who=named.who, rounds=named.rounds, divisions=named.divisions, systems=systems)
        amount = number.amount if number else None
        yield ctx.claim("count", about, "benchmarks", amount, quantifier="all")
    for metric, pattern in COUNT:
        for match in pattern.finditer(code):
            if _is_counted(ctx, match, metric):
                low, high = segment(code, match.start())
                part = _PART.search(code, match.end(), high)
                more = [m for m in _MORE.finditer(code, match.end(), high) if ctx.clause.sign(m[1]) not in ctx.used]
                ends = [m.start() for m in (*more, part) if m] + [high]
                yield _counted(ctx, match, metric, (low, ends[0]))
                for at, end in zip(more, ends[1:], strict=False):
                    yield _counted(ctx, at, metric, (at.start(), end))


def _is_counted(ctx: Context, match: re.Match[str], metric: str) -> bool:
    """Whether a number before a noun counts what was submitted: no version, no part of a name, nothing that could be."""
    code, sign = ctx.clause.code, ctx.clause.sign(match[1])
    if sign in ctx.used or _BUT.match(code, match.end()) or "." in sign.text:
        return False
    if metric == "systems":
        named = re.match(r"(?:O\d+ )?S\d+ ", code[match.end(1) + 1 :])
        ran = ctx.record.of(Scope(who=(ctx.subject(),), rounds=(ctx.round,)))
        nodes = sign.value in {Decimal(node_count(r)) for r in ran}
        if named or nodes or any(ctx.clause.within("T")) or accelerator_counts(ctx.clause):
            return False  # they are the nodes of one
    if sign.value == 1 and not code.endswith("all but ", 0, match.start()):
        return False
    before = code[: match.start()]
    if PRESUPPOSED.search(before) or _OF_SUITE.search(before) or _WHOLE.search(before):
        ctx.take(sign)
        return False
    return not MAYBE.search(before, max(before.rfind(","), 0))


def _counted(ctx: Context, match: re.Match[str], metric: str, stretch: tuple[int, int]) -> Claim:
    code, sign = ctx.clause.code, ctx.clause.sign(match[1])
    ctx.take(sign)
    ctx.read.append(match.span())
    extra: tuple[tuple[str, str], ...] = ()
    amount = sign.amount
    if total := _TOTAL.match(code, match.start()):
        whole = ctx.clause.sign(total[1])
        ctx.take(whole)
        extra = (("of", str(whole.value)),)
        if code.endswith("all but ", 0, match.start()):
            amount = replace(amount, value=whole.value - amount.value)
    about = ctx.about(*stretch)
    if metric == "benchmarks":
        times = (s.amount for s in ctx.clause.within("T"))
        extra += tuple(("within", str(t.value / PER_MINUTE[t.unit])) for t in times if t.bound in ("<", "<=", "within"))
        about = replace(about, benchmarks=(), systems=about.systems if len(about.systems) == 1 else ())
    stripped: tuple[str, ...] = ()
    if metric in ("systems", "configurations"):
        stripped = tuple(e.label for e in (*about.accelerators, *about.benchmarks))
        about = replace(about, systems=(), benchmarks=(), accelerators=(), count=None, nodes=None, per_node=None)
    noun = "submissions" if metric == "results" and "submissions" in match[0] else metric
    return ctx.claim("count", about, noun, amount, extra=extra, unread=stripped)


def _whole(code: str, found: re.Match[str]) -> bool:
    """Whether 'all benchmarks' are those that were submitted to, and not what something else is said of."""
    before = code[: found.start()]
    done = _DONE.search(before + " ")
    return (
        bool(done)
        and not _BUT.match(code, found.end())
        and not re.search(r"\b(?:record|fastest|first|performance|improv\w+|best)\b", before)
    )


def _scale(ctx: Context) -> Iterator[Claim]:
    code = ctx.clause.code
    if not (ABOUT_RESULTS.search(code) or re.search(r"\b[BS]\d", code)) and not ctx.facts:
        return
    stated = [(m.start(), sign, "accelerators") for m in counted(ctx.clause) for sign in ctx.clause.named(m[1])]
    stated += [(m.start(), sign, "nodes") for m, sign in node_counts(ctx.clause) if sign.value > 1]
    for at, sign, metric in stated:
        if sign not in ctx.used and not ctx.possible(at) and "+" not in code[at : at + 8]:
            yield _scaled(ctx, sign, metric, at)


def _scaled(ctx: Context, sign: Sign, metric: str, at: int) -> Claim:
    low, high = segment(ctx.clause.code, at)
    about = replace(ctx.about(low, high), count=None, per_node=None, nodes=None)
    near = COUNTED.match(ctx.clause.code, at)
    unsure: tuple[str, ...] = ("accelerators",)
    if near and near[3][0] == "A":
        about, unsure = replace(about, accelerators=ctx.clause.sign(near[3]).entities), ()
    done = ABOUT_RESULTS.search(ctx.clause.code) or about.benchmarks or about.systems
    missing = () if done else ("that it is said of a result",)
    ctx.take(sign)
    return ctx.claim("scale", about, metric, sign.amount, missing=missing, unsure=unsure)


# Looking up


def _hardware(r: LinkedResult) -> object:
    return (r.result.accelerator, r.result.processor, r.result.accelerators_per_node, r.result.nodes)


READINGS: dict[str, tuple[tuple[str, Callable[[LinkedResult], object]], ...]] = {
    "results": (("results", lambda r: r.iri),),
    "submissions": (("results", lambda r: r.iri), ("systems as filed", lambda r: r.filed_system)),
    "benchmarks": (("benchmarks", lambda r: r.benchmark.iri),),
    "configurations": (
        ("systems as filed, without the framework", lambda r: machine(r, nodes=True)),
        ("systems as filed", lambda r: r.filed_system), ("hardware configurations", _hardware)
    ),
    "systems": (
        ("systems as filed, without the framework and the number of nodes", machine),
        ("systems as filed", lambda r: r.filed_system), ("hardware configurations", _hardware)
    ),
}  # fmt: skip


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    amount = benchmarks_stated(record, claim)
    limit = "all " if claim.quantifier == "all" else bound(amount)
    return f"{told(record, claim.about)}: {limit}{shown(amount.value)} {noun(claim.metric, amount.value)}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a count."""
    found = find(record, claim.about)
    if found.missing:
        return still_open(found.missing)
    return (_review_scale if claim.kind == "scale" else _review_count)(record, claim, found.results)


def _review_count(record: Record, claim: Claim, counted: list[LinkedResult]) -> Finding:
    amount, everything = benchmarks_stated(record, claim), record.benchmarks(claim.about.rounds[0])
    results = [r for r in counted if r.result.minutes <= float(dict(claim.extra).get("within", "inf"))]
    readings = [(name, _number(results, of)) for name, of in READINGS[claim.metric]]
    alone = [r for r in results if len(r.submitters) == 1]
    if claim.about.who and 0 < len(alone) < len(results):
        readings.append((f"{claim.metric} without joint ones", _number(alone, READINGS[claim.metric][0][1])))
    verdicts = [judge(amount, n, claim.metric) for _, n in readings]
    verdict, note = verdicts[0], ""
    if not holds(verdict) and any(map(holds, verdicts)):
        verdict, note = NOT_CHECKABLE, f"how {claim.metric} are counted: the readings differ"
    total = dict(claim.extra).get("of")
    if total and int(Decimal(total)) != len(everything):
        verdict, note = NOT_CHECKABLE, f"of which {total} benchmarks: the round has {len(everything)}"
    if verdict == CONTRADICTED and not record.complete(claim.about):
        verdict, note = NOT_CHECKABLE, UNFINISHED
    gives = "; ".join(f"{shown(n)} {name}" for name, n in dict.fromkeys(readings))
    formula = f"count of {readings[0][0]} = {shown(readings[0][1])}"
    return Finding(verdict, gives, formula, note, counted, len(readings), sum(map(holds, verdicts)))


def _number(results: list[LinkedResult], of: Callable[[LinkedResult], object]) -> Decimal:
    """How many different things results have."""
    return Decimal(len({of(r) for r in results}))


def _review_scale(record: Record, claim: Claim, results: list[LinkedResult]) -> Finding:
    amount = claim.stated
    numbers = [(r, n) for r in results for n in _numbers(r, claim.metric)]
    have = sorted({n for _, n in numbers})
    gives = (
        f"{claim.metric} of its results: {', '.join(map(shown, have))}"
        if have
        else f"no result of {told(record, claim.about)}"
    )
    fits = [r for r, n in numbers if n == amount.value]
    if amount.bound == "up to" and have and max(have) != amount.value:
        verdict = UNDERSTATED if max(have) > amount.value else CONTRADICTED
    elif amount.bound in ("<", ">", "<=", ">="):
        verdict = max((judge(amount, Decimal(n), "accelerators") for n in have), key=holds, default=CONTRADICTED)
    elif fits:
        verdict = SUPPORTED
    else:
        verdict = UNDERSTATED if have and amount.value < min(have) else CONTRADICTED
    if not holds(verdict) and (claim.missing or not record.complete(claim.about)):
        return still_open(claim.missing or [UNFINISHED], gives)
    gives += f" ({minutes(fits[0])})" if fits else ""
    return Finding(verdict, gives, f"count of such results = {len(fits)}", used=(fits or results)[:20])


def _numbers(r: LinkedResult, metric: str) -> set[int]:
    """The numbers of a result that a stated one may be: of all accelerators, or of those of one node; or of nodes."""
    numbers = {r.result.accelerators, r.result.accelerators_per_node} if metric == "accelerators" else {node_count(r)}
    return {n for n in numbers if n}
