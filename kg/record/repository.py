"""A results repository of MLCommons as results, and a report of all that was left out."""

from __future__ import annotations

import configparser
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from posixpath import basename, dirname

from kg.errors import InputError
from kg.executor import SERIAL, Workers
from kg.model.record import NO_MINUTES, NOT_VERIFIED, Result
from kg.names.rounds import parse_round
from kg.names.vocabulary import Vocabulary, load_vocabulary
from kg.plain import natural, so_many
from kg.record.framework import NOT_RESOLVED, AsRun, Run, as_run, of_folder
from kg.record.gather import Found, Key, gather
from kg.record.link import ResultLinker
from kg.record.log import MAX_PROBLEMS, Log, Problem
from kg.record.score import Round, Rule, Single, benchmark_key, olympic_mean, round_rules, singles
from kg.record.system_file import contradictions, division, text

ABSENT, UNSCORED, FILED = "logs not in this copy", "no score", "no time to train"
LOGS, PUBLISHED = "logs", "published table"
"""What a result rests on; the first three are of what was filed and has no minutes."""

_shipped = cache(load_vocabulary)
_Named = Callable[[str], tuple[str, ...]]
"""Gives the names of the known frameworks in a text."""


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

    @property
    def rows(self) -> tuple[Result, ...]:
        """All of it, with minutes and without."""
        return self.results + self.filed


def read_results(
    source: str | Path,
    *,
    mlperf_round: str | None = None,
    repository: str | None = None,
    commit: str | None = None,
    vocabulary: Vocabulary | None = None,
    progress: Callable[[str], None] = lambda path: None,
    workers: Workers = SERIAL,
) -> Repository:
    """The official results in a checkout, a folder of its shape, or an archive of one.

    The round is `mlperf_round` ('v2.0') or what the repository's or the folder's name says; `repository`
    ('mlcommons/training_results_v2.0') and `commit` are kept with each result and are taken from a checkout when
    they are not given. A file that cannot be read is left out and reported.

    Raises InputError for a source without results, a round that is not told, and one whose scoring rule is
    not implemented.
    """
    path = Path(source)
    if not path.exists():
        raise InputError.unreadable(path, FileNotFoundError("no such file or folder"))
    name, head = identify(path)
    name = repository or name
    label = round_label(path, mlperf_round, name)
    linker = ResultLinker(vocabulary or _shipped())
    found = gather(path, label, progress, workers)
    origin = name, commit or head, datetime.datetime.now(datetime.UTC).date().isoformat()
    rows = list(_results(found, label, lambda text: tuple(e.label for e in linker.frameworks(label, text)), origin))
    results = [row for row in rows if row.scored]
    return Repository(
        label, tuple(results), tuple(row for row in rows if not row.scored), tuple(_submitters(found, results)),
        sum(map(len, found.logs.values())), tuple(found.problems),
    )  # fmt: skip


def round_label(path: Path, typed: str | None, repository: str) -> str:
    """The label of the round of a source: as typed, or as its repository or folder is named.

    Raises InputError when nothing tells it.
    """
    told = None if typed is None else parse_round(typed)
    for name in (repository, path.resolve().name):
        if re.search(r"inference|mobile|tiny|storage|client|automotive", name, re.IGNORECASE):
            raise InputError(
                f"{path}: {name} is no repository of MLPerf Training or HPC; only their results can be read"
            )
        found = re.search(r"(?<![\d.])v?(\d{1,2}\.\d{1,2})(?!\d)", name)
        if found:
            named = parse_round(f"{'HPC ' if 'hpc' in name.lower() else ''}v{found[1]}")
            if told not in (None, named):
                raise InputError(f"{path}: {name} is of {named}, and --round says {told}; leave --round out")
            return named
    if told:
        return told
    raise InputError(f"{path}: nothing tells the round of these results; name it with --round, e.g. --round v2.0")


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


