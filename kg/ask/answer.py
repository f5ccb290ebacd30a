"""Questions answered: read, asked of the graph, calculated, and told with how they were read and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kg.ask.absent import absent
from kg.ask.calculate import calculate
from kg.ask.context import halves, without_context
from kg.ask.frame import Condition, Frame, sentence
from kg.ask.items import Item, itemize, unknown_texts
from kg.ask.known import Known, known
from kg.ask.query import RecordQuery
from kg.ask.quotes import quoted, tells
from kg.ask.reading import read
from kg.ask.results import Hit, hits, literal, several
from kg.ask.statements import attributes, mentioning, predicates, spoken, stated, statements_query
from kg.ask.words import load_words, tokens
from kg.errors import NotUnderstood
from kg.names.entities import noun
from kg.names.rounds import rounds_in_words
from kg.names.spans import comparable, why_not_comparable
from kg.query import Table, queries
from kg.store import Graph

LONGEST = 60
"""A question has at most so many words."""
_BOTH = frozenset(["accelerator", "framework", "benchmark", "round", "organization"])
_EACH = 3
"""So many questions of each query are examples, and so many near a refused one are tried."""
_NONE = Table((), ())
_TAKEN = {"closed": "closed division", "latest": "the latest round"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, the words first: `lines`, and `table` where `listed` says that it is more than they say.

    `sentence` tells how the question was read, `sparql` is the query, `evidence` what the answer rests on: files of
    the record, or words of statements. `also` says what statements say where the record answers. An answer that is
    `empty` says in `lines` which condition left nothing.
    """

    question: str
    frame: Frame
    lines: tuple[str, ...]
    table: Table
    listed: bool
    evidence: Table
    sparql: str
    also: str = ""
    empty: bool = False
    chips: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """How the question was read."""
        return sentence(self.frame)


def ask(graph: Graph, text: str, number: int | None = None, without: Collection[str] = ()) -> Answer:
    """The answer to a question in plain words; `number` chooses a reading, counted from 1, where it has to be chosen.

    `without` leaves parts of the frame out: numbers of conditions, counted from 0, 'closed' or 'latest'. The
    answer's `chips` are those that are left, each with its words.

    Raises NotUnderstood when it cannot be read; its `instead` has the readings to choose, or a question near it.
    """
    if number not in (None, 1):
        raise NotUnderstood("there is one reading; give --reading 1")
    at, items = known(graph), list[Item]()
    try:
        return _read(at, text, items := _items(at, text), number, without)
    except NotUnderstood as refused:
        try:
            return (_quoted if tells(items) else _both)(at, text, items)
        except NotUnderstood as other:
            why = dict.fromkeys(filter(None, (str(refused), str(other))))
        raise NotUnderstood("; ".join(why), refused.instead or _nearest(at, text)) from None


def _read(at: Known, text: str, items: Sequence[Item], number: int | None, without: Collection[str]) -> Answer:
    """The answer to a question as one frame; from the words of statements where none of their facts is meant or found."""
    rest = [i for i in items if i.known]
    if len(rest) < len(items) and (not (near := _without_unknown(at, rest)) or number is None):
        raise NotUnderstood(_unknown(at, items), [f"1. {near}"] if near else [])
    frame = read(rest, at.rounds)
    chips = tuple((name, label) for name, label in _chips(frame) if name not in without)
    answer = replace(_answer(at, text, _freed(frame, without), rest), chips=chips)
    chosen = predicates(frame) or frame.words or {c.field for c in frame.conditions} - {"organization", "round"}
    if frame.source == "statements" and tells(items) and (answer.empty or not chosen):
        with suppress(NotUnderstood):
            return _quoted(at, text, items)
    return answer


def _quoted(at: Known, text: str, items: Sequence[Item]) -> Answer:
    """The words of statements that a question is about. Raises NotUnderstood where there are none."""
    frame, said, sparql, evidence = quoted(items, at)
    return Answer(text, frame, tuple(said.lines), said.table, False, evidence, sparql)


