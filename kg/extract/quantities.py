"""Numbers in a text with what they measure: times, percentages, factors, sizes, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.extract.numerals import FRACTIONS, JOINED, SAID, value_of
from kg.model.entity import MOST
from kg.model.statement import Quantity, Span
from kg.names.fold import lower
from kg.names.numbers import WORDS

_NUMBER = (
    rf"\d{{1,4}}:\d\d(?::\d\d)?(?:\.\d{{1,3}})?(?![\d:])|\d{{1,3}}(?:[ ]\d{{3}})+[.,]\d{{1,3}}(?![\d.,]*\d)"
    rf"|\d+(?:[.,'’_]\d+|[{JOINED}]\d{{3}}(?!\d)|[ ]\d{{3}}(?![\d.,]*\d))*(?:[ ]?[½¼¾])?|[½¼¾]"
)
_WORD = r"(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_S = r"\s?"
_UNITS_OF_TIME = r"(?:hour|minute|day)"
_PART = (
    rf"half(?=\san?\s{_UNITS_OF_TIME})|(?:(?:an?|one|three)[\s-])?quarters?(?=\sof\san?\s{_UNITS_OF_TIME})"
    rf"|an?(?=\s{_UNITS_OF_TIME}\sand\s(?:a\s(?:half|quarter)\b|\d|{_WORD}\b))"
)
"""'half an hour', 'three quarters of an hour', 'an hour and a half', 'an hour and 20 minutes'."""
_SPACES = re.compile(r"\s{2,400}")  # what marks of footnotes have become
_UNITS: dict[str, str] = {
    "percent": rf"{_S}(?:%|percent\b|per\s?cent\b)",
    "factor": rf"{_S}(?:[x×](?![\w×])(?!\s*\d)|-?fold\b|\s?times\b(?=\s+(?:faster|better|higher|more|the|as|less|greater|quicker|speed|improvement|cheaper|lower|slower|shorter|performance)))",
    "hours": rf"(?:{_S}|-|\s(?:of\s)?an\s)(?:hours?|hrs?)\b",
    "minutes": rf"(?:{_S}|-|\s(?:of\s)?a\s)(?:minutes?|mins?)\b",
    "seconds": rf"(?:(?:{_S}|-)(?:seconds?|secs?)\b|\ss\b)",
    "milliseconds": rf"(?:{_S}|-)(?:milliseconds?|msecs?|ms)\b",
    "days": rf"(?:{_S}|-|\s(?:of\s)?a\s)days?\b",
    "weeks": r"[\s-]weeks?\b",
    "months": r"[\s-]months?\b",
    "years": r"[\s-]years?\b",
    "Gb/s": rf"{_S}(?:(?-i:Gb)(?:/s(?:ec)?|ps|it/s)|gbps)\b",
    "TB/s": rf"{_S}(?:TB/s(?:ec)?|TBps)\b",
    "GB/s": rf"{_S}(?:GB/s(?:ec)?|GBps)\b",
    "Tb/s": rf"{_S}(?:Tbps|Tb/s|terabits?\s+per\s+second)",
    "exaflop/s": rf"{_S}(?:exaflops?(?:/s)?|EFLOPS)\b",
    "TiB": rf"{_S}TiB\b",
    "GiB": rf"{_S}GiB\b",
    "TB": rf"{_S}TB\b",
    "GB": rf"{_S}GB\b",
    "kW": rf"{_S}(?:kW|kilowatts?)\b",
    "W": r"[\s-]?(?:W\b|[Ww]atts?\b)",
    "°C": rf"{_S}(?:°\s?C|℃|degrees?\s+C(?:elsius)?)",
    "nm": r"\s?nm\b",
    "TOPS": rf"{_S}TOPS\b",
    "U": r"R?U\b",
    "GHz": rf"{_S}GHz\b",
    "million images/sec": r"\s?M\s+images/s(?:ec)?",
    "billion": r"[\s-]?(?:billion|B)\b",
    "trillion": r"[\s-]?trillion\b",
    "million": r"[\s-]?million\b",
}  # fmt: skip
_BOUND = (
    (
        ">",
        r"(?:over|more than|greater than|exceeding|above|at least|beyond|upwards of|no less than|(?<![-=\d])(?<!\d )[>≥])",
    ),
    ("<", r"(?:under|less than|below|fewer than|within|in less than|at most|no more than|not more than|[<≤])"),
    ("up to", r"(?:up to|as (?:high|much|many) as|a maximum of|maximum|max\.?)"),
    ("~", r"(?:about|approximately|approx\.?|nearly|almost|around|roughly|some|close to|circa|ca\.|[~≈])"),
)
_FIRST = "".join(sorted({word[0] for word in WORDS})) + "ah½¼¾"
_VALUE = re.compile(
    rf"(?<![\w.,/#$€£¥№^-])(?<!\d[eE]\+)(?<!n°)(?=[\dx×{_FIRST}])(?:(?P<pre>[x×])(?=\d(?:\.\d|(?!\d))))?(?P<num>(?:{_NUMBER})|\b(?:{_PART}|{_WORD}|a(?=\s(?:hundred|thousand)\sand\s{_WORD}\b))\b)"
)
_HIGH = re.compile(r"(?P<pre>)(?P<num>\d+(?:\.\d+)?)(?![\d.,-]*\d)")
_UNIT = re.compile("|".join(f"(?P<u{i}>{p})" for i, p in enumerate(_UNITS.values())), re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:(?P<h>\d{1,4})\s?h(?:ours?|rs?)?\s?)?(?P<m>\d{1,2})\s?m(?:in(?:ute)?s?)?\s?(?:(?P<s>\d{1,2}(?:\.\d+)?)\s?s(?:ec(?:ond)?s?)?)?\b"
)
_COMPARED = re.compile(
    r"(?<![\w.,/-])(?:" + "|".join(f"({p})" for _, p in _BOUND) + r")\s{0,4}(?<=[\W])$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19[89]|20[0-3])\d")
_DATE = re.compile(r"(?i)\b(?:in|since|by|until|from|of|early|late|mid|fiscal|year|[A-Z][a-z]{2,8})[-\s]+$")
_THINGS = re.compile(
    r"(?i)\s{0,12}(?:[\w-]{1,40}\s{1,12}){0,2}(?:GPUs?|chips?|TPUs?|IPUs?|accelerators?|nodes?|cores?|VMs|images|results)\b"
)
_MANY = re.compile(
    r"\s{1,12}(?:[A-Z\d][\w-]{0,30}\s{1,3}){0,4}(?:GPUs|chips|TPUs|IPUs|accelerators|nodes|servers|cores|CPUs|processors|VMs|images|samples)\b"
)
_PER = re.compile(r"\s?(?:/|per\b)")
_RANGE = re.compile(r"\s{0,3}(?:[–—~-]|\.\.\.?|…|\b(?:to|or)\b)\s{0,3}")
_FROM = re.compile(r"(?i)\bfrom\s+(?:[^\d,.;]{0,30}\s)?$")
_ANY = re.compile(r"(?i)\b(?:anything|anywhere|somewhere|rang(?:ed?|ing|es)|var(?:ies|ied|ying))\s+from\s+$")
_BETWEEN = re.compile(r"(?i)\bbetween\s+(?:[a-z]+\s+){0,2}$")
_BESIDE = re.compile(r"\s?[.·±+⁄˙´′‚、~]{1,2}\s?|[^\w\s,;:|/()<>=≈→⇒–—…-]{1,3}|\{,\}|\s+point\s+")
"""What between two numbers makes of them one that is written in a way that nobody knows."""
_UNJOINED = re.compile(r"\s?\.{1,2}\d|\s,\d")
_OPERATOR = re.compile(
    rf"(?:(?:\d|{_UNITS_OF_TIME}s?|min|sec|\ss)\s?[x×*+÷]|\b(?:twice|thrice|double|triple|quadruple|half|plus|minus|(?:{_WORD}|\d)\s(?:times|by)))\s?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?i)\s?(?:[×*+÷]|(?:plus|minus|times|divided by)\b)\s?(?=\d)")
"""What makes of an amount a part of a sum or product."""
_POWER = re.compile(r"(?:\s?[x×*·]\s?(?:10|2)|(?<=\b2)|(?<=\b10))(?:\^|\*\*)\d|(?:\s?[x×*·]\s?(?:10|2))?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]")
"""What makes of a number the first part of one: '2 × 10³', '2⁶'."""
_TOLERANCE = re.compile(r"\s?(?:±|\+/-|\+-)\s?\d{1,6}(?:\.\d{1,6})?(?![\w.,]*\d)")
_PRODUCT = re.compile(r"(\d{1,4})\s?[x×*]\s?(\d{1,5})(?![\w.,]*\d)")
_SCALED = re.compile(rf"[\s-](?:(?:and\s)?{_WORD}|{'|'.join(_SCALES)})\b")
_SCALE = re.compile(r"[kK](?=\+|[\s~-]+[a-z]+\s?(?:/|per\b)|(?<=\d{3}[kK])(?!\w))|\smillion(?=\s[a-z]+\s?(?:/|per\b))")
"""'27.5K samples/s', '300k+', '418K', '1.5 million tokens/s'."""
_RATED = re.compile(r"(?i)\s?[fqsi]ps\b")
_HALF = re.compile(r"\s+and\s+a\s+(half|quarter)\b")
_DAYTIME = re.compile(
    r"(?i)(?:\b(?:at|since|until|till|from|before|after|by|o.?clock|\d{4}-\d\d-\d\d)|\d[.,/]\s?\d{4},?|\d{4},)[\sT]*$"
)
_OF_DAY = re.compile(r"(?i)\s?(?:[ap]\.?m\b|utc\b|gmt\b|z\b|[cp][es]t\b|[+-]\d\d:?\d\d)")
_FORM = re.compile(
    r"(?i)(?<![a-z])(?:(h{1,2}):m{1,2}:s{1,2}|(m{1,2}|min(?:utes)?):s(?:s|ec(?:onds)?)?|(h{1,2}|h(?:ours|rs)):m(?:m|in(?:utes)?)?)(?![a-z:])"
)
"""How times are said to be written: 'hh:mm:ss', 'mm:ss', 'h:mm'."""
_NAMES = list(_UNITS)
_TIMES = {"days": 86_400, "hours": 3600, "minutes": 60, "seconds": 1}


def clock_form(words: str) -> str:
    """What the first part of a time such as '12:34' counts, as a text says it ('in mm:ss'): 'hours', 'minutes' or ''."""
    forms = {"minutes" if m[2] else "hours" for m in _FORM.finditer(words) if not m[1]}
    return forms.pop() if len(forms) == 1 else ""


def _whole(value: Decimal) -> Decimal:
    """A number without a part of zeros: '1500000' of '1500000.0'."""
    return value if parted(value) else value.to_integral_value()


def parted(value: Decimal) -> bool:
    """Whether a number has decimals, of any size."""
    return value != value.to_integral_value()


def quantities(view: str, taken: Sequence[Span], point: str = ".", clock: str = "") -> list[Quantity]:
    """The quantities of a view, outside the spans taken by mentions; spans count in the view.

    A number without a unit has the unit 'count'. Times stay in the unit they are said in; of one said in
    several ('1 hour 30 minutes') it is the smallest. `point` is the decimal point of the document, '' when
    that is not known, `clock` what the first part of '12:34' counts. What may be read in two ways, such as a
    range, or '1.250' where nothing tells the decimal point, is no quantity.

    >>> [(str(q.value), q.unit, q.comparator) for q in quantities("up to 1.8x faster, in under 17.5 minutes", [])]
    [('1.8', 'factor', 'up to'), ('17.5', 'minutes', '<')]
    >>> [(str(q.value), q.unit) for q in quantities("1 hour 30 minutes on 1,024 GPUs", [])]
    [('90', 'minutes'), ('1024', 'count')]
    """
    found: list[Quantity] = []
    low = lower(view)
    at = last = 0  # where the number before ends
    while match := (found and _high(low, at, found[-1])) or _VALUE.search(low, at):
        at = match.end()
        beside = last and _beside(view[last : match.start()], view[last - 2 : last], match["num"])
        ended, last = last, at
        if beside:
            if found and found[-1].unit == "count" and found[-1].span.end >= ended:
                found.pop()
            continue
        quantity = (
            _clock(low, match) or _product(view, match) or _colons(view, match, clock) or _quantity(view, match, point)
        )
        power = quantity is not None and _POWER.match(view, quantity.span.end)
        if (
            quantity is None
            or power
            or quantity.value >= MOST
            or (quantity.unit in _TIMES and _reckoned(view, quantity.span))
        ):
            continue
        span = quantity.span
        last = max(last, span.end if quantity.unit == "count" else 0)
        at = max(at, span.end)
        if any(map(span.overlaps, taken)):
            continue
        before = found[-1] if found else None
        if before and _is_range(view, before, quantity):
            span = Span(before.span.start, span.end)
            found[-1] = Quantity(span, quantity.value, quantity.unit, "up to", before.value)
        elif before and _goes_on(view, before, quantity):
            found.pop()
            times = _TIMES[before.unit] // _TIMES[quantity.unit]
            if quantity.value < times:  # not '16 minutes and 90 seconds'
                span, whole = Span(before.span.start, span.end), before.value * times + quantity.value
                found.append(Quantity(span, whole, quantity.unit, before.comparator))
        else:
            found.append(quantity)
    return found


def _comparator(view: str, start: int) -> str:
    """How the words before a place bound an amount there: '<', 'up to'."""
    compared = _COMPARED.search(view, max(0, start - 24), start)
    return _BOUND[(compared.lastindex or 0) - 1][0] if compared else ""


def _unit_at(view: str, start: int) -> tuple[str, int]:
    """The unit that begins at a place, and where it ends; '' for none."""
    measured = _UNIT.match(view, start)
    return (_NAMES[(measured.lastindex or 0) - 1], measured.end()) if measured else ("", start)


def _reckoned(view: str, span: Span) -> bool:
    """Whether an amount is a part of a sum or product: 'twice 16.6 minutes', '16.6 minutes + 3 minutes'."""
    return bool(_OPERATOR.search(view, max(0, span.start - 24), span.start) or _GOES_ON.match(view, span.end))


def _beside(between: str, before: str, number: str) -> bool:
    """Whether two numbers are the parts of one that is written in a way that nobody knows ('16·6', '1  024')."""
    parts = number[0] == "0" and number[1:2].isdecimal() and len(between) < 4 and not between.strip(" ,.")
    short = len(number.partition(".")[0]) == 1 and before[:1].isspace() and before[-1:].isdecimal()
    spaced = between == " " and (short or (before.isdecimal() and number.isdecimal() and len(number) == 2))
    return parts or spaced or _BESIDE.fullmatch(between) is not None


def _high(low: str, at: int, before: Quantity) -> re.Match[str] | None:
    """The upper end of a range whose lower end ends at a place: '1.5x-2x'."""
    return _HIGH.match(low, at + 1) if before.span.end == at and low.startswith("-", at) else None


def _quantity(view: str, match: re.Match[str], point: str) -> Quantity | None:
    """The quantity of a number; None when it is no quantity, or may be read in two ways."""
    start, end = match.span()
    spelled, end = _spelled(view, match)
    if scale := _SCALE.match(view, end):
        end = scale.end()
    tolerance = _TOLERANCE.match(view, end)
    end = tolerance.end() if tolerance else end
    spaces = _SPACES.match(view, end)
    unit, ended = _unit_at(view, spaces.end() - 1 if spaces else end)
    unit, end = (unit, ended) if unit else ("count", end)
    rest = _HALF.match(view, end) if unit in _TIMES else None
    end = rest.end() if rest else end
    more = view[end : end + 1] == "+"
    end += more
    unit = "factor" if match["pre"] else unit
    many = _MANY.match(view, end)
    if many and unit == "factor" and match["num"].isdecimal():
        unit = "count"  # '32x Orbital ZX9680 servers'
    if unit == "count" and (
        (spelled is None and match["num"] in FRACTIONS) or _is_no_count(view, match["num"], start, end)
    ):
        return None
    value = spelled if spelled is not None else value_of(match["num"], unit, point, many is not None)
    if value is None:
        return None
    value = (
        _whole(value * (1000 if len(scale[0]) == 1 else 10**6)) if scale else value + SAID[rest[1]] if rest else value
    )
    of_things = many and unit == "count" and not _PER.match(view, many.end())
    if of_things and parted(value):  # of things there is a whole number
        return None
    return Quantity(Span(start, end), value, unit, _comparator(view, start) or (">" if more else ""))


def _spelled(view: str, match: re.Match[str]) -> tuple[Decimal | None, int]:
    """The value and end of a number that is wholly or partly in words ('two hundred and five', '2 dozen'); None of another."""
    number, end = match["num"], match.end()
    one = {"a": 1} | WORDS
    value = Decimal(one[number]) if number in one else Decimal(number) if number.isdecimal() else None
    total, first = Decimal(0), end
    while value is not None and (more := _SCALED.match(lower(view[end : end + 24]))):
        word = more[0].removeprefix("-").split()[-1]
        if word in _SCALES:
            value *= _SCALES[word]
            total, value = (total + value, Decimal(0)) if value >= 1000 else (total, value)
        elif number.isdecimal() or not (total or (value % 10 == 0 and value > WORDS[word])):
            break
        else:
            value += WORDS[word]
        end += more.end()
    half = _HALF.match(view, end) if value is not None else None
    if value is None or (end == first and not half):
        return None, match.end()
    return total + value + (SAID[half[1]] if half else 0), half.end() if half else end


def _product(view: str, match: re.Match[str]) -> Quantity | None:
    """A count of things that is said as a product: '2 x 8 GPUs'."""
    product = _PRODUCT.match(view, match.start())
    if not product or not _MANY.match(view, product.end()):
        return None
    return Quantity(Span(*product.span()), Decimal(product[1]) * Decimal(product[2]), "count", "")


def _is_no_count(view: str, number: str, start: int, end: int) -> bool:
    """Whether a number without a unit is a part of a name, a power of ten or a year."""
    after = view[end : end + 1]
    if (
        (after.isalnum() and after not in "xX" and not _RATED.match(view, end))
        or after in ("^", "*")
        or _UNJOINED.match(view, end)
    ):
        return True
    if (number[0] == "0" and number[1:2].isdecimal()) or (after in "xX" and view[end + 1 : end + 2].isdigit()):
        return True
    if after and after in "-/" and view[end + 1 : end + 2].isdigit():
        high = _HIGH.match(view, end + 1) if after == "-" else None
        return not (high and _UNIT.match(view, high.end()))
    dated = _YEAR.fullmatch(number) and _DATE.search(view, max(0, start - 24), start)
    return bool(dated) and not _THINGS.match(view, end)


def _colons(view: str, match: re.Match[str], clock: str) -> Quantity | None:
    """A time such as '1:23:45', '12:34 minutes', or '12:34' where `clock` tells what its first part counts."""
    number, (start, end) = match["num"], match.span()
    if ":" not in number or _DAYTIME.search(view, max(0, start - 16), start) or _OF_DAY.match(view, end):
        return None
    parts = [Decimal(part) for part in number.split(":")]
    if any(part >= 60 for part in parts[1:]) or any(map(parted, parts[:-1])):
        return None
    unit, ended = _unit_at(view, end)
    said = unit or clock
    if len(parts) == 2 and said not in ("hours", "minutes"):
        return None
    smallest = sum(part * 60**at for at, part in enumerate(reversed(parts)))
    of = "seconds" if len(parts) == 3 or said == "minutes" else "minutes"
    return Quantity(Span(start, ended if unit in _TIMES else end), smallest, of, _comparator(view, start))


def _clock(low: str, match: re.Match[str]) -> Quantity | None:
    """A time such as '1h 30m' or '2m 30s', in the smallest of its units."""
    clock = _CLOCK.match(low, match.start())
    if not clock or not (clock["h"] or clock["s"]):
        return None
    minutes = int(clock["h"] or 0) * 60 + int(clock["m"])
    span = Span(match.start(), len(low[: clock.end()].rstrip()))
    if clock["s"]:
        return Quantity(span, minutes * 60 + Decimal(clock["s"]), "seconds", _comparator(low, span.start))
    return Quantity(span, Decimal(minutes), "minutes", _comparator(low, span.start))


def _goes_on(view: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a time goes on with a smaller unit: '1 hour and 30 minutes'."""
    if not 0 < _TIMES.get(quantity.unit, 0) < _TIMES.get(before.unit, 0) or parted(before.value):
        return False
    between = view[before.span.end : quantity.span.start]
    return re.fullmatch(r"\.?\s{0,12},?\s{0,3}(?:and\s{1,3})?", between) is not None


def _is_range(view: str, low: Quantity, high: Quantity) -> bool:
    """Whether two quantities are the ends of a range of one amount: '16–18 minutes', 'between 2 and 3 hours'.

    Counts are left: 'from 1 to 256 GPUs' says both. So is what goes 'from' one amount 'to' another.
    """
    between = view[low.span.end : high.span.start]
    if high.unit == "count" or low.unit not in ("count", high.unit) or len(between) > 8:
        return False
    before = view[max(0, low.span.start - 40) : low.span.start]
    if re.fullmatch(r"\s+and\s+", between):
        return _BETWEEN.search(before) is not None
    return _RANGE.fullmatch(between) is not None and (not _FROM.search(before) or _ANY.search(before) is not None)
