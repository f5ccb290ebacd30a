"""Canned queries: their files, their parameters, names, and how answers are written.

The rows of each query are in `tests/queries/NAME.json` and run in `test_query_rows.py`.
"""

import csv
import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, UnknownFormat, UnknownName
from kg.model.statement import Entity
from kg.namespaces import ID, MLP, PREFIXES
from kg.query import (
    ANY,
    CannedQuery,
    Parameter,
    Table,
    Triples,
    Truth,
    bound,
    describe,
    load,
    names,
    queries,
    run,
)
from kg.query.canned import read_query
from kg.query.panels import panels
from kg.query.text import bind, tokens

HERE = Path(__file__).parents[1] / "queries"
ALL = queries()
EVIDENCE = {"quote", "start", "end", "statement", "restated", "accordingTo"}
WITHOUT_FACTS = {"claims-by-verdict", "entity", "rounds", "sources"}
OF_THE_DEFAULT_GRAPH = {"developers", "entity"}
CHOOSING = {
    "best-by-count",
    "claims-by-verdict",
    "fastest",
    "generations",
    "through-rounds",
    "record-submitters",
    "who-submitted",
}
"""These count, or choose the best of what is asked for: fewer rows to choose from make another answer."""


# The files


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_a_file_says_all_that_its_users_need(query):
    assert query.summary
    assert not query.summary.endswith(".")
    assert query.questions
    assert query.tags
    names = {p.name for p in query.parameters}
    for question in query.questions:
        assert set(re.findall(r"{(\w+)}", question)) <= names, question
    for p in query.parameters:
        assert p.description
        assert p.example
        assert p.literal or p.kind == "Resource" or p.type.startswith(MLP)
    used = {t[1:] for kind, t, _ in tokens(query.text) if kind == "variable" and t.startswith("?_")}
    assert used == {p.variable for p in query.parameters}


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_a_file_is_sparql_as_it_stands(query):
    results = ox.Store().query(query.text)
    columns = {v.value for v in results.variables}
    official = any(c == "record" or c.lower().endswith("result") for c in columns)
    assert EVIDENCE - {"accordingTo"} <= columns or official or query.name in WITHOUT_FACTS
    assert {c.removesuffix("Label") for c in columns} <= columns


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_the_examples_run_and_restrict(small, graph, query):
    needed = {p.name: p.example for p in query.parameters if not p.optional}
    known = needed | {"entity": "Baidu"} if "entity" in needed else needed
    for p in (p for p in query.parameters if p.optional):
        in_small = p.literal or names(small).find(p.example, None if p.type == ANY else p.kind)
        there = small if in_small else graph
        everything, found = (
            {tuple(map(str, row)) for row in run(there, query.name, given).rows}
            for given in (known, {**known, p.name: p.example})
        )
        assert query.name in CHOOSING or found <= everything, p.name


@pytest.mark.parametrize(
    "path", [p for p in sorted(HERE.glob("*.json")) if p.stem not in OF_THE_DEFAULT_GRAPH], ids=lambda p: p.stem
)
def test_the_answer_does_not_depend_on_what_the_default_graph_is(small, path):
    for case in json.loads(path.read_text("utf-8")):
        text = bound(small, path.stem, case["parameters"])
        assert list(small.query(text, union=True)) == list(small.query(text))


def test_a_header_is_read_as_yaml(tmp_path):
    path = tmp_path / "x.rq"
    path.write_text(
        """#+ summary: "One: two # three"
#+ description: goes on
#+   and on
#+ parameters:
#+   a:
#+     type: mlp:System
#+     example: "say \\"x\\""
#+     optional: false
#+   b_c:
#+     type: xsd:integer
#+     default: 7
#+ tags:
#+   - 'x: y'
#+   - z and
#+     more
SELECT ?_a_iri ?_b_c_integer {}
""",
        "utf-8",
    )
    query = read_query(path)
    assert (query.summary, query.description) == ("One: two # three", "goes on and on")
    assert query.tags == ("x: y", "z and more")
    assert query.parameters == (
        Parameter("a", "_a_iri", MLP + "System", False, None, 'say "x"'),
        Parameter("b_c", "_b_c_integer", PREFIXES["xsd"] + "integer", True, "7"),
    )
    assert [(p.kind, p.literal) for p in query.parameters] == [("System", False), ("integer", True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {}", "there is no header"),
        ("#+ tags:\n#+   - x\nSELECT * {}", "has no summary"),
        ("#+ summary: x\n#+ what\nSELECT * {}", "x.rq:3: the header is no YAML: could not find expected ':'"),
        ("#+ summary: x\n#+ tags:\n#+    a: b\n#+  c: d\nSELECT * {}", "x.rq:4: the header is no YAML"),
        (
            "#+ summary: x\n#+ parameters:\n#+   a:\n#+     type: mlp:X\nSELECT * {}",
            "'a' needs a type, and a variable",
        ),
    ],
)
def test_a_bad_header_says_what_is_wrong(tmp_path, text, said):
    (tmp_path / "x.rq").write_text(text)
    with pytest.raises(QueryError, match=re.escape(said)):
        read_query(tmp_path / "x.rq")


