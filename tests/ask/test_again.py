"""Questions that make no frame as they stand: said otherwise, or answered by claims and words of statements."""

import pytest

from kg.ask import NotUnderstood, ask
from kg.ask.answer import items_of
from kg.ask.known import known
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Wiwynn GB200 72 vs 576, Llama 2 70B LoRA, v5.1", "3.252 times"),
        ("Fujitsu did all benchmarks of v2.0 except one. Which one?", "1 benchmark: Minigo"),
        ("OpenFold came in HPC v3.0. Who was the runner-up?", "HPE, Lawrence Berkeley National Laboratory, 14.646"),
    ],
)
def test_numbers_what_is_left_out_and_names_of_the_sentence_before(graph, question, told):
    assert ask(graph, question).lines[0].startswith(told)


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


@pytest.mark.parametrize(
    "question",
    [
        "Which batch size did Samsung use?",
        "How many zorkmids did Google spend?",
        "optimizer of Samsung by the Blorp way",
    ],
)
def test_it_has_to_have_most_of_them(graph, question):
    with pytest.raises(NotUnderstood):
        ask(graph, question)


def test_who_mentions_something_is_told_by_words_where_no_fact_says_so(graph):
    lines = ask(graph, "Which vendors of v2.0 talk about liquid cooling?").lines
    assert [line.partition(" (")[0] for line in lines[1:]] == ["Inspur", "Supermicro"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which two workloads did Tencent run in v0.7, and how fast?", "2 results of 1 submitter."),
        ("Two clouds ran Llama 2 70B LoRA on 512 GPUs in v4.1: Azure and Oracle. Which was faster?", "1.284 times"),
        ("Which v5.1 vendors came without a single NVIDIA chip?", "3 organizations: AMD, MangoBoost, MiTAC."),
        ("For one Nebius node of v5.1, compare B300 and B200 at Llama 3.1 8B", "1.126 times"),
        ("Which vendors of v5.1 handed in one result only?", "3 organizations, with the number of results"),
        ("Rank the first three vendors on DeepCAM in HPC v3.0", "Not in this copy"),
    ],
)
def test_a_number_that_is_taken_for_granted_restricts_nothing(graph, question, told):
    assert ask(graph, question).lines[0].startswith(told)


@pytest.mark.parametrize(
    "question", ["Which three workloads did Tencent run in v0.7?", "Which two frameworks trained BERT in v2.0?"]
)
def test_it_has_to_be_that_of_the_answer(graph, question):
    with pytest.raises(NotUnderstood):
        ask(graph, question)


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


@pytest.mark.parametrize(
    "question",
    [
        "What did Krai say about the warranty of the A5000?",
        "How much per hour does CoreWeave charge for the cluster it used in v3.0?",
        "How does Krai say its A5000 compares with the best of v1.0, not with an A30?",
        "Is it true what Krai says, that the A5000 is not the best?",
    ],
)
def test_no_statement_is_quoted_for_what_it_does_not_say(graph, question):
    with pytest.raises(NotUnderstood):
        ask(graph, question)


@pytest.mark.parametrize("slip", ["hw lng did tinycorp need for BERT in v5.0", "who usd tinygrad, in wich runds?"])
def test_what_is_no_word_is_read_as_the_word_it_is_near_to(graph, slip):
    assert ask(graph, slip).frame.slips


