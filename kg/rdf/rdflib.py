"""RDF files, and quads as the rdflib graph that is validated."""

from __future__ import annotations

import logging
from codecs import BOM_UTF8
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier

_STRING = PREFIXES["xsd"] + "string"


def read_rdf(path: Path) -> list[ox.Quad]:
    """The quads of an RDF file, in the format that its ending names; nothing is fetched.

    Raises InputError, with the line, for a file that cannot be read.
    """
    try:
        content = path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        raise InputError.unreadable(path, error) from error
    format = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
    if format is None:
        raise InputError(f"{path}: its ending names no RDF format; use .ttl, .nt, .nq, .trig, .jsonld or .rdf")
    try:
        if format == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in content:
            raise InputError(f"{path}: XML with a DOCTYPE is not read; write its entities out")
        quads = list(ox.parse(content, format=format, base_iri=path.resolve().as_uri()))
    except MemoryError as error:
        raise InputError(f"{path}: has a term of more than 16 MB, which is not read; shorten it") from error
    except (SyntaxError, ValueError) as error:
        if "LoadDocumentCallback" in str(error):
            raise InputError(
                f"{path}: its @context stands elsewhere, and nothing is fetched; write it into the file"
            ) from error
        line = f"{error.lineno}:" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(f"{path}:{line} {getattr(error, 'msg', error)}") from error
    if any(isinstance(term, ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise InputError(f"{path}: triple terms of RDF 1.2 are not read")
    return quads


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


@cache
def quiet() -> None:
    """Let rdflib print no traceback for each ill-typed literal."""
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def to_rdflib(term: Any) -> Identifier:
    """A pyoxigraph term as rdflib's, with the literal's text as it is written."""
    from rdflib import BNode, Literal, URIRef

    quiet()
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
