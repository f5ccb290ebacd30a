"""The systems of a statement: which names are one system, which 'it' is, and those without a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.extract.attributes import FUNCTION
from kg.extract.passage import SUBMIT, Passage
from kg.extract.tagged import Tagged, pattern
from kg.extract.unsaid import unsaid
from kg.model.statement import Entity, Fact, Kind
from kg.names.finder import new_system, parts_of, same_system
from kg.names.fold import fold
from kg.namespaces import iri

_HOST = r"(?:system|server|machine|platform|node|cluster|instance|VM)"
BACK = (
    rf"^\W*(?:(?:In|For) (?:this|the|our) (?:\w+ )?(?:round|submission|tests?),?\s+(?:it|they|the {_HOST}s?) (?:was|were|is|are)"
    r"|It\s+(?:can|has|also|(?:contain|support|feature|come|accommodate|include|use|provide|hold|consist|combine|consume|need|take)s"
    r"|is\s+(?:an?|powered|based|equipped|built|configured)\b)|They (?:have|come|are|contain|feature)|Inside|Up to|Its|Two|Four|Eight"
    rf"|(?:The|Each|Every|This (?:[\w-]+\s+){{0,3}}?|These (?:\w+ )?) ?{_HOST}s?\b|Both(?: {_HOST}s)?"
    r"|(?:[\w-]+ ){0,2}(?:nodes|instances|VMs) (?:have|come|are|contain|feature))\b"
)
"""How a sentence begins that goes on about the system of the one before it."""


_OF_NODES = r"\b(?:system|cluster)\b(?:\s+of|[^.;]{0,50}?\b(?:consist(?:s|ed)? of|compris\w+|made up of|with|ha[sd]|spans|spanned))\s+(?P<n>{N})\s+nodes\b"
_BASED = r"(?P<a>{A})[\s-]based (?P<w>clusters?|systems?|servers?)\b"


class Systems:
    """The systems of a passage, by sentence: `topic` those that it speaks of, `unnamed` those that it gives no name."""

    def __init__(self, p: Passage) -> None:
        self._p = p
        self._known: dict[str, tuple[int, Entity]] = {}
        self._whole: dict[str, list[str]] = defaultdict(list)
        self._part: dict[str, list[str]] = defaultdict(list)
        self._fullest: dict[str, Entity] = {}
        self.topic: dict[Tagged, list[Entity]] = {}
        self.unnamed: dict[Tagged, list[Entity]] = {}
        longest = {e.iri: e for t in p.tagged for e in t.entities("S") if not e.known}
        for entity in sorted(longest.values(), key=lambda e: -len(e.label)):
            self._full(entity)
        last: list[Entity] = []
        for t in p.tagged:
            here = [self.entity(t, at) for at in t.all("S") if not p.other_actor(t, at)]
            self.unnamed[t] = [] if here else list(self._without_name(t))
            here = here or self.unnamed[t]
            goes_on = t.sentence.kind == "item" or pattern(BACK).search(t.text)
            self.topic[t] = here or (last if goes_on else [])
            last = list({e.iri: e for e in here}.values()) or last

    def entity(self, t: Tagged, place: int) -> Entity:
        """The system at a place, under the fullest name that the statement gives it."""
        found = t.entity(place)
        assert found is not None
        if found.iri not in self._fullest:
            self._fullest[found.iri] = found if found.known else self._full(found)
        return self._fullest[found.iri]

    def _full(self, found: Entity) -> Entity:
        """The first of the known systems that is the one found, which is known from now on."""
        name = fold(found.label)
        parts = parts_of(name)
        wholes = (iri for part in (name, *parts) for iri in self._whole.get(part, ()))
        near = {found.iri, *self._part[name], *wholes}
        for _, known in sorted(self._known[key] for key in near if key in self._known):
            if known.iri == found.iri or same_system(known.label, found.label):
                return known
        self._known[found.iri] = len(self._known), found
        self._whole[name].append(found.iri)
        for part in parts:
            self._part[part].append(found.iri)
        return found

    def _without_name(self, t: Tagged) -> Iterator[Entity]:
        """The submitted systems that a sentence tells only by their nodes or accelerators."""
        p = self._p
        for match in t.matches(_OF_NODES):
            if p.own(t, match.start()):
                yield new_system(p.owner, f"{p.owner.label} {t.quantity(match.start('n')).value}-node system")
        for match in t.matches(_BASED):
            if p.own(t, match.start()) and not p.compared(t, match.start()) and t.has(SUBMIT):
                words = re.sub(r"[^\w\s-]", "", p.quote(t.span(*match.span())))
                yield new_system(p.owner, re.sub(r"\s+", " ", words))


def unnamed_systems(p: Passage, found: Systems) -> Iterator[Fact]:
    """submittedSystem of systems without a name ('the system consists of 128 nodes', 'Gaudi based clusters')."""
    seen: set[str] = set()
    for t, systems in found.unnamed.items():
        for system in systems:
            if system.iri not in seen:
                seen.add(system.iri)
                yield p.fact(t, "submittedSystem", p.owner, system, nameStated=False)


_WORD = rf"(?:(?!{FUNCTION}|(?:of|other|different|new|more)\b)[a-z][a-z-]*[\s-])"
_CHIP = rf"(?:{{N}}-[a-z]+\s+{_WORD}?|{_WORD}{{1,2}}?)"
_CHIPS = rf"{{N}},?\s+(?P<what>{_CHIP})(?=(?:or\s+{{N}}\s+{_CHIP})?(?P<chip>gpu|cpu|accelerator)s?\b(?![\s-]*(?:server|system|machine|node)))"
"""Chips without a name: '4 double width GPUs', 'a single, 64-core CPU', '8 dual-width or 20 single-width accelerators'."""


def unnamed_chips(p: Passage, found: Systems) -> Iterator[Fact]:
    """hasAccelerator and hasProcessor of chips without a name that a system has a number of ('4 double width GPUs')."""
    for t in p.tagged:
        for match in t.matches(_CHIPS):
            at = match.start()
            before = t.all("S", 0, at)
            systems = [found.entity(t, before[-1])] if before else found.topic[t]
            if not systems or unsaid(t, at):
                continue
            noun = match["chip"].upper() if match["chip"].endswith("pu") else match["chip"]
            words = " ".join([*p.quote(t.span(*match.span("what"))).split(), noun])
            kind: Kind = "Processor" if noun == "CPU" else "Accelerator"
            chip = Entity(iri(kind.lower(), words), words, kind, known=False)
            q = t.quantity(at)
            able = q.comparator == "up to" or p.capable(t, at) or pattern(r"\bor\s+$").search(t.text, 0, at) is not None
            yield p.fact(
                t, f"has{kind}", systems[-1], chip, asserted=not able, comparator=q.comparator,
                count=None if able else q.value, maxCount=q.value if able else None, capability=able or None,
            )  # fmt: skip
