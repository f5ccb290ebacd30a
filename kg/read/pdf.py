"""PDF: its characters as lines, by PDFium; `kg.read.layout` makes paragraphs and headings of them."""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections import defaultdict
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import InputError
from kg.read.columns import in_reading_order
from kg.read.glyphs import Glyph, page_lines
from kg.read.layout import HYPHEN, Line, body, outline
from kg.read.outline import Outline
from kg.read.rows import in_rows
from kg.read.text import MAX_CHARACTERS, clean

MAX_PAGES = 2000
MAX_UNPACKED = 500_000_000

_CHUNK = 65_536
_NARROW = frozenset(map(ord, "\xa0\u2007\u2009\u202f"))  # spaces that may part the thousands of a number
_SPACES = frozenset(" \t" + "".join(map(chr, _NARROW)))


def read_pdf(data: bytes, name: str) -> Outline:
    """The text of a PDF, with its headings, and its title from the metadata.

    Paragraphs are on one line each, apart by a blank line; list items and table rows are on a line
    each, the cells of a row three spaces apart.

    Raises InputError when it is broken, encrypted or without text, and when it goes beyond 2000 pages,
    5 million characters or 500 MB unpacked.
    """
    _check_unpacked(data, name)
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
        raise InputError(
            f"{name}: is a PDF without text, perhaps of scanned pages; give it with its text recognized"
        )
    return replace(outline(body(lines), title), warnings=tuple(warnings))


def _title(document: pdfium.PdfDocument) -> str:
    try:
        return " ".join(clean(document.get_metadata_value("Title")).split())
    except UnicodeDecodeError:
        return ""


def _check_unpacked(data: bytes, name: str) -> None:
    """Refuse a file whose compressed streams are far larger than any document's."""
    left = MAX_UNPACKED
    view = memoryview(data)
    for match in re.finditer(rb"stream\r?\n", data):
        unpacker = zlib.decompressobj()
        at = match.end()
        packed: bytes | memoryview = b""
        try:
            while not unpacker.eof and (packed or at < len(data)):
                if not packed:
                    packed, at = view[at : at + _CHUNK], at + _CHUNK
                left -= len(unpacker.decompress(packed, 16 * _CHUNK))
                packed = unpacker.unconsumed_tail
                if left < 0:
                    raise InputError(f"{name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB; split it")
        except zlib.error:  # packed in another way, or a word of the text
            continue


def _document_lines(document: pdfium.PdfDocument, name: str) -> tuple[list[Line], list[str]]:
    """The lines of all pages, and what is to be said of pages that may be read wrong."""
    if len(document) > MAX_PAGES:
        raise InputError(f"{name}: has {len(document)} pages, more than {MAX_PAGES}; split it")
    lines: list[Line] = []
    warnings: list[str] = []
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
        glyphs, nameless = _glyphs(characters)
        unknown += nameless
        if nameless > 0.2 * len(glyphs):
            warnings.append(f"page {number + 1}: left out; its fonts do not say which characters their glyphs are")
            glyphs = []
        found, moved = _page(glyphs, number, characters)
        if moved:
            warnings.append(f"page {number + 1}: stands in columns; its lines may be read in the wrong order")
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


def _glyphs(characters: pdfium.PdfTextPage) -> tuple[list[Glyph], int]:
    """The glyphs of a page that stand in the direction of most of them, turned upright, and of how many glyphs
    the font does not tell the character.

    The others are watermarks and notes at the edge.
    """
    turned: dict[int, list[Glyph]] = defaultdict(list)
    box = pdfium_c.FS_RECTF()
    space, high, nameless = "", 0, 0
    for index in range(characters.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(characters, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a pair
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        unknown = bool(pdfium_c.FPDFText_HasUnicodeMapError(characters, index))
        nameless += unknown
        if unknown and (code < 0x20 or code == 0xFFFD):
            space = space or " "
            continue
        char = HYPHEN if code in (0x02, 0xAD, 0xFFFE) else chr(code) if code in _NARROW else clean(chr(code))
        if not char.strip():
            space = char if char in _SPACES and space in ("", "\n", " ") else space or (char and "\n")
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(characters, index, box):
            continue
        turn = round(math.degrees(pdfium_c.FPDFText_GetCharAngle(characters, index)) % 360, 0)
        turned[int(turn)].append(_upright(char, box, int(turn), index, space))
        space = ""
    if not turned:
        return [], nameless
    return max(turned.values(), key=len), nameless


def _upright(char: str, box: pdfium_c.FS_RECTF, turn: int, index: int, space: str) -> Glyph:
    """A glyph in the coordinates of a page on which it stands upright."""
    left, right, bottom, top = {
        270: (box.bottom, box.top, -box.right, -box.left),
        180: (-box.right, -box.left, -box.top, -box.bottom),
        90: (-box.top, -box.bottom, box.left, box.right),
    }.get(turn, (box.left, box.right, box.bottom, box.top))
    return Glyph(char, left, right, bottom, top - bottom, index, space)


def _is_bold(characters: pdfium.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(characters, index, name, len(name), flags)
    said = re.search(rb"bold|black|heavy|demi", name.value, re.IGNORECASE) is not None
    return said or pdfium_c.FPDFText_GetFontWeight(characters, index) >= 600
