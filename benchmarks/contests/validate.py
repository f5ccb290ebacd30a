"""Validation with the shipped shapes, of a graph that conforms and of one with faults; the graph is in memory.

The answer is every violation: focus node, path, value, kind of rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Step


def _kg(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox

    from kg.shacl.columns import Columns
    from kg.shacl.engine import Engine
    from kg.validate.check import default_shapes, read_shapes

    loaded = list(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))

    def check() -> set[Any]:
        results = Engine(read_shapes(default_shapes())[1], Columns(loaded)).results()
        return {(r.focus, r.path[0] if r.path and not r.path[1] else "", str(r.value), r.constraint) for r in results}

    yield "validate", check


def _pyshacl(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox
    import pyshacl
    from rdflib import SH

    from kg.rdf.rdflib import data_graph
    from kg.validate.check import default_shapes

    loaded = data_graph(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    shapes = data_graph(ox.parse(path=str(default_shapes())))
    reports: list[Any] = []

    def check() -> None:
        reports.append(pyshacl.validate(loaded, shacl_graph=shapes, inplace=True, inference="none")[1])

    yield "validate", check
    yield "answer", lambda: _violations(reports[-1], reports[-1].objects(None, SH.result))


def _pyshifty(_quads: str, triples: str) -> Iterator[Step]:
    from pathlib import Path

    import rdflib
    import shifty
    from rdflib import SH

    from kg.validate.check import default_shapes

    loaded, shapes = Path(triples).read_bytes(), default_shapes().read_bytes()
    reports: list[Any] = []

    def check() -> None:
        reports.append(
            shifty._validate_w3c(
                data=loaded, data_format="ntriples", shapes=shapes, shapes_format="turtle", run_infer=False
            )
        )

    yield "validate", check
    report = rdflib.Graph().parse(data=reports[-1].report_turtle, format="turtle")
    yield "answer", lambda: _violations(report, report.objects(None, SH.result))


def _violations(report: Any, results: Any) -> set[tuple[str, ...]]:
    from rdflib import SH, URIRef

    from kg.rdf.rdflib import to_oxigraph

    found = set()
    for result in results:
        said = dict(report.predicate_objects(result))
        path, value = said.get(SH.resultPath), said.get(SH.value)
        kind = str(said[SH.sourceConstraintComponent]).removeprefix(str(SH)).removesuffix("ConstraintComponent")
        found.add((
            str(to_oxigraph(said[SH.focusNode])), f"<{path}>" if isinstance(path, URIRef) else "",
            "None" if value is None else str(to_oxigraph(value)), kind,
        ))  # fmt: skip
    return found


CONTESTANTS = {"kg": _kg, "pyshacl": _pyshacl, "pyshifty": _pyshifty}
TIMES = 5
