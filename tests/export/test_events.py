"""Every logged event of a repository, as N-Quads and as Parquet."""

import io
import json
import tarfile

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.errors import KgError
from kg.executor import Workers
from kg.export.events import event_lines, write_events
from kg.namespaces import ID, PREFIXES, XSD
from kg.record.events import Event, read_events
from kg.record.log import PIECE
from kg.record.repository import read_results

LINES = [
    ("run_start", None, "INTERVAL_START", {"file": "train.py", "lineno": 7}),
    ("eval_accuracy", 0.759, "POINT_IN_TIME", {"file": "train.py", "lineno": 8, "epoch_num": 4}),
    ("global_batch_size", 256, "POINT_IN_TIME", {}),
    ("opt_name", 'a "lars"\\\n\u0007é', "POINT_IN_TIME", {}),
    ("flag", True, "POINT_IN_TIME", {}),
    ("tiny", 1e-7, "POINT_IN_TIME", {}),
    ("list", [1, {"a": None}], "POINT_IN_TIME", {}),
    ("run_stop", None, "INTERVAL_END", {"status": "success"}),
]


def log(number: int) -> str:
    """A log with noise between its events."""
    lines = ["some noise"]
    for at, (key, value, kind, metadata) in enumerate(LINES):
        said = {
            "time_ms": 1650000000000 + 1000 * at,
            "event_type": kind,
            "key": key,
            "value": value,
            "metadata": metadata,
        }
        lines += [f"{number}: :::MLLOG {json.dumps(said)}", "noise"]
    return "\n".join([*lines, ":::MLLOG {broken", ':::MLLOG {"key": 5}', ""])


@pytest.fixture
def repository(tmp_path):
    root = tmp_path / "training_results_v2.0"
    for submitter in ("Dell", "Nobody"):
        for system in ("box1", "box2"):
            folder = root / submitter / "results" / system / "resnet"
            folder.mkdir(parents=True)
            for number in range(2):
                (folder / f"result_{number}.txt").write_text(log(number), "utf-8")
            (root / submitter / "systems").mkdir(exist_ok=True)
            (root / submitter / "systems" / f"{system}.json").write_text(
                json.dumps({"submitter": submitter, "division": "closed"})
            )
    return root


def test_quads(repository, tmp_path):
    file = tmp_path / "events.nq"
    assert write_events(repository, "nquads", file) == 8 * len(LINES)
    quads = list(ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == len(set(quads))
    assert {str(q.graph_name) for q in quads} == {f"<{ID}record/training-v2.0/events>"}
    me = ox.NamedNode(f"{ID}result/training-v2.0/dell-technologies/box1/resnet/events/result_0/4")
    said = {q.predicate.value: q.object for q in quads if q.subject == me}
    schema = PREFIXES["schema"]
    assert said[schema + "propertyID"].value == "eval_accuracy"
    assert float(said[schema + "value"].value) == 0.759
    assert said[PREFIXES["prov"] + "generatedAtTime"].value == "2022-04-15T05:20:01Z"
    assert said[PREFIXES["dct"] + "isPartOf"] == ox.NamedNode(f"{ID}result/training-v2.0/dell-technologies/box1/resnet")
    assert said[PREFIXES["dct"] + "source"].value == "Dell/results/box1/resnet/result_0.txt"
    assert said[schema + "position"].value == "4"
    assert json.loads(said[schema + "text"].value) == {"epoch_num": 4}
    values = {q.object.value for q in quads if q.predicate.value == schema + "value"}
    assert values == {"0.759", "256", 'a "lars"\\\n\u0007é', "true", "1e-07", '[1,{"a":null}]'}


def test_parquet_has_the_same(repository, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "events.parquet"
    assert write_events(repository, "parquet", file) == 8 * len(LINES)
    rows = parquet.read_table(file).to_pylist()
    assert [row["key"] for row in rows[: len(LINES)]] == [key for key, *_ in LINES]
    (row,) = [r for r in rows if r["log"] == "Dell/results/box1/resnet/result_0.txt" and r["line"] == 4]
    assert (row["number"], row["value"], row["time_ms"]) == (0.759, "0.759", 1650000001000.0)


def test_an_archive_gives_the_same(repository, tmp_path):
    archive = tmp_path / "training_results_v2.0.tar.xz"
    with tarfile.open(archive, "w:xz") as made:
        made.add(repository, "training_results_v2.0")
    for source, name in ((repository, "a"), (archive, "b")):
        write_events(source, "nquads", tmp_path / name)
    assert sorted((tmp_path / "a").read_bytes().splitlines()) == sorted((tmp_path / "b").read_bytes().splitlines())


def test_wrong_use_and_the_command_line(repository, tmp_path, capsysbinary):
    (tmp_path / "v2.0").mkdir()
    for source, format, file, message in (
        (repository, "csv", None, "nquads or parquet"),
        (repository, "parquet", None, "--output"),
        (tmp_path / "v2.0", "nquads", None, "holds no"),
        (repository, "nquads", tmp_path / "no" / "file", "cannot be written"),
    ):
        with pytest.raises(KgError, match=message):
            write_events(source, format, file)
    assert main(["results", str(repository), "--events"]) == 0
    written = capsysbinary.readouterr().out
    assert len(list(ox.parse(io.BytesIO(written), format=ox.RdfFormat.N_QUADS))) > 8 * len(LINES) * 7


def test_several_processes_read_the_same_results(repository):
    one, several = (read_results(repository, workers=Workers(jobs)) for jobs in (1, 2))
    assert one == several
    assert one.logs == 8


def test_an_event_past_the_first_piece_of_a_log_has_its_line(repository):
    path = repository / "Dell" / "results" / "box1" / "resnet" / "result_0.txt"
    noise = "x" * 99 + "\n"
    path.write_text(log(0) + noise * (2 * PIECE // len(noise)) + ':::MLLOG {"key": "late", "value": 1}\n', "utf-8")
    (late,) = (event for event in read_events(repository) if event.key == "late")
    assert path.read_text("utf-8").splitlines()[late.line - 1].endswith('"late", "value": 1}')


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.759, ox.Literal("0.759", datatype=ox.NamedNode(XSD + "double"))),
        (float("inf"), ox.Literal("INF", datatype=ox.NamedNode(XSD + "double"))),
        (float("nan"), ox.Literal("NaN", datatype=ox.NamedNode(XSD + "double"))),
        (True, ox.Literal(True)), (7, ox.Literal(7)), ("a\n\"b\"", ox.Literal("a\n\"b\"")),
        ({"b": 1, "a": [2]}, ox.Literal('{"a":[2],"b":1}')), (None, None),
    ],
)  # fmt: skip
def test_an_event_keeps_its_value_time_and_line(value, written):
    event = Event("Acme", "box", "bert", "Acme/results/box/bert/result_0.txt", 812, 1_651_708_800_000, "POINT_IN_TIME",
                  "eval_accuracy", value, {"epoch_num": 4})  # fmt: skip
    quads = list(ox.parse(event_lines(event, "x:result", "x:events"), format=ox.RdfFormat.N_QUADS))
    said = {q.predicate.value.rpartition("/")[2].rpartition("#")[2]: q.object for q in quads}
    assert {(q.subject.value, q.graph_name.value) for q in quads} == {("x:result/events/result_0/812", "x:events")}
    assert said.get("value") == written
    assert said["generatedAtTime"].value == "2022-05-05T00:00:00Z"
    assert (said["position"].value, said["type"].value) == ("812", "POINT_IN_TIME")
    assert json.loads(said["text"].value) == {"epoch_num": 4}
