"""Times of several rounds: only those that MLCommons lets be compared are held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.ask.frame import Best, Frame
from kg.ask.known import Known
from kg.ask.results import Hit, ordered, shown
from kg.errors import NotUnderstood
from kg.names.spans import comparable, why_not_comparable


def apart(at: Known, frame: Frame, found: list[Hit]) -> str:
    """Why the rounds or benchmarks that a frame compares times of may not be compared; '' where they may."""
    if frame.against not in ("benchmark", "round") or not _timed(frame):
        return ""
    if frame.against == "benchmark":
        return "they are times of different benchmarks"
    first, *others = [e.iri for c in frame.compared for e in c.values]
    benchmarks = sorted({place_of(h)[0] for h in found})
    reasons = (why_not_comparable(at.graph, benchmark, first, other) for benchmark in benchmarks for other in others)
    return next(filter(None, reasons), "")


def one_span(at: Known, frame: Frame, found: list[Hit]) -> tuple[Frame, list[Hit]]:
    """The results of a benchmark that may be compared with its latest, where times of several rounds are ranked."""
    if frame.against == "round" or frame.change or "round" in frame.group or not _timed(frame):
        return frame, found
    order = {e.iri: at_ for at_, e in enumerate(at.rounds)}
    latest = dict(sorted(map(place_of, found), key=lambda place: order[place[1]]))
    fits = {pair: comparable(at.graph, *pair, latest[pair[0]]) for pair in map(place_of, found)}
    kept = [h for h in found if fits[place_of(h)]]
    told = () if len(kept) == len(found) else ("rounds that may be compared with the latest",)
    return replace(frame, defaults=(*frame.defaults, *told)), kept


def over_rounds(at: Known, frame: Frame, found: Sequence[Hit]) -> tuple[list[str], bool] | None:
    """How the best times of a benchmark changed over rounds that may be compared, and whether one of the last of these fell
    below its first.

    None where no such times are told by round. Raises NotUnderstood where it is asked whether they fell and none compare.
    """
    plain = frame.best == Best("minutes", "least") and not (frame.aggregate or frame.named)
    if not plain or frame.group != ("round",) or "acceleratorCount" in frame.asked:
        return None
    order = {e.iri: n for n, e in enumerate(at.rounds)}
    best = {place_of(h): h for h in reversed(ordered(found, "minutes"))}
    spans: list[list[Hit]] = []
    for (benchmark, round_), hit in sorted(best.items(), key=lambda p: (p[0][0], order[p[0][1]])):
        first = place_of(spans[-1][0]) if spans else ("", "")
        if first[0] == benchmark and comparable(at.graph, *first, round_):
            spans[-1].append(hit)
        else:
            spans.append([hit])
    several_rounds = [span for span in spans if len(span) > 1]
    if not several_rounds and frame.polar:
        raise NotUnderstood("no rounds have such times that may be compared")
    told = ["Times of one of these and of another do not compare."] if len(several_rounds) > 1 else []
    last = ordered(several_rounds[-1], "minutes")[0] if several_rounds else None
    named = len({place_of(h)[0] for h in best.values()}) > 1
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


def place_of(hit: Hit) -> tuple[str, str]:
    """The IRIs of the benchmark and round of a result."""
    return hit.things("benchmark")[0][0], hit.things("round")[0][0]
