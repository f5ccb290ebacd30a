"""A results repository of MLCommons as results, and a report of all that was left out."""

from __future__ import annotations

import configparser
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.executor import SERIAL, Workers
from kg.model.record import Result
from kg.record.files import DAMAGE, Member, members
from kg.record.framework import AsRun, Named, Run, as_run, of_folder, traces
from kg.record.log import Log, Problem, read_log
from kg.record.score import Rule, benchmark_key, olympic_mean, rules_of
from kg.record.system_file import System, read_system, text

_LOG = re.compile(r"result_.*\.txt")
_Key = tuple[str, str, str]
_PART = 50


@dataclass(frozen=True, slots=True)
class Submitter:
    """What was found of a submitter: system files, those without a result, results, results left out."""

    name: str
    systems: int
    empty: int
    results: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Repository:
    """What a repository holds. `logs` counts the logs that were read, `problems` says what was left out."""

    round: str
    results: tuple[Result, ...]
    submitters: tuple[Submitter, ...]
    logs: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Found:
    """The files as they are read, before they are put together."""

    systems: dict[tuple[str, str], System] = field(default_factory=dict)
    logs: dict[_Key, list[Log]] = field(default_factory=lambda: defaultdict(list))
    factors: dict[_Key, float] = field(default_factory=dict)
    broken: dict[_Key, str] = field(default_factory=dict)
    implementations: dict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: _Found) -> None:
        """Take in what was found in further files."""
        self.systems |= other.systems
        self.factors |= other.factors
        self.broken |= other.broken
        self.problems += other.problems
        for key, logs in other.logs.items():
            self.logs[key] += logs
        for place, names in other.implementations.items():
            self.implementations[place] |= names


def read_repository(
    source: Path,
    round: str,
    frameworks: Named,
    *,
    name: str = "",
    commit: str = "",
    read: str = "",
    progress: Callable[[str], None] = lambda path: None,
    workers: Workers = SERIAL,
) -> Repository:
    """The results of a checkout, a folder of the same shape, or an archive of one.

    `round` is the label of the round ('MLPerf Training v2.0'), `frameworks` finds the known frameworks in
    a text; `name`, `commit` and `read` are the repository ('mlcommons/training_results_v2.0'), its commit
    and the day of reading, kept with each result. A file that cannot be read is left out and reported.
    Several workers share the files of a folder; an archive is a stream that one reads.

    Raises InputError for a source that holds no results, and for a round whose rule is not implemented.
    """
    rules = rules_of(round)
    found = _Found()
    try:
        if workers == SERIAL or not source.is_dir():
            for member in members(source):
                progress(member.path)
                _take(found, member, rules)
        else:
            for part in workers.map(_part, [(members, round) for members in _parts(members(source))]):
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
    results = list(_results(found, rules, round, frameworks, (name, commit, read)))
    return Repository(
        round, tuple(results), tuple(_submitters(found, results)),
        sum(map(len, found.logs.values())), tuple(found.problems),
    )  # fmt: skip


def identify(source: Path) -> tuple[str, str]:
    """Name and commit of the repository that a folder is a checkout of; '' for what nothing tells."""
    git = source / ".git"
    try:
        config = configparser.ConfigParser(strict=False)
        config.read_string((git / "config").read_text("utf-8", "replace"))
        url = config.get('remote "origin"', "url", fallback="")
        head = (git / "HEAD").read_text("ascii").strip()
        if head.startswith("ref: "):
            head = _reference(git, head[5:])
    except (OSError, UnicodeDecodeError, configparser.Error):
        return "", ""
    named = re.search(r"([\w.-]+/[\w.-]+?)(?:\.git)?/?$", url)
    return (named[1] if named else ""), (head if re.fullmatch(r"[0-9a-f]{40,64}", head) else "")


def _reference(git: Path, name: str) -> str:
    loose = git / name
    if loose.is_file():
        return loose.read_text("ascii").strip()
    for line in (git / "packed-refs").read_text("ascii").splitlines():
        value, _, reference = line.partition(" ")
        if reference == name:
            return value
    return ""


