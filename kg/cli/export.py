"""`kg export`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.export import FORMATS

    endings = ", ".join(FORMATS)
    parser.add_argument("file", metavar="FILE", help=f"the file to write ({endings}), or - for standard output")
    command.formats(parser, "an export", tuple(dict.fromkeys(FORMATS.values())), None)
    command.graph(parser)


def run(options: Namespace) -> None:
    """Write the graph."""
    from kg.export import export
    from kg.store import open_graph

    for path in export(open_graph(options.graph).quads(), options.file, options.format):
        print(path)
