"""PDF: its characters as lines, by PDFium; `kg.read.layout` makes paragraphs and headings of them."""

from __future__ import annotations

import ctypes
import math
import re
import statistics
from collections import defaultdict
from dataclasses import replace
from functools import cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import InputError
from kg.read.columns import in_reading_order, in_rows
from kg.read.forms import check_forms
from kg.read.glyphs import Glyph, once, page_lines
from kg.read.layout import HYPHEN, Line, body, outline, without_notes
from kg.read.outline import Outline
from kg.read.packed import check_unpacked
from kg.read.text import MAX_CHARACTERS, clean
from kg.read.visible import Bounds, Visible

MAX_PAGES = 2000

_NARROW = frozenset(map(ord, "\xa0\u2007\u2009\u202f"))  # spaces that may part the thousands of a number
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_SPACES = frozenset(" \t" + "".join(map(chr, _NARROW)))


def read_pdf(data: bytes, name: str) -> Outline:
    """The text of a PDF, with its headings, and its title from the metadata.

    Paragraphs are on one line each, apart by a blank line; list items and table rows are on a line
    each, the cells of a row three spaces apart.

    Raises InputError when it is broken, encrypted or without text, and when it goes beyond 2000 pages,
    5 million characters, or what `kg.read.packed` and `kg.read.forms` allow.
    """
    check_unpacked(data, name)
    check_forms(data, name)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if re.search("password|security", str(error), re.IGNORECASE):
            raise InputError(f"{name}: is an encrypted PDF; save it without a password") from None
        reason = re.search(r"PDFium: ([^)]*?)\.?\)", str(error))
        said = f" ({reason[1].lower()})" if reason else ""
        raise InputError(f"{name}: is a broken PDF{said}; download or export it again") from None
    try:
        lines, warnings = _document_lines(document, name)
        title = _title(document)
    finally:
        document.close()
    if not lines:
        raise InputError(f"{name}: is a PDF without text, perhaps of scanned pages; give it with its text recognized")
    lines, notes = without_notes(lines)
    return replace(outline(body(lines), title), warnings=(*warnings, *notes))


def _title(document: pdfium.PdfDocument) -> str:
    try:
        return " ".join(clean(document.get_metadata_value("Title")).split())
    except UnicodeDecodeError:
        return ""


def _document_lines(document: pdfium.PdfDocument, name: str) -> tuple[list[Line], list[str]]:
    """The lines of all pages, and what is to be said of pages that may be read wrong."""
    if len(document) > MAX_PAGES:
        raise InputError(f"{name}: has {len(document)} pages, more than {MAX_PAGES}; split it")
    lines: list[Line] = []
    warnings: list[str] = []
    pages: dict[tuple[tuple[str, int, int], ...], int] = {}
    left, unknown = MAX_CHARACTERS, 0
    for number in range(len(document)):
        try:
            page = document[number]
            page.set_rotation(0)
            characters = page.get_textpage()
        except pdfium.PdfiumError:
            place = f"page {number + 1}"
            raise InputError(f"{name}: is a broken PDF ({place}); download or export it again") from None
        left -= characters.count_chars()
        if left < 0:
            raise InputError(f"{name}: has more than {MAX_CHARACTERS:,} characters; split it")
        glyphs, nameless = _glyphs(characters, Visible(page, characters))
        unknown += nameless
        if nameless > 0.2 * len(glyphs):
            warnings.append(f"page {number + 1}: left out; its fonts do not say which characters their glyphs are")
            glyphs = []
        glyphs, stamp = _without_stamp(glyphs)
        if stamp:
            warnings.append(f"page {number + 1}: left out what is stamped across it: {stamp}")
        found, moved = _page(glyphs, number, characters)
        if moved:
            warnings.append(f"page {number + 1}: stands in columns; its lines may be read in the wrong order")
        seen = tuple((line.text, round(line.left), round(line.bottom)) for line in found)
        if found and (first := pages.setdefault(seen, number)) != number:
            warnings.append(f"page {number + 1}: left out; it is page {first + 1} again")
        else:
            lines += found
        characters.close()
        page.close()
    if unknown and not lines:
        raise InputError(
            f"{name}: its fonts do not say which characters their glyphs stand for (they lack ToUnicode tables); "
            "export it again, or give it with its text recognized"
        )
    return lines, warnings


def _page(glyphs: list[Glyph], number: int, characters: pdfium.PdfTextPage) -> tuple[list[Line], bool]:
    lines = page_lines(glyphs, number, lambda index: _is_bold(characters, index))
    ordered, moved = in_reading_order(lines)
    return in_rows(ordered), moved


