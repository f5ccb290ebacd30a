"""Which rounds of a benchmark may be compared, by the spans of the vocabulary."""

from __future__ import annotations

from kg.namespaces import MLP, RDFS_LABEL
from kg.rdf.terms import DEFAULT_GRAPH
from kg.store import Graph


def comparable(graph: Graph, benchmark: str, first: str, second: str) -> bool:
    """Whether the results of a benchmark in two rounds (IRIs) may be compared: a span holds both, or both are one.

    The rules are MLCommons' compatibility table, in `ontology/vocabulary/benchmarks.ttl`. What the vocabulary
    does not say may not be compared.
    """
    return first == second or any({first, second} <= rounds for rounds in _spans(graph, benchmark).values())


def why_not_comparable(graph: Graph, benchmark: str, first: str, second: str) -> str:
    """Why two rounds (IRIs) may not be compared on a benchmark, in one sentence; '' when they may.

    The sentence names the spans of both rounds, and what parted them where the vocabulary says it.
    """
    if comparable(graph, benchmark, first, second):
        return ""
    spans = _spans(graph, benchmark)
    found = [next((s for s, rounds in spans.items() if of in rounds), "") for of in (first, second)]
    silent = [_label(graph, of) for of, span in zip((first, second), found, strict=True) if not span]
    if silent:
        return f"nothing says with which rounds {_label(graph, benchmark)} of {' and '.join(silent)} may be compared"

    def order(span: str) -> int:
        orders = (next(map(int, graph.values(of, MLP + "roundOrder", DEFAULT_GRAPH)), 0) for of in spans[span])
        return min(orders)

    later = sorted(found, key=order)
    reasons = "; ".join(reason for span in later[1:] for reason in graph.values(span, MLP + "reason", DEFAULT_GRAPH))
    labels = " and ".join(_label(graph, span) for span in later)
    return f"{labels} may not be compared" + (f": {reasons}" if reasons else "")


def _spans(graph: Graph, benchmark: str) -> dict[str, set[str]]:
    """The rounds of each span of a benchmark, as IRIs."""
    return {
        span: set(graph.values(span, MLP + "spansRound", DEFAULT_GRAPH))
        for span in graph.values(benchmark, MLP + "span", DEFAULT_GRAPH)
    }


def _label(graph: Graph, iri: str) -> str:
    return next(graph.values(iri, RDFS_LABEL, DEFAULT_GRAPH), iri)
