"""The engine finds what pySHACL finds: focus node, path, value, shape, kind of rule and severity."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import graph_quads
from kg.namespaces import ID, MLP, PREFIXES
from kg.rdf.files import read_rdf
from kg.shacl.columns import Columns
from kg.shacl.engine import Engine, Result
from kg.shacl.reference import reference
from kg.validate.check import default_shapes, read_shapes, validate
from tests.validate.test_validate import CONFORMS, VIOLATES, changed

PREFIX = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def key(result: Result) -> tuple[str, ...]:
    path = result.path[0] if result.path and not result.path[1] else ""
    return (result.focus, path, str(result.value), result.shape, result.constraint, result.severity)


def found(quads: list, shapes: Path) -> tuple[set, set]:
    written, rules = read_shapes(shapes)
    assert rules.known()
    return {key(r) for r in Engine(rules, Columns(quads)).results()}, {key(r) for r in reference(quads, written)}


def test_every_kind_of_violation_at_once():
    ours, theirs = found(changed(" ; ".join(VIOLATES.values())), default_shapes())
    assert len(ours) > 150
    assert ours == theirs


@pytest.mark.parametrize("start", range(0, len(VIOLATES), 16))
def test_each_kind_of_violation(start):
    for name in list(VIOLATES)[start : start + 16]:
        ours, theirs = found(changed(VIOLATES[name]), default_shapes())
        assert ours == theirs, name
        assert ours


def test_a_generated_graph_with_faults():
    quads = list(graph_quads(14_000))
    assert validate(quads).conforms
    facts = [q for q in quads if q.predicate.value.startswith((MLP, PREFIXES["oa"]))]
    wrong = [ox.Literal("nearly"), ox.Literal(-5), ox.NamedNode(ID + "round/training-v2.0"), ox.BlankNode("b")]
    compared = (PREFIXES["oa"] + "start", PREFIXES["oa"] + "end", MLP + "count", MLP + "maxCount")
    for at, quad in enumerate(facts[::97]):
        value = wrong[at % (3 if quad.predicate.value in compared else 4)]  # pySHACL compares no blank nodes
        quads.append(ox.Quad(quad.subject, quad.predicate, value))  # type: ignore[arg-type]
    for quad in facts[::101]:
        quads.remove(quad)
    ours, theirs = found(quads, default_shapes())
    assert len(ours) > 100
    assert ours == theirs


RULES = {
    "compared": "sh:path mlp:a ; sh:lessThan mlp:b ; sh:minInclusive 3 ; sh:maxExclusive 7.5",
    "dates": 'sh:path mlp:a ; sh:minExclusive "2020-01-01"^^xsd:date ; sh:datatype xsd:date',
    "texts": 'sh:path mlp:a ; sh:minLength 2 ; sh:maxLength 3 ; sh:pattern "^[a-z5]" ; sh:nodeKind sh:IRIOrLiteral',
    "counts": "sh:path mlp:a ; sh:minCount 2 ; sh:maxCount 3 ; sh:severity sh:Warning",
    "members": 'sh:path mlp:a ; sh:in ( 5 "x" mlp:c "5" ) ; sh:hasValue "x"',
    "languages": "sh:path mlp:a ; sh:uniqueLang true ; sh:datatype rdf:langString",
    "logic": "sh:path mlp:a ; sh:or ( [ sh:datatype xsd:integer ] [ sh:path mlp:b ; sh:minCount 1 ] ) ; sh:not [ sh:in ( 5 ) ]",
    "all": "sh:path mlp:a ; sh:and ( [ sh:nodeKind sh:Literal ] [ sh:minLength 2 ] ) ; sh:node [ sh:maxLength 4 ]",
    "some": "sh:path mlp:a ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
    "steps": "sh:path ( mlp:b [ sh:inversePath mlp:a ] ) ; sh:maxCount 1 ; sh:class mlp:Thing",
    "either": "sh:path [ sh:alternativePath ( mlp:a mlp:b ) ] ; sh:maxCount 2 ; sh:disjoint mlp:b",
    "closed": "sh:property [ sh:path mlp:a ] ; sh:closed true ; sh:ignoredProperties ( rdf:type )",
    "nested": "sh:property [ sh:path mlp:b ; sh:property [ sh:path mlp:a ; sh:minCount 1 ; sh:datatype xsd:integer ] ]",
}
NODES = [ox.NamedNode(MLP + name) for name in ("c", "d", "e")]
XSD = PREFIXES["xsd"]
TYPED = (("5.5", "decimal"), ("2021-05-05", "date"), ("never", "date"), ("1e3", "integer"))
VALUES = [
    *NODES, ox.BlankNode("x"), *(ox.Literal(v) for v in (5, 3, 9, "x", "5", "", "abcde", True)),
    *(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for text, kind in TYPED),
    ox.Literal("ab", language="en"), ox.Literal("cd", language="en"),
]  # fmt: skip
PROPERTIES = [ox.NamedNode(MLP + name) for name in "ab"]
TRIPLES = st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(VALUES))


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25, deadline=None)
@given(triples=st.lists(TRIPLES, min_size=1, max_size=12, unique=True))
def test_any_data_gives_the_same_results(rule, triples, tmp_path_factory):
    shapes = tmp_path_factory.getbasetemp() / f"{rule}.ttl"
    if not shapes.exists():
        kind = "PropertyShape" if "sh:path" in RULES[rule].partition("[")[0] else "NodeShape"
        shapes.write_text(f"{PREFIX}mlp:shape a sh:{kind} ; sh:targetClass mlp:Thing ; {RULES[rule]} .")
    if rule == "compared":  # pySHACL ends on blank nodes there
        triples = [t for t in triples if not isinstance(t[2], ox.BlankNode)]
    types = [ox.Quad(node, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(MLP + "Thing")) for node in NODES[:2]]
    ours, theirs = found([*types, *(ox.Quad(*t) for t in triples)], shapes)
    assert ours == theirs


def test_shapes_that_the_engine_does_not_know_are_left_to_pyshacl(tmp_path):
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        PREFIX + "mlp:shape a sh:NodeShape ; sh:targetClass mlp:Organization ; sh:property mlp:names .\n"
        'mlp:names a sh:PropertyShape ; sh:path rdfs:label ; sh:languageIn ( "de" ) ; sh:message "German." .'
    )
    assert not read_shapes(shapes)[1].known()
    report = validate(read_rdf(CONFORMS), shapes=shapes)
    assert {p.message for p in report.problems} == {"German."}
