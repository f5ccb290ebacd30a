"""Seeing the words of a pattern in a question, and what it costs where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.ask.pattern import Pattern, choices_of, columns_of
from kg.ask.question import Question, Word
from kg.ask.words import Words
from kg.names.entities import noun
from kg.query import ANY

SOURCE = Decimal("0.4")
"""What it costs when the pattern says where the answer comes from, and the question does not."""
NOUNS = {
    "organization", "system", "accelerator", "processor", "framework", "software", "benchmark", "round",
    "division", "category",
}  # fmt: skip
"""The words for classes of things."""

_LIGHT = Decimal("0.1")  # a verb such as 'use' stands in one of the two only, or differs
_WHO = Decimal("0.35")  # the pattern asks who, the question has no word for it: 'PyTorch BERT'
_NOUN = Decimal("0.45")  # the same, for another class of things
_ASIDE = Decimal("0.05")  # the question says where the answer has to come from, the pattern does not


@dataclass(frozen=True, slots=True)
class Matched:
    """What it costs to see a pattern's words in a question, the words left, and the word for each of the pattern's."""

    cost: Decimal
    rest: list[Word]
    heard: list[Word | None]


def match_words(question: Question, pattern: Pattern, words: Words) -> Matched | None:
    """The words of a pattern in a question; None when one that matters is missing, or the source is another."""
    sourced = _sourced(question, pattern, words)
    if sourced is None:
        return None
    cost, said = sourced
    rest = list(question.words)
    heard: list[Word | None] = []
    for concept in pattern.words:
        same = sorted((w for w in rest if w.concept == concept), key=lambda w: w.beside)
        if not same and concept == "organization":  # 'submissions with PyTorch' are those of whom
            same = [w for w in rest if w.concept == "submission"]
            cost += _LIGHT * bool(same)
        heard.append(same[0] if same else None)
        if same:
            rest.remove(same[0])
            continue
        missing = _missing(concept, question, pattern, heard, words)
        if missing is None:
            return None
        cost += missing
    who = "organization" in columns_of(pattern.query) and not any("Organization" in n.kinds() for n in question.names)
    if who and any(w.concept == "organization" for w in rest):  # the rows say who
        said.add("organization")
        cost += _LIGHT
    loose = [w for w in rest if w.concept in words.loose]
    anything = any(s.parameter.type == ANY for s in pattern.slots)
    if loose and anything and all(c in words.light or c in NOUNS for c in pattern.words):
        return None  # 'what is' anything, but not what it used
    cost += _LIGHT * max(len(loose), sum(c in words.light for c, w in zip(pattern.words, heard, strict=True) if w is None))
    said |= {w.concept for w in heard if w}
    if any(n.joined == "and" and "Organization" not in n.kinds() for n in question.names):
        said.add("both")
    rest = [w for w in rest if not (w.concept in words.loose or w.beside or w.concept in said)]
    return Matched(cost, rest, heard)


def _missing(
    concept: str, question: Question, pattern: Pattern, heard: list[Word | None], words: Words
) -> Decimal | None:
    """What it costs that a question lacks a word of a pattern; None when it must not."""
    if concept in words.light:
        return Decimal(0)
    if concept in words.sources:
        return SOURCE
    if concept == "organization" and (question.names or question.amounts or any(heard)):
        return _WHO
    if concept in NOUNS and any(noun(k).endswith(concept) for n in question.names for k in n.kinds()):
        return _LIGHT
    plain = all(c in NOUNS or c in words.light or c in words.sources for c in pattern.words)
    return _NOUN if concept in NOUNS and question.names and plain else None


def _sourced(question: Question, pattern: Pattern, words: Words) -> tuple[Decimal, set[str]] | None:
    """The cost of the words that say where an answer has to come from, and those words.

    Of a query that can ask several sources they choose one (`kg.ask.rows.chosen_values`); None when the
    query asks another source.
    """
    cost, said = Decimal(0), set()
    for concept in {w.concept for w in question.words} & words.sources.keys():
        source = words.sources[concept]
        if concept in pattern.words:
            continue  # there it is a word like others: 'which claims does NVIDIA make'
        if not any(source.choice == v for p in pattern.query.parameters for _, v in choices_of(p, words)):
            if not source.has(pattern.query.tags):
                return None
            said.add(concept)
        cost += _ASIDE
    return cost, said
