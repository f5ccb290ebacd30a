"""Claims and their reviews in RDF: schema.org Claim and ClaimReview, PROV-O to the results that were used.

They stand in a named graph of their own for each statement, so that what a vendor says, what the record
holds and what this program makes of both stay three sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.model.claim import Review
from kg.model.statement import Evidence, Span
from kg.namespaces import ID, iri
from kg.rdf.evidence import evidence_quads
from kg.rdf.terms import LABEL, TYPE, in_order, mlp, term


def reviews_to_quads(reviews: Iterable[Review]) -> list[ox.Quad]:
    """The quads of reviews, in a fixed order."""
    return in_order(quad for review in reviews for quad in _review_quads(review))


def _review_quads(review: Review) -> Iterator[ox.Quad]:
    said = review.claim
    place = said.statement.removeprefix(ID + "statement/").split("/")
    graph = ox.NamedNode(iri("claims", *place))
    claim, me = ox.NamedNode(said.iri), ox.NamedNode(said.iri.replace("/id/claim/", "/id/claim-review/"))
    evidence = ox.NamedNode(iri("evidence", place[0], f"{said.start}-{said.end}"))
    yield from evidence_quads(Evidence(Span(said.start, said.end), said.quote), evidence, ox.NamedNode(said.statement))
    results = [ox.NamedNode(used) for used in review.results]
    triples: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (claim, TYPE, mlp("Claim")), (claim, TYPE, term("schema", "Claim")),
        (claim, mlp("claimedIn"), ox.NamedNode(said.statement)), (claim, mlp("claimant"), ox.NamedNode(said.speaker.iri)),
        (claim, mlp("evidence"), evidence), (me, TYPE, mlp("ClaimReview")),
        (me, TYPE, term("schema", "ClaimReview")), (me, mlp("reviewed"), claim),
        (me, term("schema", "itemReviewed"), claim), (me, mlp("verdict"), ox.NamedNode(iri("verdict", review.verdict))),
        *((me, mlp("usedResult"), used) for used in results), *((me, term("prov", "used"), used) for used in results),
    ]  # fmt: skip
    if said.fact:
        triples.append((claim, mlp("restsOnFact"), ox.NamedNode(said.fact)))
    texts = (
        (claim, LABEL, review.claimed[:300]), (claim, mlp("claimKind"), said.kind), (me, mlp("recordGives"), review.record),
        (me, mlp("computation"), review.formula), (me, mlp("readingNote"), review.note),
    )  # fmt: skip
    triples += [(subject, predicate, ox.Literal(text)) for subject, predicate, text in texts if text]
    if review.tried:
        triples += [
            (me, mlp("readingsTried"), ox.Literal(review.tried)),
            (me, mlp("readingsFitting"), ox.Literal(review.fitting)),
        ]
    yield from (ox.Quad(*triple, graph) for triple in triples)
