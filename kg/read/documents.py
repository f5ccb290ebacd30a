"""From a source to a Document: which form it has, its round, its title, its sections."""

from __future__ import annotations

import hashlib
import quopri
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from kg.errors import InputError
from kg.model.statement import Document, Section
from kg.names.rounds import SUITES, find_round, is_read, parse_round
from kg.namespaces import slug
from kg.plain import shown
from kg.read.hidden import hidden_spans
from kg.read.html import read_html
from kg.read.lines import furniture, plain_headings, plain_title
from kg.read.markdown import FrontMatter, front_matter, indented_code, markdown_headings
from kg.read.outline import Heading, Outline, fold, is_closing, section_headings, sections, title_and_rest
from kg.read.text import MAX_CHARACTERS, as_utf8, blanked, decode, restored

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

_STDIN = "standard input"
_LONE = re.compile(r"\r(?!\n)")
"""The end of a line as old files have it."""
_QUOTED = re.compile(rb"=(?:[0-9A-F]{2}|[ \t]*\r?\n)")
_HTML = re.compile(rb"<(?:!doctype html|!--|(?:html|head|body|title|meta|h1|h2|div|article|main|p)\b)")


def read_documents(
    sources: Iterable[str | Path],
    *,
    mlperf_round: str | None = None,
    names: Collection[str] = (),
    others: Collection[str] = (),
    rounds: Collection[str] = (),
) -> list[Document]:
    """The documents of files, of folders (every document directly in it) and of '-', standard input.

    They come in the order of round, file name and key, whatever the order of the sources; content that
    is given twice comes once. For `mlperf_round`, `names` and `rounds` see `read_document`.

    Raises InputError for a folder without a document, for two documents with the same identifier, and
    for what `read_document` refuses; it names all the sources that cannot be read, a line for each.
    """
    found: dict[str, Document] = {}
    problems: list[str] = []
    paths: dict[Path | Literal["-"], None] = {}
    for source in sources:
        try:
            paths |= dict.fromkeys(_files(source))
        except InputError as error:
            problems.append(str(error))
    for path in paths:
        try:
            document = read_document(path, mlperf_round=mlperf_round, names=names, others=others, rounds=rounds)
        except InputError as error:
            problems.append(str(error))
            continue
        same = found.setdefault(document.key, document)
        if same.text != document.text:
            problems.append(f"{path}: has the identifier {document.key!r} as {same.source} has; change one")
        elif document.source < same.source:
            found[document.key] = document
    if problems:
        raise InputError("\n".join(sorted(problems)))
    return sorted(found.values(), key=lambda d: (d.round, d.source, d.key))


def read_document(
    source: Path | Literal["-"],
    *,
    mlperf_round: str | None = None,
    names: Collection[str] = (),
    others: Collection[str] = (),
    rounds: Collection[str] = (),
) -> Document:
    """A document from a text, Markdown, HTML or PDF file, or from standard input ('-').

    `Document.text` of text and Markdown is the file as it is, decoded (UTF-8, or UTF-16 by its mark), with its line ends and
    its mark-up, but without the byte order mark that may stand first; of PDF and HTML it is the text
    extracted. Offsets are 0-based code points in it. `mlperf_round` ('v2.0', 'MLPerf HPC v2.0') is that of a
    document whose title names none; `rounds` are the labels that it may have, when they are to be checked.
    `names` are names of organizations; they help to find them in plain text. `others` name other things.

    Raises InputError for a file that cannot be read, is empty, too large, binary or of another encoding, for a
    broken or encrypted PDF, and for a document without a statement, without a round, of a suite that is not
    read, or whose title names another round than `mlperf_round`.
    """
    name = _STDIN if source == "-" else str(source)
    text = as_utf8(data := _bytes(source, name), name)
    media_type = _media_type(source, text, name)
    outline, front = _outline(text, media_type, name)
    if not outline.text[front.end :].strip():
        raise InputError(f"{name}: has no text; give a document with statements")
    headings = section_headings(outline, names, others)
    if not headings:
        seen = blanked(outline.text, outline.hidden, "\r\n")
        plain = replace(outline, headings=plain_headings(seen, names, front.end))
        headings = section_headings(plain, names, others)
    first = headings[0].span.start if headings else len(outline.text)
    title, _ = title_and_rest(outline.headings)
    titles = [front.title, title.name if title else "", plain_title(outline.text, front.end, first), outline.title]
    label = _round(mlperf_round, rounds, front.round, list(filter(None, titles)), name)
    _refuse_rounds(outline, label, name)
    parts = sections(outline.text, headings)
    if not parts:
        raise InputError(
            f"{name}: has no statement; each needs a heading with the organization's name "
            "('## Baidu' in Markdown, elsewhere the name alone on a line) and text below it"
        )
    above = [h.name for h in outline.headings[:1] if h.span.end <= first and h.span not in [s.heading for s in parts]]
    made = f"{slug(label.removeprefix('MLPerf '))}-{hashlib.sha256(outline.text.encode()).hexdigest()[:8]}"
    return Document(
        key=front.identifier or made,
        title=next(filter(None, [*titles, *above]), label),
        round=label,
        text=outline.text,
        source=_STDIN if source == "-" else shown(Path(source).name),
        media_type=media_type,
        sections=parts,
        origin=front.origin,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=outline.pages,
        unread=tuple(sorted({*outline.hidden, *furniture(outline.text)})) if media_type.startswith("text/") else (),
        warnings=(*outline.warnings, *_unheard(outline, headings, parts, {fold(n) for n in others})),
    )


