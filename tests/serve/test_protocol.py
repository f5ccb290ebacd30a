"""The SPARQL 1.1 Protocol for queries, after the tests of the W3C (w3c/rdf-tests, protocol and service description)."""

import json
import xml.dom.minidom

import pyoxigraph as ox
import pytest

from kg.serve.negotiate import choose

ASK = "ASK {}"
SELECT = "SELECT * { ?s a mlp:Round } LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?s a mlp:Round } WHERE { ?s a mlp:Round }"
STATEMENT = "https://w3id.org/mlperf-kg/id/statement/training-v2.0-restated/krai"
RECORD = "https://w3id.org/mlperf-kg/id/record/training-v2.0"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = {"Accept": "application/sparql-results+json"}


def yes(reply):
    assert reply.status_code == 200, reply.text
    return reply.json()["boolean"]


# Ways to send a query


def test_by_get(client):
    assert yes(client.get("/sparql", params={"query": ASK}, headers=JSON))


def test_by_form(client):
    assert yes(client.post("/sparql", data={"query": ASK}, headers=JSON))


def test_by_body(client):
    assert yes(client.post("/sparql", content=ASK, headers={**JSON, "Content-Type": DIRECT}))
    assert yes(client.post("/sparql", content=ASK, headers={**JSON, "Content-Type": f"{DIRECT}; charset=utf-8"}))
    assert yes(client.post("/sparql", content=f"\ufeff{ASK}".encode(), headers={**JSON, "Content-Type": DIRECT}))


@pytest.mark.parametrize(
    ("graphs", "krai", "results"),
    [
        ({}, True, True),
        ({"default-graph-uri": STATEMENT}, True, False),
        ({"default-graph-uri": [STATEMENT, RECORD]}, True, True),
        ({"default-graph-uri": RECORD}, False, True),
        ({"default-graph-uri": "http://example.org/none"}, False, False),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_default_graphs(client, way, graphs, krai, results):
    for query, expected in (("ASK { ?f a mlp:Fact ; mlp:value 284 }", krai), ("ASK { ?r a mlp:Result }", results)):
        if way == "get":
            reply = client.get("/sparql", params={"query": query, **graphs}, headers=JSON)
        elif way == "form":
            reply = client.post("/sparql", data={"query": query, **graphs}, headers=JSON)
        else:
            reply = client.post("/sparql", params=graphs, content=query, headers={**JSON, "Content-Type": DIRECT})
        assert yes(reply) == expected


def test_named_graphs(client):
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    reply = client.get("/sparql", params={"query": query, "named-graph-uri": [STATEMENT, RECORD]}, headers=JSON)
    assert {row["g"]["value"] for row in reply.json()["results"]["bindings"]} == {STATEMENT, RECORD}


def test_the_protocol_has_the_last_word_over_from(client):
    query = f"ASK FROM <{RECORD}> {{ ?r a mlp:Result }}"
    assert yes(client.get("/sparql", params={"query": query}, headers=JSON))
    assert not yes(client.get("/sparql", params={"query": query, "default-graph-uri": STATEMENT}, headers=JSON))


# What is refused


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client, method):
    reply = client.request(method, "/sparql", params={"query": ASK})
    assert reply.status_code == 405
    assert "GET" in reply.headers["allow"]


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", {"Content-Type": FORM}, 400),
        (b"ASK {}", {"Content-Type": "text/plain"}, 415),
        (b"ASK {}", {}, 415),
        (b"\x1f\x8b", {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}, 415),
        ("ASK { ?s ?p 'é' }".encode("utf-16"), {"Content-Type": DIRECT}, 400),
        (b"query=%FF%FE", {"Content-Type": FORM}, 400),
        (b"nothing=1", {"Content-Type": FORM}, 400),
        (b"update=CLEAR%20ALL", {"Content-Type": FORM}, 403),
        (b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
        (b"INSERT DATA { <x:s> <x:p> 1 }", {"Content-Type": DIRECT}, 403),
        (b"SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", {"Content-Type": DIRECT}, 403),
        (b"LOAD <file:///etc/passwd>", {"Content-Type": DIRECT}, 403),
    ],
)
def test_wrong_posts(client, content, headers, status):
    reply = client.post("/sparql", content=content, headers=headers)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert reply.text.strip()


def test_two_queries_in_a_url(client):
    assert client.get("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D").status_code == 400
    assert client.get("/sparql?update=CLEAR%20ALL").status_code == 403


