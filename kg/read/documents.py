"""From a source to a Document: which form it has, its round, its title, its sections."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

from kg.errors import InputError
from kg.model import Document
from kg.namespaces import slug
from kg.read.html import read_html
from kg.read.markdown import FrontMatter, front_matter, markdown_headings
from kg.read.outline import Outline, section_headings, sections, title_heading
from kg.read.pdf import read_pdf
from kg.read.rounds import find_round, parse_round
from kg.read.text import decode, plain_headings

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
}
"""The file endings that are read, with their media types."""

MAX_BYTES = 50_000_000
_FORMS = "text, Markdown, HTML or PDF"
_STDIN = "standard input"


def read_documents(
    sources: Iterable[str | Path],
    *,
    round: str | None = None,
    names: Collection[str] = (),
    rounds: Collection[str] = (),
) -> list[Document]:
    """The documents of files, of folders (each document directly in it) and of '-', standard input.

    They come in the order of round, file name and key, whatever the order of the sources; content that
    is given twice comes once. For `round`, `names` and `rounds` see `read_document`.

    Raises InputError for a folder without a document, for two documents with the same identifier, and
    for whatever `read_document` does.
    """
    paths: dict[Path | Literal["-"], None] = {}
    for source in sources:
        for path in _files(source):
            paths[path] = None
    found: dict[str, Document] = {}
    for path in paths:
        document = read_document(path, round=round, names=names, rounds=rounds)
        same = found.setdefault(document.key, document)
        if same.text != document.text:
            raise InputError(
                f"{path}: has the identifier {document.key!r} of {same.source}, but another text; give it another one"
            )
        if document.source < same.source:
            found[document.key] = document
    return sorted(found.values(), key=lambda d: (d.round, d.source, d.key))


def read_document(
    source: Path | Literal["-"],
    *,
    round: str | None = None,
    names: Collection[str] = (),
    rounds: Collection[str] = (),
) -> Document:
    """A document from a text, Markdown, HTML or PDF file, or from standard input ('-').

    `Document.text` of text and Markdown is the file as it is, decoded as UTF-8, with its line ends and
    its mark-up, without a byte order mark; of PDF and HTML it is the text extracted. Offsets are
    0-based code points in it. `round` ('v2.0', 'MLPerf Training v2.0') goes before the round of the
    front matter and of the title; `rounds` are the labels it may have, if they are to be checked.
    `names` are names of organizations, which help to find the headings of plain text.

    Raises InputError for a file that cannot be read, is empty, too large, binary or not UTF-8, for a
    broken or encrypted PDF, and for a document without a round or without a statement.
    """
    label = parse_round(round, rounds) if round is not None else ""
    name = _STDIN if source == "-" else str(source)
    data = _bytes(source, name)
    media_type = _media_type(source, data, name)
    front = FrontMatter()
    if media_type == "application/pdf":
        outline = read_pdf(data, name)
    elif media_type == "text/html":
        outline = read_html(data, name)
    else:
        text = decode(data, name)
        front = front_matter(text, name)
        outline = Outline(text, markdown_headings(text, front.end))
    heads = section_headings(outline, names)
    plain = Outline(outline.text, ())
    if not heads:
        plain = Outline(outline.text, plain_headings(outline.text, names, front.end))
        heads = section_headings(plain, names)
    if not outline.text.strip():
        raise InputError(f"{name}: has no text; give a document with text")
    title = front.title or _title(outline) or _title(plain) or outline.title
    label = label or _round(front.round or title, name, is_round=bool(front.round))
    parts = sections(outline.text, heads)
    if not parts:
        raise InputError(
            f"{name}: has no statement; each needs a heading with the organization's name "
            "('## Baidu' in Markdown, the name alone on a line elsewhere) and text below it"
        )
    digest = hashlib.sha256(outline.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    key = front.identifier or f"{slug(label.removeprefix('MLPerf '))}-{digest}"
    return Document(
        key, title or label, label, outline.text, _STDIN if source == "-" else Path(source).name, media_type, parts, front.origin
    )


def _files(source: str | Path) -> list[Path | Literal["-"]]:
    """The files that a source stands for."""
    if str(source) == "-":
        return ["-"]
    path = Path(source)
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in MEDIA_TYPES and p.is_file())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if not inside:
        raise InputError(f"{path}: has no document; it needs a file that ends in {', '.join(MEDIA_TYPES)}")
    return list(inside)


def _bytes(source: Path | Literal["-"], name: str) -> bytes:
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror}); check the name and its permissions") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; split it")
    if not data.strip():
        raise InputError(f"{name}: is empty; give a document with text")
    return data


def _media_type(source: Path | Literal["-"], data: bytes, name: str) -> str:
    """By the file's ending, and by the first bytes when it has none that is known."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        raise InputError(f"{name}: is a ZIP archive or an office document; save it as {_FORMS}")
    known = MEDIA_TYPES.get(Path(source).suffix.lower()) if source != "-" else None
    if known:
        return known
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<(?:!doctype html|html|head|body|\?xml|!--|h1|div|article|main|p)\b", head):
        return "text/html"
    return "text/markdown" if re.search(rb"(?m)^#{1,6} \S", data) else "text/plain"


def _title(outline: Outline) -> str:
    index = title_heading(outline.headings)
    return "" if index is None else outline.headings[index].name


def _round(title: str, name: str, *, is_round: bool) -> str:
    if is_round:
        try:
            return parse_round(title)
        except InputError as error:
            raise InputError(f"{name}: {error}") from None
    label = find_round(title)
    if not label:
        raise InputError(f"{name}: its title names no MLPerf round; give it with --round, such as --round v2.0")
    if not label.startswith("MLPerf Training"):
        raise InputError(f"{name}: is about {label}; only rounds of MLPerf Training are read (or give --round)")
    return label
