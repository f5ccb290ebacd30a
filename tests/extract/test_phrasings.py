"""One sentence in the statement of an organization that no vocabulary knows: what it says of its submission, and what not."""

import tomllib
from pathlib import Path

import pytest

from kg.build import read_statements

TRAINING = Path(__file__).parents[2] / "training"
PHRASINGS, ASSERTED = (
    tomllib.loads((TRAINING / name).read_text("utf-8")) for name in ("phrasings.toml", "asserted.toml")
)
ROUND = "MLPerf Training v3.1"


def name(value):
    return str(getattr(value, "label", value))


def facts(tmp_path, sentence, *, possible):
    """Predicate and object of the facts of the organization, or of its systems, in this round; and of any round."""
    return all_facts(tmp_path, [sentence], possible=possible)[0]


def all_facts(tmp_path, sentences, *, possible):
    """Those of each of several sentences, each in a document of its own."""
    paths = [tmp_path / f"{number}.md" for number in range(len(sentences))]
    for path, sentence in zip(paths, sentences, strict=True):
        path.write_text(f"# {ROUND}\n\n## Acme\n\n{sentence}\n", "utf-8")
    found = read_statements(paths).facts
    return [stated([f for f in found if f.statement.document.source == p.name], possible=possible) for p in paths]


def stated(facts, *, possible):
    found = [
        fact
        for fact in facts
        if (possible or not fact.doubt)
        and (fact.subject.label == "Acme" or fact.subject.kind != "Organization")
        and name(fact.qualifiers.get("whose", "Acme")) == "Acme"
    ]
    now = [(f.predicate, name(f.object)) for f in found if name(f.qualifiers.get("round", ROUND)) == ROUND]
    return now, [(f.predicate, name(f.object)) for f in found]


def holds(facts, predicate, part):
    return any(p == predicate and part.lower() in o.lower() for p, o in facts)


@pytest.mark.parametrize("case", PHRASINGS["says"], ids=lambda c: c["sentence"][:60])
def test_what_a_sentence_says(tmp_path, case):
    """At least as possible: how much is asserted is measured on whole documents."""
    _, found = facts(tmp_path, case["sentence"], possible=True)
    assert [fact for fact in case["facts"] if not holds(found, *fact)] == []


@pytest.mark.parametrize("case", PHRASINGS["says_not"], ids=lambda c: c["sentence"][:60])
def test_what_a_sentence_does_not_say(tmp_path, case):
    found, _ = facts(tmp_path, case["sentence"], possible=False)
    assert [fact for fact in case["facts"] if holds(found, *fact)] == []


def test_of_places_about_as_sure_the_first_is_the_evidence(tmp_path):
    path = tmp_path / "statements.md"
    path.write_text(
        f"# {ROUND}\n\n## Acme\n\nWe submitted BERT and DLRM. We submitted BERT again with DLRM.\n", "utf-8"
    )
    [fact] = [
        f for f in read_statements([path]).facts if f.predicate == "submittedBenchmark" and name(f.object) == "BERT"
    ]
    assert fact.evidence.quote == "We submitted BERT and DLRM."


@pytest.mark.parametrize(("kind", "least", "most"), [("says", 0.68, 1), ("says_not", 0, 0.06)])
def test_what_is_said_is_told_from_what_is_only_named(tmp_path, kind, least, most):
    """Of every fifth sentence: the shipped weights saw them all, so that this only bounds what they may lose."""
    cases = ASSERTED[kind][::5]
    found = all_facts(tmp_path, [c["sentence"] for c in cases], possible=False)
    held = [holds(now, *fact) for c, (now, _) in zip(cases, found, strict=True) for fact in c["facts"]]
    assert least <= sum(held) / len(held) <= most, (sum(held), len(held))
