"""Rows for people: labels instead of IRIs, in short where the rest stands beside them, and evidence as notes."""

import re
from collections.abc import Container, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import UnknownName
from kg.namespaces import ID, MLP, XSD, curie
from kg.plain import in_words, one_line
from kg.tables import Cell, columns, records, table

WORDS = ("quote", "start", "end", "statement", "statementLabel", "restated", "pageNumber")
FILES = ("systemFile", "logFolder", "record", "recordLabel", "files")
"""The columns in which queries give evidence: words of statements, and official files."""
_ROUND = re.compile(r"MLPerf (?:Training )?((?:\w+ )?v\d+\.\d+)")
_SIGN = re.compile(r"([\\|`*_<>\[\]])")
INTEGER = ox.NamedNode(XSD + "integer")
NUMBERS = {INTEGER, *(ox.NamedNode(XSD + name) for name in ("decimal", "double", "float"))}


class Sheet(NamedTuple):
    """Titles, rows of texts and numbers, and for each row the notes on what it rests on."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[str, ...], ...]

    def first(self, count: int | None) -> "Sheet":
        """So many of its rows."""
        return Sheet(self.titles, self.rows[:count], self.notes[:count])

    def select(self, names: Sequence[str]) -> "Sheet":
        """Some of its columns, in an order. Raises UnknownName, with those there are, for one that is none."""
        for name in names:
            if name not in self.titles:
                raise UnknownName("column", name, self.titles)
        places = [self.titles.index(name) for name in names]
        return Sheet(tuple(names), tuple(tuple(row[at] for at in places) for row in self.rows), self.notes)

    def markdown(self) -> str:
        """As a table of Markdown, what the rows rest on in the last column."""
        rests = any(self.notes)
        lines: list[list[str]] = [[*self.titles, *["rests on"] * rests]]
        lines.append(["---"] * len(lines[0]))
        cells = [column.cells for column in columns(self.titles, self.rows)]
        if rests:
            cells.append(tuple("; ".join(notes) for notes in self.notes))
        lines += [[_SIGN.sub(r"\\\1", text) for text in row] for row in zip(*cells, strict=True)]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def table(self, width: int | None = None, asked: Container[str] = ()) -> str:
        """As `kg.tables.table` writes it."""
        return table(self.titles, self.rows, self.notes, width, asked)

    def records(self, width: int | None = None, asked: Container[str] = ()) -> str:
        """As `kg.tables.records` writes it."""
        return records(self.titles, self.rows, self.notes, width, asked)


def title(column: str) -> str:
    """A column's heading: 'according to' for accordingToLabel."""
    return in_words(column.removesuffix("Label"))


def sheet(names: Sequence[str], rows: Sequence[Sequence[Any]], iris: bool = False, asked: Container[str] = ()) -> Sheet:
    """Rows of RDF terms for people.

    A thing is shown by its label alone, unless `iris`. Columns whose headings are not `asked` for are left out where
    no row has anything, where they say who says it and that is whose submission it is, and where they hold things
    without a label beside others that have one. Words and official files are notes, and rows that differ only in
    them are one.
    """
    place = {name: at for at, name in enumerate(names)}
    terms = {name: [row[at] for row in rows] for name, at in place.items()}
    evidence = {name for name in WORDS if "quote" in place and name in place}
    evidence |= {name for name in FILES if name in place and place[name] > 1}
    bare = [name for name in names if f"{name}Label" not in place and name not in evidence and _minted(terms[name])]
    labelled = any(name.endswith("Label") for name in names)
    bare = [name for name in bare if labelled and title(name) not in asked]
    hidden = {*evidence, *bare, *(name for name in names if f"{name}Label" in place)}
    unasked = {"accordingToLabel"} if terms.get("accordingToLabel") == terms.get("organizationLabel") else set()
    unasked |= {name for name in names if rows and all(t is None for t in terms[name])}
    shown = [n for n in names if n not in hidden and (n not in unasked or title(n) in asked)]
    cells = {name: short_rounds([_cell(t, labelled) for t in terms[name]]) for name in shown}
    cells = _without_vendors(cells)
    titles = [title(name) for name in shown]
    if iris:
        for name in (n for n in names if n in bare or f"{n}Label" in place):
            cells[name] = [curie(t.value) if t is not None else "" for t in terms[name]]
            titles.append(f"{title(name)} IRI")
    made = [tuple(column[at] for column in cells.values()) for at in range(len(rows))]
    notes = [_notes({name: terms[name][at] for name in names}, evidence, bare) for at in range(len(rows))]
    return _once(tuple(titles), made, notes)


