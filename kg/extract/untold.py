"""Amounts of time that became no fact, so that none is lost without a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.extract.passage import Passage
from kg.extract.performance import UNITS
from kg.extract.quantities import parted
from kg.extract.table_times import in_cell, is_timed, timed
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Fact, Span
from kg.names.numbers import WORDS

_NUMERAL = rf"(?:[\d½¼¾⅐-⅞]|\b(?:{'|'.join(WORDS)})\b)"
_UNIT = r"(?:minutes?|mins?|seconds?|secs?|hours?|hrs?)\b"
_WRITTEN = re.compile(
    rf"(?P<unit>{_NUMERAL}[^\w\s]{{0,4}}[\s-]?{_UNIT}|\b(?:time|{_UNIT})[^\w:=]{{0,3}}[:=]\s?\W?\d)|\d\s?['′’]\s?\d{{1,2}}(?:\.\d+)?\s?[\"″”]"
    r"|(?<![\d:])\d{1,3}:\d\d(?![\d:])|\bPT(?:\d+(?:\.\d+)?[DHMS]){1,4}\b|\d\s?mn\b",
    re.IGNORECASE,
)
_TIMELY = ("min", "sec", "hour", "hr", "time", "mn", "pt", ":", "'", "′", "’")
"""One of them is in all that is written so, in lower case; most sentences have none, and are not searched."""
_NAMED = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])\w{3,}")
"""What is in the name of a product, and in no name of a measure."""
_SIGNS = r"[^\w\ue000-\uf8ff]"


def untold_times(p: Passage, facts: Iterable[Fact]) -> Iterator[int]:
    """The offsets, in the document's text, of times that no fact says, not even a possible one; in order.

    In tables they are also numbers that stand under minutes, and those with decimals that stand under a benchmark.
    """
    told: dict[int, set[object]] = defaultdict(set)
    for fact in facts:
        told[fact.evidence.span.start] |= {fact.object, *fact.qualifiers.values()}
    for t in p.tagged:
        start = t.sentence.span.start
        times = (at for at in t.all("T") if t.quantity(at).unit in UNITS)
        for at in sorted({*times, *_in_table(p, t)}):
            if t.quantity(at).value not in told[start]:
                yield start + t.quantity(at).span.start
        yield from (start + c.start for c, head in t.sentence.cells[1:] if is_timed(head) and _unread(t, c))
        yield from (start + at for at in _unknown(t))


def _unknown(t: Tagged) -> Iterator[int]:
    """Where a sentence has figures beside a unit of time, or between colons and primes, that are not read as any amount.

    They are also numbers with decimals that stand alone, or with benchmarks alone.
    """
    if t.sentence.cells:
        return
    low = t.sentence.view.lower()
    for found in _WRITTEN.finditer(t.sentence.view) if any(sign in low for sign in _TIMELY) else ():
        known = any(Span(*found.span()).overlaps(t.quantity(at).span) for at in t.all("T"))
        if not known and (found["unit"] or t.all("BK")):
            yield found.start()
    if pattern(rf"{_SIGNS}*(?:{{N}}|(?:{{BK}}{_SIGNS}{{1,3}}{{N}}{_SIGNS}*)+){_SIGNS}*").fullmatch(t.text):
        yield from (t.quantity(at).span.start for at in t.all("N") if parted(t.quantity(at).value))


def _unread(t: Tagged, cell: Span) -> bool:
    """Whether a cell has figures that are not read as one amount."""
    alone = any(cell.overlaps(t.quantity(at).span) and in_cell(t, at) for at in t.all("NT"))
    return not alone and re.search(r"\d", t.sentence.view[cell.start : cell.end]) is not None


def _in_table(p: Passage, t: Tagged) -> Iterator[int]:
    yield from (at for at, _, _ in timed(p, t))
    numbers = [at for at in t.all("N") if in_cell(t, at) and parted(t.quantity(at).value)]
    yield from (at for at in numbers if t.over(at) in p.over or (t.all("BK") and _NAMED.search(t.over(at))))
