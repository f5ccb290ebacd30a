"""Documents whose names and facts are marked where they stand: `[QX-880](S+)` in Markdown.

A mark is a sign, and what belongs to it after semicolons:

    S A P F W B O R D C X   a System, Accelerator, Processor, Framework, Software (W), Benchmark, Organization, Round,
                            Division, Category, or a name of something else (X)
    S+ B+ A+ F+ W+ D+ C+ R+ O+   … which the organization submitted, used, filed under, submitted to, worked with
    S~ B- O&                … which it offers, did not submit, names as a submitter
    S* B*                   a system without a name ('our cluster'), a task instead of a benchmark
    @NAME                   the systems that have the accelerator or processor; with A@NAME one has it and no more is said
    =NAME                   how the name would be filed, where the text has another form
    8                       how many
    by NAME                 who did it, where it was not the organization
    ?                       implied: right to say, and not demanded
    KEY VALUE               any other qualifier: `benchmark BERT`, `round MLPerf Training v3.0`

and `timeToTrain 14.2; unit minutes` is a fact of another predicate with its object, of the systems (or other things)
after `@`. What is not marked is no name and says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError

Row = dict[str, Any]

KINDS = {
    "S": "System", "A": "Accelerator", "P": "Processor", "F": "Framework", "W": "Software", "B": "Benchmark",
    "O": "Organization", "R": "Round", "D": "Division", "C": "Category", "X": "Other",
}  # fmt: skip
PREDICATES = {
    "S+": "submittedSystem", "S~": "offersSystem", "B+": "submittedBenchmark", "B-": "didNotSubmitBenchmark",
    "A+": "usedAccelerator", "F+": "usedFramework", "W+": "usedSoftware", "D+": "division", "C+": "availability",
    "R+": "submittedTo", "O+": "partner", "O&": "mentionsSubmitter",
}  # fmt: skip
PARTS = {"A": "hasAccelerator", "P": "hasProcessor"}
_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
_SIGN = re.compile(r"([SAPFWBORDCX])([-+~&*]*)(?:@(.+))?")
_FIGURE = re.compile(r"([a-z][A-Za-z]+) (.+)")
_HEADING = re.compile(r"(?m)^## (.+)$")
_BREAK = re.compile(r"(?<=[.!?:])\s+(?=[A-Z\d\"“(*])|\n+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the text without marks: 0-based code points, end exclusive."""

    start: int
    end: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The text without its marks, the facts and the names marked in it, in the forms of annotations."""

    text: str
    facts: list[Row]
    mentions: list[Row]


def read_marked(source: str, name: str) -> Marked:
    """The text and annotations of a marked document. Raises InputError with the line of a mark that says nothing."""
    text, marks = _unmarked(source)
    facts: list[Row] = []
    mentions: list[Row] = []
    headings = [(m.start(), m[1].strip()) for m in _HEADING.finditer(text)]
    for mark in marks:
        owner = next((said for at, said in reversed(headings) if at <= mark.start), "")
        try:
            found = list(_facts(text, mark, owner))
            mention = _mention(text, mark, owner)
        except ValueError as error:
            line = text.count("\n", 0, mark.start) + 1
            raise InputError(f"{name}:{line}: {text[mark.start : mark.end]!r} is marked {error}") from error
        facts += found
        mentions += [mention] if mention else []
    _also_called(facts, mentions)
    return Marked(text, facts, mentions)


def _also_called(facts: list[Row], mentions: list[Row]) -> None:
    """Adds to each fact the other forms of its names in the same statement."""
    forms: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for m in mentions:
        forms[m["statement"], m["name"]] |= dict.fromkeys([m["text"], *_shorter(m["text"])])
    for fact in facts:
        aliases = fact.setdefault("aliases", {})
        for side in ("subject", "object"):
            also = [f for f in forms.get((fact["organization"], fact[side]), ()) if f != fact[side]]
            aliases[side] = list(dict.fromkeys([*aliases.get(side, []), *also]))


def _unmarked(source: str) -> tuple[str, list[Mark]]:
    parts: list[str] = []
    marks: list[Mark] = []
    at = length = 0
    for match in _MARK.finditer(source):
        parts += [source[at : match.start()], match[1]]
        start = length + match.start() - at
        length = start + len(match[1])
        at = match.end()
        marks.append(Mark(start, length, tuple(item.strip() for item in match[2].split(";"))))
    return "".join([*parts, source[at:]]), marks


def _mention(text: str, mark: Mark, owner: str) -> Row | None:
    sign = _SIGN.fullmatch(mark.items[0])
    if sign is None:
        return None
    said = text[mark.start : mark.end]
    row: Row = {
        "start": mark.start, "end": mark.end, "text": said, "kind": KINDS[sign[1]],
        "name": _name(said, mark), "statement": owner,
    }  # fmt: skip
    system = sign[3] or next((item[1:] for item in mark.items[1:] if item.startswith("@")), None)
    if system:
        row["system"] = system
    if "*" in sign[2]:
        row["task" if sign[1] == "B" else "generic"] = True
    return row


def _name(said: str, mark: Mark) -> str:
    return next((item[1:] for item in mark.items[1:] if item.startswith("=")), " ".join(said.split()))


def _items(items: Sequence[str], owner: str) -> tuple[str, str, list[str], Row]:
    """The subject, certainty, systems and qualifiers that the items of a mark give."""
    subject, certainty, systems = owner, "explicit", []
    qualifiers: Row = {}
    for item in items:
        if item == "?":
            certainty = "implied"
        elif item.startswith("@"):
            systems.append(item[1:])
        elif item.startswith("by "):
            subject = item[3:]
        elif item.isdigit():
            qualifiers["count"] = int(item)
        elif not item.startswith("="):
            key, blank, value = item.partition(" ")
            if not blank:
                raise ValueError(f"{item!r}; give KEY VALUE, @SYSTEM, =NAME, by NAME, a number or '?'")
            qualifiers[key] = value
    return subject, certainty, systems, qualifiers


def _facts(text: str, mark: Mark, owner: str) -> Iterator[Row]:
    first = mark.items[0]
    said = text[mark.start : mark.end]
    sign, figure = _SIGN.fullmatch(first), _FIGURE.fullmatch(first)
    subject, certainty, named, qualifiers = _items(mark.items[1:], owner)
    systems = [sign[3], *named] if sign and sign[3] else named
    row: Row = {"organization": owner, "certainty": certainty, "quote": _quote(text, mark)}
    if figure:
        told: Row = {**row, "predicate": figure[1], "object": _value(figure[2]), "qualifiers": qualifiers}
        yield from ({**told, "subject": of} for of in systems or [subject])
        return
    if sign is None:
        raise ValueError(f"{first!r}; begin with one of {', '.join(KINDS)} or a predicate and its value")
    aliases = {"object": [said, *_shorter(said)]}
    same: Row = {"object": _name(said, mark), "aliases": aliases, "qualifiers": qualifiers}
    for system in systems if sign[1] in PARTS else ():
        both = {**aliases, "subject": _shorter(system)}
        yield {**row, **same, "predicate": PARTS[sign[1]], "subject": system, "aliases": both}
    for act in sign[2].replace("*", ""):
        predicate = PREDICATES.get(sign[1] + act)
        if predicate is None:
            raise ValueError(f"{first!r}; known are {', '.join(PREDICATES)}")
        tied = {**qualifiers, "system": systems[0]} if len(systems) == 1 and sign[1] in PARTS else qualifiers
        yield {**row, **same, "predicate": predicate, "subject": subject, "qualifiers": tied}


def _shorter(name: str) -> list[str]:
    """A name without its first words, by which it may be found ('c6i.16xlarge' of 'AWS c6i.16xlarge')."""
    words = name.split()
    rest = [" ".join(words[at:]) for at in range(1, len(words))]
    return [r for r in rest if len(r) > 3 or (any(c.isdigit() for c in r) and r[0].isupper() and len(words) == 2)]


def _value(said: str) -> float | int | str:
    if re.fullmatch(r"\d+", said):
        return int(said)
    return float(said) if re.fullmatch(r"\d+\.\d+", said) else said


def _quote(text: str, mark: Mark) -> str:
    """The sentence or line of a mark."""
    line = text.rfind("\n", 0, mark.start) + 1
    stop = text.find("\n", mark.end)
    stop = len(text) if stop < 0 else stop
    breaks = [line, *(m.end() for m in _BREAK.finditer(text, line, stop)), stop]
    start = max(b for b in breaks if b <= mark.start)
    end = min(b for b in breaks if b >= mark.end)
    return " ".join(text[start:end].split())
