"""Validation with the shipped shapes, of a graph that conforms and of the same one with faults; the graph is in memory.

The answer is every violation: focus node, path, value, kind of rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Step


def _kg(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox

    from benchmarks.generate import with_faults
    from kg.shacl.columns import Columns
    from kg.shacl.engine import Engine
    from kg.validate.check import default_shapes, read_shapes

    loaded = list(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    for name, data in (("validate", loaded), ("validate faults", with_faults(loaded))):

        def check(data: list[ox.Quad] = data) -> set[Any]:
            results = Engine(read_shapes(default_shapes())[1], Columns(data)).results()
            return {
                (r.focus, r.path[0] if r.path and not r.path[1] else "", str(r.value), r.constraint) for r in results
            }

        yield name, check


def _pyshacl(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox
    import pyshacl
    from rdflib import SH

    from benchmarks.generate import with_faults
    from kg.rdf.rdflib import data_graph
    from kg.validate.check import default_shapes

    parsed = list(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    shapes = data_graph(ox.parse(path=str(default_shapes())))
    for name, data in (("validate", parsed), ("validate faults", with_faults(parsed))):
        loaded = data_graph(data)
        reports: list[Any] = []

        def check(loaded: Any = loaded, reports: list[Any] = reports) -> None:
            reports.append(pyshacl.validate(loaded, shacl_graph=shapes, inplace=True, inference="none")[1])

        yield name, check
        if reports:
            found = _violations(reports[-1], reports[-1].objects(None, SH.result))
            yield f"{name} answer", lambda found=found: found


def _pyshifty(quads: str, _triples: str) -> Iterator[Step]:
    import pyoxigraph as ox
    import rdflib
    import shifty
    from rdflib import SH

    from benchmarks.generate import with_faults
    from kg.validate.check import default_shapes

    parsed = list(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    shapes = default_shapes().read_bytes()
    for name, data in (("validate", parsed), ("validate faults", with_faults(parsed))):
        loaded = ox.serialize({quad.triple for quad in data}, format=ox.RdfFormat.N_TRIPLES)
        reports: list[Any] = []

        def check(loaded: Any = loaded, reports: list[Any] = reports) -> None:
            reports.append(
                shifty._validate_w3c(
                    data=loaded, data_format="ntriples", shapes=shapes, shapes_format="turtle", run_infer=False
                )
            )

        yield name, check
        report = rdflib.Graph().parse(data=reports[-1].report_turtle, format="turtle")
        found = _violations(report, report.objects(None, SH.result))
        yield f"{name} answer", lambda found=found: found


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
