"""What the styles of a page hide or raise, by its style sheets and by the attributes of its elements.

Nothing is fetched: sheets elsewhere are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import islice

_ATTRIBUTE = re.compile(
    r"""([^\s"'=<>/]{1,80})(?:\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000})))?"""
)
_ZERO = r"0(?:\.0+)?(?:px|em|rem|%|pt)?(?=;)"
_HIDES = re.compile(
    rf"""
      ;display:none | ;content-visibility:hidden | ;(?:opacity|font-size|max-height|max-width):{_ZERO}
    | ;text-decoration:[^;]*line-through | ;(?:left|right|top|text-indent|margin-left):-\d{{3,}}
    | ;clip:rect\([ ]?[01](?:px)?[ ,] | ;clip-path:(?:inset\([ ]?(?:50|100)%|circle\([ ]?0) | ;transform:scale\([ ]?0[ ]?\)
    | ^(?=.*;overflow:hidden).*;(?:height|width):{_ZERO}
    | ^(?=.*;direction:rtl).*;unicode-bidi:(?:bidi|isolate)-override  # '6.61' stands for 16.6
    """,
    re.VERBOSE,
)
_RAISES = re.compile(r";vertical-align:(?:super|top|text-top|\+?\d*\.?\d*[1-9])|^(?=.*;position:relative).*;top:-")
_VISIBLE = {"visible": True, "hidden": False, "collapse": False}
_SHEET = re.compile(r"<style\b([^>]{0,500})>", re.IGNORECASE)
_SHEET_END = re.compile(r"</style", re.IGNORECASE)
_STYLED = re.compile(r"<style\b|\bstyle\s{0,9}=", re.IGNORECASE)
_TO_NOTE = re.compile(
    r"""(?:\w|[.,;:%)"”’]|<sup\b[^<>]{0,200}>)\s?<a\b[^<>]{0,300}?\shref\s?=\s?["']?#([^"'<>\s]{1,200})[^<>]{0,300}>"""
    r"\s?(?:<sup\b[^<>]{0,200}>)?[\[(]{0,2}(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})[\])]{0,2}\s?</",
    re.IGNORECASE,
)
"""A mark that leads to a note, behind a word or raised."""
_OF_NOTES = frozenset({"doc-endnotes", "doc-endnote", "doc-footnote"})
"""Roles of notes (https://www.w3.org/TR/dpub-aria-1.1/)."""
_NOTES = frozenset({"li", "p", "div", "dd", "tr", "section", "aside"})
_OUT_OF_SIGHT = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "d-none"})
_UNSHOWN = ("hidden", "popover")
_CELLS = ("td", "th")
_STEPS = 1_000_000  # of finding out which rules hold in a page
_WHITE = (1, 1, 1, 1)


class Element:
    """An element: its tag, attributes by lower-case names, what it stands in, and what its style does.

    `visible` is None where nothing is said of it; otherwise it holds for the elements in it, too. A note is what a mark
    leads to, or a list of them. The other names are those by which cssselect2 asks for an element.
    """

    in_html_document, namespace_url = True, ""
    is_note = hidden = raised = False
    visible: bool | None = None

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None, steps: Iterator[int]) -> None:
        self.tag = self.local_name = tag
        self.attributes = self.attrib = attributes
        self.get = attributes.get
        self.id, self.classes = attributes.get("id"), frozenset(attributes.get("class", "").split())
        self.parent, self.steps = parent, steps

    @property
    def etree_element(self) -> Element:
        """What has the attributes."""
        return self

    @property
    def ancestors(self) -> Iterator[Element]:
        """The elements around it, from within, as far as may be looked at."""
        outer = self.parent
        for _ in islice(self.steps, 50):
            if outer is None:
                return
            yield outer
            outer = outer.parent


class Styles:
    """The styles of a page or text. `generated` are the words and numbers that its style sheets add to its text.

    >>> Styles('<style>.a::after{content:" not"} .b::before{content:"\\\\f101"}</style>').generated
    [' not']
    """

    def __init__(self, text: str) -> None:
        self._plain = re.search(r"background|bgcolor|rel\s*=\s*[\"']?stylesheet", text, re.IGNORECASE) is None
        self._notes = set(_TO_NOTE.findall(text))
        self._steps = iter(range(_STEPS))
        self._cascade = None
        self.generated: list[str] = []
        self.element = lru_cache(4096)(self._element)
        if _STYLED.search(text):
            from kg.read.cascade import Cascade  # not for pages without styles

            self._cascade = Cascade(_sheets(text))
            self.generated = list(self._cascade.generated)

    def _element(self, tag: str, attributes: str, parent: Element | None = None) -> Element:
        """An element by its tag, the text of its attributes and what it stands in.

        >>> Styles("").element("p", ' class="note" hidden').attributes
        {'class': 'note', 'hidden': ''}
        """
        one = Element(tag, _attributes(attributes), parent, self._steps)
        style = {} if one.classes.isdisjoint(_OUT_OF_SIGHT) else {"display": "none"}
        style |= self._cascade.of(one) if self._cascade else {}
        text = "".join(f";{name}:{value}" for name, value in style.items()) + ";"
        role = one.attributes.get("role")
        one.is_note = role in _OF_NOTES or (tag in _NOTES and one.id in self._notes)
        one.hidden = _unshown(one) or _HIDES.search(text) is not None or self._unseen(one, style)
        one.visible = _VISIBLE.get(style.get("visibility", ""))
        one.raised = role == "doc-noteref" or (tag not in _CELLS and _RAISES.search(text) is not None)
        return one

    def _unseen(self, one: Element, style: dict[str, str]) -> bool:
        """Whether an element's letters have no colour, or that of their ground."""
        said = style.get("color") or one.attributes.get("color")
        if not said or style.get("background-clip") == "text":
            return False
        from kg.read.cascade import colour

        letters, ground = colour(said), colour(style.get("background-color", ""))
        if letters is None:
            return False
        return letters[3] == 0 or letters == ground or (letters == _WHITE and ground is None and self._plain)


def _unshown(one: Element) -> bool:
    """Whether an element does not show by its attributes."""
    said = one.attributes
    return (
        not said.keys().isdisjoint(_UNSHOWN)
        or (
            one.tag == "a" and said.get("aria-hidden", "").lower() == "true"
        )  # a sign that leads to the heading it is in
        or (one.tag == "bdo" and said.get("dir", "").lower() == "rtl")
    )


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)}


def _sheets(text: str) -> Iterator[tuple[str, str]]:
    """The style sheets of a page, each with the media it is for."""
    _, *parts = _SHEET.split(text)
    for attributes, rest in zip(parts[::2], parts[1::2], strict=True):
        if ended := _SHEET_END.search(rest):
            yield _attributes(attributes).get("media", ""), rest[: ended.start()]
