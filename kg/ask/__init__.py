"""Questions in plain words, read as canned queries with their parameters filled; what is not understood is said.

The names in a question are found as in statements, its words with `queries/words.toml`, and the query by
the patterns in the headers of the query files: a new query file is askable without new code.

>>> ask.__name__
'ask'
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

import pyoxigraph as ox

from kg.ask.compose import compose
from kg.ask.pattern import patterns, stems
from kg.ask.question import Question, take_apart
from kg.ask.reading import Reading, readings
from kg.ask.refuse import refusal
from kg.ask.tell import sentence
from kg.ask.wording import SOURCE
from kg.ask.words import load_words, tokens
from kg.errors import NotUnderstood
from kg.namespaces import MLP, RDF_TYPE
from kg.query import Table, names
from kg.store import Graph

__all__ = ["Answer", "NotUnderstood", "ask", "read"]

LONGEST = 60
"""A question has at most so many words."""
_CLOSE = Decimal("0.02")
ALIKE = Decimal("0.15")
"""How much more a reading may cost, its source aside, to ask the same of another source."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: how it was read, in one sentence, the query, and its rows.

    `table` is what the query gives; of a count, `rows` are what was counted, else the same. Where nothing is
    found, `others` are other readings that find something, as 'NUMBER. SENTENCE'.
    """

    question: str
    name: str
    sentence: str
    sparql: str
    table: Table
    rows: Table
    polar: bool = False
    others: tuple[str, ...] = ()


def read(graph: Graph, text: str) -> tuple[Question, list[Reading]]:
    """A question taken apart, and its readings, the likeliest first. Raises NotUnderstood when there is none."""
    if len(tokens(text)) > LONGEST:
        raise NotUnderstood(f"the question has more than {LONGEST} words; ask one thing at a time")
    words = load_words()
    ways = take_apart(text, words, names(graph), stems())
    found = readings(ways, patterns(), words)
    if not found:
        raise refusal(graph, ways[0])
    return ways[0], found


def ask(graph: Graph, text: str, number: int | None = None) -> Answer:
    """The answer to a question; `number` chooses a reading, counted from 1.

    Raises NotUnderstood when it cannot be read, or can be read in ways that differ and none is chosen.
    """
    question, found = read(graph, text)
    if number is not None and not 1 <= number <= len(found):
        raise NotUnderstood(f"there are {len(found)} readings; give --reading 1 to {len(found)}")
    likely = [r for r in found if r.cost - found[0].cost < _CLOSE]
    if number is not None:
        return _answer(graph, question, found[number - 1])
    answers = [_answer(graph, question, r) for r in likely]
    told = [a for a in answers if a.table.rows] or answers[:1]
    if len({a.name for a in told}) > 1 and len({_gist(a) for a in told}) > 1:
        raise NotUnderstood(
            "this can be read in several ways; choose one with --reading",
            [f"{found.index(r) + 1}. {a.sentence}" for r, a in zip(likely, answers, strict=True)],
        )
    if told[0].table.rows and not _unstated(graph, found[0]):
        return told[0]
    return _elsewhere(graph, question, found) or (
        told[0] if told[0].table.rows else replace(told[0], others=_others(graph, question, found))
    )


def _unstated(graph: Graph, reading: Reading) -> bool:
    """Whether statements are asked about a round of which none is in the graph."""
    if not load_words().sources["stated"].has(reading.pattern.query.tags):
        return False
    rounds = [e for p, v in reading.values if p.kind == "Round" for found in v.entities for e in found]
    kind, of = ox.NamedNode(RDF_TYPE), ox.NamedNode(MLP + "round")
    statements = {q.subject for q in graph.match(None, kind, ox.NamedNode(MLP + "Statement"))}
    return bool(rounds) and not any(
        q.subject in statements for e in rounds for q in graph.match(None, of, ox.NamedNode(e.iri))
    )


def _elsewhere(graph: Graph, question: Question, found: list[Reading]) -> Answer | None:
    """The answer of a reading that only differs in where the answer comes from, when the question leaves it open."""
    first, sources = found[0], load_words().sources
    if any(w.concept in sources for w in question.words):
        return None
    side = [name for name, source in sources.items() if source.has(first.pattern.query.tags)]
    for reading in found[1:]:
        other = not any(sources[name].has(reading.pattern.query.tags) for name in side)
        if other and reading.cost - SOURCE <= first.cost + ALIKE:
            answer = _answer(graph, question, reading)
            if answer.table.rows:
                return replace(answer, sentence=f"{answer.sentence} (Nothing in what was asked first: {first.name}.)")
    return None


def _others(graph: Graph, question: Question, found: list[Reading]) -> tuple[str, ...]:
    """Up to three readings that find something, each with its number and sentence."""
    answers = ((n, _answer(graph, question, r)) for n, r in enumerate(found[:8], 1))
    return tuple(islice((f"{n}. {a.sentence}" for n, a in answers if a.table.rows), 3))


def _gist(answer: Answer) -> frozenset[str | None]:
    """Who or what an answer is about, to see whether two answers say the same."""
    columns = answer.table.columns
    column = "organization" if "organization" in columns else columns[0]
    return frozenset(row[column] for row in answer.table)


def _answer(graph: Graph, question: Question, reading: Reading) -> Answer:
    text = compose(graph, reading)
    table = _rows(graph, text)
    rows = table
    if reading.counted:
        rows = _rows(graph, compose(graph, replace(reading, counted="")))
        table = table if rows.rows else Table(table.columns, ())
    return Answer(question.text, reading.name, sentence(question, reading), text, table, rows, question.polar)


def _rows(graph: Graph, text: str) -> Table:
    results = graph.query(text)
    assert isinstance(results, ox.QuerySolutions)
    return Table(tuple(v.value for v in results.variables), tuple(tuple(row) for row in results))
