"""Text that the world wrote, made safe to show: in a terminal, a page, a picture, XML or a log.

A control character acts where it is printed: ESC recolours or retitles a terminal, U+202E turns the direction of
what follows (https://unicode.org/reports/tr9/), and XML 1.0 cannot hold most of them. So they are shown, never sent.
"""

from __future__ import annotations

import re

_ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab, line feed and carriage return; DEL; C1
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # bidirectional marks; line and paragraph separators
    "\ud800-\udfff\ufffe\uffff]"  # what UTF-8 or XML has no place for
)
_SPACE = re.compile(r"[ \t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def shown(text: str) -> str:
    r"""The text with each character that would act written as its escape; line breaks and tabs stay.

    >>> print(shown("Acme\x1b[31m \u202eevil"))
    Acme\x1b[31m \u202eevil
    """
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    r"""The text on one line, runs of white space as one space, and as `shown` writes it.

    >>> print(one_line(" two\n lines\x07 "))
    two lines\x07
    """
    return shown(_SPACE.sub(" ", text).strip(" "))
