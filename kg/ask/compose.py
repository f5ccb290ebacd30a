"""A reading as one SPARQL query that can be pasted into any endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

from kg.ask.pattern import columns_of
from kg.ask.places import Value
from kg.ask.reading import Reading
from kg.model.statement import Entity
from kg.namespaces import PREFIXES
from kg.query import Parameter, bound
from kg.query import Value as Given
from kg.store import Graph

_PROLOGUE = re.compile(r"(?m)^PREFIX\s+\S+\s+<[^>]*>\s*\n|^#.*\n")


def compose(graph: Graph, reading: Reading) -> str:
    """The query of a reading, with its values bound.

    What is done with the rows stands around the canned query: a filter, the least or greatest of a
    column, a count; what has to hold for each of several values is asked once for each.
    """
    values = dict(reading.values)
    text = bound(graph, reading.name, _given(values))
    each = [(p, v) for p, v in reading.values if v.each and len(v.entities) > 1]
    if not (each or reading.filters or reading.best or reading.counted):
        return text
    columns = columns_of(reading.pattern.query)
    query, order = split(text)
    where = [_group(query)]
    for choice in product(*(range(len(v.entities)) for _, v in each)):
        if each:
            one = {p: Value((v.texts[i],), (v.entities[i],)) for (p, v), i in zip(each, choice, strict=True)}
            inner = split(bound(graph, reading.name, _given(values | one)))[0]
            shared = " ".join(f"?{c}" for c in ("organization", "round") if c in columns)
            where.append(_group(f"SELECT DISTINCT {shared}\nWHERE {{\n{_group(inner)}\n}}"))
    where += [f"FILTER(?{column} {a.sign} {format(a.value, 'f')})" for column, a in reading.filters]
    if reading.best:
        how = reading.best
        among = "".join(f"?{column} " for column in how.among)
        inner = "\n".join(where)
        most = f"SELECT {among}({how.best}(?{how.column}) AS ?best)\nWHERE {{\n{inner}\n}}"
        if among:
            most += f"\nGROUP BY {among}"
            where += [f"FILTER(BOUND(?{column}))" for column in how.among]
        where += [_group(most), f"FILTER(?{how.column} = ?best)"]
    body = "\n".join(where)
    if reading.counted:
        head = f"SELECT (COUNT(DISTINCT ?{reading.counted}) AS ?count)"
        return f"{prefixes(text)}\n{head}\nWHERE {{\n{body}\n}}\n"
    head = "SELECT " + " ".join(f"?{c}" for c in columns)
    return f"{prefixes(text)}\n{head}\nWHERE {{\n{body}\n}}\n{order}\n"


def _given(values: Mapping[Parameter, Value]) -> dict[str, Given | Sequence[Given]]:
    """Values as `kg.query.bound` takes them: a name that stands for several things goes as it is written."""
    given: dict[str, Given | Sequence[Given]] = {}
    for parameter, value in values.items():
        if value.literal:
            given[parameter.name] = value.literal
            continue
        several: list[str | Entity] = []
        for text, entities in zip(value.texts, value.entities, strict=True):
            if not value.every:
                several += [entities[0]] if len(entities) == 1 else [text]
            else:
                several += entities
        given[parameter.name] = several
    return given


def split(text: str) -> tuple[str, str]:
    """A query without its prologue and comments, and its ORDER BY on its own."""
    body = _PROLOGUE.sub("", text).strip()
    at = body.rfind("ORDER BY")
    return (body[:at].strip(), body[at:]) if at > body.rfind("}") else (body, "")


def _group(query: str) -> str:
    return "{\n" + "\n".join("  " + line for line in query.splitlines()) + "\n}"


def prefixes(text: str) -> str:
    """The PREFIX lines that a query needs."""
    used = set(re.findall(r"\b(\w+):\w", _PROLOGUE.sub("", text)))
    return "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items() if p in used)
