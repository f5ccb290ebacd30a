"""Shapes as the engine runs them, read from a SHACL file (https://www.w3.org/TR/shacl/).

All of SHACL Core is known but sh:languageIn, sh:xone, sh:equals, sh:deactivated, sh:flags, disjoint
qualified shapes and paths that repeat; of SHACL-SPARQL, rules that select $this. `Shapes.known` is False for
a file with more, which pySHACL then checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.errors import ShapesError
from kg.namespaces import PREFIXES, RDF_TYPE
from kg.rdf.nquads import text
from kg.shacl.columns import Columns

SH = PREFIXES["sh"]
_RDF = PREFIXES["rdf"]
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
CONSTRAINTS = {
    **{name: name[0].upper() + name[1:] for name in (
        "class", "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "pattern", "minInclusive",
        "maxInclusive", "minExclusive", "maxExclusive", "lessThan", "lessThanOrEquals", "disjoint", "in", "hasValue",
        "closed", "or", "and", "not", "node", "uniqueLang")},
    "qualifiedValueShape": "QualifiedMinCount", "sparql": "SPARQL",
}  # fmt: skip
"""The parameter of each kind of constraint, and the kind's name in reports."""

_OTHER = {
    "path", "property", "message", "description", "name", "order", "group", "severity", "ignoredProperties",
    "qualifiedMinCount", "qualifiedMaxCount", "inversePath", "alternativePath", "select", "prefixes", "declare",
    "prefix", "namespace", *_TARGETS,
}  # fmt: skip

Path = tuple[str, tuple["Path", ...]]
"""A property path: ('<predicate>', ()), or one of '/' and the signs of `_PATHS` with what it is made of."""
_PATHS = {
    "^": "inversePath",
    "|": "alternativePath",
    "*": "zeroOrMorePath",
    "+": "oneOrMorePath",
    "?": "zeroOrOnePath",
}
"""The sign of SPARQL for each kind of path that is a node of its own."""


@dataclass(slots=True)
class Shape:
    """A shape. `named` is the shape with a name that it is, or is part of; constraints are (kind, value)."""

    node: str
    named: str
    path: Path | None
    severity: str
    targets: list[tuple[str, str]] = field(default_factory=list)
    constraints: list[tuple[str, str]] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)


