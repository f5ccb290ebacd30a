"""Examples from texts of our own making: sentences with some facts that they give or do not, and whole statements.

Nothing is known of what else a sentence of `phrasings.toml` says, so only the candidates that it tells of are examples;
the texts of `named.jsonl` tell of all their names of things, and the statements of `cases/` have all their facts beside them.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.extract.candidates import Candidate
from kg.extract.sentences import sentences
from kg.extract.split import split
from kg.model.statement import Document, Entity, Section, Span, Statement
from kg.names.filed import Filed
from kg.names.finder import Finder
from kg.names.fold import fold
from kg.names.lexicon import Lexicon
from kg.names.linear import Linear
from kg.names.vocabulary import Vocabulary
from kg.namespaces import iri
from kg.read import read_documents
from training.learn import Examples, Relations, all_candidates

CASES = Path(__file__).parent / "cases"
FILE = Path(__file__).parent / "phrasings.toml"
ASSERTED = Path(__file__).parent / "asserted.toml"
NAMED = Path(__file__).parent / "named.jsonl"
ROUND = "MLPerf Training v3.1"
_NAMED = {"submittedSystem": "System", "offersSystem": "System", "division": "Division"}
"""What the object of a predicate is a name of, where no vocabulary knows it."""


_Case = tuple[Statement, Sequence[Sequence[str]], int]
"""A sentence as a statement, the facts it tells of, and whether it says them."""


class Phrasings:
    """The sentences of `phrasings.toml`, each as the statement of an organization that no vocabulary knows."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(vocabulary, vocabulary.round_labelled(ROUND))
        self._cases, self._asserted = self._read(FILE), self._read(ASSERTED)
        for line in NAMED.read_text("utf-8").splitlines():
            case = json.loads(line)
            statement = self._statement(case["text"])
            self._asserted += [(statement, case["says"], 1), (statement, case["names"], 0)]
        self._whole = [(folder, self._document(folder / "input.md")) for folder in sorted(CASES.iterdir())]

    def _read(self, path: Path) -> list[_Case]:
        cases = tomllib.loads(path.read_text("utf-8"))
        labels = (("says", 1), ("says_not", 0))
        return [(self._statement(c["sentence"]), c["facts"], label) for name, label in labels for c in cases[name]]

    def _document(self, path: Path) -> list[Statement]:
        [document] = read_documents([path])
        mlperf_round = self._vocabulary.round_labelled(document.round)
        lexicon = Lexicon(self._vocabulary, mlperf_round)

        def organization(name: str) -> Entity:
            known = lexicon.link(name, ("Organization",))
            return known or Entity(iri("organization", name), name, "Organization", known=False)

        return split(document, organization, mlperf_round)

    def _statement(self, sentence: str) -> Statement:
        head, text = "## Acme\n\n", f"## Acme\n\n{sentence}\n"
        heading, body = Span(0, len(head)), Span(len(head), len(text))
        document = Document(
            "invented", ROUND, ROUND, text, "phrasings", "text/markdown", (Section("Acme", heading, body),)
        )
        owner = Entity(iri("organization", "Acme"), "Acme", "Organization", known=False)
        return Statement(document, owner, self._vocabulary.round_labelled(ROUND), heading, body)

    def names(self, ever: Filed) -> Examples:
        """Chunks that are the systems and divisions of which the sentences tell."""
        finder = Finder(self._lexicon, Filed(), ever, Linear({}))
        found: Examples = []
        for statement, facts, label in self._cases:
            if not label and any(p == "division" for p, _ in facts):
                continue
            listed = sentences(statement)
            _, places, features = finder.candidates([s.view for s in listed], statement.organization)
            for place, of in zip(places, features, strict=True):
                text = listed[place.view].view[place.span.start : place.span.end]
                named = [_NAMED[p] for p, part in facts if p in _NAMED and part and part.lower() in text.lower()]
                found += [(of, kind) for kind in named[:1]]
        return found

    def relations(self, names: Mapping[str, Any], ever: Filed) -> Relations:
        """The candidates that the sentences tell of: 1 for what they say, 0 for what they do not."""
        found = self._of(self._cases, names, ever)
        for folder, statements in self._whole:
            rows = [json.loads(line) for line in (folder / "expected.jsonl").read_text("utf-8").splitlines()]
            told = {(r["predicate"], r["subject"], str(r["object"])) for r in rows}
            for statement in statements:
                finder = Finder(Lexicon(self._vocabulary, statement.round), Filed(), ever, Linear(names))
                _, listed = all_candidates(statement, self._vocabulary, finder)
                for s in listed:
                    c = s.candidate
                    label = int((c.predicate, c.subject.label, c.object.label) in told)
                    found[c.predicate].append((list(s.features), label))
        return found

    def asserted(self, names: Mapping[str, Any], ever: Filed) -> Relations:
        """The candidates of `asserted.toml` and `named.jsonl`, which tell what is said from what is only named."""
        return self._of(self._asserted, names, ever)

    def _of(self, cases: Sequence[_Case], names: Mapping[str, Any], ever: Filed) -> Relations:
        finder = Finder(self._lexicon, Filed(), ever, Linear(names))
        found: Relations = defaultdict(list)
        for statement, facts, label in cases:
            _, listed = all_candidates(statement, self._vocabulary, finder)
            for s in listed:
                c = s.candidate
                if c.subject.label == "Acme" and _told(c, facts):
                    found[c.predicate].append((list(s.features), label))
        return found


def _told(c: Candidate, facts: Sequence[Sequence[str]]) -> bool:
    names = fold(c.object.label), fold(c.tagged.mention(c.place).text)
    return any(p == c.predicate and any(fold(part) in n or n in fold(part) for n in names) for p, part in facts)
