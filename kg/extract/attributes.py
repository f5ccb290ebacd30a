"""What is said of systems and accelerators: memory, storage, network, power, cooling, form factor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kg.extract.passage import Passage, Qualifiers
from kg.extract.systems import Systems
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Fact, Quantity


def attributes(p: Passage, found: Systems) -> Iterator[Fact]:
    """systemAttribute and acceleratorAttribute: memory, storage, network, power, cooling, form factor."""
    seen: set[tuple[str, str, str]] = set()
    for number, t in enumerate(p.tagged):
        for fact in (*_of_accelerators(p, t), *_of_systems(p, t, found, number)):
            key = (fact.predicate, fact.subject.iri, str(fact.object).lower())
            if key not in seen:
                seen.add(key)
                yield fact


def _of_accelerators(p: Passage, t: Tagged) -> Iterator[Fact]:
    """Memory and power in the names of accelerators, and the memory that a sentence gives them."""
    for at in t.all("A"):
        mention = t.mention(at)
        concept = p.vocabulary.get(mention.entity.iri) if mention.entity else None
        if concept is None or p.other_actor(t, at) or p.planned(t, at):
            continue
        for key, size, unit in (("memory", concept.memory, "GB"), ("power", concept.power, "W")):
            named = size and re.search(rf"{size}\s?{unit[0]}", mention.text)
            if named and (key != "memory" or _set_apart(mention.text)):
                qualifiers: Qualifiers = {"attribute": key, "attributeValue": Decimal(size), "unit": unit}
                yield p.fact(t, "acceleratorAttribute", concept.entity, f"{size}{unit}", qualifiers=qualifiers)
    for match in t.matches(_MEMORY):
        before = t.all("A", 0, match.start())
        chip = next((e for a in reversed(before) if (e := t.mention(a).entity)), None)
        if chip and not p.capable(t, match.start()):
            amount, kind = t.quantity(match.start("g")), t.words(match, "kind")
            words = " ".join(filter(None, (f"{amount.value}{amount.unit}", match["of"] and "of", kind)))
            yield p.fact(
                t, "acceleratorAttribute", chip, words,
                attribute="memory", attributeValue=amount.value, unit=amount.unit, kind=kind,
            )  # fmt: skip


_MEMORY = r"(?P<g>{G})\s+(?P<of>of\s+)?(?:\w+\s+)?(?:memory\s+in\s+|memory\s+of\s+)?(?P<kind>HBM\w*)"


def _set_apart(name: str) -> bool:
    """Whether a memory size is said of a chip ('80GB A100', 'A100 (80 GB)'), not a part of its name ('A100 80GB')."""
    return re.search(r"^\W*(?:NVIDIA\s+)?\d+\s?GB|\(\s*\d+\s?GB\s*\)", name) is not None


def _of_systems(p: Passage, t: Tagged, found: Systems, number: int) -> Iterator[Fact]:
    """The attributes of the systems that a sentence names, or goes on about."""
    topic = found.topic.get(number) or [found.entity(t, at) for at in t.all("S")[:1]]
    several = topic if pattern(r"\W*(?:these|both)\b").match(t.text) else topic[:1]
    for said in _said_of_systems(t):
        if p.other_actor(t, said.place):
            continue
        nearest = _nearest(t, found, said.place)
        of, able = said.amount, said.attribute in _CAPABILITIES
        for subject in [nearest] if nearest else several:
            yield p.fact(
                t, "systemAttribute", subject, said.words, attribute=said.attribute,
                attributeValue=of.value if of else said.words,
                unit=of.unit if of and of.unit != "count" else None, comparator=of.comparator if of else "",
                asserted=not able, capability=True if able else None,
            )  # fmt: skip


_CAPABILITIES = {"expansion"}
"""Attributes that say what a system can have."""


class _Said(NamedTuple):
    """An attribute with the words that say it, their place in the signs' text, and the amount in them."""

    attribute: str
    words: str
    place: int
    amount: Quantity | None = None


def _nearest(t: Tagged, found: Systems, place: int) -> Entity | None:
    """The system that an attribute at a place is said of: the one it stands before ('2U R4900'), else the last."""
    following = pattern(r"^\S?\s*({S})").match(t.text[place:])
    if following:
        return found.entity(t, place + following.start(1))
    before = t.all("S", 0, place)
    return found.entity(t, before[-1]) if before else None


