"""A graph on a SPARQL 1.1 server, behind the methods of a graph in a directory.

Each named graph is one of the server, which the Graph Store Protocol replaces whole; the default graph is the
named graph `id:graph/default`. Each query says its dataset (`default-graph-uri`, `named-graph-uri`), so that it
means the same on every server, whatever the server's own default graph is and whatever else it holds. The
texts of the documents, and what a graph says of itself, stand in `id:graph/about`, which is written last and
is part of no answer.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from kg.errors import GraphError, NoGraph
from kg.namespaces import ID, PREFIXES, iri
from kg.store.client import Server
from kg.store.directory import FORMAT, Graph, Results, open_graph, write_graph

ABOUT, DEFAULT = ox.NamedNode(ID + "graph/about"), ox.NamedNode(ID + "graph/default")
_TEXT, _SAID = ox.NamedNode(PREFIXES["schema"] + "text"), ox.NamedNode(PREFIXES["schema"] + "description")
_ROWS = "application/sparql-results+json"
_QUIET = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|#[^\n]*|[?$:]\w+")
_FORM = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ASKED = b"__ASK_RETVAL"
_BOOLEANS = {"1": "true", "0": "false"}
_PROBE = 'SELECT ?x ?y WHERE { VALUES ?x { 1 } BIND(CONCAT(STR(?none), "x") AS ?y) }'
LARGEST = 10_000_000
"""The quads of a graph that is copied from a server whose engine departs from SPARQL 1.1."""

PIECE = 10_000
"""How many triples one query asks for at most; Virtuoso as it is installed gives no more rows than that."""


class RemoteGraph(Graph):
    """A graph behind the URL of a SPARQL endpoint.

    The default graph (vocabulary, entities, sources) is fetched once, when names are first looked up.
    """

    def __init__(self, url: str) -> None:
        self._server = Server(url)
        rows = self._rows(f"SELECT ?said WHERE {{ GRAPH {ABOUT} {{ {ABOUT} {_SAID} ?said }} }}")
        found = [row["said"].value for row in rows]
        if not found:
            raise NoGraph(f"{url}: holds no graph of kg; load one with 'kg build --graph {url} --graph-store URL'")
        about = json.loads(found[0])
        if about.get("format") != FORMAT:
            raise NoGraph(
                f"{url}: was loaded in format {about.get('format')}, this version reads {FORMAT}; load it again"
            )
        super().__init__(ox.Store(), about)

    def __len__(self) -> int:
        return int(self.about["quads"])

    @property
    def remote(self) -> bool:
        """Whether the server answers queries; a copy does where its engine departs from SPARQL 1.1."""
        return self._standard

    @property
    def store_directory(self) -> Path:
        """Where the copy lies, for a worker to open. Raises GraphError when the server answers."""
        return super().store_directory if self._standard else self._copy.store_directory

    def query(
        self, text: str, *, union: bool = False, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Results:
        """The results of a query, as `Graph.query` has them, or over the graphs of this graph that are named.

        The server answers; where its engine departs from SPARQL 1.1, a copy of the graph does. Raises GraphError.
        """
        if not self._standard:
            return self._copy.query(text, union=union)
        own = {DEFAULT.value, *self.about["graphs"]}
        chosen = [("default-graph-uri", g) for g in default if g in own]
        chosen += [("named-graph-uri", g) for g in named if g in own]
        dataset = chosen or self._dataset(union)
        form = _FORM.search(_QUIET.sub(" ", text))
        if form and form[0].upper() in ("CONSTRUCT", "DESCRIBE"):
            content = self._server.query(_prologue(text), "application/n-triples, text/turtle;q=0.9", dataset)
            return cast("ox.QueryTriples", (q.triple for q in ox.parse(content, format=ox.RdfFormat.TURTLE)))
        return _results(self._server.query(_prologue(text), _ROWS, dataset))

    def _dataset(self, union: bool) -> list[tuple[str, str]]:
        named: list[str] = self.about["graphs"]
        default = [DEFAULT.value, *(named if union else ())]
        return [*(("default-graph-uri", g) for g in default), *(("named-graph-uri", g) for g in named)]

    def quads(self) -> Iterator[ox.Quad]:
        """All quads, in no particular order."""
        yield from self._vocabulary
        for name in self.about["graphs"]:
            graph = ox.NamedNode(name)
            for row in self._all(graph):
                yield ox.Quad(row["s"], row["p"], row["o"], graph)

    def match(
        self, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None
    ) -> Iterator[ox.Quad]:
        """The quads that match a pattern of terms; None matches any."""
        if graph is None or isinstance(graph, ox.DefaultGraph):
            yield from self._vocabulary.quads_for_pattern(subject, predicate, object, ox.DefaultGraph())
        if isinstance(graph, ox.DefaultGraph):
            return
        terms = {"s": subject, "p": predicate, "o": object, "g": graph}
        s, p, o, g = (str(term) if term is not None else f"?{name}" for name, term in terms.items())
        rows = self._rows(f"SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}", self._dataset(False))
        unbound = {v.value for v in rows.variables}
        for row in rows:
            yield ox.Quad(*(row[name] if name in unbound else term for name, term in terms.items()))

    def source(self, key: str) -> str:
        """The text of a document; raises GraphError when the server keeps none under its key."""
        document = _document(key)
        for row in self._rows(f"SELECT ?text WHERE {{ GRAPH {ABOUT} {{ {document} {_TEXT} ?text }} }}"):
            text: str = row["text"].value
            return text
        raise GraphError(f"the graph keeps no text of a document {key!r}")

    @cached_property
    def _standard(self) -> bool:
        """Whether the server's engine leaves unbound what SPARQL 1.1 leaves unbound; Virtuoso 7 does not."""
        try:
            rows = self._rows(_PROBE)
        except GraphError:
            return False
        found = list(rows)
        return len(found) == 1 and "y" in {v.value for v in rows.variables} and found[0]["y"] is None

    @cached_property
    def _copy(self) -> Graph:
        """The whole graph in a directory, for queries that the server would not answer as the standard asks.

        Raises GraphError for a graph that is too large for that.
        """
        if len(self) > LARGEST:
            raise GraphError(
                f"{self._server.url}: its engine departs from SPARQL 1.1, and a graph of more than {LARGEST:,} quads "
                "is not copied to be asked here; load it into another server (docs/stores.md)"
            )
        self._scratch = tempfile.TemporaryDirectory(prefix="kg-")
        place = Path(self._scratch.name) / "graph"
        write_graph(place, self.quads(), {}, about=self.about)
        return open_graph(place)

    @cached_property
    def _vocabulary(self) -> ox.Store:
        """The default graph."""
        store = ox.Store()
        store.extend(ox.Quad(row["s"], row["p"], row["o"]) for row in self._all(DEFAULT))
        return store

    def _all(self, graph: ox.NamedNode) -> Iterator[Any]:
        """The triples of a graph in pieces, so that no server's limit cuts them."""
        for start in count(0, PIECE):
            rows = list(self._rows(
                f"SELECT ?s ?p ?o WHERE {{ {{ SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} "
                f"ORDER BY ?s ?p ?o }} }} LIMIT {PIECE} OFFSET {start}"
            ))  # fmt: skip
            yield from rows
            if len(rows) < PIECE:
                return

    def _rows(self, text: str, dataset: Iterable[tuple[str, str]] = ()) -> ox.QuerySolutions:
        rows = _results(self._server.query(text, _ROWS, dataset))
        assert isinstance(rows, ox.QuerySolutions)
        return rows


