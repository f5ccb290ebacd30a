"""The official record, reviews and tables of Inference in RDF."""

import pyoxigraph as ox
import pytest

from kg.namespaces import ID, MLP, PREFIXES

SAMSUNG = "training-v2.0/samsung/samsung-supercomputer21-dgxa100-n128-pytorch"


def said(graph, subject, name):
    quads = graph.match(ox.NamedNode(ID + subject), ox.NamedNode(name if ":" in name else MLP + name))
    return sorted((q.object.value, getattr(q.graph_name, "value", "").removeprefix(ID)) for q in quads)


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        (f"result/{SAMSUNG}/bert", "minutes", "0.37200625"),
        (f"result/{SAMSUNG}/bert", "slowestMinutes", "0.374"),
        (f"result/{SAMSUNG}/bert", "runCount", "10"),
        (f"result/{SAMSUNG}/bert", "division", ID + "division/open"),
        (f"result/{SAMSUNG}/bert", "framework", ID + "framework/pytorch"),
        (f"result/{SAMSUNG}/bert", "submission", ID + "submission/training-v2.0/samsung"),
        (f"filed-system/{SAMSUNG}", "acceleratorFiled", "NVIDIA A100-SXM4-80GB (400W)"),
        (f"filed-system/{SAMSUNG}", "acceleratorCount", "1024"),
    ],
)
def test_a_result_stands_in_the_graph_of_its_repository(small, subject, name, value):
    assert said(small, subject, name) == [(value, "record/training-v2.0")]


def test_a_result_leads_to_its_files_at_the_commit_that_was_read(small):
    ((commit, _),) = said(small, "record/training-v2.0", "commit")
    files = said(small, f"result/{SAMSUNG}/bert", PREFIXES["prov"] + "wasDerivedFrom")
    assert [at.partition(commit)[0] for at, _ in files] == [
        f"https://github.com/mlcommons/training_results_v2.0/{kind}/" for kind in ("blob", "tree")
    ]
    assert said(small, "submission/training-v2.0/samsung", "submitter") == [(ID + "organization/samsung", "")]


def test_a_link_changes_neither_source(small):
    links = list(small.match(None, None, None, ox.NamedNode(ID + "graph/links")))
    of = {q.predicate.value.removeprefix(MLP): q.object.value for q in links}
    assert of["linkedSystem"] == ID + "system/gigabyte/g492-id0"
    assert of["linkedFiledSystem"].startswith(ID + "filed-system/training-v2.0/gigabyte/")
    assert of["linkedName"] == "G492-ID0"


def test_a_review_says_what_it_used_in_the_graph_of_its_statement(small):
    graph = ox.NamedNode(ID + "claims/training-v2.0-test/samsung")
    rows = list(small.query(
        "SELECT ?kind ?verdict ?formula ?used ?tried ?claimant { GRAPH ?g { ?review mlp:reviewed ?claim ; mlp:verdict ?verdict . "
        "?claim mlp:claimKind ?kind ; mlp:claimant ?claimant OPTIONAL { ?review mlp:computation ?formula } "
        "OPTIONAL { ?review mlp:usedResult ?used } OPTIONAL { ?review mlp:readingsTried ?tried } } "
        f"FILTER(?g = {graph}) }} ORDER BY ?kind"
    ))  # fmt: skip
    assert [[getattr(term, "value", None) for term in row] for row in rows] == [
        ["improvement", ID + "verdict/not-checkable", None, None, "1", ID + "organization/samsung"],
        ["timeToTrain", ID + "verdict/supported-after-rounding", "0.372 minutes × 60 = 22.32 seconds",
         f"{ID}result/{SAMSUNG}/bert", "1", ID + "organization/samsung"],
    ]  # fmt: skip


def test_results_of_inference_are_of_another_class(small):
    kinds = small.query("SELECT DISTINCT ?unit ?better { GRAPH ?t { ?r a mlp:InferenceResult ; mlp:performanceUnit ?unit ; "
                        "mlp:betterWhen ?better } }")  # fmt: skip
    assert {row["better"].value for row in kinds} <= {"more", "less"}
    results = small.query("SELECT ?r { GRAPH ?t { ?r a mlp:InferenceResult , mlp:Result } }")
    assert list(results) == []
