"""HTML: its visible text in blocks, and its headings. Nothing is fetched and nothing is run.

Tags are taken as they come, without building a tree, so that neither deep nesting nor missing end tags
matter (https://html.spec.whatwg.org/multipage/syntax.html#optional-tags). Each character is looked at
once or twice: the standard library's parser needs 20 seconds for 60 KB of `<a <a <a`.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from kg.errors import InputError
from kg.read.html_tables import Grid, span_of, with_tables
from kg.read.outline import BOLD, Block, Outline, joined_blocks
from kg.read.styles import COMMENT_END, OF_TABLES, Element, Styles, element, generated
from kg.read.text import FIRST, MAX_CHARACTERS, clean, decode, left_out, shown_raised

DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "nav", "footer",
    "aside", "form", "button", "select", "dialog", "del", "s", "strike", "rt", "rp", "datalist", "audio", "video",
    "noframes", "noembed", "textarea", "bdo",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "ul",
})  # fmt: skip
_LINES = frozenset({"br", "li", "tr"})
_ENDED_BY = {
    "p": _BLOCKS, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr"}, "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"},
}  # fmt: skip
"""The start tags that end an element whose end tag may be left out."""
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
NOTE = "note"
"""What a link within the page is passed on as, which may be the mark of a note."""
_RAISED = frozenset({"sup", "sub", "small", NOTE})
_BOLD = frozenset({"b", "strong", "summary", "dt"})
_RAW = frozenset({"script", "style", "title", "textarea"})
_MARKUP = re.compile(r"<(?:(?P<comment>!--)|(?P<other>[!?])|(?P<slash>/?)(?P<tag>[a-zA-Z][^\s/>]*))")
_IN_TAG = re.compile(r"""=\s*(["'])|>""")
_HUGE_REFERENCE = re.compile(r"&#\d{8,};?")
_TWICE = re.compile(r"&(?!lt;|gt;)[a-zA-Z]{2,31};")
"""A reference to a character that was written as one twice, as '&amp;amp;'."""
_CELL = "\0"
_OPEN_MARK = re.compile(r"^\s*(?:\d{1,3}|[*†‡])(?=\s)")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.IGNORECASE)
_LATIN = {"iso-8859-1", "latin1", "windows-1252", "cp1252"}


def read_html(data: bytes, name: str) -> Outline:
    """The text of an HTML page: paragraphs apart by a blank line, a list item or table row on each line.

    Items begin with '- '; cells of a row stand between '|', or three spaces apart where a table only lays out the page.
    When the page has a `main` element, its text alone counts. Paragraphs that are bold as a whole are the lowest headings.

    Raises InputError when the encoding is neither UTF-8 nor the Latin one that the page declares, and
    for a page of more than 5 million characters.
    """
    text = _decoded(data, name)
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name}: has more than {MAX_CHARACTERS:,} characters; split it")
    page = _Page()
    for kind, value in with_tables(_Shown(text).tokens()):
        page.take(kind, value)
    outline = page.outline()
    added = ", ".join(f"“{words.strip()}”" for words in generated(text)[:FIRST])
    told = [f"a style sheet adds words to the page that are not read: {added}"] if added else []
    return replace(outline, warnings=(*outline.warnings, *told))


def _decoded(data: bytes, name: str) -> str:
    declared = _CHARSET.search(data[:4096])
    charset = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if charset in _LATIN and b"\0" not in data and not data.startswith(BOM_UTF8):
        return data.decode("cp1252", "replace")
    return decode(data, name)


def _tokens(text: str) -> Iterator[tuple[str, str, str, int]]:
    """The start tags, end tags and texts in order, each with its attributes and the offset where it ends.

    What begins like a tag or comment and never ends is passed over, as the standard has it.
    """
    at = 0
    while markup := _MARKUP.search(text, at):
        if markup.start() > at:
            yield "text", text[at : markup.start()], "", markup.start()
        if markup["comment"]:
            ended = COMMENT_END.search(text, markup.start() + 2)
            at = ended.end() if ended else 0
        elif markup["other"]:
            at = text.find(">", markup.end()) + 1
        else:
            at = _tag_end(text, markup.end())
        if at <= markup.start():
            yield "cut", "", "", markup.start()
            return
        tag = (markup["tag"] or "").lower()
        if tag:
            yield "end" if markup["slash"] else "start", tag, text[markup.end() : min(at - 1, markup.end() + 5000)], at
        if tag in _RAW and not markup["slash"]:
            close = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(text, at)
            if not close:
                yield "cut", "", "", at
                return
            yield "text", text[at : close.start()], "", close.start()
            at = close.start()
    yield "text", text[at:], "", len(text)