def _parts(files: Iterable[Member]) -> Iterator[list[Member]]:
    """Files in their order, in lists of some dozens that part no folder of logs."""
    part: list[Member] = []
    folder = ""
    for member in files:
        at = str(PurePosixPath(member.path).parent)
        if len(part) >= _PART and at != folder:
            yield part
            part = []
        part.append(member)
        folder = at
    if part:
        yield part


def _part(work: tuple[list[Member], str]) -> _Found:
    """What some files hold of a round."""
    files, round = work
    found, rules = _Found(), rules_of(round)
    for member in files:
        _take(found, member, rules)
    return found


def _take(found: _Found, member: Member, rules: dict[str, Rule]) -> None:
    """Read one file of the repository."""
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
    elif len(rest) == 3:
        _take_result(found, member, (submitter, rest[0], rest[1]), rules)
    else:
        found.problems.append(Problem(member.path, None, "lies where no log lies; left out"))


def _take_result(found: _Found, member: Member, at: _Key, rules: dict[str, Rule]) -> None:
    """Read a file of a result's folder: a log, or the factor of the review."""
    submitter, system, folder = at
    key = submitter, system, benchmark_key(folder)
    name = member.parts[-1]
    rule = rules.get(key[2])
    if name == "scaling.json":
        try:
            with member.open() as stream:
                found.factors[key] = float(json.loads(stream.read(65536))["scaling_factor"])
        except (ValueError, TypeError, KeyError, OSError) as error:
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
                log = read_log(member.path, stream, rule.target, traces if first else None)
        except OSError as error:
            log = Log(member.path, problems=[Problem(member.path, None, f"cannot be read ({error})")])
        found.logs[key].append(log)
        found.problems += log.problems


def _results(
    found: _Found, rules: dict[str, Rule], round: str, frameworks: Named, origin: tuple[str, str, str]
) -> Iterator[Result]:
    """The results that the rule gives, by submitter, system and benchmark; the others go to the problems."""
    keys = [key for key in sorted(found.logs) if key not in found.broken and key[:2] in found.systems]
    answers = dict(
        zip(keys, as_run((_run(found, key, frameworks) for key in keys), found.implementations), strict=True)
    )
    for key in sorted(found.logs):
        submitter, system, benchmark = key
        logs = sorted(found.logs[key], key=lambda log: _natural(log.path))
        folder = str(PurePosixPath(logs[0].path).parent)
        try:
            if key in found.broken:
                raise ValueError(found.broken[key])
            if key[:2] not in found.systems:
                raise ValueError(f"there is no readable {submitter}/systems/{system}.json")
            yield _result(
                found.systems[key[:2]], key, logs, rules[benchmark], found.factors.get(key, 1.0), answers[key],
                round, origin,
            )  # fmt: skip
        except ValueError as error:
            found.problems.append(Problem(folder, None, f"{error}; the result is left out"))


def _result(
    filed: System, key: _Key, logs: list[Log], rule: Rule, factor: float, answer: AsRun, round: str,
    origin: tuple[str, str, str],
) -> Result:  # fmt: skip
    """One result by the rule. Raises ValueError, with the reason, when the rule gives none."""
    said = next((log.said for log in logs if log.said), {})
    division = filed.division or text(said.get("submission_division")).lower()
    if division not in ("closed", "open"):
        raise ValueError(f"its division is {division or 'not given'!r}, neither closed nor open")
    if len(logs) != rule.runs:
        raise ValueError(f"it has {len(logs)} logs, and the rule asks for {rule.runs} runs")
    good: list[float] = []
    failed: list[str] = []
    for log in logs:
        why = _failure(log, division)
        if why:
            failed.append(f"{PurePosixPath(log.path).name}: {why}")
        elif log.minutes is not None:
            good.append(log.minutes)
    minutes = olympic_mean(good, len(failed), rule.dropped) * factor
    name, commit, read = origin
    status = text(said.get("submission_status")).lower()
    return Result(
        round=round, submitter=key[0], filed_as=filed.submitter, division=division,
        availability=filed.status or status, logged_status=status, system=key[1], system_name=filed.name,
        nodes=filed.nodes, processors_per_node=filed.processors_per_node, processors=filed.processors,
        processor=filed.processor, accelerators_per_node=filed.accelerators_per_node,
        accelerators=filed.accelerators, accelerator=filed.accelerator, accelerator_memory_gb=filed.memory,
        host_memory=filed.host_memory, framework_filed=filed.framework, framework_run=answer.framework,
        framework_basis=answer.basis, software=filed.stack, benchmark=key[2], runs=len(logs),
        dropped=2 * rule.dropped, minutes=minutes, scaling_factor=factor, run_minutes=tuple(good),
        failed=tuple(failed), notes=tuple(_notes(filed, key[1], said, division, answer.framework)), repository=name, commit=commit,
        read=read, system_file=filed.path, log_folder=str(PurePosixPath(logs[0].path).parent),
        logs=tuple(PurePosixPath(log.path).name for log in logs),
    )  # fmt: skip


