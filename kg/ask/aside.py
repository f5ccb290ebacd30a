"""Unknown words that a question is read without, since they choose nothing among results."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kg.ask.items import Item, unknown_runs

_CHOOSING = frozenset(
    ["negator", "quantifier", "superlative", "rank", "than", "aggregate", "before", "group", "change"]
)
"""Roles of words that make what follows them a condition or what is asked for: 'the best …', 'how many …'."""
_ASKING = frozenset(["which", "what", "whose", "why"])


def aside(items: Sequence[Item]) -> list[str]:
    """The unknown words of a question, each run as one, where it may be read without them; else none.

    They are common words that say something of who asks, or how something pleases (`queries/meanings.txt`), and stand
    where they are not what is asked for or left out.
    """
    unknown = [(at, item) for at, item in enumerate(items) if not item.known]
    if any(item.roles.get("context") != "aside" or is_asked(items, at) for at, item in unknown):
        return []
    return [" ".join(item.text for item in run) for run in unknown_runs(items)]


def is_asked(items: Sequence[Item], at: int) -> bool:
    """Whether a word is what is asked for, or what a word before it is about: 'which …', 'the most …', 'without …'."""
    before = next((i for i in reversed(items[:at]) if i.known and not _idle(i)), None)
    nouns = list(takewhile(lambda i: "noun" in i.roles, reversed(items[:at])))
    asking = any(i.low in _ASKING for i in items[: at - len(nouns)][-1:])  # 'what GPU temperature'
    return asking or (before is not None and (before.low in _ASKING or bool(before.roles.keys() & _CHOOSING)))


def _idle(item: Item) -> bool:
    return item.roles.keys() <= {"filler"} and item.low not in _ASKING