def _tag_end(text: str, at: int) -> int:
    """The offset after a tag's '>', which is not the one in a quoted value; 0 when there is none."""
    while found := _IN_TAG.search(text, at):
        if not found[1]:
            return found.end()
        at = text.find(found[1], found.end()) + 1
        if not at:
            break
    return 0


class _Shown:
    """Passes tokens on, but those of elements that do not show; an element that a style raises becomes 'sup'."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = {m[1].lower(): m.start() for m in re.finditer(r"</([a-zA-Z][^\s/>]*)", text)}
        self._styles = Styles(text)
        self._within: list[Element] = []
        self._visible = [True]  # the whole page, and each of these
        self._dropping, self._depth = "", 0
        self._inside: Counter[str] = Counter()  # the tags that are open in what is dropped
        self._lifted, self._level = "", 0
        self._line, self._at = 1, 0  # of the note before

    def tokens(self) -> Iterator[tuple[str, str]]:
        """The tokens outside of the elements that do not show, or show what is not the page's own text."""
        for kind, value, attributes, end in _tokens(self._text):
            if kind == "cut":
                yield kind, str(self._text.count("\n", 0, end) + 1) if self._text[end + 1 :].strip() else ""
            elif kind != "text":
                yield from self._tag(kind, value, attributes, end)
            elif not self._dropping and self._visible[-1]:
                once = unescape(_HUGE_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", value))
                yield kind, _TWICE.sub(lambda found: unescape(found[0]), once)

    def _tag(self, kind: str, tag: str, attributes: str, end: int) -> Iterator[tuple[str, str]]:
        """Pass the tag that ends at an offset on, where it shows."""
        if self._drops(kind, tag):
            return
        if kind == "end":
            yield kind, self._finish(tag)
        elif tag in VOID:
            yield kind, tag
        else:
            one = element(tag, attributes)
            ends = (self._last.get(tag, 0) >= end or tag in _ENDED_BY) and self._text[end - 2] != "/"
            note = self._styles.is_note(one)
            if note:
                self._line, self._at = self._line + self._text.count("\n", self._at, end), end
                yield "note", str(self._line)
            if note or tag in DROPPED or self._styles.hidden(one, self._within):
                self._dropping, self._depth = (tag, 1) if ends else ("", 0)
                self._inside.clear()
                return
            if ends:
                self._enter(one)
            yield kind, self._start(one)
            if tag in ("td", "th"):
                yield "span", attributes

    def _drops(self, kind: str, tag: str) -> bool:
        """Whether a tag stands in an element that does not show, or ends it by its own end tag."""
        if self._dropping and self._depth == 1 and kind == "start" and tag in _ENDED_BY.get(self._dropping, ()):
            self._dropping = ""
        elif self._dropping in _ENDED_BY and tag != self._dropping:
            self._inside[tag] += 1 if kind == "start" else -1
            if self._inside[tag] < 0 and any(outer.tag == tag for outer in self._within[-50:]):
                self._dropping = ""  # what it stands in has ended
        if not self._dropping:
            return False
        self._depth += (tag == self._dropping) * (1 if kind == "start" else -1)
        self._dropping = self._dropping if self._depth else ""
        return True

    def _enter(self, one: Element) -> None:
        """Take an element that what follows stands in, which ends one whose end tag is left out."""
        if self._within and one.tag in _ENDED_BY.get(self._within[-1].tag, ()):
            self._leave(len(self._within) - 1)
        said = self._styles.visible(one, self._within)
        self._within.append(one)
        self._visible.append(self._visible[-1] if said is None else said)

    def _leave(self, at: int) -> None:
        del self._within[at:], self._visible[at + 1 :]

    def _start(self, one: Element) -> str:
        """The name that a tag is passed on with."""
        if self._lifted:
            self._level += one.tag == self._lifted
        elif one.tag != "sup" and self._styles.raised(one, self._within[-51:-1]):  # no more of them count
            self._lifted, self._level = one.tag, 1
            return "sup"
        elif one.tag == "a" and one.attributes.get("href", "").startswith("#"):
            return NOTE
        return one.tag

    def _finish(self, tag: str) -> str:
        for at in range(len(self._within) - 1, max(-1, len(self._within) - 50), -1):
            if self._within[at].tag == tag:
                self._leave(at)
                break
        if tag == self._lifted:
            self._level -= 1
            if not self._level:
                self._lifted = ""
                return "sup"
        return tag


class _Page:
    """Gathers the blocks of a page."""

    def __init__(self) -> None:
        self._title: list[str] = []
        self._blocks: list[tuple[bool, Block]] = []  # each with whether it stands in the main element
        self._words: list[str] = []
        self._bold: list[bool] = []
        self._separator = "\n\n"
        self._mark = ""
        self._level = 0
        self._raised: int | None = None  # where raised text begins in the words
        self._raised_tag = ""
        self._open: Counter[str] = Counter()
        self._notes: list[int] = []
        self._warnings: list[str] = []
        self._grid: Grid | None = None

    def take(self, kind: str, value: str) -> None:
        """Take a token: the 'start' or 'end' of an element, by its tag, 'text' between tags, the 'span' of a cell that
        starts, a 'grid' that begins or ends, the line of a 'note', or where it is 'cut'.
        """
        if kind == "grid":
            self._end("\n\n")
            self._grid = Grid() if value else None
        elif kind == "span":
            if self._grid:
                self._grid.spans.append(span_of(value))
        elif self._grid and kind != "text" and (value in _BLOCKS or value in _LINES) and value not in OF_TABLES:
            self._text(" ")
        elif kind == "note":
            self._notes.append(int(value))
        else:
            {"start": self._start, "end": self._finish, "text": self._text, "cut": self._cut}[kind](value)

    def _cut(self, line: str) -> None:
        if line:
            self._warnings.append(f"what stands from line {line} on is left out: a tag or comment there never ends")

    def _start(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end("\n\n")
            self._level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
        elif tag in _LINES:
            self._end("\n")
            self._mark = "  " * (self._open["ul"] + self._open["ol"] - 1) + "- " if tag == "li" else ""
        elif tag in ("td", "th"):
            self._words.append(_CELL)
            self._bold.append(True)
            if self._grid:
                self._grid.tags.append(tag)
        elif tag in _RAISED and self._raised is None:
            self._raised, self._raised_tag = len(self._words), tag
        self._open["bold" if tag in _BOLD else tag] += 1

    def _finish(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end("\n\n")
            self._level = 0
        elif tag in ("li", "tr"):
            if tag == "tr" and self._grid and _CELL not in self._words:
                self._grid.row([], in_head=False)
            self._end("\n")
        elif tag == self._raised_tag or (tag, self._raised_tag) == ("a", NOTE):
            self._lower()
        key = "bold" if tag in _BOLD else tag
        self._open[key] = max(0, self._open[key] - 1)

    def _text(self, data: str) -> None:
        if self._open["title"]:
            self._title.append(data)
            return
        for number, line in enumerate(clean(data).split("\n") if self._open["pre"] else [clean(data)]):
            if number:
                self._end("\n")
            self._words.append(line)
            self._bold.append(self._open["bold"] > 0 or not line.strip())

    def outline(self) -> Outline:
        """The text of what was fed, with its headings."""
        self._end("\n\n")
        main = any(inside for inside, _ in self._blocks)
        text, headings, _ = joined_blocks(block for inside, block in self._blocks if inside or not main)
        title = clean(" ".join("".join(self._title).split()))
        told = [left_out("footnote", len(self._notes), self._notes[:FIRST])] if self._notes else []
        return Outline(text, headings, title, warnings=(*told, *self._warnings))

    def _lower(self, *, closed: bool = True) -> None:
        """End raised text: a footnote's mark is left out."""
        if self._raised is not None:
            before = "".join(self._words[max(0, self._raised - 8) : self._raised])
            raised = "".join(self._words[self._raised :])
            glued = before[-1:].strip() if self._raised_tag == NOTE else before[-1:].isdecimal()
            if self._raised_tag == "sup" or glued:
                raised = shown_raised(raised, before) if closed else _OPEN_MARK.sub("", raised)
            self._words[self._raised :] = [raised]
            self._bold[self._raised :] = [True]
            self._raised = None

    def _end(self, separator: str) -> None:
        """End the block at hand; the next one is at least so far from it."""
        self._lower(closed=False)
        cells = "".join(self._words).split(_CELL)
        listed = [" ".join(c.split()) for c in cells]
        text = "   ".join(filter(None, listed))
        if self._grid and len(cells) > 1:
            text = self._grid.row(listed[1:], in_head=self._open["thead"] > 0)
        if text:
            bold = all(self._bold) and len(text) <= 60 and not self._mark and len(cells) == 1
            level = self._level or (BOLD if bold else 0)
            self._blocks.append((self._open["main"] > 0, Block(self._separator, self._mark + text, level)))
            self._separator, self._mark = separator, ""
        elif separator == "\n\n":
            self._separator = "\n\n"
        self._words, self._bold = [], []
