"""Results as rows: what `kg results` writes, and `kg build --results` reads again."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import quote

from kg.errors import InputError, UnknownFormat, needed
from kg.files import csv_lines, csv_text, write_whole
from kg.model.record import NO_MINUTES, Result
from kg.record.cells import COUNT, DAY, FLOAT, NAME, NUMBER, ROUND, TEXT, Kind
from kg.record.repository import Repository
from kg.tables import table

COLUMNS = tuple(f.name for f in fields(Result))
_TYPES = {name: str(hint) for name, hint in get_type_hints(Result).items()}
_KINDS = {name: next((t for t in (int, float, Decimal) if t.__name__ in hint), str) for name, hint in _TYPES.items()}
"""The type of a column's value, or of each of its values."""
_MANY = {name for name, hint in _TYPES.items() if hint.startswith("tuple")}
_OPTIONAL = {name for name, hint in _TYPES.items() if "None" in hint}
_CELL_OF: dict[Callable[[str], Any], Kind] = {str: TEXT, int: COUNT, float: FLOAT, Decimal: NUMBER}
_CELLS = {"round": ROUND, "submitter": NAME, "system": NAME, "read": DAY}
"""What cells hold, by the type of their column, and of some columns by name."""
_LATER = {"basis": "logs", "rule": "verified", "evidence": ""}
"""Columns that tables of the first versions lack, and what those mean."""


def write_table(results: Sequence[Result]) -> str:
    """Results for people: one line each."""
    head = ("submitter", "system", "div.", "accelerators", "framework", "benchmark", "minutes", "runs", "failed")
    return table(head, [
        (
            r.submitter, r.system, r.division, f"{'?' if r.accelerators is None else r.accelerators} × {r.accelerator or '?'}",
            r.framework_run or "?", r.benchmark, Decimal(str(r.minutes)), Decimal(r.runs), Decimal(len(r.failed)) if r.failed else "",
        )
        for r in results
    ])  # fmt: skip


def write_csv(results: Iterable[Result]) -> str:
    """Results as CSV with a header; several values of a cell are parted by ' | '."""
    return csv_text(COLUMNS, ([_cell(getattr(r, name)) for name in COLUMNS] for r in results))


def write_jsonl(results: Iterable[Result]) -> str:
    """Results as JSON Lines, one object a result."""
    return "".join(json.dumps(_plain(r), ensure_ascii=False) + "\n" for r in results)


def write_parquet(results: Sequence[Result]) -> bytes:
    """Results as Apache Parquet. Raises MissingExtra when pyarrow is not installed."""
    pyarrow, parquet = (needed(module, "parquet", "Parquet") for module in ("pyarrow", "pyarrow.parquet"))
    arrow = {int: pyarrow.int64(), float: pyarrow.float64(), Decimal: pyarrow.float64(), str: pyarrow.string()}
    types = {name: arrow[kind] for name, kind in _KINDS.items()}
    schema = pyarrow.schema([(n, pyarrow.list_(types[n]) if n in _MANY else types[n]) for n in COLUMNS])
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([_plain(r) for r in results], schema=schema), out)
    return out.getvalue()


def write_summary(results: Iterable[Result]) -> str:
    """Results in the flat shape of MLCommons' `summary_results.json`, which dashboards read: a JSON array.

    The names are those of the published tables (https://github.com/mlcommons/inference_results_v5.1), with
    'Benchmark' and 'Result' for a time to train. Times are minutes, 'a#' and 'p#' count all nodes. MLCommons'
    public result id is in no results repository, so 'ID' is empty.
    """
    return json.dumps([_flat(r) for r in results], ensure_ascii=False, indent=2) + "\n"


def _flat(r: Result) -> dict[str, Any]:
    tree = f"https://github.com/{quote(r.repository)}/tree/{quote(r.commit)}" if r.repository and r.commit else ""
    frameworks = r.framework_run or r.framework_filed
    return {
        "ID": "", "Submitter": r.submitter, "Availability": r.availability, "Category": r.division,
        "Suite": r.round.removeprefix("MLPerf ").partition(" ")[0].lower(), "System": r.system_name or r.system,
        "Platform": r.system, "Benchmark": r.benchmark, "Model": r.benchmark, "Nodes": r.nodes,
        "Processor": r.processor, "host_processors_per_node": r.processors_per_node, "p#": r.processors,
        "Accelerator": r.accelerator, "a#": r.accelerators,
        "Software": "; ".join(filter(None, (frameworks, r.software))), "Notes": "; ".join(r.notes),
        "version": r.round.rpartition(" ")[2], "Location": r.log_folder,
        "Details": f"{tree}/{quote(r.log_folder)}" if tree else "",
        "Code": f"{tree}/{quote(r.submitter)}/benchmarks" if tree else "", "Result": r.minutes, "Units": "minutes",
        "Performance_Result": r.minutes, "Performance_Units": "minutes",
    }  # fmt: skip


_WRITERS: dict[str, Callable[[Sequence[Result]], str | bytes]] = {
    "table": write_table, "csv": write_csv, "jsonl": write_jsonl, "json": write_summary, "parquet": write_parquet,
}  # fmt: skip
FORMATS = tuple(_WRITERS)


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


def read_csv(path: Path) -> list[Result]:
    """The results in a file that `write_csv` wrote.

    Raises InputError, with the line and column, for a file of another kind or without rows and for a value that its column cannot have.
    """
    rows = csv_lines(path, "give a table made by 'kg results'")
    _, head = next(rows, (0, []))
    missing = [name for name in COLUMNS if name not in head and name not in _LATER]
    if missing:
        raise InputError(
            f"{path}: is no table of results, it has no column {missing[0]!r}; make one with 'kg results DIR'"
        )
    places = [head.index(name) if name in head else len(head) for name in COLUMNS]
    found = []
    for line, row in rows:
        if not row:
            continue
        if len(row) != len(head):
            raise InputError(
                f"{path}:{line}: has {len(row)} cells, its head {len(head)}; make it anew with 'kg results DIR'"
            )
        cells = [*row, ""]
        texts = (cells[place] or _LATER.get(name, "") for name, place in zip(COLUMNS, places, strict=True))
        found.append(Result(*map(partial(_value, f"{path}:{line}"), COLUMNS, texts)))
    if not found:
        raise InputError(f"{path}: has no results below its head; make it anew with 'kg results DIR'")
    return found


def _value(where: str, name: str, text: str) -> Any:
    """The value of a column that a cell holds. Raises InputError, with the place, when it is of another kind."""
    kind = _CELLS.get(name) or _CELL_OF[_KINDS[name]]
    if name in _MANY:
        return tuple(kind.value(where, name, part) for part in text.split(" | ")) if text else ()
    if not text and name == "minutes":
        return NO_MINUTES
    if not text and name in _OPTIONAL:
        return None
    return kind.value(where, name, text)


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return " | ".join(str(v).replace(" | ", " / ") for v in value)
    return "" if value is None or value is NO_MINUTES else str(value)


def _plain(result: Result) -> dict[str, Any]:
    values = {name: getattr(result, name) for name in COLUMNS}
    return {
        n: None if v is NO_MINUTES else list(v) if isinstance(v, tuple) else float(v) if isinstance(v, Decimal) else v
        for n, v in values.items()
    }
