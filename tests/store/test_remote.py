"""A graph on a real server gives the answers of a graph in a directory."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kg.ask import ask
from kg.errors import GraphError, KgError, MissingExtra, QueryError
from kg.query import describe, queries, run, sparql
from kg.store import open_graph, write_graph


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def _running(command: list[str], address: str, folder: Path):
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)  # until the server listens
        yield
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    program = shutil.which("oxigraph", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if program is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    folder, base = tmp_path_factory.mktemp("oxigraph"), f"127.0.0.1:{_port()}"
    with _running([program, "serve", "--bind", base], f"http://{base}/", folder):
        yield f"http://{base}/query", f"http://{base}/store"


VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{server}
NumberOfBuffers = 20000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        pytest.skip("Virtuoso is not installed (apt install virtuoso-opensource)")
    folder, server, http = tmp_path_factory.mktemp("virtuoso"), _port(), _port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(server=server, http=http))
    with _running([program, "+foreground", "+configfile", "virtuoso.ini"], f"http://127.0.0.1:{http}/sparql", folder):
        yield f"http://127.0.0.1:{http}/sparql", f"http://127.0.0.1:{http}/sparql-graph-crud-auth"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request, tmp_path_factory):
    urls = request.getfixturevalue(request.param)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN"):
            patch.delenv(name, raising=False)
        if request.param == "virtuoso":
            file = tmp_path_factory.mktemp("credentials") / "netrc"
            file.write_text("machine 127.0.0.1 login dba password dba\n")
            patch.setenv("NETRC", str(file))
        yield urls


@pytest.fixture(scope="module")
def remote(server, graph):
    """The whole graph, until a later test in this file loads another."""
    url, store = server
    sources = {key: graph.source(key) for key in graph.about["documents"]}
    write_graph(url, graph.quads(), sources, about=graph.about, graph_store=store)
    return open_graph(url)


@pytest.fixture(scope="module")
def expected(graph):
    """The rows of each canned query with its example values."""
    return {query.name: _rows(graph, query) for query in queries()}


def _rows(graph, query):
    given = {p.name: p.example for p in query.parameters if not p.optional}
    return sorted(map(_row, run(graph, query.name, given).rows))


def _row(row):
    """A row as a text; what GROUP_CONCAT put together, in an order that the engine chooses, in the order of names."""
    return str([sorted(re.split("[,;] ", str(term).strip('"'))) for term in row])


def test_the_same_answers(remote, graph, expected):
    assert sorted(map(str, remote.quads())) == sorted(map(str, graph.quads()))
    assert len(remote) == len(graph)
    for key in graph.about["documents"]:
        assert remote.source(key) == graph.source(key)
    for query in queries():
        assert _rows(remote, query) == expected[query.name], query.name
    assert describe(remote, "Baidu").triples.triples == describe(graph, "Baidu").triples.triples


@pytest.mark.parametrize("question", ["fastest BERT in v2.0", "who submitted on A30 with an AMD EPYC CPU in v2.0"])
def test_questions_have_the_same_answers(remote, graph, question):
    there, here = ask(remote, question), ask(graph, question)
    assert (there.lines, there.table, there.evidence) == (here.lines, here.table, here.evidence)


def test_typed_queries_see_all_graphs(remote, graph):
    for text in (
        "SELECT ?p (COUNT(DISTINCT ?f) AS ?n) { ?f a mlp:Fact ; mlp:predicate ?p } GROUP BY ?p ORDER BY ?p",
        "ASK { ?s mlp:submitter ?o }",
        "CONSTRUCT { ?s mlp:submitter ?o } WHERE { ?s mlp:submitter ?o }",
    ):
        format = "n-triples" if "CONSTRUCT" in text else "json"
        assert sparql(remote, text).render(format) == sparql(graph, text).render(format)
    with pytest.raises(QueryError, match="SERVICE"):
        sparql(remote, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    with pytest.raises(KgError):
        sparql(remote, "SELECT nonsense")


def test_served_as_a_directory_is(server, remote, built):
    from starlette.testclient import TestClient

    from kg.serve import create_app

    queries = (
        "SELECT ?p (COUNT(DISTINCT ?f) AS ?n) { ?f a mlp:Fact ; mlp:predicate ?p } GROUP BY ?p ORDER BY ?p",
        "ASK { ?r a mlp:Result }",
        "CONSTRUCT { ?s a mlp:Division } WHERE { ?s a mlp:Division }",
    )
    answers = []
    for place in (server[0], built):
        with TestClient(create_app(place, hosts=())) as client:
            said = [client.get("/sparql", params={"query": text, "format": "html"}) for text in queries]
            assert [answer.status_code for answer in said] == [200, 200, 200]
            answers.append([answer.text for answer in said])
    assert answers[0] == answers[1]


def test_loading_again_removes_what_is_gone_and_leaves_what_is_not_ours(server, remote, graph):
    from kg.store.client import Server

    url, store = server
    Server(store).put("http://example.org/other", b"<x:a> <x:b> <x:c> .\n")
    kept = remote.about["graphs"][0]
    some = [q for q in graph.quads() if str(getattr(q.graph_name, "value", "")) in ("", kept)]
    write_graph(url, some, {}, graph_store=store)
    again = open_graph(url)
    assert again.about["graphs"] == [kept]
    assert sorted(map(str, again.quads())) == sorted(map(str, some))
    named = Server(url).query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "application/sparql-results+json")
    names = {row["g"]["value"] for row in json.loads(named)["results"]["bindings"]}
    assert "http://example.org/other" in names
    assert not names & set(remote.about["graphs"][1:])
    Server(store).delete("http://example.org/other")


NOTES = """# MLPerf Training v2.0 statements

