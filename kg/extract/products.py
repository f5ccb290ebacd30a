"""Who makes things, and when they came out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.passage import Passage
from kg.extract.tagged import Tagged
from kg.model.statement import Fact


def developers(p: Passage) -> Iterator[Fact]:
    """developedBy: who makes a system, accelerator, framework or software."""
    seen: set[tuple[str, str]] = set()
    for t in p.tagged:
        for rule in _DEVELOPED:
            for match in t.matches(rule):
                thing = t.entity(match.start("thing"))
                told = match.groupdict().get("who")
                who = t.all("MO", *match.span("who")) if told else []
                made = told and re.search(_MAKE, match[0])
                concept = p.vocabulary.get(thing.iri) if thing else None
                for maker in [t.entity(at) for at in who] or [p.owner]:
                    if thing is None or maker is None or (thing.iri, maker.iri) in seen:
                        continue
                    if concept and concept.developer != maker.iri and (concept.developer or not made):
                        continue  # 'Acme's Ubuntu image' is only Acme's use of it
                    seen.add((thing.iri, maker.iri))
                    yield p.fact(t, "developedBy", thing, maker)


_MAKE = r"(?:propos|develop|creat|design|invent|launch|introduc|releas)(?:e|ed|es|s|ing)?|built|build(?:s|ing)?"
_DEVELOPED = (
    r"(?P<thing>{AFW})\s*,?\s+is\s+(?P<who>{MO})['’]s?\b",
    r"(?P<who>{MO})(?:['’]s?|(?=\s+software stack))\s+(?:(?!\w+(?:ance|(?<!generat)ions?|ing)\b|(?:on|in|of|for|and|with|using)\b)[\w-]+\s+){0,3}?\(?(?P<thing>{FWA})",
    r"\bour\s+(?:own\s+|standard\s+|new\s+|proprietary\s+|[\w-]+generation\s+|open[\s-]source\s+|training\s+|in-house\s+|recently launched\s+)+(?:\w+\s+)?(?P<thing>{FWA})",
    r"\bour\s+(?P<thing>{FW})(?![\s-]+(?:based|results?|submissions?|support)\b)",
    rf"(?P<who>\bwe|{{MO}})\s+(?:(?:also|has|have|recently|is|are|just)\s+)*(?:{_MAKE})\s+(?:(?:an?|the|our|its|their|new|own)\s+)*(?:[\w-]+\s+){{0,2}}?(?P<thing>{{FWA}})(?!\s+(?:results?|submissions?|support)\b)",
    r"(?P<thing>{AFWS})(?:\s+[\w-]+){0,2}\s+(?:from|by)\s+(?P<who>{MO})",
    r"(?P<thing>{AFWS})(?:(?!{AFWS})[^.;]){0,40}?\b(?:developed|designed|built|created|made|invented)\s+(?:in-house\s+)?by\s+(?P<who>{MO+})",
)
"""How a text says who makes a thing; without `who` it is the organization whose statement it is."""


def releases(p: Passage) -> Iterator[Fact]:
    """released: when a thing came out, where a clause tells what came out and when ('launched in May')."""
    for t in p.tagged:
        for verb in t.matches(_RELEASED):
            start, end = _clause(t, verb.start())
            dates = [m.span() for m in t.matches(_WHEN) if start <= m.start() and m.end() <= end]
            things = [m.span() for m in t.matches(_THINGS) if start <= m.start() and m.end() <= end]
            if dates and things:
                when = " ".join(p.quote(t.span(*_nearest(dates, verb.start()))).split())
                listed = t.entities("SAFW", *_nearest(things, verb.start()))
                yield from (p.fact(t, "released", thing, when) for thing in listed)


def _nearest(spans: list[tuple[int, int]], place: int) -> tuple[int, int]:
    return min(spans, key=lambda span: min(abs(edge - place) for edge in span))


_THINGS = r"{SAFW}(?:(?:\s+[\w-]+)?\s*(?:,|,?\s*\band\b)\s+(?:(?:an?|the|our|new)\s+)*{SAFW})*"
"""A product, or a list of them: 'the Bow IPU processor and Bow Pod platforms'."""
_RELEASED = r"\b(?:launch|releas|introduc|announc|debut)(?:e|ed)?\b"
_WHEN = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?:\s+(?:{N}|\d{4}))?"
    r"|(?<=in )(?:{N}|20\d\d)(?=\s*[.,;)]|$)|\brecently(?:\s+(?:launched|released|introduced|announced))?\b|\b(?:this|last) year\b"
)


def _clause(t: Tagged, place: int) -> tuple[int, int]:
    """Where the clause of a place starts and ends."""
    marks = [(m.start(), m.end()) for m in t.matches(r"[.;:]\s|,?\s+(?:and|but|which)\s+(?=we\b|it\b|was\b|has\b)")]
    start = max((end for _, end in marks if end <= place), default=0)
    return start, min((begin for begin, _ in marks if begin > place), default=len(t.text))
