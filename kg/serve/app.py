"""The web application: addresses, and what answers them.

Canned queries, pages and descriptions are trusted and run here; SPARQL that somebody typed runs in the
pool of workers (`graphs.Pool`), so that no query stops another for longer than the limits.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from functools import partial
from importlib.metadata import version
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.query.text import Limits
from kg.serve import html, pages, query_pages, source_pages, thing_pages
from kg.serve.about import description, openapi
from kg.serve.cache import once, tagged, unchanged
from kg.serve.graphs import Graphs, Served
from kg.serve.guard import LOCAL, Guard
from kg.serve.html import Page
from kg.serve.negotiate import choose, ranking
from kg.serve.protocol import GRAPHS, query_response

_HERE = Path(__file__).parent
_DRAW = _HERE.parent / "draw"
WORKERS = 4
_PARAMETERS: dict[str, frozenset[str]] = {
    "": frozenset(), "editor": frozenset(), "sources": frozenset(), "claim": frozenset(), "id": frozenset({"format"}),
    "compare": frozenset({"a", "b"}), "claims": frozenset({"organization", "verdict"}), "complete": frozenset({"text", "kind"}),
    "explore": frozenset({"about", "depth", "limit"}),
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


def create_app(
    place: Path | str, *, hosts: Collection[str] = LOCAL, limits: Limits | None = None, workers: int = WORKERS
) -> Starlette:
    """The application over a graph in a directory or on a SPARQL server. `hosts` are the names it answers for; none means any.

    Raises GraphError when there is no graph.
    """
    graphs = Graphs(place, limits or Limits(), workers)

    def shown(page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            with graphs.current() as served:
                made = await _answer(served, page, request)
            if made.status_code == 200 and unchanged(made, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers={n: made.headers[n] for n in _OF_304 if n in made.headers})
            return made

        return endpoint

    async def sparql(request: Request) -> Response:
        if request.method in ("GET", "HEAD") and not request.query_params:
            kind = choose(request.headers.get("accept", ""), ["text/turtle", *GRAPHS, "text/html"])
            return await (editor(request) if kind == "text/html" else about(request))
        return await query_response(request, graphs)

    async def about(request: Request) -> Response:
        def work() -> Response:
            import pyoxigraph as ox

            with graphs.current() as served:
                graph, endpoint = served.graph, str(request.url_for("sparql"))
                triples, prefixes = once(graph, f"description of {endpoint}", lambda: description(graph, endpoint))
            kind = choose(request.headers.get("accept", ""), list(GRAPHS)) or "text/turtle"
            body = ox.serialize(triples, format=GRAPHS[kind], prefixes=None if kind.endswith("triples") else prefixes)
            return Response(body or b"", headers={"Content-Type": kind, "Vary": "Accept"})

        return await run_in_threadpool(work)

    async def api(request: Request) -> Response:
        return JSONResponse(openapi(version("mlperf-kg")))

    async def failed(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        text = {
            404: "There is no page under this address.",
            405: "This way of asking is not for this address.",
        }
        said = text.get(
            status, error.detail if isinstance(error, HTTPException) else "The server failed; its log says more."
        )
        shown_page = html.message(status, "That did not work", said)
        shown_page.headers.update(getattr(error, "headers", None) or {})
        return shown_page

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            graphs.close()

    editor = shown(pages.editor)
    routes = [
        Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"], name="sparql"),
        Route("/.well-known/void", about), Route("/openapi.json", api),
        *(Route(path, shown(page), methods=["GET", "HEAD"]) for path, page in (
            ("/", pages.home), ("/ask", pages.ask), ("/complete", pages.completions), ("/editor", pages.editor),
            ("/explore", pages.explore), ("/queries", query_pages.query_list), ("/queries/{name}", query_pages.query),
            ("/queries/{name}/text", query_pages.query_text), ("/queries/{name}/chart.{ending}", query_pages.chart),
            ("/id/{path:path}", thing_pages.entity), ("/compare", thing_pages.compare), ("/sources", source_pages.sources),
            ("/sources/{path:path}", source_pages.source), ("/claims", source_pages.claims),
            ("/claim/{path:path}", source_pages.claim),
        )),
        *(Route(f"/static/{name}", partial(_file, _DRAW / name)) for name in ("viewer.css", "viewer.js")),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]  # fmt: skip
    handlers = {404: failed, 405: failed, 406: failed, 500: failed}
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
