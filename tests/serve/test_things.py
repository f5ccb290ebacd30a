"""Pages of things and of two side by side."""

import re
from decimal import Decimal

import pytest

from kg.names.spans import comparable
from kg.query import run
from kg.serve.compare import Pair, compared
from kg.serve.view import Item

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "organization/nvidia",
            ("also known as", "Official results", "What statements say", "its claims, checked", "/tree/"),
        ),
        ("benchmark/bert", ("The fastest of each round", "chart.svg")),
        ("round/training-v2.0", ("The fastest of each benchmark", "All systems")),
        ("accelerator/nvidia-a100", ("Best times", "compare with another")),
    ],
)
def test_a_thing_has_a_page_by_its_class(client, path, words):
    text = client.get(f"/id/{path}", headers=HTML).text
    assert not [word for word in words if word not in text]
    assert not re.search(r">[^<]*(?:fact|evidence|claim)/[\w./-]*[0-9a-f]{8,}<", text)


def test_words_of_a_fact_lead_to_their_place(client):
    text = client.get("/id/organization/krai", headers=HTML).text
    link = re.search(r'<blockquote.*?href="(/sources/[^"#]+)#(at-\d+)"', text, re.S)
    assert f'id="{link[2]}"' in client.get(link[1], headers=HTML).text


def test_two_are_compared_on_what_may_be_compared(graph):
    made = compared(graph, "NVIDIA", "Google")
    assert made.pairs
    labels = {row["roundLabel"]: row["round"] for row in run(graph, "results", {})}
    benchmarks = {row["benchmarkLabel"]: row["benchmark"] for row in run(graph, "results", {})}
    for pair in made.pairs:
        assert comparable(graph, benchmarks[pair.benchmark], *(labels[r] for r in pair.rounds))
        assert float(pair.other.text) == pytest.approx(float(pair.one.text) * (1 + float(pair.percent) / 100), rel=0.01)


def test_the_page_of_two(client):
    assert "% longer" in client.get("/compare?a=NVIDIA&b=Google", headers=HTML).text
    unknown = client.get("/compare?a=NVIDIA&b=Nobody+Known", headers=HTML)
    assert (unknown.status_code, 'role="alert"' in unknown.text) == (404, True)
    assert client.get("/compare?a=BERT&b=DLRM", headers=HTML).status_code == 400
    assert "Two side by side" in client.get("/compare", headers=HTML).text


def test_times_that_lie_far_apart_are_no_percents():
    def takes(percent):
        return Pair("BERT", "Open", 8, Item("1"), Item("2"), ("v1.0", "v1.1"), Decimal(percent)).takes

    assert (takes("-12.5"), takes("27.1"), takes("899.9")) == ("12.5 % less", "27.1 % longer", "899.9 % longer")
    assert takes("222532.8") == "2,226 times as long"


def test_a_result_has_its_figures_on_top(client):
    path = "/id/result/training-v2.0/graphcore/ipu-pod256-popart-closed/bert"
    assert "<p>3.185 minutes on 256 × Graphcore Bow IPU</p>" in client.get(path, headers=HTML).text


def test_numbers_have_equal_decimals_and_stand_right(client):
    text = client.get("/queries/results?benchmark=BERT&round=v2.0", headers=HTML).text
    minutes = re.findall(r'<td data-title="minutes" class="number">([^<]*)</td>', text)
    assert len(minutes) > 10
    assert {len(m.partition(".")[2]) for m in minutes} == {3}
    assert '<td data-title="organization"><a' in text


def test_a_long_answer_says_what_it_leaves_out(client):
    question = {"q": "who submitted on A100 80GB with PyTorch"}
    text = client.get("/ask", params=question, headers=HTML).text
    rests = len(client.get("/ask", params={**question, "format": "json"}).json()["evidence"])
    assert rests > 50
    assert f"The first 50 of {rests}; <a href=" in text
    assert "The first" not in client.get("/ask?q=fastest+BERT+result+in+v2.0", headers=HTML).text


def test_a_claim_has_a_card_to_cite(client):
    card = re.search(r'href="(/claim/[^"]+)"', client.get("/claims?verdict=supported", headers=HTML).text)[1]
    text = client.get(card, headers=HTML).text
    assert "<h2>Cite</h2>" in text
    assert "Verdict: " in text
    assert re.search(r"published <a href=\"https://mlcommons.org/[^>]*>2022-06-29</a>", text)
    assert re.search(r"Record as read on 20\d\d-\d\d-\d\d\. Checked by mlperf-kg", text)
    assert client.get("/claim/claim/none", headers=HTML).status_code == 404


def test_parameters_that_a_page_does_not_know_make_no_new_answer(client):
    first = client.get("/sources", headers=HTML)
    assert client.get("/sources?anything=1", headers=HTML).headers["etag"] == first.headers["etag"]
    served = client.get("/claims?verdict=supported", headers=HTML).text
    assert served != client.get("/claims?verdict=contradicted", headers=HTML).text
