"""Whatever is asked, there is an answer or a refusal."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ask import NotUnderstood, ask
from kg.ask.answer import questions
from kg.ask.words import load_words

OTHERS = [
    "not",
    "without",
    "most",
    "8",
    "at",
    "least",
    "how",
    "many",
    ",",
    "and",
    "or",
    "between",
    "each",
    "than",
    "to",
]
KNOWN = [word for words in load_words().initials.values() for word in words]
WORDS = st.sampled_from([*sorted({w for _, text in questions() for w in text.split()}), *KNOWN, *OTHERS])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=9).map(" ".join)))
def test_any_text_is_answered_or_refused(graph, text):
    with suppress(NotUnderstood):
        assert ask(graph, text).sentence.endswith(".")


def test_a_question_that_is_too_long_is_refused_at_once(graph):
    with pytest.raises(NotUnderstood, match="more than 60 words"):
        ask(graph, "who used PyTorch and " * 500)


@pytest.mark.parametrize("name", ["A100-80GB", "a100 80 gb", "80GB A100s", "the A100 with 80GB"])
def test_names_are_found_in_any_spelling(graph, name):
    assert "NVIDIA A100 80GB" in ask(graph, f"who submitted on {name}").sentence
