"""Validation of a graph against shapes: what is wrong, as problems that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from pathlib import Path as File
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.namespaces import MLP, QUARANTINE, RDFS_LABEL, curie
from kg.rdf.evidence import words
from kg.rdf.files import read_rdf
from kg.rdf.nquads import term, text
from kg.rdf.rdflib import quads_of, to_rdflib
from kg.resources import folder
from kg.shacl import Columns, Engine, Result, Shapes, violations
from kg.shacl.columns import TYPE
from kg.shacl.shapes import Path
from kg.validate.report import SHAPES, Problem, Report

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier

_LABEL = f"<{RDFS_LABEL}>"


def validate(data: Iterable[ox.Quad] | rdflib.Graph, *, shapes: File | None = None) -> Report:
    """What of the data is not as the shapes say; `data` is quads, an Oxigraph store or an rdflib graph.

    The triples of all graphs are taken together, those in quarantine left out. What breaks several
    constraints of one shape ("80 GB" is no number, and not above 0) is one problem.

    Raises InputError when the shapes cannot be read, ShapesError when they are no SHACL.
    """
    path = shapes or default_shapes()
    away = ox.NamedNode(QUARANTINE)
    quads = [quad for quad in quads_of(data) if quad.graph_name != away]
    columns = Columns(quads)
    try:
        written, rules = read_shapes(path)
        results = list(violations(quads, columns, written, rules))
    except ShapesError as error:
        raise ShapesError(f"{path}: {error}") from error
    problems: dict[tuple[str, ...], Problem] = {}
    teller = _Teller(columns, rules)
    for key, problem in sorted(((_order(p), p) for p in map(teller.problem, results)), key=itemgetter(0)):
        problems.setdefault(key[:-1], problem)
    looked_at = set().union(*Engine(rules, columns).targets().values()) or {result.focus for result in results}
    return Report(tuple(problems.values()), len(looked_at))


def default_shapes() -> File:
    """The shapes that ship with the project."""
    return folder("ontology") / "shapes.ttl"


def read_shapes(path: File) -> tuple[list[ox.Quad], Shapes]:
    """The quads of an RDF file, and the shapes that they are. Raises InputError when it cannot be read."""
    quads = read_rdf(path)
    return quads, Shapes(Columns(quads))


class _Teller:
    """Makes problems of results; what is said of a node or shape is made once."""

    def __init__(self, data: Columns, shapes: Shapes) -> None:
        self._data, self._shapes = data, shapes
        self._nodes: dict[str, tuple[Identifier, str, str]] = {}
        self._words: dict[tuple[str, str], tuple[str, str]] = {}

    def problem(self, result: Result) -> Problem:
        """What is wrong, with the words for it."""
        focus, value, named = result.focus, result.value, result.shape
        said, advice = self._said(result)
        if value is not None and result.path is None and focus in self._shapes.values(named, "targetNode"):
            focus, value = value, None  # a rule over a class names what breaks it as the value
        if focus not in self._nodes:
            self._nodes[focus] = to_rdflib(term(focus)), _label(focus, self._data), _quote(focus, self._data)
        node, label, quote = self._nodes[focus]
        path = result.path if result.path and not result.path[1] else self._shapes.shape(result.source, named).path
        return Problem(
            focus=node,
            label=label,
            path=_path(path),
            value=None if value is None else to_rdflib(term(value)),
            message=said or f"breaks sh:{_parameter(result.constraint)}",
            advice=advice,
            shape=named[1:-1].removeprefix(SHAPES),
            constraint=result.constraint,
            severity=result.severity,
            quote=quote,
        )

    def _said(self, result: Result) -> tuple[str, str]:
        """What the shape says and advises, or the named shape that it is part of."""
        key = result.source, result.shape
        if key not in self._words:
            found = [
                self._shapes.values(result.source, name) or self._shapes.values(result.shape, name)
                for name in ("message", "description")
            ]
            said, advice = (text(min(words)) if words else "" for words in found)
            self._words[key] = said, advice
        return self._words[key]


def _order(problem: Problem) -> tuple[str, ...]:
    return (problem.shape, str(problem.focus), problem.path, str(problem.value), problem.constraint)


def _path(path: Path | None) -> str:
    """A property path as SPARQL writes it, its IRIs short or bare."""
    if path is None:
        return ""
    sign, steps = path
    if not steps:
        return curie(sign[1:-1])
    parts = [f"({_path(step)})" if step[1] else _path(step) for step in steps]
    return sign + parts[0] if sign == "^" else parts[0] + sign if sign in "*+?" else sign.join(parts)


def _label(node: str, data: Columns) -> str:
    """What a person calls a node; a fact by what it says."""
    if f"<{MLP}Fact>" not in data.column(TYPE).get(node, ()):
        label = data.first(node, _LABEL)
        return text(label) if label else ""
    said = [data.first(node, f"<{MLP}{p}>") for p in ("subject", "predicate", "object", "value")]
    names = [text(data.first(one, _LABEL) or one) for one in said if one is not None]
    return " ".join(curie(name).removeprefix("mlp:") for name in names)


def _quote(node: str, data: Columns) -> str:
    """The words that a fact, or a part of its evidence, rests on."""

    def first(iri: str, name: str) -> str | None:
        found = data.first(f"<{iri}>", f"<{name}>")
        return None if found is None else text(found)

    found = words(text(node), first) if node[0] == "<" else None
    return found[0] if found else ""


def _parameter(constraint: str) -> str:
    """The parameter of a kind of constraint: 'minCount' of 'MinCount', 'sparql' of 'SPARQL'."""
    return constraint.lower() if constraint.isupper() else constraint[:1].lower() + constraint[1:]
