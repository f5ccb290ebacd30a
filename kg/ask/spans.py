"""Times of several rounds: only those that MLCommons lets be compared are held against each other."""

from __future__ import annotations

from dataclasses import replace

from kg.ask.frame import Frame
from kg.ask.known import Known
from kg.ask.results import Hit
from kg.names.spans import comparable, why_not_comparable


def apart(at: Known, frame: Frame, found: list[Hit]) -> str:
    """Why the rounds that a frame compares times of may not be compared; '' where they may."""
    if not frame.sides or frame.sides[0].field != "round" or not _timed(frame):
        return ""
    rounds = [e.iri for c in frame.sides for e in c.values]
    benchmarks = dict.fromkeys(_place(h)[0] for h in found)
    reasons = [
        reason
        for benchmark in benchmarks
        for other in rounds[1:]
        if (reason := why_not_comparable(at.graph, benchmark, rounds[0], other))
    ]
    return reasons[0] if reasons else ""


def one_span(at: Known, frame: Frame, found: list[Hit]) -> tuple[Frame, list[Hit]]:
    """The results of a benchmark that may be compared with its latest, where times of several rounds are ranked."""
    rounds = {iri for h in found for iri, _ in h.things("round")}
    if frame.sides or frame.change or "round" in frame.group or len(rounds) < 2 or not _timed(frame):
        return frame, found
    order = [e.iri for e in at.rounds]
    latest: dict[str, str] = {}
    for hit in found:
        benchmark, of = _place(hit)
        if benchmark not in latest or order.index(of) > order.index(latest[benchmark]):
            latest[benchmark] = of
    fits = {pair: comparable(at.graph, pair[0], pair[1], latest[pair[0]]) for pair in map(_place, found)}
    kept = [h for h in found if fits[_place(h)]]
    if len(kept) == len(found):
        return frame, found
    return replace(frame, defaults=(*frame.defaults, "rounds that may be compared with the latest")), kept


def _timed(frame: Frame) -> bool:
    """Whether times are ranked, averaged or held against each other."""
    if frame.aggregate in ("count", "share"):
        return False
    ranked = frame.best is not None and frame.best.measure == "minutes"
    averaged = frame.aggregate in ("mean", "median", "range") and frame.counted == "minutes"
    return ranked or averaged or (bool(frame.sides) and (frame.best is None or frame.best.measure == "minutes"))


def _place(hit: Hit) -> tuple[str, str]:
    return hit.things("benchmark")[0][0], hit.things("round")[0][0]
