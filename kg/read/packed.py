"""How much the streams of a PDF unpack to (ISO 32000-2, 7.4), told before PDFium unpacks any: few bytes can be gigabytes."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator

from kg.errors import InputError

MAX_CONTENT = 100_000_000
"""The bytes of all that is no image at most; PDFium holds a page's twice."""
MAX_IMAGES = 500_000_000
"""The bytes of images at most, of which few are unpacked at a time."""

_STREAM = re.compile(rb"stream\r?\n")
_HEAD = 2000  # bytes of the dictionary before a stream
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_LETTERS = re.compile(rb"/(?:(ASCIIHexDecode|AHx)|ASCII85Decode|A85)\b")
_HEX_END, _LETTERS_END = b">", b"~>"
_LAYERS = 4
_CHUNK = 65_536


def check_unpacked(data: bytes, name: str) -> None:
    """Raise InputError for a PDF whose streams are far larger than any document's."""
    left, at = {False: MAX_CONTENT, True: MAX_IMAGES}, 0
    last = {mark: data.rfind(mark) for mark in (_HEX_END, _LETTERS_END)}
    while match := _STREAM.search(data, at):
        at = match.end()
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b"obj")[2]
        image = _IMAGE.search(head) is not None
        pieces = _chunks(data, at)
        if letters := _LETTERS.search(head):
            mark = _HEX_END if letters[1] else _LETTERS_END
            end = data.find(mark, at) if at <= last[mark] else at
            pieces, at = _decoded(data[at:end], in_hex=mark == _HEX_END), end
        for _ in range(min(max(1, len(_FLATE.findall(head))), _LAYERS)):
            pieces = _inflated(pieces)
        try:
            for piece in pieces:
                left[image] -= len(piece)
                if left[image] < 0:
                    most = (
                        f"{(MAX_IMAGES if image else MAX_CONTENT) // 1_000_000} MB {'of' if image else 'beside'} images"
                    )
                    raise InputError(f"{name}: unpacks to more than {most}; split it")
        except (zlib.error, ValueError):  # packed in another way, or a word of the text
            continue


def _chunks(data: bytes, at: int) -> Iterator[bytes]:
    view = memoryview(data)
    for start in range(at, len(data), _CHUNK):
        yield bytes(view[start : start + _CHUNK])


def _decoded(text: bytes, *, in_hex: bool) -> Iterator[bytes]:
    """The bytes that letters stand for. Raises ValueError when they stand for none."""
    yield bytes.fromhex(text.decode("latin-1")) if in_hex else base64.a85decode(text)


def _inflated(packed: Iterable[bytes]) -> Iterator[bytes]:
    """What Flate packed, in pieces of a megabyte. Raises zlib.error for what is packed in another way."""
    unpacker = zlib.decompressobj()
    for piece in packed:
        left = piece
        while left and not unpacker.eof:
            yield unpacker.decompress(left, 16 * _CHUNK)
            left = unpacker.unconsumed_tail
        if unpacker.eof:
            return
