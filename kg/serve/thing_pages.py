"""Pages of things: what the graph knows of one, and of two side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KgError
from kg.namespaces import ID, MLP, PREFIXES
from kg.plot import can_draw
from kg.query import load
from kg.query.panels import Panel, files_of, panels
from kg.serve import things
from kg.serve.compare import COMPARED, compared
from kg.serve.html import RDF, as_rdf, message, page, wanted
from kg.serve.view import source_href, view
from kg.store import Graph


def entity(request: Request, graph: Graph) -> Response:
    """A thing with an IRI under `/id/`: a page, or its triples."""
    try:
        iri = ox.NamedNode(ID + quote(request.path_params["path"], safe="/.:+~-_")).value
    except ValueError:
        return message(404, "No such thing", "This is not the address of a thing.")
    kind = wanted(request, ["text/html", *RDF])
    if kind != "text/html":
        found = things.triples(graph, iri)
        if not found:
            return PlainTextResponse(f"nothing is known of {iri}\n", 404)
        return as_rdf(found, kind)
    parts = things.sections(graph, iri)
    if not parts and next(iter(graph.match(ox.NamedNode(iri))), None) is None:
        return message(404, "No such thing", f"Nothing is known of {iri}.")
    kind_of = things.kind_of(graph, iri)
    told, count = things.told(graph, iri)
    also = sorted(set(graph.values(iri, PREFIXES["skos"] + "altLabel")), key=lambda name: (name.casefold(), name))
    about = things.first(graph, iri, PREFIXES["skos"] + "definition") or things.first(
        graph, iri, PREFIXES["rdfs"] + "comment"
    )
    about = about or (_measured_on(graph, iri) if kind_of == "result" else None)
    return page(
        "entity.html", iri=iri, label=things.label_of(graph, iri), kind=kind_of, about=about, sections=parts,
        also=also, panels=[_panel(panel) for panel in panels(graph, iri)], told=told, count=count,
        comparable=kind_of in COMPARED, claims=kind_of == "organization", files=files_of(graph, iri),
        text=source_href(iri) if kind_of == "statement" else "",
    )  # fmt: skip


def _measured_on(graph: Graph, iri: str) -> str | None:
    """The key figures of an official result; None for one that was not scored."""
    minutes, count, chip = (things.first(graph, iri, MLP + n) for n in ("minutes", "acceleratorCount", "accelerator"))
    on = f" on {count} × {things.label_of(graph, chip)}" if count and chip else ""
    return f"{float(minutes):.3f} minutes{on}" if minutes else None


_POINTS = 500
"""With how many rows at most of a query a chart is on the page of a thing."""


def _panel(panel: Panel) -> dict[str, Any]:
    """What the record holds of a thing, for its page, and whether there is a chart of it."""
    chart = load(panel.query).chart if panel.count <= _POINTS and can_draw() else None
    return {
        "title": panel.title, "name": panel.query, "rows": panel.count, "counted": panel.counted, "view": view(panel.table),
        "address": f"/queries/{panel.query}", "asked": urlencode({panel.parameter: panel.about}),
        "chart": chart is not None and chart.get("x", panel.parameter) != panel.parameter,
    }  # fmt: skip


def compare(request: Request, graph: Graph) -> Response:
    """Two vendors, systems, accelerators or frameworks side by side, on what may be compared."""
    one, other = (request.query_params.get(name, "").strip()[:200] for name in ("a", "b"))
    if not one or not other:
        return page("compare.html", one=one, other=other)
    try:
        made = compared(graph, one, other)
    except KgError as error:
        return page("compare.html", error.status, one=one, other=other, error=str(error))
    return page("compare.html", one=made.one.label, other=made.other.label, made=made)