def test_an_unknown_query_names_the_nearest():
    with pytest.raises(UnknownName, match="no query is known as 'who-submited'; nearest: who-submitted"):
        load("who-submited")
    with pytest.raises(UnknownName):
        load("../queries/frameworks")


# Values are bound, never pasted


def canned(text):
    variables = re.findall(r"\?(_(\w+?)_(?:iri|string))", text)
    return CannedQuery("q", "q", text, parameters=tuple(Parameter(n, v, MLP + "X") for v, n in variables))


def test_a_values_block_opens_each_group_of_the_variable():
    x = [ox.NamedNode("x:y"), ox.NamedNode("x:z")]
    block = " VALUES ?_a_iri { <x:y> <x:z> }"
    for text, made in {
        "SELECT * { ?s ?p ?_a_iri }": f"SELECT * {{{block} ?s ?p ?_a_iri }}",
        "SELECT * { { ?s ?p ?_a_iri } UNION { ?s ?q ?_a_iri } }":
            f"SELECT * {{ {{{block} ?s ?p ?_a_iri }} UNION {{{block} ?s ?q ?_a_iri }} }}",
        "SELECT * { ?s ?p ?o FILTER(BOUND(?_a_iri) && EXISTS { ?o ?p ?_a_iri }) }":
            f"SELECT * {{{block} ?s ?p ?o FILTER(BOUND(?_a_iri) && EXISTS {{ ?o ?p ?_a_iri }}) }}",
        "CONSTRUCT { ?s ?p ?_a_iri } WHERE { ?s ?p ?_a_iri }":
            f"CONSTRUCT {{ ?s ?p ?_a_iri }} WHERE {{{block} ?s ?p ?_a_iri }}",
        "SELECT * { ?s ?p '{ ?_a_iri }' } # ?_a_iri {": "SELECT * { ?s ?p '{ ?_a_iri }' } # ?_a_iri {",
    }.items():  # fmt: skip
        assert bind(text, {"_a_iri": x}) == made


def test_whether_a_parameter_is_bound_is_answered_before_the_query_runs():
    text = "SELECT * { ?s ?p ?o FILTER(!COALESCE(ISIRI(?__o_iri), false) || ?o = ?__o_iri) }"
    assert bind(text, {}) == "SELECT * { ?s ?p ?o }"
    assert "FILTER(!true || " in bind(text, {"__o_iri": [ox.NamedNode("x:o")]})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_as_a_literal(text):
    store = ox.Store()
    query = canned("SELECT ?_a_string { ?s ?p ?o FILTER(?o = ?_a_string) }")
    s, p = ox.NamedNode("x:s"), ox.NamedNode("x:p")
    store.add(ox.Quad(s, p, ox.Literal(text)))
    store.add(ox.Quad(s, p, ox.Literal(text + "'")))
    made = bind(query.text, {"_a_string": [ox.Literal(text)]})
    assert [row[0] for row in store.query(made)] == [ox.Literal(text)]


def test_quotes_newlines_and_backslashes_in_a_parameter(small):
    nasty = "planned\"} UNION {?s ?p ?o} # \\ \n ' "
    assert run(small, "not-asserted", {"modality": nasty}).rows == ()
    assert len(run(small, "not-asserted", {"modality": "planned"})) == 1


def test_an_iri_with_a_bracket_is_no_iri(small):
    with pytest.raises(UnknownName):
        run(small, "frameworks", {"framework": "http://example.org/> } #"})


# Parameters


