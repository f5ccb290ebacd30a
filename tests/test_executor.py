"""The same results in the same order from one process, several, and a Dask cluster that loses a worker."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.generate import documents
from kg.build import build, read_statements
from kg.errors import InputError
from kg.executor import Workers
from kg.store import open_graph

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("documents")
    for number, text in enumerate(documents(12)):
        (made / f"{number:02}.md").write_text(text)
    return made


@pytest.fixture(scope="module")
def serial(folder):
    return read_statements([folder])


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    raise InputError(f"{number} is refused")


def end_once(work: tuple[int, str]) -> int:
    """Ends its own process the first time that it is called for number 5."""
    number, mark = work
    if number == 5:
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            return number
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def end_always(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_order(jobs):
    assert Workers(jobs).map(double, range(20)) == list(range(0, 40, 2))
    assert Workers(jobs).map(double, []) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_the_first_one(jobs):
    with pytest.raises(InputError, match=r"^3 is refused"):
        Workers(jobs).map(refuse, [3, 4])


def test_a_process_that_ends_is_replaced(tmp_path):
    work = [(number, str(tmp_path / "mark")) for number in range(10)]
    assert Workers(2).map(end_once, work) == list(range(10))
    with pytest.raises(InputError, match="ended 3 times"):
        Workers(2).map(end_always, [1, 2])


def test_wrong_use():
    with pytest.raises(InputError, match="1 or more"):
        Workers(0)
    with pytest.raises(InputError, match="dask://"):
        Workers(1, "tcp://localhost:1")


def same(reading, other):
    """Whether two readings are equal; vocabularies are compared by what they hold, which is read anew in each process."""
    return dict(reading.vocabulary) == dict(other.vocabulary) and replace(reading, vocabulary=other.vocabulary) == other


def test_several_processes_find_the_same(folder, serial):
    assert same(read_statements([folder], workers=Workers(2)), serial)


@pytest.fixture
def cluster(tmp_path):
    """The address of a Dask scheduler with two workers, and the workers' processes."""
    pytest.importorskip("distributed", reason="distributed is not installed (pip install 'mlperf-kg[dask]')")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    file = tmp_path / "scheduler.json"

    def start(*words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:], "--no-dashboard"]
        with (tmp_path / "log").open("ab") as log:
            return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)

    started = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))]
    try:
        for _ in range(2):
            started.append(
                start(
                    "dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1"
                )
            )
        from distributed import Client

        with Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address.replace("tcp://", "dask://"), started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait(30)


def test_a_cluster_that_loses_a_worker_finds_the_same(cluster, folder, serial, tmp_path):
    address, workers = cluster
    work = [(number, str(tmp_path / "mark")) for number in range(10)]
    assert Workers(address=address).map(end_once, work) == list(range(10))
    assert (tmp_path / "mark").exists()
    assert sorted(w.poll() is None for w in workers) == [False, True]
    assert same(read_statements([folder], workers=Workers(address=address)), serial)


def test_a_build_on_a_cluster_is_the_same_graph(cluster, tmp_path, graph):
    address, _ = cluster
    build(directory=tmp_path / "graph", workers=Workers(address=address), parts=tmp_path / "parts")
    assert set(open_graph(tmp_path / "graph").quads()) == set(graph.quads())
    assert (tmp_path / "parts" / "part-00000.nq").exists()


def test_no_scheduler():
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="no Dask scheduler"):
        Workers(address="dask://127.0.0.1:9").map(double, [1])
