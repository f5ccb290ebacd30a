"""Why a fact is said: its words, what speaks for and against it, and what else was considered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract import rule_of, ruled, scored
from kg.extract.decide import Scored, Scorer
from kg.extract.features import Features
from kg.extract.figures import figures
from kg.extract.passage import Passage
from kg.extract.systems import Systems
from kg.model.statement import Entity, Fact
from kg.names.finder import Finder
from kg.names.vocabulary import Vocabulary

_MOST = 8


def explain(fact: Fact, vocabulary: Vocabulary, finder: Finder, scorer: Scorer) -> list[str]:
    """What a fact says and rests on, in lines; what belongs to one is indented below it."""
    name = fact.object.label if isinstance(fact.object, Entity) else str(fact.object)
    lines = [
        f"{fact.subject.label} — {fact.predicate} → {name}",
        f"“{fact.evidence.quote}” {fact.evidence.span.start}–{fact.evidence.span.end}",
        f"confidence {fact.confidence:.2f}" + (f", only possible: {fact.doubt}" if fact.doubt else ""),
    ]
    if fact.predicate not in scorer:
        return [*lines, f"found by a rule: {rule_of(fact.predicate)}"]
    p, listed = scored(fact.statement, vocabulary, finder, scorer)
    if not isinstance(fact.object, Entity):
        return [*lines, *_weighed(fact, _figure_features(p, fact), scorer)]
    mine = [s for s in listed if s.candidate.key == (fact.predicate, fact.subject.iri, fact.object.iri)]
    if not mine:
        return [*lines, f"found by a rule: {rule_of(fact.predicate)}"]
    best = max(mine, key=lambda s: s.confidence)
    lines += _weighed(fact, best.features, scorer)
    others = list(_others(p, listed, best))
    return [*lines, "also considered:", *(f"  {line}" for line in others)] if others else lines


def _weighed(fact: Fact, features: Sequence[str], scorer: Scorer) -> list[str]:
    strongest = scorer.model.strongest(fact.predicate, features, _MOST)
    said = f"asserted from {scorer.asserted[fact.predicate]:.2f}; the strongest of what its place is like:"
    return [said, *(f"  {weight:+.2f} {feature}" for feature, weight in strongest)]


def _figure_features(p: Passage, fact: Fact) -> list[str]:
    """What the place of a fact's amount or attribute is like."""
    found = Systems(p)
    of, said = Features(p, ruled(p, found)), (fact.predicate, fact.subject, fact.object)
    same = [
        f for f in figures(p, found)
        if said == (f.predicate, f.subject or fact.subject, f.said.words if f.said else f.amount.value)
    ]  # fmt: skip
    here = [f for f in same if f.tagged.sentence.span.overlaps(fact.evidence.span)]
    return of.of_figure(here[0]) if here else []


def _others(p: Passage, listed: Sequence[Scored], best: Scored) -> Iterator[str]:
    """The other things that the same place, or the same words elsewhere, could say."""
    c = best.candidate
    near = [s for s in listed if s is not best and s.candidate.object == c.object]
    for s in sorted(near, key=lambda s: -s.confidence)[:_MOST]:
        t = s.candidate.tagged
        where = "here" if t is c.tagged else f"in sentence {p.tagged.index(t) + 1}"
        yield f"{s.confidence:.2f} {s.candidate.subject.label} {s.candidate.predicate} {where}"
