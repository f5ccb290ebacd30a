"""`kg mcp`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    command.graph(parser)
    parser.add_argument(
        "--port",
        metavar="PORT",
        type=command.positive,
        help="serve over HTTP on this port of 127.0.0.1 (default: stdio)",
    )


def run(options: Namespace) -> None:
    """Serve until the client goes."""
    from kg.errors import MissingExtra

    try:
        from kg.mcp import serve
    except ModuleNotFoundError as error:
        raise MissingExtra("mcp", "assistants") from error
    serve(options.graph, options.port)
