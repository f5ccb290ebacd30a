"""Throughputs, latencies and efficiencies: how fast a statement says inference ran."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.measured import Figure, Sure, amount_of
from kg.extract.passage import Passage
from kg.extract.performance import benchmark_at, paired
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Fact, Quantity

_UNIT = (
    r"\b(?:samples?|quer(?:y|ies)|inferences?|infs?|images?|frames?|tokens?|sentences?)\s?(?:/|per\b|a\b)\s?(?:seconds?|secs?|s)\b"
    r"(?:\s?(?:/|per\b)\s?watts?\b)?|\b(?:fps|qps|sps|ips)\b(?:\s?(?:/|per\b)\s?w(?:atts?)?\b)?"
)
_RATE = r"\+?\s*(?:(?:offline|server|{BK})\s+)*(?:" + _UNIT + ")"
RATE = re.compile(_UNIT)
"""The units of throughputs and efficiencies, in lower case."""
_RATED = 0.97
"""How often an amount with such a unit is right, on annotated documents."""
_MACHINES = r"\s*(?:servers|nodes?|systems|gpus?|chips?|accelerators?|processors?|cards?|instances?)\b"
"""What a number counts that is no result: '128 GPUs', and where it is a word, any thing: 'one ZX90 instance'."""
_SCENARIO = r"\b(?:offline|server|single\s?stream|multi\s?stream|interactive)\b|{N} ?stream\b"


def performance_results(p: Passage, sure: Sure) -> Iterator[Fact]:
    """performanceResult: samples, queries, tokens a second (and a watt), and latencies in milliseconds.

    An amount with the unit of a rate is one, another where its place is like those of annotated ones.
    """
    pairs = {number: paired(t, "L") or {} for number, t in enumerate(p.tagged) if t.all("L")}
    for figure, confidence in sure.items():
        if figure.predicate != "performanceResult":
            continue
        t, at, amount = p.tagged[figure.sentence], figure.place, amount_of(p, figure)
        spelled = not re.search(r"\d", t.sentence.view[amount.span.start : amount.span.end])
        if amount.unit == "count" and pattern(rf"{_MACHINES}|\s*{{SAPO}}" if spelled else _MACHINES).match(
            t.text, at + 1
        ):
            continue
        other = p.other_actor(t, at)
        unit, benchmark = _unit(t, at, amount), pairs.get(figure.sentence, {}).get(at) or benchmark_at(t, at)
        if not (RATE.search(unit.lower().replace("/", " per ")) or unit == "ms" or "Inference" in p.round.label):
            continue  # a result of the other suites is a time
        near = [t.span(*m.span()) for m in pattern(_SCENARIO).finditer(t.text, max(0, at - 60), at + 60)]
        scenario = p.statement.document.text[near[0].start : near[0].end].title() if len(near) == 1 else None
        fact = p.fact(
            t, "performanceResult", other.entity if other and other.entity else p.owner, amount.value, unit=unit,
            comparator=amount.comparator, benchmark=benchmark, scenario=scenario,
            round="earlier" if p.earlier(t, at) else None,
        )  # fmt: skip
        yield replace(fact, confidence=confidence)


def rated(p: Passage, figure: Figure) -> float:
    """How sure it is by its unit alone that an amount is a result; 0 where it has none of a rate."""
    t, at = p.tagged[figure.sentence], figure.place
    return _RATED if pattern(_RATE).match(t.text, at + 1) and not p.capable(t, at) else 0.0


def _unit(t: Tagged, at: int, amount: Quantity) -> str:
    """The unit of a figure: its own, else the rate that follows it or a figure after it, or stands over its column."""
    if amount.unit != "count":
        return {"milliseconds": "ms"}.get(amount.unit, amount.unit)
    over = [head for span, head in t.sentence.cells if span == amount.span]
    above = f"{' '.join(over)} {t.sentence.lead} {t.sentence.header}".lower()
    rate = RATE.search(above) if over else RATE.search(t.text, at)
    return re.sub(r"\s?(?:/|\bper\b|\ba\b)\s?", "/", rate[0]) if rate else ""
