"""Quads of pyoxigraph as graphs of rdflib, and back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier

_STRING = PREFIXES["xsd"] + "string"
logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # else it prints a traceback for each ill-typed literal


def quads_of(data: Iterable[ox.Quad] | rdflib.Graph) -> Iterable[ox.Quad]:
    """Quads, an Oxigraph store, or an rdflib graph or dataset, as quads of pyoxigraph."""
    if not hasattr(data, "namespace_manager"):
        return data
    rows: Iterable[Any] = data
    return (_quad(*row) for row in rows)


def _quad(subject: Any, predicate: Any, object: Any, graph: Any = None) -> ox.Quad:
    terms: tuple[Any, Any, Any] = (to_oxigraph(subject), to_oxigraph(predicate), to_oxigraph(object))
    named = getattr(graph, "identifier", graph)
    name: Any = to_oxigraph(named) if named else ox.DefaultGraph()
    return ox.Quad(*terms, name)


def data_graph(quads: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """The triples of all graphs in one rdflib memory graph, literals as they are written."""
    import rdflib

    graph = rdflib.Graph()
    known: dict[Any, Identifier] = {}

    def term(value: Any) -> Any:
        if value not in known:
            known[value] = to_rdflib(value)
        return known[value]

    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def to_rdflib(term: Any) -> Identifier:
    """A pyoxigraph term as rdflib's, with the literal's text as it is written."""
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == _STRING else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype, normalize=False)


def to_oxigraph(term: Identifier) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """An rdflib term as pyoxigraph's."""
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _STRING)))
