"""Questions in a terminal: an answer as text, the answer first; one question after another, with completion."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ask.answer import ask, questions
from kg.ask.results import Answer
from kg.errors import NotUnderstood
from kg.query import Table, names
from kg.store import Graph

_LEAVING = {"quit", "exit", ":q", "bye"}
_SHOWN = 8
"""So many files or quotes are shown beside an answer."""


def answer(graph: Graph, question: str, format: str, width: int, number: int | None = None, part: str = "rows") -> int:
    """Print the answer to a question; the exit code: 0, or 1 when it is refused or nothing is found.

    `part` is 'rows', 'sparql' for the query instead, or 'evidence' for all files and quotes that the answer rests on.
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
        if error.named:
            print("\nNot an answer, but what the record has of all that you name:", file=sys.stderr)
            print(error.named.render("table", width), end="", file=sys.stderr)
        return 1
    if part == "sparql":
        print(found.sparql, end="")
        return 0
    if format != "table" or part == "evidence":
        print("\n".join([*found.lines, found.also, f"Read as {found.sentence}"]), file=sys.stderr)
        table = found.evidence if part == "evidence" else found.table
        sys.stdout.write(table.render(format, width if format == "table" else None))
    else:
        sys.stdout.write(text(found, width))
    return int(found.empty)


def text(found: Answer, width: int) -> str:
    """An answer for a terminal."""
    parts = ["\n".join(found.lines)] if found.lines else []
    if found.shown.rows:
        parts.append(found.shown.render("table", width).rstrip("\n"))
    parts += [found.also] if found.also else []
    parts.append(f"Read as {found.sentence}")
    if found.evidence.rows:
        parts.append(_evidence(found.evidence, width))
    return "\n\n".join(parts) + "\n"


def _evidence(evidence: Table, width: int) -> str:
    more = len(evidence) - _SHOWN
    shown = evidence.first(_SHOWN).render("table", width).rstrip("\n")
    return f"Evidence\n{shown}" + (f"\n… and {more} more, which --evidence lists" if more > 0 else "")


def converse(graph: Graph, format: str, width: int) -> None:
    """Answer a question a line until the input ends or says 'quit'. '1' alone chooses the reading offered of the last one."""
    last = ""
    for line in _lines(graph):
        text = line.strip()
        if text.lower() in _LEAVING:
            return
        if text == "1" and last:
            answer(graph, last, format, width, int(text))
        elif text:
            last = last if text.isdigit() else text
            answer(graph, text, format, width)
        sys.stderr.flush()


def _lines(graph: Graph) -> Iterator[str]:
    """The lines that somebody types, or of the standard input where it is no terminal."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, Completion, ThreadedCompleter
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import FileHistory

    class Asking(Completer):
        """Completes example questions, and names of things."""

        def get_completions(self, document: Document, event: object) -> Iterable[Completion]:
            typed = document.text_before_cursor
            for written, text in completions(graph, typed):
                yield Completion(text, start_position=-written)

    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(_history())), completer=ThreadedCompleter(Asking()), complete_while_typing=True
    )
    print("Ask in plain words; Tab completes, quit ends.", file=sys.stderr)
    while True:
        try:
            yield session.prompt("ask> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def completions(graph: Graph, typed: str) -> Iterator[tuple[int, str]]:
    """What can follow a typed text: how many of its last characters are replaced, and with what.

    Whole questions that begin so come first, then names of things that begin with its last words.
    """
    low = typed.lower()
    if low:
        for text in dict.fromkeys(text for _, text in questions()):
            if text.lower().startswith(low) and text.lower() != low:
                yield len(typed), text
    words = typed.split(" ")
    for count in (3, 2, 1):
        part = " ".join(words[-count:])
        if len(words) >= count and len(part.strip()) >= 2:
            for entity in names(graph).entities.values():
                if entity.kind != "Submission" and entity.label.lower().startswith(part.lower()):
                    yield len(part), entity.label


def _history() -> Path:
    """The file of the questions asked before."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    folder = state / "mlperf-kg"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "ask-history"
