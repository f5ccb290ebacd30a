"""Asking one question after another, with history and completion."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ask.answer import questions
from kg.ask.show import answer
from kg.query import names
from kg.store import Graph

_LEAVING = {"quit", "exit", ":q", "bye"}


def converse(graph: Graph, format: str, width: int) -> None:
    """Answer a question a line until the input ends or says 'quit'. 'N' alone chooses a reading of the last one."""
    last = ""
    for line in _lines(graph):
        text = line.strip()
        if text.lower() in _LEAVING:
            return
        if text.isdigit() and last:
            answer(graph, last, format, width, int(text))
        elif text:
            last = text
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
