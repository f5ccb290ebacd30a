"""The answer of the official record to a frame: its results, what is calculated, what is missing, software as filed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import pyoxigraph as ox

from kg.ask.absent import absent
from kg.ask.calculate import calculate
from kg.ask.frame import COMPARES, DEFAULTS, JOINT, Condition, Frame
from kg.ask.known import Known
from kg.ask.query import RecordQuery
from kg.ask.results import NOTHING, Answer, Hit, Thing, hits, labels, literal, ordered, several, shown, table_of
from kg.ask.statements import mentioning, spoken
from kg.ask.times import apart, one_span, over_rounds, place_of
from kg.errors import NotUnderstood
from kg.names.fold import fold
from kg.names.spans import comparable
from kg.query import Table

_FEW = 6
SOME = 12
"""So many results are shown behind the things that are listed of them."""
_BOTH = frozenset(["accelerator", "framework", "benchmark", "round", "organization"])
"""What both sources can be asked of."""
_PARTS = frozenset(["system", "processor", "accelerator", "result", "nodeCount"])
"""What is asked for where the parts of the systems that are named are worth telling."""
_FILED = {
    "nodeCount": "nodes: {}", "processorCount": "{} ×", "processorFiled": "{}", "acceleratorCount": "{} ×",
    "acceleratorFiled": "{}", "hostMemoryFiled": "memory {}", "softwareFiled": "{}",
}  # fmt: skip
"""What a system file says of a system, in the order of telling."""
_MOST = 8
"""So many different texts are told."""
_WORD = {True: "Yes", False: "No"}


def recorded(at: Known, frame: Frame) -> Answer:
    """The answer of the official record. Raises NotUnderstood where nothing is loaded of what is named."""
    if frame.denied or frame.each:
        return _none(at, frame) if frame.denied else _each(at, frame)
    queries = (RecordQuery(tried, at) for tried in loosened(frame))
    fits = next(((query, found) for query in queries if (found := hits_of(at, query))), None)
    if fits is None:
        return _nothing(at, frame, RecordQuery(frame, at))
    query, found = fits
    frame, found = one_span(at, query.frame, found)
    if frame.best and frame.best.measure == "improvement":
        first, last = (c.values[0].iri for c in frame.compared[:2])
        found = [h for h in found if comparable(at.graph, place_of(h)[0], first, last)] or found
    outcome = calculate(frame, found, [e.iri for e in at.rounds], apart(at, frame, found))
    if over := over_rounds(at, frame, outcome.hits):
        course, faster = over
        outcome = replace(outcome, lines=[*course, *outcome.lines], listed=True, no=not faster)
    if frame.latest:
        latest = " and ".join(dict.fromkeys(h.text("round") for h in found))
        told = (f"{latest}, {d}" if d.startswith(DEFAULTS["latest"]) else d for d in frame.defaults)
        frame = replace(frame, defaults=tuple(told))
    lines = tuple(outcome.lines)
    yes = None
    if frame.polar and not frame.sides:  # what is compared is said to be faster, or not
        named = [(c, {*at.meant(c)}) for c in frame.named]
        mine = (all(_has(h, c, iris) for c, iris in named) for h in outcome.hits)
        yes = not outcome.no and (not named or any(mine))
        lines = (f"{_WORD[yes]}: {lines[0]}" if lines else f"{_WORD[yes]}.", *lines[1:])
    listed = outcome.listed or not lines
    told_of = outcome.hits or found
    lines += (
        *(() if outcome.lacking else _names_filed(at, frame, told_of)),
        *_as_filed(at, frame, told_of),
        *filter(None, [absent(at, frame, found)]),
    )
    calculated = frame.best or frame.sides or frame.having or frame.part
    lists = not (listed or calculated) and frame.aggregate in ("", "count", "values")
    behind = _whole(at, frame, told_of) if lists else _sizes(at, frame)
    also = _also(at, frame)
    return Answer(
        frame,
        lines,
        outcome.table,
        listed,
        files_of(told_of),
        query.text,
        also,
        outcome.lacking,
        behind=behind,
        yes=yes,
    )


def _has(hit: Hit, c: Condition, iris: set[str]) -> bool:
    """Whether a result meets a condition, which means some things."""
    if c.number is None:
        return any(iri in iris for iri, _ in hit.things(c.field))
    number = hit.number(c.field)
    return number is not None and COMPARES[c.sign](number, c.number)


def _none(at: Known, frame: Frame) -> Answer:
    """The answer of a question whose yes means that there is no such result."""
    answer = recorded(at, replace(frame, denied=False))
    yes = bool(answer.yes)
    first = _WORD[not yes] + answer.lines[0].removeprefix(_WORD[yes])
    return replace(answer, frame=frame, lines=(first, *answer.lines[1:]), yes=not yes)


def _each(at: Known, frame: Frame) -> Answer:
    """The answer of a question whose yes means that there is a result with each of some conditions."""
    alone = [(c, recorded(at, replace(frame, each=(), conditions=(*frame.conditions, c)))) for c in frame.each]
    values = tuple(e for c in frame.each for e in c.values)
    answer = recorded(
        at, replace(frame, each=(), conditions=(*frame.conditions, replace(frame.each[0], values=values)))
    )
    lacking = [c.label for c, one in alone if not one.yes]
    if not answer.yes or not lacking:
        return replace(answer, frame=frame)
    first = f"No: none with {' and none with '.join(lacking)}; {answer.lines[0].removeprefix('Yes: ')}"
    return replace(answer, frame=frame, lines=(first, *answer.lines[1:]), yes=False)


def loosened(frame: Frame) -> Iterator[Frame]:
    """A frame, and it without what was taken and not said, which is told, where nothing may be found with that."""
    yield frame
    for part, taken, told in (
        ("closed", frame.closed, "any division, there is none in closed"),
        ("latest", frame.latest and frame.sides, "the best of each in any round, no round has both"),
    ):
        if taken:
            free = frame.without([part])
            yield replace(free, defaults=(*free.defaults, told))


def _sizes(at: Known, frame: Frame) -> Table:
    """The best result of each size from one to the other of two that are compared; an empty table for other frames."""
    field = frame.against if len(frame.sides) == 2 else ""
    numbers = sorted(c.number for c in frame.compared if c.number is not None and not c.more)
    if (
        field not in ("acceleratorCount", "nodeCount")
        or len(numbers) < 2
        or any(side[1:] for side in frame.sides)
        or frame.aggregate
    ):
        return NOTHING
    ends = (Condition(field, number=n, sign=sign) for n, sign in zip(numbers, (">=", "<="), strict=True))
    between = replace(frame, sides=(), group=(field,), conditions=(*frame.conditions, *ends))
    return calculate(between, hits_of(at, RecordQuery(between, at)), [e.iri for e in at.rounds]).table


def _whole(at: Known, frame: Frame, found: Sequence[Hit]) -> Table:
    """A few results with all that tells them apart, whatever was asked for; an empty table where they are many."""
    if len(found) > SOME or frame.inference:
        return NOTHING
    query = RecordQuery(Frame(asked=("result", *(f for f in frame.asked if f != "result"))), at)
    rows = [{"result": ox.NamedNode(h.iri)} for h in found]
    whole = hits(rows, {f: query.path(f) for f in query.fields}, query.files, at)
    told = (replace(h, values={**w.values, **h.values}) for w, h in zip(whole, found, strict=True))
    return table_of(frame, ordered(told, "minutes"))


def together(at: Known, frame: Frame) -> Answer | None:
    """With whom somebody filed results together, by the record, where a frame asks for partners; None for nobody."""
    who = tuple(e for c in frame.conditions for e in c.values if e.kind == "Organization")
    others = tuple(replace(c, only=False) for c in frame.conditions if c.field in ("round", "benchmark", "division"))
    joint = Condition(JOINT) in frame.conditions and {*frame.asked} <= {"organization", "result"}
    plain = not (
        frame.best or frame.aggregate or frame.group or frame.sides or frame.change or frame.polar or frame.part
    )
    if any(c.negated for c in frame.conditions) or not ((joint and plain) or (who and frame.source == "statements")):
        return None
    alike = (Condition("organization", tuple(g)) for _, g in groupby(who, key=lambda e: e.label))
    conditions = (*alike, *others, Condition(JOINT))
    asked = Frame(asked=("organization",), conditions=conditions, defaults=frame.defaults, slips=frame.slips)
    query = RecordQuery(asked, at)
    found = hits_of(at, query)
    told = {e.label for e in who}
    lines = []
    for partners, labels_, hits_ in _joint(found):
        rest = [label for _, label in partners if label not in told]
        mine = " and ".join(sorted(told) if told else rest)
        beside = f" with {', '.join(rest)}" if told and rest else ""
        lines.append(f"{mine} filed {several(len(hits_), 'result')} together{beside} ({labels_}).")
    table = _whole(at, asked, found) or table_of(asked, found)
    return Answer(asked, tuple(lines), table, True, files_of(found), query.text) if found else None


def _joint(found: Sequence[Hit]) -> Iterator[tuple[tuple[Thing, ...], str, list[Hit]]]:
    """Results by all who filed them, with their rounds."""
    by: dict[tuple[Thing, ...], list[Hit]] = {}
    for h in found:
        by.setdefault(tuple(h.things("organization")), []).append(h)
    for partners, mine in by.items():
        yield partners, ", ".join(labels(mine, "round")), mine


def _as_filed(at: Known, frame: Frame, found: Sequence[Hit]) -> Iterator[str]:
    """What the few systems that a frame names are made of, in the words that were filed."""
    systems = _systems(at, found)
    done = frame.best or frame.aggregate or frame.sides or frame.group
    if done or frame.key not in _PARTS or len(systems) > _FEW or "system" not in {c.field for c in frame.conditions}:
        return
    for iri, label in systems.items():
        said = [(text, at.field(iri, f"mlp:{name}")) for name, text in _FILED.items()]
        told = [text.format(", ".join(v.values()) if isinstance(v, dict) else shown(v)) for text, v in said if v]
        yield f"{label}, as filed: {', '.join(told).replace('×, ', '× ')}."


def _names_filed(at: Known, frame: Frame, found: Sequence[Hit]) -> Iterator[str]:
    """The names that the files of the systems that are asked for give them, where the folders have others."""
    systems = _systems(at, found) if "system" in frame.asked and not frame.best else {}
    said = {label: at.field(iri, "mlp:nameFiled") for iri, label in systems.items()}
    names = {label: next(iter(name)) for label, name in said.items() if isinstance(name, dict)}
    other = [f"{name} ({label.partition(' of ')[0]})" for label, name in names.items() if fold(name) not in fold(label)]
    if other and len(other) <= SOME:
        yield f"By the names in their files: {', '.join(other)}."


def _systems(at: Known, found: Sequence[Hit]) -> dict[str, str]:
    """The systems of results as filed, by IRI, with their labels."""
    filed = (at.field(h.iri, "mlp:filedSystem") for h in found)
    return {iri: label for things in filed if isinstance(things, dict) for iri, label in things.items()}


def hits_of(at: Known, query: RecordQuery) -> list[Hit]:
    """The results that a query finds."""
    columns, rows = at.rows(query.rows)
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    return hits(found, {f: query.path(f) for f in query.fields}, query.files, at)


def files_of(found: Sequence[Hit]) -> Table:
    """The official files of the results that an answer was taken over."""
    about = ("organization", "benchmark", "round")
    rows = {(", ".join(filter(None, map(h.text, about))), h.files[1], h.files[0], h.files[2]) for h in found}
    cells = tuple((*map(ox.Literal, row[:3]), ox.NamedNode(row[3])) for row in sorted(rows))
    return Table(("resultLabel", "logFolder", "systemFile", "record"), cells)


def _nothing(at: Known, frame: Frame, query: RecordQuery) -> Answer:
    """An empty answer, which says which condition emptied it. Raises NotUnderstood where nothing is loaded of a name."""
    missing = absent(at, frame, [])
    for c in frame.every():
        if c.field == "round" and c.values and not any(e in at.rounds for e in c.values):
            raise NotUnderstood(f"no official results of {c.values[0].label} are loaded; loaded are {at.loaded}")
        doubted = not frame.polar or c.field == "system"  # a system may be filed by another name
        alone = Frame(asked=("round",), conditions=(Condition(c.field, c.values),), inference=frame.inference)
        if c.values and doubted and not missing and not at.some(RecordQuery(alone, at).rows):
            named = replace(c, negated=False).label
            raise NotUnderstood(f"there is no official result with {named} in the loaded rounds ({at.loaded})")
    freeing = []
    for c in frame.conditions:
        free = replace(frame.leaving([c]), asked=(frame.key,))
        if free.conditions and (n := at.number(RecordQuery(free, at).counting)):
            freeing.append(f"without “{c.label}” there would be {several(n, 'result')}")
    counts = frame.aggregate == "count"
    start = "No" if frame.polar else "0" if counts else "None"
    line = f"{start}: no official result has {', '.join(c.label for c in frame.conditions)}"
    if frame.all_of:
        line, freeing = f"{start}: {_not_every(at, frame)}", []
    if any(c.negated for c in frame.conditions) and frame.key != "result":
        line, freeing = f"{start}: the record has no such {frame.key}", []
    if frame.best and frame.best.than:
        rival = ", ".join(c.label for c in frame.best.than)
        others = tuple(c for c in frame.conditions if not c.negated)
        beaten = at.some(RecordQuery(Frame(conditions=(*others, *frame.best.than)), at).rows)
        said = (
            f"nobody is beyond the best with {rival}" if beaten else f"there is no result with {rival} to compare with"
        )
        line, freeing = f"{start}: {said}", []
    line = "; ".join([line, *freeing]) + "."
    table = Table(("count",), ((literal(0),),)) if counts else Table(("result",), ())
    empty = not (frame.polar or counts)
    lines = tuple(filter(None, (line, missing)))
    yes = False if frame.polar else None
    return Answer(frame, lines, table, sparql=query.text, also=_also(at, frame), empty=empty, yes=yes)


def _not_every(at: Known, frame: Frame) -> str:
    """Who or what has not every value of a field, where it is named with those that it lacks."""
    who = next((c for c in frame.conditions if c.field == frame.key and c.values), None)
    if who is None:
        return f"no {frame.key} has every {frame.all_of}"
    whole = tuple(c for c in frame.conditions if c.field in ("round", "division", "benchmark"))
    asked = (Frame(asked=(frame.all_of,), conditions=conditions) for conditions in (whole, frame.conditions))
    every, own = (labels(hits_of(at, RecordQuery(f, at)), frame.all_of) for f in asked)
    lacking = ", ".join(label for label in every if label not in own)
    return f"of {several(len(every), frame.all_of)} {who.values[0].label} lacks {lacking}"


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


def software_filed(at: Known, frame: Frame) -> Answer | None:
    """What was filed of the software of the results that a frame of statements names, by the record; None for nothing.

    Of software or a framework that is named only what was filed of it is told.
    """
    named = {fold(e.label) for c in frame.conditions if c.field in ("software", "framework") for e in c.values}
    conditions = tuple(c for c in frame.conditions if c.field not in ("software", "framework"))
    about = {c.field for c in frame.conditions}
    asks = about & {"organization", "system"} and "software" in {*about, *frame.asked}
    if not asks or any(c.negated for c in frame.conditions):
        return None
    asked = Frame(asked=("software",), conditions=conditions, defaults=("what was filed, no statement tells it",))
    found = hits_of(at, query := RecordQuery(Frame(asked=("system",), conditions=conditions), at))
    systems: dict[str, dict[str, None]] = defaultdict(dict)
    for hit in found:
        for iri, label in hit.things("system"):
            for part in _parts(at, iri, named):
                systems[part][label] = None
    told = [f"{part} ({several(len(labels), 'system')})" for part, labels in systems.items()][:_MOST]
    rows = tuple((ox.Literal(label), ox.Literal(part)) for part, labels in systems.items() for label in labels)
    if not rows:
        return None
    lines = (f"Software as filed: {'; '.join(told)}.",)
    return Answer(asked, lines, Table(("system", "software"), rows), True, files_of(found), query.text)


def _parts(at: Known, system: str, named: set[str]) -> list[str]:
    """The texts on software that were filed of a system, of several in one those that speak of what is named."""
    filed = [at.field(system, f"mlp:{name}Filed") for name in ("framework", "software")]
    texts = [text for field in filed if isinstance(field, dict) for text in field.values()]
    if not named:
        return texts
    parts = (part.strip() for t in texts for part in re.split(r"[;,]\s|\n", t))
    return [part for part in parts if any(name in fold(part) for name in named)]
