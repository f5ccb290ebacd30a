"""`kg describe`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.query.answer import TABLE_FORMATS

    parser.add_argument("name", metavar="NAME", help="a name, CURIE or IRI")
    command.formats(parser, "rows", TABLE_FORMATS, "table")
    command.graph(parser)


def run(options: Namespace) -> None:
    """Print what is known: what the vocabulary says, then each source."""
    from kg.query import describe
    from kg.store import open_graph

    said = describe(open_graph(options.graph), options.name)
    if options.format != "table":
        sys.stdout.write(said.table().render(options.format))
        return
    width = command.width()
    print(f"{said.entity.label} ({said.entity.kind}) <{said.entity.iri}>\n")
    sys.stdout.write(said.vocabulary.render("table", width))
    for source, table in said.sources:
        print(f"\n{source}")
        sys.stdout.write(table.render("table", width))
