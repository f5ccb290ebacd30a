"""What qualifies a fact that a candidate becomes: counts, exact chips, versions, benchmarks, roles, whose it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from kg.extract.passage import BOUNDS, Passage, Qualifiers, count_before
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity

HAS = r"\b(?:has|have|having|where|thanks to|leverag\w+|with(?! which)|powered by|contains?|containing|equipped with|includes?|including|features?|featuring|based on|consists? of|comprises?|comprising|combin\w+|packs?|carr(?:y|ies)|mount(?:s|ed|ing)?|employs?|outfitted|using|uses|hosts?|houses?|runs?|accelerated by|and|support(?:s|ing)?|of|whose|hold(?:s|ing)|brings? together|unit(?:es|ed)|pairs?|accommodat\w+|accepts?|takes?|hosted|fits?|fitted|connected|carried|built around|made of|expos(?:es|ed))\b|\bsystem\b|:"
"""What stands between a system and what it has."""
OF_OTHERS = r"\s*(?:nodes?|racks?|systems?|servers?|instances?|VMs?|results|submissions|entries)\b"
"""After an accelerator, what is counted in its place: 'four A100 servers', 'twelve H100 results'."""
_MEMORY = r"^[^.;{A}]*?\b(?:with|ha(?:ve|s|ving)|each|own|carry)\s+({G})\s+(?:of\s+)?(?:HBM\w*\s+)?memory"
_COUNT_AFTER = r"^\s*(?:board\s+|baseboard\s+|platform\s+)?(?:that\s+includes?|with|of|\()?\s*({N})[\s-]?(?:GPUs?|accelerators?|chips?)\b"
_CORES = r"(?P<n>{N})(?:[\s-]?cores?\s+|\s+)(?:\w+\s+)?(?P<p>{P})(?P<c>\s+cores)?"
_PER_NODE = r"\bnodes?\b[^.;]*\b(?:which|each)\b|\bper node\b"
_THE_REST = r"\s+(?:for|on)\s+the\s+(?:other|rest|remaining)\b"
_VERSION = re.compile(
    r"(?:\s+(?:NVIDIA|container|framework))?\s*[(]?\s*(?:[Rr]elease\s+|[Vv]ersion\s+|[Vv]\.?\s?)?(\d+(?:\.\d+)+)"
)
"""What follows a name with its version: 'v21.09', 'NVIDIA v.21.09', 'Release 21.08', '21.05 framework'."""
_ROLE = re.compile(
    r"\b(?:partner\w*|collaborat\w*|thank\w*|cooperat\w*|co-?developed|jointly|together with|in conjunction|work(?:ed|ing) with"
    r"|alliance|customers?|teamed)\b"
)


def qualifiers(p: Passage, t: Tagged, at: int, predicate: str, subject: Entity) -> Qualifiers:
    """The qualifiers that a sentence gives a fact at the place of its object; None or '' for what it does not give."""
    said: Qualifiers = {}
    if subject.kind == "Organization" and subject != p.owner:
        said["whose"] = subject
    return said | _OF[predicate](p, t, at) if predicate in _OF else said


def _used_accelerator(p: Passage, t: Tagged, at: int) -> Qualifiers:
    count, comparator = _accelerator_count(t, at)
    exact = count if comparator not in BOUNDS else None
    return {"count": exact, "benchmark": _only(t, "B"), "accelerator": _with_memory(p, t, at)}


def _accelerators_of_system(p: Passage, t: Tagged, at: int) -> Qualifiers:
    """How many accelerators a system has, or can have, at the place of one."""
    count, comparator = _accelerator_count(t, at)
    limit = p.capable(t, at) or comparator == "up to"
    return {
        "count": None if limit else count, "maxCount": count if limit else None, "capability": limit or None,
        "comparator": comparator, "accelerator": _with_memory(p, t, at), "per": "node" if t.has(_PER_NODE) else None,
    }  # fmt: skip


def _processors_of_system(p: Passage, t: Tagged, at: int) -> Qualifiers:
    """How many processors a system has, and how many cores, at the place of one."""
    counted = count_before(t, at, 2)
    count = counted[1] if counted else None
    of_cores = (m for m in t.matches(_CORES) if m.start("p") == at and "core" in m[0])
    cores = next((t.quantity(m.start("n")).value for m in of_cores), None)
    return {"count": None if count == cores else count, "cores": cores, "per": "node" if t.has(_PER_NODE) else None}


def _framework(p: Passage, t: Tagged, at: int) -> Qualifiers:
    rest = pattern(_THE_REST).match(t.text[at + 1 :])
    return {"version": _version(t, at), "benchmark": None if rest else _only(t, "BK")}


def _partner(p: Passage, t: Tagged, at: int) -> Qualifiers:
    role = _ROLE.search(t.text[max(0, at - 160) : at + 120])
    return {"role": role[0] if role else None}


_OF: dict[str, Callable[[Passage, Tagged, int], Qualifiers]] = {
    "usedAccelerator": _used_accelerator,
    "usedFramework": _framework,
    "usedSoftware": lambda p, t, at: {"version": _version(t, at)},
    "division": lambda p, t, at: {"benchmark": _only(t, "B")},
    "availability": lambda p, t, at: {"kind": "MLPerf category"},
    "offersSystem": lambda p, t, at: {"status": "upcoming" if pattern(r"\bupcoming\s+$").search(t.text[:at]) else None},
    "partner": _partner,
    "hasAccelerator": _accelerators_of_system,
    "hasProcessor": _processors_of_system,
}


def _version(t: Tagged, at: int) -> str | None:
    """The version that follows a name, with its digits as they are written."""
    end = t.mention(at).span.end
    match = _VERSION.match(t.sentence.view[end : end + 40])
    return match[1] if match else None


def _only(t: Tagged, sign: str) -> Entity | None:
    """The one entity of a kind that a sentence names; None when it names more or none."""
    found = set(t.entities(sign))
    return found.pop() if len(found) == 1 else None


def _accelerator_count(t: Tagged, at: int) -> tuple[Decimal | None, str]:
    """How many of the accelerator at a place a sentence counts, and how that is bounded ('up to')."""
    counted = count_before(t, at)
    if pattern(OF_OTHERS).match(t.text[at + 1 :]):
        return None, counted[2] if counted else ""  # it counts these
    return (counted[1], counted[2]) if counted else (_later_count(t, at), "")


def accelerator_at(p: Passage, t: Tagged, at: int) -> Entity | None:
    """The accelerator at a place, made exact by a size of memory that stands before it ('80GB PCIe A100')."""
    entity, size = t.entity(at), pattern(r"({G})\s+$").search(t.text[:at])
    return (entity and size and _of_memory(p, t, size.start(1), entity)) or entity


def _with_memory(p: Passage, t: Tagged, at: int) -> Entity | None:
    """The accelerator at a place, where its sentence makes it exact by its memory ('A100s, which have 80GB memory')."""
    entity, match = t.entity(at), pattern(_MEMORY).match(t.text[at + 1 :])
    return _of_memory(p, t, at + 1 + match.start(1), entity) if entity and match else None


def _of_memory(p: Passage, t: Tagged, size: int, entity: Entity) -> Entity | None:
    """The one narrower accelerator with the memory whose size stands at a place; None when there is none."""
    amount = t.quantity(size)
    narrower = [
        c.entity for c in p.vocabulary.of_kind("Accelerator")
        if entity.iri in c.broader and amount.unit == "GB" and c.memory == str(amount.value) and not c.power
    ]  # fmt: skip
    return narrower[0] if len(narrower) == 1 else None


def _later_count(t: Tagged, at: int) -> Decimal | None:
    """The count that follows an accelerator: 'A100 80GB 8-GPU', 'an A100 board that includes eight GPUs'."""
    match = pattern(_COUNT_AFTER).match(t.text[at + 1 :])
    return t.quantity(at + 1 + match.start(1)).value if match else None