def _both(at: Known, text: str, items: Sequence[Item]) -> Answer:
    """The answers to two questions that are asked as one, the second after the first. Raises NotUnderstood."""
    two = halves(items)
    first, second = (_answer(at, text, read(half, at.rounds), half) for half in two)
    asked = f"“{' '.join(i.text for i in two[1] if 'stop' not in i.roles)}”"
    table = second.table.first(LONGEST).render("table").splitlines() if second.listed else ()
    also = "\n".join([asked, *second.lines, *table, f"Read as {second.sentence}"])
    return replace(first, also=also, evidence=first.evidence.joined(second.evidence))


def frame_of(graph: Graph, text: str) -> Frame:
    """How a question is read. Raises NotUnderstood."""
    at = known(graph)
    items = _items(at, text)
    if any(not i.known for i in items):
        raise NotUnderstood(_unknown(at, items))
    return read(items, at.rounds)


def _items(at: Known, text: str) -> list[Item]:
    if len(tokens(text)) > LONGEST:
        raise NotUnderstood(f"the question has more than {LONGEST} words; ask one thing at a time")
    items = itemize(text, load_words(), at.names, at.having)
    return without_context([replace(i, roles={**i.roles, "maker": ""}) if _makes_chips(at, i) else i for i in items])


def _makes_chips(at: Known, item: Item) -> bool:
    return any(e.kind == "Organization" and at.makers & set(at.narrower([e])) for e in item.entities)


def _answer(at: Known, text: str, frame: Frame, items: Sequence[Item]) -> Answer:
    if frame.source == "record":
        return _recorded(at, text, frame)
    if frame.source == "vocabulary":
        outcome, sparql = attributes(frame, at)
        return Answer(text, frame, tuple(outcome.lines), outcome.table, False, _NONE, sparql)
    frame, outcome, sparql, evidence = stated(frame, at, [i.amount.value for i in items if i.amount])
    listed = outcome.listed or not outcome.lines
    return Answer(text, frame, tuple(outcome.lines), outcome.table, listed, evidence, sparql, "", outcome.lacking)


# Parts that can be left out


def _chips(frame: Frame) -> list[tuple[str, str]]:
    """The parts of a frame that can be left out, each with its words."""
    taken = [(name, label) for name, label in _TAKEN.items() if getattr(frame, name)]
    return [(str(n), c.label) for n, c in enumerate(frame.conditions)] + taken


def _freed(frame: Frame, without: Collection[str]) -> Frame:
    """A frame without some parts."""
    left = tuple(c for n, c in enumerate(frame.conditions) if str(n) not in without)
    gone = [name for name in _TAKEN if name in without]
    taken = tuple(d for d in frame.defaults if not any(d.startswith(_TAKEN[name]) for name in gone))
    return replace(frame, conditions=left, defaults=taken, **dict.fromkeys(gone, False))  # type: ignore[arg-type]


# Refusals


def _without_unknown(at: Known, rest: Sequence[Item]) -> str:
    """How a question is read without its unknown words, where that is about something named and has an answer."""
    with suppress(NotUnderstood):
        frame = read(rest, at.rounds)
        if (frame.conditions or frame.sides) and _has_answer(at, frame, rest):
            return sentence(frame)
    return ""


def _unknown(at: Known, items: Sequence[Item]) -> str:
    """Why a question with unknown words is refused."""
    said = []
    for word in unknown_texts(items):
        if re.fullmatch(r"v?\d\.\d", word.lower()):
            said.append(f"{word} is no round that is loaded: loaded are {_loaded(at)}")
            continue
        name = any(c.isdigit() or c.isupper() for c in word)
        kind = "Accelerator" if name and re.search(r"[A-Za-z]\d", word) else None
        near = (at.names.nearest(word, kind) or at.names.nearest(word))[:3] if name else []
        what = f"know no {noun(kind) if kind else 'name'}" if name else "do not know the word"
        said.append(f"I {what} “{word}”" + (f"; nearest: {', '.join(near)}" if near else ""))
    return "; ".join(said) or "that is no question yet"


def _loaded(at: Known) -> str:
    return ", ".join(rounds_in_words(e.label for e in at.rounds))


@cache
def questions() -> tuple[tuple[str, str], ...]:
    """The names of queries with the questions in their headers, the parameters' examples in their places."""
    found = []
    for query in queries():
        for pattern in query.questions[:_EACH]:
            text = pattern
            for parameter in query.parameters:
                text = text.replace(f"{{{parameter.name}}}", parameter.example or parameter.kind)
            found.append((query.name, text))
    return tuple(found)


