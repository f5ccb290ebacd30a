"""Claims that something was submitted or used: rounds, benchmarks, frameworks, hardware, categories, others."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.narrow import Narrowed, narrow
from kg.claims.record import World
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Filed, Review, Said, shown

_MANY = 3


def check_participation(world: World, said: Said) -> Review:
    """That an organization submitted to a round."""
    who, round = said.subject, said.object
    results = world.of(who, round)
    claimed = f"{world.label(who)} submitted to {world.label(round)}"
    if not world.loaded(round):
        return Review(said, claimed, NOT_CHECKABLE, note=f"the record of {world.label(round)} is not loaded")
    record = f"{len(results)} results of {world.label(who)} in {world.label(round)}"
    nth = said.numbers.get("nthParticipation")
    first = said.get("firstTime") == "true"
    if not results:
        return Review(said, claimed, CONTRADICTED, record)
    if first or nth:
        claimed += ", for the first time" if first else f", its participation number {shown(nth or 0)}"
        earlier = [r for r in world.rounds if r < round and world.of(who, r)]
        loaded = ", ".join(world.label(r) for r in world.rounds if r < round) or "none"
        formula = f"earlier rounds loaded: {loaded}; with results of it: {len(earlier)}"
        if (first or nth == 1) and earlier:
            return Review(said, claimed, CONTRADICTED, record, formula)
        return Review(said, claimed, NOT_CHECKABLE, record, formula, "not all earlier rounds are loaded")
    return Review(
        said, claimed, SUPPORTED, record, f"count of results = {len(results)}", results=_cited(results)
    )


def check_benchmark(world: World, said: Said) -> Review:
    """That a benchmark was submitted, or was not."""
    found = narrow(world, world.of(said.submitter, said.round), said, also=said.object)
    left_out = said.predicate == "didNotSubmitBenchmark"
    verb = "did not submit" if left_out else "submitted"
    claimed = f"{world.label(said.submitter)} {verb} {world.label(said.object)} in {world.label(said.round)}"
    holds = bool(found.results) != left_out
    return _exists(world, said, claimed, found, holds)


def check_framework(world: World, said: Said) -> Review:
    """That results were obtained with a framework: as run, or at least as filed."""
    results = world.of(said.submitter, said.round)
    found = narrow(world, results, said, also=said.object)
    claimed = f"{world.label(said.submitter)} used {world.label(said.object)} in {world.label(said.round)}"
    as_run = [r for r in found.results if world.within(r.framework, said.object)]
    if found.results:
        note = "" if as_run else "filed beside, or instead of, the framework that was run"
        return _exists(world, said, claimed, replace(found, results=as_run or found.results), True, note)
    open_ended = [r for r in results if not r.framework]
    if open_ended:
        return Review(
            said, claimed, NOT_CHECKABLE, note=f"the framework of {len(open_ended)} results stays open"
        )
    return _exists(world, said, claimed, found, False)


def check_software(world: World, said: Said) -> Review:
    """That a software was used: the files list some of it, so that what they do not list is not denied."""
    label = world.label(said.object)
    claimed = f"{world.label(said.submitter)} used {label} in {world.label(said.round)}"
    words = label.lower().split()
    listing = [
        r for r in world.of(said.submitter, said.round)
        if all(word in r.software.lower() for word in words) or words[-1] + "_" in r.software.lower()
    ]  # fmt: skip
    if listing:
        record = f"listed by {len({r.filed_system for r in listing})} system files"
        return Review(said, claimed, SUPPORTED, record, results=_cited(listing))
    return Review(
        said, claimed, NOT_CHECKABLE, note="system files list only a part of the software, and not this"
    )


def check_accelerator(world: World, said: Said) -> Review:
    """That an accelerator was used, or that a system has it, with its number where one is stated."""
    return _hardware(world, said, "accelerator")


def check_processor(world: World, said: Said) -> Review:
    """That a system has a host processor."""
    return _hardware(world, said, "processor")


def _hardware(world: World, said: Said, kind: str) -> Review:
    who = said.submitter or said.speaker
    results = world.of(who, said.round)
    of_system = said.subject if "/system/" in said.subject else said.get("system")
    number = said.numbers.get("count")
    about = f"{world.label(of_system)} of {world.label(who)}" if of_system else world.label(who)
    amount = f"{shown(number)} × " if number is not None else ""
    claimed = f"{about} in {world.label(said.round)}: {amount}{world.label(said.object)}"
    if kind == "processor" and number is not None:
        said = replace(said, numbers={k: v for k, v in said.numbers.items() if k != "count"})
    found = narrow(
        world, results, replace(said, qualifiers={**said.qualifiers, "system": of_system}), also=said.object
    )
    without = narrow(
        world, results, replace(said, numbers={}, qualifiers={"system": of_system}), also=said.object
    )
    if found.results:
        return _exists(world, said, claimed, found, True, "; ".join(found.ignored))
    record = _hardware_record(world, results, kind)
    if found.ignored or not results:
        return Review(
            said,
            claimed,
            NOT_CHECKABLE,
            record,
            note="; ".join(found.ignored) or "no result of it in this round",
        )
    if without.results and number is not None:
        formula = "; ".join(
            sorted({f"{r.nodes} nodes × {r.per_node} = {r.accelerators}" for r in without.results})
        )
        return Review(
            said,
            claimed,
            CONTRADICTED,
            record,
            formula,
            "the number is of no result",
            _cited(without.results),
        )
    if not any(getattr(r, kind) for r in results):
        return Review(said, claimed, NOT_CHECKABLE, record, note="the filed name is not known")
    if not _comparable(world, said.object, [getattr(r, kind) for r in results]):
        return Review(
            said,
            claimed,
            NOT_CHECKABLE,
            record,
            note=f"the record does not speak of {world.label(said.object)}",
        )
    return Review(said, claimed, CONTRADICTED, record, results=_cited(results))


def _comparable(world: World, stated: str, filed: list[str]) -> bool:
    """Whether the stated thing is of a family of which the record files members, so that absence means something."""
    families = {
        max(world.ancestors(f) or {f}, key=lambda a: len(world.ancestors(a)) == 1) for f in filed if f
    }
    known = {a for r in world.results for f in (r.accelerator, r.processor) for a in world.ancestors(f)}
    return stated in known and bool(families)


def _hardware_record(world: World, results: list[Filed], kind: str) -> str:
    names = sorted({getattr(r, f"{kind}_filed") for r in results} - {""})
    return f"filed: {', '.join(names)}" if names else "no result of it in this round"


def check_configuration(world: World, said: Said) -> Review | None:
    """That there is a result of a benchmark with all that the words set beside it; none of one left out."""
    if any(
        o.predicate == "didNotSubmitBenchmark" and o.object == said.object and o.subject == said.subject
        for o in world.said
    ):
        return None
    found = narrow(world, world.of(said.submitter, said.round), said, also=said.object)
    things = " with ".join(found.by) or world.label(said.object)
    claimed = f"{world.label(said.submitter)} in {world.label(said.round)}: a result on {things}"
    if found.results:
        return _exists(world, said, claimed, found, True, "; ".join(found.ignored))
    others = narrow(world, [r for r in world.results if r.round == said.round], said, also=said.object)
    if others.results:
        whose = ", ".join(sorted({world.label(r.submitter) for r in others.results}))
        record, cited = f"such results are of {whose}", _cited(others.results)
        return Review(
            said, claimed, NOT_CHECKABLE, record, note="whose result is meant stays open", results=cited
        )
    if found.ignored:
        return Review(said, claimed, NOT_CHECKABLE, note="; ".join(found.ignored))
    return _exists(world, said, claimed, found, False)


def check_category(world: World, said: Said) -> Review:
    """A division or an availability category of the submission."""
    found = narrow(world, world.of(said.submitter, said.round), said, also=said.object)
    claimed = f"{world.label(said.submitter)} in {world.label(said.round)}: {world.label(said.object)}"
    if not found.results and said.predicate == "availability":
        categories = sorted(
            {world.label(r.availability) for r in world.of(said.submitter, said.round) if r.availability}
        )
        general = [c for c in categories if world.label(said.object) in c]
        filed = f"filed: {', '.join(categories) or 'none'}"
        if general:
            return Review(
                said, claimed, SUPPORTED, filed, results=_cited(world.of(said.submitter, said.round))
            )
        if _of_several(world, said):
            note = "the words name several categories, and not which result is in which"
            return Review(said, claimed, NOT_CHECKABLE, filed, note=note)
        return Review(said, claimed, CONTRADICTED, filed)
    return _exists(world, said, claimed, found, bool(found.results))


def _of_several(world: World, said: Said) -> bool:
    """Whether the same words name another category of the same submission."""
    return any(
        other.predicate == said.predicate and other.object != said.object and other.subject == said.subject
        and (other.statement, other.start) == (said.statement, said.start)
        for other in world.said
    )  # fmt: skip


def check_mention(world: World, said: Said) -> Review:
    """That another organization submitted in the round."""
    results = world.of(said.object, said.round)
    claimed = f"{world.label(said.object)} submitted in {world.label(said.round)}"
    record = f"{len(results)} results"
    if results:
        return Review(
            said, claimed, SUPPORTED, record, f"count of results = {len(results)}", results=_cited(results)
        )
    return Review(said, claimed, CONTRADICTED, record)


def check_system(world: World, said: Said) -> Review:
    """That results were submitted on a system: found among those filed, by its name."""
    linked = [r for r in world.of(said.submitter, said.round) if said.object in r.systems]
    claimed = (
        f"{world.label(said.submitter)} submitted on {world.label(said.object)} in {world.label(said.round)}"
    )
    if linked:
        filed = sorted({world.label(r.filed_system) for r in linked})
        record = f"filed as {', '.join(filed[:_MANY])}{' …' if len(filed) > _MANY else ''}"
        return Review(
            said, claimed, SUPPORTED, record, f"count of results = {len(linked)}", results=_cited(linked)
        )
    return Review(said, claimed, NOT_CHECKABLE, note="no system is filed under a name that has its model")


def _exists(world: World, said: Said, claimed: str, found: Narrowed, holds: bool, note: str = "") -> Review:
    """The verdict when results that fit are there, or are not."""
    count = len(found.results)
    named = [r.label for r in found.results[:_MANY]]
    record = (
        "; ".join(named) + (f" and {count - _MANY} more" if count > _MANY else "")
        if count
        else "no such result"
    )
    verdict = NOT_CHECKABLE if found.open and count else SUPPORTED if holds else CONTRADICTED
    note = "; ".join(filter(None, (note, *found.open)))
    return Review(
        said,
        claimed,
        verdict,
        record,
        f"count of results{found.words} = {count}",
        note,
        _cited(found.results),
    )


def _cited(results: list[Filed]) -> tuple[str, ...]:
    return tuple(r.iri for r in results)
