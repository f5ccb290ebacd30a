"""Rows as the user wants them: which columns, in which order, how many, and a pager on a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Sequence

from kg.cli import command
from kg.query.answer import TABLE_FORMATS, Table


def add(parser: ArgumentParser, what: str = "rows", formats: Sequence[str] = TABLE_FORMATS) -> None:
    """`--format`, `--columns`, `--sort`, `--limit`, `--record` and `--iris`."""
    command.formats(parser, what, formats, "table")
    parser.add_argument("--columns", metavar="NAME,…", help="only these columns, in this order")
    parser.add_argument("--sort", metavar="COLUMN", help="order by a column; --sort=-COLUMN is the other way round")
    parser.add_argument("--limit", metavar="N", type=command.positive, help="so many rows at most")
    parser.add_argument("--record", action="store_true", help="a field a line instead of a row a line")
    parser.add_argument("--iris", action="store_true", help="the IRIs of things, too")


def show(table: Table, options: Namespace, asked: Collection[str] = ()) -> None:
    """Print rows, with the pager where that is wanted. Raises UnknownName for a column that is none.

    Columns that were asked for, by heading, are shown even if they are empty; so are those of `--columns`.
    """
    text = written(table, options, asked)
    if options.format == "table":
        paged(text)
    else:
        sys.stdout.write(text)


def written(table: Table, options: Namespace, asked: Collection[str] = ()) -> str:
    """Rows as text, and below a table how many they are. Raises UnknownName for a column that is none."""
    table = table.sort(options.sort) if options.sort else table
    names = [name.strip() for name in options.columns.split(",")] if options.columns else []
    if options.format not in ("table", "markdown"):
        return (table.select(names) if names else table).first(options.limit).render(options.format)
    asked = {*asked, *names}
    sheet = table.sheet(options.iris, asked)
    sheet = sheet.select(names) if names else sheet
    shown = sheet.first(options.limit)
    if options.format == "markdown":
        return shown.markdown()
    width = command.width()
    rows = f"{len(sheet.rows)} row{'s' * (len(sheet.rows) != 1)}"
    count = rows if len(shown.rows) == len(sheet.rows) else f"{len(shown.rows)} of {rows}"
    return f"{(shown.records if options.record else shown.table)(width, asked)}({count})\n"


def paged(text: str) -> None:
    """Print a text, on a terminal that is too low for it with the pager that PAGER names; none when that is empty."""
    if sys.stdout.isatty() and text.count("\n") >= os.get_terminal_size(sys.stdout.fileno()).lines:
        import shlex
        from subprocess import run as run_program

        pager = shlex.split(os.environ.get("PAGER", "less -FRX"))
        with contextlib.suppress(OSError):
            if pager:
                run_program(pager, input=text.encode(), check=False)
                return
    sys.stdout.write(text)
