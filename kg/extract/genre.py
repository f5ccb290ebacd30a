"""What kind of text stands under an organization's name: of some kinds nothing is said, or nothing of a submission.

English is the only language whose sentences are understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extract.candidates import ACTED
from kg.extract.passage import OWN, SUBMIT, Passage
from kg.extract.tagged import pattern

_FIRST = r"\b(?:we|ours?|us)\b"
_SUITE = r"{Rri}|\b(?:mlperf|mlcommons|submi)"
_ABOUT = rf"{OWN}|{_SUITE}|{{BD}}"
_SHORT, _LONG, _SHARE = 3, 10, 0.05
_QUOTED = r"(?<!\d)[\"“„«][^\"“”„«»]{1,1500}[\"”“»]|‘[^‘’]{1,300}’"
_TO_OWNER = r"(?:^|\n)[^\w\n]*(?:dear|hello|hi)\s+(?:[\w.-]+\s+){0,3}{M}"
_LETTER = (
    r"(?:^|\n)[^\w\n]*(?:dear|hello|hi|hey)\s+(?:[\w.-]+\s+){0,3}[\w.-]+[,!]|\b(?:(?:kind|best|warm) regards|yours (?:sincerely|faithfully|truly))\b"
    r"|(?:^|\n)[^\w\n]*(?:regards|sincerely)\b|\b(?:please (?:advise|help)|thanks in advance|(?:has|does|did) any(?:one|body))\b"
    r"|\bwe\s(?:\w+\s)?(?:bought|ordered|purchased)\b|\b(?:ticket|case)\s(?:no\.?\s|#\s?)?{N}"
)
_SUBMITTED = ACTED | {"submittedTo", "timeToTrain"}
_ENOUGH = 8
_WORD = re.compile(r"(?<![\w-])(?![A-Z]+(?!\w))[^\W\d_]{2,}(?![\w-])")
_ENGLISH = frozenset([
    "the", "of", "and", "to", "for", "with", "is", "are", "were", "our", "we", "by",
    "that", "this", "from", "has", "have", "its", "be", "which", "using", "used", "an", "not",
    "but", "was", "no", "all", "than", "also", "trained", "submitted", "took", "ran", "results",
])  # fmt: skip
_OTHERS = frozenset([
    "wir", "haben", "nicht", "kein", "keine", "und", "mit", "auf", "von", "der", "das", "ist", "wurde", "wurden",
    "für", "ein", "eine", "trainiert", "eingereicht", "minuten", "nous", "avons", "pas", "les", "des", "avec", "sur",
    "une", "dans", "est", "entraîné", "soumis", "notre", "el", "los", "las", "del", "con", "para", "por", "fue",
    "una", "hemos", "en", "enviamos", "entrenamos", "minutos", "abbiamo", "della", "il", "non", "minuti", "os", "com",
    "não", "uma", "treinamos", "submetemos", "wij", "hebben", "niet", "het", "een",
])  # fmt: skip
"""Words that tie together sentences of the languages around English, and verbs of such statements."""


FOREIGN, HARDLY = "the text is not in English", "the text is hardly about MLPerf"
"""Doubts about a text as a whole."""


def doubted(p: Passage) -> tuple[str, Collection[str] | None]:
    """Why what a text says is only possible, and of which predicates, None for all; '' where nothing stands against it."""
    if _is_foreign(" ".join(t.sentence.view for t in p.tagged if t.sentence.kind == "text")):
        return FOREIGN, None
    prose = [t for t in p.tagged if t.sentence.kind == "text"]
    if len(prose) >= _LONG and sum(t.has(_ABOUT) for t in prose) < _SHARE * len(prose):
        # of 125 annotated statements, the least have two sentences of eleven
        return HARDLY, None
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


def is_english(text: str) -> bool:
    """Whether a sentence has two words or more that tie English ones together, and none of other languages.

    >>> is_english("Our BERT result was 9.5 minutes."), is_english("Wir haben DLRM auf acht A100 trainiert.")
    (True, False)
    """
    english, others = _ties(text)
    return english > 1 and not others


def is_foreign_sentence(text: str) -> bool:
    """Whether a sentence has words of another language and none that ties English ones together.

    >>> is_foreign_sentence("Wir haben DLRM nicht eingereicht."), is_foreign_sentence("We submitted BERT with El Capitan.")
    (True, False)
    """
    english, others = _ties(text)
    return others > 1 and not english


def _ties(text: str) -> tuple[int, int]:
    """How many words of a text join English sentences ('no' is of several languages and does not count), and how many foreign ones."""
    words = [word.lower() for word in _WORD.findall(text)]
    return sum(word in _ENGLISH and word != "no" for word in words), sum(word in _OTHERS for word in words)


def _is_foreign(text: str) -> bool:
    """Whether a text of some length is in another script, or has hardly a word that ties English sentences together.

    >>> [_is_foreign(s) for s in ("We ran BERT on as many chips as in the round before", "BERT: 5 minutes")]
    [False, False]
    >>> [_is_foreign(s) for s in ("Wir haben BERT auf acht Chips in fünf Minuten trainiert", "我们在五分钟内训练了模型")]
    [True, True]
    """
    others = sum(c.isalpha() and c > "\u024f" for c in text)
    if others >= _ENOUGH and others > sum("a" <= c <= "z" for c in text):
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    return len(words) >= _ENOUGH and sum(word in _ENGLISH for word in words) < _SHARE * len(words)