def examples(graph: Graph) -> list[str]:
    """The questions to which the graph has an answer."""
    return [text for text in dict.fromkeys(text for _, text in questions()) if _answered(known(graph), text)]


def _answered(at: Known, text: str) -> bool:
    """Whether a question has an answer; known once it was tried."""
    if text not in at.answered:
        at.answered[text] = False
        with suppress(NotUnderstood):
            items = _items(at, text)
            at.answered[text] = all(i.known for i in items) and _has_answer(at, read(items, at.rounds), items)
    return at.answered[text]


def _has_answer(at: Known, frame: Frame, items: Sequence[Item]) -> bool:
    """Whether a frame has an answer, found out without it where a row of its query tells."""
    told = frame.sides or frame.having or frame.words or any(i.amount for i in items)
    if frame.source == "vocabulary" or told:
        return not _answer(at, "", frame, items).empty
    if frame.source != "record":
        return at.some(statements_query(frame, at)) or not _answer(at, "", frame, items).empty
    frames = [frame, replace(frame, closed=False)] if frame.closed else [frame]
    return any(at.some(RecordQuery(f, at).rows) for f in frames)


def _nearest(at: Known, text: str) -> list[str]:
    """The question nearest to a refused one that has an answer, if one of the nearest has."""
    texts = list(dict.fromkeys(question for _, question in questions()))
    near = process.extract(text, texts, scorer=fuzz.token_set_ratio, limit=_EACH)
    return next(([question] for question, _, _ in near if _answered(at, question)), [])


# The record


def _recorded(at: Known, text: str, frame: Frame) -> Answer:
    query = RecordQuery(frame, at)
    found = _hits(at, query)
    if not found and frame.closed:
        taken = tuple(d for d in frame.defaults if d != _TAKEN["closed"])
        opened = replace(frame, closed=False, defaults=(*taken, "any division, there is none in closed"))
        if found := _hits(at, opened_query := RecordQuery(opened, at)):
            frame, query = opened, opened_query
    if not found:
        return _nothing(at, text, frame, query)
    frame, found = _one_span(at, frame, found)
    if frame.best and frame.best.measure == "improvement":
        first, last = (c.values[0].iri for c in frame.sides[:2])
        found = [h for h in found if comparable(at.graph, _place(h)[0], first, last)] or found
    outcome = calculate(frame, found, [e.iri for e in at.rounds], _apart(at, frame, found))
    if frame.latest:
        latest = " and ".join(dict.fromkeys(h.text("round") for h in found))
        told = (f"{latest}, {d}" if d.startswith(_TAKEN["latest"]) else d for d in frame.defaults)
        frame = replace(frame, defaults=tuple(told))
    lines = tuple(outcome.lines)
    if frame.polar and not frame.sides:  # what is compared is said to be faster, or not
        start = "No" if outcome.no else "Yes"
        lines = (f"{start}: {lines[0]}" if lines else f"{start}.", *lines[1:])
    listed = outcome.listed or not lines
    files = _files(outcome.hits or found)
    lines += tuple(filter(None, [absent(at, frame, found)]))
    return Answer(text, frame, lines, outcome.table, listed, files, query.text, _also(at, frame), outcome.lacking)


def _hits(at: Known, query: RecordQuery) -> list[Hit]:
    columns, rows = at.rows(query.rows)
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    return hits(found, {f: query.path(f) for f in query.fields}, query.files, at)


def _files(found: Sequence[Hit]) -> Table:
    """The official files of the results that an answer was taken over."""
    about = ("organization", "benchmark", "round")
    rows = {(", ".join(filter(None, map(h.text, about))), h.files[1], h.files[0], h.files[2]) for h in found}
    cells = tuple((*map(ox.Literal, row[:3]), ox.NamedNode(row[3])) for row in sorted(rows))
    return Table(("resultLabel", "logFolder", "systemFile", "record"), cells)


