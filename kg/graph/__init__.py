"""Facts, results, sources and vocabularies as RDF quads."""

from kg.graph.facts import fact_iri, fact_iris, facts_to_quads
from kg.graph.record import inference_to_quads, results_to_quads
from kg.graph.vocabulary import new_concepts_to_quads, new_rounds_to_quads, vocabulary_to_quads

__all__ = [
    "fact_iri", "fact_iris", "facts_to_quads", "inference_to_quads", "new_concepts_to_quads", "new_rounds_to_quads",
    "results_to_quads", "vocabulary_to_quads",
]  # fmt: skip
