"""PDF: its characters as lines, by PDFium; `kg.read.layout` makes paragraphs and headings of them."""

from __future__ import annotations

import ctypes
import re
import zlib

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import InputError
from kg.read.layout import HYPHEN, ITEM, Line, body, outline
from kg.read.outline import Outline
from kg.read.text import clean

MAX_PAGES = 2000
MAX_CHARACTERS = 5_000_000
MAX_UNPACKED = 500_000_000

_CHUNK = 65_536


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
        lines = _document_lines(document, name)
        title = _title(document)
    finally:
        document.close()
    if not lines:
        raise InputError(
            f"{name}: is a PDF without text, perhaps of scanned pages; give it with its text recognized"
        )
    return outline(body(lines), title)


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


def _document_lines(document: pdfium.PdfDocument, name: str) -> list[Line]:
    if len(document) > MAX_PAGES:
        raise InputError(f"{name}: has {len(document)} pages, more than {MAX_PAGES}; split it")
    lines: list[Line] = []
    left = MAX_CHARACTERS
    for number in range(len(document)):
        try:
            page = document[number]
            characters = page.get_textpage()
        except pdfium.PdfiumError:
            place = f"page {number + 1}"
            raise InputError(f"{name}: is a broken PDF ({place}); download or export it again") from None
        left -= characters.count_chars()
        if left < 0:
            raise InputError(f"{name}: has more than {MAX_CHARACTERS:,} characters; split it")
        lines += _page_lines(characters, number)
        characters.close()
        page.close()
    return lines


class _Pen:
    """Writes the line at hand, glyph by glyph."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.lines: list[Line] = []
        self.glyphs: list[str] = []
        self.left = self.right = self.bottom = self.size = self.first_end = 0.0
        self.words = self.bold = 0
        self.columns = False

    def adjoins(self, box: pdfium_c.FS_RECTF) -> bool:
        """Whether a glyph stands on the line at hand, to the right of what is there."""
        same = abs(box.bottom - self.bottom) < 0.5 * max(self.size, box.top - box.bottom)
        return bool(self.glyphs) and same and box.left - self.right > -0.5 * self.size

    def start_line(self, box: pdfium_c.FS_RECTF) -> None:
        """End the line at hand and start one at a glyph."""
        self.end_line()
        self.left, self.right, self.bottom, self.size = box.left, box.right, box.bottom, box.top - box.bottom
        self.first_end, self.words, self.bold, self.columns = 0.0, 0, 0, False

    def end_line(self) -> None:
        """Keep the line at hand."""
        if text := "".join(self.glyphs).strip():
            first = (self.first_end or self.right) - self.left
            place = (self.left, self.right, self.bottom, self.size)
            self.lines.append(Line(self.page, text, *place, first, self.words == self.bold, self.columns))
        self.glyphs = []

    def space(self, *, wide: bool) -> None:
        """End a word; a wide space ends a cell."""
        self.first_end = self.first_end or self.right
        self.glyphs.append("   " if wide else " ")
        self.columns = self.columns or wide

    def write(self, char: str, box: pdfium_c.FS_RECTF) -> None:
        """Add a glyph; one that is larger than those before shows where the line really stands."""
        self.glyphs.append(char)
        self.right = max(self.right, box.right)
        if box.top - box.bottom > 1.1 * self.size:
            self.bottom, self.size = box.bottom, box.top - box.bottom


def _page_lines(characters: pdfium.PdfTextPage, number: int) -> list[Line]:
    """The lines of a page in the order of its content, put together from where its glyphs stand."""
    pen = _Pen(number)
    box = pdfium_c.FS_RECTF()
    spaced = broken = False
    high = 0
    for index in range(characters.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(characters, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a pair
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = HYPHEN if code in (0x02, 0xAD, 0xFFFE) else clean(chr(code))
        if not char.strip(" \t\r\n"):
            spaced, broken = spaced or char in (" ", "\t"), broken or char in ("\r", "\n")
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(characters, index, box):
            continue
        new_word = True
        if pen.adjoins(box):
            gap = box.left - pen.right
            wide = gap > 1.1 * pen.size and not ITEM.fullmatch("".join(pen.glyphs[:8]))
            new_word = spaced or wide or (broken and gap > 0.15 * pen.size)
            if new_word:
                pen.space(wide=wide)
        elif abs(pdfium_c.FPDFText_GetCharAngle(characters, index)) > 0.1:
            continue  # a watermark, or a note at the edge
        else:
            pen.start_line(box)
        if new_word:
            pen.words += 1
            pen.bold += _is_bold(characters, index)
        pen.write(char, box)
        spaced = broken = False
    pen.end_line()
    return pen.lines


def _is_bold(characters: pdfium.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(characters, index, name, len(name), flags)
    said = re.search(rb"bold|black|heavy|demi", name.value, re.IGNORECASE) is not None
    return said or pdfium_c.FPDFText_GetFontWeight(characters, index) >= 600
