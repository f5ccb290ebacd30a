"""A graph as a picture: HTML to explore, SVG and PNG to show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.draw.results import RELATIONS
from kg.draw.scene import LIMIT, UNDRAWN, scene
from kg.errors import QueryError, needed
from kg.export import to_networkx
from kg.files import write_whole
from kg.namespaces import MLP, RDF_TYPE
from kg.rdf.terms import DEFAULT_GRAPH, LABEL, TYPE, mlp
from kg.store import Graph

__all__ = ["LIMIT", "draw", "drawn_from", "part_drawn"]

Part = Literal["statements", "results", "all"]
"""What a picture is made of: the vocabulary and what statements say, official results too, or all quads."""


def part_drawn(graph: Graph, about: str | None, record: bool) -> Part:
    """The part of a graph that a picture takes: all of it around a thing of the record or a claim."""
    if about is not None:
        kinds = {kind.removeprefix(MLP) for kind in graph.values(about, RDF_TYPE, DEFAULT_GRAPH)}
        if not kinds or not kinds.isdisjoint(UNDRAWN):
            return "all"
    return "results" if record else "statements"


def drawn_from(graph: Graph, part: Part) -> Iterator[ox.Quad]:
    """The quads of a part of a graph; of its official results only what is drawn of them."""
    if part == "all":
        return graph.quads()
    statements = map(ox.NamedNode, graph.subjects(RDF_TYPE, mlp("Statement"), DEFAULT_GRAPH))
    said = chain.from_iterable(graph.match(graph=at) for at in (DEFAULT_GRAPH, *statements))
    return chain(said, _results(graph)) if part == "results" else said


_SAID = {"label": LABEL, **{name: mlp(name) for name in ("submitter", "minutes", *RELATIONS)}}
"""What is drawn of a result."""


def _results(graph: Graph) -> Iterator[ox.Quad]:
    """What is drawn of official results, from one query: each term that a store gives costs more than a join."""
    scan = "{{ SELECT ?result ?{0} {{ ?record a mlp:Record . GRAPH ?record {{ ?result {1} ?{0} }} }} }}"
    parts = " OPTIONAL ".join(scan.format(*said) for said in {"kind": TYPE, **_SAID}.items())
    kind = mlp("Result")
    rows = graph.query(f"SELECT ?result ?{' ?'.join(_SAID)} {{ {parts} FILTER(?kind = {kind}) }}")
    assert isinstance(rows, ox.QuerySolutions)
    for result, *values in rows:
        yield ox.Quad(result, TYPE, kind)
        yield from (ox.Quad(result, p, of) for p, of in zip(_SAID.values(), values, strict=True) if of is not None)


def draw(
    quads: Iterable[ox.Quad],
    file: str | Path,
    *,
    about: str | None = None,
    depth: int = 1,
    limit: int | None = None,
    only: Collection[str] | None = None,
    record: bool = False,
) -> str:
    """Draw a graph to a file that ends in .html, .svg or .png; returns a sentence on what is shown.

    Without more, organizations, systems, accelerators, frameworks and benchmarks; with `about` (an IRI),
    what is within `depth` steps of that thing; with `only`, the things with these IRIs. At most `limit`
    things are drawn (default 120), the best connected first, and the picture says what was left out. With
    `record`, official results are drawn too, all of an organization on a thing as one line.

    Raises QueryError for another ending or when there is nothing to draw, MissingExtra for a PNG without vl-convert,
    OutputError when the file cannot be written.
    """
    path = Path(file)
    ending = path.suffix.lower()
    if ending not in (".html", ".svg", ".png"):
        raise QueryError(f"{file}: a picture ends in .html, .svg or .png")
    made = scene(to_networkx(quads), about=about, depth=depth, limit=limit or LIMIT, only=only, record=record)
    if ending == ".html":
        from kg.draw.page import to_html

        data: bytes | str = to_html(made)
    else:
        from kg.draw.svg import to_svg

        data = to_svg(made)
        if ending == ".png":
            data = needed("vl_convert", "plot", "PNG pictures").svg_to_png(data, scale=2)
    write_whole(path, data)
    return f"{path}: {made.note}"
