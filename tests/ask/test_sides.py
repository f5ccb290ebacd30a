"""Who is better or worse than somebody that a question names, and questions about the results of another."""

import pytest

from kg.ask import NotUnderstood, ask
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


@pytest.mark.parametrize(
    "question",
    [
        "On DLRM-DCNv2 in v5.0, who beat NVIDIA?",
        "Who did NVIDIA lose to on DLRM-DCNv2 in v5.0?",
        "Who was NVIDIA beaten by on DLRM-DCNv2 in v5.0?",
        "NVIDIA was beaten on DLRM-DCNv2 in v5.0. By whom?",
        "NVIDIA was not the fastest on DLRM-DCNv2 in v5.0. Who was?",
        "In v5.0 NVIDIA did not win DLRM-DCNv2. Which organization was faster, and with what time?",
    ],
)
def test_who_is_ahead_of_somebody(graph, question):
    line = ask(graph, question).lines[0]
    assert "Supermicro" in line
    assert "0.713" in line


@pytest.mark.parametrize("question", ["Who did NVIDIA beat on BERT in v4.0?", "Who lost to NVIDIA on BERT in v4.0?"])
def test_those_who_are_behind_somebody_are_others(graph, question):
    line = ask(graph, question).lines[0]
    assert line.startswith("8 organizations: ")
    assert "NVIDIA" not in line


@pytest.mark.parametrize(
    "question",
    ["Was NVIDIA not the fastest on BERT in v4.0?"],
)
def test_what_is_not_the_best_is_not_told(graph, question):
    with pytest.raises(NotUnderstood, match="not the best"):
        ask(graph, question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Across how many benchmarks did Florida spread its v5.1 results, and how many results are they?",
            "26 results",
        ),
        ("How many systems did Dell submit in v5.0 and how many accelerators do they have?", "5 accelerators: AMD"),
    ],
)
def test_a_second_question_asks_for_more_of_the_same_results(graph, question, told):
    assert ask(graph, question).also.splitlines()[1].startswith(told)


def test_what_is_taken_for_granted_of_results_is_counted(graph):
    with pytest.raises(NotUnderstood, match="there is 1 result, not 2"):
        ask(graph, "There are two results done with Paxml. Whose, and on what benchmark?")


@pytest.mark.parametrize(
    "question",
    [
        "Who took part in each of the HPC rounds v1.0, v2.0 and v3.0?",
        "Who took part in all three HPC rounds?",
        "Of the HPC rounds v1.0, v2.0 and v3.0: who took part in all of them?",
        "Which vendors took part in every HPC round?",
    ],
)
def test_who_was_in_every_round(graph, question):
    assert ask(graph, question).lines[0].startswith("4 organizations")


def test_an_unknown_number_is_not_told_by_whole_results(graph):
    with pytest.raises(NotUnderstood):
        ask(graph, "How many tokens per second does a GB300 rack generate for Llama 3.1 405B when serving?")


def test_the_best_of_all_benchmarks_is_told_of_each(graph):
    shown = ask(graph, "all v3.1 benchmarks: top time and who holds it").table
    assert len({row["benchmark"] for row in shown}) == len(shown) == 9


def test_a_part_of_a_question_about_joint_submissions_can_be_left_out(graph):
    answer = ask(graph, "Which joint submissions were there in v3.1?")
    rounds = [name for name, label in answer.chips if label.startswith("round")]
    freed = ask(graph, "Which joint submissions were there in v3.1?", without=rounds)
    assert len(freed.lines) > len(answer.lines) == 3
