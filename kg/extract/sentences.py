"""A statement's text as sentences, list items and rows of tables, each with what introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.extract.barred import barred
from kg.extract.grid import FIGURE, Row, html_rows, line_row, table
from kg.extract.view import decimal_point, mask
from kg.model.statement import Span, Statement
from kg.read.text import blanked

MAX_SENTENCE = 1000
"""The most characters of a sentence; what is longer is read in pieces of that length."""
MAX_STATEMENT = 30_000
"""The most characters of the sentences of a statement; what follows is left out. Those of rounds have 3,000, few 10,000."""

_BULLET = re.compile(r"\s*(?:[-*+●•·▪◦–‣]|\(?\d{1,2}[.)]|\(?[a-zivx]{1,3}\))(?:\s+[-·●•▪◦])?\s+(?=\S)")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FIELD = re.compile(r"\s*[A-Z][\w /&()-]{1,30}:\s+\S")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\s*\|\s*|\t+)(?=\S)")
_LABELLED = re.compile(
    r"([^:=]{0,60}\b(?:minutes?|mins?|seconds?|secs?|hours?|hrs?)\b[^:=\d]{0,20}?)\s*[:=]\s*(\d[\d.,]*\d|\d)\W*",
    re.IGNORECASE,
)
_WIDEST, _LONGEST = 200, 5000
"""The most cells and characters of a row in HTML; a table with more in one is read as text."""
_HTML_TABLE = re.compile(r"<table\b(?:(?!<table\b).){1,200000}?</table\s*>", re.IGNORECASE | re.DOTALL)
_CAPTION = re.compile(r"<caption\b[^<>]{0,300}>(.{1,400}?)</caption", re.IGNORECASE | re.DOTALL)
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
    view, each with the words over it, or the label and the figure of 'Minutes: 16.6'; `above` are the items above an item, or what of the rows above holds on in a row.
    `before` is the sentence before it in its paragraph; `paragraph`
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
    above: str = ""


def too_long(statement: Statement) -> list[str]:
    """What is to be said of a statement, or of sentences, too long to be read whole or in one piece, with their lines."""
    text, base, plain = statement.document.text, statement.body.start, _plain(statement)
    found = []
    end = _read(statement, plain)[1] if len(plain) > MAX_STATEMENT else None
    last = len(text) if end is None else end
    long = [b for b in _blocks(plain) if b.end - b.start > MAX_SENTENCE and base + b.start < last]
    view = mask(statement.text) if long else ""
    for block in long:
        pieces = _split(view, block.start, block.end, MAX_SENTENCE * 1000)
        if any(right - left > MAX_SENTENCE for left, right in pieces):
            line = text.count("\n", 0, base + block.start) + 1
            found.append(f"line {line}: a sentence of more than {MAX_SENTENCE} characters is read in pieces")
    if end is not None:
        line, who = text.count("\n", 0, end) + 1, statement.organization.label
        most = f"{MAX_STATEMENT:,} characters"
        found.append(f"line {line}: what {who} says from here on is left out, as it is more than {most}")
    return found


def sentences(statement: Statement) -> list[Sentence]:
    """The sentences of a statement in order, up to MAX_STATEMENT characters."""
    return _read(statement, _plain(statement))[0]


def _read(statement: Statement, text: str) -> tuple[list[Sentence], int | None]:
    """The sentences of a statement by its plain text, and where in the document the first begins that is left out, if one is."""
    base, view = statement.body.start, mask(text)
    point = decimal_point(statement.document.text)
    found: list[Sentence] = []
    length = 0
    introduction = _Introduction()
    for number, block in enumerate(_with_tables(_blocks(text), text, view)):
        before = ""
        lead, over, above = introduction.to(block)
        for left, right in [(block.start, block.end)] if block.row else _split(view, block.start, block.end):
            piece = view[left:right]
            stripped = piece.strip()
            if not any(c.isalnum() for c in stripped):
                continue
            left += len(piece) - len(piece.lstrip())
            span = Span(base + left, base + left + len(stripped))
            length += len(stripped)
            if length > MAX_STATEMENT:
                return found, span.start
            if block.row:
                header, cells = _table(block.row, view, left, len(stripped))
            else:
                header, cells = "", _labelled(stripped, over)
            found.append(Sentence(span, stripped, block.kind, number, lead, header, before, cells, point, over, above))
            before = stripped
        introduction.goes_on(block, before)
    return found, None


def _table(row: Row, view: str, start: int, length: int) -> tuple[str, tuple[tuple[Span, str], ...]]:
    """The words of a row's head, and its cells in a view that begins at an offset, each with the words over it."""
    header = " ".join(view[left:right] for left, right in row.header)
    # a mark may end the row
    cells = ((left - start, min(right - start, length), words) for (left, right), words in row.over)
    return header, tuple((Span(left, right), words) for left, right, words in cells if 0 <= left < right)


def _labelled(view: str, over: str) -> tuple[tuple[Span, str], ...]:
    """The label and the figure of a line such as 'Minutes: 16.6' as two cells; none of another."""
    found = _LABELLED.fullmatch(view)
    return ((Span(*found.span(1)), ""), (Span(*found.span(2)), f"{over} {found[1]}".strip())) if found else ()


