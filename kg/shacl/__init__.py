"""Validation of RDF with SHACL (https://www.w3.org/TR/shacl/), whatever the shapes are about.

The column engine finds what it certainly knows how to find; any other shapes go to pySHACL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg.shacl.columns import Columns
from kg.shacl.engine import Engine, Result
from kg.shacl.reference import reference
from kg.shacl.shapes import Shapes

__all__ = ["Columns", "Engine", "Result", "Shapes", "violations"]


def violations(
    data: Sequence[ox.Quad], columns: Columns, written: Iterable[ox.Quad], shapes: Shapes
) -> Iterable[Result]:
    """What of the data breaks the shapes; `columns` are those of `data`, `shapes` what `written` says.

    Raises ShapesError for shapes that are no SHACL or ask for what cannot be checked.
    """
    shapes.check()
    if not shapes.known():
        return reference(data, written)
    return list(Engine(shapes, columns).results())
