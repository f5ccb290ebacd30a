"""Frames about accelerators themselves: what the vocabulary says of their memory, power, form and maker."""

from __future__ import annotations

import pyoxigraph as ox

from kg.ask.frame import Frame
from kg.ask.known import Known
from kg.ask.results import Outcome
from kg.ask.words import load_words
from kg.query import Table

_UNITS = {"memoryGB": "GB", "powerWatts": "W"}


def attributes_query(frame: Frame, known: Known, attribute: str) -> str:
    """What the vocabulary says of accelerators, or of the members of their families."""
    found = [i for c in frame.conditions for i in known.meant(c)]
    terms = " ".join(str(ox.NamedNode(i)) for i in dict.fromkeys(found))
    return (
        "PREFIX mlp: <https://w3id.org/mlperf-kg/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        f"SELECT DISTINCT ?thing ?thingLabel ?value ?valueLabel\nWHERE {{\n  VALUES ?thing {{ {terms} }}\n"
        f"  ?thing mlp:{attribute} ?value .\n  OPTIONAL {{ ?thing rdfs:label ?thingLabel }}\n"
        "  OPTIONAL { ?value rdfs:label ?valueLabel }\n}\nORDER BY ?value ?thingLabel\n"
    )


def told(attribute: str, frame: Frame, rows: list[dict[str, object]]) -> Outcome:
    """The values, each with the accelerators that have it."""
    values: dict[str, list[str]] = {}
    for row in rows:
        value, label = row["valueLabel"] or row["value"], row["thingLabel"] or row["thing"]
        values.setdefault(getattr(value, "value", ""), []).append(getattr(label, "value", ""))
    unit = _UNITS.get(attribute, "")
    name = load_words().labels.get(attribute, attribute)
    said = "; ".join(
        f"{value} {unit}".strip() + f" ({', '.join(dict.fromkeys(things))})" for value, things in values.items()
    )
    table = tuple((r["thing"], r["thingLabel"], r["value"], r["valueLabel"]) for r in rows)
    return Outcome(
        [f"{name[0].upper()}{name[1:]}: {said}."],
        Table(("accelerator", "acceleratorLabel", "value", "valueLabel"), table),
    )
