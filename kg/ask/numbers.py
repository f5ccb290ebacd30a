"""Numbers in questions: 'at most 8 accelerators', 'faster than 20 minutes', '1,000+ GPUs', '8 A100s'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.ask.words import Token, Words

_NUMBERS = {
    "one": Decimal(1), "two": Decimal(2), "three": Decimal(3), "four": Decimal(4), "five": Decimal(5),
    "six": Decimal(6), "seven": Decimal(7), "eight": Decimal(8), "nine": Decimal(9), "ten": Decimal(10),
    "single": Decimal(1), "dual": Decimal(2), "dozen": Decimal(12), "sixteen": Decimal(16),
    "twenty": Decimal(20), "thirty": Decimal(30), "hundred": Decimal(100), "thousand": Decimal(1000),
}  # fmt: skip
_MINUTES = {"minute": Decimal(1), "second": 1 / Decimal(60), "hour": Decimal(60)}
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(k|min|mins|s|sec|h|x)?", re.IGNORECASE)
_SHORT = {"min": "minute", "mins": "minute", "s": "second", "sec": "second", "h": "hour"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its comparison ('<', '<=', '>', '>=', '=') and what it counts.

    `unit` is a concept in the singular ('accelerator', 'minute'), '' when the words do not say. Times are in
    minutes; `scale` is how many minutes the unit that is written has.
    """

    sign: str
    value: Decimal
    unit: str
    text: str
    scale: Decimal = Decimal(1)


def amount(found: list[Token], at: int, words: Words) -> tuple[Amount, int] | None:
    """The amount that begins at a token, and the place after it; None when none begins there."""
    size, sign = words.comparison(found, at)
    place = at + size
    while size and place < len(found) and found[place].low in ("a", "an", "the", "about", "of"):
        place += 1
    number = _number(found, place)
    if size and found[place - 1].low in ("a", "an") and _unit(found, place, words) in _MINUTES:
        number = Decimal(1), place, ""  # 'in under a minute'
    if number is None:
        return None
    value, place, unit = number
    size, after = words.bound(found, place)
    place += size
    unit_size, concepts = words.concepts(found, place)
    if not unit and concepts and len(concepts) == 1:
        unit, place = concepts[0], place + unit_size
        if after is None:
            size, after = words.bound(found, place)
            place += size
    scale = _MINUTES.get(unit, Decimal(1))
    if unit in _MINUTES:
        value, unit = value * scale, "minute"
        value = value.quantize(Decimal("0.000001")).normalize() if value % 1 else value.quantize(Decimal(1))
    text = " ".join(t.text for t in found[at:place])
    return Amount(sign or after or "=", value, unit, text, scale), place


def between(found: list[Token], at: int, words: Words) -> tuple[list[Amount], int] | None:
    """The two amounts of 'between 10 and 20 minutes', and the place after them; None when none begin there."""
    if found[at].low != "between":
        return None
    least = amount(found, at + 1, words)
    if least is None or least[1] >= len(found) or found[least[1]].low not in ("and", "to"):
        return None
    most = amount(found, least[1] + 1, words)
    if most is None or {least[0].sign, most[0].sign} != {"="}:
        return None
    scale = least[0].value if least[0].unit else least[0].value * most[0].scale
    text = " ".join(t.text for t in found[at : most[1]])
    unit = most[0].unit
    return [Amount(">=", scale, unit, text), Amount("<=", most[0].value, unit, text)], most[1]


def _unit(found: list[Token], at: int, words: Words) -> str:
    concepts = words.concepts(found, at)[1]
    return concepts[0] if concepts else ""


def _number(found: list[Token], at: int) -> tuple[Decimal, int, str] | None:
    """A number, the place after it and the unit that is written on it; None when there is no number."""
    if at >= len(found):
        return None
    low = found[at].low.replace(",", "")
    figure = _FIGURE.fullmatch(low)
    if figure:
        tail = (figure[2] or "").lower()
        if tail == "x":
            return Decimal(figure[1]), at + 1, ""
        value = Decimal(figure[1]) * (1000 if tail == "k" else 1)
        at, unit = at + 1, _SHORT.get(tail, "")
    elif low in _NUMBERS:
        value, at, unit = _NUMBERS[low], at + 1, ""
    else:
        return None
    if at < len(found) and found[at].low in ("hundred", "thousand"):
        value, at = value * _NUMBERS[found[at].low], at + 1
    return value, at, unit
