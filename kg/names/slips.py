"""Names near one that is not known, and what a slip of typing was meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_DIGITS = re.compile(r"\d+")
_VOWELS = re.compile("[aeiou]")
_RUNS = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
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
    """The known words that one which is no word is nearest to: one letter wrong, left out, added or swapped, or two.

    Swapped letters come before left out, added and other ones, and vowels before consonants. Of short words only
    letters in between are left out or swapped ('lng', 'tset'). The first letter stays.
    """
    if len(written) < 2 or not written.isalpha():
        return []

    def fits(word: str) -> bool:
        longer = len(written) > len(word) + 1 and written.startswith(word)  # 'employee'
        return not longer and word[0] == written[0] and (len(written) > 3 or _in_between(written, word))

    near = _fewest_slips(written, words, 1 if len(written) < 8 else 2, fits)
    kinds = [_kind(written, word) for word in near]
    return [word for kind, word in zip(kinds, near, strict=True) if kind == min(kinds)]


def _kind(written: str, word: str) -> int:
    """How unlike a slip a word is: 0 for letters swapped, then left out, then added, then one vowel for another."""
    vowels = _VOWELS.sub("", written) == _VOWELS.sub("", word)
    kinds = (sorted(written) == sorted(word), len(word) > len(written), len(word) < len(written), vowels, True)
    return kinds.index(True)


def _in_between(short: str, word: str) -> bool:
    """Whether a word has the letters of a short one in another order, or another one between its first and last."""
    return sorted(short) == sorted(word) or (len(word) > len(short) and word[-1] == short[-1])


def _fewest_slips(written: str, known: Iterable[str], most: int, fits: Callable[[str], bool]) -> list[str]:
    """The known words that fit and are the fewest slips away, so many at most."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    close = process.extract(written, list(known), scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [(far, word) for word, far, _ in close if fits(word)]
    return [word for far, word in near if far == min(f for f, _ in near)]


def near_name(written: str, names: Iterable[str]) -> str | None:
    """The folded name that a slip is nearest within reason; None when there is none, or two are as near."""
    if len(written) < 5:
        return None
    best = _fewest_slips(written, names, 1 if len(written) < 10 else 2, lambda name: _close(written, name))
    return best[0] if len(best) == 1 else None


def _close(written: str, known: str) -> bool:
    """Whether a name may be a slip of another: digits, short runs of letters and the first letter are equal."""
    ours, theirs = _RUNS.findall(written), _RUNS.findall(known)
    if len(ours) != len(theirs) or written[:1] != known[:1]:
        return False
    unlike = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return all(min(len(a), len(b)) >= 5 and not (a[0].isdigit() or b[0].isdigit()) for a, b in unlike)
