"""Facts, names and figures in print."""

import csv
import io
import json

import pytest

from kg.build import read_statements
from kg.errors import UnknownFormat
from kg.extract.score import Evaluation, Score
from kg.facts import COLUMNS, write_evaluation, write_facts, write_names

TEXT = """# MLPerf Training v2.0

## Baidu

We submitted BERT results in 12.5 minutes on eight A100 80GB GPUs using PyTorch.

## Acme

Acme plans a ZX90 server for next year.
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    path = tmp_path_factory.mktemp("facts") / "statements.md"
    path.write_text(TEXT, "utf-8")
    return read_statements([path])


def written(write, what, format):
    out = io.StringIO()
    write(what, format, out)
    return out.getvalue()


def test_the_table_has_each_fact_with_its_words_below_its_organization(reading):
    lines = written(write_facts, reading.facts, "table").splitlines()
    assert lines[0] == "Baidu on MLPerf Training v2.0"
    at = next(at for at, line in enumerate(lines) if "usedFramework → PyTorch" in line)
    assert "“We submitted BERT results in 12.5 minutes" in lines[at + 1]
    assert any("12.5 minutes" in line and "timeToTrain" in line for line in lines)


def test_csv_and_json_lines_hold_the_same(reading):
    rows = [json.loads(line) for line in written(write_facts, reading.facts, "jsonl").splitlines()]
    table = list(csv.DictReader(io.StringIO(written(write_facts, reading.facts, "csv"))))
    assert [tuple(row) for row in rows[:1]] == [COLUMNS]
    assert [row["fact"] for row in table] == [row["fact"] for row in rows]
    assert [json.loads(row["qualifiers"]) for row in table] == [row["qualifiers"] for row in rows]
    assert all(TEXT[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert written(write_facts, [], "csv") == ",".join(COLUMNS) + "\n"


def test_names_say_what_they_were_accepted_by(reading):
    said = [(s, e.mentions) for s, e in zip(reading.statements, reading.extractions, strict=True)]
    rows = [json.loads(line) for line in written(write_names, said, "jsonl").splitlines()]
    named = {row["text"]: row for row in rows}
    assert named["PyTorch"]["accepted_by"] == "vocabulary"
    assert named["PyTorch"]["iri"].endswith("/framework/pytorch")
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)
    assert written(write_names, said, "table").splitlines()[0] == "Baidu"


def test_figures_by_predicate_and_together():
    score = Score(said=4, right=3, demanded=6, found=3)
    figures = Evaluation({"usedFramework": score}, score, 1.0, 0.25)
    found = json.loads(written(write_evaluation, figures, "json"))
    assert found["predicates"]["usedFramework"] == found["predicates"]["all"]
    assert (found["predicates"]["all"]["precision"], found["predicates"]["all"]["recall"]) == (0.75, 0.5)
    assert found["ungrounded"] == 0.25
    lines = written(write_evaluation, figures, "table").splitlines()
    assert lines[1].split() == ["usedFramework", "0.750", "3/4", "0.500", "3/6", "0.600"]


@pytest.mark.parametrize("write", [write_facts, write_names, write_evaluation])
def test_another_format_is_an_error(write):
    with pytest.raises(UnknownFormat, match="no format 'xlsx'"):
        write([], "xlsx", io.StringIO())
