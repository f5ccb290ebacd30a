"""Terms keep their value on every way through the program: as text, in rdflib, as evidence and back."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.statement import Evidence, Span
from kg.namespaces import XSD
from kg.rdf import nquads
from kg.rdf.evidence import evidence_quads, words
from kg.rdf.files import read_rdf
from kg.rdf.rdflib import data_graph, quads_of, to_oxigraph, to_rdflib
from kg.rdf.terms import in_order, literal, node, quoted

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="en")),
    TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("x:type"))),
    st.integers().map(ox.Literal),
)
TERMS = st.one_of(LITERALS, st.just(ox.NamedNode("x:thing")), st.just(ox.BlankNode("b1")))
S, P, G = (ox.NamedNode(f"x:{name}") for name in "spg")


@given(TERMS)
def test_a_term_comes_back_from_rdflib_as_it_was(term):
    assert to_oxigraph(to_rdflib(term)) == term


@given(TERMS, st.sampled_from([ox.DefaultGraph(), G]))
def test_a_term_comes_back_from_the_text_of_its_line(term, graph):
    ((subject, predicate, written, name),) = nquads.lines([ox.Quad(S, P, term, graph)])
    assert (subject, predicate, name) == ("<x:s>", "<x:p>", "<x:g>" if graph == G else "")
    assert nquads.term(written) == term
    assert nquads.text(written) == term.value


def test_lines_are_ordered_and_each_once():
    quads = [ox.Quad(S, P, ox.Literal(text)) for text in ("b", "a", "b")]
    assert [line[2] for line in nquads.lines(quads, ordered=True)] == ['"a"', '"b"']
    assert [line[2] for line in nquads.lines(quads)] == ['"b"', '"a"', '"b"']


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        (Decimal("51.0"), "51", "integer"), (Decimal("-0"), "0", "integer"), (Decimal("1E+2"), "100", "integer"),
        (Decimal("0.50"), "0.5", "decimal"), (True, "true", "boolean"), ("51", "51", "string"),
    ],
)  # fmt: skip
def test_numbers_are_canonical(value, text, kind):
    assert literal(value) == node(value) == ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


@given(TEXTS)
def test_a_quoted_string_is_read_as_the_string(text):
    assert nquads.term(quoted(text)) == ox.Literal(text)


def test_the_order_does_not_depend_on_how_quads_came():
    quads = [ox.Quad(S, P, ox.Literal(text), graph) for graph in (G, ox.DefaultGraph()) for text in ("b", "a")]
    assert in_order(quads) == in_order([*reversed(quads), *quads])
    assert [(str(q.graph_name), q.object.value) for q in in_order(quads)] == [
        ("DEFAULT", "a"), ("DEFAULT", "b"), ("<x:g>", "a"), ("<x:g>", "b"),
    ]  # fmt: skip


def test_words_are_followed_from_any_step_of_the_way():
    me, statement = ox.NamedNode("x:evidence"), ox.NamedNode("x:statement")
    quads = list(evidence_quads(Evidence(Span(7, 12), "five!"), me, statement, page=3))
    said = {(q.subject.value, q.predicate.value): q.object.value for q in quads}
    for start in ("x:evidence", "x:evidence/target", "x:evidence/target/../selector", "x:evidence/selector"):
        found = words(start, lambda subject, predicate: said.get((subject, predicate)))
        assert found == (None if ".." in start else ("five!", 7, 12))
    assert {q.object.value for q in quads if q.predicate.value.endswith("#page")} == {"3"}
    assert {q.graph_name for q in quads} == {statement}


def test_graphs_of_rdflib_are_taken_as_quads():
    import rdflib

    quads = [ox.Quad(S, P, ox.Literal("o")), ox.Quad(S, P, ox.Literal(1), G)]
    assert set(data_graph(quads)) == {(to_rdflib(S), to_rdflib(P), to_rdflib(q.object)) for q in quads}
    dataset = rdflib.Dataset()
    dataset.graph(to_rdflib(G)).add((to_rdflib(S), to_rdflib(P), to_rdflib(ox.Literal(1))))
    assert ox.Quad(S, P, ox.Literal(1), G) in set(quads_of(dataset))
    assert {q.triple for q in quads_of(data_graph(quads))} == {q.triple for q in quads}
    assert quads_of(quads) is quads


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xyz", b"", "its ending names no RDF format"),
        ("a.ttl", b"<x:a> <x:b>\n<x:c> <x:d> .", r"a\.ttl:2:"),
        ("a.rdf", b'<!DOCTYPE x [<!ENTITY y "z">]><rdf/>', "DOCTYPE"),
        ("a.ttl", b"\x1f\x8b\x08\x00", "is compressed; unpack it"),
        ("a.ttl", "<x:a> <x:b> <x:c> .".encode("utf-16"), "is UTF-16"),
        ("a.jsonld", b'{"x:a":' * 300 + b"1" + b"}" * 300, "nested more than 200 deep"),
        ("a.rdf", b"<a><b/>" * 300 + b"</a>" * 300, "nested more than 200 deep"),
        ("a.jsonld", b'{"@context": "https://example.org/c", "x:a": 1}', "its @context stands elsewhere"),
        ("a.nt", b"<x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> .", "triple terms"),
    ],
)
def test_files_that_are_not_read_are_named_with_the_line(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_rdf(tmp_path / name)
    with pytest.raises(InputError, match="No such file"):
        read_rdf(tmp_path / "missing.ttl")