def test_a_word_of_plain_english_is_no_slip_of_a_name(graph):
    with pytest.raises(NotUnderstood, match="popular"):
        ask(graph, "What were the popular chips of v2.0?")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What benchmarks has v5.1 that v5.0 had not?", "2 benchmarks: FLUX.1, Llama 3.1 8B."),
        (
            "Which participants of v2.0 were in open only, with nothing in closed?",
            "2 organizations: MosaicML, Samsung.",
        ),
        ("From which company came most results in v3.1?", "xFusion: 40 results."),
        ("How many results ran on the B200 SXM, not the GB200, in v5.0?", "56 results, of 7 submitters."),
    ],
)
def test_what_a_negator_or_a_limit_ends(graph, question, told):
    assert ask(graph, question).lines[0] == told


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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did Krai use MXNet or TensorFlow in v2.0?", "1 framework: MXNet."),
        ("FlexAI's v4.1 result: was it available or preview?", "1 availability: Preview."),
        ("Has HPE or Lenovo submitted on H200 in v5.0?", "2 organizations: HPE, Lenovo."),
    ],
)
def test_one_or_the_other_is_not_answered_by_yes(graph, question, told):
    assert ask(graph, question).lines[0] == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Names of v1.1 that were not in v1.0?", "4 organizations: Azure, Baidu, HPE, Samsung."),
        ("Which submitters of v5.1 are in the cloud category? Names only.", "5 organizations"),
        ("How many Florida results are there in v5.1?", "26 results, of 1 submitter"),
        ("Whose results ran on Huawei Ascend chips in v0.7?", "6 results of 1 submitter"),
        ("the largest number of accelerators of a result so far", "NVIDIA, 11616 accelerators"),
        ("Juniper's 4.0 hardware?", "2 accelerators"),
        ("Rank the three most prolific submitters of v3.1 by the number of results.", "xFusion: 40 results"),
        ("Who was fastest on BERT in v0.7, and how did it do?", "Google, 0.39"),
        ("Round 2.0, open division only: how many results came in?", "5 results"),
        ("Red Hat appears in v4.0. On which benchmark, and with what result?", "1 result: Red Hat, 31.611 minutes"),
        (
            "Rank the Llama 3.1 405B results of v5.0 by time. How many GPUs had number three?",
            "CoreWeave, IBM, NVIDIA, 32.629",
        ),
    ],
)
def test_names_versions_and_whose_chips_they_are(graph, question, told):
    assert ask(graph, question).lines[0].startswith(told)


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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Leave NVIDIA out as a submitter: who then has the best RetinaNet time in v5.1?",
            "University of Florida, 10.1",
        ),
        ("Set NVIDIA aside; who is fastest on RetinaNet in v5.1?", "University of Florida, 10.1"),
        ("Which company handed most results in for v5.1?", "Dell Technologies: 34 results"),
    ],
)
def test_verbs_are_read_with_a_particle_that_stands_apart(graph, question, told):
    assert ask(graph, question).lines[0].startswith(told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Never heard of FlexAI before. What did they hand in for v4.1?", "1 result: FlexAI"),
        ("v1.1, 3D U-Net: who came first? Someone at lunch claims that a cloud beat NVIDIA", "Azure"),
        ("Who had results in v5.0 but is missing in v5.1?", "5 organizations: CoreWeave, Google, IBM"),
        ("Who submitted in v0.7 and never again?", "2 organizations: SIAT, Tencent"),
        ("Which submitters had their very first results in v5.1?", "4 organizations: MiTAC"),
        ("What is inside Dell's XE9680x8MI300X of v5.0: which GPUs, how many, what CPU?", "Accelerators: 8"),
        ("BERT time on two XE9680 in v4.0?", "None: "),
        ("Krai, v3.1: on which machine, and what was in it: CPU, GPU, framework?", "5 systems"),
    ],
)
def test_what_is_only_told_what_is_away_and_what_is_in_a_machine(graph, question, told):
    assert ask(graph, question).lines[0].startswith(told)


def test_a_round_that_is_not_loaded_is_compared_with_nothing(graph):
    with pytest.raises(NotUnderstood, match=r"v0\.5 is not loaded"):
        ask(graph, "Which companies were new in v0.5?")


def test_every_system_as_filed_is_known_by_its_whole_name(graph):
    at = known(graph)
    read = {i.low for name in at.whole for i in items_of(at, f"Who ran {name} in v2.0?") if i.kinds() == {"System"}}
    assert read == {*at.whole} - {"template"}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("My colleague insists that NVIDIA had the best 3D U-Net time of v1.1. Right?", "No: Azure, 1.262 minutes"),
        ("A friend told me Azure had the best 3D U-Net time of v1.1. Is that so?", "Yes: Azure, 1.262 minutes"),
        ("By how much did the GPT-3 record drop between v3.1 and v4.0?", "1.137 times: 3.917 against 3.444 minutes"),
        ("NVIDIA's 1024-GPU time for Stable Diffusion: v3.1 versus v4.0?", "1.798 times: 2.466 against 1.372"),
        ("I remember something about a TPU v5e result. Which round was that?", "1 round: MLPerf Training v3.1."),
        (
            "Cisco, first ever result: what benchmark was it?",
            "MLPerf Training v4.1, with 1 such result of Cisco; bench",
        ),
    ],
)
def test_what_others_say_what_drops_and_what_a_hyphen_joins(graph, question, told):
    assert ask(graph, question).lines[0].startswith(told)


def test_a_word_in_lower_case_is_no_system_of_that_name(graph):
    frame = ask(graph, "Which companies offered their v5.1 systems as cloud (available cloud)?").frame
    assert {c.field for c in frame.conditions} == {"round", "availability"}
