import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH

from kg.errors import InputError, UnknownFormat, VocabularyError
from kg.namespaces import ID, MLP, PREFIXES, QUARANTINE
from kg.rdf.files import read_rdf
from kg.rdf.rdflib import data_graph
from kg.shacl.columns import Columns
from kg.shacl.engine import Engine
from kg.validate import Report, quarantine, validate
from kg.validate.check import default_shapes, read_shapes
from kg.validate.report import SHAPES

HERE = Path(__file__).parents[1]
CONFORMS = HERE / "shapes" / "conforms.trig"
VIOLATES = tomllib.loads((HERE / "shapes" / "violates.toml").read_text())
SHORT = {
    "o": "organization/", "b": "benchmark/", "r": "round/", "acc": "accelerator/", "fw": "framework/",
    "sys": "system/", "sub": "submission/training-v2.0/", "doc": "document/", "st": "statement/v2/",
    "f": "fact/v2/acme/", "e": "evidence/v2/10-20/",
}  # fmt: skip
EXTENDED = PREFIXES | {short: ID + rest for short, rest in SHORT.items()}


def changed(update: str, *, keep_graphs: bool = False) -> list[ox.Quad]:
    """The conforming graph after an update; its facts move to the default graph, unless graphs are kept."""
    store = ox.Store()
    quads = read_rdf(CONFORMS)
    store.extend(quads if keep_graphs else [ox.Quad(q.subject, q.predicate, q.object) for q in quads])
    store.update(update, prefixes=EXTENDED)
    return list(store)


def named(report: Report) -> set[str]:
    return {problem.shape for problem in report.problems}


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return data_graph(ox.parse(path=str(default_shapes())))


def test_the_example_conforms_and_every_shape_looks_at_something_in_it() -> None:
    report = validate(read_rdf(CONFORMS))
    assert report.conforms, report.to_text()
    found = Engine(read_shapes(default_shapes())[1], Columns(read_rdf(CONFORMS))).targets()
    unused = {s.removeprefix(f"<{SHAPES}") for s in found if not found[s]}
    assert unused == set()


def test_every_shape_has_a_violating_example(shapes: rdflib.Graph) -> None:
    every = {str(shape).removeprefix(SHAPES) for shape in shapes.subjects(SH.message)}
    assert every == set(VIOLATES)


@pytest.mark.parametrize("name", VIOLATES)
def test_violation(name: str) -> None:
    report = validate(changed(VIOLATES[name]))
    assert name in named(report), report.to_text()
    assert not report.conforms


@pytest.mark.parametrize("start", range(0, len(VIOLATES), 10))
def test_quarantine_leaves_a_graph_that_conforms_and_loses_nothing(start: int) -> None:
    before = changed(" ; ".join(list(VIOLATES.values())[start : start + 10]))
    sifted = quarantine(before)
    assert not sifted.report.conforms
    assert validate(sifted.good).conforms
    kept = {triple(q) for q in (*sifted.good, *sifted.bad) if q.predicate != mlp("reason")}
    assert kept == {triple(q) for q in before}
    assert {q.graph_name for q in sifted.bad} == {ox.NamedNode(QUARANTINE)}


def test_constraints_of_a_shape_have_a_name_message_and_known_terms(shapes: rdflib.Graph) -> None:
    ontology = data_graph(ox.parse(path=str(default_shapes().parent / "mlperf-kg.ttl")))
    declared = set(ontology.subjects(RDF.type))
    for term in {*shapes.objects(), *shapes.subjects()}:
        if str(term).startswith(MLP):
            assert term in declared, term
    for shape in [*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)]:
        grouping = (shape, SH.targetNode, None) in shapes and (shape, SH.sparql, None) not in shapes
        assert (shape, SH.message, None) in shapes or grouping, shape


def test_every_class_has_a_shape(shapes: rdflib.Graph) -> None:
    ontology = data_graph(ox.parse(path=str(default_shapes().parent / "mlperf-kg.ttl")))
    classes = {c for c in ontology.subjects(RDF.type, rdflib.OWL.Class) if str(c).startswith(MLP)}
    assert classes == {c for c in shapes.objects(None, SH.targetClass) if str(c).startswith(MLP)}


def triple(quad: ox.Quad) -> tuple[object, ...]:
    return (quad.subject, quad.predicate, quad.object)


def mlp(name: str) -> ox.NamedNode:
    return ox.NamedNode(MLP + name)


def fact(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{ID}fact/v2/acme/{name}")


# Reports


def test_nothing_checked_never_conforms() -> None:
    for data in ([], [ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("o"))]):
        report = validate(data)
        assert (report.checked, report.conforms) == (0, False)
        assert report.to_text().startswith("Nothing was checked")
        assert "sh:conforms false" in report.to_turtle()
        assert json.loads(report.to_json())["conforms"] is False


