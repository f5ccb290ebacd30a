"""Every logged event of a results repository, one at a time: memory does not grow with the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.record.files import DAMAGE, members
from kg.record.log import TOKEN, Piece, pieces, record
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
            with member.open() as stream:
                for piece in pieces(stream):
                    yield from _events(piece, member.path, parts)
    except (*DAMAGE, OSError) as error:
        raise InputError(f"{source}: cannot be read to its end ({error}); fetch it again") from error


def _events(piece: Piece, path: str, parts: list[str]) -> Iterator[Event]:
    text = piece.text
    at, counted, number = text.find(TOKEN), 0, piece.line
    while at >= 0:
        number += piece.lines(counted, at)
        counted = at
        logged = record(text, at + len(TOKEN))
        if logged is not None and isinstance(logged.get("key"), str):
            said, time = logged.get("metadata"), logged.get("time_ms")
            metadata = {k: v for k, v in said.items() if k not in ("file", "lineno")} if isinstance(said, dict) else {}
            yield Event(
                parts[0], parts[2], benchmark_key(parts[3]), path, number,
                float(time) if isinstance(time, (int, float)) and abs(time) < 1e15 else None,
                str(logged.get("event_type") or ""), logged["key"], logged.get("value"), metadata,
            )  # fmt: skip
        at = text.find(TOKEN, at + len(TOKEN))
