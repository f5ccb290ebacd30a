"""What kind of text stands under an organization's name: of some kinds nothing is said, or nothing of a submission."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.candidates import ACTED
from kg.extract.language import is_foreign
from kg.extract.passage import OWN, SUBMIT, Passage
from kg.extract.tagged import pattern

_FIRST = r"\b(?:we|ours?|us)\b"
_SUITE = r"{Rri}|\b(?:mlperf|mlcommons|submi)"
_ABOUT = rf"{OWN}|{_SUITE}|{{BD}}"
_SHORT, _LONG, _SHARE = 3, 10, 0.05
_QUOTED = r"(?<!\d)[\"“„«][^\"“”„«»]{1,1500}[\"”“»]|‘[^‘’]{1,300}’"
_TO_OWNER = r"(?:^|\n)\W*(?:dear|hello|hi)\s+(?:[\w.-]+\s+){0,3}{M}"
_LETTER = (
    r"(?:^|\n)\W*(?:dear|hello|hi|hey)\s+(?:[\w.-]+\s+){0,3}[\w.-]+[,!]|\b(?:(?:kind|best|warm) regards|yours (?:sincerely|faithfully|truly))\b"
    r"|(?:^|\n)\W*(?:regards|sincerely)\b|\b(?:please (?:advise|help)|thanks in advance|(?:has|does|did) any(?:one|body))\b"
    r"|\bwe\s(?:\w+\s)?(?:bought|ordered|purchased)\b|\b(?:ticket|case)\s(?:no\.?\s|#\s?)?{N}"
)
_SUBMITTED = ACTED | {"submittedTo", "timeToTrain"}


def doubted(p: Passage) -> tuple[str, Collection[str] | None]:
    """Why what a text says is only possible, and of which predicates, None for all; '' where nothing stands against it."""
    if is_foreign(" ".join(t.sentence.view for t in p.tagged if t.sentence.kind == "text")):
        return "the text is not in English", None
    prose = [t for t in p.tagged if t.sentence.kind != "row"]
    if len(prose) >= _LONG and sum(t.has(_ABOUT) for t in prose) < _SHARE * len(prose):
        return (
            "the text is hardly about MLPerf",
            None,
        )  # of 125 annotated statements, the least have two sentences of eleven
    whole = "\n".join(t.text for t in p.tagged)
    of_suite = pattern(_SUITE).search(whole)
    titled = pattern(_SUITE).search(p.statement.document.title.lower())  # else whoever gave it told its round
    if pattern(_TO_OWNER).search(whole) or (not (of_suite and titled) and pattern(_LETTER).search(whole)):
        return "in a letter", None
    unquoted = pattern(_QUOTED).sub(" ", whole)
    known = of_suite or p.over or pattern("{BD}").search(whole) or pattern(_FIRST).search(unquoted)
    short = len(p.tagged) < _SHORT and unquoted == whole
    if not ((known or short) if titled else of_suite and pattern(SUBMIT).search(whole)):
        return "no sentence speaks of MLPerf", _SUBMITTED  # of 125 annotated statements two are such
    return "", None
