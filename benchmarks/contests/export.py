"""Writing a graph that is in memory. The answer is the number of triples, or of nodes and edges."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Step

_PARSED = {"turtle": "TURTLE", "jsonld": "JSON_LD"}


def _kg(quads: str, _triples: str) -> Iterator[Step]:
    import networkx as nx
    import pyoxigraph as ox

    from kg.export import serialize

    loaded = [ox.Quad(*q.triple) for q in ox.parse(path=quads, format=ox.RdfFormat.N_QUADS)]
    for format in ("turtle", "jsonld", "graphml"):
        made: list[bytes] = []
        yield format, lambda f=format, m=made: m.append(serialize(loaded, f))
        if format == "graphml":
            yield "graphml answer", lambda m=made: _size(nx.parse_graphml(m[-1].decode()))
        else:
            yield f"{format} answer", lambda f=format, m=made: _count(m[-1], f)


def _rdflib(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox

    from kg.rdf.rdflib import data_graph

    graph = data_graph(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    for format in ("turtle", "jsonld"):
        made: list[bytes] = []
        name = {"jsonld": "json-ld"}.get(format, format)
        yield format, lambda n=name, m=made: m.append(graph.serialize(format=n).encode())
        yield f"{format} answer", lambda f=format, m=made: _count(m[-1], f)


def _networkx(quads: str, _triples: str) -> Iterator[Step]:
    """The writer of networkx on the finished network: what GraphML costs at least with it."""
    import networkx as nx
    import pyoxigraph as ox

    from kg.export.network import plain, to_networkx

    loaded = (ox.Quad(*q.triple) for q in ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    graph = plain(to_networkx(loaded))
    made: list[bytes] = []

    def write() -> None:
        out = io.BytesIO()
        nx.write_graphml_xml(graph, out)
        made.append(out.getvalue())

    yield "graphml", write
    yield "graphml answer", lambda: _size(nx.parse_graphml(made[-1].decode()))


def _count(data: bytes, format: str) -> int:
    import pyoxigraph as ox

    return len({q.triple for q in ox.parse(data, format=getattr(ox.RdfFormat, _PARSED[format]))})


def _size(graph: Any) -> str:
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


CONTESTANTS = {"kg": _kg, "rdflib": _rdflib, "networkx": _networkx}
TIMES = 3
