"""Comparisons looked up: the pairs of results that a claim means, what each gives, and the verdict over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claims.agreement import PER_MINUTE, bound, common, holds, judge
from kg.claims.lookup import UNFINISHED, Finding, Found, find, minutes, still_open, told
from kg.claims.record import Record, best, submitters
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, SIZES, UNDERSTATED, Amount, Claim, Scope, shown
from kg.model.record import LinkedResult

NO_BASELINE = "what it is compared with"
_NONE = "which results are compared: none are comparable, of one benchmark and of equal size"
_SAID = {
    "speed": "faster", "less time": "less time", "improvement": "improvement", "slower": "slower", "behind": "of",
    "efficiency": "scaling efficiency", "per accelerator": "faster per accelerator",
}  # fmt: skip
_UNIT = {"percent": " %", "factor": "×"}
_LINK = {"behind": "", "improvement": "over", "efficiency": "from"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two results that are compared."""

    now: LinkedResult
    then: LinkedResult

    def worked(self, what: str, unit: str, decimals: int = 12) -> tuple[Decimal, str]:
        """What the pair gives for a metric, in percent, as a factor or in a unit of time, and the arithmetic in words.

        It is worked out from minutes to so many decimals.
        """
        now, then = (round(Decimal(repr(r.result.minutes)), decimals) for r in (self.now, self.then))
        new, old = (shown(r.result.minutes) for r in (self.now, self.then))
        many, few = (Decimal(r.result.accelerators or r.result.nodes or 1) for r in (self.now, self.then))
        if what == "efficiency":
            ratio = (then / now) / (many / few)
            return (100 * ratio if unit == "percent" else ratio), f"({old} / {new}) / ({many} / {few})"
        if what == "per accelerator":
            now, then, new, old = now * many, then * few, f"({new} × {many})", f"({old} × {few})"
        if what in ("slower", "behind"):
            now, then, new, old = then, now, old, new
        if unit in PER_MINUTE:
            return (then - now) * PER_MINUTE[unit], f"({old} − {new}) × {shown(PER_MINUTE[unit])}"
        if unit == "factor":
            return then / now, f"{old} / {new}"
        if what == "less time":
            return 100 * (1 - now / then), f"1 − {new} / {old}, in percent"
        return 100 * (then / now - 1), f"{old} / {new} − 1, in percent"


def _apart(record: Record, mine: Sequence[LinkedResult], theirs: Sequence[LinkedResult]) -> str:
    """Why no two results of two sides are compared: their rounds, where nothing but these part them."""
    rounds = {(a.benchmark.iri, a.round.iri, b.round.iri) for a in mine for b in theirs if a.benchmark == b.benchmark}
    said = {record.apart(*of) for of in rounds}
    return _NONE if "" in said or not said else "; ".join(sorted(said))


def review(record: Record, claim: Claim) -> Finding:
    """The verdict on a comparison, over the pairs of results that it means."""
    if claim.baseline is None:
        return still_open([NO_BASELINE])
    mine, theirs = find(record, claim.about), _rivals(record, claim)
    pairs = _pairs(record, claim, mine.results, theirs.results)
    if not pairs:
        sides = ((mine, claim.about), (theirs, claim.baseline))
        absent = [f"no result of {told(record, side)}" for found, side in sides if not found.results]
        return still_open(
            [*mine.missing, *theirs.missing] or absent[:1] or [_apart(record, mine.results, theirs.results)]
        )
    made = judged(record, claim, pairs)
    for who in claim.baseline.who if claim.quantifier == "each" and holds(made.verdict) else ():
        theirs_alone = [r for r in theirs.results if record.members(who) & submitters(r)]
        if not _pairs(record, claim, mine.results, theirs_alone):
            return still_open([f"which result of {who.label} is meant: none is comparable"], made.record)
    rest = [*record.unscored(claim.about), *record.unscored(claim.baseline)]
    sizes = {r.result.accelerators for r in mine.results}  # of no other can a pair of equal sizes be
    if any(r.result.accelerators in sizes for r in rest) and (claim.baseline.best or not holds(made.verdict)):
        return still_open([UNFINISHED], made.record)
    most = claim.quantifier in ("each", "all") or (claim.quantifier == "up to" and claim.baseline.who)
    if made.verdict in (CONTRADICTED, UNDERSTATED) and not most:
        each = _pairs(record, claim, mine.results, theirs.results, each=True)
        if any(holds(judged(record, claim, [p]).verdict) for p in each):
            return still_open(["which of several results is meant"], made.record)
    return made


