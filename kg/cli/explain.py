"""`kg explain`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    parser.add_argument(
        "fact", metavar="FACT", help="the IRI of a fact, or its end, as kg facts --format jsonl gives it"
    )
    command.sources(parser)


def run(options: Namespace) -> None:
    """Read, find the fact, and tell why it is said."""
    from kg.build import explain_fact
    from kg.plain import one_line

    with command.progress("reading"):
        lines = explain_fact(options.fact, options.sources, mlperf_round=options.round, vocabulary=options.vocabulary)
    for line in lines:
        print(one_line(line) if not line.startswith(" ") else "  " + one_line(line.strip()))
