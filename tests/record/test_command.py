"""`kg results` and `kg build --results` on a repository."""

import csv
import io

from kg.build import build
from kg.query import run
from kg.store import open_graph


def test_the_command_writes_and_reports(cli, repository, tmp_path):
    result = cli(["results", str(repository), "--format", "csv"])
    assert result.exit_code == 0
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 1
    assert "1 result from 5 logs of 1 submitter\n" in result.stderr
    target = tmp_path / "r.parquet"
    done = cli(["results", str(repository), "--format", "parquet", "--output", str(target)])
    assert (done.exit_code, target.read_bytes()[:4]) == (0, b"PAR1")


def test_a_graph_of_a_repository(repository, tmp_path):
    report = build(directory=tmp_path / "g", results=[repository])
    assert len(report.record.results) == 1
    (row,) = run(open_graph(tmp_path / "g"), "results")
    assert (row["minutes"], row["frameworkLabel"]) == ("12", "PyTorch")


def test_results_are_left_out_or_refused(cli, repository, tmp_path):
    graph = str(tmp_path / "g")
    assert cli(["build", "--graph", graph, "--no-results"]).exit_code == 0
    assert len(run(open_graph(graph), "results")) == 0
    both = cli(["build", "--graph", graph, "--no-results", "--results", str(repository)])
    assert both.exit_code == 2
