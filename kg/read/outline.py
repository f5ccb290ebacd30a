"""What the readers of all formats give: a text with its headings, of which some begin a section.

A section is one organization's statement. Its heading stands one level below the document's title, so
headings inside a statement (a level deeper, or of a general kind such as 'Details') begin none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from kg.model.statement import Section, Span
from kg.names.rounds import find_round

BOLD = 7
"""The level of a paragraph that is bold as a whole: lower than any heading."""

_GENERAL = re.compile(
    r"about(?: (?:us|mlcommons|mlperf))?|abstract|acknowledge?ments|appendix|background"
    r"|(?:table of )?contents|(?:open|closed) division|conclusions?|contact(?: us)?|details|disclaimer"
    r"|footnotes|hardware|introduction|(?:key )?(?:features|highlights|takeaways)|learn more|links"
    r"|methodology|more information|notes|optimi[sz]ations|our (?:results|submissions?)|overview"
    r"|performance|preface|references|(?:benchmark )?results(?: discussion)?|software|submissions|summary"
    r"|supplemental discussion|systems?(?: details)?|what's next"
)
_SMALL = frozenset({"of", "and", "the", "for", "de", "at", "in", "&", "+", "/", "-", "–"})
_COMPANY = re.compile(r"\b(?:Inc|Ltd|LTD|Co|Corp|LLC|GmbH|S\.A)\.$")


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


def is_general(name: str) -> bool:
    """Whether a heading is of the kind that any text has, and names no organization.

    >>> is_general("Key Features:"), is_general("Krai")
    (True, False)
    """
    return _GENERAL.fullmatch(fold(name).rstrip(":")) is not None


def is_name_like(text: str) -> bool:
    """Whether a line on its own could be an organization's name: short, capitalized, no sentence.

    >>> is_name_like("Dell Technologies"), is_name_like("IPU-POD64."), is_name_like("Cloud TPU v4")
    (True, False, False)
    """
    words = text.split()
    if not 2 <= len(text) <= 50 or len(words) > 5 or is_general(text):
        return False
    if re.search(r"\s{3}|[\t|?!:;]|[.,]$", text) and not _COMPANY.search(text):
        return False
    if len(words) > 1 and re.search(r"\d", text):
        return False
    return text[0].isalnum() and all(w in _SMALL or re.search(r"\d", w) or w != w.lower() for w in words)


def title_of(headings: Sequence[Heading]) -> int | None:
    """The index of the heading that is the document's title: one of the first that names a round."""
    return next((i for i, h in enumerate(headings[:4]) if find_round(h.name)), None)


def section_headings(outline: Outline, names: Collection[str] = ()) -> list[Heading]:
    """The headings that begin a section: those of the highest level below the title but general ones.

    `names` are known names of organizations. A heading that only stands over others is passed over.
    """
    known = {fold(n) for n in names}
    title = title_of(outline.headings)
    rest = list(outline.headings if title is None else outline.headings[title + 1 :])
    if title is None and len(rest) > 1 and all(h.level > rest[0].level for h in rest[1:]):
        rest = rest[1:]
    rest = [
        h for h in rest
        if fold(h.name) in known or (not is_general(h.name) and (h.level < BOLD or is_name_like(h.name)))
    ]  # fmt: skip
    while rest:
        level = min(h.level for h in rest)
        found = [h for h in rest if h.level == level]
        alone = len(found) == 1 and len(rest) > 2 and found == rest[:1] and fold(rest[0].name) not in known
        if not alone or outline.text[rest[0].span.end : rest[1].span.start].strip():
            return found
        rest = rest[1:]
    return []


def sections(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The sections that headings begin, each up to the next one; a heading with nothing below has none.

    The body has no white space around it, and no line at its end that the document repeats again and
    again, such as a notice at the foot of each page.
    """
    repeated = repeated_lines(text)
    found = []
    for heading, following in zip_longest(headings, headings[1:]):
        start, end = heading.span.end, following.span.start if following else len(text)
        while start < end and text[start].isspace():
            start += 1
        while start < end:
            line = max(start, text.rfind("\n", start, end) + 1)
            last = text[line:end].strip()
            if last and last not in repeated:
                end = line + len(text[line:end].rstrip())
                break
            end = max(start, line - 1)
        if start < end:
            found.append(Section(heading.name, heading.span, Span(start, end)))
    return tuple(found)


def repeated_lines(text: str) -> set[str]:
    """The lines of several words that a text has three times or more, with shorter ones that follow them."""
    lines = [line.strip() for line in text.split("\n")]
    times = Counter(lines)
    found = {line for line, n in times.items() if n >= 3 and len(line.split()) >= 3}
    for before, line in pairwise(lines):
        if line and times[line] >= 3 and before in found:
            found.add(line)
    return found
