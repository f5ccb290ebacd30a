"""Who makes things, when they came out, and in which version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.passage import Passage
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Fact
from kg.namespaces import iri


def version(t: Tagged, at: int) -> str | None:
    """The version that follows a name: 'v21.09', 'NVIDIA v.21.09', 'Release 21.08', '21.05 framework'."""
    match = re.match(
        r"(?:\s+(?:NVIDIA|container|framework))?\s*[(]?\s*(?:[Rr]elease\s+|[Vv]ersion\s+|[Vv]\.?\s?)?(\d+(?:\.\d+)+)",
        _with_numbers(t, at),
    )
    return match[1] if match else None


def _with_numbers(t: Tagged, at: int) -> str:
    """The text after a place with its quantities as they are written."""
    base = t.sentence.span.start
    start = t.span(at, at + 1).end - base
    return t.sentence.view[start : start + 40]


def developers(p: Passage) -> Iterator[Fact]:
    """developedBy: who makes a system, accelerator, framework or software."""
    seen: set[tuple[str, str]] = set()
    rules = (
        r"(?P<thing>{AFW})\s*,?\s+is\s+(?P<who>{MO})['’]s?\b",
        r"(?P<who>{MO})(?:['’]s?|(?=\s+software stack))\s+(?:(?!\w+(?:ance|ions?|ing|ance)\b|(?:on|in|of|for|and|with|using)\b)[\w-]+\s+){0,3}?\(?(?P<thing>{FWA})",
        r"(?P<thing>{SAFW})\b[^.;]{0,30}\bdeveloped (?:jointly )?by\s+(?P<who>{MO})(?:\s+and\s+(?P<who2>{MO}))?",
        r"\bour\s+(?:own\s+|standard\s+|new\s+|proprietary\s+|[\w-]+generation\s+|open source\s+|training\s+|in-house\s+|recently launched\s+)+(?:\w+\s+)?(?P<thing>{FWA})",
    )
    for t in p.tagged:
        for rule in rules:
            for match in t.matches(rule):
                thing = t.mention(match.start("thing")).entity
                if thing is None:
                    continue
                named = [group for group in ("who", "who2") if match.groupdict().get(group)]
                makers = [t.mention(match.start(group)).entity for group in named]
                if "who" not in match.re.groupindex:
                    concept = p.vocabulary.get(thing.iri)
                    makers = [p.owner] if concept and concept.developer == p.owner.iri else []
                for maker in makers:
                    if maker is None or (thing.iri, maker.iri) in seen:
                        continue
                    if re.search(r"\busing\s+$|\bsubmi", match[0]) or _of_submissions(t, match.end()):
                        continue
                    concept = p.vocabulary.get(thing.iri)
                    if concept and concept.developer not in ("", maker.iri) and "developed" not in match[0]:
                        continue  # 'Acme's Ubuntu image' is only Acme's use of it
                    if thing.kind == "System" and maker != p.owner:
                        continue
                    seen.add((thing.iri, maker.iri))
                    yield p.fact(t, "developedBy", thing, maker)


def _of_submissions(t: Tagged, end: int) -> bool:
    """Whether a name only tells which submissions are meant ('our Bow submissions')."""
    return pattern(r"\s+(?:\S+\s+)?(?:submissions?|results?|entr(?:y|ies))\b").match(t.text[end:]) is not None


def releases(p: Passage) -> Iterator[Fact]:
    """released: when a thing came out; not 'recently' of what is dated elsewhere."""
    found = list(_releases(p))
    dated = {f.subject.iri for f in found if not _vague(f)}
    yield from (f for f in found if not (_vague(f) and f.subject.iri in dated))


def _vague(fact: Fact) -> bool:
    return "recently" in str(fact.object)


def _releases(p: Passage) -> Iterator[Fact]:
    month = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    rules = (
        rf"(?P<thing>{{SAFW}})(?:\s*v?[\d.]+)?\s+(?:was|were|has been|have been)?\s*(?:\w+\s+)?(?:launched|released|introduced|announced)\s+(?:in\s+)?(?P<when>{month}(?:\s+\d{{4}})?|(?:19|20)\d\d|recently|this year|last year)\b",
        rf"(?:launch|release)d?\s+of\s+(?P<thing>{{SAFW}})\s+in\s+(?P<when>{month}(?:\s+\d{{4}})?|(?:19|20)\d\d|{{N}})",
        rf"\bIn\s+(?P<when>{month}(?:\s+(?:\d{{4}}|{{N}}))?),?\s+(?:we|{{M}})\s+(?:launched|released|introduced)\s+(?:a\s+|the\s+|our\s+)?(?:new\s+)?(?P<thing>{{SAFW}})",
        r"(?P<when>\brecently (?:launched|released|introduced|announced))\s+(?:[\w-]+\s+){0,2}?(?P<thing>{SAFW})",
    )
    for t in p.tagged:
        for rule in rules:
            for match in t.matches(rule):
                thing = t.mention(match.start("thing")).entity
                if thing is None:
                    continue
                span = t.span(match.start("when"), match.end("when"))
                yield p.fact(t, "released", thing, " ".join(p.statement.document.text[span.start : span.end].split()))
        for match in t.matches(
            r"(?P<when>\b(?:this|last) year),?\s+(?:we|{M})\s+(?:released|launched)\s+(?:the\s+)?(?P<name>(?:[\w-]+\s+){0,3}v\d+(?:\.\d+)+)"
        ):
            words = t.span(match.start("name"), match.end("name"))
            name = " ".join(p.statement.document.text[words.start : words.end].split())
            thing = Entity(iri("software", name), name, "Software", known=False)
            yield p.fact(t, "released", thing, match["when"].lower())
