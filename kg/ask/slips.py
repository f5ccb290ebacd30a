"""Slips of typing: the known word or name that a word of a question is nearest to."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.ask.words import Token, Words
from kg.model.statement import Entity
from kg.names.entities import Names

_RUNS = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")


def slip(found: list[Token], at: int, names: Names) -> tuple[int, tuple[Entity, ...], str] | None:
    """What a name with a slip of typing is: tokens, entities, and how it is spelled."""
    for size in (2, 1):
        part = found[at : at + size]
        if len(part) == size and all(t.text[:1].isalnum() for t in part):
            key = _near_name("".join(t.low for t in part), names)
            entities = tuple(e for e in names.spelled(key) if e.kind != "Submission") if key else ()
            if entities:
                return size, entities, entities[0].label
    return None


def near_words(written: str, words: Words) -> list[str]:
    """The known words that a slip is nearest to: letters left out, doubled or swapped, none changed.

    A changed letter makes another word of it ('created', 'cheated'); the first letter and all digits stay.
    """
    if len(written) < 3 or any(c.isdigit() for c in written):
        return []
    most = 1 if len(written) < 8 else 2
    close = process.extract(written, list(words.parts), scorer=OSA.distance, score_cutoff=most, limit=None)
    fits = [(far, word) for word, far, _ in close if word[0] == written[0] and _same_letters(written, word, int(far))]
    return [word for far, word in fits if far == min(f for f, _ in fits)]


def _same_letters(one: str, other: str, far: int) -> bool:
    """Whether the two differ in letters left out, doubled or swapped alone; short words only in swapped ones."""
    if len(one) < 4 or len(other) < 5:
        return sorted(one) == sorted(other)
    return (
        abs(len(one) - len(other)) == far
        or sorted(one) == sorted(other)
        or (far == 2 and abs(len(one) - len(other)) == 1 and not set(other).symmetric_difference(one))
    )


def _near_name(written: str, names: Names) -> str | None:
    """The folded name that is nearest within reason; None when there is none, or two are as near."""
    if len(written) < 5:
        return None
    most = 1 if len(written) < 10 else 2
    close = process.extract(written, names.folded.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [(far, name) for name, far, _ in close if _close(written, name)]
    best = [name for far, name in near if far == min(f for f, _ in near)]
    return best[0] if len(best) == 1 else None


def _close(written: str, known: str) -> bool:
    """Whether a name may be a slip of another: digits, short runs of letters and the first letter are equal."""
    ours, theirs = _RUNS.findall(written), _RUNS.findall(known)
    return (
        len(ours) == len(theirs)
        and written[:1] == known[:1]
        and all(
            a == b or (min(len(a), len(b)) >= 5 and not a[0].isdigit() and not b[0].isdigit())
            for a, b in zip(ours, theirs, strict=True)
        )
    )
