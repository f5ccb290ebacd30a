"""What a name stands for can be looked up, and asked again in SPARQL."""

from kg.ask import ask
from kg.query import Table
from kg.query.answer import read_results
from kg.store import open_graph


def test_the_query_behind_what_a_name_stands_for(built):
    graph = open_graph(built)
    answer = ask(graph, "What is RDI?")
    assert {row["valueLabel"] for row in answer.table} >= {"RDI", "RDO"}
    again = read_results(graph.query(answer.sparql))
    assert isinstance(again, Table)
    assert len(again) == len(answer.table)
