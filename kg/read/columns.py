"""The order in which the columns of a page are read.

Where the lines of two columns of prose take turns in the content, those of each column are put together.
A table is left as it is: its columns hold no full lines.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from kg.read.layout import Cell, Line

_GUTTER = 6.0  # points
_LEAST = 4  # lines in each column


def in_reading_order(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """The lines of a page, column by column, and whether that is another order than the content's."""
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
        moved |= turns >= _LEAST - 1
        found += _by_column(parts) if turns >= _LEAST - 1 else zone
        found += [line] if line else []
        zone = []
    return found, moved


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
    free = [at for at, n in enumerate(covered) if n <= 0.12 * max(covered)]
    strips: list[list[int]] = []
    for at in free:
        if strips and at == strips[-1][-1] + 1:
            strips[-1].append(at)
        else:
            strips.append([at])
    width = len(covered)
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
        full = [p for p in column if p.right - p.left > 0.75 * width and len(p.text.split()) >= 4]
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
    return [(at, _of_cells(line, cells)) for at, cells in sorted(by_column.items())]


def _of_cells(line: Line, cells: Sequence[Cell]) -> Line:
    if len(cells) == len(line.cells):
        return line
    return replace(
        line,
        text="   ".join(cell.text for cell in cells),
        left=cells[0].left,
        right=cells[-1].right,
        first=cells[0].first,
        columns=len(cells) > 1,
        cells=tuple(cells),
    )
