"""`kg facts`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.facts import FORMATS

    command.sources(parser)
    command.formats(parser, "facts", FORMATS, "table")
    parser.add_argument(
        "--possible", action="store_true", help="also the facts that the words do not make sure, with why"
    )


def run(options: Namespace) -> None:
    """Read, and write the facts."""
    from kg.build import read_statements
    from kg.facts import write_facts

    with command.progress("reading"):
        reading = read_statements(options.sources, mlperf_round=options.round, vocabulary=options.vocabulary)
    command.warn(reading.warnings)
    listed = [f for f in reading.facts if options.possible or not f.doubt]
    write_facts(listed, options.format, sys.stdout)
