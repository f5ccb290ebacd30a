"""Numbers in words: counts, and the ordinals of generations."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SMALL = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = (
    {word: n for n, word in enumerate(_SMALL, 1)}
    | {word: n * 10 for n, word in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": t * 10 + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_SMALL[:9], 1)}
    | {"single": 1, "dual": 2, "quad": 4}
)
"""What a count is worth that is written in words."""

_ORDINALS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "7th": "seventh"
}  # fmt: skip
_GENERATION = re.compile(r"\b(\d(?:st|nd|rd|th)) Gen(?:eration)?\b")


def generations(name: str) -> Iterator[str]:
    """The other spellings of the generation in a name.

    >>> list(generations("3rd Gen Acme Core"))
    ['3rd Gen Acme Core', '3rd generation Acme Core', 'third Gen Acme Core', 'third generation Acme Core']
    """
    found = _GENERATION.search(name)
    if found and found[1] in _ORDINALS:
        for ordinal in (found[1], _ORDINALS[found[1]]):
            for noun in ("Gen", "generation"):
                yield f"{name[: found.start()]}{ordinal} {noun}{name[found.end() :]}"
