"""What a query answers: rows, triples, or yes and no; and how they are written."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import UnknownFormat
from kg.namespaces import PREFIXES, curie
from kg.plain import one_line
from kg.query.worker import Answer, results_json

TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown")
GRAPH_FORMATS = ("turtle", "json-ld", "n-triples", "rdf-xml")
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "json-ld": ox.RdfFormat.JSON_LD,
    "n-triples": ox.RdfFormat.N_TRIPLES,
    "rdf-xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT: RDF terms, None where a variable is unbound.

    A column `system` of IRIs has its labels in a column `systemLabel` beside it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """The rows as dictionaries of plain strings: IRIs and the lexical forms of literals."""
        for row in self.rows:
            yield {
                name: None if t is None else getattr(t, "value", str(t))
                for name, t in zip(self.columns, row, strict=True)
            }

    def iris(self) -> list[str]:
        """The IRIs in it, each once, row by row."""
        return list(dict.fromkeys(t.value for row in self.rows for t in row if isinstance(t, ox.NamedNode)))

    def render(self, format: str = "table", width: int | None = None) -> str:
        """The rows as text: W3C SPARQL results in csv, tsv, json or xml; table or markdown for people.

        For people a thing is shown by its label alone, a column in which no row has anything is left out,
        and quotes are marked where the words are a restatement; in a table they stand below their row. A
        table is wrapped to `width` characters, if given. Raises UnknownFormat for another format.
        """
        if format == "json":
            return results_json(self.columns, self.rows).decode() + "\n"
        if format in _RESULTS:
            results = ox.parse_query_results(
                results_json(self.columns, self.rows), format=ox.QueryResultsFormat.JSON
            )
            text = (results.serialize(format=_RESULTS[format]) or b"").decode()
            return text if text.endswith("\n") else text + "\n"
        if format == "markdown":
            head, rows = self._shown()
            lines = [head, ["---"] * len(head), *rows]
            return "".join(f"| {' | '.join(_markdown(c) for c in line)} |\n" for line in lines)
        if format == "table":
            return _below(*self._shown(), width)
        raise UnknownFormat(format, "rows", TABLE_FORMATS)

    def _shown(self) -> tuple[list[str], list[list[str]]]:
        """Head and rows for people."""
        place = {name: at for at, name in enumerate(self.columns)}
        quoted = "quote" in place
        hidden = {name for name in place if f"{name}Label" in place}
        if quoted:
            hidden |= {"restated", "end"} & set(place)
        empty = {name for name, at in place.items() if all(row[at] is None for row in self.rows)}
        shown = [name for name in self.columns if name not in (hidden | empty if self.rows else hidden)]

        def cell(name: str, row: tuple[Any, ...]) -> str:
            said = _plain(row[place[name]])
            if name == "quote" and said:
                restated = "restated" in place and _plain(row[place["restated"]]) == "true"
                return f"[restated] “{said}”" if restated else f"“{said}”"
            if quoted and name == "start" and "end" in place and said:
                return f"{said}–{_plain(row[place['end']])}"
            return said

        titles = ["place" if quoted and n == "start" and "end" in place else _title(n) for n in shown]
        return titles, [[cell(name, row) for name in shown] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE."""

    triples: tuple[ox.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)

    def render(self, format: str = "turtle", width: int | None = None) -> str:
        """The triples, sorted, as turtle, json-ld, n-triples or rdf-xml. Raises UnknownFormat for another."""
        format = "turtle" if format == "table" else format
        if format not in _GRAPHS:
            raise UnknownFormat(format, "triples", GRAPH_FORMATS)
        ordered = sorted(self.triples, key=str)
        prefixes = None if format == "n-triples" else PREFIXES
        return (ox.serialize(ordered, format=_GRAPHS[format], prefixes=prefixes) or b"").decode()


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer of an ASK."""

    value: bool

    def __len__(self) -> int:
        return int(self.value)

    def render(self, format: str = "table", width: int | None = None) -> str:
        """'yes' or 'no', or SPARQL results as json, xml, csv or tsv. Raises UnknownFormat for another."""
        said = json.dumps({"head": {}, "boolean": self.value})
        if format == "json":
            return said + "\n"
        if format in _RESULTS:
            results = ox.parse_query_results(said, format=ox.QueryResultsFormat.JSON)
            return (results.serialize(format=_RESULTS[format]) or b"").decode().rstrip("\n") + "\n"
        if format in ("table", "markdown"):
            return "yes\n" if self.value else "no\n"
        raise UnknownFormat(format, "a yes or no", TABLE_FORMATS)


_LONG_NUMBER = re.compile(r"-?\d+\.\d{4,}")
_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")


def _title(column: str) -> str:
    """A column's heading: 'according to' for accordingToLabel."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", column.removesuffix("Label")).lower()


