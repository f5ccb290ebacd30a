"""The software that was filed with results, where a question asks for it and no statement tells it."""

from __future__ import annotations

import re
from collections import defaultdict

import pyoxigraph as ox

from kg.ask.frame import Frame
from kg.ask.known import Known
from kg.ask.query import RecordQuery
from kg.ask.recorded import files_of, hits_of
from kg.ask.results import Answer, several
from kg.names.fold import fold
from kg.query import Table

_MOST = 8
"""So many different texts are told."""


def software_filed(at: Known, frame: Frame) -> Answer | None:
    """What was filed of the software of the results that a frame of statements names, by the record; None for nothing.

    Of software or a framework that is named only what was filed of it is told.
    """
    named = {fold(e.label) for c in frame.conditions if c.field in ("software", "framework") for e in c.values}
    conditions = tuple(c for c in frame.conditions if c.field not in ("software", "framework"))
    about = {c.field for c in frame.conditions}
    asks = about & {"organization", "system"} and "software" in {*about, *frame.asked}
    if not asks or any(c.negated for c in frame.conditions):
        return None
    asked = Frame(asked=("software",), conditions=conditions, defaults=("what was filed, no statement tells it",))
    found = hits_of(at, query := RecordQuery(Frame(asked=("system",), conditions=conditions), at))
    systems: dict[str, dict[str, None]] = defaultdict(dict)
    for hit in found:
        for iri, label in hit.things("system"):
            for part in _parts(at, iri, named):
                systems[part][label] = None
    told = [f"{part} ({several(len(labels), 'system')})" for part, labels in systems.items()][:_MOST]
    rows = tuple((ox.Literal(label), ox.Literal(part)) for part, labels in systems.items() for label in labels)
    if not rows:
        return None
    lines = (f"Software as filed: {'; '.join(told)}.",)
    return Answer(asked, lines, Table(("system", "software"), rows), True, files_of(found), query.text)


def _parts(at: Known, system: str, named: set[str]) -> list[str]:
    """The texts on software that were filed of a system, of several in one those that speak of what is named."""
    filed = [at.field(system, f"mlp:{name}Filed") for name in ("framework", "software")]
    texts = [text for field in filed if isinstance(field, dict) for text in field.values()]
    if not named:
        return texts
    parts = (part.strip() for t in texts for part in re.split(r"[;,]\s|\n", t))
    return [part for part in parts if any(name in fold(part) for name in named)]
