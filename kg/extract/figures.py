"""Figures, which are amounts and attributes: what each could say, of what, and the facts of those that are sure enough.

Each is weighed for each predicate whose object it may be, and each subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.attributes import FUNCTION, Said, said
from kg.extract.passage import Passage
from kg.extract.performance import benchmark_at, paired
from kg.extract.systems import Systems
from kg.extract.tagged import Tagged, pattern
from kg.extract.unsaid import WRONG, unsaid
from kg.model.statement import Entity, Fact, Quantity

AMOUNTS = {"performanceResult": "NL", "quantity": "NLG%XT"}
"""The predicates whose object an amount may be, with the signs of such amounts."""
ATTRIBUTES = {"systemAttribute": "S", "acceleratorAttribute": "A"}
"""The predicates whose object an attribute may be, with the signs of what may have it."""
PREDICATES = (*AMOUNTS, *ATTRIBUTES)

_SEVERAL = r"\W*(?:these|both|all|each|they)\b"
"""How a sentence begins that goes on about all systems of the one before it."""
_UNIT = (
    r"\b(?:samples?|quer(?:y|ies)|inferences?|infs?|images?|frames?|tokens?|sentences?)\s?(?:/|per\b|a\b)\s?(?:seconds?|secs?|s)\b"
    r"(?:\s?(?:/|per\b)\s?watts?\b)?|\b(?:fps|qps|sps|ips)\b(?:\s?(?:/|per\b)\s?w(?:atts?)?\b)?"
)
_RATE = r"\+?\s*(?:(?:offline|server|{BK})\s+)*(?:" + _UNIT + ")"
RATE = re.compile(_UNIT)
"""The units of throughputs and efficiencies, in lower case."""
_MACHINES = r"\s*(?:servers|nodes?|systems|gpus?|chips?|accelerators?|processors?|cards?|instances?)\b"
"""What a number counts that is no result: '128 GPUs', and where it is a word, any thing: 'one ZX90 instance'."""
_SCENARIO = r"\b(?:offline|server|single\s?stream|multi\s?stream|interactive)\b|{N} ?stream\b"
_RATED = 0.97
"""How often an amount with the unit of a rate is right, on annotated documents."""
_WORTH = 0.95
"""How often an amount or attribute that is worth saying by its words is right, on annotated documents."""
_WORTH_SAYING = (
    ({"million", "billion", "trillion"}, "", r"[\s-]+(?:\w+[\s-]+)?parameters?\b"),
    ({"percent"}, "", r"\s+of\s+(?:{D}|(?:closed|all)\b)|\s+(?:more|less|higher|lower)\s+(?:total\s+)?(?:power|energy)\b|\s+slower\b"),
    ({"W", "kW"}, r"\b(?:consum\w+|draw\w*)\b[^.;]{0,30}$", ""),
    ({"count"}, "", r"\s+(?:\w+\s+)?partners\b"),
)  # fmt: skip
"""Amounts by unit and the words before and after them that nearly always are worth saying."""
_NOUNS = rf"[\s-]*(?P<what>(?:of\s+)?(?:(?!{FUNCTION})[\w’'-]+[\s]*){{1,4}})"
_RIVAL = 0.3
"""By how much what else may have an attribute has to be surer for it to be that alone."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What the amount or attribute at a place of a sentence could be said as; of the thing at `holder`, if of one.

    `in_attribute` tells of an amount that words beside it make an attribute.
    """

    predicate: str
    tagged: Tagged
    place: int
    subject: Entity | None = None
    said: Said | None = None
    holder: int | None = None
    in_attribute: bool = False

    @property
    def amount(self) -> Quantity:
        """The amount at its place, where that is no attribute."""
        return self.tagged.quantity(self.place)


Sure = Mapping[Figure, float]
"""How sure it is that a figure says what its predicate means, in (0, 1)."""


def figures(p: Passage, found: Systems) -> Iterator[Figure]:
    """The figures of a passage, in the order of the text."""
    last: list[Entity] = []
    for t in p.tagged:
        values = list(said(t))
        given = {value.place for value in values}
        wrong = {at for at in t.all("".join(AMOUNTS.values())) if unsaid(t, at) == WRONG or p.of_another_suite(t, at)}
        for predicate, signs in AMOUNTS.items():
            for at in (a for a in t.all(signs) if a not in wrong):
                yield Figure(predicate, t, at, in_attribute=at in given)
        topic = found.topic[t] or last
        if not pattern(_SEVERAL).match(t.text):
            topic = topic[-1:]
        for value in values:
            for predicate, sign in ATTRIBUTES.items():
                holders = _holders(t, found, value, sign)
                for entity, at in holders.items():
                    yield Figure(predicate, t, value.place, entity, value, at)
                if sign == "S" and not holders:
                    for entity in topic:
                        yield Figure(predicate, t, value.place, entity, value)
        last = list({e.iri: e for at in t.all("S") if (e := found.entity(t, at))}.values()) or last


def may_rate(p: Passage, t: Tagged) -> bool:
    """Whether a mere number in a sentence may be a throughput: always in Inference, elsewhere only where a rate is told."""
    heads = (head for _, head in t.sentence.cells)
    told = " ".join((*heads, t.sentence.lead, t.sentence.header, t.text)).lower()
    return "Inference" in p.round.label or RATE.search(told) is not None


def _holders(t: Tagged, found: Systems, value: Said, sign: str) -> dict[Entity, int]:
    """What a sentence names that may have an attribute, each at the place nearest to it; not across a semicolon."""
    nearest: dict[Entity, int] = {}
    places = t.all(sign)
    beside = [a for a in places if ";" not in t.text[min(a, value.place) : max(a, value.place)]]
    for at in sorted(beside or places, key=lambda a: abs(a - value.place)):
        entity = found.entity(t, at) if sign == "S" else t.entity(at)
        if entity is not None and (value.place not in t.things or not t.is_a(value.place, "A") or at == value.place):
            nearest.setdefault(entity, at)
    return nearest


def certain(p: Passage, figure: Figure) -> float:
    """How sure it is by its unit or words alone that a figure is to be said; 0 where they tell nothing."""
    t, at = figure.tagged, figure.place
    if figure.predicate == "performanceResult":
        return _RATED if pattern(_RATE).match(t.text, at + 1) and not p.capable(t, at) else 0.0
    if figure.said:  # in a chip's name
        return _WORTH if figure.holder == at else 0.0
    unit, left, right = figure.amount.unit, t.text[max(0, at - 70) : at], t.text[at + 1 : at + 60]
    found = any(
        unit in units and pattern(before).search(left) and pattern(after).match(right)
        for units, before, after in _WORTH_SAYING
    )
    return _WORTH if found and not p.planned(t, at) else 0.0


def performance_results(p: Passage, sure: Sure) -> Iterator[Fact]:
    """performanceResult: samples, queries, tokens a second (and a watt), and latencies in milliseconds.

    An amount with the unit of a rate is one, another where its place is like those of annotated ones.
    """
    pairs = cache(lambda t: paired(t, "L") or {})
    for figure, confidence in sure.items():
        if figure.predicate != "performanceResult":
            continue
        t, at, amount = figure.tagged, figure.place, figure.amount
        spelled = not re.search(r"\d", t.sentence.view[amount.span.start : amount.span.end])
        machines = pattern(rf"{_MACHINES}|\s*{{SAPO}}" if spelled else _MACHINES)
        if amount.unit == "count" and machines.match(t.text, at + 1):
            continue
        unit, benchmark = _unit(t, at, amount), pairs(t).get(at) or benchmark_at(t, at)
        if not (RATE.search(unit.lower().replace("/", " per ")) or unit == "ms" or "Inference" in p.round.label):
            continue  # a result of the other suites is a time
        near = [t.span(*m.span()) for m in pattern(_SCENARIO).finditer(t.text, max(0, at - 60), at + 60)]
        yield p.fact(
            t, "performanceResult", p.actor(t, at), amount.value, unit=unit, comparator=amount.comparator,
            benchmark=benchmark, scenario=p.quote(near[0]).title() if len(near) == 1 else None,
            round="earlier" if p.earlier(t, at) else None, confidence=confidence,
        )  # fmt: skip


def _unit(t: Tagged, at: int, amount: Quantity) -> str:
    """The unit of a figure: its own, else the rate that follows it or a figure after it, or stands over its column."""
    if amount.unit != "count":
        return {"milliseconds": "ms"}.get(amount.unit, amount.unit)
    over = [head for span, head in t.sentence.cells if span == amount.span]
    above = f"{' '.join(over)} {t.sentence.lead} {t.sentence.header}".lower()
    rate = RATE.search(above) if over else RATE.search(t.text, at)
    return re.sub(r"\s?(?:/|\bper\b|\ba\b)\s?", "/", rate[0]) if rate else ""


def quantities_said(p: Passage, sure: Sure) -> Iterator[Fact]:
    """quantity: an amount that is no time, gain or count of another predicate, with the words that say of what."""
    for figure, confidence in sure.items():
        if figure.predicate == "quantity":
            t, at, amount = figure.tagged, figure.place, figure.amount
            counts = pattern(_NOUNS).match(t.text, at + 1)
            yield p.fact(
                t, "quantity", p.actor(t, at), amount.value, what=t.words(counts, "what").strip() if counts else "",
                unit=amount.unit if amount.unit != "count" else None, comparator=amount.comparator,
                round="earlier" if p.earlier(t, at) else None, benchmark=benchmark_at(t, at) if t.all("B") else None,
                confidence=confidence,
            )  # fmt: skip


def attributes(p: Passage, sure: Sure) -> Iterator[Fact]:
    """systemAttribute and acceleratorAttribute: memory, storage, network, power, cooling, form factor."""
    surest: dict[tuple[str, Tagged, int], float] = {}
    for f, confidence in sure.items():
        key = f.predicate, f.tagged, f.place
        surest[key] = max(confidence, surest.get(key, 0.0))
    for figure, confidence in sure.items():
        value, best = figure.said, surest[figure.predicate, figure.tagged, figure.place]
        if figure.predicate not in ATTRIBUTES or value is None or figure.subject is None or best - confidence > _RIVAL:
            continue
        t, of = figure.tagged, value.amount
        able = p.capable(t, value.place)
        yield p.fact(
            t, figure.predicate, figure.subject, value.words, attribute=value.attribute,
            attributeValue=of.value if of else value.words, unit=of.unit if of and of.unit != "count" else None,
            comparator=of.comparator if of else "", asserted=not able, capability=able or None, confidence=confidence,
        )  # fmt: skip
