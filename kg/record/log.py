"""One log of a run: when it started and stopped, how it ended, and what it says of the submission.

A log is lines of anything, of which those with `:::MLLOG {json}` count
(https://github.com/mlcommons/logging). It is read in pieces of a few megabytes, of which only the lines
with the keys that are needed are parsed: memory does not grow with the size of a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import orjson
from ahocorasick_rs import BytesAhoCorasick

from kg.record.score import Rule

TOKEN = b":::MLLOG"
PIECE = 4 * 1024 * 1024
LINE = 256 * 1024
"""The longest line, in bytes, of which the beginning is kept for the next piece."""

MAX_PROBLEMS = 20
"""How many problems of one file are kept."""

_TOKEN, _RUN = BytesAhoCorasick([TOKEN + b" "]), BytesAhoCorasick([b'"run_st'])  # ten times bytes.find
_INIT = re.compile(
    rb':::MLLOG {"namespace": "", "time_ms": (\d++), "event_type": "INTERVAL_START", "key": "init_start"'
)
_BRACE = ord("}")
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
_LATEST = 4.1e12  # the year 2099, in milliseconds since 1970


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
    """What a log says. Times are milliseconds, `reached` that an evaluation met the target.

    `init_start` is the first and `init_stop` the last before the run; `damaged` is the line of the first
    record that is cut off, `missing` the required records that were not seen. `said` has the values of
    `submission_org`, `submission_status` and the like, `source` the file of the program that logged the
    start of the run, `words` the frameworks that the log shows at work.
    """

    path: str
    init_start: float | None = None
    init_stop: float | None = None
    start: float | None = None
    stop: float | None = None
    status: str | None = None
    reached: bool = False
    damaged: int | None = None
    missing: set[str] = field(default_factory=set)
    said: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    words: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    @property
    def minutes(self) -> float | None:
        """run_stop − run_start in minutes; None when one of them is missing."""
        return None if self.start is None or self.stop is None else (self.stop - self.start) / 60 / 1000

    def failure(self, closed: bool, limit: float) -> str:
        """Why the run does not count; '' when it does. `limit` is that of initialization, in minutes."""
        if self.start is None:
            return "no run_start"
        if self.stop is None:
            return "no run_stop, the run did not come to its end"
        if self.damaged is not None:
            return f"has a damaged record in line {self.damaged}"
        if self.stop < self.start:
            return "run_stop before run_start"
        if self.status != "success":
            return f"ended with the status {self.status or 'none'}"
        if self.init_start is None or self.init_stop is None:
            return f"no {'init_start' if self.init_start is None else 'init_stop'}"
        took = (self.init_stop - self.init_start) / 60_000
        if took >= limit:
            return f"initialization took {took:.1f} minutes, {limit:.0f} are allowed"
        if closed and self.missing:
            return f"no {', '.join(sorted(self.missing))}"
        return "no evaluation met the quality target" if closed and not self.reached else ""


def read_log(path: str, stream: IO[bytes], rule: Rule, words: Callable[[bytes], frozenset[str]] | None = None) -> Log:
    """The log in a stream of bytes, read for what the rule asks.

    Start and stop are taken as `mlperf_logging.result_summarizer` takes them: the last of each when for the
    first time both are known. With `words` (the frameworks that bytes name) the log is also read for what it
    says of the submission, which costs a second look at all of it.
    """
    log = Log(path, missing=set(rule.required))
    lines, before = 0, b""
    for piece in _pieces(stream):
        lines += before.count(b"\n")
        before = piece
        _times(log, piece, lines)
        if log.damaged is None and (at := _damage(piece)) is not None:
            log.damaged = lines + piece.count(b"\n", 0, at) + 1
        if not log.reached:
            # The evaluation that meets the target is most often the last one.
            log.reached = rule.reached(_records(piece, rule.key, _hits_from_end(piece, f'"{rule.key}"'.encode())))
        for key in list(log.missing):
            if next(_records(piece, key, _hits(piece, f'"{key}"'.encode())), None) is not None:
                log.missing.discard(key)
        if words is not None:
            log.words |= words(piece)
            for at in _hits(piece, b'"submission_'):
                record = _record(piece, at)
                if record is not None and isinstance(record.get("key"), str):
                    log.said.setdefault(record["key"], record.get("value"))
    return log


def _times(log: Log, piece: bytes, lines: int) -> None:
    """Take initialization, start and stop of the run into the log."""
    if log.start is not None and log.stop is not None:
        return
    started, done = log.start is not None, -1
    begin = 0 if started else len(piece)
    for _, at, _ in _RUN.find_matches_as_indexes(piece):
        if at < done:
            continue
        done = _line_end(piece, at)
        key, time, metadata = _time(log, piece, at, lines)
        if key == "run_start" and time is not None:
            log.start, log.source, begin = time, str(metadata.get("file") or ""), at
        elif key == "run_stop" and time is not None:
            log.stop, log.status = time, str(metadata.get("status") or "").strip().lower()
        if log.start is not None and log.stop is not None:
            break
    if not started:
        _initialization(log, piece, begin, lines)


def _initialization(log: Log, piece: bytes, end: int, lines: int) -> None:
    """Take the first init_start and the last init_stop before the run into the log.

    Some logs have an init_start of each of thousands of processes, so those in the usual form are not parsed.
    """
    starts = list(map(float, _INIT.findall(piece, 0, end)))
    if len(starts) < piece.count(b'"init_start"', 0, end):
        hits = [_time(log, piece, at, lines) for at in _hits(piece, b'"init_start"', end)]
        starts = [time for key, time, _ in hits if key == "init_start" and time is not None]
    if starts:
        log.init_start = min(starts) if log.init_start is None else min(log.init_start, *starts)
    for at in _hits(piece, b'"init_stop"', end):
        key, time, _ = _time(log, piece, at, lines)
        if key == "init_stop" and time is not None:
            log.init_stop = time


def _time(log: Log, piece: bytes, at: int, lines: int) -> tuple[str, float | None, dict[str, Any]]:
    """Key, time and metadata of the record at a place; ('', None, {}) for one that cannot be used."""

    def problem(reason: str) -> tuple[str, None, dict[str, Any]]:
        if len(log.problems) < MAX_PROBLEMS:
            line = lines + piece.count(b"\n", 0, at) + 1
            log.problems.append(Problem(log.path, line, reason))
            log.damaged = log.damaged or line
        return "", None, {}

    record = _record(piece, at)
    if record is None:
        if TOKEN in piece[_line_start(piece, at) : at]:
            return problem("the record cannot be read; the run does not count")
        return "", None, {}
    metadata = record.get("metadata")
    try:
        time = float(record.get("time_ms"))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return problem(
            f"{record.get('key')} has the time {str(record.get('time_ms'))[:40]!r}, which is no number of milliseconds"
        )
    if not 0 <= time <= _LATEST:
        return problem(f"{record.get('key')} has the time {record['time_ms']}, which is not in milliseconds since 1970")
    return str(record.get("key")), time, metadata if isinstance(metadata, dict) else {}


def _damage(piece: bytes) -> int | None:
    """The place of the first record that does not end in a brace; None when all do.

    All records are looked at, so this is the inner loop of reading.
    """
    end, find = -1, piece.find
    for _, start, _ in _TOKEN.find_matches_as_indexes(piece):
        if start < end:
            continue
        end = find(b"\n", start)
        if end < 0:
            end = len(piece)
        if piece[end - 1] != _BRACE and not _ESCAPES.sub(b"", piece[start:end]).rstrip().endswith(b"}"):
            return int(start)
    return None


def _records(piece: bytes, key: str, hits: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The records with a key at places of a piece."""
    for at in hits:
        record = _record(piece, at)
        if record is not None and record.get("key") == key:
            yield record


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that end at the end of a line."""
    rest = b""
    while more := stream.read(PIECE):
        piece = rest + more if rest else more
        end = max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1
        if not end and len(piece) > LINE:
            end = len(piece) - LINE
        if end:
            yield _lines(piece[:end] if end < len(piece) else piece)
        rest = piece[end:]
    if rest:
        yield _lines(rest)


def _lines(piece: bytes) -> bytes:
    """A piece with its lines ended by a line feed alone."""
    piece = piece.replace(b"\r\n", b"\n") if b"\r" in piece else piece
    return piece.replace(b"\r", b"\n") if b"\r" in piece else piece


def _hits(piece: bytes, needle: bytes, end: int | None = None) -> Iterator[int]:
    """The first place of a needle in each line."""
    end = len(piece) if end is None else end
    at = piece.find(needle, 0, end)
    while at >= 0:
        yield at
        at = piece.find(needle, _line_end(piece, at), end)


def _hits_from_end(piece: bytes, needle: bytes) -> Iterator[int]:
    """The last place of a needle in each line, from the last line on."""
    at = piece.rfind(needle)
    while at >= 0:
        yield at
        at = piece.rfind(needle, 0, _line_start(piece, at))


def _line_start(piece: bytes, at: int) -> int:
    return piece.rfind(b"\n", 0, at) + 1


def _line_end(piece: bytes, at: int) -> int:
    end = piece.find(b"\n", at)
    return len(piece) if end < 0 else end


def _record(piece: bytes, at: int) -> dict[str, Any] | None:
    """The record of the line that holds a place; None when the line has none that can be read."""
    start = piece.rfind(TOKEN, _line_start(piece, at), at)
    end = _line_end(piece, at)
    if start < 0 or end - start > LINE:
        return None
    text = piece[start + len(TOKEN) : end]
    try:
        record = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            plain = _ESCAPES.sub(b"", text).decode("utf-8", "replace").strip()
            record = json.JSONDecoder().raw_decode(plain)[0]
        except (ValueError, RecursionError):
            return None
    return record if isinstance(record, dict) else None
