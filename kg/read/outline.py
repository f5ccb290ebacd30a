"""What the readers of all formats give: a text with its headings, of which some begin a section.

A section is one organization's statement. Its heading stands one level below the document's title, so
headings inside a statement (a level deeper, or of a general kind such as 'Details') begin none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from kg.model.statement import Section, Span
from kg.names.rounds import find_round
from kg.read.text import without_joiners
from kg.resources import word_list

BOLD = 7
"""The level of a paragraph that is bold as a whole: lower than any heading."""

_GENERAL, _CLOSING = (word_list(Path(__file__).with_name(name)) for name in ("general.txt", "closing.txt"))
"""The words of general headings, and those with which one begins what stands after the statements."""

_BY = re.compile(r"^(?:the\s+)?(?:statement|submission|notes|results|words)s?\s+(?:by|of|from)\s+", re.IGNORECASE)
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_MARKS = re.compile(
    r"(?:\s*(?:\[\^?(?:\d{1,3}|[a-z][a-z ]{0,20})\]|\^\(?(?:\d{1,3}|[a-z])\)?\^|[¹²³⁰-⁹ᵃ-ᶻ*†‡§¶↑↩⁽⁾\ufe0e\ufe0f]|(?<=\s)#))+$"
)
_LAST = 200
"""Of so many characters at the end of a heading marks of footnotes are looked for."""
_NAME = 4
"""So many words an organization's name may have."""
_OF = re.compile(r"\w['’]s\s")
"""What is in a title that tells whose something is."""
_SMALL = frozenset({"of", "and", "the", "for", "de", "at", "in", "&", "+", "/", "-", "–"})
COMPANY = re.compile(r"\b(?:Inc|Ltd|LTD|Co|Corp|LLC|GmbH|S\.A)\.$")
"""A full stop that ends a company's name and no sentence."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its name without mark-up and with composed letters, its level (1 is the highest) and the span of its line."""

    name: str
    level: int
    span: Span

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", normalize("NFC", self.name))


@dataclass(frozen=True, slots=True)
class Outline:
    """A text and its headings in order.

    `title` is set when the format keeps one apart from the text, `pages` (where each begins) when it has
    pages. `warnings` say, with the place, what may have been read wrong or was left out; `hidden` are the spans
    of the text that do not show.
    """

    text: str
    headings: tuple[Heading, ...]
    title: str = ""
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    hidden: tuple[Span, ...] = ()


class Block(NamedTuple):
    """A stretch of text, what stands between it and the one before, and its level if it is a heading, else 0."""

    separator: str
    text: str
    level: int


def joined_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[Heading, ...], list[int]]:
    """The text of blocks, with a blank line about each heading, its headings, and where each block begins."""
    parts: list[str] = []
    headings: list[Heading] = []
    starts: list[int] = []
    at, last = 0, None
    for block in blocks:
        if last:
            parts.append("\n\n" if last.level or block.level else block.separator)
            at += len(parts[-1])
        if block.level:
            headings.append(Heading(bare_name(block.text), block.level, Span(at, at + len(block.text))))
        parts.append(block.text)
        starts.append(at)
        at, last = at + len(block.text), block
    return "".join([*parts, "\n"]), tuple(headings), starts


def fold(name: str) -> str:
    """A name for comparison: lower case, without trademark signs, the spaces single.

    >>> fold("Habana®  Labs")
    'habana labs'
    """
    return " ".join(re.sub(r"[®™©]", "", name).replace("’", "'").casefold().split())


def bare_name(name: str) -> str:
    """A heading's name without its number, marks of footnotes, signs that link to it and a colon at the end.

    >>> bare_name("3. Dell Technologies:"), bare_name("Krai[2]"), bare_name("IV. Acme ¶"), bare_name("C++ Corp")
    ('Dell Technologies', 'Krai', 'Acme', 'C++ Corp')
    """
    name = without_joiners(_UNSEEN.sub("", name)).strip()
    name = name[:-_LAST] + _MARKS.sub("", name[-_LAST:]) or name
    bare = re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})?[.)]?|[IVX]{1,5}\.|\(\d{1,2}\)|\(?[a-zA-Z]\)|§\s?\d{1,2})\s+", "", name)
    return " ".join(bare.rstrip(":").split())


def is_general(name: str) -> bool:
    """Whether a heading is of the kind that any text has, and names no organization.

    >>> is_general("Key Features:"), is_general("Notices & Disclaimers"), is_general("Krai")
    (True, True, False)
    """
    words = re.findall(r"[\w']+", fold(name))
    return bool(words) and all(word in _GENERAL or word.isdecimal() for word in words)


def is_closing(name: str) -> bool:
    """Whether a heading begins what stands after the statements and belongs to none of them.

    >>> is_closing("Legal Notices"), is_closing("Our Results")
    (True, False)
    """
    return is_general(name) and any(word in _CLOSING for word in re.findall(r"\w+", fold(name)))


def is_name_like(text: str) -> bool:
    """Whether a line on its own could be an organization's name: short, capitalized, no sentence.

    >>> is_name_like("Dell Technologies"), is_name_like("IPU-POD64."), is_name_like("Cloud TPU v4")
    (True, False, False)
    """
    words = text.split()
    if not 2 <= len(text) <= 50 or len(words) > 6 or is_general(text):
        return False
    if re.search(r"\s{3}|[\t|?!:;]|[.,]$", text) and not COMPANY.search(text):
        return False
    if len(words) > 1 and re.search(r"\d", text):
        return False
    return text[0].isalnum() and all(w in _SMALL or _is_capital(w) for w in words)