def _rivals(record: Record, claim: Claim) -> Found:
    """What is compared with; of an accelerator without an owner, the own results on it, else the fastest of any."""
    base = claim.baseline or Scope()
    if base.best and not base.who:
        return find(record, replace(base, best=False))
    if base.who or not base.accelerators:
        return find(record, base)
    mine = find(record, claim.about).results
    own = [replace(base, who=claim.about.who, rounds=(r,)) for r in (*base.rounds, *record.earlier(base.rounds[0]))]
    for earlier in own:
        found = find(record, earlier)
        if _pairs(record, claim, mine, found.results):
            return found
    return find(record, base)


def _pairs(
    record: Record, claim: Claim, mine: list[LinkedResult], theirs: list[LinkedResult], *, each: bool = False
) -> list[Pair]:
    """The pairs of comparable results: each side's fastest of one benchmark, division and size, or `each` of its results."""
    base = claim.baseline or Scope()
    if "baseline" in base.words:  # the own one, which is filed as such
        theirs = [r for r in theirs if "baseline" in f"{r.result.system} {r.result.system_name}".lower()]
    sized = bool((base.count or base.either or base.nodes or base.systems) and claim.kind == "scaling")
    any_size = base.best and bool(base.who)
    family = not all(re.search(r"\d", a.label) for a in (*claim.about.accelerators, *base.accelerators))

    def kind(r: LinkedResult) -> object:
        return None if any_size else r.result.accelerators, r.accelerator if sized or family else None

    now, then = (side if each else best(side, kind) for side in (mine, theirs))
    found = [
        Pair(a, b) for a in now for b in then
        if a.iri != b.iri and a.benchmark.iri == b.benchmark.iri
        and record.comparable(a.benchmark.iri, a.round.iri, b.round.iri)
    ]  # fmt: skip
    inside = [p for p in found if p.now.division.iri == p.then.division.iri]
    found = inside or found
    if each and not any(getattr(claim.about, n) for n in (*SIZES, "either", "systems")):
        return found  # of whatever size
    if sized:
        return [p for p in found if p.now.accelerator == p.then.accelerator] or found
    equal = [p for p in found if p.now.result.accelerators == p.then.result.accelerators]
    if equal or (claim.quantifier in ("each", "all") and len(now) == len(then) == 1):
        return equal or found
    if not (claim.about.count or claim.about.systems) or not (base.count or base.systems):
        return []
    single = [p for p in found if p.now.result.nodes == p.then.result.nodes == 1] or found
    one = len({p.now.result.accelerators for p in single}) == len({p.then.result.accelerators for p in single}) == 1
    return single if one else []


def judged(record: Record, claim: Claim, pairs: list[Pair]) -> Finding:
    """The verdict in the preferred reading; an improvement has two, of which the first that is stated counts."""
    amount = claim.stated
    both = claim.metric == "improvement" and amount.unit == "percent"
    readings = ("less time", "speed") if both else (claim.metric,)
    tried = [(reading, *_over(claim, reading, pairs, amount)) for reading in readings]
    fitting = [t for t in tried if holds(t[1])]
    reading, verdict, pair, note = (fitting or tried)[0]
    if not fitting and len({t[1] for t in tried}) > 1:
        verdict, note = NOT_CHECKABLE, "whether time or speed is meant; the one gives more and the other less"
    base = claim.baseline or Scope()
    if base.words == "unnamed" and not holds(verdict):
        verdict, note = NOT_CHECKABLE, NO_BASELINE
    notes = [note, *_notes(record, claim, pair, reading, amount)]
    record_gives = "; ".join(dict.fromkeys(minutes(r) for r in (pair.now, pair.then)))
    value, arithmetic = pair.worked(reading, amount.unit)
    formula, used = f"{arithmetic} = {shown(value)}", [pair.now, pair.then]
    return Finding(verdict, record_gives, formula, "; ".join(filter(None, notes)), used, len(tried), len(fitting))


