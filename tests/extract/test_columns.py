"""Tables: the figure of the right column, in its unit, of its round; and nothing of a row in which nothing stands."""

import pytest

from tests.extract.test_unsaid import facts


@pytest.mark.parametrize(
    ("table", "times"),
    [
        (
            "| Benchmark | Time to train (s) | Energy (kWh) | GPUs |\n|---|---|---|---|\n| BERT | 996 | 12.5 | 8 |",
            ["996 seconds BERT"],
        ),
        (
            "| Benchmark | v3.0 (min) | v3.1 (min) | Speedup |\n|---|---|---|---|\n| BERT | 20.1 | 16.6 | 1.21x |",
            ["20.1 minutes BERT MLPerf Training v3.0", "16.6 minutes BERT"],
        ),
        (
            "| | Time to train (minutes) | |\n| | v3.0 | v3.1 |\n|---|---|---|\n| BERT | 20.1 | 16.6 |",
            ["20.1 minutes BERT MLPerf Training v3.0", "16.6 minutes BERT"],
        ),
        (
            "| Round | Benchmark | Minutes |\n|---|---|---|\n| v2.0 | BERT | 17.1 |\n| v3.1 | BERT | 5.4 |",
            ["17.1 minutes BERT MLPerf Training v2.0", "5.4 minutes BERT"],
        ),
        ("Benchmark\tGPUs\tMinutes\nBERT\t8\t16.6", ["16.6 minutes BERT"]),
        ("| | BERT | DLRM |\n|---|---|---|\n| GPUs | 8 | 16 |", []),
        ("1.1\tTime to train BERT\t16\n1.2\tDLRM\t42", []),
    ],
)
def test_times_of_a_table(tmp_path, table, times):
    found = facts(tmp_path, table)
    assert {f.removeprefix("Acme timeToTrain ") for f in found if "timeToTrain" in f} == set(times)
    assert not [f for f in found if "performanceResult" in f]


@pytest.mark.parametrize("nothing", ["n/a", "-", "TBD", "did not submit"])
def test_a_row_in_which_nothing_stands_says_nothing(tmp_path, nothing):
    table = f"| Benchmark | Minutes |\n|---|---|\n| BERT | 16.6 |\n| GPT-3 | {nothing} |"
    assert facts(tmp_path, table) == {"Acme submittedBenchmark BERT", "Acme timeToTrain 16.6 minutes BERT"}
