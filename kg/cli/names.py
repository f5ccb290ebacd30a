"""`kg names`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.facts import NAME_FORMATS

    command.sources(parser)
    parser.add_argument(
        "--results", metavar="CSV", type=Path, action="append", default=[],
        help="a table made by kg results whose names speak for those of its round; may be given several times",
    )  # fmt: skip
    command.formats(parser, "names", NAME_FORMATS, "table")


def run(options: Namespace) -> None:
    """Read, and write the names."""
    from kg.build import read_statements
    from kg.facts import write_names

    with command.progress("reading"):
        reading = read_statements(
            options.sources, mlperf_round=options.round, vocabulary=options.vocabulary, results=options.results
        )
    command.warn(reading.warnings)
    said = [(s, e.mentions) for s, e in zip(reading.statements, reading.extractions, strict=True)]
    write_names(said, options.format, sys.stdout)
