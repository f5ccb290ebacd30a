"""Questions that a graph answers: the patterns of the queries with their examples filled in."""

from __future__ import annotations

import pyoxigraph as ox

from kg.ask.compose import prefixes, split
from kg.ask.pattern import Pattern, choices_of, patterns
from kg.ask.refuse import example
from kg.ask.words import load_words
from kg.errors import UnknownName
from kg.query import bound
from kg.store import Graph


def examples(graph: Graph) -> list[str]:
    """The questions made from the patterns for which the graph has rows, query by query."""
    answered: dict[tuple[str, str], bool] = {}
    found = []
    for pattern in patterns():
        given = _values(pattern)
        key = pattern.query.name, str(given)
        if key not in answered:
            answered[key] = _answered(graph, pattern.query.name, given)
        if answered[key]:
            found.append(example(pattern))
    return list(dict.fromkeys(found))


def _values(pattern: Pattern) -> dict[str, str]:
    """The examples of the parameters in a pattern, and the text values that its words stand for."""
    given = {s.parameter.name: s.parameter.example for s in pattern.slots if s.parameter.example}
    for parameter in pattern.query.parameters:
        for concepts, value in choices_of(parameter, load_words()):
            if set(pattern.words).issuperset(concepts):
                given.setdefault(parameter.name, value)
    return given


def _answered(graph: Graph, name: str, given: dict[str, str]) -> bool:
    try:
        text = bound(graph, name, given)
    except UnknownName:
        return False
    results = graph.query(f"{prefixes(text)}{split(text)[0]}\nLIMIT 1")  # without its order, it ends at the first
    return isinstance(results, ox.QuerySolutions) and next(iter(results), None) is not None
