"""The numbers of a sentence: what each counts or measures, words that are numbers, and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.quantities import quantities
from kg.model.claim import Amount
from kg.model.statement import Quantity, Span
from kg.names.fold import lower

_UNITS = {
    "count": "N", "percent": "P", "factor": "X", "seconds": "T", "minutes": "T", "hours": "T", "TB": "M", "GB": "M",
    "TiB": "M", "GiB": "M", "W": "K", "kW": "K", "months": "Y", "years": "Y",
}  # fmt: skip
_FACTORS = {
    "twice|doubl(?:e[ds]?|ing)": "2", "thrice|tripl(?:e[ds]?|ing)": "3", "quadrupl(?:e[ds]?|ing)": "4", "halv(?:e[ds]?|ing)": "2",
    "half": "0.5",
}  # fmt: skip
_ONE = re.compile(
    r"(?i)\b(?:in|under|than|over|by|within|about|almost|nearly)\s+(an?\s+(hour|minute))\b(?! and (?:a |[\w-]+ minutes?\b))"
)
"""One of a unit of time: 'in under a minute'."""
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_JOINED = re.compile(r"(?i)-(?!gpu|accelerator|chip|card|node|server|[A-Z]*\d|fold|times)[a-z]")
"""What a number is joined to, other than a thing that is counted: 'eight-socket', 'two-way'."""
_LOOSE = re.compile(r"(?i)(?:hundred|thousand)$")
"""A number that may be meant roughly: 'a thousand GPUs' may be 1,024."""
_PRONOUN = re.compile(r"(?i)one (?:to|that|which|who|else|year)\b|(?<=no )one\b|(?<=not )one\b|(?<=not a )single\b")
_GROUPS = {"pair": 2, "trio": 3, "quartet": 4}
_GROUP = re.compile(rf"(?i)\b(?:an? )?({'|'.join(_GROUPS)}) of\b")
"""So many of a thing: 'a pair of servers'."""
_SUCH_A_ONE = re.compile(r"(?i)\bthe [a-z-]+ one$")
_FACTOR = re.compile(r"(?i)\b(?:factor|speed-?up) of (?:[a-z]+ ){0,2}$")
"""Before a number that tells how many times as much, and counts nothing; `_TIMES` is after one."""
_TIMES = re.compile(r" times (?:sooner|earlier|larger|bigger)\b|(?<=\d\.\d) times\b|(?<=\d\.\d\d) times\b")
_FRACTION = re.compile(
    rf"(?i)(?<!and a )\b(?:{'|'.join(f'({words})' for words in _FACTORS)}|(?P<many>{'|'.join(_MANY)})[- ]"
    rf"(?:mere )?(?P<part>{'|'.join(_PARTS)})s?"
    r"(?! (?:time|place|round|submission|participation)\b))\b(?:(?: of)? an? (?P<unit>hour|minute|year)\b)?"
)
_BOUNDS = {
    "<": "under|less than|below|fewer than|in less than|not even",
    ">": "(?<!spread )(?<!split )(?<!distributed )over|(?:more|greater|better) than|exceeding|above|beyond|upwards of",
    ">=": "at least|no less than|no fewer than|a minimum of",
    "<=": "at most|no more than|not more than",
    "within": "within|less than or equal to",
    "up to": "up to|as (?:high|much|many) as|a maximum of|maximum",
    "~": "about|approximately|approx|nearly|almost|around|roughly|some|close to|circa|"
    "(?:just|slightly|barely|a little|a bit) (?:over|under|above|below|more than|less than)",
}
_OR_MORE = re.compile(r" or (more|less|fewer)\b")
_BOUND = re.compile(r"(?<![\w-])(?:" + "|".join(f"({words})" for words in _BOUNDS.values()) + r")(?: an?)?\s+$")
_FROM_TO = re.compile(r"(?i)\s+(?:down |up )?to (?:[a-z]+ ){0,2}[\d.,]+ (hour|minute|second)s?\b")
_AND = re.compile(r"(?i)(?:(?:,| and| or| versus| vs\.?| against)+ [\d.]+)+ (hour|minute|second)s?\b")
_SHARES = re.compile(r"(?:\b(?!version|release)[a-z]+|,) $")
"""What stands before a number without a unit, and no name whose version it is: '13.2 minutes versus 18.5'."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the letter of its kind, and the place in the view where the words that bound it begin."""

    letter: str
    span: Span
    amount: Amount
    begin: int


