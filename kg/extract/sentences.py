"""A statement's text as sentences, without its mark-up, every character in its place.

The *view* of a text is a string of the same length in which mark-up, trademark signs, footnote marks
and line ends are spaces, so that a span of the view is a span of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model.statement import Span, Statement

_MARKUP = re.compile(
    r"""(?=[][*_`\\<h®™©†‡(T])    # how any of these begins
    (?:
        \]\([^)\s]*\)          # the target of a Markdown link
      | \[[A-Z]{1,3}\d{1,3}\]   # the marks of a word processor's comments
      | [\[\]](?=\S)|(?<=\S)\] # the brackets of a link
      | \*{2,3}|\*(?=\S)|(?<=[^\s\\])\*|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|`+|\\(?=[*_\[\]()#`])
      | <https?://[^>\s]*>|https?://\S+
      | [®™©†‡]
      | \(R\)|\(TM\)|(?<=[a-z])TM\b
    )""",
    re.VERBOSE,
)
_BULLET = re.compile(r"\s*(?:[-*+●•·▪◦–‣]|\(?\d{1,2}[.)]|\(?[a-zivx]{1,3}\))(?:\s+[-·●•▪◦])?\s+(?=\S)")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FIELD = re.compile(r"\s*[A-Z][\w /&()-]{1,30}:\s+\S")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\s*\|\s*|\t+)(?=\S)")
_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9•-])|[.!?]\s*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|Inc|Ltd|LTD|Co|Corp|Dr|Mr|Mrs|No|Fig|al|v|ver|St|Gen|U\.S)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row of a statement.

    `span` counts in the document's text, `view` is the masked text of that span. `lead` is the
    sentence that introduces the list an item belongs to, `header` the first row of its table; `before` is
    the sentence before it in its paragraph; `paragraph` numbers the block it stands in.
    """

    span: Span
    view: str
    kind: str
    paragraph: int
    lead: str = ""
    header: str = ""
    before: str = ""


def mask(text: str) -> str:
    """The view of a text: same length, mark-up and line ends as spaces."""
    plain = _MARKUP.sub(lambda m: " " * len(m[0]), text)
    return re.sub(r"[\r\n\t\u00a0\u2028\u200b]", " ", plain)


def sentences(statement: Statement) -> list[Sentence]:
    """The sentences of a statement in order."""
    text, base = statement.text, statement.body.start
    view = mask(text)
    found: list[Sentence] = []
    lead = ""
    header = ""
    for number, (start, end, kind) in enumerate(_blocks(text)):
        if kind != "row":
            header = ""
        elif not re.search(r"\d", text[start:end]):
            header = view[start:end]
            continue
        if kind == "heading":
            lead = ""
        before = ""
        for left, right in _split(view, start, end) if kind != "row" else [(start, end)]:
            piece = view[left:right]
            stripped = piece.strip()
            if not any(c.isalnum() for c in stripped):
                continue
            left += len(piece) - len(piece.lstrip())
            span = Span(base + left, base + left + len(stripped))
            found.append(
                Sentence(
                    span, stripped, kind, number, lead if kind in ("item", "row") else "", header, before
                )
            )
            before = stripped
            if kind == "text":
                lead = stripped
    return found


def _blocks(text: str) -> list[tuple[int, int, str]]:
    """The paragraphs, list items, headings and table rows, as start, end and kind."""
    blocks: list[tuple[int, int, str]] = []
    open_kind = ""
    listing = False  # after a line that ends in a colon, short lines are items

    def add(start: int, end: int, kind: str) -> None:
        blocks.append((start, end, kind))

    at = 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        start, at = at, at + len(line)
        body = line.strip()
        if not body:
            open_kind = ""
            continue
        bullet = _BULLET.match(line)
        columns = len(_COLUMNS.findall(body)) if not bullet else 0
        if _HEADING.match(line):
            add(start, at, "heading")
            open_kind = listing = ""  # type: ignore[assignment]
        elif set(body) <= set("|-: "):
            continue
        elif (
            columns >= 1
            and len(body) < 160
            and (columns >= 2 or open_kind == "row" or not body.endswith((".", ",")))
        ):
            add(start, at, "row")
            open_kind = "row"
        elif bullet:
            add(start + bullet.end(), at, "item")
            open_kind = "item"
        elif _is_field(line) and any(
            map(_is_field, lines[max(0, number - 1) : number] + lines[number + 1 : number + 2])
        ):
            add(start, at, "item")
            open_kind = "item"
        elif listing and len(body) < 70 and not body.endswith((".", ",")):
            add(start, at, "item")
            open_kind = ""
        elif open_kind in ("text", "item"):
            left, _, kind = blocks[-1]
            blocks[-1] = (left, at, kind)
        else:
            add(start, at, "text")
            open_kind = "text"
        if body.endswith(":"):
            listing = True
            open_kind = ""
        elif open_kind == "text" or body.endswith("."):
            listing = False
    return blocks


def _is_field(line: str) -> bool:
    """Whether a line says one thing by name: 'GPU: NVIDIA H100 SXM'; two of them in a row are a list."""
    return len(line) < 120 and _FIELD.match(line) is not None


def _split(view: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one block."""
    cuts: list[tuple[int, int]] = []
    left = start
    for match in _END.finditer(view, start, end):
        stop = match.end()
        head = view[left : match.start() + 1]
        if match[0].lstrip(".!?") != match[0][1:] or (match[0][0] == "." and _ABBREVIATION.search(head)):
            continue
        cuts.append((left, stop))
        left = stop
    if left < end:
        cuts.append((left, end))
    return cuts
