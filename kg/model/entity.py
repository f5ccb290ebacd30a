"""What names stand for: the noun that all other nouns and the queries share."""

from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from kg.namespaces import MLP

Kind = Literal[
    "Organization", "System", "Accelerator", "Processor", "Framework", "Software", "Benchmark", "Round",
    "Division", "AvailabilityCategory", "Submission",
]  # fmt: skip
"""The classes of the ontology that an `Entity` can have, by local name."""

KINDS: dict[str, Kind] = {MLP + kind: kind for kind in get_args(Kind)}
"""The same by IRI."""


class Entity(NamedTuple):
    """A thing with an IRI. `known` tells whether a vocabulary has it or the text alone introduced it."""

    iri: str
    label: str
    kind: Kind
    known: bool = True


MOST = 10**15
"""No quantity that somebody states and no result goes beyond it."""

Value = Entity | Decimal | bool | str
"""What a qualifier or an object can be."""
