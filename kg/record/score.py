"""How a round is scored: the runs that count, the target they have to meet, the mean that is the result.

Follows MLCommons' training rules (https://github.com/mlcommons/training_policies, section on run results)
as `mlperf_logging.result_summarizer` and `compliance_checker` of https://github.com/mlcommons/logging carry
them out, each round with its own tag: a run that fails a check is dropped; then the fastest and the slowest
(four of each for U-Net3D) go, a dropped run counting as a slowest one; the result is the mean of the rest,
times the factor of `scaling.json` where the review gave one.

What differs between rounds and benchmarks is data: `rounds.csv` has the limit of initialization, or why a
round is refused, `rules.csv` the runs, the target and the records that a log must hold. A round that is
newer than the tables is read by the latest rule, which is then not verified, and so are its new benchmarks: the target
may have been moved, so that the status of a run alone tells whether it met it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeGuard

from kg.errors import InputError
from kg.record.shipped import rows

_INTERVAL = re.compile(r"(?:(?P<name>[A-Z]+) )?(?P<open>[\[(])(?P<low>[\d.]+),(?P<high>[\d.]*)(?P<close>[\])])")
_ALIASES = {"mask": "maskrcnn", "mask_rcnn": "maskrcnn"}


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule for one benchmark of a round.

    `runs` is how many it asks for, `dropped` how many go at each end; `key` is the record of an evaluation,
    `target` the interval that its value has to lie in ('[0.72,1)', '' for none), `required` the records
    that a log of the closed division must hold. `verified` tells whether scores by it were compared with
    MLCommons'.
    """

    runs: int
    dropped: int
    key: str
    target: str
    required: tuple[str, ...]
    verified: bool

    def reached(self, records: Iterable[dict[str, Any]]) -> bool:
        """Whether one evaluation met the target; several metrics have to be met together."""
        wanted = _intervals(self.target)
        together: dict[object, set[str]] = {}
        for record in records:
            value, metadata = record.get("value"), record.get("metadata")
            said = metadata if isinstance(metadata, dict) else {}
            if "" in wanted or not wanted:
                if _number(value) and all(within(value) for within in wanted.values()):
                    return True
                continue
            values = value if isinstance(value, dict) else {said.get("metric"): value}
            met = together.setdefault(str(said.get("samples_count", said.get("epoch_num"))), set())
            met |= {name for name, within in wanted.items() if _number(v := values.get(name)) and within(v)}
            if len(met) == len(wanted):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Round:
    """The rules of a round by benchmark, and how long initialization may take (minutes), by division."""

    rules: dict[str, Rule]
    limits: dict[str, float]
    verified: bool

    def rule(self, benchmark: str, runs: int = 0) -> Rule | None:
        """The rule for a benchmark; None for one that was not in the round.

        A round newer than the tables may have others, which get the rule of most: `runs` of them, one dropped at
        each end, and no target.
        """
        return self.rules.get(benchmark) or (None if self.verified else Rule(runs, 1, "eval_accuracy", "", (), False))


@dataclass(frozen=True, slots=True)
class Single:
    """What is known of a single result beyond its repository.

    `absent` tells that its `runs` logs are too large for the copies that are about; `minutes` are then those
    that MLCommons published in `source` ('owner/name@commit'), if it did. Else it was scored with so many
    `runs`, though the rule asks for another number.
    """

    absent: bool
    runs: int
    minutes: float | None
    source: str


@cache
def _intervals(target: str) -> dict[str, Callable[[float], bool]]:
    """A test of each metric of a target, by its name; '' is that of a plain number."""
    return {found["name"] or "": _within(found) for found in _INTERVAL.finditer(target)}


def _within(found: re.Match[str]) -> Callable[[float], bool]:
    low, high = float(found["low"]), float(found["high"] or "inf")
    from_low, to_high = found["open"] == "[", found["close"] == "]"
    return lambda value: (low <= value if from_low else low < value) and (value <= high if to_high else value < high)


def _number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


@cache
def round_rules(label: str) -> Round:
    """The rules of a round ('MLPerf Training v2.0').

    >>> round_rules("MLPerf Training v2.0").rules["bert"].runs
    10

    Raises InputError for a round that cannot be read right, with the reason, and for a label that is none.
    """
    found = re.fullmatch(r"MLPerf (Training|HPC) v(\d+\.\d+)", label)
    if not found:
        raise InputError(f"{label}: is no round of MLPerf Training or HPC, whose results are read")
    suite, version = found[1].lower(), found[2]
    rounds = {row["round"]: row for row in rows("rounds.csv") if row["suite"] == suite}
    row = rounds.get(version)
    if row is None and _order(version) < max(map(_order, rounds)):
        raise InputError(f"{label}: there was no such round; results can be read of {', '.join(rounds)}")
    if row and row["refused"]:
        raise InputError(f"{label}: the results of this round are not read: {row['refused']}")
    latest = row or max(rounds.values(), key=lambda r: _order(r["round"]))
    rules = {
        r["benchmark"]: Rule(
            int(r["runs"]), int(r["dropped"]), r["key"], r["target"] if row else "", tuple(r["required"].split()), bool(row)
        )
        for r in rows("rules.csv")
        if r["suite"] == suite and _order(r["from"]) <= _order(version)
        and (not r["to"] or row is None or _order(version) <= _order(r["to"]))
    }  # fmt: skip
    limits = {division: float(latest[f"init_minutes_{division}"]) for division in ("closed", "open")}
    return Round(rules, limits, row is not None)


def singles(label: str, systems: Iterable[tuple[str, str]]) -> dict[tuple[str, str, str], Single]:
    """The single results of a round by submitter, system and benchmark, for the systems that were filed."""
    filed = {(submitter.lower(), system): (submitter, system) for submitter, system in systems}
    return {
        (*filed[at], row["benchmark"]): Single(
            row["known"] == "absent", int(row["runs"]), float(row["minutes"]) if row["minutes"] else None, row["source"]
        )
        for row in rows("singles.csv")
        if row["round"] == label and (at := (row["submitter"].lower(), row["system"])) in filed
    }  # fmt: skip


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def benchmark_key(folder: str) -> str:
    """The key of a benchmark from the name of its folder.

    >>> benchmark_key("mask"), benchmark_key("BERT")
    ('maskrcnn', 'bert')
    """
    key = folder.lower().replace("-", "_")
    return _ALIASES.get(key, key)


def olympic_mean(minutes: Sequence[float], failed: int, dropped: int) -> float:
    """The mean of runs without the fastest and slowest `dropped`; failed runs count among the slowest.

    >>> olympic_mean([12.0, 10.0, 11.0, 90.0], failed=1, dropped=1)
    37.666666666666664

    Raises ValueError when more runs failed than may be dropped, or none is left.
    """
    if failed > dropped:
        raise ValueError(f"{failed} runs failed, of which {dropped} may be dropped")
    kept = sorted(minutes)[dropped : len(minutes) - (dropped - failed)]
    if not kept:
        raise ValueError("no run is left when the fastest and slowest are dropped")
    return sum(kept) / len(kept)
