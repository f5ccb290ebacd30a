"""Shapes that are odd: each is refused with its reason, or checked in time that grows with the data."""

from time import process_time

import pytest

from kg.errors import ShapesError
from kg.rdf.files import read_rdf
from kg.validate import validate

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> .\n"
NODE = PREFIXES + "x:s a sh:NodeShape ; sh:targetClass x:C ; "
DATA = PREFIXES + f'x:a a x:C ; x:p "{"a" * 60}!" .'


def checked(tmp_path, shapes):
    data, own = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA, "utf-8")
    own.write_text(shapes, "utf-8")
    return validate(read_rdf(data), shapes=own)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ('sh:js [ sh:jsFunctionName "f" ] .', "sh:js is not run"),
        ("sh:rule [ a sh:TripleRule ] .", "sh:rule is not run"),
        ("sh:minCout 1 .", "sh:minCout is no term of SHACL"),
        ("sh:property [ sh:path x:p ; sh:minCout 1 ] .", "sh:minCout is no term of SHACL"),
        ("sh:node x:s .", "part of itself"),
        ("sh:property [ sh:path x:p ; sh:not x:s ] .", "part of itself"),
        ("sh:property [ sh:path x:p , x:q ; sh:minCount 1 ] .", "more than one sh:path"),
        ('sh:property [ sh:path x:p ; sh:minCount "x" ] .', r"shapes\.ttl: a shape has sh:minCount 'x', which is no whole number"),
        ("sh:or ( [ sh:path x:p ; sh:maxCount 1.5 ] ) .", "sh:maxCount '1.5'"),
        ("sh:property [ sh:path x:q ] . x:q sh:inversePath x:q .", "path that leads back into itself"),
        ('sh:property [ sh:path x:p ; sh:pattern "(" ] .', "cannot be applied"),
        ("sh:or x:l . x:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> x:n ; "
         "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> x:l .", "leads back into itself"),
        ("sh:property [ sh:minCount 1 ] .", "without a sh:path"), ('sh:property [ sh:path "p" ; sh:minCount 1 ] .', "is a text"),
        ("sh:property [ sh:path x:p ; sh:in 5 ] .", "sh:in that is no list"),
        ("sh:closed true ; sh:ignoredProperties x:p .", "no list"),
        ('sh:deactivated "yes" .', "neither true nor false"), ("sh:sparql x:nowhere .", "with 0 sh:select; give it one"),
        ('sh:sparql [ sh:select "SELECT $this FROM <file:///x> { $this ?p ?o }" ] .', "query with FROM"),
        ('sh:sparql [ sh:select "SELECT" ] .', "pySHACL cannot work with the shapes"),
        ('sh:sparql [ sh:select "SELECT $this { SERVICE <http://x/> { $this ?p ?o } }" ] .', "SERVICE"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused(tmp_path, shape, said):
    with pytest.raises(ShapesError, match=said):
        checked(tmp_path, NODE + shape)


def test_data_beside_the_shapes_may_have_any_term(tmp_path):
    assert checked(tmp_path, NODE + "sh:property [ sh:path x:p ; sh:minCount 1 ] . x:a sh:minCout x:s .").conforms


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("[ sh:zeroOrMorePath x:p ]", "http://x/p*"),
        ("( x:p [ sh:oneOrMorePath [ sh:inversePath x:q ] ] )", "http://x/p/((^http://x/q)+)"),
        ("( x:p [ sh:alternativePath ( x:q x:r ) ] )", "http://x/p/(http://x/q|http://x/r)"),
        ("[ sh:zeroOrOnePath x:q ]", "http://x/q?"),
    ],
)
def test_a_path_is_told_as_sparql_writes_it(tmp_path, path, written):
    (problem,) = checked(tmp_path, NODE + f"sh:property [ sh:path {path} ; sh:minCount 5 ] .").problems
    assert problem.path == written


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a*)*b", "(a|aa)+$"])
def test_a_pattern_takes_time_in_proportion(tmp_path, pattern):
    begun = process_time()
    assert len(checked(tmp_path, NODE + f'sh:property [ sh:path x:p ; sh:pattern "{pattern}" ] .').problems) == 1
    assert process_time() - begun < 20


def test_shapes_that_have_changed_are_read_again(tmp_path):
    assert checked(tmp_path, NODE + "sh:property [ sh:path x:p ; sh:maxCount 1 ] .").conforms
    assert not checked(tmp_path, NODE + "sh:property [ sh:path x:q ; sh:minCount 12 ] .").conforms


@pytest.mark.parametrize("value", ['"NaN"^^xsd:decimal', '"soon"^^xsd:date', '"a"'])
def test_a_value_without_an_order_is_in_no_range(tmp_path, value):
    data, own = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n" + PREFIXES + f"x:a a x:C ; x:p {value} .")
    own.write_text(NODE + "sh:property [ sh:path x:p ; sh:minInclusive 1.5 ] .")
    (problem,) = validate(read_rdf(data), shapes=own).problems
    assert problem.constraint == "MinInclusive"


@pytest.mark.parametrize(("name", "value"), [("a.ttl", "1e999"), ("a.ttl", "1E5"), ("a.jsonld", "1e999")])
def test_a_number_with_an_exponent_is_no_decimal(tmp_path, name, value):
    data, own = tmp_path / name, tmp_path / "shapes.ttl"
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    turtle = PREFIXES + f'x:a a x:C ; x:p "{value}"^^<{decimal}> , "1.5"^^<{decimal}> .'
    json = '{"@context": {"p": {"@id": "http://x/p", "@type": "D"}}, "@id": "http://x/a", "@type": "http://x/C", "p": [V, 1.5]}'
    data.write_text(turtle if name == "a.ttl" else json.replace("D", decimal).replace("V", value))
    own.write_text(NODE + f"sh:property [ sh:path x:p ; sh:datatype <{decimal}> ] .")
    (problem,) = validate(read_rdf(data), shapes=own).problems
    assert problem.constraint == "Datatype"
    assert "1.5" not in problem.sentence()


def test_a_query_without_a_message_is_named(tmp_path):
    (problem,) = checked(tmp_path, NODE + 'sh:sparql [ sh:select "SELECT $this { $this a <http://x/C> }" ] .').problems
    assert problem.message == "breaks sh:sparql"
