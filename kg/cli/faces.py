"""The graph for people and other tools: `kg serve`, `kg mcp`, `kg export`, `kg draw`."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add_serve(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg serve`."""
    command.graph(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", metavar="PORT", type=_port, default=8000, help="the port to listen on")
    parser.add_argument(
        "--allow-host", metavar="HOST", action="append", default=[],
        help="a further host name to answer for; * for any; may be given several times",
    )  # fmt: skip
    parser.add_argument("--seconds", metavar="N", type=_seconds, default=10.0, help="the time limit of a typed query")
    parser.add_argument("--workers", metavar="N", type=command.positive, default=1, help="how many processes answer")


def run_serve(options: Namespace) -> None:
    """Serve until a signal ends it."""
    from kg.serve import serve

    serve(
        options.graph, options.host, options.port,
        hosts=options.allow_host, seconds=options.seconds, processes=options.workers,
    )  # fmt: skip


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


def add_mcp(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg mcp`."""
    command.graph(parser)
    said = "serve over HTTP on this port of 127.0.0.1 (default: stdio)"
    parser.add_argument("--port", metavar="PORT", type=command.positive, help=said)


def run_mcp(options: Namespace) -> None:
    """Serve until the client goes."""
    from kg.mcp import serve

    serve(options.graph, options.port)


def add_export(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg export`."""
    from kg.export import FORMATS

    endings = ", ".join(FORMATS)
    parser.add_argument(
        "file", metavar="FILE",
        help=f"the file to write ({endings}), - for standard output, or a folder (FOLDER/) for the data with their "
        "description: VoID, Croissant, example queries, tables",
    )  # fmt: skip
    command.formats(parser, "an export", tuple(dict.fromkeys(FORMATS.values())), None)
    command.graph(parser)


def run_export(options: Namespace) -> None:
    """Write the graph."""
    from kg.export import export
    from kg.export.dump import dump

    path = Path("-") if options.file == "-" else command.target(options.file)
    graph = command.opened(options)
    whole = options.format is None and (options.file.endswith("/") or path.is_dir())
    for written in dump(graph, path) if whole else export(graph.quads(), options.file, options.format):
        print(written)


def add_draw(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg draw`."""
    from kg.query.canned import query_names

    parser.add_argument("file", metavar="FILE", type=command.target, help="a file that ends in .html, .svg or .png")
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


def run_draw(options: Namespace) -> None:
    """Draw, and say what is shown."""
    from kg.draw import draw, drawn_from, part_drawn
    from kg.query import resolve, run

    graph = command.opened(options)
    only = [iri for name in options.query for iri in run(graph, name, {}).iris()] if options.query else None
    centre = resolve(graph, options.about).iri if options.about else None
    quads = drawn_from(graph, part_drawn(graph, centre, options.record))
    print(draw(
        quads, options.file, about=centre, depth=options.depth, limit=options.limit, only=only, record=options.record
    ))  # fmt: skip