def test_a_syntax_error_has_its_place(client):
    reply = client.get("/sparql", params={"query": "SELECT * {\n  ?s ?p }"})
    assert reply.status_code == 400
    assert reply.text.startswith("line 2, column ")


def test_reading_a_file_is_not_possible(client):
    reply = client.get("/sparql", params={"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, headers=JSON)
    assert reply.json()["results"]["bindings"] == []


# Limits


def test_the_time_limit_stops_a_query_and_no_other(client):
    slow = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    assert (slow.status_code, "3 seconds" in slow.text) == (504, True)
    assert yes(client.get("/sparql", params={"query": ASK}, headers=JSON))


def test_a_cut_is_no_answer(client):
    reply = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert (reply.status_code, "5,000 rows" in reply.text) == (413, True)


def test_deep_nesting_and_length(client):
    deep = "SELECT * { " + "FILTER EXISTS { " * 4000 + "?s ?p ?o" + "}" * 4001
    reply = client.post("/sparql", content=deep, headers={"Content-Type": DIRECT})
    assert reply.status_code == 413
    assert client.get("/sparql", params={"query": "#" * 20_000 + ASK}).status_code == 414
    assert client.post("/sparql", content="#" * 1_100_000, headers={"Content-Type": DIRECT}).status_code == 413


# Formats


@pytest.mark.parametrize(
    ("accept", "given", "read"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", json.loads),
        ("application/sparql-results+xml", "application/sparql-results+xml", xml.dom.minidom.parseString),
        ("text/csv", "text/csv; charset=utf-8", str.splitlines),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", str.splitlines),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", str),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "text/html; charset=utf-8", str),
        ("text/*;q=0.1, */*;q=0.9", "application/sparql-results+json", json.loads),
        ("", "application/sparql-results+json", json.loads),
    ],
)
def test_formats_of_rows(client, accept, given, read):
    reply = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert (reply.status_code, reply.headers["content-type"]) == (200, given)
    assert read(reply.text)


def test_a_parameter_asks_for_a_file(client):
    reply = client.get("/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": "text/html"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert client.get("/sparql", params={"query": SELECT, "format": "xls"}).status_code == 406
    assert client.get("/sparql", params={"query": SELECT, "format": "turtle"}).status_code == 406


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { ?s a mlp:Result }", "Yes."),
        ("CONSTRUCT { ?s a mlp:Division } WHERE { ?s a mlp:Division }", "a mlp:Division"),
        ("SELECT ?d { ?d a mlp:Division }", '<a href="/id/division/closed">Closed</a>'),
        ("SELECT ?d { ?d a ex:Division }", "the prefix ex: is not declared"),
    ],
)
def test_a_browser_gets_a_page(client, query, shown):
    reply = client.post("/sparql", data={"query": query}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert shown in reply.text


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_formats_of_graphs(client, accept, format):
    reply = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert reply.headers["content-type"].startswith(accept)
    assert len(list(ox.parse(reply.content, format=format))) > 5


def test_a_format_that_cannot_be_given(client):
    assert client.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": "text/csv"}).status_code == 406


def test_head_and_options(client):
    reply = client.head("/sparql", params={"query": ASK})
    assert (reply.status_code, reply.content) == (200, b"")
    reply = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (204, "*")


def test_service_description_and_void(client):
    for path in ("/sparql", "/.well-known/void"):
        reply = client.get(path, headers={"Accept": "text/turtle"})
        triples = list(ox.parse(reply.content, format=ox.RdfFormat.TURTLE))
        said = {(t.predicate.value.split("#")[-1], getattr(t.object, "value", "")) for t in triples}
        assert ("endpoint", "http://testserver/sparql") in said
        assert ("supportedLanguage", "http://www.w3.org/ns/sparql-service-description#SPARQL11Query") in said
        assert ("name", RECORD) in said
        assert any(name == "classPartition" for name, _ in said)
    (services,) = [t.subject for t in triples if t.predicate.value.endswith("#endpoint")]
    assert services.value == "http://testserver/sparql"


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        ("*/*", ["a/b", "c/d"], "a/b"),
        ("c/*;q=0.2, a/b;q=0.1", ["a/b", "c/d"], "c/d"),
        ("a/b;q=0, */*", ["a/b", "c/d"], "c/d"),
        ("A/B", ["a/b"], "a/b"),
        ("x/y", ["a/b"], None),
        ("a/b;q=nonsense", ["a/b"], None),
    ],
)
def test_negotiation(accept, offered, chosen):
    assert choose(accept, offered) == chosen
