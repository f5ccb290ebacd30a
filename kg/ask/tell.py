"""How a question was read, in one sentence."""

from __future__ import annotations

import re

from kg.ask.places import Value
from kg.ask.question import Question
from kg.ask.reading import Reading
from kg.query import Parameter

_BEST = {"MIN": "least", "MAX": "greatest"}
_SIGNS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "=": "exactly"}


def sentence(question: Question, reading: Reading) -> str:
    """One sentence that says which query was asked with which values, and what was done with its rows."""
    said = [f"{p.name} {_value(p, v)}" for p, v in reading.values]
    said += [f"{column} {_SIGNS[a.sign]} {format(a.value, 'f')}" for column, a in reading.filters]
    if reading.best:
        among = f" for each {', '.join(reading.best.among)}" if reading.best.among else ""
        said.append(f"only the {_BEST[reading.best.best]} {reading.best.column}{among}")
    if reading.counted:
        said.append(f"the different {reading.counted}s counted")
    summary = re.split(r"[:;]", reading.pattern.query.summary)[0]
    told = f"{summary} ({reading.name}): {', '.join(said) or 'all of it'}"
    if question.slips:
        told += "; reading " + ", ".join(f"“{wrong}” as {right}" for wrong, right in question.slips)
    return told + "."


def _value(parameter: Parameter, value: Value) -> str:
    if value.literal:
        return value.literal
    if value.every:
        return value.every
    joined = " and " if value.each else " or "
    return joined.join(" or ".join(dict.fromkeys(e.label for e in found)) for found in value.entities)
