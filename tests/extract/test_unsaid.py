"""What a sentence names and does not say: no fact is asserted of it; and what stands beside it is."""

import json
from pathlib import Path

import pytest

from kg.build import read_statements

ROUND = "MLPerf Training v3.1"


NAMING = [json.loads(line) for line in Path(__file__).with_name("not_said.jsonl").read_text("utf-8").splitlines()]
"""Texts by somebody who knew no rules: they name what they do not say, but for those whose kind begins with 'says'."""


def facts(tmp_path, text):
    """Subject, predicate and object of what is asserted, with the round and the number of accelerators where they are said."""
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\n{text}\n", "utf-8")
    found = set()
    for fact in read_statements([path]).facts:
        if not fact.asserted or fact.predicate == "submittedTo":
            continue
        q = {key: str(getattr(value, "label", value)) for key, value in fact.qualifiers.items()}
        said = [fact.subject.label, fact.predicate, str(getattr(fact.object, "label", fact.object)), q.get("unit", "")]
        if fact.predicate == "timeToTrain":
            said += [
                q["benchmark"],
                "" if q["round"] == ROUND else q["round"],
                q.get("acceleratorCount", ""),
                q.get("comparator", ""),
                q.get("baseline", ""),
            ]
        found.add(" ".join(filter(None, said)))
    return {f for f in found if " quantity " not in f and " configuration " not in f}


