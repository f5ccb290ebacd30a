"""`kg ask` and `kg examples` as commands: what they print, and their exit codes."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def kg(built, *words, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "kg", *words], cwd=ROOT, input=stdin, capture_output=True, text=True,
        env={**os.environ, "COLUMNS": "118", "KG_GRAPH": str(built)},
    )  # fmt: skip


def test_an_answer_comes_first_then_its_reading_and_its_evidence(built):
    done = kg(built, "ask", "fastest BERT in v2.0")
    assert done.returncode == 0
    answer, reading, evidence = done.stdout.split("\n\n", 2)
    assert answer.startswith("Google, 0.179 minutes, 4096 × TPU v4")
    assert reading.startswith("Read as the official record: ")
    assert "closed division" in reading
    assert "Google/results/cloud-tpu-v4-8192-TF/bert" in evidence


def test_statements_are_quoted(built):
    said = kg(built, "ask", "who", "says", "it", "used", "Slurm").stdout
    assert said.startswith("1 organization: Azure.")
    assert "Azure on MLPerf Training v2.0" in " ".join(said.split())


def test_other_formats_have_the_rows_alone_on_standard_output(built):
    done = kg(built, "ask", "--format", "csv", "who used Minigo results in v2.0 except NVIDIA")
    assert {row["organizationLabel"] for row in csv.DictReader(io.StringIO(done.stdout))} >= {"CASIA", "H3C"}
    assert "Read as the official record" in done.stderr
    found = json.loads(kg(built, "ask", "--format", "json", "how many vendors used PaddlePaddle in v2.0").stdout)
    assert [row["organizations"]["value"] for row in found["results"]["bindings"]] == ["2"]


def test_all_evidence_is_listed_on_request(built):
    question = ("ask", "who submitted on A100 80GB with PyTorch in v2.0")
    short = kg(built, *question).stdout
    more = int(re.search(r"… and (\d+) more, which --evidence lists", short)[1])
    rows = list(csv.reader(io.StringIO(kg(built, *question, "--evidence", "--format", "csv").stdout)))
    assert len(rows) == 1 + 8 + more
    assert "ASUSTeK/results/ESC8000A-E11-8xA100-PCIE-80GB-NVBridge/bert" in kg(built, *question, "--evidence").stdout


def test_sparql_prints_a_query_that_kg_sparql_answers(built):
    query = kg(built, "ask", "--sparql", "who used both PyTorch and TensorFlow in v2.0").stdout
    assert "PREFIX mlp:" in query
    assert "GIGABYTE" in kg(built, "sparql", "-", stdin=query).stdout


def test_a_refusal_and_an_empty_answer_are_no(built):
    refused = kg(built, "ask", "who submitted on B301?")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "B301" in refused.stderr
    empty = kg(built, "ask", "BERT results of Krai in v2.0")
    assert empty.returncode == 1
    assert empty.stdout.startswith("None: no official result has ")


def test_the_reading_without_an_unknown_word_is_offered_by_number(built):
    shown = kg(built, "ask", "which", "European", "vendors", "ran", "Minigo", "in", "v2.0")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "--reading" in shown.stderr
    chosen = kg(built, "ask", "--reading", "1", "which European vendors ran Minigo in v2.0")
    assert chosen.returncode == 0
    assert "CASIA" in chosen.stdout
    assert kg(built, "ask", "--reading", "99", "which vendors ran Minigo in v2.0").returncode == 2


def test_without_a_question_it_answers_line_by_line(built):
    done = kg(built, "ask", stdin="who used MXNet in v2.0\nquit\n")
    assert done.returncode == 0
    assert "GIGABYTE" in done.stdout


def test_examples_are_questions(built):
    listed = kg(built, "examples").stdout.splitlines()
    assert "what is the memory of A100 80GB" in listed
    assert len(listed) == len(set(listed)) > 80