def _said_of_systems(t: Tagged) -> Iterator[_Said]:
    """The attributes of systems that a sentence gives."""
    yield from _measured(t)
    for attribute, rule in _COUNTED:
        for match in t.matches(rule):
            yield _Said(attribute, _written(t, match), match.start(), t.quantity(match.start("n")))
    for match in t.matches(_STORAGE):
        amount = t.quantity(match.start("n" if match["n"] else "g"))
        yield _Said("storage", _written(t, match), match.start(), amount)
    for attribute, rule in _DESCRIBED:
        for match in t.matches(rule):
            yield _Said(attribute, " ".join(t.words(match, "what").split()), match.start("what"))
    for match in t.matches(_CONNECTED):
        if t.all("A", 0, match.start()):
            said = " ".join((t.words(match, "how"), t.words(match, "by"), t.words(match, "what")))
            yield _Said("interconnect", f"GPUs {said}", match.start())
    for match in t.matches(r"(?P<n>{N})\s+(?P<what>PCIe Gen\s?\d (?:devices|slots|cards))"):
        amount = t.quantity(match.start("n"))
        sign = {">": "more than ", "up to": "up to "}.get(amount.comparator, "")
        yield _Said("expansion", f"{sign}{amount.value} {t.words(match, 'what')}", match.start(), amount)
    for match in t.matches(r"(?<={N}:{N})(?::{N})?\s+(?:balanced\s+)?ratio of (?P<of>[^.;]{4,90}?)(?=[.;]|$)"):
        numbers = [t.quantity(a).value for a in t.all("N", max(0, match.start() - 3), match.end("of"))]
        yield _Said("ratio", f"{':'.join(map(str, numbers))} ratio of {_written(t, match, 'of')}", match.start())


_COUNTED = (
    ("memory", r"(?P<n>{G})\s+(?:of\s+)?(?:system\s+)?(?:RAM|DDR\d?(?:\s+(?:system\s+)?memory)?|system memory|host memory)\b"),
    ("network", r"(?P<n>{N})\s+(?:[\w]+\s+)?{L}\s+(?:\w+\s+)?InfiniBand(?:\s+\w+)?"),
)  # fmt: skip
"""Attributes with the rules that find them by their amount, `n`."""
_STORAGE = r"(?:(?P<n>{N})\s*[*x×]\s*)?(?P<g>{G})\s+(?:of\s+)?(?:\w+\s+)?(?:NVMe(?:\s+(?:SSDs?|disks?|drives?))?|SSDs?|disks)\b"
_DESCRIBED = (
    ("cooling", r"\b(?P<what>(?:liquid|air|hybrid|immersion|liquid and hybrid|DLC liquid)[\s-]?cool(?:ing|ed))\b"),
    ("target workload", r"\b(?:is|are)\s+designed\s+(?:both\s+)?for\s+(?P<what>(?!all\b|the\b|up\b|{N})[\w\s()-]{6,80}?)"
     r"(?=\s+applications\b|\s+and both\b|[.,;]|$)"),
    ("form factor", r"(?<={S})\s+(?:series\s+)?(?P<what>virtual machine)s?\b"),
    ("class", r"(?<={S}),?\s+is\s+an?\s+(?P<what>(?:(?!\w+ly\b)[\w-]+\s+){1,4}?(?:node|server|system|platform))\b"),
)  # fmt: skip
"""Attributes with the rules that find the words, `what`, that give them."""
_CONNECTED = (
    r"\b(?P<how>connected|linked|interconnected)\s+(?:together\s+)?(?P<by>with|by|via|through)\s+(?:the\s+|(?:\w+|{MO})['’]s\s+)?"
    r"(?P<what>PCI[- ]?express|PCIe|NVLinks?|NVSwitch|InfiniBand|RoCE)\b"
)


def _measured(t: Tagged) -> Iterator[_Said]:
    """Heights in rack units ('2U'), and temperatures in degrees."""
    for match in t.matches(r"{L}\s*(?:rack[- ]?mount(?:ed)?|chassis|design|form factor)?"):
        amount = t.quantity(match.start())
        if amount.unit == "U":
            yield _Said("form factor", _written(t, match).replace(" design", ""), match.start(), amount)
        elif amount.unit == "°C" and pattern(_TEMPERATURE).search(t.text[: match.start()]):
            written = " ".join(t.sentence.view[amount.span.start : amount.span.end].split())
            said = " ".join(f"operating temperature {amount.comparator} {written}".split())
            unit = "℃" if "℃" in written else amount.unit
            yield _Said("operating temperature", said, match.start(), replace(amount, unit=unit))


_TEMPERATURE = r"\boperating temperature\s+(?:of\s+)?(?:up to\s+)?$"


def _written(t: Tagged, match: re.Match[str], group: str | int = 0) -> str:
    """What a rule, or a group of it, found, with its names and amounts as they are written."""
    span, base = t.span(match.start(group), match.end(group)), t.sentence.span.start
    return " ".join(t.sentence.view[span.start - base : span.end - base].split())
