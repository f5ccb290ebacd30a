"""The names that a round's official record holds: of systems, accelerators, processors, software, submitters.

They are handed over by whoever has read the record; nothing here reads a file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from kg.names.fold import fold, folded_with_places

_LEGAL = re.compile(r"(?i)[\s,_]+(?:inc|incorporated|ltd|limited|llc|corp|corporation|co|company|gmbh|ag|plc)\b\.?")
_INITIAL = re.compile(r"[^\W_]+")


def same_organization(name: str, other: str) -> bool:
    """Whether two names are one organization's: but for case, marks and the legal form, or as the initials of its words.

    >>> same_organization("Acme Labs, Inc.", "ACME-Labs"), same_organization("Hewlett Packard Enterprise", "HPE")
    (True, True)
    """
    bare = [without_legal_form(n) for n in (name, other)]
    if fold(bare[0]) == fold(bare[1]):
        return True
    words = [[word[0] for word in _INITIAL.findall(n)] for n in bare]
    return any(len(w) > 2 and fold("".join(w)) == fold(n) for w, n in zip(words, reversed(bare), strict=True))


def without_legal_form(name: str) -> str:
    """An organization's name without its legal form: 'Acme Labs' of 'Acme Labs, Inc.'."""
    return _LEGAL.sub("", name) or name


class FiledName(NamedTuple):
    """A name as one submitter filed it in a round; `kind` is 'System', 'Accelerator' and so on."""

    round: str
    submitter: str
    kind: str
    name: str


class Filed:
    """The names filed in one round.

    A text names what was filed when it stands in a filed name and begins where a word or a number begins:
    'XE8545' and 'PowerEdge XE8545' stand in 'XE8545x4A100-SXM-80GB' by what is the model in them.

    >>> filed = Filed([FiledName("r", "Acme", "System", "ZX90x8A100-SXM"), FiledName("r", "Bolt", "System", "QX7")])
    >>> filed.holders("ZX90"), filed.holders("X90"), filed.holders("SXM-4")
    ({'System': {'Acme'}}, {}, {})
    """

    def __init__(self, names: Iterable[FiledName] = ()) -> None:
        self._names = sorted(set(names))

    def __bool__(self) -> bool:
        return bool(self._names)

    @cached_property
    def submitters(self) -> list[str]:
        """The submitters of the round, as filed."""
        return sorted({n.submitter for n in self._names})

    def submitter(self, name: str) -> str:
        """The one submitter of the round that a name is another spelling of; '' when there is none, or several."""
        found = [filed for filed in self.submitters if same_organization(name, filed)]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _starts(self) -> dict[str, list[tuple[str, str, frozenset[str]]]]:
        """What follows each place where a word begins in a filed name: by its first three characters."""
        who: dict[tuple[str, str], set[str]] = defaultdict(set)
        for _, submitter, kind, name in self._names:
            who[kind, name].add(submitter)
        found: dict[str, dict[tuple[str, str, frozenset[str]], None]] = defaultdict(dict)
        for (kind, name), submitters in who.items():
            folded, places = folded_with_places(name)
            row = frozenset(submitters)
            for start in _STARTS.finditer(name):
                rest = folded[bisect_left(places, start.start()) :][:_LONGEST]
                if len(rest) > 2:
                    found[rest[:3]][rest, kind, row] = None
        return {key: list(rows) for key, rows in found.items()}

    def holders(self, text: str) -> dict[str, set[str]]:
        """Who filed a name that a text stands in, by the kind of the name."""
        key = fold(text)
        found: dict[str, set[str]] = {}
        if len(key) > 2:
            for rest, kind, submitters in self._starts.get(key[:3], ()):
                if rest.startswith(key) and not (key[-1].isdigit() and rest[len(key) : len(key) + 1].isdigit()):
                    found.setdefault(kind, set()).update(submitters)
        return found


_LONGEST = 40
"""The characters of a filed name that a text is compared with at most."""
_STARTS = re.compile(r"(?<![^\W_])[^\W_]|(?<=\d)[A-Za-z]|(?<=[a-z])[A-Z]|(?<=\dx)[A-Za-z]")
