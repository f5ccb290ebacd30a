"""Asking one question after another."""

from __future__ import annotations

from kg.store import Graph


def converse(graph: Graph, format: str, width: int) -> None:
    """Read questions and answer them until the input ends."""
