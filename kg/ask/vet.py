"""What makes no question: a part without a place in the frame, or numbers that do not compare."""

from __future__ import annotations

from itertools import pairwise

from kg.ask.collect import ATTRIBUTES, COUNTED_BY, Parts, field_of
from kg.ask.frame import FIELDS, Frame

POLAR = frozenset(["did", "does", "do", "is", "are", "was", "were", "has", "have", "had", "any", "can"])
_THINGS = frozenset(["organization", "accelerator", "benchmark", "framework", "system", "processor"])


def objection(parts: Parts, frame: Frame) -> str:
    """Why a frame is refused, in words; '' when each part of the question has its place."""
    if not (
        frame.conditions or frame.sides or frame.aggregate or frame.best or frame.asked or frame.source == "claims"
    ):
        return "that is no question yet"
    if frame.source == "statements" and frame.best and "minutes" not in frame.asked:
        return "what statements say is not ranked: ask what they say, or ask the official record"
    if frame.source == "claims" and frame.best:
        return "claims are not ranked: ask what is claimed, or ask the official record who was best"
    if frame.source == "statements" and parts.has("change", "joined", "left", "returned") and not frame.predicates:
        return (
            "statements are not told by what is new: ask what they say, or ask the official record who or what joined"
        )
    if frame.source != "record":
        return ""
    checks = (_unplaced, _unanswered, _two_ways, _two_at_once, _whether_all, _incomparable, _bare)
    return next((reason for check in checks if (reason := check(parts, frame))), "")


def _unanswered(parts: Parts, frame: Frame) -> str:
    """A part that was read and that the answer would not be about."""
    if parts.stray:
        return f"I do not know what “{parts.stray}” leaves out: name what it is about"
    every = (*frame.conditions, *frame.part, *frame.sides, *(c for own in frame.shared for c in own))
    about = {c.field for c in (*every, *(frame.best.than if frame.best else ()))}
    negator = next((i.text for i in parts.items if "negator" in i.roles), "")
    negated = any(c.negated or c.only or not (c.values or c.number is not None) for c in every)
    if negator and (frame.change == "returned" or not (negated or frame.change)):
        return f"I do not know what “{negator}” is about here"
    if frame.having and (
        frame.best or frame.sides or frame.group or frame.change or frame.part or frame.all_of
        or (not frame.polar and frame.key in ("result", frame.having.counted))
    ):  # fmt: skip
        return f"I do not know what the number {frame.having.number.normalize():f} counts here"
    who = [f for f in frame.asked if f in _THINGS]
    if frame.sides and who and not about & {*who, "maker"} and parts.has("compare", "change"):
        return f"a change is told of things that are named: say of which {who[0]}"
    used = {
        *about,
        *frame.asked,
        *frame.group,
        frame.counted,
        frame.all_of,
        frame.key,
        frame.best.measure if frame.best else "",
    }
    for at, noun, _ in parts.nouns:
        field = field_of(noun)
        counted = COUNTED_BY.get(noun) in used or (field == "accelerator" and "maker" in about)
        if field in ("accelerator", "processor", "framework") and field not in used and not counted and frame.asked:
            return f"I do not know what “{parts.items[at].text}” asks here: name which"
    return ""


def _two_ways(parts: Parts, frame: Frame) -> str:
    """What may be read in two ways."""
    about = {c.field for c in frame.conditions}
    who = [f for f in frame.asked if f in _THINGS]
    if frame.change == "joined" and who and len(about - {"round"}) > 0 and _before_noun(parts):
        return "say first who was new, then ask about them: both at once may be read in two ways"
    if who == ["organization"] and any(i.text.lower() in ("most often", "least often") for i in parts.items):
        return "say what is counted: results, benchmarks or rounds"
    at_most = any(parts.items[at].text.lower() in ("at most", "at least") for at, _ in parts.role("superlative"))
    if at_most and frame.best and frame.best.measure == "count":
        return "say what is counted: 'the largest number of accelerators'"
    if frame.change in ("joined", "left", "returned") and {n for _, n, strong in parts.nouns if strong} == {"result"}:
        return "results belong to one round: ask which submitters, benchmarks or accelerators came or went"
    return ""


def _before_noun(parts: Parts) -> bool:
    """Whether 'new' or 'first-time' stands before the noun for who was new."""
    return any(
        v == "joined" and (after := parts.items[at + 1 : at + 2]) and after[0].roles.get("noun") == "organization"
        for at, v in parts.role("change")
    )


def _two_at_once(parts: Parts, frame: Frame) -> str:
    """Two questions in one: the least and the greatest, the best of an average, a number for each accelerator."""
    ends = {v.rpartition(" ")[2] for _, v in parts.role("superlative")}
    if frame.best and not frame.best.than and len(ends) > 1:
        return "that asks for the least and the greatest at once: ask for one of them"
    calculated = frame.aggregate in ("mean", "median", "sum", "range")
    summed = parts.has("aggregate", "sum") and frame.best is not None and frame.best.measure != "count"
    if frame.best and not frame.best.than and not frame.sides and (calculated or summed):
        return "averages and sums are not ranked: ask for them of each, such as 'average BERT time by submitter'"
    counted = frame.counted or "result"
    keys = [f for f in (*frame.asked, *frame.group) if f in FIELDS.values() and f != counted] or ["organization"]
    if frame.best and frame.best.measure == "count" and not frame.sides and counted == keys[0]:
        return f"say what the {counted}s are counted of"
    timed = "minutes" in frame.asked or (frame.best is not None and frame.best.measure == "minutes")
    per = any(i.text.lower() == "per" for i in parts.items)
    if "result" in frame.group or (per and timed and {*frame.group} & {"accelerator", "processor", "system"}):
        return f"the record has no number per {frame.group[0]}: it gives minutes and counts of whole results"
    counts = [at for at, v in parts.role("aggregate") if v == "count"]
    nouns = [at for at, _, _ in parts.nouns]
    if counts and frame.aggregate == "count" and any(
        parts.items[b - 1].roles.get("joiner") == "and" and b - a == 2 for a, b in pairwise(nouns)
    ):  # fmt: skip
        return "that asks for two numbers at once: ask for one of them"
    return ""


def _strong(parts: Parts) -> bool:
    return any(strong for _, _, strong in parts.nouns) or parts.has("aggregate")


def _whether_all(parts: Parts, frame: Frame) -> str:
    """Whether all, most or only some are so: for yes or no only of one that is named, and of what all is about."""
    first = parts.items[0].text.lower() if parts.items else ""
    named = {c.field for c in frame.conditions} & {"organization", "maker", "accelerator", "framework", "system"}
    if frame.best and not frame.best.than and not frame.sides and named and first in POLAR and not _strong(parts):
        return "whether a name is the best is not answered: ask which is"
    if not frame.polar:
        return ""
    only = any(c.only for c in frame.conditions)
    if only or frame.group or (parts.has("quantifier", "all") and not frame.all_of):
        return "whether all or only some are so is not answered: ask which are, or what share"
    return ""


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
            frame.change or frame.latest or (frame.baseline and change == "earlier") or item.text.lower() == "before"
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
    if not asks and len(about) < 2 and not parts.has("noun"):
        return "a name alone is no question: say what you want to know of it"
    return ""
