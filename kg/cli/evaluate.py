"""`kg evaluate`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.facts import EVALUATION_FORMATS

    parser.add_argument("gold", metavar="GOLD", type=Path, help="annotated facts, one JSON object a line")
    command.sources(parser)
    command.formats(parser, "an evaluation", EVALUATION_FORMATS, "table")


def run(options: Namespace) -> None:
    """Read, compare, and write the figures."""
    from kg.build import read_statements
    from kg.extract.score import evaluate, read_gold
    from kg.facts import write_evaluation
    from kg.names.lexicon import Lexicon

    annotated = read_gold(options.gold)
    with command.progress("reading"):
        reading = read_statements(options.sources, mlperf_round=options.round, vocabulary=options.vocabulary)
    command.warn(reading.warnings)
    lexicon = Lexicon(reading.vocabulary, reading.statements[0].round)
    write_evaluation(
        evaluate(annotated, [f for f in reading.facts if not f.doubt], lexicon), options.format, sys.stdout
    )
