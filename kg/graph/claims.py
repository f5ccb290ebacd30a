"""Claims and their reviews in RDF: schema.org Claim and ClaimReview, PROV-O to the results that were used.

They stand in a named graph of their own for each statement, so that what a vendor says, what the record
holds and what this program makes of both stay three sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from kg.model.claim import Review
from kg.model.statement import Evidence, Span
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, iri
from kg.rdf.evidence import evidence_quads
from kg.rdf.terms import in_order, literal


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
    triples = [
        (claim, RDF_TYPE, MLP + "Claim"), (claim, RDF_TYPE, PREFIXES["schema"] + "Claim"),
        (claim, MLP + "claimedIn", said.statement), (claim, MLP + "claimant", said.speaker.iri),
        (claim, MLP + "evidence", evidence.value), (me, RDF_TYPE, MLP + "ClaimReview"),
        (me, RDF_TYPE, PREFIXES["schema"] + "ClaimReview"), (me, MLP + "reviewed", claim.value),
        (me, PREFIXES["schema"] + "itemReviewed", claim.value), (me, MLP + "verdict", iri("verdict", review.verdict)),
        *((me, MLP + "usedResult", used) for used in review.results),
        *((me, PREFIXES["prov"] + "used", used) for used in review.results),
    ]  # fmt: skip
    if said.fact:
        triples.append((claim, MLP + "restsOnFact", said.fact))
    for subject, predicate, object in triples:
        yield ox.Quad(subject, ox.NamedNode(predicate), ox.NamedNode(object), graph)
    for subject, predicate, text in (
        (claim, RDFS_LABEL, review.claimed[:300]), (claim, MLP + "claimKind", said.kind),
        (me, MLP + "recordGives", review.record), (me, MLP + "computation", review.formula),
        (me, MLP + "readingNote", review.note),
    ):  # fmt: skip
        if text:
            yield ox.Quad(subject, ox.NamedNode(predicate), ox.Literal(text), graph)
    if review.tried:
        for name, number in (("readingsTried", review.tried), ("readingsFitting", review.fitting)):
            yield ox.Quad(me, ox.NamedNode(MLP + name), literal(Decimal(number)), graph)
