"""What violates a shape is taken out of the graph and kept, with the reason, in the quarantine graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.namespaces import QUARANTINE, expand
from kg.rdf.evidence import STEPS
from kg.rdf.rdflib import to_oxigraph
from kg.rdf.terms import TYPE, mlp
from kg.validate.check import default_shapes, read_shapes, validate
from kg.validate.report import SHAPES, Problem, Report

_FACT, _SUBJECT, _PREDICATE, _OBJECT, _EVIDENCE, _MODALITY, _REASON = (
    mlp(name) for name in ("Fact", "subject", "predicate", "object", "evidence", "modality", "reason")
)
_, _TARGET, _SELECTOR = STEPS


@dataclass(frozen=True, slots=True)
class Sifted:
    """A graph parted in two: what conforms, in the order it came, and what does not.

    `bad` stands in the quarantine graph, with mlp:reason on each thing that was taken out for one;
    `removed` counts those things and `reasons` the things by reason, most frequent first. `report` is
    that on the whole graph, before anything was taken out.
    """

    good: list[ox.Quad]
    bad: list[ox.Quad]
    report: Report
    removed: int
    reasons: tuple[tuple[str, int], ...]


def quarantine(quads: Iterable[ox.Quad], *, shapes: Path | None = None) -> Sifted:
    """Take out what violates a shape, until what remains conforms.

    A fact goes with its direct triple, unless another fact says the same, and with its evidence, which
    stays as well where another fact rests on it. Of another thing, the one triple goes that is wrong,
    or all that is said of it, or else all that names it; the facts that need it go in the next turn.

    Raises VocabularyError when the shapes cannot be read, or ask for what no removal can mend.
    """
    good, bad = dict.fromkeys(quads), set[ox.Quad]()
    reasons: dict[Any, set[str]] = defaultdict(set)
    away = ox.NamedNode(QUARANTINE)
    report = first = validate(good, shapes=shapes)
    while problems := [p for p in report.problems if p.severity == "Violation"]:
        index, gone, kept = _Index(good, shapes or default_shapes()), set[ox.Quad](), set[ox.Quad]()
        for problem in problems:
            facts, triples = index.culprits(problem)
            gone.update(triples)
            for thing in facts or {to_oxigraph(problem.focus)}:
                reasons[thing].add(problem.message)
        facts = {thing for thing in reasons if thing in index.facts}
        for quad in index.with_facts(facts):
            (gone if index.only_for(facts, quad) else kept).add(quad)
        if not gone & good.keys():
            raise VocabularyError(f"shape {problems[0].shape}: {problems[0].message} No removal mends that")
        good = {quad: None for quad in good if quad not in gone}
        bad |= {ox.Quad(q.subject, q.predicate, q.object, away) for q in gone | kept}
        report = validate(good, shapes=shapes)
    for thing, texts in reasons.items():
        bad |= {ox.Quad(thing, _REASON, ox.Literal(text), away) for text in texts}
    counts = Counter(text for texts in reasons.values() for text in texts)
    ranked = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Sifted([*good], sorted(bad, key=str), first, len(reasons), ranked)


class _Index:
    """Quads by subject, and facts by what they say and rest on."""

    def __init__(self, quads: Iterable[ox.Quad], shapes: Path) -> None:
        self.shapes = read_shapes(shapes)[1]
        self.about: dict[Any, list[ox.Quad]] = defaultdict(list)
        self.naming: dict[Any, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            self.about[quad.subject].append(quad)
            self.naming[quad.object].append(quad)
        self.facts = {node for node in self.about if _FACT in self._values(node, TYPE)}
        self.resting: dict[Any, set[Any]] = defaultdict(set)
        self.saying: dict[Any, set[Any]] = defaultdict(set)
        for fact in self.facts:
            for part in self._evidence(fact):
                self.resting[part].add(fact)
            for triple in self._triples(fact):
                self.saying[triple].add(fact)

    def _values(self, node: Any, predicate: ox.NamedNode) -> list[Any]:
        return [q.object for q in self.about.get(node, ()) if q.predicate == predicate]

    def _evidence(self, fact: Any) -> set[Any]:
        """The nodes of a fact's evidence: annotation, target and selector."""
        found = set(self._values(fact, _EVIDENCE))
        for step in (_TARGET, _SELECTOR):
            found |= {value for node in list(found) for value in self._values(node, step)}
        return found

    def _triples(self, fact: Any) -> Iterator[tuple[Any, Any, Any]]:
        """The direct triple that a fact asserts."""
        if not self._values(fact, _MODALITY):
            for subject in self._values(fact, _SUBJECT):
                for predicate in self._values(fact, _PREDICATE):
                    for value in self._values(fact, _OBJECT):
                        yield (subject, predicate, value)

    def culprits(self, problem: Problem) -> tuple[set[Any], set[ox.Quad]]:
        """The facts to blame for a problem, and the quads to take out beside what belongs to those facts."""
        focus = to_oxigraph(problem.focus)
        if focus in self.facts:
            return {focus}, set()
        if focus in self.resting:
            return set(self.resting[focus]), set(self.about[focus])
        triples = {q for q in self.about[focus] if q.predicate.value == expand(problem.path)}
        if problem.value is not None and problem.path:
            value = to_oxigraph(problem.value)
            triples = {q for q in triples if q.object == value}
        elif not problem.path:
            named = f"<{SHAPES}{problem.shape}>"
            about = {p[1:-1] for p in self.shapes.values(named, "targetSubjectsOf")}
            triples = {q for q in self.about[focus] if q.predicate.value in about}
        if not triples or (problem.value is None and problem.path):
            triples = set(self.about[focus]) or set(self.naming[focus])  # nothing is said of it: it must not be named
        facts = {f for q in triples for f in self.saying.get((q.subject, q.predicate, q.object), ())}
        return facts | {q.subject for q in triples} & self.facts, triples

    def with_facts(self, facts: set[Any]) -> Iterator[ox.Quad]:
        """The quads of facts, of their evidence, and their direct triples."""
        for fact in facts:
            yield from self.about[fact]
            for part in self._evidence(fact):
                yield from self.about[part]
            graphs = {q.graph_name for q in self.about[fact]}
            for triple in self._triples(fact):
                here = (q for q in self.about[triple[0]] if q.graph_name in graphs)
                yield from (q for q in here if (q.subject, q.predicate, q.object) == triple)

    def only_for(self, facts: set[Any], quad: ox.Quad) -> bool:
        """Whether no other fact needs a quad."""
        said = (quad.subject, quad.predicate, quad.object)
        return self.resting.get(quad.subject, set()) | self.saying.get(said, set()) <= facts
