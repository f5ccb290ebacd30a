"""Which glyphs of a PDF's page a reader sees.

Most pages have nothing but dark letters and take no time. Where text is white, transparent, drawn in no
colour, on a layer or beneath something, the page is drawn, and its glyphs count where their boxes are not of one shade.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_INVISIBLE = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_LIGHT = 224  # of 255, the least of red, green and blue
_SHADES = 5  # by which the shades of a box differ where something shows
_SIDE = 2000  # pixels of a drawn page at most
_PIXELS = 30_000_000  # of the images of a page that is drawn
_DEEP = 8  # forms within forms
_MOST = 1000  # notes of a page, and lines of one
_ALIKE = 24  # by which parts of a colour differ that cannot be told apart
Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


class Visible:
    """The glyphs of a page that show: those on it that are neither hidden nor struck out.

    Pages of which nothing but invisible text is known are scanned ones with their text recognized.
    """

    def __init__(self, page: pdfium.PdfPage, characters: pdfium.PdfTextPage) -> None:
        self._page, self._characters = page, characters
        self._box = _box_of(page)
        self._unseen: set[int] = set()  # by the addresses of the objects
        self._doubtful: set[int] = set()
        self._lines: list[tuple[float, float, float]] = []  # across the page: height, left, right
        self._grounds: list[tuple[Bounds, tuple[int, int, int]]] = []
        self._pixels = 0
        self._gather()

    def shows(self, index: int, box: Bounds) -> bool:
        """Whether a glyph, by its number and box, shows."""
        left, bottom, right, top = self._box
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (left <= x <= right and bottom <= y <= top) or (self._lines and self._struck(x, box)):
            return False
        if not (self._unseen or self._doubtful):
            return True
        drawn = _address(pdfium_c.FPDFText_GetTextObject(self._characters, index))
        if drawn in self._unseen:
            return False
        return drawn not in self._doubtful or self._differs(box)

    def _gather(self) -> None:
        """Look at all that is drawn on the page, from the lowest up."""
        texts: list[pdfium_c.FPDF_PAGEOBJECT] = []
        hidden: list[int] = []
        for drawn, nested in _objects(self._page.raw):
            kind = pdfium_c.FPDFPageObj_GetType(drawn)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                texts.append(drawn)
                if pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE:
                    hidden.append(_address(drawn))
                elif self._is_doubtful(drawn):
                    self._doubtful.add(_address(drawn))
            elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and not nested:
                self._take_path(drawn, texts)
            elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                wide, high = ctypes.c_uint(), ctypes.c_uint()
                pdfium_c.FPDFImageObj_GetImagePixelSize(drawn, wide, high)
                self._pixels += wide.value * high.value
        self._unseen = set(hidden) if len(hidden) < len(texts) else set()
        self._lines += _strikes(self._page.raw)
        self._lines.sort()

    def _is_doubtful(self, drawn: pdfium_c.FPDF_PAGEOBJECT) -> bool:
        """Whether text may not show: white or transparent, on a layer, outside of a clipping path, or in the colour below it."""
        *shade, opacity = _colour(drawn)
        if min(shade) > _LIGHT or opacity < 40 or _is_layered(drawn) or _is_cut(drawn):
            return True
        if not self._grounds:
            return False
        left, bottom, right, top = _bounds(drawn)
        x, y = (left + right) / 2, (bottom + top) / 2
        return any(
            left < x < right
            and bottom < y < top
            and all(abs(a - b) < _ALIKE for a, b in zip(shade, colour, strict=True))
            for (left, bottom, right, top), colour in self._grounds[-300:]
        )

    def _take_path(self, drawn: pdfium_c.FPDF_PAGEOBJECT, texts: list[pdfium_c.FPDF_PAGEOBJECT]) -> None:
        """Take a path: a line that may strike text out, or an area that may cover text or be its ground."""
        left, bottom, right, top = area = _bounds(drawn)
        if top - bottom < 2.5 and right - left > 4:
            self._lines.append(((top + bottom) / 2, left, right))
            return
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(drawn, filled, stroked)
        colour = _colour(drawn)
        if not filled.value or colour[3] < 40:
            return
        if min(colour[:3]) <= _LIGHT:  # white text is looked at in any case
            self._grounds.append((area, colour[:3]))
        for text in texts:
            place = _bounds(text)
            if left < (place[0] + place[2]) / 2 < right and bottom < (place[1] + place[3]) / 2 < top:
                self._doubtful.add(_address(text))

    def _struck(self, x: float, box: Bounds) -> bool:
        """Whether a line goes through the middle of a glyph."""
        _, bottom, _, top = box
        high = top - bottom
        at = bisect_left(self._lines, (bottom + 0.36 * high,))
        while at < len(self._lines) and self._lines[at][0] < bottom + 0.62 * high:
            if self._lines[at][1] < x < self._lines[at][2]:
                return True
            at += 1
        return False

    def _differs(self, box: Bounds) -> bool:
        """Whether something shows in a box of the page as it is drawn."""
        if self._drawn is None:
            return False
        shades, stride, scale, wide, high = self._drawn
        left, _, _, top = self._box
        first, last = (max(0, min(wide, int((x - left) * scale + more))) for x, more in ((box[0], 0), (box[2], 1)))
        upper, lower = (max(0, min(high, int((top - y) * scale + more))) for y, more in ((box[3], 0), (box[1], 1)))
        rows = [shades[y * stride + first : y * stride + last] for y in range(upper, lower)]
        rows = [row for row in rows if row]
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= _SHADES

    @cached_property
    def _drawn(self) -> tuple[bytes, int, float, int, int] | None:
        """The page in shades of grey: bytes, bytes a row, pixels a point, width and height; None where images are too large."""
        if self._pixels > _PIXELS:
            return None
        wide, high = self._page.get_size()
        scale = min(1.0, _SIDE / max(wide, high, 1))
        bitmap = self._page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        return bytes(bitmap.buffer), bitmap.stride, scale, bitmap.width, bitmap.height


def _box_of(page: pdfium.PdfPage) -> Bounds:
    """What of the page shows, as left, bottom, right and top."""
    width, height = page.get_size()
    for left, bottom, right, top in (page.get_cropbox(), page.get_mediabox()):
        if abs(right - left - width) < 1 and abs(top - bottom - height) < 1:
            return left, bottom, right, top
    return 0.0, 0.0, width, height


def _objects(page: pdfium_c.FPDF_PAGE) -> Iterator[tuple[pdfium_c.FPDF_PAGEOBJECT, bool]]:
    """All that is drawn on a page, from the lowest up, each with whether it is within a form."""
    for number in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _within(pdfium_c.FPDFPage_GetObject(page, number), 0)


def _within(drawn: pdfium_c.FPDF_PAGEOBJECT, depth: int) -> Iterator[tuple[pdfium_c.FPDF_PAGEOBJECT, bool]]:
    if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_FORM:
        yield drawn, depth > 0
    elif depth < _DEEP:
        for number in range(pdfium_c.FPDFFormObj_CountObjects(drawn)):
            yield from _within(pdfium_c.FPDFFormObj_GetObject(drawn, number), depth + 1)


def _strikes(page: pdfium_c.FPDF_PAGE) -> Iterator[tuple[float, float, float]]:
    """The lines by which readers' notes strike text out (ISO 32000-2, 12.5.6.10): height, left, right."""
    quad = pdfium_c.FS_QUADPOINTSF()
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium_c.FPDFPage_GetAnnot(page, number)
        if pdfium_c.FPDFAnnot_GetSubtype(note) == pdfium_c.FPDF_ANNOT_STRIKEOUT:
            for at in range(min(pdfium_c.FPDFAnnot_CountAttachmentPoints(note), _MOST)):
                pdfium_c.FPDFAnnot_GetAttachmentPoints(note, at, quad)
                across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield (min(up) + max(up)) / 2, min(across), max(across)
        pdfium_c.FPDFPage_CloseAnnot(note)


