"""Every logged event of a results repository, one at a time: memory does not grow with the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.record.files import DAMAGE, members
from kg.record.log import TOKEN, _pieces, _record
from kg.record.score import benchmark_key


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a run.

    `log` is the path of its file from the submitter's folder on and `line` its line, from 1; `time` is
    milliseconds since 1970, None where the log gives none; `kind` is 'POINT_IN_TIME', 'INTERVAL_START' or
    'INTERVAL_END'. `value` is what JSON gives; `metadata` lacks the program's file and line.
    """

    submitter: str
    system: str
    benchmark: str
    log: str
    line: int
    time: float | None
    kind: str
    key: str
    value: Any
    metadata: dict[str, Any]


def read_events(source: Path, progress: Callable[[str], None] = lambda path: None) -> Iterator[Event]:
    """The events of a checkout or an archive, in the order of its files; lines that cannot be read are left out.

    Raises InputError for a source that is none, or is damaged.
    """
    try:
        for member in members(source):
            parts = member.parts
            if member.odd or len(parts) != 5 or parts[1] != "results" or not parts[4].startswith("result_"):
                continue
            progress(member.path)
            lines = 0
            with member.open() as stream:
                for piece in _pieces(stream):
                    yield from _events(piece, member.path, parts, lines)
                    lines += piece.count(b"\n")
    except (*DAMAGE, OSError) as error:
        raise InputError(f"{source}: cannot be read to its end ({error}); fetch it again") from error


def _events(piece: bytes, path: str, parts: list[str], lines: int) -> Iterator[Event]:
    at, counted, number = piece.find(TOKEN), 0, lines + 1
    while at >= 0:
        number += piece.count(b"\n", counted, at)
        counted = at
        record = _record(piece, at + len(TOKEN))
        if record is not None and isinstance(record.get("key"), str):
            said, time = record.get("metadata"), record.get("time_ms")
            metadata = {k: v for k, v in said.items() if k not in ("file", "lineno")} if isinstance(said, dict) else {}
            yield Event(
                parts[0], parts[2], benchmark_key(parts[3]), path, number,
                float(time) if isinstance(time, (int, float)) and abs(time) < 1e15 else None,
                str(record.get("event_type") or ""), record["key"], record.get("value"), metadata,
            )  # fmt: skip
        at = piece.find(TOKEN, at + len(TOKEN))