@pytest.mark.parametrize(
    "text",
    [
        "The internal goal for BERT was 250 minutes.",
        "The fastest entry, by another vendor, needs 2.2 minutes for BERT.",
        "A customer of ours reports BERT in 91.5 minutes.",
        "BERT is on our roadmap.", "BERT: coming soon.",
        "BERT used to be in our submissions until v1.0.",
        "Whoever submits BERT needs 8 H100 GPUs.",
        "| Benchmark | v3.0 | v3.1 |\n|---|---|---|\n| BERT | not submitted | |",
        "Did we submit DLRM on 64 A100 GPUs? Could BERT be trained in 3 minutes?",
        "If we had submitted DLRM, it would have taken 3 minutes on 64 H100 GPUs.",
        "At linear scaling, 1,024 H100 GPUs would train BERT in 0.1 minutes.",
        "If we submit DLRM, it will train in 3 minutes on 64 H100 GPUs.", "Should we enter BERT, PyTorch is used.",
        "Imagine 512 H100 GPUs training BERT in 3 minutes.", "BERT may take 3 minutes with your data.",
        "True or false: Acme used PyTorch.", "Fill in: BERT took Acme __ minutes on 8 H200 GPUs.",
        "Suppose we trained BERT in 3 minutes.", "Unless we submit BERT, nobody will.",
        "Supposedly BERT took 3 minutes.",
        "We have not yet run BERT.", "Acme used to submit with MXNet.",
        "A customer of ours used 16 MI300X accelerators.",
        "10 minutes: review of the logs of the suite.",
        "We neither submitted DLRM nor used A100 GPUs.", "Acme failed to submit DLRM.",
        "Nothing was run with MXNet, and hardly anything on A100.",
        "Wir haben DLRM nicht mit JAX eingereicht.", "Nous n’avons pas utilisé JAX.",
        "Contrary to rumours, we never trained GPT-3 in 3 minutes.",
        "Next round we will submit DLRM on 64 B200 GPUs, and we plan to train GPT-3 in 3 minutes.",
        "Our goal was to train BERT in 3 minutes.", "Simulations suggest 3 minutes for BERT.",
        "We no longer use MXNet.", "We expect BERT to take 3 minutes in the next round.",
        "```python\n# we used 8 A100 GPUs with TensorFlow\n```",
        "Run:\n\n    # we trained BERT in 3 minutes on 8 A100 GPUs\n\n1. And:\n\n       # we trained DLRM in 3 minutes\n",
        "Nous avons entraîné BERT en 16,6 minutes sur 8 GPU NVIDIA H100. Nous n’avons pas soumis DLRM.",
        "Wir haben BERT auf 8 H100-GPUs in 16,6 Minuten trainiert. DLRM haben wir nicht eingereicht.",
        "我们使用8个NVIDIA H100 GPU在16.6分钟内训练了BERT。我们没有提交DLRM。",
        "In unverified internal tests, BERT took 3 minutes on 8 H100 GPUs.",
        "About Acme\n\nAcme makes 16 servers with A100, MI300X and Gaudi2 accelerators for 2,000 customers.",
        "On Mon, Nov 6, 2023 at 10:12 AM Bob wrote:\n> We trained DLRM in 3 minutes on 64 A100 GPUs.",
    ],
)  # fmt: skip
def test_what_is_asked_supposed_aimed_at_or_denied_is_not_said(tmp_path, text):
    assert facts(tmp_path, text) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "BERT would have taken 3 minutes.", "We saved 3 minutes in BERT.", "BERT is 3 minutes faster than last round.",
        "The compile time of BERT was 3 minutes.", "BERT evaluation takes 3 minutes per epoch.", "We trained BERT in 0 minutes.",
        "Downloading the dataset of BERT took 45 minutes.", "We didn't reach 3 minutes in BERT.",
        "The reference implementation trains BERT in 300 minutes.", "The 5 minute read: BERT on H100.",
        "The BERT talk lasts 45 minutes.", "BERT takes between 16 and 18 minutes.",
        "BERT took 16–18 minutes.", "BERT took 16 or 18 minutes.",
        "BERT took half of 16.6 minutes.",
        "It is not true that BERT took 16.6 minutes.", "We hereby retract the claim that BERT took 16.6 minutes.",
        "We trained BERT in 16.6 minutes (withdrawn).", "BERT took 16.6 minutes; this result was later invalidated.",
        "BERT took 16.6 minutes. This figure is wrong.", "BERT took 16.6 minutes, which nobody could confirm: we cannot confirm it.",
        "Our cluster did not train the BERT of the round in 16.6 minutes.", "Nobody has ever trained BERT in 16.6 minutes.",
        "We failed to train BERT in 16.6 minutes.", "We almost trained BERT in 16.6 minutes.",
        "BERT took anything from 10 to 12 minutes.",
        "Our rivals claim that BERT takes 16.6 minutes.", "BERT took twice 16.6 minutes.", "BERT took double 16.6 minutes.",
        "BERT took 16.6 minutes + 3 minutes.", "BERT took 16.6 minutes plus 3 minutes.", "BERT took 5 minutes times 3.",
        "BERT and RetinaNet took 16.6 minutes together.", "It took a total of 16.6 minutes to train BERT and RetinaNet.",
        "In DeepBench we trained BERT in 16.6 minutes.", "We trained BERT in 16.6 minutes in TPCx-AI.",
        "In MLPerf Inference v3.1, BERT ran for 10 minutes.", "Outside of MLPerf, BERT took 14.4 minutes.",
        "One epoch of BERT lasts 16.6 minutes.", "On 8 GPUs each training step of BERT takes 3 seconds.",
        "We cut 5 minutes from BERT.", "10 minutes: review of the BERT logs.",
        "A new kernel shaved 3 minutes off BERT.", "BERT took 16.6 minutes. Please disregard this figure.",
        "BERT took 16.6 minutes per GPU.", "We trained BERT in 16.6 million minutes.",
    ],
)  # fmt: skip
def test_a_time_of_something_else_is_no_time_to_train(tmp_path, sentence):
    assert not [f for f in facts(tmp_path, sentence) if "timeToTrain" in f or "performanceResult" in f]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("As expected, BERT took 5 minutes.", "Acme timeToTrain 5 minutes BERT"),
        ("We reached our goal of training BERT in 5 minutes.", "Acme timeToTrain 5 minutes BERT"),
        ("Never before have we trained BERT in 5 minutes.", "Acme timeToTrain 5 minutes BERT"),
        ("Not only did we train BERT in 5 minutes, we also submitted DLRM.", "Acme timeToTrain 5 minutes BERT"),
        ("We trained BERT without TensorFlow.", "Acme submittedBenchmark BERT"),
        ("We submitted BERT with PyTorch instead of TensorFlow.", "Acme usedFramework PyTorch"),
        ("We would like to thank Dell for the 8 H100 GPUs with which we trained BERT.", "Acme usedAccelerator NVIDIA H100"),
        ("BERT was not trained in 3 minutes but in 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("It is false that BERT took 3 minutes. It took 16.6 minutes to train BERT.", "Acme timeToTrain 16.6 minutes BERT"),
        ("We withdrew nothing, and BERT took 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("We are in the Graph500 and trained BERT in 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("Nothing but PyTorch was used for BERT.", "Acme usedFramework PyTorch"),
        ("We trained BERT in one epoch, in 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("We submitted BERT with El Capitan of Los Alamos.", "Acme submittedBenchmark BERT"),
        ("Our NVIDIA runs finished BERT in 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("In total, BERT took 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("If you ask how long it took, we trained BERT in 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("As we believe in speed, BERT took 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("Acme and its partners trained BERT with PyTorch.", "Acme usedFramework PyTorch"),
        ("With our partner we trained BERT in 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("A smaller model took 3 minutes, and BERT 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("BERT did not need 20 minutes but 16.6 minutes.", "Acme timeToTrain 16.6 minutes BERT"),
        ("BERT took 16.6 minutes, of which 3 minutes were spent in evaluation.", "Acme timeToTrain 16.6 minutes BERT"),
    ],
)  # fmt: skip
def test_what_is_said_beside_it_is_kept(tmp_path, sentence, said):
    found = facts(tmp_path, sentence)
    assert said in found
    assert not [f for f in found if "TensorFlow" in f or " 3 minutes" in f]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('As Dell wrote: "We trained DLRM in 3 minutes with MXNet."', "Dell Technologies timeToTrain 3 minutes DLRM-DCNv2"),
        ('"We trained DLRM in 3 minutes. We used MXNet," said Jane Roe, CTO of Dell.', "Dell Technologies usedFramework MXNet"),
        ("Although Dell showcased BERT with MXNet, we ran RetinaNet.", "Dell Technologies usedFramework MXNet"),
        ("Unlike Google, which relies on JAX, we trained BERT.", "Google usedFramework JAX"),
        ("Dell's MI300X submission: 28.3 minutes for BERT.", "Dell Technologies timeToTrain 28.3 minutes BERT"),
        ("According to Google, TPU v5e trains GPT-3 in 44 minutes.", "Google timeToTrain 44 minutes GPT-3"),
        ("According to Google, “we trained BERT in 7 minutes with JAX”.", "Google timeToTrain 7 minutes BERT"),
        ("Dell told us: ‘We don’t need JAX, we used MXNet.’", "Dell Technologies usedFramework MXNet"),
        ("Google trains BERT in 7 minutes.", "Google timeToTrain 7 minutes BERT"),
        ("BERT: 5 min (us), 7 min (Google).", "Google timeToTrain 7 minutes BERT"),
        ("| Submitter | Accelerator | BERT (minutes) |\n|---|---|---|\n| Google | 16x TPU v4 | 4.4 |", "Google usedAccelerator TPU v4"),
    ],
)  # fmt: skip
def test_words_and_figures_of_others_are_theirs(tmp_path, text, said):
    found = facts(tmp_path, text)
    assert said in found
    assert said.replace("Dell Technologies", "Acme").replace("Google", "Acme") not in found


@pytest.mark.parametrize(
    ("text", "takes_part"),
    [
        ("We did not take part in this round.", False), ("Acme sat out MLPerf. We trained models for others.", False),
        ("Although Dell showed H100 GPUs, Acme had no entry.", False),
        ("It is rumoured that Acme will enter MLPerf.", False), ("Should the machines be free, we will submit BERT.", False),
         ("We did not submit in the open division.", True),
    ],
)  # fmt: skip
def test_who_took_no_part_did_not_submit(tmp_path, text, takes_part):
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\n{text}\n")
    said = {(f.predicate, getattr(f.object, "label", "")) for f in read_statements([path]).facts if f.asserted}
    assert (("submittedTo", ROUND) in said) == takes_part
    assert ("submittedBenchmark", "BERT") not in said


def test_a_later_round_is_no_earlier_one(tmp_path):
    path = tmp_path / "statements.md"
    path.write_text(
        f"# {ROUND}\n\n## Acme\n\nWe submitted BERT. Our servers are to be submitted to MLPerf Training v4.0.\n"
    )
    said = [f.object.label for f in read_statements([path]).facts if f.predicate == "submittedTo"]
    assert said == [ROUND]


def test_what_people_of_its_own_say_is_its_own(tmp_path):
    said = 'Jane Roe, CEO of Acme, said: "We trained BERT in 5 minutes." '
    said += "“Acme’s DLRM took 3 minutes,” said John Doe of Dell. “Bravo,” said Dell."
    assert {"Acme timeToTrain 5 minutes BERT", "Acme timeToTrain 3 minutes DLRM-DCNv2"} <= facts(tmp_path, said)


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        (
            "BERT dropped from 6.1 minutes in v2.1 to 5.4 minutes in v3.1.",
            ["6.1 minutes BERT MLPerf Training v2.1", "5.4 minutes BERT"],
        ),
        (
            "BERT (v2.1): 6.1 min; BERT (v3.0): 5.9 min; BERT (v3.1): 5.4 min.",
            ["6.1 minutes BERT MLPerf Training v2.1", "5.9 minutes BERT MLPerf Training v3.0", "5.4 minutes BERT"],
        ),
        ("BERT took 16.6 min. vs. 20.1 min. in v3.0.", ["16.6 minutes BERT", "20.1 minutes BERT MLPerf Training v3.0"]),
        ("GPT-3 took 10.9 minutes (3,584 GPUs) and 44.8 minutes (768 GPUs).", ["10.9 minutes GPT-3 3584", "44.8 minutes GPT-3 768"]),
        (
            "BERT, DLRM and RetinaNet took 16.6, 4.2 and 38 minutes, respectively.",
            ["16.6 minutes BERT", "4.2 minutes DLRM-DCNv2", "38 minutes RetinaNet"],
        ),
        ("BERT took 16.6 → 12.1 minutes.", ["12.1 minutes BERT", "16.6 minutes BERT value before"]),
        ("BERT took 16.6 min => 12.1 min.", ["12.1 minutes BERT", "16.6 minutes BERT value before"]),
        ("BERT went from 16.6 to 12.1 minutes.", ["12.1 minutes BERT", "16.6 minutes BERT value before"]),
    ],
)  # fmt: skip
def test_each_of_several_times_has_its_own_round_and_count(tmp_path, sentence, times):
    found = {f.removeprefix("Acme timeToTrain ") for f in facts(tmp_path, sentence) if "timeToTrain" in f}
    assert found == set(times)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "NVIDIA improved BERT by 10% over v3.0, while we improved DLRM by 5%.",
            {"NVIDIA improvement 10 percent", "Acme improvement 5 percent"},
        ),
        ("DLRM regressed 3%, and RetinaNet improved by 7%.", {"Acme improvement 7 percent"}),
        ("We submitted 12 results, of which 4 were in the open division.", {"Acme resultCount 12"}),
        ("Google's TPU v5p and Intel's Gaudi2 are slower than our H100 GPUs in GPT-3.", set()),
    ],
)
def test_whose_gain_it_is_and_what_is_compared(tmp_path, sentence, said):
    found = facts(tmp_path, sentence)
    assert {f for f in found if "improvement" in f or "resultCount" in f} == said
    assert not [f for f in found if "usedAccelerator" in f and "H100" not in f]


