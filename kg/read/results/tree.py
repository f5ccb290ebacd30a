"""The files of a results repository: a folder, or a .tar, .tar.gz, .tar.xz or .zip read as a stream.

Nothing is unpacked. A repository of MLCommons holds, for each submitter, `systems/NAME.json`,
`results/NAME/BENCHMARK/result_*.txt` and `benchmarks/BENCHMARK/implementations/…`; folders above the
submitters' (as archives of a whole repository have) do not count.
"""

from __future__ import annotations

import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import IO

from kg.errors import InputError

MAX_BYTES = 64 * 1024**3
"""How many bytes an archive may hold, unpacked; MLCommons' largest repository has a fifth of it."""

_ARCHIVE = re.compile(r"\.(?:tar(?:\.(?:gz|xz|bz2))?|tgz|txz|zip)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the repository: its path from the submitters' folders on, and how to read it."""

    path: str
    open: Callable[[], IO[bytes]]

    @property
    def parts(self) -> list[str]:
        """The steps of its path."""
        return self.path.split("/")


def is_archive(path: Path) -> bool:
    """Whether a name ends as an archive's does."""
    return bool(_ARCHIVE.search(path.name))


def members(source: Path) -> Iterator[Member]:
    """The files of a repository that say something of systems and results.

    Of the code under `benchmarks/` only the paths are of use, so those files come too. An archive's come
    in its order, and each has to be read before the next is asked for.

    Raises InputError for what is no folder and no archive, and for an archive that is damaged.
    """
    if source.is_dir():
        yield from _of_folder(source)
    elif not source.exists():
        raise InputError(f"{source}: there is no such file or folder; give a results repository")
    elif not is_archive(source):
        raise InputError(f"{source}: is no folder and no .tar, .tar.gz, .tar.xz or .zip archive")
    else:
        read = _of_zip if source.suffix.lower() == ".zip" else _of_tar
        try:
            yield from read(source)
        except (tarfile.TarError, zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError) as error:
            raise InputError(
                f"{source}: the archive is damaged ({error}); a part of the record is no record, fetch it again"
            ) from error


def located(path: str) -> str | None:
    """A path from the submitter's folder on; None for a file that belongs to no submitter's three folders.

    >>> located("training_results_v2.0-main/Dell/systems/R750xa.json")
    'Dell/systems/R750xa.json'
    >>> located("Dell/README.md") is None
    True
    """
    parts = [part for part in path.split("/") if part not in ("", ".")]
    for at in range(1, len(parts) - 1):
        if parts[at] in ("systems", "results", "benchmarks"):
            return "/".join(parts[at - 1 :])
    return None


def _of_folder(root: Path) -> Iterator[Member]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != ".git")
        within = os.path.relpath(folder, root)
        for name in sorted(files):
            path = located(f"{within}/{name}".replace(os.sep, "/"))
            full = os.path.join(folder, name)
            if path and not os.path.islink(full):
                yield Member(path, lambda full=full: open(full, "rb", buffering=0))  # type: ignore[misc]


def _of_tar(source: Path) -> Iterator[Member]:
    total = 0
    with tarfile.open(source, "r|*") as archive:
        for info in archive:
            total += max(info.size, 0)
            _limit(source, total)
            path = located(info.name)
            if path and info.isfile():
                yield Member(path, lambda info=info: archive.extractfile(info))  # type: ignore[misc]


def _of_zip(source: Path) -> Iterator[Member]:
    with zipfile.ZipFile(source) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        _limit(source, sum(info.file_size for info in infos))
        for info in infos:
            path = located(info.filename)
            if path and not info.is_dir():
                yield Member(path, lambda info=info: archive.open(info))  # type: ignore[misc]


def _limit(source: Path, total: int) -> None:
    if total > MAX_BYTES:
        raise InputError(f"{source}: unpacks to more than {MAX_BYTES // 1024**3} GB; unpack it and give the folder")
