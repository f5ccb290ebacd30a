"""Results of MLPerf Inference in RDF: a named graph for each table they were read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.facts import entity_quads
from kg.graph.record import DERIVED, described
from kg.model.statement import Entity
from kg.namespaces import iri
from kg.rdf.terms import LABEL, TYPE, mlp
from kg.record.inference import InferenceTable, LinkedInference


def inference_to_quads(table: InferenceTable, results: Iterable[LinkedInference]) -> list[ox.Quad]:
    """The results of a table and their systems as filed, in the table's named graph, and what they name."""
    graph = iri("inference-table", table.name)
    me = ox.NamedNode(graph)
    table_quads = [
        ox.Quad(me, TYPE, mlp("InferenceTable")),
        ox.Quad(me, LABEL, ox.Literal(f"Results of MLPerf Inference, {table.name}")),
    ]
    things: dict[str, set[str]] = defaultdict(set)
    named: dict[Entity, None] = {}
    for r in results:
        things[r.iri].update(_result_lines(r))
        things[r.filed_system].update(_system_lines(r))
        found = (*r.submitters, r.round, r.division, r.availability, r.accelerator)
        named.update((entity, None) for entity in found if entity)
        if not r.benchmark.known:
            named[r.benchmark] = None
    text = "".join(f"<{s}> {line} <{graph}> .\n" for s in sorted(things) for line in sorted(things[s]))
    quads = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    return [*table_quads, *entity_quads(named), *quads]


def _result_lines(r: LinkedInference) -> Iterator[str]:
    row = r.row
    yield from described(
        "InferenceResult", f"{r.names}, {row.platform}, {row.model} {row.scenario}, {r.round.label}",
        submitter=r.submitters, round=r.round, division=r.division, availability=r.availability,
        accelerator=r.accelerator, suite=row.suite, model=row.model, scenario=row.scenario,
        performance=row.performance, performanceUnit=row.unit, betterWhen=row.better, accuracyFiled=row.accuracy,
        power=row.power, powerUnit=row.power_unit, acceleratorCount=row.accelerators, nodeCount=row.nodes,
        resultFolder=row.location, filedSystem=ox.NamedNode(r.filed_system),
    )  # fmt: skip
    if row.url.startswith("https://") and not set(row.url) & set(' <>"{}|^`\\'):
        yield f"{DERIVED} <{row.url}>"


def _system_lines(r: LinkedInference) -> Iterator[str]:
    row = r.row
    return described(
        "FiledSystem", f"{row.system or row.platform} of {r.names} in {r.round.label}",
        submitter=r.submitters, round=r.round, accelerator=r.accelerator, acceleratorFiled=row.accelerator,
        acceleratorsPerNode=row.accelerators_per_node, acceleratorCount=row.accelerators, nodeCount=row.nodes,
        processorFiled=row.processor, softwareFiled=row.software,
        systemFile=f"{row.division}/{row.submitter}/systems/{row.platform}.json",
    )  # fmt: skip
