"""A statement's text as sentences, list items and rows of tables, each with what introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.view import decimal_point, mask
from kg.model.statement import Span, Statement
from kg.read.text import blanked

MAX_SENTENCE = 1000
"""The most characters of a sentence; what is longer is read in pieces of that length."""

_BULLET = re.compile(r"\s*(?:[-*+●•·▪◦–‣]|\(?\d{1,2}[.)]|\(?[a-zivx]{1,3}\))(?:\s+[-·●•▪◦])?\s+(?=\S)")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FIELD = re.compile(r"\s*[A-Z][\w /&()-]{1,30}:\s+\S")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\s*\|\s*|\t+)(?=\S)")
_GAP = re.compile(r"\s{3,}|[^\S\n]*\|[^\S\n]*|\t+")
_RULE = re.compile(r"^[ \t|:+=-]*[-=]{3}[ \t|:+=-]*$", re.MULTILINE)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(
    r"[~<>≈≤≥]?\s?\d[\d.,]*\s?(?:%|x|×|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|[GT]i?B)?\s?", re.IGNORECASE
)
_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9•-])|[.!?]\s*$|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|Inc|Ltd|LTD|Co|Corp|Dr|Mr|Mrs|No|Fig|al|v|ver|St|Gen|U\.S)|\b[A-Z])\.$"
)

_IN_NUMBER = re.compile(r"(?:(?<![\w.,])\d{1,3}|\d\s?(?:min|sec|hr)s?)\s?\.$")
_MEASURED = re.compile(r"\d{1,3}\s?(?:%|x\b|×|-?fold|min|sec|hour|day)")
"""A full stop within a number or an amount ('16. 6 minutes', '16 min. 36 sec'), and what follows it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row of a statement.

    `span` counts in the document's text, `view` is the masked text of that span. `lead` is what introduces
    it: for an item of a list or a table row the sentence, heading and item above it, for what follows a
    colon the words before that. `header` is the first row of a row's table; `cells` are its cells, in the
    view, each with the words over it. `before` is the sentence before it in its paragraph; `paragraph`
    numbers the block it stands in. `point` is the document's decimal point, '' when nothing tells it.
    `over` is the last of `lead`: the item right above it, or the sentence or heading above its list.
    """

    span: Span
    view: str
    kind: str
    paragraph: int
    lead: str = ""
    header: str = ""
    before: str = ""
    cells: tuple[tuple[Span, str], ...] = ()
    point: str = ""
    over: str = ""


def long_sentences(statement: Statement) -> list[str]:
    """What is to be said of sentences that are too long to be read in one piece, with their lines."""
    text, body = statement.document.text, statement.body
    found = []
    for start, end, _ in _blocks(_plain(statement)) if body.end - body.start > MAX_SENTENCE else ():
        if end - start > MAX_SENTENCE:
            pieces = _split(mask(statement.text), start, end, MAX_SENTENCE * 1000)
            if any(right - left > MAX_SENTENCE for left, right in pieces):
                line = text.count("\n", 0, body.start + start) + 1
                found.append(f"line {line}: a sentence of more than {MAX_SENTENCE} characters is read in pieces")
    return found


def sentences(statement: Statement) -> list[Sentence]:
    """The sentences of a statement in order."""
    text, base = _plain(statement), statement.body.start
    view = mask(text)
    point = decimal_point(statement.document.text)
    found: list[Sentence] = []
    said = _Introduction()
    for number, block in enumerate(_with_headers(_blocks(text), text)):
        before = ""
        if said.begin(block, text, view):
            continue
        pieces = [(block.start, block.end)] if block.kind == "row" else _split(view, block.start, block.end)
        for left, right in pieces:
            piece = view[left:right]
            stripped = piece.strip()
            if not any(c.isalnum() for c in stripped):
                continue
            left += len(piece) - len(piece.lstrip())
            span = Span(base + left, base + left + len(stripped))
            cells = _cells(text, left, left + len(stripped), said.heads) if block.kind == "row" else ()
            told = said.lead(block), said.header, before, cells, point, said.over(block)
            found.append(Sentence(span, stripped, block.kind, number, *told))
            before = stripped
        said.end(block, before)
    return found


def _plain(statement: Statement) -> str:
    """The text of a statement, with spaces in the place of what is not read, and of the line ends about it."""
    base = statement.body.start
    unread = [s for s in statement.document.unread if s.overlaps(statement.body)]
    return blanked(statement.text, (Span(max(0, s.start - base), s.end - base) for s in unread))


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, list item, heading or table row: its place, and how far its line is indented."""

    start: int
    end: int
    kind: str
    indent: int = 0


