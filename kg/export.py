"""The graph in files: RDF, GraphML, GEXF and CSV, the same bytes for the same graph.

Turtle, N-Triples and RDF/XML have no named graphs: they hold the union of all. TriG, N-Quads and
JSON-LD keep the graph of each statement. GraphML, GEXF and CSV hold the things and the relations
between them, with the words each relation rests on.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.namespaces import PREFIXES, RDF_TYPE, XSD
from kg.resources import folder

if TYPE_CHECKING:
    import networkx as nx

FORMATS = {
    ".ttl": "turtle", ".jsonld": "jsonld", ".nt": "nt", ".nq": "nq", ".trig": "trig", ".rdf": "rdfxml", ".xml": "rdfxml",
    ".graphml": "graphml", ".gexf": "gexf", ".csv": "csv",
}  # fmt: skip
"""The format that a file's ending stands for."""

_TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML}
_QUADS = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}


def export(quads: Iterable[ox.Quad], file: str | Path, format: str | None = None) -> None:
    """Write quads to a file, or to standard output for '-'; the format follows the ending unless given.

    CSV makes two files: NAME-nodes.csv and NAME-edges.csv for NAME.csv. A file is written beside the old
    one and takes its place when it is whole.

    Raises QueryError for a format that is not known or cannot go where it is sent, GraphError when the
    file cannot be written.
    """
    path = Path(file)
    chosen = format or FORMATS.get(path.suffix.lower())
    known = sorted(set(FORMATS.values()))
    if chosen not in known:
        said = f"no format {format!r}" if format else f"{file}: the ending says no format"
        raise QueryError(f"{said}; give --format, one of {', '.join(known)}")
    if chosen == "csv":
        if str(file) == "-":
            raise QueryError("CSV is two files, nodes and edges; give a file name instead of -")
        nodes, edges = to_csv(quads)
        write(path.with_name(f"{path.stem}-nodes.csv"), nodes.encode())
        write(path.with_name(f"{path.stem}-edges.csv"), edges.encode())
        return
    data = serialize(quads, chosen)
    if str(file) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write(path, data)


def serialize(quads: Iterable[ox.Quad], format: str) -> bytes:
    """Quads as bytes in a format of one file."""
    if format in _TRIPLES:
        triples = sorted({(q.subject, q.predicate, q.object) for q in quads}, key=_order)
        prefixes = None if format == "nt" else PREFIXES
        return (
            ox.serialize((ox.Triple(*t) for t in triples), format=_TRIPLES[format], prefixes=prefixes) or b""
        )
    if format in _QUADS:
        ordered = sorted(
            set(quads), key=lambda q: (_key(q.graph_name), *_order((q.subject, q.predicate, q.object)))
        )
        return (
            ox.serialize(ordered, format=_QUADS[format], prefixes=PREFIXES if format == "trig" else None)
            or b""
        )
    if format == "jsonld":
        return to_jsonld(quads)
    import networkx as nx

    graph = _plain(to_networkx(quads))
    out = io.BytesIO()
    (nx.write_graphml_xml if format == "graphml" else nx.write_gexf)(graph, out)
    text = out.getvalue()
    # networkx dates a GEXF file; the same graph must give the same bytes
    return _undated(text) if format == "gexf" else text


def write(path: Path, data: bytes) -> None:
    """Write a file beside the old one, then put it in its place. Raises GraphError when that fails."""
    beside = None
    try:
        handle, beside = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        if beside:
            with contextlib.suppress(OSError):
                os.unlink(beside)
        raise GraphError(
            f"{path}: cannot be written ({error.strerror or error}); choose another file"
        ) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _undated(gexf: bytes) -> bytes:
    start = gexf.find(b' lastmodifieddate="')
    return gexf if start < 0 else gexf[:start] + gexf[gexf.index(b'"', start + 19) + 1 :]


def _key(term: Any) -> str:
    return str(term)


def _order(triple: tuple[Any, Any, Any]) -> tuple[str, bool, str, str]:
    """Subjects by name, and of each its classes first."""
    subject, predicate, value = triple
    return (str(subject), predicate.value != RDF_TYPE, predicate.value, str(value))


# JSON-LD


