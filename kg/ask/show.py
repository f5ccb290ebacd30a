"""An answer as text: the answer first, then how the question was read, and what it rests on, once."""

from __future__ import annotations

import sys

from kg.ask.answer import Answer, ask
from kg.errors import NotUnderstood
from kg.query import Table
from kg.store import Graph

_SHOWN = 8
"""So many files or quotes are shown; a format such as csv has all rows."""


def answer(
    graph: Graph, question: str, format: str, width: int, number: int | None = None, sparql: bool = False
) -> int:
    """Print the answer to a question; the exit code: 0, or 1 when it is refused or nothing is found.

    In a format other than table, standard output has the rows alone and the rest goes to standard error.
    """
    try:
        found = ask(graph, question, number)
    except NotUnderstood as error:
        print(f"kg: {error}", file=sys.stderr)
        if any(text[:1].isdigit() for text in error.instead):
            print("it can be read so; choose with --reading", file=sys.stderr)
        for other in error.instead:
            print(f"    {other}", file=sys.stderr)
        return 1
    if sparql:
        print(found.sparql, end="")
        return 0
    if format != "table":
        print("\n".join([*found.lines, found.also, f"Read as {found.sentence}"]), file=sys.stderr)
        sys.stdout.write(found.table.render(format))
        return int(found.empty)
    sys.stdout.write(text(found, width))
    return int(found.empty)


def text(found: Answer, width: int) -> str:
    """An answer for a terminal."""
    parts = ["\n".join(found.lines)] if found.lines else []
    if found.listed and found.table.rows:
        parts.append(found.table.render("table", width).rstrip("\n"))
    parts += [found.also] if found.also else []
    parts.append(f"Read as {found.sentence}")
    if found.evidence.rows:
        parts.append(_evidence(found.evidence, width))
    return "\n\n".join(parts) + "\n"


def _evidence(evidence: Table, width: int) -> str:
    first = Table(evidence.columns, evidence.rows[:_SHOWN])
    more = len(evidence.rows) - _SHOWN
    shown = first.render("table", width).rstrip("\n")
    return f"Evidence\n{shown}" + (f"\n… and {more} more" if more > 0 else "")
