"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): queries by GET and POST, no updates."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import QueryError
from kg.query.answer import Table, Triples, Truth, read_answer
from kg.query.worker import Answer
from kg.serve import things
from kg.serve.graphs import Graphs
from kg.serve.html import RDF, message, page, rdf
from kg.serve.negotiate import choose
from kg.serve.view import Row, View
from kg.store import Graph

ROWS = (
    "application/sparql-results+json", "application/json", "application/sparql-results+xml", "application/xml",
    "text/csv", "text/tab-separated-values",
)  # fmt: skip
HTML = "text/html"
_BY_NAME = {
    "html": HTML, "json": "application/sparql-results+json", "csv": "text/csv", "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml", "turtle": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples",
}  # fmt: skip
"""What the parameter `format` may be, for those who cannot set a header."""
PAGE_ROWS = 1000
"""How many rows a page shows."""
_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


class Refused(Exception):
    """A request that is not answered: the status and, in plain words, why."""

    def __init__(self, status: int, why: str) -> None:
        self.status = status
        super().__init__(why)


async def query_response(request: Request, graphs: Graphs) -> Response:
    """The answer of a query request, or a plain-text refusal with the right status."""
    try:
        parameters = ImmutableMultiDict(await _parameters(request))
        text = _query(parameters)
        default, named = (parameters.getlist(f"{kind}-graph-uri") for kind in ("default", "named"))
        client = request.client.host if request.client else ""
        base = str(request.url.replace(query=""))
        form = next(iter(parameters.getlist("format")), "")
        with graphs.current() as served:
            answer = await served.pool.query(client, text, default, named, base)
            return await run_in_threadpool(_written, served.graph, answer, _accepted(request, form), form)
    except Refused as refused:
        return _refusal(request, refused, {"Allow": "GET, HEAD, POST, OPTIONS"} if refused.status == 405 else {})
    except QueryError as error:
        return _refusal(request, error, {"Retry-After": "5"} if error.status == 503 else {})


def _accepted(request: Request, form: str) -> str:
    """The media types that are asked for: by the parameter `format`, else by the Accept header."""
    if not form:
        return request.headers.get("accept", "")
    if form not in _BY_NAME:
        raise Refused(406, f"there is no format {form}; there are {', '.join(_BY_NAME)}")
    return _BY_NAME[form]


def _refusal(request: Request, error: Refused | QueryError, headers: dict[str, str]) -> Response:
    """Why there is no answer: as a page for a browser, else as plain text."""
    if choose(request.headers.get("accept", ""), [*ROWS, *RDF, HTML]) == HTML:
        made = message(error.status, "That query did not work", str(error))
        made.headers.update(headers)
        return made
    return PlainTextResponse(f"{error}\n", error.status, headers)


async def _parameters(request: Request) -> list[tuple[str, str]]:
    """The parameters of the operation, from the URL, the form or the body (2.1 of the protocol)."""
    in_url = _pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        return in_url
    if request.method != "POST":
        raise Refused(405, f"{request.method} is not a way to query; use GET or POST")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if (coded := request.headers.get("content-encoding", "identity").strip().lower()) != "identity":
        raise Refused(415, f"a body in the encoding {coded} is not read; send it as it is")
    body = await request.body()
    if kind == _FORM:
        return _pairs(body)
    if kind == "application/sparql-update":
        raise Refused(403, "updates are refused, the graph is read-only")
    if kind != _DIRECT:
        raise Refused(415, f"a query is posted as {_FORM} or {_DIRECT}, not as {kind or 'nothing'}")
    if any(name == "query" for name, _ in in_url):
        raise Refused(400, "the query stands in the body and in the URL; give it once")
    try:
        return [*in_url, ("query", body.decode("utf-8-sig"))]
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8: {error}") from error


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(400, f"the parameters cannot be read: {error}") from error


def _query(parameters: ImmutableMultiDict[str, str]) -> str:
    if "update" in parameters:
        raise Refused(403, "updates are refused, the graph is read-only")
    queries = parameters.getlist("query")
    if len(queries) != 1:
        raise Refused(400, f"a request has one parameter 'query', not {len(queries)}")
    if "\x00" in queries[0]:
        raise Refused(400, "the query holds a NUL character")
    return queries[0]


def _written(graph: Graph, answer: Answer, accept: str, form: str) -> Response:
    """The answer in the format that is asked for; as a file to keep when the parameter asks."""
    offered = [*(RDF if answer.kind == "triples" else ROWS), HTML]
    kind = choose(accept, offered)
    if kind is None:
        raise Refused(406, f"none of {accept} can be given; there are {', '.join(offered)}")
    if kind == HTML:
        return _page(graph, read_answer(answer))
    headers = {"Content-Type": kind + ("; charset=utf-8" if kind.startswith("text/") else ""), "Vary": "Accept"}
    if form:
        headers["Content-Disposition"] = f'attachment; filename="answer.{form}"'
    return Response(_body(answer, kind), headers=headers)


def _body(answer: Answer, kind: str) -> bytes:
    if answer.kind == "triples":
        return rdf((quad.triple for quad in ox.parse(answer.payload, format=ox.RdfFormat.N_TRIPLES)), kind)
    wanted = ox.QueryResultsFormat.from_media_type(kind)
    if wanted == ox.QueryResultsFormat.JSON:
        return answer.payload
    return ox.parse_query_results(answer.payload, format=ox.QueryResultsFormat.JSON).serialize(format=wanted) or b""


def _page(graph: Graph, answer: Table | Triples | Truth) -> Response:
    """Rows as a table with the labels of things, a graph as Turtle, yes or no."""
    if isinstance(answer, Truth):
        return page("answer.html", said="Yes." if answer.value else "No.")
    if isinstance(answer, Triples):
        return page("answer.html", said="A graph.", turtle=rdf(answer.triples, "text/turtle").decode())
    rows = tuple(Row(tuple(things.item(graph, term) for term in row), ()) for row in answer.rows[:PAGE_ROWS])
    more = f", the first {PAGE_ROWS:,} are shown" if len(answer) > PAGE_ROWS else ""
    said = f"{len(answer)} row{'s' * (len(answer) != 1)}{more}."
    return page("answer.html", said=said, view=View(answer.columns, rows, answer.columns))
