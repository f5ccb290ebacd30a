"""Questions to the graph: canned queries by name, SPARQL that somebody typed, all about one entity.

A canned query is one file, `queries/NAME.rq` (`kg.query.canned`). A value of a parameter is bound by a
VALUES block that opens each group in which its variable stands, and is never pasted into the text.

>>> [query.name for query in queries()][:3]
['accelerator-attributes', 'accelerators-of-organization', 'availability']
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError, UnknownName
from kg.model.entity import Entity
from kg.names.entities import names, noun, resolve
from kg.namespaces import MLP, XSD
from kg.query.answer import Table, Triples, Truth, read_answer, read_results
from kg.query.canned import ANY, CannedQuery, Parameter, load, queries
from kg.query.places import with_pages
from kg.query.text import Limits, bind, check
from kg.rdf.evidence import STEPS
from kg.rdf.terms import TYPE, mlp
from kg.store import Graph

__all__ = [
    "ANY", "CannedQuery", "Description", "Parameter", "Table", "Triples", "Truth", "Value", "bound",
    "describe", "load", "loaded", "names", "queries", "resolve", "run", "sparql",
]  # fmt: skip

Value = str | bool | int | Decimal | Entity
"""What a parameter can be given as; several values mean any of them."""

_TO_THE_WORDS: tuple[set[ox.NamedNode], ...] = (*({step} for step in STEPS), set())


def bound(graph: Graph, name: str, parameters: Mapping[str, Value | Sequence[Value]] | None = None) -> str:
    """The text of a canned query with its parameters filled in.

    Raises UnknownName for a query or an entity that is not known, QueryError for a parameter that is
    missing, mistyped or none of the query's.
    """
    query = load(name)
    given = dict(parameters or {})
    for key in given:
        query.parameter(key)
    terms: dict[str, Sequence[ox.NamedNode | ox.Literal]] = {}
    rounds: list[str] = []
    for parameter in sorted(query.parameters, key=lambda p: p.kind != "Round"):
        value = given.get(parameter.name, parameter.default)
        if value is None:
            if not parameter.optional:
                hint = f", for example {parameter.example!r}" if parameter.example else ""
                raise QueryError(f"the query {name} needs the parameter {parameter.name!r}{hint}")
            continue
        values = [value] if isinstance(value, Value) else list(value)
        found = [t for v in values for t in _terms(graph, parameter, v, rounds)]
        if not found:
            raise QueryError(f"the parameter {parameter.name!r} is given without a value")
        if parameter.kind == "Round":
            rounds = [t.value for t in found]
        terms[parameter.variable] = list(dict.fromkeys(found))
    return bind(query.text, terms)


def _terms(graph: Graph, parameter: Parameter, value: Value, rounds: Sequence[str]) -> list[ox.NamedNode | ox.Literal]:
    """A value as terms: several for a name that stands for several things."""
    if parameter.literal:
        return [_literal(parameter, value)]
    kind = None if parameter.type == ANY else parameter.kind
    text = value.iri if isinstance(value, Entity) else str(value)
    found = names(graph).find(text, kind, rounds)
    if not found:
        raise UnknownName(noun(kind), text, names(graph).nearest(text, kind))
    return [ox.NamedNode(e.iri) for e in found]


_LEXICAL = {
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(?:\d+\.?\d*|\.\d+)",
    "double": r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?",
    "boolean": r"true|false|1|0",
    "date": r"\d{4}-\d\d-\d\d",
}


def _literal(parameter: Parameter, value: Value) -> ox.Literal:
    """A value as a literal of the parameter's datatype. Raises QueryError when it is none."""
    datatype = parameter.type.removeprefix(XSD)
    text = str(value).strip() if datatype != "string" else str(value)
    if isinstance(value, bool):
        text = text.lower()
    if parameter.choices and text not in parameter.choices:
        raise QueryError(f"the parameter {parameter.name!r} takes one of {', '.join(parameter.choices)}, not {text!r}")
    if not re.fullmatch(_LEXICAL.get(datatype, r"(?s).*"), text, re.ASCII):
        raise QueryError(f"the parameter {parameter.name!r} takes a value of xsd:{datatype}, not {text!r}")
    return ox.Literal(text, datatype=ox.NamedNode(parameter.type))