def _failure(log: Log, division: str) -> str:
    """Why a run does not count; '' when it does."""
    if log.start is None:
        return "no run_start"
    if log.stop is None:
        return "no run_stop"
    if log.stop < log.start:
        return "run_stop before run_start"
    if log.status != "success":
        return f"ended with the status {log.status or 'none'}"
    if division == "closed" and not log.reached:
        return "no evaluation met the quality target"
    return ""


def _notes(
    filed: System, system: str, said: dict[str, object], division: str, framework: str
) -> Iterator[str]:
    """Where the files of a result contradict one another."""
    logged = text(said.get("submission_division")).lower()
    if logged and logged != division:
        yield f"the log says division {logged}"
    status = text(said.get("submission_status")).lower()
    if status and filed.status and status != filed.status:
        yield f"the log says status {status}"
    for name in dict.fromkeys((system, filed.name)):
        wrong = [*_wrong_counts(filed, name), *_wrong_words(filed.accelerator, name)]
        borne = of_folder(name)
        if borne and framework and borne != framework:
            wrong.append(f"{borne}, the run was with {framework}")
        if wrong:
            yield f"the name {name} says {', '.join(wrong)}"
            break


def _wrong_counts(filed: System, name: str) -> Iterator[str]:
    number = re.search(r"(?<![A-Za-z\d.])(\d{1,5})\s?x\s?(?=[A-Za-z])", name)
    counts = {filed.nodes, filed.accelerators_per_node, filed.accelerators} - {None}
    if number and counts and int(number[1]) not in counts:
        yield f"{number[1]}x, the file {filed.nodes} nodes of {filed.accelerators_per_node}"


def _wrong_words(accelerator: str, name: str) -> Iterator[str]:
    """The form factor and memory of a system's name that its file contradicts."""
    for pattern in (r"SXM|PCIe", r"(?<=[ _-])\d{2,3}(?=\s?GB)"):
        named, filed = (
            {m.upper() for m in re.findall(pattern, where, re.IGNORECASE)} for where in (name, accelerator)
        )
        if len(named) == 1 and len(filed) == 1 and named != filed:
            yield f"{named.pop()}, the file {filed.pop()}"


def _run(found: _Found, key: _Key, frameworks: Named) -> Run:
    logs = found.logs[key]
    return Run(
        key[0], key[1], key[2], frameworks(found.systems[key[:2]].framework),
        frozenset().union(*(log.words for log in logs)), next((log.source for log in logs if log.source), ""),
    )  # fmt: skip


def _submitters(found: _Found, results: list[Result]) -> Iterator[Submitter]:
    counts = Counter(r.submitter for r in results)
    with_results = {key[:2] for key in found.logs}
    for name in sorted({key[0] for key in (*found.systems, *found.logs)}):
        systems = [key for key in found.systems if key[0] == name]
        tried = sum(key[0] == name for key in found.logs)
        yield Submitter(
            name,
            len(systems),
            sum(key not in with_results for key in systems),
            counts[name],
            tried - counts[name],
        )


def _natural(path: str) -> list[tuple[int, str]]:
    """A path as it sorts with its numbers by value."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path)]
