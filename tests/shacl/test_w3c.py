"""W3C's SHACL test suite, as pySHACL's source distribution brings it along; `SHACL_SUITE` names its folder.

pip download --no-deps --no-binary pyshacl pyshacl && tar xzf pyshacl-*.tar.gz
SHACL_SUITE=$(echo pyshacl-*/test/resources/sht_tests) pytest tests/shacl/test_w3c.py
"""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef

from kg.errors import ShapesError
from kg.rdf.files import read_rdf
from kg.rdf.nquads import term
from kg.shacl import Columns, Shapes, violations

SUITE = os.environ.get("SHACL_SUITE", "")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
REFUSED = {"prefixes-001", "shapesGraph-001"}
"""Tests of SHACL-SPARQL that pySHACL cannot run: they are refused, never called conforming."""

pytestmark = pytest.mark.skipif(not SUITE, reason="SHACL_SUITE names no folder with W3C's test suite")


def cases():
    return [p for p in sorted(Path(SUITE).rglob("*.ttl")) if "sht:Validate" in p.read_text("utf-8")] if SUITE else []


def plain(value):
    return "" if value is None else "_" if isinstance(value, BNode) else str(value)


def wanted(graph, report):
    """Focus node, path (if it is a predicate), value, constraint and severity of each expected result."""
    for result in graph.objects(report, SH.result):
        path = graph.value(result, SH.resultPath)
        kind = graph.value(result, SH.sourceConstraintComponent)
        yield (
            plain(graph.value(result, SH.focusNode)),
            str(path) if isinstance(path, URIRef) else "",
            plain(graph.value(result, SH.value)),
            str(kind).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
            str(graph.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )


def text(written):
    if written is None:
        return ""
    found = term(written)
    return "_" if isinstance(found, ox.BlankNode) else found.value


@pytest.mark.parametrize("path", cases(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_the_suite(path, monkeypatch):
    monkeypatch.setattr("rdflib.term.rdflib.NORMALIZE_LITERALS", False)  # expected values as they are written
    graph = Graph().parse(path)
    (test,) = graph.subjects(RDF.type, SHT.Validate)
    action, expected = graph.value(test, MF.action), graph.value(test, MF.result)
    data, written = (
        read_rdf(Path(str(graph.value(action, part)).removeprefix("file://")))
        for part in (SHT.dataGraph, SHT.shapesGraph)
    )

    def found():
        shapes = Shapes(Columns(written))
        return sorted(
            (
                text(r.focus),
                r.path[0][1:-1] if r.path and not r.path[1] else "",
                text(r.value),
                r.constraint,
                r.severity,
            )
            for r in violations(data, Columns(data), written, shapes)
        )

    if expected == SHT.Failure or path.stem in REFUSED:
        with pytest.raises(ShapesError):
            found()
    else:
        assert found() == sorted(wanted(graph, expected))
