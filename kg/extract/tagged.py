"""A sentence in which every mention and quantity is one sign, so that rules read like the text.

Rules are read in lower case against the text in lower case: much faster than leaving case out while matching.

In a rule, `{A}` stands for an accelerator, `{N} {A}` for a count of them, `{B+}` for a list of
benchmarks ('BERT, SSD and DLRM').

>>> pattern("{N} {A}").pattern == "\\ue010 \\ue002"
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.extract.quantities import clock_form, quantities
from kg.extract.sentences import Sentence
from kg.model.statement import Entity, Mention, Quantity, Span
from kg.names.fold import lower

SIGNS = {
    "B": "\ue001",  # benchmark
    "A": "\ue002",  # accelerator
    "P": "\ue003",  # processor
    "F": "\ue004",  # framework
    "W": "\ue005",  # software
    "S": "\ue006",  # system
    "O": "\ue007",  # another organization
    "M": "\ue008",  # the statement's own organization
    "R": "\ue009",  # this round
    "r": "\ue00a",  # another round of MLPerf Training
    "i": "\ue00b",  # a round of another MLPerf suite
    "D": "\ue00c",  # division
    "C": "\ue00d",  # availability category
    "K": "\ue00e",  # a benchmark's task
    "N": "\ue010",  # a count
    "T": "\ue011",  # a time
    "%": "\ue012",  # percent
    "X": "\ue013",  # factor
    "G": "\ue014",  # memory or storage size
    "L": "\ue015",  # any other quantity
}
NAMES = {sign: name for name, sign in SIGNS.items()}
"""What each sign stands for."""

_QUANTITY = {"count": "N", "percent": "%", "factor": "X"} | dict.fromkeys(
    ("days", "hours", "minutes", "seconds"), "T"
) | dict.fromkeys(("GB", "TB", "GiB", "TiB"), "G")  # fmt: skip
_KIND = {"Benchmark": "B", "Accelerator": "A", "Processor": "P", "Framework": "F", "Software": "W",
         "System": "S", "Division": "D", "AvailabilityCategory": "C"}  # fmt: skip
_AND = r"(?>\s*(?:,\s*(?:and|or|&|as well as|plus)?|\band\b|\bor\b|&|/|;|\bas well as\b|\bplus\b|\()\s*(?:both\s|also\s|the\s|upcoming\s|\w+'s\s)?\)?\s*)"
_MODIFIED = re.compile(
    r"(?:['’]s?)?\s+(?:[CGIT]PUs?|[HD]GX|InfiniBand|NVLink|NVSwitch|Tensor|Tesla|Quantum|Mellanox|ConnectX|processors?|accelerators?|cards?"
    r"|hardware|technolog(?:y|ies)|framework|cores?|platforms?|based|powered|[Rr]elease|solutions?|network(?:ing)?|servers?|chips?|\d+\s?Gb)\b"
)


_CAPITAL = re.compile(r"\\.|\(\?P[<=]\w+[>)]|[A-Z]")


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """A rule as a regular expression: `{A}` is a sign, `{A+}` a list of them, `{AS}` either."""

    def sign(match: re.Match[str]) -> str:
        names, many = match[1].rstrip("+"), match[1].endswith("+")
        one = "".join(SIGNS[n] for n in names)
        one = one if len(names) == 1 else f"[{one}]"
        return f"{one}(?:(?>{_AND}){one})*" if many else one  # atomic: a list has one reading

    signed = re.sub(r"\{([A-Za-z%]+\+?)\}", sign, rule)
    return re.compile(_CAPITAL.sub(lambda m: m[0].lower() if len(m[0]) == 1 else m[0], signed))


@dataclass(frozen=True, eq=False)
class Tagged:
    """A sentence with its signs.

    `text` holds them among words in lower case, `cased` among words as written; `things` gives what stands
    behind the sign at a place, `mentions` are all names, also those without a sign.
    """

    sentence: Sentence
    text: str
    cased: str
    things: dict[int, Mention | Quantity]
    places: list[int] = field(repr=False)
    mentions: Sequence[Mention] = ()
    _found: dict[str, list[int]] = field(default_factory=dict, repr=False)  # the places already looked for, by kinds
    _held: dict[str, re.Match[str] | None] = field(default_factory=dict, repr=False)  # where rules are first found

    def mention(self, place: int) -> Mention:
        """The mention whose sign stands at a place."""
        thing = self.things[place]
        assert isinstance(thing, Mention)
        return thing

    def name_of(self, place: int) -> str:
        """The name of the sign at a place: 'A' for an accelerator."""
        return NAMES[self.text[place]]

    def entity(self, place: int) -> Entity | None:
        """The entity that the sign at a place stands for; None for a quantity and for what is not linked."""
        thing = self.things[place]
        return thing.entity if isinstance(thing, Mention) else None

    def entities(self, names: str, start: int = 0, end: int | None = None) -> list[Entity]:
        """What the signs of these kinds between two places stand for, in order, but what is not linked."""
        return [e for at in self.all(names, start, end) if (e := self.entity(at))]

    def quantity(self, place: int) -> Quantity:
        """The quantity whose sign stands at a place."""
        thing = self.things[place]
        assert isinstance(thing, Quantity)
        return thing

    def over(self, place: int) -> str:
        """The words over the cell of a table in which the sign at a place stands; '' where none stands."""
        thing = self.things.get(place)
        cells = self.sentence.cells if thing else ()
        return next((head for span, head in cells if thing and span.start <= thing.span.start < span.end), "")

    def all(self, names: str, start: int = 0, end: int | None = None) -> list[int]:
        """The places of the signs of these kinds between two places, in order."""
        if names not in self._found:
            signs = {SIGNS[n] for n in names}
            self._found[names] = [p for p in self.things if self.text[p] in signs]
        found = self._found[names]
        return [p for p in found if p >= start and (end is None or p < end)] if start or end is not None else found

    def words(self, match: re.Match[str], group: str) -> str:
        """What a group of a rule found, as it is written."""
        return self.cased[match.start(group) : match.end(group)]

    def is_a(self, place: int, names: str) -> bool:
        """Whether the sign at a place is of one of these kinds."""
        return any(self.text.startswith(SIGNS[n], place) for n in names)

    def has(self, rule: str) -> bool:
        """Whether a rule is found anywhere in the sentence."""
        return self.first(rule) is not None

    def first(self, rule: str) -> re.Match[str] | None:
        """Where a rule is first found."""
        if rule not in self._held:
            self._held[rule] = pattern(rule).search(self.text)
        return self._held[rule]

    def matches(self, rule: str) -> Iterator[re.Match[str]]:
        """Where a rule is found."""
        return pattern(rule).finditer(self.text)

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of the signs' text, counted in the document."""
        left, right = self.places[start], self.places[end - 1]
        thing = self.things.get(end - 1)
        width = thing.span.end - thing.span.start if thing else 1
        base = self.sentence.span.start
        return Span(base + left, base + right + width)


