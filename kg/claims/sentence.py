"""A sentence as signs: what it names and counts stands as one sign each, so that rules read its grammar.

'On ResNet-50, eight Gaudi2 needed 36% less time than NVIDIA's' reads 'on B0 , N1 A2 needed P3 less time than O4 's'.
The letters are: O organization, S system, A accelerator, C processor, B benchmark, F framework, W software, R round,
D division, V availability; of numbers N count, P percent, X factor, T time, M memory, K power, Y months or years, Q any other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claims.neutral import is_neutral, only_narrows
from kg.claims.numbers import numbers
from kg.claims.record import Record
from kg.extract.sentences import Sentence
from kg.model.claim import Amount
from kg.model.statement import Entity, Mention, Span, Statement
from kg.names.fold import lower
from kg.names.lexicon import Lexicon

END = sys.maxsize
"""The end of a sentence, however long it is."""
LETTERS = {
    "Organization": "O", "System": "S", "Accelerator": "A", "Processor": "C", "Benchmark": "B", "Framework": "F",
    "Software": "W", "Round": "R", "Division": "D", "AvailabilityCategory": "V",
}  # fmt: skip
_TIMED = ("Benchmark", "System", "Accelerator", "Organization")
"""What may have a time, which stands right after it."""
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-'’][a-z]+)*|['’]s?(?![a-z])|[,;:()]|[#%&+]|\d+")
_NETWORK = re.compile(r"(?i)networks?")
"""What links machines; the division of that name has the word beside it."""
_STORAGE = re.compile(r"(?i)\b(?:hard[- ](?:disks?|drives?)|hdd|nvme|sata|storage)\b")
"""Beside what an SSD is no benchmark."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One token: its letter ('' for a word), where it stands in the view, and the entities or the number that it is.

    `text` are its words, `name` is what stands for it in the code, 'B3', and `at` its place there. The words that bound a
    number ('no more than 31 minutes') belong to the number, and are no tokens.
    """

    letter: str
    start: int
    end: int
    entities: tuple[Entity, ...] = ()
    number: Amount | None = None
    text: str = ""
    name: str = ""
    at: int = 0

    @property
    def entity(self) -> Entity:
        """The entity that it names, the first of several."""
        return self.entities[0]

    @property
    def amount(self) -> Amount:
        """The number with its bound. Raises ValueError for a sign that is no number."""
        if self.number is None:
            raise ValueError(f"{self.text!r} is no number")
        return self.number

    @property
    def value(self) -> Decimal:
        """The value of the number. Raises ValueError for a sign that is no number."""
        return self.amount.value


class Clause:
    """A sentence in signs. `code` is its text in signs, `view` the words, `span` its place in the document."""

    def __init__(self, sentence: Sentence, signs: list[Sign]) -> None:
        self.sentence = sentence
        self.view = sentence.view
        self.signs: list[Sign] = []
        at = 0
        for number, sign in enumerate(signs):
            text = self.view[sign.start : sign.end]
            name = f"{sign.letter}{number}" if sign.letter else lower(text).replace("’", "'")
            self.signs.append(replace(sign, text=text, name=name, at=at))
            at += len(name) + 1
        self.code = " ".join(sign.name for sign in self.signs)

    def sign(self, name: str) -> Sign:
        """The sign that stands as a name in the code, such as 'B3'."""
        return self.signs[int(name[1:])]

    def named(self, code: str) -> list[Sign]:
        """The signs that a stretch of code names, in order: of 'N1 , N2 and N3' all three."""
        return [self.sign(name) for name in re.findall(r"\b[A-Z]\d+\b", code)]

    def hyphened(self, sign: Sign) -> bool:
        """Whether a number is joined to the word after it: 'eight-GPU'."""
        return self.view.startswith("-", sign.end)

    def marked(self, sign: Sign) -> str:
        """The code with '§' for a sign, so that a pattern can say what stands around it."""
        return f"{self.code[: sign.at]}§{self.code[sign.at + len(sign.name) :]}"

    def within(self, letters: str, start: int = 0, end: int = END) -> Iterator[Sign]:
        """The signs of some letters between two places of the code."""
        return (s for s in self.signs if s.letter and s.letter in letters and start <= s.at < end)

    def unread(
        self, start: int = 0, end: int = END, read: Iterable[tuple[int, int]] = ()
    ) -> Iterator[tuple[str, bool]]:
        """The words that may narrow what is spoken of, and of which no sign was made; whether each can do no more than that.

        A name beside an organization or a system belongs to it ('PowerEdge XE8545'), but not 'Blackwell' of 'NVIDIA Blackwell
        GPUs', a product that is not known; `read` is what claims are of.
        """
        for number, sign in enumerate(self.signs):
            word = sign.text
            if not start <= sign.at < end or any(low <= sign.at < high for low, high in read):
                continue
            if sign.letter or not word[0].isalpha() or is_neutral(word):
                continue
            begin = number
            while begin > 0 and not self.signs[begin - 1].letter and self.signs[begin - 1].text[0].isupper():
                begin -= 1  # 'Tensor Core' of 'A100 Tensor Core GPUs' is all beside the name
            beside = {s.letter for s in self.signs[max(begin - 1, 0) : number + 2] if s is not sign}
            after = number + 1 < len(self.signs) and not self.signs[number + 1].letter
            unknown = after and word[0].isupper() and begin > 0 and self.signs[begin - 1].letter == "O"
            if (not unknown and "O" in beside) or (word[0].isupper() and beside & {"S", "A", "C", "B", "R"}):
                continue
            yield word, only_narrows(word)


class Reader:
    """Reads the sentences of one statement: the names of the vocabulary, those of its facts, and of filed systems."""

    def __init__(self, statement: Statement, lexicon: Lexicon, record: Record, systems: Iterable[Entity]) -> None:
        self.statement = statement
        self._lexicon = lexicon
        self._record = record
        self._systems = sorted(
            {s.label: s for s in systems if not s.label.islower()}.items(), key=lambda named: -len(named[0])
        )

    def read(self, sentence: Sentence) -> Clause:
        """A sentence in signs."""
        mentions = self._mentions(sentence.view)
        timed = {m.span.end for m in mentions if m.kind in _TIMED}
        found = numbers(sentence.view, [m.span for m in mentions], timed)
        signs = [Sign(LETTERS[m.kind], m.span.start, m.span.end, m.entities) for m in mentions]
        signs += [Sign(n.letter, n.span.start, n.span.end, number=n.amount) for n in found]
        rest = lower(sentence.view)
        for start, end in [(s.start, s.end) for s in signs] + [(n.begin, n.span.end) for n in found]:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        signs += [Sign("", *word.span()) for word in _WORD.finditer(rest)]
        return Clause(sentence, sorted(signs, key=lambda s: s.start))

    def _mentions(self, view: str) -> list[Mention]:
        """The mentions of a view: the vocabulary's, systems of the facts, and words that name a filed system."""
        found = [m for m in self._lexicon.find(view) if m.kind in LETTERS and not _NETWORK.fullmatch(m.text)]
        if _STORAGE.search(view):
            found = [m for m in found if m.text not in ("SSD", "SSDs")]
        named: list[Mention] = []
        for name, entity in self._systems:
            said = self._record.system(name) or entity
            matches = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", view)
            named += [Mention(Span(*m.span()), m[0], "System", (said,)) for m in matches]
        who = [m.entity for m in found if m.kind == "Organization" and m.entity]
        owners = {o for e in (self.statement.organization, *who) for o in (self._record.members(e) or {e.iri})}
        products = (p for o in sorted(owners) for p in self._record.products(view, o, self.statement.round.iri))
        for start, end, product in products:
            if not any(Span(start, end).within(m.span) for m in (*found, *named)):
                named.append(Mention(Span(start, end), product.label, "System", (product,)))
        named = _apart(sorted(named, key=lambda m: (m.span.start, -m.span.end)))
        whole = [m for m in named if not any(m.span.within(o.span) for o in found if o.kind != "Organization")]
        kept = [m for m in found if not any(m.span.overlaps(n.span) for n in whole)]
        return sorted([*kept, *whole], key=lambda m: m.span.start)


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Mentions in order, without those that overlap one before."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or not mention.span.overlaps(kept[-1].span):
            kept.append(mention)
    return kept


def segment(code: str, place: int) -> tuple[int, int]:
    """The part of a sentence around a place, between semicolons and words that set two things side by side."""
    cuts = [m.end() for m in re.finditer(r" ;|, (?:while|whereas|but)", code)]
    low = max((c for c in cuts if c <= place), default=0)
    return low, min((c for c in cuts if c > place), default=len(code))
