"""What a cell of a table of results can hold, by the kind of its column: checked where it is read, told in one form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from kg.errors import InputError
from kg.model.entity import MOST
from kg.names.rounds import is_round
from kg.tables import cut

_SHOWN = 80
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?\s*", re.IGNORECASE | re.ASCII)
"""A number as programs write it; blanks around it do not matter, while '1_000' and '1,000' are none."""
_T = TypeVar("_T")


class Kind(NamedTuple):
    """A kind of column: its value of a text (ValueError or ArithmeticError when it has none), and what it asks for."""

    read: Callable[[str], Any]
    wanted: str

    def value(self, where: str, column: str, text: str) -> Any:
        """The value that a cell holds. Raises InputError, with the place, when it is of another kind."""
        try:
            return self.read(text)
        except (ValueError, ArithmeticError) as error:
            raise InputError(f"{where}: {column} is {cut(text, _SHOWN)!r}, {self.wanted}") from error


def _only(value: _T, right: bool) -> _T:
    if not right:
        raise ValueError("none of the kind")
    return value


def _number(text: str) -> Decimal:
    value = Decimal(_only(text, _NUMBER.fullmatch(text) is not None))
    return _only(value, 0 <= value < MOST)


def _count(text: str) -> int:
    value = _number(text)
    return _only(int(value), value == int(value))


def _day(text: str) -> str:
    return _only(text, not text or date.fromisoformat(text).isoformat() == text)


TEXT = Kind(str, "")
NESTED = Kind(lambda text: _only(text, right=False), "no text")
ROUND = Kind(lambda text: _only(text, is_round(text)), "no round")
VERSION = Kind(lambda text: _only(text, is_round(f"MLPerf Inference {text}")), "no round")
NAME = Kind(lambda text: _only(text, bool(text.strip())), "no name")
DAY = Kind(_day, "no day such as 2025-06-04")
COUNT = Kind(_count, "no whole number from 0 to 10^15")
NUMBER = Kind(_number, "no number from 0 to 10^15")
FLOAT = Kind(lambda text: float(_number(text)), NUMBER.wanted)
