"""The logged events of a results repository, as a stream of N-Quads or a Parquet file.

In RDF, name and value are as schema.org has them, time as PROV-O, place as Dublin Core:

    <RESULT/events/LOG/LINE> a schema:PropertyValue ; dct:isPartOf <RESULT> ; schema:propertyID "eval_accuracy"
        ; schema:value 0.759 ; prov:generatedAtTime "2022-05-05T…Z"^^xsd:dateTime ; dct:type "POINT_IN_TIME"
        ; dct:source "Dell/results/…/result_0.txt" ; schema:position 812 ; schema:text "{\\"epoch_num\\":4}" .

The lines are written as text: a round has some ten million, and no store has to hold them.
"""

from __future__ import annotations

import datetime
import math
import sys
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import orjson

from kg.errors import InputError, UnknownFormat, needed
from kg.files import replacing
from kg.graph.record import record_iri
from kg.names.vocabulary import load_vocabulary
from kg.namespaces import PREFIXES, RDF_TYPE, XSD, iri, last
from kg.rdf.terms import quoted
from kg.record.events import Event, read_events
from kg.record.link import ResultLinker
from kg.record.repository import identify, round_label

FORMATS = ("nquads", "parquet")
_BATCH = 20_000
_SCHEMA, _DCT = PREFIXES["schema"], PREFIXES["dct"]
_TYPED = f"<{RDF_TYPE}> <{_SCHEMA}PropertyValue>"
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_COLUMNS = (
    "round", "submitter", "system", "benchmark", "log", "line", "time_ms", "type", "key", "number", "value", "metadata",
)  # fmt: skip


def write_events(
    source: Path,
    format: str,
    file: Path | None = None,
    *,
    mlperf_round: str | None = None,
    progress: Callable[[str], None] = lambda path: None,
) -> int:
    """Write every event as 'nquads' or 'parquet' to a file, or N-Quads to standard output; their number.

    A file is written beside the old one and takes its place when it is whole. Raises UnknownFormat for another,
    InputError for a source without events and Parquet without a file, OutputError for a file that cannot be written.
    """
    if format not in FORMATS:
        raise UnknownFormat(format, "events", FORMATS)
    if format == "parquet" and file is None:
        raise InputError("Parquet is no text; name a file with --output")
    label = round_label(source, mlperf_round, identify(source)[0])
    events = read_events(source, progress)
    first = next(events, None)
    if first is None:
        raise InputError(f"{source}: holds no SUBMITTER/results/SYSTEM/BENCHMARK/result_*.txt with events")
    events = chain([first], events)
    if file is None:
        return _write_quads(events, label, sys.stdout.buffer)
    write = _write_parquet if format == "parquet" else _write_quads
    with replacing(file) as out:
        return write(events, label, out)


def _write_quads(events: Iterator[Event], label: str, out: IO[bytes]) -> int:
    linker = ResultLinker(load_vocabulary())
    round_ = linker.round(label)
    graph = record_iri(round_) + "/events"
    results: dict[tuple[str, str, str], str] = {}
    written = 0
    for event in events:
        place = event.submitter, event.system, event.benchmark
        if place not in results:
            named = linker.place(label, event.submitter, event.system)
            results[place] = iri("result", last(round_.iri), *named, event.benchmark)
        out.write(event_lines(event, results[place], graph).encode())
        written += 1
    return written


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
        lines.append(f"{me} <{_SCHEMA}text> {quoted(_json(event.metadata))}{end}")
    return "".join(lines)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, float):
        number = repr(value) if math.isfinite(value) else "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
        return f'"{number}"^^<{XSD}double>'
    return quoted(value if isinstance(value, str) else _json(value))


def _write_parquet(events: Iterator[Event], label: str, out: IO[bytes]) -> int:
    pyarrow, parquet = (needed(module, "parquet", "Parquet") for module in ("pyarrow", "pyarrow.parquet"))
    kinds = {"line": pyarrow.int64(), "time_ms": pyarrow.float64(), "number": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in _COLUMNS])
    written = 0
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := [_row(event, label) for event in islice(events, _BATCH)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            written += len(rows)
    return written


def _row(event: Event, label: str) -> dict[str, object]:
    number = event.value if isinstance(event.value, (int, float)) and not isinstance(event.value, bool) else None
    values = (
        label, event.submitter, event.system, event.benchmark, event.log, event.line, event.time, event.kind, event.key,
        None if number is None else float(number),
        event.value if isinstance(event.value, str) else _json(event.value),
        _json(event.metadata) if event.metadata else None,
    )  # fmt: skip
    return dict(zip(_COLUMNS, values, strict=True))
