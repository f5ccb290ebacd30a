"""What is said of systems and chips, and other quantities: sentences that give one, and sentences that must not."""

import pytest

from kg.build import read_statements


def facts(tmp_path, sentence):
    path = tmp_path / "statements.md"
    path.write_text(f"# MLPerf Inference v3.1\n\n## Acme Systems\n\n{sentence}\n", "utf-8")
    return [
        (f.predicate, f.subject.label, str(f.object))
        for f in read_statements([path]).facts
        if f.predicate.endswith("Attribute") and not f.doubt
    ]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("We submitted on the AC-9300, which has 2 TB of DDR5 memory and 8 NVIDIA H100 GPUs.", ("AC-9300", "2 TB of DDR5 memory")),
        ("Our submission used the AC-9300. It is a 4U server with eight NVIDIA H100 GPUs.", ("AC-9300", "4U")),
        ("We submitted results on the AC-9300, a server with liquid cooling and NVIDIA H100 GPUs.", ("AC-9300", "liquid cooling")),
        ("We submitted on the AC-9300 with 4 x 3.84TB NVMe SSDs and NVIDIA L40S GPUs.", ("AC-9300", "4 x 3.84TB NVMe SSDs")),
        ("Results were submitted on the AC-9300 with eight NVIDIA A100 (80 GB) GPUs.", ("NVIDIA A100 80GB", "80GB")),
        ("We submitted on the AC-9300. It supports more than 12 PCIe devices in 4U.", ("AC-9300", "more than 12 PCIe devices")),
        ("Our submission is the AC-9300 that delivers 2 exaflop/s of peak performance.", ("AC-9300", "2 exaflop/s peak performance")),
        ("The AC-9300 of our submission runs at temperatures between -10℃~45℃.", ("AC-9300", "operating temperature -10℃~45℃")),
    ],
)  # fmt: skip
def test_an_attribute_is_said_of_its_system_or_chip(tmp_path, sentence, fact):
    assert fact in [f[1:] for f in facts(tmp_path, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We ran BERT, a model of 1.3 GB, on the AC-9300.",
        "The AC-9300 took part. Elsewhere in the hall, rivals showed racks with liquid cooling.",
        "The data set of DLRM takes 1 TB, and the AC-9300 was used for it.",
        "We submitted ResNet-50 on NVIDIA H100 80GB GPUs.",
        "We submitted on the AC-9300, which is designed for training of large models.",
    ],
)
def test_an_amount_or_word_of_something_else_is_none(tmp_path, sentence):
    assert facts(tmp_path, sentence) == []


def test_an_attribute_after_a_semicolon_is_not_that_of_the_chip_before_it(tmp_path):
    sentence = "The NVIDIA H200 is made in a 4nm process, where the NVIDIA A100 is made in 7nm; the NVIDIA H200 has 141 GB of HBM3E."
    whose = {subject for _, subject, words in facts(tmp_path, sentence) if words.startswith("141 GB")}
    assert whose == {"NVIDIA H200"}


def test_of_two_systems_an_attribute_is_said_of_the_one_beside_it_unless_it_is_about_as_sure_of_both(tmp_path):
    sentence = "Acme submitted the AC-9300, a 4U liquid-cooled system, and the AC-9400, an 8U air-cooled server with H100 GPUs."
    cooled = {(system, words) for _, system, words in facts(tmp_path, sentence) if "cooled" in words}
    assert cooled == {("AC-9300", "liquid-cooled"), ("AC-9400", "air-cooled")}
    both = facts(tmp_path, "We submitted on the AC-9300 and the AC-9400. Both are 4U servers with NVIDIA H100 GPUs.")
    assert {system for _, system, words in both if words.startswith("4U")} == {"AC-9300", "AC-9400"}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("On ResNet-50 the AC-9300 reached 212 FPS/W in our submission.", ("performanceResult", "Acme Systems", "212", "fps/w")),
        ("We ran BERT on the AC-9300, a low and cool server developed by NVIDIA.", ("developedBy", "AC-9300", "NVIDIA", None)),
        ("We ran BERT with the Poplar stack from Graphcore.", ("developedBy", "Poplar", "Graphcore", None)),
    ],
)  # fmt: skip
def test_rates_per_watt_and_makers_some_words_after_a_name(tmp_path, sentence, said):
    path = tmp_path / "statements.md"
    path.write_text(f"# MLPerf Inference v3.1\n\n## Acme Systems\n\n{sentence}\n", "utf-8")
    found = read_statements([path]).facts
    assert said in [
        (f.predicate, f.subject.label, getattr(f.object, "label", str(f.object)), f.qualifiers.get("unit"))
        for f in found
    ]


