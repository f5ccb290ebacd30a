"""Markdown: its headings (by markdown-it), and the front matter that says where a restatement comes from.

The mark-up stays in the text; what of it shows is decided where sentences are made.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.errors import InputError
from kg.model.statement import Origin, Span
from kg.namespaces import slug
from kg.read.outline import BOLD, Heading, bare_name
from kg.read.text import blanked

_LONGEST = 200
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_INDENTED = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,200}>(.{1,400}?)</h\1\s*>\s*", re.IGNORECASE | re.DOTALL)
_HTML_BOLD = re.compile(
    r"(?:<(?:p|div|center)\b[^<>]{0,200}>\s*)?<(b|strong)>([^<>]{1,200})</\1>\s*(?:</(?:p|div|center)>)?", re.IGNORECASE
)
_NO_LINE_ENDS = {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_SPACES = dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u202f\u3000", " ")
_AS_LINES = str.maketrans({**_NO_LINE_ENDS, **_SPACES})
"""Signs that Markdown knows neither as ends of lines nor as spaces, though they show as such."""
_UNSEEN_BESIDE = re.compile("[\u200b-\u200f\u2060\ufeff](?:(?<![^\\s#>*+=-].)|(?!\\S))")
"""Signs that do not show, beside spaces or signs of Markdown, which they keep from being read as such."""
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]{0,100}\}\s*$")
_KEYS = ("identifier", "title", "round", "restates", "note")
_ORIGIN = ("title", "publisher", "date", "url")
_MARKDOWN = MarkdownIt("commonmark")
_MARKDOWN.core.ruler.enableOnly(["normalize", "block"])
_INLINE = MarkdownIt("commonmark").enable("strikethrough")


def markdown_headings(text: str, start: int = 0, hidden: Sequence[Span] = ()) -> tuple[Heading, ...]:
    """The headings from an offset on, and as the lowest ones the paragraphs that are bold as a whole.

    Headings are those of CommonMark (https://spec.commonmark.org/0.31.2/), and HTML's on a line of their own.
    What stands in `hidden` spans of several lines is none.
    """
    blocks = [span for span in hidden if "\n" in text[span.start : span.end]]
    text = blanked(text, blocks, "\r\n").translate(_AS_LINES)
    text = _UNSEEN_BESIDE.sub(" ", text)
    tokens, offsets = _parsed(text, start)
    found = []
    for token, following in zip_longest(tokens, tokens[1:]):
        level, content = _heading(token, following.content if following else "")
        if not level or not token.map:
            continue
        first, last = offsets[token.map[0]], offsets[token.map[1]]
        line = text[first:last].rstrip()
        name = plain_name(content)
        if name and ("\n" not in content.strip() or token.type == "html_block"):
            indent = len(line) - len(line.lstrip())
            found.append(Heading(name, level, Span(first + indent, first + len(line))))
    return tuple(found)


def indented_code(text: str, start: int = 0) -> list[Span]:
    """The blocks of code that Markdown knows by four spaces before their lines, from an offset on.

    See https://spec.commonmark.org/0.31.2/#indented-code-blocks.
    """
    if not _INDENTED.search(text, start):
        return []
    tokens, offsets = _parsed(text.translate(_AS_LINES), start)
    return [Span(offsets[t.map[0]], offsets[t.map[1]]) for t in tokens if t.type == "code_block" and t.map]


def _parsed(text: str, start: int) -> tuple[list[Token], list[int]]:
    """The blocks of a text from an offset on, and the offsets at which its lines begin."""
    lines = (len(m[0]) for m in _LINE.finditer(text, start))
    return _MARKDOWN.parse(text[start:]), list(accumulate(lines, initial=start))


def _heading(token: Token, inside: str) -> tuple[int, str]:
    """The level and text, as marked, of the heading that a block is; 0 and '' when it is none."""
    if token.level:
        return 0, ""  # within a list or a quotation
    if token.type == "html_block":
        return _html_heading(token.content)
    if token.type == "heading_open":
        return int(token.tag[1]), inside
    return (BOLD, inside) if token.type == "paragraph_open" and _is_bold(inside) else (0, "")


def _html_heading(block: str) -> tuple[int, str]:
    if html := _HTML_HEADING.fullmatch(block.strip()):
        return int(html[1]), " ".join(re.sub(r"</?(?!sup\b|del\b|s\b)[^<>]{1,200}>", "", html[2]).split())
    if bold := _HTML_BOLD.fullmatch(block.strip()):
        return BOLD, bold[2]
    return 0, ""


def _is_bold(content: str) -> bool:
    if len(content) > _LONGEST:
        return False
    if content.startswith("<"):
        return _HTML_BOLD.fullmatch(content.strip()) is not None
    if not content.startswith(("**", "__")):
        return False
    inner = (_INLINE.parseInline(content)[0].children or [])[:]
    depth, plain = 0, ""
    for token in inner:
        depth += (token.type == "strong_open") - (token.type == "strong_close")
        plain += token.content if not depth else ""
    return not plain.strip(" :*")


def plain_name(marked: str) -> str:
    """A heading without its mark-up, its number, its anchor and a colon at the end.

    >>> plain_name("**[Baidu](https://baidu.com)**"), plain_name("3. Dell Technologies: {#dell}")
    ('Baidu', 'Dell Technologies')
    """
    tokens = _INLINE.parseInline(_ATTRIBUTES.sub("", marked[:_LONGEST]))[0].children or []
    name = "".join(_shown(tokens)).strip()
    return bare_name(name)


def _shown(tokens: Iterable[Token]) -> Iterable[str]:
    """The texts of tokens that show; raised and struck-out ones do not."""
    hidden = 0
    for token in tokens:
        if token.type in ("s_open", "s_close"):
            hidden += 1 if token.type == "s_open" else -1
        elif token.type == "html_inline":
            tag = re.match(r"<(/?)(sup|del|s|strike)\b", token.content, re.IGNORECASE)
            hidden += 0 if not tag else -1 if tag[1] else 1
        elif hidden <= 0 and token.type != "image":
            yield " " if token.type in ("softbreak", "hardbreak") else token.content


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block at the start of a file says; `end` is the offset of what follows it."""

    end: int = 0
    identifier: str = ""
    title: str = ""
    round: str = ""
    origin: Origin | None = None


def front_matter(text: str, name: str) -> FrontMatter:
    """The YAML block between two lines `---` at the start of a file, empty when there is none.

    It has the keys identifier, title, round, note and restates, which has title, publisher, date and
    url below it. Keys of other programs are passed over.

    Raises InputError with the line of what is not so.
    """
    block = re.match(r"---[ \t]*\r?\n(?=[A-Za-z_][\w-]*:(?:\s|$))", text)
    if not block:
        return FrontMatter()
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(text, block.end())
    if not closing:
        raise InputError(f"{name}:1: the front matter is not closed; end it with a line '---'")
    top = _yaml(text[block.end() : closing.start()], name)
    _check_keys(top, _KEYS, name, strict=False)
    restates = top.get("restates")
    origin = restates if isinstance(restates, dict) else {}
    _check_keys(origin, _ORIGIN, name, strict=True)
    identifier = _text(top, "identifier")
    if identifier and (not re.search(r"[a-z0-9]", identifier) or slug(identifier) != identifier):
        raise InputError(f"{name}: identifier {identifier!r} may have a-z, 0-9, dots and hyphens only")
    missing = [key for key in _ORIGIN if not _text(origin, key)]
    if missing and "restates" in top:
        raise InputError(f"{name}: 'restates' in the front matter lacks {', '.join(missing)}; add it")
    return FrontMatter(
        end=closing.end(),
        identifier=identifier,
        title=_text(top, "title"),
        round=_text(top, "round"),
        origin=Origin(**{key: _text(origin, key) for key in _ORIGIN}) if "restates" in top else None,
    )


class _Loader(yaml.BaseLoader):
    """Reads values as the text that they are, and takes neither aliases nor the same key twice."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.MarkedYAMLError(problem=f"{twice!r} twice; leave one", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def _yaml(block: str, name: str) -> dict[Any, Any]:
    """A block of YAML whose values are text. Raises InputError with the line of what cannot be read."""
    try:
        if len(block) > 100_000:
            raise yaml.YAMLError("more than 100,000 characters")
        loaded = yaml.load(block, _Loader)  # noqa: S506 - it makes texts only
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 2}" if mark else name
        said = getattr(error, "problem", None) or str(error) or "it is nested too deep"
        raise InputError(f"{place}: front matter is no YAML of lines 'key: value' ({said})") from None
    if not isinstance(loaded, dict):
        raise InputError(f"{name}:2: front matter has lines 'key: value'")
    return loaded


def _text(values: Mapping[Any, Any], key: str) -> str:
    value = values.get(key, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _check_keys(given: Mapping[Any, Any], allowed: tuple[str, ...], name: str, *, strict: bool) -> None:
    for key in given:
        nearest = difflib.get_close_matches(str(key), allowed, n=1, cutoff=0.8)
        if key not in allowed and (nearest or strict):
            hint = f"did you mean {nearest[0]!r}?" if nearest else f"it may have {', '.join(allowed)}"
            raise InputError(f"{name}: front matter does not know {key!r}; {hint}")
