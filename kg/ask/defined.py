"""What a name stands for, where a question only asks that: by the vocabulary, with how much the record has of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ask.frame import FIELDS, Condition, Frame
from kg.ask.items import GRAMMAR, Item
from kg.ask.known import Known
from kg.ask.query import RecordQuery
from kg.ask.results import Answer, several
from kg.errors import NotUnderstood
from kg.names.entities import noun
from kg.query import bound, run

_ASKING = frozenset(["what", "who"])
_MEANS = frozenset(
    ["meaning", "mean", "means", "understood", "stand", "stands", "definition", "defined", "define", "explain"]
)
MANY = 3
"""So many names or tasks of a thing are told."""
_TOLD = {
    "taskName": ("task: {}", ", "), "broader": ("one of {}", ", "), "developedBy": ("made by {}", ", "),
    "memoryGB": ("{} GB of memory", ", "), "powerWatts": ("{} W", ", "), "usedInRound": ("in {}", " "),
    "altLabel": ("also called {}", ", "),
}  # fmt: skip
"""What the vocabulary says of a thing, in the order of telling."""


def defined(at: Known, items: Sequence[Item]) -> Answer:
    """What the vocabulary says of the one thing that 'what is …' or 'who is …' names. Raises NotUnderstood for others."""
    lows = {i.low for i in items}
    asked = _MEANS & lows or (bool(items) and items[0].low in _ASKING and {"is", "are"} & lows)
    items = [i for i in items if i.low not in _MEANS]
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