def _once(titles: tuple[str, ...], rows: list[tuple[Cell, ...]], notes: list[tuple[str, ...]]) -> Sheet:
    """Rows that are the same, and rest on something, as one row that rests on all of it."""
    if not any(notes):
        return Sheet(titles, tuple(rows), ())
    found: dict[tuple[Cell, ...], dict[str, None]] = {}
    for row, of in zip(rows, notes, strict=True):
        found.setdefault(row, {}).update(dict.fromkeys(of))
    return Sheet(titles, tuple(found), tuple(map(tuple, found.values())))


def _minted(terms: Sequence[Any]) -> bool:
    """Whether a column has only things of our own."""
    there = [t for t in terms if t is not None]
    return bool(there) and all(isinstance(t, ox.NamedNode) and t.value.startswith(ID) for t in there)


def _cell(term: Any, bare: bool = False) -> Cell:
    """A term as one line, or as a number; terms of our ontology `bare` of their prefix."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(MLP) if bare and term.value.startswith(MLP) else curie(term.value)
    if getattr(term, "datatype", None) in NUMBERS:
        try:
            number = Decimal(term.value)
        except InvalidOperation:
            return one_line(term.value)
        return number if number.is_finite() else term.value
    text = one_line(getattr(term, "value", str(term)))
    return curie(text) if text.startswith("http") else text  # a thing without a label is called by its IRI


def sort_key(term: Any) -> tuple[bool, Decimal, str]:
    """Numbers before texts, texts without regard to case."""
    cell = _cell(term)
    return (False, cell, "") if isinstance(cell, Decimal) else (True, Decimal(0), cell.casefold())


def short_rounds(column: list[Cell]) -> list[Cell]:
    """'v2.0' for MLPerf Training v2.0 in a column of rounds; rounds of other suites keep the suite's name."""
    found = [_ROUND.fullmatch(cell) if isinstance(cell, str) else None for cell in column]
    if all(match or not cell for match, cell in zip(found, column, strict=True)):
        return [match[1] if match else "" for match in found]
    return column


def _without_vendors(cells: dict[str, list[Cell]]) -> dict[str, list[Cell]]:
    """Names without the vendor with which they begin, where it stands in another column of each row."""
    made = {}
    for name, column in cells.items():
        made[name] = column
        for vendor in (v for other, v in cells.items() if other != name):
            pairs = [(c, f"{v} ") for c, v in zip(column, vendor, strict=True) if c]
            if pairs and all(isinstance(c, str) and len(v) > 1 and c.startswith(v) for c, v in pairs):
                made[name] = [str(c).removeprefix(f"{v} ") for c, v in zip(column, vendor, strict=True)]
    return made


def _notes(row: dict[str, Any], evidence: set[str], bare: Sequence[str]) -> tuple[str, ...]:
    """What a row rests on: words with their statement and place, official files, else the results that it names."""
    said = {name: str(_cell(row[name])) for name in evidence if row[name] is not None}
    notes = []
    if "quote" in said:
        mark = "[restated] " if said.get("restated") == "true" else ""
        span = f"{said['start']}–{said['end']}" if "start" in said and "end" in said else ""
        page = f"p. {said['pageNumber']}" if "pageNumber" in said else ""
        source = ", ".join(filter(None, (said.get("statementLabel"), span, page)))
        notes.append(f"{mark}“{said['quote']}”" + (f" — {source}" if source else ""))
    files = said.get("files") or ", ".join(said[n] for n in ("systemFile", "logFolder", "recordLabel") if n in said)
    if files:
        notes.append(files)
    if not evidence:
        named = ", ".join(curie(row[name].value) for name in bare if row[name] is not None)
        notes += [named] if named else []
    return tuple(notes)
