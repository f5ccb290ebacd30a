"""The graph on disk: an embedded Oxigraph store with the texts that its evidence points into.

A graph directory holds::

    about.json        what it is: format, the tool that built it, counts; no clock time
    store/            the Oxigraph store: default graph and one named graph a statement
    names.json        what the things of the graph are called (`kg.names.entities`)
    sources/KEY.txt   the text of each document, in which the offsets count
    quarantine.trig   what violated a shape, with the reason; never part of an answer

It is replaced whole, never changed: `write_graph` builds beside it and swaps the two in one step, so
whoever reads sees the old graph or the new one, and an interrupted build changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError, NoGraph
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    import rdflib

FORMAT = 1
"""The version of the directory's layout; a graph of another version has to be built again."""

_KIND = "mlperf-kg graph"
_OURS = re.compile(r"(?:about|names)\.json|quarantine\.trig|sources|store(?:/(?:[A-Z][\w.-]*|\d+\.\w+))?")
_MANY = 30
"""From so many queries on a graph is read from memory: more than those of one command."""
_LARGE = 1_000_000
"""Graphs of more quads stay on disk."""
_PIECE = 100_000
"""So many quads are given to the store at once, which holds them in memory several times."""

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What a query gives: the rows of a SELECT, the answer of an ASK, the triples of a CONSTRUCT or DESCRIBE."""


class Graph:
    """A built graph, open for reading.

    `about` is what `about.json` says; `directory` is None for a graph in memory.

    >>> s, p, g = map(ox.NamedNode, ("x:s", "x:p", "x:g"))
    >>> graph = memory_graph([ox.Quad(s, p, ox.Literal("o"), g)])
    >>> [[row["o"].value for row in graph.query("SELECT ?o { ?s ?p ?o }", union=u)] for u in (True, False)]
    [['o'], []]
    """

    def __init__(self, store: ox.Store, about: Mapping[str, Any], directory: Path | None = None) -> None:
        self.about = dict(about)
        self.directory = directory
        self._store = store
        self._asked = count(1)

    def __len__(self) -> int:
        return len(self._store)

    @property
    def remote(self) -> bool:
        """Whether a server answers queries, instead of this process."""
        return False

    @property
    def store_directory(self) -> Path:
        """Where the Oxigraph store lies, for a worker to open. Raises GraphError when it is in memory."""
        if self.directory is None:
            raise GraphError("this graph is in memory only; a worker needs it in a directory")
        return self.directory / "store"

    def query(self, text: str, *, union: bool = False) -> Results:
        """The results of a SPARQL 1.1 query that can be trusted to end; see `kg.query.worker` for others.

        With `union` the default graph is the union of all graphs; without, it is the stored default
        graph, which holds the vocabulary, entities and sources but no facts. In both, `GRAPH` reaches
        the named graphs. Oxigraph's union repeats a triple that several graphs hold: use DISTINCT. A graph that
        is asked often is copied into memory, which answers sooner.

        Raises SyntaxError when the text is not a query.
        """
        if next(self._asked) == _MANY and self.directory is not None and len(self) <= _LARGE:
            self._store = _in_memory(self.quads())
        return self._store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)

    def quads(self) -> Iterator[ox.Quad]:
        """All quads, in no particular order."""
        return iter(self._store)

    def match(
        self, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None
    ) -> Iterator[ox.Quad]:
        """The quads that match a pattern of terms; None matches any."""
        return self._store.quads_for_pattern(subject, predicate, object, graph)

    def values(self, subject: str, predicate: str, graph: Any = None) -> Iterator[str]:
        """The values of a thing's property, both as IRIs: IRIs, and the texts of literals. ValueError for what is no IRI."""
        quads = self.match(ox.NamedNode(subject), ox.NamedNode(predicate), None, graph)
        return (q.object.value for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal))

    def subjects(self, predicate: str, value: ox.NamedNode | ox.Literal, graph: Any = None) -> Iterator[str]:
        """The IRIs of the things whose property (an IRI) has a value."""
        quads = self.match(None, ox.NamedNode(predicate), value, graph)
        return (q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))

    def source(self, key: str) -> str:
        """The text of the document with a key, in which the offsets of evidence count (code points).

        Raises GraphError when the graph keeps none under it.
        """
        if self.directory is not None:
            with contextlib.suppress(OSError):
                return (self.directory / "sources" / _source_name(key)).read_bytes().decode()
        raise GraphError(f"the graph keeps no text of a document {key!r}")

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy of the whole graph as an rdflib Dataset, whose default graph is the union."""
        import rdflib

        from kg.rdf.rdflib import to_rdflib

        dataset = rdflib.Dataset(default_union=True)
        for prefix, base in PREFIXES.items():
            dataset.bind(prefix, base)
        default = dataset.default_graph
        graphs: dict[Any, Any] = {ox.DefaultGraph(): default}
        for quad in self.quads():
            name = quad.graph_name
            if name not in graphs:
                graphs[name] = dataset.graph(to_rdflib(name))
            graphs[name].add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        return dataset


def memory_graph(quads: Iterable[ox.Quad]) -> Graph:
    """A graph in memory, with the same methods as one on disk."""
    return Graph(_in_memory(quads), {})


def _in_memory(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def is_graph(directory: Path) -> bool:
    """Whether a directory is a kg graph, of whatever version."""
    return _read_about(directory) is not None


def open_graph(directory: Path | str) -> Graph:
    """The graph in a directory, for reading only.

    Raises GraphError, which says what to do, when there is none or when another version wrote it.
    """
    directory = Path(directory).absolute()
    for place in _places(directory):
        about = _read_about(place)
        if about is not None:
            break
    else:
        what = "is not a graph directory" if directory.exists() else "does not exist"
        raise NoGraph(f"{directory}: {what}; make a graph with 'kg build --graph {directory}'")
    if about.get("format") != FORMAT:
        raise NoGraph(
            f"{directory}: was written in format {about.get('format')}, this version reads {FORMAT}; "
            f"run 'kg build --graph {directory}' again"
        )
    try:
        store = ox.Store.read_only(str(place / "store"))
    except OSError as error:
        raise GraphError(f"{directory}: the store cannot be read ({error}); run 'kg build' again") from error
    return Graph(store, about, place)


def write_graph(
    directory: Path | str,
    quads: Iterable[ox.Quad],
    sources: Mapping[str, str],
    quarantine: Iterable[ox.Quad] = (),
    about: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
) -> None:
    """Write a graph directory, in place of the graph that is there, if any.

    `sources` are the texts by document key, `files` those of further files by name; `about` is kept in `about.json`
    beside the format and the number of quads. The graph is built in a new directory beside the old one and takes its place in one
    step; when anything fails before that, the old one is as it was. What an interrupted build left
    behind is removed by the next.

    Raises GraphError when the directory holds something other than a graph, or beside one, or cannot be written.
    """
    target = Path(directory).resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clean(target)
        if target.exists() and not is_graph(target) and (not target.is_dir() or any(target.iterdir())):
            raise GraphError(f"{directory}: is not a graph directory, so it is not replaced; choose another")
        if others := _others(target):
            raise GraphError(f"{directory}: holds {others[0]}, which is no part of the graph; move it elsewhere")
        new = _beside(target, "new")
    except OSError as error:
        raise GraphError(f"{directory}: cannot be written ({error}); choose another with --graph") from error
    try:
        with _held(new):
            for name, text in (files or {}).items():
                (new / name).write_text(text, "utf-8")
            _fill(new, quads, sources, quarantine, about or {})
            _swap(new, target)
    except OSError as error:
        raise GraphError(
            f"{directory}: cannot be written ({error}); what was there is unchanged. "
            "Make room, or choose another with --graph"
        ) from error
    finally:
        _remove(new)


def _fill(
    new: Path,
    quads: Iterable[ox.Quad],
    sources: Mapping[str, str],
    quarantine: Iterable[ox.Quad],
    about: Mapping[str, Any],
) -> None:
    """Write the files of a graph into an empty directory, `about.json` last."""
    store = ox.Store(str(new / "store"))
    left, form = iter(quads), ox.RdfFormat.N_QUADS
    while some := list(islice(left, _PIECE)):
        store.bulk_load(ox.serialize(some, format=form), format=form, lenient=True)
    store.optimize()
    store.flush()
    count = len(store)
    del store
    (new / "sources").mkdir()
    for key, text in sources.items():
        (new / "sources" / _source_name(key)).write_bytes(text.encode())
    rejected = sorted(quarantine, key=str)
    (new / "quarantine.trig").write_bytes(ox.serialize(rejected, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b"")
    said = {**about, "kind": _KIND, "format": FORMAT, "quads": count}
    (new / "about.json").write_text(json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def _swap(new: Path, target: Path) -> None:
    """Put the new directory in the target's place; what was there comes to lie at `new`."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = _beside(target, "old")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two directories in a single step; False where the system cannot.

    Linux: renameat2(2) with RENAME_EXCHANGE. Elsewhere two renames follow one another, and readers look
    in the place in between (`_parked`).
    """
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _beside(target: Path, what: str) -> Path:
    """A new, empty directory next to the target, hidden, with a name of its own."""
    path = target.parent / f".{target.name}.{what}-{os.urandom(4).hex()}"
    path.mkdir()
    return path


def _clean(target: Path) -> None:
    """Undo what an interrupted build left: bring a parked graph back, remove half-built ones."""
    for old in _parked(target):
        if not target.exists() and is_graph(old):
            old.rename(target)
        else:
            _remove(old)
    for new in _left(target, "new"):
        with contextlib.suppress(BlockingIOError), _held(new):
            _remove(new)


def _places(target: Path) -> Iterator[Path]:
    """Where a graph may lie that readers look for, while another takes its place."""
    yield target
    yield from _parked(target)
    yield target


def _parked(target: Path) -> list[Path]:
    """Where a graph lies between the two renames of `_swap`, if it was interrupted just there."""
    return _left(target, "old")


def _left(target: Path, what: str) -> list[Path]:
    """What `_beside` made and is still there."""
    import glob  # a graph that is in its place needs none

    return sorted(target.parent.glob(f".{glob.escape(target.name)}.{what}-*"))


@contextlib.contextmanager
def _held(directory: Path) -> Iterator[None]:
    """Hold a directory as being built here. Raises BlockingIOError when another process holds it."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _read_about(directory: Path) -> dict[str, Any] | None:
    """What a graph directory says of itself; None when it is none."""
    try:
        about = json.loads((directory / "about.json").read_bytes())
    except (OSError, ValueError):
        return None
    return about if isinstance(about, dict) and about.get("kind") == _KIND else None


def _others(graph: Path) -> list[str]:
    """What lies in a graph directory and no build wrote."""
    documents = (_read_about(graph) or {}).get("documents")
    texts = {f"sources/{_source_name(key)}" for key in documents or ()}
    inside = [p.relative_to(graph).as_posix() for part in ("*", "store/*", "sources/*") for p in graph.glob(part)]
    kept = (*texts, *(name for name in inside if documents is None and name.startswith("sources/")))
    return sorted(name for name in inside if not _OURS.fullmatch(name) and name not in kept)


def _source_name(key: str) -> str:
    """The file name of a document's text: its key, with whatever a file name cannot have written as %XX."""
    from urllib.parse import quote  # nothing else of a query needs it

    return quote(key, safe="") + ".txt"


def _remove(folder: Path) -> None:
    import shutil  # it loads the compressors, and who reads needs none

    shutil.rmtree(folder, ignore_errors=True)
