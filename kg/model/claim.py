"""The nouns of checking claims: what a sentence claims, of which results, and the verdict on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model.statement import Entity
from kg.namespaces import ID, iri

SUPPORTED = "supported"
ROUNDED = "supported after rounding"
UNDERSTATED = "understated"
CONTRADICTED = "contradicted"
NOT_CHECKABLE = "not checkable"
VERDICTS = (CONTRADICTED, UNDERSTATED, SUPPORTED, ROUNDED, NOT_CHECKABLE)
"""The verdicts in the order in which they are shown."""

PRESENCE = "presence"
"""The kind of a claim that only says that something was submitted or used."""


PARTS = {
    "Benchmark": "benchmarks", "System": "systems", "Framework": "frameworks", "Processor": "processors",
    "Division": "divisions", "AvailabilityCategory": "availability", "Accelerator": "accelerators",
}  # fmt: skip
"""The parts of a `Scope` that are things, by the kind of these."""
SIZES = ("count", "per_node", "nodes", "memory")
"""The parts of a `Scope` that are numbers."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as stated: its unit, and the bound that the words set.

    `bound` is '' for the number itself, '<', '>', '>=', '<=', '~', 'up to' or 'within'.
    """

    value: Decimal
    unit: str
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The results that a part of a claim speaks of: each part that is set is a condition on a result.

    `who` are submitters, nobody in particular when it is empty. `count` are the accelerators in all, with the bound
    of an `Amount`,
    `per_node` those of one node, `either` a number that may be the one or the other, `memory` the GB of an
    accelerator. `rounds` are IRIs.
    `best` keeps the fastest of those that fit, `words` what the text says of it.
    """

    who: tuple[Entity, ...] = ()
    rounds: tuple[str, ...] = ()
    benchmarks: tuple[Entity, ...] = ()
    systems: tuple[Entity, ...] = ()
    accelerators: tuple[Entity, ...] = ()
    processors: tuple[Entity, ...] = ()
    frameworks: tuple[Entity, ...] = ()
    divisions: tuple[Entity, ...] = ()
    availability: tuple[Entity, ...] = ()
    count: int | None = None
    count_bound: str = ""
    per_node: int | None = None
    either: int | None = None
    nodes: int | None = None
    memory: Decimal | None = None
    best: bool = False
    words: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it sets a condition on what was measured, beside whose results of which round it means."""
        return any(getattr(self, part) for part in (*PARTS.values(), *SIZES))


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a sentence, resolved: whose result, of what, which number, compared with what.

    `metric` is what the number measures ('speed', 'less time', 'results' …), `quantifier` how it ranges
    ('', 'all', 'only', 'most', 'up to' …). `missing` names each part that the words leave open, `unread`
    the words that were not understood: such a claim is never denied; `narrowing` those of them that can at most
    say which of the results are meant; `unsure` the parts of `about` of which the sentence names several. `times` are two
    each that may tell what a comparison compares, with which of them is the subject's (`claims/anchors.py`). Offsets
    count in the document's text. `fact` is the IRI of the fact that says the same, '' when none does.
    """

    statement: str
    speaker: Entity
    kind: str
    quote: str
    start: int
    end: int
    about: Scope
    metric: str = ""
    amount: Amount | None = None
    quantifier: str = ""
    baseline: Scope | None = None
    thing: Entity | None = None
    missing: tuple[str, ...] = ()
    fact: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    times: tuple[tuple[str, Amount, Amount], ...] = ()

    @property
    def stated(self) -> Amount:
        """The number that it states. Raises ValueError where it states none."""
        if self.amount is None:
            raise ValueError(f"no number is claimed by {self.quote!r}")
        return self.amount

    @property
    def iri(self) -> str:
        """The IRI of the claim, made from what is said and where."""
        scopes = [replace(s, words="") for s in (self.about, self.baseline) if s]
        content = (
            f"{self.kind} {self.metric} {self.amount} {self.quantifier} {self.thing} {self.start} {self.end} {scopes}"
        )
        place = self.statement.removeprefix(ID + "statement/").split("/")
        return iri("claim", *place, hashlib.sha256(content.encode()).hexdigest()[:12])


@dataclass(frozen=True, slots=True)
class Review:
    """The verdict on one claim: what is claimed, what the record gives, the arithmetic, and the reading.

    `results` are the IRIs of the results that were used; `tried` and `fitting` count the readings.
    """

    claim: Claim
    claimed: str
    verdict: str
    record: str = ""
    formula: str = ""
    note: str = ""
    results: tuple[str, ...] = ()
    tried: int = 1
    fitting: int = 0


def shown(value: Decimal | float) -> str:
    """A number for people: four significant digits, whole numbers whole.

    >>> shown(Decimal("23.78931666")), shown(4216), shown(Decimal("0.37200625"))
    ('23.79', '4,216', '0.372')
    """
    number = Decimal(value)
    if number == number.to_integral_value():
        return f"{int(number):,}"
    digits = max(0, 3 - number.adjusted())
    return f"{round(number, digits):f}".rstrip("0").rstrip(".")
