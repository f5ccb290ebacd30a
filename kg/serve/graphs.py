"""The graph that is being served: opened again when a build has replaced it, with its pool of workers.

Whoever began with the old graph finishes with it; its workers end when the last of them is done.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryLimit
from kg.namespaces import PREFIXES
from kg.store import Graph, Results, is_url, open_graph
from kg.store.remote import RemoteGraph
from kg.worker import Answer, Limits, Worker, check, results_json


class Pool:
    """A few workers for queries that somebody typed, so that one of them stops no other.

    A graph on a server is asked there, under the server's own limits, and needs none.
    """

    def __init__(self, graph: Graph, size: int, limits: Limits) -> None:
        self._limits = limits
        self._remote = graph if isinstance(graph, RemoteGraph) and graph.remote else None
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._workers = [Worker(graph.store_directory, limits, PREFIXES) for _ in range(0 if self._remote else size)]
        for worker in self._workers:
            self._idle.put(worker)

    def query(self, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> Answer:
        """The answer of a query, by the next worker that is free.

        Raises QueryError, and QueryLimit, of the kind 'busy' when none became free within the time limit.
        """
        if self._remote is not None:
            check(text, self._limits)
            return _answer(self._remote.query(text, union=True, default=default_graphs, named=named_graphs))
        try:
            worker = self._idle.get(timeout=self._limits.seconds)
        except queue.Empty:
            raise QueryLimit("all workers are busy; try again in a few seconds", "busy") from None
        try:
            return worker.query(text, default_graphs=default_graphs, named_graphs=named_graphs)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.close()


def _answer(results: Results) -> Answer:
    """What a server found, as a worker gives it."""
    if isinstance(results, ox.QuerySolutions):
        return Answer("rows", results_json([v.value for v in results.variables], [list(row) for row in results]))
    if isinstance(results, ox.QueryBoolean):
        return Answer("boolean", results.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    return Answer("triples", ox.serialize(results, format=ox.RdfFormat.N_TRIPLES) or b"")


class Served:
    """A graph with its pool, and how many requests are at work with it."""

    def __init__(self, graph: Graph, mark: tuple[int, int], size: int, limits: Limits) -> None:
        self.graph, self.mark = graph, mark
        self.pool = Pool(graph, size, limits)
        self.users = 0


class Graphs:
    """Gives each request the graph of its time."""

    def __init__(self, place: Path | str, limits: Limits, workers: int) -> None:
        self._place = str(place) if is_url(place) else Path(place).absolute()
        self._limits, self._size = limits, workers
        self._lock = threading.Lock()
        self._now = self._open(self._mark())

    @contextlib.contextmanager
    def current(self) -> Iterator[Served]:
        """The graph as it is now, held until the block ends."""
        with self._lock:
            mark = self._mark()
            if mark not in (self._now.mark, (0, 0)):
                old, self._now = self._now, self._open(mark)
                if not old.users:
                    old.pool.close()
            served = self._now
            served.users += 1
        try:
            yield served
        finally:
            with self._lock:
                served.users -= 1
                if served is not self._now and not served.users:
                    served.pool.close()

    def close(self) -> None:
        """End all workers."""
        self._now.pool.close()

    def _open(self, mark: tuple[int, int]) -> Served:
        return Served(open_graph(self._place), mark, self._size, self._limits)

    def _mark(self) -> tuple[int, int]:
        """What tells one build from the next; (0, 0) in the moment in which neither is in place, and on a server."""
        if not isinstance(self._place, Path):
            return 0, 0
        try:
            stat = (self._place / "about.json").stat()
        except OSError:
            return 0, 0
        return stat.st_ino, stat.st_mtime_ns
