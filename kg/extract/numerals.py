"""What a number is worth as it is written: its groups of digits, decimals, fractions and words."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.names.numbers import WORDS

JOINED = "\xa0\u2007\u2009\u202f"  # spaces within which no line may break
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "": Decimal(0)}
SAID = {"half": FRACTIONS["½"], "quarter": FRACTIONS["¼"], "three": FRACTIONS["¾"], "a": Decimal(1), "an": Decimal(1)}


def value_of(number: str, unit: str, point: str, many: bool) -> Decimal | None:
    """The value of a number as it is written; None when that may be read in two ways.

    `many` tells that things are named after it of which there is a whole number.
    """
    if number in WORDS:
        return Decimal(WORDS[number])
    if number[0].isalpha():
        return SAID["three" if number.startswith("three") else re.findall("half|quarter|^an?", number)[-1]]
    fraction = number[-1] if number[-1] in "½¼¾" else ""
    digits = number.removesuffix(fraction).rstrip()
    if ":" in digits:
        return None
    signs = re.sub(r"\d", "", digits)
    whole = _whole(digits, signs, unit, point, many) if digits else Decimal(0)
    return None if whole is None else whole + FRACTIONS[fraction]


def _whole(digits: str, signs: str, unit: str, point: str, many: bool) -> Decimal | None:
    if digits[0] == "0" and digits[1:2].isdecimal():
        return None
    if not signs:
        return Decimal(digits)
    groups = re.split(r"\D", digits)
    thousands = 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
    sign = signs[0]
    if set(signs) <= set(JOINED + "'’_"):
        return Decimal("".join(groups)) if thousands and groups[0] != "0" else None
    if set(signs) == {" "}:
        sure = thousands and (any(g[0] == "0" for g in groups[1:]) or many or unit in ("seconds", "minutes"))
        return Decimal("".join(groups)) if sure and groups[0][0] != "0" else None
    last = signs[-1]
    if len(set(signs)) == 2 and last in ".," and signs.count(last) == 1:  # '1,234.5', '1.234,5', '1 234,5'
        head = groups[:-1]
        grouped = len(head[0]) <= 3 and all(len(g) == 3 for g in head[1:])
        return Decimal("".join(head) + "." + groups[-1]) if grouped else None
    if len(set(signs)) > 1:
        return None
    if len(signs) > 1:  # a number has one decimal point
        lakhs = sign == "," and all(len(g) == 2 for g in groups[1:-1]) and len(groups[-1]) == 3
        return Decimal("".join(groups)) if thousands or lakhs else None
    return _one_sign(groups, sign, unit, point, many)


def _one_sign(groups: list[str], sign: str, unit: str, point: str, many: bool) -> Decimal | None:
    """The value of two groups of digits with a point or comma between them."""
    decimal, whole = Decimal(".".join(groups)), Decimal("".join(groups))
    if len(groups[1]) != 3 or len(groups[0]) > 3 or groups[0][0] == "0":
        if sign == "." or (unit != "count" and point != "."):
            return decimal
        return decimal if unit != "count" and len(groups[1]) < 3 else None
    if many or unit == "U":
        return whole
    if sign == ",":
        return None if point == "," and unit != "count" else whole
    if point == "," and unit == "count":
        return whole
    return decimal if point == "." else None
