"""`kg sparql`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command, rows
from kg.cli.command import Parser
from kg.errors import InputError, UsageError


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.query.answer import GRAPH_FORMATS, TABLE_FORMATS

    parser.add_argument("text", nargs="?", metavar="QUERY", help="a SPARQL 1.1 query, or - for standard input")
    parser.add_argument("--file", metavar="FILE", type=Path, help="a file that holds the query")
    rows.add(parser, "an answer", (*TABLE_FORMATS, *GRAPH_FORMATS))
    command.graph(parser)


def run(options: Namespace) -> None:
    """Ask, and print what comes back."""
    from kg.query import Table, sparql
    from kg.store import open_graph

    if (options.text is None) == (options.file is None):
        raise UsageError("give a query, or --file, or - to read it from standard input")
    text = sys.stdin.read() if options.text == "-" else options.text or _read(options.file)
    answer = sparql(open_graph(options.graph), text)
    if isinstance(answer, Table):
        rows.show(answer, options)
    else:
        sys.stdout.write(answer.render(options.format))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}; give a UTF-8 text file") from error
