"""What a percentage or a factor measures, and where the words for what it is compared with stand.

Each word has one reading, chosen before any number is seen. 'Faster' and 'more performance' are speed, 'less time' and
'reduced' are time. What is 'improved by N %' leaves both open: MLCommons' results messaging guidelines
(https://github.com/mlcommons/policies) ask for the basis of a comparison that is not the primary metric, which for
Training is the time to train; so it is read as less time, and as speed beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.claims.context import stretch_end
from kg.claims.sentence import Clause, Sign, segment

_GAP = r"(?:(?![;:]|\bwhile\b|\bwhereas\b).){0,70}?"
_BY = r"\b(?:by|of|to)? ?§"
_TOKEN = r"(?:[a-z'-]+ |[A-Z]\d+ )"
_SHED = r"shav\w+|shed\w*|trim\w*|sav(?:e[sd]?|ing)"
_LESS = rf"reduc\w+|decreas\w+|cut(?:s|ting)?|f[ae]ll\w*|drop\w*|shorten\w*|lower\w*|shr[aiu]nk\w*|down|{_SHED}"
SHED = re.compile(rf"\b(?:{_SHED}|cut\w*) (?:us )?$")
"""Before a part of a time that is what was saved, and not what is left: 'shed two fifths of the time'."""
BEATS = r"beat(?:s|en|ing)?|outperform\w*|surpass\w*|outpac\w*|outr[au]n\w*|overt[ao]k\w*|edg\w+ out|tops|topped"
"""Verbs of being faster than what follows."""
_BEFORE = r"(?:finish|complet|cross|arriv)[a-z]* (?:\S+ ){0,3}?before"
_TRAILS = r"trail(?:s|ed|ing)?|lag(?:s|ged|ging)?"
_RISES = (
    r"faster|speed-?ups?|speeds? up|sped up|speeding up|accelerat(?:e[sd]?|ing)|increas\w+|rais\w+|rose|risen|grew|grown|rises?|"
    r"gain\w*|boost\w*|up|ahead|scal(?:ed|es)"
)
_RELATIONS = tuple(
    (metric, re.compile(pattern))
    for metric, pattern in (
        ("",
            r"§ (?:more|less|higher|lower|better|of)? ?(?:power|energy|carbon|cheaper|cost|price|peak|flops|"
            r"memory|utilization|of the total)|§ (?:on|of|in|off) (?:[a-z]+ ){0,3}?(?:costs?|prices?|bills?|budgets?|energy|power)\b|"
            r"(?:power|energy|efficiency per|memory|bandwidth|utilization|flops|revenue|"
            r"accuracy)\b(?:(?![,;]).){0,25}? (?:by |of |is |at )?§"),
        ("behind", r"\bwithin § (?:[a-z'-]+ ){0,3}?of\b"),
        ("efficiency",
            r"§ (?:(?:strong|weak|linear|parallel|scaling|scale-out)[ -]?){0,2} ?efficien(?:cy|t)\b|"
            r"§ of (?:[a-z]+ )?(?:ideal|linear|perfect)\b|"
            r"\befficiency (?:(?!while|with|and).)*? (?:is|was|of|at|reach\w*) §|"
            r"\befficiency (?:(?:of|is|was|at|still|scaling|(?:stay|remain|reach|keep)\w*|kept) ){1,3}§"),
        ("slower", r"§ (?:times )?(?:as slow|as long|slower|longer|more time|more minutes|higher time)\b"),
        ("slower", rf"\b(?:{_TRAILS})\b" + _GAP + _BY),
        ("less time",
            r"§ (?:below|under) |§ (?:less|lower|shorter|quicker|reduced|of the) ?(?:training |total )?(?:time|minutes|seconds|"
            r"duration)\b|§ (?:the |of the )time\b"),
        ("slower", r"\bT\d+ (?:(?!;).)*§ more than\b"),
        ("less time",
            r"\bT\d+ (?:(?!;).)*§ less than\b|"
            r"§ (?:shorter|(?:times )?(?:sooner|earlier)|(?:[a-z-]+ )?(?:reduction|decrease|drop|cut|saving|savings))\b"),
        ("less time", r"\b(?:" + _LESS + r")\b" + _GAP + _BY),
        ("speed",
            r"§ (?:times )?(?:as (?:fast|quick)(?:ly)?|faster|quicker|ahead|speed(?:-?ups?)?|"
            rf"(?:of )?the {_TOKEN}{{0,2}}?(?:performance|speed|throughput)|that of|those of)\b"),
        ("speed",
            rf"§ (?:(?:more|higher|greater|better|increased|additional) {_TOKEN}{{0,2}}?(?:performance|throughput|speed)|"
            rf"{_TOKEN}{{0,3}}?(?:increase|boost|gain|uplift|jump)s?)\b"),
        ("speed", r"\b(?:" + _RISES + r")\b" + _GAP + _BY),
        ("improvement", rf"§ {_TOKEN}{{0,3}}?improvements?\b|§ better\b"),
        ("improvement", r"\b(?:improv\w+|better\w*|progress|gains?)\b" + _GAP + "§"),
        ("improvement", rf"\b(?:{BEATS})\b" + _GAP + _BY)
    )
)  # fmt: skip


_PASSIVE = re.compile(rf"\b(?:{BEATS}|{_TRAILS}) by (?![PX]\d)")
_TIME = re.compile(r"§ (?:times )?(?:of )?the time\b")
"""After a factor of more than one, what takes longer: 'twice the time'."""
EACH = re.compile(r"\bper[- ](?:accelerator|chip|gpu|processor|card)\b")
_TURNED = {"speed": "slower", "improvement": "slower", "slower": "speed"}
"""What a passive measures: who is beaten by another is the slower one."""
_DIFFERENCE = re.compile(
    r"(?P<more>§ (?:slower|longer|more|later|worse|behind))\b|"
    r"§ (?:faster|quicker|sooner|shorter|less|fewer|earlier|better|ahead|off|swifter|before)\b|\bby §|"
    r"\b(?:sav(?:e[sd]?|ing)s?|worth|gain\w*) (?:of |us )?§"
)
_BARE = re.compile(
    rf"\b(?:(?P<slower>slower|longer|{_TRAILS})|faster|quicker|sooner|shorter|ahead of|less time|{BEATS}|{_BEFORE})\b"
)
_NOBODY = re.compile(r"\b(?:nobody|none|nothing|no|not|never|few|hardly)\b")
"""What is said of nobody, or is denied, compares nothing."""
_MARK = re.compile(
    r"\b(?:than|compared (?:with|to)|versus|vs|relative to|against|ahead of|behind|that of|those of|"
    r"as (?:fast|quickly?|long|slow) (?:\S+ ){0,6}?as|(?<=time )(?:that|of(?= (?:the )?O\d+))|within [PX]\d+ (?:[a-z'-]+ ){0,3}?of|"
    r"[PX]\d+ (?:of )?(?:the )?(?:[a-z-]+ ){0,2}?(?:performance|speed|throughput|time)(?: per (?:gpu|accelerator|chip))? of|"
    r"[PX]\d+ (?:of )?the time(?: that)?(?= (?:our|we|its?|they|the|an?|O\d+) )|"
    r"over(?= (?:our|the|its|their|last|previous|O\d|R\d|A\d|S\d|first))|"
    r"since(?= (?:the |our )?(?:R\d|last|previous|first|mlperf))|"
    rf"instead of|in place of|{BEATS}|{_TRAILS}|{_BEFORE})(?= )"
)
_NEW = r"(?P<new>(?:(?![,;]| on B| for B| by | with | becomes?\b).){1,60})"
_SIZED = r"[NXSA]\d+(?: (?!and\b|,|;)\S+){0,4}?"
_RANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:from|between) (?P<old>(?:(?![,;]|\bto\b|\band\b).){{1,40}}?) (?:up )?(?:to|and) {_NEW}",
        rf"\b(?:replac|swap|exchang|trad|upgrad)\w* (?P<old>(?:(?![,;]).){{1,40}}?) (?:by|with|for|to) {_NEW}",
        rf"\b(?P<new>{_SIZED}) replac(?:e|es|ed|ing) (?P<old>[NXSA]\d+(?: [AS]\d+| [a-z]+)?)",
    )
)
"""Where an old and a new one are named: 'from … to …', 'replacing … by …', 'when … replace …'."""


def metric(clause: Clause, sign: Sign) -> str:
    """What a percentage or a factor measures by the words around it; '' when it compares no results."""
    text = clause.marked(sign)
    found = next((found for found, pattern in _RELATIONS if pattern.search(text)), "")
    times = sign.amount.unit == "factor" and sign.amount.value > 1 and not sign.text.startswith("hal")
    if found == "less time" and times and _TIME.search(text):
        return "slower"
    if found == "speed" and EACH.search(clause.code):
        return "per accelerator"
    return _TURNED.get(found, found) if _PASSIVE.search(clause.code) else found


def difference(clause: Clause, sign: Sign) -> str:
    """Whether a time is how much 'less time' than another something took, or more ('slower'); '' when it is a time itself."""
    found = _DIFFERENCE.search(text := clause.marked(sign))
    if found is None:
        return ""
    trails = found["more"] or re.search(rf"\b(?:{_TRAILS})\b", text[: found.start()])
    return "slower" if trails else "less time"


def bare(clause: Clause) -> tuple[str, int] | None:
    """What a comparison without a number measures, and where its word stands: 'faster than', 'beats', 'ahead of'."""
    found = _BARE.search(clause.code)
    if found is None or _NOBODY.search(clause.code, segment(clause.code, found.start())[0], found.start()):
        return None
    said = "slower" if found["slower"] else "speed"
    return _TURNED[said] if _PASSIVE.match(clause.code, found.start()) else said, found.start()


@dataclass(frozen=True, slots=True)
class Compared:
    """Where the words for what a number is compared with stand in the code, and those that say that it is."""

    stretch: tuple[int, int]
    mark: tuple[int, int]


def compared(clause: Clause, place: int) -> Compared | None:
    """The stretch that says what a number at a place is compared with: after 'than', 'compared with', 'over' and the like."""
    low, high = segment(clause.code, place)
    marks = list(_MARK.finditer(clause.code))
    after = [m for m in marks if low <= m.start() < high and m.end() > place]
    before = [m for m in marks if low <= m.start() < place]
    other = [m for m in marks if m.start() < low or m.start() >= high]
    mark = next(iter([*after[:1], *before[-1:], *other[:1]]), None)
    return Compared((mark.end(), stretch_end(clause.code, mark.end())), mark.span()) if mark else None


def beside(clause: Clause) -> tuple[int, int]:
    """The first stretch that names another submitter's thing to compare with, whatever is measured; an empty one if none."""
    for mark in _MARK.finditer(clause.code):
        end = stretch_end(clause.code, mark.end())
        if re.search(r"\bO\d+ 's", clause.code[mark.end() : end]):
            return mark.end(), end
    return 0, 0


def old_and_new(clause: Clause) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The stretches of the old and the new one of 'from … to …' or the like, when both name a size, a system or a round."""
    found = (match for pattern in _RANGES for match in pattern.finditer(clause.code))
    both = (m for m in found if all(re.search(r"[NXSRAM]\d+", m[part]) for part in ("old", "new")))
    return next(((m.span("old"), m.span("new")) for m in both), None)
