"""What a query answers: rows, triples, or yes and no; and how they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import UnknownFormat, UnknownName
from kg.namespaces import PREFIXES
from kg.query.sheet import INTEGER, NUMBERS, Sheet, sheet, sort_key, title

if TYPE_CHECKING:
    from kg.query.worker import Answer  # a canned query needs no worker

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}  # fmt: skip
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE, "json-ld": ox.RdfFormat.JSON_LD, "n-triples": ox.RdfFormat.N_TRIPLES,
    "rdf-xml": ox.RdfFormat.RDF_XML,
}  # fmt: skip
TABLE_FORMATS, GRAPH_FORMATS = ("table", *_RESULTS, "markdown"), tuple(_GRAPHS)


class Table:
    """The rows of a SELECT: RDF terms, None where a variable is unbound.

    A column `system` of IRIs has its labels in a column `systemLabel` beside it.
    """

    __slots__ = ("columns", "rows")

    def __init__(self, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> None:
        self.columns, self.rows = columns, rows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return hash((self.columns, self.rows))

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

    def sheet(self, iris: bool = False, asked: Container[str] = ()) -> Sheet:
        """The rows for people; see `kg.query.sheet`."""
        return sheet(self.columns, self.rows, iris, asked)

    def column(self, name: str) -> str:
        """The column that a name or heading stands for. Raises UnknownName, with those there are."""
        wanted = re.sub(r"[\s_-]", "", name).casefold()
        for column in self.columns:
            if wanted in (column.casefold(), column.removesuffix("Label").casefold()):
                return column
        raise UnknownName("column", name, tuple(dict.fromkeys(title(c) for c in self.columns)))

    def place(self, column: str) -> int:
        """Where the values stand that people read of a column: its labels, if it has them."""
        return self.columns.index(f"{column}Label" if f"{column}Label" in self.columns else column)

    def kind(self, at: int) -> type[int | float | str]:
        """What the values in a place of the rows are: int or float where all are such numbers, else str."""
        datatypes = {getattr(row[at], "datatype", None) for row in self.rows if row[at] is not None}
        if not datatypes or not datatypes <= NUMBERS:
            return str
        return int if datatypes == {INTEGER} else float

    def joined(self, other: Table) -> Table:
        """The rows of two tables, each once, with what it has of the columns of both."""
        columns = tuple(dict.fromkeys((*self.columns, *other.columns)))
        rows = [dict(zip(table.columns, row, strict=True)) for table in (self, other) for row in table.rows]
        return Table(columns, tuple(dict.fromkeys(tuple(row.get(c) for c in columns) for row in rows)))

    def select(self, names: Sequence[str]) -> Table:
        """Only some columns, those of IRIs with their labels. Raises UnknownName for one that is none."""
        chosen = dict.fromkeys(
            c for name in names for c in (self.column(name), self.column(name) + "Label") if c in self.columns
        )
        return self._of([self.columns.index(c) for c in chosen])

    def without(self, names: Iterable[str]) -> Table:
        """All but some columns; with a column of IRIs its labels go, and with labels their column of IRIs."""
        bare = {name.removesuffix("Label") for name in names}
        return self._of([at for at, name in enumerate(self.columns) if name.removesuffix("Label") not in bare])

    def _of(self, places: Sequence[int]) -> Table:
        return Table(
            tuple(self.columns[at] for at in places), tuple(tuple(row[at] for at in places) for row in self.rows)
        )

    def sort(self, name: str) -> Table:
        """The rows by a column, numbers by size; '-name' is the other way round. What is empty comes last.

        Raises UnknownName for a column that is none.
        """
        at = self.place(self.column(name.removeprefix("-")))
        there = [row for row in self.rows if row[at] is not None]
        keys = {term: sort_key(term) for term in {row[at] for row in there}}
        there.sort(key=lambda row: keys[row[at]], reverse=name.startswith("-"))
        return Table(self.columns, (*there, *(row for row in self.rows if row[at] is None)))

    def first(self, count: int | None) -> Table:
        """So many of its rows."""
        return Table(self.columns, self.rows[:count])

    def render(self, format: str = "table", width: int | None = None) -> str:
        """The rows as text: W3C SPARQL results in csv, tsv, json or xml; table or markdown for people.

        For people a thing is shown by its label alone, a column in which no row has anything is left out,
        and quotes, marked where the words are a restatement, and official files are notes below. A table is
        at most `width` characters wide, if given. Raises UnknownFormat for another format.
        """
        if format in _RESULTS:
            return _as_results(results_json(self.columns, self.rows), format)
        if format == "markdown":
            return self.sheet().markdown()
        if format == "table":
            return self.sheet().table(width)
        raise UnknownFormat(format, "rows", TABLE_FORMATS)


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE."""

    __slots__ = ("triples",)

    def __init__(self, triples: tuple[ox.Triple, ...]) -> None:
        self.triples = triples

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


class Truth:
    """The answer of an ASK."""

    __slots__ = ("value",)

    def __init__(self, value: bool) -> None:
        self.value = value

    def __len__(self) -> int:
        return int(self.value)

    def render(self, format: str = "table", width: int | None = None) -> str:
        """'yes' or 'no', or SPARQL results as json, xml, csv or tsv. Raises UnknownFormat for another."""
        if format in _RESULTS:
            return _as_results(json.dumps({"head": {}, "boolean": self.value}).encode(), format)
        if format in ("table", "markdown"):
            return "yes\n" if self.value else "no\n"
        raise UnknownFormat(format, "a yes or no", TABLE_FORMATS)


def _as_results(said: bytes, format: str) -> str:
    """SPARQL results in JSON, in another of their formats."""
    if format != "json":
        results = ox.parse_query_results(said, format=ox.QueryResultsFormat.JSON)
        said = results.serialize(format=_RESULTS[format]) or b""
    text = said.decode()
    return text if text.endswith("\n") else text + "\n"


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


def results_json(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/) of rows of terms.

    >>> results_json(["n"], [[ox.Literal(1)], [None]])
    b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "1", \
"datatype": "http://www.w3.org/2001/XMLSchema#integer"}}, {}]}}'
    """
    bindings = [{name: _term(t) for name, t in zip(columns, row, strict=True) if t is not None} for row in rows]
    said = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(said, ensure_ascii=False).encode()


def _term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    said = {"type": "literal", "value": term.value}
    if term.language:
        said["xml:lang"] = term.language
    elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        said["datatype"] = term.datatype.value
    return said
