"""The names of a graph's entities, and what they stand for."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.errors import QueryError, UnknownName
from kg.model.entity import KINDS, Entity
from kg.names.fold import fold
from kg.names.slips import nearest
from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, curie, expand, last
from kg.plain import in_words
from kg.rdf.terms import DEFAULT_GRAPH
from kg.store import Graph, memory_graph


class Names:
    """The entities of a graph by their names: labels, other and hidden labels, task names, CURIEs, IRIs.

    A name that is spelled just so wins. Else names are compared folded (`kg.names.fold`): case,
    hyphens, spaces and trademark signs do not count, digits do. Words that only accompany a name, such
    as 'GPU' or its maker, may be there or not.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._met: dict[str, Entity | None] = {}
        self._named: dict[str | None, dict[str, str]] = {}

    @cached_property
    def _kept(self) -> tuple[Mapping[str, Entity], Mapping[str, Iterable[str]]] | None:
        """The entities and folded names that the build wrote beside the graph (`names_json`); None where it wrote none."""
        if self._graph.directory is None or not (kept := self._graph.directory / NAMES_FILE).exists():
            return None
        entities, folded = json.loads(kept.read_bytes())
        found = {iri: Entity(iri, *said) for iri, said in entities.items()}
        self._met |= found
        return found, folded

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """All entities, by IRI."""
        if self._kept:
            return self._kept[0]
        typed = {iri for kind in KINDS for iri in self._graph.subjects(RDF_TYPE, ox.NamedNode(kind), DEFAULT_GRAPH)}
        return {iri: e for iri in sorted(typed) if (e := self.entity(iri)) is not None}

    @cached_property
    def folded(self) -> Mapping[str, Iterable[str]]:
        """The IRIs that have a name, by the folded name."""
        if self._kept:
            return self._kept[1]
        named: dict[str, dict[str, None]] = defaultdict(dict)
        for predicate in _NAMING:
            for quad in self._graph.match(None, ox.NamedNode(predicate), None, DEFAULT_GRAPH):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    named[fold(quad.object.value)][quad.subject.value] = None
        for kind in KINDS:
            for iri in self._graph.subjects(RDF_TYPE, ox.NamedNode(kind), DEFAULT_GRAPH):
                named[fold(last(iri))][iri] = None
        return named

    @cached_property
    def initials(self) -> dict[str, list[str]]:
        """The folded names by their first letter, which a slip of typing leaves."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.folded:
            found[name[:1]].append(name)
        return found

    def find(self, text: str, kind: str | None = None, rounds: Iterable[str] = ()) -> list[Entity]:
        """The entities that a name, CURIE or IRI stands for, of one class if given; [] when unknown.

        A name of several is decided by `rounds` (IRIs) where those tell which of them is meant.
        """
        known = self.entity(expand(text.strip("<> ")))
        if known is not None:
            return [known] if kind in (None, known.kind) else []
        wanted = set(rounds)
        for found in self._readings(text):
            found = [e for e in found if kind in (None, e.kind)]
            used = [e for e in found if wanted & set(self._values(e.iri, MLP + "usedInRound"))]
            if found:
                return used or found
        return self._numbered(text.strip(), kind)

    def _numbered(self, text: str, kind: str | None) -> list[Entity]:
        """The one system or processor whose label ends in a word with digits, as a model's number is: 'XE8545'."""
        if not re.fullmatch(r"(?=\S*\d)[\w.+-]{4,}", text) or kind not in (None, "System", "Processor"):
            return []
        held = [e for e in self.containing(text, kind or "") if e.label.lower().split()[-1] == text.lower()]
        return held if len(held) == 1 and held[0].kind in ("System", "Processor") else []

    def _readings(self, text: str) -> Iterator[list[Entity]]:
        """What a name stands for as it is spelled, folded, without accompanying words, without its maker."""
        exact = dict.fromkeys(
            iri for name in _NAMING for iri in self._graph.subjects(name, ox.Literal(text), DEFAULT_GRAPH)
        )
        yield [e for iri in exact if (e := self.entity(iri)) is not None]
        yield self.spelled(text)
        bare = _FILLER.sub(" ", text).strip()
        yield self.spelled(bare)
        words = bare.split()
        for cut in range(1, len(words)):
            makers = {e.iri for e in self.spelled(" ".join(words[:cut])) if e.kind == "Organization"}
            if makers:
                rest = self.spelled(" ".join(words[cut:]))
                yield [e for e in rest if makers & set(self._values(e.iri, MLP + "developedBy"))]

    def containing(self, text: str, kind: str = "") -> list[Entity]:
        """The entities of a class, or of any, whose labels hold a text: first those that begin with it, the shortest first."""
        wanted = text.strip().lower()
        found = [e for e in self.entities.values() if kind in ("", e.kind) and wanted in e.label.lower()]
        return sorted(found, key=lambda e: (not e.label.lower().startswith(wanted), len(e.label), e.label))

    def nearest(self, text: str, kind: str | None = None) -> list[str]:
        """The labels of the entities whose names are closest to a text, best first; at most five."""
        close = nearest(fold(text), self._labels(kind), 12)
        return list(dict.fromkeys(self._labels(kind)[name] for name in close))[:5]

    def _labels(self, kind: str | None) -> dict[str, str]:
        """The labels of the entities of a class, or of all but submissions, by folded name."""
        if kind not in self._named:
            met = ((name, self.entity(iri)) for name, iris in self.folded.items() for iri in iris)
            self._named[kind] = {n: e.label for n, e in met if e and e.kind == (kind or e.kind) != "Submission"}
        return self._named[kind]

    def spelled(self, name: str) -> list[Entity]:
        """The entities that have a name, compared folded; [] when none has."""
        return [e for iri in self.folded.get(fold(name), ()) if (e := self.entity(iri)) is not None]

    def entity(self, iri: str) -> Entity | None:
        """The entity with an IRI; None when the graph has none."""
        if iri not in self._met:
            self._met[iri] = self._read(iri)
        return self._met[iri]

    def _values(self, iri: str, predicate: str) -> Iterator[str]:
        return self._graph.values(iri, predicate, DEFAULT_GRAPH)

    def _read(self, iri: str) -> Entity | None:
        try:
            kind = next((KINDS[t] for t in self._values(iri, RDF_TYPE) if t in KINDS), None)
        except ValueError:
            return None
        label = min(self._values(iri, RDFS_LABEL), default="") if kind else ""
        known = any(self._values(iri, _SKOS + "inScheme"))
        return Entity(iri, label, kind, known) if kind and label else None


