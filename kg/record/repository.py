"""A results repository of MLCommons as results, and a report of all that was left out."""

from __future__ import annotations

import configparser
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.executor import SERIAL, Workers
from kg.model.record import NO_MINUTES, NOT_VERIFIED, Result
from kg.record.files import DAMAGE, Member, members
from kg.record.framework import AsRun, Named, Run, as_run, of_folder, traces
from kg.record.log import Log, Problem, read_log
from kg.record.score import Round, Rule, Single, benchmark_key, olympic_mean, round_rules, singles
from kg.record.system_file import System, division, read_system, status, text

_LOG = re.compile(r"result_.*\.txt")
_Key = tuple[str, str, str]
_PART = 50
_BESIDE = {
    "power": "",
    "weak": "weak scaling, whose score is a throughput; not read",
    "pruned_results": "runs that were taken out of the result; not read",
}
"""Folders below a system's results that hold no runs of a time to train, and what is said of them."""

ABSENT, UNSCORED, FILED = "logs not in this copy", "no score", "no time to train"
LOGS, PUBLISHED = "logs", "published table"
"""What a result rests on; the first three are of what was filed and has no minutes."""


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
    """What a repository holds.

    `filed` are systems and results that were filed and have no score here, with the reason as their basis.
    `logs` counts the logs that were read, `problems` says what was left out.
    """

    round: str
    results: tuple[Result, ...]
    filed: tuple[Result, ...]
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
    power: set[_Key] = field(default_factory=set)
    beside: Counter[tuple[str, str]] = field(default_factory=Counter)
    implementations: dict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: _Found) -> None:
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


