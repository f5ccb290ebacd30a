"""From documents to a validated graph: the only place that knows the order of the stages."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.executor import SERIAL, Workers
from kg.extract import Extraction, extract
from kg.extract.decide import shipped_scorer
from kg.extract.explain import explain
from kg.extract.genre import FOREIGN, HARDLY
from kg.extract.given import Gate, read_given, reasons
from kg.extract.sentences import too_long
from kg.extract.split import split
from kg.graph import (
    fact_iri,
    facts_to_quads,
    inference_to_quads,
    new_concepts_to_quads,
    new_rounds_to_quads,
    results_to_quads,
    vocabulary_to_quads,
)
from kg.graph.claims import reviews_to_quads
from kg.graph.facts import with_one_label
from kg.model.record import SystemLink
from kg.model.statement import Document, Fact, Statement
from kg.names.entities import NAMES_FILE, names_json
from kg.names.filed import Filed, FiledName
from kg.names.finder import Finder
from kg.names.lexicon import Lexicon
from kg.names.newer import new_concepts
from kg.names.vocabulary import Concept, Vocabulary, load_vocabulary, vocabulary_files
from kg.read import read_documents
from kg.record.inference import InferenceTable, LinkedInference, is_inference, link_inference, merged, read_inference
from kg.record.link import link_systems
from kg.record.names import filed_names, name_tables, names_of, new_names
from kg.record.results import Linked, link_results, shipped_results
from kg.resources import folder
from kg.store import is_url, memory_graph, write_graph
from kg.store.parts import write_parts

_TOLD = 5
"""Of so many amounts of time that say no fact the line is told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read and understood: the documents, their statements, and what each one says."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    extractions: tuple[Extraction, ...]
    vocabulary: Vocabulary
    refused: tuple[str, ...] = ()

    @property
    def facts(self) -> list[Fact]:
        """The facts of all statements, in the order of the documents and of their texts."""
        return [fact for extraction in self.extractions for fact in extraction.facts]

    @property
    def warnings(self) -> list[str]:
        """What of the documents may have been read wrong or was left out, with the document and the place."""
        said = [f"{d.source}: {w}" for d in self.documents for w in d.warnings]
        said += [f"{s.document.source}: {w}" for s in self.statements for w in too_long(s)]
        return [*said, *self._withheld(), *self._untold(), *self.refused]

    def _withheld(self) -> Iterator[str]:
        """The statements of which nothing is asserted for what their text as a whole is, with the reason."""
        for statement, extraction in zip(self.statements, self.extractions, strict=True):
            doubts = {fact.doubt for fact in extraction.facts}
            if "" not in doubts and (why := doubts & {FOREIGN, HARDLY}):
                yield (
                    f"{statement.document.source}: nothing of the statement of {statement.organization.label} is asserted, since "
                    f"{min(why)}; --possible shows what it may say"
                )

    def _untold(self) -> Iterator[str]:
        """That times of a document became no fact, with their first lines."""
        # by the key, since the hash of a document is that of all its sections
        untold: dict[str, list[int]] = defaultdict(list)
        for statement, extraction in zip(self.statements, self.extractions, strict=True):
            untold[statement.document.key] += extraction.untold
        for document in self.documents:
            places = untold[document.key]
            ends = [at for at, sign in enumerate(document.text) if sign == "\n"]
            lines = list(dict.fromkeys(bisect_left(ends, at) + 1 for at in places))
            if lines:
                where = ", ".join([*map(str, lines[:_TOLD]), *["…"][: len(lines) - _TOLD]])
                said = "1 amount of time says" if len(places) == 1 else f"{len(places)} amounts of time say"
                yield f"{document.source}: {said} no fact: line {where}"


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


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a name besides the text: the user's vocabulary files, tables of names, and what else was filed.

    `new` are concepts of what was filed and is in no vocabulary, `filed` names that are in no table.
    """

    files: tuple[Path, ...]
    tables: tuple[Path, ...]
    new: tuple[Concept, ...] = ()
    filed: tuple[FiledName, ...] = ()


def read_statements(
    sources: Iterable[str | Path] = (),
    *,
    mlperf_round: str | None = None,
    vocabulary: Iterable[Path] = (),
    results: Iterable[str | Path] = (),
    workers: Workers = SERIAL,
) -> Reading:
    """The facts of documents (of the shipped statements, when none is given).

    A source is a text, Markdown, HTML or PDF file, a folder of them, or '-' for standard input;
    `mlperf_round` names the round of all of them, and `vocabulary` the user's own vocabulary files. The names
    that were filed in the round, in the shipped tables of results and those of `results`, tell what a name is.

    Raises InputError for a source that cannot be read, VocabularyError for a vocabulary that cannot.
    """
    for cached in (_vocabulary, _filed, _finder):
        cached.cache_clear()
    known = Known(tuple(vocabulary), (*name_tables(), *map(Path, results)))
    return _read(sources, mlperf_round, known, workers)


def _read(sources: Iterable[str | Path], mlperf_round: str | None, known: Known, workers: Workers) -> Reading:
    """The facts of documents, by what is known of names."""
    terms = _vocabulary(known)
    names = [name for concept in terms.of_kind("Organization") for name in concept.names]
    others = [
        name
        for kind in ("Benchmark", "Accelerator", "Framework")
        for concept in terms.of_kind(kind)
        for name in concept.names
    ]
    documents = read_documents(
        list(sources) or [folder("data") / "statements"],
        mlperf_round=mlperf_round,
        names=names,
        others=others,
        rounds=list(terms.rounds),
    )
    found = workers.map(extract_document, [(document, known) for document in documents])
    statements = [statement for said, _ in found for statement in said]
    extractions = [extraction for _, made in found for extraction in made]
    return Reading(tuple(documents), tuple(statements), tuple(extractions), terms)


def extract_document(work: tuple[Document, Known]) -> tuple[list[Statement], list[Extraction]]:
    """The statements of a document and what each says, by what is known of names."""
    document, known = work
    terms = _vocabulary(known)
    finder = _finder(known, document.round)
    statements = split(document, finder.organization, terms.round_labelled(document.round))
    return statements, [extract(statement, terms, finder) for statement in statements]


def explain_fact(
    fact: str, sources: Iterable[str | Path] = (), *, mlperf_round: str | None = None, vocabulary: Iterable[Path] = ()
) -> list[str]:
    """Why a fact is said, in lines; the fact by its IRI or the end of it, among those of the sources.

    Raises InputError when no fact of the sources has the IRI.
    """
    known = Known(tuple(vocabulary), tuple(name_tables()))
    reading = read_statements(sources, mlperf_round=mlperf_round, vocabulary=known.files)
    found = next((f for f in reading.facts if fact and fact_iri(f).endswith(fact)), None)
    if found is None:
        raise InputError(f"no fact of these sources has the IRI {fact!r}; `kg facts --format jsonl` lists them")
    finder = _finder(known, found.statement.document.round)
    return explain(found, reading.vocabulary, finder, shipped_scorer())


@lru_cache(maxsize=4)
def _vocabulary(known: Known) -> Vocabulary:
    terms = load_vocabulary(known.files)
    return Vocabulary([*terms.values(), *known.new]) if known.new else terms


@lru_cache(maxsize=4)
def _filed(known: Known) -> list[FiledName]:
    return sorted({*filed_names(known.tables), *known.filed})


@lru_cache(maxsize=32)
def _finder(known: Known, label: str) -> Finder:
    """What finds the names in texts of a round."""
    terms = _vocabulary(known)
    filed = _filed(known)
    of_round = Filed(n for n in filed if n.round == label)
    return Finder(Lexicon(terms, terms.round_labelled(label)), of_round, Filed(filed))


def build(
    sources: Iterable[str | Path] = (),
    *,
    directory: Path | str,
    mlperf_round: str | None = None,
    vocabulary: Sequence[Path] = (),
    results: Iterable[str | Path] | None = None,
    inference: Iterable[str | Path] = (),
    workers: Workers = SERIAL,
    graph_store: str | None = None,
    parts: Path | None = None,
    given_facts: Path | None = None,
) -> BuildReport:
    """Build the graph of documents into a directory, replacing the graph that is there in one step.

    The directory may be the URL of a SPARQL 1.1 server, whose Graph Store Protocol is at `graph_store`.
    With `parts`, a folder, the graph is written there as well, as sorted N-Quads in files of a million
    lines, for the bulk loader of a server.

    `results` are results repositories, archives of such, or tables made by `kg results`; the shipped
    tables when it is None, no official results when it is empty. `inference` are flat tables of results of
    MLPerf Inference, which are also known by their content among `results`.

    `given_facts`, a file as `kg facts --format jsonl` prints it, holds the facts of another program, which then
    are those of the graph: what its words do not bear out is left out with a warning.

    What violates a shape goes to quarantine, with its reason, and is out of the answers.

    Raises InputError, VocabularyError, or GraphError when the directory cannot be written.
    """
    from kg.validate import quarantine

    record, inferred, linked, known = _recorded(results, inference, Known(tuple(vocabulary), tuple(name_tables())))
    reading = _read(sources, mlperf_round, known, workers)
    reading = _with_given(reading, given_facts) if given_facts else reading
    links = link_systems([f for f in reading.facts if not f.doubt], record.results)
    rounds = [s.round for s in reading.statements] + [r.round for r in (*record.results, *record.filed)]
    rounds += [r.round for results_of in linked for r in results_of]
    described = vocabulary_to_quads(vocabulary_files(vocabulary)) + new_rounds_to_quads(rounds, reading.vocabulary)
    described += new_concepts_to_quads(known.new)
    checked = quarantine(_quads(reading, record, links, zip(inferred, linked, strict=True), described))
    about = {
        "documents": [d.key for d in reading.documents],
        "statements": len(reading.statements),
        "facts": len(reading.facts),
        "results": len(record.results),
        "inference results": sum(len(table.rows) for table in inferred),
    }
    texts = {d.key: d.text for d in reading.documents}
    files = {} if is_url(directory) else {NAMES_FILE: names_json(checked.good)}  # a server keeps no file beside a graph
    write_graph(directory, checked.good, texts, checked.bad, about, files, graph_store=graph_store)
    if parts is not None:
        write_parts(parts, checked.good)
    counts = len(checked.good), checked.report.checked, checked.removed, checked.reasons
    return BuildReport(reading, record, tuple(inferred), len(links), directory, *counts)


def _recorded(
    results: Iterable[str | Path] | None, inference: Iterable[str | Path], known: Known
) -> tuple[Linked, list[InferenceTable], list[list[LinkedInference]], Known]:
    """The official results, the tables of MLPerf Inference with theirs, and what names of both add to those known."""
    for cached in (_vocabulary, _filed, _finder):
        cached.cache_clear()
    terms = _vocabulary(known)
    given = [Path(r) for r in (shipped_results() if results is None else results)]
    tables = [*map(Path, inference), *(path for path in given if path.is_file() and is_inference(path))]
    record = link_results([path for path in given if path not in tables], terms)
    inferred = merged(map(read_inference, tables))
    linked = [link_inference(table, terms) for table in inferred]
    filed = (*record.results, *record.filed)
    new = new_concepts(new_names(filed, chain.from_iterable(linked)), terms)
    names = () if results is None else names_of(r.result for r in filed)
    return record, inferred, linked, replace(known, tables=(*known.tables, *tables), new=new, filed=names)


def _quads(
    reading: Reading,
    record: Linked,
    links: Sequence[SystemLink],
    inferred: Iterable[tuple[InferenceTable, list[LinkedInference]]],
    terms: list[ox.Quad],
) -> list[ox.Quad]:
    """The whole graph, before any of it is checked; `terms` are the quads of the vocabulary."""
    from kg.claims.review import Record, review_claims

    facts = reading.facts
    known = Record(record.results, links, reading.vocabulary, memory_graph(terms), record.incomplete)
    said = [f for f in facts if not f.doubt]
    lexicons = {round_: Lexicon(reading.vocabulary, round_) for round_ in {s.round for s in reading.statements}}
    reviews = review_claims(reading.statements, said, known, lambda s: lexicons[s.round])
    quads = [
        *terms,
        *facts_to_quads(facts, reading.statements),
        *results_to_quads((*record.results, *record.filed), links),
        *reviews_to_quads(reviews),
    ]
    for table, results in inferred:
        quads += inference_to_quads(table, results)
    return with_one_label(quads)


def _with_given(reading: Reading, path: Path) -> Reading:
    """What was read, with the facts of a file instead of those found; the reasons of those refused are warnings."""
    facts, refused = Gate(reading.statements, reading.vocabulary).admit(read_given(path))
    by: dict[str, list[Fact]] = {s.iri: [] for s in reading.statements}
    for fact in facts:
        by[fact.statement.iri].append(fact)
    found = [replace(e, facts=tuple(by[s.iri])) for s, e in zip(reading.statements, reading.extractions, strict=True)]
    return replace(reading, extractions=tuple(found), refused=tuple(f"{path}: {line}" for line in reasons(refused)))
