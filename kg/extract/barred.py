"""Tables in other notations written as those with bars, every character in its place.

They are lines parted by commas, semicolons, two spaces, leading dots or, in LaTeX, by '&'; those under a rule that shows
the columns, as in reStructuredText; and those drawn with the signs for boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.grid import FIGURE

_BOXES = str.maketrans(
    {**dict.fromkeys("│┃║┆┊", "|"), **dict.fromkeys("─━═┄", "-"), **dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯╪╫", "+")}
)
_RULED = re.compile(r"\s*(?:={2,}|-{2,})(?:\s+(?:={2,}|-{2,}))+\s*")
_SPACE = r"(?:(?<! ) +)?"
"""All the spaces before something, or none: begun at each of them, a search would look at the rest of them again and again."""
_PARTING = {
    ";": re.compile(rf"{_SPACE}; *"), ".": re.compile(rf"{_SPACE}(?:\. ?){{4,}}| \.{{3}}(?= )"), "&": re.compile(r"\s&(?=\s)"),
    "  ": re.compile(r"(?<=\S) {2}(?=\S)"), ",": re.compile(rf"{_SPACE}, *"),
}  # fmt: skip
"""What may part the cells of a line, by what stands in it; the surest first."""
_BARRED = re.compile(r"[|\t]|\S\s{3,}\S")
_QUOTED = re.compile(r'"[^"\n]{0,80}"')
_LONGEST = 40
_WITH_UNIT = re.compile(r".*\d.*[a-z%×]", re.IGNORECASE)


def barred(text: str) -> str:
    """The text with a bar between the cells of such tables.

    >>> barred("Benchmark,Minutes\\nBERT,16.6")
    'Benchmark|Minutes\\nBERT|16.6'
    """
    lines = text.translate(_BOXES).split("\n")
    begin = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at].strip() or lines[at].startswith(("```", "~~~")):
            if at - begin > 1:
                lines[begin:at] = _paragraph(lines[begin:at])
            begin = at + 1
    return "\n".join(lines)


def _paragraph(lines: list[str]) -> list[str]:
    """The lines of a paragraph, with bars in those of a table."""
    rule = next((line for line in lines if _RULED.fullmatch(line)), None)
    if rule:
        gaps = [(a.end(), b.start()) for a, b in pairwise(re.finditer(r"[=-]+", rule))]
        return [line if _RULED.fullmatch(line) else _at(line, gaps) for line in lines]
    if any(map(_BARRED.search, lines)):
        return lines
    for sign, parting in _PARTING.items():
        found = [list(_parted(line, parting)) if sign in line else [] for line in lines]
        for begin, end in _runs(found):
            rows = [_at(line, gaps) for line, gaps in zip(lines[begin:end], found[begin:end], strict=True)]
            if _is_table(rows) and (sign != "," or end - begin == len(lines)):
                return [*lines[:begin], *rows, *lines[end:]]
    return lines


def _parted(line: str, parting: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the cells of a line are parted, but within quotation marks."""
    quoted = {at for m in _QUOTED.finditer(line) for at in range(m.start() + 1, m.end())}
    for match in parting.finditer(line):
        if match.start() > 0 and match.start() not in quoted:
            yield match.span()


def _runs(found: Sequence[Sequence[object]]) -> Iterator[tuple[int, int]]:
    """From where to where at least two lines follow one another that are parted alike."""
    begin = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or len(found[at]) != len(found[begin]):
            if at - begin > 1 and found[begin]:
                yield begin, at
            begin = at


def _at(line: str, gaps: Sequence[tuple[int, int]]) -> str:
    """A line with a bar in each gap in which it has no words."""
    signs, length = list(line), len(line.rstrip())
    for start, end in gaps:
        if start < length and not re.search(r"\w", line[start:end]):
            signs[start:end] = " " * (end - start - 1) + "|"
    line = "".join(signs)
    return re.sub(r'\\\\\s*$|(?<![^|\s])"|"(?![^|\s])', lambda found: " " * len(found[0]), line)


def _is_table(rows: Sequence[str]) -> bool:
    """Whether lines with bars have short cells, and figures below a head or with their units."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    figures = [any(FIGURE.fullmatch(cell) for cell in row[1:]) for row in cells]
    if any(len(cell) > _LONGEST for row in cells for cell in row) or not all(figures[1:]):
        return False
    return not re.search(r"\d", rows[0]) or all(
        FIGURE.fullmatch(row[-1]) and _WITH_UNIT.match(row[-1]) for row in cells
    )
