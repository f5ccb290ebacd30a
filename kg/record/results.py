"""Official results from a repository or a table, linked to the vocabulary, and in print."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, UnknownFormat
from kg.executor import SERIAL, Workers
from kg.files import write_whole
from kg.model.record import LinkedResult, Result
from kg.names.rounds import parse_round
from kg.names.vocabulary import Vocabulary, load_vocabulary
from kg.record import (
    Repository,
    identify,
    read_csv,
    read_repository,
    write_csv,
    write_jsonl,
    write_parquet,
)
from kg.record.link import ResultLinker
from kg.record.log import MAX_PROBLEMS
from kg.record.repository import UNSCORED
from kg.record.summary import write_summary
from kg.resources import folder

FORMATS = ("table", "csv", "jsonl", "json", "parquet")


@dataclass(frozen=True, slots=True)
class Linked:
    """Results with their entities, and the names that no vocabulary knows: (kind, name, how often).

    `filed` are systems and results that were filed and have no minutes, with the reason as their basis.
    """

    results: tuple[LinkedResult, ...]
    filed: tuple[LinkedResult, ...]
    unlinked: tuple[tuple[str, str, int], ...]

    @property
    def incomplete(self) -> tuple[LinkedResult, ...]:
        """What was filed and has no minutes here, but may have elsewhere.

        Its logs were not read, or it was filed for another measure than the time to train.
        """
        return tuple(r for r in self.filed if r.result.basis != UNSCORED)


def shipped_results() -> list[Path]:
    """The tables of official results that ship with the project."""
    return sorted((folder("data") / "results").glob("*.csv"))


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

    The round is `mlperf_round` ('v2.0') or what the repository's or the folder's name says; `repository` and
    `commit` are kept with each result and are taken from a checkout when they are not given.

    Raises InputError for a source without results, a round that is not told, and one whose scoring rule is
    not implemented.
    """
    path = Path(source)
    terms = vocabulary or load_vocabulary()
    name, head = identify(path)
    label = round_label(path, mlperf_round, repository or name)
    linker = ResultLinker(terms)
    return read_repository(
        path,
        label,
        lambda text: tuple(e.label for e in linker.frameworks(label, text)),
        name=repository or name,
        commit=commit or head,
        read=datetime.datetime.now(datetime.UTC).date().isoformat(),
        progress=progress,
        workers=workers,
    )


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


def link_results(sources: Iterable[str | Path], vocabulary: Vocabulary) -> Linked:
    """The results of repositories and of tables that `kg results` wrote, with their entities.

    A result that several sources hold is taken from the last. Raises InputError as `read_results` does.
    """
    rows: dict[tuple[str, str, str, str], Result] = {}
    for source in sources:
        path = Path(source)
        table = path.suffix.lower() == ".csv"
        found = read_csv(path) if table else _all(read_results(path, vocabulary=vocabulary))
        rows.update((r.key, r) for r in found)
    linker = ResultLinker(vocabulary)
    linked = [linker.link(rows[key]) for key in sorted(rows)]
    results = tuple(r for r in linked if r.result.scored)
    filed = tuple(r for r in linked if not r.result.scored)
    return Linked(results, filed, tuple((kind, name, n) for (kind, name), n in sorted(linker.unlinked.items())))


def _all(found: Repository) -> list[Result]:
    return [*found.results, *found.filed]


def write_results(found: Repository, format: str, file: Path | None = None) -> str | None:
    """Results as 'table', 'csv', 'jsonl', 'json' (MLCommons' flat summary) or 'parquet'.

    As text, or into a file, which is replaced whole. Tables hold what was filed without minutes as well.

    Raises UnknownFormat for another, InputError for Parquet without a file, OutputError for a file that cannot
    be written.
    """
    if format not in FORMATS:
        raise UnknownFormat(format, "results", FORMATS)
    if format == "parquet" and file is None:
        raise InputError("Parquet is no text; name a file with --output")
    writers: dict[str, Callable[[Sequence[Result]], str | bytes]] = {
        "table": table, "csv": write_csv, "jsonl": write_jsonl, "json": write_summary, "parquet": write_parquet,
    }  # fmt: skip
    made = writers[format](found.results if format in ("table", "json") else _all(found))
    if file is None:
        return str(made)
    write_whole(file, made)
    return None


def table(results: Sequence[Result]) -> str:
    """Results for people: one line each."""
    head = (
        "submitter",
        "system",
        "div.",
        "accelerators",
        "framework",
        "benchmark",
        "minutes",
        "runs",
        "failed",
    )
    rows = [
        (
            r.submitter, r.system, r.division, f"{'?' if r.accelerators is None else r.accelerators} × {r.accelerator or '?'}",
            r.framework_run or "?", r.benchmark, f"{r.minutes:.3f}", str(r.runs), str(len(r.failed) or ""),
        )
        for r in results
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    return "".join(line.rstrip() + "\n" for line in lines)


def report(found: Repository) -> str:
    """What was read of each submitter, and what was left out and why."""
    lines = [
        f"{found.round}: {len(found.results)} results from {found.logs} logs of {len(found.submitters)} submitters"
    ]
    for s in found.submitters:
        empty = f", {s.empty} without results" if s.empty else ""
        out = f", {s.left_out} left out" if s.left_out else ""
        lines.append(f"  {s.name:20} {s.systems:3} systems{empty}; {s.results} results{out}")
    if found.problems:
        lines.append(f"{len(found.problems)} files or results left out:")
        lines += [f"  {problem}" for problem in found.problems[:MAX_PROBLEMS]]
        if (more := len(found.problems) - MAX_PROBLEMS) > 0:
            lines.append(f"  and {more} more")
    return "\n".join(lines)
