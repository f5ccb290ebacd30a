"""Bars for the verdicts on sentences that a program made: true ones, and the same with a false number, count or rival."""

from collections import Counter, defaultdict

import pytest

from kg.build import read_statements
from kg.claims.review import Record, review_claims
from kg.graph import vocabulary_to_quads
from kg.model.claim import CONTRADICTED, ROUNDED, SUPPORTED
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import load_vocabulary, vocabulary_files
from kg.record.results import link_results, shipped_results
from kg.store import memory_graph

from .program import cases

COMPARED = {"improvement", "comparison", "scaling"}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """The cases with the verdicts on their claims: one statement a submitter, one paragraph a sentence."""
    folder, by = tmp_path_factory.mktemp("truth"), defaultdict(list)
    for case in cases():
        by[case.by].append(case)
    for at, (name, mine) in enumerate(sorted(by.items())):
        text = "\n\n".join(dict.fromkeys(case.text for case in mine))
        (folder / f"{at}.md").write_text(f"# MLPerf Training v2.0 statements\n\n## {name}\n\n{text}\n")
    sources = [folder / f"{at}.md" for at in range(len(by))]
    read = read_statements(sources)
    vocabulary = load_vocabulary()
    record = Record(
        link_results(shipped_results(), vocabulary).results, (), vocabulary,
        memory_graph(vocabulary_to_quads(vocabulary_files())),
    )  # fmt: skip
    found = defaultdict(list)
    for review in review_claims(read.statements, read.facts, record, lambda s: Lexicon(vocabulary, s.round)):
        found[review.claim.statement, review.claim.quote].append(review)
    statements = {s.document.source: s.iri for s in read.statements}
    made = []
    for at, (_, mine) in enumerate(sorted(by.items())):
        for case in mine:
            kinds = COMPARED if case.kind in COMPARED else {case.kind}
            of = found[statements[f"{at}.md"], case.text]
            made.append((case, [r.verdict for r in of if r.claim.kind in kinds]))
    return made


def test_no_false_sentence_is_supported(judged):
    wrong = [case for case, verdicts in judged if not case.true and {SUPPORTED, ROUNDED} & set(verdicts)]
    assert wrong == []


def test_no_true_sentence_is_contradicted(judged):
    assert [case for case, verdicts in judged if case.true and CONTRADICTED in verdicts] == []


def test_nine_of_ten_true_sentences_are_supported_and_false_ones_contradicted_of_each_kind(judged):
    held, made = Counter(), Counter()
    for case, verdicts in judged:
        made[case.kind, case.true] += 1
        right = {SUPPORTED, ROUNDED} if case.true else {CONTRADICTED}
        held[case.kind, case.true] += bool(verdicts) and set(verdicts) <= right
    for key, total in made.items():
        assert held[key] >= 0.9 * total, (key, held[key], total)
    print({key: (held[key], total) for key, total in sorted(made.items())})
