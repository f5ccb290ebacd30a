"""A scene as one HTML file that works with no network: pan, zoom, search, drag, evidence on click, save."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from kg.draw.scene import COLOURS, Edge, Scene
from kg.draw.svg import body
from kg.namespaces import curie
from kg.plain import shown
from kg.templates import templates

CONTROLS = Markup(
    '<label class="find">Find <input id="find" type="search" list="names" autocomplete="off"></label><datalist id="names"></datalist>'
    '<fieldset class="legend" id="legend"><legend>Show</legend></fieldset>'
    '<span class="zoom"><button type="button" id="in" aria-label="Zoom in">+</button><button type="button" id="out" '
    'aria-label="Zoom out">−</button><button type="button" id="all">Whole picture</button>'
    '<button type="button" id="arrange">Arrange</button><button type="button" id="svg">SVG</button>'
    '<button type="button" id="png">PNG</button></span><span id="state" role="status"></span>'
)
"""What the viewer listens to."""

HINT = "Choose a thing to see what is said of it, and the words or results it rests on. What you drag stays where you put it."


def to_html(scene: Scene) -> str:
    """The scene as one HTML document."""
    page = templates(Path(__file__).parent).get_template("page.html")
    picture = Markup(body(scene))  # noqa: S704 - made and escaped by svg.py
    return page.render(scene=scene, controls=CONTROLS, hint=HINT, picture=picture, data=data_of(scene))


def data_of(scene: Scene, results: bool = True) -> dict[str, Any]:
    """The nodes and edges of a scene with their evidence and places, as the viewer reads them.

    An edge has s and t (places in the nodes), p (the predicate) and e (evidence) or, of the record, n (how many results there
    are) and, with `results`, r (the best of them).
    """
    return {
        "colours": COLOURS,
        "nodes": [
            {
                "label": shown(n.label), "type": n.type, "iri": curie(n.iri),
                "x": round(n.x, 1), "y": round(n.y, 1), "w": round(n.width, 1),
                "literals": {k: [shown(v) for v in vs] for k, vs in sorted(n.literals.items())},
            }
            for n in scene.nodes
        ],
        "edges": [
            {"s": e.source, "t": e.target, "p": e.predicate, **(_of_record(e, results) if e.count else _said(e))}
            for e in scene.edges
        ],
    }  # fmt: skip


def _said(edge: Edge) -> dict[str, Any]:
    return {"e": [{**word, "quote": shown(word["quote"])} for word in edge.evidence]}


def _of_record(edge: Edge, results: bool) -> dict[str, Any]:
    best = [{"label": shown(r["label"]), "iri": curie(r["iri"]), "minutes": r["minutes"]} for r in edge.results]
    return {"n": edge.count, **({"r": best} if results else {})}
