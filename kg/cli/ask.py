"""`kg ask`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.query.answer import TABLE_FORMATS

    parser.add_argument("question", nargs="*", metavar="WORD", help="a question in plain words (default: a prompt)")
    parser.add_argument("--reading", metavar="N", type=command.positive, help="which reading, where there are several")
    parser.add_argument("--sparql", action="store_true", help="print the query instead of its rows")
    command.formats(parser, "rows", TABLE_FORMATS, "table")
    command.graph(parser)


def run(options: Namespace) -> int:
    """Answer the question, or one after another."""
    from kg.prompt import answer, converse
    from kg.store import open_graph

    graph, width = open_graph(options.graph), command.width()
    if options.question:
        return answer(graph, " ".join(options.question), options.format, width, options.reading, options.sparql)
    converse(graph, options.format, width)
    return 0
