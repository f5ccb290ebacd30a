"""The graph directory: written whole or not at all, and read back as it was written."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.store import FORMAT, directory, is_graph, memory_graph, open_graph, write_graph

GRAPH = Path(__file__).parents[1] / "queries" / "graph.trig"
ROOT = Path(__file__).parents[2]


def quads(value: str = "o", count: int = 1) -> list[ox.Quad]:
    s, p, g = (ox.NamedNode("https://example.org/" + x) for x in "spg")
    return [ox.Quad(s, p, ox.Literal(value + str(n)), g) for n in range(count)]


def litter(directory: Path) -> list[str]:
    return sorted(p.name for p in directory.iterdir() if p.name.startswith("."))


def test_what_is_written_is_read(tmp_path):
    written = list(ox.parse(path=GRAPH))
    texts = {"training-v2.0": "a\r\nb\u2028 é 𝄞", "a/b ../c": "odd key"}
    bad = quads("bad")
    write_graph(tmp_path / "g", written, texts, bad, {"facts": 90})
    graph = open_graph(tmp_path / "g")
    assert set(graph.quads()) == set(written)
    assert len(graph) == len(set(written))
    assert {key: graph.source(key) for key in texts} == texts
    assert graph.about == {"facts": 90, "format": FORMAT, "kind": "mlperf-kg graph", "quads": len(graph)}
    assert list(ox.parse(path=tmp_path / "g" / "quarantine.trig")) == bad
    assert sorted(p.name for p in (tmp_path / "g").iterdir()) == [
        "about.json", "quarantine.trig", "sources", "store",
    ]  # fmt: skip
    assert litter(tmp_path) == []
    with pytest.raises(GraphError, match="no text of a document 'x'"):
        graph.source("x")


def test_the_same_graph_has_the_same_about_and_quarantine(tmp_path):
    for name, order in (("a", 1), ("b", -1)):
        write_graph(tmp_path / name, quads("o", 9)[::order], {"k": "t"}, quads("bad", 9)[::order], {"x": 1})
    for file in ("about.json", "quarantine.trig", "sources/k.txt"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_the_old_graph_is_replaced_and_stays_readable_for_who_has_it_open(tmp_path):
    write_graph(tmp_path / "g", quads("old", 50), {"k": "old"})
    old = open_graph(tmp_path / "g")
    write_graph(tmp_path / "g", quads("new"), {"k": "new"})
    assert set(old.quads()) == set(quads("old", 50))
    new = open_graph(tmp_path / "g")
    assert set(new.quads()) == set(quads("new"))
    assert new.source("k") == "new"
    assert litter(tmp_path) == []


def test_a_link_to_a_graph_stays_a_link(tmp_path):
    write_graph(tmp_path / "real", quads("old"), {})
    (tmp_path / "link").symlink_to("real")
    write_graph(tmp_path / "link", quads("new"), {})
    assert (tmp_path / "link").is_symlink()
    assert set(open_graph(tmp_path / "real").quads()) == set(quads("new"))


@pytest.mark.parametrize("what", ["file", "folder"])
def test_only_a_graph_is_replaced(tmp_path, what):
    target = tmp_path / "mine"
    if what == "file":
        target.write_text("dear diary")
    else:
        target.mkdir()
        (target / "diary.txt").write_text("dear diary")
    with pytest.raises(GraphError, match="is not a graph directory, so it is not replaced"):
        write_graph(target, quads(), {})
    assert (target if what == "file" else target / "diary.txt").read_text() == "dear diary"
    assert litter(tmp_path) == []


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "mine/a.txt", "sources/notes.txt", "store/notes.txt"])
def test_what_lies_beside_a_graph_is_not_lost(tmp_path, name):
    target = tmp_path / "g"
    for _ in range(2):  # what a build wrote is replaced by the next
        write_graph(target, quads("old"), {"a/b": "t"}, about={"documents": ["a/b"]}, files={"names.json": "{}"})
    note = target / name
    note.parent.mkdir(exist_ok=True)
    note.write_text("dear diary")
    with pytest.raises(GraphError, match=f"holds {name.partition('/a')[0]}, which is no part of the graph"):
        write_graph(target, quads("new"), {})
    assert note.read_text() == "dear diary"
    assert set(open_graph(target).quads()) == set(quads("old"))
    assert litter(tmp_path) == []


def test_an_empty_folder_becomes_a_graph(tmp_path):
    write_graph(tmp_path, quads(), {})
    assert is_graph(tmp_path)


def test_what_is_no_graph_is_not_opened(tmp_path):
    with pytest.raises(GraphError, match=r"missing: does not exist; make a graph with 'kg build"):
        open_graph(tmp_path / "missing")
    with pytest.raises(GraphError, match="is not a graph directory"):
        open_graph(tmp_path)
    (tmp_path / "about.json").write_text("[not json")
    with pytest.raises(GraphError, match="is not a graph directory"):
        open_graph(tmp_path)


def test_another_format_asks_for_a_new_build(tmp_path):
    write_graph(tmp_path / "g", quads(), {})
    about = tmp_path / "g" / "about.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "format": 99}))
    with pytest.raises(GraphError, match="was written in format 99, this version reads 1; run 'kg build"):
        open_graph(tmp_path / "g")


def test_a_damaged_store_asks_for_a_new_build(tmp_path):
    write_graph(tmp_path / "g", quads(), {})
    shutil.rmtree(tmp_path / "g" / "store")
    with pytest.raises(GraphError, match="the store cannot be read"):
        open_graph(tmp_path / "g")
    write_graph(tmp_path / "g", quads(), {})
    assert len(open_graph(tmp_path / "g")) == 1


def test_an_error_in_the_making_leaves_the_old_graph(tmp_path):
    write_graph(tmp_path / "g", quads("old"), {})
    with pytest.raises(ValueError, match="no more"):
        write_graph(tmp_path / "g", _failing(), {})
    assert set(open_graph(tmp_path / "g").quads()) == set(quads("old"))
    assert litter(tmp_path) == []


# Interruptions: a process that ends itself at its nth step that touches the disk

STEPS = ("os.mkdir", "os.rename", "os.rmdir", "os.remove", "os.listdir", "os.scandir", "open", "shutil.rmtree",
         "fcntl.flock", "ctypes.dlsym")  # fmt: skip
BUILD = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
import ctypes, fcntl, glob
import pyoxigraph as ox
from kg.store import write_graph
directory, last, exchange = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "exchange"
count = 0
def watch(event, args):
    global count
    if event == "ctypes.dlsym" and not exchange and args[1] == "renameat2":
        raise AttributeError("no such system call here")
    if event in {STEPS!r}:
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
s, p, g = (ox.NamedNode("https://example.org/" + x) for x in "spg")
sys.addaudithook(watch)
write_graph(directory, [ox.Quad(s, p, ox.Literal("new0"), g)], {{"k": "new"}})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kills and exchanges as Linux does")
@pytest.mark.parametrize("how", ["exchange", "two renames"])
def test_a_build_killed_at_any_step_leaves_one_of_the_two_graphs(tmp_path, how):
    seen = []
    for step in range(1, 200):
        target = tmp_path / str(step) / "g"
        write_graph(target, quads("old"), {"k": "old"})
        done = subprocess.run([sys.executable, "-c", BUILD, str(target), str(step), how], capture_output=True)
        graph = open_graph(target)
        text = graph.source("k")
        assert set(graph.quads()) == set(quads(text)), step
        seen.append(text)
        write_graph(target, quads("next"), {"k": "next"})
        assert open_graph(target).source("k") == "next"
        assert litter(target.parent) == [], step
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
    assert done.returncode == 0
    assert seen == sorted(seen, reverse=True), "once the new graph is seen, the old one is gone"
    assert seen[0] == "old"
    assert seen[-1] == "new"
    assert len(seen) > 8


def test_a_full_disk_leaves_the_old_graph(tmp_path):
    target = tmp_path / "g"
    write_graph(target, quads("old"), {"k": "old"})
    script = f"""
