"""The graph that is being served: opened again when a build has replaced it, with its pool of workers.

Whoever began with the old graph finishes with it; its workers end when the last of them is done.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
from starlette.responses import Response

from kg.errors import QueryLimit
from kg.namespaces import PREFIXES
from kg.query.text import Limits, check
from kg.query.worker import Answer, Worker, results_json
from kg.store import Graph, is_url, open_graph
from kg.store.remote import RemoteGraph


class Elsewhere:
    """Typed queries on a graph of another server, which has its own limits."""

    def __init__(self, graph: RemoteGraph, limits: Limits) -> None:
        self._graph, self._limits = graph, limits

    def query(self, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> Answer:
        """The answer of a query, over the graphs that are chosen. Raises QueryError and QueryLimit."""
        check(text, self._limits)
        results = self._graph.query(text, union=True, default=default_graphs, named=named_graphs)
        if isinstance(results, ox.QueryBoolean):
            said = {"head": {}, "boolean": bool(results)}
            return Answer("boolean", json.dumps(said).encode())
        if isinstance(results, ox.QueryTriples):
            return Answer("triples", ox.serialize(results, format=ox.RdfFormat.N_TRIPLES) or b"")
        columns = [v.value for v in results.variables]
        return Answer("rows", results_json(columns, [list(row) for row in results]))

    def close(self) -> None:
        """Nothing is held."""


class Pool:
    """A few workers for queries that somebody typed, so that one of them stops no other."""

    def __init__(self, graph: Graph, size: int, limits: Limits) -> None:
        self._limits = limits
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._workers = [Worker(graph.store_directory, limits, PREFIXES) for _ in range(size)]
        for worker in self._workers:
            self._idle.put(worker)

    def query(self, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> Answer:
        """The answer of a query, by the next worker that is free.

        Raises QueryError, and QueryLimit, of the kind 'busy' when none became free within the time limit.
        """
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


class Cache:
    """What was answered already: a graph never changes while it is served, so neither does a page of it.

    The least recently asked for go when there are more than `MOST` bytes.
    """

    MOST = 64_000_000

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Response] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Response | None:
        """The answer that was given to the same question, if it is still kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, response: Response) -> None:
        """Keep an answer."""
        with self._lock:
            if key not in self._kept and len(response.body) < self.MOST // 10:
                self._kept[key] = response
                self._size += len(response.body)
                while self._size > self.MOST:
                    self._size -= len(self._kept.popitem(last=False)[1].body)


class Served:
    """A graph with its pool and the answers given, and how many requests are at work with it."""

    def __init__(self, graph: Graph, mark: tuple[int, int], size: int, limits: Limits) -> None:
        self.graph, self.mark = graph, mark
        self.pool = Elsewhere(graph, limits) if isinstance(graph, RemoteGraph) else Pool(graph, size, limits)
        self.cache = Cache()
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
        """What tells one build from the next; (0, 0) in the moment in which neither is in place."""
        if isinstance(self._place, str):
            return 1, 0
        try:
            stat = (self._place / "about.json").stat()
        except OSError:
            return 0, 0
        return stat.st_ino, stat.st_mtime_ns
