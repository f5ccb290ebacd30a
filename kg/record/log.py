"""One log of a run: when it started and stopped, how it ended, and what it says of the submission.

A log is lines of anything, of which those with `:::MLLOG {json}` count
(https://github.com/mlcommons/logging). It is read in pieces of a few megabytes, of which only the lines
with the keys that are needed are parsed: memory does not grow with the size of a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import orjson

TOKEN = b":::MLLOG"
PIECE = 4 * 1024 * 1024
LINE = 256 * 1024
"""The longest line, in bytes, of which the beginning is kept for the next piece."""

_RUN, _ACCURACY, _SUBMISSION = b'"run_st', b'"eval_accuracy"', b'"submission_'
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_EARLIEST, _LATEST = 1.2e12, 4.1e12  # 2008 and 2099, in milliseconds since 1970


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of a file, as a sentence."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(slots=True)
class Log:
    """What a log says. Times are milliseconds since 1970, `reached` that an evaluation met the target.

    `said` has the values of `submission_org`, `submission_status` and the like, `source` the file of
    the program that logged the start of the run, `text` the log's beginning, for `kg.record.framework`.
    """

    path: str
    start: float | None = None
    stop: float | None = None
    status: str | None = None
    reached: bool = False
    said: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    words: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    @property
    def minutes(self) -> float | None:
        """run_stop − run_start in minutes; None when one of them is missing."""
        return None if self.start is None or self.stop is None else (self.stop - self.start) / 60 / 1000


def read_log(
    path: str,
    stream: IO[bytes],
    reached: Callable[[Any], bool],
    words: Callable[[bytes], frozenset[str]] | None = None,
) -> Log:
    """The log in a stream of bytes. `reached` tells whether a value of eval_accuracy meets the target.

    Start and stop are taken as `mlperf_logging.result_summarizer` 2.0.0 takes them: the last of each when
    for the first time both are known. With `words` (the frameworks that bytes name) the log is also read
    for what it says of the submission, which costs a second look at all of it.
    """
    log = Log(path)
    lines = 0
    for piece in _pieces(stream):
        if log.start is None or log.stop is None:
            for at in _hits(piece, _RUN):
                _run(log, piece, at, lines)
        if not log.reached:
            # The evaluation that meets the target is most often the last one.
            log.reached = any(
                record.get("key") == "eval_accuracy" and reached(record.get("value"))
                for at in _hits_from_end(piece, _ACCURACY)
                if (record := _record(piece, at)) is not None
            )
        if words is not None:
            log.words |= words(piece)
            for at in _hits(piece, _SUBMISSION):
                record = _record(piece, at)
                if record is not None and isinstance(record.get("key"), str):
                    log.said.setdefault(record["key"], record.get("value"))
        lines += piece.count(b"\n")
    return log


def _run(log: Log, piece: bytes, at: int, lines: int) -> None:
    """Take a run_start or run_stop into the log."""
    if piece[at + 7 : at + 11] not in (b'art"', b'op",', b'op" ', b'op":', b'op"}') or (
        log.start is not None and log.stop is not None
    ):
        return

    def problem(reason: str) -> None:
        log.problems.append(Problem(log.path, lines + piece.count(b"\n", 0, at) + 1, reason))

    record = _record(piece, at)
    if record is None:
        if TOKEN in piece[_line_start(piece, at) : at]:
            problem("the record of the run's start or stop cannot be read; it is left out")
        return
    key = record.get("key")
    if key not in ("run_start", "run_stop"):
        return
    metadata = record.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    try:
        time = float(record.get("time_ms"))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        problem(f"{key} has the time {record.get('time_ms')!r}, which is no number of milliseconds")
        return
    if not _EARLIEST <= time <= _LATEST:
        problem(f"{key} has the time {record['time_ms']}, which is not in milliseconds since 1970")
        return
    if key == "run_start":
        log.start, log.source = time, str(metadata.get("file") or "")
    else:
        log.stop, log.status = time, str(metadata.get("status") or "").strip().lower()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that end at the end of a line."""
    rest = b""
    while more := stream.read(PIECE):
        piece = rest + more if rest else more
        end = max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1
        if not end and len(piece) > LINE:
            end = len(piece) - LINE
        if end:
            yield piece[:end] if end < len(piece) else piece
        rest = piece[end:]
    if rest:
        yield rest


def _hits(piece: bytes, needle: bytes) -> Iterator[int]:
    at = piece.find(needle)
    while at >= 0:
        yield at
        at = piece.find(needle, at + 1)


def _hits_from_end(piece: bytes, needle: bytes) -> Iterator[int]:
    at = piece.rfind(needle)
    while at >= 0:
        yield at
        at = piece.rfind(needle, 0, at)


def _line_start(piece: bytes, at: int) -> int:
    return max(piece.rfind(b"\n", 0, at), piece.rfind(b"\r", 0, at)) + 1


def _record(piece: bytes, at: int) -> dict[str, Any] | None:
    """The record of the line that holds a place; None when the line has none that can be read."""
    start = piece.rfind(TOKEN, max(0, at - LINE), at)
    end = piece.find(b"\n", at)
    end = len(piece) if end < 0 else end
    text = piece[start + len(TOKEN) : end]
    if start < 0 or b"\n" in piece[start:at]:
        return None
    try:
        record = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            plain = _ESCAPES.sub("", text.partition(b"\r")[0].decode("utf-8", "replace")).strip()
            record = json.JSONDecoder().raw_decode(plain)[0]
        except (ValueError, RecursionError):
            return None
    return record if isinstance(record, dict) else None
