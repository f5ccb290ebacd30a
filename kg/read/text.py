"""Text as characters: decoded, cleaned, blanked, and what is read of raised letters."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable

from kg.errors import InputError
from kg.model.statement import Span

MAX_CHARACTERS = 5_000_000
"""The length of the longest document that is read."""

_MANGLED = re.compile("Â[\xa0-\xbf]|â€|Ã[\xa0-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_SPELLED = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "℃": "°C", "℉": "°F",
    **dict.fromkeys("\u2002\u2003\u2008\u200a\u3000", " "),
    **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf0fc", "●"),
    **dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n"),
}  # fmt: skip
_HIDDEN = [
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x200B, 0x200E, 0x200F,
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF,
]  # fmt: skip
_CLEAN = str.maketrans({**_SPELLED, **{chr(c): "" for c in _HIDDEN}})
_JOINING = "\u0600-\u0dff\u1000-\u109f\u1780-\u17ff"
_JOINERS = re.compile(f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])")
"""Joiners and non-joiners of width zero where no letters are that they shape (https://www.unicode.org/reports/tr31/)."""
BACKWARDS = re.compile("\u202e[^\u202c\n]*\u202c?")
"""What shows from its last letter to its first (https://unicode.org/reports/tr9/#Explicit_Directional_Overrides)."""
_WITHIN_NUMBER = re.compile(r"(?<!\d)[\xa0\u2007\u2009\u202f]|[\xa0\u2007\u2009\u202f](?!\d{3}(?!\d))")


def as_utf8(data: bytes, name: str) -> bytes:
    """The bytes of a file, as UTF-8 when its byte order mark says UTF-16. Raises InputError for half a character."""
    if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    try:
        return BOM_UTF8 + data.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: begins as UTF-16 and is none at byte {error.start}; save it as UTF-8") from None


def restored(text: str) -> str:
    """A text whose UTF-8 was once taken for Windows-1252 as it was before; another as it is.

    >>> restored("trainedÂ® â€“ at last"), restored("Ångström")
    ('trained® – at last', 'Ångström')
    """
    if not _MANGLED.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text: line ends as they are, without the byte order mark that may stand first.

    Raises InputError for binary data and for other encodings, with the place of the first wrong byte.
    """
    zero = data.find(b"\0")
    if zero >= 0:
        raise InputError(f"{name}: is binary (a zero byte at byte {zero}); give text, Markdown, HTML or PDF")
    try:
        text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + (len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
        line = data.count(b"\n", 0, at) + 1
        raise InputError(
            f"{name}:{line}: is not UTF-8 (byte 0x{data[at]:02x} at byte {at}); save it as UTF-8"
        ) from None
    odd = len(_CONTROL.findall(text))
    if odd * 20 > len(text):
        raise InputError(f"{name}: is binary ({odd} control characters); give text, Markdown, HTML or PDF")
    return text


def clean(extracted: str) -> str:
    """Extracted text without ligatures, characters that do not show and spaces of special widths.

    What is written backwards is left out, and spaces that part the thousands of a number stay as they are.

    >>> clean("\\N{LATIN SMALL LIGATURE FI}ne\\N{SOFT HYPHEN}tuned\\N{NO-BREAK SPACE}8x")
    'finetuned 8x'
    """
    return without_joiners(_WITHIN_NUMBER.sub(" ", BACKWARDS.sub(" ", extracted).translate(_CLEAN)))


def without_joiners(text: str) -> str:
    """A text without the joiners and non-joiners that shape none of its letters, as those of Persian or Malayalam.

    >>> without_joiners("Ac\\N{ZERO WIDTH JOINER}me")
    'Acme'
    """
    return _JOINERS.sub("", text)


def blanked(text: str, spans: Iterable[Span], kept: str = "") -> str:
    """A text with spaces in the place of spans, which come in order; the characters `kept` stay.

    >>> blanked("Acme <b>won</b>", [Span(5, 8), Span(11, 15)])
    'Acme    won    '
    """
    parts: list[str] = []
    at = 0
    for span in spans:
        start, end = max(span.start, at), min(span.end, len(text))
        if start < end:
            inside = text[start:end]
            blank = "".join(c if c in kept else " " for c in inside) if kept else " " * len(inside)
            parts += [text[at:start], blank]
            at = end
    return "".join([*parts, text[at:]])


FIRST = 5
"""Of so many things that are left out the line is told."""


def left_out(what: str, number: int, lines: Iterable[int]) -> str:
    """That so many of a kind are left out, with the lines where the first of them begin.

    >>> left_out("footnote", 3, [5, 5, 7])
    '3 footnotes are left out: line 5, 7'
    """
    told = ", ".join(dict.fromkeys(map(str, lines))) + (", …" if number > FIRST else "")
    return f"{number} {what}{'s are' if number > 1 else ' is'} left out: line {told}"


_NOTE = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})"
_MARK = re.compile(
    rf"[\[(]{{0,2}}{_NOTE}(?:(?:\s?[,;–-]\s?|[\])]?[\s,]?[\[(]|\s){_NOTE}){{0,9}}[\])]{{0,2}}|[,;–-]", re.IGNORECASE
)
_SIGNS = {"TM": "™", "(TM)": "™", "tm": "™", "(R)": "®", "SM": "℠"}
_RAISES = re.compile(r"(?:(?<![\d.,])10|(?<![\w.,-])2|\b(?:m|cm|mm|km|ft|in|s|x))$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def shown_raised(raised: str, before: str) -> str:
    """What is read of raised letters after a text: nothing of a footnote's mark, exponents as such, else all.

    >>> shown_raised("1", "16.6"), shown_raised("6", "on 2"), shown_raised("th", "4"), shown_raised("TM", "Bow")
    ('', '⁶', 'th', '™')
    """
    said = raised.strip()
    if re.fullmatch(r"[+−-]?\d{1,3}", said) and _RAISES.search(before[-8:]):
        return said.translate(_RAISED)
    if said in _SIGNS:
        return _SIGNS[said]
    return "" if said[:1] == "[" or _MARK.fullmatch(said) else raised
