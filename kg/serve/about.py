"""What the server says of itself: SPARQL service description, VoID, OpenAPI.

https://www.w3.org/TR/sparql11-service-description/ · https://www.w3.org/TR/void/ · https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.export.croissant import TABLES, File, croissant
from kg.export.dataset import VOID, described, say
from kg.export.dump import DESCRIBING
from kg.export.examples import examples
from kg.namespaces import PREFIXES, RDF_TYPE
from kg.query import ANY, CannedQuery, Parameter, queries, run
from kg.store import Graph

_SD = "http://www.w3.org/ns/sparql-service-description#"
_PREFIXES = {**DESCRIBING, "sd": _SD}


def description(graph: Graph, endpoint: str) -> tuple[list[ox.Triple], dict[str, str]]:
    """The triples of the service description with the VoID of the data, and the prefixes to write them with."""
    triples = {*described(graph, f"{endpoint}#dataset"), *_service(graph, endpoint)}
    return sorted(triples, key=str), _PREFIXES


def example_queries(graph: Graph, endpoint: str) -> tuple[list[ox.Triple], dict[str, str]]:
    """The triples of the example queries, and the prefixes to write them with."""
    return sorted(examples(graph, endpoint), key=str), _PREFIXES


def croissant_of(graph: Graph, base: str) -> dict[str, Any]:
    """The Croissant description of the tables that this server has at its base address."""
    tables = {name: run(graph, name) for name in TABLES}
    files = [
        File(f"{name}.csv", f"{base}queries/{name}?format=csv", "text/csv", table.render("csv").encode())
        for name, table in tables.items()
    ]
    return croissant(graph, base, files, tables)


_SERVICE = f"""
PREFIX sd: <{_SD}> PREFIX formats: <http://www.w3.org/ns/formats/> PREFIX void: <{VOID}> PREFIX dcat: <{PREFIXES["dcat"]}>
<> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query, sd:SPARQL10Query ; sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
    formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD ;
  sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset ; void:sparqlEndpoint <> ; sd:defaultGraph <#default-graph> ; dcat:distribution <#distribution> .
<#distribution> a dcat:Distribution ; dcat:accessURL <> .
<#default-graph> a sd:Graph .
"""
"""What the description of every graph says, relative to the endpoint."""


def _service(graph: Graph, endpoint: str) -> Iterator[ox.Triple]:
    yield from (quad.triple for quad in ox.parse(_SERVICE, format=ox.RdfFormat.TURTLE, base_iri=endpoint))
    yield from say(f"{endpoint}#default-graph", VOID + "triples", ox.Literal(len(graph)))
    sizes = Counter(getattr(quad.graph_name, "value", "") for quad in graph.quads())
    for at, (name, size) in enumerate(sorted(sizes.items())):
        if name:
            member, content = (f"{endpoint}#{what}-{at}" for what in ("graph", "content"))
            yield from say(f"{endpoint}#dataset", _SD + "namedGraph", member)
            yield from say(member, RDF_TYPE, _SD + "NamedGraph")
            yield from say(member, _SD + "name", name)
            yield from say(member, _SD + "graph", content)
            yield from say(content, RDF_TYPE, _SD + "Graph")
            yield from say(content, VOID + "triples", ox.Literal(size))


def openapi(version: str) -> dict[str, Any]:
    """The OpenAPI description of the endpoint and of every canned query."""
    paths = {"/sparql": _sparql_paths(), **{f"/queries/{q.name}": {"get": _query_path(q)} for q in queries()}}
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
    content: dict[str, Any] = {kind: {} for kind in (
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
        "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "text/html")}  # fmt: skip
    answers = {
        **_ANSWERS,
        "200": {"description": "Results or a graph", "content": content},
        "403": {"description": "An update"},
        "406": {"description": "No such format"},
        "413": {"description": "More rows than allowed, or too long"},
        "415": {"description": "No such body"},
    }
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