class _Introduction:
    """What introduces the blocks to come: the sentence or heading above a list, and the items above an item."""

    def __init__(self) -> None:
        self.header = ""
        self.heads: tuple[tuple[int, str], ...] = ()
        self._lead = ""
        self._colon = False
        self._items: list[tuple[int, str]] = []

    def begin(self, block: _Block, text: str, view: str) -> bool:
        """Take a new block; True when it is the head of a table, and no sentence."""
        if block.kind not in ("row", "head"):
            self.header, self.heads = "", ()
        if block.kind == "head":
            self.header = view[block.start : block.end]
            self.heads = tuple(
                (left, view[left:right].strip()) for left, right in _columns(text, block.start, block.end)
            )
            line = text.rfind("\n", 0, block.start) + 1
            self.heads = tuple((left - line, words) for left, words in self.heads)
            return True
        if block.kind != "item":
            self._items = []
        while self._items and self._items[-1][0] >= block.indent:
            self._items.pop()
        return False

    def lead(self, block: _Block) -> str:
        """What introduces a block."""
        if block.kind in ("item", "row") or self._colon:
            return " ".join([self._lead, *(words for _, words in self._items)]).strip()
        return ""

    def over(self, block: _Block) -> str:
        """What introduces a block alone: the item above it, or the sentence or heading above the list."""
        return self._items[-1][1] if self._items else self.lead(block)

    def end(self, block: _Block, last: str) -> None:
        """Take the last sentence of a block, which may introduce the next."""
        if block.kind == "item" and last:
            self._items.append((block.indent, last))
        elif block.kind in ("text", "heading") and last:
            self._lead = last
        self._colon = block.kind == "text" and last.endswith(":")


def _with_headers(blocks: list[tuple[int, int, str]], text: str) -> Iterator[_Block]:
    """The blocks, with the kind 'head' for the rows that stand over the columns of a table."""
    for at, (start, end, kind) in enumerate(blocks):
        indent = start - (text.rfind("\n", 0, start) + 1)
        first = kind == "row" and (at == 0 or blocks[at - 1][2] != "row")
        if first and at + 1 < len(blocks) and blocks[at + 1][2] == "row":
            below = blocks[at + 1]
            kind = "head" if _is_head(text, (start, end), below[:2]) else kind
        elif kind == "row" and not _DIGIT.search(text, start, end):
            kind = "head"
        yield _Block(start, end, kind, indent)


