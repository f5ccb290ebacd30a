"""What is said of systems and accelerators: memory, storage, network, power, cooling, form factor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kg.extract.passage import Passage
from kg.extract.systems import Systems
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Fact, Quantity


def attributes(p: Passage, found: Systems) -> Iterator[Fact]:
    """systemAttribute and acceleratorAttribute: memory, storage, network, power, cooling, form factor."""
    seen: set[tuple[str, str, str]] = set()

    def new(predicate: str, subject: Entity, value: str) -> bool:
        key = (predicate, subject.iri, value.lower())
        if key in seen:
            return False
        seen.add(key)
        return True

    for number, t in enumerate(p.tagged):
        for at in t.all("A"):
            mention = t.mention(at)
            entity = mention.entity
            if entity is None or p.other_actor(t, at) or p.planned(t, at):
                continue
            concept = p.vocabulary.get(entity.iri)
            if concept is None:
                continue
            for key, size, unit in (("memory", concept.memory, "GB"), ("power", concept.power, "W")):
                if (
                    size
                    and re.search(rf"{size}\s?{unit[0]}", mention.text)
                    and (key != "memory" or _set_apart(mention.text))
                    and new("acceleratorAttribute", entity, size + unit)
                ):
                    yield p.fact(
                        t, "acceleratorAttribute", entity, f"{size}{unit}", attribute=key,
                        attributeValue=Decimal(size), unit=unit,
                    )  # fmt: skip
        if re.search(r"(?i)\bwatts?\b", t.sentence.header) and t.all("A") and (watts := t.all("N")):
            chip, amount = t.mention(t.all("A")[-1]).entity, t.quantity(watts[-1])
            if chip and watts[-1] > t.all("A")[-1] and new("acceleratorAttribute", chip, f"{amount.value} Watts"):
                yield p.fact(
                    t,
                    "acceleratorAttribute",
                    chip,
                    f"{amount.value} Watts",
                    attribute="power",
                    attributeValue=amount.value,
                    unit="W",
                )
        for match in t.matches(
            r"(?P<g>{G})\s+(?P<of>of\s+)?(?:\w+\s+)?(?:memory\s+in\s+|memory\s+of\s+)?(?P<kind>HBM\w*)"
        ):
            kind = t.words(match, "kind")
            chip = next((t.mention(a).entity for a in reversed(t.all("A", 0, match.start()))), None)
            amount = t.quantity(match.start("g"))
            words = " ".join(filter(None, (_plain(amount), match["of"] and "of", kind)))
            between = t.text[max((a for a in t.all("A", 0, match.start())), default=0) : match.start()]
            if (
                chip
                and not pattern(r"\bwhile\b|;").search(between)
                and not p.capable(t, match.start())
                and new("acceleratorAttribute", chip, words)
            ):
                yield p.fact(
                    t,
                    "acceleratorAttribute",
                    chip,
                    words,
                    attribute="memory",
                    attributeValue=amount.value,
                    unit=amount.unit,
                    kind=kind,
                )
        topic = found.topic.get(number, [])
        for at in t.all("S"):
            topic = topic or [found.entity(t, at)]
        several = topic if pattern(r"\W*(?:these|both)\b").match(t.text) else topic[:1]
        for said in _said_of_systems(t):
            nearest = _nearest(t, found, said.place)
            if p.other_actor(t, said.place):
                continue
            of, able = said.amount, said.attribute in _CAPABILITIES
            for subject in [nearest] if nearest else several:
                if new("systemAttribute", subject, said.words):
                    yield p.fact(
                        t, "systemAttribute", subject, said.words, attribute=said.attribute,
                        attributeValue=of.value if of else said.words,
                        unit=of.unit if of and of.unit != "count" else None, comparator=of.comparator if of else "",
                        asserted=not able, capability=True if able else None,
                    )  # fmt: skip


def _set_apart(name: str) -> bool:
    """Whether a memory size is said of a chip ('80GB A100', 'A100 (80 GB)'), not a part of its name ('A100 80GB')."""
    return re.search(r"^\W*(?:NVIDIA\s+)?\d+\s?GB|\(\s*\d+\s?GB\s*\)", name) is not None


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


def _plain(q: Quantity) -> str:
    return f"{q.value}{q.unit}"


def _said_of_systems(t: Tagged) -> Iterator[_Said]:
    """The attributes of systems that a sentence gives."""
    view = t.sentence.view
    base = t.sentence.span.start

    def words(match: re.Match[str]) -> str:
        span = t.span(match.start(), match.end())
        return re.sub(r"\s+", " ", view[span.start - base : span.end - base]).strip()

    for match in t.matches(r"{L}\s*(?:rack[- ]?mount(?:ed)?|chassis|design|form factor)?"):
        amount = t.quantity(match.start())
        if amount.unit == "U":
            noun = pattern(r"\s*{S}\s+(?P<noun>(?:\w+\s+){0,2}?server)\b").match(
                t.text, match.end()
            )  # '2U R1 rack server'
            said = words(match).replace(" design", "") + (f" {t.words(noun, 'noun')}" if noun else "")
            yield _Said("form factor", said, match.start(), amount)
        elif amount.unit == "°C":
            led = pattern(r"\boperating temperature\s+(?:of\s+)?(?:up to\s+)?$").search(t.text[: match.start()])
            if led:
                written = " ".join(view[amount.span.start : amount.span.end].split())
                said = f"operating temperature {amount.comparator} {written}".replace("  ", " ")
                unit = "℃" if "℃" in written else amount.unit
                yield _Said("operating temperature", said, match.start(), replace(amount, unit=unit))
    for match in t.matches(
        r"\b(?:liquid|air|hybrid|immersion|liquid and hybrid|DLC liquid)[\s-]?cool(?:ing|ed)\b(?:\s+solution)?"
    ):
        yield _Said("cooling", re.sub(r"\s+solution$", "", words(match)), match.start())
    for match in t.matches(
        r"(?P<g>{G})\s+(?:of\s+)?(?:system\s+)?(?:RAM|DDR\d?(?:\s+(?:system\s+)?memory)?|system memory|host memory)\b"
    ):
        yield _Said("memory", words(match), match.start(), t.quantity(match.start("g")))
    for match in t.matches(
        r"(?:(?P<n>{N})\s*[*x×]\s*)?(?P<g>{G})\s+(?:of\s+)?(?:\w+\s+)?(?:NVMe(?:\s+(?:SSDs?|disks?|drives?))?|SSDs?|disks)\b"
    ):
        amount = t.quantity(match.start("n")) if match["n"] else t.quantity(match.start("g"))
        yield _Said("storage", words(match), match.start(), amount)
    for match in t.matches(r"(?P<n>{N})\s+(?:[\w]+\s+)?{L}\s+(?:\w+\s+)?InfiniBand(?:\s+\w+)?"):
        yield _Said("network", words(match), match.start(), t.quantity(match.start("n")))
    for match in t.matches(
        r"(?P<how>connected|linked|interconnected)\s+(?:together\s+)?(?P<by>with|by|via|over|through)\s+(?:(?:the\s+|\w+[- ]generation\s+)+|[\w]+['’]s\s+|{MO}['’]s\s+)?(?P<what>PCI[- ]?[Ee]xpress|PCIe|NVLinks?|NVSwitch|InfiniBand|(?!\w+-generation)[A-Z][\w]*-[A-Z]\w+|[A-Z]\w*Link\b|RoCE)"
    ):
        left = t.text[max(0, match.start() - 60) : match.start()]
        who = (
            "storage"
            if pattern(r"\b(?:ssds?|storage|disks?|drives?)\s+$").search(left)
            else "GPUs"
            if t.all("A", 0, match.start())
            else ""
        )
        if who or pattern(r"\b(?:chips|gpus|accelerators|systems)\b").search(left):
            yield _Said(
                "interconnect" if who != "storage" else "storage interface",
                f"{who} {t.words(match, 'how')} {t.words(match, 'by')} {t.words(match, 'what')}".strip(),
                match.start(),
            )
    for match in t.matches(
        r"\b(?:is|are)\s+designed\s+(?:both\s+)?for\s+(?P<what>(?!all\b|the\b|up\b|{N})[\w\s()-]{6,80}?)(?=\s+applications\b|\s+and both\b|[.,;]|$)"
    ):
        yield _Said("target workload", " ".join(t.words(match, "what").split()), match.start())
    for match in t.matches(r"{S}\s+(?:series\s+)?virtual machines?\b"):
        yield _Said("form factor", "virtual machine", match.start() + 1)
    for match in t.matches(r"(?:consists? of|across|of)\s+(?P<n>{N})\s+nodes\b"):
        if not t.has(r"\bacross {N} nodes"):
            amount = t.quantity(match.start("n"))
            yield _Said("nodes", f"{amount.value} nodes", match.start("n"), amount)
    for match in t.matches(r"(?P<n>{N})\s+(?P<what>PCIe Gen\s?\d (?:devices|slots|cards))"):
        amount = t.quantity(match.start("n"))
        sign = {">": "more than ", "up to": "up to "}.get(amount.comparator, "")
        yield _Said("expansion", f"{sign}{amount.value} {t.words(match, 'what')}", match.start(), amount)
    for match in pattern(
        r"(?<=[\ue010]:[\ue010])(?::[\ue010])?\s+(?:balanced\s+)?ratio of (?P<of>[^.;]{4,90}?)(?=[.;]|$)"
    ).finditer(
        t.text,
    ):
        numbers = [t.quantity(a).value for a in t.all("N", max(0, match.start() - 3), match.end("of"))]
        span = t.span(match.start("of"), match.end("of"))
        yield _Said(
            "ratio",
            f"{':'.join(map(str, numbers))} ratio of {' '.join(view[span.start - base : span.end - base].split())}",
            match.start(),
        )
    for match in t.matches(
        r"{S},?\s+is\s+an?\s+(?P<what>(?:(?!\w+ly\b)[\w-]+\s+){1,4}?(?:node|server|system|platform))\b"
    ):
        yield _Said("class", t.words(match, "what"), match.start() + 1)