def tag(sentence: Sentence, mentions: Sequence[Mention], owners: Sequence[Entity], mlperf_round: Entity) -> Tagged:
    """A sentence with the signs of its mentions and quantities; `owners` are all whose statement it is."""
    own = {e.iri for e in owners}
    view = sentence.view
    clock = clock_form(f"{sentence.lead} {sentence.header} {view}") if ":" in view else ""
    amounts = quantities(view, [m.span for m in mentions], sentence.point, clock)
    signs: list[tuple[Span, str, Mention | Quantity]] = [(a.span, _QUANTITY.get(a.unit, "L"), a) for a in amounts]
    for at, mention in enumerate(mentions):
        name = _KIND.get(mention.kind, "")
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        if mention.task:
            name = "K"
        elif mention.kind == "Round":
            entity = mention.entity
            name = "R" if entity == mlperf_round else "r" if entity is None or same_suite(entity, mlperf_round) else "i"
        elif mention.kind == "Organization" and mention.entity and mention.entity.label == "MLCommons":
            continue  # it holds the rounds and takes part in none
        elif mention.kind == "Organization":
            name = "M" if any(e.iri in own for e in mention.entities) else "O"
            possessive = view[mention.span.end : mention.span.end + 2] in ("'s", "’s")
            if not (name == "M" and possessive) and _modifier(view, mention, following):
                continue
        signs.append((mention.span, name, mention))
    return _build(sentence, sorted(signs, key=lambda s: s[0]), mentions)


def same_suite(a: Entity, b: Entity) -> bool:
    """Whether two rounds are of one suite ('MLPerf Training v2.0' and 'MLPerf Training v1.1')."""
    return a.label.split()[:2] == b.label.split()[:2]


def _modifier(view: str, mention: Mention, following: Mention | None) -> bool:
    """Whether an organization's name only says who makes what follows ('NVIDIA A100', 'AMD EPYC')."""
    end = mention.span.end
    if view[end : end + 1] in "-/" and view[end + 1 : end + 2].isalpha():
        return True
    if following and following.kind in ("Accelerator", "Processor", "Framework", "Software", "System"):
        between = view[end : following.span.start]
        if re.fullmatch(r"(?:['’]s?)?\s*(?:(?:new|latest|own|next|second|first|upcoming)[\w-]*\s)*", between):
            return not re.search(r"['’]s?\s", between) or _made_by(following, mention)
    return bool(_MODIFIED.match(view, end))


def _made_by(chip: Mention, maker: Mention) -> bool:
    """Whether a chip has the first word of its maker in its label, as 'AMD Instinct MI300X' has of AMD; 'Dell's MI300X' is not."""
    words = chip.entity.label.split() if chip.entity else []
    return chip.kind in ("Accelerator", "Processor") and (not words or maker.text.split()[0] in words)


def _build(
    sentence: Sentence, signs: list[tuple[Span, str, Mention | Quantity]], mentions: Sequence[Mention]
) -> Tagged:
    view = sentence.view
    parts: list[str] = []
    places: list[int] = []
    things: dict[int, Mention | Quantity] = {}
    at = 0
    for span, name, thing in signs:
        if span.start > at:
            parts.append(view[at : span.start])
            places += range(at, span.start)
        things[len(places)] = thing
        parts.append(SIGNS[name])
        places.append(span.start)
        at = span.end
    parts.append(view[at:])
    places += range(at, len(view))
    text = "".join(parts)
    return Tagged(sentence, lower(text), text, things, places, mentions)
