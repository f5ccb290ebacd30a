"""Plain text: decoding, and the organizations' names that stand alone on a line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Span
from kg.read.outline import GENERAL, Heading, fold
from kg.read.rounds import find_round

_ORGANIZATION_END = re.compile(r"\b(?:Inc|Ltd|LTD|Co|Corp|LLC|GmbH|S\.A)\.$")
_SMALL = frozenset("of and the for de at in & + / - –".split())
_BULLET = re.compile(r"(?:[-*+●•·▪◦–‣>#|]|\(?\d{1,2}[.)]\s|\[)")


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text: line ends as they are, without a byte order mark at the start.

    Raises InputError for binary data and for other encodings, with the place of the first wrong byte.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name}: is UTF-16, not UTF-8; save it as UTF-8")
    zero = data.find(b"\0")
    if zero >= 0:
        raise InputError(f"{name}: is binary (a zero byte at byte {zero}); give text, Markdown, HTML or PDF")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a byte order mark is not counted by the decoder
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = data.count(b"\n", 0, at) + 1
        raise InputError(
            f"{name}:{line}: is not UTF-8 (byte 0x{data[at]:02x} at byte {at}); save it as UTF-8"
        ) from None
    odd = sum(1 for c in text if c < " " and c not in "\t\n\r\f\v\x1b")
    if odd * 20 > len(text):
        raise InputError(f"{name}: is binary ({odd} control characters); give text, Markdown, HTML or PDF")
    return text


_SPELLED = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    **dict.fromkeys("\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000", " "),
    **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf0fc", "●"),
    **dict.fromkeys("\u2028\u2029", "\n"),
}  # fmt: skip
_INVISIBLE = [*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010),
              *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF]  # fmt: skip
_CLEAN = str.maketrans({**_SPELLED, **{chr(c): "" for c in _INVISIBLE}})


def clean(extracted: str) -> str:
    """Extracted text without ligatures, characters that do not show and spaces of special widths."""
    return extracted.translate(_CLEAN)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without white space around it
    indent: int
    blank_before: bool
    page_top: bool

    @property
    def prose(self) -> bool:
        """Whether it reads as (the start of) a paragraph."""
        words = self.text.split()
        return len(words) >= 5 and not _BULLET.match(self.text) and any(w[0].islower() for w in words)

    @property
    def ends_sentence(self) -> bool:
        return re.search(r"[.!?][\"”’')\]*]*$", self.text) is not None


def plain_headings(text: str, names: Collection[str] = (), start: int = 0) -> tuple[Heading, ...]:
    """The title and the lines that are an organization's name and nothing else.

    Such a line is short, is capitalized, ends no sentence, follows the end of a paragraph and is
    followed by prose. Besides, the name is one of `names` (spelling folded), or the prose repeats it,
    or it starts a page, or it directly follows the end of a sentence like the headings found so.
    """
    lines = _lines(text, start)
    known = {fold(n) for n in names}
    title = next((i for i, line in enumerate(lines) if len(line.text) < 120 and not line.ends_sentence and find_round(line.text)), None)
    width = max((len(line.text) for line in lines), default=0)
    found: dict[int, Heading] = {}
    maybe: dict[int, Heading] = {}
    first = 0 if title is None else title + 1
    for i in range(first, len(lines) - 1):
        line, following = lines[i], lines[i + 1]
        named = fold(line.text) in known
        if not (named or _like_a_name(line)) or not following.prose:
            continue
        before = lines[i - 1] if i > first else None
        if before and not _paragraph_ends(before, line, lines[i - 2] if i - 1 > first else None, width):
            continue
        heading = Heading(line.text, 2, Span(line.start, line.start + len(line.text)))
        if named or line.page_top or _recurs(line.text, text[following.start : following.start + 800]):
            found[i] = heading
        elif before is None or before.ends_sentence:
            maybe[i] = heading
    shapes = [(lines[i].blank_before, lines[i + 1].blank_before) for i in found]
    for i, heading in maybe.items():
        if shapes.count((lines[i].blank_before, lines[i + 1].blank_before)) * 2 > len(shapes) > 1:
            found[i] = heading
    headings = [found[i] for i in sorted(found)]
    if title is not None:
        line = lines[title]
        headings.insert(0, Heading(line.text, 1, Span(line.start, line.start + len(line.text))))
    return tuple(headings)


def _lines(text: str, start: int) -> list[_Line]:
    """The lines that are not blank."""
    found: list[_Line] = []
    blank = page_top = True
    at = start
    for raw in text[start:].split("\n"):
        body = raw.strip()
        page_top = page_top or "\f" in raw
        if body:
            indent = len(raw) - len(raw.lstrip())
            found.append(_Line(at + indent, body, len(raw.replace("\f", "")) - len(raw.replace("\f", "").lstrip()), blank, page_top and "\f" in text))
            blank = page_top = False
        else:
            blank = True
        at += len(raw) + 1
    return found


def _like_a_name(line: _Line) -> bool:
    words = line.text.split()
    if len(line.text) > 50 or len(words) > 5 or len(line.text) < 2 or line.indent > 0 or fold(line.text) in GENERAL:
        return False
    if _BULLET.match(line.text) or re.search(r"\s{3}|\t|[|?!:;]|[.,]$", line.text) and not _ORGANIZATION_END.search(line.text):
        return False
    if any(any(c.isdigit() for c in w) for w in words) and len(words) > 1:
        return False
    return all(w[0].isupper() or w[0].isdigit() or w in _SMALL or any(c.isupper() for c in w) for w in words)


def _paragraph_ends(before: _Line, line: _Line, earlier: _Line | None, width: int) -> bool:
    """Whether the line before ends a paragraph, and is no short item of a list to which this line may belong."""
    if line.blank_before or line.page_top or before.ends_sentence:
        return True
    if _like_a_name(before):
        return False
    wrapped = earlier is not None and not before.blank_before and len(earlier.text) > width * 0.6
    return wrapped and width <= 200 and len(before.text) + 1 + len(line.text.split()[0]) < width * 0.8


def _recurs(name: str, prose: str) -> bool:
    """Whether prose has the name, or the first word that distinguishes it."""
    words = [w for w in re.findall(r"\w+", name) if len(w) > 2 or w.isupper()]
    heads = {name, *(words[:1])}
    if any(re.search(rf"(?<!\w){re.escape(h)}(?!\w)", prose, re.IGNORECASE) for h in heads):
        return True
    return any(len(w) >= 4 and w[0].isupper() and name.startswith(w) for w in re.findall(r"\w+", prose))
