"""The other figures a statement gives: model sizes, shares, power, sizes of clusters."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.passage import Passage
from kg.extract.performance import benchmark_at
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Fact, Quantity

_FIGURES = (
    ({"million", "billion", "trillion"}, "", r"[\s-]+(?:\w+[\s-]+)?parameters?\b", "model parameters"),
    ({"million images/sec"}, "", "", "training throughput"),
    ({"percent"}, "", r"\s+of\s+(?:{D}|(?:closed|all)\b)", "share of submissions"),
    ({"percent"}, "", r"\s+((?:more|less|higher|lower)\s+(?:total\s+)?(?:power|energy)(?:\s+(?:consumed|consumption))?)\b", ""),
    ({"percent"}, "", r"\s+(slower)\b", ""),
    ({"W", "kW"}, r"\b(?:consum\w+|draw\w*)\b[^.;]{0,30}$", "", "power"),
    ({"count"}, "", r"\s+(?:\w+\s+)?(partners)\b", ""),
    ({"count"}, r"\b(?:cluster|environment|orchestrat\w+)\b", r"\s+(?:vms|virtual machines)\b", "VMs in the cluster environment"),
    ({"count"}, r"\bprovide\s*$", r"\s+(?:\w+\s+)?systems\b", "systems provided"),
)  # fmt: skip
"""Figures by unit, the words before and after them, and what they are; the words of a group when it is not said."""


def quantities_said(p: Passage) -> Iterator[Fact]:
    """quantity: model sizes, throughputs, utilisation, power, shares and cluster sizes."""
    seen: set[tuple[str, ...]] = set()
    for t in p.tagged:
        for at in t.all("L%N"):
            amount = t.quantity(at)
            what = _figure(t, at, amount)
            key = (str(amount.value), amount.unit, what)
            if not what or key in seen:
                continue
            seen.add(key)
            other = p.other_actor(t, at)
            unit = {
                "VMs in the cluster environment": "VMs",
                "systems provided": "systems",
                "partners": "partners",
            }.get(what, amount.unit)
            yield p.fact(
                t, "quantity", other.entity if other and other.entity else p.owner, amount.value, what=what, unit=unit, comparator=amount.comparator,
                round="earlier" if p.earlier(t, at) else None, benchmark=benchmark_at(t, at) if t.all("B") else None,
            )  # fmt: skip


def _figure(t: Tagged, at: int, amount: Quantity) -> str:
    """What a figure measures; '' when nothing tells it."""
    start = max(0, at - 70)
    left, right = t.text[start:at], t.text[at + 1 : at + 60]
    for units, before, after, what in _FIGURES:
        if amount.unit not in units:
            continue
        led, followed = pattern(before).search(left), pattern(after).match(right)
        if led and followed:
            said, place = (led, start) if led.re.groups else (followed, at + 1)
            return what or t.cased[place + said.start(1) : place + said.end(1)].strip()
    return ""
