"""A scene as a PNG, with a font that Pillow brings along."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from kg.draw.scene import Scene
from kg.draw.svg import colour, curve, legend
from kg.plain import shown

_SCALE = 2


def to_png(scene: Scene) -> bytes:
    """The scene as PNG bytes, at twice its size in pixels."""
    image = Image.new("RGB", (round(scene.width * _SCALE), round(scene.height * _SCALE)), "#ffffff")
    pen = ImageDraw.Draw(image, "RGBA")
    font, large = ImageFont.load_default(12 * _SCALE), ImageFont.load_default(18 * _SCALE)

    def text(x: float, y: float, words: str, *, fill: str = "#1b1f24", big: bool = False) -> None:
        pen.text((x * _SCALE, y * _SCALE), shown(words), fill=fill, font=large if big else font, anchor="lm")

    for edge in scene.edges:
        x1, y1, x2, y2, x3, y3, x4, y4 = curve(scene, edge)
        points = []
        for step in range(25):
            t = step / 24
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            points.append(
                ((a * x1 + b * x2 + c * x3 + d * x4) * _SCALE, (a * y1 + b * y2 + c * y3 + d * y4) * _SCALE)
            )
        pen.line(points, fill=(140, 149, 159, 120), width=_SCALE)
    for node in scene.nodes:
        box = [v * _SCALE for v in (node.x, node.y, node.x + node.width, node.y + node.height)]
        pen.rounded_rectangle(box, radius=5 * _SCALE, fill="#ffffff", outline=colour(node.type), width=_SCALE)
        pen.rectangle([box[0], box[1], box[0] + 5 * _SCALE, box[3]], fill=colour(node.type))
        text(node.x + 11, node.y + node.height / 2, node.label)
    text(12, 18, scene.title, big=True)
    x = 12.0
    for kind in legend(scene):
        pen.rectangle([x * _SCALE, 40 * _SCALE, (x + 10) * _SCALE, 50 * _SCALE], fill=colour(kind))
        text(x + 15, 45, kind)
        x += 28 + len(kind) * 7
    text(12, scene.height - 14, scene.note, fill="#57606a")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
