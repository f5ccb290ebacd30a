"""The words of questions: how a text is cut into tokens, and what words stand for (`queries/words.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from kg.resources import folder

_TOKEN = re.compile(r"\{\w+\}|\d{1,3}(?:,\d{3})+|[<>]=?|[≤≥=%+,&;]|[^\W_]+(?:\.\d+)*(?:'[^\W\d_]+)?")
_LONGEST = 6
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign as it is written, and where: `text[start:end]`, 0-based, end exclusive."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """It in lower case, without a possessive."""
        return self.text.lower().removesuffix("'s")


def tokens(text: str) -> list[Token]:
    """The tokens of a text; hyphens and slashes part words.

    >>> [t.text for t in tokens("Who ran 3D U-Net on 1,024 GPUs in v2.0?")]
    ['Who', 'ran', '3D', 'U', 'Net', 'on', '1,024', 'GPUs', 'in', 'v2.0']
    """
    plain = text.replace("’", "'").replace("‘", "'")
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(plain)]


def stem(word: str) -> str:
    """A word without its ending, for those that no list has.

    >>> stem("scaling"), stem("scales"), stem("scaled")
    ('scal', 'scal', 'scal')
    """
    low = word.lower()
    for ending in ("ing", "ies", "ed", "es", "s", "e", "y"):
        if low.endswith(ending) and len(low) - len(ending) >= 3 and not low.endswith("ss"):
            return low[: -len(ending)]
    return low


@dataclass(frozen=True, slots=True)
class Superlative:
    """The least ('MIN') or greatest ('MAX') number in a column, among the rows with the same `among`.

    Without a column it is that of the word that follows: 'the most accelerators'.
    `listed` tells that in the plural it asks for all in order: 'the largest systems', unlike 'the most GPUs'.
    """

    column: str
    best: str
    among: tuple[str, ...] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer has to come from: queries with a tag ('record'), or without it ('!record').

    Of a query that can ask several sources, `choice` is the value of the parameter that says which.
    """

    tag: str
    choice: str

    def has(self, tags: Iterable[str]) -> bool:
        """Whether a query with these tags asks the source."""
        return (self.tag.lstrip("!") in tags) != self.tag.startswith("!")


@dataclass(frozen=True, slots=True)
class Words:
    """What words and phrases stand for; a phrase is a tuple of lower-case tokens."""

    means: Mapping[tuple[str, ...], tuple[str, ...]]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    light: frozenset[str]
    loose: frozenset[str]
    countable: frozenset[str]
    superlatives: Mapping[str, Superlative]
    sources: Mapping[str, Source]

    def concepts(self, found: list[Token], at: int) -> tuple[int, tuple[str, ...] | None]:
        """How many tokens from a place make up a known phrase, the longest, and what it stands for.

        A stop word stands for (); without a known phrase the answer is 0 and None.
        """
        return _longest(self.means, found, at)

    def comparison(self, found: list[Token], at: int) -> tuple[int, str | None]:
        """The same for a comparison that stands before a number: '<', '<=', '>', '>=' or '='."""
        return _longest(self.before, found, at)

    def bound(self, found: list[Token], at: int) -> tuple[int, str | None]:
        """The same for a comparison that stands after a number."""
        return _longest(self.after, found, at)


def _longest(table: Mapping[tuple[str, ...], T], found: list[Token], at: int) -> tuple[int, T | None]:
    for size in range(min(_LONGEST, len(found) - at), 0, -1):
        key = tuple(t.low for t in found[at : at + size])
        if key in table:
            return size, table[key]
    return 0, None


@cache
def load_words() -> Words:
    """The shipped words."""
    said = tomllib.loads((folder("queries") / "words.toml").read_text("utf-8"))
    means = {_phrase(text): () for text in said["stop"]}
    means |= {_phrase(t): tuple(concept.split()) for concept, all_ in said["means"].items() for t in all_}
    return Words(
        means,
        _table(said["comparisons"]),
        _table(said["after"]),
        frozenset(said["light"]),
        frozenset(said["loose"]),
        frozenset(said["countable"]),
        {
            name: Superlative(**how | {"among": tuple(how.get("among", ()))})
            for name, how in said["superlatives"].items()
        },
        {name: Source(**where) for name, where in said["sources"].items()},
    )


def _table(said: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {_phrase(text): sign for sign, texts in said.items() for text in texts}


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(t.low for t in tokens(text))
