"""Whatever is asked, there is an answer or a refusal."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ask import NotUnderstood, ask, read
from kg.ask.pattern import patterns, stems
from kg.ask.question import take_apart
from kg.ask.refuse import example
from kg.ask.words import load_words
from kg.query import names

OTHERS = ["not", "without", "most", "8", "at", "least", "how", "many", ",", "and", "or", "between", "each"]
WORDS = st.sampled_from([*sorted({w for p in patterns() for w in example(p).split()}), *OTHERS])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=9).map(" ".join)))
def test_any_text_is_answered_or_refused(graph, text):
    with suppress(NotUnderstood):
        assert ask(graph, text).sentence.endswith((".", ")"))


def test_every_name_and_amount_of_a_reading_has_a_place(graph):
    text = "fastest BERT result of NVIDIA or Dell with MXNet on at most 64 accelerators in v2.0"
    question, found = read(graph, text)
    assert len(question.names) == 4
    assert len(question.amounts) == 1
    values = {p.name: v for p, v in found[0].values}
    assert sorted(values) == ["benchmark", "framework", "most", "organization", "round"]
    assert values["most"].literal == "64"


def test_a_question_that_is_too_long_is_refused_at_once(graph):
    with pytest.raises(NotUnderstood, match="more than 60 words"):
        ask(graph, "who used PyTorch and " * 500)


def test_names_are_found_in_any_spelling(graph):
    for text in ("A100-80GB", "a100 80 gb", "80GB A100s", "the 80 GB version of the A100", "A100 with 80GB of memory"):
        ways = take_apart(f"who submitted on {text}", load_words(), names(graph), stems())
        assert [e.label for n in ways[0].names for e in n.entities[0]] == ["NVIDIA A100 80GB"], text
        assert not ways[0].unknown
