"""What all pages share: templates, media types, the link to the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.export import to_jsonld
from kg.namespaces import PREFIXES
from kg.plain import shown
from kg.query.canned import without_header
from kg.query.sheet import title
from kg.serve.negotiate import choose
from kg.store import Graph
from kg.templates import templates

_TEMPLATES = templates(Path(__file__).parent / "templates")
_TEMPLATES.filters["heading"] = title
RDF = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
"""The media types of graphs; of those that a client likes as well, the first is given."""
PARQUET = "application/vnd.apache.parquet"
_BY_NAME = {
    "html": "text/html", "turtle": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml", "json": "application/json", "csv": "text/csv", "parquet": PARQUET,
}  # fmt: skip

OFFERED = ["text/html", *RDF, "application/json", "text/csv", PARQUET]
"""The media types that pages come in; each offers some of them."""

Page = Callable[[Request, Graph], Response]


def page(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page made from a template, which escapes every value and shows what would act (`kg.templates`)."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), status, {"Vary": "Accept"})


def compile_templates() -> None:
    """Compile all templates, which is done once in a process."""
    for name in _TEMPLATES.list_templates():
        _TEMPLATES.get_template(name)


def message(status: int, heading: str, text: str) -> Response:
    """A page that says one thing."""
    return page("message.html", status, title=heading, text=text)


def wanted(request: Request, offered: list[str]) -> str:
    """The media type that the parameter `format` or else the Accept header asks for."""
    name = request.query_params.get("format", "")
    if not name:
        return choose(request.headers.get("accept", ""), offered) or offered[0]
    if _BY_NAME.get(name) not in offered:
        known = ", ".join(n for n, kind in _BY_NAME.items() if kind in offered)
        raise HTTPException(406, f"There is no format “{shown(name)}” here; there are {known}.")
    return _BY_NAME[name]


def as_rdf(triples: Iterable[ox.Triple], kind: str, prefixes: Mapping[str, str] = PREFIXES) -> Response:
    """Triples in one of the media types of `RDF`; JSON-LD is compacted with the project's context."""
    return Response(rdf(triples, kind, prefixes), headers={"Content-Type": kind, "Vary": "Accept"})


def rdf(triples: Iterable[ox.Triple], kind: str, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Triples as the bytes of one of the media types of `RDF`."""
    if kind == "application/ld+json":
        return to_jsonld(ox.Quad(*triple) for triple in triples)
    named = None if kind == "application/n-triples" else dict(prefixes)
    return ox.serialize(triples, format=ox.RdfFormat.from_media_type(kind), prefixes=named) or b""


def editor_link(text: str) -> str:
    """The address of the editor with a query in it."""
    return "/editor#" + quote(without_header(text))
