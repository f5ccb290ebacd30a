"""The nouns: what cannot be built, because it would not be true."""

import pickle
from decimal import Decimal

import pytest

from kg.model.statement import Document, Entity, Evidence, Fact, Section, Span, Statement

TEXT = "We trained BERT in 12 minutes."


@pytest.fixture
def statement():
    acme = Entity("https://w3id.org/mlperf-kg/id/organization/acme", "Acme", "Organization")
    mlperf_round = Entity("https://w3id.org/mlperf-kg/id/round/training-v2.0", "MLPerf Training v2.0", "Round")
    document = Document(
        "k", "T", mlperf_round.label, TEXT, "t.md", "text/markdown", (Section("Acme", Span(0, 2), Span(0, len(TEXT))),)
    )
    return Statement(document, acme, mlperf_round, Span(0, 2), Span(0, len(TEXT)))


def fact(statement, span, quote):
    return Fact(statement, "timeToTrain", statement.organization, Decimal(12), Evidence(span, quote))


def test_a_fact_has_its_words_in_the_text(statement):
    made = fact(statement, Span(16, 29), "in 12 minutes")
    assert made.evidence.quote == TEXT[16:29]
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(
    ("span", "quote"),
    [
        (Span(16, 29), "in 13 minutes"),
        (Span(15, 28), "in 12 minutes"),
        (Span(16, 29), ""),
        (Span(2, 3), " "),
    ],
)
def test_a_fact_whose_words_are_not_at_their_place_cannot_be_built(statement, span, quote):
    with pytest.raises(ValueError, match="the evidence of timeToTrain is not in the text"):
        fact(statement, span, quote)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_has_characters(start, end):
    with pytest.raises(ValueError, match="a span needs"):
        Span(start, end)


def test_spans_within_and_over_one_another():
    assert Span(3, 7).within(Span(3, 7))
    assert not Span(3, 8).within(Span(3, 7))
    assert Span(3, 7).overlaps(Span(6, 9))
    assert not Span(3, 7).overlaps(Span(7, 9))
