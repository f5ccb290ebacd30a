"""`kg queries`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """It has no arguments."""


def run(options: Namespace) -> None:
    """List the queries, each with its parameters below it."""
    from kg.query import queries

    for query in queries():
        print(f"{query.name:28} {query.summary}")
        given = [f"--{p.name} {p.kind}" for p in query.parameters]
        shown = [f"[{g}]" if p.optional else g for g, p in zip(given, query.parameters, strict=True)]
        if shown:
            print(f"{'':28} {'  '.join(shown)}")
