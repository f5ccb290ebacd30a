"""What is rounding, what is less and what is more: one table of what each number claims.

A number is claimed at the precision of its digits: '4.5' covers 4.45 to 4.55, '28 minutes' 27.5 to 28.5. A bound
has one end. Which way a record must lie for the vendor to have claimed too little is the metric's.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal

from kg.model.claim import CONTRADICTED, NOT_CHECKABLE, ROUNDED, SUPPORTED, UNDERSTATED, Amount
from kg.model.record import LinkedResult

_LESS_IS_BETTER = frozenset(["time", "slower", "behind", "rank"])
"""What a number measures that is better for who makes the claim the less it is."""

BOUNDS: dict[str, Callable[[Decimal | int, Decimal | int], bool]] = {
    "<": operator.lt, "<=": operator.le, "within": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
"""Whether what is found is within a bound of what is stated."""

PER_MINUTE = {"seconds": Decimal(60), "minutes": Decimal(1), "hours": 1 / Decimal(60)}
_ABOUT, _SMALL = Decimal("0.05"), Decimal("0.2")
"""What 'about' covers at least, and of a number of few digits ('about one hour') at most."""
_FAR = Decimal("1.5")
"""Nobody claims so much less of speed than there is: what is that far better was not meant."""
_TIMED = ("time", "slower", "speed", "less time", "improvement", "per accelerator")
_WORDS = {"<": "less than", ">": "more than", ">=": "at least", "<=": "at most", "~": "about"}


def interval(amount: Amount) -> tuple[Decimal, Decimal]:
    """The values that a stated number covers, by its digits, with both ends.

    >>> interval(Amount(Decimal("4.5"), "factor")), interval(Amount(Decimal("28"), "minutes"))
    ((Decimal('4.45'), Decimal('4.55')), (Decimal('27.5'), Decimal('28.5')))
    """
    step = Decimal(1).scaleb(min(int(amount.value.as_tuple().exponent), 0)) / 2
    if amount.bound == "~":
        step = max(min(step * 2, amount.value * _SMALL), amount.value * _ABOUT)
    return amount.value - step, amount.value + step


def judge(amount: Amount, found: Decimal, metric: str) -> str:
    """The verdict on a stated number, given the one that the record gives for it.

    >>> stated = Amount(Decimal("4.5"), "factor")
    >>> judge(stated, Decimal("4.52"), "speed"), judge(stated, Decimal("4.65"), "speed"), judge(stated, Decimal(4), "speed")
    ('supported after rounding', 'understated', 'contradicted')
    >>> judge(stated, Decimal(9), "speed"), judge(Amount(Decimal(50), "percent", "~"), Decimal(47), "less time")
    ('not checkable', 'not checkable')
    """
    value, bound = amount.value, amount.bound
    if bound in BOUNDS:
        if BOUNDS[bound](found, value):
            return SUPPORTED
        if bound == "within" and value % 1 and found <= interval(amount)[1]:
            return NOT_CHECKABLE  # 'within 2.3 %' may be rounded
        return UNDERSTATED if (bound in (">", ">=")) == (metric in _LESS_IS_BETTER) else CONTRADICTED
    low, high = interval(amount)
    if low <= found <= high:
        return SUPPORTED if found == value else ROUNDED
    end = 2 * high - value  # by twice as much as rounding
    if bound == "~" and 2 * low - value <= found <= end:
        return NOT_CHECKABLE
    if metric == "time" and not bound and value < found < end:
        return NOT_CHECKABLE  # the digits may be cut off instead of rounded
    if (found > high) == (metric in _LESS_IS_BETTER):
        return CONTRADICTED
    stated, given = (_as_factor(v, amount.unit, metric) for v in (value, found))
    return NOT_CHECKABLE if metric in _TIMED and max(stated, given) > _FAR * min(stated, given) else UNDERSTATED


def took_so_long(amount: Amount, r: LinkedResult) -> str:
    """The verdict on a stated time of one result: from its score, or from that to three decimals, as MLCommons prints it."""
    score = Decimal(repr(r.result.minutes))
    exact, printed = (judge(amount, value * PER_MINUTE[amount.unit], "time") for value in (score, round(score, 3)))
    return printed if holds(printed) else exact


def why_open(amount: Amount | None) -> str:
    """Why `judge` leaves a number open that one result is held against."""
    near = amount is not None and amount.bound == "~"
    return (
        "how near is meant" if near else "whether this is meant: the record gives far more, or its digits were cut off"
    )


def _as_factor(value: Decimal, unit: str, metric: str) -> Decimal:
    """A number as what times compare by: 30 % faster is 1.3, 30 % less time 0.7."""
    if unit != "percent":
        return value
    return 1 + value / 100 * (-1 if metric == "less time" else 1)


def bound(amount: Amount) -> str:
    """The words of a number's bound with a space after them, '' for the number itself.

    >>> bound(Amount(Decimal(90), "seconds", "<")), bound(Amount(Decimal(8), "factor", "up to")), bound(Amount(Decimal(8), ""))
    ('less than ', 'up to ', '')
    """
    return f"{_WORDS.get(amount.bound, amount.bound)} " if amount.bound else ""


def holds(verdict: str) -> bool:
    """Whether a verdict says that the claim is right."""
    return verdict in (SUPPORTED, ROUNDED)


def common(verdicts: Iterable[str]) -> str:
    """The verdict that several resolutions of one claim have in common; not checkable when they differ.

    >>> common(["supported", "supported after rounding"]), common(["supported", "contradicted"])
    ('supported after rounding', 'not checkable')
    """
    found = set(verdicts)
    if found and all(map(holds, found)):
        return ROUNDED if ROUNDED in found else SUPPORTED
    return found.pop() if len(found) == 1 else NOT_CHECKABLE
