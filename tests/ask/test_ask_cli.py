"""`kg ask` and `kg examples` as commands: what they print, and their exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def kg(built, *words, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *words], cwd=ROOT, input=stdin, capture_output=True, text=True,
        env={**os.environ, "COLUMNS": "118", "KG_GRAPH": str(built)},
    )  # fmt: skip


def test_an_answer_has_its_reading_its_rows_and_its_evidence(built):
    done = kg(built, "ask", "who submitted on A100 80GB with PyTorch?")
    assert done.returncode == 0
    reading, rows, evidence = done.stdout.split("\n\n", 2)
    assert reading.startswith("Read as: Who submitted")
    assert "accelerator NVIDIA A100 80GB, framework PyTorch" in reading
    assert "“" not in rows
    assert "GIGABYTE" in rows
    assert "“Frameworks: PyTorch, hugectr, Tensorflow and mxnet” — GIGABYTE on MLPerf Training v2.0" in evidence


def test_official_results_rest_on_their_files(built):
    said = kg(built, "ask", "best", "ResNet", "time", "of", "Krai").stdout
    assert "Krai/results/7920T_2xA5000/resnet" in said.split("\n\n")[2]


def test_other_formats_have_the_rows_alone_on_standard_output(built):
    done = kg(built, "ask", "--format", "csv", "who used MXNet")
    assert {row["organizationLabel"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"GIGABYTE"}
    assert done.stderr.startswith("Read as: ")
    found = json.loads(kg(built, "ask", "--format", "json", "how many vendors used PyTorch").stdout)
    assert [row["count"]["value"] for row in found["results"]["bindings"]] == ["4"]


def test_sparql_prints_a_query_that_kg_sparql_answers(built):
    query = kg(built, "ask", "--sparql", "who used both PyTorch and TensorFlow").stdout
    assert "PREFIX mlp:" in query
    assert "GIGABYTE" in kg(built, "sparql", "-", stdin=query).stdout


def test_a_refusal_and_an_empty_answer_are_no(built):
    refused = kg(built, "ask", "who submitted on B301?")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "B301" in refused.stderr
    empty = kg(built, "ask", "who submitted on B300?")
    assert empty.returncode == 1
    assert "nothing found" in empty.stderr


def test_a_question_that_is_ambiguous_shows_its_readings(built):
    shown = kg(built, "ask", "what did Google submit")
    assert "--reading" in shown.stdout + shown.stderr or shown.returncode == 0
    chosen = kg(built, "ask", "--reading", "2", "what did Google submit")
    assert chosen.stdout.startswith("Read as: ")
    assert kg(built, "ask", "--reading", "99", "what did Google submit").returncode == 1


def test_without_a_question_it_answers_line_by_line(built):
    done = kg(built, "ask", stdin="who used MXNet\nquit\n")
    assert done.returncode == 0
    assert "GIGABYTE" in done.stdout


def test_examples_are_questions(built):
    listed = kg(built, "examples").stdout.splitlines()
    assert "who submitted on A100 80GB with PyTorch" in listed
    assert len(listed) == len(set(listed)) > 200
