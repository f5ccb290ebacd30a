"""What was answered or worked out already: a graph never changes while it is served, so neither does what it gives."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar
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


_ROWS: WeakKeyDictionary[Graph, OrderedDict[str, Table]] = WeakKeyDictionary()


def rows_of(graph: Graph, name: str, parameters: Mapping[str, Sequence[str]]) -> Table:
    """The rows of a canned query, kept for who sorts, filters and turns their pages, and for their chart. Raises what `run` raises."""
    text = bound(graph, name, parameters)
    with _LOCK:
        kept = _ROWS.setdefault(graph, OrderedDict())
        found = kept.get(text)
    if found is None:
        found = run(graph, name, parameters)
    with _LOCK:
        kept[text] = found
        kept.move_to_end(text)
        while sum(map(len, kept.values())) > _MOST:
            kept.popitem(last=False)
    return found


class Cache:
    """Answers by their key; the least recently asked for go when there are too many, or too many bytes."""

    def __init__(self, most: int = 64_000_000, entries: int = 2_000) -> None:
        self._most, self._entries = most, entries
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
        """Keep an answer, unless it is larger than a tenth of all that may be kept."""
        with self._lock:
            if key in self._kept or len(response.body) >= self._most // 10:
                return
            self._kept[key] = response
            self._size += len(response.body)
            while self._size > self._most or len(self._kept) > self._entries:
                self._size -= len(self._kept.popitem(last=False)[1].body)


def tagged(response: Response) -> Response:
    """The response with an entity tag of its body (RFC 9110, 8.8.3), to be asked for again before it is used again."""
    response.headers["ETag"] = f'"{hashlib.sha256(response.body).hexdigest()[:20]}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def unchanged(response: Response, if_none_match: str) -> bool:
    """Whether the reader has the response already, as an If-None-Match header tells (RFC 9110, 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or response.headers.get("ETag") in tags
