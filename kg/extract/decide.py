"""From candidates to facts: how sure each is, its surest place, what is said, what is only possible, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise
from math import prod
from types import MappingProxyType
from typing import Any

from kg.extract.candidates import PARTS, Candidate
from kg.extract.features import Features
from kg.extract.figures import Figure, certain, may_rate
from kg.extract.genre import FOREIGN, doubted, is_english, is_foreign_sentence
from kg.extract.grid import VACANT
from kg.extract.passage import Passage
from kg.extract.qualifiers import qualifiers
from kg.extract.table_times import of_earlier_rounds
from kg.extract.tagged import Tagged, pattern
from kg.extract.unsaid import WRONG, denied, of_other_benchmarks, takes_back, unofficial, unsaid
from kg.model.statement import Fact, Span
from kg.names.linear import Linear, read_weights

TWINS = {
    "partner": "mentionsSubmitter",
    "mentionsSubmitter": "partner",
    "submittedSystem": "offersSystem",
    "offersSystem": "submittedSystem",
}
"""Predicates of which a thing has one: the surer is said."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of the predicates, and the confidence from which each is asserted or kept as possible.

    `rules` is how often a fact that a rule finds is right, by predicate, measured on documents that no rule
    was made on.
    """

    model: Linear
    asserted: Mapping[str, float]
    possible: Mapping[str, float]
    rules: Mapping[str, float]

    def __contains__(self, predicate: str) -> bool:
        return predicate in self.model.classes

    def confidence(self, predicate: str, features: Iterable[str]) -> float:
        """How sure a candidate is, in (0, 1)."""
        return self.model.probability(predicate, features)


def scorer_of(weights: Mapping[str, Any]) -> Scorer:
    """The scorer of a file of weights as read."""
    return Scorer(Linear(weights["relations"]), weights["asserted"], weights["possible"], weights["rules"])


@cache
def shipped_scorer() -> Scorer:
    """The scorer of the weights that ship."""
    return scorer_of(read_weights())


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features, how sure it is, in (0, 1), and why its place says nothing of this round's submission, or ''."""

    candidate: Candidate
    features: tuple[str, ...]
    confidence: float
    elsewhere: str


def weigh(p: Passage, listed: Iterable[Candidate], features: Features, scorer: Scorer) -> list[Scored]:
    """The candidates with their features and confidence; none is surer than the names it stands on."""
    found, elsewhere = [], cache(partial(_out_of_scope, p))
    for c in listed:
        if c.predicate in scorer:
            of = features.of(c)
            named = prod(c.tagged.mention(at).confidence for at in (c.place, c.holder) if at is not None)
            found.append(
                Scored(
                    c, tuple(of), scorer.confidence(c.predicate, of) * named, elsewhere(c.predicate, c.tagged, c.place)
                )
            )
    return found


def run_at(scored: Iterable[Scored], scorer: Scorer) -> frozenset[tuple[Tagged, int]]:
    """Where the sentences say surely that a benchmark was run."""
    least = scorer.asserted["submittedBenchmark"]
    return frozenset(
        (s.candidate.tagged, s.candidate.place)
        for s in scored
        if s.candidate.predicate == "submittedBenchmark" and not s.elsewhere and s.confidence >= least
    )


def weigh_figures(p: Passage, listed: Iterable[Figure], features: Features, scorer: Scorer) -> dict[Figure, float]:
    """How sure each figure of a passage is, of those sure enough to be possible."""
    sure: dict[Figure, float] = {}
    rated = cache(partial(may_rate, p))
    for f in (f for f in listed if f.predicate in scorer):
        if f.predicate == "performanceResult" and f.amount.unit == "count" and not rated(f.tagged):
            continue
        named = f.tagged.mention(f.holder).confidence if f.holder is not None else 1.0
        found = max(certain(p, f), scorer.confidence(f.predicate, features.of_figure(f)) * named)
        if found >= scorer.possible[f.predicate]:
            sure[f] = found
    return sure


