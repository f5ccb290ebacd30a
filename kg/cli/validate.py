"""`kg validate`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.validate import FORMATS

    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="RDF files (default: the built graph)")
    parser.add_argument(
        "--shapes", metavar="FILE", type=Path, help="SHACL shapes in an RDF file (default: those of the project)"
    )
    command.formats(parser, "a report", FORMATS, "text")
    command.graph(parser)


def run(options: Namespace) -> int:
    """Check and report."""
    from kg.store import open_graph
    from kg.validate import validate, validate_files

    shapes = options.shapes
    if options.files:
        report = validate_files(options.files, shapes=shapes)
    else:
        report = validate(open_graph(options.graph).quads(), shapes=shapes)
    print(report.write(options.format))
    return 0 if report.conforms else 1
