"""Facts of figures and attributes that are sure enough: other quantities, and what systems and chips are like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.attributes import FUNCTION
from kg.extract.measured import ATTRIBUTES, Figure, Sure, amount_of
from kg.extract.passage import Passage
from kg.extract.performance import benchmark_at
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Fact


def quantities_said(p: Passage, sure: Sure) -> Iterator[Fact]:
    """quantity: an amount that is no time, gain or count of another predicate, with the words that say of what."""
    for figure, confidence in sure.items():
        if figure.predicate != "quantity":
            continue
        t, at, amount = p.tagged[figure.sentence], figure.place, amount_of(p, figure)
        other = p.other_actor(t, at)
        fact = p.fact(
            t, "quantity", other.entity if other and other.entity else p.owner, amount.value, what=_what(t, at),
            unit=amount.unit if amount.unit != "count" else None, comparator=amount.comparator,
            round="earlier" if p.earlier(t, at) else None, benchmark=benchmark_at(t, at) if t.all("B") else None,
        )  # fmt: skip
        yield replace(fact, confidence=confidence)


_WORTH = 0.95
"""How often such an amount or attribute is right, on annotated documents."""
_FIGURES = (
    ({"million", "billion", "trillion"}, "", r"[\s-]+(?:\w+[\s-]+)?parameters?\b"),
    ({"percent"}, "", r"\s+of\s+(?:{D}|(?:closed|all)\b)|\s+(?:more|less|higher|lower)\s+(?:total\s+)?(?:power|energy)\b|\s+slower\b"),
    ({"W", "kW"}, r"\b(?:consum\w+|draw\w*)\b[^.;]{0,30}$", ""),
    ({"count"}, "", r"\s+(?:\w+\s+)?partners\b"),
)  # fmt: skip
"""Amounts by unit and the words before and after them that nearly always are worth saying."""


def worth_saying(p: Passage, figure: Figure) -> float:
    """How sure it is by its words alone that an amount, or an attribute in a chip's name, is to be said; 0 where they tell nothing."""
    t, at = p.tagged[figure.sentence], figure.place
    if figure.said:
        return _WORTH if figure.holder == at else 0.0
    amount, left, right = amount_of(p, figure), t.text[max(0, at - 70) : at], t.text[at + 1 : at + 60]
    found = any(
        amount.unit in units and pattern(before).search(left) and pattern(after).match(right)
        for units, before, after in _FIGURES
    )
    return _WORTH if found and not p.planned(t, at) else 0.0


_NOUNS = rf"[\s-]*(?P<what>(?:of\s+)?(?:(?!{FUNCTION})[\w’'-]+[\s]*){{1,4}})"


def _what(t: Tagged, at: int) -> str:
    """The words after an amount that say what it counts, or '' when none follow."""
    found = pattern(_NOUNS).match(t.text, at + 1)
    return t.words(found, "what").strip() if found else ""


_RIVAL = 0.3
"""By how much what else may have an attribute has to be surer for it to be that alone."""


def attributes(p: Passage, sure: Sure) -> Iterator[Fact]:
    """systemAttribute and acceleratorAttribute: memory, storage, network, power, cooling, form factor."""
    surest: dict[tuple[str, int, int], float] = {}
    for f, confidence in sure.items():
        key = f.predicate, f.sentence, f.place
        surest[key] = max(confidence, surest.get(key, 0.0))
    for figure, confidence in sure.items():
        said, best = figure.said, surest[figure.predicate, figure.sentence, figure.place]
        if figure.predicate not in ATTRIBUTES or said is None or figure.subject is None or best - confidence > _RIVAL:
            continue
        t, of = p.tagged[figure.sentence], said.amount
        able = p.capable(t, said.place)
        fact = p.fact(
            t, figure.predicate, figure.subject, said.words, attribute=said.attribute,
            attributeValue=of.value if of else said.words, unit=of.unit if of and of.unit != "count" else None,
            comparator=of.comparator if of else "", asserted=not able, capability=True if able else None,
        )  # fmt: skip
        yield replace(fact, confidence=confidence)
