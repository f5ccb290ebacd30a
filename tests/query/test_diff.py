"""What two graphs differ in."""

import pyoxigraph as ox

from kg.namespaces import MLP
from kg.query.diff import difference
from kg.store import memory_graph


def changed(graph, update):
    store = ox.Store()
    store.extend(graph.quads())
    store.update(f"PREFIX mlp: <{MLP}> {update}")
    return memory_graph(store)


def test_nothing_differs_from_itself(graph):
    assert len(difference(graph, graph)) == 0


def test_results_that_came_went_and_changed(graph):
    other = changed(graph, """DELETE { GRAPH ?g { ?r mlp:minutes ?m } } INSERT { GRAPH ?g { ?r mlp:minutes 1.5 } }
        WHERE { { SELECT * { GRAPH ?g { ?r a mlp:Result ; mlp:minutes ?m } } ORDER BY ?r LIMIT 1 } }""")  # fmt: skip
    (row,) = list(difference(graph, other))
    assert (row["kind"], row["change"], row["after"]) == ("result", "changed", "1.5")
    gone = changed(graph, """DELETE { GRAPH ?g { ?r ?p ?o } }
        WHERE { { SELECT * { GRAPH ?g { ?r a mlp:Result } } ORDER BY ?r LIMIT 1 } GRAPH ?g { ?r ?p ?o } }""")  # fmt: skip
    assert [r["change"] for r in difference(graph, gone)] == ["went"]
    assert [r["change"] for r in difference(gone, graph)] == ["came"]


def test_a_fact_that_is_not_asserted_any_more(graph):
    other = changed(graph, """INSERT { GRAPH ?g { ?f mlp:modality "planned" } }
        WHERE { { SELECT ?g ?f { GRAPH ?g { ?f a mlp:Fact ; mlp:predicate mlp:usedFramework
          FILTER NOT EXISTS { ?f mlp:modality ?any } } } ORDER BY ?f LIMIT 1 } }""")  # fmt: skip
    (row,) = list(difference(graph, other))
    assert (row["kind"], row["change"]) == ("fact", "changed")
    assert "usedFramework" in row["thing"]
    assert "planned" in row["after"]


def test_a_verdict_that_changed(graph):
    other = changed(graph, """DELETE { GRAPH ?g { ?r mlp:verdict ?v } }
        INSERT { GRAPH ?g { ?r mlp:verdict <https://w3id.org/mlperf-kg/id/verdict/contradicted> } }
        WHERE { { SELECT * { GRAPH ?g { ?r a mlp:ClaimReview ; mlp:verdict ?v
          FILTER(STRENDS(STR(?v), "/supported")) } } ORDER BY ?r LIMIT 1 } }""")  # fmt: skip
    (row,) = list(difference(graph, other))
    assert (row["kind"], row["before"], row["after"]) == ("verdict", "supported", "contradicted")


def test_a_fact_with_a_number_is_one_thing(graph):
    """Not one with each label of the graph."""
    other = changed(graph, """DELETE { GRAPH ?g { ?f mlp:value ?v } } INSERT { GRAPH ?g { ?f mlp:value 123.25 } }
        WHERE { { SELECT ?g ?f ?v { GRAPH ?g { ?f a mlp:Fact ; mlp:value ?v } } ORDER BY ?f LIMIT 1 } }""")  # fmt: skip
    came = [r["thing"] for r in difference(graph, other) if r["change"] == "came"]
    assert len(came) == 1
    assert came[0].endswith(" 123.25")
