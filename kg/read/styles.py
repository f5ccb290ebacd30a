"""What the styles of a page hide or raise, by its style sheets and by the attributes of its elements.

Of style sheets, the rules that hold for every medium or the screen are read, by tag, class, identifier and
attribute, and by what an element stands in; later rules win (https://www.w3.org/TR/css-cascade-4/, without
its weights but "!important"). Nothing is fetched: sheets elsewhere are not known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

_ATTRIBUTE = re.compile(
    r"""([^\s"'=<>/]{1,80})(?:\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000})))?"""
)
_NOUGHT = r"(?:0+(?:\.0*)?|\.0+)(?:px|em|rem|%|pt)?"
_ZERO = rf"{_NOUGHT}(?=\s*(?:$|;|!))"
_FAR = r"-\d{3,}(?:px|em|rem|%|pt)?"
_HIDES = re.compile(
    rf"(?:^|[;\s])(?:display\s*:\s*none|content-visibility\s*:\s*hidden"
    rf"|(?:opacity|font-size|max-height|max-width)\s*:\s*{_ZERO}|font\s*:\s*(?:[a-z\d-]{{1,20}}\s+){{0,4}}{_NOUGHT}[/\s]"
    rf"|text-decoration[\w-]*\s*:[^;]{{0,60}}line-through"
    rf"|(?:left|right|top|text-indent|margin-left)\s*:\s*{_FAR}|clip\s*:\s*rect\s*\(\s*[01](?:px)?[\s,]"
    rf"|clip-path\s*:\s*(?:inset\s*\(\s*(?:50|100)%|circle\s*\(\s*0)|transform\s*:\s*scale\s*\(\s*0\s*\)"
    rf"|color\s*:\s*(?:transparent|#(?:[\da-f]{{3}}0|[\da-f]{{6}}00)\b|(?:rgba|hsla)\s*\([^)]{{0,40}},\s*{_NOUGHT}\s*\)"
    rf"|(?:rgb|hsl)a?\s*\([^)]{{0,40}}/\s*{_NOUGHT}\s*\)))",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(
    r"(?=.{0,500}direction\s*:\s*rtl)(?=.{0,500}unicode-bidi\s*:\s*(?:bidi|isolate)-override)",
    re.IGNORECASE | re.DOTALL,
)
"""What shows each line from its last letter to its first, so that '6.61' stands for 16.6."""
_SHOWS = re.compile(r"(?:^|[;\s])display\s*:\s*(?!none)\w", re.IGNORECASE)
_VISIBILITY = re.compile(r"(?:^|[;\s])visibility\s*:\s*(visible|hidden|collapse)", re.IGNORECASE)
_FLAT = re.compile(rf"(?:^|[;\s])(?:height|width)\s*:\s*{_ZERO}", re.IGNORECASE)
_CUT = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
_RAISES = re.compile(
    r"vertical-align\s*:\s*(?:super|top|text-top|\+?\d*\.?\d*[1-9])|position\s*:\s*relative[^{}]{0,80}top\s*:\s*-",
    re.IGNORECASE,
)
OF_TABLES = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th"])
"""The tags of tables and of what is in them."""
_COLOUR = re.compile(r"(?:^|[;\s])(background(?:-color)?|color)\s*:\s*([^;!]{1,60})", re.IGNORECASE)
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)"}
COMMENT_END = re.compile("--!?>")
_SHEET = re.compile(r"<!--|<(/?)(style|noscript|template|script|textarea|title)(?=[\s/>])([^>]{0,500})>", re.IGNORECASE)
_INERT = ("noscript", "template")
_COMMENT = re.compile(r"/\*.{0,5000}?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_MEDIUM = r"(?:(?:only\s+)?(?:screen|all)|\(\s*min-width\s*:\s*\d{1,3}px\s*\))"
_MEDIA = re.compile(rf"{_MEDIUM}(?:\s+and\s*{_MEDIUM})?", re.IGNORECASE)
_SCREEN = re.compile(
    rf"@(?:media\s*(?:print\s*,\s*)?{_MEDIUM}(?:\s+and\s*{_MEDIUM})?(?:\s*,\s*print)?"
    r"|supports\s*\([^{};]{1,100}|layer\b[^{};]{0,100})"
    r"\s*\{((?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,2000}[^{}]{0,2000})\}"
)
_NOT = re.compile(r":not\(([^()]{0,200})\)")
_INNER = re.compile(r"(?<=\()\s+|\s+(?=\))|\s*,\s*")
_PLACE = re.compile(
    r":(?:not|has|lang|dir|root|empty|(?:first|last|only|nth)-[a-z-]{1,20})\b(?:\([^()]{0,200}\))?|^.{0,400}[+~](?!=)\s*",
    re.IGNORECASE,
)
"""What is not known of an element: what it stands beside and has in it."""
_EITHER = re.compile(r":(?:is|where)\(([^()]{1,200})\)")
_AT_RULE = re.compile(r"@[^{};]{1,200}(?:;|\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,2000}[^{}]{0,2000}\})")
_NAME = r"(?:[\w-]|\\[^\s\da-f])+"
_SIMPLE = rf"(?:[.#]{_NAME}|\[[\w-]+(?:[~|^$*]?=[^\]]{{0,100}})?\])"
_TAGGED = r"(?:[a-z][\w-]*|\*)?"
_ONE = rf"{_TAGGED}{_SIMPLE}*"
_COMPOUND = re.compile(rf"{_TAGGED}(?:{_SIMPLE}|:not\({_ONE}(?:,{_ONE})*\))*", re.IGNORECASE)
_PART = re.compile(rf"""([.#]?)({_NAME})|\[([\w-]+)(?:([~|^$*]?)=["']?([^"'\]]{{0,100}})["']?)?\]""")
_TO_NOTE = re.compile(
    r"""(?:\w|[.,;:%)"”’]|<sup\b[^<>]{0,200}>)\s?<a\b[^<>]{0,300}?\shref\s?=\s?["']?#([^"'<>\s]{1,200})[^<>]{0,300}>"""
    r"\s?(?:<sup\b[^<>]{0,200}>)?[\[(]{0,2}(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})[\])]{0,2}\s?</",
    re.IGNORECASE,
)
"""A mark that leads to a note, behind a word or raised."""
_OF_NOTES = frozenset({"doc-endnotes", "doc-endnote", "doc-footnote"})
"""Roles of notes (https://www.w3.org/TR/dpub-aria-1.1/)."""
_NOTES = frozenset({"li", "p", "div", "dd", "tr", "section", "aside"})
_OUT_OF_SIGHT = (".sr-only", ".visually-hidden", ".screen-reader-text", ".d-none")
_UNSHOWN = ("hidden", "popover")
_ROWS = OF_TABLES - {"table", "td", "th"}
_WHOLE = ("html", "body")  # where styles hide all of a page, a script shows it
_MOST = 5000  # rules
_LONGEST = 200_000  # characters of a sheet


_GENERATED = re.compile(r"::?(?:before|after)\s*\{[^{}]{0,500}?content\s*:\s*([\"'])([^\"'{}]{1,200})\1")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")


def generated(text: str) -> list[str]:
    """The words and numbers that the style sheets of a page add to its text, each once; not signs and icons.

    >>> generated('<style>.a::after{content:" not"} .b::before{content:"\\\\f101"}</style>')
    [' not']
    """
    said = dict.fromkeys(words for _, words in _GENERATED.findall(text))
    return [words for words in said if re.search(r"[^\W_]", _ESCAPE.sub("", words))]


class Element(NamedTuple):
    """An element's tag and attributes, by lower-case names."""

    tag: str
    attributes: dict[str, str]

    def matches(self, compound: str) -> bool:
        """Whether a compound selector ('p.note#x[hidden]:not(.y)') holds for the element."""
        if any(self.matches(one) for listed in _NOT.findall(compound) for one in listed.split(",")):
            return False
        for sign, written, attribute, how, value in _PART.findall(_NOT.sub("", compound)):
            name = written.replace("\\", "")
            if sign == ".":
                holds = name in self.attributes.get("class", "").split()
            elif sign == "#":
                holds = name == self.attributes.get("id")
            elif name:
                holds = name.lower() == self.tag
            else:
                said = self.attributes.get(attribute.lower())
                holds = said is not None and (not value or (value in said if how else value == said))
            if not holds:
                return False
        return True


def element(tag: str, attributes: str) -> Element:
    """An element by its tag and the text of its attributes.

    >>> element("p", ' class="note" hidden').attributes
    {'class': 'note', 'hidden': ''}
    """
    said = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(attributes)}
    return Element(tag, said)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a rule of a style sheet does to the elements of a selector, which is one compound or more."""

    number: int
    compounds: tuple[str, ...]
    hides: bool | None
    raises: bool
    visibility: str
    important: bool


class Styles:
    """The styles of a page or text."""

    def __init__(self, text: str) -> None:
        self._plain = re.search(r"background|bgcolor|rel\s*=\s*[\"']?stylesheet", text, re.IGNORECASE) is None
        self._notes = set(_TO_NOTE.findall(text))
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        for number, (selector, declarations) in enumerate(_declared(text)):
            said = self._hides(declarations), _RAISES.search(declarations) is not None, _visibility(declarations)
            compounds = _compounds(selector)
            if not all(map(_COMPOUND.fullmatch, compounds)):  # it may hold, and then shows, but hides nothing
                compounds = _compounds(_PLACE.sub("", selector))
                said = said[0] and None, said[1], said[2] if said[2] == "visible" else ""
            if said == (None, False, "") or number > _MOST or not all(map(_COMPOUND.fullmatch, compounds)):
                continue
            self._rules[_key(compounds[-1])].append(_Rule(number, compounds, *said, "!important" in declarations))

    def hidden(self, one: Element, within: Sequence[Element] = ()) -> bool:
        """Whether an element does not show; `within` are those that it stands in."""
        if one.tag in _WHOLE or self._bare(one):
            return False
        if one.tag == "a" and one.attributes.get("aria-hidden", "").lower() == "true":
            return True  # a sign that leads to the heading it stands in
        if one.tag == "bdo" and one.attributes.get("dir", "").lower() == "rtl":
            return True
        colour = one.attributes.get("color", "").strip().lower()
        if colour in _WHITE and self._plain:
            return True
        own = self._hides(one.attributes.get("style", ""))
        rules = self._for(one, within)
        if one.tag in _ROWS and self._visibility(one, within) == "collapse":
            return True
        said = [not one.attributes.keys().isdisjoint(_UNSHOWN), *(rule.hides for rule in rules if not rule.important)]
        return bool(_last_said(*said, own, *(rule.hides for rule in rules if rule.important)))

    def is_note(self, one: Element) -> bool:
        """Whether an element is a note that a mark leads to, or a list of them."""
        return one.attributes.get("role") in _OF_NOTES or (
            one.tag in _NOTES and one.attributes.get("id") in self._notes
        )

    def visible(self, one: Element, within: Sequence[Element] = ()) -> bool | None:
        """Whether what stands in an element can be seen, in the elements in it, too; None when nothing is said of it."""
        said = "" if one.tag in _WHOLE or self._bare(one) else self._visibility(one, within)
        return said == "visible" if said else None

    def _visibility(self, one: Element, within: Sequence[Element]) -> str:
        said = [rule.visibility for rule in self._for(one, within)]
        return next(filter(None, [_visibility(one.attributes.get("style", "")), *reversed(said)]), "")

    def raised(self, one: Element, within: Sequence[Element] = ()) -> bool:
        """Whether an element stands higher than its line, or leads to a note; what is in a table is aligned within its row."""
        if one.tag in OF_TABLES or self._bare(one):
            return False
        if one.attributes.get("role") == "doc-noteref" or _RAISES.search(one.attributes.get("style", "")):
            return True
        return any(rule.raises for rule in self._for(one, within))

    def _bare(self, one: Element) -> bool:
        """Whether nothing is said of an element; pages have hundreds of thousands of them."""
        return not one.attributes and one.tag not in self._rules and "*" not in self._rules

    def _for(self, one: Element, within: Sequence[Element]) -> list[_Rule]:
        """The rules for an element, in the order of the sheet."""
        keys = [one.tag, "*", *("." + c for c in one.attributes.get("class", "").split())]
        keys += ["#" + one.attributes["id"]] if "id" in one.attributes else []
        found = [r for key in keys if key in self._rules for r in self._rules[key] if _fits(r.compounds, one, within)]
        return sorted(found, key=lambda rule: rule.number)

    def _hides(self, declarations: str) -> bool | None:
        """Whether declarations hide or show; None when they say nothing of it."""
        flat = _CUT.search(declarations) and _FLAT.search(declarations)
        if flat or _HIDES.search(declarations) or _BACKWARDS.match(declarations):
            return True
        colours = {k.lower().partition("-")[0]: "".join(v.lower().split()) for k, v in _COLOUR.findall(declarations)}
        letters, ground = colours.get("color"), colours.get("background")
        if letters and (letters == ground or {letters, ground} <= _WHITE or (self._plain and letters in _WHITE)):
            return True
        return False if _SHOWS.search(declarations) else None


def _last_said(*said: bool | None) -> bool | None:
    return next((one for one in reversed(said) if one is not None), None)


def _visibility(declarations: str) -> str:
    said = _VISIBILITY.findall(declarations)
    return said[-1].lower() if said else ""


def _compounds(selector: str) -> tuple[str, ...]:
    """The compound selectors of a selector, from the outermost element's."""
    return tuple(re.split(r"\s*>\s*|\s+(?![^()]{0,200}\))", _INNER.sub(lambda m: m[0].strip(), selector).strip()))


def _fits(compounds: Sequence[str], one: Element, within: Sequence[Element]) -> bool:
    """Whether an element matches the last of some compounds, and what it stands in the others, in order."""
    if not one.matches(compounds[-1]):
        return False
    outer = iter(reversed(within[-50:]))
    return all(any(e.matches(compound) for e in outer) for compound in reversed(compounds[:-1]))


def _key(compound: str) -> str:
    """What an element must have to match a compound: its class, identifier or tag; '*' for any."""
    parts = _PART.findall(_NOT.sub("", compound))
    for wanted in ("#", ".", ""):
        for sign, name, *_ in parts:
            if sign == wanted and name:
                return f"{sign}{name}".replace("\\", "") if sign else str(name).lower()
    return "*"


def _declared(text: str) -> Iterator[tuple[str, str]]:
    """The selectors of all style sheets, each with its declarations."""
    yield from ((name, "display: none") for name in _OUT_OF_SIGHT)
    for sheet in _sheets(text):
        plain = _COMMENT.sub(" ", sheet)
        for selectors, declarations in _RULE.findall(_AT_RULE.sub("", _SCREEN.sub(r"\1", plain))):
            for selector in re.split(r",(?![^()]{0,200}\))", selectors):
                yield from ((one, declarations) for one in _either(selector))


def _sheets(text: str) -> Iterator[str]:
    """The style sheets that a browser applies, which runs scripts: none of a comment or of what it does not show."""
    at = inert = 0
    while tag := _SHEET.search(text, at):
        name = (tag[2] or "").lower()
        if not name:
            ended = COMMENT_END.search(text, tag.end() - 2)
        elif name in _INERT:
            inert = max(0, inert + (-1 if tag[1] else 1))
            ended = tag
        else:
            ended = tag if tag[1] else re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, tag.end())
        if not ended:
            return
        at = ended.end()
        media = element(name, tag[3] or "").attributes.get("media", "")
        if name == "style" and not (tag[1] or inert) and _on_screen(media):
            yield text[tag.end() : min(ended.start(), tag.end() + _LONGEST)]


def _on_screen(media: str) -> bool:
    return not media.strip() or any(_MEDIA.fullmatch(one.strip()) for one in media.split(","))


def _either(selector: str) -> list[str]:
    """The selectors that one with ':is(.a, .b)' stands for."""
    if not (said := _EITHER.search(selector)):
        return [selector]
    return [selector[: said.start()] + one.strip() + selector[said.end() :] for one in said[1].split(",")]
