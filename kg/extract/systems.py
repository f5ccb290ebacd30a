"""The systems of a statement: which were submitted, which are only products, and which 'it' is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions import new_system, same_system
from kg.extract.passage import SUBMIT, TRAIN, Passage
from kg.extract.tagged import Tagged, pattern
from kg.model.statement import Entity, Fact

_ON = r"\b(?:submit\w*|submissions?|results?|based on|used|using|chose|on|with|tested|for|measured|ran|from|named|including|include)\b"
BACK = (
    r"^\W*(?:(?:In|For|During) (?:this|the|our) (?:\w+ )?(?:round|submission|tests?),?\s+(?:it|they|the (?:system|server)s?) (?:was|were|is|are)|It\s+(?:has|contains|supports?|can|features?|comes|accommodates|includes?|uses|provides|holds|carries|offers|consists|combines"
    r"|packs|runs|also|consumes|occupies|measures|fits|needs|takes|is\s+(?:an?|powered|based|equipped|built|configured)\b)|They (?:have|come|are|contain|feature)|Inside|Up to|The (?:system|server|machine|platform|node|cluster|unit|box|appliance|instance|host|VM)\b|This (?:[\w-]+\s+){0,3}?(?:system|server|machine|platform|node|cluster)|Its|Each (?:node|server|system|VM|instance|machine)|Every (?:node|server|system|instance|VM)|(?:[\w-]+ ){0,2}(?:nodes|instances|VMs) (?:have|come|are|contain|feature)|Dual|Two|Eight|Four|These (?:\w+ )?(?:systems|servers)|Both(?: systems| servers)?)\b"
)
"""How a sentence begins that goes on about the system of the one before it."""


class Systems:
    """The systems of a passage: which are submitted, which are only products, and which 'it' is."""

    def __init__(self, p: Passage) -> None:
        self._p = p
        self._known: list[Entity] = []
        self.submitted: dict[str, tuple[Entity, Tagged, int | None]] = {}
        self.offered: dict[str, tuple[Entity, Tagged, int]] = {}
        self.topic: dict[int, list[Entity]] = {}
        self.unnamed: dict[int, list[Entity]] = {}
        self._unnamed()
        last: list[Entity] = []
        for number, t in enumerate(p.tagged):
            last = self._of(t, number, last)
        for key in list(self.offered):
            if key in self.submitted:
                del self.offered[key]
        self._only_one()

    def entity(self, t: Tagged, place: int) -> Entity:
        """The system at a place, under the fullest name that the statement gives it."""
        found = t.mention(place).entity
        assert found is not None
        if found.known:
            return found
        for known in self._known:
            if known.iri == found.iri or same_system(known.label, found.label):
                return known
        self._known.append(found)
        return found

    def _only_one(self) -> None:
        """The only system a statement speaks of is the submitted one, where it is spoken of with MLPerf."""
        if not self.submitted and len(self.offered) == 1:
            ((key, (system, t, at)),) = self.offered.items()
            if t.has(r"\bMLPerf\b|{R}") and self._p.own(t, at):
                self.submitted[key] = (system, t, at)
                del self.offered[key]

    def _unnamed(self) -> None:
        longest: dict[str, Entity] = {}
        for t in self._p.tagged:
            for at in t.all("S"):
                entity = t.mention(at).entity
                if entity and not entity.known:
                    longest[entity.iri] = entity
        for entity in sorted(longest.values(), key=lambda e: -len(e.label)):
            if not any(same_system(k.label, entity.label) for k in self._known):
                self._known.append(entity)

    def _of(self, t: Tagged, number: int, last: list[Entity]) -> list[Entity]:
        p = self._p
        here: list[Entity] = []
        for at in t.all("S"):
            if p.other_actor(t, at):
                continue
            system = self.entity(t, at)
            here.append(system)
            if self._is_submitted(t, at):
                self.submitted.setdefault(system.iri, (system, t, at))
            elif not p.earlier(t, at):
                self.offered.setdefault(system.iri, (system, t, at))
        for match in t.matches(
            r"\b(?:system|cluster|setup|environment)\b(?:\s+of|[^.;]{0,50}?\b(?:consist(?:s|ed)? of|comprises|comprised|made up of|with|has|had|spans|spanned))\s+(?P<n>{N})\s+nodes\b"
        ):
            if not here and p.own(t, match.start()):
                nodes = t.quantity(match.start("n")).value
                system = new_system(p.owner, f"{p.owner.label} {nodes}-node system")
                self.submitted.setdefault(system.iri, (system, t, None))
                here.append(system)
                self.unnamed[number] = [system]
        for match in t.matches(r"(?P<a>{A})[\s-]based (?P<w>clusters?|systems?|servers?)\b"):
            if not here and p.own(t, match.start()) and t.has(SUBMIT):
                view = t.span(match.start(), match.end())
                name = re.sub(r"[^\w\s-]", "", p.statement.document.text[view.start : view.end])
                system = new_system(p.owner, re.sub(r"\s+", " ", name))
                self.submitted.setdefault(system.iri, (system, t, None))
        back = pattern(BACK).search(t.text)
        sure = back is not None or t.sentence.kind == "item"
        self.topic[number] = here or (last if sure else [])
        if here:
            return list({e.iri: e for e in here}.values())
        return last

    def _is_submitted(self, t: Tagged, at: int) -> bool:
        p = self._p
        if not p.own(t, at) or (p.capable(t, at) and not t.has(r"\bsubmi")):
            return False
        left, right = t.text[max(0, at - 110) : at], t.text[at + 1 : at + 80]
        offer = pattern(
            r".*\b(?:introduc\w+|we offer|offers?|provides?|portfolio|launch\w*|upcoming|aims?)\b(?P<rest>[^.;]{0,60})$"
        ).match(left)
        said = offer["rest"] if offer and "we offer" in left else left
        if offer and not pattern(r"\bsubmi|\bresults? for\b").search(said):
            return False
        passive = pattern(
            r"^(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?{S})*(?:\s*\([^)]*\))?(?:\s+(?:servers?|systems?|nodes?|machines?)\b(?:\s+(?:of|from|in)\s+[^.;,]{0,40})?)?(?:,[^.;]{0,90})?,?\s*(?:was|were|has been|have been)\s+(?:\w+\s+)?(?:submitted|used|entered|measured|benchmarked|tested|selected|chosen|picked|loaded|equipped|populated|fitted|configured)\b(?!\s+by\s+(?!us\b))"
        )
        if passive.match(t.text[at + 1 :]):
            return True
        if pattern(r"\b(?:than|unlike|versus)\b[^.;]{0,60}$").search(left):
            return False
        listing = pattern(
            r"\W*(?:among (?:them|these)|included|namely|(?:they|these|those|the (?:systems|servers|configurations|platforms))"
            r"\s+(?:are|were|include|included|comprise|comprised))\b"
        ).match(t.text)
        if (
            listing
            and pattern(SUBMIT).search(t.sentence.before.lower())
            and pattern(r"\b(?:configurations?|systems?|servers?|platforms?|machines?|models?)\b").search(
                t.sentence.before.lower()
            )
        ):
            return True  # of the systems that the sentence before counts
        if pattern(
            r"\b(?:our|the)\s+(?:\w+\s+)?(?:entry|entries|submission|hardware|platform|system under test|test system)\b[^.;]{0,20}\b(?:is|was|are|were)\s+(?:(?:the|an?|our)\s+)?(?:\w+\s+)?$"
        ).search(left):
            return True
        if pattern(
            r"\s+(?:was|were|served as)\s+(?:our|the)\s+(?:\w+\s+)?(?:platform|hardware|system|server|machine)s?\b"
        ).match(right) and t.has(SUBMIT):
            return True
        if t.sentence.kind in ("item", "row") and t.all("AP"):
            return True  # the tables and lists of hardware in a statement are of what was submitted
        if pattern(
            r"(?:\bwe|{M})\s+(?:\w+\s+)?(?:took|picked|selected|used|chose|employed|brought|entered|relied on|benchmarked|tested|measured|ran)\b[^.;]{0,60}$"
        ).search(t.text[:at]):
            return True
        if (
            pattern(
                r"(?:remaining|other|\W)\s+(?:\w+\s+){0,2}(?:models|systems|servers|machines)\s+(?:are|were)\s+(?:the\s+)?(?:[^.;]{0,60}\band\s+)?$"
            ).search(
                left,
            )
            and self.submitted
        ):
            return True
        if pattern(SUBMIT + r"|\b(?:used|hardware|configurations?)\b").search(
            t.sentence.lead.lower()
        ) and t.sentence.kind in ("item", "row"):
            return True
        if (t.all("R") or t.has(r"\bthis round\b")) and pattern(r"\b(?:we|our)\b|\bbring\b").search(
            left + t.text[:at]
        ):
            return True
        if pattern(
            r"(?:{N}|\bour|\bboth|\ba single)\s+(?:\w+\s+){0,3}(?:systems?|servers?|machines?|platforms?)\b(?!\s+(?:can|for|that can))"
        ).search(t.text[:at]) and pattern(r":|\bnamed\b|\bconcentrat\w+|\bchos\w+|\bprepared\b").search(
            t.text[:at]
        ):
            return True
        if pattern(
            r"\b(?:machine|server|system|platform)s?\s+(?:that\s+)?we\s+(?:\w+\s+){1,2}(?:is|was|are|were)\s+(?:(?:the|an?|our)\s+)?(?:\w+\s+|\W\s*)?$"
        ).search(
            left,
        ):
            return True
        if pattern(
            r"\bour\s+(?:\w+\s+)?(?:testbed|test bed|set-?up|configurations?|environment|lab)\b[^.;]{0,60}$"
        ).search(left):
            return True
        if pattern(r"\bour (?:\w+ ){0,3}(?:system|server|node|cluster|machine|platform)s?,?\s*$").search(
            left
        ):
            return True
        if pattern(rf"{_ON}[^.;]{{0,80}}$").search(left) and (
            p.submitting(t)
            or t.all("T")
            or t.has(r"\btrained\b|\bfor (?:this|our) submission|\bimprovement\b")
        ):
            return True
        return bool(
            pattern(
                r"(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?{S})*(?:,[^.;]{0,110},\s+|[^.;,]{0,30}\b)(?:powered our|ran our|set\b|went through|rank(?:s|ed)\b|came\b|won\b|topped|led\b|earned|obtain\w*|record(?:s|ed)\b|deliver\w*|achiev\w*|post\w*|complet\w*(?!\s+(?:our|the)\s+(?:\w+\s+)?(?:portfolio|line|line-?up|offering|family|range))|show\w*|train(?:s|ed)|was tested|were tested|took part|participated|joined|competed|reached|needed|needs|took|takes|finish\w*|carried)\b"
            ).match(
                right,
            )
        ) and (p.submitting(t) or t.has(SUBMIT + "|" + TRAIN + r"|{T}|{BK}|\btests?\b"))


def systems(p: Passage, found: Systems) -> Iterator[Fact]:
    """submittedSystem and offersSystem."""
    for system, t, _ in found.submitted.values():
        named = any(same_system(system.label, t.mention(a).text) for a in t.all("S")) or bool(t.all("S"))
        yield p.fact(t, "submittedSystem", p.owner, system, nameStated=None if named else False)
    for system, t, at in found.offered.values():
        status = "upcoming" if pattern(r"\bupcoming\s+$").search(t.text[:at]) else None
        yield p.fact(t, "offersSystem", p.owner, system, status=status)
