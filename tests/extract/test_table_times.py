"""Tables: the figure of the right column, in its unit, of its round; and nothing of a row in which nothing stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import read_statements
from kg.extract.barred import barred
from tests.extract.test_unsaid import facts


@pytest.mark.parametrize(
    ("table", "times"),
    [
        (
            "| Benchmark | Time to train (s) | Energy (kWh) | GPUs |\n|---|---|---|---|\n| BERT | 996 | 12.5 | 8 |",
            ["996 seconds BERT 8"],
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
        (  # the unit is that of the row, but for a column with one of its own
            "| Benchmark | 8 GPUs | 64 GPUs | Power (kW) |\n|---|---|---|---|\n"
            "| BERT (s) | 996 | 120 | 5.2 |\n| RetinaNet (h) | 1.9 | 0.2 | 6.1 |",
            ["996 seconds BERT 8", "120 seconds BERT 64", "1.9 hours RetinaNet 8", "0.2 hours RetinaNet 64"],
        ),
        (
            "| Benchmark | Minutes |\n|---|---|\n| Image generation (Stable Diffusion) | 2.5 |",
            ["2.5 minutes Stable Diffusion"],
        ),
        ("| System | BERT (s) |\n|---|---|\n| Acme ZX9 server | 996 |", ["996 seconds BERT"]),
        ("Benchmark\tGPUs\tMinutes\nBERT\t8\t16.6", ["16.6 minutes BERT 8"]),
        (
            "| Benchmark | Number of accelerators | Minutes |\n|---|---|---|\n| BERT | 1,024 | 0.4 |",
            ["0.4 minutes BERT 1024"],
        ),
        (
            "| Benchmark (min) | 8 GPUs | 64x H100 GPUs |\n|---|---|---|\n| BERT | 16.6 | 3.1 |",
            ["16.6 minutes BERT 8", "3.1 minutes BERT 64"],
        ),
        ("| Benchmark | GPU memory (GB) | Minutes |\n|---|---|---|\n| BERT | 80 | 16.6 |", ["16.6 minutes BERT"]),
        ("Benchmark\tGPUs\tMinutes\nBERT\t\t16.6", ["16.6 minutes BERT"]),
        ("| Benchmark | GPUs | Minutes | Seconds |\n|---|---|---|---|\n| BERT | | 16.6 | |", ["16.6 minutes BERT"]),
        (  # what stands in a table's rows and what in its columns is told by the words over them
            "| Metric | BERT | RetinaNet |\n|---|---|---|\n| Time to train (s) | 996 | 120 |\n| Time saved (s) | 31 | 42 |",
            ["996 seconds BERT", "120 seconds RetinaNet"],
        ),
        (
            "Our times to train in minutes:\n\n| System | BERT | RetinaNet |\n|---|---|---|\n| Acme ZX9 server | 16.6 | 1.9 |",
            ["16.6 minutes BERT", "1.9 minutes RetinaNet"],
        ),
        (
            "| Round | BERT (min) | RetinaNet (min) |\n|---|---|---|\n| v3.0 | 20.1 | 2.9 |\n| v3.1 | 16.6 | 1.9 |",
            [
                "20.1 minutes BERT MLPerf Training v3.0",
                "2.9 minutes RetinaNet MLPerf Training v3.0",
                "16.6 minutes BERT",
                "1.9 minutes RetinaNet",
            ],
        ),
        (  # two tables of which the second has another head
            "| GPUs | BERT | RetinaNet |\n|---|---|---|\n| 8 H100 | 16.6 min | 1.9 min |\n\n"
            "| Benchmark | ZX9 | ZX10 |\n|---|---|---|\n| BERT | 16.5 min | 12.1 min |",
            ["16.6 minutes BERT", "1.9 minutes RetinaNet", "16.5 minutes BERT", "12.1 minutes BERT"],
        ),
        (  # systems across
            "| Minutes to train | Acme ZX9 | Acme ZX10 |\n|---|---|---|\n| BERT | 16.6 | 12.1 |\n| RetinaNet | 1.9 | 1.7 |",
            ["16.6 minutes BERT", "12.1 minutes BERT", "1.9 minutes RetinaNet", "1.7 minutes RetinaNet"],
        ),
        (  # the title tells the benchmark
            "### BERT\n\n| System | Minutes |\n|---|---|\n| Acme ZX9 | 16.6 |\n| Acme ZX10 | 12.1 |",
            ["16.6 minutes BERT", "12.1 minutes BERT"],
        ),
        (
            "### BERT results\n\n- 4 H100 GPUs: 16.6 minutes\n- 12.1 minutes",
            ["16.6 minutes BERT 4", "12.1 minutes BERT"],
        ),
        ("### BERT\n\n- Introduction: 5 minutes\n- H100 download: 16.6 minutes", []),
        ("### How we prepared BERT\n\n- 8 disks: 5 minutes", []),
        (
            "| Benchmark | Time | Unit |\n|---|---|---|\n| BERT | 996 | seconds |\n| RetinaNet | 1.9 | min |",
            ["996 seconds BERT", "1.9 minutes RetinaNet"],
        ),
        ("| BERT | 16.6 min |\n|---|---|\n| RetinaNet | 1.9 min |", ["16.6 minutes BERT", "1.9 minutes RetinaNet"]),
        (
            "| Benchmark | Minutes |\n|---|---|\n| BERT | 16.6<sup>1</sup> |\n| RetinaNet | ~~2.2~~ 1.9 |",
            ["16.6 minutes BERT", "1.9 minutes RetinaNet"],
        ),
        (  # what holds on in the rows below
            "| Benchmark | System | Minutes |\n|---|---|---|\n| BERT | ZX9 | 16.6 |\n| | ZX10 | 12.1 |\n"
            "| RetinaNet | ZX9 | 1.9 |\n| ^^ | ZX10 | 1.2 |",
            ["16.6 minutes BERT", "12.1 minutes BERT", "1.9 minutes RetinaNet", "1.2 minutes RetinaNet"],
        ),
        (
            "| System | Minutes |\n|---|---|\n| BERT | |\n| ZX9 | 16.6 |\n| ZX10 | 12.1 |\n| RetinaNet | |\n| ZX9 | 1.9 |",
            ["16.6 minutes BERT", "12.1 minutes BERT", "1.9 minutes RetinaNet"],
        ),
        (
            "Benchmark    System    Minutes\nBERT         ZX9       16.6\n             ZX10      12.1",
            ["16.6 minutes BERT", "12.1 minutes BERT"],
        ),
        (
            "| Benchmark | Minutes |\n|---|---|\n| BERT | 16.6 |\n| | |\n| Total | 18.5 |\n| GPT-3 | n/a |\n| RetinaNet | 1.9 |",
            ["16.6 minutes BERT", "1.9 minutes RetinaNet"],
        ),
        (
            "| Benchmark | Minutes | Previous round (minutes) |\n|---|---|---|\n| BERT | 16.6 | 20.1 |",
            ["16.6 minutes BERT", "20.1 minutes BERT previous"],
        ),
        (
            "<table>\n<tr><th rowspan=2>System</th><th colspan=2>Time to train (minutes)</th></tr>\n"
            "<tr><th>BERT</th><th>RetinaNet</th></tr>\n"
            "<tr><td>ZX9</td><td>16.6</td><td>1.9</td></tr></table>",
            ["16.6 minutes BERT", "1.9 minutes RetinaNet"],
        ),
        (
            "<table><tr><th>Benchmark<th>GPUs<th>Minutes</tr>"
            "<tr><td rowspan='2'>BERT</td><td></td><td>16.6</td></tr>\n<tr><td>16</td>\n<td>12.1</td></tr></table>",
            ["16.6 minutes BERT", "12.1 minutes BERT"],
        ),
        ("| | BERT | DLRM |\n|---|---|---|\n| GPUs | 8 | 16 |", []),
        ("1.1\tTime to train BERT\t16\n1.2\tDLRM\t42", []),
    ],
)
def test_times_of_a_table(tmp_path, table, times):
    found = facts(tmp_path, table)
    assert {f.removeprefix("Acme timeToTrain ") for f in found if "timeToTrain" in f} == set(times)
    assert not [f for f in found if "performanceResult" in f]


HEAD = ("Benchmark", "Minutes"), ("BERT", "16.6"), ("RetinaNet", "1.9")


def lines(between, end="\n"):
    return end.join(between.join(row) for row in HEAD)


@pytest.mark.parametrize(
    "table",
    [
        lines(","), lines(" ; "), lines("  "), "```csv\n" + lines(",") + "\n```",
        lines('","', '"\n"').join('""'),
        lines(" & ", " \\\\\n").join(["\\begin{tabular}{ll}\n", " \\\\\n\\end{tabular}"]),
        "BERT ........ 16.6 minutes\nRetinaNet ... 1.9 minutes",
        "========= =======\nBenchmark Minutes\n========= =======\nBERT      16.6\nRetinaNet 1.9\n========= =======",
        "Benchmark  Minutes\n---------  -------\nBERT       16.6\nRetinaNet  1.9",
        "| Benchmark | Minutes |\n|-----------+---------|\n| BERT | 16.6 |\n| RetinaNet | 1.9 |",
        "┌───────────┬─────────┐\n│ Benchmark │ Minutes │\n├───────────┼─────────┤\n│ BERT      │ 16.6    │\n│ RetinaNet │ 1.9     │\n"
        "└───────────┴─────────┘",
    ],
)  # fmt: skip
def test_tables_in_other_notations(tmp_path, table):
    found = facts(tmp_path, table)
    assert {f for f in found if "timeToTrain" in f} == {
        "Acme timeToTrain 16.6 minutes BERT", "Acme timeToTrain 1.9 minutes RetinaNet"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "We trained BERT with care,\nand RetinaNet, too, on 8.",  # of two lines no table is made
        "In 2023, we used it,\nin 2024, 16.6,\nand so on.", "One; two\nthree; four", "A..... b", "a & b\nc & d", "=== ===",
        '"a,b",c\n"d,e"f,g', "x  y\n\nz  1", "", "\n\n",
    ],
)  # fmt: skip
def test_lines_that_are_no_table_stay_as_they_are(text):
    assert barred(text) == text


@given(st.text(alphabet=' ab1.,;&|=-"\n\\│', max_size=80))
def test_bars_take_no_place_of_their_own(text):
    found = barred(text)
    assert len(found) == len(text)
    assert [c for c in found if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("nothing", ["n/a", "-", "TBD", "did not submit"])
def test_a_row_in_which_nothing_stands_says_nothing(tmp_path, nothing):
    table = f"| Benchmark | Minutes |\n|---|---|\n| BERT | 16.6 |\n| GPT-3 | {nothing} |"
    assert facts(tmp_path, table) == {"Acme submittedBenchmark BERT", "Acme timeToTrain 16.6 minutes BERT"}


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Times:\n\n- BERT\n  - ZX9: 16.6 min\n  - ZX10: 12.1 minutes\n- RetinaNet\n  - ZX9\n    - 1.9 minutes",
         ["16.6 BERT", "12.1 BERT", "1.9 RetinaNet"]),
        ("- BERT and RetinaNet\n  - ZX9: 16.6 min", []),
        ("- BERT\n  - Minutes: 16.6\n- RetinaNet\n  - Time to train (minutes) = 1.9", ["16.6 BERT", "1.9 RetinaNet"]),
        ("BERT:\n\n- ZX9\n  - Minutes: 16.6", []), ("BERT:\n\n- Minutes: 16.6", ["16.6 BERT"]),
        ("- BERT\n  - Minutes saved: 3\n  - Minutes: TBD", []), ("Time to train RetinaNet (min): 1.9", ["1.9 RetinaNet"]),
        ("- BERT\n  - Time saved: 3 minutes\n  - Compile time: 2 minutes\n  - Target: 9 minutes", []),
    ],
)  # fmt: skip
def test_times_below_the_item_of_a_benchmark(tmp_path, text, times):
    found = facts(tmp_path, text)
    assert {f for f in found if "timeToTrain" in f} == {
        f"Acme timeToTrain {t.replace(' ', ' minutes ')}" for t in times
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- BERT and RetinaNet\n  - ZX9: 16.6 min", "1 amount of time says no fact: line 6"),
        ("| System | Minutes |\n|---|---|\n| ZX9 | 16.6 |\n| ZX10 | 17.1 |", "2 amounts of time say no fact: line 7, 8"),
        ("| Benchmark | Minutes |\n|---|---|\n| BERT | 16,6 |\n| RetinaNet | 1.9 (8 GPUs) |",
         "2 amounts of time say no fact: line 7, 8"),
        ("| System | BERT | RetinaNet |\n|---|---|---|\n| ZX9 | 16.6 | 1.9 |", "2 amounts of time say no fact: line 7"),
        ("Benchmark;Minutes\nBERT;16,6\nRetinaNet;1,9", "2 amounts of time say no fact: line 6, 7"),
        ("|BERT\n|16.6\n\n|RetinaNet\n|1.9", "2 amounts of time say no fact: line 6, 9"),
        ("BERT (min): 16.6; RetinaNet (min): 1.9", "2 amounts of time say no fact: line 5"),
        ('[{"benchmark": "BERT", "minutes": 16.6}]', "1 amount of time says no fact: line 5"),
        ("Benchmark: BERT\nMinutes: 16.6\nGPUs: 8", "1 amount of time says no fact: line 6"),
        ("BERT took PT16M36S.", "1 amount of time says no fact: line 5"),
        ("BERT took 16.6 mn.", "1 amount of time says no fact: line 5"),
        ("BERT took 16 minutes and 90 seconds.", "2 amounts of time say no fact: line 5"),
        *((f"BERT took {time}.", "1 amount of time says no fact: line 5") for time in (
            "sixteen point six minutes", "16′36″", "16'36\"", "16:36", "16.6.1 minutes", "16,,6 minutes",
            "0016.6 min", "1.66e1 minutes",
            "-16.6 minutes", "33/2 minutes", "16⅗ minutes", "12 34 minutes", "1 6.6 minutes", "16.6 (1)(2) minutes", ".5 hours",
            "2 x 16.6 minutes", "16.6+3 minutes", "time = 16.6")),
    ],
)  # fmt: skip
def test_times_that_become_no_fact_are_told(tmp_path, text, said):
    path = tmp_path / "statements.md"
    path.write_text(f"# MLPerf Training v3.1\n\n## Acme\n\n{text}\n", "utf-8")
    reading = read_statements([path])
    assert [f for f in reading.facts if f.predicate == "timeToTrain"] == []
    assert reading.warnings == [f"statements.md: {said}"]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th rowspan=2>System</th><th colspan=2>Time to train (minutes)</th></tr><tr><th>BERT</th><th>RetinaNet</th></tr>"
        "<tr><td>ZX9</td><td>16.6</td><td>1.9</td></tr></table>",
        "<table><thead><tr><td>Benchmark</td><td>GPUs</td><td>Minutes</td><td>Seconds</td></tr></thead><tbody>"
        "<tr><td><p>BERT</p></td><td></td><td><p>16.6</p></td><td></td></tr><tr><td>RetinaNet<td>8<td>1.9<td></tbody></table>",
        "<table><tr><th>System</th><th>GPUs</th><th>Minutes</th></tr><tr><th colspan=3>BERT</th></tr><tr><td>ZX9</td>"
        "<td></td><td>16.6</td></tr>"
        "<tr><th colspan=3>RetinaNet</th></tr><tr><td>ZX9</td><td>8</td><td>1.9</td></tr></table>",
        "<table><tr><td>Benchmark</td><td>Minutes</td></tr><tr><td rowspan=2>BERT</td><td>16.6</td></tr><tr></tr>"
        "<tr><td>RetinaNet</td><td>1.9</td></tr></table>",
    ],
)  # fmt: skip
def test_tables_of_a_page(tmp_path, table):
    path = tmp_path / "statements.html"
    path.write_text(f"<h1>MLPerf Training v3.1</h1><h2>Acme</h2>{table}", "utf-8")
    found = [
        (f.qualifiers["benchmark"].label, str(f.object))
        for f in read_statements([path]).facts
        if f.predicate == "timeToTrain"
    ]
    assert sorted(found) == [("BERT", "16.6"), ("RetinaNet", "1.9")]


def test_a_row_with_a_time_of_another_round_alone_submits_nothing_to_this_one(tmp_path):
    path = tmp_path / "statements.md"
    rows = (
        "| Benchmark | v3.0 (minutes) | v3.1 (minutes) |",
        "|---|---|---|",
        "| BERT | 11.0 | 9.5 |",
        "| DLRM | 2.1 | |",
    )
    table = "\n".join((*rows, "| RNN-T | 30.1 | – |"))
    path.write_text(f"# MLPerf Training v3.1\n\n## Acme\n\nResults of Acme:\n\n{table}\n", "utf-8")
    submitted = [
        f.object.label for f in read_statements([path]).facts if f.predicate == "submittedBenchmark" and f.asserted
    ]
    assert submitted == ["BERT"]
