"""Claims that count: results, configurations, tasks, and accelerators or nodes that were used."""

from __future__ import annotations

from decimal import Decimal

from kg.claims.narrow import Narrowed, hardware, narrow, sentence_count
from kg.claims.record import World
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Filed, Review, Said, shown


def check_count(world: World, said: Said) -> Review:
    """A number of results, configurations or tasks, in each of its readings."""
    found = narrow(world, world.of(said.submitter, said.round), _with_neighbours(world, said))
    _narrow_by_sentence(found, said)
    readings = _READINGS[said.predicate](world, found.results)
    stated = said.number
    noun = said.get("what") or said.predicate
    claimed = (
        f"{world.label(said.submitter)}: {shown(stated)} {noun} in {world.label(said.round)}{found.words}"
    )
    holding = [name for name, n in readings.items() if _holds(stated, n, said.get("comparator"))]
    record = "; ".join(f"{name}: {n}" for name, n in readings.items())
    formula = "; ".join(f"count of {name} = {n}" for name, n in readings.items())
    cited = tuple(r.iri for r in found.results)
    if holding:
        note = f"counted as {holding[0]}" if len(readings) > 1 else ""
        return Review(said, claimed, SUPPORTED, record, formula, note, cited)
    if found.ignored:
        return Review(said, claimed, NOT_CHECKABLE, record, formula, "; ".join(found.ignored), cited)
    return Review(said, claimed, CONTRADICTED, record, formula, "in no reading", cited)


def check_scale(world: World, said: Said) -> Review | None:
    """A number of nodes or machines that the words give and no result need have; never contradicted."""
    unit = said.get("unit").lower()
    if not isinstance(said.value, Decimal) or unit not in _MACHINES:
        return None
    results = world.of(said.submitter, said.round)
    nodes = sorted({r.nodes for r in results if r.nodes})
    claimed = f"{world.label(said.submitter)}: {shown(said.value)} {unit} in {world.label(said.round)}"
    record = f"nodes of its results: {', '.join(map(shown, nodes))}" if nodes else "no result gives its nodes"
    if said.value in nodes:
        cited = tuple(r.iri for r in results if r.nodes == said.value)
        return Review(said, claimed, SUPPORTED, record, f"{shown(said.value)} is among them", results=cited)
    return Review(
        said, claimed, NOT_CHECKABLE, record, note="the record gives the nodes of results, not of a cluster"
    )


def _with_neighbours(world: World, said: Said) -> Said:
    """The claim with the category and division that the same words give for the same submission."""
    beside = [
        other for other in world.said
        if (other.statement, other.start, other.end, other.subject) == (said.statement, said.start, said.end, said.subject)
    ]  # fmt: skip
    more: dict[str, str] = {}
    for name in ("division", "availability"):
        values = {other.object for other in beside if other.predicate == name}
        if len(values) == 1:
            more[name] = values.pop()
    return Said(
        said.statement, said.speaker, said.predicate, said.quote, said.start, said.end, said.subject, said.submitter,
        said.round, said.object, said.value, said.fact, {**more, **said.qualifiers}, said.numbers,
    )  # fmt: skip


def _narrow_by_sentence(found: Narrowed, said: Said) -> None:
    count = sentence_count(said)
    if said.predicate != "resultCount" or count is None or "acceleratorCount" in said.numbers:
        return
    fits = [r for r in found.results if r.accelerators == count]
    if fits:
        found.results = fits
        found.by.append(f"{shown(count)} accelerators")


def _holds(stated: Decimal, found: int, comparator: str) -> bool:
    return {">": found > stated, "<": found < stated, "up to": found == stated}.get(
        comparator, found == stated
    )


def _results(world: World, results: list[Filed]) -> dict[str, int]:
    return {"results": len(results), "systems as filed": len({r.filed_system for r in results})}


def _configurations(world: World, results: list[Filed]) -> dict[str, int]:
    return {
        "systems as filed": len({r.filed_system for r in results}),
        "hardware configurations": len({hardware(r, nodes=True) for r in results}),
        "hardware of one node": len({hardware(r, nodes=False) for r in results}),
        "accelerators and maker of the processor in one node": len(
            {(r.accelerator or r.accelerator_filed, r.per_node, world.maker(r.processor)) for r in results}
        ),
        "results": len(results),
    }


def _tasks(world: World, results: list[Filed]) -> dict[str, int]:
    return {"benchmarks": len({r.benchmark for r in results})}


_READINGS = {"resultCount": _results, "configurationCount": _configurations, "taskCount": _tasks}
_MACHINES = {"vms", "nodes", "servers", "machines", "hosts"}
