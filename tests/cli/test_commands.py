"""Commands: that they are listed, start light, say what is wrong, and that a shell completes them."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import COMMANDS, command, rows
from kg.cli.command import Parser, part_of

from .conftest import ROOT


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(cli, name):
    done = cli([name, "--help"])
    assert done.exit_code == 0
    assert COMMANDS[name][1].split(":")[0] in " ".join(done.stdout.split())


def test_every_function_that_runs_is_a_command():
    paths = (ROOT / "kg" / "cli").glob("*.py")
    found = {
        (name, path.stem) for path in paths for name in re.findall(r"^def run_(\w+)\(", path.read_text("utf-8"), re.M)
    }
    assert found == {(name, module) for name, (module, _) in COMMANDS.items()}


def test_help_version_and_nothing(cli):
    assert all(f"  {name} " in cli(["--help"]).stdout for name in COMMANDS)
    assert cli(["--version"]).stdout.startswith("kg ")
    assert cli([]).exit_code == 2
    assert "no option --what" in cli(["--what"]).stderr
    assert "nearest: query" in cli(["qurey"]).stderr


def test_the_help_of_a_query_lists_its_parameters(cli):
    text = " ".join(cli(["query", "who-submitted", "--help"]).stdout.split())
    assert "--accelerator ACCELERATOR" in text
    assert "statements, record or both (default: statements)" in text


@pytest.mark.parametrize(
    ("words", "light"),
    [(["--help"], {"pyoxigraph", "argparse", "re"}), (["query", "counts"], {"subprocess", "argcomplete"})],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(built, words, light):
    code = f"import sys; sys.argv = ['kg', *{words!r}]; from kg.cli import main; main(); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"], cwd=ROOT,
        capture_output=True, text=True, check=True, env={**os.environ, "KG_GRAPH": str(built)},
    )  # fmt: skip
    heavy = {
        "rdflib",
        "pyshacl",
        "networkx",
        "uvicorn",
        "starlette",
        "rich",
        "vl_convert",
        "orjson",
        "jinja2",
        "httpx",
        "prompt_toolkit",
    }
    assert {m.partition(".")[0] for m in done.stderr.split()} & (heavy | light) == set()


def test_several_values_of_a_parameter_mean_any_of_them(cli, built):
    def organizations(*words):
        done = cli(["query", "who-submitted", *words, "--graph", built, "--format", "csv", "--columns", "organization"])
        return {line.split(",")[1] for line in done.stdout.splitlines()[1:]}

    one, other = organizations("--framework", "PyTorch"), organizations("--framework", "PaddlePaddle")
    assert one != other
    assert organizations("--framework", "PyTorch", "--framework=PaddlePaddle") == one | other
    twice = cli(["query", "largest-systems", "--least", "3", "--least", "4", "--graph", built])
    assert (twice.exit_code, twice.stderr) == (2, "kg: --least is given 2 times; give one integer\n")


def test_nothing_found_says_what_there_is(cli, built):
    done = cli(["query", "who-submitted", "--accelerator", "H100", "--graph", built])
    assert done.exit_code == 1
    assert "the graph has statements (19 of MLPerf Training v2.0) and official results of MLPerf" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--jobs", "0"], "'0' is no whole number of 1 or more; see kg build --help"),
        (["serve", "--port", "70000"], "'70000' is no port"),
        (["serve", "--seconds", "nan"], "'nan' is no time limit"),
        (["facts", "--format", "yaml"], "no format 'yaml' for facts; give table, csv or jsonl"),
        (["results", ".", "--events", "--format", "csv"], "no format 'csv' for events; give nquads or parquet"),
        (["query", "counts", "--format", "yaml"], "no format 'yaml' for rows; give table, csv, tsv"),
        (["query", "counts", "--columns", "hours"], "no column is known as 'hours'; nearest: organization"),
        (["query", "counts", "one"], "one is no argument of it"),
        (["query"], "the following arguments are required: NAME"),
        (["query", "round-results"], "required: --round; see kg query round-results --help"),
        (["query", "zzz", "--help"], "no query is known as 'zzz'; kg queries lists them"),
        (["query", "who-submited", "--help"], "nearest: who-submitted"),
        (["zzz"], "no command is known as 'zzz'; kg --help lists them"),
        (["describe", "zzz"], "no entity is known as 'zzz', and no known name is near it"),
        (["validate", "gone"], "gone: cannot be read (No such file or directory); check its name"),
        (["validate", "--shapes", "gone.ttl"], "gone.ttl: cannot be read (No such file or directory); check its name"),
        (["results", "gone"], "gone: cannot be read (no such file or folder); check its name"),
        (["build", "--results", "gone.csv"], "gone.csv: cannot be read (No such file or directory); give a table"),
        (["build", "--vocabulary", "gone.ttl"], "gone.ttl: cannot be read (No such file or directory); give a Turtle"),
        (["build", "--facts", "gone"], "gone: cannot be read (No such file or directory); give facts as"),
        (["evaluate", "gone"], "gone: cannot be read (No such file or directory); give a JSON Lines file"),
        (["sparql", "--file", "gone"], "gone: cannot be read (No such file or directory); give UTF-8 text"),
        (["draw", "gone.bmp"], "gone.bmp: a picture ends in .html, .svg or .png"),
        (["sparql"], "give a query, or --file"),
        (["build", "--no-results", "--results", "x"], "not allowed with argument"),
    ],
)
def test_wrong_use_is_said(cli, built, monkeypatch, words, said):
    monkeypatch.setenv("KG_GRAPH", str(built))
    done = cli(words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["export", ""], "an argument"),
        (["facts", ""], "an argument"),
        (["build", ""], "an argument"),
        (["results", ""], "an argument"),
        (["draw", ""], "an argument"),
        (["build", "--results", ""], "--results"),
        (["query", "counts", "--columns", ""], "--columns"),
        (["query", "counts", "--columns="], "--columns"),
        (["facts", "--graph", ""], "--graph"),
        (["facts", "--round", ""], "--round"),
    ],
)
def test_an_empty_word_is_no_name(cli, built, monkeypatch, tmp_path, words, what):
    monkeypatch.setenv("KG_GRAPH", str(built))
    monkeypatch.chdir(tmp_path)
    done = cli(words)
    assert (done.exit_code, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert f"kg: {what} is empty; name something, or leave it out; see kg {words[0]}" in done.stderr


def test_an_empty_variable_is_as_one_that_is_not_set(cli, monkeypatch, tmp_path):
    monkeypatch.setenv("KG_GRAPH", "")
    monkeypatch.chdir(tmp_path)
    assert "kg-graph: does not exist" in cli(["query", "counts"]).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "x  y\n-  -\n   2\n(1 row)\n"),
        (["--columns", "x"], "x\n-\n\n(1 row)\n"),
        (["--format", "markdown"], "| x | y |\n| --- | --- |\n|  | 2 |\n"),
    ],
)
def test_a_typed_query_shows_the_columns_that_it_selects(cli, built, words, said):
    done = cli(["sparql", "SELECT ?x ?y {BIND(1/0 AS ?x) BIND(2 AS ?y)}", "--graph", built, *words])
    assert (done.exit_code, done.stdout) == (0, said)


def test_claims_that_are_not_there_are_said_with_those_that_are(cli, built):
    done = cli(["claims", "--organization", "Google", "--verdict", "contradicted", "--graph", built])
    assert (done.exit_code, done.stdout) == (1, "")
    assert re.search(r"no such claims; in this graph are \d+ claims: .*\d+ supported", done.stderr)


def test_a_busy_port_is_said(cli, built):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = cli(["serve", "--graph", built, "--port", port])
    assert done.exit_code == 2
    assert (
        f"127.0.0.1:{port}: nothing can listen there (Address already in use); choose another with --port"
        in done.stderr
    )


def test_two_files_are_named(cli, built, tmp_path):
    done = cli(["export", tmp_path / "g.csv", "--graph", built])
    assert done.stdout.splitlines() == [str(tmp_path / "g-nodes.csv"), str(tmp_path / "g-edges.csv")]


def test_a_missing_extra_says_what_to_install(built):
    code = (
        "import sys; sys.modules['uvicorn'] = None; from kg.cli import main; sys.exit(main(['serve', '--port', '0']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "KG_GRAPH": str(built)},
    )
    assert done.returncode == 2
    assert "pip install 'mlperf-kg[serve]'" in done.stderr


def test_a_reader_that_leaves_is_no_error(built):
    command = f"{sys.executable} -m kg sparql 'SELECT ?s ?p ?o {{?s ?p ?o}} LIMIT 20000' --graph {built} --format csv | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "s,p,o\n"
    assert done.stderr == ""


def test_a_field_a_line_and_the_number_of_rows(cli, built):
    done = cli(["query", "largest-systems", "--limit", "2", "--record", "--graph", built])
    assert done.stdout.startswith("— 1 of 2\norganization  Google\n")
    assert re.search(r"\n\(2 of \d\d rows\)\n$", done.stdout)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("kg que", {"query", "queries"}),
        ("kg query who-s", {"who-submitted"}),
        ("kg query who-submitted --fram", {"--framework"}),
        ("kg query who-submitted --framework Pad", {"PaddlePaddle"}),
        ("kg query who-submitted --source ", {"statements", "record", "both"}),
        ("kg facts --format ", {"table", "csv", "jsonl"}),
        ("kg claims --verdict c", {"contradicted"}),
    ],
)
def test_a_shell_completes(built, line, wanted):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m kg 8>&1 9>/dev/null >/dev/null"], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "KG_GRAPH": str(built), "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE": "1",
             "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_SHELL": "bash", "_ARGCOMPLETE_SUPPRESS_SPACE": "1"},
    )  # fmt: skip
    assert wanted <= set(done.stdout.split("\n")), done.stderr
    assert len(done.stdout.split("\n")) < 12


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(cli, shell):
    assert "kg" in cli(["completion", shell]).stdout


def test_arguments_of_a_command_are_those_that_it_uses():
    for name in COMMANDS:
        parser = Parser(prog=f"kg {name}")
        part_of("add", name)(parser, [])
        files = (part_of("run", name).__code__.co_filename, command.__file__, rows.__file__)
        source = "".join(Path(file).read_text("utf-8") for file in files)
        used = [a.dest for a in parser._actions if a.dest != "help"]
        assert [dest for dest in used if f"options.{dest}" not in source] == []
