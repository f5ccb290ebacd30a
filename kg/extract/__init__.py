"""From a document's text to facts, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.attributes import attributes
from kg.extract.hardware import accelerators, processors
from kg.extract.others import others
from kg.extract.participation import (
    availability,
    benchmarks,
    configurations,
    counts,
    divisions,
    participation,
)
from kg.extract.passage import Passage, passage
from kg.extract.performance import (
    improvements,
    quantities_said,
    shared_units,
    table_times,
    times,
    unquantified,
)
from kg.extract.software import developers, frameworks, releases, software
from kg.extract.systems import Systems, systems
from kg.model.statement import Fact, Mention, Span, Statement
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import Vocabulary

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a statement: its facts in the order of the text, and the mentions left open."""

    facts: tuple[Fact, ...]
    unlinked: tuple[Mention, ...]


def extract(statement: Statement, vocabulary: Vocabulary, lexicon: Lexicon) -> Extraction:
    """The facts of one statement; `lexicon` must be that of the statement's round."""
    p = passage(statement, vocabulary, lexicon)
    found = Systems(p)
    facts = [*_facts(p, found)]
    facts.sort(key=lambda f: (f.evidence.span, f.predicate, f.subject.iri, str(f.object)))
    return Extraction(tuple(facts), tuple(_unlinked(p)))


def _facts(p: Passage, found: Systems) -> Iterator[Fact]:
    rules: Iterable[Iterator[Fact]] = (
        participation(p), benchmarks(p), counts(p), divisions(p), availability(p), configurations(p),
        systems(p, found), accelerators(p, found), processors(p, found), attributes(p, found),
        frameworks(p), software(p), developers(p), releases(p),
        times(p), shared_units(p), table_times(p), improvements(p), unquantified(p), quantities_said(p), others(p),
    )  # fmt: skip
    for rule in rules:
        yield from rule


def _unlinked(p: Passage) -> Iterator[Mention]:
    """The mentions that could not be linked: names with several readings; spans count in the document."""
    for t in p.tagged:
        for thing in t.things.values():
            if isinstance(thing, Mention) and thing.entity is None and not thing.task:
                start = t.sentence.span.start + thing.span.start
                yield Mention(Span(start, start + len(thing.text)), thing.text, thing.kind, thing.entities)