def _outline(data: bytes, media_type: str, name: str) -> tuple[Outline, FrontMatter]:
    """The text and headings of a file, and its front matter."""
    if media_type == "application/pdf":
        from kg.read.pdf import read_pdf  # a library that most documents do not need

        return read_pdf(data, name), FrontMatter()
    if media_type == "text/html":
        return read_html(data, name), FrontMatter()
    quoted = _is_quoted_printable(data)
    written = _LONE.sub("\n", decode(quopri.decodestring(data) if quoted else data, name))
    text = restored(written)
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name}: has more than {MAX_CHARACTERS:,} characters; split it")
    front = front_matter(text, name)
    indented = indented_code(text, front.end) if media_type == "text/markdown" else []
    hidden, warnings = hidden_spans(text, indented)
    warnings += ["the text was decoded from quoted-printable, as mails have it"] if quoted else []
    warnings += ["the text was UTF-8 taken for Windows-1252, and is read as it was before"] if text != written else []
    headings = markdown_headings(text, front.end, hidden)
    return Outline(text, headings, front.title, warnings=tuple(warnings), hidden=tuple(hidden)), front


def _is_quoted_printable(data: bytes) -> bool:
    """Whether a text is ASCII in lines of at most 76, each of its signs '=' at the end of one or before two hexadecimal
    digits (RFC 2045, section 6.7), with a line that goes on.
    """
    if data.count(b"=") < 3 or not data.isascii() or not re.search(rb"=[ \t]*\r?\n", data):
        return False
    return data.count(b"=") == len(_QUOTED.findall(data)) and max(map(len, data.splitlines())) <= 76


def _refuse_rounds(outline: Outline, label: str, name: str) -> None:
    """Raise InputError for a file with the statements of another round behind those of the first."""
    title, rest = title_and_rest(outline.headings)
    for heading in rest if title else ():
        other = find_round(heading.name)
        if title and heading.level <= title.level and other not in ("", label):
            line = outline.text.count("\n", 0, heading.span.start) + 1
            raise InputError(f"{name}:{line}: {other} begins here, after {label}; give each round a file of its own")


def _unheard(
    outline: Outline, headings: Sequence[Heading], parts: Sequence[Section], others: Collection[str]
) -> Iterator[str]:
    """What is to be said of headings with nothing below, without a word, or above the statements that name `others`."""
    told = {part.heading for part in parts}
    above = [h for h in outline.headings if h.span.end <= headings[0].span.start and fold(h.name) in others]
    for heading in (*headings, *above):
        if heading in above or not re.search(r"\w", heading.name):
            yield f"what stands under the heading {heading.name} is left out: it names no organization"
        elif heading.span not in told and not is_closing(heading.name):
            yield f"the statement of {heading.name} is empty"


def _files(source: str | Path) -> list[Path | Literal["-"]]:
    """The files that a source stands for."""
    if str(source) == "-":
        return ["-"]
    path = Path(source)
    try:
        if not path.is_dir():
            return [path]
        inside = [p for p in path.iterdir() if p.suffix.lower() in MEDIA_TYPES and p.name[0] not in ".~"]
        files = sorted(p for p in inside if p.is_file())
    except OSError as error:
        raise InputError.unreadable(path, error) from error
    if not files:
        raise InputError(f"{path}: has no document; put a file there that ends in {', '.join(MEDIA_TYPES)}")
    return [*files]


def _bytes(source: Path | Literal["-"], name: str) -> bytes:
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError.unreadable(name, error) from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; split it")
    if not data.removeprefix(BOM_UTF8).strip():
        raise InputError(f"{name}: is empty; give a document with statements")
    return data


def _media_type(source: Path | Literal["-"], data: bytes, name: str) -> str:
    """By the file's ending, and by the first bytes when it has none that is known."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        raise InputError(f"{name}: is an office document or an archive; save it as text, Markdown or PDF")
    known = MEDIA_TYPES.get(Path(source).suffix.lower()) if source != "-" else None
    if known:
        return known
    if _HTML.match(data[:2000].removeprefix(BOM_UTF8).lstrip().lower()):
        return "text/html"
    marked = data.startswith(b"---") or re.search(rb"(?m)^#{1,6} \S", data)
    return "text/markdown" if marked else "text/plain"


def _round(typed: str | None, rounds: Collection[str], given: str, titles: Sequence[str], name: str) -> str:
    """The round that is typed, or given by the front matter, or named by the first title that names one.

    Raises InputError when none does, when two differ, or when it is of a suite that is not read.
    """
    titled = next(filter(None, map(find_round, titles)), "")
    if titled and not is_read(titled):
        raise InputError(f"{name}: is about {titled}; only statements of {', '.join(SUITES)} rounds are read")
    try:
        label = parse_round(given, titled=titled) if given else titled
        label = parse_round(typed, rounds, titled=label) if typed is not None else label
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    if not label:
        raise InputError(f"{name}: its title names no MLPerf round; give it with --round, as in --round v2.0")
    return label
