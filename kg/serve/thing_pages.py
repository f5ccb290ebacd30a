"""Pages of things: what the graph knows of one, and of two side by side."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.export import to_jsonld
from kg.namespaces import ID, PREFIXES
from kg.serve import things
from kg.serve.html import RDF, message, page, wanted
from kg.store import Graph


def entity(request: Request, graph: Graph) -> Response:
    """A thing with an IRI under `/id/`: a page, or its triples."""
    try:
        iri = ox.NamedNode(ID + quote(request.path_params["path"], safe="/.:+~-_")).value
    except ValueError:
        return message(404, "No such thing", "This is not the address of a thing.")
    kind = wanted(request, ["text/html", *RDF])
    if kind != "text/html":
        found = things.triples(graph, iri)
        if not found:
            return PlainTextResponse(f"nothing is known of {iri}\n", 404)
        if kind == "application/ld+json":
            return Response(to_jsonld(ox.Quad(*triple) for triple in found), headers={"Content-Type": kind, "Vary": "Accept"})
        body = ox.serialize(found, format=RDF[kind], prefixes=None if kind.endswith("triples") else PREFIXES)
        return Response(body or b"", headers={"Content-Type": kind, "Vary": "Accept"})
    parts = things.sections(graph, iri)
    if not parts:
        return message(404, "No such thing", f"Nothing is known of {iri}.")
    return page(
        "entity.html", iri=iri, label=things.label_of(graph, iri), kind=things.kind_of(graph, iri), sections=parts,
        facts=things.facts(graph, iri),
    )  # fmt: skip
