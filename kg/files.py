"""Files written whole or not at all, and text files read."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError, OutputError

_OPENED = re.compile(r"/(?:dev|proc/self)/(?:fd/(\d{1,9})|(stdout|stderr))")
_NUMBERS = {"stdout": 1, "stderr": 2}


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write to, which takes the place of `path` when the block ends without an error.

    What is there stays until then, and afterwards if the block fails. A link stays a link: its target is
    replaced. A device or a pipe (`/dev/null`, `>(cmd)`), and what this process has open already (`/dev/stdout`,
    `/dev/fd/3`), is written into.

    Raises OutputError, with the path and the reason, when the file cannot be written.
    """
    import tempfile  # it loads the compressors, and who reads needs none

    beside = None
    try:
        if opened := _OPENED.fullmatch(str(path)):
            number = int(opened[1]) if opened[1] else _NUMBERS[opened[2]]
            with os.fdopen(os.dup(number), "wb") as out:  # opening it by its name would cut off what was written before
                yield out
            return
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as out:
                yield out
            return
        target = path.resolve() if path.is_symlink() else path
        handle, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name}.")
        beside = Path(name)
        with os.fdopen(handle, "wb") as out:
            yield out
        beside.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        beside.replace(target)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink()


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file as `replacing` does; text in UTF-8. Raises OutputError when it cannot be written."""
    with replacing(path) as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def csv_text(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV below a line of their columns' names."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


def read_text(path: Path, instead: str) -> str:
    """The text of a file in UTF-8. Raises InputError, with what to give instead, for one that cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError.unreadable(path, error, instead) from error


def csv_lines(path: Path, instead: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, each with its last line. Raises InputError as `read_text` does."""
    rows = csv.reader(io.StringIO(read_text(path, instead), newline=""))
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise InputError.unreadable(path, error, instead) from error


def json_lines(path: Path, instead: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with its line; empty lines are none. Raises InputError with the line."""
    lines = read_text(path, instead).split("\n")  # other ends of lines may stand within words
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(f"{path}:{number}: {error.msg}; each line must be one JSON object") from error
            except (RecursionError, ValueError) as error:
                reason = "is nested too deeply, or has too long a number"
                raise InputError(f"{path}:{number}: {reason}; {instead}") from error
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}: is no JSON object; {instead}")
            yield number, row


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
