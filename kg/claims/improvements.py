"""Claims of an improvement: percent or factor, against an earlier round, an own baseline, or another system.

'N % better' has two defensible readings, as less time (1 − now/before) and as more speed (before/now − 1);
both are computed. What is compared with what is taken from the words where they say it, and shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.claims.narrow import narrow
from kg.claims.record import World
from kg.claims.times import PER_MINUTE, outside
from kg.model.claim import (
    CONTRADICTED,
    NOT_CHECKABLE,
    Filed,
    Review,
    Said,
    agrees,
    shown,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two times in minutes that may be the ones compared, and in words what they are."""

    before: Decimal
    now: Decimal
    what: str
    results: tuple[str, ...] = ()


def check_improvement(world: World, said: Said) -> Review:
    """An improvement in each of its readings, over each pair of results that may be meant."""
    unit = said.get("unit")
    claimed = f"{world.label(said.submitter)}: {_amount(said)} better{_on(world, said)}"
    if not isinstance(said.value, Decimal) or unit not in ("percent", "factor"):
        return Review(said, claimed, NOT_CHECKABLE, note="no number is stated; a vague word")
    named, pairs = _pairs(world, said)
    if not pairs:
        return Review(said, claimed, NOT_CHECKABLE, note=_why_none(world, said, named))
    readings = [(pair, name, value) for pair in pairs for name, value in _readings(pair, unit)]
    shown_all = "; ".join(f"{pair.what}: {_worked(pair, unit)}" for pair in pairs[:8])
    fits = [
        (pair, name, value, verdict) for pair, name, value in readings if (verdict := agrees(said.value, value))
    ]  # fmt: skip
    if not fits:
        printed = [(_as_printed(pair), name) for pair, name, _ in readings]
        fits = [
            (pair, name, value, verdict) for pair, name in printed
            if (verdict := agrees(said.value, value := dict(_readings(pair, unit))[name]))
        ]  # fmt: skip
    if fits:
        pair, name, value, verdict = fits[0]
        others = [p.what for p, *_ in fits[1:] if p.what != pair.what]
        note = f"holds {name}, for {pair.what}" + (
            f" (and {', '.join(dict.fromkeys(others))})" if others else ""
        )
        higher = max(((v, p) for p, n, v in readings if n == name), key=lambda each: each[0])
        if said.get("comparator") == "up to" and higher[0] > value:
            note += f"; it is not the highest, which is {shown(higher[0])} for {higher[1].what}"
        if not named:
            note += "; the words do not name the baseline"
        return Review(
            said,
            claimed,
            verdict,
            shown_all,
            f"{name}: {_formula(pair, name)} = {shown(value)}",
            note,
            pair.results,
        )
    nearest = min(readings, key=lambda r: abs(r[2] - said.number))
    formula = f"nearest, {nearest[1]}: {_formula(nearest[0], nearest[1])} = {shown(nearest[2])}"
    cited = tuple(dict.fromkeys(iri for pair in pairs for iri in pair.results))
    if not named:
        note = "the baseline is not named, and no reading gives the stated number"
        return Review(said, claimed, NOT_CHECKABLE, shown_all, formula, note, cited)
    note = "in no reading" + ("; the record gives more" if min(r[2] for r in readings) > said.value else "")
    return Review(said, claimed, CONTRADICTED, shown_all, formula, note, cited)


def _as_printed(pair: Pair) -> Pair:
    """The pair with minutes to three decimals, as MLCommons' table of results prints them."""
    what = f"{pair.what}, from the minutes to three decimals"
    return Pair(round(pair.before, 3), round(pair.now, 3), what, pair.results)


def _pairs(world: World, said: Said) -> tuple[bool, list[Pair]]:
    """Whether the words name what is compared with, and the pairs that may be meant."""
    own = world.of(said.submitter, said.round)
    current = narrow(world, own, said).results
    baseline = said.get("baseline").lower()
    before_round = said.get("baselineRound") or (
        world.previous(said.round) if "baselineRoundIs" in said.qualifiers else ""
    )
    if "own baseline" in baseline or (baseline and not before_round and _own(baseline)):
        return True, list(_within_round(world, current, own))
    if before_round:
        everyone = bool(re.search(r"\b(?:best|fastest)\b", baseline)) and not _own(
            baseline, world.label(said.submitter)
        )
        before = [
            r
            for r in world.results
            if r.round == before_round and (everyone or r.submitter == said.submitter)
        ]
        before = _one_node(before, baseline)
        return True, list(_between(world, current, before, everyone))
    stated = list(_stated(world, said))
    before = [
        r for r in world.results if r.round == world.previous(said.round) and r.submitter == said.submitter
    ]
    return False, [*stated, *_between(world, current, before, False)]


