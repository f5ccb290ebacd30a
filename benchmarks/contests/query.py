"""Loading N-Quads, and canned queries: the same SPARQL for every contestant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Step

QUERIES = {
    "not-submitted": {"benchmark": "BERT", "round": "MLPerf Training v2.0"},
    "times-to-train": {"benchmark": "ResNet-50", "below": "5"},
    "largest-systems": {"least": "500", "round": "MLPerf Training v2.0"},
    "facts-about": {"entity": "Brendora 1"},
    "frameworks": {"round": "MLPerf Training v2.0", "framework": "PyTorch"},
    "results": {"benchmark": "BERT", "round": "MLPerf Training v2.0"},
}
"""Canned queries with parameters that leave a small part of the graph."""

PLAIN = """PREFIX mlp: <https://w3id.org/mlperf-kg/ontology#>
SELECT ?p (COUNT(*) AS ?n) WHERE { ?f a mlp:Fact ; mlp:predicate ?p ; mlp:evidence ?e } GROUP BY ?p"""
"""A query over triples alone, for stores without named graphs."""


def _kg(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox

    from kg.query import run
    from kg.store import memory_graph

    found: list[Any] = []
    yield "load", lambda: found.append(memory_graph(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS)))
    graph = found[-1]
    for name, parameters in QUERIES.items():
        run(graph, name, parameters)  # the names of the graph are read once
        yield name, lambda n=name, p=parameters: {tuple(map(_text, row)) for row in run(graph, n, p).rows}
    yield "plain", lambda: {tuple(map(_text, row)) for row in graph.query(PLAIN, union=True)}


def _pyoxigraph(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox

    stores: list[Any] = []

    def load() -> None:
        stores.append(ox.Store())
        stores[-1].bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)

    yield "load", load
    store = stores[-1]
    for name, text in _texts(store):
        yield name, lambda t=text: {tuple(map(_text, row)) for row in store.query(t)}
    yield "plain", lambda: {tuple(map(_text, row)) for row in store.query(PLAIN, use_default_graph_as_union=True)}


def _rdflib(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox
    import rdflib

    dataset = rdflib.Dataset()
    yield "load", lambda: None if len(dataset) else dataset.parse(quads, format="nquads") and None
    store = ox.Store()
    store.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    texts = list(_texts(store))
    del store
    union = rdflib.Graph()
    for s, p, o, _ in dataset.quads():
        union.add((s, p, o))
    yield "plain", lambda: {tuple(map(_text, row)) for row in union.query(PLAIN)}
    for name, text in texts:
        yield name, lambda t=text: {tuple(map(_text, row)) for row in dataset.query(t)}


def _maplib(_quads: str, triples: str) -> Iterator[Step]:
    import maplib

    models: list[Any] = []

    def load() -> None:
        models.append(maplib.Model())
        models[-1].read(triples, format="ntriples")

    yield "load", load
    yield "plain", lambda: {tuple(str(v).strip("<>") for v in row) for row in models[-1].query(PLAIN).iter_rows()}


def _texts(store: Any) -> Iterator[tuple[str, str]]:
    """The SPARQL of the queries, with the parameters filled in."""
    from kg.query import bound
    from kg.store import Graph

    graph = Graph(store, {}, {})
    for name, parameters in QUERIES.items():
        yield name, bound(graph, name, parameters)


def _text(term: Any) -> str:
    return (
        ""
        if term is None
        else str(getattr(term, "value", term))
        if "pyoxigraph" in type(term).__module__
        else str(term)
    )


CONTESTANTS = {"kg": _kg, "pyoxigraph": _pyoxigraph, "rdflib": _rdflib, "maplib": _maplib}
TIMES = 20
STOPPED = tuple(QUERIES)
