"""Results as rows: what `kg results` writes, and `kg build --results` reads again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from kg.errors import InputError, MissingExtra
from kg.model.record import NO_MINUTES, Result

COLUMNS = tuple(f.name for f in fields(Result))
_TYPES = get_type_hints(Result)
_LATER = {"basis": "logs", "rule": "verified", "evidence": ""}
"""Columns that tables of the first versions lack, and what those mean."""


def write_csv(results: Iterable[Result]) -> str:
    """Results as CSV with a header; several values of a cell are parted by ' | '."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([_cell(getattr(r, name)) for name in COLUMNS] for r in results)
    return out.getvalue()


def write_jsonl(results: Iterable[Result]) -> str:
    """Results as JSON Lines, one object a result."""
    return "".join(json.dumps(_plain(r), ensure_ascii=False) + "\n" for r in results)


def write_parquet(results: Sequence[Result]) -> bytes:
    """Results as Apache Parquet. Raises MissingExtra when pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("parquet", "Parquet") from error
    arrow = {
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        Decimal: pyarrow.float64(),
        str: pyarrow.string(),
    }
    schema = pyarrow.schema([(n, pyarrow.list_(arrow[_item(n)]) if _many(n) else arrow[_item(n)]) for n in COLUMNS])
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([_plain(r) for r in results], schema=schema), out)
    return out.getvalue()


def read_csv(path: Path) -> list[Result]:
    """The results in a file that `write_csv` wrote.

    Raises InputError, with the line and column, for a file of another kind and for a value of another type.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    rows = csv.reader(io.StringIO(text, newline=""))
    head = next(rows, [])
    missing = [name for name in COLUMNS if name not in head and name not in _LATER]
    if missing:
        raise InputError(
            f"{path}: is no table of results, it has no column {missing[0]!r}; make one with 'kg results DIR'"
        )
    places = [head.index(name) if name in head else len(head) for name in COLUMNS]
    found = []
    for row in rows:
        if not row:
            continue
        cells = row[: len(head)] + [""] * (len(head) - len(row) + 1)
        values = []
        for name, place in zip(COLUMNS, places, strict=True):
            try:
                values.append(_value(name, cells[place] or _LATER.get(name, "")))
            except (ValueError, ArithmeticError) as error:
                raise InputError(f"{path}:{rows.line_num}: {name} is {cells[place]!r}, {_wanted(name)}") from error
        found.append(Result(*values))
    return found


@cache
def _many(name: str) -> bool:
    return str(_TYPES[name]).startswith("tuple")


@cache
def _item(name: str) -> type:
    """The type of a column's values."""
    said = str(_TYPES[name])
    return next((t for t in (int, float, Decimal) if t.__name__ in said), str)


@cache
def _plain_text(name: str) -> bool:
    return _TYPES[name] is str


@cache
def _optional(name: str) -> bool:
    return "None" in str(_TYPES[name])


def _wanted(name: str) -> str:
    return {int: "not a whole number", float: "not a number", Decimal: "not a number", str: "not a text"}[_item(name)]


def _value(name: str, text: str) -> Any:
    if _plain_text(name):
        return text
    if _many(name):
        return tuple(map(_item(name), text.split(" | "))) if text else ()
    if not text and name == "minutes":
        return NO_MINUTES
    if not text and _optional(name):
        return None
    value = _item(name)(text)
    if isinstance(value, float) and not 0 <= value < float("inf"):
        raise ValueError("out of range")
    return value


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
