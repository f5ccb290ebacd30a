"""An answer as text: how the question was read, the rows, and the words they rest on."""

from __future__ import annotations

import sys

from kg.ask import Answer, ask
from kg.errors import NotUnderstood
from kg.store import Graph


def answer(
    graph: Graph, question: str, format: str, width: int, number: int | None = None, sparql: bool = False
) -> int:
    """Print the answer to a question; the exit code: 0, or 1 when it is refused or nothing is found.

    In a format other than table, standard output has the rows alone and the sentence goes to standard error.
    """
    try:
        found = ask(graph, question, number)
    except NotUnderstood as error:
        print(f"kg: {error}", file=sys.stderr)
        for other in error.instead:
            print(f"    {other}", file=sys.stderr)
        return 1
    if sparql:
        print(found.sparql, end="")
        return 0
    plain = format == "table"
    print(f"Read as: {found.sentence}", file=sys.stdout if plain else sys.stderr)
    if not found.table.rows:
        print("nothing found: nothing in the graph says so", file=sys.stderr)
        if found.others:
            print("other readings find something; choose one with --reading", file=sys.stderr)
        for other in found.others:
            print(f"    {other}", file=sys.stderr)
        if not plain:
            sys.stdout.write(found.table.render(format))
        return 1
    sys.stdout.write(_text(found, width) if plain else found.table.render(format))
    return 0


def _text(found: Answer, width: int) -> str:
    """The rows with what they rest on; before them what was computed from them, if anything was."""
    said = "\nYes.\n" if found.polar else "\n"
    if found.table is not found.rows:
        said += found.table.render("table", width) + "\n"
    return said + found.rows.render("table", width)