import resource, sys
sys.path.insert(0, {str(ROOT)!r})
import pyoxigraph as ox
from kg.errors import GraphError
from kg.store import write_graph
s, p, g = (ox.NamedNode("https://example.org/" + x) for x in "spg")
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    write_graph({str(target)!r}, (ox.Quad(s, p, ox.Literal(str(n) * 99), g) for n in range(50_000)), {{}})
except GraphError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "cannot be written" in done.stdout, done
    assert "what was there is unchanged" in done.stdout
    assert open_graph(target).source("k") == "old"
    assert litter(tmp_path) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(GraphError, match="cannot be written"):
        write_graph(tmp_path / "file" / "g", quads(), {})
    if Path("/proc/self").exists():
        with pytest.raises(GraphError, match="cannot be written"):
            write_graph("/proc/self/g", quads(), {})


def test_a_build_that_is_under_way_is_not_taken_for_a_leftover(tmp_path):
    def slow():
        yield from quads("outer")
        write_graph(tmp_path / "g", quads("inner"), {"k": "inner"})

    write_graph(tmp_path / "g", slow(), {"k": "outer"})
    assert open_graph(tmp_path / "g").source("k") == "outer"
    assert litter(tmp_path) == []


def test_a_graph_can_be_built_where_names_are_patterns(tmp_path):
    for name in ("a[b]*", "a[b]?"):
        write_graph(tmp_path / name, quads(name), {})
    assert set(open_graph(tmp_path / "a[b]*").quads()) == set(quads("a[b]*"))


