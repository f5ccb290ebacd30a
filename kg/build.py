"""From documents to a validated graph: the only place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.claims import check_claims, reviews_to_quads
from kg.extract import Extraction, extract
from kg.extract.split import split
from kg.graph import facts_to_quads, results_to_quads, vocabulary_to_quads
from kg.link.lexicon import Lexicon
from kg.link.results import link_systems
from kg.link.vocabulary import Vocabulary, load_vocabulary, vocabulary_files
from kg.model import Document, Entity, Fact, Statement
from kg.namespaces import iri
from kg.read import read_documents
from kg.resources import folder
from kg.results import Linked, link_results, shipped_results
from kg.store import memory_graph, write_graph


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read and understood: the documents, their statements, and what each one says."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    extractions: tuple[Extraction, ...]
    vocabulary: Vocabulary

    @property
    def facts(self) -> list[Fact]:
        """The facts of all statements, in the order of the documents and of their texts."""
        return [fact for extraction in self.extractions for fact in extraction.facts]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    `record` are the official results, `links` counts the systems of statements that were found among those
    filed; `quarantined` facts broke a shape, and `reasons` counts them by reason.
    """

    reading: Reading
    record: Linked
    links: int
    directory: Path
    quads: int
    checked: int
    quarantined: int
    reasons: tuple[tuple[str, int], ...]


def default_sources() -> list[Path]:
    """The statements that ship with the project."""
    return [folder("data") / "statements"]


def read_statements(
    sources: Iterable[str | Path] = (), *, round: str | None = None, vocabulary: Iterable[Path] = ()
) -> Reading:
    """The facts of documents (of the shipped statements, when none is given).

    A source is a text, Markdown, HTML or PDF file, a folder of them, or '-' for standard input;
    `round` names the MLPerf round of all of them, and `vocabulary` the user's own vocabulary files.

    Raises InputError for a source that cannot be read, VocabularyError for a vocabulary that cannot.
    """
    terms = load_vocabulary(vocabulary)
    names = [name for concept in terms.of_kind("Organization") for name in concept.names]
    documents = read_documents(
        list(sources) or default_sources(), round=round, names=names, rounds=list(terms.rounds)
    )

    @lru_cache
    def lexicon(label: str) -> tuple[Entity, Lexicon]:
        entity = terms.rounds.get(label) or Entity(
            iri("round", label.removeprefix("MLPerf ")), label, "Round", known=False
        )
        return entity, Lexicon(terms, entity)

    statements: list[Statement] = []
    extractions: list[Extraction] = []
    for document in documents:
        entity, names_of_round = lexicon(document.round)

        def organization(name: str, lexicon: Lexicon = names_of_round) -> Entity:
            known = lexicon.link(name, ("Organization",))
            return known or Entity(iri("organization", name), name, "Organization", known=False)

        for statement in split(document, organization, entity):
            statements.append(statement)
            extractions.append(extract(statement, terms, names_of_round))
    return Reading(tuple(documents), tuple(statements), tuple(extractions), terms)


def build(
    sources: Iterable[str | Path] = (),
    *,
    directory: Path,
    round: str | None = None,
    vocabulary: Sequence[Path] = (),
    results: Iterable[str | Path] | None = None,
) -> BuildReport:
    """Build the graph of documents into a directory, replacing the graph that is there in one step.

    `results` are results repositories, archives of such, or tables made by `kg results`; the shipped
    tables when it is None, no official results when it is empty.

    What violates a shape goes to quarantine, with its reason, and is out of the answers.

    Raises InputError, VocabularyError, or GraphError when the directory cannot be written.
    """
    from kg.validate import quarantine

    reading = read_statements(sources, round=round, vocabulary=vocabulary)
    record = link_results(shipped_results() if results is None else results, reading.vocabulary)
    facts = reading.facts
    links = link_systems(facts, record.results)
    quads: list[ox.Quad] = [
        *vocabulary_to_quads(vocabulary_files(vocabulary)),
        *facts_to_quads(facts, reading.statements),
        *results_to_quads(record.results, links),
    ]
    texts = {d.key: d.text for d in reading.documents}
    if record.results:
        quads += reviews_to_quads(check_claims(memory_graph(quads, texts)))
    checked = quarantine(quads)
    write_graph(
        directory,
        checked.good,
        texts,
        checked.bad,
        {
            "documents": [d.key for d in reading.documents],
            "statements": len(reading.statements),
            "facts": len(facts),
            "results": len(record.results),
        },
    )
    return BuildReport(
        reading,
        record,
        len(links),
        directory,
        len(checked.good),
        checked.checked,
        checked.removed,
        checked.reasons,
    )
