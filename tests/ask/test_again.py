"""Questions that make no frame as they stand: said otherwise, in part as the sentence before, or answered by words of statements."""

import pytest

from kg.ask import NotUnderstood, ask
from kg.ask.answer import items_of
from kg.ask.known import known
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


def test_a_number_beside_a_name_counts_nothing(graph):
    with pytest.raises(NotUnderstood):
        ask(graph, "who ran Llama 7?")


def test_the_figures_of_a_question_are_those_of_claims(graph):
    lines = ask(graph, "Dell says it had 42 results on 12 configurations in v2.0. Is that so?").lines
    assert [line.partition(";")[0] for line in lines] == [
        "Dell Technologies in MLPerf Training v2.0: 12 configurations: supported",
        "Dell Technologies in MLPerf Training v2.0: 42 results: supported",
    ]
    lines = ask(graph, "Dell says it had 43 results on 12 configurations in v2.0. Is that so?").lines
    assert lines[-1] == "No such claim states 43."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Where do Google's TPU v4 pods stand?", "Oklahoma"),
        ("which tool orchestrates Azure's machines", "CycleCloud"),
        ("With which firm did CASIA develop its Xiangxue-3B?", "Chip-hop"),
    ],
)
def test_the_statement_of_who_is_named_has_the_unknown_words(graph, question, told):
    answer = ask(graph, question)
    assert answer.frame.source == "statements"
    assert told in " ".join(answer.lines)


def test_who_mentions_something_is_told_by_words_where_no_fact_says_so(graph):
    lines = ask(graph, "Which vendors of v2.0 talk about liquid cooling?").lines
    assert [line.partition(" (")[0] for line in lines[1:]] == ["Inspur", "Supermicro"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How did Azure schedule and orchestrate the virtual machines of v2.0, as it says?", "slurm"),
        ("Fujitsu says it measured seven benchmarks in round 2.0. Which one was left out?", "minigo"),
    ],
)
def test_the_paragraph_that_has_most_of_what_is_asked_for_is_quoted(graph, question, told):
    answer = ask(graph, question)
    assert answer.frame.source == "statements"
    assert any(told in line.lower() for line in answer.lines)


@pytest.mark.parametrize("slip", ["hw lng did tinycorp need for BERT in v5.0", "who usd tinygrad, in wich runds?"])
def test_what_is_no_word_is_read_as_the_word_it_is_near_to(graph, slip):
    assert ask(graph, slip).frame.slips


def test_a_word_of_plain_english_is_no_slip_of_a_name(graph):
    with pytest.raises(NotUnderstood, match="popular"):
        ask(graph, "What were the popular chips of v2.0?")


def test_the_largest_of_each_round_that_is_listed(graph):
    shown = ask(graph, "the largest number of accelerators of a result in v3.0, in v3.1 and in v4.0").shown
    assert {row["accelerators"] for row in shown} == {"3584", "10752", "11616"}


def test_a_part_of_what_was_said_otherwise_can_be_left_out(graph):
    question = "Wiwynn GB200 72 vs 576, Llama 2 70B LoRA, v5.1"
    (number, label), *others = ask(graph, question).chips
    freed = ask(graph, question, without=[number])
    assert label == "organization Wiwynn"
    assert freed.chips == tuple(others)
    assert "Wiwynn" not in freed.sentence


def test_a_year_is_no_number_of_accelerators(graph):
    with pytest.raises(NotUnderstood):
        ask(graph, "Google TPU BERT v0.7 summer 2020")


def test_software_is_told_as_filed_where_no_statement_tells_it(graph):
    answer = ask(graph, "Which CUDA version had ASUSTeK in v2.0?")
    assert answer.lines[0].startswith("Software as filed: cuda_version 11.6 (2 systems); ")
    assert answer.frame.source == "record"
    assert "ASUSTeK/systems" in str(answer.evidence.render("csv", 120))
    assert ask(graph, "Which software does Samsung say it used?").frame.source == "statements"


def test_a_chip_that_a_statement_does_not_name_is_not_left_out(graph):
    assert ask(graph, "What does NVIDIA say about the B200?").empty


def test_a_round_that_is_not_loaded_is_compared_with_nothing(graph):
    with pytest.raises(NotUnderstood, match=r"v0\.5 is not loaded"):
        ask(graph, "Which companies were new in v0.5?")


def test_every_system_as_filed_is_known_by_its_whole_name(graph):
    at = known(graph)
    read = {i.low for name in at.whole for i in items_of(at, f"Who ran {name} in v2.0?") if i.kinds() == {"System"}}
    assert read == {*at.whole} - {"template"}


def test_a_word_in_lower_case_is_no_system_of_that_name(graph):
    frame = ask(graph, "Which companies offered their v5.1 systems as cloud (available cloud)?").frame
    assert {c.field for c in frame.conditions} == {"round", "availability"}


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
