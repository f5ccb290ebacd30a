"""The files of a results repository as they are read, one by one, before results are made of them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname

from kg.errors import InputError
from kg.executor import SERIAL, Workers
from kg.record.files import DAMAGE, Member, members
from kg.record.framework import traces
from kg.record.log import Log, Problem, read_log
from kg.record.score import Round, benchmark_key, round_rules
from kg.record.system_file import System, read_system

_LOG = re.compile(r"result_.*\.txt")
Key = tuple[str, str, str]
"""A result: submitter, system, benchmark."""

_PART = 50
_LARGEST_FACTOR = 100
"""Reviews have given factors from 1 to 1.2."""
_BESIDE = {
    "power": "",
    "weak": "weak scaling, whose score is a throughput; not read",
    "pruned_results": "runs that were taken out of the result; not read",
}
"""Folders below a system's results that hold no runs of a time to train, and what is said of them."""


@dataclass(slots=True)
class Found:
    """The files as they are read, before they are put together."""

    systems: dict[tuple[str, str], System] = field(default_factory=dict)
    logs: dict[Key, list[Log]] = field(default_factory=lambda: defaultdict(list))
    factors: dict[Key, float] = field(default_factory=dict)
    broken: dict[Key, str] = field(default_factory=dict)
    power: set[Key] = field(default_factory=set)
    beside: Counter[tuple[str, str]] = field(default_factory=Counter)
    implementations: dict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take in what was found in further files."""
        self.systems |= other.systems
        self.factors |= other.factors
        self.broken |= other.broken
        self.power |= other.power
        self.beside += other.beside
        self.problems += other.problems
        for key, logs in other.logs.items():
            self.logs[key] += logs
        for place, names in other.implementations.items():
            self.implementations[place] |= names


def gather(source: Path, round_: str, progress: Callable[[str], None], workers: Workers) -> Found:
    """All that a source holds of a round (by its label); `progress` is told each path.

    Several workers share the files of a folder; an archive is a stream that one reads.

    Raises InputError for a source that is damaged or holds no results, and for a round that is not read.
    """
    rules = round_rules(round_)
    found = Found()
    try:
        if workers == SERIAL or not source.is_dir():
            for member in members(source):
                progress(member.path)
                _take(found, member, rules)
        else:
            for part in workers.map(_read_part, [(part, round_) for part in _parts_of(members(source))]):
                found.add(part)
    except (*DAMAGE, OSError) as error:
        raise InputError(
            f"{source}: cannot be read to its end ({error}); a part of the record is no record, fetch it again"
        ) from error
    if not found.systems and not found.logs:
        raise InputError(
            f"{source}: holds no SUBMITTER/systems/*.json and no SUBMITTER/results/; give a checkout of a "
            "results repository, such as mlcommons/training_results_v2.0, or an archive of one"
        )
    for (path, reason), number in sorted(found.beside.items()):
        found.problems.append(Problem(path, None, f"{reason} ({number} files)"))
    return found


def _parts_of(files: Iterable[Member]) -> Iterator[list[Member]]:
    """Files in their order, in lists of some dozens that part no folder of logs."""
    part: list[Member] = []
    folder = ""
    for member in files:
        at = dirname(member.path)
        if len(part) >= _PART and at != folder:
            yield part
            part = []
        part.append(member)
        folder = at
    if part:
        yield part


def _read_part(work: tuple[list[Member], str]) -> Found:
    """What some files hold of a round."""
    files, round_ = work
    found, rules = Found(), round_rules(round_)
    for member in files:
        _take(found, member, rules)
    return found


def _take(found: Found, member: Member, rules: Round) -> None:
    """Read one file of the repository."""
    if member.odd:
        found.problems.append(Problem(member.path, None, f"is {member.odd}; left out"))
        return
    submitter, kind, *rest = member.parts
    if kind == "benchmarks":
        if len(rest) > 2 and rest[1] == "implementations":
            found.implementations[submitter, benchmark_key(rest[0])][rest[2]] = None
    elif kind == "systems":
        if len(rest) == 1 and rest[0].endswith(".json"):
            try:
                with member.open() as stream:
                    found.systems[submitter, rest[0].removesuffix(".json")] = read_system(member.path, stream)
            except (InputError, OSError) as error:
                found.problems.append(Problem(member.path, None, str(error).removeprefix(f"{member.path}: ")))
        else:
            found.problems.append(Problem(member.path, None, "is no system file; left out"))
    elif len(rest) > 2:
        _take_result(found, member, (submitter, rest[0], *rest[1:-1]), rules)
    else:
        found.problems.append(Problem(member.path, None, "lies where no log lies; left out"))


def _take_result(found: Found, member: Member, at: tuple[str, ...], rules: Round) -> None:
    """Read a file below a system's results: a log, or the factor of the review.

    The folder of the benchmark may lie in others ('strong' in HPC); the last that names one is meant.
    """
    submitter, system, *folders = at
    folder = next((f for f in reversed(folders) if benchmark_key(f) in rules.rules), folders[-1])
    key = submitter, system, benchmark_key(folder)
    name = member.parts[-1]
    rule = rules.rule(key[2])
    beside = next((f for f in folders if f in _BESIDE), "")
    if beside:
        if beside == "power":
            found.power.add(key)
        else:
            found.beside[dirname(member.path), _BESIDE[beside]] += 1
    elif name == "scaling.json":
        try:
            with member.open() as stream:
                said = json.loads(stream.read(65536), object_pairs_hook=list)
            (factor,) = [float(value) for key, value in said if key == "scaling_factor"]
            if not 0 < factor < _LARGEST_FACTOR:
                raise ValueError(f"the factor {factor} is none of a review")
            found.factors[key] = factor
        except (ValueError, TypeError, RecursionError, OSError) as error:
            found.broken[key] = f"its scaling.json cannot be read ({error})"
    elif not _LOG.fullmatch(name):
        found.problems.append(Problem(member.path, None, "is no log (result_*.txt); left out"))
    elif rule is None:
        found.broken[key] = f"{folder!r} is no benchmark of this round"
        found.logs[key].append(Log(member.path))
    else:
        first = not found.logs[key]
        try:
            with member.open() as stream:
                log = read_log(member.path, stream, rule, traces if first else None)
        except OSError as error:
            log = Log(member.path, problems=[Problem(member.path, None, f"cannot be read ({error})")])
        found.logs[key].append(log)
        found.problems += log.problems
