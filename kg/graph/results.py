"""Official results in RDF, as `docs/architecture.md` lays the graph out.

Results and systems as filed stand in the named graph of their record, links of systems in one of their
own; the record itself, and what it names, are described in the default graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.facts import entity_quads, submission_iri, submission_quads
from kg.graph.terms import LABEL, TYPE, in_order, literal, mlp, term
from kg.model import Entity
from kg.namespaces import ID, XSD, iri
from kg.record import LinkedResult, Result, SystemLink, last

LINKS = ID + "graph/links"
"""The named graph of the links between systems of statements and systems as filed."""

_Node = ox.NamedNode | ox.Literal


def results_to_quads(results: Iterable[LinkedResult], links: Iterable[SystemLink] = ()) -> list[ox.Quad]:
    """The quads of results, their systems, records and entities, and of links; distinct and in a fixed order."""
    quads: set[ox.Quad] = set()
    entities: list[Entity] = []
    for r in results:
        quads.update(_record_quads(r))
        quads.update(_result_quads(r))
        quads.update(_system_quads(r))
        quads.update(submission_quads(r.organization, r.round))
        things = (
            r.organization, r.round, r.benchmark, r.division, r.availability, r.accelerator, r.processor,
            *r.filed_frameworks, r.framework,
        )  # fmt: skip
        entities += [thing for thing in things if thing]
    for link in links:
        quads.update(_link_quads(link))
    quads.update(entity_quads(entities))
    return in_order(quads)


def record_node(round: Entity) -> ox.NamedNode:
    """The IRI of the record of a round."""
    return ox.NamedNode(iri("record", last(round.iri)))


def _record_quads(r: LinkedResult) -> Iterator[ox.Quad]:
    me = record_node(r.round)
    yield ox.Quad(me, TYPE, mlp("Record"))
    yield ox.Quad(me, LABEL, ox.Literal(f"Official results of {r.round.label}"))
    yield ox.Quad(me, mlp("round"), ox.NamedNode(r.round.iri))
    for name, value in (("repository", r.result.repository), ("commit", r.result.commit)):
        if value:
            yield ox.Quad(me, mlp(name), ox.Literal(value))
    if r.result.read:
        yield ox.Quad(me, mlp("dateRead"), ox.Literal(r.result.read, datatype=ox.NamedNode(XSD + "date")))
    if r.result.repository:
        yield ox.Quad(
            me, term("dcat", "landingPage"), ox.NamedNode(f"https://github.com/{r.result.repository}")
        )


def _result_quads(r: LinkedResult) -> Iterator[ox.Quad]:
    row, me = r.result, ox.NamedNode(r.iri)
    said: list[tuple[str, _Node | None]] = [
        ("submission", ox.NamedNode(submission_iri(r.organization, r.round))),
        ("benchmark", _entity(r.benchmark)),
        ("division", _entity(r.division)),
        ("availability", _entity(r.availability)),
        ("filedSystem", ox.NamedNode(r.filed_system)),
        ("framework", _entity(r.framework)),
        ("frameworkBasis", _text(row.framework_basis)),
        ("minutes", _number(row.minutes)),
        ("fastestMinutes", _number(min(row.run_minutes, default=None))),
        ("slowestMinutes", _number(max(row.run_minutes, default=None))),
        ("runCount", _number(row.runs)),
        ("failedCount", _number(len(row.failed))),
        ("droppedCount", _number(row.dropped)),
        ("scalingFactor", _number(row.scaling_factor)),
        ("accelerator", _entity(r.accelerator)),
        ("acceleratorCount", _number(row.accelerators)),
        ("nodeCount", _number(row.nodes)),
        ("systemFile", _text(row.system_file)),
        ("logFolder", _text(row.log_folder)),
        *(("note", _text(note)) for note in row.notes),
    ]
    label = f"{r.organization.label}, {row.system}, {r.benchmark.label}, {r.round.label}"
    yield from _described(me, "Result", label, r, said)
    for kind, path in (("blob", row.system_file), ("tree", row.log_folder)):
        if row.repository and row.commit:
            yield ox.Quad(me, term("prov", "wasDerivedFrom"), _file(row, kind, path), record_node(r.round))


def _system_quads(r: LinkedResult) -> Iterator[ox.Quad]:
    row = r.result
    said: list[tuple[str, _Node | None]] = [
        ("systemFile", _text(row.system_file)),
        ("accelerator", _entity(r.accelerator)),
        ("acceleratorFiled", _text(row.accelerator)),
        ("acceleratorsPerNode", _number(row.accelerators_per_node)),
        ("acceleratorCount", _number(row.accelerators)),
        ("nodeCount", _number(row.nodes)),
        ("processor", _entity(r.processor)),
        ("processorFiled", _text(row.processor)),
        ("processorCount", _number(row.processors)),
        ("hostMemoryFiled", _text(row.host_memory)),
        ("frameworkFiled", _text(row.framework_filed)),
        *(("filedFramework", _entity(f)) for f in r.filed_frameworks),
        ("softwareFiled", _text(row.software)),
    ]
    label = f"{row.system} of {r.organization.label} in {r.round.label}"
    yield from _described(ox.NamedNode(r.filed_system), "FiledSystem", label, r, said)


def _described(
    me: ox.NamedNode, kind: str, label: str, r: LinkedResult, said: Iterable[tuple[str, _Node | None]]
) -> Iterator[ox.Quad]:
    graph = record_node(r.round)
    yield ox.Quad(me, TYPE, mlp(kind), graph)
    yield ox.Quad(me, LABEL, ox.Literal(label[:300]), graph)
    yield ox.Quad(me, mlp("submitter"), ox.NamedNode(r.organization.iri), graph)
    yield ox.Quad(me, mlp("round"), ox.NamedNode(r.round.iri), graph)
    for name, value in said:
        if value is not None:
            yield ox.Quad(me, mlp(name), value, graph)


def _link_quads(link: SystemLink) -> Iterator[ox.Quad]:
    digest = hashlib.sha256(f"{link.system.iri} {link.filed_system}".encode()).hexdigest()[:12]
    me, graph = ox.NamedNode(iri("link", digest)), ox.NamedNode(LINKS)
    yield ox.Quad(me, TYPE, mlp("SystemLink"), graph)
    yield ox.Quad(me, mlp("linkedSystem"), ox.NamedNode(link.system.iri), graph)
    yield ox.Quad(me, mlp("linkedFiledSystem"), ox.NamedNode(link.filed_system), graph)
    yield ox.Quad(me, mlp("linkedName"), ox.Literal(link.name), graph)


def _file(row: Result, kind: str, path: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://github.com/{row.repository}/{kind}/{row.commit}/{quote(path)}")


def _entity(entity: Entity | None) -> ox.NamedNode | None:
    return ox.NamedNode(entity.iri) if entity else None


def _text(value: str) -> ox.Literal | None:
    return ox.Literal(value) if value else None


def _number(value: float | int | None) -> ox.Literal | None:
    """A number to ten decimals: more would overflow the xsd:decimal arithmetic of stores."""
    return None if value is None else literal(round(Decimal(repr(value)), 10))
