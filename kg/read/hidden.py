"""What of a text with mark-up does not show: comments, elements that are hidden or struck out, what links lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.model.statement import Span
from kg.read.html import DROPPED, VOID
from kg.read.styles import COMMENT_END, Styles, element
from kg.read.text import BACKWARDS, FIRST, left_out

_TAG = re.compile(r"<!--(?:-?>)?|<(/?)([a-zA-Z][\w-]{0,30})((?:\s[^<>]{0,2000})?)/?>|[`~]{3,}|`")
_TITLE = r"""(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}'|\([^()\n]{0,1000}\))"""
_TARGET = r"<?[^\s<>()]*(?:\([^\s()]{0,200}\)[^\s()]{0,200})?>?"
_UNSHOWN = re.compile(
    rf"""(?=[!\]{{%[\n<])(?:
        !\[[^\]\n]{{0,1000}}\](?:\(\s*{_TARGET}(?:\s+{_TITLE})?\s*\)|\[[^\]\n]{{0,200}}\])   # an image
      | <img\s[^<>]*>
      | \]\(\s*{_TARGET}\s+{_TITLE}\s*\)                                           # a link's target with a title
      | (?<![^\n])\[(?!\^)[^\]\n]{{1,200}}\]:[ \t]*{_TARGET}(?:[ \t]+{_TITLE})?[ \t]*(?=[\r\n]|$)  # a reference's target
      | \{{--.{{1,2000}}?--\}} | \{{>>.{{1,2000}}?<<\}} | %%[^%\n]{{1,2000}}%%        # notes of editors
    )""",
    re.VERBOSE | re.DOTALL,
)

_MARK = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
_NOTE = re.compile(
    rf"\^\[[^\[\]\n]{{1,2000}}\]|(?<![^\n]){_MARK.pattern}:[^\n]*(?:\n(?:[ \t]+\S[^\n]*|(?=\n[ ]{{4}}\S)))*"
)
_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})[ \t]*(?P<of>[\w+#.-]*)[^\n`]*$", re.MULTILINE)
_TEXTS = frozenset(["text", "txt", "plain", "plaintext", "markdown", "md", "csv", "tsv", "table"])
_TABLE = re.compile(r"^[ \t]*\||\S(?: {3,}|\t)\S", re.MULTILINE)
_UNDONE = re.compile(
    r"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+\[ \][ \t][^\n]*", re.MULTILINE
)  # https://github.github.com/gfm/#task-list-items-extension-
_MAIL = re.compile(r"^On [^\n]{5,200}\bwrote:[ \t]*\n(?:[ \t]*\n)?(?:[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)


def hidden_spans(text: str, indented: Iterable[Span] = ()) -> tuple[list[Span], list[str]]:
    """The spans of a text in Markdown that do not show, in order, and what is to be said of them.

    `indented` are its blocks of code that are known by their indent.
    Elements are those of HTML within it (https://spec.commonmark.org/0.31.2/#raw-html); one without an end
    tag hides nothing. A comment without an end hides all that follows.
    """
    found = list(_elements(text)) if "<" in text else []
    warnings = []
    last = found[-1].start if found and found[-1].end == len(text) else len(text)
    if text.startswith("<!--", last) and not COMMENT_END.search(text, last + 2):
        line = text.count("\n", 0, last) + 1
        warnings.append(f"what stands from line {line} on is left out: a comment there never ends")
    notes = list(_footnotes(text)) if "^" in text else []
    code = list(_code(text)) if "```" in text or "~~~" in text else []
    code = sorted([*code, *(s for s in indented if not _TABLE.search(text[s.start : s.end].strip()))])
    kinds = {
        "footnote": notes, "code block": code, "quoted mail": _spans(_MAIL, text),
        "backward passage": _spans(BACKWARDS, text), "unchecked item": _spans(_UNDONE, text),
    }  # fmt: skip
    for what, spans in kinds.items():
        found += spans
        if spans:
            lines = [text.count("\n", 0, span.start) + 1 for span in spans[:FIRST]]
            warnings.append(left_out(what, len(spans), lines))
    found += _spans(_UNSHOWN, text)
    joined: list[Span] = []
    for span in sorted(found):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined, warnings


def _spans(rule: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*found.span()) for found in rule.finditer(text)]


def _code(text: str) -> Iterator[Span]:
    """The fenced blocks of code (https://spec.commonmark.org/0.31.2/#fenced-code-blocks) that are no text or table."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence["marks"].startswith(opened["marks"]) and not fence["of"]:
            of, body = opened["of"].lower(), text[opened.end() : fence.start()]
            if of not in _TEXTS and (of or not _TABLE.search(body)):
                yield Span(opened.start(), fence.end())
            opened = None


def _footnotes(text: str) -> Iterator[Span]:
    """The notes that stand where their mark does, and those that one leads to, with the lines that go on with them."""
    times = Counter(_MARK.findall(text))
    for note in _NOTE.finditer(text):
        if note[1] is None or times[note[1]] > 1:
            yield Span(*note.span())


def _elements(text: str) -> Iterator[Span]:
    """The comments, and the elements that do not show."""
    last = {m[1].lower(): m.start() for m in re.finditer(r"</([a-zA-Z][\w-]{0,30})", text)}
    styles = Styles(text)
    at, start, dropping, depth = 0, 0, "", 0
    while found := _TAG.search(text, at):
        at = found.end()
        tag = (found[2] or "").lower()
        if not tag:
            if not found[0].startswith("<"):
                at = _code_end(text, found)
            elif found[0] == "<!--":
                ended = COMMENT_END.search(text, at - 2)
                at = ended.end() if ended else len(text)
                if not dropping:
                    yield Span(found.start(), at)
        elif dropping:
            depth += (tag == dropping) * (-1 if found[1] else 1)
            if not depth:
                yield Span(start, at)
                dropping = ""
        elif not found[1] and last.get(tag, 0) >= at and not found[0].endswith("/>") and _drops(styles, tag, found[3]):
            start, dropping, depth = found.start(), tag, 1


def _drops(styles: Styles, tag: str, attributes: str) -> bool:
    one = element(tag, attributes)
    return tag not in VOID and (
        tag in DROPPED or styles.is_note(one) or styles.hidden(one) or styles.visible(one) is False
    )


def _code_end(text: str, opening: re.Match[str]) -> int:
    """Where code ends that begins with some marks; right behind them when it does not end."""
    marks = opening[0]
    block = len(marks) > 2
    end = text.find("\n" + marks if block else marks, opening.end())
    if end < 0 or (not block and "\n\n" in text[opening.end() : end]):
        return opening.end()
    return end + len(marks) + block
