"""A scene as one HTML file that works with no network: pan, zoom, search, evidence on click."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from kg.draw.scene import Scene
from kg.draw.svg import body, colour, legend
from kg.namespaces import curie
from kg.plain import shown

_HERE = Path(__file__).parent


def to_html(scene: Scene) -> str:
    """The scene as one HTML document."""
    keys = "".join(
        f'<label><input type="checkbox" checked data-kind="{escape(kind)}"><span class="key" style="background:{colour(kind)}"></span>'
        f"{escape(kind)}</label>"
        for kind in legend(scene)
    )
    options = "".join(f"<option value={_attribute(node.label)}>" for node in scene.nodes)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>{escape(shown(scene.title))}</title>
<style>{(_HERE / "page.css").read_text("utf-8")}{(_HERE / "viewer.css").read_text("utf-8")}</style>
</head>
<body>
<header>
<h1>{escape(shown(scene.title))}</h1>
<p class="note">{escape(shown(scene.note))}</p>
<div class="tools">
<label class="find">Find <input id="find" type="search" list="names" placeholder="a name" autocomplete="off"></label>
<datalist id="names">{options}</datalist>
<fieldset class="legend"><legend>Show</legend>{keys}</fieldset>
<span class="zoom"><button type="button" id="in" aria-label="Zoom in">+</button><button type="button" id="out" aria-label="Zoom out">−</button><button type="button" id="all">Whole picture</button></span>
</div>
</header>
<main>
<svg id="picture" viewBox="0 50 {scene.width:.0f} {scene.height - 50:.0f}" role="group" aria-label="{escape(shown(scene.title))}">
{body(scene)}
</svg>
<aside id="panel" aria-live="polite"><p class="hint">Choose a thing to see what is said of it, and the words it rests on.</p></aside>
</main>
<script type="application/json" id="data">{_json(data_of(scene))}</script>
<script>{(_HERE / "viewer.js").read_text("utf-8")}</script>
</body>
</html>
"""


def _attribute(text: str) -> str:
    return '"' + escape(shown(text), quote=True) + '"'


def data_of(scene: Scene) -> dict[str, Any]:
    """The nodes and edges of a scene with their evidence, as the viewer reads them."""
    return {
        "nodes": [
            {"label": shown(n.label), "type": n.type, "iri": curie(n.iri), "literals": {k: [shown(v) for v in vs] for k, vs in sorted(n.literals.items())}}
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


def _json(value: Any) -> str:
    """JSON that can stand in a page: nothing in it ends the script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