# rdflib

terms = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(terms, st.sampled_from(["", "en", "xsd:integer"]), st.booleans()), max_size=5))
@settings(deadline=None)
def test_rdflib_gets_the_same_quads(said):
    s, p, g = (ox.NamedNode("https://example.org/" + x) for x in "spg")
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    made = []
    for text, how, named in said:
        literal = (
            ox.Literal(text, language="en") if how == "en"
            else ox.Literal(text, datatype=integer) if how else ox.Literal(text)
        )  # fmt: skip
        made.append(ox.Quad(s, p, literal, g if named else ox.DefaultGraph()))
    dataset = memory_graph(made).to_rdflib()
    back = set()
    for _, _, o, graph in dataset.quads((None, None, None, None)):
        datatype = ox.NamedNode(str(o.datatype)) if o.datatype else None
        literal = ox.Literal(str(o), language=o.language) if o.language else ox.Literal(str(o), datatype=datatype)
        back.add(ox.Quad(s, p, literal, g if str(graph) == g.value else ox.DefaultGraph()))
    assert back == set(made)


def test_rdflib_reads_the_union():
    dataset = memory_graph(ox.parse(path=GRAPH)).to_rdflib()
    rows = dataset.query("SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a mlp:Fact }")
    assert [int(row.n) for row in rows] == [90]


def test_the_default_graph_of_a_query_is_the_stored_one_or_the_union():
    graph = memory_graph(ox.parse(path=GRAPH))
    facts = "SELECT ?f { ?f a mlp:Fact }"
    assert len(list(graph.query(facts))) == 0  # type: ignore[arg-type]
    assert len(list(graph.query(facts, union=True))) == 90  # type: ignore[arg-type]
    assert len(list(graph.query("SELECT ?f { GRAPH ?g { ?f a mlp:Fact } }"))) == 90  # type: ignore[arg-type]


def test_a_graph_in_memory_has_no_place_for_a_worker():
    with pytest.raises(GraphError, match="in memory only"):
        _ = memory_graph([]).store_directory


def test_the_working_directory_does_not_matter_afterwards(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_graph("g", quads(), {"k": "t"})
    graph = open_graph("g")
    os.chdir("/")
    assert graph.source("k") == "t"


def test_a_graph_that_a_killed_build_left_aside_is_read_and_brought_back(tmp_path):
    write_graph(tmp_path / "g", quads(), {})
    (tmp_path / "g").rename(tmp_path / ".g.old-1234")
    assert list(open_graph(tmp_path / "g").quads()) == quads()
    with pytest.raises(ValueError, match="no more"):
        write_graph(tmp_path / "g", _failing(), {})
    assert list(open_graph(tmp_path / "g").quads()) == quads()
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def _failing():
    yield from quads("new")
    raise ValueError("no more")


def test_a_graph_that_is_asked_often_is_read_from_memory_and_says_the_same(tmp_path, monkeypatch):
    quads = [ox.Quad(ox.NamedNode(f"x:{n}"), ox.NamedNode("x:p"), ox.Literal(str(n))) for n in range(5)]
    write_graph(tmp_path / "g", quads, {})
    graph = open_graph(tmp_path / "g")
    copied = []
    copy = directory._in_memory

    def copying(found):
        copied.append(1)
        return copy(found)

    monkeypatch.setattr(directory, "_in_memory", copying)
    said = []
    for _ in range(40):
        said.append([row["o"].value for row in graph.query("SELECT ?o { ?s ?p ?o } ORDER BY ?o")])
    assert said == [["0", "1", "2", "3", "4"]] * 40
    assert copied == [1]
    assert {q.object.value for q in graph.match(ox.NamedNode("x:3"))} == {"3"}
    assert len(graph) == 5
