"""Every canned query against a small graph in the contract's shape, with the rows it must give.

The statements of the graph are in `graph.trig`, its official results in `record.csv`. A case with
`columns` is compared in these columns alone.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

from kg.namespaces import curie
from kg.query import load, names, queries, run
from kg.query.answer import read_results
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


_OF_GRLC = re.compile(
    r"\?(?P<needed>_{1,2})(?P<name>[a-zA-Z0-9]+)(_(?P<type>iri|number|literal|integer))?"
    r"(_(?P<prefix>[a-zA-Z0-9]+)_(?P<own>[a-zA-Z0-9]+))?(_(?P<language>[a-zA-Z0-9]+))?"
)
"""A variable that is a parameter to grlc (https://grlc.io), which goes by its form and not by the header."""


def by_grlc(text, given):
    """A query with its parameters replaced as grlc 1.3 does it: in the text, one variable after the other."""
    found = {place["name"]: place for place in _OF_GRLC.finditer(text)}
    for name, place in found.items():
        if name in given:
            kind = f"^^xsd:{place['type']}" if place["type"] else f"^^{place['prefix']}:{place['own']}"
            literal = f'"{given[name]}"' + ("" if place["type"] == "literal" else kind)
            value = f"<{given[name]}>" if place["type"] == "iri" else literal
            text = text.replace(place[0], value)
    return found, text


@pytest.mark.parametrize("query", queries(), ids=lambda q: q.name)
def test_grlc_serves_the_file_as_it_is(small, query):
    found, _ = by_grlc(query.text, {})
    assert {(n, len(place["needed"]) == 1) for n, place in found.items()} == {
        (p.name, not p.optional) for p in query.parameters
    }
    # without the line, grlc puts it before each SELECT
    assert "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>" in query.text or not any(
        p["own"] or p["type"] == "integer" for p in found.values()
    )
    cases = json.loads((HERE / f"{query.name}.json").read_text("utf-8"))
    examples = {p.name: p.example for p in query.parameters if p.literal or names(small).find(p.example, None)}
    for given in (*(case["parameters"] for case in cases), examples):
        values = {}
        for name, value in given.items():
            parameter = load(query.name).parameter(name)
            of = (
                []
                if parameter.literal
                else names(small).find(str(value), None if parameter.kind == "Resource" else parameter.kind)
            )
            if isinstance(value, list) or len(of) > 1:
                break  # grlc has one value for each
            values[name] = of[0].iri if of else str(value)
        else:
            assert read_results(small.query(by_grlc(query.text, values)[1])).rows == run(small, query.name, given).rows


@pytest.mark.parametrize("query", queries(), ids=lambda q: q.name)
def test_the_examples_of_each_header_run_on_the_shipped_graph(graph, query):
    given = {p.name: p.example for p in query.parameters if not p.optional}
    assert run(graph, query.name, given).columns