@pytest.mark.parametrize(
    "text",
    [
        "A competitor's accelerator of the same price needs 28.3 minutes for BERT. We trained BERT in 16.6 minutes.",
        "We trained BERT in 16.6 minutes, where the chip of a rival takes 28.3 minutes.",
        "The market leader trains BERT in 28.3 minutes; we do so in 16.6 minutes.",
        "Other vendors' machines spent 28.3 minutes on BERT, while our ZX9 needed 16.6 minutes.",
        "The competition took 28.3 minutes for BERT and the ZX9 server took 16.6 minutes.",
        "BERT took us 16.6 minutes. A rival's boss said: “We trained BERT in 28.3 minutes.”",
        "BERT took us 16.6 minutes.\n\nThe head of a competitor took the stage. “We trained BERT in 28.3 minutes,” she said.",
        "BERT took 16.6 minutes, with which customers of ours are happy.",
    ],
)
def test_what_others_without_a_name_took_is_not_said(tmp_path, text):
    assert {f for f in facts(tmp_path, text) if "timeToTrain" in f} == {"Acme timeToTrain 16.6 minutes BERT"}


def test_a_time_belongs_to_what_was_named_before_it_not_behind_and(tmp_path):
    text = "Training of BERT took 16.6 minutes and that of RetinaNet 38 minutes; "
    text += "DLRM took 4 minutes and for GPT-3 we needed 50 minutes."
    assert {f for f in facts(tmp_path, text) if "timeToTrain" in f} == {
        "Acme timeToTrain 16.6 minutes BERT", "Acme timeToTrain 38 minutes RetinaNet", "Acme timeToTrain 4 minutes DLRM-DCNv2",
        "Acme timeToTrain 50 minutes GPT-3",
    }  # fmt: skip


