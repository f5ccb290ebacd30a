"""The view of a text: the text without its mark-up, every character in its place.

It is a string of the same length in which mark-up, trademark signs, footnote marks and line ends are spaces,
so that a span of the view is a span of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from html import unescape

from kg.read.text import shown_raised

_SIGN = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|\\?[*†‡§¶]{1,3})"
_SIGNS = rf"{_SIGN}(?:\s?[,;–-]\s?{_SIGN}){{0,9}}"
_UNIT = r"(?=\s?(?:s|secs?|seconds?|min|mins|minutes?|hours?|days?|%|percent|x|×|[GT]i?B|GPUs?|TPUs?|IPUs?|chips|nodes|accelerators)(?!\w))"
_RAISED = "¹²³⁰⁴-⁹⁽⁾⁺⁻ᵃ-ᵛʰⁱʲˡⁿˢʷˣʸᶜᶠᶻᴬᴮᴰ-ᴿᵀᵁⱽᵂ①-⓿❶-➓"
_OPENED = "|".join(rf"(?<=[$]{'[0-9.,]' * size})" for size in range(1, 7))
"""A number after a dollar."""
_MARKUP = re.compile(
    rf"""(?=[][*_`\\<h®™℠©†‡§¶(T&~^#${_RAISED}])    # how any of these begins
    (?:
        \[{{1,2}}\\?\[?{_SIGNS}\\?\]{{1,2}}\(\#[^)\s]{{0,200}}\)   # a mark that leads to its note
      | (?<=\w)\[{_SIGNS}\]\([^)\s]{{0,2000}}\)
      | \]\((?:[^()\s]|\([^()\s]{{0,200}}\)){{0,2000}}\)     # the target of a Markdown link
      | \[[A-Z]{{1,3}}\d{{1,3}}\]   # the marks of a word processor's comments
      | \[\^[\w-]{{1,30}}\]      # the marks of footnotes
      | \[(?:notes?|ref|fn|footnote)[.:]?\s?\d{{1,3}}\]|(?<=\w)\[[a-z]\]
      | (?<=\d\s)(?:\\?\*){{1,3}}(?=\s[a-z])|(?<=\d)(?:\\\*){{1,3}}
      | \\?\[\d{{1,3}}(?:\s?[,;–-]\s?\d{{1,3}}){{0,9}}\\?\]
      | (?<=\d)\[[^][\n]{{1,30}}\](?!\()(?<!\d\.\d\])|(?<=\d\s)\[[^][\n]{{1,30}}\]{_UNIT}
      | (?<=\d\s)\((?:[a-z]|\*)\)(?=[ ]{{0,20}}\|)
      | (?:(?<=\d)|(?<=\d\s))\((?:\d|[a-z]|\*|[^()\d\n]{{2,30}}|[^()\d\n]{{2,20}}\d{{1,2}})\){_UNIT}
      | (?:(?<=[\w.%)])|(?<=\w\s))\^(?:\[\^?\d{{1,2}}\]|(?:\d{{1,2}}|[a-z]|TM|SM|R|\(?R\)?)\^)
      | (?<=\d[.,]\d)\^(?:\d{{1,2}}|\{{\d{{1,2}}\}}|\(\d{{1,2}}\))|(?<=\d[.,]\d\d)\^(?:\d{{1,2}}|\{{\d{{1,2}}\}}|\(\d{{1,2}}\))
      | \$\^\{{?\w{{1,2}}\}}?\$|\$(?=(?!10\^)\d[\d.,]{{0,5}}(?:\^\{{?\w{{1,2}}\}}?)?\$(?!\d))   # numbers and marks in TeX
      | (?<=\d)(?<!10)\^\{{?\w{{1,2}}\}}?\$(?!\d)|(?:{_OPENED})\$(?!\d)
      | (?:(?<=\d)|(?<=\d\s))\#\d{{0,2}}(?!\w)
      | (?:(?<=[\w.,;:%)"”])|(?<=[\d\w]\s))(?P<up>[{_RAISED}]+(?:,[{_RAISED}]+){{0,9}})(?!\w)
      | (?<=[\w.,;:%)"”])(?P<mid>[{_RAISED}]+)
      | [\[\]](?=\S)|(?<=\S)\] # the brackets of a link
      | ~~[^~]{{1,2000}}~~|(?<![\w~])~(?=[^\s~])[^~\n]{{1,500}}(?<=[^\s~])~(?![\w~])
      | (?<!\d)\*{{2,3}}|\*{{2,3}}(?!\d)|\*(?=[^\s*\d])|(?<![\d*])\*(?=\d)|(?<=[^\s\\*])\*(?![\d*])|(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\W_])|`+|\\(?=[*_\[\]()#`])
      | <(?P<raised>sup)\b[^<>]{{0,200}}>(?:(?!</?sup\b).){{1,300}}?</sup\s?>
      | (?<=\w)<a\b[^<>]{{0,300}}href=["']?\#[^<>]{{0,300}}>\[?{_SIGNS}\]?</a>
      | </?[a-zA-Z][^<>\n]{{0,300}}>
      | <https?://[^>\s]{{0,2000}}>|https?://\S+
      | &(?:[a-zA-Z]\w{{1,10}}|\#\d{{2,6}}|\#[xX][0-9a-fA-F]{{2,5}});
      | [®™℠©]|[†‡§¶](?:\d{{1,2}}(?![\w.]))?
      | (?P<escape>(?<=\w)\\(?=[.,:%-]))  # of what would be a sign of the mark-up
      | \(R\)|\(TM\)|\(tm\)|(?-i:(?<=[a-z])TM)\b
    )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_UNSHOWN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0e-\x1f\x7f"
)
_FILLER = "\u2060"
_MARKS = re.compile(r"[][\\\s]")
_HAS_UNSHOWN = re.compile(f"[{_UNSHOWN}]")
_WORD = re.compile(r"\S+")
_SPACE = re.compile(
    r"[\r\n\t\u2028\u2029\x0b\x0c\u2000-\u2006\u2008\u200a\u205f\u3000]|[\xa0\u2007\u2009\u202f](?!(?<=\d.)\d{3}(?!\d))"
)
_ALIKE = str.maketrans({
    **{digit: str(int(digit)) for digit in filter(str.isdecimal, map(chr, range(0x660, 0x20000)))},
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("\u2010\u2011\u2212", "-"), "ʼ": "’", "\u066b": ".", "\u066c": ",",
    "\u2024": ".", "\ufe52": ".",
})  # fmt: skip
_POINT = re.compile(r"(?<![\w.,/-])(?:0([.,])\d{1,6}|\d{1,6}([.,])(?:\d{1,2}|\d{4,6}))(?![\w.,/-]*\d)(?=[ ]?[\w%×-])")


def mask(text: str) -> str:
    """The view of a text: same length, mark-up, marks of footnotes and line ends as spaces.

    Characters that do not show are moved, as spaces, to the end of their word.
    """
    plain = _MARKUP.sub(_masked, text)
    if _HAS_UNSHOWN.search(plain):
        plain = _WORD.sub(lambda word: _HAS_UNSHOWN.sub("", word[0]).ljust(len(word[0])), plain)
    return _SPACE.sub(" ", plain.translate(_ALIKE))


def closed_up(view: str, text: str) -> tuple[str, list[int]]:
    """A view of a text without the spaces that stand for mark-up, and for each of its characters the place in the view.

    One space is left where nothing else parts two words.

    >>> closed_up("Acme     ZX9     won", "Acme&reg; ZX9&reg; won")[0]
    'Acme ZX9 won'
    """
    kept: list[int] = []
    for at, char in enumerate(view):
        masked = char == " " and not text[at].isspace()
        if not masked or not (kept and view[kept[-1]] == " "):
            kept.append(at)
        if char == " " and not masked and len(kept) > 1 and view[kept[-2]] == " " and not text[kept[-2]].isspace():
            del kept[-2]
    return "".join(view[at] for at in kept), kept


def _masked(match: re.Match[str]) -> str:
    """Spaces in the place of mark-up, but what it stands for where that shows."""
    found = match[0]
    before = match.string[max(0, match.start() - 8) : match.start()]
    shown = _FILLER if match["escape"] else ""
    if found[0] == "&":
        shown = unescape(found)
        shown = "" if len(shown) != 1 or shown in "<&" or _MARKUP.fullmatch(shown) else shown
        shown = shown_raised(unicodedata.normalize("NFKC", shown), before) if shown in "¹²³" else shown
    elif match["raised"]:
        shown = shown_raised(_MARKS.sub("", unescape(re.sub(r"<[^<>]*>|\]\([^)]*\)", "", found))), before)
        shown = "" if shown in "™®℠" else shown
    elif raised := match["up"] or match["mid"]:
        plain = unicodedata.normalize("NFKC", raised)
        noted = raised[0] > "⅋" or (raised[0] == "⁽" and plain[1:2].isalpha())
        shown = "" if noted or shown_raised(plain, before) in ("", "™", "®", "℠") else raised
    return shown.ljust(len(found), _FILLER) if shown else " " * len(found)


@lru_cache(maxsize=8)
def decimal_point(text: str) -> str:
    """The sign that a text has before decimals: '.' or ','; '' when nothing tells it.

    >>> decimal_point("in 16.6 minutes"), decimal_point("in 16,6 minutes"), decimal_point("1.250 of v2.0")
    ('.', ',', '')
    """
    signs = Counter(m[1] or m[2] for m in _POINT.finditer(text)).most_common()
    return signs[0][0] if signs and sum(n for _, n in signs) <= 1.25 * signs[0][1] else ""
