"""Which results a claim speaks of: those that its qualifiers leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from kg.claims.record import World
from kg.model.claim import Filed, Said


@dataclass(slots=True)
class Narrowed:
    """Results that fit, in words what they were narrowed by, what could not be applied, and what stays open."""

    results: list[Filed]
    by: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What the results have in common, for a sentence."""
        return f" with {', '.join(self.by)}" if self.by else ""


def narrow(world: World, results: Iterable[Filed], said: Said, *, also: str = "") -> Narrowed:
    """The results that fit a claim's benchmark, division, category, accelerator, framework, system and counts.

    `also` is an entity, the object of the claim, that they have to have as well.
    """
    made = Narrowed(list(results))
    entities = [*(said.qualifiers.get(n, "") for n in _ENTITIES), also]
    for entity in dict.fromkeys(filter(None, entities)):
        _by_entity(world, made, entity)
    count = said.numbers.get("acceleratorCount") or said.numbers.get("count")
    if count is not None and (
        said.get("accelerator") or "/accelerator/" in also or "acceleratorCount" in said.numbers
    ):
        _by_count(made, count, said.get("per"))
    nodes = said.numbers.get("nodeCount")
    if nodes is not None:
        fits = [r for r in made.results if r.nodes == nodes]
        if fits or not said.numbers.get("acceleratorCount"):
            made.results = fits
            made.by.append(f"{nodes} node{'s' if nodes != 1 else ''}")
    return made


_ENTITIES = ("benchmark", "division", "availability", "accelerator", "framework", "system", "processor")


def _by_entity(world: World, made: Narrowed, entity: str) -> None:
    kind = entity.split("/")[-2]
    label = world.label(entity)
    if kind == "system":
        linked = [r for r in made.results if entity in r.systems]
        if linked:
            made.results = linked
            made.by.append(label)
        else:
            made.ignored.append(f"{label} is not among the systems filed under that name")
        return
    if kind == "accelerator":
        how = {a: world.fits(a, entity) for a in {r.accelerator for r in made.results} - {""}}
        fits = [r for r in made.results if how.get(r.accelerator) == "yes"]
        if not fits:
            fits = [r for r in made.results if how.get(r.accelerator) == "open"]
            if fits:
                filed = ", ".join(sorted({r.accelerator_filed for r in fits}))
                made.open.append(f"filed as {filed}, which leaves open whether it is {label}")
    elif kind == "framework":
        fits = [
            r for r in made.results
            if world.within(r.framework, entity) or any(world.within(f, entity) for f in r.filed_frameworks)
        ]  # fmt: skip
    else:
        name = {"availability-category": "availability"}.get(kind, kind)
        fits = [r for r in made.results if world.within(getattr(r, name, ""), entity)]
    made.results = fits
    made.by.append(label)


def _by_count(made: Narrowed, count: Decimal, per: str) -> None:
    """By the number of accelerators: in all, or else in one node."""
    total = [r for r in made.results if r.accelerators == count]
    node = [r for r in made.results if r.per_node == count]
    if per == "node" or (node and not total):
        made.results = node
        made.by.append(f"{count} accelerators a node")
    else:
        made.results = total
        made.by.append(f"{count} accelerators")


def sentence_count(said: Said) -> Decimal | None:
    """A number of accelerators that the words give and the claim does not carry ('at 4096 chip scale')."""
    found = re.findall(
        r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{2,6})[- ](?:chips?|GPUs?|accelerators?|IPUs?|TPUs?)\b", said.quote
    )
    numbers = {Decimal(n.replace(",", "")) for n in found}
    return numbers.pop() if len(numbers) == 1 else None


def hardware(result: Filed, nodes: bool) -> tuple[object, ...]:
    """What makes a hardware configuration: accelerator, processor, how many in a node, and the nodes if asked for."""
    parts = (
        result.accelerator or result.accelerator_filed,
        result.processor or result.processor_filed,
        result.per_node,
    )
    return (*parts, result.nodes) if nodes else parts
