"""Validation with pySHACL: the reference that the engine is held to, and for shapes that it does not know.

Imports, advanced features and JavaScript are off (https://www.w3.org/TR/shacl/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.rdf.rdflib import data_graph, to_oxigraph
from kg.shacl.engine import Result

_PLAIN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, re.error)
"""What pySHACL and rdflib stumble with over shapes that are wrong."""


def reference(data: Iterable[ox.Quad], shapes: Iterable[ox.Quad]) -> Iterator[Result]:
    """What pySHACL finds wrong. Raises ShapesError when it cannot work with the shapes."""
    import pyshacl
    from pyparsing import ParseBaseException
    from rdflib import SH, BNode, Graph, URIRef

    rules = data_graph(shapes)
    try:
        _, found, _ = pyshacl.validate(
            data_graph(data), shacl_graph=rules, inplace=True, inference="none",
            advanced=False, js=False, do_owl_imports=False,
        )  # fmt: skip
    except Exception as error:
        # pySHACL's own errors are RuntimeErrors, and rdflib's of a prefix that nobody declared is a bare Exception
        if type(error) is Exception or isinstance(error, (RuntimeError, *_PLAIN, ParseBaseException)):
            raise ShapesError(f"pySHACL cannot work with the shapes: {error}") from error
        raise
    if not isinstance(found, Graph):
        raise ShapesError(f"pySHACL cannot work with the shapes: {found}")
    for result in found.objects(None, SH.result):
        said: dict[Any, Any] = dict(found.predicate_objects(result))
        shape, path, value = said[SH.sourceShape], said.get(SH.resultPath), said.get(SH.value)
        source = str(to_oxigraph(shape))
        while isinstance(shape, BNode):
            shape = next(iter(rules.subjects(None, shape)), None)
        yield Result(
            str(to_oxigraph(said[SH.focusNode])),
            (f"<{path}>", ()) if isinstance(path, URIRef) else None,
            None if value is None else str(to_oxigraph(value)),
            str(to_oxigraph(shape)) if shape is not None else "",
            str(said[SH.sourceConstraintComponent]).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
            str(said[SH.resultSeverity]).removeprefix(str(SH)),
            source,
        )
