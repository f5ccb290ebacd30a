"""Official results in a picture: one edge for all results of an organization on a thing, with the best of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

RELATIONS = {
    "benchmark": "hasResultsOn",
    "accelerator": "hasResultsOn",
    "framework": "hasResultsWith",
    "round": "hasResultsIn",
}
"""What an edge is called, by the property of a result that it follows."""

BEST = 5


def add_results(graph: nx.MultiDiGraph[str], made: nx.MultiDiGraph[str], about: str | None) -> None:
    """Add the results of a graph to a picture in the making, where both ends are in it.

    Those on a thing below the one that the picture is about are results on that, too.

    An edge has `results`: of the five with the least minutes the label, IRI and minutes; and `count`, how many there are.
    """
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    below = _below(graph, about)
    for node, data in graph.nodes(data=True):
        if data["type"] == "Result":
            result = {
                "label": data["label"],
                "iri": node,
                "minutes": float(data["literals"].get("minutes", ["inf"])[0]),
            }
            said: dict[str, list[str]] = defaultdict(list)
            for _, target, edge in graph.out_edges(node, data=True):
                said[edge["predicate"]].append(target)
            for submitter in said["submitter"]:
                for name, predicate in RELATIONS.items():
                    for target in said[name]:
                        found[submitter, target, predicate].append(result)
                        if about is not None and target in below:
                            found[submitter, about, predicate].append(result)
    for (submitter, target, predicate), results in found.items():
        if submitter in made and target in made:
            results.sort(key=lambda r: (r["minutes"], r["iri"]))
            best = [r if r["minutes"] != float("inf") else {**r, "minutes": None} for r in results[:BEST]]
            made.add_edge(
                submitter, target, key=predicate, predicate=predicate, evidence=[], results=best, count=len(results)
            )


def _below(graph: nx.MultiDiGraph[str], thing: str | None) -> set[str]:
    """What is narrower than a thing, at any number of steps."""
    found: set[str] = set()
    todo = [thing] if thing in graph else []
    while todo:
        narrower = {s for s, _, name in graph.in_edges(todo.pop(), keys=True) if name == "broader"} - found
        found |= narrower
        todo += narrower
    return found
