"""Questions answered: read, asked of the graph, calculated, and told with how they were read and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.ask.attributes import attributes_query, told
from kg.ask.calculate import calculate
from kg.ask.collect import ATTRIBUTES
from kg.ask.frame import Condition, Frame
from kg.ask.items import Item, itemize
from kg.ask.known import Known, known
from kg.ask.query import RecordQuery
from kg.ask.reading import read
from kg.ask.refuse import unknown_refusal
from kg.ask.results import Hit, Outcome, hits
from kg.ask.sentence import sentence
from kg.ask.spans import apart, one_span
from kg.ask.statements import claims_query, facts_query, mentioning, narrowed, numbers_of, reviewed, said
from kg.ask.words import load_words, tokens
from kg.errors import NotUnderstood
from kg.query import Table
from kg.store import Graph

LONGEST = 60
"""A question has at most so many words."""
_BOTH = frozenset(["accelerator", "framework", "benchmark", "maker", "round", "organization"])


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, the words first: `lines`, and `table` where `listed` says that it is more than they say.

    `sentence` tells how the question was read, `sparql` is the query, `evidence` what the answer rests on: files of
    the record, or words of statements. `also` says what statements say where the record answers. An answer that is
    `empty` says in `lines` which condition left nothing.
    """

    question: str
    frame: Frame
    sentence: str
    lines: tuple[str, ...]
    table: Table
    listed: bool
    evidence: Table
    sparql: str
    also: str = ""
    empty: bool = False
    chips: tuple[tuple[str, str], ...] = ()


def ask(graph: Graph, text: str, number: int | None = None, without: Collection[str] = ()) -> Answer:
    """The answer to a question in plain words; `number` chooses a reading, counted from 1, where it has to be chosen.

    `without` leaves parts of the frame out: numbers of conditions, counted from 0, 'closed' or 'latest'. The
    answer's `chips` are those that are left, each with its words.

    Raises NotUnderstood when it cannot be read; its `instead` has the readings to choose, or questions near it.
    """
    at, items = _items(graph, text)
    unknown = [i for i in items if not i.known]
    if unknown:
        rest = [i for i in items if i.known]
        near = _without(at, text, rest)
        if number is None or near is None:
            raise unknown_refusal(at, items, near)
    else:
        rest = items
    if number is not None and number != 1:
        raise NotUnderstood("there is one reading; give --reading 1")
    frame = read(rest, at.rounds)
    chips = tuple((name, label) for name, label in _chips(frame) if name not in without)
    return replace(_answer(at, text, _freed(frame, without), rest), chips=chips)


def _chips(frame: Frame) -> list[tuple[str, str]]:
    """The parts of a frame that can be left out, each with its words."""
    said_ = [(str(n), c.label) for n, c in enumerate(frame.conditions)]
    taken = [(name, name) for name, is_ in (("closed", frame.closed), ("latest", frame.latest)) if is_]
    return said_ + [(name, {"closed": "closed division", "latest": "latest round"}[name]) for name, _ in taken]


def _freed(frame: Frame, without: Collection[str]) -> Frame:
    """A frame without some parts."""
    left = tuple(c for n, c in enumerate(frame.conditions) if str(n) not in without)
    told_ = {"closed": "closed division", "latest": "the latest round"}
    gone = tuple(start for name, start in told_.items() if name in without)
    return replace(
        frame, conditions=left, closed=frame.closed and "closed" not in without, latest=frame.latest and "latest" not in without,
        defaults=tuple(d for d in frame.defaults if not (gone and d.startswith(gone))),
    )  # fmt: skip


def frame_of(graph: Graph, text: str) -> Frame:
    """How a question is read. Raises NotUnderstood."""
    at, items = _items(graph, text)
    if any(not i.known for i in items):
        raise unknown_refusal(at, items, None)
    return read(items, at.rounds)


def _items(graph: Graph, text: str) -> tuple[Known, list[Item]]:
    if len(tokens(text)) > LONGEST:
        raise NotUnderstood(f"the question has more than {LONGEST} words; ask one thing at a time")
    at = known(graph)
    return at, itemize(text, load_words(), at.names, at.having)


def _without(at: Known, text: str, rest: Sequence[Item]) -> Answer | None:
    """The answer of a question without its unknown words, where it has one."""
    try:
        answer = _answer(at, text, read(rest, at.rounds), rest)
    except NotUnderstood:
        return None
    return None if answer.empty else answer


