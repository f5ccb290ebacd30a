"""Queries that somebody typed, run in a process that can be ended.

Oxigraph has no time-out, no cancellation and no switch for SERVICE, and a deeply nested query can end
its process. So the text is looked at first (`check`), and then runs in a worker process with the store
open for reading, a limit on its memory and no way to open another file or connection; the parent waits
until a deadline. Whatever limit is met is said, never a part of the answer given as the whole.

The parent and the worker speak over pipes: a line of JSON with the query, a line of JSON with the kind
and length of the answer, and the answer. A query costs 0.2 ms on top of itself, a new worker 40 ms.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self

import pyoxigraph as ox

from kg.errors import QueryError, QueryLimit
from kg.namespaces import PREFIXES
from kg.query.answer import results_json
from kg.query.faults import explain
from kg.query.text import Limits, check, names_its_dataset

if TYPE_CHECKING:
    import subprocess


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: SPARQL results in JSON (`rows`, `boolean`), or N-Triples (`triples`)."""

    kind: Literal["rows", "boolean", "triples"]
    payload: bytes


_MAIN = """import json, sys
setup = json.loads(sys.argv[1])
sys.path[:] = setup["path"]
from kg.query.worker import serve
serve(setup)"""


class Worker:
    """A process that answers queries on one store, one at a time, and is replaced when it had to be ended.

    The prefixes of `kg.namespaces` need not be declared.
    Use it as a context manager, or call `close`. It may be used from one thread at a time.
    """

    def __init__(self, store: Path, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._store = store
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()

    def query(
        self,
        text: str,
        *,
        union: bool = True,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Answer:
        """The answer of a SPARQL 1.1 query.

        The default graph is the union of all graphs, unless `union` is off, the query has FROM, or
        `default_graphs` names those to take; `named_graphs` restricts what GRAPH reaches (SPARQL 1.1 Protocol, 2.1.4).
        Relative IRIs resolve against `base`.

        Raises QueryError when the text is refused or does not parse, QueryLimit when a limit was met.
        """
        limits = self.limits
        check(text, limits)
        deadline = time.monotonic() + limits.seconds
        request = {
            "query": text,
            "rows": limits.rows,
            "union": union and not names_its_dataset(text),
            "default": list(default_graphs),
            "named": list(named_graphs),
            "base": base,
        }
        reply: list[tuple[dict[str, Any], bytes]] = []
        try:
            process = self._process = self._process or self._start()

            def exchange() -> None:
                with contextlib.suppress(OSError, ValueError):
                    assert process.stdin is not None
                    assert process.stdout is not None
                    _send(process.stdin, request)
                    reply.append(_receive(process.stdout))

            thread = threading.Thread(target=exchange, daemon=True)
            thread.start()
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                raise QueryLimit(f"the query was stopped after {limits.seconds:g} seconds, its time limit", "time")
            if not reply:
                raise QueryLimit(self._death(), "memory")
        except BaseException:
            self.close()
            raise
        head, payload = reply[0]
        kind = head["kind"]
        if kind in ("rows limit", "memory limit"):
            self.close()  # its memory may have grown to the limit
            raise QueryLimit(payload.decode(), kind.removesuffix(" limit"))
        if kind == "error":
            raise QueryError(payload.decode())
        return Answer(kind, payload)

    def _start(self) -> subprocess.Popen[bytes]:
        """A new worker process. It gets this interpreter's path, so that it finds the same packages."""
        setup = {"path": sys.path, "store": str(self._store), "megabytes": self.limits.megabytes}
        import subprocess  # a canned query, which needs no worker, does without

        return subprocess.Popen(
            [sys.executable, "-I", "-c", _MAIN, json.dumps(setup)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def _death(self) -> str:
        """Why the process ended by itself, as a message."""
        assert self._process is not None
        assert self._process.stderr is not None
        said = self._process.stderr.read().decode(errors="replace")
        if "memory" in said or "bad_alloc" in said:
            return f"the query was stopped at {self.limits.megabytes:,} MB of memory, its limit"
        code = self._process.wait()
        if code == -signal.SIGSEGV or "overflow" in said:
            return "the query was stopped, because it is nested too deeply"
        raise QueryError(f"the query ended its process with {code}; {said.strip()[-300:]}")


def _send(pipe: BinaryIO | Any, head: Mapping[str, Any], payload: bytes = b"") -> None:
    pipe.write(json.dumps(head).encode() + b"\n" + payload)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> tuple[dict[str, Any], bytes]:
    """The next message; raises ValueError when the other side is gone."""
    head = json.loads(pipe.readline())
    length = head.get("length", 0)
    payload = pipe.read(length)
    if len(payload) < length:
        raise ValueError("the message is cut short")
    return head, payload


def serve(setup: Mapping[str, Any]) -> None:
    """The worker's own part: answer the queries of standard input until it closes."""
    store = ox.Store.read_only(setup["store"])
    _confine(setup["megabytes"])
    pipe = sys.stdout.buffer
    while line := sys.stdin.buffer.readline():
        kind, payload = _answer(store, json.loads(line))
        _send(pipe, {"kind": kind, "length": len(payload)}, payload)


def _answer(store: ox.Store, request: Mapping[str, Any]) -> tuple[str, bytes]:
    """The kind and text of the answer to one request."""
    most = request["rows"]
    try:
        default: list[Any] = [ox.NamedNode(g) for g in request["default"]]
        named: list[Any] = [ox.NamedNode(g) for g in request["named"]]
        results = store.query(
            request["query"],
            base_iri=request["base"],
            prefixes=PREFIXES,
            use_default_graph_as_union=request["union"] and not default,
            default_graph=default or None,
            named_graphs=named or None,
        )
        if isinstance(results, ox.QueryBoolean):
            return "boolean", results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if isinstance(results, ox.QueryTriples):
            triples = list(islice(results, most + 1))
            if len(triples) > most:
                return "rows limit", f"the query has more than {most:,} triples, its limit".encode()
            return "triples", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        rows = [list(row) for row in islice(results, most + 1)]
        if len(rows) > most:
            return "rows limit", f"the query has more than {most:,} rows, its limit; add LIMIT to it".encode()
        return "rows", results_json([v.value for v in results.variables], rows)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        return "error", explain(error, request["query"], PREFIXES).encode()
    except MemoryError:
        return "memory limit", b"the query was stopped at its memory limit"


def _confine(megabytes: int) -> None:
    """Limit this process's memory, and let it open nothing more: no file, no connection (POSIX only)."""
    try:
        import resource
    except ImportError:
        return
    os.nice(10)  # whoever only reads pages does not wait for it
    used = 0
    with contextlib.suppress(OSError), Path("/proc/self/statm").open() as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    spare = os.dup(0)
    os.close(spare)
    for what, most in (
        (resource.RLIMIT_AS, used + megabytes * 1_000_000),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, spare),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))
