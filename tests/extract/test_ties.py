"""What belongs together: chips and their system, times and their benchmark and round, a result and what it was run on."""

import pytest

from kg.build import read_statements

ROUND = "MLPerf Training v4.1"


def asserted(tmp_path, text):
    """The asserted facts of one statement as (subject, predicate, object, qualifiers), all as text."""
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND} statements\n\n## Acme\n\n{text}\n", "utf-8")

    def name(value):
        return str(getattr(value, "label", value))

    return [
        (f.subject.label, f.predicate, name(f.object), {k: name(v) for k, v in f.qualifiers.items()})
        for f in read_statements([path]).facts
        if f.asserted
    ]


def times(tmp_path, text):
    """Benchmark, minutes and round of the times that a statement asserts."""
    return {
        (q["benchmark"], said, q["round"].removeprefix("MLPerf Training "))
        for _, predicate, said, q in asserted(tmp_path, text)
        if predicate == "timeToTrain"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Our DGX H100 did BERT in 5.5 minutes, where eight A100 GPUs had taken 17 minutes in v4.0.",
        "A DGX H100 tripled the performance of eight A100 GPUs on BERT.",
        "On BERT, our DGX H100 reached 2.9 times the throughput of eight A100 GPUs.",
    ],
)
def test_chips_that_a_system_is_compared_with_are_not_its_own(tmp_path, text):
    assert not [
        f for f in asserted(tmp_path, text) if f[:2] == ("NVIDIA DGX H100", "hasAccelerator") and "A100" in f[2]
    ]


def test_a_result_ties_its_benchmark_to_what_it_was_run_on_whatever_the_verb(tmp_path):
    said = asserted(tmp_path, "We submitted BERT on the DGX H100. BERT on the DGX H100 with 8 H100 GPUs: 5.5 minutes.")
    [(*_, benchmark, tied)] = [f for f in said if f[1] == "configuration" and "acceleratorCount" in f[3]]
    assert (benchmark, tied["system"], tied["acceleratorCount"]) == ("BERT", "NVIDIA DGX H100", "8")


def test_the_items_of_a_list_have_the_benchmark_that_introduces_it(tmp_path):
    items = "- 1 node, 8 GPUs: 5.5 minutes\n- 2 nodes, 16 GPUs: 3.1 minutes\n- 4 nodes, 32 GPUs: 1.9 minutes"
    text = f"We submitted BERT on one, two and four nodes:\n\n{items}"
    assert times(tmp_path, text) == {("BERT", "5.5", "v4.1"), ("BERT", "3.1", "v4.1"), ("BERT", "1.9", "v4.1")}


def test_numbers_before_other_benchmarks_share_the_unit_behind_the_last(tmp_path):
    assert times(tmp_path, "Eight nodes trained RetinaNet in 4.44 and Stable Diffusion in 2.78 minutes.") == {
        ("RetinaNet", "4.44", "v4.1"),
        ("Stable Diffusion", "2.78", "v4.1"),
    }


def test_a_benchmark_of_another_round_is_not_what_the_next_sentence_is_about(tmp_path):
    text = (
        "We submitted Stable Diffusion. In the previous round we had run only GPT-3. One node finished in 28.5 minutes."
    )
    assert times(tmp_path, text) == {("Stable Diffusion", "28.5", "v4.1")}
    only = "The best BERT result in v4.0 was 6.8 minutes. We now reach 5.5 minutes."
    assert ("BERT", "5.5", "v4.1") in times(tmp_path, only)


def test_who_tells_its_time_in_an_earlier_round_took_part_in_it(tmp_path):
    said = asserted(tmp_path, "We trained BERT in 6.1 minutes. In v4.0 the same servers needed 7.4 minutes for BERT.")
    assert {f[2] for f in said if f[1] == "submittedTo"} == {ROUND, "MLPerf Training v4.0"}


def test_what_there_was_none_of_was_not_used(tmp_path):
    said = asserted(tmp_path, "Our BERT result was trained with JAX: no PyTorch, no TensorFlow, nothing else.")
    assert {f[2] for f in said if f[1] == "usedFramework"} == {"JAX"}


@pytest.mark.parametrize(
    ("text", "ran"),
    [
        ("Skipped this time: BERT, GPT-3.", False),
        ("We left out the following: BERT and GPT-3.", False),
        ("Not a single benchmark was skipped: BERT, GPT-3.", True),
        ("Power was not measured: BERT and GPT-3 were run for time only.", True),
        ("Not submitted until now: BERT, which we ran in 5.5 minutes.", True),
    ],
)
def test_a_list_of_what_was_left_out_is_left_out(tmp_path, text, ran):
    left_out = [f for f in asserted(tmp_path, text) if f[1] == "didNotSubmitBenchmark"]
    assert bool(left_out) is not ran


def test_each_of_several_benchmarks_has_what_it_was_run_with_or_nothing(tmp_path):
    said = asserted(tmp_path, "We used PyTorch for BERT and TensorFlow for ResNet-50.")
    assert not [f for f in said if f[1] == "configuration"]


def test_an_item_that_names_who_else_or_a_step_gives_no_time_of_ones_own(tmp_path):
    steps = "We trained BERT with these steps:\n\n- Download: 12 minutes\n- Data preparation: 40 minutes"
    rivals = (
        "We trained BERT faster than these submitters:\n\n- NVIDIA, 8 GPUs: 5.2 minutes\n- Dell, 8 GPUs: 5.4 minutes"
    )
    assert times(tmp_path, steps) == times(tmp_path, rivals) == set()