def _results(found: Found, round_: str, frameworks: _Named, origin: tuple[str, str, str]) -> Iterator[Result]:
    """All that was filed, by submitter, system and benchmark; what has no minutes says why in its basis.

    `frameworks` finds the known frameworks in a text; `origin` are the repository, its commit and the day of reading.
    """
    rules = round_rules(round_)
    known = singles(round_, found.systems)
    filed_runs: dict[str, Counter[int]] = defaultdict(Counter)
    for (_, _, benchmark), logs in found.logs.items():
        filed_runs[benchmark][len(logs)] += 1
    todo = sorted({*found.logs, *(key for key, single in known.items() if single.absent)})
    keys = [key for key in todo if key not in found.broken and key[:2] in found.systems]
    runs = [_run(found, key, frameworks) for key in keys]
    answers = dict(zip(keys, as_run(runs, found.implementations), strict=True))
    for key in todo:
        submitter, system, benchmark = key
        logs = _logs(found, key)
        folder = dirname(logs[0].path) if logs else f"{submitter}/results/{system}/{benchmark}"
        if key[:2] not in found.systems:
            reason = f"there is no readable {submitter}/systems/{system}.json"
            found.problems.append(Problem(folder, None, f"{reason}; the result is left out"))
            continue
        row = _row(found, key, logs, rules, round_, origin, answers.get(key, NOT_RESOLVED))
        single = known.get(key)
        try:
            if key in found.broken:
                raise ValueError(found.broken[key])
            if benchmark not in rules.rules and not any(_is_of(log, benchmark) for log in logs):
                raise ValueError(f"{benchmark!r} is no benchmark of this round, nor do its logs say that it is one")
            if single and single.absent and len(logs) < single.runs:
                yield replace(
                    row, minutes=NO_MINUTES if single.minutes is None else single.minutes,
                    basis=ABSENT if single.minutes is None else PUBLISHED, evidence=single.source, log_folder=folder,
                )  # fmt: skip
                continue
            failed = _failed(logs, row.division, rules.limits)
            row = replace(row, failed=tuple(f"{name}: {why}" for name, why in failed.items()))
            rule = rules.rule(benchmark, filed_runs[benchmark].most_common(1)[0][0])
            assert rule
            yield _scored(row, logs, rule, found.factors.get(key, 1.0), single)
        except ValueError as error:
            found.problems.append(Problem(folder, None, f"{error}; the result is left out"))
            found.problems += [Problem(f"{folder}/{why}", None, "the run does not count") for why in row.failed]
            yield replace(row, basis=UNSCORED, notes=(*row.notes, str(error)))
    bare = {path.split("/")[2] for path, _ in found.beside if path.count("/") > 1}
    for at in sorted(set(found.systems) - {key[:2] for key in todo}):
        row = _row(found, (*at, ""), [], rules, round_, origin, NOT_RESOLVED)
        yield replace(row, basis=FILED if at[1] in bare else ABSENT, framework_basis="")


def _logs(found: Found, key: Key) -> list[Log]:
    """The logs of a result; of several folders of it, those of the one that lies highest."""
    logs = sorted(found.logs.get(key, ()), key=lambda log: natural(log.path))
    folders = sorted({dirname(log.path) for log in logs}, key=lambda path: (path.count("/"), path))
    for folder in folders[1:]:
        found.problems.append(Problem(folder, None, f"{folders[0]} has the runs of {key[2]} too; left out"))
    return [log for log in logs if dirname(log.path) == folders[0]] if folders[1:] else logs


def _row(
    found: Found, key: Key, logs: list[Log], rules: Round, round_: str, origin: tuple[str, str, str], answer: AsRun
) -> Result:
    """What a system file and the logs say of a result, before it is scored."""
    filed = found.systems[key[:2]]
    said = next((log.said for log in logs if log.said), {})
    logged = text(said.get("submission_status")).lower()
    kind = filed.division or division(text(said.get("submission_division")))
    name, commit, read = origin
    odd = contradictions(filed, key[1], said, kind, answer.framework)
    return Result(
        round=round_, submitter=key[0], filed_as=filed.submitter, division=kind,
        availability=filed.status or logged, logged_status=logged, system=key[1], system_name=filed.name,
        nodes=filed.nodes, processors_per_node=filed.processors_per_node, processors=filed.processors,
        processor=filed.processor, accelerators_per_node=filed.accelerators_per_node,
        accelerators=filed.accelerators, accelerator=filed.accelerator, accelerator_memory_gb=filed.memory,
        host_memory=filed.host_memory, framework_filed=filed.framework, framework_run=answer.framework,
        framework_basis=answer.basis, software=filed.stack, benchmark=key[2], runs=len(logs), dropped=0,
        minutes=NO_MINUTES, scaling_factor=1.0, run_minutes=(), failed=(),
        notes=(*odd, *(["power was measured"] if key in found.power else ())),
        repository=name, commit=commit, read=read, system_file=filed.path,
        log_folder=dirname(logs[0].path) if logs else "",
        logs=tuple(basename(log.path) for log in logs),
        basis=LOGS, rule="verified" if rules.verified else NOT_VERIFIED, evidence="",
    )  # fmt: skip


