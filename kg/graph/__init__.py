"""Facts, sources and vocabularies as RDF quads."""

from kg.graph.facts import fact_iris, facts_to_quads
from kg.graph.terms import in_order
from kg.graph.vocabulary import vocabulary_to_quads

__all__ = ["fact_iris", "facts_to_quads", "in_order", "vocabulary_to_quads"]
