"""Official results in RDF, as `docs/architecture.md` lays the graph out.

Results and systems as filed stand in the named graph of their record, links of systems in one of their
own; the record itself, and what it names, are described in the default graph. The lines are written as
text, several times faster than term by term.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.facts import entity_quads
from kg.model.record import LinkedResult, Result, SystemLink, last
from kg.model.statement import Entity
from kg.namespaces import ID, MLP, RDF_TYPE, RDFS_LABEL, XSD, iri
from kg.rdf.terms import LABEL, TYPE, literal, mlp, quoted, term

LINKS = ID + "graph/links"
"""The named graph of the links between systems of statements and systems as filed."""

_TYPE, _LABEL, _DERIVED = f"<{RDF_TYPE}>", f"<{RDFS_LABEL}>", str(term("prov", "wasDerivedFrom"))


def results_to_quads(results: Iterable[LinkedResult], links: Iterable[SystemLink] = ()) -> list[ox.Quad]:
    """The quads of `results_to_nquads`."""
    return list(ox.parse(results_to_nquads(results, links), format=ox.RdfFormat.N_QUADS))


def results_to_nquads(results: Iterable[LinkedResult], links: Iterable[SystemLink] = ()) -> str:
    """Results, their systems, records and entities, and links, as N-Quads; distinct and in a fixed order."""
    by_graph: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in links:
        by_graph[LINKS][_link(link)].update(_link_lines(link))
    known: dict[str, Entity] = {}
    new: list[Entity] = []
    told: set[tuple[str, ...]] = set()
    described: list[ox.Quad] = []
    for r in results:
        record = by_graph[record_iri(r.round)]
        if r.benchmark.iri:
            record[r.iri].update(_result_lines(r))
        record[r.filed_system].update(_system_lines(r))
        source = r.submission, r.result.repository, r.result.commit, r.result.read
        if source not in told:
            told.add(source)
            described += (*_record_quads(r), *_submission_quads(r))
        for thing in (
            *r.submitters, r.round, r.benchmark, r.division, r.availability, r.accelerator, r.processor,
            *r.filed_frameworks, r.framework,
        ):  # fmt: skip
            if not thing or not thing.iri:
                continue
            if thing.known:
                known[thing.iri] = thing
            else:
                new.append(thing)
    described += entity_quads([*known.values(), *new])
    return "".join(f"{line} .\n" for line in sorted({str(quad.triple) for quad in described})) + "".join(
        f"<{me}> {line} <{graph}> .\n"
        for graph, things in sorted(by_graph.items())
        for me in sorted(things, key="{}>".format)
        for line in sorted(things[me])
    )


def record_iri(mlperf_round: Entity) -> str:
    """The IRI of the record of a round."""
    return iri("record", last(mlperf_round.iri))


def _record_quads(r: LinkedResult) -> Iterator[ox.Quad]:
    me = ox.NamedNode(record_iri(r.round))
    yield ox.Quad(me, TYPE, mlp("Record"))
    yield ox.Quad(me, LABEL, ox.Literal(f"Official results of {r.round.label}"))
    yield ox.Quad(me, mlp("round"), ox.NamedNode(r.round.iri))
    for name, value in (("repository", r.result.repository), ("commit", r.result.commit)):
        if value:
            yield ox.Quad(me, mlp(name), ox.Literal(value))
    if r.result.read:
        yield ox.Quad(me, mlp("dateRead"), ox.Literal(r.result.read, datatype=ox.NamedNode(XSD + "date")))
    if r.result.repository:
        yield ox.Quad(me, term("dcat", "landingPage"), ox.NamedNode(f"https://github.com/{quote(r.result.repository)}"))


def _submission_quads(r: LinkedResult) -> Iterator[ox.Quad]:
    """A submission with all organizations that made it."""
    me = ox.NamedNode(r.submission)
    yield ox.Quad(me, TYPE, mlp("Submission"))
    yield ox.Quad(me, LABEL, ox.Literal(f"{r.names} in {r.round.label}"))
    yield ox.Quad(me, mlp("round"), ox.NamedNode(r.round.iri))
    for organization in r.submitters:
        yield ox.Quad(me, mlp("submitter"), ox.NamedNode(organization.iri))


def _result_lines(r: LinkedResult) -> Iterator[str]:
    row = r.result
    label = f"{r.names}, {row.system}, {r.benchmark.label}, {r.round.label}"
    yield from _described("Result" if row.scored else "UnscoredResult", label, r)
    yield from _said(
        ("submission", f"<{r.submission}>"),
        ("basis", _text(row.basis)),
        ("rule", _text(row.rule)),
        ("benchmark", _entity(r.benchmark)),
        ("division", _entity(r.division)),
        ("availability", _entity(r.availability)),
        ("filedSystem", f"<{r.filed_system}>"),
        ("framework", _entity(r.framework)),
        ("frameworkBasis", _text(row.framework_basis)),
        ("minutes", _number(row.minutes if row.scored else None)),
        ("fastestMinutes", _number(min(row.run_minutes, default=None))),
        ("slowestMinutes", _number(max(row.run_minutes, default=None))),
        ("runCount", _number(row.runs if row.logs else None)),
        ("failedCount", _number(len(row.failed) if row.run_minutes else None)),
        ("droppedCount", _number(row.dropped if row.run_minutes else None)),
        ("scalingFactor", _number(row.scaling_factor if row.run_minutes else None)),
        ("accelerator", _entity(r.accelerator)),
        ("acceleratorCount", _number(row.accelerators)),
        ("nodeCount", _number(row.nodes)),
        ("systemFile", _text(row.system_file)),
        ("logFolder", _text(row.log_folder)),
        *(("note", _text(note)) for note in row.notes),
        *(("failedRun", _text(why)) for why in row.failed),
    )
    if row.evidence:
        yield f"{_DERIVED} <https://github.com/{quote(row.evidence.replace('@', '/tree/', 1))}>"
    if row.repository and row.commit:
        for kind, path in (("blob", row.system_file), ("tree", row.log_folder)):
            if path:
                yield f"{_DERIVED} <{_file(row, kind, path)}>"


def _system_lines(r: LinkedResult) -> Iterator[str]:
    row = r.result
    label = f"{row.system} of {r.names} in {r.round.label}"
    yield from _described("FiledSystem", label, r)
    yield from _said(
        ("basis", _text("" if r.benchmark.iri else row.basis)),
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
    )


def _link(link: SystemLink) -> str:
    digest = hashlib.sha256(f"{link.system.iri} {link.filed_system}".encode()).hexdigest()[:12]
    return iri("link", digest)


def _link_lines(link: SystemLink) -> Iterator[str]:
    yield f"{_TYPE} <{MLP}SystemLink>"
    yield from _said(
        ("linkedSystem", _entity(link.system)),
        ("linkedFiledSystem", f"<{link.filed_system}>"),
        ("linkedName", _text(link.name)),
    )


def _described(kind: str, label: str, r: LinkedResult) -> Iterator[str]:
    yield f"{_TYPE} <{MLP}{kind}>"
    yield f"{_LABEL} {quoted(label[:300])}"
    yield from _said(*(("submitter", _entity(o)) for o in r.submitters), ("round", _entity(r.round)))


def _said(*properties: tuple[str, str]) -> Iterator[str]:
    """The rest of a line for each property that has a term."""
    return (f"<{MLP}{name}> {value}" for name, value in properties if value)


def _file(row: Result, kind: str, path: str) -> str:
    return f"https://github.com/{quote(row.repository)}/{kind}/{quote(row.commit)}/{quote(path)}"


def _entity(entity: Entity | None) -> str:
    return f"<{entity.iri}>" if entity and entity.iri else ""


def _text(value: str) -> str:
    return quoted(value) if value else ""


@lru_cache(maxsize=65_536)
def _number(value: float | None) -> str:
    """A number to ten decimals: more would overflow the xsd:decimal arithmetic of stores."""
    return "" if value is None else str(literal(round(Decimal(repr(value)), 10)))
