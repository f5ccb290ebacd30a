"""The pages: each takes a request and the graph, and gives HTML or, where it is asked for, data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from kg.claims.report import LEGEND, RESTATED, sections, summary
from kg.claims.stored import StoredReview, stored_reviews
from kg.errors import KgError, NotUnderstood, UnknownName
from kg.export import to_jsonld
from kg.model.claim import VERDICTS
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE, RDFS_LABEL
from kg.plain import one_line, shown
from kg.query import Table, bound, load, names, queries, run
from kg.rdf.evidence import words
from kg.serve import things
from kg.serve.cache import once
from kg.serve.negotiate import choose
from kg.serve.view import href, source_href, view
from kg.store import Graph

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True
)
_RDF = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}  # fmt: skip
_BY_NAME = {"html": "text/html", "turtle": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples",
            "json": "application/json", "csv": "text/csv"}  # fmt: skip

OFFERED = ["text/html", *_RDF, "application/json", "text/csv"]
"""The media types that pages come in; each offers some of them."""

Page = Callable[[Request, Graph], Response]


def page(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page made from a template; every value is escaped."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), status, {"Vary": "Accept"})


def message(status: int, title: str, text: str) -> Response:
    """A page that says one thing."""
    return page("message.html", status, title=title, text=shown(text))


def _wanted(request: Request, offered: list[str]) -> str:
    """The media type that the parameter `format` or else the Accept header asks for."""
    name = request.query_params.get("format", "")
    if not name:
        return choose(request.headers.get("accept", ""), offered) or offered[0]
    if _BY_NAME.get(name) not in offered:
        known = ", ".join(n for n, kind in _BY_NAME.items() if kind in offered)
        raise HTTPException(406, f"There is no format “{shown(name)}” here; there are {known}.")
    return _BY_NAME[name]


def home(request: Request, graph: Graph) -> Response:
    """What the graph holds, and questions to begin with."""
    counts = [
        ("Fact", "facts of statements, each with its words", "/sources"), ("Statement", "statements", "/sources"),
        ("Result", "official results, each with its files", "/queries/results"),
        ("Claim", "claims, checked against the record", "/claims"),
    ]  # fmt: skip
    kind = ox.NamedNode(RDF_TYPE)
    cards = [
        {
            "number": f"{sum(1 for _ in graph.match(None, kind, ox.NamedNode(MLP + name))):,}",
            "text": text,
            "href": to,
        }
        for name, text, to in counts
    ]
    examples = [
        "Who submitted on A100 80GB with PyTorch?", "What is the fastest official result for BERT on at most 8 accelerators?",
        "Which claims are contradicted?", "How does NVIDIA scale on BERT?", "Who did not submit Minigo?",
    ]  # fmt: skip
    return page("home.html", cards=cards, examples=examples)


def ask(request: Request, graph: Graph) -> Response:
    """A question in plain words: how it was read, its rows, or why it is refused."""
    from kg.ask import ask as answer_of

    question = request.query_params.get("q", "").strip()[:1000]
    if not question:
        return page("ask.html")
    reading = request.query_params.get("reading", "")
    try:
        answer = answer_of(graph, question, int(reading) if reading.isascii() and reading.isdigit() else None)
    except NotUnderstood as refused:
        numbered = [text.partition(". ")[2] for text in refused.instead if re.match(r"\d+\. ", text)]
        suggestions = [] if numbered else list(refused.instead)
        return page(
            "ask.html",
            200,
            question=question,
            refusal=shown(str(refused)),
            choices=numbered,
            suggestions=suggestions,
        )
    except KgError as error:
        return page("ask.html", question=question, refusal=shown(str(error)))
    rows = view(answer.rows)
    return page(
        "ask.html", question=question, sentence=answer.sentence, view=rows, editor=_editor(answer.sparql)
    )


def query_list(request: Request, graph: Graph) -> Response:
    """The canned queries."""
    listed = queries()
    if _wanted(request, ["text/html", "application/json"]) == "application/json":
        return JSONResponse([{"name": q.name, "summary": q.summary} for q in listed])
    return page("queries.html", queries=listed)


def query(request: Request, graph: Graph) -> Response:
    """A canned query: its form and, once parameters are given or none is needed, its rows."""
    try:
        canned = load(request.path_params["name"])
    except UnknownName as error:
        return message(404, "No such query", str(error))
    given = {k: v for k, v in request.query_params.items() if v != "" and k != "format"}
    kind = _wanted(request, ["text/html", "application/json", "text/csv"])
    asked = bool(request.query_params) or all(p.optional for p in canned.parameters)
    table: Table | None = None
    text, status, error_text = "", 200, ""
    if asked or kind != "text/html":
        try:
            text = bound(graph, canned.name, given)
            table = run(graph, canned.name, given)
        except KgError as error:
            status, error_text = error.status, shown(str(error))
    if kind != "text/html":
        if table is None:
            return PlainTextResponse(error_text + "\n", status)
        body = table.render("json" if kind == "application/json" else "csv")
        return Response(body, media_type=kind, headers={"Vary": "Accept"})

    def link(name: str) -> str:
        return "?" + urlencode({**given, "format": name})

    rows = view(table) if table is not None else None
    return page(
        "query.html",
        status,
        query=canned,
        given=given,
        view=rows,
        error=error_text,
        link=link,
        editor=_editor(text),
    )


def _editor(text: str) -> str:
    return "/editor#" + quote(re.sub(r"(?m)^#\+.*\n", "", text).strip())


def completions(request: Request, graph: Graph) -> Response:
    """Names that begin with, or hold, what was typed: at most twelve."""
    typed = request.query_params.get("text", "").strip().lower()[:100]
    kind = request.query_params.get("kind", "")
    found = sorted(
        {
            e.label
            for e in names(graph).entities.values()
            if kind in ("", "Resource", e.kind) and typed in e.label.lower()
        },
        key=lambda label: (not label.lower().startswith(typed), len(label), label),
    )
    return JSONResponse(found[:12])


def entity(request: Request, graph: Graph) -> Response:
    """A thing with an IRI under `/id/`: a page, or its triples."""
    try:
        iri = ox.NamedNode(ID + quote(request.path_params["path"], safe="/.:+~-_")).value
    except ValueError:
        return message(404, "No such thing", "This is not the address of a thing.")
    kind = _wanted(request, ["text/html", *_RDF])
    if kind != "text/html":
        found = things.triples(graph, iri)
        if not found:
            return PlainTextResponse(f"nothing is known of {iri}\n", 404)
        if kind == "application/ld+json":
            return Response(to_jsonld(ox.Quad(*triple) for triple in found), headers={"Content-Type": kind, "Vary": "Accept"})
        body = ox.serialize(found, format=_RDF[kind], prefixes=None if kind.endswith("triples") else PREFIXES)
        return Response(body or b"", headers={"Content-Type": kind, "Vary": "Accept"})
    parts = things.sections(graph, iri)
    if not parts:
        return message(404, "No such thing", f"Nothing is known of {iri}.")
    return page(
        "entity.html", iri=iri, label=things.label_of(graph, iri), kind=things.kind_of(graph, iri), sections=parts,
        facts=things.facts(graph, iri),
    )  # fmt: skip


def sources(request: Request, graph: Graph) -> Response:
    """The statements and records in the graph."""
    told = [
        (iri, sum(1 for _ in graph.match(None, _TYPE, ox.NamedNode(MLP + "Fact"), ox.NamedNode(iri))))
        for iri in _statements(graph)
    ]
    statements = [
        {"href": source_href(iri), "text": things.label_of(graph, iri), "facts": facts}
        for iri, facts in sorted(told, key=lambda pair: things.label_of(graph, pair[0]).lower())
    ]
    kind, landing = ox.NamedNode(RDF_TYPE), ox.NamedNode(PREFIXES["dcat"] + "landingPage")
    records = [
        {"href": href(q.subject.value), "text": things.label_of(graph, q.subject.value),
         "landing": next((str(p.object.value) for p in graph.match(q.subject, landing) if isinstance(p.object, ox.NamedNode)), "")}
        for q in graph.match(None, kind, ox.NamedNode(MLP + "Record")) if isinstance(q.subject, ox.NamedNode)
    ]  # fmt: skip
    return page("sources.html", statements=statements, records=records)


def source(request: Request, graph: Graph) -> Response:
    """The text of a statement, with the words that facts rest on marked."""
    statement = ID + "statement/" + request.path_params["path"]
    if statement not in _statements(graph):
        return message(404, "No such statement", "The graph has no statement under this address.")
    text = graph.source(statement.removeprefix(ID + "statement/").split("/")[0])
    spans: dict[tuple[int, int], list[str]] = {}
    for start, end, line in _told(graph, statement):
        spans.setdefault((start, end), []).append(shown(line))
    pieces, at = [], min((s for s, _ in spans), default=0)
    for (start, end), lines in sorted(spans.items()):
        if start < at:
            continue
        if start > at:
            pieces.append({"text": shown(text[at:start]), "facts": [], "start": at})
        pieces.append({"text": shown(text[start:end]), "facts": lines, "start": start})
        at = end
    restated = any(
        True for _ in graph.match(ox.NamedNode(statement), ox.NamedNode(MLP + "restated"), ox.Literal(True))
    )
    note = "Restated in other words: do not quote the vendor from it." if restated else "As published."
    return page("source.html", title=things.label_of(graph, statement), note=note, pieces=pieces)


def _statements(graph: Graph) -> set[str]:
    """The IRIs of the statements in a graph."""
    found = graph.match(None, _TYPE, ox.NamedNode(MLP + "Statement"))
    return {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}


def _told(graph: Graph, statement: str) -> Iterator[tuple[int, int, str]]:
    """The asserted facts of a statement, each with its place in the text, as a line of words."""

    def first(subject: str, predicate: str) -> str | None:
        found = graph.match(ox.NamedNode(subject), ox.NamedNode(predicate))
        return min(
            (q.object.value for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)), default=None
        )

    def label(iri: str) -> str:
        return first(iri, RDFS_LABEL) or iri.rpartition("/")[2]

    for typed in graph.match(None, _TYPE, ox.NamedNode(MLP + "Fact"), ox.NamedNode(statement)):
        fact = str(getattr(typed.subject, "value", ""))
        place = words(first(fact, MLP + "evidence") or "", first)
        if place is None or first(fact, MLP + "modality"):
            continue
        thing = first(fact, MLP + "object")
        what = label(thing) if thing else first(fact, MLP + "value")
        predicate = things.words(first(fact, MLP + "predicate") or "")
        yield place[1], place[2], f"{label(first(fact, MLP + 'subject') or '')} — {predicate} — {what}"


_TYPE = ox.NamedNode(RDF_TYPE)


def claims(request: Request, graph: Graph) -> Response:
    """The claims of the statements with their verdicts."""
    everything = stored_reviews(graph)
    organization, verdict = (request.query_params.get(n, "") for n in ("organization", "verdict"))
    chosen = [
        r for r in everything
        if organization in ("", r.organization) and verdict in ("", r.verdict)
    ]  # fmt: skip
    parts = [
        {"title": title, "last": last, "reviews": [_review(r) for r in group]}
        for title, group, last in sections(chosen)
    ]
    who = sorted({r.organization for r in everything}, key=str.lower)
    return page("claims.html", summary=summary(everything), sections=parts, organizations=who, organization=organization,
                verdicts=VERDICTS, verdict=verdict, legend=LEGEND)  # fmt: skip


def _review(r: StoredReview) -> dict[str, object]:
    """What the page shows of a review."""
    return {
        "at": VERDICTS.index(r.verdict), "verdict": r.verdict, "claimed": one_line(r.claimed), "quote": shown(r.quote),
        "restated": RESTATED if r.restated else "", "href": source_href(r.statement, r.start), "record": one_line(r.record),
        "formula": r.formula, "note": one_line(r.note),
        "results": [{"href": href(u.iri), "text": u.label, "minutes": u.minutes, "link": u.link} for u in r.results],
    }  # fmt: skip


def editor(request: Request, graph: Graph) -> Response:
    """A SPARQL editor with completion and the canned queries as examples."""
    terms = sorted({q.predicate.value for q in graph.quads()} | {
        q.object.value for q in graph.match(None, ox.NamedNode(RDF_TYPE)) if isinstance(q.object, ox.NamedNode)
    })  # fmt: skip
    short = [
        f"{prefix}:{term.removeprefix(base)}"
        for term in terms
        for prefix, base in PREFIXES.items()
        if term.startswith(base)
    ]
    text = "SELECT ?organization ?benchmark ?minutes\nWHERE {\n  ?result a mlp:Result ; mlp:submitter ?organization ;\n" \
           "    mlp:benchmark ?benchmark ; mlp:minutes ?minutes .\n}\nORDER BY ?minutes\nLIMIT 20\n"  # fmt: skip
    return page("editor.html", queries=queries(), text=text, words=short)


def query_text(request: Request, graph: Graph) -> Response:
    """The text of a canned query, as an example for the editor."""
    try:
        text = load(request.path_params["name"]).text
    except UnknownName as error:
        return PlainTextResponse(f"{error}\n", 404)
    return PlainTextResponse(re.sub(r"(?m)^#\+.*\n", "", text).strip() + "\n")


def explore(request: Request, graph: Graph) -> Response:
    """The graph, or what is around a thing, as a picture to explore."""
    from kg.draw.page import data_of
    from kg.draw.scene import LIMIT, scene
    from kg.draw.svg import body, colour, legend
    from kg.export import to_networkx
    from kg.query import resolve

    about = request.query_params.get("about", "").strip()
    depth = _between(request.query_params.get("depth", ""), 1, 3, 1)
    limit = _between(request.query_params.get("limit", ""), 10, 240, LIMIT)
    shared = {"name": about, "depth": depth, "limit": limit}
    try:
        centre = resolve(graph, about).iri if about else None
        network = once(graph, "network", lambda: to_networkx(graph.quads()))
        made = scene(network, about=centre, depth=depth, limit=limit, only=None)
    except KgError as error:
        return page("explore.html", 404, title="Explorer", error=shown(str(error)), **shared)
    return page(
        "explore.html", title=shown(made.title), note=shown(made.note), data=data_of(made), body=body(made),
        width=f"{made.width:.0f}", height=f"{made.height - 50:.0f}", legend=[(k, colour(k)) for k in legend(made)], **shared,
    )  # fmt: skip


def _between(text: str, least: int, most: int, otherwise: int) -> int:
    return (
        min(most, max(least, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
    )