def run(
    graph: Graph,
    name: str,
    parameters: Mapping[str, Value | Sequence[Value]] | None = None,
    columns: Sequence[str] = (),
) -> Table:
    """The rows that a canned query finds; with `columns` only these, which is faster: most of the time goes into cells.

    Raises what `bound` raises.
    """
    text = bound(graph, name, parameters)
    if columns:
        text = re.sub(r"(?ms)^SELECT\b.*?(?=^WHERE)", f"SELECT DISTINCT ?{' ?'.join(columns)}\n", text, count=1)
    found = read_results(graph.query(text))
    if not isinstance(found, Table):
        raise QueryError(f"the canned query {name} is no SELECT")
    return with_pages(graph, found)


_LOADED = """SELECT ?kind ?round (COUNT(DISTINCT ?one) AS ?count) {
  VALUES ?kind { mlp:Statement mlp:Record }
  ?one a ?kind ; mlp:round ?at . ?at rdfs:label ?round
} GROUP BY ?kind ?round ORDER BY ?round"""


def loaded(graph: Graph) -> str:
    """What a graph has to answer from, for one who found nothing: statements and official results by round.

    >>> from kg.store import memory_graph
    >>> loaded(memory_graph([]))
    'the graph has no statements and no official results'
    """
    found = read_results(graph.query(_LOADED))
    assert isinstance(found, Table)
    rows = list(found)
    said = [f"{row['count']} of {row['round']}" for row in rows if row["kind"] == MLP + "Statement"]
    held = [str(row["round"]) for row in rows if row["kind"] == MLP + "Record"]
    statements = f"statements ({', '.join(said)})" if said else "no statements"
    results = f"official results of {', '.join(held)}" if held else "no official results"
    return f"the graph has {statements} and {results}"


def sparql(graph: Graph, text: str, limits: Limits | None = None) -> Table | Triples | Truth:
    """The answer of a query that somebody typed, from a worker process that is ended at its limits.

    The default graph is the union of all. The prefixes of `kg.namespaces` need not be declared.
    A graph on a server is asked there, under the server's own limits.
    Raises QueryError, QueryLimit, and GraphError for a graph that is only in memory.
    """
    if graph.remote:
        check(text, limits or Limits())
        return read_results(graph.query(text, union=True))
    from kg.query.worker import Worker  # a canned query needs none

    with Worker(graph.store_directory, limits) as worker:
        return read_answer(worker.query(text))


class Description(NamedTuple):
    """All that is known of an entity.

    `vocabulary` is what the vocabulary and the description of the entity say; `sources` has the label of
    each statement with its facts; `triples` are the RDF of all of it, with the words the facts rest on.
    """

    entity: Entity
    vocabulary: Table
    sources: tuple[tuple[str, Table], ...]
    triples: Triples

    def table(self) -> Table:
        """The facts of all sources in one table."""
        columns = self.sources[0][1].columns if self.sources else ()
        return Table(columns, tuple(row for _, table in self.sources for row in table.rows))


def describe(graph: Graph, name: str, kind: str | None = None) -> Description:
    """All that is known of an entity, by source. Raises what `resolve` raises."""
    entity = resolve(graph, name, kind)
    facts = run(graph, "facts-about", {"entity": entity})
    statement, label = facts.columns.index("statement"), facts.columns.index("statementLabel")
    by_source: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in facts.rows:
        by_source.setdefault((row[label].value, row[statement].value), []).append(row)
    return Description(
        entity,
        run(graph, "entity", {"entity": entity}),
        tuple((name, Table(facts.columns, tuple(rows))) for (name, _), rows in by_source.items()),
        Triples(tuple(sorted(_about(graph, ox.NamedNode(entity.iri)), key=str))),
    )


def _about(graph: Graph, entity: ox.NamedNode) -> set[ox.Triple]:
    """The triples of an entity and of the facts that name it or a submission of it, down to their words."""
    things = {entity, *(q.subject for q in graph.match(None, mlp("submitter"), entity))}
    found = {q.triple for thing in things for q in graph.match(thing)}
    todo = {
        q.subject
        for thing in things
        for q in graph.match(None, None, thing)
        if any(graph.match(q.subject, TYPE, mlp("Fact")))
    }
    for step in _TO_THE_WORDS:
        said = {q.triple for node in todo for q in graph.match(node)}
        found |= said
        todo = {t.object for t in said if t.predicate in step and isinstance(t.object, ox.NamedNode)}
    return found
