"""Names of the vocabulary that are here only an everyday word, or the name of an ordinary part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model.statement import Mention
from kg.names.fold import fold
from kg.names.numbers import WORDS

_CATEGORY = re.compile(r"(?i)\b(?:categor(?:y|ies)|status|label|track)\b")
_SAID_TO_BE = re.compile(
    r"(?i)\b(?:submissions?|results?|entries)\s+(?:\w+\s+){0,2}(?:are|were|is|was)\s+(?:all\s+|in\s+|for\s+)*(?:\w+\s*/\s*)?$"
)
_FILED_SO = re.compile(r"(?i)\s+(?:(?:performance|\w+ round) )?(?:submissions?|results?|entr(?:y|ies))\b")
"""What follows a category in 'a preview submission'."""
_SHARED = frozenset({"ssd", "transformer"})
"""Names of benchmarks that a part of a server, or of a model, has too."""
_DISK = re.compile(r"(?:NVMe|PCIe|SATA|SAS|U\.2|M\.2|[TG]i?B|CXL-?|\bx)\s*\W?\s*(?:\w+\s)?$")
_DISKS = re.compile(r"(?i)\b(?:hdds?|hard (?:disk|drive)s?)\b")
_ONE = re.compile(r"(?i)\ban?\s+$")
_ONE_OF_MANY = re.compile(r"(?i)\b(an?|each|every|per|local|no|\d+[x×]?|" + "|".join(WORDS) + r")\s+(?:\w+\s+)?$")
"""What stands before a thing that is counted, and before no name."""
_OF_A_THING = re.compile(r"\s*(?:storage|drives?|disks?|engine|cache|capacity|slots?|bays?|librar\w+)\b|-[a-z]")
_OF_A_BENCHMARK = re.compile(
    r"(?i)\s*(?:\([^()]*\)\s*)?(?:benchmarks?|tasks?|workloads?|tests?|submissions?|results?|training)\b"
)
_RUN = re.compile(
    r"(?i)\b(?:mlperf|benchmark\w*|detect\w*|translat\w*|train\w*|submi\w+|results?|scores?|min(?:ute)?s?|seconds|faster|ran|run|improv\w+)\b"
)
_PERSON = re.compile(
    r"(?:\s+[A-Z][a-z]+)?(?:,\s+(?:who|whose|(?:our|my|his|her|their|an?)\s(?!(?:[\w-]+\s){0,4}(?:benchmark|model|workload|task|test)s?\b))"
    r"|\s+(?:who|says?|said|adds?|added|thinks?|explains?|recalls?)\b)"
)
"""What follows the name of a person: 'Bert, our cook, …', 'Bert says'."""
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof(?:essor)?|(?:colleague|friend|engineer|chef|coach)s?)\.?\s+$")
_WORD = re.compile(r"[^\W\d_]{2,}")


def everyday(view: str, mention: Mention, named: Sequence[Mention]) -> bool:
    """Whether a name is only an everyday word where it stands; `named` are all that a view could name.

    So are 'available' in stores, an 'SSD' that is a disk, 'Bert' who is a cook, and a name in two words of lower case that is one word
    with capitals.
    """
    if mention.kind == "AvailabilityCategory":
        return _available(view, mention)
    if mention.kind == "Benchmark" and not mention.task:
        return _thing(view, mention, named)
    product = mention.kind in ("Framework", "Software")
    return product and mention.text.islower() and " " in mention.text and mention.entities[0].label.isalpha()


def _available(view: str, mention: Mention) -> bool:
    """Whether the name of an availability category is an everyday word here ('available in stores')."""
    left = view[max(0, mention.span.start - 60) : mention.span.start]
    near = left[-40:] + view[mention.span.start : mention.span.end + 40]
    return not (_CATEGORY.search(near) or _SAID_TO_BE.search(left) or _FILED_SO.match(view, mention.span.end))


def _thing(view: str, mention: Mention, named: Sequence[Mention]) -> bool:
    """Whether what could be a benchmark is a thing or a word: nothing around it is of benchmarks.

    Asked of names that other things have too, which are no benchmarks in the plural, and of words in lower case.
    """
    text = mention.text
    before, after = view[max(0, mention.span.start - 24) : mention.span.start], view[mention.span.end :]
    if text.istitle() and text != mention.entities[0].label and (_PERSON.match(after) or _TITLE.search(before)):
        return True
    name = fold(text)
    plural = (shared := name.removesuffix("s") in _SHARED) and name not in _SHARED
    shared = shared or text == "Bert"
    if not shared and not (text.islower() and text.isalpha()):
        return False
    if plural or _DISK.search(before) or _OF_A_THING.match(after):
        return True
    if name == "ssd" and not _OF_A_BENCHMARK.match(after) and (_DISKS.search(view) or _ONE.search(before)):
        return True
    if _OF_A_BENCHMARK.match(after) or any(m.kind == "Benchmark" and m.entities != mention.entities for m in named):
        return False
    around = f"{view[: mention.span.start]} {after}"
    unsaid = shared and _WORD.search(around) and not _RUN.search(around)
    return bool(unsaid or _ONE_OF_MANY.search(before))
