"""The verdicts on sentences: one document a submitter and round, one paragraph a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.build import read_statements
from kg.claims.review import Record, review_claims
from kg.graph import vocabulary_to_quads
from kg.model.claim import Review
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import load_vocabulary, vocabulary_files
from kg.record.results import link_results, shipped_results
from kg.store import memory_graph


@cache
def record() -> Record:
    """The shipped record."""
    vocabulary = load_vocabulary()
    linked = link_results(shipped_results(), vocabulary)
    terms = memory_graph(vocabulary_to_quads(vocabulary_files()))
    return Record(linked.results, (), vocabulary, terms, linked.incomplete)


def heading(round_: str) -> str:
    """The title of the statements of a round: 'v2.0', 'hpc v3.0'."""
    return (
        f"# MLPerf HPC {round_.split()[1]} statements"
        if round_.startswith("hpc")
        else f"# MLPerf Training {round_} statements"
    )


def reviewed(sentences: Iterable[tuple[str, str, str]], folder: Path) -> dict[tuple[str, str, str], list[Review]]:
    """The reviews of sentences, each given as round, submitter and text."""
    documents: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for round_, by, text in sentences:
        documents[round_, by][text] = None
    for at, ((round_, by), texts) in enumerate(documents.items()):
        (folder / f"{at}.md").write_text(f"{heading(round_)}\n\n## {by}\n\n" + "\n\n".join(texts) + "\n")
    read = read_statements([folder / f"{at}.md" for at in range(len(documents))])
    made, lexicons = defaultdict(list), {s.round: Lexicon(read.vocabulary, s.round) for s in read.statements}
    for review in review_claims(read.statements, read.facts, record(), lambda s: lexicons[s.round]):
        made[review.claim.statement].append(review)
    named = {s.document.source: s for s in read.statements}
    found = {}
    for at, ((round_, by), texts) in enumerate(documents.items()):
        statement = named[f"{at}.md"]
        for text in texts:
            start = statement.document.text.index(text)
            found[round_, by, text] = [
                r for r in made[statement.iri] if r.claim.start < start + len(text) and start < r.claim.end
            ]  # fmt: skip
    return found
