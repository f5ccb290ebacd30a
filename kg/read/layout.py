"""From the lines of laid-out pages to paragraphs and headings.

A paragraph is put together from its lines: by where each one stands, how far it is from the one before,
and whether its first word would still have had room there. What stands at the head or the foot of many
pages is left out, and so does not cut a sentence in two. Headings are larger than the body.
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, zip_longest

from kg.read.outline import BOLD, COMPANY, Block, Outline, joined_blocks

HYPHEN = "\x02"
"""A hyphen at the end of a line that PDFium holds for one of hyphenation; `outline` judges again."""

ITEM = re.compile(r"(?:(?:[-*+–●•·▪◦‣○■□➢✓]|\(?(?:\d{1,2}|[a-z])[.)])(?=\s|$)\s*)+")
"""The mark, or marks, of a list item."""

_SURE_ITEM = re.compile(r"[●•·▪◦‣○■□➢✓]")
_PAGE_NUMBER = re.compile(
    r"(?:\W*(?:page\s+)?|.*\bpage\s+(?=\d+\s*(?:/|of)))(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_NOTE = re.compile(r"(?:\[\d{1,2}\]\s*|\d{1,2}[.)]?\s+|[*†‡§¶]{1,3}\s*)(?=[^\W\d])")
"""What a footnote begins with where its mark is not raised."""
_SMALLER = 0.9  # a footnote is at most so many times as large as the body
_LARGER = 1.2  # a heading is so many times as large as the body
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]*]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line without wide gaps. Lengths are in points; `first` is the width of its first word."""

    text: str
    left: float
    right: float
    first: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, whose cells wide gaps part. Lengths are in points, from the lower left corner of the page.

    `margin` is where lines of its column end, 0 when that is the margin of the pages; `marked` tells that a mark of a
    footnote stands before its words.
    """

    page: int
    bottom: float
    size: float
    bold: bool
    cells: tuple[Cell, ...]
    margin: float = 0.0
    marked: bool = False

    @property
    def text(self) -> str:
        """Its text, cells three spaces apart, or tabs where one is blank."""
        return ("   " if all(cell.text for cell in self.cells) else "\t").join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].right


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines without footnotes, and what is to be said of those, by page.

    They are smaller than the body, begin with a mark, and end their column.
    """
    size = _median_size(lines) if lines else 0.0
    kept: list[Line] = []
    notes: Counter[int] = Counter()
    held: list[Line] = []  # what is left out where a column ends behind it
    for line, following in zip_longest(lines, lines[1:]):
        begins = len(line.cells) == 1 and (line.marked or _NOTE.match(line.text))
        if line.size < _SMALLER * size and (held or begins):
            held.append(line)
        else:
            kept += [*held, line]
            held = []
        if held and (following is None or following.page != line.page or following.bottom > held[0].bottom):
            notes[line.page] += sum(line.marked or _NOTE.match(line.text) is not None for line in held)
            held = []
    told = (f"page {page + 1}: {n} footnote{'s are' if n > 1 else ' is'} left out" for page, n in notes.items())
    return kept, list(told)


