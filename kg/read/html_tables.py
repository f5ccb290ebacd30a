"""Tables of HTML: which hold figures and do not only lay out a page, and their cells in every place that they span."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

C = TypeVar("C")
Token = tuple[str, str]

_APART = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "main", "pre"})
"""What stands in no cell of a table of figures."""
_LONG_CELL, _LONG_TABLE = 300, 100_000
"""The characters of a cell, and the tokens of a table, from which on it holds no figures."""

MOST = 50
"""So many rows or columns a cell spans at most."""
_WIDEST = 500
"""Up to so many columns a row is filled."""
_SPAN = re.compile(r"""\b(row|col)span\s{0,5}=\s{0,5}["']?\s?(\d{1,3})""", re.IGNORECASE)


def span_of(attributes: str) -> tuple[int, int]:
    """How many rows and columns a cell spans, by the text of its attributes.

    >>> span_of(' class="x" rowspan="2"')
    (2, 1)
    """
    said = {kind.lower(): min(MOST, max(1, int(n))) for kind, n in _SPAN.findall(attributes)}
    return said.get("row", 1), said.get("col", 1)


def spanned(
    cells: Iterable[tuple[C, int, int]], below: dict[int, tuple[int, C]], copied: Callable[[C], C] = lambda cell: cell
) -> list[C]:
    """A row with a copy of each cell in every column that it spans, and of those that span it from above.

    `cells` come with the rows and columns that they span; `below` says, by column, in how many of the next rows a cell
    is still to stand, and is brought up to date.

    >>> below = {}
    >>> spanned([("BERT", 2, 1), ("8", 1, 2)], below), spanned([("16", 1, 1)], below)
    (['BERT', '8', '8'], ['BERT', '16'])
    """
    row: list[C] = []
    after: dict[int, tuple[int, C]] = {}

    def take_above() -> None:
        while len(row) in below:
            left, above = below[len(row)]
            if left > 1:
                after[len(row)] = left - 1, above
            row.append(above)

    for cell, deep, wide in cells:
        take_above()
        for _ in range(min(wide, max(1, _WIDEST - len(row)))):
            if deep > 1:
                after[len(row)] = deep - 1, copied(cell)
            row.append(cell)
            cell = copied(cell)
    take_above()
    below.clear()
    below.update(after)
    return row


def with_tables(tokens: Iterator[Token]) -> Iterator[Token]:
    """The tokens of a page, with ('grid', 'begins') and ('grid', '') about what stands in a table of figures."""
    token = next(tokens, None)
    while token:
        yield token
        if token == ("start", "table"):
            held, figures = _table(tokens)
            if figures:
                yield "grid", "begins"
            yield from held[:-1]
            if figures:
                yield "grid", ""
            token = held[-1] if held else None
        else:
            token = next(tokens, None)


def _table(tokens: Iterator[Token]) -> tuple[list[Token], bool]:
    """The tokens up to where it shows whether a table holds short words and figures, and whether it does."""
    held: list[Token] = []
    wide = cells = length = 0
    for token in tokens:
        held.append(token)
        kind, value = token
        length += len(value.strip()) if kind == "text" else 0
        if token == ("end", "table"):
            return held, wide > 1
        if length > _LONG_CELL or len(held) > _LONG_TABLE or (kind == "start" and value in _APART):
            break
        if kind == "start" and value in ("tr", "td", "th"):
            cells, length = (0 if value == "tr" else cells + 1), 0
            wide = max(wide, cells)
    return held, False


class Grid:
    """Writes the rows of a table as lines of cells between '|', with a line below the head, spans filled in."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self._below: dict[int, tuple[int, str]] = {}
        self._headed = False

    def row(self, texts: Sequence[str], *, in_head: bool) -> str:
        """The line of a row with these cells, whose tags and spans were given before; '' where nothing stands in it."""
        head = in_head or set(self.tags) == {"th"}
        repeated = head and sum(map(bool, texts)) > 1
        cells: list[tuple[str, int, int]] = []
        for text, (deep, wide) in zip(texts, self.spans, strict=False):
            cells += [(text, deep, wide if repeated else 1), *[("", 1, 1)] * (0 if repeated else wide - 1)]
        row = spanned(cells, self._below)
        self.tags, self.spans = [], []
        if not any(texts):
            return ""
        line = "".join(f"| {cell.replace('|', '/')} " for cell in row) + "|"
        if self._headed and not repeated:
            line = "|---" * len(row) + "|\n" + line
        self._headed = repeated
        return line
