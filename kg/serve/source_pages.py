"""Pages of what the graph rests on: statements, records, claims with their verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.claims.report import LEGEND, RESTATED, sections, summary
from kg.claims.stored import StoredReview, stored_reviews
from kg.model.claim import VERDICTS
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE
from kg.plain import one_line, shown
from kg.rdf.evidence import words
from kg.serve import things
from kg.serve.html import message, page
from kg.serve.view import href, source_href
from kg.store import Graph

_TYPE = ox.NamedNode(RDF_TYPE)


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
    restated = any(True for _ in graph.match(ox.NamedNode(statement), ox.NamedNode(MLP + "restated"), ox.Literal(True)))
    note = "Restated in other words: do not quote the vendor from it." if restated else "As published."
    return page("source.html", title=things.label_of(graph, statement), note=note, pieces=pieces)


def _statements(graph: Graph) -> set[str]:
    """The IRIs of the statements in a graph."""
    found = graph.match(None, _TYPE, ox.NamedNode(MLP + "Statement"))
    return {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}


def _told(graph: Graph, statement: str) -> Iterator[tuple[int, int, str]]:
    """The asserted facts of a statement, each with its place in the text, as a line of words."""

    def first(subject: str, predicate: str) -> str | None:
        return things.first(graph, subject, predicate)

    for typed in graph.match(None, _TYPE, ox.NamedNode(MLP + "Fact"), ox.NamedNode(statement)):
        fact = str(getattr(typed.subject, "value", ""))
        evidence = first(fact, MLP + "evidence") or ""
        place = words(evidence, first)
        if place is None or first(fact, MLP + "modality"):
            continue
        number = first(evidence, MLP + "page")
        yield place[1], place[2], things.fact_words(graph, fact) + (f", p. {number}" if number else "")


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
        "at": VERDICTS.index(r.verdict), "verdict": r.verdict, "claimed": one_line(r.claimed), "quote": shown(r.quote),
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
    document = things.first(graph, review.statement, PREFIXES["dct"] + "isPartOf") or ""
    origin = things.first(graph, document, PREFIXES["prov"] + "wasDerivedFrom") or document if document else ""
    issued, at = (
        things.first(graph, origin, PREFIXES[prefix] + name) or "" if origin else ""
        for prefix, name in (("dct", "issued"), ("dcat", "landingPage"))
    )
    records = {q.graph_name for used in review.used for q in graph.match(ox.NamedNode(used), _TYPE)}
    days = [things.first(graph, r.value, MLP + "dateRead") or "" for r in records if isinstance(r, ox.NamedNode)]
    return issued[:10], at, max(days, default="")
