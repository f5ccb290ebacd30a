"""Rows as a visitor wants them, by the parameters of the URL: found, filtered, sorted, so many columns, so many at a time."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import needed
from kg.query import Table
from kg.serve.view import shown_columns

PARAMETERS = ("find", "sort", "columns", "page")
"""The parameters of a listing; beside them `where.COLUMN`, a value that the column has in all rows."""

SIZE = 50
_FACET, _MANY = 24, 8


@dataclass(frozen=True, slots=True)
class Facet:
    """A column with few values: each with how many rows have it."""

    column: str
    values: tuple[tuple[str, int], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that are asked for. `table` has all of them, `whole` with all columns, `rows` those of this page.

    `given` are the parameters.
    """

    table: Table
    whole: Table
    rows: Table
    page: int
    pages: int
    total: int
    columns: tuple[tuple[str, bool], ...]
    facets: tuple[Facet, ...]
    given: tuple[tuple[str, str], ...]

    def link(self, /, **changed: str) -> str:
        """The address of the same rows with some parameters changed, '' for none; another order or filter begins at page 1."""
        dropped = {*changed, "page", "format"}
        return "?" + urlencode(
            [*((k, v) for k, v in self.given if k not in dropped), *((k, v) for k, v in changed.items() if v)]
        )

    def sort_link(self, column: str) -> str:
        """The address of the rows in the order of a column; the other way round when they are in that order."""
        return self.link(sort=f"-{column}" if self.value("sort") == column else column)

    def sorted_by(self, column: str) -> str:
        """'ascending' or 'descending' when the rows are in the order of a column, else ''."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.value("sort"), "")

    def alike(self) -> list[str]:
        """The columns with one value in all rows, which need no column where many are shown and none were chosen."""
        names = [name for name, _ in self.columns]
        if len(names) <= _MANY or len(self.table) < 2 or self.value("columns"):
            return []
        place = self.table.columns.index
        return [n.removesuffix("Label") for n in names if len(_different(self.table, place(n), 1)) == 1]

    def value(self, name: str) -> str:
        """The value of a parameter, '' when it is not given."""
        return dict(self.given).get(name, "")


def listing(table: Table, given: Sequence[tuple[str, str]]) -> Listing:
    """The rows of a table by the parameters of a URL. Raises UnknownName for a column that is none."""
    said = dict(given)
    wheres = {table.column(k.removeprefix("where.")): v for k, v in given if k.startswith("where.") and v}
    found = _finding(table, said.get("find", ""))
    rows = _where(found, wheres)
    if said.get("sort"):
        rows = rows.sort(said["sort"])
    visible = shown_columns(table)
    chosen = [table.column(name) for k, names in given if k == "columns" for name in names.split(",") if name]
    picked = {name.removesuffix("Label") for name in chosen or visible}
    pages = max(1, -(-len(rows) // SIZE))
    at = min(pages, max(1, int(said["page"]))) if said.get("page", "").isdecimal() and len(said["page"]) < 7 else 1
    kept = rows.without(c for c in visible if c.removesuffix("Label") not in picked) if chosen else rows
    facets = tuple(
        _facets(table, visible, lambda name: _where(found, {k: v for k, v in wheres.items() if k != name}), wheres)
    )
    return Listing(
        kept, rows, Table(kept.columns, kept.rows[(at - 1) * SIZE : at * SIZE]), at, pages, len(table),
        tuple((name, name.removesuffix("Label") in picked) for name in visible), facets, tuple(given),
    )  # fmt: skip


def parquet(table: Table) -> bytes:
    """The rows as Parquet, numbers as numbers. Raises MissingExtra without pyarrow."""
    pyarrow, parquet = (needed(module, "parquet", "Parquet files") for module in ("pyarrow", "pyarrow.parquet"))
    columns = {}
    for at, name in enumerate(table.columns):
        kind = table.kind(at)
        columns[name] = [None if row[at] is None else kind(getattr(row[at], "value", row[at])) for row in table.rows]
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, compression="zstd")
    return out.getvalue()


def _text(term: Any) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _finding(table: Table, text: str) -> Table:
    """The rows in which some value that is not an IRI holds a text."""
    wanted = text.strip().casefold()
    if not wanted:
        return table
    rows = (
        row for row in table.rows
        if any(wanted in _text(t).casefold() for t in row if not isinstance(t, ox.NamedNode))
    )  # fmt: skip
    return Table(table.columns, tuple(rows))


def _where(table: Table, wheres: Mapping[str, str]) -> Table:
    """The rows whose columns have some values."""
    if not wheres:
        return table
    places = [(table.place(name), value) for name, value in wheres.items()]
    rows = (row for row in table.rows if all(_text(row[at]) == value for at, value in places))
    return Table(table.columns, tuple(rows))


def _facets(
    table: Table, visible: Sequence[str], others: Callable[[str], Table], wheres: Mapping[str, str]
) -> Iterable[Facet]:
    """The columns with few values; each is counted in the rows that the other filters leave."""
    for name in visible:
        at = table.columns.index(name)
        few = len(_different(table, at, _FACET) - {None})
        column = name.removesuffix("Label") if name.removesuffix("Label") in table.columns else name
        if 1 < few <= _FACET and few < len(table):
            counts = Counter(_text(row[at]) for row in others(column).rows if row[at] is not None)
            yield Facet(column, tuple(sorted(counts.items(), key=lambda p: (-p[1], p[0]))), wheres.get(column, ""))


def _different(table: Table, at: int, most: int) -> set[Any]:
    """The values of a column; not all of them when there are more than `most` and None."""
    found: set[Any] = set()
    for row in table.rows:
        found.add(row[at])
        if len(found) > most + 1:
            break
    return found
