"""One sentence in the statement of an organization that no vocabulary knows: what it says of its submission, and what not."""

import tomllib
from pathlib import Path

import pytest

from kg.build import read_statements

PHRASINGS = tomllib.loads((Path(__file__).parents[2] / "training" / "phrasings.toml").read_text("utf-8"))
ROUND = "MLPerf Training v3.1"


def name(value):
    return str(getattr(value, "label", value))


def facts(tmp_path, sentence, *, possible):
    """Predicate and object of the facts of the organization, or of its systems, in this round."""
    path = tmp_path / "statements.md"
    path.write_text(f"# {ROUND}\n\n## Acme\n\n{sentence}\n", "utf-8")
    found = [
        fact
        for fact in read_statements([path]).facts
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
