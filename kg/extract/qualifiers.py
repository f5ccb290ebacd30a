"""What qualifies a fact that a candidate becomes: counts, versions, benchmarks, first times, whose it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.candidates import Candidate
from kg.extract.hardware import accelerator_count, accelerator_qualifiers, processor_qualifiers, with_memory
from kg.extract.passage import BOUNDS, Passage, Qualifiers
from kg.extract.products import version
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity


def qualifiers(p: Passage, c: Candidate) -> Qualifiers:
    """The qualifiers of a candidate as its sentence gives them; None or '' for what it does not give."""
    t = p.tagged[c.sentence]
    said: Qualifiers = {}
    if c.subject.kind == "Organization" and c.subject != p.owner:
        said["whose"] = c.subject
    if c.predicate in _OF:
        said |= _OF[c.predicate](p, t, c.place)
    return said


def _accelerator(p: Passage, t: Tagged, at: int) -> Qualifiers:
    count, comparator = accelerator_count(t, at)
    exact = count if comparator not in BOUNDS else None
    return {"count": exact, "benchmark": only(t, "B"), "accelerator": with_memory(p, t, at)}


def _framework(p: Passage, t: Tagged, at: int) -> Qualifiers:
    rest = pattern(r"\s+(?:for|on)\s+the\s+(?:other|rest|remaining)\b").match(t.text[at + 1 :])
    return {"version": version(t, at), "benchmark": None if rest else only(t, "BK")}


def _software(p: Passage, t: Tagged, at: int) -> Qualifiers:
    return {"version": version(t, at)}


def _division(p: Passage, t: Tagged, at: int) -> Qualifiers:
    return {"benchmark": only(t, "B")}


def _category(p: Passage, t: Tagged, at: int) -> Qualifiers:
    return {"kind": "MLPerf category"}


def _offered(p: Passage, t: Tagged, at: int) -> Qualifiers:
    return {"status": "upcoming" if pattern(r"\bupcoming\s+$").search(t.text[:at]) else None}


_ROLE = re.compile(
    r"\b(?:partner\w*|collaborat\w*|thank\w*|cooperat\w*|co-?developed|jointly|together with|in conjunction|work(?:ed|ing) with"
    r"|alliance|customers?|teamed)\b"
)


def _partner(p: Passage, t: Tagged, at: int) -> Qualifiers:
    role = _ROLE.search(t.text[max(0, at - 160) : at + 120])
    return {"role": role[0] if role else None}


_OF: dict[str, Callable[[Passage, Tagged, int], Qualifiers]] = {
    "usedAccelerator": _accelerator, "usedFramework": _framework, "usedSoftware": _software, "division": _division,
    "availability": _category, "offersSystem": _offered, "partner": _partner,
    "hasAccelerator": accelerator_qualifiers, "hasProcessor": processor_qualifiers,
}  # fmt: skip


def only(t: Tagged, sign: str) -> Entity | None:
    """The one entity of a kind that a sentence names; None when it names more or none."""
    found = set(t.entities(sign))
    return found.pop() if len(found) == 1 else None
