import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
HEAVY = ("rdflib", "pyoxigraph", "spacy", "pyshacl", "networkx", "vl_convert", "rich")


@pytest.mark.parametrize("name", kg.__all__)
def test_every_export_is_there_and_documented(name):
    assert getattr(kg, name).__doc__


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        _ = kg.frobnicate


def imported(*words):
    script = (
        f"import sys, runpy; sys.argv = ['kg', *{words!r}]\ntry:\n    runpy.run_module('kg', run_name='__main__')\n"
    )
    script += "except SystemExit:\n    pass\nprint(chr(10).join(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return {line.partition(".")[0] for line in done.stderr.splitlines()}


def test_help_imports_nothing_heavy():
    assert imported("--help") & set(HEAVY) == set()


def test_a_query_imports_neither_rdflib_nor_pyshacl_nor_networkx(built):
    found = imported("query", "not-submitted", "--graph", str(built), "--format", "csv")
    assert "pyoxigraph" in found
    assert found & {"rdflib", "pyshacl", "networkx", "vl_convert"} == set()


def test_the_wheel_builds_the_graph_in_a_clean_environment(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"kg/ontology/shapes.ttl", "kg/queries/who-submitted.rq", "kg/data/statements/training-v2.0.md"} <= set(
        names
    )
    assert "kg/draw/viewer.js" in names
    target = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(wheel)], check=True
    )
    script = (
        f"import sys; sys.path.insert(0, {str(target)!r}); import kg; assert kg.__file__.startswith({str(target)!r})\n"
        f"from pathlib import Path; r = kg.build_graph(directory=Path({str(tmp_path / 'graph')!r})); print(r.quarantined)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout == "0\n"


def test_no_pattern_has_a_possessive_group():
    """Python before 3.11.5 goes on behind what such a group gave up (https://github.com/python/cpython/issues/106052)."""
    possessive = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
    sources = {path: path.read_text("utf-8") for path in (ROOT / "kg").rglob("*.py")}
    assert [str(path) for path, text in sources.items() if possessive.search(text)] == []
