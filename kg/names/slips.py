"""Names near one that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGITS = re.compile(r"\d+")
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
    from rapidfuzz.fuzz import ratio

    digits = _DIGITS.findall(name)
    scored = [
        (_DIGITS.findall(other) != digits, -alike, other)
        for other in known
        if (alike := ratio(name, other, score_cutoff=_LIKE))
    ]
    return [other for _, _, other in sorted(scored)[:count]]
