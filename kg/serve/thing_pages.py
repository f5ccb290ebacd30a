"""Pages of things: what the graph knows of one, and of two side by side."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KgError
from kg.namespaces import ID, MLP, PREFIXES
from kg.plot import can_draw
from kg.query import load, run
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
    about_round = things.first(graph, iri, MLP + "round") if kind_of == "record" else None
    panels = [panel for asked in PANELS.get(kind_of, ()) if (panel := _panel(graph, about_round or iri, *asked))]
    told, count = things.told(graph, iri)
    also = sorted(things.values(graph, iri, PREFIXES["skos"] + "altLabel"), key=str.casefold)
    about = things.first(graph, iri, PREFIXES["skos"] + "definition") or things.first(
        graph, iri, PREFIXES["rdfs"] + "comment"
    )
    about = about or (_measured_on(graph, iri) if kind_of == "result" else None)
    return page(
        "entity.html", iri=iri, label=things.label_of(graph, iri), kind=kind_of, about=about, sections=parts,
        also=also, panels=panels, told=told, count=count,
        comparable=kind_of in COMPARED, claims=kind_of == "organization", files=things.files_of(graph, iri),
        text=source_href(iri) if kind_of == "statement" else "",
    )  # fmt: skip


def _measured_on(graph: Graph, iri: str) -> str | None:
    """The key figures of an official result; None for one that was not scored."""
    minutes, count, chip = (things.first(graph, iri, MLP + n) for n in ("minutes", "acceleratorCount", "accelerator"))
    on = f" on {count} × {things.label_of(graph, chip)}" if count and chip else ""
    return f"{float(minutes):.3f} minutes{on}" if minutes else None


PANELS = {
    "organization": (
        ("results", "organization", "Official results"),
        ("through-rounds", "organization", "Through the rounds"),
        ("inference-results", "organization", "Results of MLPerf Inference"),
    ),
    "accelerator": (
        ("best-by-count", "accelerator", "Best times"),
        ("systems-with-accelerator", "accelerator", "Systems with it"),
        ("inference-results", "accelerator", "Results of MLPerf Inference"),
    ),
    "benchmark": (
        ("fastest", "benchmark", "The fastest of each round"),
        ("best-by-count", "benchmark", "Best times by accelerator"),
    ),
    "round": (
        ("fastest", "round", "The fastest of each benchmark"),
        ("round-results", "round", "All systems"),
        ("inference-fastest", "round", "The best of each model"),
    ),
    "system": (("results", "system", "Official results"), ("hardware-of-system", "system", "What it is made of")),
    "framework": (("fastest", "framework", "The fastest with it"), ("results", "framework", "Official results")),
    "record": (("round-results", "round", "All systems"),),
    "processor": (("results", "processor", "Official results"),),
}
"""The queries whose rows stand on the page of a thing of a class, with the parameter that takes the thing."""

_ROWS, _POINTS = 8, 500
"""The rows that stand on a page of a thing, and with how many at most a chart is beside them."""

_LEFT_OUT = ("nodes", "processor", "availability", "leftOut", "span", "since", "minutesThen", "results")
"""Columns for which there is no room on a page of a thing."""


def _panel(graph: Graph, iri: str, name: str, parameter: str, title: str) -> dict[str, Any] | None:
    """The first rows of a query about a thing, what they count, and whether it has a chart; None without rows."""
    table = run(graph, name, {parameter: iri})
    if not table.rows:
        return None
    newest = table.sort("-round") if name == "results" else table
    counted = [
        (len(values), words)
        for words in ("round", "benchmark", "organization", "accelerator")
        if words in table.columns and words != parameter and (values := {row[words] for row in table} - {None})
    ]
    chart = load(name).chart if len(table) <= _POINTS and can_draw() else None
    return {
        "title": title, "name": name, "rows": len(table), "address": f"/queries/{name}", "asked": urlencode({parameter: iri}),
        "counted": [f"{count} {words}{'s' * (count != 1)}" for count, words in counted],
        "view": view(newest.first(_ROWS).without(_LEFT_OUT), partial(things.files_of, graph)),
        "chart": chart is not None and chart.get("x", parameter) != parameter,
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