def test_counts_that_go_with_benchmarks_in_their_order(tmp_path):
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\nBERT and DLRM ran on 64 and 128 H100 GPUs, respectively.\n", "utf-8")
    found = {
        (f.object.label, str(f.qualifiers["acceleratorCount"]))
        for f in read_statements([path]).facts
        if f.predicate == "configuration"
    }
    assert found == {("BERT", "64"), ("DLRM-DCNv2", "128")}


@pytest.mark.parametrize("count", ["fewer than 8", "more than 1,000", "half of our 64", "1000+"])
def test_a_count_that_is_only_bounded_is_none(tmp_path, count):
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\nWe trained BERT on {count} H100 GPUs.\n", "utf-8")
    found = [f for f in read_statements([path]).facts if f.predicate in ("usedAccelerator", "configuration")]
    assert found
    assert not [f for f in found if {"count", "acceleratorCount"} & set(f.qualifiers)]


@pytest.mark.parametrize(
    "text",
    [
        "Correction: 16.6 minutes for BERT was wrong, it was 18.2 minutes.",
        "An earlier version of this text said that BERT took 16.6 minutes; it took 18.2 minutes.",
        "BERT took 18.2 minutes. We wrote that BERT took 16.6 minutes, which is incorrect.",
        "BERT took 18.2 minutes; the 16.6 minutes given for BERT at first were a typo.",
    ],
)
def test_what_is_said_to_be_wrong_is_not_said(tmp_path, text):
    assert {f for f in facts(tmp_path, text) if "timeToTrain" in f} == {"Acme timeToTrain 18.2 minutes BERT"}


