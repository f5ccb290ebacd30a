"""The things of a graph and the relations between them, with the words each relation rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.files import csv_text
from kg.namespaces import PREFIXES, RDF_TYPE, curie
from kg.plain import shown
from kg.rdf.evidence import words

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(quads: Iterable[ox.Quad]) -> nx.MultiDiGraph[str]:
    """The things of a graph, and the direct relations and families (`broader`) between them.

    Nodes are IRIs with `type`, `label` and `literals` (name to values); edges have `predicate` and `evidence`, a
    list of dictionaries with quote, start, end, statement, restated and qualifiers.
    """
    import networkx as nx

    index = _Index(quads)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted(index.types):
        label, literals = index.labels.get(iri, curie(iri)), index.literals.get(iri, {})
        graph.add_node(iri, type=index.types[iri], label=label, literals=dict(literals))
    for subject, predicate, target in sorted(index.relations):
        if subject in index.types and target in index.types:
            evidence = index.evidence_of(subject, predicate, target)
            graph.add_edge(subject, target, key=predicate, predicate=predicate, evidence=evidence)
    return graph


def _name(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return "_:" + term.value if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


_MLP, _OA, _LABEL = PREFIXES["mlp"], PREFIXES["oa"], PREFIXES["rdfs"] + "label"
_BROADER = PREFIXES["skos"] + "broader"
_NO_THINGS = {"Fact", "Evidence", "Statement", "Document"}


class _Index:
    """What `to_networkx` needs of a graph, gathered in one pass."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.types: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.literals: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.relations: set[tuple[str, str, str]] = set()
        self._facts: dict[str, dict[str, list[str]]] = {}
        self._graph_of: dict[str, str] = {}
        self._links: dict[tuple[str, str], str] = {}
        self._restated: dict[str, bool] = {}
        self._by_triple: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        said: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for quad in quads:
            self._take(quad, said)
        for subject, pairs in said.items():
            if subject in self._facts:
                self._fact(subject, pairs)
            else:
                self._direct(subject, pairs)
        for literals in self.literals.values():
            for values in literals.values():
                values.sort()

    def _take(self, quad: ox.Quad, said: dict[str, list[tuple[str, Any]]]) -> None:
        """Keep what a quad says; what the ontology's own properties say goes to `said`, by its subject."""
        subject, predicate, text = _name(quad.subject), quad.predicate.value, getattr(quad.object, "value", "")
        if predicate == RDF_TYPE:
            kind = text.removeprefix(_MLP)
            if kind == "Fact":
                self._facts[subject] = defaultdict(list)
                self._graph_of[subject] = getattr(quad.graph_name, "value", "")
            elif kind != text and kind not in _NO_THINGS:
                self.types[subject] = kind
        elif predicate == _LABEL:
            self.labels[subject] = text
        elif predicate.startswith(_OA):
            self._links[subject, predicate] = text
        elif predicate == _MLP + "restated":
            self._restated[subject] = text == "true"
        elif predicate == _BROADER:
            self.relations.add((subject, "broader", text))
        elif predicate.startswith(_MLP):
            said[subject].append((predicate[len(_MLP) :], quad.object))

    def _direct(self, subject: str, pairs: list[tuple[str, Any]]) -> None:
        for name, value in pairs:
            if isinstance(value, ox.NamedNode):
                self.relations.add((subject, name, value.value))
            else:
                self.literals[subject][name].append(getattr(value, "value", ""))

    def _fact(self, fact: str, pairs: list[tuple[str, Any]]) -> None:
        said = self._facts[fact]
        for name, value in pairs:
            said[name].append(getattr(value, "value", ""))
        if not {"subject", "predicate"} <= said.keys():
            return
        subject, predicate = said["subject"][0], said["predicate"][0].removeprefix(_MLP)
        if said.get("object"):
            self._by_triple[subject, predicate, said["object"][0]].append(fact)
        elif said.get("value"):
            self.literals[subject][predicate].append(" ".join([said["value"][0], *said.get("unit", [])]))

    def evidence_of(self, subject: str, predicate: str, target: str) -> list[dict[str, Any]]:
        """The words that a direct triple rests on."""
        found = []
        for fact in sorted(self._by_triple.get((subject, predicate, target), [])):
            said, statement = self._facts[fact], self._graph_of[fact]
            place = words(said["evidence"][0], lambda node, name: self._links.get((node, name)))
            quote, start, end = place or ("", 0, 0)
            qualifiers = {
                name: ", ".join(self.labels.get(v, v) for v in values)
                for name, values in sorted(said.items())
                if name not in ("subject", "predicate", "object", "evidence")
            }
            found.append({
                "quote": quote, "start": start, "end": end, "statement": self.labels.get(statement, statement),
                "restated": self._restated.get(statement, False), "qualifiers": qualifiers,
            })  # fmt: skip
        return found


_NUMBERS: dict[str, tuple[str, type[int | float]]] = {
    "minutes": ("minutes", float),
    "accelerators": ("acceleratorCount", int),
    "nodes": ("nodeCount", int),
}
"""The numbers of a result or filed system that stand alone, with the properties that they are values of."""


def plain(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph with values that GraphML and GEXF can hold: texts and numbers.

    The minutes and accelerators of a result are numbers of their own, so that a tool can size by them.
    """
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        literals = "; ".join(f"{name}: {', '.join(values)}" for name, values in sorted(data["literals"].items()))
        numbers = {
            name: number(data["literals"][source][0])
            for name, (source, number) in _NUMBERS.items() if len(data["literals"].get(source, ())) == 1
        }  # fmt: skip
        made.add_node(shown(node), type=data["type"], label=shown(data["label"]), literals=shown(literals), **numbers)
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        made.add_edge(
            shown(source), shown(target), key=str(number), predicate=data["predicate"],
            quotes=shown(" | ".join(e["quote"] for e in data["evidence"])), facts=len(data["evidence"]),
        )  # fmt: skip
    return made


def to_csv(quads: Iterable[ox.Quad]) -> tuple[str, str]:
    """The things and the relations as two CSV texts with a head line each."""
    graph = to_networkx(quads)
    nodes = csv_text(("iri", "type", "label"), ((n, d["type"], d["label"]) for n, d in graph.nodes(data=True)))
    evidence = ("quote", "start", "end", "statement", "restated")

    def edges() -> Iterator[list[Any]]:
        for source, target, data in graph.edges(data=True):
            for e in data["evidence"] or [{}]:
                yield [source, data["predicate"], target, *(e.get(name, "") for name in evidence)]

    return nodes, csv_text(("source", "predicate", "target", *evidence), edges())
