"""What makes no question: a part without a place in the frame, what reads in two ways, numbers that do not compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from kg.ask.frame import FIELDS, Condition, Frame
from kg.ask.items import GRAMMAR, Item
from kg.ask.parts import ATTRIBUTES, COUNTED_BY, Parts, field_of

POLAR = frozenset(["did", "does", "do", "is", "are", "was", "were", "has", "have", "had", "any", "can"])
_THINGS = frozenset(["organization", "accelerator", "benchmark", "framework", "system", "processor"])
_CALCULATED = ("mean", "median", "sum", "range")
_BENCHMARK = "times of different benchmarks do not compare: say which benchmark"


def objection(parts: Parts, frame: Frame) -> str:
    """Why a frame is refused, in words; '' when each part of the question has its place."""
    asks = frame.conditions or frame.sides or frame.aggregate or frame.best or frame.asked or frame.predicates
    if not asks and frame.source != "claims":
        return "that is no question yet"
    if frame.source == "statements" and frame.best and "minutes" not in frame.asked:
        return "what statements say is not ranked: ask what they say, or ask the official record"
    if frame.source == "claims" and frame.best:
        return "claims are not ranked: ask what is claimed, or ask the official record who was best"
    if frame.source == "statements" and parts.has("change", "joined", "left", "returned") and not frame.predicates:
        return "statements are not told by what is new: ask what they say, or ask the official record who joined"
    if frame.source != "record":
        return ""
    checks = (_unaccounted, _unanswered, _two_ways, _two_at_once, _two_changes, _whether_all, _incomparable, _bare)
    return next((reason for check in checks if (reason := check(parts, frame))), "")


# Every word of the question shows in the frame


def _every(frame: Frame) -> Iterable[Condition]:
    than = frame.best.than if frame.best else ()
    return (*frame.conditions, *frame.part, *frame.sides, *(c for own in frame.shared for c in own), *than)


def _turns(frame: Frame) -> bool:
    return bool(frame.sides or frame.change)


def _changed(frame: Frame, value: str, item: Item) -> bool:
    told = _turns(frame) or frame.latest or item.low == "before" or (bool(frame.baseline) and value == "earlier")
    return value == "any" or told


def _denied(frame: Frame) -> bool:
    """Whether something is excluded, or only something is wanted."""
    return any(c.negated or c.only or not (c.values or c.number is not None) for c in _every(frame))


def _paired(frame: Frame) -> bool:
    """Whether two things are named that 'both' can be about."""
    return _turns(frame) or any(len(c.values) > 1 and c.joined == "and" for c in _every(frame))


_SHOWN: dict[str, Callable[[Parts, Frame, str, Item], bool]] = {
    "review": lambda parts, frame, value, item: False,
    "predicate": lambda parts, frame, value, item: _turns(frame) or value == "offersSystem",
    "compare": lambda parts, frame, value, item: _turns(frame),
    "than": lambda parts, frame, value, item: bool(frame.sides or (frame.best and frame.best.than)),
    "rank": lambda parts, frame, value, item: frame.best is not None or item.amount is not None,
    "superlative": lambda parts, frame, value, item: bool(frame.best or frame.change),
    "change": lambda parts, frame, value, item: _changed(frame, value, item),
    "negator": lambda parts, frame, value, item: frame.change != "returned" and (_denied(frame) or bool(frame.change)),
    "aggregate": lambda parts, frame, value, item: bool(frame.aggregate or parts.measures or frame.best or frame.sides),
    "group": lambda parts, frame, value, item: bool(frame.group or frame.all_of),
    "quantifier": lambda parts, frame, value, item: value != "both" or _paired(frame),
    "measure": lambda parts, frame, value, item: True,
    "cpu": lambda parts, frame, value, item: True,
    "noun": lambda parts, frame, value, item: True,
    "source": lambda parts, frame, value, item: True,
    "suite": lambda parts, frame, value, item: True,
}
"""When a word of a part shows in the frame; a word that may play several parts shows when one of them does."""
_WHY = {
    "compare": "“{}” needs two things to compare, such as two rounds, vendors or numbers of accelerators: say which",
    "aggregate": "say how many of what: results, submitters, benchmarks, accelerators",
    "group": "I do not know what “{}” is about here",
    "negator": "I do not know what “{}” is about here",
    "change": "I do not know what “{}” asks here; name the rounds",
}


def _unaccounted(parts: Parts, frame: Frame) -> str:
    """A word, name or number that the frame does not use."""
    if parts.values:
        return f"I do not know what the number {parts.values[0].normalize():f} counts here"
    if len(parts.sizes) > 1:
        return f"I do not know what the number {parts.sizes[1].normalize():f} counts here"
    if any(m in ATTRIBUTES for _, m in parts.measures):
        return "the official record does not say that of a result"
    named = {e.iri for c in _every(frame) for e in c.values}
    for item in parts.items:
        if item.entities and item.kinds() != {"Round"} and not named & {e.iri for e in item.entities}:
            return f"I do not know what “{item.text}” is about here"
        roles = [role for role in _SHOWN if role in item.roles]
        if not roles or item.roles.keys() & {*GRAMMAR, "stop"} or item.entities:
            continue
        if not any(_SHOWN[role](parts, frame, item.roles[role], item) for role in roles):
            why = _WHY.get(roles[0], "I do not know what “{}” asks of the official record")
            return why.format(item.text)
    return ""


def _unanswered(parts: Parts, frame: Frame) -> str:
    """A part that was read and that the answer would not be about."""
    positive = {c.field for c in frame.conditions if not c.negated and c.values}
    vain = [c for c in frame.conditions if c.negated and c.values and c.field in positive and frame.key == "result"]
    if vain and vain[0].field in ("round", "benchmark", "organization"):
        return (
            f"a result has one {vain[0].field}: say which benchmarks, systems or submitters “{vain[0].label}” is about"
        )
    compared = (
        frame.sides or frame.best or frame.having or frame.change or any(c.number is not None for c in _every(frame))
    )
    if parts.has("joiner", "than") and not compared:
        return "I do not know what “than” compares here: name the two"
    if parts.stray:
        return f"I do not know what “{parts.stray}” leaves out: name what it is about"
    other = frame.best or frame.sides or frame.group or frame.change or frame.part or frame.all_of
    having = frame.having
    if having and (other or (not frame.polar and frame.key in ("result", having.counted))):
        return f"I do not know what the number {having.number.normalize():f} counts here"
    about = {c.field for c in _every(frame)}
    who = [f for f in frame.asked if f in _THINGS]
    rounds = bool(frame.sides) and frame.sides[0].field == "round" and not (frame.best or frame.aggregate)
    if frame.sides and who and not about & {*who, "maker"} and (rounds or parts.has("compare", "change")):
        return f"a change is told of things that are named: say of which {who[0]}"
    measure = frame.best.measure if frame.best else ""
    used = {*about, *frame.asked, *frame.group, frame.counted, frame.all_of, frame.key, measure}
    for at, noun, _ in parts.nouns:
        counted = COUNTED_BY.get(noun) in used or (noun == "accelerator" and "maker" in about)
        known = noun not in ("accelerator", "processor", "framework") or field_of(noun) in used or counted
        if not known and frame.asked:
            return f"I do not know what “{parts.items[at].text}” asks here: name which"
    return ""


# What may be read in two ways, or is two questions


def _two_ways(parts: Parts, frame: Frame) -> str:
    """What may be read in two ways."""
    about = {c.field for c in frame.conditions}
    who = [f for f in frame.asked if f in _THINGS]
    pairs = pairwise(parts.items)
    new = any(a.roles.get("change") == "joined" and b.roles.get("noun") == "organization" for a, b in pairs)
    if frame.change == "joined" and who and about - {"round"} and new:
        return "say first who was new, then ask about them: both at once may be read in two ways"
    if who == ["organization"] and any(i.low in ("most often", "least often") for i in parts.items):
        return "say what is counted: results, benchmarks or rounds"
    at_most = any(parts.items[at].low in ("at most", "at least") for at, _ in parts.role("superlative"))
    if at_most and frame.best and frame.best.measure == "count":
        return "say what is counted: 'the largest number of accelerators'"
    if frame.change in ("joined", "left", "returned") and {n for _, n, strong in parts.nouns if strong} == {"result"}:
        return "results belong to one round: ask which submitters, benchmarks or accelerators came or went"
    return ""


def _two_at_once(parts: Parts, frame: Frame) -> str:
    """Two questions in one: the least and the greatest, the best of an average, a number for each accelerator."""
    best = frame.best if frame.best and not frame.best.than else None
    if best and len({v.rpartition(" ")[2] for _, v in parts.role("superlative")}) > 1:
        return "that asks for the least and the greatest at once: ask for one of them"
    ranks = [at for at, _ in parts.role("rank") if not parts.items[at].amount]
    if best and any(parts.joins(at - 1) for at in ranks) and parts.has("superlative"):
        return "that asks for two places at once: ask for one of them"
    summed = parts.has("aggregate", "sum") and best is not None and best.measure != "count"
    if best and not frame.sides and (frame.aggregate in _CALCULATED or summed):
        return "averages and sums are not ranked: ask for them of each, such as 'average BERT time by submitter'"
    counted = frame.counted or "result"
    keys = [f for f in (*frame.asked, *frame.group) if f in FIELDS.values() and f != counted] or ["organization"]
    if best and best.measure == "count" and not frame.sides and counted == keys[0]:
        return f"say what the {counted}s are counted of"
    if best and best.measure != "count" and frame.aggregate == "count" and not (frame.sides or frame.polar):
        return "that asks for a count and for the best at once: ask for one of them"
    timed = "minutes" in frame.asked or (best is not None and best.measure == "minutes")
    per = any(i.low == "per" for i in parts.items)
    if "minutes" in frame.asked and frame.aggregate == "values":
        return "that asks for two numbers at once: ask for the accelerators, or for the minutes"
    sized = [at for at, v in parts.role("superlative") if v.startswith("acceleratorCount")]
    if any(parts.after(at)[1].roles.get("noun") in ("organization", "benchmark", "framework") for at in sized):
        return "the record gives sizes of systems alone: ask for the largest system, or who had the most results"
    if "result" in frame.group or (per and timed and {*frame.group} & {"accelerator", "processor", "system"}):
        return f"the record has no number per {frame.group[0]}: it gives minutes and counts of whole results"
    joined = [b - a == 2 and parts.joins(b - 1) for a, b in pairwise(at for at, _, _ in parts.nouns)]
    if frame.aggregate == "count" and parts.has("aggregate", "count") and any(joined):
        return "that asks for two numbers at once: ask for one of them"
    return ""


def _two_changes(parts: Parts, frame: Frame) -> str:
    """Who came and who went, or the first and the last round, at once."""
    turns = {v for _, v in parts.role("change")}
    two = len(turns & {"joined", "left", "returned"}) > 1 or {"first", "last"} <= turns
    return "that asks for two changes at once: ask for one of them" if two and frame.change else ""


def _whether_all(parts: Parts, frame: Frame) -> str:
    """Whether all, most or only some are so: for yes or no only of one that is named, and of what all is about."""
    first = parts.items[0].low if parts.items else ""
    named = {c.field for c in frame.conditions} & {"organization", "maker", "accelerator", "framework", "system"}
    strong = any(strong for _, _, strong in parts.nouns) or parts.has("aggregate")
    if frame.best and not frame.best.than and not frame.sides and named and first in POLAR and not strong:
        return "whether a name is the best is not answered: ask which is"
    only = any(c.only for c in frame.conditions)
    if frame.polar and (only or frame.group or (parts.has("quantifier", "all") and not frame.all_of)):
        return "whether all or only some are so is not answered: ask which are, or what share"
    return ""


def _incomparable(parts: Parts, frame: Frame) -> str:
    """Times of different benchmarks, and calculations without a number."""
    best, calculated = frame.best, frame.aggregate in ("mean", "median", "range")
    timed = best is not None and best.measure == "minutes"
    about = {c.field for c in (*frame.conditions, *frame.sides)}
    named = "benchmark" in about or "benchmark" in frame.group
    if named:
        return ""
    if "minutes" in frame.asked and not (timed or frame.aggregate):
        return "times are those of a benchmark: say which one"
    compared = frame.sides and frame.aggregate != "count" and (best is None or timed)
    alone = timed and not about - {"round", "division", "availability"} and not frame.counted
    if compared or alone or (calculated and frame.counted == "minutes" and frame.conditions):
        return _BENCHMARK
    if calculated and frame.asked and frame.counted not in frame.asked and not parts.measures:
        return f"a {frame.aggregate} needs a number, such as minutes or accelerators"
    return f"say of which results the {frame.aggregate} is wanted" if calculated and not frame.conditions else ""


def _bare(parts: Parts, frame: Frame) -> str:
    """A name, or a class of things, and nothing that is asked of it; or who somebody is who is named."""
    done = frame.polar or frame.best or frame.aggregate or frame.group or frame.change or frame.sides or frame.having
    mine = [c for c in frame.conditions if c.field == frame.key]
    same = frame.key in ("organization", "round") and [len(c.values) for c in mine] == [1] and not mine[0].negated
    if same and not done and len(frame.asked) == 1 and not frame.latest:
        return f"that asks which {frame.key} {mine[0].values[0].label} is: say what you want to know of it"
    about = {c.field for c in (*frame.conditions, *frame.sides)}
    asks = frame.asked or frame.best or frame.sides or frame.aggregate or frame.polar or frame.change
    if not asks and len(about) < 2 and not parts.has("noun"):
        return "a name alone is no question: say what you want to know of it"
    return ""
