import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import get_args

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import fact_iris, facts_to_quads
from kg.graph.facts import MODALITIES, of_submission
from kg.model.statement import Document, Entity, Evidence, Fact, Kind, Origin, Span, Statement, Value
from kg.namespaces import ID, MLP, PREFIXES, iri
from kg.validate import validate

TEXT = "Acme\n\nWe trained BERT with PyTorch in 25 seconds — “fast”.\nBy 16 accelerators, up to 32 🚀.\n"


def entity(kind: Kind, name: str) -> Entity:
    return Entity(iri(kind.lower(), name), name, kind)


ACME, OTHER = entity("Organization", "Acme"), entity("Organization", "Other Inc")
ROUND = Entity(iri("round", "training-v2.0"), "MLPerf Training v2.0", "Round")
BEFORE = Entity(iri("round", "training-v1.1"), "MLPerf Training v1.1", "Round")
BERT, PYTORCH = entity("Benchmark", "BERT"), entity("Framework", "PyTorch")
BOX, CHIP, CPU = entity("System", "Box"), entity("Accelerator", "X1"), entity("Processor", "P")
CLOSED = entity("Division", "Closed")


def document(origin: Origin | None = None, key: str = "training-v2.0-abc") -> Document:
    return Document(key, "Statements", ROUND.label, TEXT, "statements.md", "text/markdown", (), origin)


STATEMENT = Statement(document(), ACME, ROUND, Span(0, 4), Span(6, len(TEXT)))


