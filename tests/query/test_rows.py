"""Every canned query against a small graph in the contract's shape, with the rows it must give.

The statements of the graph are in `graph.trig`, its official results in `record.csv`. A case with
`columns` is compared in these columns alone.
"""

import json
from pathlib import Path

import pytest
import yaml

from kg.namespaces import curie
from kg.query import queries, run
from kg.resources import folder

HERE = Path(__file__).parents[1] / "queries"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{number}")
    for path in sorted(HERE.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text("utf-8")))
]


def test_no_query_lacks_expected_rows():
    assert {q.name for q in queries()} == {path.stem for path in HERE.glob("*.json")}
    assert len(queries()) >= 18


@pytest.mark.parametrize(("name", "case"), CASES)
def test_rows(small, name, case):
    found = [
        {
            column: value if column.endswith("Label") else curie(value)
            for column, value in row.items()
            if value is not None and column in case.get("columns", row)
        }
        for row in run(small, name, case["parameters"])
    ]
    assert found == case["rows"]


@pytest.mark.parametrize("path", sorted(folder("queries").glob("*.rq")), ids=lambda p: p.stem)
def test_the_header_is_yaml_for_everyone(path):
    lines = [line[2:] for line in path.read_text("utf-8").splitlines() if line.startswith("#+")]
    head = yaml.safe_load("\n".join(lines))
    assert isinstance(head["summary"], str)
    assert all(
        isinstance(text, str) for text in (head.get("description", ""), *head.get("questions", ()), *head["tags"])
    )
    assert all({"type", "optional", "description"} <= set(said) for said in head.get("parameters", {}).values())


@pytest.mark.parametrize("query", queries(), ids=lambda q: q.name)
def test_the_examples_of_each_header_run_on_the_shipped_graph(graph, query):
    given = {p.name: p.example for p in query.parameters if not p.optional}
    assert run(graph, query.name, given).columns
