"""The graph in files: RDF, GraphML, GEXF and CSV, the same bytes for the same graph.

Turtle, N-Triples and RDF/XML have no named graphs: they hold the union of all. TriG, N-Quads and
JSON-LD keep the graph of each statement. GraphML, GEXF and CSV hold the things and the relations
between them, with the words each relation rests on.
"""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, UnknownFormat
from kg.export.jsonld import to_jsonld
from kg.export.network import plain, to_csv, to_networkx
from kg.files import write_whole
from kg.namespaces import PREFIXES, RDF_TYPE
from kg.rdf.nquads import lines

__all__ = ["FORMATS", "export", "serialize", "to_csv", "to_jsonld", "to_networkx"]

FORMATS = {
    ".ttl": "turtle", ".jsonld": "jsonld", ".nt": "nt", ".nq": "nq", ".trig": "trig", ".rdf": "rdfxml", ".xml": "rdfxml",
    ".graphml": "graphml", ".gexf": "gexf", ".csv": "csv",
}  # fmt: skip
"""The format that a file's ending stands for."""

_TYPED = f" <{RDF_TYPE}> "
_TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML}
_QUADS = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}


def export(quads: Iterable[ox.Quad], file: str | Path, format: str | None = None) -> list[Path]:
    """Write quads to a file, or to standard output for '-'; returns the files written.

    The format follows the ending unless given.

    CSV makes two files: NAME-nodes.csv and NAME-edges.csv for NAME.csv. A file is written beside the old
    one and takes its place when it is whole.

    Raises UnknownFormat for another, QueryError for one that cannot go where it is sent, OutputError when
    the file cannot be written.
    """
    path = Path(file)
    chosen = format or FORMATS.get(path.suffix.lower())
    known = tuple(dict.fromkeys(FORMATS.values()))
    if chosen is None:
        raise QueryError(f"{file}: the ending says no format; give --format, one of {', '.join(known)}")
    if chosen not in known:
        raise UnknownFormat(chosen, "an export", known)
    if chosen == "csv":
        if str(file) == "-":
            raise QueryError("CSV is two files, nodes and edges; give a file name instead of -")
        tables = dict(zip(("nodes", "edges"), to_csv(quads), strict=True))
        files = {path.with_name(f"{path.stem}-{name}.csv"): text for name, text in tables.items()}
        for beside, text in files.items():
            write_whole(beside, text.encode())
        return list(files)
    data = serialize(quads, chosen)
    if str(file) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return []
    write_whole(path, data)
    return [path]


def serialize(quads: Iterable[ox.Quad], format: str) -> bytes:
    """Quads as bytes in a format of one file."""
    if format in _TRIPLES:
        triples = "".join(f"{s} {p} {o} .\n" for s, p, o, _ in lines(quads))
        return _written(_in_order(triples), ox.RdfFormat.N_TRIPLES, _TRIPLES[format])
    if format in _QUADS:
        of_graph: dict[str, list[str]] = defaultdict(list)
        for s, p, o, graph in lines(quads):
            of_graph[graph].append(f"{s} {p} {o}{graph and ' '}{graph} .\n")
        quads_in_order = "".join(_in_order("".join(of_graph[graph])) for graph in sorted(of_graph))
        return _written(quads_in_order, ox.RdfFormat.N_QUADS, _QUADS[format])
    if format == "jsonld":
        return to_jsonld(quads)
    import networkx as nx

    graph = plain(to_networkx(quads))
    out = io.BytesIO()
    (nx.write_graphml_xml if format == "graphml" else nx.write_gexf)(graph, out)
    # networkx dates a GEXF file; the same graph must give the same bytes
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)


def _in_order(data: str) -> str:
    """Lines of terms, each once: things by name, and of each its classes first."""
    # characters that Oxigraph escapes stand in for what is to come first: the end of a name, and rdf:type
    data = data.replace(_TYPED, " \0 ").replace("> ", "\1 ")
    data = "".join(f"{line} .\n" for line in sorted(set(data.split(" .\n")[:-1])))
    return data.replace("\1 ", "> ").replace(" \0 ", _TYPED)


def _written(data: str, given: ox.RdfFormat, wanted: ox.RdfFormat) -> bytes:
    """Lines of terms that Oxigraph wrote, in another format."""
    if wanted == given:
        return data.encode()
    return ox.serialize(ox.parse(data, format=given, lenient=True), format=wanted, prefixes=PREFIXES) or b""
