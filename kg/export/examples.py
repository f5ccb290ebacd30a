"""The canned queries as examples of the endpoint, in the form of SIB's collection.

https://github.com/sib-swiss/sparql-examples · https://www.w3.org/TR/shacl-af/#sparql-executables
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import ID, PREFIXES, RDF_TYPE
from kg.query import bound, queries
from kg.query.canned import without_header
from kg.store import Graph

_SH, _SCHEMA, _RDFS = PREFIXES["sh"], PREFIXES["schema"], PREFIXES["rdfs"]
_DECLARED = ID + "query/prefixes"


def examples(graph: Graph, endpoint: str = "") -> Iterator[ox.Triple]:
    """Each query as a `sh:SPARQLExecutable`, with the example values of the parameters that it needs.

    `endpoint` is the address that answers them, when there is one.
    """

    def say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)

    yield say(_DECLARED, RDF_TYPE, ox.NamedNode(PREFIXES["owl"] + "Ontology"))
    for prefix, namespace in PREFIXES.items():
        node = f"{_DECLARED}#{prefix}"
        yield say(_DECLARED, _SH + "declare", ox.NamedNode(node))
        yield say(node, _SH + "prefix", ox.Literal(prefix))
        yield say(node, _SH + "namespace", ox.Literal(namespace, datatype=ox.NamedNode(PREFIXES["xsd"] + "anyURI")))
    for query in queries():
        try:
            text = bound(
                graph, query.name, {p.name: p.example for p in query.parameters if not p.optional and p.example}
            )
        except KgError:
            continue  # this graph has not what the example is about
        text = without_header(text) + "\n"
        construct = re.match(r"(?is)\s*(?:#[^\n]*\n\s*)*construct\b", text) is not None
        iri = f"{ID}query/{query.name}"
        yield say(iri, RDF_TYPE, ox.NamedNode(_SH + "SPARQLExecutable"))
        yield say(
            iri, RDF_TYPE, ox.NamedNode(_SH + ("SPARQLConstructExecutable" if construct else "SPARQLSelectExecutable"))
        )
        yield say(iri, _RDFS + "label", ox.Literal(query.name))
        yield say(iri, _RDFS + "comment", ox.Literal(query.summary, language="en"))
        yield say(iri, _SH + "prefixes", ox.NamedNode(_DECLARED))
        yield say(iri, _SH + ("construct" if construct else "select"), ox.Literal(text))
        for tag in query.tags:
            yield say(iri, _SCHEMA + "keywords", ox.Literal(tag))
        if endpoint:
            yield say(iri, _SCHEMA + "target", ox.NamedNode(endpoint))
