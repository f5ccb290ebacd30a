"""The graph for assistants: a Model Context Protocol server (https://modelcontextprotocol.io).

Its tools are those of the command line. An answer carries how the question was read and what it rests on; what is
refused stays refused, with what to ask instead.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from kg import __version__
from kg.ask import ask as answer
from kg.errors import KgError, NotUnderstood
from kg.model.entity import Entity
from kg.query import Table, Triples, bound, names, queries, run
from kg.query import describe as known_of
from kg.query import sparql as select
from kg.query.panels import panels
from kg.store import Graph, open_graph

__all__ = ["create_server", "serve"]

Given = str | bool | int | Decimal
"""What a client may give as a value: numbers as numbers or as text."""

MOST = 200
"""So many rows of an answer are given; how many there are is said."""

_INSTRUCTIONS = (
    "MLPerf Training and HPC results as MLCommons published them ('record'), and what vendors say in their statements "
    "('statements'), with the evidence of each. Never mix the two: say which an answer rests on, quote the evidence, and "
    "mark restated words as restated. Ask in plain English with `ask`; for more use `list_queries` and `query`, or `sparql`."
)


def create_server(place: Path | str) -> MCPServer[Any]:
    """The server over a graph. Raises GraphError when there is none."""
    graph = open_graph(place)
    server: MCPServer[Any] = MCPServer(
        "mlperf-kg",
        title="MLPerf knowledge graph",
        instructions=_INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    tools = _Tools(graph)
    for tool in (tools.ask, tools.search, tools.describe, tools.list_queries, tools.query, tools.sparql, tools.claims):
        server.tool()(_told(tool))
    return server


def serve(place: Path | str, port: int | None = None) -> None:
    """Serve a graph over standard input and output, or over HTTP on a port of this machine, until the client goes.

    Raises GraphError when there is no graph.
    """
    server = create_server(place)
    if port is None:
        server.run("stdio")
    else:
        server.run("streamable-http", host="127.0.0.1", port=port)


class _Tools:
    """What an assistant can call; what it reads of each is its docstring."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def ask(self, question: str, reading: int | None = None) -> dict[str, Any]:
        """Answer a question in plain English, such as 'who submitted on A100 80GB with PyTorch'.

        `reading` chooses one of the readings that a refusal offers.
        """
        try:
            found = answer(self._graph, question, reading)
        except NotUnderstood as refused:
            named = _rows(refused.named) if refused.named else {}
            return {"answered": False, "refusal": str(refused), "instead": list(refused.instead), "resultsNamed": named}
        return {
            "answered": True, "answer": list(found.lines), "readAs": found.sentence, "alsoSaid": found.also,
            **_rows(found.table), "behind": _rows(found.behind), "evidence": _rows(found.evidence), "sparql": found.sparql,
        }  # fmt: skip

    def search(self, text: str, kind: str = "") -> dict[str, Any]:
        """Find organizations, systems, accelerators, frameworks, benchmarks, rounds by a part of their name.

        `kind` is a class such as Accelerator; any class when it is empty.
        """
        found = names(self._graph).containing(text, kind)
        return {"things": [_thing(entity) for entity in found[:MOST]], "count": len(found)}

    def describe(self, name: str) -> dict[str, Any]:
        """What is known of a thing: the vocabulary, the first rows of the record, facts of statements with their words.

        `record` names for each table the query that gives all its rows.
        """
        said = known_of(self._graph, name)
        facts = {source: _rows(table) for source, table in said.sources}
        record = {p.title: {"query": p.query, "parameters": {p.parameter: p.about}, **_rows(p.table), "count": p.count}
                  for p in panels(self._graph, said.entity.iri)}  # fmt: skip
        return {"thing": _thing(said.entity), "vocabulary": _rows(said.vocabulary), "record": record, "facts": facts}

    def list_queries(self) -> dict[str, Any]:
        """The canned queries: what each gives and, by name, what its parameters take; a type in brackets is needed."""
        return {"queries": [
            {"name": q.name, "summary": q.summary, "parameters": {
                p.name: ", ".join(p.choices) or (p.kind if p.optional else f"[{p.kind}]") for p in q.parameters
            }} for q in queries()
        ]}  # fmt: skip

    def query(self, name: str, parameters: dict[str, Given | list[Given]] | None = None) -> dict[str, Any]:
        """The rows of a canned query; `list_queries` names them. Entities are given by name: {"accelerator": "H100"}.

        Several values of a parameter in a list mean any of them.
        """
        return {**_rows(run(self._graph, name, parameters or {})), "sparql": bound(self._graph, name, parameters or {})}

    def sparql(self, query: str) -> dict[str, Any]:
        """The answer of a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE), within limits of time, rows and memory."""
        found = select(self._graph, query)
        if isinstance(found, Table):
            return _rows(found)
        return {"turtle": found.render()} if isinstance(found, Triples) else {"boolean": found.value}

    def claims(self, organization: str = "", verdict: str = "") -> dict[str, Any]:
        """Claims of statements checked against the official record: the words, the verdict and the arithmetic.

        `verdict` is one of: supported, supported after rounding, understated, contradicted, not checkable.
        """
        given = {"organization": organization, "verdict": verdict}
        return _rows(run(self._graph, "claims", {name: value for name, value in given.items() if value}))


def _told(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """A tool whose errors are told to the client in our words."""

    @wraps(tool)
    def run_tool(*given: Any, **named: Any) -> dict[str, Any]:
        try:
            return tool(*given, **named)
        except KgError as error:
            raise ToolError(str(error)) from error

    return run_tool


def _thing(entity: Entity) -> dict[str, str]:
    return {"label": entity.label, "kind": entity.kind, "iri": entity.iri}


def _rows(table: Table) -> dict[str, Any]:
    rows = [{name: value for name, value in row.items() if value is not None} for row in table]
    return {"rows": rows[:MOST], "count": len(rows)}
