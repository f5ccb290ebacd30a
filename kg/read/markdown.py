"""Markdown: its headings, and the front matter that says where a restatement comes from.

Only what tells sections apart is read, after CommonMark (https://spec.commonmark.org/0.31.2/): ATX and
setext headings, and fenced code, in which there are none. All other mark-up stays in the text.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Origin, Span
from kg.namespaces import slug
from kg.read.outline import Heading

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_KEYS = ("identifier", "title", "round", "restates", "note")
_ORIGIN = ("title", "publisher", "date", "url")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block at the start of a file says; `end` is the offset of what follows it."""

    end: int = 0
    identifier: str = ""
    title: str = ""
    round: str = ""
    origin: Origin | None = None


def markdown_headings(text: str, start: int = 0) -> tuple[Heading, ...]:
    """The headings from an offset on; where there is none, the lines that are bold as a whole."""
    headings: list[Heading] = []
    bold: list[Heading] = []
    fence = ""
    before: tuple[int, str] | None = None
    at = start
    for raw in text[start:].split("\n"):
        line = raw.rstrip("\r")
        span = (at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at += len(raw) + 1
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            continue
        if opened:
            fence, before = opened[1], None
            continue
        atx = _ATX.fullmatch(line)
        if atx:
            if name := plain_name(atx[2] or ""):
                headings.append(Heading(name, len(atx[1]), Span(*span)))
            before = None
        elif before and re.fullmatch(r" {0,3}(=+|-{2,})[ \t]*", line):
            headings.append(Heading(plain_name(before[1]), 1 if "=" in line else 2, Span(before[0], before[0] + len(before[1]))))
            before = None
        else:
            whole = line.strip()
            if re.fullmatch(r"(\*\*|__)(?=\S).{1,60}(?<=\S)\1", whole) and whole.count(whole[:2]) == 2 and (name := plain_name(whole)):
                bold.append(Heading(name, 2, Span(*span)))
            paragraph = whole and before is None and not re.match(r"([-*+>|]|\d+[.)])\s", whole) and len(whole) < 120
            before = (span[0], whole) if paragraph else None if not whole else (before and None)
    return tuple(headings or bold)


def plain_name(marked: str) -> str:
    """A heading without its mark-up.

    >>> plain_name("**[Baidu](https://baidu.com)**"), plain_name("3. Dell Technologies:")
    ('Baidu', 'Dell Technologies')
    """
    name = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", marked)
    name = re.sub(r"<[^>]*>|\*+|`+|(?<!\w)_+|_+(?!\w)|\\(?=\W)", "", name).strip()
    name = re.sub(r"^(?:\d{1,2}[.)]|[IVX]+\.)\s+", "", name)
    return " ".join(name.rstrip(":").split())


def front_matter(text: str, name: str) -> FrontMatter:
    """The block between two lines `---` at the start of a file, empty when there is none.

    It has the keys identifier, title, round, note and restates, which has title, publisher, date and
    url indented below it. Keys of other programs are passed over.

    Raises InputError with the line of what is not so.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or len(lines) < 2 or not re.match(r"[A-Za-z_][\w-]*:(\s|$)", lines[1]):
        return FrontMatter()
    last = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if last is None:
        raise InputError(f"{name}:1: the front matter is not closed; end it with a line '---'")
    top: dict[str, str] = {}
    origin: dict[str, str] = {}
    inside = ""
    for number, raw in enumerate(lines[1:last], 2):
        line = raw.rstrip()
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        nested = line[0] in " \t"
        match = re.fullmatch(r"([A-Za-z_][\w-]*):(?:\s+(.*))?", line.strip())
        if nested and inside != "restates":
            continue
        if not match:
            if not nested and line.startswith("-") and inside not in _KEYS:
                continue
            raise InputError(f"{name}:{number}: front matter has lines 'key: value', not {line.strip()!r}")
        key, value = match[1], _unquoted(match[2] or "")
        allowed, target = (_ORIGIN, origin) if nested else (_KEYS, top)
        if key not in allowed:
            nearest = difflib.get_close_matches(key, allowed, n=1, cutoff=0.8)
            if nested or nearest:
                hint = f"did you mean {nearest[0]!r}?" if nearest else f"it may have {', '.join(allowed)}"
                raise InputError(f"{name}:{number}: front matter does not know {key!r}; {hint}")
        elif key in target:
            raise InputError(f"{name}:{number}: front matter has {key!r} twice; leave one")
        target[key] = value
        if not nested:
            inside = key
    return FrontMatter(
        end=len("\n".join(lines[: last + 1])),
        identifier=_identifier(top.get("identifier", ""), name),
        title=top.get("title", ""),
        round=top.get("round", ""),
        origin=_origin(origin, name) if "restates" in top else None,
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _identifier(value: str, name: str) -> str:
    if value and not (re.search(r"[a-z0-9]", value.lower()) and slug(value) == value):
        raise InputError(f"{name}: identifier {value!r} may have lower case letters, digits, dots and hyphens only")
    return value


def _origin(found: dict[str, str], name: str) -> Origin:
    missing = [key for key in _ORIGIN if not found.get(key)]
    if missing:
        raise InputError(f"{name}: 'restates' in the front matter lacks {', '.join(missing)}; add it")
    return Origin(**{key: found[key] for key in _ORIGIN})
