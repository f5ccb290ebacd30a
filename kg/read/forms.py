"""How much a PDF's pages draw by forms within forms (ISO 32000-2, 8.10), told before any is drawn: few bytes can be billions."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import InputError

MAX_DRAWN = 50_000_000
MAX_PAGE = 5_000_000
"""The bytes of content that the forms of all pages, and of one page, draw at most."""

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R)")
_ENDED = re.compile(rb"\s{0,4}endstream")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]+)\s*(\d{1,9})\s+\d{1,5}\s+R\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+R\b")
_DRAWS = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[([^\]]*)\]|(\d{1,9}\s+\d{1,5}\s+R))")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_DEEP = 45  # PDFium draws no form further within others
_MOST = 20_000_000  # bytes of one content that are looked at


@dataclass(slots=True)
class _Object:
    """An object: the text of its dictionary, what each name of it leads to, how long its content is, and what that draws."""

    text: bytes
    names: dict[bytes, int]
    length: int = 0
    draws: Counter[bytes] = field(default_factory=Counter)


def check_forms(data: bytes, name: str) -> None:
    """Raise InputError for a PDF whose forms draw more than MAX_DRAWN, or on one page more than MAX_PAGE, bytes of content."""
    if b"/Form" not in data:
        return
    drawn = _Drawn(dict(_objects(data)))
    total = 0
    for page in drawn.pages():
        total += page
        if page > MAX_PAGE or total > MAX_DRAWN:
            raise InputError(f"{name}: is a PDF whose forms draw each other again and again; print it to a new PDF")


def _objects(data: bytes) -> Iterator[tuple[int, _Object]]:
    """The objects by their numbers, those packed in streams as well."""
    match = _OBJECT.search(data)
    while match:
        following = _OBJECT.search(data, match.end())
        end = following.start() if following else len(data)
        stream = _STREAM.search(data, match.end(), end)
        text = data[match.end() : stream.start() if stream else end]
        found = _Object(text, _names(text))
        if stream:
            length = _LENGTH.search(text)
            ended = _ENDED.match(data, stream.end() + int(length[1])) if length else None
            if ended and ended.end() > end:
                following = _OBJECT.search(data, ended.end())
            content = b"" if b"/Image" in text else _unpacked(data[stream.end() : ended.start() if ended else end])
            found.length, found.draws = len(content), Counter(_DRAWS.findall(content))
            if _PACKED.search(text):
                yield from _within(text, content)
        yield int(match[1]), found
        match = following


def _within(text: bytes, content: bytes) -> Iterator[tuple[int, _Object]]:
    """The objects of an object stream (ISO 32000-2, 7.5.7)."""
    first = re.search(rb"/First\s+(\d{1,9})", text)
    head = [int(n) for n in re.findall(rb"\d{1,9}", content[: int(first[1])])] if first else []
    places = [*head[1::2], len(content)]
    for at, number in enumerate(head[::2]):
        if first and at + 1 < len(places):
            body = content[int(first[1]) + places[at] : int(first[1]) + places[at + 1]]
            yield number, _Object(body, _names(body))


def _names(text: bytes) -> dict[bytes, int]:
    return {name: int(number) for name, number in _NAMED.findall(text)}


def _unpacked(content: bytes) -> bytes:
    """A stream's content, unpacked where Flate packed it."""
    try:
        return zlib.decompressobj().decompress(content, _MOST)
    except zlib.error:
        return content


class _Drawn:
    """What pages draw, in bytes of content."""

    def __init__(self, objects: dict[int, _Object]) -> None:
        self._objects = objects
        self._everywhere: dict[bytes, set[int]] = defaultdict(set)  # for forms that take the names of the page
        for found in objects.values():
            for name, number in found.names.items():
                self._everywhere[name].add(number)
        self._known: dict[tuple[int, int], int] = {}  # by form, and how far within others it is

    def pages(self) -> Iterator[int]:
        """What each page draws by forms."""
        for found in self._objects.values():
            contents = _CONTENTS.search(found.text)
            if contents:
                listed = [int(n) for n in _REFERENCE.findall(contents[1] or contents[2])]
                draws = sum((self._objects[n].draws for n in listed if n in self._objects), Counter[bytes]())
                yield self._all(draws, self._reached(found), 1)

    def _form(self, number: int, depth: int) -> int:
        """What a form draws with all that is within it."""
        found = self._objects.get(number)
        if found is None or depth > _DEEP:
            return 0
        key = number, depth
        if key not in self._known:
            within = self._all(found.draws, self._reached(found), depth + 1)
            self._known[key] = min(found.length + within, MAX_DRAWN + 1)
        return self._known[key]

    def _all(self, draws: Counter[bytes], names: dict[bytes, int], depth: int) -> int:
        total = 0
        for name, times in draws.items():
            numbers = {names[name]} if name in names else self._everywhere[name]
            total += times * max((self._form(number, depth) for number in numbers), default=0)
        return total

    def _reached(self, found: _Object) -> dict[bytes, int]:
        """What names stand for in an object and in the dictionaries that it leads to: its resources and their list of forms."""
        names = dict(found.names)
        for key in (b"Resources", b"XObject"):
            further = self._objects.get(names.get(key, -1))
            names |= further.names if further else {}
        return names
