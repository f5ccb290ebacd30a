"""The answer of a typed query as a page, for browsers without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox
from starlette.responses import Response

from kg.namespaces import ID, curie
from kg.plain import shown
from kg.query.worker import Answer
from kg.serve import things
from kg.serve.html import page, rdf
from kg.serve.view import Item, Row, View, href
from kg.store import Graph

MOST = 1000
"""How many rows a page shows."""


def answer_page(graph: Graph, answer: Answer) -> Response:
    """Rows as a table with the labels of things, a graph as Turtle, yes or no."""
    if answer.kind == "boolean":
        return page("answer.html", said="Yes." if json.loads(answer.payload)["boolean"] else "No.")
    if answer.kind == "triples":
        return page("answer.html", said="A graph.", turtle=shown(rdf(triples_of(answer), "text/turtle").decode()))
    solutions = ox.parse_query_results(answer.payload, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(v.value for v in solutions.variables)
    rows = [tuple(_item(graph, term) for term in solution) for solution in solutions]
    said = f"{len(rows)} row{'s' * (len(rows) != 1)}" + (
        f", the first {MOST:,} are shown." if len(rows) > MOST else "."
    )
    return page("answer.html", said=said, view=View(columns, tuple(Row(cells, ()) for cells in rows[:MOST]), columns))


def triples_of(answer: Answer) -> Iterator[ox.Triple]:
    """The triples of an answer that is a graph."""
    return (quad.triple for quad in ox.parse(answer.payload, format=ox.RdfFormat.N_TRIPLES))


def _item(graph: Graph, term: object) -> Item:
    if isinstance(term, ox.NamedNode):
        text = things.label_of(graph, term.value) if term.value.startswith(ID) else curie(term.value)
        return Item(text, href(term.value))
    return Item("" if term is None else shown(str(getattr(term, "value", term))))
