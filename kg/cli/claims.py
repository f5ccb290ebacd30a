"""`kg claims`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from kg.cli import command
from kg.cli.command import Parser


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    from kg.claims.report import FORMATS
    from kg.model.claim import VERDICTS

    parser.add_argument("--organization", metavar="NAME", help="only the claims that it makes")
    verdict = parser.add_argument("--verdict", help=command.listed(VERDICTS))
    command.completed(verdict, lambda options: VERDICTS)
    command.formats(parser, "claims", FORMATS, "table")
    command.graph(parser)


def run(options: Namespace) -> int:
    """Write the reviews that the build stored."""
    from kg.claims.report import write_claims
    from kg.claims.stored import stored_reviews
    from kg.errors import UnknownName
    from kg.model.claim import VERDICTS
    from kg.store import open_graph

    graph = open_graph(options.graph)
    who = None
    if options.organization:
        from kg.query import resolve

        who = resolve(graph, options.organization, "Organization").iri
    wanted = options.verdict.lower().replace("-", " ") if options.verdict else None
    if wanted is not None and wanted not in VERDICTS:
        raise UnknownName("verdict", options.verdict, VERDICTS)
    reviews = [r for r in stored_reviews(graph) if who in (None, r.speaker) and wanted in (None, r.verdict)]
    if not reviews:
        print("no claims of that kind in this graph", file=sys.stderr)
        return 1
    sys.stdout.write(write_claims(reviews, graph, options.format))
    return 0
