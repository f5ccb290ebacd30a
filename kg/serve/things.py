"""What the graph holds of a thing, for its page and as triples: by source, with labels."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, curie
from kg.plain import MEASURED, in_words, measured
from kg.query import describe
from kg.rdf.evidence import words
from kg.rdf.terms import DEFAULT_GRAPH, mlp
from kg.serve.view import Item, href, source_href
from kg.store import Graph

_HIDDEN = {RDF_TYPE, RDFS_LABEL, PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "hiddenLabel"}
_TWICE = {PREFIXES["prov"] + "used", PREFIXES["schema"] + "itemReviewed"}
"""What the graph says in words of its own as well."""

MOST, _TOLD = 12, 40
"""How many values of a property, and facts of statements, a page shows."""


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
    node = ox.NamedNode(iri)
    terms: dict[tuple[Any, str, ox.NamedNode], list[Any]] = defaultdict(list)
    for quad in graph.match(node):
        terms[quad.graph_name, "", quad.predicate].append(quad.object)
    for quad in graph.match(None, None, node):
        terms[quad.graph_name, "← ", quad.predicate].append(quad.subject)
    by_graph: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for (source, mark, predicate), found in terms.items():
        if predicate.value not in (_TWICE if mark else _HIDDEN | _TWICE):
            shown = found[: MOST + 1] if mark else found
            label = f"{mark}{term_words(predicate.value)}"
            by_graph[getattr(source, "value", "")][label] += [item(graph, term) for term in shown]
    return [
        Section(_source(graph, name), "" if "/id/claims/" in name else href(name), tuple(_listed(said)))
        for name, said in sorted(by_graph.items(), key=lambda pair: ("/id/claims/" in pair[0], pair[0]))
    ]


def _source(graph: Graph, name: str) -> str:
    """What a named graph is, in words."""
    if not name:
        return "Vocabulary and sources"
    if "/id/claims/" in name:
        return f"Claims of {label_of(graph, name.replace('/id/claims/', '/id/statement/'))}"
    return "Links between statements and files" if name.endswith("/graph/links") else label_of(graph, name)


def _listed(said: dict[str, list[Item]]) -> list[tuple[str, tuple[Item, ...]]]:
    made = []
    for name, items in sorted(said.items()):
        once = sorted(dict.fromkeys(items), key=lambda item: item.text)
        more = (Item("…"),) if len(once) > MOST else ()
        made.append((name, (*once[:MOST], *more)))
    return made


def first(graph: Graph, subject: str, predicate: str) -> str | None:
    """The least value of a thing's property; None when it has none."""
    return min(graph.values(subject, predicate), default=None)


def instances(graph: Graph, kind: str, source: str | None = None) -> list[str]:
    """The IRIs of the things of a class of the ontology, in the whole graph or in the named graph of a source."""
    at = None if source is None else ox.NamedNode(source)
    return list(dict.fromkeys(graph.subjects(RDF_TYPE, mlp(kind), at)))


def words_of(graph: Graph, node: str) -> tuple[str, int, int] | None:
    """The words that a fact or evidence leads to, with their start and end in the statement; None when it leads to none."""
    return words(node, lambda at, name: first(graph, at, name))


def fact_words(graph: Graph, fact: str) -> str:
    """A fact in words: whose, what, which, with its unit, benchmark and round where it has them."""

    def said(name: str) -> str | None:
        return first(graph, fact, MLP + name)

    thing = said("object")
    amount = {name: value for name in MEASURED if (value := said(name))} if not said("attributeValue") else {}
    what = measured(label_of(graph, thing) if thing else said("value") or "", amount)
    qualifiers = [label_of(graph, of) for name in ("benchmark", "system", "accelerator") if (of := said(name))]
    line = f"{label_of(graph, said('subject') or '')} — {term_words(said('predicate') or '')} — {what}"
    return line + (f" ({', '.join(qualifiers)})" if qualifiers else "")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with its words: `place` is the statement and the page, `href` where they stand in it."""

    fact: str
    quote: str
    restated: bool
    place: str
    href: str


def told(graph: Graph, iri: str) -> tuple[list[Told], int]:
    """What statements assert of a thing, or of its submissions: the first facts, and how many there are."""
    thing = ox.NamedNode(iri)
    nodes = [thing, *map(ox.NamedNode, graph.subjects(MLP + "submitter", thing, DEFAULT_GRAPH))]
    facts = {
        q.subject.value: getattr(q.graph_name, "value", "")
        for node in nodes for role in ("subject", "object")
        for q in graph.match(None, mlp(role), node) if isinstance(q.subject, ox.NamedNode)
    }  # fmt: skip
    made = []
    for fact, statement in sorted(facts.items(), key=lambda pair: (pair[1], pair[0])):
        if place := asserted(graph, fact):
            quote, start, _, page = place
            restated = first(graph, statement, MLP + "restated") == "true"
            where = label_of(graph, statement) + page
            made.append(Told(fact_words(graph, fact), quote, restated, where, source_href(statement, start)))
    return made[:_TOLD], len(made)


def asserted(graph: Graph, fact: str) -> tuple[str, int, int, str] | None:
    """The words of a fact, their start and end, and ', p. 3' where they have a page; None for a fact that is only possible."""
    evidence = first(graph, fact, MLP + "evidence")
    found = words_of(graph, evidence) if evidence else None
    if evidence is None or found is None or first(graph, fact, MLP + "modality"):
        return None
    page = first(graph, evidence, MLP + "page")
    return *found, f", p. {page}" if page else ""


def kind_of(graph: Graph, iri: str) -> str:
    """The class of a thing, in words."""
    types = sorted(graph.values(iri, RDF_TYPE))
    own = [t for t in types if t.startswith(MLP)]
    return term_words((own or types or ["thing"])[0])


def item(graph: Graph, term: Any) -> Item:
    """A term as a page shows it: a thing by its label with a link, evidence by its words."""
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(ID + "evidence/"):
            return _evidence(graph, term.value)
        if term.value.startswith(ID):
            return Item(label_of(graph, term.value), href(term.value))
        return Item(curie(term.value), term.value if term.value.startswith("https://github.com/") else "")
    return Item("" if term is None else str(getattr(term, "value", term)))


def _evidence(graph: Graph, iri: str) -> Item:
    """The words of evidence, which lead to their place in the statement."""
    found = words_of(graph, iri)
    statement = next((getattr(q.graph_name, "value", "") for q in graph.match(ox.NamedNode(iri))), "")
    if found is None or not statement:
        return Item("words of a statement")
    return Item(f"“{found[0]}”", source_href(statement, found[1]))


def label_of(graph: Graph, iri: str) -> str:
    """The label of a thing, in words where it is a fact or a review; its last steps when it has none."""
    said = first(graph, iri, RDFS_LABEL)
    if said is None and iri.startswith(ID + "fact/"):
        return fact_words(graph, iri)
    if said is None and (claim := first(graph, iri, MLP + "reviewed")):
        return f"Review: {label_of(graph, claim)}"
    return said or iri.removeprefix(ID)


def term_words(iri: str) -> str:
    """The last step of an IRI, in words: 'availability category'."""
    return in_words(re.split(r"[#/]", iri)[-1])