def _glyphs(characters: pdfium.PdfTextPage, shown: Visible) -> tuple[list[Glyph], int]:
    """The glyphs of a page that stand in the direction of most of them, turned upright, and of how many glyphs
    the font does not tell the character.

    The others are watermarks and notes at the edge.
    """
    turned: dict[float, list[Glyph]] = defaultdict(list)
    box = pdfium_c.FS_RECTF()
    space, high, nameless, turn = "", 0, 0, 0.0
    raw = characters.raw
    for index in range(characters.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a pair
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        unknown = pdfium_c.FPDFText_HasUnicodeMapError(raw, index) == 1
        nameless += unknown
        if unknown and (code < 0x20 or code == 0xFFFD):
            space = space or " "
            continue
        char = _character(code)
        if not char.strip():
            space = char if char in _SPACES and space in ("", "\n", " ") else space or (char and "\n")
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        bounds = box.left, box.bottom, box.right, box.top
        if not shown.shows(index, bounds):
            continue
        if space or not turned:  # the letters of a word stand in one direction
            turn = _turn(math.degrees(pdfium_c.FPDFText_GetCharAngle(raw, index)))
        turned[turn].append(_upright(char, bounds, turn, index, space))
        space = ""
    if not turned:
        return [], nameless
    most = max(turned.values(), key=len)
    found = list(once(most))
    least = 0.25 * statistics.median(glyph.size for glyph in found)
    return [glyph for glyph in found if glyph.size > least], nameless


def _without_stamp(glyphs: list[Glyph]) -> tuple[list[Glyph], str]:
    """The glyphs of a page without a word that is stamped across it, and that word.

    It is in capitals, far larger than the text and any title, and no line begins where it does.
    """
    least = 2.5 * statistics.median(glyph.size for glyph in glyphs) if glyphs else 0.0
    large = [glyph for glyph in glyphs if glyph.size > least]
    rest = [glyph for glyph in glyphs if glyph.size <= least]
    word = "".join((glyph.space and " ") + glyph.char for glyph in large).strip()
    if (
        not (word.replace(" ", "").isalpha() and word.isupper())
        or min(glyph.size for glyph in large) < 1.5 * max(glyph.size for glyph in rest)
        or max(glyph.bottom for glyph in large) > max(glyph.bottom for glyph in rest)
        or min(glyph.left for glyph in large) < min(glyph.left for glyph in rest) + least
    ):
        return glyphs, ""
    return rest, word


def _turn(degrees: float) -> float:
    """An angle to a tenth, or to the right angle that it is nearly."""
    turn = round(degrees, 1) % 360
    right = round(turn / 90) * 90
    return right % 360 if abs(turn - right) < 0.25 else turn


@cache
def _character(code: int) -> str:
    """What is read of a character: '' of one that does not show."""
    if code in (0x02, 0xAD, 0xFFFE):
        return HYPHEN
    return chr(code) if code in _NARROW else clean(chr(code))


def _upright(char: str, box: Bounds, turn: float, index: int, space: str) -> Glyph:
    """A glyph in the coordinates of a page on which it stands upright."""
    left, bottom, right, top = box
    if turn == 90:
        left, right, bottom, top = -top, -bottom, left, right
    elif turn == 180:
        left, right, bottom, top = -right, -left, -top, -bottom
    elif turn == 270:
        left, right, bottom, top = bottom, top, -right, -left
    elif turn:
        return _straightened(char, box, turn, index, space)
    return Glyph(char, left, right, bottom, top - bottom, index, space)


def _straightened(char: str, box: Bounds, turn: float, index: int, space: str) -> Glyph:
    """A glyph that stands a little askew, turned upright about the page's corner; its box is that of its corners."""
    over, up = math.cos(math.radians(turn)), -math.sin(math.radians(turn))
    left, bottom, right, top = box
    x, y = (left + right) / 2, (bottom + top) / 2
    x, y = x * over + y * up, y * over - x * up
    wide, high, spread = right - left, top - bottom, over * over - up * up
    if abs(spread) > 0.1:
        wide, high = (wide * abs(over) - high * abs(up)) / spread, (high * abs(over) - wide * abs(up)) / spread
    wide, high = max(wide, 0.1), max(high, 0.1)
    return Glyph(char, x - wide / 2, x + wide / 2, y - high / 2, high, index, space)


def _is_bold(characters: pdfium.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(characters, index, name, len(name), flags)
    return _BOLD.search(name.value) is not None or pdfium_c.FPDFText_GetFontWeight(characters, index) >= 600
