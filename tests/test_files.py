"""Files are written whole or not at all, and never over what is no file."""

import os
import stat
import subprocess
import sys
import threading

import pytest

from kg.errors import InputError, OutputError
from kg.files import json_lines, replacing, write_whole


def test_an_error_leaves_the_old_file_and_no_litter(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fails():
        with replacing(path) as out:
            out.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_new_file_has_the_usual_rights_and_an_old_one_keeps_its_own(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_text("x")
    old.chmod(0o640)
    plain = tmp_path / "plain"
    plain.write_text("x")
    write_whole(new, "é")
    write_whole(old, b"y")
    assert new.read_bytes() == "é".encode()
    assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, "through")
    reader.join(10)
    assert read == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_is_open_already_is_written_into_behind_what_it_holds(tmp_path):
    script = "import sys; from pathlib import Path; from kg.files import write_whole\n"
    script += "[write_whole(Path(name), name) for name in sys.argv[1:]]"
    run = [sys.executable, "-c", script, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/stderr"]
    piped = subprocess.run(run, capture_output=True, check=True)
    assert (piped.stdout, piped.stderr) == (b"/dev/stdout/dev/fd/1/proc/self/fd/1", b"/dev/stderr")
    with (tmp_path / "out").open("wb") as out:
        out.write(b"before ")
        out.flush()
        subprocess.run(run, stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"before /dev/stdout/dev/fd/1/proc/self/fd/1"


def test_a_link_to_a_pipe_is_written_into(tmp_path):
    read, write = os.pipe()
    link = tmp_path / "link"
    link.symlink_to(f"/dev/fd/{write}")
    write_whole(link, "through")
    assert os.read(read, 9) == b"through"
    for end in (read, write):
        os.close(end)


def test_what_cannot_be_written_says_so(tmp_path):
    for path in (tmp_path / "no" / "such" / "folder.txt", tmp_path):
        with pytest.raises(OutputError, match="cannot be written") as told:
            write_whole(path, "x")
        assert told.value.path == path


def test_the_objects_of_json_lines_come_with_their_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\n\n{"b": [2]}\n')
    assert list(json_lines(path, "give JSON Lines")) == [(1, {"a": 1}), (3, {"b": [2]})]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1}\n{"b"', "a.jsonl:2: Expecting ':' delimiter; each line must be one JSON object"),
        (b"{}\n[1]", "a.jsonl:2: is no JSON object; give JSON Lines"),
        (b"\xff", "a.jsonl: cannot be read ('utf-8' codec can't decode byte 0xff"),
    ],
)
def test_lines_that_are_no_objects_are_refused_with_their_number(tmp_path, content, said):
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        list(json_lines(path, "give JSON Lines"))
    assert said in str(refused.value)