class Shapes:
    """The shapes of a file, by node."""

    def __init__(self, triples: Columns) -> None:
        self.triples = triples
        self._made: dict[str, Shape] = {}
        of_target = {s for name in _TARGETS for s in triples.column(_sh(name))}
        self.with_target = [self.shape(node) for node in sorted(of_target)]

    def values(self, node: str, name: str) -> tuple[str, ...]:
        """The objects of a term of SHACL at a node."""
        return self.triples.column(_sh(name)).get(node, ())

    def items(self, node: str) -> Iterator[str]:
        """The members of an RDF list. Raises ShapesError for one that never ends."""
        seen: set[str] = set()
        while node != f"<{_RDF}nil>":
            if node in seen:
                raise ShapesError("a shape has a list that leads back into itself")
            seen.add(node)
            yield from self.triples.column(f"<{_RDF}first>").get(node, ())
            (node,) = self.triples.column(f"<{_RDF}rest>").get(node, (f"<{_RDF}nil>",))

    def shape(self, node: str, named: str = "") -> Shape:
        """The shape of a node."""
        if node not in self._made:
            paths, severities = self.values(node, "path"), self.values(node, "severity")
            severity = text(severities[0]) if severities else SH + "Violation"
            shape = Shape(
                node, node if node[0] == "<" else named, self.path(paths[0]) if paths else None,
                severity.removeprefix(SH),
            )  # fmt: skip
            self._made[node] = shape
            shape.targets = [(name, value) for name in _TARGETS for value in self.values(node, name)]
            shape.constraints = [(name, value) for name in CONSTRAINTS for value in self.values(node, name)]
            shape.properties = [self.shape(inner, shape.named) for inner in self.values(node, "property")]
        return self._made[node]

    def path(self, node: str, above: tuple[str, ...] = ()) -> Path:
        """A property path. Raises ShapesError for one that never ends."""
        if node in above or len(above) > 100:
            raise ShapesError("a shape has a path that leads back into itself")
        above = (*above, node)
        for sign, name in _PATHS.items():
            for inner in self.values(node, name):
                steps = self.items(inner) if sign == "|" else [inner]
                return sign, tuple(self.path(step, above) for step in steps)
        if node in self.triples.column(f"<{_RDF}first>"):
            return "/", tuple(self.path(step, above) for step in self.items(node))
        return node, ()

    def known(self) -> bool:
        """Whether the engine knows all that these shapes ask for."""
        names = {p[1:-1].removeprefix(SH) for p in self.triples.by_predicate if p.startswith(f"<{SH}")}
        kinds = {k for types in self.triples.column(f"<{RDF_TYPE}>").values() for k in types}
        implicit = {f"<{PREFIXES['rdfs']}Class>", f"<{PREFIXES['owl']}Class>"} & kinds
        plain = all(_plain(text(q)) for qs in self.triples.column(_sh("select")).values() for q in qs)
        paths = all(p[0][0] != "_" for s in self._made.values() if s.path for p in _steps(s.path))
        return names <= _OTHER | set(CONSTRAINTS) and not implicit and plain and paths

    def check(self) -> None:
        """Raise ShapesError for what SHACL leaves open or does not know, and for what is never run."""
        known = _OTHER | set(CONSTRAINTS)
        for predicate in self.triples.by_predicate:
            name = predicate[1:-1].removeprefix(SH)
            if name in ("js", "rule", "target"):
                raise ShapesError(f"sh:{name} is not run; say it in SHACL Core or SHACL-SPARQL")
            unknown = predicate.startswith(f"<{SH}") and name not in known and name not in _terms()
            if unknown and not self._shapes().isdisjoint(self.triples.column(predicate)):
                raise ShapesError(f"sh:{name} is no term of SHACL; check its spelling")
        for name in _COUNTS:
            for value in (v for values in self.triples.column(_sh(name)).values() for v in values):
                if not _COUNT.fullmatch(value):
                    raise ShapesError(f"a shape has sh:{name} {text(value)!r}, which is no whole number")
        for shape in self._made.values():
            if len(self.values(shape.node, "path")) > 1:
                raise ShapesError(f"{shape.named or shape.node} has more than one sh:path; make a shape of each")
            for problem in self._ill_formed(shape):
                raise ShapesError(f"{shape.named or shape.node} {problem}")
        if self._recursive():
            raise ShapesError("a shape is a part of itself, and SHACL leaves open what that means")

    def _ill_formed(self, shape: Shape) -> Iterator[str]:
        """What of a shape is not as SHACL asks, so that it would be checked as something else, or not at all."""
        if any(inner.path is None for inner in shape.properties):
            yield "has a sh:property without a sh:path; say which property it is about"
        if shape.path and any(step[0][0] == '"' for step in _steps(shape.path)):
            yield "has a sh:path that is a text; give a property"
        for name in ("in", "or", "and", "xone", "languageIn", "ignoredProperties"):
            heads = self.triples.column(f"<{_RDF}first>").keys() | {f"<{_RDF}nil>"}
            if not heads.issuperset(self.values(shape.node, name)):
                yield f"has a sh:{name} that is no list; write it in ( )"
        for name in ("closed", "deactivated", "uniqueLang"):
            if not all(_BOOLEAN.fullmatch(value) for value in self.values(shape.node, name)):
                yield f"has a sh:{name} that is neither true nor false"
        for constraint in self.values(shape.node, "sparql"):
            queries = self.values(constraint, "select")
            if len(queries) != 1:
                yield f"has a sh:sparql with {len(queries)} sh:select; give it one"
            elif re.search(r"\bFROM\b", _NO_WORDS.sub(" ", text(queries[0])), re.IGNORECASE):
                yield "has a query with FROM; shapes are checked on the data alone"

    def _shapes(self) -> set[str]:
        """The nodes that are shapes, or parts of them: by their type or by a term of SHACL that they have.

        Other nodes are data in the same file, which may say what they like.
        """
        typed = self.triples.column(f"<{RDF_TYPE}>").items()
        found = {node for node, kinds in typed if any(kind.startswith(f"<{SH}") for kind in kinds)}
        return found.union(*(self.triples.column(_sh(name)) for name in _terms()))

    def _recursive(self) -> bool:
        """Whether a shape is a part of itself, which SHACL leaves open (https://www.w3.org/TR/shacl/#shapes-recursion)."""
        done: set[str] = set()

        def leads_back(node: str, above: tuple[str, ...]) -> bool:
            if node in above:
                return True
            if node in done or len(above) > 200:
                return len(above) > 200
            inner = [
                value
                for name in ("property", "node", "not", "qualifiedValueShape")
                for value in self.values(node, name)
            ]
            inner += [one for name in ("and", "or") for value in self.values(node, name) for one in self.items(value)]
            found = any(leads_back(one, (*above, node)) for one in inner)
            done.add(node)
            return found

        return any(leads_back(shape.node, ()) for shape in self.with_target)


@cache
def _terms() -> frozenset[str]:
    """All terms of SHACL."""
    import rdflib

    return frozenset(str(term).removeprefix(SH) for term in dir(rdflib.SH) if str(term).startswith(SH))


_OPEN = re.compile(
    r"\b(?:MINUS|VALUES|SERVICE|SELECT)\b|\bAS\s*[$?](?:THIS|VALUE)\b|[$?](?:SHAPESGRAPH|CURRENTSHAPE|PATH)\b"
)
_BOOLEAN = re.compile(rf'"(?:true|false|0|1)"\^\^<{re.escape(PREFIXES["xsd"])}boolean>')
_COUNTS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
_COUNT = re.compile(rf'"\+?\d{{1,18}}"\^\^<{re.escape(PREFIXES["xsd"])}\w+>')
_NO_WORDS = re.compile(r"""<[^<>\s]*>|"[^"]*"|'[^']*'|#.*""")


def _plain(query: str) -> bool:
    """Whether a query selects $this and has nothing that pre-binding leaves open (SHACL, appendix A)."""
    head, _, body = query.upper().partition("{")
    return "THIS" in re.findall(r"[$?](\w+)", head) and not _OPEN.search(_NO_WORDS.sub(" ", body))


def _steps(path: Path) -> Iterator[Path]:
    yield path
    for inner in path[1]:
        yield from _steps(inner)


def _sh(name: str) -> str:
    return f"<{SH}{name}>"
