"""How a round is scored: the runs that count, the target they have to meet, the mean that is the result.

Follows MLCommons' training rules (https://github.com/mlcommons/training_policies, section on run results)
as `mlperf_logging.result_summarizer` of the tag 2.0.0 of https://github.com/mlcommons/logging carries them
out for rounds v1.0, v1.1 and v2.0: a run that did not end with success, or that never met the quality
target, is dropped; then the fastest and the slowest (four of each for U-Net3D) go, a dropped run counting
as a slowest one; the result is the mean of the rest, times the factor of `scaling.json` if the review gave
one. From v2.1 on, scores are normalized by reference convergence points, which is another rule; of
earlier rounds the rules differ too. Neither is implemented, so those rounds are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule for one benchmark: how many runs, how many are dropped at each end, and the target."""

    runs: int
    dropped: int
    target: Callable[[Any], bool]


def _least(value: float, below: float = 1.0) -> Callable[[Any], bool]:
    return lambda accuracy: _number(accuracy) and value <= accuracy < below


def _most(value: float) -> Callable[[Any], bool]:
    return lambda accuracy: _number(accuracy) and 0 < accuracy <= value


def _boxes_and_masks(box: float, mask: float) -> Callable[[Any], bool]:
    def reached(accuracy: Any) -> bool:
        if not isinstance(accuracy, dict):
            return False
        return _least(box)(accuracy.get("BBOX")) and _least(mask)(accuracy.get("SEGM"))

    return reached


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_V1 = {
    "bert": Rule(10, 1, _least(0.720)),
    "dlrm": Rule(5, 1, _least(0.8025)),
    "maskrcnn": Rule(5, 1, _boxes_and_masks(0.377, 0.339)),
    "minigo": Rule(10, 1, _least(0.5)),
    "resnet": Rule(5, 1, _least(0.759)),
    "rnnt": Rule(10, 1, _most(0.058)),
    "ssd": Rule(5, 1, _least(0.230)),
    "unet3d": Rule(40, 4, _least(0.908, float("inf"))),
}
_RULES = {"v1.0": _V1, "v1.1": _V1, "v2.0": {**_V1, "ssd": Rule(5, 1, _least(0.340))}}

_ALIASES = {"mask": "maskrcnn"}


def rules_of(round: str) -> dict[str, Rule]:
    """The rules of a round ('v2.0', 'MLPerf Training v2.0'), by the key of the benchmark.

    >>> rules_of("v2.0")["bert"].runs
    10

    Raises InputError for a round whose rule is not implemented.
    """
    found = re.search(r"\d+\.\d+", round)
    version = f"v{found[0]}" if found else round
    if version not in _RULES:
        later = "from v2.1 on, scores are normalized by reference convergence points"
        raise InputError(
            f"{round}: the scoring rule of this round is not implemented ({later}), and another round's does "
            f"not hold for it; results can be read of {', '.join(_RULES)}"
        )
    return _RULES[version]


def benchmark_key(folder: str) -> str:
    """The key of a benchmark from the name of its folder."""
    return _ALIASES.get(folder, folder)


def open_target(accuracy: Any) -> bool:
    """The open division sets its own target: any evaluation that gave a number counts."""
    return _number(accuracy) or isinstance(accuracy, dict)


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
