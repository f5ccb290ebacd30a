"""What makes no question: a part without a place in the frame, what reads in two ways, numbers that do not compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.ask.frame import CALCULATED, FIELDS, JOINT, Condition, Frame
from kg.ask.items import GRAMMAR, whose_chips
from kg.ask.parts import ATTRIBUTES, Parts
from kg.ask.words import AUXILIARY, COUNTED_BY

POLAR = AUXILIARY | {"any", "can"}
_THINGS = frozenset(["organization", "accelerator", "benchmark", "framework", "system", "processor"])
_TURNS = ("joined", "left", "returned")
_FREE = GRAMMAR | {"stop", "measure", "cpu", "noun", "source", "suite"}
"""Roles of words that need not show in a frame, or always do."""
_SHOWN = ("review", "predicate", "compare", "than", "rank", "superlative", "change", "negator", "aggregate", "group",
          "quantifier")  # fmt: skip
"""Roles of words that have to show in a frame."""
_WHY = {
    "compare": "“{}” needs two things to compare, such as two rounds, vendors or numbers of accelerators: say which",
    "aggregate": "say how many of what: results, submitters, benchmarks, accelerators",
    "group": "I do not know what “{}” is about here",
    "negator": "I do not know what “{}” is about here",
    "change": "I do not know what “{}” asks here; name the rounds",
}


def objection(parts: Parts, frame: Frame) -> str:
    """Why a frame is refused, in words; '' when each part of the question has its place."""
    record = (_unaccounted, _unanswered, _unasked, _two_ways, _two_askings, _two_at_once, _two_numbers)
    checks = (*record, _incomparable, _bare) if frame.source == "record" else (_stated,)
    return next((reason for check in checks for reason in check(parts, frame)), "")


def _stated(parts: Parts, frame: Frame) -> Iterator[str]:
    """What statements cannot be asked."""
    if frame.source == "statements" and not (frame.conditions or frame.asked or frame.predicates):
        yield "that is no question yet"
    if any(c.negated and c.field == "organization" for c in frame.conditions) and parts.skip_at >= 0:
        yield "statements are not asked for those who do not say something"
    if frame.source == "statements" and any(m in ATTRIBUTES for _, m in parts.measures):
        yield "no fact of a statement says that"
    if frame.best or (parts.has("change", *_TURNS) and not frame.predicates):
        yield "what statements say is not ranked, or told by what is new: ask what they say, or ask the official record"


# Every word of the question shows in the frame, and every part of the frame in the answer


def _shown(parts: Parts, frame: Frame) -> dict[str, bool]:
    """Whether the words of a role show in a frame."""
    told = frame.best or frame.part or frame.aggregate
    over = bool(told) and "round" in frame.group  # 'how did it change over the rounds'
    turns, stated = bool(frame.sides or frame.change or over), list(frame.every())
    denied = any(c.negated or c.only or not (c.values or c.number is not None) for c in stated)
    placed = frame.best and not parts.has("change", *_TURNS) and any(c.field == "round" for c in frame.conditions)
    listed = {parts.after(at)[1].roles.get("noun", "") for at, _ in parts.role("group")}
    turns = turns or (frame.best is not None and frame.best.measure == "gap")
    beaten = bool(frame.sides or (frame.best and (frame.best.than or frame.best.measure == "gap")))
    beaten = beaten or bool(parts.winners or parts.outdone)
    return {
        "predicate": turns or Condition(JOINT) in stated, "compare": turns or frame.aggregate == "range", "than": beaten,
        "rank": frame.best is not None, "superlative": bool(frame.best or frame.change or frame.aggregate == "range"),
        "change": turns or frame.latest or bool(frame.baseline or placed),
        "negator": frame.change != "returned" and (denied or frame.denied or bool(frame.change)),
        "aggregate": bool(frame.aggregate or parts.measures or frame.best or frame.sides),
        "group": bool((frame.part and frame.polar) or frame.group or frame.all_of or frame.sides or listed & {*frame.asked}),
        "quantifier": turns or bool(frame.each or frame.part) or any(len(c.values) > 1 and c.joined == "and" for c in stated),
    }  # fmt: skip


def _unaccounted(parts: Parts, frame: Frame) -> Iterator[str]:
    """A word, name or number that the frame does not use."""
    for modal, who in pairwise(parts.items):
        if who.entities and (modal.low in ("should", "would") or (modal.low == "can" and parts.items[0].low == "when")):
            yield f"the record has what was done, not what {who.text} {modal.low} do"
    for number in (*parts.values, *parts.sizes[1:]):
        yield f"I do not know what the number {number.normalize():f} counts here"
    if any(m in ATTRIBUTES for _, m in parts.measures):
        yield "the official record does not say that of a result"
    shown = _shown(parts, frame)
    named = {e.iri for c in (*frame.every(), *parts.winners) for e in c.values}
    labels = {e.label for c in frame.conditions for e in c.values}
    for at, item in enumerate(parts.items):
        used = bool(named & {e.iri for e in item.entities}) or whose_chips(parts.items, at + 1)
        narrowed = (f"{e.label} " for e in item.entities)  # 'the B300, the SXM ones'
        used = used or any(label.startswith(whole) for whole in narrowed for label in labels)
        if item.entities and item.kinds() != {"Round"} and not used:
            yield f"I do not know what “{item.text}” is about here"
        if item.roles.keys() == {"number"} and item.roles["number"] != "1" and at and parts.joins(at - 1):
            yield f"I do not know what the number {item.roles['number']} counts here"  # 'on one node, two and four'
        if item.roles.keys() == {"before"}:  # 'nearly all of them'
            yield f"I do not know what “{item.text}” is about here"
        roles = () if item.entities or item.amount or item.roles.keys() & _FREE else _SHOWN
        said = [(role, item.roles[role]) for role in roles if role in item.roles]
        free = any(v in ("any", "offersSystem") or (r == "quantifier" and v not in ("both", "common")) for r, v in said)
        if said and not free and not any(shown.get(role) for role, _ in said):
            yield _WHY.get(said[0][0], "I do not know what “{}” asks of the official record").format(item.text)


def _unanswered(parts: Parts, frame: Frame) -> Iterator[str]:
    """A part that was read and that the answer would not be about."""
    rounds = [c for c in frame.conditions if c.field == "round" and c.values]
    if frame.key == "result" and len({c.negated for c in rounds}) > 1:
        yield "a result has one round: say which benchmarks, systems or submitters are new, or gone"
    if parts.has("joiner", "than") and not (
        frame.sides or frame.best or frame.having or frame.change or frame.aggregate == "range"
    ):
        yield "I do not know what “than” compares here: name the two"
    if frame.all_of and frame.key == "result":
        yield f"a result has one {frame.all_of}: say which submitters or systems have every one"
    other = frame.best or frame.sides or frame.group or frame.change or frame.part or frame.all_of
    if frame.having and (other or (not frame.polar and frame.key in ("result", frame.having.counted))):
        yield f"I do not know what the number {frame.having.number.normalize():f} counts here"


def _unasked(parts: Parts, frame: Frame) -> Iterator[str]:
    """What is asked for, and would not be told: a change of what is not named, a noun, a number beside a count."""
    about = {c.field for c in frame.every()}
    who = [f for f in frame.asked if f in _THINGS]
    rounds = frame.against == "round" and not (frame.best or frame.aggregate)
    ranked = frame.best is not None and frame.best.measure == "improvement"
    if ranked and [c.field for c in frame.compared] != ["round", "round"]:
        yield "say between which two rounds times are compared"
    changes = frame.sides and (rounds or parts.has("compare", "change"))
    if changes and who and frame.aggregate != "count" and not (ranked or about & {*who, "accelerator"}):
        yield f"a change is told of things that are named: say of which {who[0]}"
    used = {*about, *frame.asked, *frame.group, frame.counted, frame.all_of, frame.best.measure if frame.best else ""}
    filed = "system" in about and not (frame.best or frame.aggregate or frame.sides or frame.group)  # all of it is told
    for at, noun, strong in parts.nouns:
        kind = noun in ("accelerator", "processor", "framework") and frame.asked and not filed
        named = noun in FIELDS.values() and strong and not (frame.change or frame.having)
        if (kind or named) and not used & {noun, COUNTED_BY.get(noun)}:
            yield f"I do not know what “{parts.items[at].text}” asks here: name which"
    measures = {m for _, m in parts.measures} & {*frame.asked} - {frame.counted}
    if frame.aggregate == "count" and measures and not (frame.sides or frame.best):
        yield "that asks for two numbers at once: ask for one of them"


# What may be read in two ways, or is two questions


def _two_ways(parts: Parts, frame: Frame) -> Iterator[str]:
    """What may be read in two ways."""
    about, strong = {c.field for c in frame.conditions}, {n for _, n, strong in parts.nouns if strong}
    beside = [(a.roles.get("change"), b.roles.get("noun")) for a, b in pairwise(parts.items)]
    if (
        frame.change == "joined"
        and ("joined", "organization") in beside
        and _THINGS & {*frame.asked}
        and about - {"round"}
    ):
        yield "say first who was new, then ask about them: both at once may be read in two ways"
    low = {parts.items[at].low for at, _ in parts.role("superlative")}
    if low & {"most often", "least often"} and "organization" in frame.asked and "round" not in about:
        yield "say what is counted: results, benchmarks or rounds"
    if low & {"at most", "at least"} and frame.best and frame.best.measure == "count":
        yield "say what is counted: 'the largest number of accelerators'"
    if parts.has("quantifier", "common") and frame.key == "result" and not frame.each:
        yield "say what they may have in common: benchmarks, accelerators, frameworks"
    if frame.change in _TURNS and strong == {"result"}:
        yield "results belong to one round: ask which submitters, benchmarks or accelerators came or went"
    turns = {v for _, v in parts.role("change")}
    if frame.change and (len(turns & {*_TURNS}) > 1 or {"first", "last"} <= turns):
        yield "that asks for two changes at once: ask for one of them"
    some = {"benchmark", "round", "organization"} & {*parts.every()} - {frame.all_of}
    every = (some or (parts.has("quantifier", "all") and not frame.all_of)) and not frame.part
    if frame.polar and (every or any(c.only for c in frame.conditions)):
        yield "whether all or only some are so is not answered: ask which are, or what share"


def _two_askings(parts: Parts, frame: Frame) -> Iterator[str]:
    """Two who are asked for, each with a condition on the same field: 'who used A and who used B'; a tag before a question."""
    asking = [at for at, _, strong in parts.nouns if strong and parts.items[at].low in ("who", "which")]
    for at in (at for at in asking[1:] if parts.joins(at - 1) and not frame.best):
        fields = [{p.condition.field for p in parts.placed if (p.start > at) == later} - {"round"} for later in (0, 1)]
        if fields[0] & fields[1]:
            yield "that asks two things at once: ask for one of them"
    if parts.has("tag") and not frame.polar:
        yield "that asks two things at once: ask for one of them"


def _two_at_once(parts: Parts, frame: Frame) -> Iterator[str]:
    """Two questions in one: of the least and the greatest, of the best of an average."""
    best = frame.best
    if best is None or best.than or best.margin or best.measure in ("improvement", "wins", "gap", "place"):
        return
    if len({v.rpartition(" ")[2] for _, v in parts.role("superlative")}) > 1:
        yield "that asks for the least and the greatest at once: ask for one of them"
    ranks = [at for at, _ in parts.role("rank") if not parts.items[at].amount]
    if any(parts.joins(at - 1) for at in ranks) and parts.has("superlative"):
        yield "that asks for two places at once: ask for one of them"
    if frame.sides:
        if best.measure == "count" and parts.has("compare", "change"):
            yield "a change of counts is told of what is named: say whose"
        if best.rank > 1:
            yield "that asks for a place and compares two at once: ask for one of them"
        return
    benchmarks = [{e.label for e in c.values} for c in frame.conditions if c.field == "benchmark"]
    units = {i.amount.unit for i in parts.items if i.amount}
    mine = best.count > 1 and not frame.group and [len(b) for b in benchmarks] == [1] and "organization" not in units
    calculated = frame.aggregate in CALCULATED and not mine  # but 'the average of the three fastest BERT times'
    if calculated or (parts.has("aggregate", "sum") and best.measure != "count" and not frame.aggregate):
        yield "averages and sums are not ranked: ask for them of each, such as 'average BERT time by submitter'"
    if best.measure != "count" and frame.aggregate in ("count", "share"):
        yield "that asks for a count and for the best at once: ask for one of them"
    over = frame.group == ("round",)  # 'has BERT become faster'
    if frame.polar and not (frame.named or over) and all(c.number is None for c in frame.conditions):
        yield "say who or what may be the best"


def _two_numbers(parts: Parts, frame: Frame) -> Iterator[str]:
    """Two numbers at once, and numbers of what has none."""
    if len({v for _, v in parts.role("aggregate") if v in CALCULATED}) > 1:
        yield "that asks for two calculations at once: ask for one of them"
    owned = any(i.roles.get("noun") in COUNTED_BY for i in parts.items[parts.whose + 1 : parts.whose + 3])
    if parts.whose >= 0 and (frame.aggregate == "values" or (owned and frame.aggregate == "count")):
        yield "that asks whose they are and how many at once: ask for one of them"
    if "minutes" in frame.asked and frame.aggregate == "values":
        yield "that asks for two numbers at once: ask for the accelerators, or for the minutes"
    sized = [at for at, v in parts.role("superlative") if v.startswith("acceleratorCount")]
    if any(parts.after(at)[1].roles.get("noun") in ("organization", "benchmark", "framework") for at in sized):
        yield "the record gives sizes of systems alone: ask for the largest system, or who had the most results"
    per = any(i.low == "per" for i in parts.items) and ("minutes" in frame.asked or frame.best is not None)
    if "result" in frame.group or (per and {*frame.group} & {"accelerator", "processor", "system"}):
        yield f"the record has no number per {frame.group[0]}: it gives minutes and counts of whole results"
    counts = [at for at, v in parts.role("aggregate") if v == "count"]
    nouns = {parts.after(at)[1].roles.get("noun", "") for at in counts} - {""}
    several = len(nouns) > 1 or not (frame.group or frame.sides or frame.best)
    if len(counts) > 1 and frame.aggregate == "count" and several:
        yield "that asks for two numbers at once: ask for one of them"
    joined = [b - a == 2 and parts.joins(b - 1) for a, b in pairwise(at for at, _, _ in parts.nouns)]
    if counts and any(joined):
        yield "that asks for two numbers at once: ask for one of them"


def _incomparable(parts: Parts, frame: Frame) -> Iterator[str]:
    """Times of different benchmarks, and calculations without a number."""
    best, calculated = frame.best, frame.aggregate in ("mean", "median", "range")
    timed = best is not None and best.measure in ("minutes", "gap", "place")
    about = {c.field for c in (*frame.conditions, *frame.compared)}
    if "benchmark" in {*about, *frame.group}:
        return
    if best and frame.sides and frame.key == "benchmark":
        return
    told = timed or {"organization", "round"} <= about or ("benchmark" in frame.asked and not best)
    told = told or (best is not None and best.measure == "improvement")
    if "minutes" in frame.asked and not (told or frame.aggregate or parts.has("noun", "result")):
        yield "times are those of a benchmark: say which one"
    compared = frame.sides and frame.aggregate != "count" and (best is None or timed)
    of_round = "round" in about and frame.against not in ("", "round")
    each = of_round or frame.against == "accelerator" or (frame.against == "organization" and not frame.polar)
    alone = timed and not about - {"round", "division", "availability"} and not frame.counted
    if (compared and not each) or alone or (calculated and frame.counted == "minutes" and frame.conditions):
        yield "times of different benchmarks do not compare: say which benchmark"
    if frame.sides and not frame.aggregate and frame.counted.endswith("Count"):
        yield "say on which benchmark they are compared"
    if calculated and not frame.conditions:
        yield f"say of which results the {frame.aggregate} is wanted"


def _bare(parts: Parts, frame: Frame) -> Iterator[str]:
    """A name, or a class of things, and nothing that is asked of it; or who somebody is who is named."""
    done = frame.polar or frame.best or frame.aggregate or frame.group or frame.change or frame.sides or frame.having
    mine = [c for c in frame.conditions if c.field == frame.key]
    same = frame.key in ("organization", "round") and [len(c.values) for c in mine] == [1] and not mine[0].negated
    if same and not done and Condition(JOINT) not in frame.conditions and len(frame.asked) == 1 and not frame.latest:
        yield f"that asks which {frame.key} {mine[0].values[0].label} is: say what you want to know of it"
    whose = bool(frame.conditions) and {c.field for c in frame.conditions} == {"organization"}
    did = any("verb" in i.roles and " " not in i.low for i in parts.items)  # 'what did Dell submit?', not '… run on'
    submitted = whose and did and any(i.low == "what" for i in parts.items)
    if not (done or frame.asked or submitted or parts.has("noun")) and len({c.field for c in frame.conditions}) < 2:
        told = "a name alone is no question: say what you want to know of it"
        yield told if frame.conditions else "that is no question yet"
