"""One contestant in one process: what each of its steps costs, and what it answers.

A contest is a module of `benchmarks.contests` with `CONTESTANTS`, a mapping of names to functions that take
the inputs and yield steps. A step is (name, function): what the function does is measured, what happens
between the steps is not. What it returns is the answer, which contestants are compared by; None is none.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Step = tuple[str, Callable[[], Any]]
Contestant = Callable[..., Iterable[Step]]
ENOUGH = 0.2
"""A step that is over sooner, in seconds, is taken again, and its mean counts."""


LONGEST = 10
"""After so many seconds a step is ended that a contest allows to be (`STOPPED`), and is not counted."""


@dataclass(frozen=True)
class Measurement:
    """One step of one contestant in one round; `cpu` and `wall` in seconds, `peak` of the process in MB."""

    contest: str
    size: int
    step: str
    who: str
    round: int
    wall: float
    cpu: float
    peak: float
    answer: str | None
    stopped: bool = False
    """Whether the step was ended before its time; `wall` is how long it had."""


def measure(contest: str, who: str, size: int, round_: int, inputs: list[str], limit: float) -> list[Measurement]:
    """The steps of a contestant, in a process of its own that is ended after `limit` seconds."""
    module = importlib.import_module(f"benchmarks.contests.{contest}")
    python = getattr(module, "PYTHON", {}).get(who, sys.executable)
    command = [python, "-m", "benchmarks.measure", contest, who, *inputs]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(Path(__file__).parents[1])}
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, env=environment, text=True)
        lines = done.stdout.splitlines()
        error = [line for line in done.stderr.splitlines() if "took longer than" in line]
        error += done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except subprocess.TimeoutExpired as stopped:
        said = stopped.stdout or b""
        lines = (said.decode() if isinstance(said, bytes) else said).splitlines()
        error = [f"ended after {limit:.0f} s"]
    for line in error:
        print(f"  {contest} {size} {who}: {line}", file=sys.stderr)
    found = [json.loads(line) for line in lines if line.startswith("{")]
    if error and error[-1].startswith("ended after"):
        found.append({"step": "all", "wall": limit, "cpu": limit, "peak": 0.0, "answer": None, "stopped": True})
    return [Measurement(contest, size, round=round_, who=who, **step) for step in found]


def digest(answer: Any) -> str | None:
    """An answer as a short text that is the same for the same answer."""
    if answer is None or isinstance(answer, (int, str)):
        return None if answer is None else str(answer)[:40]
    return hashlib.sha256(repr(sorted(answer)).encode()).hexdigest()[:12]


def _main(contest: str, who: str, *inputs: str) -> None:
    module = importlib.import_module(f"benchmarks.contests.{contest}")
    signal.signal(signal.SIGALRM, _stop)
    for name, step in module.CONTESTANTS[who](*inputs):
        wall, cpu, times = time.perf_counter(), _cpu(), 0
        try:
            while not times or (time.perf_counter() - wall < ENOUGH and times < module.TIMES):
                signal.alarm(LONGEST if name in getattr(module, "STOPPED", ()) else 0)
                answer = step()
                times += 1
        except TooLong:
            print(f"{name} took longer than {LONGEST} s", file=sys.stderr)
            said = {"step": name, "wall": LONGEST, "cpu": LONGEST, "peak": _peak(), "answer": None, "stopped": True}
            print(json.dumps(said), flush=True)
            continue
        finally:
            signal.alarm(0)
        wall, cpu = (time.perf_counter() - wall) / times, (_cpu() - cpu) / times
        peak = _peak()
        said = {"step": name, "wall": wall, "cpu": cpu, "peak": peak, "answer": digest(answer)}
        print(json.dumps(said), flush=True)


def _peak() -> float:
    """The most memory that this process held, in MB; what Linux counts for itself, getrusage takes over from the parent."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu() -> float:
    """User and system seconds of this process and of the children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


class TooLong(Exception):
    """A step took longer than it may."""


def _stop(*_: object) -> None:
    raise TooLong


if __name__ == "__main__":
    _main(*sys.argv[1:])
