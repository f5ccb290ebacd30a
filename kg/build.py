"""From documents to a validated graph: the only place that knows the order of the stages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.claims.review import Record, review_claims
from kg.errors import GraphError
from kg.executor import SERIAL, Workers
from kg.extract import Extraction, extract
from kg.extract.sentences import long_sentences
from kg.extract.split import split
from kg.graph import facts_to_quads, results_to_quads, vocabulary_to_quads
from kg.graph.claims import reviews_to_quads
from kg.graph.inference import inference_to_quads
from kg.model.statement import Document, Entity, Fact, Statement
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import Vocabulary, load_vocabulary, vocabulary_files
from kg.namespaces import iri
from kg.read import read_documents
from kg.record.inference import InferenceTable, is_inference, link_inference, merged, read_inference
from kg.record.link import link_systems
from kg.record.results import Linked, link_results, shipped_results
from kg.resources import folder
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

    @property
    def warnings(self) -> list[str]:
        """What of the documents may have been read wrong or was left out, with the document and the place."""
        said = [f"{d.source}: {w}" for d in self.documents for w in d.warnings]
        return said + [f"{s.document.source}: {w}" for s in self.statements for w in long_sentences(s)]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    `record` are the official results, `inference` the tables of MLPerf Inference; `links` counts the systems of
    statements that were found among those filed; `quarantined` facts broke a shape, and `reasons` counts them
    by reason.
    """

    reading: Reading
    record: Linked
    inference: tuple[InferenceTable, ...]
    links: int
    directory: Path | str
    quads: int
    checked: int
    quarantined: int
    reasons: tuple[tuple[str, int], ...]


def default_sources() -> list[Path]:
    """The statements that ship with the project."""
    return [folder("data") / "statements"]


def read_statements(
    sources: Iterable[str | Path] = (),
    *,
    round: str | None = None,
    vocabulary: Iterable[Path] = (),
    workers: Workers = SERIAL,
) -> Reading:
    """The facts of documents (of the shipped statements, when none is given).

    A source is a text, Markdown, HTML or PDF file, a folder of them, or '-' for standard input;
    `round` names the MLPerf round of all of them, and `vocabulary` the user's own vocabulary files.

    Raises InputError for a source that cannot be read, VocabularyError for a vocabulary that cannot.
    """
    files = tuple(vocabulary)
    _vocabulary.cache_clear()
    _lexicon.cache_clear()
    terms = _vocabulary(files)
    names = [name for concept in terms.of_kind("Organization") for name in concept.names]
    documents = read_documents(
        list(sources) or default_sources(), round=round, names=names, rounds=list(terms.rounds)
    )
    found = workers.map(extract_document, [(document, files) for document in documents])
    statements = [statement for said, _ in found for statement in said]
    extractions = [extraction for _, made in found for extraction in made]
    return Reading(tuple(documents), tuple(statements), tuple(extractions), terms)


def extract_document(work: tuple[Document, tuple[Path, ...]]) -> tuple[list[Statement], list[Extraction]]:
    """The statements of a document and what each says, with the shipped vocabularies and the user's own."""
    document, files = work
    terms = _vocabulary(files)
    round, lexicon = _lexicon(files, document.round)

    def organization(name: str) -> Entity:
        known = lexicon.link(name, ("Organization",)) or _in_brackets(name, lexicon)
        return known or Entity(iri("organization", name), name, "Organization", known=False)

    statements = split(document, organization, round)
    return statements, [extract(statement, terms, lexicon) for statement in statements]


def _in_brackets(name: str, lexicon: Lexicon) -> Entity | None:
    """The organization of 'Sustainable Metal Cloud (SMC)', unless its two names stand for two."""
    parts = re.fullmatch(r"([^()]+?)\s*\(([^()]+)\)", name)
    linked = {lexicon.link(part, ("Organization",)) for part in parts.groups()} if parts else set()
    found = linked - {None}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4)
