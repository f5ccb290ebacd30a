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