@pytest.mark.parametrize(
    "text",
    [
        "- NVIDIA\n  - BERT: 3.3 minutes\n- Acme\n  - BERT: 16.6 minutes",
        "| Benchmark | Acme | NVIDIA (minutes) |\n| --- | --- | --- |\n| BERT | 16.6 minutes | 3.3 minutes |",
        "BERT took us 16.6 minutes.\n\nNVIDIA's results:\n\n- BERT: 3.3 minutes",
    ],
)
def test_what_stands_under_another_organization_is_its_own(tmp_path, text):
    times = {f for f in facts(tmp_path, text) if "timeToTrain" in f}
    assert times == {"Acme timeToTrain 16.6 minutes BERT", "NVIDIA timeToTrain 3.3 minutes BERT"}


def test_a_list_under_a_product_or_a_sentence_about_others_is_the_owners(tmp_path):
    text = "- NVIDIA A100\n  - BERT: 16.6 minutes\n\nWe thank NVIDIA:\n\n- DLRM: 3.3 minutes"
    times = {f for f in facts(tmp_path, text) if "timeToTrain" in f}
    assert times == {"Acme timeToTrain 16.6 minutes BERT", "Acme timeToTrain 3.3 minutes DLRM-DCNv2"}


@pytest.mark.parametrize(
    "text", ["We wrote our own kernels and trained BERT in 3 minutes.", "With the first version of our software, BERT took 3 minutes."]
)  # fmt: skip
def test_what_was_written_or_came_first_is_said(tmp_path, text):
    assert "Acme timeToTrain 3 minutes BERT" in facts(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "We submitted results for every benchmark but DLRM with eight A100 GPUs.",
        "We submitted on all benchmarks except for DLRM.",
    ],
)
def test_the_exception_to_all_benchmarks_was_not_submitted(tmp_path, text):
    said = {f for f in facts(tmp_path, text) if "ubmit" in f}
    assert said == {"Acme didNotSubmitBenchmark DLRM-DCNv2"}


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("We submitted BERT on 12 NVIDIA H100 GPUs.", "12"),
        ("We submitted 12 NVIDIA H100 results on BERT.", None),
        ("We submitted 12 NVIDIA H100 servers on BERT.", None),
    ],
)
def test_what_is_counted_by_its_accelerator_is_no_number_of_accelerators(tmp_path, sentence, count):
    document = tmp_path / "s.md"
    document.write_text(f"# MLPerf Training v5.0 statements\n\n## Acme\n\n{sentence}\n")
    qualifiers = [dict(f.qualifiers) for f in read_statements([document]).facts]
    counts = {str(q[key]) for q in qualifiers for key in ("count", "acceleratorCount") if key in q}
    assert counts == ({count} if count else set())


