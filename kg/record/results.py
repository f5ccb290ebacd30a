"""Official results from repositories and tables, linked to the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.model.record import LinkedResult, Result
from kg.names.vocabulary import Vocabulary
from kg.record.link import ResultLinker
from kg.record.repository import UNSCORED, read_results
from kg.record.table import read_csv
from kg.resources import folder


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
