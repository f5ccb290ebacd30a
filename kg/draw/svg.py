"""A scene as SVG 1.1, with nothing that has to be fetched."""

from __future__ import annotations

from itertools import accumulate
from xml.sax.saxutils import escape

from kg.draw.scene import COLOURS, Edge, Node, Scene
from kg.plain import in_words, shown

_STYLE = """
text{font:12px system-ui,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1b1f24}
.title{font-size:18px;font-weight:600}.note{fill:#57606a}
.edge{fill:none;stroke:#8c959f;stroke-width:1.1;stroke-opacity:.45}
.record{stroke:#0a58ca;stroke-dasharray:4 3}.node rect{stroke-width:1.5}
"""


def colour(kind: str) -> str:
    """The colour of a class."""
    return COLOURS.get(kind, "#444444")


def curve(scene: Scene, edge: Edge) -> tuple[float, float, float, float, float, float, float, float]:
    """The four points of the Bézier curve of an edge, as x and y in turn."""
    a, b = scene.nodes[edge.source], scene.nodes[edge.target]
    if a.x > b.x:
        a, b = b, a
    shift = 4 if edge.count else 0  # the record beside what is said
    y1, y2 = a.y + a.height / 2 + shift, b.y + b.height / 2 + shift
    if a.x == b.x:  # both in one column: a bow on the right
        x = a.x + a.width
        bow = 30 + abs(y2 - y1) * 0.25
        return x, y1, x + bow, y1, x + bow, y2, x, y2
    x1, x2 = a.x + a.width, b.x
    middle = (x2 - x1) * 0.5
    return x1, y1, x1 + middle, y1, x2 - middle, y2, x2, y2


def legend(scene: Scene) -> list[tuple[str, float]]:
    """The classes in a scene, in the order of the colours, each with where its key begins."""
    present = {node.type for node in scene.nodes}
    kinds = [kind for kind in COLOURS if kind in present] + sorted(present - set(COLOURS))
    return list(zip(kinds, accumulate((28 + len(kind) * 7 for kind in kinds), initial=12.0), strict=False))


def body(scene: Scene) -> str:
    """Edges and nodes as SVG elements."""
    parts = ['<g class="edges">']
    for edge in scene.edges:
        x1, y1, x2, y2, x3, y3, x4, y4 = curve(scene, edge)
        kind = "edge record" if edge.count else "edge"
        line = f"M{x1:.0f} {y1:.0f}C{x2:.0f} {y2:.0f} {x3:.0f} {y3:.0f} {x4:.0f} {y4:.0f}"
        parts.append(f'<path class="{kind}" d="{line}"/>')
    parts.append('</g><g class="nodes">')
    parts.extend(_node(node) for node in scene.nodes)
    parts.append("</g>")
    return "\n".join(parts)


def _node(node: Node) -> str:
    label = escape(shown(node.label))
    return (
        f'<g class="node" transform="translate({node.x:.0f} {node.y:.0f})">'
        f'<rect width="{node.width:.0f}" height="{node.height}" rx="5" fill="{_tint(colour(node.type))}" '
        f'stroke="{colour(node.type)}"/>'
        f'<rect class="mark" width="5" height="{node.height}" rx="2" fill="{colour(node.type)}" stroke="none"/>'
        f'<text x="11" y="14">{label}</text></g>'
    )


def _tint(hexadecimal: str) -> str:
    """A colour as light as a background, which no line shines through."""
    return "#" + "".join(f"{255 - (255 - int(hexadecimal[at : at + 2], 16)) // 8:02x}" for at in (1, 3, 5))


def to_svg(scene: Scene) -> str:
    """The scene as one SVG document."""
    keys = []
    for kind, x in legend(scene):
        keys.append(f'<rect x="{x:.0f}" y="40" width="10" height="10" fill="{colour(kind)}"/>')
        keys.append(f'<text x="{x + 15:.0f}" y="49">{escape(in_words(kind))}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scene.width:.0f}" height="{scene.height:.0f}" '
        f'viewBox="0 0 {scene.width:.0f} {scene.height:.0f}" role="img">\n'
        f"<title>{escape(shown(scene.title))}</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text class="title" x="12" y="24">{escape(shown(scene.title))}</text>\n{"".join(keys)}\n'
        f'{body(scene)}\n<text class="note" x="12" y="{scene.height - 10:.0f}">{escape(shown(scene.note))}</text>\n</svg>\n'
    )