def _plain(term: Any) -> str:
    """A term as one line for people."""
    if term is None:
        return ""
    text = curie(term.value) if isinstance(term, ox.NamedNode) else getattr(term, "value", str(term))
    if _LONG_NUMBER.fullmatch(text) and getattr(term, "datatype", None) == _DECIMAL:
        return f"{float(text):.3f}"
    return one_line(text)


def _markdown(cell: str) -> str:
    return re.sub(r"([\\|`*_<>\[\]])", r"\\\1", cell)


def _aligned(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None, wrap: bool = True
) -> list[str]:
    """Columns side by side, two spaces apart, in lines.

    Where a width is given the widest give way: their cells wrap, or are cut when each row is to be one line.
    """
    lines = [list(head), *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    if width:
        room = width - 2 * (len(head) - 1)
        while sum(widths) > room and max(widths) > 10:
            at = widths.index(max(widths))
            second = max([w for w in widths if w < widths[at]], default=0)
            widths[at] = max(10, second, widths[at] - max(1, sum(widths) - room))
    made = []
    for number, line in enumerate(lines):
        cells = [
            textwrap.wrap(cell, w) or [""] if wrap else [cell if len(cell) <= w else cell[: w - 1] + "…"]
            for cell, w in zip(line, widths, strict=True)
        ]
        for at in range(max(map(len, cells), default=0)):
            parts = [(c[at] if at < len(c) else "").ljust(w) for c, w in zip(cells, widths, strict=True)]
            made.append("  ".join(parts).rstrip())
        if number == 0:
            made.append("  ".join("-" * w for w in widths))
    return made


def _below(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> str:
    """Rows in aligned columns, with what they rest on below them: words and their place, or official files.

    It is given once where rows that follow one another rest on the same.
    """
    words = [head.index(title) for title in ("quote", "statement", "place") if title in head and "quote" in head]
    results = [at for at in range(len(head)) if rows and all(row[at].startswith("id:result/") for row in rows)]
    files = [at for at, title in enumerate(head) if title in _FILES] or results
    if not words and not files:
        return "\n".join(_aligned(head, rows, width)) + "\n"
    beside = [at for at in range(len(head)) if at not in (*words, *files, *results)]
    narrow = None if words else width
    lines = _aligned([head[n] for n in beside], [[row[n] for n in beside] for row in rows], narrow, wrap=False)
    said = [(_joined([row[n] for n in words]), ", ".join(filter(None, (row[n] for n in files)))) for row in rows]
    made = lines[:2]
    for number, line in enumerate(lines[2:]):
        made.append(line)
        if said[number] != (said[number + 1] if number + 1 < len(rows) else None):
            for text in filter(None, said[number]):
                made += textwrap.wrap(
                    text, (width or 100) - 4, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
                )
    return "\n".join(made) + "\n"


_FILES = ("system file", "log folder", "record")


def _joined(words: Sequence[str]) -> str:
    quote, *source = words or [""]
    return " — ".join(filter(None, (quote, ", ".join(filter(None, source))))) if quote else ""


def read_answer(answer: Answer) -> Table | Triples | Truth:
    """What a worker sent, as terms."""
    if answer.kind == "triples":
        return Triples(tuple(q.triple for q in ox.parse(answer.payload, format=ox.RdfFormat.N_TRIPLES)))
    return read_results(ox.parse_query_results(answer.payload, format=ox.QueryResultsFormat.JSON))


def read_results(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Table | Triples | Truth:
    """What a store found, as terms."""
    if isinstance(results, ox.QueryBoolean):
        return Truth(bool(results))
    if isinstance(results, ox.QuerySolutions):
        return Table(tuple(v.value for v in results.variables), tuple(tuple(row) for row in results))
    return Triples(tuple(results))
