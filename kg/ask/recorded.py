"""The answer of the official record to a frame: its results, what is calculated, what is missing, software as filed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import pyoxigraph as ox

from kg.ask.absent import absent
from kg.ask.calculate import calculate
from kg.ask.frame import DEFAULTS, JOINT, Best, Condition, Frame
from kg.ask.known import Known
from kg.ask.query import RecordQuery
from kg.ask.results import NOTHING, Answer, Hit, Thing, hits, labels, literal, ordered, several, shown, table_of
from kg.ask.statements import mentioning, spoken
from kg.errors import NotUnderstood
from kg.names.fold import fold
from kg.names.spans import comparable, why_not_comparable
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


def recorded(at: Known, frame: Frame) -> Answer:
    """The answer of the official record. Raises NotUnderstood where nothing is loaded of what is named."""
    queries = (RecordQuery(tried, at) for tried in loosened(frame))
    fits = next(((query, found) for query in queries if (found := hits_of(at, query))), None)
    if fits is None:
        return _nothing(at, frame, RecordQuery(frame, at))
    query, found = fits
    frame, found = _one_span(at, query.frame, found)
    if frame.best and frame.best.measure == "improvement":
        first, last = (c.values[0].iri for c in frame.compared[:2])
        found = [h for h in found if comparable(at.graph, _place(h)[0], first, last)] or found
    outcome = calculate(frame, found, [e.iri for e in at.rounds], _apart(at, frame, found))
    if over := _over_rounds(at, frame, outcome.hits):
        course, faster = over
        outcome = replace(outcome, lines=[*course, *outcome.lines], listed=True, no=not faster)
    if frame.latest:
        latest = " and ".join(dict.fromkeys(h.text("round") for h in found))
        told = (f"{latest}, {d}" if d.startswith(DEFAULTS["latest"]) else d for d in frame.defaults)
        frame = replace(frame, defaults=tuple(told))
    lines = tuple(outcome.lines)
    if frame.polar and not frame.sides:  # what is compared is said to be faster, or not
        named = [(c.field, {*at.meant(c)}) for c in frame.named]
        mine = (all(any(iri in iris for iri, _ in h.things(f)) for f, iris in named) for h in outcome.hits)
        start = "No" if outcome.no or (named and not any(mine)) else "Yes"
        lines = (f"{start}: {lines[0]}" if lines else f"{start}.", *lines[1:])
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
        frame, lines, outcome.table, listed, files_of(told_of), query.text, also, outcome.lacking, behind=behind
    )


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
        line, freeing = f"{start}: no {frame.key} has every {frame.all_of}", []
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
    return Answer(frame, lines, table, sparql=query.text, also=_also(at, frame), empty=empty)


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
    """Why the rounds or benchmarks that a frame compares times of may not be compared; '' where they may."""
    if frame.against not in ("benchmark", "round") or not _timed(frame):
        return ""
    if frame.against == "benchmark":
        return "they are times of different benchmarks"
    first, *others = [e.iri for c in frame.compared for e in c.values]
    benchmarks = sorted({_place(h)[0] for h in found})
    reasons = (why_not_comparable(at.graph, benchmark, first, other) for benchmark in benchmarks for other in others)
    return next(filter(None, reasons), "")


def _one_span(at: Known, frame: Frame, found: list[Hit]) -> tuple[Frame, list[Hit]]:
    """The results of a benchmark that may be compared with its latest, where times of several rounds are ranked."""
    if frame.against == "round" or frame.change or "round" in frame.group or not _timed(frame):
        return frame, found
    order = {e.iri: at_ for at_, e in enumerate(at.rounds)}
    latest = dict(sorted(map(_place, found), key=lambda place: order[place[1]]))
    fits = {pair: comparable(at.graph, *pair, latest[pair[0]]) for pair in map(_place, found)}
    kept = [h for h in found if fits[_place(h)]]
    told = () if len(kept) == len(found) else ("rounds that may be compared with the latest",)
    return replace(frame, defaults=(*frame.defaults, *told)), kept


def _over_rounds(at: Known, frame: Frame, found: Sequence[Hit]) -> tuple[list[str], bool] | None:
    """How the best times of a benchmark changed over rounds that may be compared, and whether one of the last of these fell
    below its first.

    None where no such times are told by round. Raises NotUnderstood where it is asked whether they fell and none compare.
    """
    plain = frame.best == Best("minutes", "least") and not (frame.aggregate or frame.named)
    if not plain or frame.group != ("round",) or "acceleratorCount" in frame.asked:
        return None
    order = {e.iri: n for n, e in enumerate(at.rounds)}
    best = {_place(h): h for h in reversed(ordered(found, "minutes"))}
    spans: list[list[Hit]] = []
    for (benchmark, round_), hit in sorted(best.items(), key=lambda p: (p[0][0], order[p[0][1]])):
        first = _place(spans[-1][0]) if spans else ("", "")
        if first[0] == benchmark and comparable(at.graph, *first, round_):
            spans[-1].append(hit)
        else:
            spans.append([hit])
    several_rounds = [span for span in spans if len(span) > 1]
    if not several_rounds and frame.polar:
        raise NotUnderstood("no rounds have such times that may be compared")
    told = ["Times of one of these and of another do not compare."] if len(several_rounds) > 1 else []
    last = ordered(several_rounds[-1], "minutes")[0] if several_rounds else None
    named = len({_place(h)[0] for h in best.values()}) > 1
    lines = [f"{span[0].text('benchmark')}, {_course(span)}" if named else _course(span) for span in several_rounds]
    return [*lines, *told], bool(last) and last is not several_rounds[-1][0]


def _course(span: Sequence[Hit]) -> str:
    """The times of results of several rounds, in their order, in words: the first, the best and the last."""
    best = ordered(span, "minutes")[0]
    first, least, last = (h.number("minutes") or Decimal(1) for h in (span[0], best, span[-1]))
    gain = f"{shown(first / least)} times as fast"
    told = {span[0].iri: "the best", span[-1].iri: f"the best, {gain}"}
    between = "" if best.iri in told else f", {shown(least)} at best ({best.text('round')}, {gain})"
    ends = (f" ({told[best.iri]})" if best is h else "" for h in (span[0], span[-1]))
    start, end = ends
    rounds = f"{span[0].text('round')} to {span[-1].text('round')}"
    return f"{rounds}: {shown(first)} minutes at first{start}{between}, {shown(last)} at last{end}."


def _timed(frame: Frame) -> bool:
    """Whether times are ranked, averaged or held against each other."""
    if frame.aggregate in ("count", "share"):
        return False
    ranked = frame.best is not None and frame.best.measure in ("minutes", "gap", "place")
    averaged = frame.aggregate in ("mean", "median", "range") and frame.counted == "minutes"
    return ranked or averaged or (bool(frame.sides) and (frame.best is None or frame.best.measure == "improvement"))


def _place(hit: Hit) -> tuple[str, str]:
    return hit.things("benchmark")[0][0], hit.things("round")[0][0]


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
