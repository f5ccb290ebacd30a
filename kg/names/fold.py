"""Names as they are compared: letters and digits only, lower case, with a dot kept between digits.

So 'A100-SXM4-80GB' and 'a100 SXM4 80 GB' are one name, while 'v1.1' and 'v11' are two.

>>> fold("NVIDIA® A100-SXM4-80GB"), fold("v2.0")
('nvidiaa100sxm480gb', 'v2.0')
"""

from __future__ import annotations

import re
from functools import lru_cache

_KEPT = re.compile(r"[^\W_]+|(?<=\d)\.(?=\d)")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name as it is compared."""
    return "".join(_KEPT.findall(lower(name)))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded characters, and for each its place in the text."""
    parts: list[str] = []
    places: list[int] = []
    for run in _KEPT.finditer(lower(text)):
        parts.append(run[0])
        places += range(*run.span())
    return "".join(parts), places


def lower(text: str) -> str:
    """A text in lower case, each character still one: places in it are places in the text."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