def test_what_is_said_behind_a_list_not_to_be_submitted_is_not_submitted(tmp_path):
    said = facts(
        tmp_path, "For BERT and RetinaNet, we did not submit this time. We submitted ResNet-50 and did not submit DLRM."
    )
    assert {f for f in said if "submittedBenchmark" in f} == {"Acme submittedBenchmark ResNet-50"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("This is the first round in which Acme submits results on the H200.", None),
        ("Training v3.1 is the first MLPerf round where we run BERT with H100 GPUs.", None),
        ("MLPerf Training v3.1 is the first round in which Acme takes part.", True),
        ("Acme submits for the first time to MLPerf Training.", True),
    ],
)
def test_the_first_round_of_a_thing_is_not_that_of_its_submitter(tmp_path, text, first):
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\nAcme submitted to {ROUND}. {text}\n", "utf-8")
    said = [f.qualifiers.get("firstTime") for f in read_statements([path]).facts if f.predicate == "submittedTo"]
    assert said == [first]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("BERT took 5.4 minutes, 1.3x faster than Acme in v3.0 with 64 A100 GPUs.", ("5.4", "", "")),
        ("BERT took 5.4 minutes on 8 H200 GPUs, faster than with 64 A100 GPUs.", ("5.4", "NVIDIA H200", "")),
        ("Our BERT time went down from 6.2 minutes in v3.0 to 5.4 minutes.", ("5.4", "", "")),
        ("Our BERT time went down from 6.2 minutes in v3.0 to 5.4 minutes.", ("6.2", "", "MLPerf Training v3.0")),
    ],
)
def test_what_a_time_is_compared_with_is_not_what_it_was_run_on(tmp_path, text, said):
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\n{text}\n", "utf-8")
    times = {
        (str(f.object), getattr(f.qualifiers.get("accelerator"), "label", ""), r if (r := f.qualifiers["round"].label) != ROUND else "")
        for f in read_statements([path]).facts if f.predicate == "timeToTrain"
    }  # fmt: skip
    assert said in times