@cache
def _context() -> tuple[dict[str, Any], dict[str, tuple[str, str]], list[tuple[str, str]]]:
    """The context; the term and the coercion of each property and class; the prefixes, longest IRI first."""
    said = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    prefixes = {k: v for k, v in said.items() if isinstance(v, str) and v.endswith(("#", "/"))}

    def full(short: str) -> str:
        prefix, _, local = short.partition(":")
        return prefixes[prefix] + local if prefix in prefixes else short

    terms: dict[str, tuple[str, str]] = {}
    for name, value in said.items():
        if name.startswith("@") or name in prefixes:
            continue
        iri, coercion = (value, "") if isinstance(value, str) else (value["@id"], value.get("@type", ""))
        terms[full(iri)] = (name, coercion if coercion.startswith("@") or not coercion else full(coercion))
    return said, terms, sorted(prefixes.items(), key=lambda p: -len(p[1]))


def to_jsonld(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/), compacted with the project's context.

    The context is part of the file: nothing has to be fetched to read it.
    """
    import orjson

    context, _, _ = _context()
    by_graph: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "")
        by_graph[graph][_subject(quad.subject)][quad.predicate.value].append(quad.object)
    nodes: list[dict[str, Any]] = []
    for graph, subjects in sorted(by_graph.items()):
        inside = [_node(subject, properties) for subject, properties in sorted(subjects.items())]
        nodes += [{"@id": _compact(graph), "@graph": inside}] if graph else inside
    return orjson.dumps({"@context": context, "@graph": nodes}, option=orjson.OPT_INDENT_2) + b"\n"


def _subject(term: Any) -> str:
    return "_:" + term.value if isinstance(term, ox.BlankNode) else str(term.value)


def _node(subject: str, properties: dict[str, list[Any]]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject if subject.startswith("_:") else _compact(subject)}
    for predicate in sorted(properties, key=lambda p: (p != RDF_TYPE, p)):
        values = sorted(set(properties[predicate]), key=str)
        if predicate == RDF_TYPE and all(isinstance(v, ox.NamedNode) for v in values):
            said: list[Any] = [_vocabulary(v.value) for v in values]
            name = "@type"
        else:
            name, coercion = _context()[1].get(predicate, (_compact(predicate), ""))
            said = [_value(v, coercion) for v in values]
        node[name] = said[0] if len(said) == 1 else said
    return node


def _vocabulary(iri: str) -> str:
    return _context()[1].get(iri, (_compact(iri), ""))[0]


@cache
def _compact(iri: str) -> str:
    for prefix, base in _context()[2]:
        if iri.startswith(base) and not iri[len(base) :].startswith("//"):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def _value(term: Any, coercion: str) -> Any:
    if not isinstance(term, ox.Literal):
        iri = _subject(term)
        if coercion == "@vocab":
            return _vocabulary(iri)
        short = iri if iri.startswith("_:") else _compact(iri)
        return short if coercion == "@id" else {"@id": short}
    kind = term.datatype.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if kind == coercion:
        return term.value
    if not coercion:
        if kind == XSD + "string":
            return term.value
        if kind == XSD + "boolean" and term.value in ("true", "false"):
            return term.value == "true"
        if kind == XSD + "integer" and str(int(term.value)) == term.value and abs(int(term.value)) < 2**53:
            return int(term.value)
    return {"@value": term.value, "@type": _compact(kind)}


# Things and relations


def to_networkx(quads: Iterable[ox.Quad]) -> nx.MultiDiGraph[str]:
    """The things of a graph and the direct relations between them.

    Nodes are IRIs with `type`, `label` and `literals` (name to values); edges have `predicate` and
    `evidence`, a list of dictionaries with quote, start, end, statement, restated and qualifiers.
    """
    import networkx as nx

    index = _Index(quads)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted(index.types):
        graph.add_node(
            iri,
            type=index.types[iri],
            label=index.labels.get(iri, _compact(iri)),
            literals=index.literals.get(iri, {}),
        )
    for subject, predicate, target in sorted(index.relations):
        if subject in index.types and target in index.types:
            graph.add_edge(
                subject,
                target,
                key=predicate,
                predicate=predicate,
                evidence=index.evidence_of(subject, predicate, target),
            )
    return graph


class _Index:
    """What `to_networkx` needs of a graph, gathered in one pass."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        mlp = PREFIXES["mlp"]
        oa = PREFIXES["oa"]
        self.types: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.literals: dict[str, dict[str, list[str]]] = {}
        self.relations: set[tuple[str, str, str]] = set()
        self._facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._graph_of: dict[str, str] = {}
        self._links: dict[tuple[str, str], str] = {}
        self._restated: dict[str, bool] = {}
        direct: list[tuple[str, str, Any]] = []
        hidden = {"Fact", "Evidence", "Statement", "Document"}
        for quad in quads:
            subject, predicate, value = _subject(quad.subject), quad.predicate.value, quad.object
            text = getattr(value, "value", "")
            if predicate == RDF_TYPE:
                if text.startswith(mlp) and text[len(mlp) :] not in hidden:
                    self.types[subject] = text[len(mlp) :]
            elif predicate == PREFIXES["rdfs"] + "label":
                self.labels[subject] = text
            elif predicate.startswith(oa):
                self._links[subject, predicate[len(oa) :]] = text
            elif predicate == mlp + "restated":
                self._restated[subject] = text == "true"
            elif predicate.startswith(mlp):
                if "/fact/" in subject:
                    self._facts[subject][predicate[len(mlp) :]].append(text)
                    self._graph_of[subject] = getattr(quad.graph_name, "value", "")
                else:
                    direct.append((subject, predicate[len(mlp) :], value))
        for subject, name, value in direct:
            if isinstance(value, ox.NamedNode):
                self.relations.add((subject, name, value.value))
            else:
                self.literals.setdefault(subject, {}).setdefault(name, []).append(getattr(value, "value", ""))
        self._by_triple: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for fact, said in self._facts.items():
            if said.get("object"):
                self._by_triple[
                    said["subject"][0], said["predicate"][0].removeprefix(mlp), said["object"][0]
                ].append(fact)
            elif said.get("value"):
                values = self.literals.setdefault(said["subject"][0], {}).setdefault(
                    said["predicate"][0].removeprefix(mlp), []
                )
                values.append(" ".join([said["value"][0], *said.get("unit", [])]))
        for literals in self.literals.values():
            for values in literals.values():
                values.sort()

    def evidence_of(self, subject: str, predicate: str, target: str) -> list[dict[str, Any]]:
        """The words that a direct triple rests on."""
        found = []
        for fact in sorted(self._by_triple.get((subject, predicate, target), [])):
            said, statement = self._facts[fact], self._graph_of[fact]
            selector = self._links.get(
                (self._links.get((said["evidence"][0], "hasTarget"), ""), "hasSelector"), ""
            )
            qualifiers = {
                name: ", ".join(self.labels.get(v, v) for v in values)
                for name, values in sorted(said.items())
                if name not in ("subject", "predicate", "object", "evidence")
            }
            found.append({
                "quote": self._links.get((selector, "exact"), ""),
                "start": int(self._links.get((selector, "start"), "0")),
                "end": int(self._links.get((selector, "end"), "0")),
                "statement": self.labels.get(statement, statement),
                "restated": self._restated.get(statement, False),
                "qualifiers": qualifiers,
            })  # fmt: skip
        return found


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def _plain(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph with values that GraphML and GEXF can hold: strings and whole numbers."""
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        literals = "; ".join(
            f"{name}: {', '.join(values)}" for name, values in sorted(data["literals"].items())
        )
        made.add_node(_clean(node), type=data["type"], label=_clean(data["label"]), literals=_clean(literals))
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        made.add_edge(
            _clean(source), _clean(target), key=str(number), predicate=data["predicate"],
            quotes=_clean(" | ".join(e["quote"] for e in data["evidence"])), facts=len(data["evidence"]),
        )  # fmt: skip
    return made


def to_csv(quads: Iterable[ox.Quad]) -> tuple[str, str]:
    """The things and the relations as two CSV texts with a head line each."""
    graph = to_networkx(quads)

    def text(head: list[str], rows: Iterator[list[Any]]) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
        return out.getvalue()

    nodes = text(["iri", "type", "label"], ([n, d["type"], d["label"]] for n, d in graph.nodes(data=True)))

    def edges() -> Iterator[list[Any]]:
        for source, target, data in graph.edges(data=True):
            for e in data["evidence"] or [
                {"quote": "", "start": "", "end": "", "statement": "", "restated": ""}
            ]:
                yield [
                    source,
                    data["predicate"],
                    target,
                    e["quote"],
                    e["start"],
                    e["end"],
                    e["statement"],
                    e["restated"],
                ]

    return nodes, text(
        ["source", "predicate", "target", "quote", "start", "end", "statement", "restated"], edges()
    )
