"""What the readers of all formats give: a text with its headings, of which some begin a section.

A section is one organization's statement. Its heading stands one level below the document's title, so
headings inside a statement (a level deeper, or of a general kind: 'Details') begin none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.model import Section, Span
from kg.read.rounds import find_round

GENERAL = frozenset(
    " ".join(
        """about; about us; about mlcommons; about mlperf; abstract; acknowledgements; acknowledgments; appendix;
        background; benchmark results; closed division; conclusion; conclusions; contact; contact us; contents;
        details; disclaimer; features; footnotes; hardware; highlights; introduction; key features;
        key highlights; key takeaways; learn more; links; methodology; more information; notes; open division;
        optimizations; our results; our submission; overview; performance; preface; references; results;
        results discussion; software; submissions; summary; supplemental discussion; system details; systems;
        table of contents; takeaways; what's next""".split()
    ).split("; ")
)
"""Headings that name no organization, folded."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its name without mark-up, its level (1 is the highest) and the span of its line."""

    name: str
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """A text and its headings in order. `title` is set when the format keeps one apart from the text."""

    text: str
    headings: tuple[Heading, ...]
    title: str = ""


def fold(name: str) -> str:
    """A name for comparison: lower case, without trademark signs, the spaces single.

    >>> fold("Habana®  Labs")
    'habana labs'
    """
    return " ".join(re.sub(r"[®™©]", "", name).replace("’", "'").casefold().split())


def title_heading(headings: Sequence[Heading]) -> int | None:
    """The index of the heading that is the document's title: the first that names the round."""
    return next((i for i, h in enumerate(headings) if find_round(h.name)), None)


def section_headings(outline: Outline, names: Collection[str] = ()) -> list[Heading]:
    """The headings that begin a section: those of the highest level below the title, general ones left out."""
    known = {fold(n) for n in names}
    title = title_heading(outline.headings)
    rest = list(outline.headings if title is None else outline.headings[title + 1 :])
    if title is None and len(rest) > 1 and all(h.level > rest[0].level for h in rest[1:]):
        rest = rest[1:]
    rest = [h for h in rest if fold(h.name) in known or fold(h.name.rstrip(":")) not in GENERAL]
    while rest:
        level = min(h.level for h in rest)
        found = [h for h in rest if h.level == level]
        if len(found) > 1 or len(rest) == 1 or outline.text[rest[0].span.end : rest[1].span.start].strip():
            return found
        rest = rest[1:]  # the only one of its level, and nothing of its own: a heading over all sections
    return []


def sections(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The sections that headings begin, each up to the next heading; one with nothing below is left out.

    The body has no white space around it, and no line at its end that the document repeats again and
    again (such as a notice at the foot of each page).
    """
    repeated = repeated_lines(text)
    found = []
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        start, end = heading.span.end, following.span.start if following else len(text)
        while True:
            end = start + len(text[start:end].rstrip())
            line = max(start, text.rfind("\n", start, end) + 1)
            if end == line or text[line:end].strip() not in repeated:
                break
            end = line
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            found.append(Section(heading.name, heading.span, Span(start, end)))
    return tuple(found)


def repeated_lines(text: str) -> set[str]:
    """The lines of several words that a text has three times or more."""
    lines = Counter(line.strip() for line in text.split("\n"))
    return {line for line, times in lines.items() if times >= 3 and len(line.split()) >= 4}
