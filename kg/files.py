"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import OutputError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write to, which takes the place of `path` when the block ends without an error.

    What is there stays until then, and afterwards if the block fails. A link stays a link: its target is
    replaced. A device or a pipe (`/dev/stdout`, `>(cmd)`) is written into.

    Raises OutputError, with the path and the reason, when the file cannot be written.
    """
    beside = None
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as out:
                yield out
            return
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


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
