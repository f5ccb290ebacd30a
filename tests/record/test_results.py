"""Tables of results, `kg results`, the graph of the record, and the whole v2.0 and v1.1 repositories."""

import csv
import io
import json
import math
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.graph import results_to_quads
from kg.names.vocabulary import load_vocabulary
from kg.query import run
from kg.record.cells import COUNT
from kg.record.link import ResultLinker, shared_name
from kg.record.names import filed_names
from kg.record.repository import read_results
from kg.record.results import link_results, shipped_results
from kg.record.table import read_csv, write_csv, write_jsonl, write_parquet
from kg.validate import validate

VOCABULARY = load_vocabulary()


@pytest.fixture(scope="module")
def rows():
    return [row for path in shipped_results() for row in read_csv(path)]


COUNTS = {
    "Training v0.7": 126, "Training v1.0": 146, "Training v1.1": 184, "Training v2.0": 262, "Training v2.1": 199,
    "Training v3.0": 259, "Training v3.1": 209, "Training v4.0": 202, "Training v4.1": 153, "Training v5.0": 201,
    "Training v5.1": 184, "HPC v1.0": 23, "HPC v2.0": 13, "HPC v3.0": 14,
}  # fmt: skip


def test_shipped_tables_hold_every_round_and_say_where_they_come_from(rows):
    scored = Counter(r.round.removeprefix("MLPerf ") for r in rows if r.scored)
    assert scored == COUNTS
    assert {(len(r.commit), len(r.read), r.rule) for r in rows} == {(40, 10, "verified")}
    assert {r.repository for r in rows} == {
        f"mlcommons/{name.lower().replace(' ', '_results_')}" for name in COUNTS
    }  # fmt: skip
    published = [r for r in rows if r.basis == "published table"]
    assert len(published) == 9
    assert {r.evidence.partition("@")[0] for r in published} == {"mlcommons/cm4mlperf-results"}


def test_dells_minigo_of_v1_1_lost_its_slow_initializations(rows):
    minutes = {
        r.system: r.minutes
        for r in rows
        if r.round.endswith("v1.1") and r.submitter == "Dell" and r.benchmark == "minigo"
    }
    assert {393.43, 590.01} <= {round(m, 2) for m in minutes.values()}


