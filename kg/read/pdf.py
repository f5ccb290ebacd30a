"""PDF: its characters as lines, by pypdfium2; `kg.read.layout` makes paragraphs and headings of them."""

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
MAX_CHARACTERS = 10_000_000
MAX_UNPACKED = 500_000_000


def read_pdf(data: bytes, name: str) -> Outline:
    """The text of a PDF: paragraphs on one line each and apart by a blank line, list items and table
    rows on a line each (the cells of a row three spaces apart), with its headings and its title.

    Raises InputError when it is broken, encrypted or has no text, and when it goes beyond 2000 pages,
    10 million characters or 500 MB unpacked.
    """
    _check_size(data, name)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise InputError(f"{name}: is an encrypted PDF; save it without a password") from None
        raise InputError(f"{name}: is a broken PDF ({_reason(error)}); download or export it again") from None
    try:
        if len(document) > MAX_PAGES:
            raise InputError(f"{name}: has {len(document)} pages, more than {MAX_PAGES}; split it")
        lines: list[Line] = []
        for number in range(len(document)):
            lines += _page(document, number)
            if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
                raise InputError(f"{name}: has more than {MAX_CHARACTERS // 1_000_000} million characters; split it")
        title = clean(document.get_metadata_value("Title"))
    finally:
        document.close()
    if not lines:
        raise InputError(f"{name}: is a PDF without text (scanned pages?); give it as text, or after text recognition")
    return outline(body(lines), title)


def _reason(error: Exception) -> str:
    return re.sub(r"^Failed to load document \(PDFium: (.*?)\)\.?$", r"\1", str(error)).rstrip(".")


def _check_size(data: bytes, name: str) -> None:
    """Refuse a file whose compressed streams unpack to far more than a document needs."""
    left = MAX_UNPACKED
    for match in re.finditer(rb"stream\r?\n", data):
        unpack = zlib.decompressobj()
        rest = data[match.end() : match.end() + 1_000_000]
        at = match.end() + len(rest)
        try:
            while rest and not unpack.eof:
                left -= len(unpack.decompress(rest, 1_000_000))
                if left < 0:
                    raise InputError(f"{name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB; export it again")
                rest = unpack.unconsumed_tail
                if not rest:
                    rest = data[at : at + 1_000_000]
                    at += len(rest)
        except zlib.error:
            continue


def _page(document: pdfium.PdfDocument, number: int) -> list[Line]:
    """The lines of a page in the order of its content, put together from where its characters stand."""
    page = document[number]
    characters = page.get_textpage()
    lines: list[Line] = []
    glyphs: list[str] = []
    box = pdfium_c.FS_RECTF()
    left = right = bottom = size = first_word = 0.0
    words = bold = 0
    columns = spaced = broken = False
    high = 0

    def end_line() -> None:
        if text := "".join(glyphs).strip():
            first = (first_word or right) - left
            lines.append(Line(number, text, left, right, bottom, size, first, words == bold, columns))
        glyphs.clear()

    for index in range(characters.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(characters, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD, 0
        char = HYPHEN if code in (0x02, 0xAD, 0xFFFE) else clean(chr(code))
        if not char.strip(" \t\r\n"):
            broken = broken or char in ("\r", "\n")
            spaced = spaced or char in (" ", "\t")
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(characters, index, box):
            continue
        height = box.top - box.bottom
        gap = box.left - right
        same = glyphs and abs(box.bottom - bottom) < 0.5 * max(size, height) and gap > -0.5 * size
        if same:
            wide = gap > 1.1 * size and not ITEM.fullmatch("".join(glyphs))
            new_word = spaced or wide or (broken and gap > 0.15 * size)
            if new_word:
                first_word = first_word or right
                glyphs.append("   " if wide else " ")
                columns = columns or wide
        else:
            end_line()
            left, bottom, size, right, first_word = box.left, box.bottom, height, box.right, 0.0
            words = bold = 0
            columns, new_word = False, True
        if new_word:
            words += 1
            bold += _is_bold(characters, index)
        if height > 1.1 * size:  # after a raised or lowered character
            bottom, size = box.bottom, height
        glyphs.append(char)
        right = max(right, box.right)
        spaced = broken = False
    end_line()
    characters.close()
    page.close()
    return lines


def _is_bold(characters: pdfium.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(characters, index, name, len(name), flags)
    return re.search(rb"bold|black|heavy|demi", name.value, re.IGNORECASE) is not None or (
        pdfium_c.FPDFText_GetFontWeight(characters, index) >= 600
    )
