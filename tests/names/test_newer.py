"""What is newer than the vocabulary is understood by the form of what it has, and by what was filed."""

import pytest

from kg.model.entity import Entity
from kg.names.lexicon import Lexicon
from kg.names.newer import NewName, bare, new_concepts, newer_model
from kg.names.vocabulary import Vocabulary, load_vocabulary
from kg.namespaces import iri

VOCABULARY = load_vocabulary()
ROUND = VOCABULARY.round_labelled("MLPerf Training v9.0")


def known(name):
    return next(c.entity for c in VOCABULARY.of_kind("Accelerator") if name in c.names)


@pytest.mark.parametrize(
    ("family", "rest", "label"),
    [
        ("Google TPU", " v9x chips", "Google TPU v9x"),
        ("Gaudi", "® 5 accelerators", "Gaudi 5"),
        ("AMD Instinct", " MI999X GPUs", "AMD Instinct MI999X"),
        ("Gaudi", " 16 accelerators", None),  # a count
        ("Google TPU", " pods of 2026", None),
        ("NVIDIA H100", "-SXM7", None),
        ("NVIDIA H100", " 120GB", None),
        ("NVIDIA A100", " 8 GPUs", None),
        ("IPU", "-POD512", None),
    ],
)
def test_a_number_after_a_known_name_makes_a_newer_model_where_others_have_such_numbers(family, rest, label):
    made = newer_model(VOCABULARY, known(family), rest)
    assert (made and (made[0].label, made[0].known)) == (label and (label, False))


def test_texts_name_newer_models_of_known_families():
    found = Lexicon(VOCABULARY, ROUND).find("With 64 TPU v9x chips, and on Gaudi3, BERT was trained.")
    assert [(m.text, m.entity.label) for m in found if m.kind == "Accelerator"] == [
        ("TPU v9x", "Google TPU v9x"), ("Gaudi3", "Gaudi3")
    ]  # fmt: skip


def test_what_was_filed_becomes_a_concept_with_the_names_that_texts_use():
    chip = Entity(iri("accelerator", "X700"), "Xyzzy X700", "Accelerator", False)
    wafer = Entity(iri("accelerator", "zorb Wafer 2"), "zorb Wafer 2", "Accelerator", False)
    model = Entity(iri("benchmark", "wonder_40b"), "wonder_40b", "Benchmark", False)
    word = Entity(iri("benchmark", "wonder"), "wonder", "Benchmark", False)
    tpu = Entity(iri("accelerator", "Google TPU v9x"), "Google TPU v9x", "Accelerator", False)
    concepts = new_concepts(
        [
            NewName(chip, "NVIDIA Xyzzy GPU (X700-SXM-512GB)", "Acme", ROUND.iri),
            NewName(wafer, "zorb Wafer 2", "zorb", ROUND.iri),
            NewName(model, "wonder_40b", "Acme", ROUND.iri),
            NewName(word, "wonder", "Acme", ROUND.iri),
            NewName(tpu, "TPU-v9x", "Google", ROUND.iri),
        ],
        VOCABULARY,
    )
    named = {c.entity.label: set(c.names) for c in concepts}
    assert {"X700", "NVIDIA X700", "Xyzzy X700", "NVIDIA Xyzzy X700"} <= named["Xyzzy X700"]
    assert "Wafer 2" in named["zorb Wafer 2"]
    assert [c.broader for c in concepts if c.entity == tpu] == [(known("Google TPU").iri,)]
    extended = Vocabulary([*VOCABULARY.values(), *concepts])
    found = Lexicon(extended, ROUND).find("Eight X700 GPUs trained Wonder 40B, no wonder.")
    assert [m.entity.label for m in found] == ["Xyzzy X700", "wonder_40b"]
    assert model.iri in extended.benchmarks_of(ROUND)


@pytest.mark.parametrize(
    ("name", "said"), [("X700-SXM-512GB", "X700"), ("Jaguar 4 AI", "Jaguar 4"), ("RTX 2000E Ada", "RTX 2000E Ada")]
)
def test_a_chip_is_named_without_how_it_is_built(name, said):
    assert bare(name) == said
