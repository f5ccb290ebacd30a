"""The names that the official record holds, from tables of results, without reading the results."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.names.filed import FiledName

_COLUMNS = {"system": "System", "system_name": "System", "accelerator": "Accelerator", "processor": "Processor",
            "framework_filed": "Software", "software": "Software"}  # fmt: skip
"""The columns that hold a name, by what it names."""


def filed_names(tables: Iterable[Path]) -> list[FiledName]:
    """The names in tables made by `kg results`, each once by round, submitter and kind, in order.

    Other sources of results (repositories, archives) hold none. Raises InputError for a table that cannot be read.
    """
    found: dict[FiledName, None] = {}
    for table in tables:
        if table.suffix == ".csv":
            try:
                with table.open(encoding="utf-8", newline="") as file:
                    for row in csv.DictReader(file):
                        found |= dict.fromkeys(_names(row))
            except (OSError, UnicodeDecodeError, csv.Error) as error:
                raise InputError(f"{table}: {error}; give a table made by `kg results`") from error
    return sorted(found)


def _names(row: dict[str, str]) -> Iterator[FiledName]:
    for column, kind in _COLUMNS.items():
        if name := row.get(column):
            yield FiledName(row.get("round", ""), row.get("submitter", ""), kind, name)