def decide(
    p: Passage, scored: Sequence[Scored], measured: Iterable[Fact], ruled: Iterable[Fact], scorer: Scorer
) -> list[Fact]:
    """The facts of a passage: of the candidates, of its figures, and those that rules alone find."""
    order = {t: -number for number, t in enumerate(p.tagged)}
    # the best place is in scope, then the surest; of those about as sure, it is in the first sentence
    worth = sorted(scored, key=lambda s: (not s.elsewhere, round(s.confidence, 1), order[s.candidate.tagged]))
    best = {s.candidate.key: s for s in worth}
    facts = [f for s in best.values() if (f := _fact(p, s, best, scorer)) is not None]
    rules = [
        replace(f, confidence=scorer.rules.get(f.predicate, 1.0))
        for f in _with_their_benchmarks(p, ruled, scored, scorer)
    ]
    told = {_amount(f) for f in rules if f.predicate in ("timeToTrain", "resultCount")}
    facts += [*rules, *_once((f for f in measured if f.predicate != "quantity" or _amount(f) not in told), scorer)]
    whole, of = doubted(p)
    doubts = {before.sentence.span: WRONG for before, t in pairwise(p.tagged) if takes_back(t)}
    doubts |= {t.sentence.span: "in another language" for t in p.tagged if is_foreign_sentence(t.sentence.view)}
    english = {t.sentence.span for t in p.tagged if whole == FOREIGN and is_english(t.sentence.view)}
    for at, fact in enumerate(facts):
        doubt = whole if (of is None or fact.predicate in of) and fact.evidence.span not in english else ""
        doubt = doubt or doubts.get(fact.evidence.span, "")
        if doubt and fact.asserted:
            facts[at] = _possible(fact, doubt)
    return _without_contradictions(facts)


def _with_their_benchmarks(
    p: Passage, ruled: Iterable[Fact], scored: Iterable[Scored], scorer: Scorer
) -> Iterator[Fact]:
    """The facts of rules; an own time of this round is only possible where its sentence hardly says that its benchmark was run."""
    run: dict[tuple[Span, object], float] = {}
    for s in scored:
        c = s.candidate
        if c.predicate == "submittedBenchmark" and c.subject == p.owner and not s.elsewhere:
            key = c.tagged.sentence.span, c.object
            run[key] = max(run.get(key, 0.0), s.confidence)
    for fact in ruled:
        q = fact.qualifiers
        own = (
            fact.predicate == "timeToTrain"
            and (fact.subject, q.get("round")) == (p.owner, p.round)
            and "baseline" not in q
        )
        said = run.get((fact.evidence.span, q.get("benchmark")), 1.0) if own else 1.0
        yield fact if said >= scorer.possible["submittedBenchmark"] else _possible(fact, "not sure enough")


def _amount(fact: Fact) -> tuple[object, ...]:
    """The number that a fact says, with its unit and sentence: a time to train or a count of results is no other quantity."""
    return fact.object, fact.qualifiers.get("unit"), fact.evidence.span


def _once(measured: Iterable[Fact], scorer: Scorer) -> Iterator[Fact]:
    """The facts of figures, each where it is surest; asserted from the confidence that its predicate asks for."""
    best: dict[tuple[object, ...], Fact] = {}
    for fact in measured:
        q = fact.qualifiers
        key = (fact.predicate, fact.subject.iri, str(fact.object).lower(), q.get("unit"), q.get("benchmark"))
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    for fact in best.values():
        yield fact if fact.confidence >= scorer.asserted[fact.predicate] else _possible(fact, "not sure enough")


def _fact(p: Passage, s: Scored, best: Mapping[tuple[str, str, str], Scored], scorer: Scorer) -> Fact | None:
    """The fact of a candidate, asserted or possible; None when it is neither."""
    c, sure = s.candidate, s.confidence
    twin = best.get((TWINS[c.predicate], c.subject.iri, c.object.iri)) if c.predicate in TWINS else None
    if twin is not None:
        if twin.confidence > sure and not twin.elsewhere:
            return None
        if c.predicate in ("partner", "mentionsSubmitter"):
            sure = min(0.999, sure + twin.confidence)
    if sure < scorer.possible[c.predicate]:
        return None
    doubt = s.elsewhere or ("" if sure >= scorer.asserted[c.predicate] else "not sure enough")
    t = c.tagged
    said = qualifiers(p, t, c.place, c.predicate, c.subject)
    able = bool(said.get("capability"))
    fact = p.fact(t, c.predicate, c.subject, c.object, asserted=not able, confidence=sure, qualifiers=said)
    return _possible(fact, doubt) if doubt else fact


