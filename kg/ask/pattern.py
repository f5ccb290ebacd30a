"""The question patterns in the headers of the query files, taken apart like questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.ask.words import Words, load_words, stem, tokens
from kg.query import CannedQuery, Parameter, queries

_BOUND = re.compile(r"(?i)\b((?:[a-z]+ ){0,2}?[a-z]+) so many (\w+)")
_ONE_OF = re.compile(r"(?i)\bone of ([\w-]+(?:,? (?:and |or )?[\w-]+)*)")
_OUTPUT = re.compile(r"\?(\w+)")
_ALIAS = re.compile(r"\(\s*[A-Z_]+\s*\((?:[^()]|\([^()]*\))*\bAS\s+\?(\w+)\s*\)", re.IGNORECASE)
_POLAR = re.compile(r"(?i)(?:did|does|do|is|are|was|were|has|have)\b")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value in a pattern, and the word before it."""

    parameter: Parameter
    before: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to ask a canned query. `order` has the words and slots in order, each as its list and place in it."""

    query: CannedQuery
    text: str
    words: tuple[str, ...]
    slots: tuple[Slot, ...]
    polar: bool
    order: tuple[tuple[str, int], ...]


def numeric(parameter: Parameter) -> bool:
    """Whether a parameter takes a number."""
    return parameter.kind in ("integer", "decimal", "double")


def bound_of(parameter: Parameter, words: Words) -> tuple[str, str] | None:
    """The comparison and the unit of a numeric parameter, from its description: 'At least so many minutes'."""
    said = _BOUND.search(parameter.description)
    if said is None or not numeric(parameter):
        return None
    found = tokens(said[1])
    for at in range(len(found)):
        size, sign = words.comparison(found, at)
        if sign and at + size == len(found):
            concepts = words.concepts(tokens(said[2]), 0)[1]
            return sign, concepts[0] if concepts else stem(said[2])
    return None


def choices_of(parameter: Parameter, words: Words) -> list[tuple[tuple[str, ...], str]]:
    """The values that a text parameter takes, each after its concepts, those of more words first.

    They are its choices, or 'Only one of a, b, c' in its description; a source that is asked by one of them
    is another way to say it.
    """
    said = _ONE_OF.search(parameter.description) if parameter.kind == "string" else None
    values = parameter.choices or (re.split(r"(?:,| and | or )\s*", said[1]) if said else ())
    found = [(_concepts(value, words), value.strip()) for value in values if value.strip()]
    found += [((name,), source.choice) for name, source in words.sources.items() if source.choice in values]
    return sorted(found, key=lambda choice: -len(choice[0]))


def _concepts(text: str, words: Words) -> tuple[str, ...]:
    """What the words of a text stand for in patterns."""
    found, at = tokens(text), 0
    concepts: list[str] = []
    while at < len(found):
        size, said = words.concepts(found, at)
        concepts += said if said is not None else [stem(found[at].low)]
        at += size or 1
    return tuple(concepts)


def columns_of(query: CannedQuery) -> tuple[str, ...]:
    """The columns of a query's answer."""
    head = re.split(r"\bWHERE\b", re.sub(r"(?m)#.*$", "", query.text).partition("SELECT")[2], maxsplit=1)[0]
    return tuple(_OUTPUT.findall(_ALIAS.sub(r"?\1", head)))


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of all queries."""
    words = load_words()
    return tuple(_pattern(query, text, words) for query in queries() for text in query.questions)


@cache
def stems() -> frozenset[str]:
    """The concepts that occur in patterns."""
    return frozenset(word for pattern in patterns() for word in pattern.words)


def _pattern(query: CannedQuery, text: str, words: Words) -> Pattern:
    found = tokens(text)
    concepts: list[str] = []
    slots: list[Slot] = []
    order: list[tuple[str, int]] = []
    at, before = 0, ""
    while at < len(found):
        size, sign = words.comparison(found, at)
        if sign and at + size < len(found) and found[at + size].text.startswith("{"):
            at += size
            continue
        token = found[at]
        if token.text.startswith("{"):
            parameter = query.parameter(token.text[1:-1])
            if not parameter.literal:
                order.append(("slot", sum(not s.parameter.literal for s in slots)))
            slots.append(Slot(parameter, before))
            at += 1
            if numeric(parameter) and at < len(found):
                at += words.concepts(found, at)[0]
            continue
        size, said = words.concepts(found, at)
        said = said if said is not None else (stem(token.low),)
        order += [("word", len(concepts) + i) for i in range(len(said))]
        concepts += said
        at += size or 1
        before = found[at - 1].low if found[at - 1].low not in ("the", "a", "an") else before
    return Pattern(query, text, tuple(concepts), tuple(slots), bool(_POLAR.match(text)), tuple(order))
