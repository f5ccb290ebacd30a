"""What is wrong with a query, in words."""

import pytest

from kg.errors import QueryError
from kg.query import sparql


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {\n  ?s ex:a ?o }", "line 2, column 6: the prefix ex: is not declared; put PREFIX ex: <…> before"),
        ("PREFIX ex: <http://e.org/>\nSELECT * { ?s ex:a fx:b }", "line 2, column 20: the prefix fx: is not declared"),
        ("SELECT * { ?s mlp:minutes ?o", "line 1, column 10: this { is never closed"),
        ("SELECT * { ?s ?p ?o }}", "line 1, column 22: this } closes nothing that is open"),
        ("SELEC * { ?s ?p ?o }", "line 1, column 1: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }", "GROUP BY"),
        ("SELECT * { ?s a Result }", "line 1, column 23: the query cannot go on like this"),
    ],
)
def test_faults_are_told_with_their_place(graph, text, said):
    with pytest.raises(QueryError) as error:
        sparql(graph, text)
    assert said in str(error.value)
    assert "\\u{" not in str(error.value)
