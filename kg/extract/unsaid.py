"""What the words of a sentence name and yet do not say: what is asked, supposed, aimed at or denied."""

from __future__ import annotations

import re

from kg.extract.tagged import Tagged, pattern

_CLAUSE = r"[;:]|\.\s|,\s*(?:and|but|while|which|who|whose|so|we|our|it)\b"
"""What parts clauses of which one may be true and the other not."""
_WOULD = r"\b(?:would|might|could have|should have)\b(?!\s+(?:\w+\s+)?(?:like|love)\b|\s+not have been possible)"
_IF = r"\b(?:if|had (?:we|{M}|it)|were (?:we|it)|assuming|suppos(?:e|ing)|imagin(?:e|ing))\b"
_AIMED = (
    r"\b(?:(?<!reached our )(?<!met our )(?<!achieved our )(?<!exceeded our )(?:goal|target|aim|objective|ambition)\s+(?:[^;.,]{0,40}\s)?(?:is|was|of)\b|simulat(?:ions?|ed)\b|estimat(?:e|es|ed|ions?)\b|projections?\b"
    r"|projected\b|predict(?:s|ed|ions?)?\b|extrapolat\w+|theoretical(?:ly)?\b|in theory\b|(?<!as )(?<!than )expect(?:s|ed)?\b)"
)
_UNOFFICIAL = (
    r"\b(?:unofficial(?:ly)?|unverified|not (?:yet |officially )?verified|internal (?:tests?|testing|measurements?|runs?)"
    r"|unconfirmed|alleged(?:ly)?|purported(?:ly)?|rumou?red|(?:can|could)\s?(?:not|n['’]t|['’]t)\s(?:be\s)?confirm\w*|(?:we|i|many|some)\sdoubt|if only"
    r"|(?:outside(?: of)?|not(?: in| of| for| part of)?|unrelated to)\s(?:the\s)?(?:mlperf|{Rr})|(?:own|in-house)\s(?:\w+\s)?(?:benchmarks?|tests?)\b(?!\s(?:results?|submission)))"
)
_OTHERS = (
    r"(?:\b(?!(?:work|test)bench)\w+bench\d?\b|\bspec\s?(?:cpu|hpc|accel|power|jbb|storage|ml)\w*|\btpcx?-\w+|\b(?:hpl(?:-\w+)?|hpcg|linpack)\b"
    r"|\b(?:top|green|graph|io)\s?500\b|\bstac-\w+|\b\d?\w+mark\b(?<!benchmark)(?=\s\d))"
)
"""Other suites of benchmarks: 'DAWNBench', 'SPEC CPU 2017', 'TPCx-AI', 'HPL-MxP', 'Graph500'."""
_DENIED = (
    r"\b(?:(?:without|instead of|rather than|in place of|not|never|unlike|neither|nor|no longer)\s+(?:(?:use|uses|used|using|run|ran|trained|submitted"
    r"|any|the|a|an|in|with|on)\s+){0,3}(?:{N}\s+)?$|(?:neither|nor|never(?! before)|no longer)\s[^,]{0,60}$|\b(?:did|do|does|could|can|was|were)\s?(?:not|n['’]t)\s(?:use|run|submit|train|trained|need|have|employ|reach|achieve|enter|used)\s(?:\w+\s){0,2}$)"
)
_UNDONE = (
    r"\b(?:(?:did|do|does|could|can|was|were|is|has|have|had)\s?(?:not|n['’]t)|cannot|never(?! before)|nobody|no one|none|hardly|scarcely"
    r"|fail(?:s|ed)? to|unable to|incapable of|(?:almost|nearly)(?=\s(?:trained|reached|ran|finished|completed|achieved)))\s"
    r"(?!only\b|just\b|merely\b)(?:(?!\b(?:but|than|until|before|because|though)\b)[^,;:.])*$"
)

_NOT_TRUE = (
    r"\b(?:was|were|is|are|has been|have been|proved|turned out|later)\s+(?:later\s+|since\s+|to be\s+|found\s+)*(?:wrong|incorrect|mistaken|erroneous|inaccurate|untrue|false"
    r"|invalid(?:ated)?|void(?:ed)?|withdrawn|retracted|rescinded|revoked|disqualified|an? (?:typo|mistake|error|misprint))\b"
)
_IT = r"(?:this|that|these|those|the|both|it|they|which)\b(?:\s(?:figures?|results?|times?|numbers?|scores?|claims?|statements?|entr(?:y|ies)))?(?:\s(?:above|here))?"
_WRONG = (
    rf"[^;:.]{{0,80}}?{_NOT_TRUE}|[^\w\s]?\s*(?:[;,]\s{_IT}\s{_NOT_TRUE}|\((?:withdrawn|retracted|invalid|void|disqualified|wrong)\b"
    r"|\(?before\s(?:the|our|a)\s(?:correction|erratum))"
)
_TEXT = r"(?:text|statement|post|page|article|document|release)"
_FALSE = (
    r"\b(?:(?:false|untrue|wrong|incorrect|mistaken|(?:not|n['’]t|no longer)\s+(?:\w+\s+)?(?:true|correct|right|the case))\s+(?:\w+\s+)?(?:that|to (?:say|claim|state|write))\b"
    r"|(?:withdr[ae]w\w*|retract\w*|rescind\w*|revok\w+|disown\w*|den(?:y|ies|ied)|disput\w+|refut\w+|contrary to)\s(?!no\b|nothing\b))"
)
"""What makes the rest of a sentence untrue: 'it is false that …', 'we withdraw …'."""
_CORRECTED = (
    rf"\b(?:(?:earlier|previous|first|former|original)\s+(?:draft|edition|version\s+of\s+(?:this|the|our)\s+{_TEXT})s?\b"
    r"|(?:erroneously|mistakenly|wrongly|incorrectly)\s+\w+|we\s+(?:wrote|had\s+written)\s+that)\b"
)
WRONG = "said to be wrong"


def unsaid(t: Tagged, place: int) -> str:
    """Why what a place names is not said, or ''."""
    if t.sentence.view.endswith("?"):
        return "asked, not said"
    if not t.has(rf"{_WOULD}|{_AIMED}|{_WRONG}|{_CORRECTED}|{_FALSE}"):
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


def takes_back(t: Tagged) -> bool:
    """Whether a sentence says of the one before it that it is not true: 'This figure is wrong.'"""
    return pattern(rf"\s*{_IT}\s{_NOT_TRUE}").match(t.text) is not None


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