def _answer(at: Known, text: str, frame: Frame, items: Sequence[Item]) -> Answer:
    values = [i.amount.value for i in items if i.amount]
    if frame.source == "vocabulary":
        return _attributes(at, text, frame, items)
    if frame.source in ("statements", "claims"):
        return _stated(at, text, frame, values)
    return _recorded(at, text, frame)


def rows_of(at: Known, sparql: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The columns and rows of a SELECT."""
    results = at.query(sparql)
    assert isinstance(results, ox.QuerySolutions)
    return tuple(v.value for v in results.variables), [tuple(row) for row in results]


def _dicts(at: Known, sparql: str) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    columns, rows = rows_of(at, sparql)
    return columns, [dict(zip(columns, row, strict=True)) for row in rows]


# The record


def _recorded(at: Known, text: str, frame: Frame) -> Answer:
    query = RecordQuery(frame, at)
    found = _hits(at, query)
    if not found and frame.closed:
        open_ = replace(frame, closed=False, defaults=tuple(d for d in frame.defaults if d != "closed division"))
        query_open = RecordQuery(open_, at)
        if found := _hits(at, query_open):
            frame, query = (
                replace(open_, defaults=(*open_.defaults, "any division, there is none in closed")),
                query_open,
            )
    if not found:
        return _nothing(at, text, frame, query)
    rounds = [e.iri for e in at.rounds]
    frame, found = one_span(at, frame, found)
    outcome = calculate(frame, found, rounds, apart(at, frame, found))
    if frame.latest:
        latest = " and ".join(dict.fromkeys(h.text("round") for h in found))
        frame = replace(
            frame,
            defaults=tuple(f"{latest}, {d}" if d.startswith("the latest round") else d for d in frame.defaults),
        )
    lines = tuple(outcome.lines)
    if frame.polar and not frame.sides:  # what is compared is said to be faster, or not
        start = "No" if outcome.no else "Yes"
        lines = (f"{start}: {lines[0]}" if lines else f"{start}.", *lines[1:])
    return Answer(
        text, frame, sentence(frame), lines, outcome.table, outcome.listed or not lines, _files(outcome.hits or found),
        query.text, _also(at, frame), outcome.lacking,
    )  # fmt: skip


def _hits(at: Known, query: RecordQuery) -> list[Hit]:
    return hits(*rows_of(at, query.text), query.fields)


def _files(found: Sequence[Hit]) -> Table:
    """The official files of the results that an answer was taken over."""
    rows = sorted(
        {(*h.files, ", ".join(filter(None, map(h.text, ("organization", "benchmark", "round"))))) for h in found},
        key=lambda f: (f[2], f[1]),
    )
    return Table(
        ("resultLabel", "logFolder", "systemFile", "record"),
        tuple(
            (ox.Literal(label), ox.Literal(folder), ox.Literal(system), ox.NamedNode(record))
            for system, folder, record, label in rows
        ),
    )


def _nothing(at: Known, text: str, frame: Frame, query: RecordQuery) -> Answer:
    """An empty answer, which says which condition emptied it. Raises NotUnderstood where nothing is loaded of a name."""
    for c in (*frame.conditions, *frame.sides, *(c for own in frame.shared for c in own)):
        if c.field == "round" and c.values and not any(e in at.rounds for e in c.values):
            raise NotUnderstood(
                f"no official results of {c.values[0].label} are loaded; loaded are {', '.join(e.label for e in at.rounds)}"
            )
        doubted = not frame.polar or c.field == "system"  # a system may be filed by another name
        if c.values and doubted and not _has_results(at, c):
            raise NotUnderstood(
                f"there is no official result with {replace(c, negated=False).label} in the loaded rounds "
                f"({', '.join(e.label for e in at.rounds)})"
            )
    freeing = []
    for c in frame.conditions:
        free = replace(frame, conditions=tuple(x for x in frame.conditions if x != c), polar=False)
        if free.conditions and (n := len(_hits(at, RecordQuery(free, at)))):
            freeing.append(f"without “{c.label}” there would be {n} result{'s' * (n != 1)}")
    conditions = ", ".join(c.label for c in frame.conditions)
    start = "No" if frame.polar else "0" if frame.aggregate == "count" else "None"
    line = f"{start}: no official result has {conditions}" + (f"; {'; '.join(freeing)}." if freeing else ".")
    if any(c.negated for c in frame.conditions) and not frame.polar and frame.key != "result":
        line = f"{start}: the record has no such {frame.key}."
    table = Table(("count",), ((ox.Literal("0"),),)) if frame.aggregate == "count" else Table(("result",), ())
    done = frame.polar or frame.aggregate == "count"
    return Answer(
        text,
        frame,
        sentence(frame),
        (line,),
        table,
        False,
        Table((), ()),
        query.text,
        _also(at, frame),
        not done,
    )


def _has_results(at: Known, c: Condition) -> bool:
    alone = Frame(asked=("organization",), conditions=(Condition(c.field, c.values),))
    return bool(_hits(at, RecordQuery(alone, at)))


def _also(at: Known, frame: Frame) -> str:
    """What statements say of the same, in a line, where they can answer it too."""
    fields = {c.field for c in frame.conditions}
    plain = not (
        frame.sides or frame.best or frame.aggregate or frame.group or frame.all_of or frame.change or frame.latest
    )
    single = all(c.values and not c.negated and not c.only and c.joined == "or" for c in frame.conditions)
    told_of = fields - {"round", "organization"}
    if not (plain and single and told_of and fields <= _BOTH and frame.key == "organization"):
        return ""
    _, rows = _dicts(at, mentioning(frame, at))
    if not rows:
        return ""
    by_round: dict[str, list[str]] = {}
    for row in rows:
        by_round.setdefault(row["roundLabel"].value, []).append(row["organizationLabel"].value)
    return (
        "Statements say so of "
        + "; ".join(f"{', '.join(dict.fromkeys(who))} ({round_})" for round_, who in by_round.items())
        + "."
    )


# Statements, claims, the vocabulary


def _stated(at: Known, text: str, frame: Frame, values: Sequence[Decimal]) -> Answer:
    claims = frame.source == "claims"
    if not any(e in at.stated_rounds for c in frame.conditions if c.field == "round" for e in c.values):
        compared = tuple(c for c in frame.conditions if c.field == "round")  # 'improved over v1.1' compares with it
        if compared and "improvement" in frame.predicates:
            frame = replace(frame, conditions=tuple(c for c in frame.conditions if c not in compared))
    numbers = [*dict.fromkeys([*values, *numbers_of(frame.conditions)])]
    columns: tuple[str, ...] = ()
    rows: list[dict[str, Any]] = []
    sparql = ""
    looser = not claims and "mentionsSubmitter" not in frame.predicates
    for loose in ((), ("accelerator",)) if looser else ((),):
        tried = replace(frame, conditions=tuple(c for c in frame.conditions if c.field not in loose))
        sparql = (claims_query if claims else facts_query)(tried, at)
        columns, rows = _dicts(at, sparql)
        rows = narrowed(rows, numbers, ("value", "count", "minutes", "nodeCount", "acceleratorCount"))
        if rows:
            break
    if claims and frame.aggregate == "count":
        kind = {"result": "resultCount", "benchmark": "taskCount", "system": "configurationCount"}.get(
            frame.counted, ""
        )
        rows = [r for r in rows if r["kind"].value == kind] or rows
    if not rows:
        loaded = ", ".join(e.label for e in at.stated_rounds) or "no round"
        conditions = ", ".join(c.label for c in frame.conditions)
        what = "claim" if claims else "statement"
        line = f"None: no {what} says so{f' of {conditions}' if conditions else ''}; there are statements of {loaded}."
        return Answer(text, frame, sentence(frame), (line,), Table(columns, ()), False, Table((), ()), sparql, "", True)
    outcome = reviewed(frame, rows) if claims else said(frame, rows)
    quoted = ("organizationLabel", "quote", "start", "end", "statement", "statementLabel", "restated")
    evidence = Table(quoted, tuple(dict.fromkeys(tuple(r[c] for c in quoted) for r in rows)))
    return Answer(
        text,
        frame,
        sentence(frame),
        tuple(outcome.lines),
        outcome.table,
        outcome.listed or not outcome.lines,
        evidence,
        sparql,
    )


def _attributes(at: Known, text: str, frame: Frame, items: Sequence[Item]) -> Answer:
    attribute = next(i.roles["measure"] for i in items if i.roles.get("measure") in ATTRIBUTES)
    if not frame.conditions:
        raise NotUnderstood("say of which accelerator")
    sparql = attributes_query(frame, at, attribute)
    _, rows = _dicts(at, sparql)
    if not rows:
        raise NotUnderstood(
            f"the vocabulary does not say the {load_words().labels.get(attribute, attribute)} of {frame.conditions[0].label}"
        )
    outcome: Outcome = told(attribute, frame, rows)
    return Answer(text, frame, sentence(frame), tuple(outcome.lines), outcome.table, False, Table((), ()), sparql)
