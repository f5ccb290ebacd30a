"""The ontology as the server shows it: a page made from the file, the file itself, and its terms for the editor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, curie
from kg.resources import folder
from kg.serve.html import RDF, as_rdf, message, page, wanted
from kg.store import Graph

KINDS = {
    PREFIXES["owl"] + "Class": "class",
    PREFIXES["owl"] + "ObjectProperty": "property",
    PREFIXES["owl"] + "DatatypeProperty": "property",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology: its definition, an example, the classes above it, where it may stand."""

    iri: str
    kind: str
    label: str
    definition: str
    example: str
    note: str
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]

    @property
    def curie(self) -> str:
        """Its short name: 'mlp:minutes'."""
        return curie(self.iri)

    @property
    def name(self) -> str:
        """What follows the '#': 'minutes'."""
        return self.iri.removeprefix(MLP)


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


@cache
def triples() -> tuple[ox.Triple, ...]:
    """All that the file says."""
    path = folder("ontology") / "mlperf-kg.ttl"
    return tuple(q.triple for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


@cache
def said_by_file() -> dict[str, dict[str, list[str]]]:
    """The values of each property of each thing; blank nodes begin with '_:'."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples():
        subject, value = (
            str(node) if isinstance(node, ox.BlankNode) else str(getattr(node, "value", node))
            for node in (triple.subject, triple.object)
        )
        said[subject][triple.predicate.value].append(value)
    return said


@cache
def terms() -> tuple[Term, ...]:
    """The ontology's own classes and properties, in the order of the file's kinds and their names."""
    said = said_by_file()
    skos, rdfs = PREFIXES["skos"], PREFIXES["rdfs"]

    def text(node: str, predicate: str) -> str:
        return next(iter(said[node].get(predicate, ())), "")

    made = []
    for node in [n for n in said if n.startswith(MLP)]:
        kind = next((KINDS[t] for t in said[node].get(RDF_TYPE, ()) if t in KINDS), None)
        if kind:
            above = said[node].get(rdfs + "subClassOf", []) + said[node].get(rdfs + "subPropertyOf", [])
            made.append(Term(
                node, kind, text(node, RDFS_LABEL), text(node, skos + "definition"), text(node, skos + "example"),
                text(node, skos + "editorialNote"), tuple(curie(iri) for iri in above if not iri.startswith("_:")),
                *(tuple(map(curie, _members(said, said[node].get(rdfs + way, [])))) for way in ("domain", "range")),
            ))  # fmt: skip
    return tuple(sorted(made, key=lambda t: (t.kind, t.name.lower())))


def _members(said: dict[str, dict[str, list[str]]], nodes: list[str]) -> list[str]:
    """The classes that nodes stand for: themselves, or the members of a union."""
    found: list[str] = []
    for node in nodes:
        rest = next(iter(said[node].get(PREFIXES["owl"] + "unionOf", ())), "")
        if not node.startswith("_:"):
            found.append(node)
        while rest.startswith("_:"):
            found += said[rest][PREFIXES["rdf"] + "first"]
            rest = said[rest][PREFIXES["rdf"] + "rest"][0]
    return found
