"""Words that narrow no set of results, kept in `neutral.txt`: with only these around it, what is resolved is all that is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.names.fold import lower
from kg.resources import word_list


@cache
def _listed(name: str) -> frozenset[str]:
    return word_list(Path(__file__).with_name(name))


def only_narrows(word: str) -> bool:
    """Whether a word can at most say which of the results are meant: no number, and no word for something else.

    >>> only_narrows("liquid-cooled"), only_narrows("Helios"), only_narrows("Epochs")
    (True, True, False)
    """
    return not {word.lower(), word.lower().removesuffix("s")} & _listed("turning.txt")


def is_neutral(word: str) -> bool:
    """Whether a word narrows no set of results, in any of its forms.

    >>> is_neutral("finishes"), is_neutral("trained"), is_neutral("liquid-cooled")
    (True, True, False)
    """
    low = lower(word).replace("’", "'").removesuffix("'s")
    low = f"{low[:-3]}y" if low.endswith("ies") else low
    stems = [low.removesuffix(end) for end in ("", "s", "es", "ed", "d", "ing", "ly", "er") if low.endswith(end)]
    stems += [stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]]
    return any(stem in _listed("neutral.txt") or f"{stem}e" in _listed("neutral.txt") for stem in stems)
