"""Numbers in words."""

from __future__ import annotations

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
