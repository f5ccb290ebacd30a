"""What the record holds of a thing, in short: the first rows of a few canned queries, by the class of the thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.namespaces import MLP, PREFIXES, RDF_TYPE
from kg.query import run
from kg.query.answer import Table
from kg.store import Graph

PANELS = {
    "Organization": (
        ("results", "organization", "Official results"),
        ("through-rounds", "organization", "Through the rounds"),
        ("inference-results", "organization", "Results of MLPerf Inference"),
    ),
    "Accelerator": (
        ("best-by-count", "accelerator", "Best times"),
        ("systems-with-accelerator", "accelerator", "Systems with it"),
        ("inference-results", "accelerator", "Results of MLPerf Inference"),
    ),
    "Benchmark": (
        ("fastest", "benchmark", "The fastest of each round"),
        ("best-by-count", "benchmark", "Best times by accelerator"),
    ),
    "Round": (
        ("fastest", "round", "The fastest of each benchmark"),
        ("round-results", "round", "All systems"),
        ("inference-fastest", "round", "The best of each model"),
    ),
    "System": (("results", "system", "Official results"), ("hardware-of-system", "system", "What it is made of")),
    "Framework": (("fastest", "framework", "The fastest with it"), ("results", "framework", "Official results")),
    "Record": (("round-results", "round", "All systems"),),
    "Processor": (("results", "processor", "Official results"),),
}
"""The queries that tell of a thing of a class, each with the parameter that takes the thing, and a title."""

_ROWS = 8
_LEFT_OUT = (
    "nodes", "processor", "availability", "leftOut", "notInThisCopy", "notInThisCopyOf", "span", "since", "minutesThen", "results",
)  # fmt: skip
"""Columns for which there is no room beside what a thing is."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The first rows that a query has of a thing, with the address of each result's files in a column `files`.

    `about` is the IRI that the query's `parameter` was given, `count` the number of all its rows, and `counted` says in
    words how many rounds, benchmarks, organizations and accelerators are in them.
    """

    title: str
    query: str
    parameter: str
    about: str
    table: Table
    count: int
    counted: tuple[str, ...]


def panels(graph: Graph, iri: str) -> list[Panel]:
    """What the record holds of a thing; none for a thing of which no query has rows."""
    kinds = {kind.removeprefix(MLP) for kind in graph.values(iri, RDF_TYPE)}
    about = min(graph.values(iri, MLP + "round"), default=iri) if "Record" in kinds else iri
    asked = [panel for kind in PANELS if kind in kinds for panel in PANELS[kind]]
    return [made for panel in asked if (made := _panel(graph, about, *panel))]


def _panel(graph: Graph, about: str, query: str, parameter: str, title: str) -> Panel | None:
    table = run(graph, query, {parameter: about})
    if not table.rows:
        return None
    counted = [
        (len(values), words)
        for words in ("round", "benchmark", "organization", "accelerator")
        if words in table.columns and words != parameter and (values := _values(table, words) - {None})
    ]
    itself = [parameter] if parameter in table.columns and _values(table, parameter) == {ox.NamedNode(about)} else []
    newest = table.sort("-round") if query == "results" else table
    return Panel(
        title, query, parameter, about, _with_files(graph, newest.first(_ROWS).without([*_LEFT_OUT, *itself])), len(table),
        tuple(f"{count} {words}{'s' * (count != 1)}" for count, words in counted),
    )  # fmt: skip


def _values(table: Table, column: str) -> set[Any]:
    at = table.columns.index(column)
    return {row[at] for row in table.rows}


def _with_files(graph: Graph, table: Table) -> Table:
    if "result" not in table.columns:
        return table
    at = table.columns.index("result")
    rows = [(*row, ox.Literal(files_of(graph, row[at].value)) if row[at] is not None else None) for row in table.rows]
    return Table((*table.columns, "files"), tuple(rows))


def files_of(graph: Graph, result: str) -> str:
    """Where a result's logs stand on GitHub, at the commit that was read; '' when that is not known."""
    return min((at for at in graph.values(result, PREFIXES["prov"] + "wasDerivedFrom") if "/tree/" in at), default="")
