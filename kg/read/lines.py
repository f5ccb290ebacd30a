"""Plain text by its lines: titles and names of organizations that stand alone on one, heads and feet of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.model.statement import Span
from kg.names.rounds import find_round
from kg.read.outline import Heading, fold, is_name_like
from kg.read.text import without_joiners

_ITEM = re.compile(r"[-*+●•·▪◦–‣>#|]|\(?\d{1,2}[.)]\s|\[")
_PAGE_LINE = re.compile(r"(?:page|p\.)\s{1,4}\d{1,4}(?:\s{1,4}(?:of|/)\s{1,4}\d{1,4})?", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]*]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the white space around it."""

    start: int
    text: str
    indented: bool = False
    blank_before: bool = False
    page_top: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + len(self.text))

    @property
    def prose(self) -> bool:
        """Whether it reads as the start of a paragraph."""
        words = self.text.split()
        if _ITEM.match(self.text):
            return False
        letters = [c for c in self.text if c.isalpha()]
        if 2 * sum(c.lower() != c.upper() for c in letters) < len(letters):  # of a script without capitals
            return len(self.text) >= 12
        enough = len(words) >= (3 if self.ends_sentence else 5)
        return not self.text[0].islower() and enough and any(w[0].islower() for w in words)

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
        heading = Heading(without_joiners(line.text), 2, line.span)
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
        headings.insert(0, Heading(lines[title].text, 1, lines[title].span))
    return tuple(headings)


def plain_title(text: str, start: int, end: int) -> str:
    """The first line of a stretch of text that names a round and is no sentence; '' when there is none."""
    return next((line.text for line in _lines(text[:end], start)[:20] if _is_title(line)), "")


def _is_title(line: _Line) -> bool:
    return len(line.text) < 120 and not line.ends_sentence and find_round(line.text) != ""


def _lines(text: str, start: int) -> list[_Line]:
    """The lines that are not blank, but for the numbers of pages."""
    paged = "\f" in text
    found: list[_Line] = []
    blank = page_top = True
    at = start
    for raw in text[start:].split("\n"):
        body = raw.strip()
        page_top = page_top or "\f" in raw
        if not body:
            blank = True
        elif not (page_top and body.isdecimal()):
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
    found = {line.start for line in edges if _FIGURES.sub("#", line.text) in often}
    found |= {line.start for line in lines if _PAGE_LINE.fullmatch(line.text)}
    return tuple(_widened(lines, at) for at, line in enumerate(lines) if line.start in found)


def _bare_lines(page: str, at: int) -> Iterator[_Line]:
    """The lines of a page that begins at an offset, but blank ones."""
    for raw in page.split("\n"):
        if body := raw.strip():
            yield _Line(at + len(raw) - len(raw.lstrip()), body)
        at += len(raw) + 1


def _widened(lines: Sequence[_Line], at: int) -> Span:
    """The span of a line, with the white space about it where the lines beside it are one sentence."""
    if not 0 < at < len(lines) - 1:
        return lines[at].span
    before, following = lines[at - 1], lines[at + 1]
    prose = len(before.text.split()) >= 4 and len(following.text.split()) >= 4
    if before.text[-1] in ".!?:" or not (prose or following.text[0].islower()) or _ITEM.match(following.text):
        return lines[at].span
    return Span(before.span.end, following.start)


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
