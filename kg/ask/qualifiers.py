"""What qualifies an accelerator elsewhere in a question: 'the 80 GB version of the A100', 'A100 PCIe cards'."""

from __future__ import annotations

import re

from kg.ask.words import Token
from kg.names.entities import Names

_SIZE = re.compile(r"(?i)(\d+)\s?gi?b")
_FORMS = {"pcie", "sxm", "sxm2", "sxm3", "sxm4", "sxm5", "nvl"}
_FILLERS = {
    "version", "versions", "variant", "variants", "model", "models", "edition", "memory", "hbm", "hbm2", "hbm2e", "ram",
}  # fmt: skip


def qualified(found: list[Token], names: Names) -> list[Token]:
    """The tokens with a size of memory or a form moved behind the one accelerator that they qualify.

    Without such an accelerator, or where no accelerator has that name, the tokens stay as they are.
    """
    extra, rest = _taken(found)
    if not extra:
        return found
    written = " ".join(t.low for t in found)
    for at, size in sorted(((a, s) for a in range(len(rest)) for s in (3, 2, 1)), key=lambda p: (-p[1], p[0])):
        part = rest[at : at + size]
        text = " ".join(t.text for t in part)
        for name in (text, text[:-1] if text[-1:] in "sS" else text):
            if len(part) == size and _accelerator(name, names):
                for order in (extra, extra[::-1]):
                    if _accelerator(whole := " ".join([name, *order]), names):
                        if f"{text} {' '.join(extra)}".lower() in written:
                            return found  # it stands behind it already
                        kept = [t for t in rest if t.low not in _FILLERS]
                        place = kept.index(part[0])
                        return [*kept[:place], Token(whole, part[0].start, part[-1].end), *kept[place + size :]]
    return found


def _taken(found: list[Token]) -> tuple[list[str], list[Token]]:
    """The sizes and forms among the tokens, and the other tokens."""
    extra: list[str] = []
    rest: list[Token] = []
    at = 0
    while at < len(found):
        pair = found[at].text + (found[at + 1].text if at + 1 < len(found) else "")
        if found[at].text.isdigit() and _SIZE.fullmatch(pair):
            extra.append(pair)
            at += 2
            continue
        if _SIZE.fullmatch(found[at].text) or found[at].low in _FORMS:
            extra.append(found[at].text)
        else:
            rest.append(found[at])
        at += 1
    return extra, rest


def _accelerator(name: str, names: Names) -> bool:
    return any(e.kind == "Accelerator" for e in names.spelled(name))
