"""The ontology's own classes and properties, read from its file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, curie
from kg.resources import folder

_TYPES = {
    PREFIXES["owl"] + name: name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: its definition, an example, the classes above it, where it may stand.

    `type` is 'Class', 'ObjectProperty', 'DatatypeProperty' or 'AnnotationProperty'; `above`, `domain` and `range` are CURIEs.
    """

    iri: str
    type: str
    label: str
    definition: str
    example: str
    note: str
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]

    @property
    def kind(self) -> str:
        """'class' or 'property'."""
        return "class" if self.type == "Class" else "property"

    @property
    def curie(self) -> str:
        """Its short name: 'mlp:minutes'."""
        return curie(self.iri)

    @property
    def name(self) -> str:
        """What follows the '#': 'minutes'."""
        return self.iri.removeprefix(MLP)


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
        type_ = next((_TYPES[t] for t in said[node].get(RDF_TYPE, ()) if t in _TYPES), None)
        if type_:
            above = said[node].get(rdfs + "subClassOf", []) + said[node].get(rdfs + "subPropertyOf", [])
            made.append(Term(
                node, type_, text(node, RDFS_LABEL), text(node, skos + "definition"), text(node, skos + "example"),
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
