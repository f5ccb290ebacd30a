"""Pages, the API and what is safe about them."""

import csv
import hashlib
import io
import re
import subprocess
import sys
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.build import build
from kg.query import queries, run
from kg.serve import create_app, html
from kg.serve.things import words_of

from .conftest import Server

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Questions to begin with"),
        ("/ask?q=who+submitted+on+A100+80GB+with+PyTorch", "GIGABYTE"),
        ("/ask?q=who+submitted+on+the+moon", 'role="alert"'),
        ("/queries", "changes-between-rounds"),
        ("/queries/who-submitted", "Answer"),
        ("/queries/fastest?benchmark=BERT&most=8&round=v2.0", "Inspur"),
        ("/id/organization/baidu", "PaddlePaddle"),
        ("/id/result/training-v2.0/krai/7920t-2xa5000/resnet", "284.0376888889"),
        ("/id/record/training-v2.0", "8437fbb"),
        ("/id/statement/training-v2.0-restated/krai", "Krai"),
        ("/sources", "Official results of MLPerf Training v1.1"),
        ("/sources/training-v2.0-restated/krai", "time to train"),
        ("/claims?verdict=understated", "4.646"),
        ("/editor", "mlp:minutes"),
        ("/explore?about=Samsung", "PyTorch"),
        ("/explore", "Who submitted what"),
        ("/ontology", "mlp:minutes"),
        ("/ontology/0.1.0", "isReplacedBy"),
    ],
)
def test_pages(client, path, words):
    reply = client.get(path, headers=HTML)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert words in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*(?: src=|application/json))|\son\w+=|\sstyle=|<style", reply.text)


@pytest.mark.parametrize(
    "path", ["/nothing", "/id/organization/nobody", "/queries/nothing", "/queries/" + 300 * "9", "/sources/none/none"]
)
def test_what_is_not_there(client, path):
    reply = client.get(path, headers=HTML)
    assert reply.status_code == 404
    assert "<h1>" in reply.text


@pytest.mark.parametrize(("accept", "format"), [("text/turtle", "TURTLE"), ("application/ld+json", "JSON_LD")])
def test_entities_dereference(client, accept, format):
    reply = client.get("/id/organization/baidu", headers={"Accept": accept})
    assert reply.headers["content-type"].startswith(accept)
    triples = list(ox.parse(reply.content, format=getattr(ox.RdfFormat, format)))
    assert any("label" in t.predicate.value and getattr(t.object, "value", "") == "Baidu" for t in triples)
    assert any(t.predicate.value.endswith("#exact") for t in triples)


@pytest.mark.parametrize(("accept", "format"), [("text/turtle", "TURTLE"), ("application/rdf+xml", "RDF_XML")])
def test_the_ontology_dereferences(client, accept, format):
    reply = client.get("/ontology", headers={"Accept": accept})
    assert reply.headers["content-type"].startswith(accept)
    said = {t.subject.value for t in ox.parse(reply.content, format=getattr(ox.RdfFormat, format))
            if isinstance(t.subject, ox.NamedNode)}  # fmt: skip
    page = client.get("/ontology", headers=HTML).text
    own = {iri.partition("#")[2] for iri in said if iri.startswith("https://w3id.org/mlperf-kg/ontology#")}
    assert len(own) > 100
    assert not [name for name in own if f'id="{name}"' not in page]
    assert client.get("/ontology/0.0.0", headers=HTML).status_code == 404


def test_the_graph_is_described_for_tools(client):
    said = client.get("/croissant.json").json()
    file = next(f for f in said["distribution"] if f["name"] == "results.csv")
    assert (
        hashlib.sha256(client.get(file["contentUrl"].removeprefix("http://testserver")).content).hexdigest()
        == file["sha256"]
    )
    examples = list(ox.parse(client.get("/examples").content, format=ox.RdfFormat.TURTLE))
    targets = {t.object.value for t in examples if t.predicate.value == "https://schema.org/target"}
    assert targets == {"http://testserver/sparql"}
    void = client.get("/.well-known/void", headers={"Accept": "application/rdf+xml"})
    assert any(
        t.predicate.value.endswith("propertyPartition") for t in ox.parse(void.content, format=ox.RdfFormat.RDF_XML)
    )


def test_the_api_gives_what_the_query_gives(client, graph):
    asked = {"accelerator": "A100 80GB", "framework": "PyTorch"}
    rows = client.get("/queries/who-submitted", params={**asked, "format": "json"}).json()["results"]["bindings"]
    assert len(rows) == len(run(graph, "who-submitted", asked))
    text = client.get("/queries/who-submitted", params=asked, headers={"Accept": "text/csv"}).text
    assert {r["organizationLabel"] for r in csv.DictReader(io.StringIO(text))} == {"Baidu", "GIGABYTE", "Samsung"}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/who-submitted?accelerator=A100+90GB&format=json", 404, "nearest"),
        ("/queries/fastest?most=many&format=json", 400, "xsd:integer"),
        ("/queries/fastest?colour=red&format=csv", 400, "no parameter"),
        ("/queries/who-submitted?source=rumour&format=json", 400, "takes one of"),
    ],
)
def test_the_api_says_what_is_wrong(client, path, status, words):
    reply = client.get(path)
    assert (reply.status_code, words in reply.text) == (status, True)
    page = client.get(path.split("&format")[0], headers=HTML)
    assert (page.status_code, 'role="alert"' in page.text) == (status, True)


def test_openapi_has_every_query_with_its_parameters(client):
    said = client.get("/openapi.json").json()
    assert said["openapi"] == "3.1.0"
    for query in queries():
        listed = said["paths"][f"/queries/{query.name}"]["get"]["parameters"]
        assert [p["name"] for p in listed] == [*(p.name for p in query.parameters), "format"]


