import json
from pathlib import Path

from kg.record.table import read_csv, write_summary

PUBLISHED = Path(__file__).parent / "summary_results.json"


def test_the_flat_shape_has_the_names_of_the_published_tables():
    rows = read_csv(Path(__file__).parents[1] / "queries" / "record.csv")
    written = json.loads(write_summary(rows))
    assert len(written) == len(rows)
    published = set(json.loads(PUBLISHED.read_text())[0]) - {"Scenario", "Accuracy", "Power_Result", "Power_Units"}
    assert all(published <= set(row) for row in written)
    assert all(not isinstance(value, dict | list) for row in written for value in row.values())


def test_a_result_is_told_in_it():
    (row,) = [
        r for r in json.loads(write_summary(read_csv(Path(__file__).parents[1] / "queries" / "record.csv")))
        if r["Submitter"] == "GIGABYTE"
    ]  # fmt: skip
    assert (row["ID"], row["version"], row["Category"], row["Suite"]) == ("", "v2.0", "closed", "training")
    assert (row["Benchmark"], row["a#"], row["Nodes"]) == ("bert", 8, 1)
    assert row["Result"] == row["Performance_Result"] == 18.488716666666665
    assert row["Location"] in row["Details"]
