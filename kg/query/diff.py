"""What came, went and changed between two graphs: facts, official results, verdicts."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.query.answer import Table
from kg.store import Graph

_KINDS = {
    "fact": """SELECT ?key (GROUP_CONCAT(?said; separator=", ") AS ?value) {
        SELECT ?key ?said {
          GRAPH ?statement { ?fact a mlp:Fact ; mlp:subject ?subject ; mlp:predicate ?predicate .
            ?fact mlp:object|mlp:value ?object OPTIONAL { ?fact mlp:modality ?modality } }
          ?statement rdfs:label ?source .
          OPTIONAL { ?subject rdfs:label ?subjectLabel } OPTIONAL { ?object rdfs:label ?objectLabel }
          BIND(CONCAT(?source, ": ", COALESCE(?subjectLabel, STR(?subject)), " ", STRAFTER(STR(?predicate), "#"), " ",
            COALESCE(?objectLabel, STR(?object))) AS ?key)
          BIND(COALESCE(?modality, "asserted") AS ?said)
        } ORDER BY ?key ?said } GROUP BY ?key""",
    "result": """SELECT ?key ?value {
        GRAPH ?record { ?result a mlp:Result . OPTIONAL { ?result mlp:minutes ?minutes } }
        BIND(STRAFTER(STR(?result), "/id/result/") AS ?key) BIND(COALESCE(STR(?minutes), "no minutes") AS ?value) }""",
    "verdict": """SELECT ?key ?value {
        GRAPH ?reviews { ?review a mlp:ClaimReview ; mlp:reviewed ?claim ; mlp:verdict ?verdict . ?claim rdfs:label ?key }
        ?verdict rdfs:label ?value }""",
}  # fmt: skip


def difference(before: Graph, after: Graph) -> Table:
    """A row for each thing that came, went or changed: `kind`, `change`, `thing`, `before` and `after`.

    The kinds are fact (its value: asserted, or its modality), result (its minutes) and verdict (of a claim).
    """
    rows = [row for kind in _KINDS for row in _changes(kind, before, after)]
    return Table(("kind", "change", "thing", "before", "after"), tuple(rows))


def _changes(kind: str, before: Graph, after: Graph) -> Iterator[tuple[ox.Literal | None, ...]]:
    old, new = _values(kind, before), _values(kind, after)
    for thing in sorted(old.keys() | new.keys()):
        was, now = old.get(thing), new.get(thing)
        if was != now:
            change = "came" if was is None else "went" if now is None else "changed"
            texts = (kind, change, thing, was, now)
            yield tuple(None if text is None else ox.Literal(text) for text in texts)


def _values(kind: str, graph: Graph) -> dict[str, str]:
    """The value of each thing of a kind."""
    results = graph.query(_KINDS[kind])
    assert isinstance(results, ox.QuerySolutions)
    return {row["key"].value: row["value"].value for row in results if row["key"] is not None}
