"""The rows of a table, whose cells a page may hold in any order and on several lines.

The first line with several cells is the head of a table. The lines that follow and stand within its columns
are its cells: those of one row are put together, column by column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.read.layout import ITEM, Cell, Line, joints

_SLACK = 3.0  # points by which the cells of a column may be out of line


def in_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with those of a table's row as one."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        head = lines[at]
        end = at + 1
        lefts = [cell.left for cell in head.cells]
        table = head.columns and not ITEM.match(head.cells[0].text)
        while table and end < len(lines) and _columns(lines[end], lefts):
            end += 1
        inside = lines[at + 1 : end]
        found += [head, *(_rows(inside, lefts) if _is_broken(inside, lefts) else inside)]
        at = end
    return found


def _columns(line: Line, lefts: Sequence[float]) -> list[int]:
    """The column of each cell of a line; none when a cell stands in no column, or goes across."""
    columns = []
    for cell in line.cells:
        column = sum(left <= cell.left + _SLACK for left in lefts) - 1
        if column < 0 or (column + 1 < len(lefts) and cell.right > lefts[column + 1] + _SLACK):
            return []
        columns.append(column)
    return columns


def _is_broken(lines: Sequence[Line], lefts: Sequence[float]) -> bool:
    """Whether cells of a row stand in several lines."""
    return len(lines) > 1 and any(_columns(line, lefts)[0] > 0 for line in lines)


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
        goes_on = 0 not in filled or (spread and gap < 1.25 * usual and len(filled) < len(lefts))
        if rows and goes_on and gap < 2.5 * level[0].size:
            rows[-1].append(level)
        else:
            rows.append([level])
    return [_row([line for level in row for line in level], lefts) for row in rows]


def _row(lines: Sequence[Line], lefts: Sequence[float]) -> Line:
    """One line of the cells that stand in several, those of a column joined by a space."""
    columns: dict[int, list[Cell]] = {}
    for line in lines:
        for column, cell in zip(_columns(line, lefts), line.cells, strict=True):
            columns.setdefault(column, []).append(cell)
    cells = tuple(
        replace(
            parts[0], text="".join(joints([p.text for p in parts], Counter())), right=max(part.right for part in parts)
        )
        for _, parts in sorted(columns.items())
    )
    text = "   ".join(cell.text for cell in cells)
    first = min(lines, key=lambda line: -line.bottom)
    return replace(
        first, text=text, left=cells[0].left, right=cells[-1].right, first=cells[0].first,
        columns=len(cells) > 1, cells=cells,
    )  # fmt: skip
