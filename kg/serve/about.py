"""What the server says of itself: SPARQL service description, VoID, OpenAPI.

https://www.w3.org/TR/sparql11-service-description/ · https://www.w3.org/TR/void/ · https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.namespaces import PREFIXES, RDF_TYPE, RDFS_LABEL
from kg.query import ANY, CannedQuery, Parameter, queries
from kg.store import Graph

_SD, _VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {**PREFIXES, "sd": _SD, "void": _VOID}
_TYPE = ox.NamedNode(RDF_TYPE)


def description(graph: Graph, endpoint: str) -> tuple[list[ox.Triple], dict[str, str]]:
    """The triples of the service description with the VoID of the data, and the prefixes to write them with."""
    return sorted(_triples(graph, endpoint), key=str), _PREFIXES


def _triples(graph: Graph, endpoint: str) -> Iterator[ox.Triple]:
    service, data = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default-graph")

    def say(subject: ox.NamedNode, predicate: str, object: str | int | ox.Literal) -> ox.Triple:
        node = (
            ox.Literal(object)
            if isinstance(object, int)
            else ox.NamedNode(object)
            if isinstance(object, str)
            else object
        )
        return ox.Triple(subject, ox.NamedNode(predicate), node)

    yield ox.Triple(service, _TYPE, ox.NamedNode(_SD + "Service"))
    yield say(service, _SD + "endpoint", endpoint)
    for language in ("SPARQL11Query", "SPARQL10Query"):
        yield say(service, _SD + "supportedLanguage", _SD + language)
    yield say(service, _SD + "feature", _SD + "UnionDefaultGraph")
    for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
                 "Turtle", "N-Triples", "RDF_XML", "JSON-LD"):  # fmt: skip
        yield say(service, _SD + "resultFormat", _FORMATS + name)
    yield say(service, _SD + "defaultDataset", data.value)
    for kind in (_SD + "Dataset", _VOID + "Dataset"):
        yield ox.Triple(data, _TYPE, ox.NamedNode(kind))
    yield say(data, RDFS_LABEL, ox.Literal("mlperf-kg: MLPerf statements and official results"))
    yield say(data, _VOID + "sparqlEndpoint", endpoint)
    yield say(data, _VOID + "triples", len(graph))
    yield say(data, _VOID + "uriSpace", ox.Literal(PREFIXES["id"]))
    yield say(data, _VOID + "vocabulary", PREFIXES["mlp"])
    yield say(data, PREFIXES["dct"] + "license", "https://www.apache.org/licenses/LICENSE-2.0")
    classes: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for quad in graph.quads():
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            classes[quad.object.value] += 1
        sizes[getattr(quad.graph_name, "value", "")] += 1
    yield say(data, _SD + "defaultGraph", default.value)
    yield ox.Triple(default, _TYPE, ox.NamedNode(_SD + "Graph"))
    yield say(default, _VOID + "triples", len(graph))
    for at, (name, size) in enumerate(sorted(sizes.items())):
        if name:
            member, content = (ox.NamedNode(f"{endpoint}#{what}-{at}") for what in ("graph", "content"))
            yield say(data, _SD + "namedGraph", member.value)
            yield ox.Triple(member, _TYPE, ox.NamedNode(_SD + "NamedGraph"))
            yield say(member, _SD + "name", name)
            yield say(member, _SD + "graph", content.value)
            yield ox.Triple(content, _TYPE, ox.NamedNode(_SD + "Graph"))
            yield say(content, _VOID + "triples", size)
    for at, (name, count) in enumerate(sorted(classes.items())):
        part = ox.NamedNode(f"{endpoint}#class-{at}")
        yield say(data, _VOID + "classPartition", part.value)
        yield say(part, _VOID + "class", name)
        yield say(part, _VOID + "entities", count)


def openapi(version: str) -> dict[str, Any]:
    """The OpenAPI description of the endpoint and of every canned query."""
    paths: dict[str, Any] = {"/sparql": _sparql_paths()}
    for query in queries():
        paths[f"/queries/{query.name}"] = {"get": _query_path(query)}
    about = {
        "title": "mlperf-kg",
        "version": version,
        "description": "MLPerf statements and official results, with evidence",
    }
    return {"openapi": "3.1.0", "info": about, "paths": paths}


_ANSWERS: dict[str, dict[str, Any]] = {
    "200": {"description": "The answer", "content": {kind: {} for kind in (
        "application/json", "text/csv", "text/html")}},
    "400": {"description": "A parameter or the query is not as it should be; the text says what"},
    "404": {"description": "A name that the graph does not know; the text has the nearest ones"},
    "503": {"description": "Busy, or a limit of memory"},
    "504": {"description": "The time limit"},
}  # fmt: skip


def _sparql_paths() -> dict[str, Any]:
    answers = {status: dict(said) for status, said in _ANSWERS.items()}
    answers["200"] = {"description": "Results or a graph", "content": {kind: {} for kind in (
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
        "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "text/html")}}  # fmt: skip
    for status, said in (
        ("403", "An update"),
        ("406", "No such format"),
        ("413", "More rows than allowed, or too long"),
        ("415", "No such body"),
    ):
        answers[status] = {"description": said}
    texts = {"type": "array", "items": {"type": "string"}}
    parameters = [
        {"name": "query", "in": "query", "schema": {"type": "string"},
         "description": "A SPARQL 1.1 query; without one, the service description"},
        {"name": "default-graph-uri", "in": "query", "schema": texts},
        {"name": "named-graph-uri", "in": "query", "schema": texts},
    ]  # fmt: skip
    body = {"content": {
        "application/x-www-form-urlencoded": {"schema": {
            "type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}},
        "application/sparql-query": {"schema": {"type": "string"}},
    }, "required": True}  # fmt: skip
    return {
        "get": {"summary": "SPARQL query", "parameters": parameters, "responses": answers},
        "post": {"summary": "SPARQL query", "requestBody": body, "responses": answers},
    }


def _query_path(query: CannedQuery) -> dict[str, Any]:
    return {
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [_parameter(p) for p in query.parameters] + [
            {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["html", "json", "csv"]},
             "description": "Another format than the Accept header asks for"}
        ],
        "responses": _ANSWERS,
    }  # fmt: skip


def _parameter(parameter: Parameter) -> dict[str, Any]:
    kind = {"integer": "integer", "decimal": "number", "boolean": "boolean"}.get(parameter.kind, "string")
    schema: dict[str, Any] = {"type": kind}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.default is not None:
        schema["default"] = parameter.default
    what = "an entity of any class" if parameter.type == ANY else parameter.kind
    said = {"name": parameter.name, "in": "query", "required": not parameter.optional, "schema": schema,
            "description": f"{parameter.description} ({what})"}  # fmt: skip
    return said if parameter.example is None else {**said, "example": parameter.example}