_ACTS = frozenset(
    ["submittedSystem", "submittedBenchmark", "usedAccelerator", "usedFramework", "usedSoftware", "division", "availability"]
)  # fmt: skip
"""What an organization did in this round, or did not."""
_SPOKEN_OF = frozenset(["mentionsSubmitter", "didNotSubmitBenchmark"])
"""What holds of all that is spoken of, or is itself denied."""
_COMPARED = frozenset(["usedAccelerator", *PARTS.values()])
"""What says nothing of what results are compared with; a compared system has its chips all the same."""
_BESIDE = r"^\W*(?:compared (?:with|to)|unlike|against|versus)\b(?:(?!\b(?:we|ours?|us)\b)[^,;])*$"
"""What begins a sentence with what its own is set beside: "Unlike Acme's X1, ours …"."""
_OFFERED = r"\b(?:we|{M})\s+(?:also\s+)?(?:offer|sell|ship)(?:s|ed)?\s[^.;,]{0,40}$"
"""What stands before a system that is shown off: 'besides what we submitted, we offer …'."""


def _out_of_scope(p: Passage, predicate: str, t: Tagged, at: int) -> str:
    """Why what a place says is not of this round's submission, or ''; one answer for all that was done."""
    if predicate in _COMPARED and p.compared(t, at) and not any(p.compared(t, s) for s in t.all("S", 0, at)):
        return "of what it is compared with"
    if predicate in PARTS.values() and p.earlier(t, at) and not any(p.earlier(t, s) for s in t.all("S", 0, at)):
        return "of another round"
    if predicate not in _SPOKEN_OF and (why := unsaid(t, at)):
        return why
    if predicate not in _ACTS:
        return ""
    everywhere = denied(t, at) and all(denied(t, a) for a in t.things if t.entity(a) == t.entity(at))
    beside = (t.sentence.view[c.start : c.end] for c, _ in t.sentence.cells if not c.overlaps(t.mention(at).span))
    if everywhere or VACANT.fullmatch(" ".join(beside)):
        return "said not to be so"
    for holds, why in _SCOPES:
        if holds(p, t, at):
            return why
    if predicate == "submittedBenchmark" and of_other_benchmarks(t, at):
        return "of another suite of benchmarks"
    if predicate == "submittedSystem" and pattern(_OFFERED).search(t.text[:at]):
        return "said to be offered"
    return "of another round" if p.earlier(t, at) or p.of_another_suite(t, at) else ""


_SCOPES = (
    (lambda p, t, at: pattern(_BESIDE).search(t.text[:at]) is not None, "of what it is compared with"),
    (lambda p, t, at: t.sentence.kind == "row" and of_earlier_rounds(p, t), "of another round"),
    (lambda p, t, at: t.is_a(at, "A") and p.capable(t, at) and not p.submitting(t), "of what can be used"),
    (Passage.planned, "planned"), (Passage.withheld, "said not to be submitted"),
    (lambda p, t, at: unofficial(t), "of no official result"),
    (lambda p, t, at: t.sentence.paragraph > p.company, "of the organization, not of its submission"),
    (Passage.unnamed, "of others who are not named"), (Passage.of_suite, "of what the suite holds"),
)  # fmt: skip


def _possible(fact: Fact, doubt: str) -> Fact:
    kept = MappingProxyType({**fact.qualifiers, "modality": "possible"})
    return replace(fact, qualifiers=kept, asserted=False, doubt=doubt)


def _without_contradictions(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, a benchmark's submission as a possible one where it is also said not to have been submitted."""
    left_out = {(f.subject, f.object) for f in facts if f.predicate == "didNotSubmitBenchmark"}
    return [
        _possible(f, "the statement also says that it was not submitted")
        if f.predicate == "submittedBenchmark" and f.asserted and (f.subject, f.object) in left_out
        else f
        for f in facts
    ]
