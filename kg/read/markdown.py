"""Markdown: its headings, and the front matter that says where a restatement comes from.

Only what tells sections apart is read, after CommonMark (https://spec.commonmark.org/0.31.2/): ATX and
setext headings, and fenced code, in which there are none. All mark-up stays in the text, links too.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from kg.errors import InputError
from kg.model.statement import Origin, Span
from kg.namespaces import slug
from kg.read.outline import BOLD, Heading

_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_LONGEST = 200
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_WHOLLY_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).){1,60})(?<=\S)\1:?")
_NO_PARAGRAPH = re.compile(r"[-*+>|]\s|\d+[.)]\s|.*\S\s{3,}\S|.*[.!?,;]$")
_PAIR = re.compile(r"([A-Za-z_][\w-]*):(?:\s+(.*))?")
_KEYS = ("identifier", "title", "round", "restates", "note")
_ORIGIN = ("title", "publisher", "date", "url")


def markdown_headings(text: str, start: int = 0) -> tuple[Heading, ...]:
    """The headings from an offset on, and as the lowest ones the lines that are bold as a whole."""
    headings: list[Heading] = []
    fence = ""
    blank, paragraph = True, None
    at = start
    for raw in text[start:].split("\n"):
        line = raw.rstrip()
        body = line.lstrip()
        span = (at + len(line) - len(body), at + len(line))
        at += len(raw) + 1
        fenced = _FENCE.match(line)
        if fence:
            if fenced and fenced[1].startswith(fence) and not body.strip("`~"):
                fence = ""
            continue
        above, paragraph = paragraph, None
        if fenced:
            fence = fenced[1]
        elif atx := _ATX.match(line):
            if len(line) < _LONGEST and (name := plain_name(line[atx.end() :])):
                headings.append(Heading(name, len(atx[1]), Span(*span)))
        elif above and (rule := _SETEXT.fullmatch(line)):
            if name := plain_name(text[above.start : above.end]):
                headings.append(Heading(name, 1 if "=" in rule[1] else 2, above))
        elif blank and body:
            if len(body) < _LONGEST and not _NO_PARAGRAPH.match(body):
                paragraph = Span(*span)
            if _WHOLLY_BOLD.fullmatch(body) and (name := plain_name(body)):
                headings.append(Heading(name, BOLD, Span(*span)))
        blank = not body
    return tuple(headings)


def plain_name(marked: str) -> str:
    """A heading without its mark-up.

    >>> plain_name("**[Baidu](https://baidu.com)**"), plain_name("3. Dell Technologies:")
    ('Baidu', 'Dell Technologies')
    """
    name = re.sub(r"\s#+\s*$", "", marked)
    name = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", name)
    name = re.sub(r"<[^>]*>|\*+|`+|(?<!\w)_+|_+(?!\w)|\\(?=\W)", "", name).strip()
    name = re.sub(r"^(?:\d{1,2}[.)]|[IVX]+\.)\s+", "", name)
    return " ".join(name.rstrip(":").split())


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block at the start of a file says; `end` is the offset of what follows it."""

    end: int = 0
    identifier: str = ""
    title: str = ""
    round: str = ""
    origin: Origin | None = None


def front_matter(text: str, name: str) -> FrontMatter:
    """The block between two lines `---` at the start of a file, empty when there is none.

    It has the keys identifier, title, round, note and restates, which has title, publisher, date and
    url indented below it. Keys of other programs are passed over.

    Raises InputError with the line of what is not so.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or len(lines) < 2 or not _PAIR.fullmatch(lines[1].rstrip()):
        return FrontMatter()
    last = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if last is None:
        raise InputError(f"{name}:1: the front matter is not closed; end it with a line '---'")
    top: dict[str, str] = {}
    origin: dict[str, str] = {}
    inside = ""
    for number, raw in enumerate(lines[1:last], 2):
        line = raw.rstrip()
        nested = line[:1].isspace()
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if inside and inside not in _KEYS and (nested or line.startswith("-")):
            continue  # what another program has below its key
        pair = _PAIR.fullmatch(line.strip())
        if not pair or (nested and inside != "restates"):
            raise InputError(f"{name}:{number}: front matter has lines 'key: value', not {line.strip()!r}")
        key, value = pair[1], _unquoted(pair[2] or "")
        target = origin if nested else top
        _check_key(key, _ORIGIN if nested else _KEYS, target, f"{name}:{number}", nested)
        target[key] = value
        if not nested:
            inside = key
    identifier = top.get("identifier", "")
    if identifier and (not re.search(r"[a-z0-9]", identifier) or slug(identifier) != identifier):
        raise InputError(f"{name}: identifier {identifier!r} may have a-z, 0-9, dots and hyphens only")
    missing = [key for key in _ORIGIN if not origin.get(key)]
    if missing and "restates" in top:
        raise InputError(f"{name}: 'restates' in the front matter lacks {', '.join(missing)}; add it")
    return FrontMatter(
        end=len("\n".join(lines[: last + 1])),
        identifier=identifier,
        title=top.get("title", ""),
        round=top.get("round", ""),
        origin=Origin(**{key: origin[key] for key in _ORIGIN}) if "restates" in top else None,
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _check_key(key: str, allowed: tuple[str, ...], given: dict[str, str], place: str, strict: bool) -> None:
    if key in given:
        raise InputError(f"{place}: front matter has {key!r} twice; leave one")
    nearest = difflib.get_close_matches(key, allowed, n=1, cutoff=0.8)
    if key not in allowed and (nearest or strict):
        hint = f"did you mean {nearest[0]!r}?" if nearest else f"it may have {', '.join(allowed)}"
        raise InputError(f"{place}: front matter does not know {key!r}; {hint}")
