"""The web application: addresses, and what answers them.

Canned queries, pages and descriptions are trusted and run here; SPARQL that somebody typed runs in the
pool of workers (`graphs.Pool`), so that no query stops another for longer than the limits.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Triple
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.ask.words import load_words
from kg.query import queries
from kg.query.text import Limits
from kg.serve import html, pages, query_pages, source_pages, thing_pages
from kg.serve.about import croissant_of, description, example_queries, openapi
from kg.serve.cache import once, tagged, unchanged
from kg.serve.graphs import Graphs, Served
from kg.serve.guard import LOCAL, Guard
from kg.serve.html import Page
from kg.serve.negotiate import choose, ranking
from kg.serve.ontology import ontology
from kg.serve.protocol import query_response
from kg.store import Graph

_HERE = Path(__file__).parent
_DRAW = _HERE.parent / "draw"
WORKERS = 4
_PARAMETERS: dict[str, frozenset[str]] = {
    "": frozenset(), "editor": frozenset(), "sources": frozenset(), "claim": frozenset(), "id": frozenset({"format"}),
    "ontology": frozenset({"format"}), "compare": frozenset({"a", "b"}), "claims": frozenset({"organization", "verdict"}),
    "complete": frozenset({"text", "kind", "iri"}), "explore": frozenset({"about", "depth", "limit", "record", "format"}),
    "ask": frozenset({"q", "reading", "without", "format"}),
}  # fmt: skip
"""The parameters that the pages under a first step of the path know; others make no new answer. Queries refuse what they don't know."""
_OF_304 = ("ETag", "Cache-Control", "Vary")


async def _answer(served: Served, page: Page, request: Request) -> Response:
    """A page as it is kept; else it is made, once for all who wait for the same."""
    known = _PARAMETERS.get(request.url.path.split("/")[1])
    parameters = tuple(
        sorted((k, v) for k, v in request.query_params.multi_items() if v and (known is None or k in known))
    )
    key = request.url.path, parameters, ranking(request.headers.get("accept", ""), html.OFFERED)
    kept = served.cache.get(key)
    if kept is not None:
        return kept
    if key in served.pending:
        return await asyncio.shield(served.pending[key])
    made = served.pending[key] = asyncio.ensure_future(run_in_threadpool(page, request, served.graph))
    made.add_done_callback(lambda _: served.pending.pop(key, None))
    response = await asyncio.shield(made)
    if response.status_code == 200:
        served.cache.put(key, tagged(response))
    return response


async def _file(path: Path, request: Request) -> Response:
    return FileResponse(path)


_PAGES: tuple[tuple[str, Page], ...] = (
    ("/", pages.home), ("/ask", pages.ask), ("/complete", pages.completions), ("/editor", pages.editor),
    ("/explore", pages.explore), ("/queries", query_pages.query_list), ("/queries/{name}", query_pages.query),
    ("/queries/{name}/text", query_pages.query_text), ("/queries/{name}/chart.{ending}", query_pages.chart),
    ("/id/{path:path}", thing_pages.entity), ("/compare", thing_pages.compare), ("/sources", source_pages.sources),
    ("/sources/{path:path}", source_pages.source), ("/claims", source_pages.claims),
    ("/claim/{path:path}", source_pages.claim), ("/ontology", ontology), ("/ontology/{version}", ontology),
)  # fmt: skip


def create_app(
    place: Path | str, *, hosts: Collection[str] = LOCAL, limits: Limits | None = None, workers: int = WORKERS
) -> Starlette:
    """The application over a graph in a directory or on a SPARQL server. `hosts` are the names it answers for; none means any.

    Raises GraphError when there is no graph.
    """
    graphs = Graphs(place, limits or Limits(), workers)
    site = _Site(graphs)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        _prepare()
        try:
            yield
        finally:
            graphs.close()

    routes = [
        Route("/sparql", site.sparql, methods=["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"], name="sparql"),
        Route("/.well-known/void", partial(site.described, description)), Route("/openapi.json", _api),
        Route("/examples", partial(site.described, example_queries)), Route("/croissant.json", site.croissant),
        *(Route(path, site.endpoint(page), methods=["GET", "HEAD"]) for path, page in _PAGES),
        *(Route(f"/static/{name}", partial(_file, _DRAW / name)) for name in ("viewer.css", "save.js", "viewer.js")),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]  # fmt: skip
    return Starlette(
        routes=routes, middleware=[Middleware(Guard, hosts=hosts)], lifespan=lifespan,
        exception_handlers=dict.fromkeys((404, 405, 406, 500), _failed),
    )  # fmt: skip


def _prepare() -> None:
    """Load what pages share before the first visitor would wait: templates, queries, the words of questions, and slow packages."""
    html.compile_templates()
    queries()
    load_words()
    for module in ("kg.draw.page", "networkx"):
        import_module(module)
    gc.freeze()  # what is loaded stays: to look through it for garbage would take a tenth of the time of a long answer


_Described = Callable[[Graph, str], tuple[list[Triple], dict[str, str]]]


class _Site:
    """What is answered from the graph that is served at the moment."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs = graphs

    def endpoint(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """What answers with a page, or says that the client has it."""

        async def endpoint(request: Request) -> Response:
            with self._graphs.current() as served:
                made = await _answer(served, page, request)
            if made.status_code == 200 and unchanged(made, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers={n: made.headers[n] for n in _OF_304 if n in made.headers})
            return made

        return endpoint

    async def sparql(self, request: Request) -> Response:
        """The answer of the endpoint; its description, or the editor, for who asks nothing."""
        if request.method in ("GET", "HEAD") and not request.query_params:
            kind = choose(request.headers.get("accept", ""), ["text/turtle", *html.RDF, "text/html"])
            if kind == "text/html":
                return await self.endpoint(pages.editor)(request)
            return await run_in_threadpool(self.described, description, request)
        return await query_response(request, self._graphs)

    def described(self, made: _Described, request: Request) -> Response:
        """A description of what is served, as RDF."""
        with self._graphs.current() as served:
            graph, address = served.graph, str(request.url_for("sparql"))
            triples, prefixes = once(graph, f"{made.__name__} of {address}", lambda: made(graph, address))
        kind = choose(request.headers.get("accept", ""), list(html.RDF)) or "text/turtle"
        return html.as_rdf(triples, kind, prefixes)

    def croissant(self, request: Request) -> Response:
        """The tables of the graph described in Croissant."""
        with self._graphs.current() as served:
            graph, base = served.graph, str(request.base_url)
            said = once(graph, f"croissant of {base}", lambda: croissant_of(graph, base))
        return JSONResponse(said, media_type="application/ld+json")


async def _api(request: Request) -> Response:
    return JSONResponse(openapi(version("mlperf-kg")))


_SAID = {404: "There is no page under this address.", 405: "This way of asking is not for this address."}


async def _failed(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return html.message(500, "That did not work", "The server failed; its log says more.")
    page = html.message(error.status_code, "That did not work", _SAID.get(error.status_code, error.detail))
    page.headers.update(error.headers or {})
    return page
