"""Questions that a graph answers: the patterns with their examples filled in."""

from __future__ import annotations

from kg.ask import ask
from kg.ask.pattern import patterns
from kg.ask.refuse import example
from kg.errors import NotUnderstood
from kg.store import Graph


def examples(graph: Graph) -> list[str]:
    """The questions made from the patterns that the graph has rows for, query by query."""
    return [text for text in dict.fromkeys(map(example, patterns())) if _answered(graph, text)]


def _answered(graph: Graph, text: str) -> bool:
    try:
        return bool(ask(graph, text).table.rows)
    except NotUnderstood:
        return False
