"""The reviews that a build stored, read from its graph: what `kg claims` and the pages show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model.claim import PRESENCE, VERDICTS
from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, iri, last
from kg.rdf.evidence import words
from kg.store import Graph

_SHOWN = 4
_VERDICTS = {iri("verdict", name): name for name in VERDICTS}


@dataclass(frozen=True, slots=True)
class UsedResult:
    """A result of the record that a review rests on; `minutes` is its score, `link` its files on GitHub at the commit."""

    iri: str
    label: str
    minutes: str
    link: str


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A claim with its verdict as the graph holds it. `results` are the first that were used, of `used` in all."""

    claim: str
    statement: str
    statement_label: str
    restated: bool
    speaker: str
    organization: str
    kind: str
    claimed: str
    verdict: str
    record: str
    formula: str
    note: str
    quote: str
    start: int
    end: int
    fact: str
    readings_tried: int
    readings_fitting: int
    results: tuple[UsedResult, ...]
    used: tuple[str, ...]

    @property
    def presence(self) -> bool:
        """Whether it only says that something was submitted or used."""
        return self.kind == PRESENCE


def stored_reviews(graph: Graph) -> list[StoredReview]:
    """The reviews of all claims of a graph: by statement, numbers first, in the order of the words."""
    reader = _Reader(graph)
    return sorted(reader.reviews(), key=_order)


def _order(r: StoredReview) -> tuple[object, ...]:
    verdict = VERDICTS.index(r.verdict)
    return r.statement_label.lower(), r.statement, r.presence, r.start, verdict, r.kind, r.claimed, r.claim


class _Reader:
    """Follows the triples of claims and reviews."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def reviews(self) -> Iterator[StoredReview]:
        for typed in self._graph.match(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(MLP + "ClaimReview")):
            if not isinstance(typed.subject, ox.NamedNode):
                continue
            review = self._properties(typed.subject, typed.graph_name)
            claim = review[MLP + "reviewed"][0]
            yield self._review(claim, self._properties(ox.NamedNode(claim), typed.graph_name), review)

    def _review(self, me: str, claim: dict[str, list[str]], review: dict[str, list[str]]) -> StoredReview:
        statement = claim[MLP + "claimedIn"][0]
        quote, start, end = words(claim[MLP + "evidence"][0], self._first) or ("", 0, 0)
        used = tuple(sorted(review.get(MLP + "usedResult", [])))
        text = {name: review.get(MLP + name, [""])[0] for name in ("recordGives", "computation", "readingNote")}
        speaker = claim[MLP + "claimant"][0]
        return StoredReview(
            me, statement, self._label(statement), self._first(statement, MLP + "restated") == "true", speaker,
            self._label(speaker), claim.get(MLP + "claimKind", [""])[0], claim.get(RDFS_LABEL, [""])[0],
            _VERDICTS[review[MLP + "verdict"][0]], text["recordGives"], text["computation"], text["readingNote"],
            quote, start, end, claim.get(MLP + "restsOnFact", [""])[0], _number(review, "readingsTried"),
            _number(review, "readingsFitting"), tuple(map(self._result, used[:_SHOWN])), used,
        )  # fmt: skip

    def _result(self, result: str) -> UsedResult:
        derived = self._graph.match(ox.NamedNode(result), ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom"))
        links = (q.object.value for q in derived if isinstance(q.object, ox.NamedNode))
        logs = min((at for at in links if "/tree/" in at), default="")
        return UsedResult(result, self._label(result), self._first(result, MLP + "minutes") or "", logs)

    def _properties(self, subject: ox.NamedNode, graph: object) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in self._graph.match(subject, None, None, graph):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                found.setdefault(quad.predicate.value, []).append(quad.object.value)
        return found

    def _first(self, subject: str, predicate: str) -> str | None:
        found = self._graph.match(ox.NamedNode(subject), ox.NamedNode(predicate))
        return min((q.object.value for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)), default=None)

    def _label(self, thing: str) -> str:
        return self._first(thing, RDFS_LABEL) or last(thing)


def _number(properties: dict[str, list[str]], name: str) -> int:
    return int(properties.get(MLP + name, ["0"])[0])
