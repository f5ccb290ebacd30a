"""RDF files."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import accumulate
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError

_MOST_DEEP = 200
"""Parsers take memory, or time, by the square of how deep JSON-LD and RDF/XML are nested."""
_COMMENTS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TAGS = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*"', re.DOTALL)


def read_rdf(path: Path) -> list[ox.Quad]:
    """The quads of an RDF file, in the format that its ending names; nothing is fetched.

    Raises InputError, with the line, for a file that cannot be read.
    """
    try:
        content = path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        raise InputError.unreadable(path, error) from error
    format = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
    if format is None:
        raise InputError(f"{path}: its ending names no RDF format; use .ttl, .nt, .nq, .trig, .jsonld or .rdf")
    _refuse(content, format, path)
    try:
        quads = list(ox.parse(content, format=format, base_iri=path.resolve().as_uri()))
    except MemoryError as error:
        raise InputError(f"{path}: has a term of more than 16 MB, which is not read; shorten it") from error
    except (SyntaxError, ValueError) as error:
        if "LoadDocumentCallback" in str(error):
            raise InputError(
                f"{path}: its @context stands elsewhere, and nothing is fetched; write it into the file"
            ) from error
        line = f"{error.lineno}:" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(f"{path}:{line} {getattr(error, 'msg', error)}") from error
    if any(isinstance(term, ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise InputError(f"{path}: triple terms of RDF 1.2 are not read")
    return quads


def _refuse(content: bytes, format: ox.RdfFormat, path: Path) -> None:
    """Raise InputError for what no parser should be given."""
    if content.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x03\x04")):
        raise InputError(f"{path}: is compressed; unpack it")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InputError(f"{path}: is UTF-16, not UTF-8; save it as UTF-8")
    if format in (ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML) and _depth(content, format) > _MOST_DEEP:
        raise InputError(
            f"{path}: is nested more than {_MOST_DEEP} deep; write its nodes beside each other, by their names"
        )
    if format == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in content:
        raise InputError(f"{path}: XML with a DOCTYPE is not read; write its entities out")


def _depth(content: bytes, format: ox.RdfFormat) -> int:
    """How deep JSON or XML is nested, strings and comments left out."""
    if format == ox.RdfFormat.RDF_XML:
        steps = (0 if empty else -1 if closed else 1 for closed, empty in _TAGS.findall(_COMMENTS.sub(b"", content)))
    else:
        steps = (1 if sign in b"[{" else -1 for sign in re.findall(rb"[\[{]|[\]}]", _STRINGS.sub(b"", content)))
    return max(accumulate(steps, initial=0))
