"""What statements say: `kg facts`, `kg names`, `kg explain`, `kg evaluate`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import command
from kg.cli.command import Parser

if TYPE_CHECKING:
    from kg.build import Reading


def _read(options: Namespace, results: Sequence[Path] = ()) -> Reading:
    """What the sources say; what may have been read wrong goes to standard error."""
    from kg.build import read_statements

    with command.progress("reading"):
        reading = read_statements(
            options.sources, mlperf_round=options.round, vocabulary=options.vocabulary, results=results
        )
    command.warn(reading.warnings)
    return reading


def add_facts(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg facts`."""
    from kg.facts import FORMATS

    command.sources(parser)
    command.formats(parser, "facts", FORMATS, "table")
    parser.add_argument(
        "--possible", action="store_true", help="also the facts that the words do not make sure, with why"
    )


def run_facts(options: Namespace) -> None:
    """Read, and write the facts."""
    from kg.facts import write_facts

    listed = [f for f in _read(options).facts if options.possible or not f.doubt]
    write_facts(listed, options.format, sys.stdout)


def add_names(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg names`."""
    from kg.facts import NAME_FORMATS

    command.sources(parser)
    parser.add_argument(
        "--results", metavar="CSV", type=Path, action="append", default=[],
        help="a table made by kg results whose names speak for those of its round; may be given several times",
    )  # fmt: skip
    command.formats(parser, "names", NAME_FORMATS, "table")


def run_names(options: Namespace) -> None:
    """Read, and write the names."""
    from kg.facts import write_names

    reading = _read(options, options.results)
    said = [(s, e.mentions) for s, e in zip(reading.statements, reading.extractions, strict=True)]
    write_names(said, options.format, sys.stdout)


def add_explain(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg explain`."""
    parser.add_argument(
        "fact", metavar="FACT", help="the IRI of a fact, or its end, as kg facts --format jsonl gives it"
    )
    command.sources(parser)


def run_explain(options: Namespace) -> None:
    """Read, find the fact, and tell why it is said."""
    from kg.build import explain_fact
    from kg.plain import one_line

    with command.progress("reading"):
        lines = explain_fact(options.fact, options.sources, mlperf_round=options.round, vocabulary=options.vocabulary)
    for line in lines:
        print(one_line(line) if not line.startswith(" ") else "  " + one_line(line.strip()))


def add_evaluate(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg evaluate`."""
    from kg.facts import EVALUATION_FORMATS

    parser.add_argument("gold", metavar="GOLD", type=Path, help="annotated facts, one JSON object a line")
    command.sources(parser)
    command.formats(parser, "an evaluation", EVALUATION_FORMATS, "table")


def run_evaluate(options: Namespace) -> None:
    """Read, compare, and write the figures."""
    from kg.extract.score import evaluate, read_gold
    from kg.facts import write_evaluation
    from kg.names.lexicon import Lexicon

    annotated = read_gold(options.gold)
    reading = _read(options)
    lexicon = Lexicon(reading.vocabulary, reading.statements[0].round)
    figures = evaluate(annotated, [f for f in reading.facts if not f.doubt], lexicon)
    write_evaluation(figures, options.format, sys.stdout)
