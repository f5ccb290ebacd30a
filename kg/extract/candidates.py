"""What a statement could say: pairs of things that a predicate may join, each at the place that suggests it.

Which predicates a mention is a candidate for follows from the ontology: its class is their range, and the
statement's organization (or another one that acts in the sentence) or a system their domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.passage import Passage
from kg.extract.qualifiers import accelerator_at
from kg.extract.systems import Systems
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity
from kg.names.finder import new_system

PREDICATES = {
    "S": ("submittedSystem", "offersSystem"),
    "B": ("submittedBenchmark", "didNotSubmitBenchmark"),
    "K": ("submittedBenchmark",),
    "F": ("usedFramework",),
    "W": ("usedSoftware",),
    "A": ("usedAccelerator",),
    "D": ("division",),
    "C": ("availability",),
    "O": ("partner", "mentionsSubmitter"),
}
"""The predicates whose object a sign may be, with the organization as the subject."""

PARTS = {"A": "hasAccelerator", "P": "hasProcessor"}
"""The predicates whose object a sign may be, with a system as the subject."""

ACTED = frozenset({"submittedBenchmark", "usedAccelerator", "usedFramework", "usedSoftware", "submittedSystem"})
"""What another organization may be said to have done."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Subject, predicate and object, at the place of the object's sign in a sentence (and of the system's, if one)."""

    predicate: str
    subject: Entity
    object: Entity
    tagged: Tagged
    place: int
    holder: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it says, wherever it stands."""
        return self.predicate, self.subject.iri, self.object.iri


def candidates(p: Passage, found: Systems) -> Iterator[Candidate]:
    """The candidates of a passage, in the order of the text."""
    last: tuple[int, Entity] | None = None
    for number, t in enumerate(p.tagged):
        recent = [last[1]] if last and number - last[0] <= _NEAR else []
        for at in sorted(t.things):
            sign = t.name_of(at)
            thing = accelerator_at(p, t, at) if sign == "A" else t.entity(at)
            if thing is None:
                continue
            if sign == "S":
                thing = found.entity(t, at)
            if sign == "O" and not t.sentence.lead and len(re.findall(r"\w+", t.text)) < 2:
                continue  # a name alone says nothing of its bearer
            for predicate in PREDICATES.get(sign, ()):
                subject = p.actor(t, at) if predicate in ACTED else p.owner
                yield Candidate(predicate, subject, thing, t, at)
            if sign == "P" and not t.all("SA"):  # results of processors alone: the processor is what was submitted
                system = new_system(p.owner, t.mention(at).text)
                yield Candidate("submittedSystem", p.actor(t, at), system, t, at)
            for holder, system in _systems(t, found, at, recent) if sign in PARTS else ():
                yield Candidate(PARTS[sign], system, thing, t, at, holder)
        if here := t.all("S"):
            last = (number, found.entity(t, here[-1]))


_NEAR = 2
"""How many sentences a system is still spoken of after the one that names it."""
_MOST = 4
"""Of how many systems of its sentence, the nearest ones, a chip may be."""
_ONE_OF_TWO = r".*\bthe\s+(former|first|latter|second|other)\b[^,;]*$"


def _systems(
    t: Tagged, found: Systems, at: int, recent: list[Entity]
) -> Iterable[tuple[int | None, Entity]]:  # fmt: skip
    """The systems of a sentence, each at the place nearest to another; else those that it goes on about."""
    nearest: dict[str, tuple[int | None, Entity]] = {}
    for place in sorted(t.all("S"), key=lambda s: abs(s - at))[:_MOST]:
        system = found.entity(t, place)
        nearest.setdefault(system.iri, (place, system))
    if not nearest:
        topic = found.topic[t] or recent
        one = pattern(_ONE_OF_TWO).match(t.text, 0, at) if len(topic) == 2 else None
        if one:
            topic = topic[:1] if one[1] in ("former", "first") else topic[1:]
        nearest = {system.iri: (None, system) for system in topic}
    return nearest.values()
