"""The answer of a typed query as a page, for browsers without JavaScript."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.responses import Response

from kg.namespaces import ID, curie
from kg.plain import shown
from kg.query.answer import Table, Triples, Truth
from kg.serve import things
from kg.serve.html import page, rdf
from kg.serve.view import Item, Row, View, href
from kg.store import Graph

MOST = 1000
"""How many rows a page shows."""


def answer_page(graph: Graph, answer: Table | Triples | Truth) -> Response:
    """Rows as a table with the labels of things, a graph as Turtle, yes or no."""
    if isinstance(answer, Truth):
        return page("answer.html", said="Yes." if answer.value else "No.")
    if isinstance(answer, Triples):
        return page("answer.html", said="A graph.", turtle=shown(rdf(answer.triples, "text/turtle").decode()))
    rows = tuple(Row(tuple(_item(graph, term) for term in row), ()) for row in answer.rows[:MOST])
    more = f", the first {MOST:,} are shown" if len(answer) > MOST else ""
    said = f"{len(answer)} row{'s' * (len(answer) != 1)}{more}."
    return page("answer.html", said=said, view=View(answer.columns, rows, answer.columns))


def _item(graph: Graph, term: object) -> Item:
    if isinstance(term, ox.NamedNode):
        text = things.label_of(graph, term.value) if term.value.startswith(ID) else curie(term.value)
        return Item(text, href(term.value))
    return Item("" if term is None else shown(str(getattr(term, "value", term))))
