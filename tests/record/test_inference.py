import json
import lzma
from pathlib import Path

import pytest

from kg.ask import ask
from kg.build import build
from kg.errors import InputError
from kg.names.vocabulary import load_vocabulary
from kg.query import run
from kg.record.inference import is_inference, link_inference, merged, read_inference
from kg.store import open_graph

SUMMARY = Path(__file__).parent / "summary_results.json"
HEAD = (
    "version,Organization,Division,SystemType,SystemName,Platform,Model,MlperfModel,Scenario,Result,Result_Units,Accuracy,"
    "accelerator_model_name,accelerators_per_node,number_of_nodes,host_processor_model_name,host_processors_per_node,"
    "framework,Availability,has_power,Result_Power,Result_Power_Units,Location,url\n"
)


def line(version, result, unit, power="", place="closed/Acme/results/box/resnet50/Offline"):
    return (
        f'{version},Acme,closed,"datacenter,edge",Box,box,resnet50,resnet,Offline,{result},{unit},76.1,NVIDIA A100,4,1,'
        f"AMD EPYC 7742,2,TensorRT,available,True,{power},,{place},https://example.org/box\n"
    )


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rounds.csv"
    path.write_text(
        HEAD + line("v4.0", "120.5", "Samples/s") + line("v4.0", "", "Watts", "900.25") + line("v5.1", "1", "Samples/s")
    )
    return path


def test_a_summary_has_all_that_a_result_needs():
    found = read_inference(SUMMARY)
    assert (found.name, len(found.rows), found.left_out) == ("summary_results", 5, 0)
    first, _, server, latency, _ = found.rows
    assert (str(first.performance), first.unit, first.better) == ("1000.5", "Samples/s", "more")
    assert (str(first.power), first.power_unit) == ("5000.25", "Watts")
    assert (server.accelerators_per_node, server.nodes, server.accelerators) == (8, 2, 16)
    assert (latency.better, latency.suite) == ("less", "edge")


def test_a_table_that_a_spreadsheet_saved_says_the_same(table):
    for path in (table, table.with_name(SUMMARY.name)):
        path.write_text((SUMMARY if path.suffix == ".json" else table).read_text("utf-8"), "utf-8-sig")
        assert is_inference(path)
    assert read_inference(path) == read_inference(SUMMARY)
    assert len(read_inference(table).rows) == 2


def test_the_row_of_a_power_belongs_to_the_row_of_the_performance(table):
    found = read_inference(table).rows
    assert [(r.version, str(r.performance), r.power and str(r.power), r.power_unit) for r in found] == [
        ("v4.0", "120.5", "900.25", "Watts"), ("v5.1", "1", None, "")
    ]  # fmt: skip


def test_a_table_is_known_by_its_content(tmp_path, table):
    packed = tmp_path / "packed.json.xz"
    packed.write_bytes(lzma.compress(SUMMARY.read_bytes()))
    assert all(map(is_inference, (SUMMARY, table, packed)))
    other = tmp_path / "other.json"
    other.write_text('[{"Submitter": "Acme"}]')
    assert not is_inference(other)
    assert not is_inference(Path(__file__).parents[1] / "queries" / "record.csv")
    assert read_inference(packed).rows == read_inference(SUMMARY).rows


def test_of_a_round_in_two_tables_mlcommons_own_is_taken(table):
    found = {t.name: {r.version for r in t.rows} for t in merged([read_inference(table), read_inference(SUMMARY)])}
    assert found == {"rounds": {"v4.0"}, "summary_results": {"v5.1"}}


def test_names_are_linked():
    first = link_inference(read_inference(SUMMARY), load_vocabulary())[0]
    assert first.names == "Dell Technologies"
    assert first.accelerator is not None
    assert "H200" in first.accelerator.label
    assert first.round.label == "MLPerf Inference v5.1"


def test_joint_submitters_and_new_models(table):
    text = table.read_text().replace("v5.1,Acme", "v9.0,Dell_Broadcom").replace("resnet50,resnet", "x,wonder-1b-99.9")
    table.write_text(text)
    joint = link_inference(read_inference(table), load_vocabulary())[1]
    assert [e.label for e in joint.submitters] == ["Dell Technologies", "Broadcom"]
    assert (joint.benchmark.label, joint.benchmark.known) == ("wonder-1b", False)
    build(directory=table.with_name("graph"), results=(), inference=[table])
    graph = open_graph(table.with_name("graph"))
    for who in ("Dell", "Broadcom"):
        answer = ask(graph, f"best wonder-1b offline result of {who} in Inference v9.0")
        assert answer.lines[0].startswith("Broadcom, Dell Technologies, 1 Samples/s")


