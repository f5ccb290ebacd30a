"""Names of a graph's entities, and what they stand for."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, UnknownName
from kg.model.entity import Entity
from kg.names.entities import NAMES_FILE, Names, names, resolve
from kg.names.fold import fold
from kg.namespaces import ID
from kg.query import bound
from kg.rdf.terms import LABEL, TYPE, mlp
from kg.store import memory_graph

HERE = Path(__file__).parents[1] / "queries"


@pytest.mark.parametrize(
    "name",
    [
        "NVIDIA A100 80GB", "A100 80GB", "a100-80gb", "A100‑80 GB", "A100-80G", "A100® 80GB™", "A100 80GB GPUs",
        "the A100 80GB accelerator", "id:accelerator/nvidia-a100-80gb", ID + "accelerator/nvidia-a100-80gb",
        f"<{ID}accelerator/nvidia-a100-80gb>", "nvidia-a100-80gb", "NVIDIA A100-80G",
    ],
)  # fmt: skip
def test_names_of_an_accelerator(small, name):
    assert resolve(small, name, "Accelerator").label == "NVIDIA A100 80GB"
    assert [e.label for e in names(small).find(name)] == ["NVIDIA A100 80GB"]


def test_digits_and_makers_are_not_guessed(small):
    for name in ("H200", "A100 81GB", "Intel A100", "A 10080 GBx", "Graphcore A100"):
        assert names(small).find(name, "Accelerator") == [], name


def test_a_number_of_a_model_is_its_name_where_no_other_has_it():
    graph = memory_graph([
        quad
        for name, label in (("a", "BrightBox QX8545"), ("b", "Acme 7763"), ("c", "Other 7763"), ("e", "Slow Box"))
        for quad in described(name, label)
    ])  # fmt: skip
    find = names(graph).find
    assert [e.label for e in find("qx8545")] == ["BrightBox QX8545"]
    assert [e.label for e in find("QX8545", "System")] == ["BrightBox QX8545"]
    for name, kind in (("QX8545", "Accelerator"), ("8545", None), ("7763", None), ("Slow", None), ("QX854", None)):
        assert find(name, kind) == [], name


def described(name: str, label: str) -> list[ox.Quad]:
    thing = ox.NamedNode(f"{ID}system/{name}")
    return [ox.Quad(thing, TYPE, mlp("System")), ox.Quad(thing, LABEL, ox.Literal(label))]


def test_a_shared_name_is_decided_by_the_round(small):
    find = names(small).find
    assert {e.label for e in find("SSD", "Benchmark")} == {"SSD", "RetinaNet"}
    assert [e.label for e in find("ssd", "Benchmark", [ID + "round/training-v2.0"])] == ["RetinaNet"]
    assert resolve(small, "SSD").label == "SSD", "its own label before another's second name"
    text = bound(small, "benchmarks-by-organization", {"benchmark": "SSD", "round": "v1.1"})
    assert "{ <https://w3id.org/mlperf-kg/id/benchmark/ssd> }" in text


def test_a_name_of_several_things_asks_which():
    graph = memory_graph(
        ox.parse(
            """PREFIX mlp: <https://w3id.org/mlperf-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            <x:a> a mlp:System ; rdfs:label "Pod" . <x:b> a mlp:Software ; rdfs:label "POD" .""",
            format=ox.RdfFormat.TURTLE,
        )
    )
    with pytest.raises(QueryError, match=r"'pod' is a name of several things: .*\(System, x:a\)"):
        resolve(graph, "pod")
    assert resolve(graph, "pod", "Software").iri == "x:b"
    spoken_of = memory_graph([*graph.quads(), ox.Quad(ox.NamedNode("x:c"), ox.NamedNode("x:d"), ox.NamedNode("x:b"))])
    assert resolve(spoken_of, "pod").iri == "x:b"


def test_a_task_names_its_benchmark(small):
    assert resolve(small, "Image Classification", "Benchmark").label == "ResNet-50"


@given(st.text(max_size=12))
def test_any_name_is_found_or_refused(name):
    graph = memory_graph(ox.parse(path=HERE / "graph.trig"))
    found = names(graph).find(name)
    assert all(isinstance(e, Entity) for e in found)
    if not fold(name):
        assert found == []


def test_an_unknown_name_comes_with_the_nearest(small):
    with pytest.raises(UnknownName, match="no entity is known as 'Grafcore'; nearest: Graphcore"):
        resolve(small, "Grafcore")
    assert names(small).nearest("A100 90GB", "Accelerator")[:2] == ["NVIDIA A100 40GB", "NVIDIA A100 80GB"]
    assert names(small).find("id:benchmark/bert", "Framework") == []


def test_names_that_begin_so_come_before_names_that_hold_it(small):
    found = [e.label for e in names(small).containing("a100", "Accelerator")]
    assert "NVIDIA A100" in found
    assert found == sorted(found, key=lambda label: (len(label), label))
    assert names(small).containing("nvidia")[0].label == "NVIDIA"


def test_the_names_that_a_build_writes_are_those_of_its_graph(graph):
    kept, collected = names(graph), Names(memory_graph(graph.quads()))
    assert (graph.directory / NAMES_FILE).is_file()
    assert kept.entities == collected.entities
    assert {name: set(iris) for name, iris in kept.folded.items()} == {n: set(i) for n, i in collected.folded.items()}
    assert [e.label for e in kept.spelled("Stable Diffusion")] == ["Stable Diffusion", "Stable Diffusion XL"]
