"""What a picture shows and where: things in columns, so that no two labels overlap.

The whole graph has accelerators, systems, organizations, and benchmarks with frameworks side by side;
a picture about one thing has it in the middle, what points to it on the left and what it points to on
the right. Submissions are not drawn: what a submission says is drawn from its organization.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

from kg.draw.results import add_results
from kg.errors import QueryError
from kg.namespaces import curie

if TYPE_CHECKING:
    import networkx as nx

LIMIT = 120
COLUMNS = {"Accelerator": 0, "System": 1, "Organization": 2, "Benchmark": 3, "Framework": 3}
"""The column of each class in a picture of the whole graph, from the left."""

UNDRAWN = {"Claim", "ClaimReview", "FiledSystem", "Record", "Result", "SystemLink", "UnscoredResult", "Verdict"}
"""A picture is of what is said: not of claims, nor of the results and files of the record."""

COLOURS = {
    "Organization": "#0072b2", "System": "#b8860b", "Accelerator": "#d55e00", "Framework": "#007a5a",
    "Benchmark": "#b0498d", "Processor": "#6a5acd", "Software": "#2e8b9a", "Round": "#666666",
    "Division": "#666666", "AvailabilityCategory": "#666666",
}  # fmt: skip
"""Colours that people who cannot tell red from green can tell apart."""

ROW, GAP, PAD, TOP, SPACE, CHARACTER, LONGEST = 26, 14, 12, 64, 190, 6.9, 40


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in its place: the left upper corner, width and height in pixels."""

    iri: str
    label: str
    type: str
    literals: dict[str, list[str]]
    x: float
    y: float
    width: float
    height: float = 20


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes (by their places in the list), with its words.

    One of the record has the best of its results in their place, and how many there are.
    """

    source: int
    target: int
    predicate: str
    evidence: list[dict[str, Any]]
    results: tuple[dict[str, Any], ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: what is in it, its size in pixels, and a sentence on what was left out."""

    title: str
    note: str
    nodes: list[Node]
    edges: list[Edge]
    width: float
    height: float


def scene(
    graph: nx.MultiDiGraph[str],
    *,
    about: str | None,
    depth: int,
    limit: int,
    only: Collection[str] | None,
    record: bool = False,
) -> Scene:
    """The picture of a graph; with `record`, of its official results too. Raises QueryError when there is nothing to draw."""
    whole = _without_submissions(
        graph, {n: d for n, d in graph.nodes(data=True) if n == about or d["type"] not in UNDRAWN}
    )
    if record:
        add_results(graph, whole, about)
    if about is not None:
        title = f"Around {_label(whole, about)}"
        column = _around(whole, about, depth)
    elif only is not None:
        title = "The things in the answer"
        owners = _owners(graph, only)
        wanted = {owners.get(iri, iri) for iri in only}
        column = {n: COLUMNS.get(d["type"], 4) for n, d in whole.nodes(data=True) if n in wanted}
    else:
        title = f"Who submitted what, as the statements {'and the record ' if record else ''}say"
        inside = whole.subgraph(n for n, d in whole.nodes(data=True) if d["type"] in COLUMNS)
        said = {n for s, t, d in inside.edges(data=True) if d["evidence"] or d.get("count") for n in (s, t)}
        if not record:
            submitters = set(_owners(graph, graph).values())
            said -= {n for n in said if inside.nodes[n]["type"] == "Organization" and n not in submitters}
        column = {n: COLUMNS[inside.nodes[n]["type"]] for n in said}
    if not column:
        raise QueryError("there is nothing to draw; build a graph first, or ask about another thing")
    inside = whole.subgraph(column)
    ranked = sorted(column, key=lambda n: (n != about, -inside.degree(n), n))
    shown = set(ranked[:limit])
    left_out = ranked[limit:]
    nodes = _placed(whole.subgraph(shown), {n: c for n, c in column.items() if n in shown}, about)
    place = {node.iri: at for at, node in enumerate(nodes)}
    edges = [
        Edge(place[s], place[t], d["predicate"], d["evidence"], tuple(d.get("results", ())), d.get("count", 0))
        for s, t, d in whole.subgraph(shown).edges(data=True)
        if about is not None or d["evidence"] or d.get("count") or only is not None
    ]
    edges.sort(key=lambda e: (e.source, e.target, e.predicate))
    ends = [n.x + n.width for n in nodes]
    bows = [
        ends[e.source] + 0.75 * (30 + abs(nodes[e.source].y - nodes[e.target].y) * 0.25)
        for e in edges
        if nodes[e.source].x == nodes[e.target].x
    ]
    return Scene(
        title, _note(whole, len(shown), left_out), nodes, edges,
        max(ends + bows) + PAD * 2, max(n.y + n.height for n in nodes) + PAD * 3,
    )  # fmt: skip


def _note(graph: nx.MultiDiGraph[str], shown: int, left_out: list[str]) -> str:
    if not left_out:
        return f"{shown} things shown, nothing left out"
    names = ", ".join(_label(graph, n) for n in left_out[:5])
    more = " …" if len(left_out) > 5 else ""
    return f"{shown} of {shown + len(left_out)} things shown; left out: {names}{more}"


