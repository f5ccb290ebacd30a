"""The graph that is being served: opened again when a build has replaced it, with its pool of workers.

Whoever began with the old graph finishes with it; its workers end when the last of them is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response

from kg.errors import QueryLimit
from kg.query.answer import Triples, Truth, read_results
from kg.query.text import Limits, check
from kg.query.worker import Answer, Worker
from kg.serve.cache import Cache
from kg.store import Graph, is_url, open_graph

if TYPE_CHECKING:
    from kg.store.remote import RemoteGraph  # a directory does without its packages


class Elsewhere:
    """Typed queries on a graph of another server, which has its own limits."""

    def __init__(self, graph: Graph, limits: Limits) -> None:
        self._graph, self._limits = cast("RemoteGraph", graph), limits

    def query(self, text: str, *, default_graphs: Sequence[str], named_graphs: Sequence[str], base: str) -> Answer:
        """The answer of a query, over the graphs that are chosen. Raises QueryError and QueryLimit."""
        check(text, self._limits)
        found = read_results(self._graph.query(text, union=True, default=default_graphs, named=named_graphs))
        if isinstance(found, Triples):
            return Answer("triples", found.render("n-triples").encode())
        return Answer("boolean" if isinstance(found, Truth) else "rows", found.render("json").encode())

    def close(self) -> None:
        """Nothing is held."""


class Pool:
    """A few workers for queries that somebody typed, so that one of them stops no other."""

    QUEUED, A_CLIENT = 32, 16
    """How many queries may wait for a worker, and how many of one client may wait or run."""

    def __init__(self, graph: Graph, size: int, limits: Limits) -> None:
        self._limits = limits
        self._workers: list[Elsewhere | Worker] = [
            Elsewhere(graph, limits) if graph.remote else Worker(graph.store_directory, limits) for _ in range(size)
        ]
        self._idle = list(self._workers)
        self._free = asyncio.Semaphore(size)
        self._threads = CapacityLimiter(size)
        self._waiting = 0
        self._of_client: Counter[str] = Counter()

    async def query(self, client: str, text: str, default: Sequence[str], named: Sequence[str], base: str) -> Answer:
        """The answer of a query, by the next worker that is free; nothing else waits with it.

        Raises QueryError, and QueryLimit, of the kind 'busy' at once when too many wait, or when none became
        free within the time limit.
        """
        if self._waiting >= self.QUEUED or self._of_client[client] >= self.A_CLIENT:
            raise QueryLimit("too many queries are waiting; try again in a few seconds", "busy")
        self._of_client[client] += 1
        try:
            await self._turn()
            worker = self._idle.pop()
            try:
                work = partial(worker.query, text, default_graphs=default, named_graphs=named, base=base)
                return await to_thread.run_sync(work, limiter=self._threads)
            finally:
                self._idle.append(worker)
                self._free.release()
        finally:
            self._of_client[client] -= 1
            if not self._of_client[client]:
                del self._of_client[client]

    async def _turn(self) -> None:
        """Wait until a worker is free."""
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._free.acquire()
        except TimeoutError:
            raise QueryLimit("all workers are busy; try again in a few seconds", "busy") from None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.close()


class Served:
    """A graph with its pool and the answers given, and how many requests are at work with it."""

    def __init__(self, graph: Graph, mark: tuple[int, int], size: int, limits: Limits) -> None:
        self.graph, self.mark = graph, mark
        self.pool = Pool(graph, size, limits)
        self.cache = Cache[Response](lambda answer: len(answer.body), most=64_000_000, largest=6_400_000)
        self.pending: dict[Hashable, asyncio.Future[Response]] = {}
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
