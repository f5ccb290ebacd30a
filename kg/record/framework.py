"""The framework that a result was run with, which system files often leave open or get wrong.

Each answer says what it rests on. In this order: the one framework that the log shows at work; the one
whose name the submitter's implementation of the benchmark bears; the one that the system file names, when
it names one; the one of the results of other submitters whose runs were started by the same program; the
library whose name the implementation bears.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from ahocorasick_rs import BytesAhoCorasick

from kg.record.shipped import rows

_WINDOW, _LOOKS = 40, 200
_KNOWN = rows("frameworks.csv")
"""Frameworks and libraries of such: words of the folders that bear their names, and what only a program of a framework
prints, as a stem to look for and a pattern of what has to stand around it."""

_TRACES = {
    row["name"]: (BytesAhoCorasick([row["stem"].encode()]), re.compile(row["trace"].encode()))
    for row in _KNOWN if row["stem"]
}  # fmt: skip
_FOLDER, _LIBRARIES = (
    {word: row["name"] for row in _KNOWN if row["kind"] == kind for word in row["folders"].split()}
    for kind in ("framework", "library")
)
"""Libraries are asked for last: their folders do not say which framework is below."""


@dataclass(frozen=True, slots=True)
class AsRun:
    """A framework by name, '' when it stays open, and what the answer rests on."""

    framework: str
    basis: str


NOT_RESOLVED = AsRun("", "not resolved")


def traces(text: bytes) -> frozenset[str]:
    """The frameworks that a piece of a log shows at work: one of the first places of a stem is what it prints."""
    return frozenset(
        name
        for name, (stem, around) in _TRACES.items()
        if any(
            around.search(text, max(0, at - _WINDOW), at + _WINDOW)
            for _, at, _ in islice(stem.find_matches_as_indexes(text), _LOOKS)
        )
    )


def of_folder(name: str, known: Mapping[str, str] = _FOLDER) -> str | None:
    """The framework that the name of an implementation's folder bears.

    >>> of_folder("pytorch-fujitsu"), of_folder("R750xax4A100")
    ('PyTorch', None)
    """
    found = {known[word] for word in re.split(r"[^a-z0-9]+", name.lower()) if word in known}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of one result's runs: keys, the filed frameworks, the log's traces, the program."""

    submitter: str
    system: str
    benchmark: str
    filed: tuple[str, ...]
    traces: frozenset[str]
    program: str


def as_run(runs: Iterable[Run], implementations: Mapping[tuple[str, str], Iterable[str]]) -> list[AsRun]:
    """The framework of each result, in order.

    `implementations` are the names of the folders under `benchmarks/BENCHMARK/implementations` by
    submitter and benchmark; a copy of a repository without them gives none.
    """
    runs = list(runs)
    folders = [list(implementations.get((run.submitter, run.benchmark), ())) for run in runs]
    found = [_by_itself(run, names) for run, names in zip(runs, folders, strict=True)]
    shown: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    filed: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for run, answer in zip(runs, found, strict=True):
        if answer:
            started = filed if answer.basis == "system file" else shown
            started[run.benchmark, run.program][run.submitter] = answer.framework
    return [
        answer or _by_program(run, shown, filed) or _borne(names, _LIBRARIES) or NOT_RESOLVED
        for run, answer, names in zip(runs, found, folders, strict=True)
    ]


def _by_itself(run: Run, folders: list[str]) -> AsRun | None:
    shown = run.traces & set(run.filed) if len(run.traces) > 1 else run.traces
    if len(shown) == 1 and (len(run.traces) == 1 or len(run.filed) == 1):
        return AsRun(next(iter(shown)), "log")
    own = [name for name in folders if name == run.system and of_folder(name)]
    if borne := _borne(own or folders, _FOLDER):
        return borne
    return AsRun(run.filed[0], "system file") if len(run.filed) == 1 else None


def _borne(folders: Iterable[str], known: Mapping[str, str]) -> AsRun | None:
    """By the one framework or library that the names of the submitter's implementations bear."""
    bearing = {framework: name for name in folders if (framework := of_folder(name, known))}
    if len(bearing) != 1:
        return None
    framework, name = bearing.popitem()
    return AsRun(framework, f"implementation {name}")


def _by_program(run: Run, *started: Mapping[tuple[str, str], Mapping[str, str]]) -> AsRun | None:
    """By at least two other submitters whose runs the same program started, when they all agree.

    What logs and implementations show is asked before what system files say.
    """
    for by_program in started:
        others = by_program.get((run.benchmark, run.program), {})
        counts = Counter(framework for who, framework in others.items() if who != run.submitter)
        framework = next(iter(counts), "")
        fits = not run.filed or framework in run.filed
        if len(counts) == 1 and counts.total() >= 2 and fits and run.program not in ("", "<string>"):
            return AsRun(framework, f"same program as {counts.total()} other submitters ({run.program})")
    return None
