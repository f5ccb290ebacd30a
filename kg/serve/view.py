"""Rows as the pages show them: columns for people, evidence of each row, links to things and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.namespaces import ID, curie
from kg.query import Table
from kg.query.sheet import FILES, NUMBERS, WORDS, short_rounds, title
from kg.tables import columns as aligned

_EVIDENCE = {*WORDS, *FILES}


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a page: its text and, where it leads somewhere, the address; a quote for evidence."""

    text: str
    href: str = ""
    quote: str = ""
    restated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and what it rests on."""

    cells: tuple[Item, ...]
    evidence: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A table for a page; `numeric` says of each column whether its cells are numbers, which have equal decimals."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()


def view(table: Table, files: Callable[[str], str] = lambda result: "") -> View:
    """The rows of a query for a page: a thing is its label with a link, words and files are evidence.

    `files` gives the address of a result's files where the table has none, '' when it is not known.
    """
    place = {name: at for at, name in enumerate(table.columns)}
    columns = shown_columns(table)

    def value(row: Sequence[Any], name: str) -> Any:
        return row[place[name]] if name in place else None

    cells = [
        [_cell(value(row, name), value(row, name.removesuffix("Label"))) for name in columns] for row in table.rows
    ]
    numeric = []
    for at, name in enumerate(columns):
        texts = short_rounds([row[at].text for row in cells])
        said = [
            (Decimal(str(text)) if getattr(value(row, name), "datatype", None) in NUMBERS else text,)
            for row, text in zip(table.rows, texts, strict=True)
        ]
        (column,) = aligned([name], said)
        numeric.append(column.numeric)
        for row, text in zip(cells, column.cells, strict=True):
            row[at] = replace(row[at], text=text)
    rows = [Row(tuple(made), tuple(_evidence(row, place, files))) for made, row in zip(cells, table.rows, strict=True)]
    return View(
        tuple(title(name) for name in columns),
        tuple(rows),
        tuple(c.removesuffix("Label") for c in columns),
        tuple(numeric),
    )


def shown_columns(table: Table) -> list[str]:
    """The columns that a page shows: labels in place of IRIs, nothing that is evidence or has no value."""
    place = {name: at for at, name in enumerate(table.columns)}
    hidden = {name for name in place if f"{name}Label" in place} | _EVIDENCE
    empty = {name for name, at in place.items() if all(row[at] is None for row in table.rows)}
    return [name for name in table.columns if name not in hidden | empty]


def href(iri: str) -> str:
    """Where a thing is shown; '' for what this server does not show."""
    known = iri.startswith(ID) and not iri.startswith(ID + "evidence/")
    return "/id/" + quote(iri.removeprefix(ID)) if known else ""


def source_href(statement: str, start: int | str = "") -> str:
    """Where a statement's text is shown, at a place of it."""
    anchor = f"#at-{start}" if start != "" else ""
    return "/sources/" + quote(statement.removeprefix(ID + "statement/")) + anchor


def _cell(term: Any, thing: Any) -> Item:
    if term is None:
        return Item("")
    if isinstance(term, ox.NamedNode):
        name = "/".join(term.value.split("/")[-2:]) if term.value.startswith(ID + "result/") else curie(term.value)
        return Item(name, href(term.value))
    text = getattr(term, "value", str(term))
    if re.fullmatch(r"-?\d+\.\d{4,}", text):
        text = f"{float(text):.3f}"
    return Item(text, href(thing.value) if isinstance(thing, ox.NamedNode) else "")


def _evidence(row: Sequence[Any], place: dict[str, int], files_of: Callable[[str], str]) -> list[Item]:
    said = {name: row[at].value for name, at in place.items() if name in _EVIDENCE and row[at] is not None}
    items = []
    if "quote" in said:
        where = f"{said.get('statementLabel', '')}, {said.get('start', '')}–{said.get('end', '')}"
        where += f", p. {said['pageNumber']}" if "pageNumber" in said else ""
        link = source_href(said["statement"], said.get("start", "")) if "statement" in said else ""
        items.append(Item(where, link, said["quote"], said.get("restated") == "true"))
    files = [said[name] for name in ("systemFile", "logFolder") if name in said]
    if files:
        result = row[place["result"]] if "result" in place else None
        link = said.get("files") or (files_of(result.value) if isinstance(result, ox.NamedNode) else "")
        told = " — ".join(filter(None, (", ".join(files), said.get("recordLabel"))))
        items.append(Item(told, link or href(said.get("record", ""))))
    return items
