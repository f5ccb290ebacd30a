"""Arguments that several commands share, and how a command is found, parsed and run."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kg.cli import COMMANDS
from kg.errors import OutputError, UnknownFormat, UnknownName, UsageError
from kg.plain import shown

if TYPE_CHECKING:
    from kg.store import Graph


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal, with the defaults that are values."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=min(width(100), 100))

    def _get_help_string(self, action: argparse.Action) -> str:
        shown = isinstance(action.default, str | int | float) and not isinstance(action.default, bool)
        return (
            f"{action.help or ''}{' (default: %(default)s)' if shown and action.default != argparse.SUPPRESS else ''}"
        )


class Parser(argparse.ArgumentParser):
    """A parser whose errors are ours, and which takes no abbreviations."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{"formatter_class": Help, "allow_abbrev": False, **words})
        self.known: Callable[[str], object] = lambda name: None
        """Raises an error that says more of an option that is none than that it is none."""
        self.helped = self.prog
        """The command whose help says more of what went wrong."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError, with the command whose help says more."""
        raise UsageError(f"{message}; see {self.helped} --help")


def run(name: str, words: Sequence[str]) -> int:
    """Run a command with the words that follow it; returns the exit code.

    Raises UnknownName for a command that is none, UsageError for arguments that do not fit, and what it raises.
    """
    if name not in COMMANDS:
        from kg.names.slips import nearest

        raise UnknownName("command", name, nearest(name, COMMANDS))
    parser = Parser(prog=f"kg {name}", description=COMMANDS[name][1])
    part_of("add", name)(parser, words)
    _refuse_empty(parser, words)
    try:
        options, rest = parser.parse_known_intermixed_args(words)
    except SystemExit as left:
        return int(left.code or 0)
    if rest:
        if rest[0].startswith("--"):
            parser.known(rest[0][2:].partition("=")[0])
        parser.error(f"{rest[0]} is no argument of it")
    return int(part_of("run", name)(options) or 0)


def _refuse_empty(parser: Parser, words: Sequence[str]) -> None:
    """Raise UsageError for an empty word, as of a variable of the shell that is not set: no file, name or value is empty."""
    for before, word in pairwise(["", *words]):
        if not word or (word.startswith("--") and word.endswith("=")):
            option = word[:-1] or (before if before.startswith("--") else "an argument")
            parser.error(f"{option} is empty; name something, or leave it out")


def part_of(part: str, name: str) -> Callable[..., Any]:
    """The function `add_NAME` or `run_NAME` of a command, from its module."""
    found: Callable[..., Any] = getattr(import_module(f"kg.cli.{COMMANDS[name][0]}"), f"{part}_{name}")
    return found


def warn(warnings: Sequence[str], most: int = 20) -> None:
    """Print to standard error what may have been read wrong or was left out, so many at most and how many more."""
    more = [f"and {len(warnings) - most} more"] if len(warnings) > most else []
    for warning in [*warnings[:most], *more]:
        print(f"kg: warning: {shown(warning)}", file=sys.stderr)


def target(name: str) -> Path:
    """A file or folder to write. Raises OutputError for one in a graph directory, which builds alone write."""
    from kg.store.directory import is_graph

    path = Path(name)
    for folder in (path.resolve(), *path.resolve().parents):
        if is_graph(folder):
            raise OutputError(path, f"{folder} holds a graph; write elsewhere")
    return path


def graph(parser: argparse.ArgumentParser) -> None:
    """`--graph`, where the graph is."""
    parser.add_argument(
        "--graph", metavar="DIR", default=os.environ.get("KG_GRAPH") or "kg-graph",
        help="the directory of the graph, or the URL of a SPARQL 1.1 server; also KG_GRAPH",
    )  # fmt: skip


def opened(options: argparse.Namespace) -> Graph:
    """The graph that `--graph` names. Raises GraphError when there is none."""
    from kg.store import open_graph

    return open_graph(options.graph)


def sources(parser: argparse.ArgumentParser) -> None:
    """The documents to read, and `--round` and `--vocabulary`, how."""
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", default=[],
        help="documents, folders of them, or - for standard input (default: the shipped statements)",
    )  # fmt: skip
    parser.add_argument(
        "--round",
        metavar="ROUND",
        help="the MLPerf round of the documents, e.g. v2.0, when their title does not say it",
    )
    parser.add_argument(
        "--vocabulary", metavar="FILE", type=Path, action="append", default=[],
        help="a Turtle file of SKOS concepts of your own; may be given several times",
    )  # fmt: skip


def formats(parser: argparse.ArgumentParser, what: str, known: Sequence[str], default: str | None) -> None:
    """`--format`, one of those that the module of the command knows; another raises UnknownFormat."""

    def chosen(format: str) -> str:
        if format not in known:
            raise UnknownFormat(format, what, known)
        return format

    option = parser.add_argument("--format", metavar="FORMAT", type=chosen, default=default, help=listed(known))
    completed(option, lambda options: known)


def workers(parser: argparse.ArgumentParser) -> None:
    """`--jobs` and `--executor`, who does the work."""
    parser.add_argument("--jobs", metavar="N", type=positive, default=1, help="how many processes work")
    parser.add_argument("--executor", metavar="dask://HOST:PORT", help="the scheduler of a Dask cluster")


def positive(text: str) -> int:
    """A whole number of 1 or more."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of 1 or more")
    return number


def completed(option: argparse.Action, values: Callable[[argparse.Namespace], Sequence[str]]) -> None:
    """Give an argument the values that the shell completes, which may depend on what is typed already."""
    option.completer = lambda parsed_args, **_: values(parsed_args)  # type: ignore[attr-defined]


def listed(words: Sequence[str]) -> str:
    """Words as a list that ends in 'or'.

    >>> listed(["table", "csv", "jsonl"])
    'table, csv or jsonl'
    """
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def width(otherwise: int = 120) -> int:
    """The width of the terminal in characters, or what COLUMNS says; another where there is none."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:  # as shutil's does it, which loads the compressors
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or otherwise  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return otherwise


@contextlib.contextmanager
def progress(what: str) -> Iterator[None]:
    """A spinner on a terminal; nothing anywhere else."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextlib.contextmanager
def bar(source: Path) -> Iterator[Callable[[str], None]]:
    """A bar that moves with each file of a results repository; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from kg.record.files import count

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=count(source))
        yield lambda path: shown.update(task, advance=1, description=path)
