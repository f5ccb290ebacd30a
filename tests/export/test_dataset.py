"""The graph described as a data set, and the folder that is passed on."""

import csv
import hashlib
import json

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.export.dataset import DATASET, EXTENDED, VOID, described
from kg.export.dump import dump
from kg.export.examples import examples
from kg.namespaces import MLP, PREFIXES
from kg.query import queries, sparql
from kg.store import memory_graph

SH = "http://www.w3.org/ns/shacl#"


def store(triples):
    made = ox.Store()
    made.extend(ox.Quad(*triple) for triple in triples)
    return made


@pytest.fixture(scope="module")
def folder(graph, tmp_path_factory):
    made = tmp_path_factory.mktemp("dump")
    dump(graph, made)
    return made


def test_partitions_count_what_the_graph_holds(graph):
    void = store(described(graph))
    prefixes = f"PREFIX void: <{VOID}> PREFIX e: <{EXTENDED}> PREFIX mlp: <{MLP}> PREFIX xsd: <{PREFIXES['xsd']}>"
    said = void.query(
        prefixes
        + """SELECT ?things ?uses ?organizations ?numbers {
            ?c void:class mlp:Result ; void:entities ?things ; void:propertyPartition ?p, ?q .
            ?p void:property mlp:submitter ; void:triples ?uses ; void:classPartition ?o .
            ?o void:class mlp:Organization ; void:triples ?organizations .
            ?q void:property mlp:minutes ; e:datatypePartition ?d . ?d e:datatype xsd:decimal ; void:triples ?numbers }"""
    )
    ((things, uses, organizations, numbers),) = [[int(t.value) for t in row] for row in said]
    counted = sparql(graph, """SELECT (COUNT(DISTINCT ?r) AS ?n) (COUNT(*) AS ?m) {
        GRAPH ?g { ?r a mlp:Result ; mlp:submitter ?o } ?o a mlp:Organization }""")  # fmt: skip
    assert [things, uses] == [int(t.value) for t in counted.rows[0]]
    assert organizations == uses
    (row,) = sparql(graph, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?r a mlp:Result ; mlp:minutes ?m } }").rows
    assert numbers == int(row[0].value)


def test_the_data_set_says_its_licence_version_and_sources(graph):
    said = {(t.predicate.value, getattr(t.object, "value", "")) for t in described(graph) if t.subject.value == DATASET}
    values = {name for name, _ in said}
    for name in ("title", "description", "license", "creator", "issued", "source"):
        assert PREFIXES["dct"] + name in values
    assert PREFIXES["dcat"] + "version" in values
    assert (PREFIXES["dct"] + "source", PREFIXES["id"] + "record/training-v2.0") in said
    assert not any(isinstance(t.object, ox.BlankNode) for t in described(graph))


def test_examples_are_read_as_sib_tools_read_them(graph):
    found = store(examples(graph, "http://127.0.0.1/sparql"))
    rows = list(found.query(f"""PREFIX sh: <{SH}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
        SELECT DISTINCT ?comment ?query {{ ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ;
          sh:select|sh:ask|sh:construct|sh:describe ?query }}"""))  # fmt: skip
    assert len(rows) >= len(queries()) - 3
    declared = {row[0].value: row[1].value for row in found.query(
        f"PREFIX sh: <{SH}> SELECT ?prefix ?namespace {{ [] sh:namespace ?namespace ; sh:prefix ?prefix }}")}  # fmt: skip
    assert declared == PREFIXES
    for row in rows:
        ox.Store().query("".join(f"PREFIX {p}: <{n}>\n" for p, n in declared.items()) + row[1].value)


def test_queries_whose_examples_the_graph_has_not_are_no_examples():
    found = store(examples(memory_graph([])))
    asked = found.query(f"SELECT ?name {{ ?q a <{SH}SPARQLExecutable> ; <{PREFIXES['rdfs']}label> ?name }}")
    names = {row[0].value for row in asked}
    assert "rounds" in names
    assert "results" in names
    assert names < {query.name for query in queries()}


def test_the_folder_holds_the_data_with_their_description(folder, graph):
    names = {path.name for path in folder.iterdir()}
    assert names == {"graph.nq", "results.csv", "claims.csv", "void.ttl", "examples.ttl", "croissant.json"}
    assert sum(1 for _ in ox.parse(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS)) == len(graph)
    for name in ("void.ttl", "examples.ttl"):
        assert list(ox.parse(path=folder / name, format=ox.RdfFormat.TURTLE))


def test_the_same_graph_gives_the_same_folder(folder, graph, tmp_path):
    for path in dump(graph, tmp_path / "new"):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_croissant_has_what_the_specification_requires(folder):
    said = json.loads((folder / "croissant.json").read_text())
    required = ("@context", "name", "description", "license", "url", "creator", "datePublished", "version")
    assert not [name for name in required if not said.get(name)]
    assert (said["@type"], said["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    for file in said["distribution"]:
        data = (folder / file["contentUrl"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
    for records in said["recordSet"]:
        with (folder / f"{records['name']}.csv").open(newline="") as lines:
            head = next(csv.reader(lines))
        assert [field["source"]["extract"]["column"] for field in records["field"]] == head


def test_croissant_is_read_by_its_own_library(folder):
    library = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    data = library.Dataset(jsonld=folder / "croissant.json")
    assert not data.metadata.ctx.issues.errors
    first = next(iter(data.records("results")))
    assert first["results/minutes"] > 0


def test_a_folder_from_the_command_line(built, tmp_path, capsys):
    assert main(["export", f"{tmp_path}/out/", "--graph", str(built)]) in (0, None)
    assert "croissant.json" in capsys.readouterr().out
