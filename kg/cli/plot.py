"""`kg plot`: the chart of a canned query, whose parameters are options."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command, query
from kg.cli.command import Parser
from kg.query.canned import load, queries


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments, and those of the query that the words name."""
    name = parser.add_argument("name", metavar="NAME", help="the name of a canned query that has a chart")
    command.completed(name, lambda options: [q.name for q in queries() if q.chart is not None])
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that ends in .svg, .png, .html or .json")
    query.parameters(parser, words)
    command.graph(parser)


def run(options: Namespace) -> None:
    """Draw, and say what was drawn."""
    from kg.plot import plot
    from kg.store import open_graph

    given = query.given(load(options.name), options)
    print(plot(open_graph(options.graph), options.name, options.file, given))
