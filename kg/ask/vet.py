"""What makes no question: a part without a place in the frame, or numbers that do not compare."""

from __future__ import annotations

from kg.ask.collect import ATTRIBUTES, Parts
from kg.ask.frame import Frame


def objection(parts: Parts, frame: Frame) -> str:
    """Why a frame is refused, in words; '' when each part of the question has its place."""
    if not (
        frame.conditions
        or frame.sides
        or frame.aggregate
        or frame.best
        or frame.asked
        or frame.source == "claims"
    ):
        return "that is no question yet"
    if frame.source == "statements" and frame.best and "minutes" not in frame.asked:
        return "what statements say is not ranked: ask what they say, or ask the official record"
    if frame.source != "record":
        return ""
    return _unplaced(parts, frame) or _incomparable(parts, frame) or _bare(parts, frame)


def _unplaced(parts: Parts, frame: Frame) -> str:
    """A word or number that the frame does not use."""
    if parts.values:
        return f"I do not know what the number {parts.values[0].normalize():f} counts here"
    if any(m in ATTRIBUTES for _, m in parts.measures):
        return "the official record does not say that of a result"
    turns = bool(frame.sides or frame.change)
    used = {
        "review": False, "predicate": turns, "compare": turns, "than": bool(frame.sides or (frame.best and frame.best.than)),
        "suite": True, "rank": frame.best is not None,
    }  # fmt: skip
    for role, placed in used.items():
        if not placed and (
            word := next(
                (
                    i.text
                    for i in parts.items
                    if role in i.roles
                    and "filler" not in i.roles
                    and "stop" not in i.roles
                    and not (role == "rank" and i.amount)
                ),
                "",
            )
        ):
            if role == "compare":
                return f"“{word}” needs two things to compare, such as two rounds, vendors or numbers of accelerators: say which"
            return f"I do not know what “{word}” asks of the official record"
    counts = any(v == "count" for _, v in parts.role("aggregate"))
    if counts and not (frame.aggregate or parts.measures or frame.best or frame.sides):
        return "say how many of what: results, submitters, benchmarks, accelerators"
    if not frame.group and not frame.all_of:
        for item in parts.items:
            if "group" in item.roles and item.text.lower() in (
                "per",
                "each",
                "every",
                "for each",
                "for every",
                "grouped by",
                "broken down by",
            ):
                return f"I do not know what “{item.text}” is about here"
    for item in parts.items:
        change = item.roles.get("change", "any")
        settled = bool(
            frame.change
            or frame.latest
            or (frame.baseline and change == "earlier")
            or item.text.lower() == "before"
        )
        if (
            change != "any"
            and not settled
            and "compare" not in item.roles
            and "superlative" not in item.roles
            and not frame.sides
        ):
            return f"I do not know what “{item.text}” asks here; name the rounds"
    return ""


def _incomparable(parts: Parts, frame: Frame) -> str:
    """Times of different benchmarks, and calculations without a number."""
    timed = frame.best is not None and frame.best.measure == "minutes"
    about = {c.field for c in (*frame.conditions, *frame.sides)}
    named = "benchmark" in about or "benchmark" in frame.group
    if "minutes" in frame.asked and not (timed or frame.aggregate or named):
        return "times are those of a benchmark: say which one"
    if (
        frame.sides
        and frame.aggregate != "count"
        and not named
        and not (frame.best and frame.best.measure != "minutes")
    ):
        return "times of different benchmarks do not compare: say which benchmark"
    if timed and not named and not about - {"round", "division", "availability"} and not frame.counted:
        return "times of different benchmarks do not compare: say which benchmark"
    if frame.aggregate in ("mean", "median", "range"):
        if frame.asked and frame.counted not in frame.asked and not parts.measures:
            return f"a {frame.aggregate} needs a number, such as minutes or accelerators"
        if not frame.conditions:
            return f"say of which results the {frame.aggregate} is wanted"
        if frame.counted == "minutes" and not named:
            return "times of different benchmarks do not compare: say which benchmark"
    return ""


def _bare(parts: Parts, frame: Frame) -> str:
    """A name, or a class of things, and nothing that is asked of it."""
    about = {c.field for c in (*frame.conditions, *frame.sides)}
    asks = frame.asked or frame.best or frame.sides or frame.aggregate or frame.polar or frame.change
    if not asks and len(about) < 2 and not parts.has("noun") and not parts.has("verb"):
        return "a name alone is no question: say what you want to know of it"
    return ""
