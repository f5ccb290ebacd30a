"""Scores of a results repository, beside MLCommons' own code and beside one scan of all bytes for one word.

The repository is given with --results. The answer is every score: submitter, system, benchmark, minutes.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import Step


def _kg(folder: str, round_: str) -> Iterator[Step]:
    from kg.record.repository import read_results

    def read() -> set[Any]:
        return {
            (r.submitter, r.system, r.benchmark, f"{r.minutes:.6f}")
            for r in read_results(folder, mlperf_round=round_).results
        }

    yield "scores", read


def _mlperf_logging(folder: str, round_: str) -> Iterator[Step]:
    from mlperf_logging.result_summarizer import result_summarizer as theirs

    from kg.record.score import benchmark_key

    ruleset = round_.removeprefix("v") + ".0"

    def read() -> set[Any]:
        found = set()
        for logs in sorted(Path(folder).glob("*/results/*/*/")):
            submitter, _, system, benchmark = logs.parts[-4:]
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(KeyError):
                key = {"unet3d": "unet3d"}.get(benchmark_key(benchmark), benchmark)
                score, *_ = theirs._compute_strong_score_standalone(key, system, False, str(logs), "training", ruleset)
                if score is not None:
                    found.add((submitter, system, benchmark_key(benchmark), f"{score:.6f}"))
        return found

    yield "scores", read


def _scan(folder: str, _round: str) -> Iterator[Step]:
    def read() -> None:
        for log in Path(folder).glob("*/results/*/*/result_*.txt"):
            re.findall(rb'"run_st', log.read_bytes())

    yield "scores", read


CONTESTANTS = {"kg": _kg, "mlperf_logging": _mlperf_logging, "one byte scan": _scan}
TIMES = 1
