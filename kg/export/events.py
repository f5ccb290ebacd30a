"""The logged events of a results repository, as a stream of N-Quads or a Parquet file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

from kg.errors import InputError, MissingExtra, UnknownFormat
from kg.files import replacing
from kg.graph.events import event_lines, json_text
from kg.graph.record import record_iri
from kg.model.record import last
from kg.names.vocabulary import load_vocabulary
from kg.namespaces import iri
from kg.record import identify
from kg.record.events import Event, read_events
from kg.record.link import ResultLinker
from kg.record.results import round_label

FORMATS = ("nquads", "parquet")
_BATCH = 20_000
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


def _write_parquet(events: Iterator[Event], label: str, out: IO[bytes]) -> int:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("parquet", "Parquet") from error
    kinds = {"line": pyarrow.int64(), "time_ms": pyarrow.float64(), "number": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in _COLUMNS])
    written = 0
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := [_row(event, label) for event in islice(events, _BATCH)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            written += len(rows)
    return written


def _row(event: Event, label: str) -> dict[str, object]:
    number = event.value if isinstance(event.value, (int, float)) and not isinstance(event.value, bool) else None
    values = (
        label, event.submitter, event.system, event.benchmark, event.log, event.line, event.time, event.kind, event.key,
        None if number is None else float(number),
        event.value if isinstance(event.value, str) else json_text(event.value),
        json_text(event.metadata) if event.metadata else None,
    )  # fmt: skip
    return dict(zip(_COLUMNS, values, strict=True))
