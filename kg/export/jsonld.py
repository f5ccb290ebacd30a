"""A graph as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/), compacted with the project's context."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.namespaces import RDF_TYPE, XSD, curie, expand
from kg.rdf.nquads import lines, text
from kg.resources import folder

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,15}")
"""How JSON writes integers; what is written otherwise, or is none, stays a text with its datatype."""


def to_jsonld(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as JSON-LD; things in order of their names, each with its classes first.

    The context is part of the file: nothing has to be fetched to read it.
    """
    import orjson

    by_graph: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    values: dict[str, _Values] = {}
    for subject, predicate, object, graph in lines(quads, ordered=True):
        of_predicate = values.get(predicate) or values.setdefault(predicate, _Values(predicate))
        nodes = by_graph[graph]
        node = nodes.get(subject)
        if node is None:
            node = nodes[subject] = {"@id": _identifier(subject), "@type": None}
        name, value = of_predicate.name, of_predicate[object]
        have = node.get(name)
        if have is None:
            node[name] = value
        elif isinstance(have, list):
            have.append(value)
        else:
            node[name] = [have, value]
    graph_nodes: list[dict[str, Any]] = []
    for graph, nodes in sorted(by_graph.items()):
        for node in nodes.values():
            if node["@type"] is None:
                del node["@type"]
        inside = [nodes[subject] for subject in sorted(nodes, key=text)]
        graph_nodes += [{"@id": _identifier(graph), "@graph": inside}] if graph else inside
    made = {"@context": _context().said, "@graph": graph_nodes}
    return orjson.dumps(made, option=orjson.OPT_INDENT_2) + b"\n"


class _Context(NamedTuple):
    """The context; the term and the coercion of each property and class."""

    said: dict[str, Any]
    terms: dict[str, tuple[str, str]]


@cache
def _context() -> _Context:
    said = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    terms: dict[str, tuple[str, str]] = {}
    for name, value in said.items():
        if not name.startswith("@"):
            iri, coercion = (value, "") if isinstance(value, str) else (value["@id"], value.get("@type", ""))
            terms[expand(iri)] = name, expand(coercion)
    return _Context(said, terms)


class _Values(dict[str, Any]):
    """The values of a property as JSON by how N-Quads writes them; `name` is the property's own."""

    def __init__(self, predicate: str) -> None:
        iri = predicate[1:-1]
        typed = iri == RDF_TYPE
        term, coercion = _context().terms.get(iri, (curie(iri), ""))
        self.name, self._coercion = ("@type", "@vocab") if typed else (term, coercion)

    def __missing__(self, written: str) -> Any:
        self[written] = made = self._literal(written) if written[0] == '"' else self._reference(written)
        return made

    def _reference(self, written: str) -> Any:
        if self._coercion == "@vocab":
            return _context().terms.get(written[1:-1], (_identifier(written), ""))[0]
        short = _identifier(written)
        return short if self._coercion == "@id" else {"@id": short}

    def _literal(self, written: str) -> Any:
        value, tail = text(written), written[written.rindex('"') + 1 :]
        if tail.startswith("@"):
            return {"@value": value, "@language": tail[1:]}
        kind = tail[3:-1] if tail else XSD + "string"
        if kind == self._coercion:
            return value
        if not self._coercion:
            if kind == XSD + "string":
                return value
            if kind == XSD + "boolean" and value in ("true", "false"):
                return value == "true"
            if kind == XSD + "integer" and _INTEGER.fullmatch(value) and abs(int(value)) < 2**53:
                return int(value)
        return {"@value": value, "@type": curie(kind)}


def _identifier(written: str) -> str:
    return written if written[0] == "_" else curie(written[1:-1])
