"""The view of a text: the text without its mark-up, every character in its place.

It is a string of the same length in which mark-up, trademark signs, footnote marks and line ends are spaces,
so that a span of the view is a span of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import unescape

from kg.read.text import shown_raised

_MARKUP = re.compile(
    r"""(?=[][*_`\\<h®™©†‡§¶(T&~^#{$¹²³⁰-⁹])    # how any of these begins
    (?:
        \]\([^)\s]{0,2000}\)     # the target of a Markdown link
      | \[[A-Z]{1,3}\d{1,3}\]   # the marks of a word processor's comments
      | \[\^[\w-]{1,30}\]      # the marks of footnotes
      | \[(?:notes?|ref|fn|footnote)\.?\s?\d{1,3}\]|(?<=\w)\[[a-z]\]|(?<=\d)\{\d{1,2}\}|(?<=\w)\$\^\{?\d{1,2}\}?\$
      | (?<=\d\s)\*(?=\s[a-z])
      | \[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\]
      | (?:(?<=\d)|(?<=\d\s))\(\d\)(?=\s?(?:s|secs?|seconds?|min|mins|minutes?|hours?|%|x|×|GPUs?|chips)(?!\w))
      | (?<=[\w.%)])\^(?:\[\^?\d{1,2}\]|(?:\d{1,2}|[a-z])\^)
      | (?<=\d)\#(?!\w)
      | (?<=[\w.,;:%)"”])[¹²³⁰⁴-⁹]+
      | [\[\]](?=\S)|(?<=\S)\] # the brackets of a link
      | ~~[^~]{1,500}~~
      | \*{2,3}|\*(?=\S)|(?<=[^\s\\])\*|(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\W_])|`+|\\(?=[*_\[\]()#`])
      | <!--(?:(?!-->).){0,5000}-->
      | <(?P<raised>sup)\b[^<>]{0,200}>(?:<a\b[^<>]{0,300}>)?[^<>]{1,60}(?:</a>)?</sup>
      | <(?P<unshown>\w{1,20})\b[^<>]{0,200}(?:\bhidden\b|display\s?:\s?none)[^<>]{0,200}>[^<>]{0,2000}</(?P=unshown)>
      | <(?P<struck>del|s|strike|script|style)\b[^<>]{0,200}>[^<>]{0,2000}</(?P=struck)>
      | </?[a-zA-Z][^<>\n]{0,300}>
      | <https?://[^>\s]{0,2000}>|https?://\S+
      | &(?:[a-zA-Z]{2,8}|\#\d{2,6}|\#x[0-9a-fA-F]{2,5});
      | [®™©†‡§¶]
      | \(R\)|\(TM\)|(?<=[a-z])TM\b
    )""",
    re.VERBOSE | re.DOTALL,
)
_UNSHOWN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f"
_HAS_UNSHOWN = re.compile(f"[{_UNSHOWN}]")
_WORD = re.compile(r"\S+")
_SPACE = re.compile(
    r"[\r\n\t\u2028\u2029\x0b\x0c\u2000-\u2006\u2008\u200a\u205f\u3000]|[\xa0\u2007\u2009\u202f](?!(?<=\d.)\d{3}(?!\d))"
)
_ALIKE = str.maketrans({
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("\u2010\u2011\u2212", "-"), "ʼ": "’",
})  # fmt: skip
_POINT = re.compile(r"(?<![\w.,/-])(?:0([.,])\d{1,6}|\d{1,6}([.,])(?:\d{1,2}|\d{4,6}))(?![\w.,/-]*\d)(?=[ ]?[\w%×-])")


def mask(text: str) -> str:
    """The view of a text: same length, mark-up, marks of footnotes and line ends as spaces.

    Characters that do not show are moved, as spaces, to the end of their word.
    """
    plain = _MARKUP.sub(_masked, text)
    if _HAS_UNSHOWN.search(plain):
        plain = _WORD.sub(_closed_up, plain)
    return _SPACE.sub(" ", plain.translate(_ALIKE))


def _masked(match: re.Match[str]) -> str:
    """Spaces in the place of mark-up, but what it stands for where that shows."""
    found, shown = match[0], ""
    if found[0] == "&":
        shown = unescape(found)
        shown = shown if len(shown) == 1 and shown not in "<&" and not shown.isspace() else ""
    elif match["raised"]:
        before = match.string[max(0, match.start() - 8) : match.start()]
        shown = shown_raised(re.sub(r"<[^<>]*>", "", found), before)
    elif found[0] in "¹²³⁰⁴⁵⁶⁷⁸⁹":
        before = match.string[max(0, match.start() - 8) : match.start()]
        shown = found if shown_raised("2", before) else ""
    return shown.ljust(len(found))


def _closed_up(match: re.Match[str]) -> str:
    return _HAS_UNSHOWN.sub("", match[0]).ljust(len(match[0]))


@lru_cache(maxsize=8)
def decimal_point(text: str) -> str:
    """The sign that a text has before decimals: '.' or ','; '' when nothing tells it.

    >>> decimal_point("in 16.6 minutes"), decimal_point("in 16,6 minutes"), decimal_point("1.250 of v2.0")
    ('.', ',', '')
    """
    signs = Counter(m[1] or m[2] for m in _POINT.finditer(text)).most_common()
    return signs[0][0] if signs and sum(n for _, n in signs) <= 1.25 * signs[0][1] else ""
