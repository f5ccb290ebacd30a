"""Questions that can be read only in part: what is left aside, and how sure it is that the answer holds without it.

Readings of a refused question leave out what has no part in it, and where that is no question yet, one more word,
or a sentence or clause. Names and numbers are never left out, nor alone a word that leaves out or ranks. How sure a
reading is was learned from questions with known answers (`training/partly.py`): from what kinds of words are left
out, and from what is asked.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import accumulate
from math import exp, fsum

from kg.ask.context import QUESTION, asks, split
from kg.ask.frame import Frame
from kg.ask.items import Item, numbered
from kg.ask.known import Known
from kg.ask.reading import read
from kg.ask.words import ASIDE, RESTRICTS, meanings
from kg.errors import NotUnderstood
from kg.resources import folder

_CHOOSES = frozenset(["stop", "negator", "superlative", "rank", "quantifier", "than"])
"""Parts of words that are never left out alone."""
_HOLDING = frozenset(["with", "on", "using", "via", "without"])
"""Words that make what follows them a condition."""
_DONE = ("best", "aggregate", "group", "sides", "change", "having", "polar", "part", "named", "words", "predicates",
         "all_of", "latest", "inference")  # fmt: skip
"""Parts of a frame beside conditions and what is asked."""


class Reading:
    """A question without some of its items: `left` are their places, `items` the others, `frame` how these are read."""

    def __init__(self, whole: Sequence[Item], kind: str, left: frozenset[int], known: Known) -> None:
        """Raises NotUnderstood where what is left is no question."""
        self.whole, self.kind, self.left = whole, kind, left
        self.items = numbered(item for n, item in enumerate(whole) if n not in left)
        self.frame: Frame = read(self.items, known.rounds)

    @property
    def text(self) -> str:
        """The words that are left out, those that stand side by side together."""
        said = [("" if n in self.left else "\0") or item.text for n, item in enumerate(self.whole)]
        runs = " ".join(said).split("\0")
        return ", ".join(f"“{run}”" for run in (r.strip(" ,.:;?!–—-") for r in runs) if run)


def readings(items: Sequence[Item], known: Known) -> Iterator[Reading]:
    """The readings of a question without what has no part in it; without more, where that alone is no question."""
    unknown = frozenset(n for n, item in enumerate(items) if not item.known)
    tried: set[frozenset[int]] = set()
    for kind, left in [("unknown", unknown), *_more(items, unknown)]:
        if not left or left in tried or _needed(items, left) or _denied(items, left):
            continue
        tried.add(left)
        with suppress(NotUnderstood):
            reading = Reading(items, kind, left, known)
            whole = reading.frame.polar or not reading.text  # yes or no is told of a whole question
            if reading.frame.source == "record" and not whole:
                yield reading
            if kind == "unknown":
                return


def _more(items: Sequence[Item], unknown: frozenset[int]) -> Iterator[tuple[str, frozenset[int]]]:
    """What else may be left out: a word, a sentence or clause, all others, all before or after it."""
    for n, item in enumerate(items):
        if not item.roles.keys() & _CHOOSES or item.low.endswith("behind"):  # 'who is behind it'
            yield "word", unknown | {n}
    for kind in ("sentence", "clause"):
        sizes = [len(part) for part in split(items, commas=kind == "clause")]
        places = [range(end - size, end) for size, end in zip(sizes, accumulate(sizes), strict=True)]
        for place in places if len(places) > 1 else ():
            yield f"a {kind}", unknown.union(place)
            yield f"all but a {kind}", unknown.union(range(place.start), range(place.stop, len(items)))
        for place in places[2:]:
            yield f"before a {kind}", unknown.union(range(place.start))
            yield f"from a {kind}", unknown.union(range(place.start, len(items)))


def _needed(items: Sequence[Item], left: frozenset[int]) -> bool:
    """Whether what is left out is a part of the question without which it asks something else."""
    asking = {n for n, item in enumerate(items) if re.split("[ ']", item.low)[0] in QUESTION}
    places = {n for n, item in enumerate(items) if item.roles.keys() & {"superlative", "rank"}}
    held = [n for n in left if n and not items[n].known]
    return (
        any(items[n].entities or items[n].amount for n in left)
        or (bool(asking & left) and not asking - left)
        or any("group" in items[n - 1].roles or items[n - 1].low in _HOLDING for n in held)  # 'per euro', 'on Melt'
        or (any("group" in items[n].roles for n in left) and bool(places - left))  # 'most accelerators per node'
        or (bool(places & left) and bool(places - left))  # 'gold, silver and bronze'
    )


def _denied(items: Sequence[Item], left: frozenset[int]) -> bool:
    """Whether a word that is left out stands after a negator that is not, which would deny something else."""
    denies = [n for n, i in enumerate(items) if "negator" in i.roles and n not in left]
    return any(next((m in left for m in range(n + 1, len(items)) if not _idle(items[m])), False) for n in denies)


def _idle(item: Item) -> bool:
    return item.roles.keys() <= {"filler"} and item.known


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads((folder("queries") / "partly.json").read_bytes())
    return weights


def probability(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """How sure it is that an answer is one to the whole question, in (0, 1): a logistic regression of its features.

    >>> round(probability({"bias": -1.0, "unknown": -0.5, "with best": 1.0}, {"unknown": 2.0, "with best": 1.0}), 3)
    0.269
    """
    return 1 / (1 + exp(-weights["bias"] - fsum(weights.get(name, 0.0) * value for name, value in found.items())))


def features(reading: Reading) -> dict[str, float]:
    """What speaks for a reading, or against it: kinds of words left out, in and beside the question, and what is asked."""
    items, left, frame = reading.whole, reading.left, reading.frame
    sentences = [n for n, part in enumerate(split(items)) for _ in part]
    asking = {n for n, part in enumerate(split(items)) if asks(part)}
    found: Counter[str] = Counter({f"left out: {reading.kind}": 1})
    for n in range(len(items)):
        item, where = items[n], "in" if sentences[n] in asking else "beside"
        if not item.known:
            meaning = meanings().get(item.low, 0)
            found.update({"unknown": 1, f"{where}: {_sort(items, n)}": 1, f"{where}: meaning": meaning})
            found[f"{where}: after a preposition"] += any("preposition" in i.roles for i in items[max(0, n - 1) : n])
            ends = all(i.roles.keys() & {"stop", "joiner"} for i in items[n + 1 : n + 2])
            found["in a unit"] += ends and any(i.low == "in" for i in items[max(0, n - 1) : n])  # 'in kW', 'in dollars'
            found[f"{where}: before a thing"] += any(i.entities or "noun" in i.roles for i in items[n + 1 : n + 2])
            found[f"{where}: least"] = min(found[f"{where}: least"], meaning)
        elif n in left:
            found.update(["known", *(f"{where}: {role}" for role in item.roles or ("no part",))])
            found["a word for asking"] += item.low in QUESTION
        if n in left:
            before = items[n - 1].low.partition(" ")[0] if n and n - 1 not in left else ""
            found["after a word for asking"] += before in QUESTION  # 'which flavour', 'how much per hour'
    found["nothing asks"] = not any(sentences[n] in asking for n in range(len(items)) if n not in left)
    found["nothing asked"] = not asking
    found.update([f"of {frame.source}", *(f"with {name}" for name in _DONE if getattr(frame, name))])
    found.update(f"asks {name}" for name in frame.asked)
    found.update(f"where {field}" for field in {c.field for c in frame.conditions})
    found["conditions"], found["asked"] = min(len(frame.conditions), 5), min(len(frame.asked), 3)
    return {name: float(number) for name, number in found.items() if number}


def _sort(items: Sequence[Item], at: int) -> str:
    """What kind of word an unknown one is: like a name, rare, or by how much it chooses."""
    text, begins = items[at].text, at == 0 or "stop" in items[at - 1].roles
    if any(c.isdigit() for c in text) or any(c.isupper() for c in text[begins:]):
        return "name"
    meaning = meanings().get(items[at].low)
    if meaning is None:
        return "rare"
    levels = (("restricts", RESTRICTS), ("may restrict", -1), ("open", ASIDE - 1))
    return next((name for name, most in levels if meaning <= most), "aside")


def without_some(items: Sequence[Item], known: Known) -> Iterable[tuple[float, Reading]]:
    """The readings of a question in part, the surest first."""
    found = [(probability(_weights(), features(reading)), reading) for reading in readings(items, known)]
    return sorted(found, key=lambda pair: -pair[0])
