"""Frameworks and software that were used, who makes things, and when they came out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.passage import SUBMIT, TRAIN, Passage
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Fact
from kg.namespaces import iri

_NOT_USED = (
    r"\b(?:than|unlike|support(?:s|ed|ing)?(?: for)?|supports both|integrated with|integrates with|frameworks? (?:such as|like)|such as|including support for"
    r"|compatible with|available (?:in|for)|ported to|contribut\w+ to)\s+(?:\w+\s+)?$"
)
_USED_IN_LIST = r"(?:\s+\w+)?(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?(?:{FW}|[\w-]+)(?:\s+\w+)?){0,4}\s+(?:was|were)\s+(?:\w+\s+)?used\b"
"""What follows the first of several that 'were used'."""
_USE = r"\b(?:us(?:e|es|ed|ing)|based on|built (?:up)?on|on|with|in|via|through|leverag\w+|from|of|by|frameworks?\s*:|both|to)\b[^.;]{0,60}$"


def frameworks(p: Passage) -> Iterator[Fact]:
    """usedFramework, with version and benchmark."""
    seen: set[tuple[str, ...]] = set()
    for t in p.tagged:
        for at in t.all("F"):
            entity = t.mention(at).entity
            if entity is None or p.earlier(t, at) or p.planned(t, at) or not _used(p, t, at):
                continue
            other = p.other_actor(t, at)
            if (
                not other
                and t.all("O", 0, at)
                and t.has(r"\b(?:achieve|received|has made)\b.*\bfor\b")
                and pattern(r"['’]s\s+$").search(t.text[:at])
            ):
                continue
            subject = other.entity if other else p.owner
            if subject is None:
                continue
            marks = {e.iri: e for b in t.all("BK") if (e := t.mention(b).entity)}
            only = next(iter(marks.values())) if len(marks) == 1 else None
            if pattern(r"\s+(?:for|on)\s+the\s+(?:other|rest|remaining)\b").match(t.text[at + 1 :]):
                only = None
            version = _version(t, at)
            key = (subject.iri, entity.iri)
            if key in seen:
                continue
            seen.add(key)
            yield p.fact(
                t,
                "usedFramework",
                subject,
                entity,
                version=version,
                benchmark=only,
                whose=subject if other else None,
            )


def _used(p: Passage, t: Tagged, at: int) -> bool:
    left = t.text[max(0, at - 100) : at]
    if t.has(r"\b(?:most|many|typically|usually|often|popular)\b") and not t.has(r"\b(?:we|our)\b|{M}"):
        return False
    chain = pattern(_NOT_USED.replace(r"\s+(?:\w+\s+)?$", r"\s+(?:{F},?\s*(?:and\s+|or\s+)?)*(?:\w+\s+)?$"))
    if chain.search(left):
        return False
    if pattern(r"\s+(?:standard attention|implementation of|community|ecosystem)").match(t.text[at + 1 :]):
        return False
    if pattern(r"\s+(?:is|was)\s+the\s+framework\s+(?:that\s+)?(?:we\b|of our\b|behind\b)").match(
        t.text[at + 1 :]
    ):
        return True
    if pattern(r",?\s+is\s+(?:an?|the|integrated|our|available|now)\b").match(
        t.text[at + 1 :]
    ) and not p.submitting(t):
        return False
    if t.sentence.lead and re.search(r"(?i)\bframeworks?\b", t.sentence.lead):
        return True
    if pattern(
        r"^\W*(?:frameworks?|software(?: stack)?|stack)\b(?:[^.;]*:|[^.;:]{0,20}\b(?:is|are|was|were|includes?|included)\b)"
    ).search(t.text[:at]):
        return True
    if pattern(r"\W*(?:with|using)\s+$").match(t.text[:at]) and t.has(TRAIN):
        return True
    if pattern(
        r"\s*(?:[\w.]{1,6}\s+)?(?:was|were|is|served as)\s+(?:used|our framework|the framework|chosen)\b"
    ).match(
        t.text[at + 1 :],
    ):
        return True
    if pattern(
        r"\b(?:written|programmed|implemented|coded|trained|ran|executed|launched|run|driven|powered)\b[^.;]{0,50}\b(?:in|with|under|on|using|via|by)\s+(?:[^.;]{0,40}\b(?:and|or)\s+(?:[^.;]{0,12}\b(?:under|with)\s+)?)?(?:the\s+|our\s+)?$|\b(?:our|the)\s+(?:\w+\s+)?frameworks?\s+(?:used\s+)?(?:is|was|are|were)\s+(?:{F},?\s+and\s+)?$"
    ).search(
        left,
    ) and p.own(t, at):
        return True
    if t.has(SUBMIT) and pattern(_USE).search(left):
        return True
    if pattern(r"\b(?:we|{M})\s+(?:\w+\s+)?(?:chose|picked|selected)\s+(?:[^.;]{0,60}\band\s+)?$").search(
        t.text[:at]
    ) and p.own(t, at):
        return True
    if pattern(
        r"\b(?:training|runs?|experiments|submissions?|benchmarks)\s+(?:was|were)\s+(?:\w+\s+)?(?:done|run|carried out|performed|executed)\s+(?:in|with|on|under)\s+$"
    ).search(left):
        return True
    if pattern(r"{BK}\s*\($").search(left) and p.submitting(t):
        return True
    if (
        pattern(
            r"\b(?:we|our\s+\w+)\s+(?:\w+\s+)?(?:used|use|ran|run|relied on|rely on|employ(?:ed)?|utili[sz]ed?)\b[^.;]{0,90}$"
            r"|^\W*(?:the|our)\s+(?:software(?: stack)?|stack|code)\s+(?:consists? of|comprises?|includes?|(?:is|was) (?:based|built) on)\b"
        ).search(t.text[:at])
        and p.own(t, at)
        and not p.capable(t, at)
    ):
        return True
    if pattern(
        r"(?:\s+(?:[\w.]+|{N}))?(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?{FW}(?:\s+(?:[\w.]+|{N}))?){0,4}\s+(?:is|are|was|were|forms?|provides?)\s+(?:the|our)\s+(?:\w+\s+)?(?:basis|base|foundation|framework|backbone)\b"
    ).match(t.text[at + 1 :]):
        return True
    if (
        pattern(r"\b(?:using|by means of|with)\s+(?:the\s+)?$").search(left)
        and t.all("T")
        and t.all("BK")
        and p.own(t, at)
    ):
        return True
    if pattern(_USED_IN_LIST).match(t.text[at + 1 :]):
        return True
    if pattern(
        r"\s+(?:once more\s+|again\s+)?(?:trained|trains|completed|finished|reached|took|needed)\b"
    ).match(t.text[at + 1 :]) and (t.all("BK") and p.own(t, at)):
        return True
    if t.has(r"\b(?:we|our)\b[^.;]*\bus(?:ed|ing|es)\b") and pattern(
        r"\s+(?:for|on)\s+(?:the\s+)?(?:{BK+}|(?:other|rest|remaining|two|both|all)\b)"
    ).match(t.text[at + 1 :]):
        return True
    if pattern(r"\b(?:based on|starting from|building on)\b[^.;]{0,30}$").search(left) and pattern(
        r"\b(?:we|our)\b"
    ).search(t.text):
        return True
    return bool(
        t.has(TRAIN)
        and pattern(
            r"\b(?:using|performance from|optimizations? (?:on|in|of)|trained (?:on|with|in|using))\b[^.;]{0,40}$"
        ).search(
            left,
        )
        and t.has(r"\b(?:we|our|round)\b|{M}|{R}")
        and (t.all("R") or t.has(SUBMIT + r"|\bwe trained\b"))
    )


def _version(t: Tagged, at: int) -> str | None:
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


def software(p: Passage) -> Iterator[Fact]:
    """usedSoftware."""
    seen: set[str] = set()
    for t in p.tagged:
        for at in t.all("W"):
            entity = t.mention(at).entity
            if (
                entity is None
                or entity.iri in seen
                or p.other_actor(t, at)
                or p.earlier(t, at)
                or p.planned(t, at)
            ):
                continue
            left, right = t.text[max(0, at - 90) : at], t.text[at + 1 : at + 60]
            if pattern(
                r"\b(?:such as|help\w*|extend\w*|portfolio|available (?:on|from|in|for)|compatible with|support(?:s|ed|ing)?|integrat(?:es|ed) with)\b[^.;]{0,40}$"
            ).search(left):
                continue
            if _is_used(p, t, at, chained=bool(seen)):
                if pattern(
                    r"\s+(?:is integrated|provides|helps|manages)\b|,?\s*(?:customers|users|developers|you)\b"
                ).match(
                    right,
                ):
                    continue
                if pattern(r"\boptimi[sz]ations?\b[^.;]*\bincluding\b[^.;]*$").search(left):
                    continue  # a part of what was optimised
                seen.add(entity.iri)
                yield p.fact(t, "usedSoftware", p.owner, entity, version=_version(t, at))


_WITH = r"\b(?:us(?:e|ed|es|ing|age of)|launched|compiled|due to|on top of|utili[sz]\w+|leverag\w+|with|configured|based on|running|run|schedul\w+|orchestrat\w+|via|optimi[sz]\w+|built on|improvements? (?:in|to|of)|software stack|continued maturity of|thanks to|through|by means of|expanded|\bour|registration to|relied on|rely on|powered by)\b[^.;]{0,60}$"
_MADE_WITH = r"^\W*thanks to\s+[^.;]{0,40}$|\b(?:results|runs|submissions|scores|training|orchestration|scheduling)\s+(?:were|was|are|have been)\s+(?:\w+\s+)?(?:done|obtained|achieved|produced|run|measured|generated|made)\s+(?:with|using|on|by|in|under)\b[^.;]{0,90}$|\b(?:launched|compiled|orchestrated|scheduled|executed|deployed|managed|automated)\s+(?:with|by|using|through|via|on)\b[^.;]{0,50}$"
_HAD_PART = r"^[^.;]{0,80}\b(?:had a share|contributed to|made th\w+ possible)\b|^\s+(?:distributed|scheduled|launched|managed|orchestrated)\b"
_BASIS = r"(?:\s+(?:[\w.]+|{N}))?\s+(?:handled|handles|took care of|did|provided|sped up|accelerated)\b|(?:\s+(?:[\w.]+|{N}))?\s+(?:is|are|was|were|forms?|provides?)\s+(?:the|our)\s+(?:\w+\s+)?(?:basis|base|foundation|backbone|stack)\b"
_ITEM = r"\b(?:use|usage|utili[sz]e|added|adding|were expanded|enabled)\b|^\W*(?:software(?: stack)?|libraries|stack)\b[^.;]{0,20}:"


def _is_used(p: Passage, t: Tagged, at: int, *, chained: bool) -> bool:
    """Whether the software at a place was used; `chained` tells that some before it was."""
    left, right = t.text[max(0, at - 90) : at], t.text[at + 1 : at + 60]
    if t.has(r"^\W*(?:the|our)\s+software stack\b") or pattern(_MADE_WITH).search(left):
        return True
    if any(pattern(rule).match(right) for rule in (_HAD_PART, _USED_IN_LIST, _BASIS)):
        return True
    if t.sentence.kind == "item" and t.has(_ITEM):
        return True
    chain = chained and pattern(r"{W}\s*(?:,|and|,\s*and)\s*$").search(t.text[:at])
    return p.ours(t) and bool(
        chain or pattern(_WITH).search(left) or pattern(r"\bour\s+(?:\w+\s+)?$").search(left)
    )


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
                makers: list[Entity | None] = []
                for group in ("who", "who2"):
                    if group in match.re.groupindex and match[group]:
                        makers.append(t.mention(match.start(group)).entity)
                if "who" not in match.re.groupindex:
                    concept = p.vocabulary.get(thing.iri)
                    makers = [p.owner] if concept and concept.developer == p.owner.iri else []
                for maker in makers:
                    if maker is None or (thing.iri, maker.iri) in seen:
                        continue
                    if re.search(r"\busing\s+$|\bsubmi", match[0]):
                        continue
                    if thing.kind == "System" and maker != p.owner:
                        continue
                    seen.add((thing.iri, maker.iri))
                    yield p.fact(t, "developedBy", thing, maker)


def releases(p: Passage) -> Iterator[Fact]:
    """released: when a thing came out."""
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
                yield p.fact(
                    t, "released", thing, " ".join(p.statement.document.text[span.start : span.end].split())
                )
        for match in t.matches(
            r"(?P<when>\b(?:this|last) year),?\s+(?:we|{M})\s+(?:released|launched)\s+(?:the\s+)?(?P<name>(?:[\w-]+\s+){0,3}v\d+(?:\.\d+)+)"
        ):
            words = t.span(match.start("name"), match.end("name"))
            name = " ".join(p.statement.document.text[words.start : words.end].split())
            thing = Entity(iri("software", name), name, "Software", known=False)
            yield p.fact(t, "released", thing, match["when"].lower())
