"""Refusing well: what is not known, the nearest names, and the nearest question that has an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.ask.items import Item, unknown_texts
from kg.ask.known import Known
from kg.errors import NotUnderstood
from kg.names.entities import noun

if TYPE_CHECKING:
    from kg.ask.answer import Answer


def unknown_refusal(at: Known, items: Sequence[Item], without: Answer | None) -> NotUnderstood:
    """Why a question with unknown words is refused, with its reading without them where that has an answer."""
    said = []
    for word in unknown_texts(items):
        name = any(c.isdigit() or c.isupper() for c in word)
        kind = "Accelerator" if name and re.search(r"[A-Za-z]\d", word) else None
        near = (at.names.nearest(word, kind) or at.names.nearest(word))[:3] if name else []
        what = f"know no {noun(kind) if kind else 'name'}" if name else "do not know the word"
        said.append(f"I {what} “{word}”" + (f"; nearest: {', '.join(near)}" if near else ""))
    instead = [f"1. {without.sentence}"] if without is not None else []
    return NotUnderstood("; ".join(said), instead)
