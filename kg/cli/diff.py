"""`kg diff`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.query.answer import TABLE_FORMATS

    parser.add_argument("before", metavar="BEFORE", help="a graph directory, or the URL of a SPARQL server")
    parser.add_argument("after", metavar="AFTER", help="another")
    command.formats(parser, "rows", TABLE_FORMATS, "table")


def run(options: Namespace) -> int:
    """Print the differences; 1 when there are any, as diff does."""
    from kg.query.diff import difference
    from kg.store import open_graph

    table = difference(open_graph(options.before), open_graph(options.after))
    if table.rows or options.format != "table":
        sys.stdout.write(table.render(options.format, command.width()))
    else:
        print("no fact, result or verdict differs", file=sys.stderr)
    return int(bool(table.rows))
