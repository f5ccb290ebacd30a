"""The graph as a folder to pass on: the data, its description, example queries, and its main tables."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OutputError
from kg.export import serialize
from kg.export.croissant import TABLES, File, croissant
from kg.export.dataset import DATASET, EXTENDED, VOID, described
from kg.export.examples import examples
from kg.files import write_whole
from kg.namespaces import PREFIXES
from kg.query import run
from kg.store import Graph

DESCRIBING = {**PREFIXES, "void": VOID, "void-ext": EXTENDED}
"""The prefixes that descriptions are written with."""


def dump(graph: Graph, folder: Path) -> list[Path]:
    """Write graph.nq, results.csv, claims.csv, void.ttl, examples.ttl and croissant.json into a folder; returns them.

    Raises OutputError when a file cannot be written.
    """
    tables = {name: run(graph, name) for name in TABLES}
    files = [
        File("graph.nq", "graph.nq", "application/n-quads", serialize(graph.quads(), "nq")),
        *(
            File(f"{name}.csv", f"{name}.csv", "text/csv", table.render("csv").encode())
            for name, table in tables.items()
        ),
    ]
    texts = {file.name: file.data for file in files}
    for name, triples in (("void.ttl", described(graph)), ("examples.ttl", examples(graph))):
        texts[name] = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=DESCRIBING) or b""
    said = croissant(graph, DATASET, files, tables)
    texts["croissant.json"] = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    for name, data in texts.items():
        write_whole(folder / name, data)
    return [folder / name for name in texts]
