import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import build, read_statements
from kg.errors import GraphError, InputError, VocabularyError
from kg.export import serialize
from kg.query import run
from kg.store import open_graph
from tests.record.conftest import SYSTEM, event, log, write

ORGANIZATIONS = [
    "ASUSTeK", "Azure", "Baidu", "CASIA", "Dell Technologies", "Fujitsu", "GIGABYTE", "Google", "Graphcore", "H3C",
    "Habana Labs", "HazyResearch", "HPE", "Inspur", "Krai", "MosaicML", "NVIDIA", "Samsung", "Supermicro",
]  # fmt: skip


def test_the_shipped_statements_are_all_there_and_marked_as_restated():
    reading = read_statements()
    assert sorted(s.organization.label for s in reading.statements) == sorted(ORGANIZATIONS)
    (document,) = reading.documents
    assert document.round == "MLPerf Training v2.0"
    assert document.origin.publisher == "MLCommons"


def test_every_quote_stands_at_its_place():
    for fact in read_statements().facts:
        text = fact.statement.document.text
        assert text[fact.evidence.span.start : fact.evidence.span.end] == fact.evidence.quote
        assert fact.evidence.span.within(fact.statement.body)


def test_who_submitted_on_a100_80gb_with_pytorch(graph):
    rows = list(run(graph, "who-submitted", {"accelerator": "A100 80GB", "framework": "PyTorch"}))
    assert {r["organizationLabel"] for r in rows} == {"Baidu", "GIGABYTE", "Samsung"}
    assert {r["restated"] for r in rows} == {"true"}
    assert {r["organizationLabel"] for r in rows if r["together"] == "same result"} == {"Baidu"}
    text = graph.source("training-v2.0-restated")
    assert all(text[int(r["start"]) : int(r["end"])] == r["quote"] for r in rows)


def test_a_rate_with_its_scenario_is_in_the_graph(tmp_path):
    document = tmp_path / "inference-v4.0.md"
    document.write_text(
        "# MLPerf Inference v4.0 statements\n\n## Fjord Metal\n\nFjord Metal submitted ResNet-50 on four NVIDIA L4 GPUs. "
        "In the Offline scenario ResNet-50 reached 52,000 images/second.\n"
    )
    report = build([document], directory=tmp_path / "graph", results=[])
    found = open_graph(tmp_path / "graph").query(
        "SELECT ?value ?scenario { GRAPH ?statement { ?fact mlp:scenario ?scenario ; mlp:value ?value } }"
    )
    assert (report.quarantined, [[t.value for t in row] for row in found]) == (0, [["52000", "Offline"]])


def test_a_build_replaces_the_graph_and_a_failed_one_leaves_it(tmp_path):
    directory = tmp_path / "graph"
    small = tmp_path / "small.md"
    small.write_text("# MLPerf Training v2.0\n\n## Baidu\n\nWe submitted BERT results using PyTorch.\n", "utf-8")
    build([small], directory=directory)
    before = sorted(p.read_bytes() for p in (directory / "sources").iterdir())
    broken = tmp_path / "broken.md"
    broken.write_bytes(b"\xff\xfe\x00\x00")
    with pytest.raises(InputError):
        build([broken], directory=directory)
    assert sorted(p.read_bytes() for p in (directory / "sources").iterdir()) == before
    assert run(open_graph(directory), "who-submitted", {"framework": "PyTorch"}).rows
    assert [p.name for p in tmp_path.iterdir() if p.name not in ("graph", "small.md", "broken.md")] == []


