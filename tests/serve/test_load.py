"""The server under load, and what it gives to those who have it already."""

import asyncio
import threading
import time
from types import SimpleNamespace

import httpx
import pytest
from starlette.responses import Response

from kg.errors import QueryLimit
from kg.query import run
from kg.query.text import Limits
from kg.serve import cache as kept
from kg.serve import guard
from kg.serve.cache import Cache, once, rows_of
from kg.serve.graphs import Pool
from kg.store import memory_graph

from .conftest import Server

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class Waiting:
    """A worker that answers when it is told to."""

    def __init__(self):
        self.go = threading.Event()

    def query(self, text, **_):
        assert self.go.wait(20)
        return text

    def close(self):
        pass


def pool(size, seconds=20.0):
    made = Pool(SimpleNamespace(store_directory="nowhere", remote=False), size, Limits(seconds=seconds))  # type: ignore[arg-type]
    made._workers = made._idle = [Waiting() for _ in range(size)]  # type: ignore[misc]
    return made, list(made._workers)


def ask(made, client, text="q"):
    return asyncio.ensure_future(made.query(client, text, (), (), ""))


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


def test_one_client_cannot_take_every_place(monkeypatch):
    monkeypatch.setattr(Pool, "A_CLIENT", 3)

    async def scene():
        made, workers = pool(2)
        greedy = [ask(made, "greedy", str(n)) for n in range(4)]
        other = ask(made, "other", "mine")
        await settle()
        assert greedy[3].done()
        assert isinstance(greedy[3].exception(), QueryLimit)
        assert not other.done()
        for worker in workers:
            worker.go.set()
        assert await other == "mine"
        assert await asyncio.gather(*greedy[:3]) == ["0", "1", "2"]
        assert made._of_client == {}
        assert await ask(made, "greedy", "again") == "again"

    asyncio.run(scene())


def test_the_queue_has_an_end_and_says_so_at_once(monkeypatch):
    monkeypatch.setattr(Pool, "QUEUED", 2)

    async def scene():
        made, workers = pool(1)
        waiting = [ask(made, f"client {n}", str(n)) for n in range(3)]
        await settle()
        with pytest.raises(QueryLimit, match="waiting") as told:
            await made.query("late", "q", (), (), "")
        assert told.value.kind == "busy"
        workers[0].go.set()
        assert await asyncio.gather(*waiting) == ["0", "1", "2"]

    asyncio.run(scene())


def test_who_waits_too_long_is_told():
    async def scene():
        made, workers = pool(1, seconds=0.05)
        first = ask(made, "a")
        await settle()
        with pytest.raises(QueryLimit, match="busy"):
            await made.query("b", "q", (), (), "")
        workers[0].go.set()
        assert await first == "q"

    asyncio.run(scene())


def test_pages_are_answered_while_every_worker_is_busy(built):
    running = Server(built, "--seconds", "8")
    try:
        httpx.get(running.url + "/queries", timeout=30)  # read once, so that only waiting takes time
        threads = [
            threading.Thread(
                target=httpx.get, args=(f"{running.url}/sparql",), kwargs={"params": {"query": SLOW}, "timeout": 60}
            )
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        assert httpx.get(running.url + "/queries", timeout=30).status_code == 200
        assert any(thread.is_alive() for thread in threads)
        for thread in threads:
            thread.join()
    finally:
        running.stop()


def test_two_processes_answer(built):
    running = Server(built, "--workers", "2")
    try:
        for _ in range(100):
            try:
                assert httpx.get(running.url + "/queries").status_code == 200
                break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            pytest.fail("no process answers")
    finally:
        running.stop()


def test_who_has_a_page_is_not_sent_it_again(client):
    first = client.get("/queries")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/queries", headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get("/queries", headers={"If-None-Match": '"x"'}).status_code == 200
    other = client.get("/queries", headers={"Accept": "application/json"})
    assert other.headers["etag"] != first.headers["etag"]


def test_rows_are_kept_for_the_next_page_of_them_and_no_more_than_so_many(graph, small, monkeypatch):
    assert rows_of(graph, "results", {"benchmark": ["BERT"]}) != rows_of(graph, "results", {"benchmark": ["DLRM"]})
    new = memory_graph(small.quads())
    monkeypatch.setattr(kept, "_MOST", len(run(new, "rounds")))
    few = rows_of(new, "rounds", {})
    assert rows_of(new, "rounds", {}) is few
    assert few == run(new, "rounds")
    assert len(rows_of(new, "records", {})) > 0
    assert rows_of(new, "rounds", {}) is not few


def test_the_cache_is_bounded_in_entries_and_bytes():
    def size(answer):
        return len(answer.body)

    cache = Cache(size, most=1000, largest=99, entries=3)
    for n in range(5):
        cache.put(n, Response(b"x" * 10))
    assert [cache.get(n) is not None for n in range(5)] == [False, False, True, True, True]
    cache.put("large", Response(b"x" * 100))
    assert cache.get("large") is None
    few = Cache(size, most=1000, largest=99, entries=100)
    for n in range(30):
        few.put(n, Response(b"x" * 90))
        few.get(0)
    assert few.get(0) is not None
    assert few.get(1) is None
    assert sum(few.get(n) is not None for n in range(30)) == 11


def test_work_is_done_once_a_graph(small):
    calls = []
    assert [once(small, "counted", lambda: calls.append(1) or 7) for _ in range(3)] == [7, 7, 7]  # type: ignore[func-returns-value]
    assert calls == [1]


def test_a_format_that_is_not_there_is_refused(client):
    found = client.get("/queries", params={"format": "pdf"})
    assert found.status_code == 406
    assert "html, json" in found.text
    assert client.get("/queries", params={"format": "json"}).json()


def test_relative_iris_are_those_of_the_endpoint(client):
    said = client.get("/sparql", params={"query": "SELECT (<#x> AS ?a) (<y> AS ?b) {}"}).json()
    (row,) = said["results"]["bindings"]
    assert row["a"]["value"] == "http://testserver/sparql#x"
    assert row["b"]["value"] == "http://testserver/y"


def test_json_ld_is_compacted(client):
    query = "CONSTRUCT { ?r a mlp:Round ; rdfs:label ?l } { ?r a mlp:Round ; rdfs:label ?l } LIMIT 1"
    said = client.get("/sparql", params={"query": query}, headers={"Accept": "application/ld+json"}).json()
    assert "@context" in said
    assert "http" not in str(said["@graph"][0].get("@type", said["@graph"][0].get("type")))


def test_trace_is_refused_with_what_is_allowed(client):
    for path in ("/sparql", "/queries"):
        found = client.request("TRACE", path)
        assert found.status_code == 405
        assert "GET" in found.headers["allow"]


def test_a_body_that_does_not_arrive_is_given_up(monkeypatch, client):
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)

    async def scene():
        sent = []

        async def never():
            await asyncio.sleep(30)

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "POST", "raw_path": b"/sparql", "query_string": b"", "path": "/sparql",
                 "headers": [(b"host", b"testserver")]}  # fmt: skip
        await guard.Guard(client.app, {"testserver"})(scope, never, send)
        return sent[0]["status"]

    assert asyncio.run(scene()) == 408
