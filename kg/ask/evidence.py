"""Questions answered by evidence: what a name stands for, the claims that state figures, the statement that has words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from kg.ask.frame import FIELDS, Condition, Frame
from kg.ask.items import GRAMMAR, Item
from kg.ask.known import Known
from kg.ask.query import RecordQuery
from kg.ask.quotes import in_own_words, stem, stems, tells
from kg.ask.results import Answer, several
from kg.ask.statements import numbers_in, stated
from kg.errors import NotUnderstood
from kg.names.entities import noun
from kg.query import Table, bound, run

_ASKING = frozenset(["what", "who"])
_MEANS = frozenset(
    ["meaning", "mean", "means", "understood", "stand", "stands", "definition", "defined", "define", "explain"]
)
_ABOUT = frozenset(["about", "what about", "everything"])
MANY = 3
"""So many names or tasks of a thing are told."""
_TOLD = {
    "taskName": ("task: {}", ", "), "broader": ("one of {}", ", "), "developedBy": ("made by {}", ", "),
    "memoryGB": ("{} GB of memory", ", "), "powerWatts": ("{} W", ", "), "usedInRound": ("in {}", " "),
    "altLabel": ("also called {}", ", "),
}  # fmt: skip
"""What the vocabulary says of a thing, in the order of telling."""


def claimed(at: Known, items: Sequence[Item]) -> Answer:
    """The claims of whom or what a question names that state its figures, other words aside. Raises NotUnderstood.

    Whole numbers are figures of a claim where the question says that something is claimed, or asks whether it is so.
    """
    rounds = {Decimal(e.label.split(" v")[1]) for e in at.rounds}
    figures = sorted({n for i in items if i.amount for n in numbers_in(i.text)} - rounds)
    named = [
        Condition(k.lower(), tuple(e for i in items for e in i.entities if e.kind == k))
        for k in ("Organization", "Benchmark")
        if any(k in i.kinds() for i in items)
    ]
    exact = any(f != int(f) for f in figures) or any(i.amount and i.amount.unit == "%" for i in items)
    told = exact or tells(items) or any("review" in i.roles for i in items)
    if not (told and figures and named and named[0].field == "organization"):
        raise NotUnderstood("")
    found = [stated(Frame("claims", (), tuple(named)), at, [figure]) for figure in figures]
    for figure, answer in zip(figures, found, strict=True):
        if answer.empty or any(figure not in numbers_in(row["claimLabel"] or "") for row in answer.table):
            raise NotUnderstood("")
    return replace(
        found[0],
        lines=tuple(dict.fromkeys(line for answer in found for line in answer.lines)),
        table=reduce(Table.joined, (answer.table for answer in found)),
        listed=any(answer.listed for answer in found),
        evidence=reduce(Table.joined, (answer.evidence for answer in found)),
    )


def words_of_named(at: Known, items: Sequence[Item]) -> Answer:
    """The words of the statement of whom a question names, where it has the words that are unknown. Raises NotUnderstood."""
    untold = any(not i.known or i.low in ("where", "why") or "System" in i.kinds() for i in items)
    if not (untold and any("Organization" in i.kinds() for i in items)):
        raise NotUnderstood("")
    answer = in_own_words(at, items, whole=True)
    held = stems(" ".join(answer.lines))
    compound = (b.low for a, b in pairwise(items) if not a.known and b.roles.keys() & {"noun", "measure"})
    if any(stem(word) not in held for words in compound for word in words.split()):
        raise NotUnderstood("")  # 'batch size' is not told by 'batch'
    return answer


def defined(at: Known, items: Sequence[Item]) -> Answer:
    """What the vocabulary says of the one thing that 'what is …' or 'tell me about …' names. Raises NotUnderstood for others."""
    lows = {i.low for i in items}
    asked = (_MEANS | _ABOUT) & lows or (bool(items) and items[0].low in _ASKING and {"is", "are"} & lows)
    items = [i for i in items if i.low not in _MEANS | _ABOUT]
    rest = [i for i in items if i.entities or not i.known or i.roles.keys() - GRAMMAR - {"stop", "context", "noun"}]
    entities = {e.label: e for i in rest if i.kinds() & FIELDS.keys() for e in i.entities}
    if not asked or len(rest) != 1 or len(entities) != 1:
        raise NotUnderstood("")
    entity = next(iter(entities.values()))
    table = run(at.graph, "entity", {"entity": entity})
    said: dict[str, list[str]] = {}
    for row in table:
        name = re.split("[:#/]", row["property"] or "")[-1]
        said.setdefault(name, []).append(row["valueLabel"] or row["value"] or "")
    used = [e.label for e in at.rounds if e.label in said.get("usedInRound", ()) and " Inference " not in e.label]
    said["usedInRound"] = [used[0], "to", used[-1].rpartition(" ")[2]] if len(used) > 1 else used
    told = [text.format(glue.join(said[name][:MANY])) for name, (text, glue) in _TOLD.items() if said.get(name)]
    condition = Condition(FIELDS[entity.kind], (entity,))
    found = at.number(RecordQuery(Frame(conditions=(condition,)), at).counting)
    lines = (
        f"{'; '.join([f'{entity.label}: {noun(entity.kind)}', *told])}.",
        *said.get("definition", ()),
        *([f"The official record has {several(found, 'result')} of it in the loaded rounds."] if found else []),
    )
    frame, sparql = Frame("vocabulary", ("definition",), (condition,)), bound(at.graph, "entity", {"entity": entity})
    return Answer(frame, lines, table, sparql=sparql)
