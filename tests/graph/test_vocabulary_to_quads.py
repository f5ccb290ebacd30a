from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import VocabularyError
from kg.graph import new_concepts_to_quads, new_rounds_to_quads, vocabulary_to_quads
from kg.model.entity import Entity
from kg.names.vocabulary import Concept, Vocabulary, load_vocabulary
from kg.namespaces import RDFS_LABEL
from kg.resources import folder
from kg.store import Graph
from kg.validate import validate

HEAD = (
    "@prefix mlp: <https://w3id.org/mlperf-kg/ontology#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<x:a> a mlp:Software, skos:Concept . <x:b> a mlp:Software, skos:Concept .\n"
)
SHIPPED = sorted((folder("ontology") / "vocabulary").glob("*.ttl"))


def test_the_shipped_vocabularies_conform() -> None:
    report = validate(vocabulary_to_quads(SHIPPED))
    assert report.conforms, report.to_text()


def test_labels_are_added_and_order_does_not_matter(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(HEAD + '<x:a> skos:prefLabel "A"@de, "A (en)"@en, "Plain" .')
    two.write_text(HEAD + '<x:a> skos:altLabel "Alpha" . <x:b> skos:prefLabel "B"@en .')
    quads = vocabulary_to_quads([one, two])
    assert quads == vocabulary_to_quads([two, one, two])
    labels = {q.subject.value: q.object for q in quads if q.predicate.value == RDFS_LABEL}
    assert labels == {"x:a": ox.Literal("Plain"), "x:b": ox.Literal("B")}
    assert {q.graph_name for q in quads} == {ox.DefaultGraph()}


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"<x:a> <x:b> .", r"own\.ttl"), (b"<x:a> <x:b> [] .", "blank node"), (b"\xff", r"own\.ttl")],
)
def test_a_file_that_is_no_vocabulary(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "own.ttl"
    path.write_bytes(content)
    with pytest.raises(VocabularyError, match=message):
        vocabulary_to_quads([path])


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"none\.ttl"):
        vocabulary_to_quads([tmp_path / "none.ttl"])


def test_new_rounds_are_described_as_those_of_the_vocabulary() -> None:
    vocabulary = load_vocabulary()
    without = Vocabulary(c for c in vocabulary.values() if c.entity.label != "MLPerf Training v5.1")
    (known,) = (c.entity for c in vocabulary.of_kind("Round") if c.entity.label == "MLPerf Training v5.1")
    made = set(new_rounds_to_quads([known, known], without))
    shipped = {q for q in vocabulary_to_quads(SHIPPED) if q.subject == ox.NamedNode(known.iri)}
    assert {q.object.value for q in made} <= {q.object.value for q in shipped}
    ordering = ("roundOrder", "previousRound", "shortName")
    assert {q for q in made if q.predicate.value.endswith(ordering)} == {
        q for q in shipped if q.predicate.value.endswith(ordering)
    }
    assert new_rounds_to_quads([known], vocabulary) == []
    assert validate([*made, *vocabulary_to_quads(SHIPPED)]).conforms


def test_new_concepts_are_told_by_their_other_names() -> None:
    chip = Entity("x:xyzzy", "Xyzzy", "Accelerator", False)
    for names, other in ((("NVIDIA Xyzzy",), {"NVIDIA Xyzzy"}), (("Xyzzy", "Acme Xyzzy"), {"Acme Xyzzy"})):
        made = new_concepts_to_quads([Concept(chip, names, broader=("x:family",))])
        assert {q.object.value for q in made if q.predicate.value.endswith("altLabel")} == other
        assert [q.object.value for q in made if q.predicate.value.endswith("broader")] == ["x:family"]


def test_accelerators_of_the_record_have_vendor_and_memory(graph: Graph) -> None:
    def without(name: str) -> set[str]:
        found = graph.query(
            "SELECT DISTINCT ?name { GRAPH ?table { ?result a mlp:Result ; mlp:accelerator ?chip } "
            f"?chip rdfs:label ?name FILTER NOT EXISTS {{ ?chip mlp:{name} ?any }} }}"
        )
        assert isinstance(found, ox.QuerySolutions)
        return {label.value for (label,) in found}

    assert without("developedBy") == set()
    # made in several sizes, or with memory of which only a part is in the chip
    assert without("memoryGB") == {
        "Google TPU", "Graphcore Bow IPU", "Graphcore IPU (second generation)", "NVIDIA A100", "NVIDIA GB300",
        "NVIDIA H100 PCIe", "NVIDIA V100",
    }  # fmt: skip