def _label(graph: nx.MultiDiGraph[str], iri: str) -> str:
    return str(graph.nodes[iri]["label"]) if iri in graph else curie(iri)


def _owners(graph: nx.MultiDiGraph[str], things: Iterable[str]) -> dict[str, str]:
    """The organization of each submission, or result, among some things."""
    return {s: t for s, t, predicate in graph.edges(things, data="predicate") if predicate == "submitter"}


def _without_submissions(graph: nx.MultiDiGraph[str], drawn: dict[str, Any]) -> nx.MultiDiGraph[str]:
    """The graph of the things that are drawn, with each submission's relations drawn from its organization."""
    import networkx as nx

    owners = _owners(graph, drawn)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in drawn.items():
        if data["type"] != "Submission":
            made.add_node(node, **{**data, "literals": {k: list(v) for k, v in data["literals"].items()}})
    for submission, owner in sorted(owners.items()):
        for name, values in graph.nodes[submission]["literals"].items():
            made.nodes[owner]["literals"].setdefault(name, []).extend(values)
    for source, target, predicate, evidence in graph.edges(drawn, keys=True, data="evidence"):
        if predicate in ("submitter", "previousRound", "usedInRound") or (source in owners and predicate == "round"):
            continue
        one, other = owners.get(source, source), owners.get(target, target)
        if one == other or one not in made or other not in made:
            continue
        if not made.has_edge(one, other, key=predicate):
            made.add_edge(one, other, key=predicate, predicate=predicate, evidence=[])
        made.edges[one, other, predicate]["evidence"].extend(evidence)
    return made


def _around(graph: nx.MultiDiGraph[str], about: str, depth: int) -> dict[str, int]:
    """The column of each thing within some steps: negative for what points to it, positive for the rest."""
    if about not in graph:
        raise QueryError(f"{curie(about)} is not a thing that can be drawn; ask about another")
    found = {about: 0}
    edge = [about]
    for step in range(1, depth + 1):
        reached: list[str] = []
        for node in edge:
            side = 0 if node == about else (1 if found[node] > 0 else -1)
            for neighbours, sign in ((graph.successors(node), 1), (graph.predecessors(node), -1)):
                for other in neighbours:
                    if other not in found:
                        found[other] = step * (side or sign)
                        reached.append(other)
        edge = sorted(reached)
    return found


def _placed(graph: nx.MultiDiGraph[str], column: dict[str, int], about: str | None) -> list[Node]:
    """The nodes in their places, column by column from the left."""
    columns = _ordered(graph, column, about)
    heights = {key: _height(graph, names) for key, names in columns.items()}
    tallest = max(heights.values())
    nodes: list[Node] = []
    x = float(PAD)
    for key in sorted(columns):
        names = columns[key]
        widest = max(_width(_short(graph.nodes[n]["label"])) for n in names)
        spread = min(1.6, tallest / heights[key]) if about is None else 1.0
        y = TOP + (tallest - heights[key] * spread) / 2
        last = ""
        for n in names:
            data = graph.nodes[n]
            if last and data["type"] != last:
                y += GAP * spread
            last = data["type"]
            nodes.append(Node(n, _short(data["label"]), data["type"], data["literals"], x, y, widest))
            y += ROW * spread
        x += widest + SPACE
    return nodes


def _ordered(graph: nx.MultiDiGraph[str], column: dict[str, int], about: str | None) -> dict[int, list[str]]:
    """The nodes of each column by class, and by their neighbours' heights; organizations by name in a whole picture."""
    columns: dict[int, list[str]] = defaultdict(list)
    for node in sorted(column, key=lambda n: (column[n], graph.nodes[n]["type"], graph.nodes[n]["label"].lower(), n)):
        columns[column[node]].append(node)
    order = {n: float(at) / max(1, len(names) - 1) for names in columns.values() for at, n in enumerate(names)}
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in graph.edges():
        if column[one] != column[other]:
            beside[one].add(other)
            beside[other].add(one)

    def height(n: str) -> float:
        return fsum(order[m] for m in beside[n]) / len(beside[n]) if beside[n] else order[n]

    moved = [key for key in sorted(columns) if about is not None or key != COLUMNS["Organization"]]
    for turn in range(12):
        for key in reversed(moved) if turn % 2 else moved:
            names = columns[key]
            names.sort(key=lambda n: (graph.nodes[n]["type"], height(n), graph.nodes[n]["label"].lower()))
            order.update((n, at / max(1, len(names) - 1)) for at, n in enumerate(names))
    return columns


def _height(graph: nx.MultiDiGraph[str], names: Iterable[str]) -> float:
    types = [graph.nodes[n]["type"] for n in names]
    return ROW * len(types) + GAP * (len(set(types)) - 1)


def _width(label: str) -> float:
    return len(label) * CHARACTER + 18


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
