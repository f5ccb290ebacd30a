"""Official results in a picture: one edge for all results of an organization on a thing, with the best of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
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

    Results on a thing are those on what is below it too, as in queries; a line is drawn to the thing that they were filed
    with, and to the one that the picture is about.

    An edge has `results`: of the five with the least minutes the label, IRI and minutes; and `count`, how many there are.
    """
    found: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    drawn: set[tuple[str, str, str]] = set()
    above = _above(graph)
    for node, data in graph.nodes(data=True):
        if data["type"] == "Result":
            minutes = float(data["literals"].get("minutes", ["inf"])[0])
            result = {"label": data["label"], "iri": node, "minutes": minutes}
            said: dict[str, list[str]] = defaultdict(list)
            for _, target, edge in graph.out_edges(node, data=True):
                said[edge["predicate"]].append(target)
            for submitter, (name, predicate) in product(said["submitter"], RELATIONS.items()):
                for filed in said[name]:
                    for target in (filed, *above.get(filed, ())):
                        found[submitter, target, predicate][node] = result
                        if target in (filed, about):
                            drawn.add((submitter, target, predicate))
    for key in sorted(drawn):
        submitter, target, predicate = key
        if submitter in made and target in made:
            results = sorted(found[key].values(), key=lambda r: (r["minutes"], r["iri"]))
            best = [r if r["minutes"] != float("inf") else {**r, "minutes": None} for r in results[:BEST]]
            made.add_edge(
                submitter, target, key=predicate, predicate=predicate, evidence=[], results=best, count=len(results)
            )


def _above(graph: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    """What is broader than each thing, at any number of steps."""
    import networkx as nx

    broader = nx.DiGraph((thing, wider) for thing, wider, name in graph.edges(keys=True) if name == "broader")
    return {thing: nx.descendants(broader, thing) for thing in broader}
