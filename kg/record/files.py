"""The files of a results repository: a folder, or a .tar, .tar.gz, .tar.xz or .zip read as a stream.

Nothing is unpacked. A repository of MLCommons holds, for each submitter, `systems/NAME.json`,
`results/NAME/BENCHMARK/result_*.txt` and `benchmarks/BENCHMARK/implementations/…`; folders above the
submitters' (as archives of a whole repository have) do not count.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import FileIO
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError

MAX_BYTES = 64 * 1024**3
"""How many bytes an archive may hold, unpacked; MLCommons' largest repository has a fifth of it."""

_MOST_PACKED, _SMALL = 200, 64 * 1024**2
"""How many times its size an archive, or a file in one, may unpack to, where that is not small; those of MLCommons, to 25 times."""

DAMAGE = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)
"""What reading a damaged archive raises."""

_PACKED: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.GzipFile, b"\xfd7zXZ": lzma.LZMAFile, b"BZh": bz2.BZ2File,
}  # fmt: skip
_ENCRYPTED = 1
"""The bit of a file in a zip archive that tells so."""
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ARCHIVE = re.compile(r"\.(?:tar(?:\.(?:gz|xz|bz2))?|tgz|txz|zip)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the repository: its path from the submitters' folders on, and how to read it.

    `odd` says why it is none that can be read ('a link, no file'); '' for all others.
    """

    path: str
    open: Callable[[], IO[bytes]]
    odd: str = ""

    @property
    def parts(self) -> list[str]:
        """The steps of its path."""
        return self.path.split("/")


def members(source: Path) -> Iterator[Member]:
    """The files of a repository that say something of systems and results.

    Of the code under `benchmarks/` only the paths are of use, so those files come too. An archive's come
    in its order, and each has to be read before the next is asked for. A second file at a path is an odd one, and what
    of a path is no text is a sign for that.

    Raises InputError for what is no folder and no archive; one of `DAMAGE` or OSError, here or when a file
    is read, for an archive that is damaged.
    """
    if not source.exists():
        raise InputError(f"{source}: there is no such file or folder; give a results repository")
    if not source.is_dir() and not _ARCHIVE.search(source.name):
        raise InputError(f"{source}: is no folder and no .tar, .tar.gz, .tar.xz or .zip archive")
    seen: set[str] = set()
    for member in (_of_folder if source.is_dir() else _of_zip if source.suffix.lower() == ".zip" else _of_tar)(source):
        path = _NO_TEXT.sub("\ufffd", member.path)
        away = "outside of what was given" if ".." in path.split("/") else ""
        odd = member.odd or away or ("there a second time" if path in seen else "")
        seen.add(path)
        yield Member(path, member.open, odd)


def count(source: Path) -> int | None:
    """How many files `members` gives; None for a stream, which does not tell."""
    return sum(1 for _ in _of_folder(source)) if source.is_dir() else None


def located(path: str) -> str | None:
    """A path from the submitter's folder on; None for a file that belongs to no submitter's three folders.

    >>> located("training_results_v2.0-main/Dell/systems/R750xa.json")
    'Dell/systems/R750xa.json'
    >>> located("Dell/README.md") is None
    True
    """
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        return path  # told, and not read
    for at in range(1, len(parts) - 1):
        if parts[at] in ("systems", "results", "benchmarks"):
            return "/".join(parts[at - 1 :])
    return None


def _of_folder(root: str | Path, within: str = "") -> Iterator[Member]:
    """The files of a folder and then those of the folders in it, by name; `within` is its path from the outermost on."""
    with os.scandir(root) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    folders = [entry for entry in entries if entry.is_dir() and entry.name != ".git"]
    for entry in folders:
        if entry.is_symlink():
            yield Member(f"{within}{entry.name}/", partial(FileIO, entry.path), "a link, no file")
    if place := located(f"{within}*"):
        for entry in entries:
            if not entry.is_dir():  # a pipe would keep its reader waiting
                odd = "a link, no file" if entry.is_symlink() else "" if entry.is_file() else "a device, no file"
                yield Member(place[:-1] + entry.name, partial(FileIO, entry.path), odd)
    for entry in folders:
        if not entry.is_symlink():
            yield from _of_folder(entry.path, f"{within}{entry.name}/")


def _of_tar(source: Path) -> Iterator[Member]:
    """The files of a tar archive. Unpacked by the packer's own module, as `tarfile` takes half a packed one for a whole."""
    total, size = 0, source.stat().st_size
    with source.open("rb") as raw:
        begins = raw.read(6)
    unpack = next((way for mark, way in _PACKED.items() if begins.startswith(mark)), FileIO)
    with unpack(source) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as archive:
        for info in archive:
            total += max(info.size, 0)
            _limit(source, total, size)
            path = located(info.name)
            if path and info.isfile():
                yield Member(path, partial(_extract, archive, info))
            elif path and not info.isdir():
                kind = "a link, no file" if info.issym() or info.islnk() else "a device, no file"
                yield Member(path, partial(_extract, archive, info), kind)
        if archive.fileobj is None or archive.fileobj.tell() == archive.offset:
            raise EOFError("its end is missing")  # an archive ends with a block of zeros


def _extract(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    assert stream is not None  # only of files
    return stream


def _of_zip(source: Path) -> Iterator[Member]:
    with zipfile.ZipFile(source) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        _limit(source, sum(info.file_size for info in infos))
        for info in infos:
            _limit(source, info.file_size, info.compress_size)
            if info.flag_bits & _ENCRYPTED:
                raise InputError(f"{source}: is encrypted ({info.filename}); unpack it and give the folder")
            path = located(info.filename.replace("\\", "/"))  # as some programs for Windows write it
            if path and not info.is_dir():
                link = stat.S_ISLNK(info.external_attr >> 16)
                yield Member(path, partial(_of_archive, archive, info), "a link, no file" if link else "")


def _of_archive(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """A file of a zip archive. Raises OSError for one that is packed in an unknown way."""
    try:
        return archive.open(info)
    except RuntimeError as error:
        raise OSError(str(error).rstrip(".")) from error


def _limit(source: Path, total: int, packed: int | None = None) -> None:
    """Raises InputError for what unpacks to more than anybody needs; `packed` is the size of what it is unpacked from."""
    if total > MAX_BYTES:
        raise InputError(f"{source}: unpacks to more than {MAX_BYTES // 1024**3} GB; unpack it and give the folder")
    if packed is not None and total > max(_SMALL, _MOST_PACKED * packed):
        raise InputError(f"{source}: unpacks to more than {_MOST_PACKED} times its size; unpack it and give the folder")