def said(tmp_path, sentence):
    path = tmp_path / "statements.md"
    path.write_text(f"# MLPerf Inference v3.1\n\n## Acme Systems\n\n{sentence}\n", "utf-8")
    found = [f for f in read_statements([path]).facts if not f.doubt]
    return [(f.predicate, f.subject.label, getattr(f.object, "label", str(f.object)), f) for f in found]


@pytest.mark.parametrize(
    ("sentence", "chips"),
    [
        ("We submitted on the AC-9300. It takes 4 double width GPUs.", {"double width GPU": ("count", 4)}),
        (
            "The AC-9300 of our submission holds up to six dual-width or twelve single-width accelerators.",
            {"dual-width accelerator": ("maxCount", 6), "single-width accelerator": ("maxCount", 12)},
        ),
        ("We submitted on the AC-9300, which has two 48-core CPUs.", {"48-core CPU": ("count", 2)}),
        ("We submitted on the AC-9300 and on four different GPUs.", {}),
        ("Our AC-9300 shares the hall with two dual-CPU servers.", {}),
    ],
)
def test_chips_without_a_name_are_told_by_their_kind(tmp_path, sentence, chips):
    found = {
        name: (key, int(f.qualifiers[key]))
        for predicate, subject, name, f in said(tmp_path, sentence)
        for key in ("count", "maxCount")
        if predicate in ("hasAccelerator", "hasProcessor") and subject == "AC-9300" and key in f.qualifiers
    }
    assert found == chips


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("In May, we launched the new AC-9300 server and AC-9400 platforms.", ("released", "AC-9400", "May")),
        ("For BERT, we propose FlashAttention, which reads less.", ("developedBy", "FlashAttention", "Acme Systems")),
        ("Our AC-9300 is energy efficient with 3x the throughput per watt of its forerunner.", ("improvement", "Acme Systems", "3")),
        ("Our submission on the AC-9300 ran ResNet-50 while consuming only 412 Watts.", ("quantity", "Acme Systems", "412")),
    ],
)  # fmt: skip
def test_lists_of_products_and_what_words_alone_make_sure(tmp_path, sentence, fact):
    assert fact in [f[:3] for f in said(tmp_path, sentence)]


@pytest.mark.parametrize(
    ("sentence", "unsaid"),
    [
        ("We ran BERT in Acme Systems' Ubuntu image.", "developedBy"),
        ("We submitted on the AC-9300. The next server will draw 2 kW.", "quantity"),
    ],
)
def test_use_is_no_making_and_what_will_be_is_no_figure(tmp_path, sentence, unsaid):
    assert unsaid not in [f[0] for f in said(tmp_path, sentence)]


def test_what_is_called_ours_or_of_our_generation_is_made_by_us(tmp_path):
    path = tmp_path / "statements.md"
    text = "We used Graphcore's third generation Bow IPU and our Poplar SDK. Our TensorFlow port was not used."
    path.write_text(f"# MLPerf Training v2.1\n\n## Graphcore\n\n{text}\n", "utf-8")
    made = {(f.subject.label, f.object.label) for f in read_statements([path]).facts if f.predicate == "developedBy"}
    assert made == {("Graphcore Bow IPU", "Graphcore"), ("Poplar", "Graphcore")}