def _is_head(text: str, row: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether a row stands over the columns of the one below: it has no figures, or a line beneath it, or
    words where that has figures.
    """
    if not _DIGIT.search(text, *row) or _RULE.search(text, row[1], below[0] + 1):
        return True
    words = [text[left:right] for left, right in _columns(text, *row)]
    figures = [text[left:right] for left, right in _columns(text, *below)]
    pairs = list(zip(words, figures, strict=False))[1:]
    return any(_FIGURE.fullmatch(f) and not _FIGURE.fullmatch(w) for w, f in pairs) and not any(
        _FIGURE.fullmatch(w) for w in words
    )


def _columns(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line, as start and end without the white space around them."""
    cells: list[tuple[int, int]] = []
    at = start
    for gap in [*_GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        words = text[at:stop]
        if words.strip(" |\r\n\t"):
            left = at + len(words) - len(words.lstrip(" |\t"))
            cells.append((left, left + len(words.strip(" |\r\n\t"))))
        at = gap.end() if gap else end
    return cells


def _cells(text: str, start: int, end: int, heads: tuple[tuple[int, str], ...]) -> tuple[tuple[Span, str], ...]:
    """The cells of a row, in its view, each with the words over it: by their order, or in a row with fewer
    or more cells by their place.
    """
    found: list[tuple[Span, str]] = []
    columns = _columns(text, start, end)
    for number, (left, right) in enumerate(columns):
        line = text.rfind("\n", 0, left) + 1
        over = [words for at, words in heads if at <= left - line + 1]
        head = heads[number][1] if len(columns) == len(heads) else over[-1] if over else ""
        found.append((Span(left - start, right - start), head))
    return tuple(found)


def _blocks(text: str) -> list[tuple[int, int, str]]:
    """The paragraphs, list items, headings and table rows, as start, end and kind."""
    blocks: list[tuple[int, int, str]] = []
    open_kind = ""
    listing = False  # after a line that ends in a colon, short lines are items
    at = 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        start, at = at, at + len(line)
        body = line.strip()
        if not body:
            open_kind = ""
            continue
        if open_kind == "row" and not (number > 1 and lines[number - 2].strip()) and _is_rest(lines[number - 1], line):
            blocks[-1] = (blocks[-1][0], at, "row")
            continue
        kind = _kind(line, open_kind, listing, lines[max(0, number - 1) : number] + lines[number + 1 : number + 2])
        if kind == "rule":
            continue
        if kind == "on":
            left, _, kind = blocks[-1]
            blocks[-1] = (left, at, kind)
        else:
            bullet = _BULLET.match(line) if kind == "item" else None
            blocks.append((start + (bullet.end() if bullet else 0), at, kind.removesuffix("!")))
        open_kind = "" if kind == "item!" or kind == "heading" or body.endswith(":") else kind
        if body.endswith(":"):
            listing = True
        elif kind == "heading" or open_kind == "text" or body.endswith("."):
            listing = False
    return blocks


def _kind(line: str, open_kind: str, listing: bool, beside: list[str]) -> str:
    """What a line begins: 'heading', 'row', 'item', 'text'; 'on' when it goes on with the block that is open.

    'item!' is one that no line goes on with; 'rule' is only drawn.
    """
    body = line.strip()
    bullet = _BULLET.match(line)
    columns = len(_COLUMNS.findall(body)) if not bullet and len(body) < 1000 else 0
    if _HEADING.match(line):
        return "heading"
    if set(body) <= set("|-:=+ "):
        return "rule"
    if columns and len(body) < 400 and (columns >= 2 or open_kind == "row" or not body.endswith((".", ","))):
        wrapped = open_kind == "row" and re.match(r"\s{6,}(?!\d)|\|\s+\|", line)
        return "on" if wrapped else "row"
    if bullet:
        return "item"
    if open_kind == "row" and re.match(r"\s{6,}\S", line) and len(body) < 100:
        return "on"  # a cell that goes on
    if _is_field(line) and any(map(_is_field, beside)):
        return "item"
    if listing and len(body) < 70 and not body.endswith((".", ",")):
        return "item!"
    return "on" if open_kind in ("text", "item") else "text"


def _is_rest(row: str, line: str) -> bool:
    """Whether a line goes on with the cells of a row that stands on its own: it has fewer, and no figures."""
    cells = [line[left:right] for left, right in _columns(line, 0, len(line))]
    return 0 < len(cells) < len(_columns(row, 0, len(row))) and not any(map(_FIGURE.fullmatch, cells))


def _is_field(line: str) -> bool:
    """Whether a line says one thing by name: 'GPU: NVIDIA H100 SXM'; two of them in a row are a list."""
    return len(line) < 120 and _FIELD.match(line) is not None


def _split(view: str, start: int, end: int, most: int = MAX_SENTENCE) -> list[tuple[int, int]]:
    """The sentences of one block, none longer than `most`."""
    cuts: list[tuple[int, int]] = []
    left = start
    for match in _END.finditer(view, start, end):
        stop = match.end()
        head = view[max(left, match.start() - 12) : match.start() + 1]
        mark = match[0].lstrip(".!?")
        if _IN_NUMBER.search(head) and _MEASURED.match(view, stop):
            continue
        if match[0][0] in ".!?" and (mark != match[0][1:] or (match[0][0] == "." and _ABBREVIATION.search(head))):
            continue
        cuts += _pieces(view, left, stop, most)
        left = stop
    return cuts + (_pieces(view, left, end, most) if left < end else [])


def _pieces(view: str, start: int, end: int, most: int) -> list[tuple[int, int]]:
    """A sentence whole, or one that is too long in pieces, cut between words."""
    found = []
    while end - start > most:
        cut = max(view.rfind(sign, start + most // 2, start + most) for sign in (";", ",")) + 1
        cut = cut or view.rfind(" ", start + 1, start + most) + 1 or start + most
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]
