"""Official results from a repository or a table, linked to the vocabulary, and in print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, UnknownFormat
from kg.files import write_whole
from kg.model.record import LinkedResult, Result
from kg.names.vocabulary import Vocabulary
from kg.record.link import ResultLinker
from kg.record.log import MAX_PROBLEMS
from kg.record.repository import UNSCORED, Repository, read_results
from kg.record.table import read_csv, write_csv, write_jsonl, write_parquet, write_summary, write_table
from kg.resources import folder

_WRITERS: dict[str, Callable[[Sequence[Result]], str | bytes]] = {
    "table": write_table, "csv": write_csv, "jsonl": write_jsonl, "json": write_summary, "parquet": write_parquet,
}  # fmt: skip
FORMATS = tuple(_WRITERS)


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


def link_results(sources: Iterable[str | Path], vocabulary: Vocabulary) -> Linked:
    """The results of repositories and of tables that `kg results` wrote, with their entities.

    A result that several sources hold is taken from the last. Raises InputError as `read_results` does.
    """
    rows: dict[tuple[str, str, str, str], Result] = {}
    for source in sources:
        path = Path(source)
        table = path.suffix.lower() == ".csv"
        found = read_csv(path) if table else read_results(path, vocabulary=vocabulary).rows
        rows.update((r.key, r) for r in found)
    linker = ResultLinker(vocabulary)
    linked = [linker.link(rows[key]) for key in sorted(rows)]
    results = tuple(r for r in linked if r.result.scored)
    filed = tuple(r for r in linked if not r.result.scored)
    return Linked(results, filed, tuple((kind, name, n) for (kind, name), n in sorted(linker.unlinked.items())))


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
    made = _WRITERS[format](found.results if format in ("table", "json") else found.rows)
    if file is None:
        return str(made)
    write_whole(file, made)
    return None


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
