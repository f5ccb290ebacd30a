"""The sources of a graph in RDF: documents, statements and the originals of restatements.

Follows PROV-O (https://www.w3.org/TR/prov-o/), DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) and
Dublin Core. All of it stands in the default graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.statement import Document, Entity, Evidence, Origin, Span, Statement
from kg.namespaces import XSD, iri
from kg.rdf.evidence import selector_quads
from kg.rdf.terms import LABEL, TYPE, literal, mlp, term
from kg.read.text import blanked

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def statement_quads(statement: Statement) -> Iterator[ox.Quad]:
    """A statement, and the document it is part of; a joint one is by a collaboration of organizations."""
    document, node = statement.document, ox.NamedNode(statement.iri)
    yield ox.Quad(node, TYPE, mlp("Statement"))
    yield ox.Quad(node, LABEL, ox.Literal(f"{statement.organization.label} on {statement.round.label}"))
    yield ox.Quad(node, term("dct", "isPartOf"), document_node(document))
    yield ox.Quad(node, mlp("round"), ox.NamedNode(statement.round.iri))
    speaker = ox.NamedNode(statement.organization.iri)
    yield ox.Quad(node, term("prov", "wasAttributedTo"), speaker)
    for member in statement.speakers:
        yield ox.Quad(speaker, TYPE, term("org", "OrganizationalCollaboration"))
        yield ox.Quad(speaker, term("org", "hasMember"), ox.NamedNode(member.iri))
    yield ox.Quad(node, mlp("restated"), literal(document.origin is not None))
    text, base = statement.text, statement.body.start
    unread = (s for s in document.unread if s.overlaps(statement.body))
    said = blanked(text, (Span(max(0, s.start - base), s.end - base) for s in unread))
    if said.strip():
        yield from selector_quads(Evidence(statement.body, said), node, ox.NamedNode(f"{node.value}/selector"))
    yield from document_quads(document, statement.round)


def document_node(document: Document) -> ox.NamedNode:
    """The IRI of a document."""
    return ox.NamedNode(iri("document", document.key))


def document_quads(document: Document, mlperf_round: Entity) -> Iterator[ox.Quad]:
    """A document of a round and, when it is a restatement, the original that it restates."""
    node = document_node(document)
    yield ox.Quad(node, TYPE, mlp("Document"))
    yield ox.Quad(node, LABEL, ox.Literal(document.title or document.key))
    yield ox.Quad(node, mlp("round"), ox.NamedNode(mlperf_round.iri))
    if document.sha256:
        yield ox.Quad(node, mlp("sha256"), ox.Literal(document.sha256))
    if document.source:
        yield ox.Quad(node, term("dct", "source"), ox.Literal(document.source))
    if re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", document.media_type):
        yield ox.Quad(node, term("dcat", "mediaType"), ox.NamedNode(_MEDIA_TYPES + document.media_type))
    if document.origin:
        origin = ox.NamedNode(node.value + "/origin")
        yield ox.Quad(node, term("prov", "wasDerivedFrom"), origin)
        yield from _origin_quads(origin, document.origin, document.key)


def _origin_quads(node: ox.NamedNode, origin: Origin, key: str) -> Iterator[ox.Quad]:
    yield ox.Quad(node, TYPE, mlp("Document"))
    yield ox.Quad(node, LABEL, ox.Literal(origin.title or f"the original of {key}"))
    if origin.publisher:
        publisher = ox.NamedNode(iri("publisher", origin.publisher))
        yield ox.Quad(node, term("dct", "publisher"), publisher)
        yield ox.Quad(publisher, TYPE, term("prov", "Organization"))
        yield ox.Quad(publisher, LABEL, ox.Literal(origin.publisher))
    if origin.date:
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", origin.date)
        datatype = ox.NamedNode(XSD + ("date" if day else "string"))
        yield ox.Quad(node, term("dct", "issued"), ox.Literal(origin.date, datatype=datatype))
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", origin.url):
        yield ox.Quad(node, term("dcat", "landingPage"), ox.NamedNode(origin.url))
    elif origin.url:
        yield ox.Quad(node, term("dct", "identifier"), ox.Literal(origin.url))
