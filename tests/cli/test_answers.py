"""What commands print: what was read, asked, drawn and written, and what a terminal gets of it."""

import io
import json
import os
import pty
import subprocess
import sys

import pytest

from kg.cli import COMMANDS, main
from kg.cli.command import listed
from tests.cli.conftest import ROOT
from tests.record.conftest import SYSTEM, write


def on_terminal(words, **environment):
    """What a command shows on a terminal of 24 lines of 80 characters."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, words)], cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**os.environ, "LINES": "24", "COLUMNS": "80", "TERM": "xterm", **environment},
    ) as running:  # fmt: skip
        os.close(theirs)
        shown = bytearray()
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
        except OSError:  # how Linux tells that the other side is closed
            pass
    os.close(ours)
    return running.returncode, shown.decode()


def test_a_fact_is_explained_by_its_words(cli, document):
    facts = [json.loads(line) for line in cli(["facts", document, "--format", "jsonl"]).stdout.splitlines()]
    used = next(fact for fact in facts if fact["predicate"] == "usedFramework")
    told = cli(["explain", used["fact"], document])
    assert told.exit_code == 0
    assert "usedFramework" in told.stdout
    assert used["quote"] in told.stdout
    assert cli(["explain", "no-such-fact", document]).exit_code == 2


def test_names_stand_at_their_places(cli, document):
    rows = [json.loads(line) for line in cli(["names", document, "--format", "jsonl"]).stdout.splitlines()]
    text = document.read_text("utf-8")
    assert {(row["name"], row["kind"]) for row in rows} >= {("BERT", "Benchmark"), ("PyTorch", "Framework")}
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


def test_a_build_says_what_it_read_and_what_nothing_knows(cli, tmp_path, document, repository):
    document.write_text(document.read_text("utf-8").replace("A100 80GB GPUs", "QX77 GPUs"), "utf-8")
    write(repository, "Acme/systems/box.json", {**SYSTEM, "host_processor_model_name": "Quark 9"})
    table = ROOT / "tests" / "record" / "summary_results.json"
    done = cli(["build", document, "--results", repository, "--inference", table, "--graph", tmp_path / "g"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert "statements.md: MLPerf Training v2.0, 1 statements" in lines
    assert "1 official results of MLPerf Training v2.0; 0 systems of statements found among those filed" in lines
    assert "filed, and in no vocabulary (--vocabulary adds names): Processor Quark 9 (1)" in lines
    assert any(line.startswith("summary_results: ") and "results of MLPerf Inference" in line for line in lines)
    assert lines[-1] == "nothing in quarantine"


def test_results_and_events_of_a_repository(cli, repository, tmp_path):
    done = cli(["results", repository])
    assert done.exit_code == 0
    assert [line.split()[-2:] for line in done.stdout.splitlines()[2:]] == [["12", "5"]]
    assert "1 result from 5 logs of 1 submitter\n" in done.stderr
    events = cli(["results", repository, "--events", "--output", tmp_path / "e.nq"])
    assert (events.exit_code, events.stderr) == (0, "45 events\n")
    assert (tmp_path / "e.nq").read_text("utf-8").count("/events> .\n") == sum(1 for _ in (tmp_path / "e.nq").open())


@pytest.mark.parametrize(
    "words", [["export", "x.ttl"], ["export", ""], ["draw", "x.svg"], ["plot", "record-progress", "deep/x.svg"]]
)
def test_nothing_is_written_into_a_graph(cli, built, words):
    before = sorted(built.rglob("*"))
    done = cli([*words[:-1], built / words[-1], "--graph", built])
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{built} holds a graph; write elsewhere" in done.stderr
    assert sorted(built.rglob("*")) == before


def test_a_chart_and_the_charts_there_are(cli, built, tmp_path):
    drawn = cli(["plot", "scaling", tmp_path / "a.json", "--benchmark", "BERT", "--graph", built])
    assert drawn.exit_code == 0
    assert drawn.stdout.startswith(f"{tmp_path / 'a.json'}: ")
    assert "vconcat" in json.loads((tmp_path / "a.json").read_text("utf-8"))
    none = cli(["plot", "counts", tmp_path / "b.json", "--graph", built])
    assert (none.exit_code, "the query counts has no chart; those that have one: " in none.stderr) == (2, True)


def test_a_question_its_query_and_one_after_another(cli, built, monkeypatch):
    asked = cli(["ask", "who", "used", "MXNet", "in", "v2.0", "--graph", built])
    assert asked.exit_code == 0
    assert "Read as" in asked.stdout
    query = cli(["ask", "--sparql", "who used MXNet in v2.0", "--graph", built]).stdout
    assert cli(["sparql", query, "--graph", built]).exit_code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO("who used MXNet in v2.0\nquit\nwho used JAX in v2.0\n"))
    assert cli(["ask", "--graph", built]).stdout == asked.stdout


def test_examples_are_questions(cli, built):
    lines = cli(["examples", "--graph", built]).stdout.splitlines()
    assert len(lines) > 20
    assert cli(["ask", lines[0], "--graph", built]).exit_code == 0


def test_claims_of_one_verdict(cli, built):
    done = cli(["claims", "--verdict", "not-checkable", "--format", "jsonl", "--graph", built])
    assert done.exit_code == 0
    assert {json.loads(line)["verdict"] for line in done.stdout.splitlines()} == {"not checkable"}
    wrong = cli(["claims", "--verdict", "denied", "--graph", built])
    assert wrong.exit_code == 2
    assert "no verdict is known as 'denied'; nearest: " in wrong.stderr


def test_graphs_that_differ_and_one_beside_itself(cli, built, document, tmp_path):
    same = cli(["diff", built, built])
    assert (same.exit_code, same.stdout, same.stderr) == (0, "", "no fact, result or verdict differs\n")
    assert cli(["build", document, "--no-results", "--graph", tmp_path / "g"]).exit_code == 0
    document.write_text(document.read_text("utf-8").replace("PyTorch", "MXNet"), "utf-8")
    assert cli(["build", document, "--no-results", "--graph", tmp_path / "h"]).exit_code == 0
    other = cli(["diff", tmp_path / "g", tmp_path / "h"])
    assert other.exit_code == 1
    assert "PyTorch" in other.stdout
    assert "MXNet" in other.stdout


def test_rows_and_graphs_in_other_formats(cli, built):
    made = cli(
        ["sparql", "CONSTRUCT { ?s a mlp:Record } WHERE { ?s a mlp:Record }", "--format", "n-triples", "--graph", built]
    )
    assert made.stdout.splitlines()[0].endswith("<https://w3id.org/mlperf-kg/ontology#Record> .")
    facts = cli(
        ["describe", "Baidu", "--format", "csv", "--columns", "predicate,quote", "--limit", "3", "--graph", built]
    )
    assert len(facts.stdout.splitlines()) == 4
    table = cli(["query", "rounds", "--format", "markdown", "--limit", "2", "--graph", built]).stdout.splitlines()
    assert (table[0][:2], set(table[1]), len(table)) == ("| ", set("| -"), 4)


def test_assistants_are_served_until_they_go(built):
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", "--graph", built], cwd=ROOT, input="", capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_what_nobody_foresaw_is_not_hidden(monkeypatch):
    monkeypatch.setitem(COMMANDS, "lost", ("no_such_module", "Is not there."))
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        main(["lost"])


def test_a_list_of_words():
    assert (listed([]), listed(["csv"]), listed(["csv", "tsv"])) == ("", "csv", "csv or tsv")


@pytest.mark.parametrize(("pager", "mark"), [("sed s/^/[paged]/", "[paged]"), ("", ""), ("no-such-pager", "")])
def test_many_rows_go_through_the_pager_of_a_terminal(built, pager, mark):
    code, shown = on_terminal(["query", "results", "--limit", "40", "--graph", built], PAGER=pager)
    assert code == 0
    assert shown.startswith(mark)
    assert ("[paged]" in shown) == bool(mark)
    assert "40 of " in shown


def test_a_terminal_sees_that_work_goes_on(document, repository):
    code, shown = on_terminal(["facts", document])
    assert (code, "reading" in shown, "usedFramework" in shown) == (0, True, True)
    code, shown = on_terminal(["results", repository])
    assert (code, " 12 " in shown, "6/6" in shown) == (0, True, True)
