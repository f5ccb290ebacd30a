"""`kg examples`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    command.graph(parser)


def run(options: Namespace) -> None:
    """List the questions."""
    from kg.ask.answer import examples
    from kg.store import open_graph

    for text in examples(open_graph(options.graph)):
        print(text)
