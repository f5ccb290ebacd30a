"""Whether a text is in English, the only language whose sentences are understood."""

import re

_LONG = 8
_SHARE = 0.05
_WORDS = re.compile(r"(?<![\w-])(?![A-Z]+(?!\w))[^\W\d_]{2,}(?![\w-])")
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


def is_foreign_sentence(text: str) -> bool:
    """Whether a sentence has words of another language and none that ties English ones together.

    >>> is_foreign_sentence("Wir haben DLRM nicht eingereicht."), is_foreign_sentence("We submitted BERT with El Capitan.")
    (True, False)
    """
    words = [word.lower() for word in _WORDS.findall(text)]
    return sum(word in _OTHERS for word in words) > 1 and not any(word in _ENGLISH for word in words if word != "no")


def is_foreign(text: str) -> bool:
    """Whether a text of some length is in another script, or has hardly a word that ties English sentences together.

    >>> is_foreign("We trained BERT with the same number of chips as in the round before"), is_foreign("BERT: 5 minutes")
    (False, False)
    >>> is_foreign("Wir haben BERT auf acht Chips in fünf Minuten trainiert"), is_foreign("我们在五分钟内训练了模型")
    (True, True)
    """
    others = sum(c.isalpha() and c > "\u024f" for c in text)
    if others >= _LONG and others > sum("a" <= c <= "z" for c in text):
        return True
    words = [word.lower() for word in _WORDS.findall(text)]
    return len(words) >= _LONG and sum(word in _ENGLISH for word in words) < _SHARE * len(words)