def _failed(logs: list[Log], division: str, limits: dict[str, float]) -> dict[str, str]:
    """Why runs do not count, by the names of their logs. Raises ValueError for a division that is none."""
    if division not in limits:
        raise ValueError(f"its division is {division or 'not given'!r}, neither closed nor open")
    whys = {basename(log.path): log.failure(division == "closed", limits[division]) for log in logs}
    return {name: why for name, why in whys.items() if why}


def _is_of(log: Log, benchmark: str) -> bool:
    """Whether a log says that it is one of a benchmark."""
    return benchmark_key(text(log.said.get("submission_benchmark"))) == benchmark


def _scored(row: Result, logs: list[Log], rule: Rule, factor: float, single: Single | None) -> Result:
    """A result by the rule. Raises ValueError, with the reason, when the rule gives none."""
    if len(logs) != (single.runs if single else rule.runs):
        raise ValueError(f"it has {so_many(len(logs), 'log')}, and the rule asks for {rule.runs} runs")
    bad = {line.partition(": ")[0] for line in row.failed}
    good = [log.minutes for log in logs if basename(log.path) not in bad and log.minutes is not None]
    notes = row.notes
    if len(logs) != rule.runs:
        notes = (*notes, f"{len(logs)} runs, the rule asks for {rule.runs}")
    minutes = olympic_mean(good, len(row.failed), rule.dropped) * factor
    return replace(
        row, minutes=minutes, dropped=2 * rule.dropped, scaling_factor=factor, run_minutes=tuple(good), notes=notes,
    )  # fmt: skip


def _run(found: Found, key: Key, frameworks: _Named) -> Run:
    logs, filed = found.logs.get(key, []), found.systems[key[:2]].framework
    named = of_folder(filed)  # a short name, 'TF', as in a folder's
    return Run(
        key[0], key[1], key[2], frameworks(filed) or ((named,) if named else ()),
        frozenset().union(*(log.words for log in logs)), next((log.source for log in logs if log.source), ""),
    )  # fmt: skip


def _submitters(found: Found, results: list[Result]) -> Iterator[Submitter]:
    counts = Counter(r.submitter for r in results)
    systems = Counter(name for name, _ in found.systems)
    scored = {(r.submitter, r.system, r.benchmark) for r in results}  # of some, all logs are elsewhere
    out = Counter(key[0] for key in found.logs if key not in scored)
    with_results = {key[:2] for key in {*found.logs, *scored}}
    empty = Counter(name for name, system in found.systems if (name, system) not in with_results)
    for name in sorted({*systems, *(key[0] for key in found.logs)}):
        yield Submitter(name, systems[name], empty[name], counts[name], out[name])


def report(found: Repository) -> str:
    """What was read of each submitter, and what was left out and why, in lines."""
    of = [(len(found.results), "result"), (found.logs, "log"), (len(found.submitters), "submitter")]
    lines = [f"{found.round}: {{}} from {{}} of {{}}".format(*(so_many(*each) for each in of))]
    for s in found.submitters:
        empty = f", {s.empty} without results" if s.empty else ""
        out = f", {s.left_out} left out" if s.left_out else ""
        lines.append(f"  {s.name:20} {so_many(s.systems, 'system'):>11}{empty}; {so_many(s.results, 'result')}{out}")
    if found.problems:
        lines.append(f"{len(found.problems):,} left out, files or results:")
        lines += [f"  {problem}" for problem in found.problems[:MAX_PROBLEMS]]
        if (more := len(found.problems) - MAX_PROBLEMS) > 0:
            lines.append(f"  and {more} more")
    return "\n".join(lines)