def test_text_says_what_is_wrong_where_and_what_to_do() -> None:
    text = validate(changed(VIOLATES["Fact-evidence"])).to_text()
    assert text.splitlines()[2:] == [
        "A fact rests on exactly one piece of evidence.",
        "  Point mlp:evidence to the annotation with its quote and place.",
        "  - Acme in MLPerf Training v2.0 partner Other (id:fact/v2/acme/partner-20): mlp:evidence is missing",
    ]
    text = validate(changed(VIOLATES["comparator"])).to_text()
    assert "mlp:comparator is “nearly” — “ten chars…”" in text


def test_text_groups_by_rule_and_says_what_it_leaves_out() -> None:
    report = validate(changed("DELETE { ?f mlp:evidence ?x } WHERE { ?f a mlp:Fact ; mlp:evidence ?x }"))
    assert len(report.problems) == 23
    assert "A fact rests on exactly one piece of evidence. (23 times)" in report.to_text()
    assert report.to_text().endswith("… and 3 more; --format json has all")


def test_text_writes_control_characters_out() -> None:
    data = changed('INSERT DATA { o:evil a mlp:Organization ; rdfs:label "\\u001b[2J\\u202eA", "B" }')
    text = validate(data).to_text()
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_sparql_rule_names_the_selector() -> None:
    (problem,) = validate(changed(VIOLATES["Selector-length"])).problems
    assert str(problem.focus) == ID + "evidence/v2/10-20/selector"
    assert problem.quote == "ten chars…"


def test_turtle_is_a_shacl_report_and_the_same_each_time() -> None:
    data = changed(VIOLATES["Fact-predicate"])
    text = validate(data).to_turtle()
    assert text == validate(reversed(data)).to_turtle()
    graph = rdflib.Graph().parse(data=text, format="turtle")
    results = list(graph.subjects(RDF.type, SH.ValidationResult))
    assert results
    for result in results:
        assert (result, SH.focusNode, rdflib.URIRef(f"{ID}fact/v2/acme/partner-20")) in graph
        assert graph.value(result, SH.sourceShape)


def test_json_has_every_problem() -> None:
    found = json.loads(validate(changed(VIOLATES["memoryGB"])).write("json"))
    assert found["conforms"] is False
    assert found["checked"] > 40
    said = [(p["shape"], p["path"], p["value"]) for p in found["problems"]]
    assert said == [("memoryGB", "mlp:memoryGB", "80 GB")]


def test_unknown_format() -> None:
    with pytest.raises(UnknownFormat, match="no format 'html'"):
        Report((), 0).write("html")


def test_rdflib_graphs_stores_and_quads_give_the_same_report() -> None:
    quads = changed(VIOLATES["Fact"], keep_graphs=True)
    store = ox.Store()
    store.extend(quads)
    dataset = rdflib.Dataset()
    dataset.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    reports = [validate(data).to_json() for data in (quads, store, dataset, data_graph(quads))]
    assert reports == [reports[0]] * 4


def test_quarantine_is_not_validated() -> None:
    sifted = quarantine(changed(VIOLATES["Fact"], keep_graphs=True))
    assert validate([*sifted.good, *sifted.bad]).conforms


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix mlp: <https://w3id.org/mlperf-kg/ontology#> .\n"
        '<x:s> a sh:NodeShape ; sh:targetClass mlp:Software ; sh:pattern "^x:" ; sh:message "No." .'
    )
    assert {p.message for p in validate(read_rdf(CONFORMS), shapes=own).problems} == {"No."}
    own.write_text("@prefix sh: <x:> . nonsense")
    with pytest.raises(InputError, match=r"own\.ttl"):
        validate([], shapes=own)


# Quarantine


def test_a_fact_goes_with_its_triple_and_a_copy_of_its_evidence() -> None:
    update = VIOLATES["comparator"].replace("timetotrain-15", "partner-20")
    sifted = quarantine(changed(update, keep_graphs=True))
    gone = {(str(q.subject), str(q.predicate)) for q in sifted.bad}
    assert (str(fact("partner-20")), str(mlp("reason"))) in gone
    assert (f"<{ID}submission/training-v2.0/acme>", str(mlp("partner"))) in gone
    assert any(q.object == ox.Literal("ten chars…") for q in sifted.bad)
    assert any(q.object == ox.Literal("ten chars…") for q in sifted.good)
    assert not any(q.subject == fact("partner-20") or q.predicate == mlp("partner") for q in sifted.good)
    assert sifted.reasons == (("mlp:comparator is one of '<', '>', '~' and 'up to'.", 1),)


def test_a_triple_that_another_fact_says_stays() -> None:
    again = """INSERT { GRAPH ?g { f:partner-99 ?p ?o } } WHERE { GRAPH ?g { f:partner-20 ?p ?o } };
        INSERT DATA { GRAPH st:acme { f:partner-99 mlp:comparator "nearly" } }"""
    sifted = quarantine(changed(again, keep_graphs=True))
    assert [q.object for q in sifted.bad if q.predicate == mlp("reason")]
    assert not any(q.subject == fact("partner-99") for q in sifted.good)
    assert any(q.predicate == mlp("partner") for q in sifted.good)