def read_repository(
    source: Path,
    mlperf_round: str,
    frameworks: Named,
    *,
    name: str = "",
    commit: str = "",
    read: str = "",
    progress: Callable[[str], None] = lambda path: None,
    workers: Workers = SERIAL,
) -> Repository:
    """The results of a checkout, a folder of the same shape, or an archive of one.

    `mlperf_round` is the label of the round ('MLPerf Training v2.0'), `frameworks` finds the known frameworks in
    a text; `name`, `commit` and `read` are the repository ('mlcommons/training_results_v2.0'), its commit
    and the day of reading, kept with each result. A file that cannot be read is left out and reported.
    Several workers share the files of a folder; an archive is a stream that one reads.

    Raises InputError for a source that holds no results, and for a round that is not read.
    """
    rules = round_rules(mlperf_round)
    found = _Found()
    try:
        if workers == SERIAL or not source.is_dir():
            for member in members(source):
                progress(member.path)
                _take(found, member, rules)
        else:
            for part in workers.map(_part, [(members, mlperf_round) for members in _parts(members(source))]):
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
    rows = list(_results(found, rules, mlperf_round, frameworks, (name, commit, read)))
    results = [row for row in rows if row.scored]
    return Repository(
        mlperf_round, tuple(results), tuple(row for row in rows if not row.scored), tuple(_submitters(found, results)),
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
    files, round_ = work
    found, rules = _Found(), round_rules(round_)
    for member in files:
        _take(found, member, rules)
    return found


def _take(found: _Found, member: Member, rules: Round) -> None:
    """Read one file of the repository."""
    if member.odd:
        found.problems.append(Problem(member.path, None, f"is {member.odd}, no file; left out"))
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


def _take_result(found: _Found, member: Member, at: tuple[str, ...], rules: Round) -> None:
    """Read a file below a system's results: a log, or the factor of the review.

    The folder of the benchmark may lie in others ('strong' in HPC); the last that names one is meant.
    """
    submitter, system, *folders = at
    folder = next((f for f in reversed(folders) if benchmark_key(f) in rules.rules), folders[-1])
    key = submitter, system, benchmark_key(folder)
    name = member.parts[-1]
    rule = rules.rules.get(key[2])
    beside = next((f for f in folders if f in _BESIDE), "")
    if beside:
        if beside == "power":
            found.power.add(key)
        else:
            found.beside[str(PurePosixPath(member.path).parent), _BESIDE[beside]] += 1
    elif name == "scaling.json":
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
                log = read_log(member.path, stream, rule, traces if first else None)
        except OSError as error:
            log = Log(member.path, problems=[Problem(member.path, None, f"cannot be read ({error})")])
        found.logs[key].append(log)
        found.problems += log.problems


def _results(
    found: _Found, rules: Round, round_: str, frameworks: Named, origin: tuple[str, str, str]
) -> Iterator[Result]:
    """All that was filed, by submitter, system and benchmark; what has no minutes says why in its basis."""
    known = singles(round_, found.systems)
    todo = sorted({*found.logs, *(key for key, single in known.items() if single.absent)})
    keys = [key for key in todo if key not in found.broken and key[:2] in found.systems]
    runs = [_run(found, key, frameworks) for key in keys]
    answers = dict(zip(keys, as_run(runs, found.implementations), strict=True))
    for key in todo:
        submitter, system, benchmark = key
        logs = _logs(found, key)
        folder = str(PurePosixPath(logs[0].path).parent) if logs else f"{submitter}/results/{system}/{benchmark}"
        if key[:2] not in found.systems:
            reason = f"there is no readable {submitter}/systems/{system}.json"
            found.problems.append(Problem(folder, None, f"{reason}; the result is left out"))
            continue
        row = _row(found, key, logs, rules, round_, origin, answers.get(key, AsRun("", "not resolved")))
        single = known.get(key)
        try:
            if key in found.broken:
                raise ValueError(found.broken[key])
            if single and single.absent and len(logs) < single.runs:
                yield replace(
                    row, minutes=NO_MINUTES if single.minutes is None else single.minutes,
                    basis=ABSENT if single.minutes is None else PUBLISHED, evidence=single.source, log_folder=folder,
                )  # fmt: skip
                continue
            failed = _failed(logs, row.division, rules.limits)
            row = replace(row, failed=tuple(f"{name}: {why}" for name, why in failed.items()))
            yield _scored(row, logs, rules.rules[benchmark], found.factors.get(key, 1.0), single)
        except ValueError as error:
            found.problems.append(Problem(folder, None, f"{error}; the result is left out"))
            found.problems += [Problem(f"{folder}/{why}", None, "the run does not count") for why in row.failed]
            yield replace(row, basis=UNSCORED, notes=(*row.notes, str(error)))
    bare = {path.split("/")[2] for path, _ in found.beside if path.count("/") > 1}
    for at in sorted(set(found.systems) - {key[:2] for key in todo}):
        row = _row(found, (*at, ""), [], rules, round_, origin, AsRun("", "not resolved"))
        yield replace(row, basis=FILED if at[1] in bare else ABSENT, framework_basis="")


def _logs(found: _Found, key: _Key) -> list[Log]:
    """The logs of a result; of several folders of it, those of the one that lies highest."""
    logs = sorted(found.logs.get(key, ()), key=lambda log: _natural(log.path))
    folders = sorted({str(PurePosixPath(log.path).parent) for log in logs}, key=lambda path: (path.count("/"), path))
    for folder in folders[1:]:
        found.problems.append(Problem(folder, None, f"{folders[0]} has the runs of {key[2]} too; left out"))
    return [log for log in logs if str(PurePosixPath(log.path).parent) in folders[:1]]


def _row(
    found: _Found, key: _Key, logs: list[Log], rules: Round, round_: str, origin: tuple[str, str, str], answer: AsRun
) -> Result:
    """What a system file and the logs say of a result, before it is scored."""
    filed = found.systems[key[:2]]
    said = next((log.said for log in logs if log.said), {})
    logged = text(said.get("submission_status")).lower()
    kind = filed.division or division(text(said.get("submission_division")))
    name, commit, read = origin
    notes = _notes(filed, key, said, kind, answer.framework)
    return Result(
        round=round_, submitter=key[0], filed_as=filed.submitter, division=kind,
        availability=filed.status or logged, logged_status=logged, system=key[1], system_name=filed.name,
        nodes=filed.nodes, processors_per_node=filed.processors_per_node, processors=filed.processors,
        processor=filed.processor, accelerators_per_node=filed.accelerators_per_node,
        accelerators=filed.accelerators, accelerator=filed.accelerator, accelerator_memory_gb=filed.memory,
        host_memory=filed.host_memory, framework_filed=filed.framework, framework_run=answer.framework,
        framework_basis=answer.basis, software=filed.stack, benchmark=key[2], runs=len(logs), dropped=0,
        minutes=NO_MINUTES, scaling_factor=1.0, run_minutes=(), failed=(),
        notes=(*notes, *(["power was measured"] if key in found.power else ())),
        repository=name, commit=commit, read=read, system_file=filed.path,
        log_folder=str(PurePosixPath(logs[0].path).parent) if logs else "",
        logs=tuple(PurePosixPath(log.path).name for log in logs),
        basis=LOGS, rule="verified" if rules.verified else NOT_VERIFIED, evidence="",
    )  # fmt: skip


def _failed(logs: list[Log], division: str, limits: dict[str, float]) -> dict[str, str]:
    """Why runs do not count, by the names of their logs. Raises ValueError for a division that is none."""
    if division not in limits:
        raise ValueError(f"its division is {division or 'not given'!r}, neither closed nor open")
    whys = {PurePosixPath(log.path).name: log.failure(division == "closed", limits[division]) for log in logs}
    return {name: why for name, why in whys.items() if why}


def _scored(row: Result, logs: list[Log], rule: Rule, factor: float, single: Single | None) -> Result:
    """A result by the rule. Raises ValueError, with the reason, when the rule gives none."""
    if len(logs) != (single.runs if single else rule.runs):
        raise ValueError(f"it has {len(logs)} logs, and the rule asks for {rule.runs} runs")
    bad = {line.partition(": ")[0] for line in row.failed}
    good = [log.minutes for log in logs if PurePosixPath(log.path).name not in bad and log.minutes is not None]
    notes = row.notes
    if len(logs) != rule.runs:
        notes = (*notes, f"{len(logs)} runs, the rule asks for {rule.runs}")
    minutes = olympic_mean(good, len(row.failed), rule.dropped) * factor
    return replace(
        row, minutes=minutes, dropped=2 * rule.dropped, scaling_factor=factor, run_minutes=tuple(good), notes=notes,
    )  # fmt: skip


def _notes(filed: System, key: _Key, said: dict[str, object], kind: str, framework: str) -> Iterator[str]:
    """Where the files of a result contradict one another, or are odd."""
    yield from filed.odd
    logged = division(text(said.get("submission_division")))
    if logged and logged != kind:
        yield f"the log says division {logged}"
    ways = {status(filed.status), status(text(said.get("submission_status")))} - {""}
    if len(ways) > 1 and ways not in ({"available", "onprem"}, {"available", "cloud"}):
        yield f"the log says status {text(said.get('submission_status')).lower()}"
    for name in dict.fromkeys((key[1], filed.name)):
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
        named, filed = ({m.upper() for m in re.findall(pattern, where, re.IGNORECASE)} for where in (name, accelerator))
        if len(named) == 1 and len(filed) == 1 and named != filed:
            yield f"{named.pop()}, the file {filed.pop()}"


def _run(found: _Found, key: _Key, frameworks: Named) -> Run:
    logs, filed = found.logs.get(key, []), found.systems[key[:2]].framework
    named = of_folder(filed)  # a short name, 'TF', as in a folder's
    return Run(
        key[0], key[1], key[2], frameworks(filed) or ((named,) if named else ()),
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
