"""Tables as one grid, whatever they are written in: rows of lines, of Markdown, of HTML within Markdown.

A row knows its cells with the words over each, and what of the rows above holds on in it: a cell that spans rows,
is left blank below another or has a sign for 'the same', and a row of one cell above the rows of a group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.read.html_tables import span_of, spanned

FIGURE = re.compile(
    r"[~<>≈≤≥]?\s?\d[\d.,]*\s?(?:%|x|×|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|[GT]i?B)?\s?", re.IGNORECASE
)
"""A cell that is a figure."""
VACANT = re.compile(
    r"(?i)(?:(?:n\.?/?a\.?|tb[da]|none|pending|[-–—]|(?:did |was )?not (?:run|submit(?:ted)?|measured)|no (?:submission|results?)|x|✗|❌)\s?)+"
)
"""What stands in the cells of a row for which there is nothing."""
_TIME = re.compile(r"(?i)[~<≈]?\s?\d[\d.,]*\s?(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?)")
"""What stands in no head, though Markdown has a line below it."""
_SAME = re.compile(r"\^\^|[\"”〃″]|''|(?i:ditto)")
_RULE = re.compile(r"^[ \t|:+=-]*[-=]{3}[ \t|:+=-]*$", re.MULTILINE)
_DIGIT = re.compile(r"\d")
_BAR = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"\s{3,}|\t")
_TAG = re.compile(r"<(/?)(table|thead|tr|t[dh])\b([^<>]{0,500})>", re.IGNORECASE)
_FAR = 6
"""So far in stands what goes on with the line above."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place in the text, empty where it is blank, and how far in on its line it stands.

    It is `copied` where one to the left or above spans its place.
    """

    start: int
    end: int
    offset: int = 0
    copied: bool = False

    @property
    def own(self) -> bool:
        """Whether it has words, and has them here first."""
        return self.start < self.end and not self.copied


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its place, its cells by their order, what parts them, and whether the mark-up says that it is a head.

    `over` are the places of the cells that are not blank, with the words over each; `header` are the places of the
    rows of the head, `carried` what of the rows above holds on.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    parted: str = ""
    head: bool | None = None
    over: tuple[tuple[Place, str], ...] = ()
    header: tuple[Place, ...] = ()
    carried: str = ""


def line_row(text: str, start: int, end: int) -> Row:
    """The row of a line, or of lines that go on with it, whose cells are parted by '|', a tab or three spaces."""
    cells: list[Cell] = []
    parted = ""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        body = line.rstrip()
        parted = "|" if "|" in body else "\t" if "\t" in body else ""
        gaps = [(at + m.start(), at + m.end()) for m in (_BAR if parted == "|" else _GAP).finditer(body)]
        edges = [(at, at), *gaps, (at + len(body), at + len(body))]
        found = [_stripped(text, left, right, at) for (_, left), (right, _) in pairwise(edges)]
        if parted == "|":
            found = found[1 if body.lstrip().startswith("|") else 0 : -1 if body.endswith("|") else None]
        cells += found if parted else [c for c in found if c.start < c.end]
        at += len(line)
    return Row(start, end, tuple(cells), parted)


def _stripped(text: str, left: int, right: int, line: int) -> Cell:
    inside = text[left:right]
    left += len(inside) - len(inside.lstrip(" \t\r\n|"))
    return Cell(left, left + len(inside.strip(" \t\r\n|")), left - line)


def html_rows(text: str, start: int, end: int) -> list[Row]:
    """The rows of a table in HTML, with a copy of each cell in every row and column that it spans."""
    rows: list[list[tuple[Cell, int, int]]] = []
    heads: list[bool] = []
    opened: tuple[int, int, int] | None = None
    for tag in _TAG.finditer(text, start, end):
        name = tag[2].lower()
        if opened and rows:
            rows[-1].append((_bare(text, opened[0], tag.start()), *opened[1:]))
            opened = None
        if not tag[1] and name == "tr":
            rows.append([])
            heads.append(True)
        elif not tag[1] and name in ("td", "th") and rows:
            opened = tag.end(), *span_of(tag[3])
            heads[-1] = heads[-1] and name == "th"
    below: dict[int, tuple[int, Cell]] = {}
    whole = [spanned(row, below, lambda cell: replace(cell, copied=True)) for row in rows]
    return [
        Row(min(c.start for c in own), max(c.end for c in own), tuple(row), "|", head)
        for row, head in zip(whole, heads, strict=True)
        if (own := [c for c in row if c.own])
    ]


def _bare(text: str, left: int, right: int) -> Cell:
    """A cell of HTML without the white space and mark-up around its words."""
    inside = text[left:right]
    begun = re.match(r"(?:\s|<[^<>]{1,300}>)*", inside)
    left += begun.end() if begun else 0
    ended = re.search(r"(?:\s|<[^<>]{1,300}>)*\Z", text[left:right])
    return Cell(left, max(left, left + (ended.start() if ended else 0)))


def table(text: str, view: str, rows: Sequence[Row]) -> list[Row]:
    """The rows below the heads of one table, with what stands over their cells and what holds on from above.

    Words are those of the view.
    """
    ruled = _ruled(text, rows)
    heads: list[Row] = []
    found: list[Row] = []
    above: list[str] = []
    group = ""
    open_head = False
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else None
        words = [view[c.start : c.end].strip() if c.own else "" for c in row.cells]
        alone = len(words) > 1 and words[0] and not any(words[1:]) and not FIGURE.fullmatch(words[0])
        head = _is_head(text, row, below, number, ruled) or (row.head and not alone)
        if head:
            heads = [*(heads if open_head else ()), *_lines(text, row)]
            above, group = [], ""
        elif heads and below and alone:  # its first cell is said of the rows below it
            group, above = words[0], []
        else:
            carried, above = _carried(view, row, words, above, found[-1] if found else None)
            cells = [(at, c) for at, c in enumerate(row.cells) if c.own]
            over = tuple(((c.start, c.end), _over(view, row, at, heads)) for at, c in cells)
            header = tuple((h.start, h.end) for h in heads)
            found.append(replace(row, over=over, header=header, carried=" ".join(filter(None, [group, carried]))))
        open_head = bool(head)
    return found


def _lines(text: str, row: Row) -> list[Row]:
    """The lines of a row of a head as rows, as each has its cells over the columns."""
    ends = [row.start + m.end() for m in re.finditer(r"\n(?=.*\S)", text[row.start : row.end])]
    if row.head is not None or not ends:
        return [row]
    return [line_row(text, left, right) for left, right in pairwise([row.start, *ends, row.end])]


def _ruled(text: str, rows: Sequence[Row]) -> int:
    """How many rows at the top stand over a line of Markdown, or are heads in HTML; 0 where nothing tells."""
    if rows[0].head is not None:
        return next((n for n, row in enumerate(rows) if not row.head), 0)
    found = (n for n in range(1, min(4, len(rows))) if _RULE.search(text, rows[n - 1].end, rows[n].start + 1))
    return next(found, 0) if rows[0].parted == "|" else 0


def _is_head(text: str, row: Row, below: Row | None, number: int, ruled: int) -> bool:
    """Whether a row stands over columns: it has no figures, or a line beneath it, or words where the one below has figures."""
    words = [text[c.start : c.end] for c in row.cells]
    if ruled and number >= ruled:  # the head of another table right behind
        return bool(below and _RULE.search(text, row.end, below.start + 1)) and not any(
            FIGURE.fullmatch(w) or VACANT.fullmatch(w) for w in words
        )
    if ruled:
        return not any(_TIME.fullmatch(w) for w in words)
    if number or below is None:
        return not _DIGIT.search(text, row.start, row.end) and not any(map(VACANT.fullmatch, words[1:]))
    if not _DIGIT.search(text, row.start, row.end) or _RULE.search(text, row.end, below.start + 1):
        return True
    pairs = list(zip(words, (text[c.start : c.end] for c in below.cells), strict=False))[1:]
    return any(FIGURE.fullmatch(f) and not FIGURE.fullmatch(w) for w, f in pairs) and not any(
        map(FIGURE.fullmatch, words)
    )


def _carried(
    view: str, row: Row, words: Sequence[str], above: Sequence[str], before: Row | None
) -> tuple[str, list[str]]:
    """What of the rows above holds on in a row, and what may hold on in the next, by column.

    A line of words that stand far in goes on with the first cell of the one above.
    """
    if not row.parted:
        if not before or before.parted or not row.cells:
            return "", []
        first, here = before.cells[0], row.cells[0].offset
        if here >= _FAR and first.offset + first.end - first.start < here:
            return view[first.start : first.end].strip(), []
        return (before.carried if here >= _FAR and here == first.offset else ""), []
    first_own = next((at for at, word in enumerate(words) if word and not _SAME.fullmatch(word)), 0)
    held: list[str] = []
    kept: list[str] = []
    for at, (word, cell) in enumerate(zip(words, row.cells, strict=True)):
        spanning = view[cell.start : cell.end].strip() if cell.copied and cell.start < row.start else ""
        blank = (not word and at < first_own) or _SAME.fullmatch(word)
        old = spanning or (above[at] if blank and at < len(above) else "")
        held += filter(None, [old])
        kept.append(old or word)
    return " ".join(dict.fromkeys(held)), kept


def _over(view: str, row: Row, at: int, heads: Sequence[Row]) -> str:
    """The words over a cell of a row, from the top down."""
    cells = [_over_in(row, at, head, lowest=head is heads[-1]) for head in heads]
    return " ".join(dict.fromkeys(view[c.start : c.end].strip() for c in cells if c))


def _over_in(row: Row, at: int, head: Row, *, lowest: bool) -> Cell | None:
    """The cell over another in one row of the head: by their order, or in lines with fewer or more cells by their place."""
    cells, over = row.cells, head.cells
    piped = row.parted == head.parted == "|"
    if not piped and len(cells) != len(over):
        cells, over = tuple(c for c in cells if c.start < c.end), tuple(c for c in over if c.start < c.end)
        at = cells.index(row.cells[at])
    if not piped and len(cells) != len(over):
        return next((c for c in reversed(over) if c.offset <= cells[at].offset + 1), None)
    at = at % len(over) if over and len(cells) % len(over) == 0 else at
    spread = [c for c in over[: at + 1] if c.start < c.end] if not lowest and head.head is None else over[at : at + 1]
    return spread[-1] if spread and at < len(over) else None
