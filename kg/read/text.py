"""Plain text: decoding, and the organizations' names that stand alone on a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.model.statement import Span
from kg.names.rounds import find_round
from kg.read.outline import Heading, fold, is_name_like, repeated_lines

BOM = b"\xef\xbb\xbf"
MAX_CHARACTERS = 5_000_000
"""The length of the longest document that is read."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ITEM = re.compile(r"[-*+●•·▪◦–‣>#|]|\(?\d{1,2}[.)]\s|\[")
_PAGE_LINE = re.compile(r"(?:page|p\.)\s{1,4}\d{1,4}(?:\s{1,4}(?:of|/)\s{1,4}\d{1,4})?", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]*]*$")

_SPELLED = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "℃": "°C", "℉": "°F",
    **dict.fromkeys("\u2002\u2003\u2008\u200a\u3000", " "),
    **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf0fc", "●"),
    **dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n"),
}  # fmt: skip
_HIDDEN = [
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF,
]  # fmt: skip
_CLEAN = str.maketrans({**_SPELLED, **{chr(c): "" for c in _HIDDEN}})
_WITHIN_NUMBER = re.compile(r"(?<!\d)[\xa0\u2007\u2009\u202f]|[\xa0\u2007\u2009\u202f](?!\d{3}(?!\d))")


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text: line ends as they are, without the byte order mark that may stand first.

    Raises InputError for binary data and for other encodings, with the place of the first wrong byte.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name}: is UTF-16, not UTF-8; save it as UTF-8")
    zero = data.find(b"\0")
    if zero >= 0:
        raise InputError(f"{name}: is binary (a zero byte at byte {zero}); give text, Markdown, HTML or PDF")
    try:
        text = data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + (len(BOM) if data.startswith(BOM) else 0)
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

    Spaces that part the thousands of a number stay as they are.

    >>> clean("\\N{LATIN SMALL LIGATURE FI}ne\\N{SOFT HYPHEN}tuned\\N{NO-BREAK SPACE}8x")
    'finetuned 8x'
    """
    return _WITHIN_NUMBER.sub(" ", extracted.translate(_CLEAN))


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


_NOTE = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})"
_MARK = re.compile(
    rf"[\[(]{{0,2}}{_NOTE}(?:(?:\s?[,;–-]\s?|[\])]?[\s,]?[\[(]|\s){_NOTE}){{0,9}}[\])]{{0,2}}|[,;–-]", re.IGNORECASE
)
_SIGNS = {"TM": "™", "(TM)": "™", "tm": "™", "(R)": "®", "SM": "℠"}
_RAISES = re.compile(r"(?:(?<![\d.,])(?:10|2)|\b(?:m|cm|mm|km|ft|in|s|x))$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def shown_raised(raised: str, before: str) -> str:
    """What is read of raised letters after a text: nothing of a footnote's mark, exponents as such, else all.

    >>> shown_raised("1", "16.6"), shown_raised("18", "10"), shown_raised("th", "4"), shown_raised("TM", "Bow")
    ('', '¹⁸', 'th', '™')
    """
    said = raised.strip()
    power = _RAISES.search(before[-8:]) if re.fullmatch(r"[+−-]?\d{1,3}", said) else None
    if power and (power[0] != "2" or len(said) > 1):
        return said.translate(_RAISED)
    if said in _SIGNS:
        return _SIGNS[said]
    return "" if _MARK.fullmatch(said) else raised


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the white space around it."""

    start: int
    text: str
    indented: bool
    blank_before: bool
    page_top: bool

    @property
    def prose(self) -> bool:
        """Whether it reads as the start of a paragraph."""
        words = self.text.split()
        if _ITEM.match(self.text):
            return False
        letters = [c for c in self.text if c.isalpha()]
        if 2 * sum(c.lower() != c.upper() for c in letters) < len(letters):  # of a script without capitals
            return len(self.text) >= 12
        return not self.text[0].islower() and len(words) >= 5 and any(w[0].islower() for w in words)

    def speaks_of(self, name: str) -> bool:
        """Whether it begins with a name, whose first letter may be a small one."""
        return len(self.text.split()) >= 4 and self.text.casefold().startswith(name.casefold())

    @property
    def ends_sentence(self) -> bool:
        return _SENTENCE_END.search(self.text) is not None


