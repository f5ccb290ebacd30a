"""A disk that is full in the middle of a build or an export: the old files are there, whole, and one message says so."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kg as library

ROOT = Path(__file__).parents[1]
DOCUMENT = "# MLPerf Training v2.0\n\n## {name}\n\nWe submitted BERT results in 12.5 minutes on eight A100 80GB GPUs.\n"


def kg(*words, most=None):
    """The command with no file larger than `most` bytes: writing more fails as a full disk does."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)], cwd=ROOT, capture_output=True, text=True,
        preexec_fn=limit if most else None, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


@pytest.fixture
def documents(tmp_path):
    paths = [tmp_path / f"{name}.md" for name in ("Baidu", "Dell")]
    for path in paths:
        path.write_text(DOCUMENT.format(name=path.stem), "utf-8")
    return paths


@pytest.mark.parametrize("most", [1, 10_000, 60_000])
def test_a_build_that_cannot_be_written_leaves_the_old_graph(tmp_path, documents, most):
    graph = tmp_path / "graph"
    assert kg("build", documents[0], "--graph", graph, "--no-results").returncode == 0
    done = kg("build", documents[1], "--graph", graph, "--no-results", most=most)
    assert done.returncode == 2, done.stdout
    assert str(graph) in done.stderr
    assert "Traceback" not in done.stderr
    names = {
        row["organizationLabel"]
        for row in library.run_query(library.open_graph(graph), "who-submitted", {"benchmark": "BERT"})
    }
    assert names == {"Baidu"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Baidu.md", "Dell.md", "graph"]


@pytest.mark.parametrize("name", ["graph.ttl", "graph.jsonld", "graph.graphml", "page.html"])
def test_an_export_that_cannot_be_written_leaves_the_old_file(tmp_path, built, name):
    file = tmp_path / name
    file.write_text("what was there")
    done = kg("draw" if name == "page.html" else "export", file, "--graph", built, most=2000)
    assert done.returncode == 2
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.read_text() for p in tmp_path.iterdir()] == ["what was there"]