_SKOS = PREFIXES["skos"]
_NAMING = (RDFS_LABEL, *(_SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel")), MLP + "taskName")
_FILLER = re.compile(
    r"(?i)\b(?:the|tensor core|gpus?|accelerators?|processors?|cpus?|chips?|servers?|frameworks?|benchmarks?|"
    r"systems?|series|round)\b"
)
NAMES_FILE = "names.json"
_NAMES: WeakKeyDictionary[Graph, Names] = WeakKeyDictionary()


def names(graph: Graph) -> Names:
    """The names of a graph, collected at the first use."""
    if graph not in _NAMES:
        _NAMES[graph] = Names(graph)
    return _NAMES[graph]


def names_json(quads: Iterable[ox.Quad]) -> str:
    """The entities and folded names of a graph as JSON, for `NAMES_FILE` in its directory: to collect them takes ten times as long.

    Of several that have a name those with the shorter labels come first.
    """
    telling = {*_NAMING, RDF_TYPE, _SKOS + "inScheme"}
    found = Names(memory_graph(q for q in quads if q.graph_name == DEFAULT_GRAPH and q.predicate.value in telling))
    entities = {iri: e[1:] for iri, e in found.entities.items()}

    def place(iri: str) -> tuple[int, str]:
        return len(entities[iri][0]) if iri in entities else 0, iri

    folded = {name: sorted(iris, key=place) for name, iris in sorted(found.folded.items())}
    return json.dumps([entities, folded], ensure_ascii=False, separators=(",", ":"))


def resolve(graph: Graph, text: str, kind: str | None = None) -> Entity:
    """The one entity that a name, CURIE or IRI stands for, of one class if given.

    Of several that have the name, the one that it is the label of, and of these the one that the graph speaks of.
    Raises UnknownName, with the nearest known names, when there is none, and QueryError when there are
    several, with what they are.
    """
    found = names(graph).find(text, kind)
    if not found:
        raise UnknownName(noun(kind), text, names(graph).nearest(text, kind))
    if len(found) > 1:
        preferred = [e for e in found if fold(e.label) == fold(text)] or found
        if len(preferred) > 1:
            preferred = [e for e in preferred if any(graph.match(None, None, ox.NamedNode(e.iri)))]
        if len(preferred) == 1:
            return preferred[0]
        choices = "; ".join(f"{e.label} ({e.kind}, {curie(e.iri)})" for e in found)
        raise QueryError(f"{text!r} is a name of several things: {choices}; give the one you mean")
    return found[0]


def noun(kind: str | None) -> str:
    """A class as a word: 'availability category' for AvailabilityCategory."""
    return "entity" if kind in (None, "Resource") else in_words(kind or "")
