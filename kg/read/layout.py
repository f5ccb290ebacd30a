"""From the lines of laid-out pages to paragraphs and headings.

A paragraph is put together from its lines: by where each one stands, how far it is from the one before,
and whether the next word would still have had room there. What stands at the head or the foot of many
pages is left out, and so does not cut a sentence in two. Headings are larger than the body.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span
from kg.read.outline import Heading, Outline

HYPHEN = "\x02"
"""A hyphen at the end of a line, put there when the line was broken or before."""

ITEM = re.compile(r"(?:[-*+●•·▪◦–‣○■□➢✓]|\(?\d{1,2}[.)]|\(?[a-z][.)])(?=\s|$)")
"""The mark of a list item."""

_LARGER = 1.2
"""A heading is so many times as large as the body."""

_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]*]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: lengths in points, from the page's lower left corner; `first` is the width of its
    first word, `columns` tells that it has cells."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float
    first: float = 0.0
    bold: bool = False
    columns: bool = False


def body(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that many pages have at their head or foot, such as page numbers."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: list[tuple[Line, tuple[str, int]]] = []
    for page in pages.values():
        ordered = sorted(page, key=lambda line: -line.bottom)
        for number, line in enumerate(ordered):
            if number < 3 or number >= len(ordered) - 3:
                edges.append((line, (re.sub(r"\d+", "#", line.text), round(line.bottom / 6))))
    times = Counter(key for key in {(line.page, *key)[1:] + (line.page,) for line, key in edges} for key in [key[:2]])
    dropped = {id(line) for line, key in edges if times[key] >= max(3, 0.4 * len(pages))}
    return [line for line in lines if id(line) not in dropped]


def outline(lines: Sequence[Line], title: str = "") -> Outline:
    """The text of the lines, a paragraph, list item or table row on each line, with its headings."""
    if not lines:
        return Outline("", (), title)
    normal = _weighted_median(lines)
    pitch = _pitches(lines)
    margin = max(line.right for line in lines)
    blocks: list[tuple[str, list[Line]]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        between = _between(before, line, pitch, margin, normal) if before else "\n\n"
        if between == " " and blocks:
            blocks[-1][1].append(line)
        else:
            blocks.append((between, [line]))
    words = Counter(w.lower() for line in lines for w in re.findall(r"\w+(?:-\w+)*(?!\x02)\b", line.text))
    levels = _levels(blocks, normal)
    parts: list[str] = []
    headings: list[Heading] = []
    at = 0
    for number, (separator, block) in enumerate(blocks):
        text = join([line.text for line in block], words)
        level = levels.get(number, 0)
        if number:
            parts.append("\n\n" if level or number - 1 in levels else separator)
            at += len(parts[-1])
        if level:
            headings.append(Heading(text.rstrip(":"), level, Span(at, at + len(text))))
        parts.append(text)
        at += len(text)
    return Outline("".join(parts) + "\n", tuple(headings), title)


def _weighted_median(lines: Sequence[Line]) -> float:
    """The size of the body: the median over all characters."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return sizes[-1][0]


def _pitches(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance between two lines of a paragraph, by page."""
    steps: dict[int, list[float]] = defaultdict(list)
    for a, b in pairwise(lines):
        if a.page == b.page and 0.5 * a.size < a.bottom - b.bottom < 2 * a.size and abs(a.size - b.size) < 0.1 * a.size:
            steps[a.page].append(round(a.bottom - b.bottom, 1))
    all_steps = [s for page in steps.values() for s in page]
    usual = statistics.mode(all_steps) if all_steps else 0.0
    return {line.page: statistics.mode(steps[line.page]) if len(steps[line.page]) >= 4 else usual for line in lines}


def _between(a: Line, b: Line, pitch: dict[int, float], margin: float, normal: float) -> str:
    """What stands between two lines: nothing but a space, a new line or a new paragraph."""
    heading = max(a.size, b.size) > _LARGER * normal
    if a.page != b.page:
        ended = _SENTENCE_END.search(a.text) or ITEM.match(b.text) or heading or a.columns or b.columns
        return "\n\n" if ended else " "
    step = a.bottom - b.bottom
    apart = step > 1.25 * (pitch[b.page] or a.size) or step < 0
    if heading:
        alike = abs(a.size - b.size) < 0.05 * a.size and 0 < step < 1.5 * a.size
        return " " if alike and not (_room(a, b, margin) and a.bold == b.bold) else "\n\n"
    if a.bold != b.bold and a.bold and _room(a, b, margin):
        return "\n\n"
    if ITEM.match(b.text) or a.columns or b.columns:
        return "\n\n" if apart else "\n"
    continues = b.text[0].islower() or a.text.endswith((",", HYPHEN))
    if apart:
        return " " if continues and not _SENTENCE_END.search(a.text) and not _room(a, b, margin) else "\n\n"
    return "\n" if _room(a, b, margin) and not continues else " "


def _room(a: Line, b: Line, margin: float) -> bool:
    """Whether the first word of a line would have had room at the end of the line before."""
    return a.right + b.first + 0.8 * a.size < margin


def _levels(blocks: Sequence[tuple[str, list[Line]]], normal: float) -> dict[int, int]:
    """The blocks that are headings, with their levels: sizes that are nearly the same make one level."""
    sizes = {
        number: block[0].size
        for number, (_, block) in enumerate(blocks)
        if block[0].size > _LARGER * normal and _titular(block)
    }
    levels: dict[int, int] = {}
    level, largest = 0, float("inf")
    for number, size in sorted(sizes.items(), key=lambda item: -item[1]):
        if size < 0.88 * largest:
            level, largest = level + 1, size
        levels[number] = min(level, 6)
    for number, (separator, block) in enumerate(blocks):
        if number not in levels and separator == "\n\n" and len(block) == 1 and block[0].bold and _titular(block):
            levels[number] = 7
    return levels


def _titular(block: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in block)
    return len(block) <= 3 and len(text) <= 120 and not re.search(r"[.,;!?]$", text) and not ITEM.match(text) and not block[0].columns and re.search(r"\w", text) is not None


def join(lines: Sequence[str], words: Counter[str]) -> str:
    """Lines of a paragraph as one. A hyphen at the end of a line stays when it belongs to the word,
    judging by the words that the document has elsewhere.

    >>> join(["high-", "performance train\\x02", "ing"], Counter(["high", "performance", "training"]))
    'high-performance training'
    """
    text = lines[0]
    for line in lines[1:]:
        broken = re.search(r"([\w-]*\w)[-\x02]$", text)
        follows = re.match(r"\w+(?:-\w+)*", line)
        if broken and follows:
            left, right = broken[1], follows[0]
            text = text[:-1] + ("-" if _hyphenated(left, right, words) else "") + line
        elif re.search(r"\w[—/]$", text):
            text += line
        else:
            text += " " + line
    return text.replace(HYPHEN, "-")


def _hyphenated(left: str, right: str, words: Counter[str]) -> bool:
    left, right_first = left.split("-")[-1] if "-" not in left else left, right.split("-")[0]
    if words[f"{left}-{right}".lower()] or not (left.isalpha() and right_first.isalpha()) or not right_first.islower():
        return True
    if words[(left + right_first).lower()]:
        return False
    return words[left.lower()] > 0
