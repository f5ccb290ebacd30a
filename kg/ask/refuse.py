"""Refusing well: what was not understood, the nearest names, and questions that can be answered."""

from __future__ import annotations

import re

from kg.ask.pattern import Pattern, patterns
from kg.ask.question import Question
from kg.errors import NotUnderstood
from kg.names.entities import noun
from kg.query import names
from kg.store import Graph


def refusal(graph: Graph, question: Question) -> NotUnderstood:
    """Why a question cannot be read, with up to three questions near it that can."""
    said = []
    for word in question.unknown:
        name = any(c.isdigit() or c.isupper() for c in word)
        kind = "Accelerator" if name and re.search(r"[A-Za-z]\d", word) else None
        near = (names(graph).nearest(word, kind) or names(graph).nearest(word))[:3] if name else []
        what = f"know no {noun(kind) if kind else 'name'}" if name else "do not know the word"
        said.append(f"I {what} “{word}”" + (f"; nearest: {', '.join(near)}" if near else ""))
    if not said and not (question.words or question.names):
        said = ["that is no question yet"]
    if not said and question.amounts:
        said = [f"I know no query that takes “{question.amounts[0].text}” here"]
    if not said:
        told = dict.fromkeys([w.text for w in question.words] + [t for n in question.names for t in n.texts])
        said = [f"I know no query that puts these together: {', '.join(told)}"]
    return NotUnderstood("; ".join(said), [example(p) for p in _near(question)])


def example(pattern: Pattern) -> str:
    """A pattern with its parameters' examples in their places."""
    text = pattern.text
    for slot in pattern.slots:
        text = text.replace("{" + slot.parameter.name + "}", slot.parameter.example or slot.parameter.kind)
    return text


def _near(question: Question) -> list[Pattern]:
    """The patterns that share most with a question, of three queries."""
    concepts = {w.concept for w in question.words}
    kinds = [n.kinds() for n in question.names]

    def shared(pattern: Pattern) -> float:
        both = len(concepts & set(pattern.words)) + sum(
            any(s.parameter.kind in k for k in kinds) for s in pattern.slots
        )
        return both - 0.3 * (len(pattern.words) + len(pattern.slots))

    found: dict[str, Pattern] = {}
    for pattern in sorted(patterns(), key=shared, reverse=True):
        found.setdefault(pattern.query.name, pattern)
    return list(found.values())[:3]
