"""`kg describe`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command, rows
from kg.cli.command import Parser
from kg.plain import shown


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    parser.add_argument("name", metavar="NAME", help="a name, CURIE or IRI")
    rows.add(parser)
    command.graph(parser)


def run(options: Namespace) -> None:
    """Print what is known: what the vocabulary says, then each source."""
    from kg.query import describe
    from kg.store import open_graph

    said = describe(open_graph(options.graph), options.name)
    if options.format != "table":
        rows.show(said.table(), options)
        return
    tables = [
        (f"{said.entity.label} ({said.entity.kind}) <{said.entity.iri}>", said.vocabulary),
        *said.sources,
    ]
    rows.paged("\n".join(f"{shown(title)}\n{rows.written(table, options)}" for title, table in tables))
