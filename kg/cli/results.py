"""`kg results`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments. With `--events` the formats are those of events."""
    parser.add_argument(
        "source",
        metavar="SOURCE",
        type=Path,
        help="a results repository, or a .tar.xz, .tar.gz or .zip of one",
    )
    parser.add_argument("--events", action="store_true", help="every logged event instead of the results")
    if "--events" in words:
        from kg.export.events import FORMATS as EVENT_FORMATS

        command.formats(parser, "events", EVENT_FORMATS, "nquads")
    else:
        from kg.record.results import FORMATS

        command.formats(parser, "results", FORMATS, "table")
    parser.add_argument("--output", metavar="FILE", type=Path, help="a file to write instead of the terminal")
    command.mlperf_round(parser, "the MLPerf round, when the name of the source does not say it")
    parser.add_argument("--repository", metavar="OWNER/NAME", help="kept with each result (default: the checkout's)")
    parser.add_argument("--commit", help="kept with each result (default: the checkout's)")
    command.workers(parser)


def run(options: Namespace) -> int:
    """Read and write; what was left out and why goes to standard error."""
    if options.events:
        return _events(options)
    from kg.executor import Workers
    from kg.plain import shown
    from kg.record.results import read_results, report, write_results

    with command.bar(options.source) as progress:
        found = read_results(
            options.source,
            mlperf_round=options.round,
            repository=options.repository,
            commit=options.commit,
            progress=progress,
            workers=Workers(options.jobs, options.executor),
        )
    sys.stdout.write(write_results(found, options.format, options.output) or "")
    print(shown(report(found)), file=sys.stderr)
    return 0 if found.results else 1


def _events(options: Namespace) -> int:
    from kg.export.events import write_events

    with command.bar(options.source) as progress:
        written = write_events(
            options.source, options.format, options.output, mlperf_round=options.round, progress=progress
        )
    print(f"{written} events", file=sys.stderr)
    return 0
