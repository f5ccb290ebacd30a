"""Facts from texts on one core, beside spaCy's PhraseMatcher that finds the names of the same vocabulary.

spaCy does less (no sentence is understood), so it is a floor, not a peer with the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Step


def _kg(folder: str) -> Iterator[Step]:
    from kg.build import read_statements

    read_statements()  # rules and vocabulary are made ready once
    yield "facts", lambda: len(read_statements([folder]).facts)


def _spacy(folder: str) -> Iterator[Step]:
    from pathlib import Path

    import spacy
    from spacy.matcher import PhraseMatcher

    from kg.names.vocabulary import load_vocabulary

    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    names = {name for concept in load_vocabulary().values() for name in concept.names}
    matcher.add("name", list(nlp.pipe(sorted(names))))

    def match() -> Any:
        for path in sorted(Path(folder).iterdir()):
            for doc in nlp.pipe(path.read_text("utf-8").split("\n\n")):
                matcher(doc)

    yield "facts", match


CONTESTANTS = {"kg": _kg, "spaCy PhraseMatcher": _spacy}
TIMES = 5