def test_of_a_described_thing_only_the_wrong_triple_goes() -> None:
    sifted = quarantine(changed(VIOLATES["memoryGB"]))
    assert {q.predicate for q in sifted.bad} == {mlp("memoryGB"), mlp("reason")}


def test_what_rests_on_a_thing_goes_after_it() -> None:
    sifted = quarantine(changed("DELETE WHERE { fw:f rdfs:label ?x }", keep_graphs=True))
    reasons = {text for text, _ in sifted.reasons}
    assert "The object of such a fact is a framework." in reasons
    assert not any("framework/f" in str(q) for q in sifted.good)


def test_what_no_removal_mends_is_an_error(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<x:s> a sh:PropertyShape ; sh:targetNode <x:thing> ; sh:path <x:p> ; sh:minCount 1 ;"
        ' sh:message "Never." .'
    )
    with pytest.raises(VocabularyError, match="Never"):
        quarantine(read_rdf(CONFORMS), shapes=own)


@settings(max_examples=5, deadline=None)
@given(st.sets(st.sampled_from(sorted(VIOLATES)), min_size=2, max_size=6))
@example({"Evidence-target", "Selector"})
def test_quarantine_is_a_fixpoint_and_heeds_no_order(names: set[str]) -> None:
    data = changed(" ; ".join(VIOLATES[name] for name in sorted(names)))
    sifted = quarantine(data)
    again = quarantine(sifted.good)
    assert (again.good, again.bad, again.removed) == (sifted.good, [], 0)
    turned = quarantine(reversed(data))
    assert replace(turned, good=sifted.good) == sifted
    assert set(turned.good) == set(sifted.good)


# Reading


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b'@prefix x: <x:> .\nx:a x:b\n\n"unfinished .', r"a\.ttl:\d+:"),
        ("a.nt", b"<x:a> <x:b> .", r"a\.nt:1:"),
        ("a.jsonld", b'{"@context": "https://example.org/c", "x": 1}', r"a\.jsonld:"),
        ("a.jsonld", b"[{", r"a\.jsonld:"),
        ("a.rdf", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "x">]><r/>', "DOCTYPE"),
        ("a.ttl", b"\xff\xfe\x00", r"a\.ttl:"),
        ("a.csv", b"a,b", "its ending names no RDF format"),
        ("a", b"", "its ending names no RDF format"),
    ],
)
def test_broken_rdf(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_rdf(path)


def test_unreadable_rdf(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    for name in ("none.ttl", "folder.ttl"):
        with pytest.raises(InputError, match=name):
            read_rdf(tmp_path / name)


@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "jsonld", "n3"])
def test_formats(tmp_path: Path, ending: str) -> None:
    quads = [ox.Triple(q.subject, q.predicate, q.object) for q in read_rdf(CONFORMS)]
    path = tmp_path / f"g.{ending}"
    format = ox.RdfFormat.from_extension(ending)
    assert format
    path.write_bytes(ox.serialize(quads, format=format) or b"")
    assert validate(read_rdf(path)).conforms


def test_shapes_of_another_tell_their_messages(tmp_path):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://e/> .\n"
        "ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message 'A p is needed.' ],\n"
        "  [ sh:path ex:q ; sh:datatype <http://www.w3.org/2001/XMLSchema#date> ] . <#r> sh:targetNode 5 ; sh:nodeKind sh:IRI ."
    )
    data.write_text(
        '@prefix ex: <http://e/> . ex:a a ex:A ; ex:q "2020-13-45"^^<http://www.w3.org/2001/XMLSchema#date> .'
    )
    report = validate(read_rdf(data), shapes=shapes)
    told = {(p.message, p.sentence()) for p in report.problems}
    assert told == {
        ("A p is needed.", "http://e/a: http://e/p is missing"),
        ("breaks sh:datatype", "http://e/a: http://e/q is “2020-13-45” (xsd:date)"),
        ("breaks sh:nodeKind", "5"),
    }
    assert "http://e/S" in report.to_turtle()


def test_ill_typed_values_are_told_without_a_librarys_traceback(tmp_path, capfd):
    known = {"sh": "http://www.w3.org/ns/shacl#", "xsd": "http://www.w3.org/2001/XMLSchema#", "ex": "http://e/"}
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        prefixes
        + "ex:S sh:targetNode 'x'^^xsd:integer , '2022-13-45'^^xsd:date , 'y'^^xsd:decimal ; sh:datatype xsd:date ."
    )
    data.write_text(prefixes + "ex:a ex:p '1.5'^^xsd:integer .")
    report = validate(read_rdf(data), shapes=shapes)
    assert {p.sentence() for p in report.problems} == {"x", "y", "2022-13-45"}
    assert report.checked == 3
    assert not "".join(capfd.readouterr())
