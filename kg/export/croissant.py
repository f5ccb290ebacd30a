"""The graph and its tables described in Croissant (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import pyoxigraph as ox

from kg.export.dataset import ABOUT, KEYWORDS, LICENCE, TITLE, last_read, sources
from kg.query import Table
from kg.store import Graph

TABLES = ("results", "claims")
"""The canned queries whose rows are record sets."""

_CR = "http://mlcommons.org/croissant/"
_CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "cr": _CR, "rai": _CR + "RAI/", "sc": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"}, "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{name: f"cr:{name}" for name in (
        "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes",
        "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
        "samplingRate", "separator", "source", "subField", "transform")},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file of the data set: its name, its address (its name again beside the description), media type and bytes."""

    name: str
    url: str
    media_type: str
    data: bytes


def croissant(graph: Graph, url: str, files: Sequence[File], tables: dict[str, Table]) -> dict[str, Any]:
    """The description as JSON-LD; each table is in the file NAME.csv. `url` is where the data set is found."""
    return {
        "@context": _CONTEXT, "@type": "sc:Dataset", "conformsTo": _CR + "1.0",
        "name": "mlperf-kg", "alternateName": TITLE, "description": ABOUT, "url": url, "license": LICENCE,
        "creator": {"@type": "sc:Organization", "name": "mlperf-kg contributors"},
        "version": version("mlperf-kg"), "datePublished": last_read(graph), "keywords": list(KEYWORDS),
        "isBasedOn": sources(graph),
        "citeAs": f"mlperf-kg contributors: {TITLE}, version {version('mlperf-kg')}.",
        "distribution": [
            {"@type": "cr:FileObject", "@id": file.name, "name": file.name, "contentUrl": file.url,
             "encodingFormat": file.media_type, "sha256": sha256(file.data).hexdigest(), "contentSize": f"{len(file.data)} B"}
            for file in files
        ],
        "recordSet": [
            {"@type": "cr:RecordSet", "@id": name, "name": name, "field": [
                {"@type": "cr:Field", "@id": f"{name}/{column}", "name": column, "dataType": _type(table, at),
                 "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": column}}}
                for at, column in enumerate(table.columns)
            ]}
            for name, table in tables.items()
        ],
    }  # fmt: skip


def _type(table: Table, at: int) -> str:
    """The type of a column: integer where every row has one, float, an address, else text."""
    values = [row[at] for row in table.rows]
    kind = table.kind(at)
    if kind is int and None not in values:
        return "sc:Integer"
    if kind is not str:
        return "sc:Float"
    there = [value for value in values if value is not None]
    return "sc:URL" if there and not any(isinstance(value, ox.Literal) for value in there) else "sc:Text"