def test_a_directory_that_is_no_graph_is_not_replaced(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("words")
    with pytest.raises(GraphError, match="not a graph directory"):
        build(directory=tmp_path / "precious")
    assert (tmp_path / "precious" / "thesis.txt").read_text() == "words"


def test_a_users_vocabulary_adds_names(tmp_path):
    names = tmp_path / "names.ttl"
    names.write_text(
        "@prefix mlp: <https://w3id.org/mlperf-kg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/mlperf-kg/id/framework/sparkleflow> a mlp:Framework, skos:Concept ;\n"
        '    skos:prefLabel "SparkleFlow" ; skos:altLabel "Sparkle Flow" .\n',
        "utf-8",
    )
    text = tmp_path / "t.md"
    text.write_text("# MLPerf Training v2.0\n\n## Acme\n\nWe submitted BERT results using Sparkle-Flow.\n", "utf-8")
    found = {(f.predicate, getattr(f.object, "label", "")) for f in read_statements([text], vocabulary=[names]).facts}
    assert ("usedFramework", "SparkleFlow") in found
    assert ("usedFramework", "SparkleFlow") not in {
        (f.predicate, getattr(f.object, "label", "")) for f in read_statements([text]).facts
    }


CONCEPT = "<x:a> a <https://w3id.org/mlperf-kg/ontology#Framework> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("this is no turtle", "give a Turtle file"),
        ("<x:a> a <http://www.w3.org/2004/02/skos/core#Concept> .", "no class of the ontology"),
        ("<x:a> a <https://w3id.org/mlperf-kg/ontology#Framework> .", "no skos:prefLabel"),
        (CONCEPT + '"Py Torch" .', "<x:a> are both called 'Py Torch'"),
        (CONCEPT + '"X" ; a <https://w3id.org/mlperf-kg/ontology#System> .', "several classes, Framework and System"),
    ],
)
def test_a_vocabulary_that_is_none_is_refused(tmp_path, turtle, message):
    path = tmp_path / "v.ttl"
    path.write_text(turtle, "utf-8")
    with pytest.raises(VocabularyError, match=message):
        read_statements(vocabulary=[path])


def test_the_same_bytes_whatever_the_hash_seed_and_the_order_of_sources(tmp_path):
    one, two = tmp_path / "one.md", tmp_path / "two.md"
    one.write_text(
        "# MLPerf Training v2.0\n\n## Baidu\n\nWe submitted BERT on eight A100 GPUs using PyTorch.\n", "utf-8"
    )
    two.write_text("# MLPerf Training v1.1\n\n## Fujitsu\n\nWe submitted SSD results with MXNet 21.09.\n", "utf-8")
    script = (
        "import sys, hashlib; from pathlib import Path; from kg.build import build; from kg.store import open_graph\n"
        "from kg.export import serialize\n"
        "build([Path(p) for p in sys.argv[2:]], directory=Path(sys.argv[1]))\n"
        "quads = list(open_graph(sys.argv[1]).quads())\n"
        "print([hashlib.sha256(serialize(quads, f)).hexdigest() for f in ('turtle', 'jsonld')])\n"
    )
    made = set()
    for seed, sources in (("0", [one, two]), ("1", [two, one]), ("77", [one, two])):
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / f"g{seed}"), *map(str, sources)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        made.add(done.stdout)
    assert len(made) == 1


def test_building_twice_changes_nothing(tmp_path, built):
    build(directory=tmp_path / "again")
    quads = [list(open_graph(d).quads()) for d in (built, tmp_path / "again")]
    assert hashlib.sha256(serialize(quads[0], "nq")).digest() == hashlib.sha256(serialize(quads[1], "nq")).digest()
    assert (Path(built) / "about.json").read_bytes() == (tmp_path / "again" / "about.json").read_bytes()


def test_a_round_newer_than_the_vocabulary_is_understood_by_what_was_filed_in_it(tmp_path):
    repository = tmp_path / "training_results_v9.0"
    for system, chip, minutes in (("zx1", "NVIDIA Xyzzy GPU (X700-SXM-512GB)", 10), ("zx2", "TPU-v9x", 20)):
        filed = {**SYSTEM, "accelerator_model_name": chip, "submitter": "zorbAI"}
        write(repository, f"zorbAI/systems/{system}.json", filed)
        for number in range(10):
            named = event("submission_benchmark", 0, "wonder_40b") + "\n" + log(minutes)
            write(repository, f"zorbAI/results/{system}/wonder_40b/result_{number}.txt", named)
    document = tmp_path / "statements.md"
    document.write_text(
        "# MLPerf Training v9.0 statements\n\n## zorbAI\n\nzorbAI submitted to MLPerf Training v9.0 for the first time. "
        "Eight X700 GPUs trained Wonder 40B in 10 minutes. With eight TPU v9x chips, Wonder 40B took 15 minutes.\n"
    )
    build([document], directory=tmp_path / "graph", results=[repository])
    graph = open_graph(tmp_path / "graph")
    said = {r["claimLabel"].rpartition(": ")[2]: r["verdictLabel"] for r in run(graph, "claims", {})}
    assert (said["10 minutes"], said["15 minutes"]) == ("supported", "contradicted")
    rows = run(graph, "results", {"accelerator": "Google TPU", "benchmark": "Wonder 40B"})
    assert [(r["acceleratorLabel"], float(r["minutes"])) for r in rows] == [("Google TPU v9x", 20.0)]
