"""Slips of typing: names and words that are a letter or two away. Digits have to be equal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.ask.words import Words

_RUNS = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")


def distance(one: str, other: str, most: int, change: int = 1) -> int:
    """How many letters have to be put in, left out, changed or swapped; `most` + 1 when more than that.

    A changed letter counts as `change`.

    >>> distance("pytroch", "pytorch", 2), distance("nvida", "nvidia", 2), distance("h3c", "hpe", 1)
    (1, 1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + change * (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _allowed(word: str) -> int:
    return 0 if len(word) < 5 else 1 if len(word) < 10 else 2


def slip(written: str, known: str, change: int = 1) -> int | None:
    """By how many letters a written name differs from a known one; None when it must be another name.

    Digits are equal in both, so are runs of fewer than five letters, and the first letter.

    >>> slip("grapchore", "graphcore"), slip("resnt50", "resnet50"), slip("h200", "h100"), slip("nf5488m5", "nf5488a5")
    (1, 1, None, None)
    """
    ours, theirs = _RUNS.findall(written), _RUNS.findall(known)
    if len(ours) != len(theirs) or written[:1] != known[:1]:
        return None
    total = 0
    for one, other in zip(ours, theirs, strict=True):
        most = 0 if one[0].isdigit() or other[0].isdigit() else min(_allowed(one), _allowed(other))
        far = distance(one, other, most, change)
        if far > most:
            return None
        total += far
    return total


def nearest_name(written: str, known: Iterable[str]) -> str | None:
    """The folded name that is nearest within reason; None when there is none, or two are as near."""
    near = sorted((far, name) for name in known if (far := slip(written, name)) is not None)
    best = [name for far, name in near if far == near[0][0]]
    return best[0] if len(best) == 1 else None


def nearest_word(written: str, words: Words) -> str | None:
    """The known word that is nearest within reason, where it is clear what it stands for.

    A changed letter makes another word of it ('created', 'cheated'), so only left out, doubled and swapped
    ones are slips.
    """
    single = [phrase[0] for phrase in words.means if len(phrase) == 1 and len(phrase[0]) >= 5]
    near = sorted((far, word) for word in single if (far := slip(written, word, 3)) is not None and far < 2)
    best = [word for far, word in near if far == near[0][0]]
    return best[0] if len({words.means[(word,)] for word in best}) == 1 else None
