"""Pages of the canned queries: a form, a chart and rows, the same rows as data."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.errors import KgError, QueryError, UnknownName
from kg.namespaces import ID
from kg.plain import shown
from kg.plot import DRAWN, Chart, can_draw, drawable, vega_lite
from kg.query import CannedQuery, Table, bound, load, queries
from kg.query.canned import without_header
from kg.query.panels import files_of
from kg.serve import things
from kg.serve.cache import rows_of
from kg.serve.html import PARQUET, editor_link, message, page, wanted
from kg.serve.listing import PARAMETERS, Listing, listing, parquet
from kg.serve.view import view
from kg.store import Graph

_CHARTS = {"svg": "image/svg+xml", "png": "image/png", "html": "text/html", "json": "application/json"}


def query_list(request: Request, graph: Graph) -> Response:
    """The canned queries."""
    listed = queries()
    if wanted(request, ["text/html", "application/json"]) == "application/json":
        return JSONResponse([{"name": q.name, "summary": q.summary} for q in listed])
    return page("queries.html", queries=listed)


def query_text(request: Request, graph: Graph) -> Response:
    """The text of a canned query, as an example for the editor."""
    try:
        text = load(request.path_params["name"]).text
    except UnknownName as error:
        return PlainTextResponse(f"{error}\n", 404)
    return PlainTextResponse(without_header(text) + "\n")


def query(request: Request, graph: Graph) -> Response:
    """A canned query: its form and, once parameters are given or none is needed, its rows."""
    try:
        canned = load(request.path_params["name"])
    except UnknownName as error:
        return message(404, "No such query", str(error))
    given, parameters = _given(request)
    kind = wanted(request, ["text/html", "application/json", "text/csv", PARQUET])
    asked = bool(request.query_params) or all(p.optional for p in canned.parameters)
    rows: Listing | None = None
    text, status, said = "", 200, ""
    if asked or kind != "text/html":
        try:
            text = bound(graph, canned.name, parameters)
            rows = listing(rows_of(graph, canned.name, parameters), given)
        except KgError as error:
            status, said = error.status, shown(str(error))
    if kind != "text/html":
        return PlainTextResponse(said + "\n", status) if rows is None else _data(rows.table, kind, canned.name)
    alike = rows.alike() if rows is not None else []
    shown_rows = view(rows.rows.without(alike), partial(files_of, graph)) if rows is not None else None
    same = view(rows.rows.first(1).select(alike)) if rows is not None and alike else None
    return page(
        "query.html", status, query=canned, given={k: v[0] for k, v in parameters.items()}, error=said, listing=rows,
        view=shown_rows, same=same, chart=_alternative(canned, rows), editor=editor_link(text),
        kept=[(k, v) for k, values in parameters.items() for v in values],
    )  # fmt: skip


def chart(request: Request, graph: Graph) -> Response:
    """The chart of a canned query, of the rows that its page shows."""
    given, parameters = _given(request)
    ending = request.path_params["ending"]
    try:
        canned = load(request.path_params["name"])
        if canned.chart is None or ending not in _CHARTS:
            raise QueryError(f"there is no chart.{ending} of {canned.name}")
        rows = listing(rows_of(graph, canned.name, parameters), given)
        spec = vega_lite(rows.whole, Chart.of(canned.chart), canned.summary, _said(graph, parameters))
        made: Any = spec if ending == "json" else DRAWN[f".{ending}"](spec)
    except KgError as error:
        return PlainTextResponse(f"{shown(str(error))}\n", 404)
    headers = (
        {"Content-Disposition": f'attachment; filename="{canned.name}.{ending}"'}
        if ending in ("html", "json")
        else None
    )
    return JSONResponse(made, headers=headers) if ending == "json" else Response(made, 200, headers, _CHARTS[ending])


def _given(request: Request) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """All parameters that have a value, and those of the query; several of one name mean any of them."""
    given = [(k, v) for k, v in request.query_params.multi_items() if v != "" and k != "format"]
    parameters: dict[str, list[str]] = {}
    for name, value in given:
        if name not in PARAMETERS and not name.startswith("where."):
            parameters.setdefault(name, []).append(value)
    return given, parameters


def _said(graph: Graph, parameters: dict[str, list[str]]) -> str:
    """The parameters of a query in words: things by their labels."""

    def word(value: str) -> str:
        return things.label_of(graph, value) if value.startswith(ID) else value

    return "; ".join(f"{name}: {' or '.join(map(word, values))}" for name, values in parameters.items())


def _alternative(canned: CannedQuery, rows: Listing | None) -> str:
    """What the picture of a chart shows, in words; '' when there is none to draw."""
    if canned.chart is None or rows is None or not can_draw():
        return ""
    if not drawable(rows.whole, Chart.of(canned.chart)):
        return ""
    return f"Chart of the rows below: {canned.summary[:1].lower()}{canned.summary[1:]}"


def _data(table: Table, kind: str, name: str) -> Response:
    """Rows as JSON, CSV or Parquet."""
    if kind == PARQUET:
        try:
            return Response(parquet(table), media_type=kind, headers={
                "Vary": "Accept", "Content-Disposition": f'attachment; filename="{name}.parquet"',
            })  # fmt: skip
        except KgError as error:
            return PlainTextResponse(f"{error}\n", 406)
    body = table.render("json" if kind == "application/json" else "csv")
    return Response(body, media_type=kind, headers={"Vary": "Accept"})
