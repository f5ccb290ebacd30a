"""Questions answered in part: what is left aside is said, and what asks for more than is told stays refused."""

import pytest

from kg.ask import ask
from kg.ask.answer import items_of
from kg.ask.known import known
from kg.ask.partly import features, probability, readings
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


@pytest.mark.parametrize(
    ("question", "left", "told"),
    [
        (
            "Which vendor drowned round v3.0 with the most results, and how many were there?",
            "“drowned”",
            "Dell Technologies",
        ),
        ("How many GPUs stand behind the quickest BERT run of Google in v2.0?", "“stand behind”", "4096"),
    ],
)
def test_what_has_no_place_is_left_aside_and_it_is_said_first(graph, question, left, told):
    lines = ask(graph, question).lines
    assert lines[0].startswith("I do not know what ")
    assert left in lines[0]
    assert told in " ".join(lines[1:])


def test_names_and_numbers_are_never_left_out(graph):
    at = known(graph)
    items = items_of(at, "Leave out Google: who trained BERT fastest on 8 chips in v2.0?")
    told = list(readings(items, at))
    assert told
    for reading in told:
        assert {e.iri for i in items for e in i.entities} == {e.iri for i in reading.items for e in i.entities}
        assert any(i.amount and i.amount.value == 8 for i in reading.items)


def test_what_leaves_out_or_ranks_is_never_left_out_alone(graph):
    at = known(graph)
    items = items_of(at, "Leave out Google: who trained BERT fastest on 8 chips in v2.0?")
    left = [{items[n].low for n in reading.left} for reading in readings(items, at) if reading.kind == "word"]
    assert left
    assert not any(words & {"leave out", "fastest"} for words in left)


def test_without_its_unknown_words_a_question_is_read_in_one_way(graph):
    at = known(graph)
    (reading,) = readings(items_of(at, "which vendor drowned v3.0 with the most results"), at)
    assert reading.text == "“drowned”"
    found = features(reading)
    assert (found["unknown"], found["left out: unknown"], found["with best"]) == (1, 1, 1)
    assert "known" not in found


def test_a_feature_that_was_not_learned_weighs_nothing():
    assert probability({"bias": 0.0, "known": 1.0}, {"never seen": 5.0}) == 0.5


def test_no_word_is_left_out_that_a_negator_denies(graph):
    text = "Who did not flood v3.0 with results?"
    items = items_of(known(graph), text)
    denied = next(n for n, i in enumerate(items) if "negator" in i.roles)
    assert all(denied in reading.left for reading in readings(items, known(graph)))
