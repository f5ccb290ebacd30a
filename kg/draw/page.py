"""A scene as one HTML file that works with no network: pan, zoom, search, evidence on click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from kg.draw.scene import Scene
from kg.draw.svg import body, colour, legend
from kg.namespaces import curie
from kg.plain import shown
from kg.templates import templates


def to_html(scene: Scene) -> str:
    """The scene as one HTML document."""
    page = templates(Path(__file__).parent).get_template("page.html")
    picture = Markup(body(scene))  # noqa: S704 - made and escaped by svg.py
    return page.render(scene=scene, kinds=legend(scene), colour=colour, picture=picture, data=data_of(scene))


def data_of(scene: Scene) -> dict[str, Any]:
    """The nodes and edges of a scene with their evidence, as the viewer reads them."""
    return {
        "nodes": [
            {
                "label": shown(n.label), "type": n.type, "iri": curie(n.iri),
                "literals": {k: [shown(v) for v in vs] for k, vs in sorted(n.literals.items())},
            }
            for n in scene.nodes
        ],
        "edges": [
            {
                "s": e.source, "t": e.target, "p": e.predicate,
                "e": [{**word, "quote": shown(word["quote"])} for word in e.evidence],
            }
            for e in scene.edges
        ],
    }  # fmt: skip