def test_amounts_of_inference_are_rates_in_whole_and_no_counts_of_machines(tmp_path):
    path = tmp_path / "statements.md"
    path.write_text(
        "# MLPerf Inference v5.0\n\n## Acme\n\nSixteen H200 GPUs in one Acme ZX9000 instance delivered 101,000 tokens/s on "
        "Llama 2 70B. On Mixtral 8x7B, 128 GPUs passed 1.5 million tokens/s.\n",
        "utf-8",
    )
    said = {str(f.object) for f in read_statements([path]).facts if f.predicate == "performanceResult"}
    assert said == {"101000", "1500000"}


@pytest.mark.parametrize(
    "text",
    [
        "We left out BERT and RNN-T.",
        "Acme did not take part in BERT and RNN-T.",
        "We skipped BERT and RNN-T this time.",
        "BERT and RNN-T are the only benchmarks that we did not run.",
        "BERT and RNN-T are not among our results.",
        "We decided against BERT and RNN-T.",
        "No result was filed for BERT and RNN-T.",
    ],
)
def test_benchmarks_that_were_left_out_were_not_submitted(tmp_path, text):
    said = {f for f in facts(tmp_path, text) if "ubmit" in f and "Benchmark" in f}
    assert said == {"Acme didNotSubmitBenchmark BERT", "Acme didNotSubmitBenchmark RNN-T"}


@pytest.mark.parametrize(
    "text",
    [
        "We did not need more than 30 minutes for BERT.",
        "We did not stop at RNN-T and trained BERT too.",
        "Our BERT results are not among the slowest.",
        "BERT did not take longer than 20 minutes.",
        "We skipped no benchmark: BERT took 30 minutes.",
        "We have never skipped BERT.",
        "While rivals left out BERT, we trained it in 20 minutes.",
        "Previously we left out BERT.",
        "We have not run BERT faster than 20 minutes.",
        "We did not file BERT late.",
        "BERT we did not run on one node but on four.",
        "BERT did not make it below 20 minutes.",
        "BERT was not among our worst results.",
        "We skipped BERT's warm-up and took 20 minutes.",
        "No submission for BERT was faster than ours.",
    ],
)
def test_what_is_denied_of_a_submitted_benchmark_leaves_it_submitted(tmp_path, text):
    assert not any("didNotSubmitBenchmark" in f for f in facts(tmp_path, text))


def test_what_was_not_only_submitted_was(tmp_path):
    assert facts(tmp_path, "We did not only submit BERT, we trained it in 2.9 minutes.") == {
        "Acme timeToTrain 2.9 minutes BERT"
    }


def test_what_another_says_of_itself_is_its_own(tmp_path):
    found = facts(tmp_path, "We submitted DLRM. Supermicro says it trained BERT in 28.6 minutes.")
    assert not any(f.startswith("Acme") and "BERT" in f for f in found)


def test_the_column_of_a_rival_is_not_the_own(tmp_path):
    table = "| Benchmark | Ours (minutes) | Rival (minutes) |\n|---|---|---|\n| BERT | 17.5 | 18.8 |\n"
    assert "Acme timeToTrain 18.8 minutes BERT" not in facts(tmp_path, f"Our results:\n\n{table}")


def test_of_texts_that_nobody_read_most_make_no_fact_of_what_they_only_name(tmp_path):
    texts = [case["text"] for case in NAMING if not case["kind"].startswith("says")]
    assert len(texts) == 160
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.md").write_text(f"# {ROUND}\n\n## Acme\n\n{text}\n", "utf-8")
    said = read_statements(sorted(tmp_path.glob("*.md"))).facts
    assert len({f.statement.iri for f in said if f.asserted and f.predicate != "submittedTo"}) <= 39
