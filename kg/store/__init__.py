"""Where a graph is kept: in a directory, in memory, or on a SPARQL 1.1 server, behind the same few methods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import needed
from kg.store import directory
from kg.store.directory import FORMAT, Graph, Results, is_graph, memory_graph

__all__ = ["FORMAT", "Graph", "Results", "is_graph", "is_url", "memory_graph", "open_graph", "write_graph"]


def is_url(place: Path | str) -> bool:
    """Whether a graph's place is the address of a server."""
    return str(place).lower().startswith(("http://", "https://"))


def open_graph(place: Path | str) -> Graph:
    """The graph in a directory or behind the URL of a SPARQL 1.1 endpoint, for reading only.

    Raises GraphError, which says what to do, when there is none or when another version wrote it, and MissingExtra
    for a URL when httpx is not installed.
    """
    if is_url(place):
        opened: Graph = _remote().RemoteGraph(str(place))
        return opened
    return directory.open_graph(place)


def write_graph(
    place: Path | str,
    quads: Iterable[ox.Quad],
    sources: Mapping[str, str],
    quarantine: Iterable[ox.Quad] = (),
    about: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    *,
    graph_store: str | None = None,
) -> None:
    """Write a graph in place of the one that is there: `kg.store.directory` and `kg.store.remote` say how.

    `graph_store` is the URL of the server's Graph Store Protocol, which a graph on a server needs.
    """
    if is_url(place):
        _remote().replace_graph(str(place), graph_store, quads, sources, about or {})
    else:
        directory.write_graph(place, quads, sources, quarantine, about, files)


def _remote() -> Any:
    return needed("kg.store.remote", "remote", "graphs on a server")
