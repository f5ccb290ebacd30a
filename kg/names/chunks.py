"""Stretches of text that look like a name, among the names already found.

A chunk is a run of words that are written as names are: with a capital, with letters and digits, or a
number after such a word. What it names, if anything, is decided by evidence (`kg.names.evidence`).
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Iterator

from kg.model.statement import Span
from kg.names.numbers import WORDS

_WORD = re.compile(r"[^\W_][\w+]*(?:[-‐-―./·&][^\W_][\w+]*)*\+?")
_SPACE = re.compile(r"\s{1,8}")
_FIGURE = re.compile(r"\d{1,5}\+?|v\d+(?:\.\d+)?|v")
_LIMIT = 6
"""The words of a chunk at most."""

_PLAIN = frozenset({
    "a", "an", "the", "our", "we", "us", "it", "its", "this", "that", "these", "those", "they", "their", "he", "she",
    "i", "you", "your", "my", "in", "on", "at", "of", "for", "to", "from", "by", "with", "and", "or", "but", "as", "is",
    "are", "was", "were", "be", "been", "if", "when", "while", "where", "which", "who", "what", "how", "all", "both",
    "each", "every", "some", "many", "using", "also", "here", "there", "than", "then", "so", "not", "no", "yes", "new",
    "today", "since", "during", "after", "before", "over", "under", "about", "between", "within", "through", "via",
    "per", "however", "moreover", "furthermore", "additionally", "finally", "first", "second", "third", "because",
    "although",
    *(name.lower() for name in (*month_name, *day_name) if name),
})  # fmt: skip
"""Words that begin a sentence, join names or tell a day, and are in none."""


def chunks(view: str, taken: Iterable[Span]) -> Iterator[Span]:
    """The chunks of a view outside the spans taken, in order, none overlapping; spans count in the view."""
    free = _blank(view, taken)
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(free):
        if words and not (len(words) < _LIMIT and _SPACE.fullmatch(free, words[-1].end(), word.start())):
            yield from _chunk(words)
            words = []
        if _name_like(word[0]) or (words and _FIGURE.fullmatch(word[0])):
            words.append(word)
        elif words:
            yield from _chunk(words)
            words = []
    yield from _chunk(words)


def _blank(view: str, taken: Iterable[Span]) -> str:
    parts = list(view)
    for span in taken:
        parts[span.start : span.end] = "\0" * (span.end - span.start)
    return "".join(parts)


def _name_like(word: str) -> bool:
    if word.lower() in _PLAIN or word.lower() in WORDS:
        return False
    letter = any(c.isalpha() for c in word)
    return letter and (word[0].isupper() or any(c.isdigit() or c.isupper() for c in word))


def _chunk(words: list[re.Match[str]]) -> Iterator[Span]:
    """The chunk of some words without the amounts and nouns at its ends; two models in a row are two chunks."""
    first = 0
    for at in range(1, len(words) + 1):
        ends = at == len(words)
        if not ends and not (_is_model(words[at - 1][0]) and _is_model(words[at][0])):
            continue
        part = words[first:at]
        first = at
        while part and is_amount(part[0][0]):
            part = part[1:]
        while part and (is_amount(_bare(part[-1])) or part[-1][0].lower() in _NOUNS):
            part = part[:-1]
        if part:
            yield from _by_slash(part)


def _by_slash(part: list[re.Match[str]]) -> Iterator[Span]:
    """One chunk, or several where models are listed with slashes ('R5300/R4900 G5')."""
    start, end = part[0].start(), part[-1].start() + len(_bare(part[-1]))
    for word in part:
        pieces = word[0].split("/")
        if len(pieces) > 1 and all(_is_model(piece) for piece in pieces):
            at = word.start()
            for piece in pieces[:-1]:
                yield Span(start, at + len(piece))
                start = at = at + len(piece) + 1
    yield Span(start, end)


def _bare(word: re.Match[str]) -> str:
    """A word without what is said of it: 'Orbital' of 'Orbital-based'."""
    return re.sub(r"-[a-z]+ed$", "", word[0])


def _is_model(word: str) -> bool:
    """Whether a word is the number of a model ('XE8545'), not its generation ('G5', 'M6', 'v4')."""
    if len(word) < 4 or not word[0].isupper() or re.fullmatch(r"(?:Gen|Mk|Rev)\d+\+?", word):
        return False
    return any(c.isdigit() for c in word) and not is_amount(word)


def is_amount(word: str) -> bool:
    """Whether a word is a unit, rate, version, date, count, precision or standard: no name of a product.

    >>> [is_amount(w) for w in ("1280GB", "32x", "8-GPU", "2U", "INT8", "DDR4-3200", "XE8545", "G5")]
    [True, True, True, True, True, True, False, False]
    """
    return any(rule.fullmatch(word) for rule in AMOUNTS.values())


AMOUNTS = {
    "amount": re.compile(
        r"(?i)(?:/?[\d.,]+\+?(?:x|gb|tb|gib|mb|k|m|b|w|kw|u|ms|s|us|nm|fps|gbps|gbe|th|st|nd|rd|qps|d|°c|[gm]hz)\+?s?)+"
    ),
    "precision": re.compile(r"(?i)(?:fp|int|bf|tf|w\d+a)\d+(?:-\w+)?|int|fp"),
    "version": re.compile(r"(?i)v?\d+(?:\.\d+)+\w?"),
    "standard": re.compile(
        r"(?i)(?:pcie|ddr|gddr|lpddr|hbm|nvlink|sxm|oam|ocp|cxl|usb|ieee|iso|top)-?\.?\d+\w?(?:[.-]\d+)?|\d+p|hbm\w*|m\.2|u\.2|sxm|oam|pcie?|pci-e(?:xpress)?|llms?|genai"
    ),
    "count": re.compile(r"(?i)\d+x|cpux\d+|\d+-(?:gpu|card|node|way|socket|core|bit|fold|accelerator|ipu)s?"),
    "date": re.compile(r"(?i)(?:19|20)\d\d(?:h\d|q\d)?|q\d|h\d"),
    "round": re.compile(r"(?i)(?:mlperf|mlcommons).*"),
}
"""What a word is that names no product, by how it is written."""

_NOUNS = frozenset({
    "gpu", "gpus", "pcie", "cpu", "cpus", "cpu-only", "tpu", "server", "servers", "system", "systems", "accelerator", "accelerators",
    "processor", "processors", "based", "tensor", "core", "cores",
})  # fmt: skip
"""Nouns that follow a name and are not in it."""


def core(text: str) -> str:
    """The word of a chunk that tells most: the last with a digit and a letter, else the last with a digit, else the last.

    >>> core("PowerEdge XE8545"), core("Apollo 6500 Gen"), core("Sinian Platform")
    ('XE8545', '6500', 'Platform')
    """
    words = text.split()
    mixed = [w for w in words if any(c.isdigit() for c in w) and any(c.isalpha() for c in w)]
    return (mixed or [w for w in words if any(c.isdigit() for c in w)] or words)[-1]