def test_a_table_is_read_as_it_was_written(rows, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(write_csv(rows))
    assert read_csv(path) == rows


def test_json_lines_and_parquet_hold_the_same(rows):
    import pyarrow.parquet

    lines = [json.loads(line) for line in write_jsonl(rows).splitlines()]
    table = pyarrow.parquet.read_table(io.BytesIO(write_parquet(rows))).to_pylist()
    assert table == lines
    assert lines[0]["run_minutes"] == list(rows[0].run_minutes)


@pytest.mark.parametrize(("value", "number"), [(" 8 ", 8), ("8.0", 8), ("+8", 8), ("8e2", 800), ("1E+3", 1000)])
def test_a_count_may_stand_between_blanks_and_in_any_form_that_programs_write(value, number):
    assert COUNT.value("r.csv:2", "accelerators", value) == number


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("minutes", "fast", "no number from 0"),
        ("minutes", "nan", "no number"),
        ("minutes", "-1", "no number"),
        ("minutes", "1e400", "no number"),
        ("run_minutes", "1.5 | ", "no number"),
        ("scaling_factor", "inf", "no number"),
        ("runs", "", "no whole number from 0"),
        ("runs", "-3", "no whole number"),
        ("nodes", "1.5", "no whole number"),
        ("accelerators", "9" * 20, "no whole number"),
        ("accelerators", "9" * 5000, "no whole number"),
        ("accelerators", "1_000", "no whole number"),
        ("accelerators", "1,000", "no whole number"),
        ("accelerators", "\uff18", "no whole number"),
        ("accelerator_memory_gb", "80GB", "no number"),
        ("accelerator_memory_gb", "1e999999999", "no number"),
        ("round", "", "no round"),
        ("round", "MLPerf Training v99", "no round"),
        ("round", "MLPerf Training v1.0a", "no round"),
        ("round", "MLPerf Tiny v1.0", "no round"),
        ("submitter", " ", "no name"),
        ("system", "", "no name"),
        ("read", "yesterday", "no day such as"),
        ("read", "2025-02-30", "no day"),
        ("read", "2025-W01-1", "no day"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(rows, tmp_path, column, value, said):
    table = list(csv.DictReader(io.StringIO(write_csv(rows[:2]))))
    table[1][column] = value
    path = tmp_path / "r.csv"
    with path.open("w", newline="") as out:
        writer = csv.DictWriter(out, table[0])
        writer.writeheader()
        writer.writerows(table)
    with pytest.raises(InputError, match=rf"r\.csv:3: {column} is '.*', {said}") as raised:
        read_csv(path)
    assert len(str(raised.value)) < len(str(path)) + 200


def test_a_table_without_rows_is_refused(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(write_csv([]), "utf-8")
    with pytest.raises(InputError, match=r"r\.csv: has no results below its head"):
        read_csv(path)


@pytest.mark.parametrize("damaged", [lambda row: row.replace("25.07", "25,07", 1), lambda row: row.rpartition(",")[0]])
def test_a_row_of_more_or_fewer_cells_than_its_head_is_refused(rows, tmp_path, damaged):
    head, row = write_csv([replace(rows[0], minutes=Decimal("25.07"))]).splitlines()
    path = tmp_path / "r.csv"
    path.write_text(f"{head}\n{damaged(row)}\n")
    with pytest.raises(InputError, match=rf"r\.csv:2: has \d+ cells, its head {len(head.split(','))}"):
        read_csv(path)


def test_a_table_that_a_spreadsheet_saved_says_the_same(tmp_path):
    (shipped, *_), path = shipped_results(), tmp_path / "results.csv"
    path.write_text(shipped.read_text("utf-8"), "utf-8-sig")
    assert read_csv(path) == read_csv(shipped)
    assert filed_names([path]) == filed_names([shipped])
    path.write_text(shipped.read_text("utf-8") + '"' + "x" * 140_000 + '"\n', "utf-8")
    for reads in (read_csv, lambda table: filed_names([table])):
        with pytest.raises(InputError, match="give a table made by"):
            reads(path)


def test_another_table_is_refused(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column 'round'"):
        read_csv(path)


@pytest.mark.parametrize(
    ("name", "label", "known"),
    [
        ("NVIDIA A100-SXM4-80GB (400W)", "NVIDIA A100 SXM 80GB 400W", True),
        ("NVIDIA A100-PCIe-80GB", "NVIDIA A100 PCIe 80GB", True),
        ("Habana Gaudi2", "Gaudi2", True),
        ("NVIDIA A100-SXM-80GB CTS", "NVIDIA A100 SXM 80GB", True),
        ("Wonder Chip 3", "Wonder Chip 3", False),
        ("8x NVIDIA Xyzzy GPU (X700-SXM-512GB)", "Xyzzy X700", False),
        ("NVIDIA X700 (512GB HBM5)", "X700", False),
    ],
)
def test_accelerators_are_linked_or_new_and_counted_as_unlinked(rows, name, label, known):
    linker = ResultLinker(VOCABULARY)
    linked = linker.link(replace(rows[0], accelerator=name)).accelerator
    assert linked
    assert (linked.label, linked.known) == (label, known)
    assert linker.unlinked == ({} if known else {("Accelerator", name): 1})
    without = linker.link(replace(rows[0], accelerator=name, accelerators=0)).accelerator
    assert without == (linked if known else None)


def test_submitters_are_linked_by_their_other_names(rows):
    linker = ResultLinker(VOCABULARY)
    named = {r.submitter: linker.link(r).organization.label for r in rows}
    assert named["Intel-HabanaLabs"] == "Habana Labs"
    assert named["SUPERMICRO"] == named["Supermicro"] == "Supermicro"


def test_ssd_is_another_benchmark_in_v2_0(rows):
    linker = ResultLinker(VOCABULARY)
    found = {(r.round[-4:], linker.link(r).benchmark.label) for r in rows if r.benchmark in ("ssd", "retinanet")}
    earlier = {("v0.7", "SSD"), ("v1.0", "SSD"), ("v1.1", "SSD")}
    later = ("v2.0", "v2.1", "v3.0", "v3.1", "v4.0", "v4.1", "v5.0", "v5.1")
    assert found == earlier | {(version, "RetinaNet") for version in later}


def test_availability_is_the_files_and_where_that_is_open_the_logs(rows):
    linker = ResultLinker(VOCABULARY)

    def category(filed, logged):
        linked = linker.link(replace(rows[0], availability=filed, logged_status=logged)).availability
        return linked and linked.label

    assert category("available", "cloud") == "Available cloud"
    assert category("available", "onprem") == "Available on-premise"
    assert category("cloud", "onprem") == "Available cloud"
    assert category("available", "") == "Available"
    assert category("research", "onprem") == "RDI"


@pytest.mark.parametrize(
    ("label", "filed", "accelerator", "shared"),
    [
        ("PowerEdge XE8545", "16xXE8545x4A100-SXM-40GB", "", "XE8545"),
        ("ThinkSystem SR670 V2", "SR670v2_8xA100-PCIe-80GB", "", "SR670 V2"),
        ("G492-ID0", "G492-ID0_hugectr", "", "G492-ID0"),
        ("NF5488", "nf5488a5_mxnet", "", ""),
        ("R750", "R750xax4A100", "", ""),
        ("NC A100 v4", "ND96amsr_A100_v4_n1", "NVIDIA A100-SXM4-80GB", ""),
        ("X", "X640G40", "", ""),
    ],
)
def test_a_system_is_found_among_those_filed_by_its_model(label, filed, accelerator, shared):
    assert shared_name(label, [filed], accelerator) == shared


def test_the_record_conforms_whatever_its_order(rows):
    linked = link_results(shipped_results(), VOCABULARY)
    assert linked.unlinked == ()
    filed = (*linked.results, *linked.filed)
    quads = results_to_quads(filed)
    assert quads == results_to_quads(reversed(filed))
    assert len({r.iri for r in filed if r.benchmark.iri}) == sum(bool(r.benchmark) for r in rows)
    assert validate(quads).conforms
    assert not any(isinstance(q.subject, ox.BlankNode) for q in quads)


def test_an_unknown_round_or_benchmark_is_new_and_counted(rows):
    linker = ResultLinker(VOCABULARY)
    assert linker.link(replace(rows[0], round="MLPerf Training v9.9")).round.known is False
    assert linker.link(replace(rows[0], benchmark="chess")).benchmark.iri.endswith("benchmark/chess")
    assert set(linker.unlinked) == {("Round", "MLPerf Training v9.9"), ("Benchmark", "chess")}


def test_who_submitted_as_filed_and_as_run(graph):
    asked = {"accelerator": "A100 80GB", "framework": "PyTorch", "round": "v2.0"}
    table = [dict(row) for row in run(graph, "record-submitters", asked)]
    run_with, alone = ([int(row[c]) for row in table] for c in ("asRun", "asFiledAlone"))
    assert (sum(run_with), sum(n > 0 for n in run_with)) == (108, 17)
    assert (sum(alone), sum(n > 0 for n in alone)) == (57, 13)
    by_source = [row["source"] for row in run(graph, "who-submitted", {**asked, "source": "both"})]
    assert by_source.count("record") == 108
    assert {"statement", "record"} == set(by_source)


def test_every_result_names_its_files_and_repository(graph):
    table = list(run(graph, "results"))
    assert len({row["result"] for row in table}) == sum(COUNTS.values()) == 2175
    assert all(row["systemFile"].endswith(".json") and "/results/" in row["logFolder"] for row in table)
    samsung = next(r for r in table if r["organizationLabel"] == "Samsung" and r["accelerators"] == "1368")
    assert round(Decimal(samsung["minutes"]) * 60, 1) == Decimal("21.4")


@pytest.mark.parametrize(("round", "count", "logs"), [("v2.0", 262, 2760), ("v1.1", 184, 1810)])
def test_the_whole_repository_gives_the_shipped_table(shared, rows, round, count, logs):
    """From the archive, which is read as a stream; the minutes are those of the official summarizer."""
    found = read_results(shared / "results" / f"training-{round}.tar.xz")
    assert (len(found.results), found.logs) == (count, logs)

    def told(results):
        return sorted(
            (r.key, r.minutes, r.framework_run, r.run_minutes, r.failed, r.accelerators)
            for r in results
            if not math.isnan(r.minutes)  # filed without logs in that copy
        )

    assert told(found.results) == told(r for r in rows if r.round == f"MLPerf Training {round}")
