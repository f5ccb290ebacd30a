"""Claims that set two results side by side: over an own earlier result, a rival's, an accelerator's, an own baseline's.

What is compared is resolved first: the subject's results, and those that the words compare them with. Only then are the
two looked up, on one benchmark, in one division, on equal numbers of accelerators unless the words give the sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.claims import anchors, pairs
from kg.claims.agreement import PER_MINUTE, interval
from kg.claims.anchors import by_times
from kg.claims.context import BACK, EVERY_BENCHMARK, OWN, PREVIOUS, Context, earlier, joined
from kg.claims.lookup import Finding
from kg.claims.pairs import NO_BASELINE, claimed
from kg.claims.ranks import AHEAD
from kg.claims.record import Record
from kg.claims.relation import EACH, SHED, bare, beside, compared, difference, metric, old_and_new
from kg.claims.scope import AS_MANY, SAME, backwards, scope, sizes
from kg.claims.sentence import Sign, segment
from kg.model.claim import Amount, Claim, Scope
from kg.model.statement import Entity

__all__ = ["KINDS", "claimed", "claims", "review"]
KINDS = ("improvement", "comparison", "scaling")
_EARLIER = re.compile(r"T\d+ (?:earlier|later)\b")
"""What says, after a time, that it is a difference, and not which result is meant."""
_MEAN = re.compile(r"\b(?:averag\w+|mean|geomean)\b")
_OTHER_END = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The bound of what is saved, by that of what is left: 'in less than a third of the time'."""
_NODES = re.compile(r"\b(?:nodes|servers|vms|machines|instances) (?:up )?from $")
_ITS_OWN = re.compile(r"\b(?:its|own|their|same|baseline)\b")
_BEST = re.compile(r"\b(?:best|fastest|top)\b")


