"""SHACL by whole columns: each constraint is asked of all its nodes at once, and of each distinct value once.

The results are those of pySHACL, to which a differential test holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.namespaces import PREFIXES, XSD
from kg.rdf.nquads import Term, term, text
from kg.rdf.rdflib import to_rdflib
from kg.shacl.columns import TYPE, Column, Columns, number
from kg.shacl.shapes import CONSTRAINTS, Path, Shape, Shapes
from kg.shacl.sparql import selected

_LEXICAL = {
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(?:\d+\.?\d*|\.\d+)",
    "boolean": r"true|false|0|1",
    "string": r"(?s).*",
    "date": r"[12]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)",
}
"""What is certainly well formed; anything else is asked of rdflib, as pySHACL does."""
_FROM_JSON = re.compile(r"-?\d\.\d+E-?\d{1,2}")
"""A decimal with an exponent as JSON-LD writes one ('1.5E0', https://www.w3.org/TR/json-ld11-api/#data-round-tripping)."""
_KINDS = {"<": "IRI", "_": "BlankNode", '"': "Literal"}
_COMPARED: dict[str, Callable[[int], bool]] = {
    "minInclusive": lambda order: order >= 0,
    "minExclusive": lambda order: order > 0,
    "maxInclusive": lambda order: order <= 0,
    "maxExclusive": lambda order: order < 0,
    "lessThan": lambda order: order < 0,
    "lessThanOrEquals": lambda order: order <= 0,
}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing wrong: terms by their keys, `path` that of the result if it has one.

    `source` is the shape that says so, `shape` the one with a name that it is, or is part of.
    """

    focus: str
    path: Path | None
    value: str | None
    shape: str
    constraint: str
    severity: str
    source: str


class Engine:
    """Shapes, asked of the data."""

    def __init__(self, shapes: Shapes, data: Columns) -> None:
        self._shapes, self._data = shapes, data

    def results(self) -> Iterator[Result]:
        """All that is wrong. Raises ShapesError for a shape whose count, pattern or query is none."""
        for shape in self._shapes.with_target:
            try:
                yield from self._check(shape, set().union(*(self._focus(*target) for target in shape.targets)))
            except (ValueError, SyntaxError, re.error) as error:
                raise ShapesError(f"the shape {shape.named or shape.node} cannot be applied: {error}") from error

    def targets(self) -> dict[str, set[str]]:
        """The nodes that each shape looks at; for a node as target, its subjects."""
        nodes = {v for shape in self._shapes.with_target for kind, v in shape.targets if kind == "targetNode"}
        having: dict[str, set[str]] = {node: set() for node in nodes}
        for predicate in self._data.by_predicate:
            for node in nodes & self._data.objects(predicate):
                having[node].update(self._data.inverse(predicate)[node])
        return {
            shape.node: set().union(*(having[v] if k == "targetNode" else self._focus(k, v) for k, v in shape.targets))
            for shape in self._shapes.with_target
        }

    def _focus(self, kind: str, value: str) -> Iterable[str]:
        if kind == "targetClass":
            return self._data.instances(value)
        if kind == "targetSubjectsOf":
            return self._data.column(value).keys()
        return self._data.objects(value) if kind == "targetObjectsOf" else {value}

    def _check(self, shape: Shape, focus: set[str]) -> Iterator[Result]:
        """The results of a shape on focus nodes."""
        if not focus:
            return
        of: Column = {node: (node,) for node in focus} if shape.path is None else self._values(shape.path, focus)
        distinct = focus if shape.path is None else set().union(*of.values())
        for name, parameter in shape.constraints:
            kind = CONSTRAINTS[name]
            for node, value, path in self._wrong(shape, name, parameter, focus, of, distinct):
                constraint = kind
                if name == "qualifiedValueShape" and value is not None:
                    constraint, value = "QualifiedMaxCount", None
                yield Result(node, path or shape.path, value, shape.named, constraint, shape.severity, shape.node)
        for inner in shape.properties:
            yield from self._check(inner, distinct)

    def _wrong(
        self, shape: Shape, name: str, parameter: str, focus: set[str], of: Column, distinct: set[str]
    ) -> Iterator[tuple[str, str | None, Path | None]]:
        """What breaks one constraint: the focus node, the value, and the path when it is not the shape's."""
        if name in ("minCount", "maxCount", "hasValue"):
            if name == "hasValue":
                short = {node for node in focus if parameter not in of.get(node, ())}
            elif name == "minCount":
                least = int(text(parameter))
                short = focus - of.keys() if least == 1 else {n for n in focus if len(of.get(n, ())) < least}
            else:
                most = int(text(parameter))
                short = {node for node, values in of.items() if len(values) > most}
            yield from ((node, None, None) for node in short)
        elif name in ("lessThan", "lessThanOrEquals", "disjoint"):
            other = self._data.column(parameter)
            for node, values in of.items():
                for against in other.get(node, ()):
                    for value in values:
                        wrong = value == against if name == "disjoint" else not self._holds(name, value, against)
                        if wrong:
                            yield node, value, None
        elif name == "uniqueLang":
            for node, values in of.items():
                tags = [t.language for v in values if isinstance(t := term(v), ox.Literal) and t.language]
                twice = len(set(tags)) < len(tags)
                if twice and text(parameter) == "true":  # "1" does not count (W3C's uniqueLang-002)
                    yield node, None, None
        elif name == "closed":
            yield from self._not_allowed(shape, parameter, of, distinct)
        elif name == "sparql":
            yield from selected(parameter, focus, self._shapes, self._data)
        elif name == "qualifiedValueShape":
            failing = self._failing(self._shapes.shape(parameter, shape.named), distinct)
            for parameter in self._shapes.values(shape.node, "qualifiedMinCount"):
                least = int(text(parameter))
                for node in focus:
                    if sum(v not in failing for v in of.get(node, ())) < least:
                        yield node, None, None
            for parameter in self._shapes.values(shape.node, "qualifiedMaxCount"):
                most = int(text(parameter))
                for node, values in of.items():
                    if sum(v not in failing for v in values) > most:
                        yield node, "", None
        else:
            bad = self._bad(shape, name, parameter, distinct)
            if bad:
                yield from ((node, v, None) for node, values in of.items() for v in values if v in bad)

    def _bad(self, shape: Shape, name: str, parameter: str, values: set[str]) -> set[str]:
        """The values that break a constraint that looks at each value alone."""
        match name:
            case "class":
                return values - self._data.instances(parameter)
            case "nodeKind":
                allowed = text(parameter).rpartition("#")[2]
                return {v for v in values if _KINDS[v[0]] not in allowed}
            case "in":
                return values - set(self._shapes.items(parameter))
            case "datatype":
                return self._ill_typed(text(parameter), values)
            case "minLength":
                least = int(text(parameter))
                return {v for v in values if least and (v[0] == "_" or len(text(v)) < least)}
            case "maxLength":
                most = int(text(parameter))
                return {v for v in values if v[0] == "_" or len(text(v)) > most}
            case "pattern":
                found = _pattern(text(parameter))
                return {v for v in values if v[0] == "_" or not found(text(v))}
            case "or":
                for member in self._shapes.items(parameter):
                    values = self._failing(self._shapes.shape(member, shape.named), values) if values else values
                return values
            case "and":
                members = [self._shapes.shape(m, shape.named) for m in self._shapes.items(parameter)]
                return set().union(*(self._failing(member, values) for member in members))
            case "not":
                return values - self._failing(self._shapes.shape(parameter, shape.named), values)
            case "node":
                return self._failing(self._shapes.shape(parameter, shape.named), values)
            case _:
                return {v for v in values if not self._holds(name, v, parameter)}

    def _failing(self, shape: Shape, nodes: set[str]) -> set[str]:
        """The nodes that do not conform to a shape."""
        results = list(self._check(shape, nodes))
        if results and shape.properties:
            return {node for node in nodes if next(self._check(shape, {node}), None)}
        return {result.focus for result in results}

    def _values(self, path: Path, focus: set[str]) -> Column:
        """The values of a path at nodes; nodes without one are left out."""
        sign, steps = path
        if not steps or (sign == "^" and not steps[0][1]):
            column = self._data.inverse(steps[0][0]) if steps else self._data.column(sign)
            if len(column) == len(focus) and column.keys() == focus:
                return column
            if len(column) < len(focus):
                return {node: values for node, values in column.items() if node in focus}
            return {node: column[node] for node in focus if node in column}
        if sign == "^":
            turned = [("^", (step,)) for step in reversed(steps[0][1])] if steps[0][0] == "/" else None
            return self._values((steps[0][0], tuple(turned or (("^", (s,)) for s in steps[0][1]))), focus)
        if sign == "|":
            either = [self._values(step, focus) for step in steps]
            nodes = set().union(*either)
            return {n: tuple(dict.fromkeys(v for c in either for v in c.get(n, ()))) for n in nodes}
        found: dict[str, tuple[str, ...]] = {node: (node,) for node in focus}
        for step in steps:
            following = self._values(step, set().union(*found.values()))
            found = {
                n: tuple(dict.fromkeys(w for v in values for w in following.get(v, ()))) for n, values in found.items()
            }
        return {node: values for node, values in found.items() if values}

    def _ill_typed(self, datatype: str, values: set[str]) -> set[str]:
        if datatype == PREFIXES["rdf"] + "langString":
            return {v for v in values if v[0] != '"' or v[-1] in '">'}
        suffix = '"' if datatype == XSD + "string" else f'"^^<{datatype}>'
        well = re.compile(_LEXICAL.get(datatype.removeprefix(XSD), "(?!)"), re.ASCII).fullmatch
        end = -len(suffix)
        return {
            v
            for v in values
            if v[0] != '"' or not v.endswith(suffix) or not (well(v[1:end]) or _well_formed(text(v), datatype))
        }

    def _holds(self, name: str, value: str, bound: str) -> bool:
        """Whether a value compares with a bound as a constraint asks."""
        one, other = number(value), number(bound)
        if one is not None and other is not None:
            return _COMPARED[name]((one > other) - (one < other))
        if name.startswith("lessThan"):
            return _below(name, term(value), term(bound))
        if value[0] != '"' or (value[-1] == '"' and other is not None):
            return False  # no literal, or a string beside a number
        order = _order(term(value), term(bound))
        return order is not None and _COMPARED[name](order)

    def _not_allowed(
        self, shape: Shape, parameter: str, of: Column, distinct: set[str]
    ) -> Iterator[tuple[str, str, Path]]:
        """The triples of nodes whose predicate a closed shape does not name."""
        if text(parameter) not in ("true", "1"):
            return
        allowed = {inner.path[0] for inner in shape.properties if inner.path and not inner.path[1]}
        for ignored in self._shapes.values(shape.node, "ignoredProperties"):
            allowed |= set(self._shapes.items(ignored))
        for predicate, column in self._data.by_predicate.items():
            if predicate in allowed or column.keys().isdisjoint(distinct):
                continue
            for node, values in of.items():
                for value in values:
                    for object in column.get(value, ()):
                        if (predicate, object) != (TYPE, f"<{PREFIXES['rdfs']}Resource>"):
                            yield node, object, (predicate, ())


@cache
def _well_formed(text: str, datatype: str) -> bool:
    """Whether rdflib holds a text for well formed in a datatype."""
    import datetime
    from decimal import Decimal

    from rdflib import Literal, URIRef

    kinds: dict[str, type | tuple[type, ...]] = {
        "string": (str, bytes), "integer": int, "float": float, "decimal": Decimal, "boolean": bool,
        "date": datetime.date, "time": datetime.time, "dateTime": datetime.datetime,
    }  # fmt: skip
    if datatype == XSD + "decimal" and "e" in text.lower() and not _FROM_JSON.fullmatch(text):
        return False  # rdflib takes '1e999', which https://www.w3.org/TR/xmlschema11-2/#decimal has not
    literal = Literal(text, datatype=URIRef(datatype), normalize=False)
    return literal.ill_typed is not True and isinstance(literal.value, kinds.get(datatype.removeprefix(XSD), object))


def _pattern(written: str) -> Callable[[str], object]:
    """Whether a text has a pattern: by Python, or where a group repeats by Oxigraph, which takes linear time.

    Raises re.error for what is no pattern.
    """
    found = re.compile(written).search
    if not re.search(r"\)[*+{]", written):
        return found
    asked = f"SELECT ?text {{ FILTER(REGEX(?text, {ox.Literal(written)})) }}"
    store = ox.Store()

    def asks(value: str) -> bool:
        rows = store.query(asked, substitutions={ox.Variable("text"): ox.Literal(value)})
        assert isinstance(rows, ox.QuerySolutions)
        return next(rows, None) is not None

    return asks if store.query(f"ASK {{ BIND(REGEX('', {ox.Literal(written)}) AS ?b) FILTER(BOUND(?b)) }}") else found


def _order(one: Term, other: Term) -> int | None:
    """Below 0, 0 or above 0 as pySHACL compares literals; None when they cannot be compared."""
    from pyshacl.rdfutil.compare import compare_literal

    left: Any = to_rdflib(one)
    right: Any = to_rdflib(other)
    if isinstance(left.value, str) != isinstance(right.value, str):
        return None
    try:
        return int(compare_literal(left, right))  # type: ignore[no-untyped-call]
    except (TypeError, ArithmeticError):  # of datatypes with no common order, and of a decimal "NaN"
        return None


def _below(name: str, one: Term, other: Term) -> bool:
    """Whether a term is less than another as pySHACL compares them: IRIs and strings by their text."""
    if isinstance(one, ox.BlankNode) or isinstance(other, ox.BlankNode):
        return False
    left: Any
    right: Any
    left, right = (t.value if isinstance(t, ox.NamedNode) else to_rdflib(t) for t in (one, other))
    left, right = (t.value if isinstance(getattr(t, "value", None), str) else t for t in (left, right))
    if type(left) is not type(right):
        return False
    return bool(left < right if name == "lessThan" else left <= right)
