"""Validation with pySHACL, on an rdflib memory graph that holds the triples of all graphs but quarantine.

Imports, advanced features and JavaScript are off (https://www.w3.org/TR/shacl/).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import RDF, RDFS, SH, BNode, URIRef

from kg.errors import VocabularyError
from kg.namespaces import MLP, PREFIXES, curie
from kg.resources import folder
from kg.validate.data import data_graph, read_rdf
from kg.validate.report import SHAPES, Problem, Report

_MLP, _OA = rdflib.Namespace(MLP), rdflib.Namespace(PREFIXES["oa"])


def validate(data: Iterable[ox.Quad] | rdflib.Graph, *, shapes: Path | None = None) -> Report:
    """What of the data is not as the shapes say; `data` is quads, an Oxigraph store or an rdflib graph.

    The triples of all graphs are taken together, those in quarantine left out. What breaks several
    constraints of one shape ("80 GB" is no number, and not above 0) is one problem.

    Raises VocabularyError when the shapes cannot be read.
    """
    path = shapes or default_shapes()
    graph, rules = data_graph(data), shapes_graph(path)
    try:
        _, found, _ = pyshacl.validate(
            graph, shacl_graph=rules, inplace=True, inference="none",
            advanced=False, js=False, do_owl_imports=False,
        )  # fmt: skip
    except Exception as error:  # pySHACL raises its own, rdflib's and plain ones for shapes that are wrong
        raise VocabularyError(f"{path}: {error}") from error
    results = found.objects(None, SH.result)
    problems: dict[tuple[str, ...], Problem] = {}
    for problem in sorted((_problem(result, found, graph, rules) for result in results), key=_order):
        problems.setdefault(_order(problem)[:-1], problem)
    checked: set[Any] = set().union(*targets(graph, rules).values())
    return Report(tuple(problems.values()), len(checked))


def validate_files(paths: Iterable[Path], *, shapes: Path | None = None) -> Report:
    """The report on RDF files taken together. Raises InputError for one that cannot be read."""
    return validate([quad for path in paths for quad in read_rdf(path)], shapes=shapes)


def default_shapes() -> Path:
    """The shapes that ship with the project."""
    return folder("ontology") / "shapes.ttl"


@cache
def shapes_graph(path: Path) -> rdflib.Graph:
    """The shapes of a Turtle file. Raises VocabularyError when it cannot be read."""
    try:
        return data_graph(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise VocabularyError(f"{path}: {error}") from error


def targets(data: rdflib.Graph, shapes: rdflib.Graph) -> dict[Any, set[Any]]:
    """The focus nodes of each shape that the data holds; for a node as target, its subjects."""
    found: dict[Any, set[Any]] = defaultdict(set)
    for shape, kind in shapes.subject_objects(SH.targetClass):
        found[shape].update(data.subjects(RDF.type, kind))
    for shape, predicate in shapes.subject_objects(SH.targetSubjectsOf):
        found[shape].update(data.subjects(predicate))
    for shape, predicate in shapes.subject_objects(SH.targetObjectsOf):
        found[shape].update(data.objects(None, predicate))
    for shape, node in shapes.subject_objects(SH.targetNode):
        found[shape].update(data.subjects(None, node))
    return found


def _problem(result: Any, found: rdflib.Graph, data: rdflib.Graph, shapes: rdflib.Graph) -> Problem:
    said: dict[Any, Any] = dict(found.predicate_objects(result))
    focus, path, shape = said[SH.focusNode], said.get(SH.resultPath), _named(said[SH.sourceShape], shapes)
    message = shapes.value(shape, SH.message) or said.get(SH.resultMessage, "")
    if SH.value in said and (shape, SH.targetNode, focus) in shapes and SH.resultPath not in said:
        focus = said.pop(SH.value)  # a rule over a class names what breaks it as the value
    return Problem(
        focus=focus,
        label=_label(focus, data),
        path=_path(path if isinstance(path, URIRef) else shapes.value(shape, SH.path), shapes),
        value=said.get(SH.value),
        message=str(message),
        advice=str(shapes.value(shape, SH.description) or ""),
        shape=str(shape).removeprefix(SHAPES),
        constraint=str(said[SH.sourceConstraintComponent]).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
        severity=str(said[SH.resultSeverity]).removeprefix(str(SH)),
        quote=_quote(focus, data),
    )


def _order(problem: Problem) -> tuple[str, ...]:
    return (problem.shape, str(problem.focus), problem.path, str(problem.value), problem.constraint)


def _named(shape: Any, shapes: rdflib.Graph) -> Any:
    """The shape, or the nearest one with a name that it is part of."""
    while isinstance(shape, BNode):
        shape = next(iter(shapes.subjects(None, shape)), None)
    return shape


def _path(path: Any, shapes: rdflib.Graph) -> str:
    """A property path as SPARQL writes it."""
    if path is None or isinstance(path, URIRef):
        return curie(str(path)) if path else ""
    inverse, either = shapes.value(path, SH.inversePath), shapes.value(path, SH.alternativePath)
    if inverse is not None:
        return "^" + _path(inverse, shapes)
    steps = shapes.items(either if either is not None else path)
    return ("|" if either is not None else "/").join(_path(step, shapes) for step in steps)


def _label(node: Any, data: rdflib.Graph) -> str:
    """What a person calls a node; a fact by what it says."""
    if (node, RDF.type, _MLP.Fact) not in data:
        return str(data.value(node, RDFS.label) or "")
    said = [next(data.objects(node, _MLP[p]), None) for p in ("subject", "predicate", "object", "value")]
    names = [data.value(term, RDFS.label) or curie(str(term)) for term in said if term is not None]
    return " ".join(str(name).removeprefix("mlp:") for name in names)


def _quote(node: Any, data: rdflib.Graph) -> str:
    """The words that a fact, or a part of its evidence, rests on."""
    for step in (_MLP.evidence, _OA.hasTarget, _OA.hasSelector):
        node = next(data.objects(node, step), node)
    return str(next(data.objects(node, _OA.exact), ""))
