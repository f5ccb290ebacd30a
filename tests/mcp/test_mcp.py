"""What an assistant gets, asked with the SDK's own client."""

import asyncio
import json
import sys

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client, StdioServerParameters

from kg.mcp import create_server
from kg.query import run
from kg.store import open_graph


def call(built, tool, **given):
    async def scene():
        async with Client(create_server(built)) as client:
            found = await client.call_tool(tool, given)
            said = found.content[0].text
            return said if found.is_error else json.loads(said)

    return asyncio.run(scene())


def test_the_tools_over_standard_input_and_output(built):
    async def scene():
        server = StdioServerParameters(
            command=sys.executable, args=["-c", "from kg.cli import main; main()", "mcp", "--graph", str(built)]
        )
        async with Client(server) as client:
            listed = await client.list_tools()
            found = await client.call_tool("query", {"name": "rounds"})
            return {tool.name for tool in listed.tools}, json.loads(found.content[0].text)

    tools, rounds = asyncio.run(scene())
    assert tools == {"ask", "search", "describe", "list_queries", "query", "sparql", "claims"}
    assert rounds["count"] == len(rounds["rows"]) > 1


def test_a_question_comes_with_its_reading_and_evidence(built):
    found = call(built, "ask", question="who submitted on A100 80GB with PyTorch")
    assert found["answered"]
    assert "A100 80GB" in found["readAs"]
    assert found["evidence"]["rows"]
    assert "SELECT" in found["sparql"]


def test_a_query_takes_numbers_texts_and_lists_as_the_command_line_does(built):
    said = {q["name"]: q["parameters"] for q in call(built, "list_queries")["queries"]}
    assert said["results"].items() >= {"benchmark": "Benchmark", "most": "integer", "below": "decimal"}.items()
    assert said["entity"] == {"entity": "[Resource]"}
    assert said["fastest"]["by"] == "time, largest, smallest"
    given: dict[str, object] = {"benchmark": ["BERT", "DLRM"], "most": 8, "below": 20.5}
    found = call(built, "query", name="results", parameters=given)
    rows = run(open_graph(built), "results", {"benchmark": ["BERT", "DLRM"], "most": "8", "below": "20.5"})
    assert found["count"] == len(rows) > 0


def test_a_refusal_stays_a_refusal(built):
    found = call(built, "ask", question="which system is the cheapest to buy on Tuesdays")
    assert not found["answered"]
    assert found["refusal"]


def test_things_are_found_and_described(built):
    found = call(built, "search", text="a100 80", kind="Accelerator")
    assert found["things"][0]["label"] == "NVIDIA A100 80GB"
    said = call(built, "describe", name="NVIDIA A100 80GB")
    assert said["thing"]["iri"].endswith("/accelerator/nvidia-a100-80gb")
    assert said["vocabulary"]["rows"]
    best = said["record"]["Best times"]
    again = call(built, "query", name=best["query"], parameters=best["parameters"])
    assert again["count"] == best["count"] > len(best["rows"])
    assert again["rows"][0]["minutes"] == best["rows"][0]["minutes"]
    assert "/tree/" in best["rows"][0]["files"]


def test_claims_are_those_of_the_query(built, graph):
    found = call(built, "claims", verdict="supported")
    assert found["count"] == len(run(graph, "claims", {"verdict": "supported"})) > 0


def test_errors_are_in_our_words(built):
    assert "nearest" in call(built, "describe", name="Grapcore")
    assert "read-only" in call(built, "sparql", query="DELETE WHERE { ?s ?p ?o }")
    assert "no query is known" in call(built, "query", name="fastes")
    assert call(built, "sparql", query="ASK { ?s ?p ?o }") == {"boolean": True}
    described = call(built, "sparql", query="CONSTRUCT { ?v rdfs:label ?l } WHERE { ?v a mlp:Verdict ; rdfs:label ?l }")
    assert 'rdfs:label "contradicted"' in described["turtle"]