def body(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that many pages have at the same place of their head or foot.

    Many are three, and two of five, or all that there are where it has the number of its page; digits may differ.
    Of two pages, the highest line and the lowest go when both have it, but where it is the first of all.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edge: dict[int, tuple[str, int]] = {}  # by id of the line
    for page in pages.values():
        ordered = sorted(page, key=lambda line: -line.bottom)
        for line in [*ordered[:3], *ordered[3:][-3:]]:
            edge[id(line)] = (re.sub(r"\d+", "#", line.text), round(line.bottom / 6))
    times = Counter(edge.values())
    least = max(3.0, 0.4 * len(pages))
    numbered = Counter(
        edge[id(line)] for line in lines if id(line) in edge and str(line.page + 1) in re.findall(r"\d+", line.text)
    )
    often = {words for words, n in times.items() if n >= least or 1 < len(pages) == numbered[words]}
    numbers = {id(found) for page in pages.values() if (found := _page_number(page))}
    numbers = numbers if len(numbers) == len(pages) else set()
    kept = [
        line for line in lines
        if id(line) not in numbers and (id(line) not in edge or edge[id(line)] not in often)
    ]  # fmt: skip
    again = _on_both(kept) if len(pages) == 2 else set()
    return [line for line in kept if id(line) not in again]


def _on_both(lines: Sequence[Line]) -> set[int]:
    """By id, the lines that both of two pages end or begin with; the first of all may be the title, and stays."""
    pages = [[line for line in lines if line.page == number] for number in sorted({line.page for line in lines})]
    largest = _LARGER * _median_size(lines) if lines else 0.0
    found: set[int] = set()
    for end in (min, max):
        ends = [end(page, key=lambda line: line.bottom) for page in pages if len(page) > 1]
        alike = len({(line.text, round(line.bottom)) for line in ends}) == 1 < len(ends)
        if alike and not any(line.bold or line.size > largest for line in ends):
            found.update(id(line) for line in ends if line is not lines[0])
    return found


def _page_number(page: Sequence[Line]) -> Line | None:
    """The lowest or the highest line of a page, when it is the page's number and nothing else."""
    for end in (min, max):
        line = end(page, key=lambda line: line.bottom)
        said = _PAGE_NUMBER.fullmatch(line.text)
        if len(page) > 1 and said and int(said[1]) == line.page + 1:
            return line
    return None


def outline(lines: Sequence[Line], title: str = "") -> Outline:
    """The text of the lines with its headings: a blank line between paragraphs, a line for each item."""
    if not lines:
        return Outline("", (), title)
    page = _Measures(lines)
    blocks: list[tuple[str, list[Line]]] = [("", [lines[0]])]
    for before, line in pairwise(lines):
        separator = page.between(before, line)
        if separator == " ":
            blocks[-1][1].append(line)
        else:
            blocks.append((separator, [line]))
    words = Counter(w for line in lines for w in _WORD.findall(line.text.rstrip(HYPHEN).lower()))
    levels = _levels(blocks, page.size)
    joined = [joints([line.text for line in block], words) for _, block in blocks]
    text, headings, starts = joined_blocks(
        Block(separator, "".join(parts).replace(HYPHEN, "-"), levels.get(number, 0))
        for number, ((separator, _), parts) in enumerate(zip(blocks, joined, strict=True))
    )
    pages: dict[int, int] = {}
    for (_, block), parts, start in zip(blocks, joined, starts, strict=True):
        for line, at in zip(block, accumulate(map(len, parts), initial=start), strict=False):
            pages.setdefault(line.page, at)
    return Outline(text, headings, title, _starts(pages))


def _starts(pages: dict[int, int]) -> tuple[int, ...]:
    """Where each page begins, by the places of the pages that have text; another begins where the next one does."""
    starts = [pages.get(number, -1) for number in range(max(pages) + 1)]
    for number in range(len(starts) - 1, -1, -1):
        starts[number] = starts[number] if starts[number] >= 0 else starts[number + 1]
    return (0, *starts[1:])


class _Measures:
    """The size of the body, the right margin, and by page the distance of lines within a paragraph."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.size = _median_size(lines)
        self.margin = max(line.right for line in lines)
        steps: dict[int, list[float]] = defaultdict(list)
        for a, b in pairwise(lines):
            step = a.bottom - b.bottom
            if a.page == b.page and 0.5 * a.size < step < 2 * a.size and abs(a.size - b.size) < 0.1 * a.size:
                steps[a.page].append(round(step, 1))
        usual = statistics.mode([s for page in steps.values() for s in page] or [1.15 * self.size])
        self.step = {n: statistics.mode(s) if len(s) >= 4 else usual for n, s in steps.items()}
        self._usual = usual

    def between(self, a: Line, b: Line) -> str:
        """What stands between two lines: a space, a new line or a new paragraph."""
        heading = max(a.size, b.size) > _LARGER * self.size
        ended = _SENTENCE_END.search(a.text) is not None
        in_table = len(a.cells) > 1 or len(b.cells) > 1
        if a.page != b.page:
            return "\n\n" if ended or heading or in_table or _SURE_ITEM.match(b.text) else " "
        step = a.bottom - b.bottom
        room = a.right + b.cells[0].first + 0.8 * a.size < (a.margin or self.margin)
        if heading:
            wrapped = abs(a.size - b.size) < 0.05 * a.size and 0 < step < 1.5 * a.size and a.bold == b.bold
            return " " if wrapped and not room else "\n\n"
        if a.bold and not b.bold and room:
            return "\n\n"
        apart = not 0 < step <= 1.25 * self.step.get(b.page, self._usual)
        if in_table or self._is_item(a, b, free=room or ended or apart):
            return "\n\n" if apart else "\n"
        runs_on = b.text[0].islower() or a.text.endswith((",", HYPHEN))
        if apart:
            return " " if runs_on and not ended and not room else "\n\n"
        return "\n" if room and not runs_on else " "

    def _is_item(self, a: Line, b: Line, *, free: bool) -> bool:
        """Whether a line begins an item. After a full line, '-' or '2.' may stand first by chance."""
        if not ITEM.match(b.text):
            return False
        other_place = abs(a.left - b.left) > 0.3 * a.size
        return bool(_SURE_ITEM.match(b.text) or free or other_place or ITEM.match(a.text))


def _median_size(lines: Sequence[Line]) -> float:
    """The size of the body: the median over all characters."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    reached = list(accumulate(length for _, length in sizes))
    return sizes[bisect_left(reached, reached[-1] / 2)][0]


def _levels(blocks: Sequence[tuple[str, list[Line]]], body_size: float) -> dict[int, int]:
    """The blocks that are headings, with their levels: sizes that are nearly the same make one level."""
    sizes = {
        number: block[0].size
        for number, (_, block) in enumerate(blocks)
        if block[0].size > _LARGER * body_size and _is_titular(block)
    }
    levels: dict[int, int] = {}
    level, largest = 0, float("inf")
    for number, size in sorted(sizes.items(), key=lambda item: -item[1]):
        if size < 0.88 * largest:
            level, largest = min(level + 1, BOLD - 1), size
        levels[number] = level
    for number, (separator, block) in enumerate(blocks):
        if number not in levels and separator != "\n" and block[0].bold and _is_titular(block):
            levels[number] = BOLD
    return levels


def _is_titular(block: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in block)
    return (
        len(block) <= 3
        and len(text) <= 120
        and all(line.bold == block[0].bold and len(line.cells) == 1 for line in block)
        and (re.search(r"[.,;!?]$", text) is None or COMPANY.search(text) is not None)
        and ITEM.match(text) is None
        and sum(c.isalpha() for c in text) > 1
    )


def joints(lines: Sequence[str], words: Counter[str]) -> list[str]:
    """Lines of a paragraph, each as it goes into the paragraph, with the space that follows it.

    A hyphen at the end of a line stays when it belongs to the word, judging by the words (lower case, with
    their counts) that the document has elsewhere.

    >>> joints(["high-", "performance train\\x02", "ing"], Counter(["high", "performance", "training"]))
    ['high-', 'performance train', 'ing']
    """
    parts = [lines[0]]
    for before, line in pairwise(lines):
        broken = re.search(r"([\w-]*\w)[-\x02]$", before[-80:])
        follows = re.match(r"\w+", line)
        if broken and follows:
            parts[-1] = parts[-1][:-1] + ("-" if _is_hyphenated(broken[1], follows[0], words) else "")
        elif not re.search(r"\w[—/]$", before[-2:]):
            parts[-1] += " "
        parts.append(line)
    return parts


def _is_hyphenated(left: str, right: str, words: Counter[str]) -> bool:
    """Whether 'left-right' is written with a hyphen anywhere, or rather 'leftright'."""
    left, right = left.lower(), right.lower() if right.islower() else right
    last = left.split("-")[-1]
    if not (last.isalpha() and right.isalpha() and right.islower()) or words[f"{left}-{right}"]:
        return True
    return not words[last + right] and (last != left or words[left] > 0)
