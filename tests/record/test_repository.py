"""A repository as results: the official score, dirty logs, files that are left out, and archives."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.record.repository import read_results, report

from .conftest import START, SYSTEM, event, log, only, write

RUN = "Acme/results/box/resnet/result_{}.txt"


def test_score_is_the_mean_without_fastest_and_slowest(repository):
    result = only(repository)
    assert result.minutes == pytest.approx(12, rel=1e-12)
    assert (result.runs, result.dropped, result.failed) == (5, 2, ())
    assert result.run_minutes == (10, 11, 12, 13, 14)
    assert (result.accelerators, result.processors, result.nodes) == (8, 2, 1)
    assert (result.availability, result.logged_status) == ("available", "onprem")
    assert result.log_folder == "Acme/results/box/resnet"
    assert result.logs == tuple(f"result_{n}.txt" for n in range(5))
    assert result.system_file == "Acme/systems/box.json"


def test_a_failed_run_is_dropped_as_the_slowest(repository):
    write(repository, RUN.format(0), log(1, status="aborted"))
    result = only(repository)
    assert result.failed == ("result_0.txt: ended with the status aborted",)
    assert result.minutes == pytest.approx((12 + 13 + 14) / 3)


def test_an_unconverged_run_is_dropped_in_the_closed_division_only(repository):
    write(repository, RUN.format(0), log(1, accuracy=0.7))
    assert "quality target" in only(repository).failed[0]
    write(repository, "Acme/systems/box.json", {**SYSTEM, "division": "open"})
    assert only(repository).failed == ()


def test_two_failed_runs_leave_no_result(repository):
    for number in (1, 3):
        write(repository, RUN.format(number), log(9, status="aborted"))
    found = read_results(repository)
    assert found.results == ()
    assert "2 runs failed, of which 1 may be dropped; the result is left out" in str(found.problems[0])
    assert found.submitters[0].left_out == 1


@pytest.mark.parametrize("number", [4, 6])
def test_another_number_of_runs_leaves_no_result(repository, number):
    if number == 4:
        (repository / RUN.format(2)).unlink()
    else:
        write(repository, RUN.format(7), log(9))
    assert f"it has {number} logs, and the rule asks for 5 runs" in str(read_results(repository).problems[0])


def test_the_factor_of_the_review_scales_the_mean(repository):
    write(repository, "Acme/results/box/resnet/scaling.json", {"scaling_factor": 1.5})
    assert only(repository).minutes == pytest.approx(18)
    write(repository, "Acme/results/box/resnet/scaling.json", "{")
    assert "scaling.json cannot be read" in str(read_results(repository).problems[0])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda t: t.replace(":::MLLOG", "13: \x1b[32m 5%|##  | 1/20\r:::MLLOG"), id="prefixes"),
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda t: t.replace("\n", "\r"), id="CR"),
        pytest.param(lambda t: t.replace("}\n", "}\x1b[0m\n"), id="ANSI after"),
        pytest.param(lambda t: "\ufeff" + t, id="BOM"),
        pytest.param(lambda t: t.rstrip("\n"), id="no last newline"),
        pytest.param(lambda t: t + "Traceback: 'run_stop' :::MLLOG {\"key\": \"other\"}\n", id="words"),
        pytest.param(lambda t: t.replace('"lineno": 7', '"lineno": 7, "lineno": 8'), id="duplicate keys"),
        pytest.param(lambda t: t.replace('"value": null', '"value": NaN'), id="NaN"),
        pytest.param(lambda t: t.replace(f'"time_ms": {START}', f'"time_ms": "{START}.0"'), id="time as text"),
        pytest.param(lambda t: "x" * 6_000_000 + "\n" + t, id="a line longer than a piece"),
        pytest.param(lambda t: t.replace("\n", "\n" + "y" * 1_500_000 + "\n"), id="longer than a piece"),
        pytest.param(lambda t: event("run_start", -5) + "\n" + t, id="an earlier run_start"),
    ],
)  # fmt: skip
def test_dirty_logs_give_the_same_score(repository, change):
    for number in range(5):
        file = repository / RUN.format(number)
        file.write_text(change(file.read_text()), newline="")
    assert only(repository).minutes == pytest.approx(12, rel=1e-12)


def test_invalid_utf_8_does_not_matter(repository):
    file = repository / RUN.format(2)
    file.write_bytes(file.read_bytes().replace(b"train.py", b"tr\xffin.py"))
    assert only(repository).minutes == pytest.approx(12)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (log(10).replace("run_start", "run_begin"), "no run_start"),
        ("\n".join(log(10).splitlines()[:-1]), "no run_stop"),
        ("", "no run_start"),
        (log(10)[: log(10).index("run_stop") + 9], "no run_stop"),
        (log(10, status=""), "status none"),
        (log(-3), "run_stop before run_start"),
    ],
)
def test_a_run_that_cannot_count_says_why(repository, text, why):
    write(repository, RUN.format(0), text)
    assert why in only(repository).failed[0]


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (START * 10, "not in milliseconds"),
        (START // 1000, "in seconds and not in milliseconds"),
        ('"soon"', "no number of milliseconds"),
        ("null", "no number"),
    ],
)
def test_a_wrong_time_is_reported_with_its_line(repository, time, said):
    lines = log(10).splitlines()
    at = next(n for n, line in enumerate(lines) if "run_stop" in line)
    lines[at] = lines[at].replace(f'"time_ms": {START + 600_000}', f'"time_ms": {time}')
    write(repository, RUN.format(0), "\n".join(lines))
    found = read_results(repository)
    assert str(found.problems[0]).startswith(f"{RUN.format(0)}:{at + 1}: ")
    assert said in str(found.problems[0])
    assert len(found.results) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON"),
        ("[1]", "no JSON object"),
        ("[" * 100_000, "nested"),
        (b"\xff\xfe{}", "is not JSON"),
    ],
)
def test_a_broken_system_file_leaves_out_its_results_and_no_other(repository, content, said):
    write(repository, "Other/systems/x.json", SYSTEM)
    for number in range(1, 6):
        write(repository, f"Other/results/x/resnet/result_{number}.txt", log(20 + number))
    write(repository, "Acme/systems/box.json", content)
    found = read_results(repository)
    assert [r.submitter for r in found.results] == ["Other"]
    text = report(found)
    assert said in text
    assert "no readable Acme/systems/box.json; the result is left out" in text
    assert "Acme                   0 systems; 0 results, 1 left out" in text


def test_each_submitter_is_reported_read_left_out_or_empty(repository):
    write(repository, "Empty/systems/unused.json", SYSTEM)
    write(repository, "Acme/results/box/resnet/.!123!result_4.txt", "x")
    write(repository, "Acme/results/box/chess/result_0.txt", log(1))
    write(repository, "Acme/results/readme.txt", "x")
    write(repository, "Acme/systems/old/box.json", SYSTEM)
    text = report(read_results(repository))
    assert "Empty                   1 system, 1 without results; 0 results" in text
    assert "Acme/results/box/resnet/.!123!result_4.txt: is no log (result_*.txt); left out" in text
    assert "Acme/results/box/chess: 'chess' is no benchmark of this round; the result is left out" in text
    assert "Acme/results/readme.txt: lies where no log lies; left out" in text
    assert "Acme/systems/old/box.json: is no system file; left out" in text


def test_contradictions_of_the_files_are_noted(repository):
    write(repository, "Acme/systems/box.json", {
        **SYSTEM, "system_name": "4xBox_PCIe-40GB_mxnet", "status": "cloud",
    })  # fmt: skip
    notes = " ".join(only(repository).notes)
    assert "the log says status onprem" in notes
    assert "4x, the file 1 nodes of 8" in notes
    assert "PCIE, the file SXM" in notes
    assert "40, the file 80" in notes
    assert "MXNet, the run was with PyTorch" in notes


def test_counts_that_people_wrote(repository):
    write(repository, "Acme/systems/box.json", {
        **SYSTEM, "number_of_nodes": 2.0, "accelerators_per_node": "N/A", "host_memory_capacity": ["1 TB", "Todo"],
        "other_software_stack": [{"cuda": "11"}, "Todo", {"nccl": {"version": "2.12"}}],
    })  # fmt: skip
    result = only(repository)
    assert (result.nodes, result.accelerators_per_node, result.accelerators) == (2, None, None)
    assert (result.host_memory, result.software) == ("1 TB", "cuda 11; nccl version 2.12")


@pytest.mark.parametrize(
    "file",
    [
        json.dumps(SYSTEM).encode("utf-16"),
        json.dumps({"system": SYSTEM}).encode(),
        json.dumps({key.replace("_", " ").title(): value for key, value in SYSTEM.items()}).encode(),
    ],
    ids=["UTF-16", "an object around it", "keys as words"],
)
def test_system_files_in_other_forms(repository, file):
    plain = only(repository)
    write(repository, "Acme/systems/box.json", file)
    assert replace(only(repository), read=plain.read) == plain


def test_a_file_without_any_field_is_no_system_file(repository):
    write(repository, "Acme/systems/box.json", {"a": 1, "b": 2})
    assert "has none of the fields of a system file" in report(read_results(repository))


@pytest.mark.parametrize("name", ["training_results_v2.0.tar.xz", "training-v2.0.tar.gz", "v2.0.tar", "r_v2.0.zip"])
def test_archives_are_read_as_streams(repository, tmp_path, name):
    archive = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            for file in repository.rglob("*.*"):
                made.write(file, f"repo-main/{file.relative_to(repository)}")
    else:
        with tarfile.open(archive, "w:" + name.rpartition(".")[2].replace("tar", "")) as made:
            made.add(repository, "repo-main")
    before = set(tmp_path.iterdir())
    assert only(archive).minutes == pytest.approx(12)
    assert set(tmp_path.iterdir()) == before


def test_a_cut_archive_is_refused(repository, tmp_path):
    archive = tmp_path / "training-v2.0.tar.gz"
    with tarfile.open(archive, "w:gz") as made:
        made.add(repository, "r")
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(InputError, match="cannot be read to its end"):
        read_results(archive)


def test_links_out_of_the_folder_are_not_followed(repository, tmp_path):
    secret = write(tmp_path, "secret.txt", log(1))
    (repository / RUN.format(9)).symlink_to(secret)
    assert only(repository).runs == 5


def test_the_round_is_told_or_asked_for(repository, tmp_path):
    anywhere = repository.rename(tmp_path / "results")
    with pytest.raises(InputError, match="--round"):
        read_results(anywhere)
    assert only(anywhere, mlperf_round="v1.1").round == "MLPerf Training v1.1"


@pytest.mark.parametrize(
    ("name", "said"), [("v0.6", "of another format"), ("v0.5", "speedups"), ("hpc-v0.7", "no reference")]
)
def test_a_round_whose_figures_cannot_be_checked_is_refused_with_the_reason(repository, name, said):
    with pytest.raises(InputError, match=said):
        read_results(repository.rename(repository.with_name("copy")), mlperf_round=name)


def test_a_round_that_the_name_contradicts_is_refused_and_both_are_named(repository):
    with pytest.raises(InputError, match=r"training_results_v2.0 is of MLPerf Training v2.0, and --round says .* v2.1"):
        read_results(repository, mlperf_round="v2.1")


def test_a_round_newer_than_the_tables_is_read_by_the_latest_rule_and_says_so(repository):
    copy = repository.rename(repository.with_name("copy"))
    found = read_results(copy, mlperf_round="v9.9").results
    assert [(r.rule, round(r.minutes, 6)) for r in found] == [("rule not verified", 12.0)]


def test_a_target_that_a_newer_round_may_have_moved_fails_no_run(repository):
    for number in range(5):
        write(repository, f"Acme/results/box/resnet/result_{number}.txt", log(10 + number, accuracy=0.741))
    assert "no evaluation met the quality target" in report(read_results(repository))
    copy = repository.rename(repository.with_name("copy"))
    assert [round(r.minutes, 6) for r in read_results(copy, mlperf_round="v9.9").results] == [12.0]


def test_a_newer_round_may_have_new_benchmarks_whose_logs_name_them(repository):
    for number in range(4):
        named = event("submission_benchmark", 0, "wonder_1b") + "\n" + log(20 + number)
        write(repository, f"Acme/results/box/wonder_1b/result_{number}.txt", named)
        write(repository, f"Acme/results/box/other/result_{number}.txt", log(20))
    assert "'wonder_1b' is no benchmark" in report(read_results(repository))
    found = read_results(repository.rename(repository.with_name("copy")), mlperf_round="v9.9")
    results = {r.benchmark: (r.rule, r.runs, round(r.minutes, 6)) for r in found.results}
    assert results == {"resnet": ("rule not verified", 5, 12.0), "wonder_1b": ("rule not verified", 4, 21.5)}
    assert "nor do its logs say that it is one" in report(found)


def test_nothing_to_read_is_said(tmp_path):
    (tmp_path / "v2.0").mkdir()
    with pytest.raises(InputError, match="holds no SUBMITTER/systems"):
        read_results(tmp_path / "v2.0")
    with pytest.raises(InputError, match="no such file"):
        read_results(tmp_path / "x_v2.0")
    with pytest.raises(InputError, match="no folder and no"):
        read_results(write(tmp_path, "v2.0.txt", ""))


def test_a_checkout_tells_its_name_and_commit(repository):
    for arguments in (
        ["init", "-q", "-b", "main"], ["remote", "add", "origin", "https://github.com/mlcommons/training_results_v2.0.git"],
        ["add", "-A"], ["-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "m"],
    ):  # fmt: skip
        subprocess.run(["git", *arguments], cwd=repository, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True).stdout.strip()
    for pack in (False, True):
        if pack:
            subprocess.run(["git", "pack-refs", "--all"], cwd=repository, check=True)
        result = only(repository)
        assert (result.repository, result.commit) == ("mlcommons/training_results_v2.0", head)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_memory_does_not_grow_with_a_log(repository, tmp_path):
    """A log of 300 MB, most of it one line, is read in a process that may hold 200 MB."""
    big = io.BytesIO()
    big.write(log(12).encode())
    file = repository / RUN.format(2)
    with file.open("wb") as out:
        for _ in range(75):
            out.write(b"x" * 4_000_000 + (b"" if _ % 25 else b"\n"))
        out.write(b"\n" + big.getvalue())
    code = (
        "import re, sys; from kg.record.repository import read_results; r = read_results(sys.argv[1]);"
        "peak = re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read());"
        "print(r.results[0].minutes, peak[1])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(repository)], capture_output=True, text=True, check=True)
    minutes, kilobytes = done.stdout.split()
    assert float(minutes) == pytest.approx(12)
    assert int(kilobytes) < 200_000


def test_a_result_that_is_known_without_its_logs_is_not_taken_from_what_was_left_out(repository):
    system = "nd96amsr_a100_v4_n192_ngc21.09_pytorch"
    write(repository, f"Azure/systems/{system}.json", SYSTEM)
    found = read_results(repository.rename(repository.with_name("training_results_v1.1")))
    assert ("Azure", system) in {(r.submitter, r.system) for r in found.results}
    assert "Azure                   1 system; 1 result\n" in report(found) + "\n"
