"""A scene as a PNG, in a font of the system that has its letters, or in the one that Pillow brings along."""

from __future__ import annotations

import contextlib
import io
import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kg.draw.scene import Scene
from kg.draw.svg import colour, curve, legend
from kg.plain import in_words, shown

_SCALE = 2


def to_png(scene: Scene) -> bytes:
    """The scene as PNG bytes, at twice its size in pixels."""
    image = Image.new("RGB", (round(scene.width * _SCALE), round(scene.height * _SCALE)), "#ffffff")
    pen = ImageDraw.Draw(image, "RGBA")

    def text(x: float, y: float, words: str, *, fill: str = "#1b1f24", big: bool = False) -> None:
        font, letters = _font((18 if big else 12) * _SCALE, shown(words))
        pen.text((x * _SCALE, y * _SCALE), letters, fill=fill, font=font, anchor="lm")

    for edge in scene.edges:
        x1, y1, x2, y2, x3, y3, x4, y4 = curve(scene, edge)
        points = []
        for step in range(25):
            t = step / 24
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            points.append(((a * x1 + b * x2 + c * x3 + d * x4) * _SCALE, (a * y1 + b * y2 + c * y3 + d * y4) * _SCALE))
        pen.line(points, fill=(140, 149, 159, 120), width=_SCALE)
    for node in scene.nodes:
        box = [v * _SCALE for v in (node.x, node.y, node.x + node.width, node.y + node.height)]
        pen.rounded_rectangle(box, radius=5 * _SCALE, fill="#ffffff", outline=colour(node.type), width=_SCALE)
        pen.rectangle([box[0], box[1], box[0] + 5 * _SCALE, box[3]], fill=colour(node.type))
        text(node.x + 11, node.y + node.height / 2, node.label)
    text(12, 18, scene.title, big=True)
    for kind, x in legend(scene):
        pen.rectangle([x * _SCALE, 40 * _SCALE, (x + 10) * _SCALE, 50 * _SCALE], fill=colour(kind))
        text(x + 15, 45, in_words(kind))
    text(12, scene.height - 14, scene.note, fill="#57606a")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


_FONTS = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf", "segoeui.ttf",
    "Arial Unicode.ttf", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "msyh.ttc", "PingFang.ttc",
    "NotoSansArabic-Regular.ttf",
)  # fmt: skip
"""Fonts that systems have, those of most scripts first."""


def _font(size: int, words: str) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, str]:
    """The first font that has all letters of some words, and the words; where none has, without their accents,
    and with question marks for what is missing even so.
    """
    fonts = _fonts(size)
    for font in fonts:
        if not _lacking(font, words):
            return font, words
    best = min(fonts, key=lambda font: len(_lacking(font, words)))
    bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    missing = _lacking(best, bare)
    return best, "".join("?" if c in missing else c for c in bare)


@lru_cache(maxsize=4)
def _fonts(size: int) -> list[ImageFont.FreeTypeFont | ImageFont.ImageFont]:
    found: list[ImageFont.FreeTypeFont | ImageFont.ImageFont] = [ImageFont.load_default(size)]
    for name in _FONTS:
        with contextlib.suppress(OSError):
            found.append(ImageFont.truetype(name, size))
    return found


def _lacking(font: ImageFont.FreeTypeFont | ImageFont.ImageFont, words: str) -> set[str]:
    """The letters that a font draws as it draws a character that no font has."""
    none = bytes(font.getmask("\uffff"))
    return {c for c in set(words) if ord(c) > 126 and bytes(font.getmask(c)) == none}
