"""`kg draw`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.query.canned import query_names

    parser.add_argument("file", metavar="FILE", type=Path, help="a file that ends in .html, .svg or .png")
    parser.add_argument("--about", metavar="NAME", help="draw what is around this thing")
    parser.add_argument("--depth", metavar="N", type=command.positive, default=1, help="how many steps around it")
    query = parser.add_argument(
        "--query", metavar="NAME", action="append",
        help="draw the things in the answer of a canned query; may be given several times",
    )  # fmt: skip
    command.completed(query, lambda options: query_names())
    parser.add_argument("--record", action="store_true", help="draw official results too")
    parser.add_argument("--limit", metavar="N", type=command.positive, help="how many things at most")
    command.graph(parser)


def run(options: Namespace) -> None:
    """Draw, and say what is shown."""
    from kg.draw import draw
    from kg.query import resolve
    from kg.query import run as ask
    from kg.store import open_graph

    graph = open_graph(options.graph)
    only = [iri for name in options.query for iri in ask(graph, name, {}).iris()] if options.query else None
    centre = resolve(graph, options.about).iri if options.about else None
    shown = draw(
        graph.quads(), options.file, about=centre, depth=options.depth, limit=options.limit, only=only, record=options.record
    )  # fmt: skip
    print(shown)