def words(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(Span(start, start + len(quote)), quote)


def fact(
    predicate: str, subject: Entity, object: Value, quote: str = "BERT", asserted: bool = True, **said: Value
) -> Fact:
    return Fact(STATEMENT, predicate, subject, object, words(quote), MappingProxyType(said), asserted)


def shown(quads: list[ox.Quad], graph: str | None = STATEMENT.iri) -> set[tuple[str, str, str]]:
    """The triples of a graph in short form."""

    def short(term: object) -> str:
        text = getattr(term, "value", str(term))
        return str(text).removeprefix(ID).removeprefix(MLP)

    where = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return {(short(q.subject), short(q.predicate), short(q.object)) for q in quads if q.graph_name == where}


def about(quads: list[ox.Quad], start: str) -> dict[str, str]:
    return {p: o for s, p, o in shown(quads) if s.startswith(start)}


SUBMISSION = "submission/training-v2.0/acme"


def test_a_fact_its_direct_triple_and_its_evidence() -> None:
    made = fact("usedFramework", ACME, PYTORCH, "BERT with PyTorch", benchmark=BERT, version="1.2")
    quads = facts_to_quads([made])
    assert validate(quads).conforms
    said = about(quads, "fact/training-v2.0-abc/acme/usedframework-")
    start = TEXT.index("BERT")
    assert said == {
        PREFIXES["rdf"] + "type": "Fact", "subject": SUBMISSION, "predicate": "usedFramework",
        "object": "framework/pytorch", "evidence": f"evidence/training-v2.0-abc/{start}-{start + 17}",
        "benchmark": "benchmark/bert", "version": "1.2",
    }  # fmt: skip
    assert (SUBMISSION, "usedFramework", "framework/pytorch") in shown(quads)
    selector = about(quads, f"evidence/training-v2.0-abc/{start}-{start + 17}/selector")
    assert selector[PREFIXES["oa"] + "exact"] == "BERT with PyTorch"
    first, last = (int(selector[PREFIXES["oa"] + name]) for name in ("start", "end"))
    assert TEXT[first:last] == "BERT with PyTorch"


def test_evidence_has_its_page_and_a_document_its_digest() -> None:
    made = fact("usedFramework", ACME, PYTORCH, "BERT with PyTorch")
    paged = replace(document(), pages=(0, TEXT.index("BERT")), sha256="0f" * 32)
    quads = facts_to_quads([replace(made, statement=replace(made.statement, document=paged))])
    assert validate(quads).conforms
    assert about(quads, f"evidence/training-v2.0-abc/{TEXT.index('BERT')}-")["page"] == "2"
    assert ("document/training-v2.0-abc", "sha256", "0f" * 32) in shown(quads, None)
    assert "page" not in about(facts_to_quads([made]), "evidence/")


def test_a_joint_statement_is_by_a_collaboration() -> None:
    both = Entity(ACME.iri + "-and-other", "Acme + Other", "Organization", known=False)
    other = Entity(ACME.iri.replace("acme", "other"), "Other", "Organization")
    quads = facts_to_quads([], [Statement(document(), both, ROUND, Span(0, 4), Span(6, len(TEXT)), (ACME, other))])
    assert validate(quads).conforms
    member = PREFIXES["org"] + "hasMember"
    assert {o for s, p, o in shown(quads, None) if p == member} == {"organization/acme", "organization/other"}


def test_facts_of_one_span_share_their_evidence() -> None:
    quads = facts_to_quads([fact("usedFramework", ACME, PYTORCH), fact("submittedBenchmark", ACME, BERT)])
    assert len({o for s, p, o in shown(quads) if p == "evidence"}) == 1


def test_entities_submissions_and_sources_stand_in_the_default_graph() -> None:
    origin = Origin("Statements™", "MLCommons", "2022-06-29", "https://mlcommons.org/x")
    statement = Statement(document(origin), ACME, ROUND, Span(0, 4), Span(6, len(TEXT)))
    quads = facts_to_quads([], [statement])
    assert shown(quads) == set()
    found = shown(quads, None)
    label = PREFIXES["rdfs"] + "label"
    assert ("organization/acme", label, "Acme") in found
    assert ("statement/training-v2.0-abc/acme", "restated", "true") in found
    assert (
        "document/training-v2.0-abc",
        PREFIXES["prov"] + "wasDerivedFrom",
        "document/training-v2.0-abc/origin",
    ) in found
    assert ("document/training-v2.0-abc/origin", PREFIXES["dct"] + "issued", "2022-06-29") in found
    assert ("publisher/mlcommons", label, "MLCommons") in found
    found = shown(facts_to_quads([fact("submittedBenchmark", ACME, BERT)]), None)
    assert (SUBMISSION, "submitter", "organization/acme") in found
    assert (SUBMISSION, "round", "round/training-v2.0") in found
    assert (SUBMISSION, label, "Acme in MLPerf Training v2.0") in found
    assert ("statement/training-v2.0-abc/acme", "restated", "false") in found


@pytest.mark.parametrize("url", ["", "not a url", "javascript:alert(1)", "https://x.org/ü?a=b#c"])
@pytest.mark.parametrize("date", ["", "June 2022", "2022-06-29"])
def test_an_origin_as_it_is_given(url: str, date: str) -> None:
    statement = Statement(document(Origin("", "", date, url)), ACME, ROUND, Span(0, 4), Span(6, len(TEXT)))
    assert validate(facts_to_quads([], [statement])).conforms


@pytest.mark.parametrize(
    ("made", "subject", "direct"),
    [
        (fact("submittedTo", ACME, ROUND), "organization/acme", True),
        (fact("offersSystem", ACME, BOX), "organization/acme", True),
        (fact("hasAccelerator", BOX, CHIP), "system/box", True),
        (fact("developedBy", PYTORCH, ACME), "framework/pytorch", True),
        (fact("submittedBenchmark", ACME, BERT), SUBMISSION, True),
        (fact("submittedBenchmark", OTHER, BERT), "submission/training-v2.0/other-inc", True),
        (fact("submittedBenchmark", ACME, BERT, round=BEFORE), "submission/training-v1.1/acme", True),
        (fact("submittedBenchmark", ACME, BERT, round="earlier"), "organization/acme", False),
        (fact("submittedBenchmark", ACME, BERT, roundIs="previous"), "organization/acme", False),
        (fact("submittedBenchmark", ACME, BERT, whose="somebody"), "organization/acme", False),
        (fact("submittedTo", ACME, BEFORE, roundIs="previous"), "organization/acme", True),
        (fact("hasAccelerator", BOX, CHIP, asserted=False), "system/box", False),
        (fact("hasAccelerator", BOX, CHIP, capability=True), "system/box", False),
        (fact("resultCount", ACME, Decimal(5)), SUBMISSION, False),
    ],
)
def test_whose_fact_it_is(made: Fact, subject: str, direct: bool) -> None:
    quads = facts_to_quads([made])
    assert validate(quads).conforms, validate(quads).to_text()
    assert fact_iris(made) == (ID + subject, getattr(made.object, "iri", None))
    assert about(quads, "fact/")["subject"] == subject
    assert ((subject, made.predicate) in {(s, p) for s, p, _ in shown(quads)}) is direct


@pytest.mark.parametrize(
    ("said", "asserted", "expected"),
    [
        ({}, True, None),
        ({"planned": True}, False, "planned"),
        ({"modality": "planned"}, False, "planned"),
        ({"capability": True}, True, "capability"),
        ({"capability": False}, True, None),
        ({"maxCount": Decimal(16)}, False, "capability"),
        ({}, False, "background"),
    ],
)
def test_modality(said: dict[str, Value], asserted: bool, expected: str | None) -> None:
    quads = facts_to_quads([fact("hasAccelerator", BOX, CHIP, "16 accelerators", asserted, **said)])
    found = about(quads, "fact/")
    assert found.get("modality") == expected
    assert not set(found) & set(MODALITIES)


@pytest.mark.parametrize(
    ("value", "unit", "minutes"),
    [
        ("25", "seconds", "0.416667"),
        ("17.50", "minutes", "17.5"),
        ("2", "hours", "120"),
        ("1", "days", "1440"),
    ],
)
def test_a_time_to_train_also_stands_in_minutes(value: str, unit: str, minutes: str) -> None:
    quads = facts_to_quads([fact("timeToTrain", ACME, Decimal(value), "25 seconds", unit=unit)])
    assert about(quads, "fact/")["minutes"] == minutes
    assert validate(quads).conforms


def test_qualifiers_keep_to_their_property() -> None:
    made = fact(
        "improvement", ACME, Decimal("1.50"), round="earlier", baselineRound="previous", whose="another",
        value=Decimal("80.0"), of=BERT, firstTime=True, system=BOX,
    )  # fmt: skip
    said = about(facts_to_quads([made]), "fact/")
    assert said["roundIs"] == "earlier"
    assert said["baselineRoundIs"] == "previous"
    assert said["whoseIs"] == "another"
    assert (said["value"], said["attributeValue"]) == ("1.5", "80")
    assert (said["of"], said["system"], said["firstTime"]) == ("BERT", "system/box", "true")


def test_a_qualifier_that_links_to_nothing_is_caught_by_the_shapes() -> None:
    report = validate(facts_to_quads([fact("usedFramework", ACME, PYTORCH, benchmark="some benchmark")]))
    assert [p.shape for p in report.problems] == ["benchmark"]


def test_one_label_for_a_thing_that_is_written_in_several_ways() -> None:
    made = [
        fact("submittedSystem", ACME, Entity(BOX.iri, name, "System"), quote)
        for name, quote in (("BOX", "We"), ("Box", "with"), ("Box", "in"), ("box", "By"))
    ]
    found = shown(facts_to_quads(made), None)
    assert {o for s, p, o in found if s == "system/box" and p.endswith("#label")} == {"Box"}
    assert {o for s, p, o in found if s == "system/box" and p.endswith("altLabel")} == {"BOX", "box"}


# Properties

OBJECTS: dict[str, st.SearchStrategy[Value]] = {
    "submittedTo": st.sampled_from([ROUND, BEFORE]), "submittedSystem": st.just(BOX),
    "offersSystem": st.just(BOX), "submittedBenchmark": st.just(BERT),
    "usedFramework": st.just(PYTORCH), "usedAccelerator": st.just(CHIP),
    "hasAccelerator": st.just(CHIP), "hasProcessor": st.just(CPU), "division": st.just(CLOSED),
    "resultCount": st.integers(1, 100).map(Decimal), "quantity": st.decimals(0, 10**6, places=3),
    "timeToTrain": st.decimals("0.001", 9999, places=3), "released": st.text(min_size=1).filter(str.strip),
}  # fmt: skip
SUBJECTS = {"hasAccelerator": BOX, "hasProcessor": BOX, "released": PYTORCH}
ELSEWHERE = Statement(document(key="other"), OTHER, BEFORE, Span(0, 4), Span(6, 9))
plain = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
QUALIFIERS: dict[str, st.SearchStrategy[Value]] = {
    "benchmark": st.just(BERT), "system": st.just(BOX), "round": st.sampled_from([ROUND, BEFORE, "earlier"]),
    "whose": st.sampled_from([ACME, "another"]), "count": st.integers(1, 64).map(Decimal), "version": plain,
    "what": plain, "firstTime": st.booleans(), "attributeValue": st.decimals(0, 999, places=2) | plain,
    "planned": st.booleans(),
}  # fmt: skip


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    predicate = draw(st.sampled_from(sorted(OBJECTS)))
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)).filter(lambda end: TEXT[start:end].strip()))
    said: dict[str, Value] = draw(st.fixed_dictionaries({}, optional=QUALIFIERS))
    subject = SUBJECTS.get(predicate) or draw(st.sampled_from([ACME, OTHER]))
    statement = draw(st.sampled_from([STATEMENT, ELSEWHERE]))
    evidence = Evidence(Span(start, end), TEXT[start:end])
    return Fact(statement, predicate, subject, draw(OBJECTS[predicate]), evidence, said, draw(st.booleans()))


