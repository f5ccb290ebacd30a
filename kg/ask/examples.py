"""Questions that a graph answers: those in the headers of the queries, with their examples filled in."""

from __future__ import annotations

from functools import cache

from kg.ask.answer import ask
from kg.errors import NotUnderstood
from kg.query import queries
from kg.store import Graph

_EACH = 3
"""So many questions of each query are examples."""


@cache
def questions() -> tuple[tuple[str, str], ...]:
    """The names of queries with the questions in their headers, the parameters' examples in their places."""
    found = []
    for query in queries():
        for pattern in query.questions[:_EACH]:
            text = pattern
            for parameter in query.parameters:
                text = text.replace(f"{{{parameter.name}}}", parameter.example or parameter.kind)
            found.append((query.name, text))
    return tuple(found)


def examples(graph: Graph) -> list[str]:
    """The questions to which the graph has an answer."""
    return list(dict.fromkeys(text for _, text in questions() if _answered(graph, text)))


def _answered(graph: Graph, text: str) -> bool:
    try:
        return not ask(graph, text).empty
    except NotUnderstood:
        return False
