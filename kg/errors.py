"""What can go wrong, told to a person: what, where, what to do.

::

    KgError
    ├── UsageError        arguments of the command line that do not fit
    ├── UnknownFormat     a format that something cannot be written as; carries those that it can
    ├── InputError        a document, folder, results tree or RDF file that cannot be read
    ├── UnknownName       a name that no vocabulary knows; carries the nearest known ones
    ├── QueryError        a query that does not parse, or a parameter that is missing or mistyped
    │   ├── QueryLimit    a query that met its time, row or memory limit
    │   └── QueryRefused  a query that must not run: it would change the graph, or leave it
    ├── NotUnderstood     a question in plain words that cannot be read, or not in one way only
    │   └── NoPlace       one of which a word is unknown, or a part has no place
    ├── GraphError        a graph that cannot be read or written
    │   └── NoGraph       a place where no graph is yet, or one of another version
    ├── OutputError       a file that cannot be written
    ├── MissingExtra      what needs a package that is not installed
    ├── ShapesError       shapes that are no SHACL, or ask for what cannot be checked
    └── VocabularyError   an ontology, shapes or vocabulary file that is not as expected
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType

TYPE_CHECKING = False  # without `typing`, which loads `re`: the command line starts faster
if TYPE_CHECKING:
    from typing import Any

_LISTED = {"query": "kg queries lists them", "command": "kg --help lists them"}
_LIMITS = {"time": 504, "rows": 413, "memory": 503, "text": 413, "busy": 503}


class KgError(Exception):
    """Base of every error that the command line shows as one message with exit code 2.

    `status` is the HTTP status with which a server answers it.
    """

    status = 400

    @classmethod
    def unreadable(cls, path: object, error: Exception, instead: str = "check its name and permissions") -> KgError:
        """The error of a file that the system does not give, or that is not what it should be."""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return cls(f"{path}: cannot be read ({reason}); {instead}")


class UsageError(KgError):
    """Arguments of the command line that do not fit one another, or a command."""


class UnknownFormat(KgError):
    """A `format` that something cannot be written as; `known` are those that it can."""

    status = 406

    def __init__(self, format: str, what: str, known: Sequence[str]) -> None:
        self.format, self.known = format, tuple(known)
        super().__init__(f"no format {format!r} for {what}; give {', '.join(known[:-1])} or {known[-1]}")


class InputError(KgError):
    """An input that cannot be read; the message names the file, and the line where there is one."""


class UnknownName(KgError):
    """A name that no vocabulary and no graph knows.

    `nearest` holds the known names closest to it, best first.
    """

    status = 404

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        hint = f"nearest: {', '.join(self.nearest)}" if nearest else _LISTED.get(kind, "and no known name is near it")
        super().__init__(f"no {kind} is known as {name!r}{'; ' if nearest or kind in _LISTED else ', '}{hint}")


class QueryError(KgError):
    """A query that does not parse, or whose parameters do not fit."""


class QueryLimit(QueryError):
    """A query that was stopped because it met a limit: `kind` is 'time', 'rows', 'memory' or 'text'."""

    def __init__(self, message: str, kind: str) -> None:
        self.kind = kind
        self.status = _LIMITS[kind]
        super().__init__(message)


class QueryRefused(QueryError):
    """A query that must not run, because it would change the graph or leave it."""

    status = 403


class NotUnderstood(KgError):
    """A question in plain words that cannot be read.

    `instead` has readings to choose, or questions near it, `named` the rows of the few results of all that it names.
    """

    def __init__(self, message: str, instead: Sequence[str] = (), named: Any = None) -> None:
        self.instead, self.named = tuple(instead), named
        super().__init__(message)


class NoPlace(NotUnderstood):
    """A question of which a word is unknown, or a part has no place beside the others."""


class GraphError(KgError):
    """A graph that cannot be read or written."""

    status = 503


class NoGraph(GraphError):
    """A place where no graph is yet, or one that another version wrote."""


class OutputError(KgError):
    """A file that cannot be written: its `path`, and why."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: cannot be written ({reason}); choose another file")


class MissingExtra(KgError):
    """What needs packages that are not installed: the `extra` of ours that brings them."""

    def __init__(self, extra: str, what: str) -> None:
        self.extra = extra
        verb = "need" if what.endswith("s") else "needs"
        super().__init__(f"{what} {verb} packages that are not installed; run: pip install 'mlperf-kg[{extra}]'")


class ShapesError(KgError):
    """Shapes that are no SHACL, or ask for what cannot be checked."""


class VocabularyError(KgError):
    """An ontology, shapes or vocabulary file that is not as expected."""


def needed(module: str, extra: str, what: str) -> ModuleType:
    """A module of a package that an extra of ours brings. Raises MissingExtra when it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(extra, what) from error
