"""The words a fact rests on, as a Web Annotation (https://www.w3.org/TR/annotation-model/): written, and followed back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.terms import DEFAULT_GRAPH, TYPE, mlp, term

if TYPE_CHECKING:
    from kg.model.statement import Evidence  # queries do without

STEPS = (mlp("evidence"), term("oa", "hasTarget"), term("oa", "hasSelector"))
"""From a fact to the selector that holds its words."""

_EXACT, _START, _END = (term("oa", name) for name in ("exact", "start", "end"))


def evidence_quads(
    evidence: Evidence, me: ox.NamedNode, statement: ox.NamedNode, page: int | None = None
) -> Iterator[ox.Quad]:
    """A Web Annotation that selects the quote by its words and by its place in the document's text.

    `page` is the number of the page on which it begins, where the document has pages.
    """
    if page is not None:
        yield ox.Quad(me, mlp("page"), ox.Literal(page), statement)
    target, selector = ox.NamedNode(me.value + "/target"), ox.NamedNode(me.value + "/selector")
    for s, p, o in (
        (me, TYPE, mlp("Evidence")),
        (me, TYPE, term("oa", "Annotation")),
        (me, STEPS[1], target),
        (target, TYPE, term("oa", "SpecificResource")),
        (target, term("oa", "hasSource"), statement),
    ):
        yield ox.Quad(s, p, o, statement)
    yield from selector_quads(evidence, target, selector, statement)


def selector_quads(
    said: Evidence, of: ox.NamedNode, selector: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT_GRAPH
) -> Iterator[ox.Quad]:
    """What selects words of a document's text: what they are, where they begin and end, and what is found by them."""
    for s, p, o in (
        (of, STEPS[2], selector),
        (selector, TYPE, term("oa", "TextQuoteSelector")),
        (selector, TYPE, term("oa", "TextPositionSelector")),
        (selector, _EXACT, ox.Literal(said.quote)),
        (selector, _START, ox.Literal(said.span.start)),
        (selector, _END, ox.Literal(said.span.end)),
    ):
        yield ox.Quad(s, p, o, graph)


def words(node: str, first: Callable[[str, str], str | None]) -> tuple[str, int, int] | None:
    """The quote of a fact, or of a part of its evidence, with its start and end in the document's text.

    `first` gives the value of a node's property, both as IRIs, or None. None when the node leads to no words.
    """
    for step in STEPS:
        node = first(node, step.value) or node
    quote = first(node, _EXACT.value)
    if quote is None:
        return None
    return quote, int(first(node, _START.value) or 0), int(first(node, _END.value) or 0)
