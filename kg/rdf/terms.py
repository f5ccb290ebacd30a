"""RDF terms from Python values, and quads in an order that does not depend on how they came.

Whole numbers become xsd:integer, others xsd:decimal, both in the canonical form of
https://www.w3.org/TR/xmlschema11-2/, so that a store gives back the very literal it was given:

>>> for number in ("51.0", "17.50"):
...     print(literal(Decimal(number)))
"51"^^<http://www.w3.org/2001/XMLSchema#integer>
"17.5"^^<http://www.w3.org/2001/XMLSchema#decimal>
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.model.entity import Entity, Value
from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, XSD

_INTEGER, _DECIMAL = ox.NamedNode(XSD + "integer"), ox.NamedNode(XSD + "decimal")
TYPE, LABEL = ox.NamedNode(RDF_TYPE), ox.NamedNode(RDFS_LABEL)
DEFAULT_GRAPH = ox.DefaultGraph()


@cache
def mlp(name: str) -> ox.NamedNode:
    """A term of our ontology, by local name."""
    return ox.NamedNode(MLP + name)


@cache
def term(prefix: str, name: str) -> ox.NamedNode:
    """A term of another vocabulary.

    >>> term("oa", "exact")
    <NamedNode value=http://www.w3.org/ns/oa#exact>
    """
    return ox.NamedNode(PREFIXES[prefix] + name)


def literal(value: Decimal | bool | str) -> ox.Literal:
    """The literal of a value that is no entity."""
    if isinstance(value, bool | str):
        return ox.Literal(value)
    number = format(value, "f")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    number = "0" if number in ("-0", "") else number
    return ox.Literal(number, datatype=_DECIMAL if "." in number else _INTEGER)


def quoted(text: str) -> str:
    """A string as N-Quads writes it; JSON escapes the same characters in the same way.

    >>> print(quoted('two "words"'))
    "two \\"words\\""
    """
    import orjson  # it loads much, and a query needs none of it

    return orjson.dumps(text.encode("utf-8", "replace").decode()).decode()


def node(value: Value) -> ox.NamedNode | ox.Literal:
    """The IRI of an entity, the literal of anything else."""
    return ox.NamedNode(value.iri) if isinstance(value, Entity) else literal(value)


def in_order(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The distinct quads, by graph, subject, predicate and object; the default graph comes first."""
    distinct = set(quads)
    graphs = {g: "" if g == DEFAULT_GRAPH else str(g) for g in {q.graph_name for q in distinct}}
    # the text of a triple sorts as its terms do: none of them is the beginning of another
    return sorted(distinct, key=lambda q: (graphs[q.graph_name], str(q.triple)))
