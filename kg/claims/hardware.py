"""Claims of what the record files of a system: its processors, its memory, its accelerators' memory and power."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims.agreement import holds, interval
from kg.claims.context import Context
from kg.claims.lookup import Finding, find, noun, still_open, told
from kg.claims.record import Record
from kg.claims.scope import calls_processors
from kg.claims.sentence import segment
from kg.model.claim import CONTRADICTED, ROUNDED, SUPPORTED, UNDERSTATED, Amount, Claim, Scope, shown
from kg.model.record import LinkedResult

KINDS = ("hardware", "memory")
_PROCESSORS = re.compile(
    r"\b(N\d+)(?! (?:gen\w*|nm|core)\b)(?: x)? (?:(?!or |and |A\d)(?:[a-z][\w-]*|N\d+(?= core)|,|"
    r"O\d+) ){0,5}?(?:(C\d+\b)(?! cores?\b)|processors?\b|cpus?\b|sockets?\b|socket\b)"
)
_MEMORY = re.compile(r"\b(M\d+)(?: of)? (?:(?!hbm|gpu)[a-z]\w* ){0,2}?(?:memory|ram|dram|ddr\d|dimms?)\b")
_HBM = re.compile(r"\b(M\d+)(?: of)? (?:[a-z]\w* ){0,2}?hbm\w*(?: memory)?")
_GB = {"GB": Decimal(1), "TB": Decimal(1000), "GiB": Decimal("1.073741824"), "TiB": Decimal("1099.511627776")}
_FILED = re.compile(r"(?i)(?:(?P<many>\d+) ?x ?)?(?P<size>\d+(?:\.\d+)?) ?(?P<unit>[TG]i?B)")


def claims(ctx: Context) -> Iterator[Claim]:
    """What a sentence says of a system's processors, memory and power."""
    code = ctx.clause.code
    for pattern, metric in ((_PROCESSORS, "processors"), (_HBM, "accelerator memory"), (_MEMORY, "memory")):
        for match in pattern.finditer(code):
            sign = ctx.clause.sign(match[1])
            offered = code.endswith("offers ", 0, match.start())  # that is how it is, not what could be
            called = match[0].endswith("processors") and calls_processors(ctx.clause)
            if called or sign in ctx.used or (ctx.possible(match.start()) and not offered):
                continue
            ctx.take(sign)
            ctx.read.append(match.span())
            named = tuple(e for s in ctx.clause.named(match[0]) if s.letter == "C" for e in s.entities)
            about = replace(_about(ctx, match.start()), processors=named)
            yield ctx.claim("hardware" if metric == "processors" else "memory", about, metric, sign.amount)
    for sign in ctx.free("K") if re.search(r"\bA\d", code) and not re.search(r"\bT\d|\benergy\b", code) else ():
        ctx.take(sign)
        yield ctx.claim("hardware", _about(ctx, sign.at), "power", sign.amount)