def test_platforms_that_only_case_tells_apart_are_two(tmp_path):
    path = tmp_path / "rounds.csv"
    other = line("v4.0", "110", "Samples/s", place="closed/Acme/results/BOX/resnet50/Offline").replace(",box,", ",BOX,")
    path.write_text(HEAD + line("v4.0", "120.5", "Samples/s") + other)
    report = build([], directory=tmp_path / "graph", inference=[path])
    assert report.quarantined == 0
    graph = open_graph(tmp_path / "graph")
    rows = list(run(graph, "inference-results"))
    assert len({r["result"] for r in rows}) == len({r["resultFolder"] for r in rows}) == 2
    systems = [
        file.value for (file,) in graph.query("SELECT ?f { GRAPH ?t { ?s mlp:systemFile ?f } ?t a mlp:InferenceTable }")
    ]
    assert sorted(systems) == ["closed/Acme/systems/BOX.json", "closed/Acme/systems/box.json"]


def test_what_is_no_table_is_an_error_that_says_what_to_give(tmp_path):
    path = tmp_path / "notes.json"
    path.write_text("{}")
    with pytest.raises(InputError, match=r"notes\.json: is no table of MLPerf Inference; give"):
        read_inference(path)
    path.write_text(SUMMARY.read_text()[:-100])
    with pytest.raises(InputError, match="cannot be read to its end"):
        read_inference(path)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Scenario", None, "is '', no name"),
        ("Submitter", "  ", "is '', no name"),
        ("Submitter", ["Acme"], "no text"),
        ("version", "vX", "is 'vX', no round"),
        ("version", "", "no round"),
        ("a#", -8, "is '-8', no whole number"),
        ("a#", 0.5, "no whole number"),
        ("Nodes", 10**20, "no whole number"),
        ("Nodes", 10**14, "a# of all Nodes is"),
        ("Performance_Result", 1e300, "no number"),
        ("Power_Result", -1, "no number"),
    ],
)
def test_a_value_that_a_column_cannot_have_is_named_with_its_result(tmp_path, column, value, said):
    path = tmp_path / "summary_results.json"
    rows = json.loads(SUMMARY.read_text())
    rows[1] |= {"a#": 10**13, column: value} if value == 10**14 else {column: value}
    path.write_text(json.dumps(rows))
    with pytest.raises(InputError, match=rf"summary_results\.json: result 2: .*{said}"):
        read_inference(path)


def test_what_is_no_number_is_not_known_and_half_a_character_is_no_error(tmp_path):
    path = tmp_path / "summary_results.json"
    rows = json.loads(SUMMARY.read_text())
    rows[0] |= {
        "a#": "(8,4)",
        "Nodes": "N/A",
        "Power_Result": float("nan"),
        "Submitter": "Acme \ud800+",
        "Platform": "+",
    }
    rows[1] |= {"Submitter": "+"}
    path.write_text(json.dumps(rows))
    found = read_inference(path)
    assert (found.rows[0].accelerators, found.rows[0].nodes, found.rows[0].power) == (None, None, None)
    assert [r.names for r in link_inference(found, load_vocabulary())[:2]] == ["Acme ?", "+"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version,Organization,Scenario\nv5.1,a,b\n", "has no column 'Result'"),
        (SUMMARY.read_text().rstrip()[:-1] + ", null]", "result 6 is no object"),
        (SUMMARY.read_text().rstrip()[:-1] + "," + "[" * 100_000 + "]", "cannot be read to its end"),
        (SUMMARY.read_text().rstrip()[:-1] + "," + "9" * 5000 + "]", "cannot be read to its end"),
    ],
)
def test_a_damaged_table_is_an_error(tmp_path, text, said):
    path = tmp_path / "table"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_inference(path)


def test_a_build_takes_a_table_wherever_it_is_given(tmp_path, table):
    report = build([], directory=tmp_path / "graph", results=[SUMMARY], inference=[table])
    assert (report.quarantined, [len(t.rows) for t in report.inference]) == (0, [1, 5])
    rows = list(run(open_graph(tmp_path / "graph"), "inference-fastest", {"scenario": "SingleStream"}))
    assert [(r["organizationLabel"], r["performance"]) for r in rows] == [("Dell Technologies", "0.4")]


def test_a_question_without_results_is_answered_by_what_would_have_some(table):
    place = "closed/Acme/results/box/bert/Server"
    served = line("v5.1", "2", "Samples/s", place=place).replace("resnet50,resnet,Offline", "x,bert-99,Server")
    table.write_text(table.read_text() + served)
    build(directory=table.with_name("graph"), results=(), inference=[table])
    answer = ask(open_graph(table.with_name("graph")), "who submitted ResNet-50 server in Inference v5.1")
    assert answer.empty
    assert "without “scenario Server” there would be 1 result" in answer.lines[0]