def numbers(view: str, names: list[Span], timed: Collection[int] = ()) -> list[Number]:
    """The numbers of a sentence, in which names stand at some places; of what may have a time they end at `timed`."""
    found = list(_fractions(view, names))
    rough = {q.span for q in found if q.unit not in ("factor", "count")}  # 'half a minute'
    for q in quantities(view, [*names, *(q.span for q in found)]):
        if _PRONOUN.match(view, q.span.start) or _SUCH_A_ONE.search(view, 0, q.span.end):
            continue
        unit = q.unit
        if unit == "count":
            multiplies = _FACTOR.search(view, 0, q.span.start) or _TIMES.match(view, q.span.end)
            unit = "factor" if multiplies else _unsaid(view, q, found, timed) or unit
        found.append(replace(q, unit=unit))
    found = [
        replace(q, span=Span(q.span.start, m.end())) if (m := _OR_MORE.match(view, q.span.end)) else q for q in found
    ]
    begins = {name.start for name in names}
    made = []
    for q in found:
        bound, begin = _bounded(view, q.span)
        amount = Amount(q.value, q.unit, bound or ("~" if q.span in rough else ""))
        made.append(Number(_letter(view, q, begins), q.span, amount, begin))
    return made


def _letter(view: str, number: Quantity, begins: set[int]) -> str:
    """The letter of a number's kind; what is joined to a word that counts nothing is any other, unless a name begins there."""
    joined = number.unit == "count" and number.span.end + 1 not in begins and _JOINED.match(view, number.span.end)
    return "Q" if joined or _LOOSE.search(view, number.span.start, number.span.end) else _UNITS.get(number.unit, "Q")


def _bounded(view: str, number: Span) -> tuple[str, int]:
    """The bound of a number, and where the words for that begin; 'within' says more than a bound, and stays a word."""
    if more := _OR_MORE.search(view, number.start, number.end):
        return ">=" if more[1] == "more" else "<=", number.start
    begin = max(0, number.start - 40)
    found = _BOUND.search(lower(view[begin : number.start]))
    if found is None:
        return ">=" if view[number.end - 1] == "+" else "", number.start
    bound = list(_BOUNDS)[(found.lastindex or 1) - 1]
    return bound, number.start if bound == "within" else begin + found.start()


def _unsaid(view: str, number: Quantity, before: list[Quantity], timed: Collection[int]) -> str:
    """The unit of time that a number shares with another: 'from 57 to 32 minutes', 'A 13.2 minutes, B 18.5'; '' if none."""
    pattern = _FROM_TO if view[: number.span.start].lower().endswith("from ") else _AND
    if to := pattern.match(view, number.span.end):
        return f"{to[1].lower()}s"
    times = [q for q in before if _UNITS.get(q.unit) == "T" and q.span.end <= number.span.start]
    after = number.span.start - 1 in timed or _SHARES.search(view, 0, number.span.start)
    shares = times and "." in view[number.span.start : number.span.end] and after
    return times[-1].unit if shares else ""


def _fractions(view: str, taken: list[Span]) -> Iterator[Quantity]:
    """Words that are factors, shares and parts of a time: 'twice', 'half', 'a third', 'three quarters of an hour'."""
    for match in _ONE.finditer(view):
        yield Quantity(Span(*match.span(1)), Decimal(1), f"{match[2].lower()}s")
    for match in _GROUP.finditer(view):
        yield Quantity(Span(*match.span()), Decimal(_GROUPS[match[1].lower()]), "count")
    for match in _FRACTION.finditer(view):
        span = Span(*match.span())
        if any(span.overlaps(t) for t in taken):
            continue
        if match["part"]:
            value = round(Decimal(_MANY[match["many"].lower()]) / _PARTS[match["part"].lower()], 4)
        else:
            value = Decimal(list(_FACTORS.values())[next(n for n, group in enumerate(match.groups()) if group)])
        unit = f"{match['unit'].lower()}s" if match["unit"] else "factor"
        yield Quantity(span, value, unit)
