"""Which declarations of a page's style sheets hold for an element (https://www.w3.org/TR/css-cascade-5/).

Sheets are parsed by tinycss2, selectors are those of cssselect2. Siblings, containers and scopes are not known: a rule
that asks for one holds for nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from typing import Any

import cssselect2
import tinycss2
from tinycss2.color4 import Color, parse_color

from kg.read.styles import Element

_SAME = {
    "background": "background-color", "text-decoration-line": "text-decoration", "-webkit-background-clip": "background-clip",
}  # fmt: skip
_READ = frozenset({
    "background-clip", "background-color", "clip", "clip-path", "color", "content-visibility", "direction", "display", "font-size",
    "height", "left", "margin-left", "max-height", "max-width", "opacity", "overflow", "position", "right", "text-decoration",
    "text-indent", "top", "transform", "unicode-bidi", "vertical-align", "visibility", "width",
})  # fmt: skip
_WIDTH = re.compile(r"(min-|max-)?width(:|[<>]=?)(\d{1,6}(?:\.\d{1,6})?)(px|r?em)")
_SCREEN = 1280  # CSS pixels
_SCREENS = frozenset({"screen", "all", "prefers-color-scheme:light", "orientation:landscape", "hover", "hover:hover"})
_UNLAYERED = 1_000_000
_MOST = 5000  # selectors
_LONGEST = 200_000  # characters of all sheets
_OUTER, _WHOLE = 500, 10_000  # characters of a selector that others stand in, of any
_UNKNOWN = AttributeError, ValueError, NotImplementedError, SyntaxError, MemoryError, RecursionError
"""What selectors raise that are none, too deep, or ask for what is not known of an element."""

_Said = tuple[tuple[int, ...], str, str]
"""A declaration: what it weighs (importance, whether it is the element's own, layer, specificity, number), name and value."""


class Cascade:
    """The rules of style sheets, given as pairs of a media query and a text.

    `generated` has the words and numbers that they add to the text of a page, each once; not signs and icons.
    """

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        self.generated: dict[str, None] = {}
        self._rules: dict[str, list[tuple[Callable[[Any], bool], list[_Said]]]] = defaultdict(list)
        self._layers: dict[str, int] = {}
        self._number, left = 0, _LONGEST
        for media, sheet in sheets:
            if left > 0 and _holds("media", media.lower()):
                self._walk(tinycss2.parse_stylesheet(sheet[:left], skip_comments=True, skip_whitespace=True))
            left -= len(sheet)

    def of(self, one: Element) -> dict[str, str]:
        """The values that hold for an element by the names of properties, those of its own attribute among them."""
        said: list[_Said] = []
        with suppress(KeyError, RecursionError):
            said += _said(_parsed(one.attributes["style"]))
        for key in (one.tag, "*", f"#{one.id}", *(f".{name}" for name in one.classes)):
            for _, (test, declarations) in zip(one.steps, self._rules.get(key, ()), strict=False):
                try:
                    holds = test(one)
                except _UNKNOWN:
                    continue
                if holds:
                    said += islice(declarations, sum(1 for _ in islice(one.steps, len(declarations))))
        return {name: value for _, name, value in sorted(said, key=itemgetter(0))}

    def _walk(self, nodes: list[Any], selector: str = "", layer: str = "") -> None:
        """Take the declarations for a selector, and the rules within it; '' is none."""
        declared = [node for node in nodes if node.type == "declaration"]
        if declared and selector:
            self._add(selector, declared, self._layers.get(layer, _UNLAYERED))
        for node in nodes:
            with suppress(RecursionError):
                prelude = tinycss2.serialize(node.prelude).strip() if node.type in ("qualified-rule", "at-rule") else ""
                if node.type == "at-rule":
                    self._walk_at(node, prelude.lower(), selector, layer)
                elif node.type == "qualified-rule" and len(selector) < _OUTER:
                    self._walk(_parsed(node.content), _nested(selector, prelude), layer)

    def _walk_at(self, rule: Any, said: str, selector: str, layer: str) -> None:
        inner = layer
        for name in said.split(",") if rule.lower_at_keyword == "layer" else ():
            inner = f"{layer}.{name.strip() or len(self._layers)}"
            self._layers.setdefault(inner, len(self._layers))
        if rule.content and _holds(rule.lower_at_keyword, said):
            self._walk(_parsed(rule.content), selector, inner)

    def _add(self, selector: str, declarations: list[Any], layer: int) -> None:
        words = [t.value for d in declarations if d.lower_name == "content" for t in d.value if t.type == "string"]
        words = [said for said in words if re.search(r"[^\W_]", said)]
        said = {(name, weight[0]): (weight, name, value) for weight, name, value in _said(declarations, layer, own=0)}
        if not (words or said):
            return
        with suppress(*_UNKNOWN):
            for compiled in cssselect2.compile_selector_list(selector):
                if compiled.pseudo_element:
                    self.generated |= dict.fromkeys(words if compiled.pseudo_element in ("before", "after") else ())
                elif self._number < _MOST:
                    self._number += 1
                    more = (*compiled.specificity, self._number)
                    self._rules[_key(compiled)].append(
                        (compiled.test, [((*w, *more), n, v) for w, n, v in said.values()])
                    )


def _key(selector: Any) -> str:
    """What an element must have to match a selector: its identifier, a class or its tag; '*' for any."""
    if selector.id is not None:
        return f"#{selector.id}"
    return f".{selector.class_name}" if selector.class_name else selector.lower_local_name or "*"


def _parsed(css: Any) -> list[Any]:
    return list(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True))


def _nested(outer: str, selector: str) -> str:
    """The selector of a rule that may stand in another's (https://www.w3.org/TR/css-nesting-1/)."""
    if selector.count("&") * len(outer) + len(selector) > _WHOLE:
        return ""
    if "&" in selector or not outer:
        return selector.replace("&", f":is({outer})")
    return f":is({outer}) {selector if selector[:1] in '>+~' else f':is({selector})'}"


def _said(declarations: list[Any], layer: int = _UNLAYERED, own: int = 1) -> Iterator[_Said]:
    """Those of declarations that say what shows; an element's own weigh more."""
    for one in declarations:
        if one.type == "declaration" and (name := _SAME.get(one.lower_name, one.lower_name)) in _READ:
            value = " ".join(tinycss2.serialize(one.value).lower().split())[:300]
            yield (one.important, own, -layer if one.important else layer), name, value


def _holds(rule: str, said: str) -> bool:
    """Whether what stands in an at-rule holds for a wide screen, by its name and prelude."""
    if rule == "media":
        return not said.strip() or any(_on_screen(query.strip()) for query in said.split(","))
    return rule == "layer" or (rule == "supports" and not said.startswith("not"))


def _on_screen(query: str) -> bool:
    if query.startswith("not "):
        return not _on_screen(query[4:].strip())
    return all(map(_has, query.removeprefix("only ").split(" and ")))


def _has(feature: str) -> bool:
    feature = "".join(feature.split()).strip("()")
    if wide := _WIDTH.fullmatch(feature):
        pixels = float(wide[3]) * (1 if wide[4] == "px" else 16)
        return pixels <= _SCREEN if wide[1] == "min-" or ">" in wide[2] else pixels >= _SCREEN
    return feature in _SCREENS


def colour(value: str) -> tuple[float | None, ...] | None:
    """The first colour in a value, with its alpha; None when there is none."""
    for part in tinycss2.parse_component_value_list(value):
        with suppress(*_UNKNOWN):
            if isinstance(found := parse_color(part), Color):
                return tuple(found)
    return None