def _nothing(at: Known, text: str, frame: Frame, query: RecordQuery) -> Answer:
    """An empty answer, which says which condition emptied it. Raises NotUnderstood where nothing is loaded of a name."""
    missing = absent(at, frame, [])
    for c in frame.every():
        if c.field == "round" and c.values and not any(e in at.rounds for e in c.values):
            raise NotUnderstood(f"no official results of {c.values[0].label} are loaded; loaded are {_loaded(at)}")
        doubted = not frame.polar or c.field == "system"  # a system may be filed by another name
        alone = Frame(asked=("round",), conditions=(Condition(c.field, c.values),), inference=frame.inference)
        if c.values and doubted and not missing and not at.some(RecordQuery(alone, at).rows):
            named = replace(c, negated=False).label
            raise NotUnderstood(f"there is no official result with {named} in the loaded rounds ({_loaded(at)})")
    freeing = []
    for c in frame.conditions:
        free = replace(frame, conditions=tuple(x for x in frame.conditions if x != c), asked=(frame.key,))
        if free.conditions and (n := at.number(RecordQuery(free, at).counting)):
            freeing.append(f"without “{c.label}” there would be {several(n, 'result')}")
    counts = frame.aggregate == "count"
    start = "No" if frame.polar else "0" if counts else "None"
    line = f"{start}: no official result has {', '.join(c.label for c in frame.conditions)}"
    if any(c.negated for c in frame.conditions) and frame.key != "result":
        line, freeing = f"{start}: the record has no such {frame.key}", []
    line = "; ".join([line, *freeing]) + "."
    table = Table(("count",), ((literal(0),),)) if counts else Table(("result",), ())
    empty = not (frame.polar or counts)
    lines = tuple(filter(None, (line, missing)))
    return Answer(text, frame, lines, table, False, _NONE, query.text, _also(at, frame), empty)


def _also(at: Known, frame: Frame) -> str:
    """What statements say of the same, in a line, where they can answer it too."""
    done = frame.sides or frame.best or frame.aggregate or frame.group or frame.all_of or frame.change or frame.latest
    single = all(c.values and not c.negated and not c.only and c.joined == "or" for c in frame.conditions)
    fields = {c.field for c in frame.conditions}
    told_of = fields - {"round", "organization"}
    fits = single and told_of and fields <= _BOTH and frame.key == "organization"
    if done or not (fits and spoken(frame.conditions, at)):
        return ""
    by_round: dict[str, dict[str, None]] = {}
    for _, who, _, round_ in at.rows(mentioning(frame, at))[1]:
        by_round.setdefault(round_.value, {})[who.value] = None
    said = "; ".join(f"{', '.join(who)} ({round_})" for round_, who in by_round.items())
    return f"Statements say so of {said}." if said else ""


# Times of several rounds: only those that MLCommons lets be compared are held against each other


def _apart(at: Known, frame: Frame, found: list[Hit]) -> str:
    """Why the rounds that a frame compares times of may not be compared; '' where they may."""
    if not frame.sides or frame.sides[0].field != "round" or not _timed(frame):
        return ""
    first, *others = [e.iri for c in frame.sides for e in c.values]
    benchmarks = sorted({_place(h)[0] for h in found})
    reasons = (why_not_comparable(at.graph, benchmark, first, other) for benchmark in benchmarks for other in others)
    return next(filter(None, reasons), "")


def _one_span(at: Known, frame: Frame, found: list[Hit]) -> tuple[Frame, list[Hit]]:
    """The results of a benchmark that may be compared with its latest, where times of several rounds are ranked."""
    if frame.sides or frame.change or "round" in frame.group or not _timed(frame):
        return frame, found
    order = {e.iri: at_ for at_, e in enumerate(at.rounds)}
    latest = dict(sorted(map(_place, found), key=lambda place: order[place[1]]))
    fits = {pair: comparable(at.graph, *pair, latest[pair[0]]) for pair in map(_place, found)}
    kept = [h for h in found if fits[_place(h)]]
    told = () if len(kept) == len(found) else ("rounds that may be compared with the latest",)
    return replace(frame, defaults=(*frame.defaults, *told)), kept


def _timed(frame: Frame) -> bool:
    """Whether times are ranked, averaged or held against each other."""
    if frame.aggregate in ("count", "share"):
        return False
    ranked = frame.best is not None and frame.best.measure == "minutes"
    averaged = frame.aggregate in ("mean", "median", "range") and frame.counted == "minutes"
    return ranked or averaged or (bool(frame.sides) and (frame.best is None or frame.best.measure == "improvement"))


def _place(hit: Hit) -> tuple[str, str]:
    return hit.things("benchmark")[0][0], hit.things("round")[0][0]
