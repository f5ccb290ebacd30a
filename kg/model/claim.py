"""The nouns of checking claims: what is said, what the record holds, and the verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from kg.namespaces import ID, iri

SUPPORTED = "supported"
ROUNDED = "supported after rounding"
CONTRADICTED = "contradicted"
NOT_CHECKABLE = "not checkable"
VERDICTS = (SUPPORTED, ROUNDED, CONTRADICTED, NOT_CHECKABLE)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a statement says, with its words.

    It mostly is a fact of the graph, `fact` being its IRI; what only the text gives has none. `submitter`
    and `round` are those of the submission it speaks of. `value` is the stated number or text, `object` the
    entity; `qualifiers` have the IRI or the text of each, `terms` the numbers. IRIs are full.
    """

    statement: str
    speaker: str
    predicate: str
    quote: str
    start: int
    end: int
    subject: str
    submitter: str = ""
    round: str = ""
    object: str = ""
    value: Decimal | str | None = None
    fact: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A qualifier as text or IRI; '' when it has none."""
        return self.qualifiers.get(name, "")

    @property
    def number(self) -> Decimal:
        """The stated number. Raises TypeError when a text is stated."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.predicate} has no number")
        return self.value

    @property
    def iri(self) -> str:
        """The IRI of the claim, made from what is said and where."""
        content = f"{self.statement} {self.predicate} {self.fact} {self.object} {self.value} {self.start} {self.end}"
        place = self.statement.removeprefix(ID + "statement/").split("/")
        return iri("claim", *place, hashlib.sha256(content.encode()).hexdigest()[:12])


@dataclass(frozen=True, slots=True)
class Filed:
    """A result of the record, with full IRIs, '' or None for what it does not hold. `systems` are linked ones."""

    iri: str
    label: str
    submitter: str
    round: str
    benchmark: str
    division: str
    availability: str
    accelerator: str
    processor: str
    framework: str
    filed_frameworks: frozenset[str]
    filed_system: str
    systems: frozenset[str]
    accelerators: int | None
    per_node: int | None
    nodes: int | None
    minutes: Decimal
    software: str
    accelerator_filed: str
    processor_filed: str


@dataclass(frozen=True, slots=True)
class Review:
    """The verdict on one claim: what is claimed, what the record gives, the arithmetic, and the reading."""

    said: Said
    claimed: str
    verdict: str
    record: str = ""
    formula: str = ""
    note: str = ""
    results: tuple[str, ...] = ()


def agrees(stated: Decimal, found: Decimal) -> str | None:
    """Whether a number is the stated one (SUPPORTED), or rounds to it at its precision (ROUNDED); else None.

    >>> agrees(Decimal("23.8"), Decimal("23.7893")), agrees(Decimal("4.5"), Decimal("4.65")) is None
    ('supported after rounding', True)
    """
    if stated == found:
        return SUPPORTED
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(min(int(exponent), 0))
    rounded = {found.quantize(step, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    return ROUNDED if stated in rounded else None


def shown(value: Decimal | float | int) -> str:
    """A number for people: four significant digits, whole numbers whole.

    >>> shown(Decimal("23.78931666")), shown(4216), shown(Decimal("0.37200625"))
    ('23.79', '4,216', '0.372')
    """
    number = Decimal(value)
    if number == number.to_integral_value():
        return f"{int(number):,}"
    digits = max(0, 3 - number.adjusted())
    return f"{round(number, digits):f}".rstrip("0").rstrip(".")
