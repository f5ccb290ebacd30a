"""The mentions of a statement: names of the vocabulary, and what evidence speaks for."""

from itertools import pairwise

import pytest

from kg.model.statement import Entity
from kg.names.filed import Filed, FiledName
from kg.names.finder import Finder, new_system, same_system
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
ROUND = VOCABULARY.rounds["MLPerf Training v2.0"]
FINDER = Finder(Lexicon(VOCABULARY, ROUND))
OWNER = Entity("https://w3id.org/mlperf-kg/id/organization/acme", "Acme", "Organization", known=False)


def found(view, kind):
    return [m.text for m in FINDER.find([view], OWNER)[0] if m.kind == kind]


@pytest.mark.parametrize(
    ("view", "systems"),
    [
        ("Our ZX9-48GP server finished first.", ["ZX9-48GP"]),
        ("It ran on the Orbital 7300 Gen 10+ system.", ["Orbital 7300 Gen 10+"]),
        ("The Orbital QX88 and the QX90 were submitted.", ["Orbital QX88", "QX90"]),
        ("We built TPU v4 Pods for it.", ["TPU v4 Pods"]),
        ("The system Zephyr-7 holds them all.", ["Zephyr-7"]),
        ("Our Orbital QX88-based servers ran it.", ["Orbital QX88"]),
    ],
)
def test_systems_are_known_by_how_they_are_written(view, systems):
    assert found(view, "System") == systems


@pytest.mark.parametrize(
    "view",
    [
        "It has 512GB of DDR4-3200 and a 2x 200Gb link.",
        "In MLPerf Training v2.0 we took part in 2022.",
        "Nodes are connected by QM8790 InfiniBand switches.",
        "They use PCIe Gen4 and HBM2e with FP16 and BF16.",
        "GPT-3 and YOLOv5 were not trained, COVID-19 was.",
        "About 1600 people work on 3D models.",
    ],
)
def test_what_only_looks_like_a_model_is_no_system(view):
    assert found(view, "System") == []


def test_an_accelerator_inside_the_shape_of_a_cloud_belongs_to_the_shape():
    view = "The BM.GPU.A100.8 shape was measured."
    assert found(view, "System") == ["BM.GPU.A100.8"]
    assert found(view, "Accelerator") == []


def test_the_name_of_a_system_never_overlaps_another_mention():
    mentions = FINDER.find(["The NDm A100 v4 series ran BERT with 8 A100 80GB GPUs."], OWNER)[0]
    assert [m.kind for m in mentions] == ["System", "Benchmark", "Accelerator"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(("view", "count"), [("We love open source.", 0), ("We submitted to the open division.", 1)])
def test_an_everyday_word_is_no_division(view, count):
    assert len(found(view, "Division")) == count


def test_a_disk_is_no_benchmark():
    assert found("Each node has two 3.84TB NVMe SSD drives.", "Benchmark") == []
    assert found("We ran SSD and BERT.", "Benchmark") == ["SSD", "BERT"]
    assert found("With the data on an SSD, BERT took longer.", "Benchmark") == ["BERT"]
    assert found("BERT took 36 minutes with an HDD, and 34 with the SSD.", "Benchmark") == ["BERT"]
    assert found("We have an SSD result and one of BERT.", "Benchmark") == ["SSD", "BERT"]


@pytest.mark.parametrize(
    ("view", "count"),
    [
        ("Bert, our cook, makes the soup.", 0), ("Bert Miller, who leads the team, was glad.", 0), ("We thank our colleague Bert.", 0),
        ("Bert says it ran.", 0), ("Bert, our largest benchmark, ran.", 1), ("BERT, our pride, ran.", 1), ("We trained Bert.", 1),
    ],
)  # fmt: skip
def test_a_person_is_no_benchmark(view, count):
    assert len(found(view, "Benchmark")) == count


@pytest.mark.parametrize(
    "view",
    [
        "It boots from an SSD.",
        "A 2U box with local SSD and DDR5.",
        "An ssd-backed cache feeds it.",
        "Four SSDs hold the data.",
    ],
)
def test_a_name_that_a_part_has_too_is_a_benchmark_where_benchmarks_are_spoken_of(view):
    assert found(view, "Benchmark") == []
    assert found(view + " The SSD benchmark took 9 minutes.", "Benchmark") == ["SSD"]


def test_transformer_is_a_benchmark_of_its_rounds():
    finder = Finder(Lexicon(VOCABULARY, VOCABULARY.rounds["MLPerf Training v0.7"]))
    views = [
        "We ran Transformer and GNMT.",
        "It needs a large transformer-based model.",
        "The Transformer library is free.",
    ]
    texts = [[m.text for m in listed if m.kind == "Benchmark"] for listed in finder.find(views, OWNER)]
    assert texts == [["Transformer", "GNMT"], [], []]


def test_a_count_is_no_part_of_a_name():
    assert found("Eight ZX9680 servers and Sixteen Orbital QX88 nodes ran it.", "System") == ["ZX9680", "Orbital QX88"]


def test_the_generation_of_a_processor_may_be_in_words():
    listed = FINDER.find(["It is based on a third-generation Intel Xeon Scalable processor."], OWNER)[0]
    assert [m.entities[0].label for m in listed if m.kind == "Processor"] == ["3rd Gen Intel Xeon Scalable"]


def test_the_version_of_a_framework_is_no_round():
    assert found("We trained with PyTorch v1.1 on it.", "Round") == []
    assert found("Our 1.1 submission was slower.", "Round") == ["1.1"]


def test_a_new_system_is_the_one_of_its_organization():
    system = new_system(OWNER, "Acme  ZX9")
    assert (system.label, system.iri) == ("Acme ZX9", "https://w3id.org/mlperf-kg/id/system/acme-zx9")
    assert new_system(OWNER, "ZX9").iri == system.iri


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Orbital ZX9-48", "ZX9-48", True),
        ("ZX9 48", "zx9-48", True),
        ("ZX9480", "ZX94801", False),
        ("QX88", "QX90", False),
    ],
)
def test_a_name_in_full_and_in_short(a, b, same):
    assert same_system(a, b) is same
    assert same_system(b, a) is same


