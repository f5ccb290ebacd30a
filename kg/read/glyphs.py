"""From the glyphs of a page to its lines, put together from where the glyphs stand.

A glyph that is smaller than its line and raised, or lowered behind a number, is a mark of a footnote and no text, unless
it is an exponent ('10⁹', 'm²'), the end of an ordinal ('4th') or a sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import floor
from typing import NamedTuple

from kg.read.layout import ITEM, Cell, Line
from kg.read.text import shown_raised

_CELL = 8.0  # points
_NEAREST = 1.0
_EDGE = _NEAREST / _CELL


class Glyph(NamedTuple):
    """A character and its box, in points; `number` is its place on the page.

    `space` is the white space before it in the order of the content: '' for none, a new line when the
    content breaks the line there.
    """

    char: str
    left: float
    right: float
    bottom: float
    size: float
    number: int
    space: str


def once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Glyphs without those that are drawn again where they stand already, or beside it by less than any letter's width."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}  # by the cells of a grid that a glyph's place touches
    for glyph in glyphs:
        char, x, y = glyph.char, glyph.left / _CELL, glyph.bottom / _CELL
        near = min(0.1 * glyph.size, _NEAREST)
        for other in seen.get((char, floor(x), floor(y)), ()):
            if abs(glyph.left - other.left) < near and abs(glyph.bottom - other.bottom) < near:
                break
        else:
            yield glyph
        left, right, low, high = floor(x - _EDGE), floor(x + _EDGE), floor(y - _EDGE), floor(y + _EDGE)
        seen.setdefault((char, left, low), []).append(glyph)
        if left < right or low < high:  # seldom
            for cell in {(char, left, high), (char, right, low), (char, right, high)} - {(char, left, low)}:
                seen.setdefault(cell, []).append(glyph)


def page_lines(glyphs: Sequence[Glyph], page: int, is_bold: Callable[[int], bool]) -> list[Line]:
    """The lines of a page, in the order of its content, or by place where that order jumps about."""
    lines = _written(glyphs, page, is_bold)
    back = sum(b.bottom > a.bottom - 0.3 * a.size for a, b in pairwise(lines))
    # lines go up, or on in the line before, more often than columns would make them
    return _written(_by_place(glyphs), page, is_bold) if back > max(1, 0.25 * len(lines)) else lines


def _by_place(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Glyphs from the top line to the lowest, each from left to right, with words apart where they stand so."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.bottom):
        if rows and abs(rows[-1][0].bottom - glyph.bottom) < 0.5 * max(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [g._replace(space=g.space or "\n") for row in rows for g in sorted(row, key=lambda g: g.left)]


def _written(glyphs: Iterable[Glyph], page: int, is_bold: Callable[[int], bool]) -> list[Line]:
    pen = _Pen(page, is_bold)
    for glyph in glyphs:
        pen.take(glyph)
    pen.end_line()
    return pen.lines


class _Pen:
    """Writes the line at hand, glyph by glyph."""

    def __init__(self, page: int, is_bold: Callable[[int], bool]) -> None:
        self.page = page
        self.is_bold = is_bold
        self.lines: list[Line] = []
        self.glyphs: list[Glyph] = []
        self.gaps: list[str] = []  # what stands before each glyph
        self.lefts: list[float] = []  # where the columns of the table at hand begin
        self.bottom = self.size = self.right = 0.0

    def take(self, glyph: Glyph) -> None:
        """Write a glyph on the line at hand, or end that and begin a new one."""
        half = 0.5 * max(glyph.size, self.size)
        rise = 0.75 * self.size if glyph.size < 0.85 * self.size else half  # of the mark of a note
        same = -half < glyph.bottom - self.bottom < rise
        gap = glyph.left - self.right
        beside = gap > 2 * half and not 0.8 * self.size < glyph.size < 1.25 * self.size  # a heading beside text
        if not (self.glyphs and same and gap > -half) or beside:
            self.end_line()
            self.bottom, self.size, self.right = glyph.bottom, glyph.size, glyph.right
            self.glyphs, self.gaps = [glyph], [""]
            return
        column = gap > 0.35 * self.size and any(abs(glyph.left - left) < 1 for left in self.lefts)
        wide = column or (gap > 1.1 * self.size and not ITEM.fullmatch("".join(g.char for g in self.glyphs[:8])))
        apart = wide or (glyph.space and glyph.space != "\n") or (glyph.space and gap > 0.15 * self.size)
        self.gaps.append("   " if wide else (glyph.space.strip("\n") or " ") if apart else "")
        self.glyphs.append(glyph)
        self.right = max(self.right, glyph.right)
        if glyph.size > 1.1 * self.size:  # what came before was raised
            self.bottom, self.size = glyph.bottom, glyph.size

    def end_line(self) -> None:
        """Keep the line at hand."""
        if not self.glyphs:
            return
        sizes = Counter(g.size for g in self.glyphs)
        tenths = Counter[float]()
        for size, times in sizes.items():
            tenths[round(size, 1)] += times
        usual = max(tenths, key=lambda s: (tenths[s], s))
        size = next(s for s in sizes if round(s, 1) == usual)
        alike = {s for s in sizes if abs(s - size) < 0.1}
        bottom = Counter(g.bottom for g in self.glyphs if g.size in alike).most_common(1)[0][0]
        cells, bold = self._cells(size, bottom)
        if cells:
            first = self.glyphs[0]
            marked = first.size < 0.85 * size and first.bottom > bottom + 0.08 * size
            self.lines.append(Line(self.page, bottom, size, bold, tuple(cells), marked=marked))
            self.lefts = [cell.left for cell in cells[1:]] or self.lefts
        self.glyphs, self.gaps = [], []

    def _cells(self, size: float, bottom: float) -> tuple[list[Cell], bool]:
        """The cells of the line, and whether all of its words begin in bold."""
        cells: list[Cell] = []
        text, raised, first_end = "", "", 0.0
        left = right = self.glyphs[0].left
        bold, begun = True, False
        for gap, glyph in zip([*self.gaps, "   "], [*self.glyphs, None], strict=True):
            small = glyph and glyph.size < 0.85 * size
            up = glyph and glyph.bottom > bottom + (0.08 if small else 0.25) * size
            up = up or (glyph and small and glyph.bottom < bottom - 0.1 * size and text[-1:].isdecimal())
            if raised and not (up and not gap):
                text, raised = text + shown_raised(raised, text), ""
            if gap == "   ":
                if text.strip():
                    cells.append(Cell(text.strip(), left, right, (first_end or right) - left))
                text, first_end = "", 0.0
                left = glyph.left if glyph else left
            elif gap and text:
                first_end = first_end or right
                text += gap
            if glyph is None:
                break
            if bold and (gap or not begun):
                bold = self.is_bold(glyph.number)
            begun = True
            raised, text = (raised + glyph.char, text) if up else (raised, text + glyph.char)
            right = glyph.right
        return cells, bold
