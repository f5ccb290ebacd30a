"""The graph described as a data set, so that tools can plan with it: VoID with its partitions, and DCAT.

https://www.w3.org/TR/void/ · https://www.w3.org/TR/vocab-dcat-3/ · datatypes by http://ldf.fi/void-ext, as SIB's tools read them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

import pyoxigraph as ox

from kg.namespaces import ID, PREFIXES, RDF_TYPE, curie
from kg.rdf.terms import TYPE, mlp
from kg.store import Graph

VOID, EXTENDED = "http://rdfs.org/ns/void#", "http://ldf.fi/void-ext#"
DATASET = ID + "dataset"
TITLE = "mlperf-kg: MLPerf statements and official results"
ABOUT = (
    "What vendors say about their MLPerf submissions and what MLCommons' official record holds, as RDF; every fact shows the words "
    "or files it rests on, and claims are checked against the record."
)
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
KEYWORDS = ("MLPerf", "benchmark", "machine learning", "accelerator", "knowledge graph")
_DCT, _DCAT = PREFIXES["dct"], PREFIXES["dcat"]


@dataclass(slots=True)
class Counts:
    """What is counted of a graph: things of a class, uses of a property, by class of the subject and of the object.

    The object is the IRI of a class or, of literals, of a datatype; '' is a thing without a class.
    """

    things: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    by_class: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_objects: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def counts_of(graph: Graph) -> Counts:
    """The counts of a graph, in which a triple that stands in several named graphs counts once in each."""
    made, classes = Counts(), defaultdict(set)
    for quad in graph.match(None, TYPE):
        if isinstance(quad.object, ox.NamedNode):
            classes[quad.subject].add(quad.object.value)
    for kinds in classes.values():
        made.things.update(kinds)
    nothing = {""}
    for quad in graph.quads():
        name, value = quad.predicate.value, quad.object
        made.properties[name] += 1
        ends = {value.datatype.value} if isinstance(value, ox.Literal) else classes.get(value, nothing)
        for kind in classes.get(quad.subject, ()):
            made.by_class[kind, name] += 1
            if name != RDF_TYPE:
                for end in ends:
                    made.by_objects[kind, name, end] += 1
    return made


def sources(graph: Graph) -> list[str]:
    """Where the data come from: the repositories of results at their commits, and the documents."""
    return sorted({iri for kind in ("Record", "Document") for iri in graph.subjects(RDF_TYPE, mlp(kind))})


def last_read(graph: Graph) -> str:
    """The newest day on which a source was read, as 2026-11-26; '' when no source says it."""
    read = graph.match(None, mlp("dateRead"))
    return max((q.object.value for q in read if isinstance(q.object, ox.Literal)), default="")[:10]


def say(subject: str, predicate: str, *objects: str | ox.Literal) -> Iterator[ox.Triple]:
    """A triple for each object; IRIs are texts."""
    for value in objects:
        node = ox.NamedNode(value) if isinstance(value, str) else value
        yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), node)


def described(graph: Graph, dataset: str = DATASET) -> Iterator[ox.Triple]:
    """The triples of the description of a graph; partitions have IRIs that begin with that of the data set."""

    def text(said: str) -> ox.Literal:
        return ox.Literal(said, language="en")

    part_of = dataset + ("-" if "#" in dataset else "#")
    yield from say(dataset, RDF_TYPE, VOID + "Dataset", _DCAT + "Dataset")
    yield from say(dataset, PREFIXES["rdfs"] + "label", text(TITLE))
    yield from say(dataset, _DCT + "title", text(TITLE))
    yield from say(dataset, _DCT + "description", text(ABOUT))
    yield from say(dataset, _DCT + "license", LICENCE)
    yield from say(dataset, _DCT + "creator", ox.Literal("mlperf-kg contributors"))
    yield from say(dataset, _DCAT + "version", ox.Literal(version("mlperf-kg")))
    yield from say(dataset, _DCAT + "keyword", *map(text, KEYWORDS))
    yield from say(dataset, _DCT + "source", *sources(graph))
    if day := last_read(graph):
        yield from say(dataset, _DCT + "issued", ox.Literal(day, datatype=ox.NamedNode(PREFIXES["xsd"] + "date")))
    counts = counts_of(graph)
    yield from say(dataset, VOID + "uriSpace", ox.Literal(ID))
    yield from say(dataset, VOID + "vocabulary", *sorted({_vocabulary(name) for name in counts.properties}))
    yield from say(dataset, VOID + "triples", ox.Literal(len(graph)))
    yield from say(dataset, VOID + "classes", ox.Literal(len(counts.things)))
    yield from say(dataset, VOID + "properties", ox.Literal(len(counts.properties)))
    for name, number in counts.properties.items():
        yield from _part(part_of, VOID + "property", name, VOID + "triples", number, whole=dataset)
    for kind, number in counts.things.items():
        yield from _part(part_of, VOID + "class", kind, VOID + "entities", number, whole=dataset)
    for (kind, name), number in counts.by_class.items():
        of = part_of + _slug(kind)
        yield from _part(of + "--", VOID + "property", name, VOID + "triples", number, whole=of)
    for (kind, name, end), number in counts.by_objects.items():
        if end:
            of = f"{part_of}{_slug(kind)}--{_slug(name)}"
            kind_of_end = EXTENDED + "datatype" if _is_datatype(end) else VOID + "class"
            yield from _part(of + "--", kind_of_end, end, VOID + "triples", number, whole=of)


def _part(start: str, kind: str, iri: str, counted: str, number: int, *, whole: str) -> Iterator[ox.Triple]:
    """A partition of a kind, whose IRI begins with `start`: the property, class or datatype it is of, and what it counts."""
    part = start + _slug(iri)
    yield from say(whole, kind + "Partition", part)
    yield from say(part, kind, iri)
    yield from say(part, counted, ox.Literal(number))


def _is_datatype(iri: str) -> bool:
    return iri.startswith(PREFIXES["xsd"]) or iri == PREFIXES["rdf"] + "langString"


def _vocabulary(iri: str) -> str:
    """The namespace of a term."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _slug(iri: str) -> str:
    """A term as a piece of an IRI: 'mlp-Result'."""
    return curie(iri).replace(":", "-", 1).replace("/", "-").replace("#", "-")
