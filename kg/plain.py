"""Text that the world wrote, made safe to show: in a terminal, a page, a picture, XML or a log.

A control character acts where it is printed: ESC recolours or retitles a terminal, U+202E turns the direction of
what follows (https://unicode.org/reports/tr9/), and XML 1.0 cannot hold most of them. So they are shown, never sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACTING = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab, line feed and carriage return; DEL; C1
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # bidirectional marks; line and paragraph separators
    "\ud800-\udfff\ufffe\uffff]"  # what UTF-8 or XML has no place for
)
_SPACE = r"[ \t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+"


def shown(text: str) -> str:
    r"""The text with each character that would act written as its escape; line breaks and tabs stay.

    >>> print(shown("Acme\x1b[31m \u202eevil"))
    Acme\x1b[31m \u202eevil
    """
    if text.isprintable():
        return text
    return re.sub(_ACTING, lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    r"""The text on one line, runs of white space as one space, and as `shown` writes it.

    >>> print(one_line(" two\n lines\x07 "))
    two lines\x07
    """
    spaced = text if text.isprintable() and "  " not in text else re.sub(_SPACE, " ", text)
    return shown(spaced.strip(" "))


def in_words(name: str) -> str:
    """The name of a class, property or column in words.

    >>> in_words("AvailabilityCategory")
    'availability category'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def so_many(number: int, noun: str) -> str:
    """A number of things.

    >>> so_many(1, "result"), so_many(1200, "result")
    ('1 result', '1,200 results')
    """
    return f"{number:,} {noun}{'s' if number != 1 else ''}"


def natural(text: str) -> list[tuple[int, str]]:
    """A name as it sorts with its numbers by value, so that v4.1 stands before v10.0."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]+)", text)]


MEASURED = ("comparator", "count", "maxCount", "unit", "what", "per")
"""The qualifiers of a fact that `measured` says together with what they measure."""


def measured(value: str, said: Mapping[str, str]) -> str:
    """A number, or a thing that is counted, as a person writes it.

    >>> measured("460", {"comparator": "up to", "unit": "W"}), measured("3", {"unit": "factor"})
    ('up to 460 W', '3 times')
    >>> measured("AMD EPYC 7543", {"count": "2", "per": "node"})
    '2 × AMD EPYC 7543 per node'
    """
    count, unit = said.get("count") or said.get("maxCount"), said.get("unit")
    parts = (
        said.get("comparator"), count and f"{count} ×", value, "times" if unit == "factor" else unit, said.get("what"),
        f"per {said['per']}" if "per" in said else None,
    )  # fmt: skip
    return " ".join(filter(None, parts))
