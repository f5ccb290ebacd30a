"""What stands side by side on a page: columns of prose, which are read one by one, and tables, read row by row.

Where the lines of two columns of prose take turns in the content, those of each column are put together.
A table, whose columns hold no full lines, may have its cells in any order and on several lines. The first line with
several cells is its head; the lines that follow and stand within its columns are its cells: those of one row are put
together, column by column.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise

from kg.read.layout import ITEM, Cell, Line, joints

_GUTTER = 6.0  # points
_LEAST = 4  # lines in each column
_STRIP = 1.8  # times the size of letters between the lowest line of a block and the highest of the next
_NEAR = 3.0  # times the size of letters from a row of a table to the next
_MOST = 300  # rows that tell where the columns are
_FIGURE = re.compile(r"[~<>≈≤≥]?\s?\d[\d.,]*\s?(?:%|×|[a-zA-Z]{1,7}\.?)?")
_SLACK = 3.0  # points by which the cells of a table's column may be out of line


def in_reading_order(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """The lines of a page, column by column, and whether that may be another order than what is meant.

    Where the content has a column in several blocks, its lines go on from one block to the next. Blocks that are
    parted across the page, by a strip without any text, stay in the content's order, which is then doubtful.
    """
    gutters = _gutters(lines)
    if not gutters:
        return list(lines), False
    found: list[Line] = []
    zone: list[Line] = []
    moved = False
    for line in [*lines, None]:
        if line and _parts(line, gutters):
            zone.append(line)
            continue
        parts = [part for one in zone for part in _parts(one, gutters)]
        turns = sum(b < a for (a, _), (b, _) in pairwise(parts))
        moved |= turns > 0
        found += _by_column(parts) if turns >= _LEAST - 1 or _goes_on(parts) else zone
        found += [line] if line else []
        zone = []
    return found, moved


def _goes_on(parts: Sequence[tuple[int, Line]]) -> bool:
    """Whether at a turn back to a column no strip is free between what stands before it and what follows."""
    for at, ((before, _), (after, _)) in enumerate(pairwise(parts), 1):
        if after < before:
            lowest = min(line.bottom for _, line in parts[:at])
            highest = max(line.bottom for _, line in parts[at:])
            if lowest - highest < _STRIP * parts[at][1].size:
                return True
    return False


def _by_column(parts: Sequence[tuple[int, Line]]) -> list[Line]:
    """Lines by column, each with its column's margin."""
    margins = {c: max(part.right for at, part in parts if at == c) for c, _ in parts}
    return [replace(part, margin=margins[c]) for c, part in sorted(parts, key=lambda one: one[0])]


def _gutters(lines: Sequence[Line]) -> list[float]:
    """The middles of the vertical strips that part columns of prose."""
    cells = [cell for line in lines for cell in line.cells]
    if len(cells) < 2 * _LEAST:
        return []
    left, right = min(c.left for c in cells), max(c.right for c in cells)
    step = max(1.0, (right - left) / 1000)
    changes = [0] * (int((right - left) / step) + 3)
    for cell in cells:
        changes[int((cell.left - left) / step)] += 1
        changes[int((cell.right - left) / step) + 1] -= 1
    covered = list(accumulate(changes))[:-1]
    width, most = len(covered), max(covered)
    strips = [list(run) for free, run in groupby(range(width), lambda at: covered[at] <= max(1, 0.12 * most)) if free]
    inner = [s for s in strips if len(s) * step >= _GUTTER and 0.15 * width < s[0] and s[-1] < 0.85 * width]
    middles = [left + (s[0] + s[-1]) / 2 * step for s in inner]
    return middles if middles and _is_prose(lines, middles) else []


def _is_prose(lines: Sequence[Line], gutters: Sequence[float]) -> bool:
    """Whether each column has lines enough that fill its width with words."""
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for at, part in _parts(line, gutters):
            columns[at].append(part)
    for column in columns:
        if len(column) < _LEAST:
            return False
        width = max(p.right for p in column) - min(p.left for p in column)
        full = [p for p in column if p.right - p.left > 0.6 * width and len(p.text.split()) >= 4]
        if len(full) < 0.5 * len(column) or statistics.median(len(p.text) for p in full) < 20:
            return False
    return True


def _parts(line: Line, gutters: Sequence[float]) -> list[tuple[int, Line]]:
    """A line's parts with the number of the column that each stands in; none when it goes across."""
    by_column: dict[int, list[Cell]] = {}
    for cell in line.cells:
        if any(cell.left < x < cell.right for x in gutters):
            return []
        by_column.setdefault(sum(x < cell.left for x in gutters), []).append(cell)
    return [(at, replace(line, cells=tuple(cells))) for at, cells in sorted(by_column.items())]


