"""A graph as files for the bulk loader of a server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError


def write_parts(folder: Path, quads: Sequence[ox.Quad], lines: int = 1_000_000) -> list[Path]:
    """Quads as sorted N-Quads in files of so many lines, part-00000.nq and so on; older parts are removed.

    Raises GraphError when the folder cannot be written.
    """
    written = sorted(f"{quad} .\n" for quad in quads)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("part-*.nq"):
            old.unlink()
        paths = [folder / f"part-{number:05}.nq" for number in range(-(-len(written) // lines))]
        for number, path in enumerate(paths):
            path.write_text("".join(written[number * lines : (number + 1) * lines]), "utf-8")
    except OSError as error:
        raise GraphError(f"{folder}: cannot be written ({error.strerror}); choose another with --parts") from error
    return paths