def _vocabulary(files: tuple[Path, ...]) -> Vocabulary:
    return load_vocabulary(files)


@lru_cache(maxsize=32)
def _lexicon(files: tuple[Path, ...], label: str) -> tuple[Entity, Lexicon]:
    """A round, and the names of the vocabulary in it."""
    terms = _vocabulary(files)
    name = label.removeprefix("MLPerf ")
    round = terms.rounds.get(label) or Entity(iri("round", name), label, "Round", known=False)
    return round, Lexicon(terms, round)


def build(
    sources: Iterable[str | Path] = (),
    *,
    directory: Path | str,
    round: str | None = None,
    vocabulary: Sequence[Path] = (),
    results: Iterable[str | Path] | None = None,
    inference: Iterable[str | Path] = (),
    workers: Workers = SERIAL,
    graph_store: str | None = None,
    parts: Path | None = None,
) -> BuildReport:
    """Build the graph of documents into a directory, replacing the graph that is there in one step.

    The directory may be the URL of a SPARQL 1.1 server, whose Graph Store Protocol is at `graph_store`.
    With `parts`, a folder, the graph is written there as well, as sorted N-Quads in files of a million
    lines, for the bulk loader of a server.

    `results` are results repositories, archives of such, or tables made by `kg results`; the shipped
    tables when it is None, no official results when it is empty. `inference` are flat tables of results of
    MLPerf Inference, which are also known by their content among `results`.

    What violates a shape goes to quarantine, with its reason, and is out of the answers.

    Raises InputError, VocabularyError, or GraphError when the directory cannot be written.
    """
    from kg.validate import quarantine

    reading = read_statements(sources, round=round, vocabulary=vocabulary, workers=workers)
    given = [Path(r) for r in (shipped_results() if results is None else results)]
    tables = [*map(Path, inference), *(path for path in given if path.is_file() and is_inference(path))]
    record = link_results([path for path in given if path not in tables], reading.vocabulary)
    facts = reading.facts
    links = link_systems(facts, record.results)
    terms = vocabulary_to_quads(vocabulary_files(vocabulary))
    known = Record(record.results, links, reading.vocabulary, memory_graph(terms), record.incomplete)
    reviews = review_claims(
        reading.statements, facts, known, lambda s: _lexicon(tuple(vocabulary), s.document.round)[1]
    )
    quads: list[ox.Quad] = [
        *terms,
        *facts_to_quads(facts, reading.statements),
        *results_to_quads((*record.results, *record.filed), links),
        *reviews_to_quads(reviews),
    ]
    inferred = merged(map(read_inference, tables))
    for table in inferred:
        quads += inference_to_quads(table, link_inference(table, reading.vocabulary))
    texts = {d.key: d.text for d in reading.documents}
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
            "inference results": sum(len(table.rows) for table in inferred),
        },
        graph_store=graph_store,
    )
    if parts is not None:
        write_parts(parts, checked.good)
    return BuildReport(
        reading,
        record,
        tuple(inferred),
        len(links),
        directory,
        len(checked.good),
        checked.checked,
        checked.removed,
        checked.reasons,
    )


def write_parts(folder: Path, quads: Sequence[ox.Quad], lines: int = 1_000_000) -> list[Path]:
    """Quads as sorted N-Quads in files of so many lines, part-00000.nq and so on; older parts are removed.

    Raises GraphError when the folder cannot be written.
    """
    written = sorted(f"{quad} .\n" for quad in quads)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("part-*.nq"):
            old.unlink()
        paths = [folder / f"part-{number:05}.nq" for number in range(-(-len(written) // lines))]
        for number, path in enumerate(paths):
            path.write_text("".join(written[number * lines : (number + 1) * lines]), "utf-8")
    except OSError as error:
        raise GraphError(
            f"{folder}: cannot be written ({error.strerror}); choose another with --parts"
        ) from error
    return paths
