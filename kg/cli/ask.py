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
    instead = parser.add_mutually_exclusive_group()
    for part, said in {"sparql": "the query", "evidence": "all files and quotes that the answer rests on"}.items():
        instead.add_argument(f"--{part}", dest="part", action="store_const", const=part, help=f"print {said} instead")
    parser.set_defaults(part="rows")
    command.formats(parser, "rows", TABLE_FORMATS, "table")
    command.graph(parser)


def run(options: Namespace) -> int:
    """Answer the question, or one after another."""
    from kg.prompt import answer, converse
    from kg.store import open_graph

    graph, width = open_graph(options.graph), command.width()
    if options.question:
        return answer(graph, " ".join(options.question), options.format, width, options.reading, options.part)
    converse(graph, options.format, width)
    return 0