def replace_graph(
    url: str, graph_store: str | None, quads: Iterable[ox.Quad], sources: Mapping[str, str], about: Mapping[str, Any]
) -> None:
    """Load a graph: each named graph replaced whole, those of an earlier load that it has not removed.

    Graphs that kg did not load are left alone. When a request fails, each graph is still either the old or
    the new one; loading again mends the rest.

    Raises GraphError when the server does not answer or refuses.
    """
    if graph_store is None:
        raise GraphError(f"{url}: to load a graph, give the Graph Store Protocol's URL too, with --graph-store")
    server = Server(graph_store)
    graphs: dict[str, list[ox.Triple]] = {DEFAULT.value: []}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", DEFAULT.value), []).append(quad.triple)
    before = _graphs_before(url)
    for name, triples in graphs.items():
        server.put(name, _n_triples(triples))
    for name in sorted(before - graphs.keys()):
        server.delete(name)
    named = sorted(graphs.keys() - {DEFAULT.value})
    said = {**about, "format": FORMAT, "graphs": named, "quads": sum(map(len, graphs.values()))}
    texts = [ox.Triple(_document(key), _TEXT, ox.Literal(text)) for key, text in sources.items()]
    described = ox.Triple(ABOUT, _SAID, ox.Literal(json.dumps(said, sort_keys=True)))
    server.put(ABOUT.value, _n_triples([described, *texts]))


def _graphs_before(url: str) -> set[str]:
    """The named graphs of the graph that is there."""
    try:
        return set(RemoteGraph(url).about["graphs"])
    except NoGraph:
        return set()


def _n_triples(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _document(key: str) -> ox.NamedNode:
    return ox.NamedNode(iri("document", key))


def _results(content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """SPARQL results in JSON, as terms; truth as it is written elsewhere, where Virtuoso gives 1 and 0."""
    if b"#boolean" in content or _ASKED in content:
        said = json.loads(content)
        if _ASKED.decode() in said["head"].get("vars", ()):
            said = {"head": {}, "boolean": said["results"]["bindings"][0][_ASKED.decode()]["value"] == "1"}
        for row in said.get("results", {}).get("bindings", ()):
            for term in row.values():
                if term.get("datatype") == PREFIXES["xsd"] + "boolean":
                    term["value"] = _BOOLEANS.get(term["value"], term["value"])
        content = json.dumps(said).encode()
    return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)


def _prologue(text: str) -> str:
    """A query with the prefixes that it uses and does not declare."""
    missing = (p for p in PREFIXES if f"{p}:" in text and not re.search(rf"(?i)\bPREFIX\s+{p}:", text))
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in missing) + text