def who(graph, **parameters):
    return {row["organizationLabel"] for row in run(graph, "who-submitted", parameters)}


def test_the_question_of_the_first_issue(small):
    assert who(small, accelerator="A100 80GB", framework="PyTorch") == {"Baidu", "GIGABYTE", "Samsung"}
    assert who(small, accelerator="A100", framework="PyTorch") == {"Baidu", "GIGABYTE", "MosaicML", "Samsung"}


def test_an_accelerator_is_not_found_by_what_is_narrower(small):
    assert "NVIDIA" not in who(small, accelerator="A100 80GB"), "it says A100 and no more"
    assert who(small, accelerator="A100 SXM 80GB") == {"Samsung"}


def test_an_unknown_value_names_the_nearest(small):
    with pytest.raises(UnknownName) as caught:
        run(small, "who-submitted", {"accelerator": "A100 90GB"})
    assert caught.value.kind == "accelerator"
    assert set(caught.value.nearest[:2]) == {"NVIDIA A100 40GB", "NVIDIA A100 80GB"}
    with pytest.raises(UnknownName, match=r"no framework is known as 'pytroch'; nearest: PyTorch"):
        run(small, "who-submitted", {"framework": "pytroch"})
    with pytest.raises(UnknownName, match=r"no availability category is known as 'zzz', and no known name is near it$"):
        run(small, "availability", {"category": "zzz"})


def test_a_class_is_kept(small):
    with pytest.raises(UnknownName, match="no framework"):
        run(small, "frameworks", {"framework": "BERT"})
    with pytest.raises(UnknownName, match="no framework"):
        run(small, "frameworks", {"framework": "id:benchmark/bert"})


def test_several_values_mean_any(small):
    assert who(small, accelerator=["A5000", "Gaudi"]) == {"Krai", "Supermicro"}


def test_values_may_be_entities_and_numbers(small):
    entity = Entity(ID + "framework/pytorch", "whatever", "Framework")
    assert run(small, "frameworks", {"framework": entity}) == run(small, "frameworks", {"framework": "PyTorch"})
    for value in ("0.4", Decimal("0.4")):
        assert len(run(small, "times-to-train", {"below": value})) == 1
    assert len(run(small, "largest-systems", {"least": 1024})) == 4


def test_parameters_that_do_not_fit(small):
    with pytest.raises(QueryError, match="the query counts has no parameter 'sytem'; it has: organization, counted"):
        run(small, "counts", {"sytem": "x"})
    with pytest.raises(
        QueryError, match="the query submission needs the parameter 'organization', for example 'Baidu'"
    ):
        run(small, "submission")
    for value in ("many", "1.5", "", "१"):
        with pytest.raises(QueryError, match="takes a value of xsd:integer"):
            run(small, "largest-systems", {"least": value})
    with pytest.raises(QueryError, match="is given without a value"):
        run(small, "frameworks", {"framework": []})


# Answers


def table(*rows):
    return Table(("a", "aLabel", "quote", "start", "end", "restated"), rows)


ROW = (
    ox.NamedNode(MLP + "x"), ox.Literal("X|y\n<b>"), ox.Literal('say "hi"\x1b[31m‮'), ox.Literal(3), ox.Literal(7),
    ox.Literal(True),
)  # fmt: skip