def _address(drawn: pdfium_c.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


def _bounds(drawn: pdfium_c.FPDF_PAGEOBJECT) -> Bounds:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _colour(drawn: pdfium_c.FPDF_PAGEOBJECT) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of what fills an object, each up to 255."""
    red, green, blue, opacity = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not pdfium_c.FPDFPageObj_GetFillColor(drawn, red, green, blue, opacity):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, opacity.value


def _is_layered(drawn: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether an object is optional content (ISO 32000-2, 8.11)."""
    marks = pdfium_c.FPDFPageObj_CountMarks(drawn)
    if marks < 1:
        return False
    name, length = ctypes.create_string_buffer(16), ctypes.c_ulong()
    for number in range(marks):
        mark = pdfium_c.FPDFPageObj_GetMark(drawn, number)
        pdfium_c.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), len(name), length)
        if name.raw[: length.value] == "OC\0".encode("utf-16-le"):
            return True
    return False


def _is_cut(drawn: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a clipping path leaves nothing of an object."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(drawn)
    if pdfium_c.FPDFClipPath_CountPaths(clip) < 1:
        return False
    bounds = _bounds(drawn)
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium_c.FPDFClipPath_CountPaths(clip), 20)):
        points = []
        for segment in range(min(pdfium_c.FPDFClipPath_CountPathSegments(clip, number), 20)):
            pdfium_c.FPDFPathSegment_GetPoint(pdfium_c.FPDFClipPath_GetPathSegment(clip, number, segment), x, y)
            points.append((x.value, y.value))
        if points and not (
            min(p[0] for p in points) < bounds[2] and bounds[0] < max(p[0] for p in points)
            and min(p[1] for p in points) < bounds[3] and bounds[1] < max(p[1] for p in points)
        ):  # fmt: skip
            return True
    return False
