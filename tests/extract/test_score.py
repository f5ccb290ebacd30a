"""Facts beside annotations: what counts as right, as demanded and as grounded."""

import json
from dataclasses import replace

import pytest

from kg.build import read_statements
from kg.errors import InputError
from kg.extract.score import evaluate, read_gold
from kg.model.statement import Evidence, Span
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import load_vocabulary

LEXICON = Lexicon(load_vocabulary())
TEXT = """# MLPerf Training v2.0

## Baidu

We submitted BERT results in 12.5 minutes on eight A100 80GB GPUs using PyTorch.
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    path = tmp_path_factory.mktemp("evaluate") / "s.md"
    path.write_text(TEXT, "utf-8")
    return read_statements([path]).facts


def row(predicate, object, subject="Baidu", **more):
    return {"organization": "Baidu", "predicate": predicate, "subject": subject, "object": object, **more}


def score(gold, facts, predicate):
    return evaluate(gold, facts, LEXICON).predicates[predicate]


def test_a_fact_is_right_by_any_name_of_what_it_speaks_of(facts):
    for name in ("BERT", "bert"):
        found = score([row("submittedBenchmark", name)], facts, "submittedBenchmark")
        assert (found.precision, found.recall, found.f1) == (1.0, 1.0, 1.0)
    aliased = row("usedAccelerator", "the big one", aliases={"object": ["A100-80GB"]})
    assert score([aliased], facts, "usedAccelerator").recall == 1.0


def test_a_missed_fact_costs_recall_and_a_surplus_one_precision(facts):
    gold = [row("submittedBenchmark", "BERT"), row("submittedBenchmark", "DLRM")]
    assert score(gold, facts, "submittedBenchmark").recall == 0.5
    assert score([row("usedFramework", "MXNet")], facts, "usedFramework").precision == 0.0


def test_numbers_are_compared_as_numbers_and_with_their_benchmark(facts):
    def recall(value, benchmark):
        return score([row("timeToTrain", value, qualifiers={"benchmark": benchmark})], facts, "timeToTrain").recall

    assert (recall(12.50, "BERT"), recall("12.5", "BERT"), recall(12.6, "BERT"), recall(12.5, "DLRM")) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "beside", [{"certainty": "implied"}, {"qualifiers": {"planned": True}}, {"qualifiers": {"background": True}}]
)
def test_what_is_only_implied_planned_or_history_is_not_demanded(facts, beside):
    gold = [row("submittedBenchmark", "BERT"), row("submittedBenchmark", "DLRM", **beside)]
    assert score(gold, facts, "submittedBenchmark").recall == 1.0


def test_facts_of_another_organization_are_not_right(facts):
    assert (
        score([{**row("submittedBenchmark", "BERT"), "organization": "Dell"}], facts, "submittedBenchmark").right == 0
    )


def test_no_fact_can_be_made_whose_quote_is_not_at_its_place(facts):
    assert evaluate([row("submittedBenchmark", "BERT")], facts, LEXICON).ungrounded == 0.0
    with pytest.raises(ValueError, match="not in the text"):
        replace(facts[0], evidence=Evidence(Span(0, 3), "We submitted"))


def test_a_fact_that_the_ontology_does_not_know_does_not_conform(facts):
    gold = [row("submittedBenchmark", "BERT")]
    assert evaluate(gold, facts, LEXICON).conformance == 1.0
    odd = [facts[0], replace(facts[0], predicate="ateForLunch")]
    assert evaluate(gold, odd, LEXICON).conformance == 0.5


def test_nothing_said_scores_nothing():
    nothing = evaluate([row("submittedBenchmark", "BERT")], [], LEXICON)
    assert (nothing.overall.precision, nothing.overall.recall, nothing.overall.f1, nothing.conformance) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no annotated fact"),
        ("\n\n{]\n", ":3: "),
        (json.dumps({"organization": "Baidu", "predicate": "x"}), "subject, object missing"),
        ("[1]", "no JSON object"),
        ("\ud800", "give a JSON Lines file"),
    ],
)
def test_annotations_that_cannot_be_read_are_refused_with_their_line(tmp_path, content, said):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match=said) as error:
        read_gold(path)
    assert str(path) in str(error.value)