def _own(baseline: str, name: str = "") -> bool:
    return bool(re.search(r"\b(?:our|own|we|its|same system)\b", baseline)) or (
        bool(name) and name.lower() in baseline
    )


def _one_node(results: list[Filed], baseline: str) -> list[Filed]:
    if re.search(r"\b(?:one|single|1)[- ]node\b", baseline):
        return [r for r in results if r.nodes == 1]
    return results


def _within_round(world: World, current: Iterable[Filed], own: Iterable[Filed]) -> Iterator[Pair]:
    """The slower results of the same submitter, round, benchmark, division and number of accelerators."""
    for now in current:
        for other in own:
            same = (other.benchmark, other.division, other.accelerators) == (
                now.benchmark,
                now.division,
                now.accelerators,
            )
            if same and other.minutes > now.minutes:
                what = f"{other.label} against {now.label}{outside(world, now)}"
                yield Pair(other.minutes, now.minutes, what, (other.iri, now.iri))


def _between(world: World, current: list[Filed], before: list[Filed], everyone: bool) -> Iterator[Pair]:
    """The best result now and then of each benchmark and division, on the same number of accelerators and at all.

    Benchmarks are entities: two that only share a key are never compared, nor are divisions.
    """
    for benchmark, division in dict.fromkeys((r.benchmark, r.division) for r in current):
        now_all = [r for r in current if (r.benchmark, r.division) == (benchmark, division)]
        then_all = [r for r in before if (r.benchmark, r.division) == (benchmark, division)]
        counts = sorted(
            {r.accelerators for r in now_all if r.accelerators}
            & {r.accelerators for r in then_all if r.accelerators}
        )
        best = [(f"on {shown(n)} accelerators", n) for n in counts]
        for where, count in [*best, ("best against best", None)]:
            now = min(
                (r for r in now_all if count in (None, r.accelerators)), key=lambda r: r.minutes, default=None
            )
            then = min(
                (r for r in then_all if count in (None, r.accelerators)),
                key=lambda r: r.minutes,
                default=None,
            )
            if (
                now
                and then
                and not (count is None and len(counts) == 1 and now.accelerators == then.accelerators)
            ):
                who = f" of {world.label(then.submitter)}" if everyone else ""
                what = f"{world.label(benchmark)} {where}{who}, {world.label(then.round)} to {world.label(now.round)}"
                yield Pair(then.minutes, now.minutes, what + outside(world, now), (then.iri, now.iri))


def _stated(world: World, said: Said) -> Iterator[Pair]:
    """The times that the statement itself sets beside its own, up to the words of the claim."""
    times = [
        s for s in world.said
        if s.statement == said.statement and s.predicate == "timeToTrain" and isinstance(s.value, Decimal)
        and s.start <= said.start and said.start - s.end < 1500
    ]  # fmt: skip
    minutes = [(s, s.number / PER_MINUTE.get(s.get("unit") or "minutes", Decimal(1))) for s in times]
    for mine, now in minutes:
        for other, before in minutes:
            if (
                "whoseIs" not in mine.qualifiers
                and before > now
                and mine.get("benchmark") == other.get("benchmark")
            ):
                yield Pair(before, now, f"the stated {shown(before)} and {shown(now)} minutes")


def _readings(pair: Pair, unit: str) -> list[tuple[str, Decimal]]:
    if unit == "factor":
        return [("as a factor of speed", pair.before / pair.now)]
    return [
        ("as more speed", 100 * (pair.before / pair.now - 1)),
        ("as less time", 100 * (1 - pair.now / pair.before)),
    ]


def _formula(pair: Pair, reading: str) -> str:
    before, now = shown(pair.before), shown(pair.now)
    return {
        "as a factor of speed": f"{before} / {now}",
        "as more speed": f"{before} / {now} − 1, in percent",
        "as less time": f"1 − {now} / {before}, in percent",
    }[reading]


def _worked(pair: Pair, unit: str) -> str:
    return ", ".join(
        f"{shown(value)} {'×' if unit == 'factor' else '%'} {name}" for name, value in _readings(pair, unit)
    )


def _amount(said: Said) -> str:
    sign = {"percent": " %", "factor": "×"}.get(said.get("unit"), "")
    bound = "up to " if said.get("comparator") == "up to" else ""
    return f"{bound}{shown(said.value)}{sign}" if isinstance(said.value, Decimal) else str(said.value)


def _on(world: World, said: Said) -> str:
    benchmark, baseline = said.get("benchmark"), said.get("baseline")
    return (f" on {world.label(benchmark)}" if benchmark else "") + (
        f" than “{baseline}”" if baseline else ""
    )


def _why_none(world: World, said: Said, named: bool) -> str:
    before = said.get("baselineRound")
    if before and not world.loaded(before):
        return f"the record of {world.label(before)} is not loaded"
    return "the record holds no pair of results of that description" if named else "the baseline is not named"
