"""`kg export`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.export import FORMATS

    endings = ", ".join(FORMATS)
    parser.add_argument(
        "file", metavar="FILE",
        help=f"the file to write ({endings}), - for standard output, or a folder (FOLDER/) for the data with their "
        "description: VoID, Croissant, example queries, tables",
    )  # fmt: skip
    command.formats(parser, "an export", tuple(dict.fromkeys(FORMATS.values())), None)
    command.graph(parser)


def run(options: Namespace) -> None:
    """Write the graph."""
    from kg.export import export
    from kg.export.dump import dump
    from kg.store import open_graph

    graph, path = open_graph(options.graph), Path(options.file)
    whole = options.format is None and (options.file.endswith("/") or path.is_dir())
    for written in dump(graph, path) if whole else export(graph.quads(), options.file, options.format):
        print(written)
