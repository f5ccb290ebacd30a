"""Words of others: what stands in quotation marks and is said to be another organization's, or under its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, groupby

from kg.extract.sentences import Sentence
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Mention, Span
from kg.names.lexicon import Lexicon

Spoken = dict[Span, list[tuple[int, int, Mention | None]]]
"""By the span of a sentence: where in it another speaks of itself, and who, None for a rival without a name."""

RIVAL = (
    r"(?:partners?|customers?|others|submitters|vendors|companies|makers|competit(?:ors?|ion)|rivals?|competing|(?:market[- ]leader|incumbent)s?"
    r"|(?:an)?other\s(?:vendor|maker|compan|supplier|submitter|manufacturer)\w*)\b"
)

_SAID = r"\b(?:said|says|wrote|writes|stated?s?|explain(?:s|ed)|note[sd]|add(?:s|ed)|report(?:s|ed)|t(?:old|ells)(?:\s(?:us|me))?)\b"
_WORDS = r"(?:[\"“](?P<words>[^\"“”]{1,1500})[\"”]|‘(?P<single>(?:[^‘’]|’(?=\w)){1,300})’)"
_WHO = rf"(?P<who>{{O}}|\b{RIVAL})"
_RULES = (
    rf"{_WHO}(?:[^.;\"“”{{M}}]|\.\s?\w){{0,80}}?{_SAID}[^.;\"“”]{{0,20}}?[:,]?\s*{_WORDS}",
    rf"{_WORDS}\s*,?\s*(?:{_SAID}|[-–—])[^.;\"“”{{M}}]{{0,80}}?{_WHO}",
    rf"\b(?:according to|in the words of)\s{_WHO}[^\w\"“]{{0,3}}{_WORDS}",
    rf"{_WHO}[^\"“”{{M}}{{O}}]{{0,200}}?{_WORDS}\s*,?\s*(?:he|she|they)\s{_SAID}",
)
_SELF = r"\b(?:we|our|us|i|my)\b|{M}"


def spoken(tagged: Sequence[Tagged]) -> Spoken:
    """What others say of themselves in a statement; a quotation may go over the sentences of a paragraph."""
    found: Spoken = {}
    for _, group in groupby(tagged, key=lambda t: t.sentence.paragraph):
        listed = list(group)
        whole = " ".join(t.text for t in listed)
        if not any(mark in whole for mark in '"“‘'):
            continue
        placed = list(zip(listed, accumulate((len(t.text) + 1 for t in listed), initial=0), strict=False))
        for match in (m for rule in _RULES for m in pattern(rule).finditer(whole)):
            who = match.start("who")
            told = next(t.things.get(who - at) for t, at in placed if 0 <= who - at < len(t.text))
            speaker = told if isinstance(told, Mention) else None
            parts = _of_self(whole, *match.span("words" if match["words"] else "single"))
            for t, at in placed:
                found.setdefault(t.sentence.span, []).extend((start - at, end - at, speaker) for start, end in parts)
    return found


def _of_self(whole: str, start: int, end: int) -> list[tuple[int, int]]:
    """From where to where somebody who is quoted speaks of itself, and not of whose statement it is."""
    marks = list(pattern(_SELF).finditer(whole, start, end))
    own = pattern("{M}").pattern
    ends = [*(m.start() for m in marks[1:]), end]
    return [(m.start(), stop) for m, stop in zip(marks, ends, strict=False) if m[0] != own]


_TITLE = re.compile(
    r"(?:['’]s?)?(?:\s+(?:results?|submissions?|times?|minutes|scores?))*\s*(?:\([^()]{0,40}\)|:)?\s*",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"[\s#*_]*(?:(?:our\s+)?(?:results?|times?|scores?)\s+(?:of|for|on|in)\s+)?(?:the\s+)?", re.IGNORECASE
)


def benchmarks_over(sentences: Iterable[Sentence], lexicon: Lexicon) -> dict[str, Entity]:
    """The benchmark that the words over an item or a cell name, or a title that stands over them, where these name one."""
    found: dict[str, Entity] = {}
    listed = list(sentences)
    over = {text for s in listed for text in (s.above, *(head for _, head in s.cells))}
    for text in filter(None, over | {s.over for s in listed}):
        marks = [m for m in lexicon.find(text) if m.kind == "Benchmark"]
        if len({m.entity for m in marks}) == 1 and (one := marks[0].entity):
            before, after = text[: marks[0].span.start], text[marks[-1].span.end :]
            if text in over or (_HEAD.fullmatch(before) and _TITLE.fullmatch(after.rstrip(" *_"))):
                found[text] = one
    return found


def titles(sentences: Iterable[Sentence], lexicon: Lexicon, owners: Collection[Entity]) -> dict[str, Mention]:
    """The other organization that a list or column is of, by the words over it: 'NVIDIA', "NVIDIA's results:"."""
    own = {e.iri for e in owners}
    found: dict[str, Mention] = {}
    for text in {over for s in sentences for over in (s.over, *(head for _, head in s.cells))}:
        first = next(iter(lexicon.find(text)), None)
        if not (first and first.entity and first.kind == "Organization") or first.entity.iri in own:
            continue
        before, after = text[: first.span.start].strip(" *_"), text[first.span.end :].rstrip(" *_")
        if not before and _TITLE.fullmatch(after):
            found[text] = first
    return found