def _about(ctx: Context, at: int) -> Scope:
    """The results of the system that is spoken of; the words 'this system' mean that of the sentence before."""
    low, high = segment(ctx.clause.code, at)
    about = ctx.about(low, high)
    systems = about.systems or ctx.about().systems or ctx.before.systems
    return replace(about, systems=systems, count=None, per_node=None, benchmarks=(), processors=(), frameworks=())


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    amount = claim.stated
    unit = "" if amount.unit == "count" else f" {amount.unit} of"
    return f"{told(record, claim.about)}: {amount.value}{unit} {noun(claim.metric, amount.value)}"


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on what is filed of a system."""
    found = find(record, claim.about)
    if found.missing:
        return still_open(found.missing)
    if claim.metric in ("power", "processors"):
        return _filed(record, claim, found.results)
    made = _memory(claim.stated, claim.metric, found.results)
    if holds(made.verdict) or not claim.about.accelerators:
        return made
    own = _memory(claim.stated, "accelerator memory", found.results)
    return own if holds(own.verdict) else made  # 'with its 80 GB' may be said of the accelerator


def _filed(record: Record, claim: Claim, results: list[LinkedResult]) -> Finding:
    """A number as it is filed: the power of an accelerator, or the processors of a node, or of all."""
    amount, power = claim.stated, claim.metric == "power"
    values = {r: {_watts(record, r)} if power else {r.result.processors_per_node, _in_all(r)} for r in results}
    have = sorted({n for numbers in values.values() for n in numbers if n})
    gives = f"filed: {', '.join(map(shown, have)) or 'nothing'}{' W' if power else ' processors of a node, or in all'}"
    value = amount.value * (1000 if amount.unit == "kW" else 1)
    fits = sorted((r for r, numbers in values.items() if value in numbers), key=lambda r: r.iri)
    if not have or (power and not fits and {None} in values.values()):
        return still_open([f"the {claim.metric}, which is not filed"], gives)
    if not (fits or claim.about.processors) and any(
        value in (r.result.accelerators, r.result.accelerators_per_node) and (r.result.nodes or 1) > 1 for r in results
    ):
        return still_open(["whether accelerators are meant"], gives)
    most = max([r.result.processors_per_node or 0 for r in results] if not power else have) or max(have)
    short = CONTRADICTED if power or value > most else UNDERSTATED
    formula = f"count of results with {shown(value)} = {len(fits)}"
    return Finding(SUPPORTED if fits else short, gives, formula, used=(fits or results)[:20])


def _in_all(r: LinkedResult) -> int | None:
    """The processors of all nodes, where there is more than one."""
    return r.result.processors if (r.result.nodes or 1) > 1 else None


def _watts(record: Record, r: LinkedResult) -> int | None:
    concept = record.vocabulary.get(r.accelerator.iri) if r.accelerator else None
    return int(concept.power) if concept and concept.power else None


def _memory(amount: Amount, metric: str, results: list[LinkedResult]) -> Finding:
    """Memory is filed as text, in TB or TiB without telling them apart: the two agree where their spans overlap."""
    known = {r: filed for r in results if (filed := _filed_memory(r, metric))}
    host = metric == "memory"
    names = sorted({r.result.host_memory if host else f"{r.result.accelerator_memory_gb} GB" for r in known})
    gives = f"filed: {', '.join(n for n in names if n) or 'nothing'}"
    if not known:
        return still_open(["the memory is not filed in figures"], gives)
    low, high = _span(amount)
    fits = [r for r, (a, b) in known.items() if a <= high and low <= b]
    verdict = ROUNDED if fits else (CONTRADICTED if max(b for _, b in known.values()) < low else UNDERSTATED)
    if fits and f"{amount.value} {amount.unit}" in names:
        verdict = SUPPORTED
    return Finding(verdict, gives, f"{amount.value} {amount.unit} against what is filed", used=fits or list(known))


def _filed_memory(r: LinkedResult, metric: str) -> tuple[Decimal, Decimal] | None:
    """The memory of a node as filed, in GB: the least and the most that the text can mean."""
    if metric == "accelerator memory":
        size = r.result.accelerator_memory_gb
        return (size * Decimal("0.98"), size * Decimal("1.08")) if size else None  # GB or GiB, as it is filed
    found = _FILED.search(r.result.host_memory)
    if not found:
        return None
    unit = found["unit"][0].upper() + ("i" if "i" in found["unit"] else "") + "B"
    low, high = _span(Amount(Decimal(found["size"]), unit))
    many = Decimal(found["many"] or 1)
    return many * low, many * high


def _span(amount: Amount) -> tuple[Decimal, Decimal]:
    """The GB that a size can mean: at its digits, by a twentieth at most, and in powers of two or of ten."""
    low, high = (v * _GB[amount.unit] for v in interval(amount))
    value = amount.value * _GB[amount.unit]
    binary = _GB[amount.unit if "i" in amount.unit else amount.unit.replace("B", "iB")] / _GB[amount.unit]
    return max(low, value * Decimal("0.95")), min(high, value * Decimal("1.05")) * binary
