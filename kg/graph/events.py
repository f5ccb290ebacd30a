"""Logged events in RDF: name and value as schema.org has them, time as PROV-O, place as Dublin Core.

    <RESULT/events/LOG/LINE> a schema:PropertyValue ; dct:isPartOf <RESULT> ; schema:propertyID "eval_accuracy"
        ; schema:value 0.759 ; prov:generatedAtTime "2022-05-05T…Z"^^xsd:dateTime ; dct:type "POINT_IN_TIME"
        ; dct:source "Dell/results/…/result_0.txt" ; schema:position 812 ; schema:text "{\\"epoch_num\\":4}" .

The lines are written as text: a round has some ten million, and no store has to hold them.
"""

from __future__ import annotations

import datetime
import math
from typing import Any

import orjson

from kg.namespaces import PREFIXES, RDF_TYPE, XSD
from kg.rdf.terms import quoted
from kg.record.events import Event

_SCHEMA, _DCT = PREFIXES["schema"], PREFIXES["dct"]
_TYPED = f"<{RDF_TYPE}> <{_SCHEMA}PropertyValue>"
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def event_lines(event: Event, result: str, graph: str) -> str:
    """The N-Quads of an event of a result (an IRI), in a named graph."""
    name = event.log.rpartition("/")[2].removesuffix(".txt")
    me, end = f"<{result}/events/{name}/{event.line}>", f" <{graph}> .\n"
    lines = [
        f"{me} {_TYPED}{end}",
        f"{me} <{_DCT}isPartOf> <{result}>{end}",
        f"{me} <{_SCHEMA}propertyID> {quoted(event.key)}{end}",
        f"{me} <{_DCT}source> {quoted(event.log)}{end}",
        f'{me} <{_SCHEMA}position> "{event.line}"^^<{XSD}integer>{end}',
    ]
    if event.kind:
        lines.append(f"{me} <{_DCT}type> {quoted(event.kind)}{end}")
    if event.time is not None and 0 <= event.time < 2.5e14:
        moment = (_EPOCH + datetime.timedelta(milliseconds=event.time)).isoformat().replace("+00:00", "Z")
        lines.append(f'{me} <{PREFIXES["prov"]}generatedAtTime> "{moment}"^^<{XSD}dateTime>{end}')
    if event.value is not None:
        lines.append(f"{me} <{_SCHEMA}value> {_value(event.value)}{end}")
    if event.metadata:
        lines.append(f"{me} <{_SCHEMA}text> {quoted(json_text(event.metadata))}{end}")
    return "".join(lines)


def json_text(value: Any) -> str:
    """A value as compact JSON."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, float):
        number = (
            repr(value) if math.isfinite(value) else "NaN" if math.isnan(value) else f"{value:+}".upper().lstrip("+")
        )
        return f'"{number}"^^<{XSD}double>'
    return quoted(value if isinstance(value, str) else json_text(value))
