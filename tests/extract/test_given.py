"""Facts of another program: a row that nobody can read is refused with its reason, and never a traceback."""

import json

import pytest

from kg.build import read_statements
from kg.errors import InputError
from kg.extract.given import Gate, read_given
from kg.facts import fact_row

TEXT = "# MLPerf Training v2.0\n\n## Acme\n\nWe trained BERT in 16.6 minutes on 8 NVIDIA A100 GPUs using PyTorch.\n"


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    path = tmp_path_factory.mktemp("given") / "s.md"
    path.write_text(TEXT, "utf-8")
    return read_statements([path])


@pytest.fixture(scope="module")
def row(reading):
    return next(json.loads(json.dumps(fact_row(f))) for f in reading.facts if f.predicate == "timeToTrain")


def admit(reading, *rows):
    return Gate(reading.statements, reading.vocabulary).admit(rows)


def test_its_own_facts_are_let_in(reading):
    facts, refused = admit(reading, *map(fact_row, reading.facts))
    assert (len(facts), refused) == (len(reading.facts), [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"predicate": ["timeToTrain"]}, {"predicate": {}}, {"organization": ["Acme"]}, {"subject": {"a": 1}}, {"object": [16.6]},
        {"object": float("nan")}, {"object": 1e300}, {"object": float("inf")}, {"start": True}, {"end": 5.0},
        {"qualifiers": [1]}, {"qualifiers": "x"}, {"qualifiers": {"unit": ["minutes"]}}, {"qualifiers": {"a b<>": 1}},
        {"quotes": [5]}, {"quotes": "abc"}, {"quotes": [{"start": "a", "end": [], "quote": ""}]}, {"quotes": [{}]},
        {"aliases": ["x"]}, {"aliases": {"a": 5}}, {"aliases": {"a": [5]}}, {"asserted": "false"}, {"doubt": {"a": 1}},
        {"confidence": float("nan")}, {"confidence": -1}, {"confidence": "high"}, {"confidence": True},
        {"doubt": "\ud83d"}, {"doubt": "a\x00"},
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused(reading, row, wrong):
    facts, ((number, reason),) = admit(reading, row | wrong)
    assert (facts, number, bool(reason)) == ([], 1, True)


def test_ends_of_lines_within_words_are_kept_and_what_is_no_json_is_said(tmp_path, row):
    path = tmp_path / "f.jsonl"
    said = {**row, "doubt": "one\u2028two\x85three"}
    path.write_text(json.dumps(said, ensure_ascii=False) + "\n\n", "utf-8")
    assert read_given(path) == [said]
    for line in ("[" * 100_000, '{"object": ' + "9" * 5000 + "}"):
        path.write_text("{}\n" + line, "utf-8")
        with pytest.raises(InputError, match=r"f\.jsonl:2: is nested too deeply, or has too long a number"):
            read_given(path)
