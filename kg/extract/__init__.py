"""From a document's text to facts, each with the words it rests on and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.candidates import candidates
from kg.extract.configurations import configurations
from kg.extract.decide import Scored, Scorer, decide, run_at, shipped_scorer, weigh, weigh_figures
from kg.extract.features import Features
from kg.extract.figures import attributes, figures, performance_results, quantities_said
from kg.extract.participation import counts, left_out_benchmarks, participation, rounds_of
from kg.extract.passage import Passage, passage
from kg.extract.performance import improvements, shared_units, times, unquantified
from kg.extract.products import developers, releases
from kg.extract.quotes import with_quotes
from kg.extract.systems import Systems, unnamed_chips, unnamed_systems
from kg.extract.table_times import table_times
from kg.extract.untold import untold_times
from kg.model.statement import Fact, Mention, Span, Statement
from kg.names.finder import Finder
from kg.names.vocabulary import Vocabulary

__all__ = ["Extraction", "extract", "rule_of", "ruled", "scored"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a statement: its facts in the order of the text, its mentions, and those left open.

    The spans of mentions count in the document's text, and so do the offsets of `untold` amounts of time, that no fact says.
    """

    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...]
    untold: tuple[int, ...] = ()

    @property
    def unlinked(self) -> tuple[Mention, ...]:
        """The mentions that could not be linked: names with several readings."""
        return tuple(m for m in self.mentions if m.entity is None and not m.task)


def extract(statement: Statement, vocabulary: Vocabulary, finder: Finder, scorer: Scorer | None = None) -> Extraction:
    """The facts of one statement; `finder` must be that of the statement's round."""
    scorer = scorer or shipped_scorer()
    p = passage(statement, vocabulary, finder)
    found = Systems(p)
    rules = list(ruled(p, found))
    features = Features(p, rules)
    sure = weigh_figures(p, figures(p, found), features, scorer)
    measured = [fact for rule in _MEASURED for fact in rule(p, sure)]
    weighed = weigh(p, candidates(p, found), features, scorer)
    facts = decide(p, weighed, measured, rules, scorer)
    facts += configurations(p, facts, run_at(weighed, scorer))
    facts.sort(key=lambda f: (f.evidence.span, f.predicate, f.subject.iri, str(f.object)))
    mentions = tuple(
        replace(m, span=Span(t.sentence.span.start + m.span.start, t.sentence.span.start + m.span.end))
        for t in p.tagged
        for m in t.mentions
    )
    return Extraction(tuple(with_quotes(facts, mentions, vocabulary)), mentions, tuple(untold_times(p, facts)))


def scored(
    statement: Statement, vocabulary: Vocabulary, finder: Finder, scorer: Scorer
) -> tuple[Passage, list[Scored]]:
    """A statement's passage and all its candidates, each with its features and confidence."""
    p = passage(statement, vocabulary, finder)
    return p, weigh(p, candidates(p, Systems(p)), Features(p), scorer)


_RULES = (participation, left_out_benchmarks, counts, developers, releases, times, shared_units, table_times,
          improvements, unquantified)  # fmt: skip
_MEASURED = (performance_results, quantities_said, attributes)


def rule_of(predicate: str) -> str:
    """What the rules that find a predicate look for: the first lines of their descriptions."""
    rules = (*_RULES, *_MEASURED, unnamed_systems, unnamed_chips, configurations)
    found = [(rule.__doc__ or "").strip().partition("\n")[0] for rule in rules if predicate in (rule.__doc__ or "")]
    return " / ".join(found)


def ruled(p: Passage, found: Systems) -> Iterator[Fact]:
    """The facts that rules find alone."""
    told = [fact for rule in _RULES for fact in rule(p)]
    yield from told
    yield from rounds_of(p, told)
    yield from unnamed_systems(p, found)
    yield from unnamed_chips(p, found)