def plain_headings(text: str, names: Collection[str] = (), start: int = 0) -> tuple[Heading, ...]:
    """The title (level 1) and the lines that are an organization's name and nothing else (level 2).

    Such a line is short, is capitalized, ends no sentence, follows the end of a paragraph and is
    followed by prose. Besides, it is one of `names` (spelling folded), or it starts a page, or the
    prose repeats it, or it stands between its neighbours like most headings found so.
    """
    lines = _lines(text, start)
    known = {fold(n) for n in names}
    title = next((i for i, line in enumerate(lines[:20]) if _is_title(line)), None)
    width = max((len(line.text) for line in lines), default=0)
    first = 0 if title is None else title + 1
    sure: dict[int, Heading] = {}
    likely: dict[int, Heading] = {}
    for i in range(first, len(lines) - 1):
        line, following = lines[i], lines[i + 1]
        named = fold(line.text) in known
        speaks = following.speaks_of(line.text)
        name_like = is_name_like(line.text) or (speaks and is_name_like(line.text.title()))
        if not (following.prose or speaks) or not (named or (name_like and not line.indented)):
            continue
        before = lines[i - 1] if i > first else None
        earlier = lines[i - 2] if i - 1 > first else None
        if before and not _ends_paragraph(before, line, earlier, width, named):
            continue
        heading = Heading(line.text, 2, Span(line.start, line.start + len(line.text)))
        if named or line.page_top or _repeats(text[following.start : following.start + 800], line.text):
            sure[i] = heading
        elif before is None or before.ends_sentence:
            likely[i] = heading
    places = Counter((lines[i].blank_before, lines[i + 1].blank_before) for i in sure)
    if places.total() > 1:
        usual = {place for place, times in places.items() if times * 2 > places.total()}
        sure |= {i: h for i, h in likely.items() if (lines[i].blank_before, lines[i + 1].blank_before) in usual}
    headings = [sure[i] for i in sorted(sure)]
    if title is not None:
        line = lines[title]
        headings.insert(0, Heading(line.text, 1, Span(line.start, line.start + len(line.text))))
    return tuple(headings)


def plain_title(text: str, start: int, end: int) -> str:
    """The first line of a stretch of text that names a round and is no sentence; '' when there is none."""
    return next((line.text for line in _lines(text[:end], start)[:20] if _is_title(line)), "")


def _is_title(line: _Line) -> bool:
    return len(line.text) < 120 and not line.ends_sentence and find_round(line.text) != ""


def _lines(text: str, start: int) -> list[_Line]:
    """The lines that are neither blank nor repeated on every page."""
    repeated = repeated_lines(text)
    paged = "\f" in text
    found: list[_Line] = []
    blank = page_top = True
    at = start
    for raw in text[start:].split("\n"):
        body = raw.strip()
        page_top = page_top or "\f" in raw
        if not body:
            blank = True
        elif body not in repeated and not (page_top and body.isdecimal()):
            indent = len(raw) - len(raw.lstrip())
            found.append(_Line(at + indent, body, raw.lstrip("\f")[0].isspace(), blank, paged and page_top))
            blank = page_top = False
        at += len(raw) + 1
    return found


def furniture(text: str) -> tuple[Span, ...]:
    """The heads, feet and numbers of pages in a text with form feeds, and lines such as 'Page 3 of 7'.

    A head or foot stands at three pages or more, whatever its digits. Where a sentence goes on behind one,
    the line ends about it belong to it.
    """
    pages = text.split("\f")
    edges: list[_Line] = []
    lines: list[_Line] = []
    at = 0
    for page in pages:
        here = list(_bare_lines(page, at))
        lines += here
        edges += [*here[:2], *here[2:][-2:]] if len(pages) > 1 else []
        at += len(page) + 1
    times = Counter(_FIGURES.sub("#", line.text) for line in edges)
    often = {edge for edge, n in times.items() if n >= max(3, 0.4 * len(pages))} | {"#"}
    found = {line.start: line for line in edges if _FIGURES.sub("#", line.text) in often}
    found |= {line.start: line for line in lines if _PAGE_LINE.fullmatch(line.text)}
    return tuple(_widened(text, lines, at) for at, line in enumerate(lines) if line.start in found)


def _bare_lines(page: str, at: int) -> Iterator[_Line]:
    """The lines of a page that begins at an offset, but blank ones."""
    for raw in page.split("\n"):
        if body := raw.strip():
            yield _Line(at + len(raw) - len(raw.lstrip()), body, False, False, False)
        at += len(raw) + 1


def _widened(text: str, lines: Sequence[_Line], at: int) -> Span:
    """The span of a line, with the white space about it where the lines beside it are one sentence."""
    line = lines[at]
    end = line.start + len(line.text)
    if not 0 < at < len(lines) - 1:
        return Span(line.start, end)
    before, following = lines[at - 1], lines[at + 1]
    prose = len(before.text.split()) >= 4 and len(following.text.split()) >= 4
    if before.text[-1] in ".!?:" or not (prose or following.text[0].islower()) or _ITEM.match(following.text):
        return Span(line.start, end)
    return Span(before.start + len(before.text), following.start)


def _ends_paragraph(before: _Line, line: _Line, earlier: _Line | None, width: int, named: bool) -> bool:
    """Whether the line before ends a paragraph, and is no item of a list to which this line may belong.

    In wrapped text it does when the next word would still have had room on it.
    """
    if line.blank_before or line.page_top or before.ends_sentence:
        return True
    if is_name_like(before.text) or before.text[-1] in ",:;":
        return False
    if width > 200:
        return True
    paragraph = earlier is not None and not before.blank_before and len(earlier.text) > 0.6 * width
    room = len(before.text) + 1 + len(line.text.split()[0]) < 0.8 * width
    return room and (paragraph or named)


def _repeats(prose: str, name: str) -> bool:
    """Whether prose has the name, or the word that it starts with, or the start of that word."""
    words = re.findall(r"\w+", name)
    head = next((w for w in words if len(w) > 2 or w.isupper()), name)
    if re.search(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(head)})(?!\w)", prose, re.IGNORECASE):
        return True
    return any(len(w) >= 4 and w[0].isupper() and name.startswith(w) for w in re.findall(r"\w+", prose))
