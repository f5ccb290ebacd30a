"""The names in a question: where one begins, how far it goes, and what has it."""

from __future__ import annotations

import re

from kg.ask.spelling import nearest_name
from kg.ask.words import Token
from kg.model.statement import Entity
from kg.names.entities import Names

JOINING = {"and", "or", "&", ",", "nor", "vs", "versus"}
"""What can stand between two names that belong together."""
_LONGEST_NAME = 9
_BEFORE_ROUND = {"round", "version", "training", "mlperf", "in", "to", "for"}


def name_at(found: list[Token], at: int, names: Names) -> tuple[int, str, list[Entity]]:
    """The longest name that begins at a token: how many tokens, the name, and what has it."""
    if found[at].text == "a" and found[at + 1 : at + 2] and found[at + 1].text[:1].isdigit():
        return 0, "", []  # 'a 100' is an article and a number
    for size in range(min(_LONGEST_NAME, len(found) - at), 0, -1):
        part = found[at : at + size]
        if any(t.text in (",", ";") for t in part) or part[-1].low in JOINING:
            continue
        text = " ".join([*(t.text for t in part[:-1]), part[-1].text.removesuffix("'s").removesuffix("'S")])
        for name in (text, text[:-1] if text[-1:] in "sS" and len(text) > 3 else ""):
            entities = [e for e in names.spelled(name) if e.kind != "Submission"] if name else []
            if entities:
                return size, name, entities
    return 0, "", []


def slip_at(found: list[Token], at: int, names: Names) -> tuple[int, str, list[Entity]] | None:
    """A name that is written with a slip, of two tokens or one, or a system's model without its series."""
    for size in (2, 1):
        part = found[at : at + size]
        if len(part) == size and all(t.text[:1].isalnum() for t in part):
            key = nearest_name("".join(t.low for t in part), names.folded)
            entities = [e for e in names.spelled(key) if e.kind != "Submission"] if key else []
            if entities:
                return size, entities[0].label, entities
    model = found[at].low
    if len(model) >= 5 and re.search(r"\d", model) and re.search(r"[a-z]", model):
        whole = {e for key in names.folded if key.endswith(model) for e in names.spelled(key) if e.kind == "System"}
        if len(whole) == 1:
            return 1, (system := whole.pop()).label, [system]
    return None


def round_at(found: list[Token], at: int, names: Names) -> Entity | None:
    """The round that a bare number stands for: '2.0' in 'round 2.0'."""
    if not re.fullmatch(r"\d\.\d", found[at].text) or (at and found[at - 1].low not in _BEFORE_ROUND):
        return None
    return next((e for e in names.spelled("v" + found[at].text) if e.kind == "Round"), None)


def unknown_name(text: str, found: list[Token], at: int, names: Names) -> str:
    """An unknown token with the known name or the capital word before it that it qualifies: 'H100 90GB'."""
    if at and any(c.isdigit() for c in found[at].text):
        size = next((n for n in (4, 3, 2, 1) if at - n >= 0 and name_at(found, at - n, names)[0] == n), 0)
        if size or (found[at - 1].text[0].isupper() and at > 1):
            return written(text, found, at - (size or 1), (size or 1) + 1)
    return found[at].text


def written(text: str, found: list[Token], at: int, size: int) -> str:
    """What so many tokens from a place look like in the text, without a possessive."""
    return text[found[at].start : found[at + size - 1].end].removesuffix("'s").removesuffix("’s")


def word_before(found: list[Token], at: int) -> str:
    """The word before a token, articles aside; '' when there is none."""
    before = at - 1
    while before >= 0 and found[before].low in ("the", "a", "an"):
        before -= 1
    return found[before].low if before >= 0 else ""
