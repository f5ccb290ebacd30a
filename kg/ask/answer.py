"""Questions answered: read, asked of the graph, calculated, and told with how they were read and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial

from kg.ask.again import again, check_counts, elided, of_answer, two_questions, uncounted
from kg.ask.context import aside, without_context
from kg.ask.evidence import claimed, defined, words_of_named
from kg.ask.frame import Frame, sentence
from kg.ask.items import Item, unknown_runs
from kg.ask.known import Known, known
from kg.ask.named import results_of_named, told_by_results
from kg.ask.partly import without_some
from kg.ask.query import RecordQuery
from kg.ask.quotes import in_own_words, nearest_words, tells
from kg.ask.reading import read
from kg.ask.recorded import loosened, recorded, software_filed, together
from kg.ask.results import NOTHING, TITLES, Answer
from kg.ask.scan import itemize
from kg.ask.statements import attributes, predicates, stated
from kg.ask.words import MENTIONS, tokens
from kg.errors import NoPlace, NotUnderstood, UsageError
from kg.names.entities import noun
from kg.query import queries
from kg.query.places import with_pages
from kg.store import Graph

LONGEST = 60
"""A question has at most so many words."""
_EACH = 3
"""So many questions of each query are examples, and so many near a refused one are tried."""
SURE = 0.6
"""So sure has a question that is read in part to be, by what was learned of questions with known answers."""


def ask(graph: Graph, text: str, number: int | None = None, without: Collection[str] = ()) -> Answer:
    """The answer to a question in plain words; `number` chooses a reading, counted from 1, where it has to be chosen.

    `without` leaves parts of the frame out: numbers of conditions, counted from 0, 'closed' or 'latest'. The
    answer's `chips` are those that are left, each with its words.

    Raises UsageError for another number, NotUnderstood when it cannot be read; its `instead` has the reading to choose,
    or a question near it, its `named` the few results of all that is named.
    """
    if number not in (None, 1):
        raise UsageError("there is one reading; its number is 1")
    at = known(graph)
    try:
        answer = understood(at, text, number, without)
    except NotUnderstood as refused:
        if (in_part := _in_part(at, text, without)) is None:
            raise NotUnderstood(str(refused), refused.instead or _nearest(at, text), refused.named) from None
        answer = in_part
    return replace(answer, evidence=with_pages(graph, answer.evidence))


def understood(at: Known, text: str, number: int | None = None, without: Collection[str] = ()) -> Answer:
    """The answer to a question of which each part is understood. Raises NotUnderstood as `ask` does."""
    items = list[Item]()
    try:
        items = items_of(at, text)
        with suppress(NotUnderstood):
            return _in_whole(at, items)
        return _read(at, items, without, anyway=number is not None)
    except NotUnderstood as refused:
        why = [str(refused)]
        again_ = partial(_again, text=text, without=without)
        for other in (defined, claimed, again_, in_own_words if tells(items) else _both, words_of_named, nearest_words):
            try:
                return other(at, items)
            except NotUnderstood as reason:
                why.append(str(reason))
        named = results_of_named(at, items)
        if named and isinstance(refused, NoPlace) and told_by_results(items):
            told = f"{why[0][:1].upper()}{why[0][1:]}; so these are all results of what is named."
            return replace(named, lines=(told, *named.lines))
        said = "; ".join(dict.fromkeys(filter(None, why)))
        raise NotUnderstood(said, refused.instead, named.shown if named else NOTHING) from None


def _in_part(at: Known, text: str, without: Collection[str]) -> Answer | None:
    """The answer to a question without what has no place in it; None where it is not sure to hold."""
    with suppress(NotUnderstood):
        for sure, reading in without_some(items_of(at, text), at):
            if sure < SURE:
                break
            with suppress(NotUnderstood):
                answer = _told(at, reading.frame, reading.items, without)
                if not answer.empty:
                    told = f"I do not know what {reading.text} asks here; so this is the answer without it."
                    return replace(answer, lines=(told, *answer.lines))
    return None


def _told(at: Known, frame: Frame, items: Sequence[Item], without: Collection[str]) -> Answer:
    """The answer to a frame without some of its parts, with those that are left."""
    answer = answer_of(at, frame.without(without), items)
    return replace(answer, chips=tuple((name, label) for name, label in frame.chips if name not in without))


def _read(at: Known, items: Sequence[Item], without: Collection[str], *, anyway: bool = False) -> Answer:
    """The answer to a question as one frame, by the record where statements are silent.

    Unknown words refuse it unless they may be left aside, or `anyway`.
    """
    rest = [i for i in items if i.known]
    left = aside(items)
    if len(rest) < len(items) and (not (near := _without_unknown(at, rest)) or not (anyway or left)):
        raise NoPlace(_unknown(at, items), [f"1. {near}"] if near else [])
    frame = read(rest, at.rounds)
    frame = replace(frame, defaults=(*frame.defaults, *(f"left aside “{words}”" for words in left)))
    if frame.sides and "benchmark" in frame.group and any("Benchmark" in i.kinds() for i in at.last[1]):
        raise NotUnderstood("what is compared stands in another sentence than the benchmark: ask in one")
    answer = _told(at, frame, rest, without)
    if frame.source != "statements":
        return answer
    if answer.empty and (filed := _filed(at, frame, items, without)):
        return filed
    chosen = predicates(frame) or {c.field for c in frame.conditions} - {"organization", "round"}
    spoken = frame.words and any(p in MENTIONS for p in frame.predicates)
    if tells(items) and (answer.empty or not chosen or spoken):
        with suppress(NotUnderstood):
            return in_own_words(at, items)
    return answer


def _filed(at: Known, frame: Frame, items: Sequence[Item], without: Collection[str]) -> Answer | None:
    """What the record has where no statement says it: partners, software, or systems that no statement offers."""
    if "partner" in frame.predicates and (joint := together(at, frame)):
        return joint
    if tells(items):
        return None
    if software := software_filed(at, frame):
        return software
    verbs = [replace(i, roles={"verb": ""}) if i.roles.get("predicate") == "offersSystem" else i for i in items]
    if {"organization", "system"} & {*frame.asked} and verbs != [*items]:
        with suppress(NotUnderstood):
            answer = _read(at, verbs, without)
            lines = ("No fact of a statement says who offers it; these were filed.", *answer.lines)
            return None if answer.empty else replace(answer, lines=lines, also="")
    return None


def _again(at: Known, items: Sequence[Item], text: str, without: Collection[str]) -> Answer:
    """The answer to a question said otherwise, where the record has one. Raises NotUnderstood."""
    told = not items or any("stop" in i.roles for i in items[:-1])  # a sentence before, which may not be left aside
    for said in (*again(items), *([items_of(at, text, named=True)] if told else [])):
        with suppress(NotUnderstood):
            answer = _read(at, said, without)
            if not (answer.empty or answer.frame.polar):
                return answer
    said, numbers = uncounted(items)
    if numbers:
        answer = _read(at, said, without)
        if answer.frame.source == "record" and not answer.empty:
            check_counts(answer, numbers)
            return answer
    raise NotUnderstood("")


def _in_whole(at: Known, items: Sequence[Item]) -> Answer:
    """The answer to a question that only says what differs from the sentence before. Raises NotUnderstood."""
    said = elided(items)
    if said is None or not all(i.known for i in items):
        raise NotUnderstood("")
    head, whole, asked = said
    answer = answer_of(at, read(whole, at.rounds), whole)
    return _with(answer_of(at, read(head, at.rounds), head), asked, answer) if head else answer


def _both(at: Known, items: Sequence[Item]) -> Answer:
    """The answers to two questions that are asked as one, the second after the first. Raises NotUnderstood.

    A second that is about the answer to the first is left open, which is told, where the rows of that do not hold it.
    """
    why = ""
    for one, other, asked in two_questions(items):
        try:
            frame, about = read(one, at.rounds), of_answer(one, other)
            first = answer_of(at, frame, one)
            if about and _wanted(other) and _wanted(other) <= {*first.shown.columns}:
                return first
            follows = _follows(at, frame, other) if about else read(other, at.rounds)
            if follows is None:
                left = f"Not answered: “{asked}” is about this answer; ask it again with the names."
                return replace(first, also=left)
            return _with(first, asked, answer_of(at, follows, other))
        except NotUnderstood as refused:
            why = why or str(refused)
    raise NotUnderstood(why)


def _with(first: Answer, asked: str, second: Answer) -> Answer:
    """An answer with that to a second question beside it."""
    table = second.table.first(LONGEST).render("table").splitlines() if second.listed else ()
    also = "\n".join([f"“{asked}”", *second.lines, *table, f"Read as {second.sentence}"])
    return replace(first, also=also, evidence=first.evidence.joined(second.evidence))


def _follows(at: Known, first: Frame, items: Sequence[Item]) -> Frame | None:
    """The frame of a second question that is about the results of the first, where it only asks for more of them."""
    with suppress(NotUnderstood):
        return first.asking(read(items, at.rounds))
    return None


def _wanted(items: Sequence[Item]) -> set[str]:
    """The columns that a question asks for: 'minutes', 'accelerators', 'organization'."""
    said = (i.roles.get("measure") or i.roles.get("noun", "") for i in items)
    return {TITLES.get(name, name) for name in said if name}


def frame_of(graph: Graph, text: str) -> Frame:
    """How a question is read. Raises NotUnderstood."""
    at = known(graph)
    items = items_of(at, text)
    if any(not i.known for i in items):
        raise NotUnderstood(_unknown(at, items))
    return read(items, at.rounds)


def items_of(at: Known, text: str, *, named: bool = False) -> list[Item]:
    """The items of a question without its context. Raises NotUnderstood where it is too long or the context unclear."""
    if len(tokens(text)) > LONGEST:
        raise NotUnderstood(f"the question has more than {LONGEST} words; ask one thing at a time")
    if at.last[0] != text:
        at.last = text, itemize(text, at)
    return without_context([*at.last[1]], named)


def answer_of(at: Known, frame: Frame, items: Sequence[Item]) -> Answer:
    """The answer to a frame, from where it asks; `items` are its question's. Raises NotUnderstood."""
    if frame.source == "record":
        return together(at, frame) or recorded(at, frame)
    if frame.source == "vocabulary":
        return attributes(frame, at)
    return stated(frame, at, [i.amount.value for i in items if i.amount])


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
    for word in dict.fromkeys(" ".join(item.text for item in run) for run in unknown_runs(items)):
        if re.fullmatch(r"v?\d\.\d", word.lower()):
            said.append(f"{word} is no round that is loaded: loaded are {at.loaded}")
            continue
        name = any(c.isdigit() or c.isupper() for c in word)
        kind = "Accelerator" if name and re.search(r"[A-Za-z]\d", word) else None
        near = (at.names.nearest(word, kind) or at.names.nearest(word))[:3] if name else []
        what = f"know no {noun(kind) if kind else 'name'}" if name else "do not know the word"
        said.append(f"I {what} “{word}”" + (f"; nearest: {', '.join(near)}" if near else ""))
    return "; ".join(said) or "that is no question yet"


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
            items = items_of(at, text)
            known_ = all(i.known for i in items)
            at.answered[text] = known_ and _has_answer(at, read(items, at.rounds), items)
    return at.answered[text]


def _has_answer(at: Known, frame: Frame, items: Sequence[Item]) -> bool:
    """Whether a frame has more of an answer than that nothing was found; a row of its query tells it of the record."""
    if frame.source == "record" and not (frame.sides or frame.having):
        return any(at.some(RecordQuery(tried, at).rows) for tried in loosened(frame))
    answer = answer_of(at, frame, items)
    return bool(answer.evidence.rows) or (frame.source == "vocabulary" and not answer.empty)


def _nearest(at: Known, text: str) -> list[str]:
    """The question nearest to a refused one that has an answer, if one of the nearest has."""
    from rapidfuzz import fuzz, process  # who is answered needs none

    texts = list(dict.fromkeys(question for _, question in questions()))
    near = process.extract(text, texts, scorer=fuzz.token_set_ratio, limit=_EACH)
    return next(([question] for question, _, _ in near if _answered(at, question)), [])