def test_an_organization_that_no_vocabulary_knows_is_found_by_its_name():
    assert found("Today Acme is here; Acmetron is not.", "Organization") == ["Acme"]
    assert found("NVIDIA and Acme ran BERT.", "Organization") == ["NVIDIA", "Acme"]


def test_an_organization_is_named_without_its_legal_form():
    owner = Entity(
        "https://w3id.org/mlperf-kg/id/organization/acme-labs", "Acme Labs, Inc.", "Organization", known=False
    )
    mentions = FINDER.find(["Acme Labs is new; we at Acme Labs, Inc. ran BERT."], owner)[0]
    assert [m.text for m in mentions if m.entities == (owner,)] == ["Acme Labs", "Acme Labs"]


@pytest.mark.parametrize(
    "address", ["www.nvidia.com/ai", "press@intel.com", "https://example.com/nvidia", "docs.mlcommons.org"]
)
def test_an_address_names_no_organization(address):
    assert found(f"More is told at {address} for all.", "Organization") == []
    assert found(f"NVIDIA ({address}) was here.", "Organization") == ["NVIDIA"]


def test_a_part_of_an_organization_is_the_organization():
    mentions = FINDER.find(["The Acme Innovation Lab and the NVIDIA Research Center ran BERT."], OWNER)[0]
    named = [(m.text, m.entities[0].label) for m in mentions if m.kind == "Organization"]
    assert named == [("Acme Innovation Lab", "Acme"), ("NVIDIA Research Center", "NVIDIA")]
    assert found("NVIDIA Intel AMD", "Organization") == ["NVIDIA", "Intel", "AMD"]


FILED = Filed([FiledName("MLPerf Training v2.0", "Acme", "System", "QX70x8A100-SXM")])


def test_a_mention_says_what_it_was_accepted_by():
    finder = Finder(Lexicon(VOCABULARY, ROUND), FILED, FILED)
    views = ["Acme submitted BERT on the Orbital QX70 server.", "The Orbital QX70 has eight A100 GPUs."]
    accepted = {(m.text, m.accepted_by) for mentions in finder.find(views, OWNER) for m in mentions}
    assert {("Acme", "owner"), ("BERT", "vocabulary"), ("A100", "vocabulary"), ("Orbital QX70", "record")} <= accepted


def test_a_maker_before_a_product_belongs_to_its_name():
    assert found("We ran BERT on the Acme ZX9-48GP server.", "System") == ["Acme ZX9-48GP"]
    assert found("We ran BERT on the Acme ZX9-48GP server.", "Organization") == []
