"""Times to train in tables: which cells hold them, of what, in which unit, and of which round.

What a figure is may stand in its cell, over it, in the first cell of its row, or in the sentence above the table; so may
its benchmark, which a cell above may hold on as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.grid import VACANT
from kg.extract.passage import Passage
from kg.extract.tagged import Tagged
from kg.model.statement import Entity, Fact
from kg.names.rounds import find_round


def table_times(p: Passage) -> Iterator[Fact]:
    """timeToTrain of the cells of tables."""
    for t in p.tagged:
        chip = next((t.entity(a) for a in t.all("A")), None)
        row = next(iter(t.entities("r")), None) if not t.all("R") else None
        for at, head, unit in timed(p, t):
            benchmark = benchmark_of(p, t, at)
            if benchmark is None or _OF_OTHERS.search(head):
                continue
            other = p.other_actor(t, at)
            amount = t.quantity(at)
            round_ = _round_over(p, head) or row or _round_over(p, t.sentence.above) or p.round
            yield p.fact(
                t, "timeToTrain", p.actor(t, at), amount.value, unit=unit, benchmark=benchmark,
                comparator=amount.comparator, accelerator=chip, acceleratorCount=_chips(t, head), round=round_,
                whose=other.entity if other else p.owner,
            )  # fmt: skip


_OF_OTHERS = re.compile(r"(?i)\b(?:rivals?|competitors?|competition|other (?:vendors?|submitters?|companies))\b")
"""What stands over the times of others, who are not named."""
_CHIPS = r"(?:gpu|accelerator|chip|card|[thin]pu)s?"
_CHIPS_OVER = re.compile(
    rf"(?i)(?:(?:number|no|count|total|of)\W+|#\s?)*{_CHIPS}(?:\W+(?:count|number|total|used))*\W*"
)
"""What stands over numbers of accelerators."""
_SO_MANY_OVER = re.compile(rf"(?i)(\d[\d,]*)(?:\s?[x×]|\b)\W?(?:[\w-]+\s){{0,3}}?{_CHIPS}\b")


def _chips(t: Tagged, head: str) -> Decimal | None:
    """How many accelerators the figure of a cell is of: as its column says, or another cell of its row."""
    if over := _SO_MANY_OVER.match(head):
        return Decimal(over[1].replace(",", ""))
    counts = [t.quantity(at).value for at in t.all("N") if in_cell(t, at) and _CHIPS_OVER.fullmatch(t.over(at))]
    return counts[0] if len(counts) == 1 else None


def in_cell(t: Tagged, at: int) -> bool:
    """Whether an amount is all that stands in a cell of a table."""
    span, view = t.quantity(at).span, t.sentence.view
    beside = (view[c.start : span.start] + view[span.end : c.end] for c, _ in t.sentence.cells[1:] if c.overlaps(span))
    return any(not re.search(r"\w", words) for words in beside)


def benchmark_of(p: Passage, t: Tagged, at: int) -> Entity | None:
    """The benchmark of a cell: that over it, the only one of its row, or the one that holds on from above or is the title."""
    if over := p.over.get(t.over(at)):
        return over
    named = set(t.entities("BK"))
    if not named:
        return p.over.get(t.sentence.above) or p.over.get(t.sentence.over)
    return named.pop() if len(named) == 1 else None


_UNITS = r"(?:min(?:ute)?s?|sec(?:ond)?s?|h(?:ou)?rs?)"
_TIMED = re.compile(rf"(?i)\b(?:{_UNITS}|times?)\b")
_OF_ANOTHER = re.compile(
    r"(?i)\b(?:sav|epoch|step|iteration|sample|per\b|evaluat|compil|set-?up|start-?up|init|download|reduc|improv|gain|change|diff(?!us)|delta\b"
    r"|faster|slower|speed-?up|overhead|reference|baseline|goal|limit|target (?:time|minute)|estimat|expect|project|planned|simulat|latency)"
    r"|^target\b|[Δ±]"
)
"""What makes a time over a cell, or before it, no time to train."""
_OF_ALL = re.compile(r"(?i)\W*(?:totals?|sum|average|mean|median|overall|all)\b")
"""How a row begins that is about all the others."""
_UNIT_OVER = re.compile(rf"(?i)\b{_UNITS}\b|(?<=[(\[/,] )[smh]\b|(?<=[(\[/,])[smh]\b")
_SIGN_ALONE = re.compile(r"\s[(\[][smh][)\]]$")
"""What stands for a unit behind a benchmark: 'BERT (s)'."""
_BRACKETED = re.compile(r"\([^()]{1,8}\)$")
_VERSION = re.compile(r"(?<![\w.])v?\d{1,2}\.\d(?![\w.])")


def timed(p: Passage, t: Tagged) -> list[tuple[int, str, str]]:
    """The amounts of a row that are times to train, each with the words over it and its unit."""
    s = t.sentence
    label = s.view[: s.cells[0][0].end] if s.cells else ""
    if not s.cells or _OF_ANOTHER.search(label) or _OF_ALL.match(label):
        return []
    found = []
    for at in t.all("NT"):
        head = t.over(at)
        if t.quantity(at).value > 0 and t.quantity(at).low is None and in_cell(t, at) and not _OF_ANOTHER.search(head):
            unit = t.quantity(at).unit if t.is_a(at, "T") else _unit(p, t, head, label)
            found += [(at, head, unit)] if unit else []
    return found


def _unit(p: Passage, t: Tagged, head: str, label: str) -> str:
    """The unit of a number in a cell, if it is a time: by its column, its row, or what is said of all that are as it is."""
    s = t.sentence
    of_benchmark = t.all("BK") or head in p.over
    measured = _BRACKETED.search(head) and not _UNIT_OVER.search(head)
    for words in (head,) if measured else (head, label):
        if is_timed(words) or (of_benchmark and _SIGN_ALONE.search(words)):
            return _unit_over(words if _UNIT_OVER.search(words) else _units_beside(t))
    corner = f"{s.cells[0][1]} {s.lead}"
    across = t.all("BK") and re.search(r"\d", head)
    if across and is_timed(corner) and not any(is_timed(words) for _, words in s.cells[1:]):
        return _unit_over(corner)
    of_column = head in p.over or _VERSION.search(head)
    of_all = s.header if _VERSION.search(head) else f"{s.header} {s.lead}"
    known = any(t.things[at] for at in t.all("SAPOMRrD") if t.mention(at).span.end <= len(label)) or t.all("BK")
    return _unit_over(of_all) if of_column and known and is_timed(of_all) else ""


def _units_beside(t: Tagged) -> str:
    """The cells of a row that are units."""
    words = (t.sentence.view[c.start : c.end].strip() for c, _ in t.sentence.cells)
    return " ".join(filter(_UNIT_OVER.fullmatch, words))


def of_another(words: str) -> bool:
    """Whether words over a time, or before it, make it the time of something else."""
    return _OF_ANOTHER.search(words) is not None


def is_timed(words: str) -> bool:
    """Whether words over a cell, or before it, say that it holds a time to train."""
    return _TIMED.search(words) is not None and _OF_ANOTHER.search(words) is None


def _round_over(p: Passage, head: str) -> Entity | str | None:
    """The round of the statement's suite whose version stands in the head of a column; an earlier one that it speaks of."""
    version = _VERSION.search(head)
    label = find_round(f"{p.round.label.rpartition(' ')[0]} {version[0]}") if version else ""
    named = p.vocabulary.round_labelled(label) if label else None
    return named or ("previous" if re.search(r"(?i)\b(?:previous|prior|last|earlier)\b", head) else None)


def of_earlier_rounds(p: Passage, t: Tagged) -> bool:
    """Whether a row has figures in the columns of other rounds alone, though its table has one of this round."""
    view = t.sentence.view
    told = [head for c, head in t.sentence.cells if not VACANT.fullmatch(view[c.start : c.end].strip())]
    rounds = {getattr(_round_over(p, head), "iri", "") for head in told} - {""}
    here = (_round_over(p, version[0]) for version in _VERSION.finditer(t.sentence.header))
    return bool(rounds) and p.round.iri not in rounds and any(one == p.round for one in here)


def _unit_over(head: str) -> str:
    """The unit in the head of a column; of times without one it is that of the rounds, minutes."""
    found = _UNIT_OVER.search(head)
    return {"m": "minutes", "s": "seconds", "h": "hours"}[found[0][0].lower()] if found else "minutes"
