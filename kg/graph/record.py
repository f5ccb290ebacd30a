"""Official results in RDF, as `docs/architecture.md` lays the graph out.

Results and systems as filed stand in the named graph of their record, those of MLPerf Inference in one for each
table, links of systems in one of their own; the record itself, and what it names, are described in the default
graph. The lines are written as text, several times faster than term by term.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.facts import entity_quads, submission_quads
from kg.model.record import LinkedResult, SystemLink
from kg.model.statement import Entity
from kg.namespaces import ID, MLP, RDF_TYPE, RDFS_LABEL, XSD, iri, last
from kg.rdf.terms import LABEL, TYPE, in_order, literal, mlp, quoted, term
from kg.record.inference import InferenceTable, LinkedInference

LINKS = ID + "graph/links"
"""The named graph of the links between systems of statements and systems as filed."""

_DERIVED = str(term("prov", "wasDerivedFrom"))


def results_to_quads(results: Iterable[LinkedResult], links: Iterable[SystemLink] = ()) -> list[ox.Quad]:
    """The quads of results, their systems, records and entities, and of links; distinct and in a fixed order."""
    written: set[str] = set()
    for link in links:
        filed = ox.NamedNode(link.filed_system)
        about = _described("SystemLink", linkedSystem=link.system, linkedFiledSystem=filed, linkedName=link.name)
        written |= _lines(_link_iri(link), about, LINKS)
    known: dict[str, Entity] = {}
    new: list[Entity] = []
    told: set[tuple[str, ...]] = set()
    named: list[ox.Quad] = []
    for r in results:
        record = record_iri(r.round)
        if r.benchmark.iri:
            written |= _lines(r.iri, _result_lines(r), record)
        written |= _lines(r.filed_system, _system_lines(r), record)
        source = r.submission, r.result.repository, r.result.commit, r.result.read
        if source not in told:
            told.add(source)
            named += (*_record_quads(r), *submission_quads(r.submission, r.submitters, r.round))
        for thing in (
            *r.submitters, r.round, r.benchmark, r.division, r.availability, r.accelerator, r.processor,
            *r.filed_frameworks, r.framework,
        ):  # fmt: skip
            if thing and thing.known:
                known[thing.iri] = thing
            elif thing and thing.iri:
                new.append(thing)
    named += entity_quads([*known.values(), *new])
    return [*in_order(named), *_parsed(written)]


def _lines(me: str, said: Iterable[str], graph: str) -> set[str]:
    """What is said of a thing in a graph (both IRIs), as lines of N-Quads."""
    return {f"<{me}> {line} <{graph}> .\n" for line in said}


def _parsed(lines: set[str]) -> Iterator[ox.Quad]:
    return ox.parse("".join(sorted(lines)), format=ox.RdfFormat.N_QUADS)


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


def _result_lines(r: LinkedResult) -> Iterator[str]:
    row = r.result
    yield from _described(
        "Result" if row.scored else "UnscoredResult", f"{r.names}, {row.system}, {r.benchmark.label}, {r.round.label}",
        submitter=r.submitters, round=r.round, submission=ox.NamedNode(r.submission), basis=row.basis, rule=row.rule,
        benchmark=r.benchmark, division=r.division, availability=r.availability,
        filedSystem=ox.NamedNode(r.filed_system), framework=r.framework, frameworkBasis=row.framework_basis,
        minutes=row.minutes if row.scored else None, fastestMinutes=min(row.run_minutes, default=None),
        slowestMinutes=max(row.run_minutes, default=None), runCount=row.runs if row.logs else None,
        failedCount=len(row.failed) if row.run_minutes else None, droppedCount=row.dropped if row.run_minutes else None,
        scalingFactor=row.scaling_factor if row.run_minutes else None, accelerator=r.accelerator,
        acceleratorCount=row.accelerators, nodeCount=row.nodes, systemFile=row.system_file, logFolder=row.log_folder,
        note=row.notes, failedRun=row.failed,
    )  # fmt: skip
    if row.evidence:
        yield f"{_DERIVED} <https://github.com/{quote(row.evidence.replace('@', '/tree/', 1))}>"
    if row.repository and row.commit:
        for kind, path in (("blob", row.system_file), ("tree", row.log_folder)):
            if path:
                place = f"{quote(row.repository)}/{kind}/{quote(row.commit)}/{quote(path)}"
                yield f"{_DERIVED} <https://github.com/{place}>"


def _system_lines(r: LinkedResult) -> Iterator[str]:
    row = r.result
    return _described(
        "FiledSystem", f"{row.system} of {r.names} in {r.round.label}", nameFiled=row.system_name,
        submitter=r.submitters, round=r.round, basis="" if r.benchmark.iri else row.basis, systemFile=row.system_file,
        accelerator=r.accelerator, acceleratorFiled=row.accelerator, acceleratorsPerNode=row.accelerators_per_node,
        acceleratorCount=row.accelerators, nodeCount=row.nodes, processor=r.processor, processorFiled=row.processor,
        processorCount=row.processors, hostMemoryFiled=row.host_memory, frameworkFiled=row.framework_filed,
        filedFramework=r.filed_frameworks, softwareFiled=row.software,
    )  # fmt: skip


def _link_iri(link: SystemLink) -> str:
    digest = hashlib.sha256(f"{link.system.iri} {link.filed_system}".encode()).hexdigest()[:12]
    return iri("link", digest)


def inference_to_quads(table: InferenceTable, results: Iterable[LinkedInference]) -> list[ox.Quad]:
    """The results of a table and their systems as filed, in the table's named graph, and what they name."""
    me = iri("inference-table", table.name)
    written: set[str] = set()
    named: dict[Entity, None] = {}
    for r in results:
        written |= _lines(r.iri, _inference_lines(r), me) | _lines(r.filed_system, _inference_system_lines(r), me)
        found = (*r.submitters, r.round, r.division, r.availability, r.accelerator)
        named.update((entity, None) for entity in found if entity)
        if not r.benchmark.known:
            named[r.benchmark] = None
    described = _described("InferenceTable", f"Results of MLPerf Inference, {table.name}")
    about = (f"<{me}> {line} .\n" for line in described)
    return [*_parsed(set(about)), *entity_quads(named), *_parsed(written)]


