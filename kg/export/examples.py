"""The canned queries as examples of the endpoint, in the form of SIB's collection.

https://github.com/sib-swiss/sparql-examples · https://www.w3.org/TR/shacl-af/#sparql-executables
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import KgError
from kg.export.dataset import say
from kg.namespaces import ID, PREFIXES, RDF_TYPE, XSD
from kg.query import bound, queries
from kg.query.canned import without_header
from kg.store import Graph

_SH, _SCHEMA, _RDFS = PREFIXES["sh"], PREFIXES["schema"], PREFIXES["rdfs"]
_DECLARED = ID + "query/prefixes"


def examples(graph: Graph, endpoint: str = "") -> Iterator[ox.Triple]:
    """Each query as a `sh:SPARQLExecutable`, with the example values of the parameters that it needs.

    `endpoint` is the address that answers them, when there is one.
    """
    yield from say(_DECLARED, RDF_TYPE, PREFIXES["owl"] + "Ontology")
    for prefix, namespace in PREFIXES.items():
        node = f"{_DECLARED}#{prefix}"
        yield from say(_DECLARED, _SH + "declare", node)
        yield from say(node, _SH + "prefix", ox.Literal(prefix))
        yield from say(node, _SH + "namespace", ox.Literal(namespace, datatype=ox.NamedNode(XSD + "anyURI")))
    for query in queries():
        given = {p.name: p.example for p in query.parameters if not p.optional and p.example}
        try:
            text = without_header(bound(graph, query.name, given)) + "\n"
        except KgError:
            continue  # this graph has not what the example is about
        iri = f"{ID}query/{query.name}"
        yield from say(iri, RDF_TYPE, _SH + "SPARQLExecutable", _SH + "SPARQLSelectExecutable")
        yield from say(iri, _RDFS + "label", ox.Literal(query.name))
        yield from say(iri, _RDFS + "comment", ox.Literal(query.summary, language="en"))
        yield from say(iri, _SH + "prefixes", _DECLARED)
        yield from say(iri, _SH + "select", ox.Literal(text))
        yield from say(iri, _SCHEMA + "keywords", *map(ox.Literal, query.tags))
        if endpoint:
            yield from say(iri, _SCHEMA + "target", endpoint)
