import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, kg

NAMES = [
    "organization", "predicate", "subject", "object", "qualifiers", "quote", "start", "end", "subjectIri", "objectIri",
    "confidence", "asserted", "fact", "doubt", "quotes",
]  # fmt: skip


def test_build_query_and_exit_codes(tmp_path, document):
    graph = tmp_path / "graph"
    done = kg("build", document, "--graph", graph)
    assert done.returncode == 0
    assert "MLPerf Training v2.0, 1 statements" in done.stdout
    assert done.stderr == ""
    found = kg(
        "query",
        "who-submitted",
        "--accelerator=A100 80GB",
        "--framework",
        "pytorch",
        "--graph",
        graph,
        "--format",
        "csv",
    )
    assert found.returncode == 0
    assert {row["organizationLabel"] for row in csv.DictReader(io.StringIO(found.stdout))} == {"Baidu"}
    nothing = kg("query", "who-submitted", "--accelerator", "H100", KG_GRAPH=str(graph))
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "nothing found" in nothing.stderr


def test_facts_as_json_lines_have_exactly_these_keys(document):
    rows = [json.loads(line) for line in kg("facts", document, "--format", "jsonl").stdout.splitlines()]
    assert all(list(row) == NAMES for row in rows)
    time = next(row for row in rows if row["predicate"] == "timeToTrain")
    assert (time["object"], time["qualifiers"]["unit"], time["qualifiers"]["benchmark"]) == (12.5, "minutes", "BERT")
    assert time["subjectIri"] == "https://w3id.org/mlperf-kg/id/submission/training-v2.0/baidu"


def test_facts_as_csv_and_table(document):
    rows = list(csv.DictReader(io.StringIO(kg("facts", document, "--format", "csv").stdout)))
    assert set(rows[0]) == set(NAMES)
    table = kg("facts", document).stdout
    assert table.startswith("Baidu on MLPerf Training v2.0\n")
    assert "Baidu — usedFramework → PyTorch" in table


def test_standard_input_is_a_source(document):
    read = kg("facts", "-", "--format", "jsonl", stdin=document.read_text("utf-8"))
    assert [json.loads(line)["object"] for line in read.stdout.splitlines()] == [
        json.loads(line)["object"] for line in kg("facts", document, "--format", "jsonl").stdout.splitlines()
    ]


def test_evaluate_reports_precision_and_recall(tmp_path, document):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        '{"organization": "Baidu", "predicate": "usedFramework", "subject": "Baidu", "object": "Py-Torch"}\n'
        '{"organization": "Baidu", "predicate": "usedFramework", "subject": "Baidu", "object": "JAX"}\n',
        "utf-8",
    )
    scores = json.loads(kg("evaluate", gold, document, "--format", "json").stdout)
    assert scores["predicates"]["usedFramework"]["precision"] == 1
    assert scores["predicates"]["usedFramework"]["recall"] == 0.5
    assert scores["ungrounded"] == 0
    assert scores["ontologyConformance"] == 1


def test_queries_lists_every_query_with_its_parameters():
    listed = kg("queries").stdout
    for path in (ROOT / "queries").glob("*.rq"):
        assert f"\n{path.stem} " in "\n" + listed
    assert "[--accelerator Accelerator]" in listed


def test_sparql_describe_validate(built):
    counted = kg("sparql", "SELECT (COUNT(*) AS ?n) { ?f a mlp:Fact }", "--graph", built, "--format", "csv")
    assert int(counted.stdout.splitlines()[1]) > 200
    told = kg("describe", "X-MAN", "--graph", built).stdout
    assert "hasAccelerator" in told
    assert "[restated]" in told
    told = kg("describe", "Samsung", "--columns", "predicate", "--graph", built).stdout
    assert "Official results: kg query results --organization Samsung" in told
    assert re.search(r"^v2.1 +Open +BERT +0\.357 +1368 ", told, re.MULTILINE)
    assert re.search(
        r"^\[1\] https://github.com/mlcommons/training_results_v2.1/tree/[0-9a-f]{40}/\S+$", told, re.MULTILINE
    )
    assert re.search(r"^timeToTrain +\[\d\]$", told, re.MULTILINE)
    assert "hiddenLabel" not in told
    checked = kg("validate", "--graph", built)
    assert checked.returncode == 0
    assert checked.stdout.startswith("Conforms: ")


def test_validate_a_file_that_does_not_conform(tmp_path):
    path = tmp_path / "wrong.ttl"
    path.write_text("@prefix mlp: <https://w3id.org/mlperf-kg/ontology#> . <x:y> a mlp:Fact .", "utf-8")
    done = kg("validate", path)
    assert done.returncode == 1
    assert "Does not conform" in done.stdout
    other = tmp_path / "other.ttl"
    other.write_text("<x:a> <x:b> <x:c> .", "utf-8")
    nothing = kg("validate", other)
    assert nothing.returncode == 1
    assert "Nothing was checked" in nothing.stdout


