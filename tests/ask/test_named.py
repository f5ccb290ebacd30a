"""The few results that are shown: of all that a refused question names, and between sizes that are compared."""

import pytest

from kg.ask import NotUnderstood, ask
from kg.prompt import answer
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


def named(graph, question):
    with pytest.raises(NotUnderstood) as refused:
        ask(graph, question)
    return list(refused.value.named)


@pytest.mark.parametrize(
    ("question", "systems"),
    [
        ("zorkmids of 24 A40 GPUs in one node", {"nf5468m6j_pytorch", "nf5468m6j_mxnet"}),
        ("watts of the two TPU v5e pods on GPT-3 in v4.1 with 256 chips", set()),
        ("how many zorkmids cost the 8 RTX 4090 of tinycorp in v5.0", {"tinybox_green"}),
        (
            "zorkmids of RetinaNet on H100 NVL in v4.1, not of Dell",
            {"SR675V3-8xH100_NVL_94GB_400W", "PRIMERGY_CDI_H100_NVL_94GBx16"},
        ),
    ],
)
def test_names_numbers_and_what_is_left_out(graph, question, systems):
    rows = named(graph, question)
    assert {row["system"].split(" of ")[0] for row in rows} == systems


def test_there_are_none_where_they_are_many_or_it_is_open_what_is_left_out(graph):
    assert named(graph, "zorkmids of Dell in v5.0") == []
    assert named(graph, "zorkmids of A40 in v2.1 without any of the many sorts of glue that stick") == []
    assert named(graph, "zorkmids of A40") == []


def test_sizes_that_are_compared_are_shown_with_those_between(graph):
    shown = ask(graph, "how does GPT-3 scale on Trillium in v4.1 from 512 to 3072 chips").shown
    assert [row["accelerators"] for row in shown] == ["512", "1024", "2048", "3072"]
    assert not ask(graph, "BERT on Dell's A100s against HPE's in v2.0").shown.rows


def test_a_second_question_about_the_answer_is_answered_by_the_results_that_are_shown(graph):
    first = "Which companies have Llama 2 70B LoRA results on MI355X in v5.1"
    answer = ask(graph, f"{first}, and how many minutes did each need?")
    assert (answer.also, answer.shown.columns[2]) == ("", "minutes")
    assert "Not answered" in ask(graph, f"{first}, and how many nodes did each have?").also


def test_they_are_told_beside_the_refusal(graph, capsys):
    assert answer(graph, "zorkmids of 24 A40 GPUs in one node", "table", 120) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert all(told in said.err for told in ("zorkmids", "Not an answer, but", "35.545"))


@pytest.mark.parametrize(
    ("question", "minutes"),
    [
        ("how long did one DGX-1 of 8 V100 slog through Minigo in v0.7", {"603.599"}),
        ("How long did MangoBoost take in v5.0 on one node of MI300X, two and four?", {"10.919", "16.362", "29.596"}),
        ("who melted 24 A40 GPUs in one node", {"24.75", "35.545", "64.019"}),
    ],
)
def test_whole_results_answer_where_they_tell_all_that_is_asked_for(graph, question, minutes):
    answer = ask(graph, question)
    assert {row["minutes"] for row in answer.shown} == minutes
    assert answer.lines[0].startswith("I do not know")
    assert answer.lines[0].endswith("; so these are all results of what is named.")
