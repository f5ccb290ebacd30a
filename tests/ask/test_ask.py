"""How a question is read, and what is refused; the questions themselves are in `tests/test_questions.py`."""

import pyoxigraph as ox
import pytest

from kg.ask import NotUnderstood, ask, read
from kg.ask.examples import examples
from kg.ask.pattern import patterns
from kg.ask.refuse import example
from kg.namespaces import PREFIXES


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: f"{p.query.name}: {p.text}")
def test_each_pattern_is_read_as_its_own_query(graph, pattern):
    _, found = read(graph, example(pattern))
    assert found[0].name == pattern.query.name


def test_the_examples_are_answered(graph):
    listed = examples(graph)
    assert len(listed) > 200
    for text in listed[::5]:
        assert ask(graph, text).table.rows, text


@pytest.mark.parametrize(
    "question",
    [
        "who submitted on A100 80GB with PyTorch",
        "who used both PyTorch and TensorFlow",
        "fastest claimed BERT time",
        "how many vendors used PyTorch",
        "results between 10 and 20 minutes on BERT",
    ],
)
def test_the_query_is_sparql_that_stands_on_its_own(graph, question):
    """It declares its prefixes, and gives the rows of the answer when it is asked by itself."""
    answer = ask(graph, question)
    store = ox.Store()
    store.bulk_extend(graph.quads())
    rows = [tuple(row) for row in store.query(answer.sparql)]
    assert rows == list(answer.table.rows)


def test_values_are_bound_as_terms_and_never_pasted(graph):
    with pytest.raises(NotUnderstood):
        ask(graph, 'who used "} DROP ALL #')
    assert PREFIXES["mlp"] in ask(graph, "who used MXNet").sparql


def test_readings_are_numbered_and_can_be_chosen(graph):
    _, found = read(graph, "what did Google submit")
    assert len(found) > 1
    names = {ask(graph, "what did Google submit", n).name for n in range(1, len(found) + 1)}
    assert names == {r.name for r in found}
    with pytest.raises(NotUnderstood, match="--reading 1 to"):
        ask(graph, "what did Google submit", len(found) + 1)


def test_where_the_statements_are_silent_the_record_answers_and_says_so(graph):
    answer = ask(graph, "who submitted DLRM in v1.1")
    assert answer.name == "record-submitters"
    assert "benchmarks-by-organization" in answer.sentence
    assert not ask(graph, "who claims to have submitted DLRM in v1.1").table.rows


def test_a_refusal_names_the_word_and_the_nearest_names(graph):
    with pytest.raises(NotUnderstood) as refusal:
        ask(graph, "who submitted on B301?")
    assert "no accelerator “B301”" in str(refusal.value)
    assert "NVIDIA B300" in str(refusal.value)
    assert refusal.value.instead


def test_a_slip_of_typing_is_told(graph):
    assert "“pytroch” as PyTorch" in ask(graph, "who used pytroch").sentence
