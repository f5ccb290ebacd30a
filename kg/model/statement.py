"""The nouns of the project, each a small frozen dataclass, in the order in which they come to be.

Offsets are 0-based code points into `Document.text`, the end exclusive.
"""

from __future__ import annotations

import copyreg
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from kg.model.entity import Entity as Entity
from kg.model.entity import Kind as Kind
from kg.model.entity import Value as Value
from kg.namespaces import iri


def _frozen(mapping: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))  # facts go between processes


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: `text[start:end]`.

    >>> Span(3, 7).within(Span(0, 7)), Span(3, 7).overlaps(Span(7, 9))
    (True, False)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def within(self, other: Span) -> bool:
        """Whether every character of this span lies in the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Origin:
    """The published document that a restatement restates."""

    title: str
    publisher: str
    date: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One organization's part of a document: the heading's name and span, and the span of what follows."""

    name: str
    heading: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A statements document as read.

    `key` names it in IRIs and is made from its round and content (or given by its front matter);
    `round` is the label of its MLPerf round, such as 'MLPerf Training v2.0'; `source` is the name it
    was read from, without folders; `origin` is set when the text is a restatement. `sha256` is that of the
    file (64 hexadecimal digits); `pages` has the offset at which each page of a PDF begins. `warnings` say
    what of it may have been read wrong or was left out; `unread` are the spans of a text file that
    are no part of what it says: heads and numbers of pages, comments, what is hidden or struck out.
    """

    key: str
    title: str
    round: str
    text: str = field(repr=False)
    source: str
    media_type: str
    sections: tuple[Section, ...] = field(repr=False)
    origin: Origin | None = None
    sha256: str = ""
    pages: tuple[int, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    unread: tuple[Span, ...] = field(default=(), repr=False)

    def page(self, offset: int) -> int | None:
        """The number, from 1, of the page on which the character at an offset stands; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one organization says in one document. `body` is the span of its text in `document.text`.

    A joint statement has the name of its heading as `organization`, and in `speakers` those that it joins.
    """

    document: Document
    organization: Entity
    round: Entity
    heading: Span
    body: Span
    speakers: tuple[Entity, ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the statement, which is also that of the named graph of its facts."""
        return iri("statement", self.document.key, self.organization.label)

    @property
    def text(self) -> str:
        """The statement's own text, without the heading."""
        return self.document.text[self.body.start : self.body.end]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity, or would if it were known.

    `entities` holds what it may stand for: one when it is linked, none when it is unknown, several
    when the text leaves it open. `task` marks a benchmark named by its task ('image classification').
    `accepted_by` tells what spoke for its being a name: 'vocabulary', 'owner', 'record', 'context', 'shape';
    `confidence`, in (0, 1], how sure that is. `filed` is whose the name is in the round's official record: 'own',
    'other' or 'none', '' when there is no record.
    """

    span: Span
    text: str
    kind: Kind
    entities: tuple[Entity, ...]
    task: bool = False
    accepted_by: str = "vocabulary"
    confidence: float = 1.0
    filed: str = ""

    @property
    def entity(self) -> Entity | None:
        """The entity it stands for, or None when it is unknown or ambiguous."""
        return self.entities[0] if len(self.entities) == 1 else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text with its unit ('minutes', 'percent', 'factor', 'GB', 'count' …).

    `comparator` is the field's sign for how it is bounded: '', '<', '>', '~', 'up to'. Of a range, `value` is
    the upper end and `low` the lower one.
    """

    span: Span
    value: Decimal
    unit: str
    comparator: str = ""
    low: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a fact rests on: `document.text[span.start:span.end] == quote`."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a statement says, with the words it says it in; one cannot be built without them.

    `asserted` is False for what the text only offers as a capability, planned or past, and for what is
    too unsure to be said: such a fact is kept and shown, but makes no direct triple. `confidence`, in
    (0, 1], tells how sure it is; `doubt` is the reason why a fact is only possible, or ''.
    `also` are the words elsewhere that hold a name which those of the evidence leave out.
    """

    statement: Statement
    predicate: str
    subject: Entity
    object: Value
    evidence: Evidence
    qualifiers: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    asserted: bool = True
    confidence: float = 1.0
    doubt: str = ""
    also: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        span, text = self.evidence.span, self.statement.document.text
        if text[span.start : span.end] != self.evidence.quote or not self.evidence.quote.strip():
            raise ValueError(f"the evidence of {self.predicate} is not in the text at {span.start}:{span.end}")
