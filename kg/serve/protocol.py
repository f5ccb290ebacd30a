"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): queries by GET and POST, no updates."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import QueryError
from kg.export import to_jsonld
from kg.namespaces import PREFIXES
from kg.query.worker import Answer
from kg.serve.graphs import Graphs
from kg.serve.negotiate import choose

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON, "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML, "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV, "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}  # fmt: skip
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML, "application/ld+json": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


class Refused(Exception):
    """A request that is not answered: the status and, in plain words, why."""

    def __init__(self, status: int, why: str) -> None:
        self.status = status
        super().__init__(why)


async def query_response(request: Request, graphs: Graphs) -> Response:
    """The answer of a query request, or a plain-text refusal with the right status."""
    try:
        parameters = await _parameters(request)
        text = _query(parameters)
        default = [value for name, value in parameters if name == "default-graph-uri"]
        named = [value for name, value in parameters if name == "named-graph-uri"]
        client = request.client.host if request.client else ""
        base = str(request.url.replace(query=""))
        with graphs.current() as served:
            answer = await served.pool.query(client, text, default, named, base)
        return await run_in_threadpool(_written, answer, request.headers)
    except Refused as refused:
        headers = {"Allow": "GET, HEAD, POST, OPTIONS"} if refused.status == 405 else None
        return PlainTextResponse(f"{refused}\n", refused.status, headers)
    except QueryError as error:
        retry = {"Retry-After": "5"} if error.status == 503 else None
        return PlainTextResponse(f"{error}\n", error.status, retry)


async def _parameters(request: Request) -> list[tuple[str, str]]:
    """The parameters of the operation, from the URL, the form or the body (2.1 of the protocol)."""
    in_url = _pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        return in_url
    if request.method != "POST":
        raise Refused(405, f"{request.method} is not a way to query; use GET or POST")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if kind == _FORM:
        pairs = _pairs(body)
        if any(name == "update" for name, _ in pairs):
            raise Refused(403, "updates are refused, the graph is read-only")
        return pairs
    if kind == "application/sparql-update":
        raise Refused(403, "updates are refused, the graph is read-only")
    if kind != _DIRECT:
        raise Refused(415, f"a query is posted as {_FORM} or {_DIRECT}, not as {kind or 'nothing'}")
    if any(name == "query" for name, _ in in_url):
        raise Refused(400, "the query stands in the body and in the URL; give it once")
    return [*in_url, ("query", _utf8(body))]


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(400, f"the parameters cannot be read: {error}") from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8: {error}") from error


def _query(parameters: list[tuple[str, str]]) -> str:
    if any(name == "update" for name, _ in parameters):
        raise Refused(403, "updates are refused, the graph is read-only")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"a request has one parameter 'query', not {len(queries)}")
    if "\x00" in queries[0]:
        raise Refused(400, "the query holds a NUL character")
    return queries[0]


def _written(answer: Answer, headers: Headers) -> Response:
    accept = headers.get("accept", "")
    if answer.kind == "triples":
        kind = _chosen(accept, GRAPHS)
        triples = ox.parse(answer.payload, format=ox.RdfFormat.N_TRIPLES)
        if kind == "application/ld+json":
            return _typed(to_jsonld(triples), kind)
        prefixes = None if kind == "application/n-triples" else PREFIXES
        return _typed(ox.serialize((q.triple for q in triples), format=GRAPHS[kind], prefixes=prefixes), kind)
    kind = _chosen(accept, ROWS)
    if ROWS[kind] == ox.QueryResultsFormat.JSON:
        return _typed(answer.payload, kind)
    results = ox.parse_query_results(answer.payload, format=ox.QueryResultsFormat.JSON)
    return _typed(results.serialize(format=ROWS[kind]), kind)


def _chosen(accept: str, offered: Mapping[str, object]) -> str:
    kind = choose(accept, list(offered))
    if kind is None:
        raise Refused(406, f"none of {accept} can be given; there are {', '.join(offered)}")
    return kind


def _typed(body: bytes | None, kind: str) -> Response:
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Response(body or b"", headers={"Content-Type": kind + charset, "Vary": "Accept"})
