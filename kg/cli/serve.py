"""`kg serve`."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    command.graph(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", metavar="PORT", type=_port, default=8000, help="the port to listen on")
    parser.add_argument(
        "--allow-host", metavar="HOST", action="append", default=[],
        help="a further host name to answer for; * for any; may be given several times",
    )  # fmt: skip
    parser.add_argument("--seconds", metavar="N", type=_seconds, default=10.0, help="the time limit of a typed query")
    parser.add_argument("--workers", metavar="N", type=command.positive, default=1, help="how many processes answer")


def run(options: Namespace) -> None:
    """Serve until a signal ends it."""
    from kg.serve import serve

    serve(
        options.graph,
        options.host,
        options.port,
        hosts=options.allow_host,
        seconds=options.seconds,
        processes=options.workers,
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise ArgumentTypeError(f"{text!r} is no port; give 0 to 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0.1 <= seconds < float("inf"):
        raise ArgumentTypeError(f"{text!r} is no time limit; give 0.1 seconds or more")
    return seconds