@settings(max_examples=25, deadline=None)
@given(st.lists(facts(), min_size=1, max_size=8), st.randoms())
def test_any_facts_conform_and_heed_no_order(made: list[Fact], random: Random) -> None:
    quads = facts_to_quads(made)
    report = validate(quads)
    assert report.conforms, report.to_text()
    shuffled = list(made)
    random.shuffle(shuffled)
    assert facts_to_quads(shuffled) == quads == facts_to_quads([*made])
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object, q.graph_name))


@settings(max_examples=50, deadline=None)
@given(st.lists(facts(), max_size=8))
def test_a_serialized_graph_reads_back_the_same(made: list[Fact]) -> None:
    quads = facts_to_quads(made, [STATEMENT])
    for format in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG):
        text = ox.serialize(quads, format=format, prefixes=PREFIXES) or b""
        assert set(ox.parse(text, format=format)) == set(quads)
        assert ox.serialize(facts_to_quads(made, [STATEMENT]), format=format, prefixes=PREFIXES) == text
    store = ox.Store()
    store.extend(quads)
    assert set(store) == set(quads)


@settings(max_examples=50, deadline=None)
@given(st.lists(facts(), min_size=1, max_size=6))
def test_the_graph_of_several_facts_is_the_graphs_of_each_together(made: list[Fact]) -> None:
    alone = {quad for one in made for quad in facts_to_quads([one])}
    assert set(facts_to_quads(made)) == alone


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; import test_facts_to_quads as t, pyoxigraph as ox;"
        "made = [t.fact('usedFramework', t.ACME, t.PYTORCH, benchmark=t.BERT, version='1', round=t.BEFORE),"
        " t.fact('timeToTrain', t.OTHER, t.Decimal(9), unit='minutes', firstTime=True, whose=t.OTHER)];"
        "print(ox.serialize(t.facts_to_quads(made), format=ox.RdfFormat.TRIG).decode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, os.path.dirname(__file__), os.getcwd()],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(outputs) == 1
    assert b"usedFramework" in outputs.pop()


def test_every_kind_of_entity_is_a_class() -> None:
    made = [fact("developedBy", Entity(iri("x", kind), kind, kind), ACME) for kind in get_args(Kind)]
    found = shown(facts_to_quads(made), None)
    assert {o for s, p, o in found if p.endswith("#type")} >= set(get_args(Kind))
    assert "submittedBenchmark" in of_submission()
