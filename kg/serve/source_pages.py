"""Pages of what the graph rests on: statements, records, claims with their verdicts."""

from __future__ import annotations

from importlib.metadata import version
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.claims.report import LEGEND, RESTATED, sections, summary
from kg.claims.stored import StoredReview, stored_reviews
from kg.model.claim import VERDICTS
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE
from kg.plain import one_line
from kg.serve import things
from kg.serve.html import message, page
from kg.serve.view import href, source_href
from kg.store import Graph

_LANDING_PAGE = PREFIXES["dcat"] + "landingPage"


def sources(request: Request, graph: Graph) -> Response:
    """The statements and records in the graph."""
    told = [(things.label_of(graph, iri), iri) for iri in things.instances(graph, "Statement")]
    statements = [
        {"href": source_href(iri), "text": label, "facts": len(things.instances(graph, "Fact", iri))}
        for label, iri in sorted(told, key=lambda pair: pair[0].lower())
    ]
    records = [
        {"href": href(iri), "text": things.label_of(graph, iri), "landing": things.first(graph, iri, _LANDING_PAGE)}
        for iri in things.instances(graph, "Record")
    ]
    return page("sources.html", statements=statements, records=records)


def source(request: Request, graph: Graph) -> Response:
    """The text of a statement, with the words that facts rest on marked."""
    statement = ID + "statement/" + request.path_params["path"]
    if statement not in things.instances(graph, "Statement"):
        return message(404, "No such statement", "The graph has no statement under this address.")
    text = graph.source(statement.removeprefix(ID + "statement/").split("/")[0])
    _, at, last = things.words_of(graph, statement) or ("", 0, 0)
    spans: dict[tuple[int, int], list[str]] = {}
    for fact in things.instances(graph, "Fact", statement):
        if place := things.asserted(graph, fact):
            _, start, end, page_number = place
            spans.setdefault((start, end), []).append(things.fact_words(graph, fact) + page_number)
    pieces = []
    for (start, end), lines in [*sorted(spans.items()), ((last, last), [])]:
        if start < at:
            continue
        if start > at:
            pieces.append({"text": text[at:start], "facts": [], "start": at})
        if lines:
            pieces.append({"text": text[start:end], "facts": lines, "start": start})
        at = end
    restated = things.first(graph, statement, MLP + "restated") == "true"
    note = "Restated in other words: do not quote the vendor from it." if restated else "As published."
    return page("source.html", title=things.label_of(graph, statement), note=note, pieces=pieces)


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
        "card": "/claim/" + quote(r.claim.removeprefix(ID)),
        "at": VERDICTS.index(r.verdict), "verdict": r.verdict, "claimed": one_line(r.claimed), "quote": r.quote,
        "restated": RESTATED if r.restated else "", "href": source_href(r.statement, r.start), "record": one_line(r.record),
        "formula": r.formula, "note": one_line(r.note),
        "results": [{"href": href(u.iri), "text": u.label, "minutes": u.minutes, "link": u.link} for u in r.results],
    }  # fmt: skip


def claim(request: Request, graph: Graph) -> Response:
    """A claim as a card to cite: words, verdict, arithmetic, files, and how to name it."""
    iri = ID + request.path_params["path"]
    found = next((r for r in stored_reviews(graph) if r.claim == iri), None)
    if found is None:
        return message(404, "No such claim", "The graph has no claim under this address.")
    said = f"(restated): {one_line(found.claimed)}" if found.restated else f"“{one_line(found.quote)}”"
    published, original, read = _dates(graph, found)
    when = f" Published {published}" + (f", {original}" if original else "") + "." if published else ""
    against = f" Record as read on {read}." if read else ""
    verdict = f"Verdict: {found.verdict}. {one_line(found.formula or found.record)}"
    cite = f"{found.organization} {said}. {found.statement_label}.{when} {verdict}"
    return page("claim.html", r=_review(found), claimant=found.organization, claimant_href=href(found.speaker),
                statement=found.statement_label, cite=(cite.strip().rstrip(".") + "." + against).strip(), iri=iri,
                published=published, original=original, read=read,
                version=version("mlperf-kg"), used=len(found.used))  # fmt: skip


def _dates(graph: Graph, review: StoredReview) -> tuple[str, str, str]:
    """When what is claimed was published and where, and when the record was read that it is checked against; '' for unknown."""
    issued = at = None
    if document := things.first(graph, review.statement, PREFIXES["dct"] + "isPartOf"):
        origin = things.first(graph, document, PREFIXES["prov"] + "wasDerivedFrom") or document
        issued = things.first(graph, origin, PREFIXES["dct"] + "issued")
        at = things.first(graph, origin, _LANDING_PAGE)
    records = {q.graph_name for used in review.used for q in graph.match(ox.NamedNode(used), ox.NamedNode(RDF_TYPE))}
    days = [things.first(graph, r.value, MLP + "dateRead") or "" for r in records if isinstance(r, ox.NamedNode)]
    return (issued or "")[:10], at or "", max(days, default="")
