"""RDF files."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError


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
    try:
        if format == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in content:
            raise InputError(f"{path}: XML with a DOCTYPE is not read; write its entities out")
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
