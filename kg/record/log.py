"""One log of a run: when it started and stopped, how it ended, and what it says of the submission.

A log is lines of anything, of which those with `:::MLLOG {json}` count
(https://github.com/mlcommons/logging). It is read in pieces of a few megabytes, of which only the lines
with the keys that are needed are parsed: memory does not grow with the size of a log.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
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

_TOKEN, _RUN, _INIT = (BytesAhoCorasick([word]) for word in (TOKEN + b" ", b'"run_st', b'"init_st'))
"""One word each, which is found five times faster than by `bytes.find`."""
_USUAL = re.compile(
    rb'"time_ms": ([1-3]\d{12}), "event_type": "INTERVAL_START", "key": "init_start", "value": null, '
    rb'"metadata": {[^\n]*+(?<=}})'
)
_BEFORE = len('"time_ms": 1652590743729, "event_type": "INTERVAL_START", "key": ')
_METADATA = b', "metadata": {'
_BRACE = ord("}")
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
_YEAR = 366 * 86_400_000  # in milliseconds; no run takes so long
_SECONDS = 1e9, 1e10  # the years 2001 to 2286, if it were seconds since 1970
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
        if self.stop - self.start > _YEAR:
            return f"run_stop is {(self.stop - self.start) / 86_400_000:.0f} days after run_start"
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
    for piece in pieces(stream):
        _times(log, piece)
        text = piece.text
        if log.damaged is None and (at := _damage(text)) is not None:
            log.damaged = piece.line + piece.lines(0, at)
        if not log.reached:
            # The evaluation that meets the target is most often the last one.
            log.reached = rule.reached(_records(text, rule.key, from_end=True))
        log.missing = {key for key in log.missing if next(_records(text, key), None) is None}
        if words is not None:
            log.words |= words(text)
            for at in _hits(text, b'"submission_'):
                said = record(text, at)
                if said is not None and isinstance(said.get("key"), str):
                    log.said.setdefault(said["key"], said.get("value"))
    return log


def _times(log: Log, piece: Piece) -> None:
    """Take initialization, start and stop of the run into the log."""
    if log.start is not None and log.stop is not None:
        return
    text = piece.text
    started, done = log.start is not None, -1
    begin = 0 if started else len(text)
    for _, at, _ in _RUN.find_matches_as_indexes(text):
        if at < done:
            continue
        done = _line_end(text, at)
        key, time, metadata = _time(log, piece, at)
        if key == "run_start" and time is not None:
            log.start, log.source, begin = time, str(metadata.get("file") or ""), at
        elif key == "run_stop" and time is not None:
            log.stop, log.status = time, str(metadata.get("status") or "").strip().lower()
        if log.start is not None and log.stop is not None:
            break
    if not started:
        _initialization(log, piece, begin)


def _initialization(log: Log, piece: Piece, end: int) -> None:
    """Take the first init_start and the last init_stop before the run into the log.

    Some logs have an init_start of each of thousands of processes, so those in the usual form are not parsed.
    """
    text, done = piece.text, -1
    for _, at, _ in _INIT.find_matches_as_indexes(text):
        if at >= end:
            break
        if at < done:
            continue
        done = _line_end(text, at)
        usual = _USUAL.match(text, at - _BEFORE)
        key, time = ("init_start", float(usual[1])) if usual else _time(log, piece, at)[:2]
        if key == "init_start" and time is not None:
            log.init_start = time if log.init_start is None else min(log.init_start, time)
        elif key == "init_stop" and time is not None:
            log.init_stop = time


def _time(log: Log, piece: Piece, at: int) -> tuple[str, float | None, dict[str, Any]]:
    """Key, time and metadata of the record at a place; ('', None, {}) for one that cannot be used."""

    def problem(reason: str) -> tuple[str, None, dict[str, Any]]:
        if len(log.problems) < MAX_PROBLEMS:
            line = piece.line + piece.lines(0, at)
            log.problems.append(Problem(log.path, line, reason))
            log.damaged = log.damaged or line
        return "", None, {}

    if len(log.problems) >= MAX_PROBLEMS and log.damaged:
        return "", None, {}  # the run does not count whatever else is in it
    said = record(piece.text, at)
    if said is None:
        if TOKEN in piece.text[_line_start(piece.text, at) : at]:
            return problem("the record cannot be read; the run does not count")
        return "", None, {}
    metadata = said.get("metadata")
    told = said.get("time_ms")
    try:
        if isinstance(told, str) and not told.replace(".", "", 1).strip().isdecimal():
            raise ValueError  # '1.65e12' is rounded
        time = float(told)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        written = str(told)[:40]
        return problem(f"{said.get('key')} has the time {written!r}, which is no number of milliseconds")
    if not 0 <= time <= _LATEST:
        return problem(f"{said.get('key')} has the time {said['time_ms']}, which is not in milliseconds since 1970")
    if _SECONDS[0] < time < _SECONDS[1]:
        return problem(
            f"{said.get('key')} has the time {said['time_ms']}, which is in seconds and not in milliseconds since 1970"
        )
    return str(said.get("key")), time, metadata if isinstance(metadata, dict) else {}


def _damage(text: bytes) -> int | None:
    """The place of the first record that is damaged; None when none is.

    All records are looked at, so this is the inner loop of reading: one that does not end in a brace is damaged,
    and all are parsed only where not each has its metadata.
    """
    found = _TOKEN.find_matches_as_indexes(text)
    if text.count(_METADATA) != len(found):
        return next((start for _, start, _ in found if not _whole(text, start)), None)
    end, line_end, brace = -1, text.index, _BRACE
    try:
        for _, start, _ in found:
            if start < end:
                continue
            end = line_end(b"\n", start)
            if text[end - 1] != brace and not _whole(text, start):
                return int(start)
    except ValueError:  # the last line, which nothing ends
        return None if _whole(text, start) else int(start)
    return None


def _whole(text: bytes, start: int) -> bool:
    """Whether the line of a record at a place holds JSON, but for colours of a terminal."""
    said = text[start + len(TOKEN) : min(_line_end(text, start), start + LINE)]
    try:
        orjson.loads(said)
    except orjson.JSONDecodeError:
        try:
            json.loads(_ESCAPES.sub(b"", said[said.rfind(TOKEN) + len(TOKEN) if TOKEN in said else 0 :]))
        except (ValueError, RecursionError):
            return False
    return True


def _records(piece: bytes, key: str, *, from_end: bool = False) -> Iterator[dict[str, Any]]:
    """The records of a piece with a key, one a line, from the first or the last line on."""
    for at in (_hits_from_end if from_end else _hits)(piece, f'"{key}"'.encode()):
        said = record(piece, at)
        if said is not None and said.get("key") == key:
            yield said


class Piece:
    """A part of a log that ends at the end of a line; in `text` all lines end in a line feed.

    A line feed stands for each carriage return as well, so that places are those of the log, and `line`, from
    1, is the number that the first line has there.
    """

    __slots__ = ("_raw", "line", "text")

    def __init__(self, raw: bytes, line: int) -> None:
        self._raw, self.line = raw, line
        self.text = raw.replace(b"\r", b"\n") if b"\r" in raw else raw

    def lines(self, start: int, end: int) -> int:
        """How many lines end between two places."""
        returns = self._raw.count(b"\r", start, end) if self._raw is not self.text else 0
        both = self._raw.count(b"\r\n", start, end) if returns else 0
        return self._raw.count(b"\n", start, end) + returns - both

    def after(self) -> int:
        """The number of the line after it."""
        return self.line + self.lines(0, len(self._raw))


def pieces(stream: IO[bytes]) -> Iterator[Piece]:
    """The stream in pieces that end at the end of a line; UTF-16, known by its first bytes, as UTF-8."""
    rest, last = b"", Piece(b"", 1)
    wide: codecs.IncrementalDecoder | None = None
    while more := stream.read(PIECE):
        if last.line == 1 and not rest and more.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            wide = codecs.getincrementaldecoder("utf-16")("replace")
        more = wide.decode(more).encode() if wide else more
        raw = rest + more if rest else more
        end = max(raw.rfind(b"\n"), raw.rfind(b"\r", 0, -1)) + 1
        if not end and len(raw) > LINE:
            end = len(raw) - LINE
        rest = raw[end:]
        if end:
            last = Piece(raw if end == len(raw) else raw[:end], last.after())
            yield last
    if rest:
        yield Piece(rest, last.after())


def _hits(piece: bytes, needle: bytes) -> Iterator[int]:
    """The first place of a needle in each line."""
    at = piece.find(needle)
    while at >= 0:
        yield at
        at = piece.find(needle, _line_end(piece, at))


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


def record(piece: bytes, at: int) -> dict[str, Any] | None:
    """The record of the line that holds a place; None when the line has none that can be read."""
    start = piece.rfind(TOKEN, _line_start(piece, at), at)
    end = _line_end(piece, at)
    if start < 0 or end - start > LINE:
        return None
    text = piece[start + len(TOKEN) : end]
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            plain = _ESCAPES.sub(b"", text).decode("utf-8", "replace").strip()
            said = json.JSONDecoder().raw_decode(plain)[0]
        except (ValueError, RecursionError):
            return None
    return said if isinstance(said, dict) else None
