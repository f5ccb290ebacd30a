"""The ontology as the server shows it: a page made from the file, or the file itself."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.names.ontology import said_by_file, terms, triples
from kg.namespaces import MLP, PREFIXES
from kg.serve.html import RDF, as_rdf, message, page, wanted
from kg.store import Graph


def ontology(request: Request, graph: Graph) -> Response:
    """What the IRIs of the ontology lead to: a page with a place for each term, or the triples of the file."""
    header = MLP.removesuffix("#")
    said = said_by_file()[header]
    (version,) = said[PREFIXES["owl"] + "versionInfo"]
    if request.path_params.get("version", version) != version:
        return message(404, "No such version", f"This server has version {version} of the ontology.")
    kind = wanted(request, ["text/html", *RDF])
    if kind != "text/html":
        return as_rdf(triples(), kind)
    classes = [t for t in terms() if t.kind == "class"]
    uses = {c.curie: [t for t in terms() if c.curie in t.domain] for c in classes}
    return page(
        "ontology.html", iri=header, version=version, about=said[PREFIXES["dct"] + "description"][0],
        rule=said[PREFIXES["rdfs"] + "comment"][0], classes=classes, properties=[t for t in terms() if t.kind == "property"], uses=uses,
    )  # fmt: skip
