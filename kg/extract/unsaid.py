"""What the words of a sentence name and yet do not say: what is asked, supposed, aimed at or denied."""

from __future__ import annotations

import re

from kg.extract.tagged import Tagged, pattern

_CLAUSE = r"[;:]|\.\s|,\s*(?:and|but|while|which|who|so|we|our|it)\b"
"""What parts clauses of which one may be true and the other not."""
_WOULD = r"\b(?:would|might|may\s(?=(?:\w+\s)?(?:be|take|need|run|train|use|reach|have)\b)|(?:c|sh)ould have)\b(?!\s+(?:\w+\s+)?(?:like|love)\b)"
_IF = r"\b(?:if|unless|had we|assuming|suppos(?:e|ing)|imagine|should\s(?:we|it|they|you|the|{M}|{O})(?!\w)|who(?:so)?ever|anyone who)"
_DONE = r"\b(?:\w+ed|did|had|was|were|ran|took|made|beat|led|won|got|has|have)\b"
"""What tells, behind a condition, of what is so all the same: 'If you ask how long it took, we trained …'."""
_QUIZ = r"\b(?:true|right|correct|yes|fact)\sor\s(?:false|wrong|not|no|fiction|myth)\b|_{2,}"
"""What stands in a question to which the reader has to know the answer."""
_AIMED = (
    r"\b(?:(?<!ed our )(?<!met our )(?:goal|target|aim|objective)\s+(?:[^;.,]{0,40}\s)?(?:is|was|of)\b"
    r"|(?:goal|target)\s+(?:for|on)\b|(?:simulat|estimat|predict|projecti|extrapolat|theor)\w*|projected\b|(?<!as )(?<!than )expect(?:s|ed)?\b)"
)
_UNOFFICIAL = (
    r"\b(?:un(?:official|verified|confirmed)|not (?:\w+ )?verified|internal (?:test|measure|run)|alleged|rumou?r|if only\b"
    r"|(?:can|could)\s?(?:not|n['’]t|['’]t)\s(?:be\s)?confirm|(?:outside(?: of)?|not part of)\s(?:mlperf|{Rr})"
    r"|(?:own|in-house)\s(?:\w+\s)?(?:benchmarks?|tests?)\b)"
)
_OTHERS = (
    r"(?:\b\w+(?<!\bwork)(?<!\btest)bench\b|\bspec\s?(?:cpu|hpc|accel|power|jbb|ml)\w*|\btpcx?-\w+|\bhp(?:l|cg)\b|\blinpack\b"
    r"|\b(?:top|green|graph|io)\s?500\b)"
)
"""Other suites of benchmarks: 'DAWNBench', 'SPEC CPU 2017', 'TPCx-AI', 'HPL-MxP', 'Graph500'."""
_NOT = r"(?:did|do|does|could|can|was|were|is|has|have|had)\s?(?:not|n['’]t)(?:\s(?:yet|ever|even|\w+ly))?"
_DENIED = (
    r"\b(?:(?:without|instead of|rather than|not|no(?: (?:submissions?|results?|entry|entries)(?= (?:in|on|with)))?|never|unlike|neither|nor)\s+(?:(?:us(?:e|ed|ing)|run|trained|submitted|any|the|an?|in|with|on)\s+){0,3}$"
    r"|(?:neither|nor|never(?! before)|no longer|fail(?:s|ed)? to|unable to|hardly any\w*|(?:nobody|nothing|no one|none)(?!\s(?:but|other|less|short|more)\b))"
    rf"\s[^,]{{0,60}}$|{_NOT}\s(?:use|run|submit|train|need|have|reach|achieve|enter)\s(?:\w+\s){{0,2}}$)"
)
_UNDONE = (
    rf"\b(?:{_NOT}|cannot|never(?! before)|nobody|no one|none|hardly|fail(?:s|ed)? to|unable to|(?:almost|nearly)(?=\s\w+ed\b))\s"
    r"(?!(?:only|just|merely)\b)(?:(?!\b(?:but|than|until|before|because|though)\b)[^,;:.])*$"
)
_UNTRUE = r"(?:wrong|incorrect|mistaken|erroneous|untrue|false|invalid\w*|void\w*|withdrawn|retracted|disqualified|an? (?:typo|mistake|error))\b"
_NOT_TRUE = rf"\b(?:was|were|is|are|been|proved|turned out)\s+(?:(?:later|since|to be|found)\s+)*{_UNTRUE}"
_IT = r"(?:this|that|these|those|the|both|it|they)\b(?:\s(?:figures?|results?|times?|numbers?|claims?))?"
_WRONG = rf"(?:[^;:.]{{0,80}}?|\W{{1,2}};\s{_IT}\s){_NOT_TRUE}|\W{{1,2}}\({_UNTRUE}"
_TAKEN_BACK = rf"\s*(?:{_IT}\s{_NOT_TRUE}|please (?:disregard|ignore)\b)"
_FALSE = (
    r"\b(?:(?:false|untrue|wrong|incorrect|(?:not|n['’]t|no longer)\s+(?:true|correct|right))\s+(?:that|to (?:say|claim|state))\b"
    r"|(?:withdr[ae]w\w*|retract\w*|den(?:y|ies|ied)|contrary to)\s(?!no\b|nothing\b))"
)
"""What makes the rest of a sentence untrue: 'it is false that …', 'we withdraw …'."""
_CORRECTED = (
    r"\b(?:(?:earl(?:y|ier)|previous|first|original)\s+(?:draft|edition|version\s+of\s+(?:this|the|our)\s+(?:text|statement|post|page|article))s?\b"
    r"|(?:erroneous|mistaken|wrong|incorrect)ly\s+\w+|we\s+(?:wrote|had\s+written)\s+that)\b"
)
WRONG = "said to be wrong"


