"""Every claim of statements, found, resolved and looked up.

A sentence is read as signs (`sentence`), its claims are resolved (`context`, and one file for each kind), and each is
looked up once in the record (`record`). What the words leave open makes a claim not checkable, by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.claims import comparisons, counts, energy, hardware, participation, peers, presence, ranks, shares, times, vague
from kg.claims.agreement import holds, why_open
from kg.claims.context import Context
from kg.claims.lookup import Finding, not_read, still_open
from kg.claims.readings import otherwise
from kg.claims.record import Record
from kg.claims.scope import scope
from kg.claims.sentence import Reader
from kg.extract.sentences import sentences
from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, UNDERSTATED, Amount, Claim, Review, Scope
from kg.model.statement import Fact, Span, Statement
from kg.names.fold import fold
from kg.names.lexicon import Lexicon

__all__ = ["KINDS", "Record", "review_claims"]

_FILES = (energy, comparisons, shares, peers, ranks, participation, times, counts, hardware, vague)
"""The kinds in the order in which they take the numbers of a sentence: the stricter ones first."""
_FILE = {kind: file for file in (*_FILES, presence) for kind in file.KINDS}
KINDS = tuple(_FILE)
_MAY_HOLD = ("timeToTrain", "scale")
"""Kinds of which what is missing leaves open only what the record does not bear out."""
_SPOKEN = 4
"""So many times of the sentences before may be what is compared."""
_FIRM = {
    **dict.fromkeys(("comparison", "improvement", "scaling", "count", "scale", "rank"), (CONTRADICTED,)),
    "timeToTrain": (CONTRADICTED, UNDERSTATED),
}
"""Verdicts that hold for each part of what a claim means: no result of them all would bear it out, whatever narrows them."""


def review_claims(
    statements: Iterable[Statement], facts: Iterable[Fact], record: Record, lexicon: Callable[[Statement], Lexicon]
) -> list[Review]:
    """The reviews of all claims of statements, in the order of their texts; none without a record.

    `lexicon` gives the names of a statement's round.
    """
    if not record.results:
        return []
    of: dict[str, list[Fact]] = {}
    for fact in facts:
        of.setdefault(fact.statement.iri, []).append(fact)
    claims = {
        claim.iri: (claim, statement.round.iri)
        for statement in statements
        for claim in _claims(statement, of.get(statement.iri, []), record, lexicon(statement))
    }
    return [_reviewed(record, claim, mlperf_round) for claim, mlperf_round in claims.values()]


def _reviewed(record: Record, claim: Claim, mlperf_round: str) -> Review:
    """A claim with its words and its verdict."""
    found = _bounded(record, claim, mlperf_round)
    note = found.note or (why_open(claim.amount) if found.verdict == NOT_CHECKABLE else "")
    fitting = int(holds(found.verdict)) if found.fitting is None else found.fitting
    used = tuple(dict.fromkeys(r.iri for r in found.used))
    words = _FILE[claim.kind].claimed(record, claim)
    return Review(claim, words, found.verdict, found.record, found.formula, note, used, found.tried, fitting)


def _bounded(record: Record, claim: Claim, mlperf_round: str) -> Finding:
    """What the record says of a claim; nothing is denied, or called too little, whose words were not all understood."""
    found = _looked_up(record, claim)
    if found.verdict not in (CONTRADICTED, UNDERSTATED):
        return found
    for part, other in otherwise(record, claim, mlperf_round):
        if holds(_looked_up(record, other).verdict):
            return still_open([part], found.record)
    firm = found.verdict in _FIRM.get(claim.kind, ()) and claim.quantifier != "all"
    firm = firm and bool(claim.about.benchmarks or claim.baseline is None or claim.kind == "rank")
    unread = claim.unread if firm else (*claim.unread, *claim.narrowing)
    words = ", ".join(f"“{word}”" for word in dict.fromkeys(unread))
    return still_open([f"what {words} narrows"], found.record) if words else found


def _looked_up(record: Record, claim: Claim) -> Finding:
    missing = [not_read(record, r) for r in claim.about.rounds if not record.loaded(r)]
    if missing or (claim.missing and claim.kind not in _MAY_HOLD):
        return still_open([*missing, *claim.missing])
    finding: Finding = _FILE[claim.kind].review(record, claim)
    return finding


def _claims(statement: Statement, facts: list[Fact], record: Record, lexicon: Lexicon) -> Iterator[Claim]:
    """The claims of one statement: those of each sentence, and what its facts say was submitted or used."""
    systems = {
        e for f in facts for e in (f.subject, f.object, *f.qualifiers.values()) if getattr(e, "kind", "") == "System"
    }
    reader = Reader(statement, lexicon, record, systems)  # type: ignore[arg-type]
    spoken: list[tuple[Amount, int]] = []
    before, paragraph = Scope(), -1
    read: list[Context] = []
    for sentence in sentences(statement):
        if sentence.view.count("|") > 1:
            continue  # of a row, the heads of the columns say what a number is
        if sentence.paragraph != paragraph:
            before, spoken, paragraph = Scope(), [], sentence.paragraph
        clause = reader.read(sentence)
        lead = scope(reader.read(replace(sentence, view=sentence.lead))) if sentence.kind == "item" else Scope()
        inside = tuple(f for f in facts if f.evidence.span.overlaps(sentence.span))
        context = Context(clause, statement, record, before, lead, inside, tuple(spoken[:_SPOKEN]))
        found: list[Claim] = []
        for file in _FILES if not sentence.view.rstrip().endswith("?") else ():
            found += file.claims(context) if file is not vague or not found else ()
        yield from (context.with_unread(c) for c in found if not context.denies(c))
        read.append(context)
        here = scope(clause)
        spoken = [*((s.amount, sentence.span.start) for s in reversed(list(clause.within("T")))), *spoken]
        before = replace(here, benchmarks=here.benchmarks or before.benchmarks)
    yield from times.tabled(statement, facts)
    for claim in presence.claims(statement, [f for f in facts if not any(_of_rival(f, c) for c in read)]):
        here_read = [c for c in read if c.span.overlaps(Span(claim.start, claim.end))]
        before_it = [s.label for s in claim.about.systems if fold(s.label) not in fold(claim.quote)]
        words = (*(word for c in here_read for word in _not_read(c)), *before_it)
        yield replace(
            claim, unread=words, unsure=tuple(name for c in here_read for name in c.several() if name not in c.sure)
        )


def _not_read(context: Context) -> list[str]:
    """What keeps a sentence from denying that something was used: words not understood, other organizations and rounds, negations."""
    clause = context.clause
    others = [who.label for _, who in context.organizations()]
    others += [s.entity.label for s in clause.within("R") if s.entity.iri != context.round]
    others += re.findall(r"\b(?:only|but)\b", clause.code)  # it is said of all results, or of all but some
    return [*(word for word, _ in clause.unread()), *(o for o in others if o != context.speaker.label)]


def _of_rival(fact: Fact, context: Context) -> bool:
    """Whether a fact of a sentence is of a thing that it names only as another's, or as what it compares with."""
    if not context.span.overlaps(fact.evidence.span):
        return False
    named = [(e.iri, s.at in range(*context.beside)) for s in context.clause.within("ASCFB") for e in s.entities]
    only_theirs = {iri for iri, theirs in named if theirs} - {iri for iri, theirs in named if not theirs}
    return any(getattr(v, "iri", "") in only_theirs for v in (fact.subject, fact.object, *fact.qualifiers.values()))
