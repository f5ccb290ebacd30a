"""The official record as the checks ask it: which results fit a scope, whether it is complete, which rounds compare."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property

import pyoxigraph as ox

from kg.claims.agreement import BOUNDS
from kg.claims.machines import LEADING, begins, holds_memory, is_product, node_count
from kg.claims.neutral import is_neutral
from kg.model.claim import PARTS, Scope
from kg.model.record import LinkedResult, SystemLink
from kg.model.statement import Entity
from kg.names.fold import fold
from kg.names.spans import comparable, why_not_comparable
from kg.names.vocabulary import Vocabulary
from kg.namespaces import MLP, PREFIXES, iri
from kg.record.link import shared_name, submitters_of
from kg.record.repository import ABSENT
from kg.store import Graph

_ONE = {
    "Benchmark": "benchmark", "Division": "division", "AvailabilityCategory": "availability", "Processor": "processor"
}  # fmt: skip
"""The parts of a result of which it has one, by their kind."""
_PART_OF = ox.NamedNode(PREFIXES["org"] + "subOrganizationOf")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*(?<![.-])")


class Record:
    """The results of all rounds with what the vocabulary says of their things.

    `terms` is the graph of the vocabulary, `links` tell which systems of statements are which filed ones,
    `incomplete` is what was filed and has no minutes here, but may have elsewhere.
    """

    def __init__(
        self,
        results: Sequence[LinkedResult],
        links: Iterable[SystemLink],
        vocabulary: Vocabulary,
        terms: Graph,
        incomplete: Iterable[LinkedResult] = (),
    ) -> None:
        self.results = results
        self.vocabulary = vocabulary
        self._terms = terms
        self._incomplete = tuple(incomplete)
        self._known: set[str] = set()
        self._named: dict[str, Entity | None] = {}
        self._links: dict[str, set[str]] = defaultdict(set)
        for link in links:
            self._links[link.system.iri].add(link.filed_system)
        self._by_round: dict[str, list[LinkedResult]] = defaultdict(list)
        for r in results:
            self._by_round[r.round.iri].append(r)

    # Which results

    def of(self, scope: Scope) -> list[LinkedResult]:
        """The results that fit every condition of a scope."""
        rounds = scope.rounds or tuple(self._by_round)
        found = self._fitting((r for at in rounds for r in self._by_round.get(at, ())), scope)
        return best(found) if scope.best else found

    def _fitting(self, results: Iterable[LinkedResult], scope: Scope) -> list[LinkedResult]:
        """Those of some results that fit what a scope says beside rounds, condition by condition."""
        numbers = scope.count, scope.per_node, scope.either, scope.nodes, scope.memory
        found = [r for r in results if _numbers_fit(r, scope)] if any(n is not None for n in numbers) else [*results]
        for part in ("who", *PARTS.values()):
            wanted: tuple[Entity, ...] = getattr(scope, part)
            if wanted and found:
                tests = [self._test(entity) for entity in wanted]
                found = [r for r in found if any(test(r) for test in tests)]
        return found

    def _test(self, entity: Entity) -> Callable[[LinkedResult], bool]:
        """Whether a result is of an entity, or of one below it."""
        if entity.kind == "System":
            filed = self.filed(entity)
            return lambda r: r.filed_system in filed
        if entity.kind == "Organization":
            owners = self.members(entity)
            return lambda r: bool(owners) and owners <= submitters(r)
        if entity.kind == "Framework":
            return lambda r: any(self.within(f, entity) for f in ([r.framework] if r.framework else r.filed_frameworks))
        if entity.kind == "Accelerator":
            return lambda r: self._on(r, entity)
        return lambda r: self.within(getattr(r, _ONE[entity.kind]), entity)

    def _on(self, r: LinkedResult, accelerator: Entity) -> bool:
        """Whether a result is on an accelerator; of one filed less exactly the system's name says which: 'tpu-v4-6912'."""
        if r.accelerator and self.within(accelerator, r.accelerator):
            concept = self.vocabulary.get(accelerator.iri)
            names = concept.names if concept else (accelerator.label,)
            return accelerator.iri == r.accelerator.iri or any(fold(name) in fold(r.result.system) for name in names)
        return self.within(r.accelerator, accelerator)

    def within(self, narrow: Entity | None, broad: Entity) -> bool:
        """Whether a concept is another one, or is below it."""
        return narrow is not None and (narrow.iri == broad.iri or broad.iri in self.vocabulary.ancestors(narrow.iri))

    def filed(self, system: Entity) -> set[str]:
        """The IRIs of the systems as filed that a system of a statement is; it may be one itself.

        A single word without a digit, 'Bow', or what a name says after its maker's, 'NVIDIA Eos', is a family: all
        systems whose filed names begin with it.
        """
        links = self._links[system.iri]
        if system.iri not in self._known:
            self._known.add(system.iri)
            concept = self.vocabulary.get(system.iri)
            names = concept.names if concept else (system.label,)
            makers = {fold(name) for c in self.vocabulary.of_kind("Organization") for name in c.names}
            parts = [name.rpartition(" ") for name in names]
            words = [w for maker, _, w in parts if w.isalpha() and (fold(maker) in makers if maker else not links)]
            if words:
                begin = re.compile(rf"(?i)(?:{'|'.join(words)})(?![a-z])")
                links |= {at for at, (filed, _) in self._filed.items() if any(map(begin.match, filed))}
            for named in filter(None, map(self.system, names)):
                links |= self._links[named.iri]
        return links

    def maker(self, accelerator: str) -> str:
        """The IRI of the organization that makes an accelerator, or what it is a model of; '' when it is not known."""
        for at in (accelerator, *sorted(self.vocabulary.ancestors(accelerator))):
            concept = self.vocabulary.get(at)
            if concept and concept.developer:
                return concept.developer
        return ""

    def kin(self, first: Entity | None, other: Entity) -> bool:
        """Whether two accelerators or processors are of one family, so that either may be the other told less exactly."""
        if first is None or self.within(first, other) or self.within(other, first):
            return True
        ours, theirs = self.vocabulary.get(first.iri), self.vocabulary.get(other.iri)
        if not ours or not theirs or not self.vocabulary.ancestors(first.iri) & self.vocabulary.ancestors(other.iri):
            return False
        models = [next((w for w in e.label.split() if re.search(r"\d", w)), "") for e in (first, other)]
        if all(models) and models[0] != models[1]:
            return False
        told = [(ours.memory, theirs.memory), (ours.power, theirs.power)]
        return not any(a and b and a != b for a, b in told)

    def system(self, name: str) -> Entity | None:
        """The system that a name stands for in the files of any submitter; None when no system is filed under it."""
        if name not in self._named:
            filed = {
                at for at, (names, accelerator) in self._filed.items()
                if shared_name(name, names, accelerator) or any(is_product(name, n) for n in names)
            }  # fmt: skip
            entity = Entity(iri("system", name), name, "System")
            self._links[entity.iri] |= filed
            self._named[name] = entity if filed else None
        return self._named[name]

    def products(self, text: str, organization: str, mlperf_round: str) -> Iterator[tuple[int, int, Entity]]:
        """The systems that an organization filed in a round and that words of a text name as a product, longest first.

        'tinybox green' and 'PRIMERGY CDI' begin 'tinybox_green' and 'primergy-cdi-A100x10'. One word alone must
        have a capital letter within the sentence, and four letters, or be an acronym.
        """
        names = self._names_of(organization, mlperf_round)
        words = list(_WORD.finditer(text)) if names else []
        at = 0
        while at < len(words):
            for length in (4, 3, 2, 1):
                span = words[at : at + length]
                label = text[span[0].start() : span[-1].end()]
                alone = length == 1 and (not label[0].isupper() or is_neutral(label))
                if len(span) < length or alone or "," in label:
                    continue
                key = fold(label)
                if len(key) < (3 if label.isupper() else 4):
                    continue
                whole = [(n, at) for n, at in names if label.isupper() or not n[len(label) :][:1].isalpha()]
                if filed := {at for name, at in whole if begins(name, key)}:
                    entity = Entity(iri("system", label), label, "System")
                    self._links[entity.iri] |= filed
                    yield span[0].start(), span[-1].end(), entity
                    at += length - 1
                    break
            at += 1

    @cache  # noqa: B019 - one record a build
    def _names_of(self, organization: str, mlperf_round: str) -> tuple[tuple[str, str], ...]:
        """The names, and the IRI, of each system that an organization filed in a round."""
        found = {
            (LEADING.sub("", name), r.filed_system)
            for r in self._by_round.get(mlperf_round, ()) if organization in submitters(r)
            for name in (r.result.system, r.result.system_name)
        }  # fmt: skip
        return tuple(sorted(found))

    @cached_property
    def _filed(self) -> dict[str, tuple[tuple[str, str], str]]:
        """The names of each system as filed, and its accelerator's."""
        return {
            r.filed_system: ((r.result.system, r.result.system_name), r.result.accelerator)
            for r in (*self.results, *self._incomplete)
        }

    # Whether it decides

    def loaded(self, mlperf_round: str) -> bool:
        """Whether the results of a round are on record."""
        return mlperf_round in self._by_round

    def complete(self, scope: Scope) -> bool:
        """Whether nothing was filed without minutes that a scope may mean."""
        return not self.unscored(scope)

    def unscored(self, scope: Scope) -> list[LinkedResult]:
        """What was filed without minutes, and may be of a scope."""
        return [r for r in self._unscored if self._may_fit(r, scope)]

    @cached_property
    def _unscored(self) -> list[LinkedResult]:
        """What may have minutes elsewhere: no system file alone, with no folder of results, of who has others on record."""
        have = {(r.round.iri, r.organization.iri) for r in self.results}
        found = self._incomplete
        return [
            r for r in found
            if r.benchmark.iri or r.result.basis != ABSENT or (r.round.iri, r.organization.iri) not in have
        ]  # fmt: skip

    def _may_fit(self, r: LinkedResult, scope: Scope) -> bool:
        """Whether something filed fits a scope by what is known of it."""
        if scope.rounds and r.round.iri not in scope.rounds:
            return False
        known = {n: () for n, thing in (("benchmarks", r.benchmark), ("divisions", r.division)) if not thing.iri}
        kin = not scope.accelerators or any(self.kin(r.accelerator, a) for a in scope.accelerators)
        asked = replace(scope, frameworks=(), accelerators=(), **known)  # type: ignore[arg-type]
        return kin and bool(self._fitting([r], asked))

    def comparable(self, benchmark: str, first: str, second: str) -> bool:
        """Whether a benchmark's results of two rounds may be compared."""
        return comparable(self._terms, benchmark, first, second)

    def apart(self, benchmark: str, first: str, second: str) -> str:
        """Why the results of a benchmark in two rounds may not be compared; '' when they may."""
        return why_not_comparable(self._terms, benchmark, first, second)

    @cache  # noqa: B019 - one record a build
    def members(self, organization: Entity) -> frozenset[str]:
        """The IRIs of the submitters that an organization is: several of 'Acme + Bolt', none of one without results."""
        if organization.iri in self._labels:
            return frozenset({organization.iri})
        known = {fold(label): iri for iri, label in self._labels.items()}
        concepts = (c for c in self.vocabulary.of_kind("Organization") if c.entity.iri in self._labels)
        known |= {fold(name): c.entity.iri for c in concepts for name in c.names}
        parts = re.split(r" ?[+/&,_-] ?| and ", organization.label)
        return frozenset(known.get(fold(p), "") for p in parts) if all(fold(p) in known for p in parts) else frozenset()

    def parts(self, organizations: Iterable[Entity]) -> tuple[Entity, ...]:
        """The organizations that belong to others, as a unit of a company that submits under its own name."""
        found = (q.subject for o in organizations for q in self._terms.match(None, _PART_OF, ox.NamedNode(o.iri), None))
        return tuple(self.vocabulary[u.value].entity for u in found if isinstance(u, ox.NamedNode))

    def submitted(self, organization: str) -> bool:
        """Whether an organization has results on record, of any round."""
        return organization in self._labels

    @cache  # noqa: B019 - one record a build
    def partners(self, organization: str, mlperf_round: str) -> frozenset[str]:
        """The IRIs of those with whom an organization submitted jointly in a round."""
        joint = (submitters(r) for r in self._by_round.get(mlperf_round, ()))
        return frozenset(iri for found in joint if organization in found for iri in found)

    # Rounds

    @cached_property
    def _unread_rounds(self) -> dict[str, set[str]]:
        """Who took part in the rounds whose results are not on record."""
        return submitters_of(self.vocabulary)

    def took_part(self, organization: str, mlperf_round: str) -> bool | None:
        """Whether an organization filed anything in a round; None when nothing is known of that round."""
        if mlperf_round in self._by_round:
            filed = (*self._by_round[mlperf_round], *(r for r in self._incomplete if r.round.iri == mlperf_round))
            return any(organization in submitters(r) for r in filed)
        known = self._unread_rounds.get(mlperf_round)
        return organization in known if known else None

    def before(self, mlperf_round: str) -> str:
        """The IRI of the round before, '' when the vocabulary knows none."""
        return self._said(mlperf_round, "previousRound")

    def published(self, mlperf_round: str) -> date | None:
        """The day on which a round was published; None when the vocabulary does not know it."""
        day = self._said(mlperf_round, "published")
        return date.fromisoformat(day) if day else None

    def _said(self, mlperf_round: str, name: str) -> str:
        """What the vocabulary says of a round by the name of a property; '' when nothing."""
        me, property_ = ox.NamedNode(mlperf_round), ox.NamedNode(MLP + name)
        found = (q.object for q in self._terms.match(me, property_, None, ox.DefaultGraph()))
        return next((o.value for o in found if isinstance(o, ox.NamedNode | ox.Literal)), "")

    def earlier(self, mlperf_round: str) -> list[str]:
        """The IRIs of all rounds before one, the latest first."""
        found = []
        at = self.before(mlperf_round)
        while at:
            found.append(at)
            at = self.before(at)
        return found

    def label(self, iri: str) -> str:
        """The label of a concept, or of an organization or a round of results; the last step of another IRI."""
        concept = self.vocabulary.get(iri)
        return concept.entity.label if concept else self._labels.get(iri, iri.rpartition("/")[2])

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The rounds and the organizations of the results, by IRI."""
        return {e.iri: e.label for r in self.results for e in (r.round, *r.submitters)}

    def benchmarks(self, mlperf_round: str) -> set[str]:
        """The benchmarks that a round's closed division has results of."""
        return {r.benchmark.iri for r in self._by_round.get(mlperf_round, ()) if r.closed}


def _numbers_fit(r: LinkedResult, scope: Scope) -> bool:
    """Whether a result has the numbers of accelerators and nodes, and the memory, that a scope says."""
    each, many, bound = r.result.accelerators_per_node, r.result.accelerators or 0, scope.count_bound
    return (
        (scope.count in (None, many) if bound not in BOUNDS else BOUNDS[bound](many, scope.count or 0))
        and scope.per_node in (None, each)
        and scope.either in (None, each, many)
        and scope.nodes in (None, node_count(r))
        and (scope.memory is None or holds_memory(r, scope.memory))
    )


def submitters(r: LinkedResult) -> set[str]:
    """The IRIs of the organizations that a result is of: a joint submission is of each."""
    return {o.iri for o in r.submitters}


def best(
    results: Iterable[LinkedResult], each: Callable[[LinkedResult], object] = lambda _: None
) -> list[LinkedResult]:
    """The fastest result of each round, benchmark and division, and of what else tells results apart."""
    found: dict[tuple[object, ...], LinkedResult] = {}
    for r in sorted(results, key=lambda r: r.result.minutes):
        found.setdefault((r.round.iri, r.benchmark.iri, r.division.iri, each(r)), r)
    return list(found.values())