def _plain(statement: Statement) -> str:
    """The text of a statement, with spaces in the place of what is not read, and bars between the cells of tables."""
    base = statement.body.start
    unread = [s for s in statement.document.unread if s.overlaps(statement.body)]
    return barred(blanked(statement.text, (Span(max(0, s.start - base), s.end - base) for s in unread)))


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, list item, heading or table row: its place, and how far its line is indented."""

    start: int
    end: int
    kind: str
    indent: int = 0
    row: Row | None = None


_DEEP = 10
"""So many items above one introduce it at most; lists are not as deep."""


class _Introduction:
    """What introduces the blocks to come: the sentence or heading above a list, and the items above an item."""

    def __init__(self) -> None:
        self._lead = ""
        self._colon = False
        self._items: list[tuple[int, str]] = []  # by their indent

    def to(self, block: _Block) -> tuple[str, str, str]:
        """The `lead`, `over` and `above` of the sentences of a block."""
        if block.kind != "item":
            self._items = []
        while self._items and self._items[-1][0] >= block.indent:
            self._items.pop()
        above = " ".join(words for _, words in self._items[-_DEEP:])
        lead = f"{self._lead} {above}".strip() if block.kind in ("item", "row") or self._colon else ""
        return lead, self._items[-1][1] if self._items else lead, block.row.carried if block.row else above

    def goes_on(self, block: _Block, last: str) -> None:
        """Take the last sentence of a block, which may introduce the next."""
        if block.kind == "item" and last:
            self._items.append((block.indent, last))
        elif block.kind in ("text", "heading") and last:
            self._lead = last
        self._colon = block.kind == "text" and last.endswith(":")


def _with_tables(blocks: Sequence[_Block], text: str, view: str) -> Iterator[_Block]:
    """The blocks, with the rows below the heads of their table in the place of rows."""
    for is_row, group in groupby(blocks, key=lambda block: block.kind == "row"):
        if is_row:
            rows = [block.row or line_row(text, block.start, block.end) for block in group]
            yield from (_Block(row.start, row.end, "row", 0, row) for row in table(text, view, rows))
        else:
            yield from group


def _blocks(text: str) -> list[_Block]:
    """The paragraphs, list items, headings and table rows, those of tables in HTML with their cells."""
    found: list[_Block] = []
    at = 0
    for html in _HTML_TABLE.finditer(text):
        rows = html_rows(text, *html.span())
        fit = all(len(row.cells) <= _WIDEST and row.end - row.start <= _LONGEST for row in rows)
        if rows and fit and html.start() >= at:
            caption = _CAPTION.search(text, *html.span())
            titled = [_Block(*caption.span(1), "text")] if caption else []
            found += [*_of_lines(text, at, html.start()), *titled, *(_Block(r.start, r.end, "row", 0, r) for r in rows)]
            at = html.end()
    return [*found, *_of_lines(text, at, len(text))]


def _of_lines(text: str, at: int, end: int) -> list[_Block]:
    """The blocks of the lines from an offset to another."""
    blocks: list[_Block] = []
    open_kind = ""
    listing = False  # after a line that ends in a colon, short lines are items
    lines = text[at:end].splitlines(keepends=True)
    for number, line in enumerate(lines):
        start, at = at, at + len(line)
        body = line.strip()
        if not body:
            open_kind = ""
            continue
        if open_kind == "row" and not (number > 1 and lines[number - 2].strip()) and _is_rest(lines[number - 1], line):
            blocks[-1] = replace(blocks[-1], end=at)
            continue
        kind = _kind(line, open_kind, listing, lines[max(0, number - 1) : number] + lines[number + 1 : number + 2])
        if kind == "rule":
            continue
        if kind == "on":
            blocks[-1] = replace(blocks[-1], end=at)
            kind = blocks[-1].kind
        else:
            bullet = _BULLET.match(line) if kind == "item" else None
            left = start + (bullet.end() if bullet else 0)
            blocks.append(_Block(left, at, kind.removesuffix("!"), left - start))
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
    if _is_rule(line):
        return "rule"
    if columns and len(body) < 400 and (columns >= 2 or open_kind == "row" or not body.endswith((".", ","))):
        wrapped = open_kind == "row" and re.match(r"\s{6,}(?!\d)|\|\s+\|", line)
        return "on" if wrapped and not _has_figure(line) else "row"
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
    here, above = (sum(c.start < c.end for c in line_row(text, 0, len(text)).cells) for text in (line, row))
    return 0 < here < above and not _has_figure(line) and not _is_rule(line)


def _is_rule(line: str) -> bool:
    """Whether a line is only drawn."""
    return set(line.strip()) <= set("|-:=+ ")


def _has_figure(line: str) -> bool:
    """Whether a cell of a line is a figure."""
    return any(FIGURE.fullmatch(line, c.start, c.end) for c in line_row(line, 0, len(line)).cells)


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
