"""The names that the official record holds, from tables of results, without reading the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.files import csv_lines
from kg.model.record import LinkedResult, Result
from kg.model.statement import Entity
from kg.names.filed import FiledName
from kg.names.newer import NewName
from kg.record.inference import LinkedInference, is_inference, read_inference
from kg.record.results import shipped_results
from kg.resources import folder

_COLUMNS = {"system": "System", "system_name": "System", "accelerator": "Accelerator", "processor": "Processor",
            "framework_filed": "Software", "software": "Software"}  # fmt: skip
"""The columns that hold a name, by what it names."""


def name_tables() -> list[Path]:
    """The tables of names that ship: the results of Training and HPC, and the names filed in Inference."""
    return [*shipped_results(), *sorted((folder("data") / "filed").glob("*.csv"))]


def filed_names(tables: Iterable[Path]) -> list[FiledName]:
    """The names in tables made by `kg results`, of names alone, or of MLPerf Inference, each once, in order.

    Other sources of results (repositories, archives) hold none. Raises InputError for a table that cannot be read.
    """
    found: dict[FiledName, None] = {}
    for table in tables:
        if table.is_file() and is_inference(table):
            found |= dict.fromkeys(_inference_names(table))
        elif table.suffix == ".csv":
            rows = csv_lines(table, "give a table made by 'kg results'")
            _, head = next(rows, (0, []))
            for _, row in rows:
                found |= dict.fromkeys(_names(dict(zip(head, row, strict=False))))
    return sorted(found)


def _names(row: Mapping[str, str]) -> Iterator[FiledName]:
    named = [(row.get("kind"), row.get("name")), *((kind, row.get(column)) for column, kind in _COLUMNS.items())]
    for kind, name in named:
        if kind and name:
            yield FiledName(row.get("round", ""), row.get("submitter", ""), kind, name)


def _inference_names(table: Path) -> Iterator[FiledName]:
    for row in read_inference(table).rows:
        named = (
            ("System", row.system), ("System", row.platform), ("Accelerator", row.accelerator),
            ("Processor", row.processor), ("Software", row.software),
        )  # fmt: skip
        for kind, name in named:
            if len(name) > 2 and name != "N/A":
                yield FiledName(f"MLPerf Inference {row.version}", row.submitter, kind, name)


def names_of(results: Iterable[Result]) -> tuple[FiledName, ...]:
    """The names in official results, each once, in order."""
    named = (
        FiledName(r.round, r.submitter, kind, name)
        for r in results for column, kind in _COLUMNS.items() if (name := getattr(r, column))
    )  # fmt: skip
    return tuple(sorted(set(named)))


def new_names(results: Iterable[LinkedResult], inference: Iterable[LinkedInference]) -> Iterator[NewName]:
    """The benchmarks and accelerators of official results that no vocabulary knows, as they were filed."""
    for r in results:
        yield from _new(
            r.result.submitter, r.round, (r.benchmark, r.result.benchmark), (r.accelerator, r.result.accelerator)
        )
    for i in inference:
        yield from _new(i.row.submitter, i.round, (i.benchmark, i.row.model), (i.accelerator, i.row.accelerator))


def _new(submitter: str, round_: Entity, *named: tuple[Entity | None, str]) -> Iterator[NewName]:
    return (
        NewName(entity, name, submitter, round_.iri) for entity, name in named if entity and name and not entity.known
    )
