"""Statements and official results made a graph, or checked: `kg build`, `kg results`, `kg validate`."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import command
from kg.cli.command import Parser

if TYPE_CHECKING:
    from kg.build import BuildReport


def add_build(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg build`."""
    command.sources(parser)
    command.graph(parser)
    record = parser.add_mutually_exclusive_group()
    record.add_argument(
        "--results", metavar="SOURCE", type=Path, action="append",
        help="a results repository, an archive of one, or a table made by kg results; may be given several times "
        "(default: the shipped tables)",
    )  # fmt: skip
    parser.add_argument(
        "--inference", metavar="FILE", type=Path, action="append", default=[],
        help="a table of results of MLPerf Inference (summary_results.json, or the CSV of mlcommons/cm4mlperf-results); "
        "may be given several times",
    )  # fmt: skip
    record.add_argument("--no-results", action="store_true", help="leave the official results out")
    parser.add_argument(
        "--graph-store", metavar="URL", default=os.environ.get("KG_GRAPH_STORE") or None,
        help="the Graph Store Protocol's URL, for a graph on a server; also KG_GRAPH_STORE",
    )  # fmt: skip
    parser.add_argument(
        "--parts",
        metavar="DIR",
        type=command.target,
        help="a folder for the graph as sorted N-Quads files, to bulk-load",
    )
    parser.add_argument(
        "--facts", metavar="FILE", type=Path,
        help="facts of another program, as kg facts --format jsonl prints them, instead of those found here",
    )  # fmt: skip
    command.workers(parser)


def run_build(options: Namespace) -> None:
    """Build, and say what was read and what was left out."""
    from kg.build import build
    from kg.executor import Workers

    with command.progress("reading, extracting, validating"):
        report = build(
            options.sources,
            directory=options.graph,
            mlperf_round=options.round,
            vocabulary=options.vocabulary,
            results=() if options.no_results else options.results,
            inference=options.inference,
            workers=Workers(options.jobs, options.executor),
            graph_store=options.graph_store,
            parts=options.parts,
            given_facts=options.facts,
        )
    command.warn(report.reading.warnings)
    for line in _summary(report):
        print(line)


def _summary(report: BuildReport) -> list[str]:
    from kg.names.rounds import rounds_in_words

    reading, record = report.reading, report.record.results
    lines = []
    for document in reading.documents:
        mark = f" (a restatement of “{document.origin.title}”)" if document.origin else ""
        lines.append(f"{document.source}: {document.round}, {len(document.sections)} statements{mark}")
    if record:
        rounds = ", ".join(rounds_in_words({r.round.label for r in record}))
        found = f"{report.links} systems of statements found among those filed"
        lines.append(f"{len(record)} official results of {rounds}; {found}")
    for kind, named in groupby(report.record.unlinked, key=lambda name: name[0]):
        new = sorted(named, key=lambda name: -name[2])
        more = f" and {len(new) - 6} more" if len(new) > 6 else ""
        filed = ", ".join(f"{name} ({number})" for _, name, number in new[:6])
        lines.append(f"filed, and in no vocabulary (--vocabulary adds names): {kind} {filed}{more}")
    for table in report.inference:
        out = f"; {table.left_out} without a performance left out" if table.left_out else ""
        lines.append(f"{table.name}: {len(table.rows)} results of MLPerf Inference{out}")
    checked = f"{report.checked} things checked against the shapes"
    lines.append(f"{len(reading.facts)} facts, {report.quads} quads in {report.directory}; {checked}")
    lines.append(f"{report.quarantined} in quarantine:" if report.quarantined else "nothing in quarantine")
    lines += [f"  {number} × {reason}" for reason, number in report.reasons]
    unlinked = [m.text for e in reading.extractions for m in e.unlinked]
    if unlinked:
        names = sorted(set(unlinked))
        more = " …" if len(names) > 12 else ""
        lines.append(f"{len(unlinked)} mentions left unlinked: {', '.join(names[:12])}{more}")
    return lines


def add_results(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg results`. With `--events` the formats are those of events."""
    parser.add_argument(
        "source", metavar="SOURCE", type=Path, help="a results repository, or a .tar.xz, .tar.gz or .zip of one"
    )
    parser.add_argument("--events", action="store_true", help="every logged event instead of the results")
    if "--events" in words:
        from kg.export.events import FORMATS as EVENT_FORMATS

        command.formats(parser, "events", EVENT_FORMATS, "nquads")
    else:
        from kg.record.table import FORMATS

        command.formats(parser, "results", FORMATS, "table")
    parser.add_argument("--output", metavar="FILE", type=command.target, help="a file to write instead of the terminal")
    parser.add_argument(
        "--round", metavar="ROUND", help="the MLPerf round, when the name of the source does not say it"
    )
    parser.add_argument("--repository", metavar="OWNER/NAME", help="kept with each result (default: the checkout's)")
    parser.add_argument("--commit", help="kept with each result (default: the checkout's)")
    command.workers(parser)


def run_results(options: Namespace) -> int:
    """Read and write; what was left out and why goes to standard error."""
    if options.events:
        return _events(options)
    from kg.executor import Workers
    from kg.plain import shown
    from kg.record.repository import read_results, report
    from kg.record.table import write_results

    with command.bar(options.source) as progress:
        found = read_results(
            options.source, mlperf_round=options.round, repository=options.repository, commit=options.commit,
            progress=progress, workers=Workers(options.jobs, options.executor),
        )  # fmt: skip
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


def add_validate(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg validate`."""
    from kg.validate import FORMATS

    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="RDF files (default: the built graph)")
    parser.add_argument(
        "--shapes", metavar="FILE", type=Path, help="SHACL shapes in an RDF file (default: those of the project)"
    )
    command.formats(parser, "a report", FORMATS, "text")
    command.graph(parser)


def run_validate(options: Namespace) -> int:
    """Check and report."""
    from kg.rdf.files import read_rdf
    from kg.validate import validate

    of_files = (quad for file in options.files for quad in read_rdf(file))
    report = validate(of_files if options.files else command.opened(options).quads(), shapes=options.shapes)
    print(report.write(options.format))
    return 0 if report.conforms else 1
