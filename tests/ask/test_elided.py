"""Questions that only say what differs from the sentence before."""

import pytest

from kg.ask import ask
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Who won BERT in v4.0? And ResNet?", "NVIDIA, 0.119 minutes", "CoreWeave, NVIDIA, 0.183 minutes"),
        ("How many results did Dell have in v4.0? And Lenovo?", "19 results", "4 results"),
        ("Fastest ResNet in v2.0 with 8 GPUs? And with 16?", "Habana Labs, 18.362 minutes", "H3C, 15.465 minutes"),
        ("Who had the fastest BERT result in v2.0? What about v2.1?", "Google, 0.179", "NVIDIA, 0.208 minutes"),
        ("Fastest BERT result of v2.0? And the slowest one?", "Google, 0.179 minutes", "H3C, 255.29 minutes"),
    ],
)
def test_what_differs_takes_the_place_of_its_kind(graph, question, first, second):
    answer = ask(graph, question)
    assert answer.lines[0].startswith(first)
    assert answer.also.splitlines()[1].startswith(second)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("So Gaudi2 needed 17.2 minutes for BERT in v2.0. And for ResNet?", "1 result: Habana Labs, 18.362 minutes"),
        ("Fastest DLRM of v2.0 was Google's. And the slowest one, closed?", "H3C, 5.474 minutes"),
    ],
)
def test_what_a_sentence_only_tells_is_no_condition(graph, question, told):
    answer = ask(graph, question)
    assert answer.lines[0].startswith(told)
    assert not answer.also
