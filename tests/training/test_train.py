"""Weights are made from annotated documents: the same each time, and those of a clean clone find facts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.decide import scorer_of
from kg.names.linear import read_weights

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="module")
def corpus():
    pytest.importorskip("sklearn", reason="training needs scikit-learn, the extra `train`")
    from training.train import SHIPPED, read

    shipped = read([SHIPPED])
    assert len(shipped.invented) > 15
    return replace(shipped, invented=shipped.invented[:2])


def test_a_clean_clone_trains_on_what_ships_and_gives_the_same_bytes(corpus):
    from training.train import train

    first, second = (json.dumps(train(corpus), sort_keys=True) for _ in range(2))
    assert first == second
    scorer = scorer_of(json.loads(first))
    assert "submittedSystem" in scorer
    assert scorer.confidence("submittedSystem", ["l1:submitted", "is:submitting"]) > 0


def test_a_document_is_scored_by_weights_that_have_not_seen_it(corpus, monkeypatch):
    from training import leave_out

    seen = []
    train = leave_out.train

    def noted(given):
        seen.append([d.name for d in given.documents])
        return train(given)

    monkeypatch.setattr(leave_out, "train", noted)
    two = replace(corpus, documents=[*corpus.documents, replace(corpus.documents[0], name="the same")])
    scores = dict(leave_out.left_out(two))
    assert seen == [["the same"], [corpus.documents[0].name]]
    assert scores["the same"] == scores[corpus.documents[0].name]
    assert scores["the same"].precision > 0.9
    (alone,) = leave_out.left_out(corpus)
    assert alone[1].f1 < scores["the same"].f1


def test_names_are_also_learned_as_if_no_vocabulary_had_the_products(corpus):
    from kg.names.filed import Filed
    from training.learn import name_examples

    (document,) = corpus.documents
    known, unknown = (name_examples(d, Filed()) for d in (document, document.unknowing()))
    kinds, more = ({k for _, k in examples} for examples in (known, unknown))
    named, found = (sum(k != "None" for _, k in examples) for examples in (known, unknown))
    assert kinds <= more
    assert found > 1.5 * named
    assert any("left1:<Organization>" in of for of, _ in unknown)


def test_features_hold_at_most_two_words_of_text():
    weights = read_weights()
    for model in (weights["names"], weights["relations"]):
        for features in model.values():
            for feature in features:
                kind, sign, words = feature.partition(":")
                assert len(words.split()) <= 2, feature
                assert sign or " " not in kind, feature


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated documents are not here")
def test_the_shipped_weights_decide_as_the_annotations_teach():
    """Of a document that they were trained on, the shipped weights say what its annotations say."""
    from kg.build import read_statements
    from kg.extract.score import evaluate, read_gold
    from kg.names.lexicon import Lexicon

    reading = read_statements([SHARED / "statements" / "training-v2.0.txt"])
    gold = read_gold(SHARED / "gold" / "training-v2.0.facts.jsonl")
    lexicon = Lexicon(reading.vocabulary, reading.statements[0].round)
    found = evaluate(gold, [f for f in reading.facts if not f.doubt], lexicon)
    assert found.ungrounded == 0
    for predicate in ("submittedSystem", "submittedBenchmark", "usedFramework"):
        assert found.predicates[predicate].precision >= 0.9, predicate
