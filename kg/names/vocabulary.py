"""The SKOS vocabularies as the program uses them: concepts with their names, read from Turtle."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model.entity import KINDS, Entity, Kind
from kg.names.fold import fold
from kg.names.rounds import round_order
from kg.namespaces import MLP, PREFIXES, RDF_TYPE, iri
from kg.resources import folder

_SKOS = PREFIXES["skos"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a vocabulary.

    `names` are all its labels, the preferred one first; `tasks` the names of a benchmark's task;
    `broader` the IRIs of the wider concepts; `rounds` those of the rounds that use a benchmark;
    `developer` the IRI of the organization that makes it, or ''; `built_on` the IRIs of the frameworks
    that a framework is a library of; `keys` are what the official record calls a benchmark.
    """

    entity: Entity
    names: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    developer: str = ""
    memory: str = ""
    power: str = ""
    built_on: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Vocabulary(Mapping[str, Concept]):
    """The concepts by IRI, in the order of the IRIs. It is hashed and compared as one object, not by what it holds."""

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = {c.entity.iri: c for c in sorted(concepts, key=lambda c: c.entity.iri)}

    def __getitem__(self, iri: str) -> Concept:
        return self._concepts[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def of_kind(self, kind: Kind) -> list[Concept]:
        """The concepts of one class."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Concept]]:
        return {kind: [c for c in self.values() if c.entity.kind == kind] for kind in KINDS.values()}

    def ancestors(self, iri: str) -> set[str]:
        """The IRIs of a concept and of all that is wider than it."""
        found: set[str] = set()
        todo = [iri]
        while todo:
            at = todo.pop()
            if at in self._concepts and at not in found:
                found.add(at)
                todo.extend(self._concepts[at].broader)
        return found

    @cached_property
    def rounds(self) -> dict[str, Entity]:
        """The rounds of MLPerf Training and HPC by label."""
        suites = "MLPerf Training", "MLPerf HPC"
        return {c.entity.label: c.entity for c in self.of_kind("Round") if c.entity.label.startswith(suites)}

    def round_labelled(self, label: str) -> Entity:
        """The round with a label, such as 'MLPerf HPC v2.0', of any suite; made when no vocabulary has it."""
        known = next((c.entity for c in self.of_kind("Round") if c.entity.label == label), None)
        return known or Entity(iri("round", label.removeprefix("MLPerf ")), label, "Round", known=False)

    def round_before(self, label: str) -> Entity | None:
        """The latest round of the suite before one; None when the vocabulary has none."""
        suite, version = round_order(label)
        of_suite = [c.entity for c in self.of_kind("Round") if round_order(c.entity.label)[0] == suite]
        earlier = [e for e in of_suite if round_order(e.label)[1] < version]
        return max(earlier, key=lambda e: round_order(e.label)) if earlier else None

    def benchmarks_of(self, mlperf_round: Entity) -> set[str]:
        """The IRIs of the benchmarks of a round; of one that is newer than the vocabulary, those of the round before."""
        known = mlperf_round.iri in self
        at = mlperf_round if known else self.round_before(mlperf_round.label) or mlperf_round
        return {
            c.entity.iri for c in self.of_kind("Benchmark") if not c.rounds or {at.iri, mlperf_round.iri} & {*c.rounds}
        }


def vocabulary_files(extra: Iterable[Path] = ()) -> list[Path]:
    """The Turtle files of the shipped vocabularies, followed by the user's own."""
    return [*sorted((folder("ontology") / "vocabulary").glob("*.ttl")), *extra]


def read_turtle(path: Path) -> list[ox.Quad]:
    """The triples of a vocabulary file. Raises VocabularyError for one that cannot be read or is not Turtle."""
    try:
        return list(ox.parse(path.read_bytes().removeprefix(BOM_UTF8), format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError, MemoryError) as error:
        raise VocabularyError.unreadable(path, error, "give a Turtle file of SKOS concepts") from error


def load_vocabulary(extra: Iterable[Path] = ()) -> Vocabulary:
    """The shipped vocabularies together with the user's own files.

    A user's file may add concepts, and names to concepts that exist.

    Raises VocabularyError for a file that cannot be read, is not Turtle, or holds a concept without a
    preferred label, without a class of the ontology or with several, or called as another of its class.
    """
    values: dict[str, dict[str, list[str]]] = {}
    for path in vocabulary_files(extra):
        for quad in read_turtle(path):
            value = getattr(quad.object, "value", "")
            values.setdefault(getattr(quad.subject, "value", ""), {}).setdefault(quad.predicate.value, []).append(value)
    concepts = [c for c in (_concept(iri, v) for iri, v in values.items()) if c is not None]
    for one, other in _called_alike(concepts):
        raise VocabularyError(
            f"<{one.entity.iri}> and <{other.entity.iri}> are both called {other.entity.label!r}; give more names "
            "to the one that is there, or call the other differently"
        )
    return Vocabulary(concepts)


def _called_alike(concepts: Iterable[Concept]) -> Iterator[tuple[Concept, Concept]]:
    """Concepts of one class with one preferred label, which nothing tells apart: no rounds, or one that uses both."""
    called: dict[tuple[Kind, str], list[Concept]] = {}
    for concept in sorted(concepts, key=lambda c: c.entity.iri):
        others = called.setdefault((concept.entity.kind, fold(concept.entity.label)), [])
        for other in others:
            if not (concept.rounds and other.rounds) or {*concept.rounds} & {*other.rounds}:
                yield other, concept
        others.append(concept)


def _concept(iri: str, values: dict[str, list[str]]) -> Concept | None:
    types = values.get(RDF_TYPE, [])
    kinds = sorted({KINDS[t] for t in types if t in KINDS})
    if len(kinds) > 1:
        raise VocabularyError(f"<{iri}> is of several classes, {' and '.join(kinds)}; give it one")
    kind = kinds[0] if kinds else None
    if kind is None:
        if _SKOS + "Concept" in types and MLP + "Verdict" not in types:
            raise VocabularyError(f"<{iri}> is a skos:Concept of no class of the ontology; say e.g. 'a mlp:Framework'")
        return None
    label = values.get(_SKOS + "prefLabel", [""])[0]
    if not label:
        raise VocabularyError(f"<{iri}> has no skos:prefLabel; give it one")

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(sorted(values.get(name, [])))

    def first(name: str) -> str:
        return min(values.get(MLP + name, [""]))

    names = dict.fromkeys([label, *all_of(_SKOS + "altLabel"), *all_of(_SKOS + "hiddenLabel")])
    return Concept(
        Entity(iri, label, kind), tuple(names), all_of(MLP + "taskName"), all_of(_SKOS + "broader"),
        all_of(MLP + "usedInRound"), first("developedBy"), first("memoryGB"), first("powerWatts"),
        all_of(MLP + "builtOn"), all_of(MLP + "recordKey"),
    )  # fmt: skip
