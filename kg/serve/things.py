"""What the graph holds of a thing, for its page and as triples: by source, with labels."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, curie
from kg.plain import shown
from kg.query import describe, run
from kg.serve.view import Item, View, href, view
from kg.store import Graph

_HIDDEN = {RDF_TYPE, RDFS_LABEL, PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "hiddenLabel"}
MOST = 12


@dataclass(frozen=True, slots=True)
class Section:
    """What one source says: the properties with their values."""

    title: str
    href: str
    properties: tuple[tuple[str, tuple[Item, ...]], ...]


def triples(graph: Graph, iri: str) -> list[ox.Triple]:
    """The triples about a thing; for an entity with the facts and words that name it. [] when there are none."""
    node = ox.NamedNode(iri)
    try:
        found = set(describe(graph, iri).triples.triples)
    except KgError:
        found = set()
    return sorted({*found, *(q.triple for q in graph.match(node))}, key=str)


def sections(graph: Graph, iri: str) -> list[Section]:
    """The properties of a thing and what points to it, by the graph they stand in."""
    by_graph: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    node = ox.NamedNode(iri)
    for quad in graph.match(node):
        if quad.predicate.value not in _HIDDEN:
            name = getattr(quad.graph_name, "value", "")
            by_graph[name][words(quad.predicate.value)].append(_item(graph, quad.object))
    for quad in graph.match(None, None, node):
        name = getattr(quad.graph_name, "value", "")
        label = f"← {words(quad.predicate.value)}"
        if isinstance(quad.subject, ox.NamedNode) and len(by_graph[name][label]) <= MOST:
            by_graph[name][label].append(_item(graph, quad.subject))
    return [
        Section(_source(graph, name), "" if "/id/claims/" in name else href(name), tuple(_listed(said)))
        for name, said in sorted(by_graph.items())
    ]


def _source(graph: Graph, name: str) -> str:
    """What a named graph is, in words."""
    if not name:
        return "Vocabulary and sources"
    if "/id/claims/" in name:
        return f"Claims of {_label(graph, name.replace('/id/claims/', '/id/statement/'))}"
    return "Links between statements and files" if name.endswith("/graph/links") else _label(graph, name)


def _listed(said: dict[str, list[Item]]) -> list[tuple[str, tuple[Item, ...]]]:
    made = []
    for name, items in sorted(said.items()):
        once = sorted(dict.fromkeys(items), key=lambda item: item.text)
        more = (Item("…"),) if len(once) > MOST else ()
        made.append((name, (*once[:MOST], *more)))
    return made


def facts(graph: Graph, iri: str) -> View | None:
    """The facts that name an entity, with their words; None for a thing that is no entity."""
    try:
        table = run(graph, "facts-about", {"entity": iri})
    except KgError:
        return None
    return view(table) if table.rows else None


def kind_of(graph: Graph, iri: str) -> str:
    """The class of a thing, in words."""
    found = graph.match(ox.NamedNode(iri), ox.NamedNode(RDF_TYPE))
    types = sorted(q.object.value for q in found if isinstance(q.object, ox.NamedNode))
    own = [t for t in types if t.startswith(MLP)]
    return words((own or types or ["thing"])[0])


def label_of(graph: Graph, iri: str) -> str:
    """The label of a thing; its last step when it has none."""
    return _label(graph, iri)


def _item(graph: Graph, term: Any) -> Item:
    if isinstance(term, ox.NamedNode):
        known = term.value.startswith(ID)
        return Item(
            _label(graph, term.value) if known else curie(term.value), href(term.value) or _web(term.value)
        )
    return Item(shown(term.value))


def _web(iri: str) -> str:
    return iri if iri.startswith("https://github.com/") else ""


def _label(graph: Graph, iri: str) -> str:
    found = graph.match(ox.NamedNode(iri), ox.NamedNode(RDFS_LABEL))
    labels = sorted(q.object.value for q in found if isinstance(q.object, ox.Literal))
    return shown(labels[0]) if labels else iri.removeprefix(ID)


def words(iri: str) -> str:
    """The last step of an IRI, in words: 'availability category'."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[#/]", iri)[-1]).lower()
