"""Where the data folders lie: the only file that knows. In a wheel they are inside the package."""

from __future__ import annotations

from pathlib import Path

from kg.errors import VocabularyError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `ontology`, `queries` or `data`, in an installed wheel and in a checkout alike.

    Raises VocabularyError when the installation lacks it.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        path = base / name
        if path.is_dir() and not (path / "__init__.py").exists():
            return path
    raise VocabularyError(f"the folder {name!r} is missing from this installation; install mlperf-kg again")


def word_list(path: Path) -> frozenset[str]:
    """The words of a list in a text file, in which lines that begin with '#' are comments."""
    lines = path.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