def unsaid(t: Tagged, place: int) -> str:
    """Why what a place names is not said, or ''."""
    if t.sentence.view.endswith("?") or t.has(_QUIZ):
        return "asked, not said"
    if _conditional(t, place):
        return "supposed, not said"
    if not t.has(rf"{_WOULD}|{_AIMED}|\b{_UNTRUE}|{_CORRECTED}|{_FALSE}"):
        return ""
    start, end = _clause(t, place)
    corrected = pattern(_CORRECTED).search(t.text, start, place) or pattern(_FALSE).search(t.text, 0, place)
    if corrected or pattern(_WRONG).match(t.text, place):
        return WRONG
    before, after = t.text[start:place], t.text[place:end]
    supposed = pattern(_WOULD).search(before) or re.match(r"[^,]*?" + _WOULD, after)
    if supposed or (t.has(_WOULD) and pattern(_IF).search(t.text[:place])):
        return "supposed, not said"
    return "aimed at or expected" if pattern(_AIMED).search(before) else ""


def _conditional(t: Tagged, place: int) -> bool:
    """Whether a place stands in a condition, or in what holds only under the one before it."""
    found = max((m for m in t.matches(_IF) if m.end() <= place), key=lambda m: m.end(), default=None)
    if found is None or pattern(r"[;:]|\.\s").search(t.text, found.end(), place):
        return False
    _, comma, then = t.text[found.end() : place].partition(",")
    return not comma or pattern(_DONE).search(then) is None


def takes_back(t: Tagged) -> bool:
    """Whether a sentence says of the one before it that it is not true: 'This figure is wrong.'"""
    return pattern(_TAKEN_BACK).match(t.text) is not None


def of_other_benchmarks(t: Tagged, place: int) -> bool:
    """Whether what a place names was run in another suite of benchmarks, named before it or right behind it."""
    if not t.has(_OTHERS):
        return False
    start, end = _clause(t, place)
    behind = pattern(rf"[^;.,]{{0,60}}?\b(?:in|on|of|for)\s(?:the\s)?{_OTHERS}").match(t.text[:end], place)
    return bool(behind or pattern(rf"{_OTHERS}(?!.*(?:mlperf|{{R}}|\band\s))").search(t.text[start:place]))


def unofficial(t: Tagged) -> bool:
    """Whether a sentence says that its figures are no official results."""
    return t.has(_UNOFFICIAL)


def denied(t: Tagged, place: int) -> bool:
    """Whether the words before a place say that it was not so: 'without X', 'neither X nor Y', 'X instead of Y'."""
    return pattern(_DENIED).search(t.text[_clause(t, place)[0] : place]) is not None


def undone(t: Tagged, place: int) -> bool:
    """Whether the verb, or the subject, before a figure says that it was not reached: 'did not train X in', 'nobody needed'."""
    return pattern(_UNDONE).search(t.text[_clause(t, place)[0] : place]) is not None


def _clause(t: Tagged, place: int) -> tuple[int, int]:
    """Where the clause of a place begins and ends."""
    start = max((m.end() for m in pattern(_CLAUSE).finditer(t.text, 0, place)), default=0)
    found = pattern(_CLAUSE).search(t.text, place + 1)
    return start, found.start() if found else len(t.text)
