"""Quads as the texts of their terms, as N-Quads (https://www.w3.org/TR/n-quads/) writes them.

Oxigraph writes a line many times faster than Python gets its terms one by one.

>>> quad = ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal('a "b" <c>'), ox.NamedNode("x:g"))
>>> list(lines([quad]))
[('<x:s>', '<x:p>', '"a \\\\"b\\\\" <c>"', '<x:g>')]
>>> text('"a \\\\"b\\\\" <c>"')
'a "b" <c>'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal


def lines(
    quads: Iterable[ox.Quad] | Iterable[ox.Triple], *, ordered: bool = False
) -> Iterator[tuple[str, str, str, str]]:
    """Subject, predicate, object and graph of each quad ('' for the default graph, and of a triple); sorted, each once, if asked."""
    written = _written(iter(quads))
    for line in sorted(set(written)) if ordered else written:
        subject, predicate, object = line.split(" ", 2)
        if object[0] == '"':
            end = object.find(" <", object.rindex('"'))
            if end < 0:
                yield subject, predicate, object, ""
            else:
                yield subject, predicate, object[:end], object[end + 1 :]
        else:
            object, _, graph = object.partition(" ")
            yield subject, predicate, object, graph


def _written(quads: Iterator[Any]) -> Iterator[str]:
    """The lines of quads without their ends, made in pieces, as the text of all may be large."""
    while some := list(islice(quads, 100_000)):
        yield from (ox.serialize(some, format=ox.RdfFormat.N_QUADS) or b"").decode().split(" .\n")[:-1]


def term(written: str) -> Term:
    """The term with a text."""
    if written[0] == "<":
        return ox.NamedNode(written[1:-1])
    if written[0] == "_":
        return ox.BlankNode(written[2:])
    (triple,) = ox.parse(f"<x:> <x:> {written} .", format=ox.RdfFormat.N_TRIPLES)
    return cast("ox.Literal", triple.object)


def text(written: str) -> str:
    """What SPARQL's STR gives for a term; the label of a blank node."""
    if written[0] == "<":
        return written[1:-1]
    if written[0] == "_":
        return written[2:]
    return term(written).value if "\\" in written else written[1 : written.rindex('"')]