def claims(ctx: Context) -> Iterator[Claim]:
    """The comparisons of a sentence that a percentage or a factor states."""
    ctx.take(*[s for s in ctx.clause.within("X") if _of_sizes(ctx, s)][:1])
    free = [s for s in ctx.free("PX") if not AS_MANY.match(ctx.clause.code, s.at)]
    measured = [(sign, metric(ctx.clause, sign)) for sign in free]
    measured += [(sign, difference(ctx.clause, sign)) for sign in ctx.free("T")]
    measured = [(sign, what) for sign, what in measured if what]
    places = _places(ctx, [sign for sign, _ in measured])
    ctx.beside = beside(ctx.clause)
    for number, (sign, what) in enumerate(measured):
        ctx.take(sign)
        if after := _EARLIER.match(ctx.clause.code, sign.at):
            ctx.read.append(after.span())
        if what == "per accelerator":
            ctx.read += [m.span() for m in EACH.finditer(ctx.clause.code)]
        made = _claim(ctx, sign.at, sign.amount, what, places.get(number, {}))
        yield by_times(ctx, made, sign) if [w for _, w in measured].count(what) == 1 else made
    unsaid = next(ctx.free("PX"), None) or AHEAD.search(ctx.clause.code)
    word = None if unsaid else bare(ctx.clause)
    other = compared(ctx.clause, word[1]) if word and not measured else None
    if not word or not other:
        return
    ctx.beside = other.stretch
    if any(ctx.clause.within("OASR", *other.stretch)):
        many = "all" if EVERY_BENCHMARK.search(ctx.clause.code) else "each"
        made = replace(_claim(ctx, word[1], Amount(Decimal(1), "factor", ">"), word[0], {}), quantifier=many)
        who = tuple(who for _, who in ctx.organizations(*other.stretch))
        if made.baseline and len(who) > 1:
            made = replace(made, baseline=replace(made.baseline, who=who))  # faster than the fastest of them
        yield made


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a comparison: over the pairs of results that its words mean, or of those that are told by their times."""
    return anchors.review(record, claim) if claim.times else pairs.review(record, claim)


def _places(ctx: Context, signs: list[Sign]) -> dict[int, dict[str, tuple[Entity, ...]]]:
    """Of several numbers, the benchmark or the system that each is of: by their order, or by what follows each."""
    if len(signs) < 2:
        return {}
    for letter, name in (("B", "benchmarks"), ("S", "systems")):
        listed = list(ctx.clause.within(letter))
        if len(listed) == len(signs):
            return {n: {name: s.entities} for n, s in enumerate(listed)}
        names = (rf"\b{sign.name} (?:(?![PX]\d)\S+ ){{0,6}}?({letter}\d+)" for sign in signs)
        near = [ctx.clause.sign(after[1]).entities for n in names if (after := re.search(n, ctx.clause.code))]
        if len(near) == len(signs):
            return {n: {name: entities} for n, entities in enumerate(near)}
    return {}


def _claim(ctx: Context, at: int, amount: Amount, what: str, place: dict[str, tuple[Entity, ...]]) -> Claim:
    between = old_and_new(ctx.clause)
    other = compared(ctx.clause, at)
    missing: list[str] = []
    base: Scope | None
    named = other and any(ctx.clause.within("OASRF", *other.stretch))  # and not only its size
    if not between and not named and (pair := _pair(ctx)):
        about, base = pair
        other = None
        ctx.sure |= {"count", "nodes"}
    elif between:
        about, base = _sizes(ctx, between)
        ctx.sure |= {"count", "nodes", "systems", "accelerators"}
        ctx.take(*(s for stretch in between for s in ctx.clause.within("NX", *stretch)))
    elif other:
        about = ctx.about(but=other.stretch)
        ctx.read.append(other.mark)
        ctx.beside = other.stretch
        base, missing = _baseline(ctx, about, *other.stretch)
        ctx.take(*ctx.clause.within("N", *other.stretch))
    else:
        about = ctx.about()
        several = not place and any(len({s.entities for s in ctx.clause.within(letter)}) > 1 for letter in "AS")
        base, missing = (None, [NO_BASELINE]) if several or amount.unit in PER_MINUTE else _unnamed(ctx, about)
    about = replace(about, **place)  # type: ignore[arg-type]
    about, base = _complete(ctx, about, base)
    ctx.baseline = base if other else None
    if _MEAN.search(ctx.clause.code, *segment(ctx.clause.code, at)):
        missing = [*missing, "over what the average is taken"]
    amount = _part(ctx.clause.code, at, amount, what)
    return ctx.claim(
        _kind(about, base), about, what, amount, quantifier="up to" if amount.bound == "up to" else "", baseline=base,
        missing=tuple(missing),
    )  # fmt: skip


def _part(code: str, at: int, amount: Amount, what: str) -> Amount:
    """A fraction as a percentage: 'by a third' is 33 %; of a time 'to a third', or '33 % of the time', leaves 67 % less.

    A percentage of a speed is a factor: '80 % of the speed'.
    """
    fraction = amount.unit == "factor" and amount.value < 1
    after = code[at:].partition(" ")[2]
    of = after.startswith(("of ", "the ")) and not SHED.search(code, 0, at)
    if amount.unit != "percent" and not fraction:
        return amount
    if fraction:
        amount = Amount(100 * amount.value, "percent", amount.bound or "~")
    less = re.match(r"X\d+ less\b", code[at:])
    if what == "less time" and not less and (of or code.endswith(("to ", "in ")[: 1 + fraction], 0, at)):
        return replace(amount, value=100 - amount.value, bound=_OTHER_END.get(amount.bound, amount.bound))
    if of and not fraction and what in ("speed", "per accelerator"):
        return replace(amount, value=amount.value / 100, unit="factor")
    return amount


def _kind(about: Scope, base: Scope | None) -> str:
    if base is None:
        return "comparison"
    if base.rounds and base.rounds != about.rounds and base.who == about.who:
        return "improvement"
    if base.who == about.who and (base.count or base.either or base.systems or base.nodes) and not base.frameworks:
        return "scaling"
    return "comparison"


def _of_sizes(ctx: Context, sign: Sign) -> bool:
    """Whether a factor only says how two sizes that are given compare: 'doubled from 1,536 to 3,072 GPUs'."""
    between = old_and_new(ctx.clause)
    if not between:
        return False
    others = [s for s in ctx.clause.within("PX") if s is not sign]
    if not (others or sign.text.isalpha()) and sign.at > between[0][0]:
        return False
    ends = [s.value for stretch in between for s in ctx.clause.within("N", *stretch)]
    low, high = interval(sign.amount)
    return len(ends) == 2 and low <= ends[1] / ends[0] <= high


def _sizes(ctx: Context, between: tuple[tuple[int, int], tuple[int, int]]) -> tuple[Scope, Scope]:
    """The larger and the smaller of two own sizes, or this round and an earlier one, of 'from … to …'."""
    first, second = between
    about = ctx.about(second[0], but=first)
    about = joined(about, ctx.about(0, first[0]))
    base = ctx.about(*first)
    new = scope(ctx.clause, *second)
    noded = (new.nodes or base.nodes) and not (new.count or base.count)
    part = "nodes" if noded or _NODES.search(ctx.clause.code, 0, first[0]) else "count"
    base, about = _sized(ctx, base, part, first), _sized(ctx, about, part, second)
    who, around = (ctx.subject(),), Scope(systems=ctx.about(0, first[0]).systems)
    return replace(about, who=who), joined(replace(base, who=who), around)


def _sized(ctx: Context, made: Scope, part: str, stretch: tuple[int, int]) -> Scope:
    """A scope with the first number of a stretch as its size, where it has none."""
    size = next((int(s.value) for s in ctx.clause.within("NX", *stretch)), None)
    return made if made.count or made.systems or made.nodes else replace(made, **{part: size})  # type: ignore[arg-type]


def _pair(ctx: Context) -> tuple[Scope, Scope] | None:
    """The new and the old size of 'three thousand chips against 512'; None where it does not say which is which."""
    numbers, part, _ = sizes(ctx.clause)
    turned = backwards(ctx.clause, *numbers) if len(numbers) == 2 else None
    if turned is None:
        return None
    ctx.take(*numbers, *(s for m in AS_MANY.finditer(ctx.clause.code) for s in ctx.clause.named(m[0])))
    spans = numbers[0].at, numbers[1].at + 1
    rest = ctx.about(but=spans)
    inside = scope(ctx.clause, *spans)
    old, new = (replace(rest, **{part: int(n.value)}) for n in numbers)  # type: ignore[arg-type]
    old, new = (joined(replace(s, per_node=None), replace(inside, count=None, nodes=None)) for s in (old, new))
    return (old, new) if turned else (new, old)


def _baseline(ctx: Context, about: Scope, start: int, end: int) -> tuple[Scope | None, list[str]]:
    """The results that the words compare with, and what of them stays open."""
    code = ctx.clause.code
    base = scope(ctx.clause, start, end)
    others = [who for _, who in ctx.organizations(start, end)]
    said, same = _BEST.search(code, start, end), SAME.search(code, start, end)
    ctx.read += [m.span() for m in (said, same) if m]
    if same:
        base = joined(base, Scope(accelerators=about.accelerators, memory=about.memory))
    rounds = ctx.rounds(start, end) or list(earlier(ctx, start, end))
    base = replace(base, rounds=tuple(rounds) or about.rounds, best=bool(said))
    back = {n for m in BACK.finditer(code, start, end) for n in re.findall(r"\bN\d+", m[0])}
    bare = [int(s.value) for s in ctx.clause.within("NX", start, end) if s.name not in back]
    part = "count" if about.count else "nodes"
    if bare and getattr(about, part) and not (base.count or base.per_node or base.nodes or base.frameworks):
        base = replace(base, **{part: bare[0]})  # type: ignore[arg-type]
    own = OWN.search(code, start, end)
    if others:
        return replace(base, who=tuple(others[:1])), []
    if own or _ITS_OWN.search(code, start, end):
        who = (ctx.speaker,) if own else about.who
        return replace(base, who=who), ["the own baseline"] if "internal" in code[start:end] else []
    if rounds and rounds[0] != about.rounds[0]:
        return replace(base, who=() if said else about.who), []
    return _unnamed_rival(about, base)


def _unnamed_rival(about: Scope, base: Scope) -> tuple[Scope | None, list[str]]:
    """A baseline without an owner: an accelerator's results, a filed system's, or the own other configuration."""
    if base.accelerators or base.systems:
        return base, []
    if not replace(base, benchmarks=()).narrows:
        return None, [NO_BASELINE]
    return replace(base, who=about.who), []


def _unnamed(ctx: Context, about: Scope) -> tuple[Scope | None, list[str]]:
    """No words say what is compared with: the own results of the round before, which can only support it."""
    before = ctx.record.before(about.rounds[0])
    if not before or not OWN.search(f"{ctx.clause.code} {ctx.before.words}"):
        return None, [NO_BASELINE]
    words = "" if PREVIOUS.search(ctx.before.words) else "unnamed"
    return Scope(who=about.who, rounds=(before,), words=words), []


def _complete(ctx: Context, about: Scope, base: Scope | None) -> tuple[Scope, Scope | None]:
    """Both sides with what only the other, or the sentences before, name: the benchmark, the division, the size."""
    benchmarks = about.benchmarks or (base.benchmarks if base else ()) or ctx.before.benchmarks
    about = replace(about, benchmarks=benchmarks)
    if base is None:
        return about, None
    base = replace(base, benchmarks=base.benchmarks or benchmarks)
    return about, _own_parts(about, base) if base.who == about.who else base


def _own_parts(about: Scope, base: Scope) -> Scope:
    """An own baseline with the division, system, framework, accelerator and size of the subject where it names none."""
    names = ["divisions", "accelerators"]
    if base.rounds != about.rounds and not base.accelerators:
        names += ["frameworks"] if base.count and base.count != about.count else ["frameworks", "systems"]
    return replace(base, **{n: getattr(base, n) or getattr(about, n) for n in names})
