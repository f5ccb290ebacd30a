"""Throughputs, latencies and efficiencies: how fast a statement says inference ran."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.extract.passage import Passage
from kg.extract.performance import benchmark_at
from kg.extract.tagged import Tagged
from kg.model.statement import Fact

_UNIT = (
    r"(?:samples?|quer(?:y|ies)|inferences?|infs?|images?|frames?|tokens?|sentences?)\s?(?:/|per\b|a\b)\s?(?:seconds?|secs?|s)\b"
    r"(?:\s?(?:/|per\b)\s?watts?\b)?|(?:fps|qps|sps|ips)\b"
)
_RATE = (
    r"(?:(?P<n>{N})|(?<![\w.,])(?P<d>\d+(?:,\d{3})*(?:\.\d+)?)(?P<k>[km]?))(?P<more>\+?)\s*(?:(?:offline|server|{BK})\s+)*"
    rf"(?P<unit>{_UNIT})"
)
_LATENCY = r"\blatenc|\binference times?\b|\bsingle\s?stream|\bmulti\s?stream|{BK}"
_TIMES = {"k": 1000, "m": 1_000_000, "": 1}
_SCENARIO = re.compile(r"\b(offline|server|single\s?stream|multi\s?stream|interactive)\b")


class _Said(NamedTuple):
    """A figure at a place of the signs' text."""

    place: int
    value: Decimal
    unit: str
    comparator: str = ""


def performance_results(p: Passage) -> Iterator[Fact]:
    """performanceResult: samples, queries, tokens a second (and a watt), and latencies in milliseconds."""
    seen: set[tuple[str, ...]] = set()
    for t in p.tagged:
        for said in (*_rates(t), *_latencies(t)):
            benchmark = benchmark_at(t, said.place)
            key = (str(said.value), said.unit, benchmark.iri if benchmark else "")
            if key in seen or p.capable(t, said.place):
                continue
            seen.add(key)
            other = p.other_actor(t, said.place)
            near = list(_SCENARIO.finditer(t.text, max(0, said.place - 60), said.place + 60))
            scenario = min(near, key=lambda m: abs(m.start() - said.place))[1].title() if len(near) == 1 else None
            yield p.fact(
                t, "performanceResult", other.entity if other and other.entity else p.owner, said.value, unit=said.unit,
                comparator=said.comparator, benchmark=benchmark, scenario=scenario,
                round="earlier" if p.earlier(t, said.place) else None,
            )  # fmt: skip


def _rates(t: Tagged) -> Iterator[_Said]:
    for match in t.matches(_RATE):
        unit = re.sub(r"\s?(?:/|\bper\b|\ba\b)\s?", "/", t.words(match, "unit"))
        if match["n"]:
            amount = t.quantity(match.start("n"))
            yield _Said(match.start("n"), amount.value, unit, amount.comparator)
        else:
            value = Decimal(match["d"].replace(",", "")) * _TIMES[match["k"]]
            yield _Said(match.start("d"), value, unit, ">" if match["more"] else "")


def _latencies(t: Tagged) -> Iterator[_Said]:
    for at in t.all("L") if t.has(_LATENCY) else ():
        amount = t.quantity(at)
        if amount.unit == "milliseconds":
            yield _Said(at, amount.value, "ms", amount.comparator)