def _verdict(pair: Pair, reading: str, amount: Amount) -> str:
    """The verdict on one pair: from the scores, or from their minutes to three decimals, as MLCommons prints them."""
    exact, printed = (judge(amount, pair.worked(reading, amount.unit, n)[0], reading) for n in (12, 3))
    return printed if holds(printed) else exact


def _over(claim: Claim, reading: str, pairs: list[Pair], amount: Amount) -> tuple[str, Pair, str]:
    """The verdict over all pairs that may be meant, the pair that decides, and what stays open."""
    low, high = (of(pairs, key=lambda p: p.worked(reading, amount.unit)[0]) for of in (min, max))
    verdicts = {id(p): _verdict(p, reading, amount) for p in pairs}
    favoured = low if reading in ("slower", "behind") else high
    if claim.quantifier == "up to":
        return verdicts[id(high)], high, ""
    agreed = common(verdicts.values())
    if claim.quantifier == "all" and CONTRADICTED in verdicts.values():
        return CONTRADICTED, low, ""
    if agreed != NOT_CHECKABLE or claim.quantifier in ("each", "all"):
        return agreed, favoured, "which of several results is meant" if agreed == NOT_CHECKABLE else ""
    if holds(verdicts[id(favoured)]):
        return (verdicts[id(favoured)], favoured, "the words name no system; it is the most that the record gives")
    if not any(map(holds, verdicts.values())) and CONTRADICTED in verdicts.values():
        return CONTRADICTED, favoured, ""
    return NOT_CHECKABLE, favoured, "which of several systems is meant"


def _notes(record: Record, claim: Claim, pair: Pair, reading: str, amount: Amount) -> Iterator[str]:
    if pair.now.division.iri != pair.then.division.iri:
        yield f"across divisions: {pair.now.division.label.lower()} and {pair.then.division.label.lower()}"
    base = claim.baseline or Scope()
    if base.words == "unnamed":
        yield f"the words name no baseline; compared with {record.label(pair.then.round.iri)}"
    if amount.unit == "percent" and reading in ("speed", "less time"):
        other = "less time" if reading == "speed" else "speed"
        said = f"read as {reading}; as {other} it is {shown(pair.worked(other, 'percent')[0])} %"
        yield said.replace("speed", "more speed")


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words: 'Habana Labs, ResNet-50, 8 × Gaudi2: 36 % less time than NVIDIA, 8 × NVIDIA A100'."""
    amount, base = claim.stated, claim.baseline
    limit = "up to " if claim.quantifier == "up to" else bound(amount)
    number = f"{limit}{amount.value.normalize():f}{_UNIT.get(amount.unit, f' {amount.unit}')}"
    if claim.quantifier in ("each", "all"):
        number = ""
    about = told(record, claim.about, whose=bool(claim.about.who or not claim.times))
    said = f"{about}: {number} {_SAID[claim.metric]}".replace("  ", " ")
    if claim.times:
        said += f", {' beside '.join(f'{bound(t)}{t.value} {t.unit}' for t in claim.times[0][1:])}"
    if base is None or base.words == "unnamed":
        return said
    benchmarks = () if base.benchmarks == claim.about.benchmarks else base.benchmarks
    best = "the own baseline of " if "baseline" in base.words else "the best of " if base.best else ""
    return f"{said} {_LINK.get(claim.metric, 'than')} {best}{told(record, replace(base, benchmarks=benchmarks))}"
