"""Numbers in a text with what they measure: times, percentages, factors, sizes, counts."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model.statement import Quantity, Span
from kg.names.lexicon import lower

_SMALL = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = (
    {word: n for n, word in enumerate(_SMALL, 1)}
    | {word: n * 10 for n, word in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": t * 10 + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_SMALL[:9], 1)}
    | {"single": 1, "dual": 2, "quad": 4}
)

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_WORD = r"(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"
_UNITS: dict[str, str] = {
    "percent": r"\s?(?:%|percent\b|per\s?cent\b)",
    "factor": r"\s?(?:[x×](?![\w×])(?!\s*\d)|-?fold\b|\s?times\b(?=\s+(?:faster|better|higher|more|the|as|less|greater|quicker|speed|improvement|cheaper|lower|slower|shorter|performance)))",
    "hours": r"(?:\s{0,8}|-)(?:hours?|hrs?)\b",
    "minutes": r"(?:\s{0,8}|-)(?:minutes?|mins?)\b",
    "seconds": r"(?:(?:\s{0,8}|-)(?:seconds?|secs?)\b|\ss\b)",
    "days": r"(?:\s{0,8}|-)days?\b",
    "months": r"[\s-]months?\b",
    "years": r"[\s-]years?\b",
    "Gb/s": r"\s?(?:Gb/s|Gbps|Gbit/s|Gb/sec)",
    "TB/s": r"\s?(?:TB/s|TB/sec|TBps)",
    "GB/s": r"\s?(?:GB/s|GB/sec|GBps)",
    "Tb/s": r"\s?(?:Tbps|Tb/s|terabits?\s+per\s+second)",
    "exaflop/s": r"\s?(?:exaflops?(?:/s)?|EFLOPS)\b",
    "TiB": r"\s?TiB\b",
    "GiB": r"\s?GiB\b",
    "TB": r"\s?TB\b",
    "GB": r"\s?GB\b",
    "kW": r"\s?(?:kW|kilowatts?)\b",
    "W": r"[\s-]?(?:W\b|[Ww]atts?\b)",
    "°C": r"\s?(?:°\s?C|℃|degrees?\s+C(?:elsius)?)",
    "nm": r"\s?nm\b",
    "U": r"U\b",
    "GHz": r"\s?GHz\b",
    "million images/sec": r"\s?M\s+images/s(?:ec)?",
    "billion": r"[\s-]?(?:billion|B)\b",
    "trillion": r"[\s-]?trillion\b",
    "million": r"[\s-]?million\b",
}  # fmt: skip
_BOUND = (
    (">", r"(?:over|more than|greater than|exceeding|above|at least|beyond|upwards of)"),
    ("<", r"(?:under|less than|below|fewer than|within|in less than)"),
    ("up to", r"(?:up to|as (?:high|much|many) as|a maximum of|maximum|max\.?)"),
    ("~", r"(?:about|approximately|approx\.?|nearly|almost|around|roughly|some|close to|~)"),
)
_FIRST = "".join(sorted({word[0] for word in WORDS}))
_VALUE = re.compile(
    rf"(?<![\w.,/-])(?=[\dx×{_FIRST}])(?:(?P<pre>[x×])(?=\d(?:\.\d|(?!\d))))?(?P<num>{_NUMBER}|\b{_WORD}\b)"
)
_UNIT = re.compile("|".join(f"(?P<u{i}>{p})" for i, p in enumerate(_UNITS.values())), re.IGNORECASE)
_COMPARED = re.compile(
    r"(?<![\w.,/-])(?:" + "|".join(f"({p})" for _, p in _BOUND) + r")\s*(?<=\W)$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19[89]|20[0-3])\d")
_DATE = re.compile(r"(?i)\b(?:in|since|by|until|from|of|early|late|mid|fiscal|year|[A-Z][a-z]{2,8})[-\s]+$")
_THINGS = re.compile(
    r"(?i)\s*(?:[\w-]+\s+){0,2}(?:GPUs?|chips?|TPUs?|IPUs?|accelerators?|nodes?|cores?|VMs|images|results)\b"
)
_NAMES = list(_UNITS)


def quantities(view: str, taken: list[Span]) -> list[Quantity]:
    """The quantities of a view, outside the spans taken by mentions; spans count in the view.

    A number without a unit has the unit 'count'. Times stay in the unit they are said in.

    >>> [(str(q.value), q.unit, q.comparator) for q in quantities("up to 1.8x faster, in under 17.5 minutes", [])]
    [('1.8', 'factor', 'up to'), ('17.5', 'minutes', '<')]
    """
    found: list[Quantity] = []
    for match in _VALUE.finditer(lower(view)):
        start, end = match.span()
        measured = _UNIT.match(view, end)
        end = measured.end() if measured else end
        unit = _NAMES[(measured.lastindex or 0) - 1] if measured else "count"
        more = view[end : end + 1] == "+"
        end += more
        if match["pre"]:
            unit = "factor"
        span = Span(start, end)
        if any(span.overlaps(t) for t in taken):
            continue
        after = view[end : end + 1]
        if unit == "count" and (
            (after.isalpha() and after not in "xX") or (after in "-/" and view[end + 1 : end + 2].isdigit())
        ):
            continue
        text = match["num"]
        if (
            unit == "count"
            and _YEAR.fullmatch(text)
            and _DATE.search(view[:start])
            and not _THINGS.match(view, end)
        ):
            continue
        value = Decimal(WORDS[text]) if text in WORDS else Decimal(text.replace(",", ""))
        compared = _COMPARED.search(view, max(0, start - 24), start)
        sign = _BOUND[(compared.lastindex or 0) - 1][0] if compared else ">" if more else ""
        if (
            unit == "minutes"
            and found
            and found[-1].unit == "hours"
            and not view[found[-1].span.end : start].strip(" and")
        ):
            hours = found.pop()
            span, value, sign = Span(hours.span.start, end), hours.value * 60 + value, hours.comparator
        found.append(Quantity(span, value, unit, sign))
    return found
