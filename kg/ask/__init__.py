"""Questions in plain words: text, items, a frame, one SPARQL query, and an answer that says how it was read.

`items` finds names, numbers and the parts of words (`queries/words.toml`), `reading` decides what they mean
together as a `Frame`, `query` and `statements` make a frame a query, `calculate` makes its rows an answer. What is
not understood is refused, and said.
"""

from __future__ import annotations

from kg.ask.answer import ask, frame_of
from kg.ask.frame import Frame
from kg.ask.results import Answer
from kg.errors import NotUnderstood

__all__ = ["Answer", "Frame", "NotUnderstood", "ask", "frame_of"]