def _inference_lines(r: LinkedInference) -> Iterator[str]:
    row = r.row
    yield from _described(
        "InferenceResult", f"{r.names}, {row.platform}, {row.model} {row.scenario}, {r.round.label}",
        submitter=r.submitters, round=r.round, division=r.division, availability=r.availability,
        accelerator=r.accelerator, suite=row.suite, model=row.model, scenario=row.scenario,
        performance=row.performance, performanceUnit=row.unit, betterWhen=row.better, accuracyFiled=row.accuracy,
        power=row.power, powerUnit=row.power_unit, acceleratorCount=row.accelerators, nodeCount=row.nodes,
        resultFolder=row.location, filedSystem=ox.NamedNode(r.filed_system),
    )  # fmt: skip
    if row.url.startswith("https://") and not set(row.url) & set(' <>"{}|^`\\'):
        yield f"{_DERIVED} <{row.url}>"


def _inference_system_lines(r: LinkedInference) -> Iterator[str]:
    row = r.row
    return _described(
        "FiledSystem", f"{row.system or row.platform} of {r.names} in {r.round.label}",
        submitter=r.submitters, round=r.round, accelerator=r.accelerator, acceleratorFiled=row.accelerator,
        acceleratorsPerNode=row.accelerators_per_node, acceleratorCount=row.accelerators, nodeCount=row.nodes,
        processorFiled=row.processor, softwareFiled=row.software,
        systemFile=f"{row.division}/{row.submitter}/systems/{row.platform}.json",
    )  # fmt: skip


_Value = Entity | ox.NamedNode | str | float | Decimal | None
"""What a property of something filed can have: a thing, a text, a number; '' and None say nothing."""


def _described(kind: str, label: str = "", **properties: _Value | tuple[_Value, ...]) -> Iterator[str]:
    """What follows the IRI of a thing in the lines about it: its class, its label, and each value of its properties."""
    yield f"<{RDF_TYPE}> <{MLP}{kind}>"
    if label:
        yield f"<{RDFS_LABEL}> {quoted(label[:300])}"
    for name, values in properties.items():
        for value in values if isinstance(values, tuple) and not isinstance(values, Entity) else (values,):
            if written := _written(value):
                yield f"<{MLP}{name}> {written}"


def _written(value: _Value) -> str:
    """A value as N-Quads writes it; '' for one that says nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, Entity):
        return f"<{value.iri}>" if value.iri else ""
    if isinstance(value, ox.NamedNode):
        return str(value)
    return quoted(value) if isinstance(value, str) else _number(value)


@lru_cache(maxsize=65_536)
def _number(value: float | Decimal) -> str:
    """A number to ten decimals: more would overflow the xsd:decimal arithmetic of stores."""
    return str(literal(round(Decimal(str(value)), 10)))