## Baidu

Baidu submitted BERT with PaddlePaddle on 8 NVIDIA A100 GPUs. We did not submit RetinaNet this time.
"""


def test_the_command_line(cli, server, tmp_path):
    url, store = server
    (tmp_path / "notes.md").write_text(NOTES)
    build = ["build", tmp_path / "notes.md", "--no-results"]
    built = cli([*build, "--graph", url, "--graph-store", store])
    assert built.exit_code == 0, built.output
    local = cli([*build, "--graph", tmp_path / "graph"])
    assert re.sub(r"in \S+;", "", built.output) == re.sub(r"in \S+;", "", local.output)
    commands = ("query not-submitted", "describe Baidu --format csv", "validate", "export - --format nq")
    for words in map(str.split, commands):
        there, here = (cli([*words, "--graph", g]) for g in (url, str(tmp_path / "graph")))
        assert there.exit_code == here.exit_code == 0
        assert there.output == here.output


def test_no_graph_no_store_no_server(oxigraph):
    url, _ = oxigraph
    with pytest.raises(GraphError, match="--graph-store"):
        write_graph(url, [], {})
    with pytest.raises(GraphError, match="cannot be reached"):
        open_graph(f"http://127.0.0.1:{_port()}/query")
    with pytest.raises(GraphError, match="404"):
        open_graph(url.replace("query", "nowhere"))


def test_credentials_are_never_in_a_url_and_never_in_the_clear(monkeypatch):
    with pytest.raises(GraphError, match="netrc") as raised:
        open_graph("http://me:secret@example.org/sparql")
    assert "secret" not in str(raised.value)
    monkeypatch.setenv("KG_TOKEN", "secret")
    with pytest.raises(GraphError, match="https only"):
        open_graph("http://example.org/sparql")


class _Closed(BaseHTTPRequestHandler):
    """Takes a graph from whoever says who he is, and keeps what it was asked."""

    asked: list[tuple[str, str | None, bytes]]

    def _answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        said = self.headers["Authorization"]
        self.asked.append((self.command, said, body))
        self.send_response(204 if said else 401)
        if not said:
            self.send_header("WWW-Authenticate", 'Basic realm="graphs"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = _answer

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(
    ("given", "requests"),
    [
        (
            {"KG_USER": "me", "KG_PASSWORD": "secret"},
            [("GET", None, b""), ("PUT", "Basic bWU6c2VjcmV0", b"<x:a> <x:b> <x:c> .\n")],
        ),
        ({"KG_TOKEN": "secret"}, [("PUT", "Bearer secret", b"<x:a> <x:b> <x:c> .\n")]),
    ],
)
def test_who_asks_is_said_before_a_graph_is_sent(monkeypatch, given, requests):
    from kg.store.client import Server

    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(_Closed, "asked", [], raising=False)
    with HTTPServer(("127.0.0.1", 0), _Closed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Server(f"http://127.0.0.1:{server.server_port}/").put("x:g", b"<x:a> <x:b> <x:c> .\n")
        server.shutdown()
    assert _Closed.asked == requests


def test_without_httpx_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    for name in ("kg.store.remote", "kg.store.client"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr("kg.store.remote", raising=False)
    with pytest.raises(MissingExtra, match=r"mlperf-kg\[remote\]"):
        open_graph("http://127.0.0.1/query")


def test_a_wrong_password_is_said(virtuoso, monkeypatch):
    url, store = virtuoso
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "wrong")
    with pytest.raises(GraphError, match=r"401.*KG_USER"):
        write_graph(url, [], {}, graph_store=store)
