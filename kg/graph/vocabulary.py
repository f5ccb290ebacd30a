"""The SKOS vocabularies as part of the graph, with the rounds that are newer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model.statement import Entity
from kg.names.rounds import round_names, round_place
from kg.names.vocabulary import Concept, Vocabulary, read_turtle
from kg.rdf.terms import LABEL, TYPE, in_order, mlp, term


def vocabulary_to_quads(paths: Iterable[Path]) -> list[ox.Quad]:
    """The triples of Turtle files, in the default graph, with an rdfs:label for each skos:prefLabel.

    Raises VocabularyError for a file that cannot be read, is not Turtle or holds a blank node.
    """
    quads: set[ox.Quad] = set()
    for path in paths:
        found = read_turtle(path)
        for quad in found:
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                raise VocabularyError(f"{path}: {quad} has a blank node; give the thing an IRI")
        quads.update(found)
    labels: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[ox.Literal]] = {}
    for quad in quads:
        if quad.predicate == term("skos", "prefLabel") and isinstance(quad.object, ox.Literal):
            labels.setdefault(quad.subject, []).append(quad.object)
    for subject, names in labels.items():
        best = min(names, key=lambda n: (n.language or "", n.value))
        quads.add(ox.Quad(subject, LABEL, ox.Literal(best.value)))
    return in_order(quads)


def new_concepts_to_quads(concepts: Iterable[Concept]) -> list[ox.Quad]:
    """The other names of things that were filed and that no vocabulary has, and the families that they are of."""
    quads = []
    for concept in concepts:
        me = ox.NamedNode(concept.entity.iri)
        others = (name for name in concept.names if name != concept.entity.label)
        quads += [ox.Quad(me, term("skos", "altLabel"), ox.Literal(name)) for name in others]
        quads += [ox.Quad(me, term("skos", "broader"), ox.NamedNode(family)) for family in concept.broader]
    return in_order(quads)


def new_rounds_to_quads(rounds: Iterable[Entity], vocabulary: Vocabulary) -> list[ox.Quad]:
    """The description of rounds that the vocabulary lacks: their names, place and the round before."""
    quads = []
    for mlperf_round in dict.fromkeys(r for r in rounds if r.iri not in vocabulary):
        me, label = ox.NamedNode(mlperf_round.iri), mlperf_round.label
        quads += [
            ox.Quad(me, TYPE, mlp("Round")),
            ox.Quad(me, LABEL, ox.Literal(label)),
            ox.Quad(me, mlp("roundOrder"), ox.Literal(round_place(label))),
            *(ox.Quad(me, term("skos", "altLabel"), ox.Literal(name)) for name in round_names(label)),
        ]
        if label.split()[1] == "Training":
            quads.append(ox.Quad(me, mlp("shortName"), ox.Literal(label.split()[2])))
        if before := vocabulary.round_before(label):
            quads.append(ox.Quad(me, mlp("previousRound"), ox.NamedNode(before.iri)))
    return in_order(quads)
