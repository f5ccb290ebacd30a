"""Names near one that is not known, and what a slip of typing was meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_DIGITS = re.compile(r"\d+")
_RUNS = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_VOWELS = re.compile("[aeiou]")
_LIKE = 55
"""How alike two names are that can be meant for one another, of 100."""


def nearest(name: str, known: Iterable[str], count: int = 5) -> list[str]:
    """The known names closest to one, best first; those with the same digits come before others.

    Likeness is rapidfuzz's `ratio`, the share of letters that both have in the same order.

    >>> nearest("pytorhc", ["mxnet", "pytorch", "torch"])
    ['pytorch', 'torch']
    >>> nearest("h200", ["h100", "h200", "b200"])
    ['h200', 'b200', 'h100']
    """
    from rapidfuzz import fuzz, process

    digits = _DIGITS.findall(name)
    alike = process.extract(name, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
    scored = [(_DIGITS.findall(other) != digits, -score, other) for other, score, _ in alike]
    return [other for _, _, other in sorted(scored)[:count]]


def near_words(written: str, words: Iterable[str]) -> list[str]:
    """The known words that a slip is nearest to: letters left out, doubled or swapped, or one wrong vowel.

    Another changed letter makes another word of it ('created', 'cheated'); the first letter and all digits stay.
    """
    if len(written) < 3 or any(c.isdigit() for c in written):
        return []

    def fits(word: str, far: int) -> bool:
        longer = len(written) > len(word) + 1 and written.startswith(word)  # 'employee'
        return not longer and word[0] == written[0] and _same_letters(written, word, far)

    return _fewest_slips(written, words, 1 if len(written) < 8 else 2, fits)


def _fewest_slips(written: str, known: Iterable[str], most: int, fits: Callable[[str, int], bool]) -> list[str]:
    """The known words that fit and are the fewest slips away, so many at most."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    close = process.extract(written, list(known), scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [(far, word) for word, far, _ in close if fits(word, int(far))]
    return [word for far, word in near if far == min(f for f, _ in near)]


def _same_letters(one: str, other: str, far: int) -> bool:
    """Whether the two differ in letters left out, doubled or swapped alone; short words only in swapped ones."""
    if len(one) < 4 or len(other) < 5:
        return sorted(one) == sorted(other)
    return (
        abs(len(one) - len(other)) == far
        or (far == 1 and len(one) >= 6 and _VOWELS.sub("", one) == _VOWELS.sub("", other))
        or sorted(one) == sorted(other)
        or (far == 2 and abs(len(one) - len(other)) == 1 and not set(other).symmetric_difference(one))
    )


def near_name(written: str, names: Iterable[str]) -> str | None:
    """The folded name that a slip is nearest within reason; None when there is none, or two are as near."""
    if len(written) < 5:
        return None
    best = _fewest_slips(written, names, 1 if len(written) < 10 else 2, lambda name, far: _close(written, name))
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
