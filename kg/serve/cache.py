"""What was answered or worked out already: a graph never changes while it is served, so neither does what it gives."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from starlette.responses import Response

from kg.query import Table, bound, run
from kg.store import Graph

T = TypeVar("T")

_KEPT: WeakKeyDictionary[Graph, dict[str, Any]] = WeakKeyDictionary()
_LOCK = threading.RLock()
_MOST = 10_000
"""So many rows of queries are kept for a graph."""


def once(graph: Graph, name: str, work: Callable[[], T]) -> T:
    """What `work` gives, made at the first call for a graph and kept as long as the graph."""
    with _LOCK:
        kept = _KEPT.setdefault(graph, {})
        if name not in kept:
            kept[name] = work()
        made: T = kept[name]
        return made


class Cache(Generic[T]):
    """Answers by their key; the least recently asked for go when there are too many, or they are too large together."""

    def __init__(self, size: Callable[[T], int], most: int, largest: int, entries: int = 2_000) -> None:
        self._size_of, self._most, self._largest, self._entries = size, most, largest, entries
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        """The answer that was given to the same question, if it is still kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, answer: T) -> None:
        """Keep an answer, unless it is too large."""
        size = self._size_of(answer)
        with self._lock:
            if key in self._kept or size > self._largest:
                return
            self._kept[key] = answer
            self._size += size
            while self._size > self._most or len(self._kept) > self._entries:
                self._size -= self._size_of(self._kept.popitem(last=False)[1])


def rows_of(graph: Graph, name: str, parameters: Mapping[str, Sequence[str]]) -> Table:
    """The rows of a canned query, kept for who sorts, filters and turns their pages, and for their chart. Raises what `run` raises."""
    text = bound(graph, name, parameters)
    kept = once(graph, "rows", lambda: Cache[Table](len, most=_MOST, largest=_MOST))
    found = kept.get(text)
    if found is None:
        found = run(graph, name, parameters)
        kept.put(text, found)
    return found


def tagged(response: Response) -> Response:
    """The response with an entity tag of its body (RFC 9110, 8.8.3), to be asked for again before it is used again."""
    response.headers["ETag"] = f'"{hashlib.sha256(response.body).hexdigest()[:20]}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def unchanged(response: Response, if_none_match: str) -> bool:
    """Whether the reader has the response already, as an If-None-Match header tells (RFC 9110, 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or response.headers.get("ETag") in tags