def _is_capital(word: str) -> bool:
    """Whether a word has a capital or a digit, or is of a script without capitals."""
    return word != word.lower() or bool(re.search(r"\d", word)) or word.upper() == word


def names_of(heading: str) -> list[str]:
    """The names that a heading has beside each other, which is one unless it joins several.

    >>> names_of("Fujitsu + RIKEN"), names_of("AT&T"), names_of("GIGABYTE (Giga Computing)")
    (['Fujitsu', 'RIKEN'], ['AT&T'], ['GIGABYTE (Giga Computing)'])
    """
    parts = re.split(
        r"\s+(?:[+&/|×]|and|with|und|et)\s+(?!Co\b)|\s*,\s+(?:and\s+)?(?!(?:Inc|Ltd|LTD|LLC|Co|Corp|GmbH)\b)", heading
    )
    return [part.strip() for part in parts if part and part.strip()]


def title_and_rest(headings: Sequence[Heading]) -> tuple[Heading | None, Sequence[Heading]]:
    """The heading that is the title, one of the first that names a round, and those below it; all when none is."""
    at = next((i for i, h in enumerate(headings[:4]) if find_round(h.name)), None)
    return (None, headings) if at is None else (headings[at], headings[at + 1 :])


def section_headings(outline: Outline, names: Collection[str] = (), others: Collection[str] = ()) -> list[Heading]:
    """The headings that begin a section: those of the highest level below the title but general ones.

    `names` are known names of organizations, `others` those of other things, such as benchmarks, which begin none.
    A heading that only stands over others is passed over. What
    stands below a closing heading at the end ('Notices') belongs to no section: that heading is given too,
    and `sections` makes none of it, nor of one without a word ('***').
    """
    known = {fold(n) for n in names}
    title, rest = title_and_rest(outline.headings)
    if title is None and len(rest) > 1 and all(h.level > rest[0].level for h in rest[1:]):
        rest = rest[1:]
    passed = {fold(n) for n in others} - known
    rest = [h for h in rest if fold(h.name) not in passed]
    named = any(fold(part) in known for h in rest for part in names_of(h.name))
    titles = {  # of what an organization wrote: right under its name, longer than a name, or "Acme's first MLPerf times"
        h for before, h in pairwise(rest)
        if named and "mlperf" in fold(h.name)
        and (len(h.name.split()) > _NAME or _OF.search(h.name) or not outline.text[before.span.end : h.span.start].strip())
    }  # fmt: skip
    rest = [h for h in rest if h not in titles or fold(h.name) in known or is_closing(h.name)]
    ends = [h for h in rest if is_closing(h.name)]
    general = _common(outline.text, rest, known)
    if general.issuperset(rest):
        general = {h for h in rest if is_general(h.name)}
    rest = [
        h for h in rest
        if h not in general and (fold(h.name) in known or h.level < BOLD or is_name_like(h.name))
    ]  # fmt: skip
    while rest:
        level = min(h.level for h in rest)
        found = [h for h in rest if h.level == level]
        alone = len(found) == 1 and len(rest) > 2 and found == rest[:1] and fold(rest[0].name) not in known
        if not alone or outline.text[rest[0].span.end : rest[1].span.start].strip():
            found += [h for h in rest if h.level > level and fold(h.name) in known and _speaks(outline.text, h)]
            found.sort(key=lambda h: h.span)
            last = [h for h in ends if h.level <= level and h.span > found[-1].span]
            return [*found, *last[:1]]
        rest = rest[1:]
    return []


def _speaks(text: str, heading: Heading) -> bool:
    """Whether what follows a heading begins with its name and what that did: 'Acme has submitted …'."""
    words, name = text[heading.span.end : heading.span.end + 200].split(), heading.name.split()
    same = len(words) > len(name) and all(fold(a) == fold(b) for a, b in zip(words, name, strict=False))
    return same and words[len(name)].islower()


def _common(text: str, headings: Sequence[Heading], known: Collection[str]) -> set[Heading]:
    """The headings that name no organization: general ones, ones that come again and again, and common words.

    Common are words that the text has in lower case as well, but in the name itself. A name that its own text has as it is
    written is one, whatever its words.
    """
    times = Counter(fold(h.name) for h in headings)
    words = _words(text)
    plain, joined = Counter(words), Counter(pairwise(words))
    found = set()
    for at, heading in enumerate(headings):
        name = fold(heading.name)
        if name in known or any(fold(part) in known for part in names_of(heading.name)):
            continue
        end = headings[at + 1].span.start if at + 1 < len(headings) else len(text)
        said = heading.name in text[heading.span.end : end]
        own = [w for w in _words(name) if w not in _SMALL and w not in _GENERAL]
        whole = min((joined[pair] for pair in pairwise(own)), default=0)
        common = bool(own) and all(plain[w] >= max(2, whole + 1) and w != w.upper() for w in own)
        if is_general(heading.name) or (not said and (common or (times[name] > 1 and heading.level < BOLD))):
            found.add(heading)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"(?<![\w.])[^\W\d_]+", text)


def sections(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The sections that headings begin, each up to the next one; a heading with nothing below has none.

    The body has no white space around it.
    """
    found = []
    for heading, following in zip_longest(headings, headings[1:]):
        start, end = heading.span.end, following.span.start if following else len(text)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if start < end and not is_closing(heading.name) and re.search(r"\w", heading.name):
            found.append(Section(_BY.sub("", heading.name), heading.span, Span(start, end)))
    return tuple(found)