def in_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with those of a table's row as one."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        head = lines[at]
        end = at + 1
        table = len(head.cells) > 1 and not ITEM.match(head.cells[0].text)
        lefts = _lefts(lines, at) if table else []
        while table and end < len(lines) and _columns(lines[end], lefts):
            end += 1
        inside = lines[at + 1 : end]
        broken = len(inside) > 1 and any(
            _columns(line, lefts)[0] > 0 for line in inside
        )  # cells of a row in several lines
        rows = _rows(inside, lefts) if broken else inside
        found += [_with_blanks(line, lefts) for line in (head, *rows)]
        at = end
    return found


def _lefts(lines: Sequence[Line], at: int) -> list[float]:
    """Where the columns of the table with a head begin, whose cells may stand at the right of them or in their middle.

    A column that the head leaves blank is one all the same.
    """
    columns = [(cell.left, cell.right) for cell in lines[at].cells]
    for before, line in pairwise(lines[at : at + _MOST]):
        hits = [[n for n, (left, right) in enumerate(columns) if c.left < right and c.right > left] for c in line.cells]
        placed = [hit[0] for hit in hits if hit]
        near = 0 < before.bottom - line.bottom < _NEAR * line.size
        if not placed or max(map(len, hits)) > 1 or len(set(placed)) < len(placed) or not (near or all(hits)):
            break
        for cell, hit in zip(line.cells, hits, strict=True):
            if hit:
                left, right = columns[hit[0]]
                columns[hit[0]] = min(left, cell.left), max(right, cell.right)
            else:
                columns.append((cell.left, cell.right))
        columns.sort()
    return [left for left, _ in columns]


def _with_blanks(line: Line, lefts: Sequence[float]) -> Line:
    """A row with a cell without words in each of the columns that it leaves blank before its last cell."""
    columns = _columns(line, lefts)
    if len(set(columns)) < len(columns) or columns == [*range(len(columns))]:
        return line
    cells = dict(zip(columns, line.cells, strict=True))
    blanks = {at: Cell("", left, left, 0.0) for at, left in enumerate(lefts[: columns[-1]])}
    return replace(line, cells=tuple(cell for _, cell in sorted({**blanks, **cells}.items())))


def _columns(line: Line, lefts: Sequence[float]) -> list[int]:
    """The column of each cell of a line; none when a cell stands in no column, or goes across."""
    columns = []
    for cell in line.cells:
        column = sum(left <= cell.left + _SLACK for left in lefts) - 1
        if column < 0 or (column + 1 < len(lefts) and cell.right > lefts[column + 1] + _SLACK):
            return []
        columns.append(column)
    return columns


def _rows(lines: Sequence[Line], lefts: Sequence[float]) -> list[Line]:
    """Lines of a table by row; a row begins where the first column has a cell again, after a wider gap."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if levels and abs(levels[-1][0].bottom - line.bottom) < 0.4 * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    gaps = [a[0].bottom - b[0].bottom for a, b in pairwise(levels)]
    usual = min(gaps, default=0.0)
    spread = max(gaps, default=0.0) > 1.25 * usual
    rows: list[list[list[Line]]] = []
    for gap, level in zip([float("inf"), *gaps], levels, strict=True):
        filled = {column for line in level for column in _columns(line, lefts)}
        figures, above = (
            _figures(level, lefts),
            _figures([line for one in rows[-1] for line in one] if rows else [], lefts),
        )
        again = figures and above and (figures & above or 0 in filled or gap > 0.8 * level[0].size)
        goes_on = 0 not in filled or (spread and gap < 1.25 * usual and len(filled) < len(lefts))
        if rows and goes_on and not again and gap < 2.5 * level[0].size:
            rows[-1].append(level)
        else:
            rows.append([level])
    return [_row([line for level in row for line in level], lefts) for row in rows]


def _figures(lines: Sequence[Line], lefts: Sequence[float]) -> set[int]:
    """The columns behind the first in which lines have a figure, which no other line goes on with."""
    cells = [(at, c.text) for line in lines for at, c in zip(_columns(line, lefts), line.cells, strict=True)]
    return {at for at, text in cells if at and _FIGURE.fullmatch(text)}


def _row(lines: Sequence[Line], lefts: Sequence[float]) -> Line:
    """One line of the cells that stand in several, those of a column joined by a space."""
    columns: dict[int, list[Cell]] = {}
    for line in lines:
        for column, cell in zip(_columns(line, lefts), line.cells, strict=True):
            columns.setdefault(column, []).append(cell)
    cells = []
    for _, parts in sorted(columns.items()):
        text = "".join(joints([part.text for part in parts], Counter()))
        cells.append(replace(parts[0], text=text, right=max(part.right for part in parts)))
    return replace(max(lines, key=lambda line: line.bottom), cells=tuple(cells))
