import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import VocabularyError
from kg.model.statement import Entity, Kind
from kg.names.fold import fold
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import Concept, Vocabulary, load_vocabulary
from kg.namespaces import iri


def concept(kind: Kind, label: str, *names: str, tasks=(), rounds=()) -> Concept:
    entity = Entity(iri(kind.lower(), label), label, kind)
    return Concept(entity, (label, *names), tasks=tasks, rounds=tuple(iri("round", r) for r in rounds))


VOCABULARY = Vocabulary(
    [
        concept("Accelerator", "NVIDIA A100", "A100"),
        concept("Accelerator", "NVIDIA A100 80GB", "A100 80GB"),
        concept("Accelerator", "NVIDIA A10", "A10"),
        concept("Benchmark", "SSD", rounds=["Training v1.1"], tasks=("object detection",)),
        concept("Benchmark", "RetinaNet", "SSD", rounds=["Training v2.0"], tasks=("object detection",)),
        concept("Benchmark", "Mask R-CNN", rounds=["Training v1.1", "Training v2.0"], tasks=("object detection",)),
        concept("Framework", "PyTorch"),
    ]
)
V20 = Entity(iri("round", "Training v2.0"), "MLPerf Training v2.0", "Round")
V11 = Entity(iri("round", "Training v1.1"), "MLPerf Training v1.1", "Round")


def found(text, round=V20):
    return [(m.text, [e.label for e in m.entities]) for m in Lexicon(VOCABULARY, round).find(text)]


def test_the_longest_name_at_the_leftmost_place():
    assert found("on A100 80GB and A100") == [("A100 80GB", ["NVIDIA A100 80GB"]), ("A100", ["NVIDIA A100"])]


@pytest.mark.parametrize("text", ["a100-80gb", "A100 80 GB", "A100_80GB", "A100 (80GB)", "NVIDIA® A100™ 80GB"])
def test_spelling_does_not_matter(text):
    assert [labels for _, labels in found(text)] == [["NVIDIA A100 80GB"]]


@pytest.mark.parametrize("text", ["A1000", "XA100", "A100B", "data 1000", "PyTorchVision", "on a 100 node"])
def test_names_inside_words_are_not_found(text):
    assert found(text) == []


def test_plural_and_sentence_ends():
    assert found("four A100s.") == [("A100s", ["NVIDIA A100"])]
    assert found("PyTorch. A100") == [("PyTorch", ["PyTorch"]), ("A100", ["NVIDIA A100"])]


def test_a_name_means_what_its_round_uses():
    assert found("SSD", V20) == [("SSD", ["RetinaNet"])]
    assert found("SSD", V11) == [("SSD", ["SSD"])]


def test_a_task_of_several_benchmarks_stays_open():
    (mention,) = Lexicon(VOCABULARY, V20).find("object detection")
    assert mention.task
    assert mention.entity is None
    assert {e.label for e in mention.entities} == {"RetinaNet", "Mask R-CNN"}


def test_link_takes_whole_names_only():
    lexicon = Lexicon(VOCABULARY, V20)
    assert lexicon.link("a100-80gb").label == "NVIDIA A100 80GB"
    assert lexicon.link("A100 80GB or so") is None
    assert lexicon.link("PyTorch", ("Benchmark",)) is None


@given(st.text(max_size=120))
def test_mentions_are_stretches_of_the_text_in_order(text):
    last = 0
    for mention in Lexicon(VOCABULARY, V20).find(text):
        assert mention.span.start >= last
        assert text[mention.span.start : mention.span.end] == mention.text
        last = mention.span.end


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_round_newer_than_the_vocabulary_has_its_names_and_the_benchmarks_of_the_round_before():
    known = [Concept(V11, (V11.label,)), Concept(V20, (V20.label,)), *VOCABULARY.values()]
    new = Vocabulary(known).round_labelled("MLPerf Training v2.1")
    assert not new.known
    mentions = Lexicon(Vocabulary(known), new).find("SSD in v2.1, after MLPerf 2.0")
    assert [(m.text, m.entities[0].label) for m in mentions] == [
        ("SSD", "RetinaNet"), ("v2.1", "MLPerf Training v2.1"), ("MLPerf 2.0", "MLPerf Training v2.0"),
    ]  # fmt: skip


def test_a_name_without_end_is_refused(tmp_path):
    path = tmp_path / "v.ttl"
    path.write_text(f'<x:a> <x:b> "{"a" * 17_000_000}" .')
    with pytest.raises(VocabularyError, match=r"v\.ttl: cannot be read"):
        load_vocabulary([path])
