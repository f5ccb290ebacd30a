"""The SKOS vocabularies as part of the graph."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.rdf.terms import LABEL, in_order, term


def vocabulary_to_quads(paths: Iterable[Path]) -> list[ox.Quad]:
    """The triples of Turtle files, in the default graph, with an rdfs:label for each skos:prefLabel.

    Raises VocabularyError for a file that cannot be read, is not Turtle or holds a blank node.
    """
    quads: set[ox.Quad] = set()
    for path in paths:
        try:
            found = list(ox.parse(path.read_bytes().removeprefix(BOM_UTF8), format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise VocabularyError(f"{path}: {error}; give a Turtle file of SKOS concepts") from error
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
