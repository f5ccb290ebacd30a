"""What one sentence ties together as an organization's own result: a benchmark with system, accelerator, framework, division."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from kg.extract.passage import BOUNDS, PART_OF, SUBMIT, TRAIN, Passage
from kg.extract.performance import paired
from kg.extract.qualifiers import OF_OTHERS
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Fact

_TIED = {"D": ("division", "division"), "S": ("system", "submittedSystem"), "A": ("accelerator", "usedAccelerator"),
         "F": ("framework", "usedFramework")}  # fmt: skip
"""The signs that may be tied to a benchmark: the qualifier each fills, and the predicate that must be asserted of it."""
_COUNT = r"(?P<n>{N})\s+(?:[\w-]+\s+){0,2}?(?:{A}|GPUs?\b|accelerators?\b|chips?\b|IPUs?\b)"
_NODES = r"(?P<n>{N})[\s-]+(?:nodes?|servers?)\b"
_COUNTS_OTHERS = rf"{{N}}\s+(?:[\w-]+\s+){{0,2}}?{{A}}\s*(?:NVL\d+\s+)?{OF_OTHERS}"
_RESULTS = frozenset(["timeToTrain", "performanceResult"])
"""A sentence that gives one of these tells of what was run, whatever its verb."""
_MOST = 12
"""The configurations of one benchmark in one sentence at most."""


def configurations(p: Passage, facts: Sequence[Fact], run: frozenset[tuple[Tagged, int]]) -> Iterator[Fact]:
    """configuration: only of what is asserted as the organization's own, in a sentence of its own of this round."""
    said = {(f.predicate, getattr(f.object, "iri", "")) for f in facts if f.asserted and f.subject == p.owner}
    results = {f.evidence.span for f in facts if f.predicate in _RESULTS and f.asserted and f.subject == p.owner}
    seen: set[tuple[object, ...]] = set()
    for t in p.tagged:
        result = t.sentence.span in results
        told = t.has(f"{SUBMIT}|{TRAIN}")
        marks = [
            at for at in t.all("BK")
            if (e := t.entity(at)) and ("submittedBenchmark", e.iri) in said and p.own(t, at)
            and (told or ((result or (t, at) in run) and _of_one(t)))
        ]  # fmt: skip
        pairs = paired(t, "N") or {}
        for at in marks:
            start, end = _reach(t, marks, at)
            entity = t.entity(at)
            assert entity is not None
            counts = [t.quantity(n).value for n, of in pairs.items() if of == entity]
            number = counts[0] if counts else None if pairs else _first(p, t, _COUNT, start, end)
            nodes = _first(p, t, _NODES, start, end)
            rows = _rows(p, t, said, start, end)
            if rows == [{}] and number is None and nodes is None:
                continue
            for row in rows[:_MOST]:
                key = (entity.iri, *sorted((k, e.iri) for k, e in row.items()), number, nodes)
                if key not in seen:
                    seen.add(key)
                    yield p.fact(
                        t, "configuration", p.owner, entity, acceleratorCount=number, nodeCount=nodes, qualifiers=row
                    )


def _of_one(t: Tagged) -> bool:
    """Whether a sentence names one list of benchmarks, and no two things of a kind that each could be of one of them."""
    several = any(len(set(t.entities(sign))) > 1 for sign in _TIED)
    places = t.all("BK")
    listed = any(set(places) <= set(range(m.start(), m.end())) for m in t.matches("{BK+}"))
    return listed and not several


def _reach(t: Tagged, marks: Sequence[int], at: int) -> tuple[int, int]:
    """What is said of the benchmark at a place: the whole sentence, or up to the next benchmark that is not in its list."""
    alone = len({t.entity(b) for b in marks}) == 1
    if alone or any(set(marks) <= set(range(m.start(), m.end())) for m in t.matches("{BK+}")):
        return 0, len(t.text)
    return at, next((b for b in marks if b > at), len(t.text))


def _rows(
    p: Passage, t: Tagged, said: set[tuple[str, str]], start: int, end: int
) -> list[Mapping[str, Entity]]:  # fmt: skip
    """What is tied to a benchmark, each thing of one kind with each of the others."""
    tied: list[list[tuple[str, Entity]]] = []
    for sign, (key, predicate) in _TIED.items():
        places = (at for at in t.all(sign, start, end) if p.own(t, at) and not p.capable(t, at))
        named = {e.iri: e for at in places if (e := t.entity(at)) and (predicate, e.iri) in said}
        tied.append([(key, entity) for entity in named.values()])
    return [dict(row) for row in product(*filter(None, tied))]


def _first(p: Passage, t: Tagged, rule: str, start: int, end: int) -> Decimal | None:
    for match in t.matches(rule):
        at = match.start("n")
        quantity = t.quantity(at)
        counted = pattern(_COUNTS_OTHERS).match(t.text[at:]) if rule is _COUNT else None
        one_of = pattern(rf"(?:\bone|{{N}}) of (?:only |just |the )*$|{PART_OF}").search(t.text[:at])
        if start <= at < end and not (
            counted or one_of or p.capable(t, at) or quantity.comparator in BOUNDS or not p.own(t, at)
        ):
            return quantity.value
    return None
