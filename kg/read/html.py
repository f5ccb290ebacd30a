"""HTML: its visible text in blocks, and its headings. Nothing is fetched and nothing is run.

Tags are taken as they come, without building a tree, so that neither deep nesting nor missing end tags
matter (https://html.spec.whatwg.org/multipage/syntax.html#optional-tags).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kg.errors import InputError
from kg.model import Span
from kg.read.outline import Heading, Outline
from kg.read.text import clean, decode

_DROPPED = frozenset(
    "script style noscript template svg math iframe object canvas nav footer aside form button select dialog".split()
)
_BLOCKS = frozenset(
    """address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6
    header hr html main ol p pre section summary table tbody tfoot thead ul""".split()
)
_LINES = frozenset("br li tr option".split())
_CELLS = frozenset("td th".split())
_BOLD = frozenset("b strong summary dt".split())
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252",
             "latin1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15"}  # fmt: skip
MAX_CHARACTERS = 10_000_000


def read_html(data: bytes, name: str) -> Outline:
    """The text of an HTML page: paragraphs apart by a blank line, a list item or table row on each line.

    Items begin with '- ', cells of a row are three spaces apart. When the page has a `main` element,
    its text alone counts. Paragraphs that are bold as a whole are the lowest headings.

    Raises InputError when the encoding is neither UTF-8 nor the Latin one that the page declares, and
    for a page of more than 10 million characters.
    """
    text = _decoded(data, name)
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name}: has more than {MAX_CHARACTERS // 1_000_000} million characters of HTML; split it")
    page = _Page()
    page.feed(text)
    page.close()
    return page.outline()


def _decoded(data: bytes, name: str) -> str:
    declared = re.search(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", data[:4096], re.IGNORECASE)
    charset = _CHARSETS.get(declared[1].decode("ascii", "replace").lower(), "") if declared else "utf-8"
    if not charset and declared:
        raise InputError(f"{name}: is in {declared[1].decode('ascii', 'replace')}, not UTF-8; save it as UTF-8")
    if charset == "utf-8" or b"\0" in data:
        return decode(data, name)
    return data.decode(charset, "replace")


class _Page(HTMLParser):
    """Gathers blocks of text: what separates each from the one before, its level and its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._blocks: list[tuple[str, int, str, bool]] = []
        self._words: list[str] = []
        self._separator = "\n\n"
        self._level = 0
        self._dropping = ""
        self._depth = 0
        self._main = 0
        self._pre = 0
        self._in_title = False
        self._bold = 0
        self._bold_size = 0
        self._prefix = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping:
            self._depth += tag == self._dropping
            return
        if tag in _DROPPED:
            self._dropping, self._depth = tag, 1
        elif tag == "title":
            self._in_title = True
        elif tag in _BLOCKS:
            self._flush("\n\n")
            self._level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
            self._pre += tag == "pre"
            self._main += tag == "main"
        elif tag in _LINES:
            self._flush("\n")
            self._prefix = "- " if tag == "li" else ""
        elif tag in _CELLS and self._size():
            self._words.append("\0")
        if tag in _BOLD:
            self._bold += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES | {"hr"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            self._depth -= tag == self._dropping
            if not self._depth:
                self._dropping = ""
            return
        if tag == "title":
            self._in_title = False
        elif tag in _BLOCKS:
            self._flush("\n\n")
            self._level = 0
            self._pre = max(0, self._pre - (tag == "pre"))
            self._main = max(0, self._main - (tag == "main"))
        elif tag in ("li", "tr"):
            self._flush("\n")
        if tag in _BOLD:
            self._bold = max(0, self._bold - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._dropping:
            data = clean(data)
            if self._pre:
                first, *rest = data.split("\n")
                self._words.append(first)
                for line in rest:
                    self._flush("\n")
                    self._words.append(line)
            else:
                self._words.append(data)
            self._bold_size += len("".join(data.split())) if self._bold else 0

    def _size(self) -> int:
        return sum(len("".join(w.split())) for w in self._words)

    def _flush(self, separator: str) -> None:
        """End the block at hand; the next one is at least so far apart."""
        words = " ".join("".join(self._words).split())
        words = re.sub(r" ?\0 ?", "   ", words).strip()
        if words:
            bold = self._bold_size >= self._size() > 0 and len(words) <= 60 and not self._prefix
            level = self._level or (7 if bold else 0)
            self._blocks.append((self._separator, level, self._prefix + words, self._main > 0))
            self._separator, self._prefix = separator, ""
        elif separator == "\n\n" or not self._blocks:
            self._separator = "\n\n"
        self._words, self._bold_size = [], 0

    def outline(self) -> Outline:
        self._flush("\n\n")
        blocks = [b for b in self._blocks if b[3]] or self._blocks
        parts: list[str] = []
        headings: list[Heading] = []
        at = 0
        for number, (separator, level, words, _) in enumerate(blocks):
            if number:
                parts.append("\n\n" if level else separator)
                at += len(parts[-1])
            if level:
                headings.append(Heading(words.rstrip(":"), level, Span(at, at + len(words))))
            parts.append(words)
            at += len(words)
        return Outline("".join(parts) + ("\n" if parts else ""), tuple(headings), " ".join(self.title.split()))