def test_export_and_draw(tmp_path, built):
    assert kg("export", tmp_path / "g.ttl", "--graph", built).returncode == 0
    assert (tmp_path / "g.ttl").read_text("utf-8").startswith("@prefix")
    assert kg("export", "-", "--format", "nt", "--graph", built).stdout.startswith("<https://w3id.org/mlperf-kg/id/")
    drawn = kg("draw", tmp_path / "g.svg", "--about", "Samsung", "--graph", built)
    assert "things shown" in drawn.stdout
    assert "<title>Around Samsung</title>" in (tmp_path / "g.svg").read_text("utf-8")


def wrong(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (lambda t: ["build", wrong(t, "empty.md", b"")], "empty"),
        (lambda t: ["build", wrong(t, "none.md", b"# MLPerf Training v2.0\n\nNo statement.\n")], "none.md"),
        (lambda t: ["build", wrong(t, "binary.txt", bytes(range(256)) * 4)], "binary.txt"),
        (
            lambda t: [
                "build",
                wrong(t, "latin.md", "# MLPerf Training v2.0\n\n## Äcme\n\nWé ran.\n".encode("latin-1")),
            ],
            "UTF-8",
        ),
        (lambda t: ["build", wrong(t, "broken.pdf", b"%PDF-1.7 nothing more")], "broken.pdf"),
        (lambda t: ["build", wrong(t, "r.md", b"# Notes\n\n## Baidu\n\nWe ran.\n")], "--round"),
        (lambda t: ["build", wrong(t, "r.md", b"# Notes\n\n## Baidu\n\nWe ran.\n"), "--round", "v77"], "v77"),
        (lambda t: ["build", t / "missing"], "missing"),
        (lambda t: ["build", t / "folder"], "folder"),
        (lambda t: ["validate", wrong(t, "bad.ttl", b"@prefix x: <")], "bad.ttl"),
        (lambda t: ["query", "who-submited", "--graph", "GRAPH"], "who-submitted"),
        (lambda t: ["query", "who-submitted", "--accelerator", "B300X", "--graph", "GRAPH"], "nearest: NVIDIA B300"),
        (lambda t: ["query", "who-submitted", "--colour", "red", "--graph", "GRAPH"], "no parameter 'colour'"),
        (lambda t: ["sparql", "SELECT { ?s ?p ?o", "--graph", "GRAPH"], "line 1"),
        (
            lambda t: ["sparql", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "--graph", "GRAPH"],
            "SERVICE",
        ),
        (lambda t: ["query", "counts", "--graph", t], "kg build"),
        (lambda t: ["query", "counts", "--graph", t / "nowhere"], "kg build"),
        (lambda t: ["export", t / "g.xyz", "--graph", "GRAPH"], "--format"),
        (lambda t: ["export", "-", "--format", "csv", "--graph", "GRAPH"], "two files"),
        (lambda t: ["export", t / "no" / "g.ttl", "--graph", "GRAPH"], "cannot be written"),
        (lambda t: ["draw", t / "g.bmp", "--graph", "GRAPH"], ".html, .svg or .png"),
        (lambda t: ["evaluate", wrong(t, "gold.jsonl", b"{}\n")], "gold.jsonl:1"),
    ],
)
def test_wrong_use_is_one_message_and_exit_code_2(tmp_path, built, words, said):
    (tmp_path / "folder").mkdir()
    asked = [built if w == "GRAPH" else w for w in words(tmp_path)]
    if asked[0] == "build":
        asked += ["--graph", tmp_path / "graph"]
    done = kg(*asked)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_characters_that_the_output_lacks_are_replaced(document, encoding):
    document.write_text(document.read_text("utf-8").replace("## Baidu", "## Bäidu 浪潮"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "facts", document], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"idu ?? on MLPerf Training v2.0" in done.stdout
    assert b"Traceback" not in done.stderr


def test_what_may_be_read_wrong_is_a_warning(document):
    document.write_text(document.read_text("utf-8") + "\n## Krai\n", "utf-8")
    done = kg("facts", document)
    assert done.returncode == 0
    assert done.stderr == "kg: warning: statements.md: the statement of Krai is empty\n"


def test_files_may_begin_with_a_byte_order_mark(tmp_path, built):
    query = tmp_path / "q.rq"
    query.write_text("\ufeffSELECT * WHERE { ?s ?p ?o } LIMIT 1", "utf-8")
    assert kg("sparql", "--file", query, "--graph", built).returncode == 0
    turtle = tmp_path / "v.ttl"
    turtle.write_text("\ufeff@prefix a: <http://a/> . a:b a:c a:d .", "utf-8")
    assert "a:" not in kg("validate", turtle).stderr


def test_a_full_disk_is_said_in_a_line(document):
    words = [sys.executable, "-m", "kg", "facts", str(document), "--format", "jsonl"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "standard output: cannot be written (No space left on device)" in done.stderr


def test_an_empty_query_is_refused(built):
    done = kg("sparql", " ", "--graph", built)
    assert (done.returncode, done.stderr) == (2, "kg: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE\n")
