"""Odd repositories: archives with members that are none, logs that are heavy, files that people filled in."""

import io
import json
import os
import re
import tarfile
import time
import zipfile
from typing import Literal

import pytest

from kg.errors import InputError
from kg.names.vocabulary import load_vocabulary
from kg.record.link import ResultLinker
from kg.record.log import read_log
from kg.record.repository import read_results, report
from kg.record.results import link_results, shipped_results
from kg.record.score import round_rules
from kg.record.system_file import read_system
from tests.record.conftest import SYSTEM, event, log, only, write

RULES = round_rules("MLPerf Training v2.0")


def test_links_and_devices_in_a_tar_are_said_in_a_line_each(repository):
    archive = repository.with_name("training_results_v2.0.tar")
    with tarfile.open(archive, "w") as tar:
        tar.add(repository, "r")
        for name, kind in (("result_8.txt", tarfile.SYMTYPE), ("result_9.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(f"r/Acme/results/box/resnet/{name}")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    found = read_results(archive)
    assert len(found.results) == 1
    assert [str(p).rpartition("/")[2] for p in found.problems] == [
        "result_8.txt: is a link, no file; left out", "result_9.txt: is a device, no file; left out",
    ]  # fmt: skip


def zipped(repository, extra=()):
    """A zip archive of a repository; `extra` are further members with what they hold."""
    archive = repository.with_name("training_results_v2.0.zip")
    with zipfile.ZipFile(archive, "w") as made:
        for path in sorted(repository.rglob("*.*")):
            made.write(path, f"r/{path.relative_to(repository)}")
        for name, content in extra:
            made.writestr(name, content)
    return archive


def with_headers(repository, offset, value):
    """A zip archive of a repository, in whose two headers of one log a byte is set."""
    archive = zipped(repository)
    data = bytearray(archive.read_bytes())
    name = b"r/Acme/results/box/resnet/result_4.txt"
    for signature, begin, head in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        start = next(
            at for at in range(len(data)) if data.startswith(signature, at) and data.startswith(name, at + head)
        )
        data[start + begin + offset] = value
    archive.write_bytes(bytes(data))
    return archive


def test_a_zip_member_that_is_packed_in_an_unknown_way_is_said(repository):
    found = read_results(with_headers(repository, 2, 99))
    said = [str(p) for p in found.problems if "result_4.txt" in str(p)]
    assert ["cannot be read" in line for line in said] == [True]
    assert found.results[0].failed[0].startswith("result_4.txt: no run_start")


def test_an_encrypted_zip_is_refused(repository):
    with pytest.raises(InputError, match=r"is encrypted \(r/Acme/results/box/resnet/result_4\.txt\); unpack it"):
        read_results(with_headers(repository, 0, 1))


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar.xz"])
def test_an_archive_that_unpacks_to_hundreds_of_times_its_size_is_refused_before_it_is_unpacked(repository, kind):
    archive, log = repository.with_name(f"training_results_v2.0.{kind}"), "r/Acme/results/box/resnet/result_9.txt"
    zeros = bytes(80_000_000)
    if kind == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            made.write(__file__, "r/README.md", zipfile.ZIP_STORED)
            made.writestr(log, zeros)
    else:
        with tarfile.open(archive, "w:gz" if kind == "tar.gz" else "w:xz") as made:
            info = tarfile.TarInfo(log)
            info.size = len(zeros)
            made.addfile(info, io.BytesIO(zeros))
    with pytest.raises(InputError, match="unpacks to more than 200 times its size; unpack it and give the folder"):
        read_results(archive)


def test_many_problems_are_counted(repository):
    odd = [(f"r/Acme/results/box/resnet/odd_{number}.bin", b"") for number in range(600)]
    text = report(read_results(zipped(repository, odd)))
    assert "and 580 more" in text
    assert len(text.splitlines()) < 30


@pytest.mark.parametrize(
    "line",
    [b'"run_start"', b'"run_start"\n', b':::MLLOG {"key": "run_start"', b':::MLLOG {"key": "init_start"\n',
     b':::MLLOG {\n', b'"eval_accuracy"\r'],
)  # fmt: skip
def test_logs_of_bad_lines_take_time_in_proportion(line):
    def took(times):
        began = time.process_time()
        read_log("l", io.BytesIO(line * times), RULES.rules["resnet"])
        return time.process_time() - began

    few = took(20_000)
    assert took(160_000) < 40 * max(few, 0.05)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_log_in_utf_16_counts(repository, encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    write(repository, "Acme/results/box/resnet/result_1.txt", mark + log(11).replace("\n", "\r\n").encode(encoding))
    assert sorted(only(repository).run_minutes) == [10, 11, 12, 13, 14]


def test_runs_that_do_not_count_say_why(repository):
    slow = event("init_start", -31) + "\n" + log(12)
    write(repository, "Acme/results/box/resnet/result_2.txt", slow)
    assert only(repository).failed == ("result_2.txt: initialization took 31.0 minutes, 30 are allowed",)
    write(repository, "Acme/results/box/resnet/result_2.txt", log(12) + ':::MLLOG {"key": "cut')
    assert only(repository).failed[0].startswith("result_2.txt: has a damaged record in line 1")


def test_the_open_division_may_initialize_for_longer(repository):
    write(repository, "Acme/systems/box.json", {**SYSTEM, "division": "open"})
    for number in range(5):
        write(repository, f"Acme/results/box/resnet/result_{number}.txt", event("init_start", -100) + "\n" + log(12))
    assert only(repository).failed == ()


def test_bert_of_v3_0_needs_its_epsilon(tmp_path):
    root = tmp_path / "training_results_v3.0"
    write(root, "Acme/systems/box.json", SYSTEM)
    for number in range(10):
        write(root, f"Acme/results/box/bert/result_{number}.txt", log(10))
    found = read_results(root)
    assert (found.results, found.filed[0].basis) == ((), "no score")
    assert found.filed[0].failed[0] == "result_0.txt: no opt_lamb_epsilon"
    for number in range(10):
        write(root, f"Acme/results/box/bert/result_{number}.txt", log(10) + event("opt_lamb_epsilon", 0, 1e-6) + "\n")
    assert only(root).minutes == pytest.approx(10)


def test_fid_and_clip_count_together():
    rule = round_rules("MLPerf Training v5.0").rules["stable_diffusion"]

    def evaluation(metric, value, samples):
        return {"value": value, "metadata": {"metric": metric, "samples_count": samples}}

    assert rule.reached([evaluation("FID", 82, 2), evaluation("CLIP", 0.17, 2)])
    assert not rule.reached([evaluation("FID", 82, 2), evaluation("CLIP", 0.17, 1)])


def test_a_system_file_as_people_write_it():
    text = """{"system_name": "a, }", "number_of_nodes": "2 nodes", "accelerators_per_node": "8x",
      "host_processors_per_node": {"cpu": "two"}, "division": "Close", "status": "preview", "status": "onprem",}"""
    system = read_system("s.json", io.BytesIO(text.encode()))
    assert (system.name, system.nodes, system.accelerators, system.division) == ("a, }", 2, 16, "closed")
    assert system.odd == (
        "it has commas before a closing bracket",
        "status is given twice, 'preview' and 'onprem'; the last is taken",
        "host_processors_per_node is 'cpu two', no count",
    )


def test_a_system_of_processors_alone_has_no_accelerators(repository):
    write(repository, "Acme/systems/box.json", {**SYSTEM, "accelerators_per_node": 0, "accelerator_model_name": "N/A"})
    assert only(repository).accelerators == 0


def test_a_nested_folder_counts_where_it_is_the_only_one(tmp_path):
    root = tmp_path / "hpc_results_v2.0"
    write(root, "Acme/systems/box.json", SYSTEM)
    for number in range(5):
        text = log(10, accuracy=0.83)
        write(root, f"Acme/results/box/strong/deepcam/result_{number}.txt", text)
        write(root, f"Acme/results/box/weak/deepcam/result_{number}.txt", text)
    found = read_results(root)
    assert [(r.log_folder, r.minutes) for r in found.results] == [("Acme/results/box/strong/deepcam", 10)]
    assert "throughput" in str(found.problems[0])


def test_a_system_without_results_is_filed(repository):
    write(repository, "Acme/systems/other.json", SYSTEM)
    assert [(r.system, r.basis) for r in read_results(repository).filed] == [("other", "logs not in this copy")]


@pytest.mark.parametrize("name", ["inference_results_v2.0", "mlcommons-tiny_results_v1.0"])
def test_another_suite_is_refused_whatever_is_given(repository, name):
    with pytest.raises(InputError, match="no repository of MLPerf Training or HPC"):
        read_results(repository.rename(repository.with_name(name)), mlperf_round="v2.0")


def test_a_joint_submission_is_of_each_organization():
    linker = ResultLinker(load_vocabulary())
    for folder, names in {
        "IBM+CoreWeave+NVIDIA": {"IBM", "CoreWeave", "NVIDIA"}, "Azure-HazyResearch": {"Azure", "HazyResearch"},
        "Supermicro-RedHat": {"Supermicro", "Red Hat"}, "NVIDIA_CoreWeave": {"NVIDIA", "CoreWeave"},
        "Foo Labs+NVIDIA": {"Foo Labs", "NVIDIA"}, "Fujitsu+RIKEN": {"Fujitsu", "RIKEN"},
    }.items():  # fmt: skip
        assert {o.label for o in linker.organizations("MLPerf Training v4.1", folder)} == names


def test_who_is_named_beside_the_folders_organization_submitted_with_it():
    linker = ResultLinker(load_vocabulary())
    for folder, filed_as, names in (
        ("NVIDIA", "NVIDIA+CoreWeave", ["NVIDIA", "CoreWeave"]), ("Red_Hat", "RedHat-Supermicro", ["Red Hat", "Supermicro"]),
        ("Dell", "NVIDIA+CoreWeave", ["Dell Technologies"]), ("Clemson", "Clemson University Research", ["Clemson University"]),
    ):  # fmt: skip
        assert [o.label for o in linker.submitters("MLPerf Training v4.0", folder, filed_as)] == names
    linked = [r for r in link_results(shipped_results(), load_vocabulary()).results if r.result.submitter == "NVIDIA"]
    joint = {r.submission for r in linked if len(r.submitters) > 1}
    assert len(joint) == 2
    assert not joint & {r.submission for r in linked if len(r.submitters) == 1}


def test_equal_names_in_several_folders_of_one_organization_stay_apart(tmp_path):
    root = tmp_path / "training_results_v4.0"
    for folder in ("smc", "smc-ac-power", "smc-dc-power"):
        write(root, f"{folder}/systems/box.json", SYSTEM)
        for number in range(5):
            write(root, f"{folder}/results/box/resnet/result_{number}.txt", log(10))
    linked = link_results([root], load_vocabulary()).results
    assert len({r.iri for r in linked}) == len({r.filed_system for r in linked}) == 3
    assert {r.organization.label for r in linked} == {"Sustainable Metal Cloud"}
    assert len({r.submission for r in linked}) == 1


def test_a_system_file_in_another_encoding_is_said():
    system = read_system("s.json", io.BytesIO('{"system_name": "Bøx", "number_of_nodes": 1}'.encode("latin-1")))
    assert (system.name, system.odd) == ("Bøx", ("is not UTF-8; read as Windows-1252",))


def test_a_time_beyond_all_numbers_is_said(repository):
    write(
        repository,
        "Acme/results/box/resnet/result_4.txt",
        log(12).replace('"time_ms": 16', f'"time_ms": {"9" * 400}16'),
    )
    found = read_results(repository)
    assert "no number of milliseconds" in str(found.problems[0])
    assert len(found.results[0].failed) == 1


def test_pipes_and_links_are_left_out_and_said(repository):
    """A pipe would keep its reader waiting for ever; what a link leads to is not of the repository."""
    os.mkfifo(repository / "Acme/results/box/resnet/result_9.txt")
    (repository / "Linked").symlink_to(repository / "Acme")
    (repository / "Acme/results/box/again").symlink_to(repository)
    found = read_results(repository)
    assert sorted(map(str, found.problems)) == [
        "Acme/results/box/again/: is a link, no file; left out",
        "Acme/results/box/resnet/result_9.txt: is a device, no file; left out",
        "Linked/: is a link, no file; left out",
    ]
    assert [r.minutes for r in found.results] == [12]


def test_a_zip_archive_with_the_paths_of_windows(repository):
    archive = repository.with_name("training_results_v2.0.zip")
    with zipfile.ZipFile(archive, "w") as made:
        for path in sorted(repository.rglob("*.*")):
            made.writestr(str(path.relative_to(repository.parent)).replace("/", "\\"), path.read_bytes())
    assert [r.minutes for r in read_results(archive).results] == [12]


def archived(repository, ending="", extra=()):
    """A tar archive of the repository, as a path and as its bytes; `extra` are further members."""
    archive = repository.with_name(f"training_results_v2.0.tar{ending}")
    modes: dict[str, Literal["w:", "w:gz", "w:xz", "w:bz2"]] = {"": "w:", ".gz": "w:gz", ".xz": "w:xz", ".bz2": "w:bz2"}
    with tarfile.open(archive, modes[ending]) as tar:
        tar.add(repository, "r")
        for name, content in extra:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return archive, archive.read_bytes()


@pytest.mark.parametrize("ending", ["", ".gz", ".xz", ".bz2"])
def test_half_an_archive_is_no_record(repository, ending):
    archive, data = archived(repository, ending)
    assert only(archive).minutes == 12
    whole = [*range(512, len(data), 512)] if not ending else [len(data) // 4, len(data) // 2]
    for size in whole:
        if any(data[size:]) or ending:  # but for zeros that fill the last block
            archive.write_bytes(data[:size])
            with pytest.raises(InputError, match=r"cannot be read to its end|holds no SUBMITTER"):
                read_results(archive)


def test_a_second_file_at_a_path_is_said(repository):
    twice = [("r/Acme/results/box/resnet/result_4.txt", log(99).encode()), ("r/Acme/systems/box.json", b"{}")]
    archive, _ = archived(repository, extra=twice)
    found = read_results(archive)
    assert [r.minutes for r in found.results] == [12]
    assert [str(p).rpartition("/")[2] for p in found.problems] == [
        "result_4.txt: is there a second time; left out", "box.json: is there a second time; left out",
    ]  # fmt: skip


def test_a_link_in_a_zip_is_said(repository):
    link = zipfile.ZipInfo("r/Acme/systems/other.json")
    link.external_attr = 0o120777 << 16
    found = read_results(zipped(repository, [(link, "box.json")]))
    assert [str(p) for p in found.problems] == ["Acme/systems/other.json: is a link, no file; left out"]


def test_names_that_are_no_text_become_rdf(repository):
    """A folder in Latin-1, and half a pair of JSON's escapes."""
    write(repository, "Acme/systems/box.json", json.dumps({**SYSTEM, "system_name": "Box \ud83d"}))
    (repository / "Acme").rename(repository / os.fsdecode(b"Acm\xe9\n"))
    one = only(repository)
    assert (one.submitter, one.system_name) == ("Acm\ufffd\ufffd", "Box ?")


@pytest.mark.parametrize("number", ["9" * 5000, "[" * 100_000])
def test_a_number_too_long_is_said(repository, number):
    write(repository, "Acme/systems/box.json", json.dumps(SYSTEM)[:-1] + f', "x": {number}}}')
    assert "is nested too deeply, or has too long a number" in str(read_results(repository).problems[0])


def test_a_folder_of_a_plus_sign_alone_is_a_submitter(repository):
    (repository / "Acme").rename(repository / "+")
    assert [e.label for e in link_results([repository], load_vocabulary()).results[0].submitters] == ["+"]


def test_a_count_that_no_table_can_hold_is_said(repository):
    write(repository, "Acme/systems/box.json", json.dumps({**SYSTEM, "number_of_nodes": 10**8}))
    one = only(repository)
    assert one.accelerators is None
    assert "number_of_nodes is '100000000', no count" in one.notes


@pytest.mark.parametrize(
    "cut",
    [
        '"key": "opt_name", "value": "adamAcme.py", "lineno": 7}}',
        '"key": "opt_name", "vAcme"file": "train.py", "lineno": 7}}',
    ],
)
def test_a_record_of_which_the_middle_is_gone_fails_the_run(repository, cut):
    damaged = (
        log(12) + ':::MLLOG {"namespace": "", "time_ms": 1650000000000, "event_type": "POINT_IN_TIME", ' + cut + "\n"
    )
    write(repository, "Acme/results/box/resnet/result_2.txt", damaged + log(12))
    assert only(repository).failed == ("result_2.txt: has a damaged record in line 10",)


def test_lines_are_counted_as_the_log_ends_them():
    for end in ("\n", "\r\n", "\r"):
        text = log(12).replace("\n", end) + f"progress{end}:::MLLOG {{cut{end}"
        assert read_log("l", io.BytesIO(text.encode()), RULES.rules["resnet"]).damaged == 11


@pytest.mark.parametrize(
    "factor",
    ["NaN", "-1", "0", "1e308", '"x"', "null", "[1.1]", "Infinity", '1.1, "scaling_factor": 1.2', "[" * 60_000],
)
def test_a_factor_that_no_review_gives_leaves_the_result_out_and_is_said(repository, factor):
    write(repository, "Acme/results/box/resnet/scaling.json", f'{{"scaling_factor": {factor}}}')
    found = read_results(repository)
    assert not found.results
    assert "its scaling.json cannot be read" in str(found.problems[0])


@pytest.mark.parametrize(
    ("written", "read", "said"),
    [
        (r'("time_ms": \d{10})\d{3}(.*"run_start")', r"\1\2", "is in seconds and not in milliseconds"),
        (
            r'("time_ms": )\d+(.*"run_st)',
            r'\1"1.65e12"\2',
            "has the time '1.65e12', which is no number of milliseconds",
        ),
    ],
)
def test_a_run_with_a_time_that_is_no_number_of_milliseconds_does_not_count(repository, written, read, said):
    write(repository, "Acme/results/box/resnet/result_2.txt", re.sub(written, read, log(12)))
    found = read_results(repository)
    assert found.results[0].failed == ("result_2.txt: no run_start",)
    assert said in str(found.problems[0])


def test_what_leads_out_of_an_archive_is_left_out_and_told(tmp_path):
    source = tmp_path / "round.tar"
    with tarfile.open(source, "w") as archive:
        info = tarfile.TarInfo("../Evil/systems/box.json")
        info.size = 2
        archive.addfile(info, io.BytesIO(b"{}"))
        info = tarfile.TarInfo("Acme/systems/box.json")
        info.size = len(data := json.dumps(SYSTEM).encode())
        archive.addfile(info, io.BytesIO(data))
    found = read_results(source, mlperf_round="Training v2.0")
    assert [s.name for s in found.submitters] == ["Acme"]
    assert "../Evil/systems/box.json: is outside of what was given; left out" in map(str, found.problems)
