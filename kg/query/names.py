"""The names of a graph's entities, and what they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import get_args
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.errors import QueryError, UnknownName
from kg.link.lexicon import fold
from kg.model import Entity, Kind
from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, curie, expand
from kg.store import Graph


class Names:
    """The entities of a graph by their names: labels, other and hidden labels, task names, CURIEs, IRIs.

    Names are compared folded (`kg.link.lexicon.fold`): case, hyphens, spaces and trademark signs do not
    count, digits do. Words that only accompany a name, such as 'GPU' or its maker, may be there or not.
    """

    def __init__(self, graph: Graph) -> None:
        kinds = {
            iri: kind
            for kind in get_args(Kind)
            for iri, _ in _pairs(graph, RDF_TYPE, ox.NamedNode(MLP + kind))
        }
        concepts = {iri for iri, _ in _pairs(graph, _SKOS + "inScheme")}
        self.entities = {
            iri: Entity(iri, label, kinds[iri], iri in concepts)
            for iri, label in _pairs(graph, RDFS_LABEL)
            if iri in kinds
        }
        self._named: dict[str, dict[str, None]] = defaultdict(dict)
        for predicate in _NAMING:
            for iri, name in _pairs(graph, predicate):
                if iri in self.entities:
                    self._named[fold(name)][iri] = None
        for iri in self.entities:
            self._named[fold(iri.rpartition("/")[2])][iri] = None
        self._developer = dict(_pairs(graph, MLP + "developedBy"))
        self._rounds: dict[str, set[str]] = defaultdict(set)
        for iri, round in _pairs(graph, MLP + "usedInRound"):
            self._rounds[iri].add(round)

    def find(self, text: str, kind: str | None = None, rounds: Iterable[str] = ()) -> list[Entity]:
        """The entities that a name, CURIE or IRI stands for, of one class if given; [] when unknown.

        A name of several is decided by `rounds` (IRIs) where those tell which of them is meant.
        """
        known = self.entities.get(expand(text.strip("<> ")))
        if known is not None:
            return [known] if kind in (None, known.kind) else []
        for name in self._forms(text):
            found = [e for e in self._of(name) if kind in (None, e.kind)]
            wanted = set(rounds)
            used = [e for e in found if self._rounds[e.iri] & wanted]
            if found:
                return used or found
        return []

    def _of(self, name: str) -> list[Entity]:
        return [self.entities[iri] for iri in self._named.get(fold(name), ())]

    def _forms(self, text: str) -> Iterator[str]:
        """A name as it is, without the words that only accompany names, and without its maker's name."""
        yield text
        bare = _FILLER.sub(" ", text).strip()
        yield bare
        words = bare.split()
        for cut in range(1, len(words)):
            makers = {e.iri for e in self._of(" ".join(words[:cut])) if e.kind == "Organization"}
            rest = " ".join(words[cut:])
            if makers and any(self._developer.get(e.iri) in makers for e in self._of(rest)):
                yield rest

    def nearest(self, text: str, kind: str | None = None) -> list[str]:
        """The labels of the entities whose names are closest to a text, best first; at most five."""
        names = {
            name: self.entities[iri].label
            for name, iris in self._named.items()
            for iri in iris
            if kind in (None, self.entities[iri].kind)
        }
        close = nearest(fold(text), names, 12)
        return list(dict.fromkeys(names[name] for name in close))[:5]


_SKOS = PREFIXES["skos"]
_NAMING = (
    RDFS_LABEL,
    _SKOS + "prefLabel",
    _SKOS + "altLabel",
    _SKOS + "hiddenLabel",
    MLP + "taskName",
)
_FILLER = re.compile(
    r"(?i)\b(?:the|tensor core|gpus?|accelerators?|processors?|cpus?|chips?|servers?|frameworks?|benchmarks?|"
    r"systems?|series|round)\b"
)
_NAMES: WeakKeyDictionary[Graph, Names] = WeakKeyDictionary()


def _pairs(graph: Graph, predicate: str, object: ox.NamedNode | None = None) -> Iterator[tuple[str, str]]:
    """Subject and object of the triples of the default graph with a predicate."""
    for quad in graph.match(None, ox.NamedNode(predicate), object, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.object.value


def names(graph: Graph) -> Names:
    """The names of a graph, collected at the first use."""
    if graph not in _NAMES:
        _NAMES[graph] = Names(graph)
    return _NAMES[graph]


def resolve(graph: Graph, text: str, kind: str | None = None) -> Entity:
    """The one entity that a name, CURIE or IRI stands for, of one class if given.

    Raises UnknownName, with the nearest known names, when there is none, and QueryError when there are
    several, with what they are.
    """
    found = names(graph).find(text, kind)
    if not found:
        raise UnknownName(noun(kind), text, names(graph).nearest(text, kind))
    if len(found) > 1:
        preferred = [e for e in found if fold(e.label) == fold(text)]
        if len(preferred) == 1:
            return preferred[0]
        choices = "; ".join(f"{e.label} ({e.kind}, {curie(e.iri)})" for e in found)
        raise QueryError(f"{text!r} is a name of several things: {choices}; give the one you mean")
    return found[0]


def nearest(name: str, known: Iterable[str], count: int = 5) -> list[str]:
    """The known names closest to one, best first; those with the same digits come before others.

    >>> nearest("pytorhc", ["mxnet", "pytorch", "torch"])
    ['pytorch', 'torch']
    >>> nearest("h200", ["h100", "h200", "b200"])
    ['h200', 'b200', 'h100']
    """
    digits = re.findall(r"\d+", name)
    matcher = SequenceMatcher(b=name, autojunk=False)
    scored = []
    for other in known:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= 0.55 and (ratio := matcher.ratio()) >= 0.55:
            scored.append((re.findall(r"\d+", other) != digits, -ratio, other))
    return [other for _, _, other in sorted(scored)[:count]]


def noun(kind: str | None) -> str:
    """A class as a word: 'availability category' for AvailabilityCategory."""
    return "entity" if kind in (None, "Resource") else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind or "").lower()
