"""Where words stand: the page of a document that has pages, beside the words of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from kg.namespaces import ID, iri
from kg.query.answer import Table
from kg.rdf.terms import mlp
from kg.store import Graph

_PLACE = ("statement", "start", "end")


def with_pages(graph: Graph, table: Table) -> Table:
    """A table of words with the column `pageNumber` (integers, from 1); the same table where no document has pages."""
    if not {"quote", *_PLACE} <= set(table.columns):
        return table
    pages = {q.subject: q.object for q in graph.match(None, mlp("page"))}
    if not pages:
        return table
    columns = [table.columns.index(name) for name in _PLACE]

    def page(row: Sequence[Any]) -> Any:
        statement, start, end = (getattr(row[at], "value", "") for at in columns)
        document = statement.removeprefix(f"{ID}statement/").partition("/")[0]
        return pages.get(ox.NamedNode(iri("evidence", document, f"{start}-{end}")))

    return Table((*table.columns, "pageNumber"), tuple((*row, page(row)) for row in table.rows))