def test_formats_for_programs_are_those_of_the_w3c():
    made = table(ROW, (None, *ROW[1:]))
    assert json.loads(made.render("json"))["results"]["bindings"][1]["start"] == {
        "type": "literal", "value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }  # fmt: skip
    assert list(csv.reader(io.StringIO(made.render("csv"), newline="")))[1][:2] == [MLP + "x", "X|y\n<b>"]
    assert made.render("tsv").splitlines()[0] == "?a\t?aLabel\t?quote\t?start\t?end\t?restated"
    back = ox.parse_query_results(made.render("json"), format=ox.QueryResultsFormat.JSON)
    assert tuple(tuple(row) for row in back) == made.rows
    plain = Table(("a",), ((ox.Literal("b < c"),),))
    assert "<literal>b &lt; c</literal>" in plain.render("xml")


def test_formats_for_people_show_labels_and_mark_restatements():
    text = table(ROW, ROW).render("table", 60)
    assert text.splitlines()[0] == "a"
    assert text.count('[restated] “say "hi"\\x1b[31m\\u202e” — 3–7') == 1, "once for rows that rest on the same"
    assert not re.search(r"[\x1b‮]", text)
    quoted = table((*ROW[:5], ox.Literal(False))).render("markdown")
    assert quoted.splitlines() == ["| a | rests on |", "| --- | --- |",
                                   '| X\\|y \\<b\\> | “say "hi"\\\\x1b\\[31m\\\\u202e” — 3–7 |']  # fmt: skip
    assert table().render("table").splitlines()[0] == "a"
    assert table((None,) * 6).render("table")


def test_rows_as_dictionaries_and_iris():
    made = table(ROW)
    assert [row["start"] for row in made] == ["3"]
    assert made.iris() == [MLP + "x"]
    assert len(made) == 1


def test_triples_are_written_sorted_and_read_back():
    s, p = ox.NamedNode(MLP + "s"), ox.NamedNode(MLP + "p")
    triples = tuple(ox.Triple(s, p, ox.Literal(n)) for n in (3, 1, 2))
    for format, rdf in (("turtle", ox.RdfFormat.TURTLE), ("json-ld", ox.RdfFormat.JSON_LD),
                        ("n-triples", ox.RdfFormat.N_TRIPLES), ("rdf-xml", ox.RdfFormat.RDF_XML)):  # fmt: skip
        text = Triples(triples).render(format)
        assert text == Triples(triples[::-1]).render(format)
        assert {q.triple for q in ox.parse(text, format=rdf)} == set(triples)


def test_yes_and_no():
    assert Truth(True).render() == "yes\n"
    assert json.loads(Truth(False).render("json")) == {"head": {}, "boolean": False}
    assert ">true<" in Truth(True).render("xml")


def test_a_format_that_does_not_fit_is_said():
    for answer, format in ((table(ROW), "turtle"), (Triples(()), "csv"), (Truth(True), "turtle")):
        with pytest.raises(UnknownFormat, match=f"no format '{format}'"):
            answer.render(format)


def test_describe_groups_by_source(small):
    said = describe(small, "Graphcore")
    assert said.entity.label == "Graphcore"
    assert [source for source, _ in said.sources] == [
        "Baidu on MLPerf Training v2.0",
        "Graphcore on MLPerf Training v2.0",
    ]
    assert [len(facts) for _, facts in said.sources] == [3, 3]
    assert len(said.table()) == 6
    assert {row["valueLabel"] for row in said.vocabulary} >= {"Graphcore"}
    text = said.triples.render("turtle")
    assert '"Graphcore, too, brought PaddlePaddle to its IPU."' in text
    with pytest.raises(UnknownName, match="no entity is known as 'Grafcore'; nearest: Graphcore"):
        describe(small, "Grafcore")


def test_the_record_of_a_thing_is_in_short_what_its_queries_give(graph):
    (chip,) = panels(graph, ID + "accelerator/nvidia-h100")[:1]
    every = run(graph, chip.query, {chip.parameter: chip.about})
    assert (chip.count, len(chip.table)) == (len(every), 8)
    assert chip.table.columns[-2:] == ("result", "files")
    for shown, row in zip(chip.table, every, strict=False):
        assert (shown["minutes"], shown["result"]) == (row["minutes"], row["result"])
        assert re.match(r"https://github.com/mlcommons/training_results_v[\d.]+/tree/[0-9a-f]{40}/", shown["files"])
    (results, *_) = panels(graph, ID + "organization/samsung")
    assert "organization" not in results.table.columns
    assert results.counted[0] == "3 rounds"
    (of_record,) = panels(graph, ID + "record/training-v2.0")
    assert of_record.about == ID + "round/training-v2.0"
    assert panels(graph, ID + "verdict/supported") == []


def test_a_query_imports_nothing_heavy():
    code = "import sys, kg.query, kg.store; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parents[1]
    )
    assert not {"rdflib", "pyshacl", "networkx", "rich", "jinja2"} & set(loaded.stdout.split())


def test_what_only_a_parameter_that_is_not_given_asks_for_is_left_out(graph):
    asked = re.compile(r"true AS \?(\w+)Asked")
    given = bound(graph, "generations", {"organization": "NVIDIA"})
    assert set(asked.findall(given)) == {"organization"}
    assert given.count("{") == given.count("}")
    assert not asked.findall(bound(graph, "generations"))