def test_completion(client):
    assert client.get("/complete", params={"text": "a100 80", "kind": "Accelerator"}).json()[0] == "NVIDIA A100 80GB"
    assert client.get("/complete", params={"text": "baidu", "kind": "Accelerator"}).json() == []


def test_quotes_lead_to_their_place(client):
    page = client.get("/queries/not-submitted", headers=HTML).text
    address, anchor = re.search(r'href="(/sources/[^"#]+)#(at-\d+)"', page).groups()
    assert f'id="{anchor}"' in client.get(address).text


def test_templates_are_compiled_before_anybody_asks(built, monkeypatch):
    html._TEMPLATES.cache.clear()
    with TestClient(create_app(built)) as client:
        monkeypatch.setattr(html._TEMPLATES, "compile", lambda *a: pytest.fail("a visitor waits for a template"))
        assert client.get("/queries", headers={**HTML, "Host": "localhost"}).status_code == 200


# What the world wrote is text


def test_a_statement_is_shown_whole_with_its_evidence_marked(client, graph):
    said, start, _ = words_of(graph, "https://w3id.org/mlperf-kg/id/statement/training-v2.0-restated/graphcore")
    page = client.get("/sources/training-v2.0-restated/graphcore", headers={"accept": "text/html"}).text
    shown = re.search(r'<div class="text" dir="auto">(.*?)</div>', page, re.DOTALL)[1]
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == said
    for place, words in re.findall(r'id="at-(\d+)" href="#facts-\d+">([^<]+)<', shown):
        assert said[int(place) - start :].startswith(unescape(words))


def test_markup_in_a_statement_is_text(tmp_path):
    source = tmp_path / "s.md"
    source.write_text(
        "# MLPerf Training v2.0 statements\n\n## Dell <img src=x onerror=alert(1)>\n\n"
        "We submitted 42 results with <script>alert(1)</script> PyTorch on the \u202eXE8545\u202c server.\n"
    )
    build([source], directory=tmp_path / "g")
    with TestClient(create_app(tmp_path / "g", hosts=())) as client:
        for path in ("/sources", "/claims", "/queries/counts", "/explore", "/queries/frameworks"):
            text = client.get(path, headers=HTML).text
            assert "<script>alert" not in text
            assert "<img" not in text
            assert "\u202e" not in text
        listed = client.get("/sources").text
        address = re.search(r'href="(/sources/[^"]+)"', listed)[1]
        text = client.get(address).text
        assert "&lt;script&gt;" in text
        assert "\\u202eXE8545" in text


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "' onload='x", "{{7*7}}", "\u202eevil", "%00"])
def test_what_a_visitor_types_is_text(client, text):
    for path, name in (
        ("/ask", "q"),
        ("/queries/fastest", "benchmark"),
        ("/explore", "about"),
        ("/claims", "organization"),
    ):
        page = client.get(path, params={name: text}, headers=HTML)
        assert page.status_code in (200, 404)
        assert "<script>alert" not in page.text
        assert "49" not in page.text or "{{7*7}}" in page.text


def test_only_known_hosts(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_paths_do_not_leave_the_folders(client):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/queries/..%2f..%2fpyproject", "/static/app.py"):
        assert client.get(path).status_code == 404


# The process


def test_the_new_graph_is_served_without_a_failed_request(tmp_path):
    build(directory=tmp_path / "g", results=())
    server = Server(tmp_path / "g")
    try:
        with httpx.Client(base_url=server.url) as client:
            before = client.get("/queries/results", params={"format": "json"}).json()["results"]["bindings"]
            build(directory=tmp_path / "g")
            counts = set()
            for _ in range(30):
                reply = client.get("/queries/results", params={"format": "json"})
                assert reply.status_code == 200
                counts.add(len(reply.json()["results"]["bindings"]))
                query = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?r a mlp:Result }"})
                assert query.status_code == 200
            assert (len(before), len(counts)) == (0, 1)
            assert (
                counts.pop() >= int(query.json()["results"]["bindings"][0]["n"]["value"]) > 0
            )  # joint ones have several rows
    finally:
        assert server.stop() in (0, -15)


def test_requests_in_flight_end_before_the_server(built):
    server = Server(built)
    query = "SELECT (COUNT(*) AS ?n) { ?a a mlp:Result . ?b a mlp:Result . ?c a mlp:Fact FILTER(?a != ?b) }"
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    connection.request("GET", "/sparql?" + urlencode({"query": query}))
    assert httpx.get(server.url + "/openapi.json").status_code == 200  # so the request sent before has arrived
    server.stop()
    assert connection.getresponse().status in (200, 504)


def test_a_graph_in_a_directory_is_served_without_httpx():
    subprocess.run([sys.executable, "-c", "import sys; sys.modules['httpx'] = None; import kg.serve"], check=True)


def test_no_graph_is_said(tmp_path):
    from kg.errors import GraphError
    from kg.serve import serve

    with pytest.raises(GraphError):
        serve(tmp_path / "none")


def test_where_nothing_is_asked_each_example_has_an_answer(client):
    page = client.get("/ask", headers=HTML).text
    examples = re.findall(r'<li><a href="(/ask\?q=[^"]+)">', page)
    assert len(examples) == 6
    for address in examples:
        assert 'class="answer"' in client.get(address, headers=HTML).text


def test_a_reading_that_is_none_is_refused_in_the_form_asked_for(client):
    answer = client.get("/ask?q=who+used+MXNet&reading=2&format=json")
    assert answer.json()["refused"] == "there is one reading; its number is 1"
