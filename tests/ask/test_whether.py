"""Yes or no: negation, 'only', 'both', 'every', bounds of the best, and which of two is said to be ahead."""

import pytest

from kg.ask import NotUnderstood, ask
from kg.store import open_graph


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did Dell run Minigo in v2.0?", "No"),
        ("Did Dell skip Minigo in v2.0?", "Yes"),
        ("Did Dell not submit Minigo in v2.0?", "Yes"),
        ("Has Dell never submitted Minigo?", "No"),
        ("Didn't Dell run BERT in v2.0?", "Yes"),
        ("Did Lenovo sit out v1.1?", "No"),
        ("Did nobody use A100 for SSD in v3.1?", "No"),
        ("Are there no Graphcore results in v2.1?", "Yes"),
        ("Did Google submit neither BERT nor DLRM in v2.1?", "Yes"),
        ("Does Dell have BERT results that do not use A100 in v2.0?", "Yes"),
        ("Did Dell run BERT without A100s in v2.0?", "Yes"),
        ("Was nobody faster than NVIDIA on BERT in v2.0?", "No"),
        ("Was no one faster than Google on BERT in v2.0?", "Yes"),
        ("Did only NVIDIA run SSD in v2.0?", "No"),
        ("Did Inspur submit only SSD in v0.7?", "No"),
        ("Was SSD the only benchmark of Inspur in v0.7?", "No"),
        ("Did MosaicML submit only ResNet-50 in v2.0?", "Yes"),
        ("Did Lenovo submit both DLRM and 3D U-Net in v1.1?", "No"),
        ("Did Dell run both BERT and DLRM in v2.0?", "Yes"),
        ("Did Dell and HPE run BERT in v2.0?", "No"),
        ("Did HPE submit in both v4.1 and v5.0?", "No"),
        ("Did NVIDIA run everything in v2.0?", "Yes"),
        ("Has Graphcore taken part in every round?", "No"),
        ("Did Dell submit to all benchmarks of v2.0?", "No"),
        ("Is Inspur's best SSD time in v0.7 below 13.6 minutes?", "Yes"),
        ("Is Inspur's best SSD time in v0.7 below 10 minutes?", "No"),
        ("Does Inspur lead SSD in v0.7?", "No"),
        ("Did Dell submit more results than HPE in v2.0?", "Yes"),
        ("Does Dell have fewer results than HPE in v2.0?", "No"),
        ("Is BERT faster in v2.1 than in v2.0?", "No"),
        ("Was HPE slower than ASUSTeK on BERT in v5.0?", "No"),
        ("Did the fastest 405B time get better between v5.0 and v5.1?", "Yes"),
        ("Did BERT get slower from v2.0 to v2.1?", "Yes"),
        ("Did the BERT time drop from v2.0 to v2.1?", "No"),
        ("Was v3.1 the last round with Mask R-CNN?", "Yes"),
        ("Was v5.0 the first round of HPE?", "No"),
        ("Is every result of v4.1 in the closed division?", "Yes"),
        ("Did Dell run either BERT or Minigo in v2.0?", "Yes"),
        ("Did NVIDIA win every benchmark in v2.0?", "No"),
        ("Was NVIDIA first on CosmoFlow in HPC v1.0?", "Yes"),
        ("With 8 H200s on BERT in v4.1, was Lenovo quicker than Supermicro?", "No"),
        ("Was Intel-HabanaLabs the only one to submit Gaudi2 results in v3.0?", "No"),
        ("Was v5.0 the first time Cisco showed up?", "No"),
        ("Did Blackwell GPUs make their first appearance in v5.0?", "No"),
        ("Was Supermicro new in v3.1?", "No"),
        ("Was AMD new in v5.0?", "Yes"),
        ("Was OpenFold new in HPC v3.0?", "Yes"),
    ],
)
def test_yes_or_no(graph, question, answer):
    assert ask(graph, question).lines[0].split(":")[0] == answer


def test_what_is_lacking_is_named(graph):
    assert (
        ask(graph, "Did Dell run everything in v2.0?").lines[0] == "No: of 8 benchmarks Dell Technologies lacks Minigo."
    )


@pytest.mark.parametrize(
    "question",
    [
        "Did all vendors run every benchmark in v2.0?",
        "Did Google run BERT but not DLRM in v2.0?",
        "Did only Google and NVIDIA use TPUs in v2.0?",
        "Did Google use only GPUs in v2.0?",
        "Is everything in v2.0 on A100?",
        "Was Dell not faster than NVIDIA on BERT in v2.0?",
        "Should Intel give up on Gaudi?",
    ],
)
def test_what_is_not_told_is_refused(graph, question):
    with pytest.raises(NotUnderstood):
        ask(graph, question)


@pytest.mark.parametrize("question", ["show me everything from Wiwynn in v5.1", "everything about BERT in v2.0"])
def test_everything_is_all_results(graph, question):
    assert "result" in ask(graph, question).lines[0]


def test_times_between_two_rounds_are_told_round_by_round(graph):
    found = ask(graph, "how did the best GPT-3 time change from v3.0 to v4.0, round by round?")
    assert [row["minutes"] for row in found.table] == ["10.94", "3.917", "3.444"]
