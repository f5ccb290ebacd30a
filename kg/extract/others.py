"""The other organizations that a statement names: partners, and submitters it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.passage import ACTS, Passage
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Fact

_PARTNER = r"\b(?:partner\w*|collaborat\w*|thank\w*|cooperat\w*|co-?developed|developed by|jointly|together with|in conjunction|working with|worked with|alliance|customers?|teamed)\b"
_SUBMITTER = (
    r"\b(?:submi\w+|results?|records?|fastest|entr(?:y|ies)|participat\w+|published|delivered|first)\b"
)


def others(p: Passage) -> Iterator[Fact]:
    """partner (with a role) and mentionsSubmitter."""
    seen: set[str] = set()
    for t in p.tagged:
        for at in t.all("O"):
            mention = t.mention(at)
            entity = mention.entity
            if entity is None or entity.iri in seen or p.planned(t, at):
                continue
            left, right = t.text[max(0, at - 160) : at], t.text[at + 1 : at + 120]
            if pattern(r"\(\s*$|\bby\s+[^.;]{0,4}$").search(left) and pattern(
                r"^\s*(?:and|,)?\s*{O}?\s*\)"
            ).match(right):
                continue
            if pattern(r"\s+(?:ecosystem|cloud marketplace|based)\b").match(right):
                continue
            m = pattern(_PARTNER).search(left + "\ue007" + right)
            submits = pattern(r"\bsubmi\w+|\bentr(?:y|ies)\b").search(left[-120:] + right[:60])
            beside = pattern(
                r"\b(?:partnered|partnership|collaborat\w+|cooperat\w+|conjunction|teamed up|worked|working|jointly|together|joint effort|joint submission)\s+(?:closely\s+)?(?:with|of|by)\s+(?:{M},?\s+and\s+)?(?:{O},?\s+(?:and\s+)?)*$"
            ).search(left)
            if pattern(
                r"{O}\s+(?:has\s+|have\s+)?(?:\w+ly\s+)?(?:partnered|worked|collaborated|teamed up)\b[^.;]{0,30}$"
            ).search(left):
                continue  # others with each other
            if beside or (m and (not submits or re.search(r"thank|long-term", m[0] + left))):
                seen.add(entity.iri)
                said = m or beside
                yield p.fact(
                    t,
                    "partner",
                    p.owner,
                    entity,
                    role=re.sub(r"[\ue000-\uf8ff]", "", said[0]).strip() if said else None,
                )
                continue
            if _submits(t, at) and pattern(_SUBMITTER).search(left + "\ue007" + right):
                seen.add(entity.iri)
                yield p.fact(t, "mentionsSubmitter", p.owner, entity)


def _submits(t: Tagged, at: int) -> bool:
    """Whether the organization at a place stands where a submitter stands: acting, or in a list of those who do."""
    for match in t.matches("{O+}"):
        if match.start() <= at < match.end():
            left, right = (
                t.text[max(0, match.start() - 90) : match.start()],
                t.text[match.end() : match.end() + 80],
            )
            if pattern(ACTS).match(right) or pattern(r"\s+(?:established|is|are|was|were)\b").match(right):
                return True
            if pattern(
                r"\b(?:cpus?|gpus?|accelerators?|processors?|brands?|cards|hardware|switches|chips)\b[^.;]{0,30}$"
            ).search(
                left,
            ):
                return False
            return bool(
                pattern(
                    r"\b(?:by|from|includ\w+|such as|makers?|partners?|providers?|vendors?|thank|congratulat\w+|submitters?|as well as|(?:they|these|those) (?:are|were))\b[^.;()]{0,60}$"
                ).search(
                    left,
                )
            )
    return False
