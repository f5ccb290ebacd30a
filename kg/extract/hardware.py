"""Systems, their accelerators and processors, and what is said of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.mentions import new_system, same_system
from kg.extract.passage import SUBMIT, TRAIN, Passage, count_before
from kg.extract.tagged import Tagged, pattern
from kg.model import Entity, Fact, Quantity
from kg.namespaces import iri

_ON = r"\b(?:submit\w*|submissions?|results?|based on|used|using|chose|on|with|tested|for|measured|ran|from|named|including|include)\b"
_HAS = r"\b(?:has|have|having|with(?! which)|powered by|contains?|containing|equipped with|includes?|including|features?|featuring|based on|consists? of|comprises?|comprising|combin\w+|packs?|carr(?:y|ies)|using|uses|hosts?|houses?|runs?|accelerated by|and|support(?:s|ing)?|of|whose|holds?|brings? together|unit(?:es|ed)|pairs?|accommodat\w+|accepts?|takes?|hosted|fits?|fitted|connected|carried|built around|made of|expos(?:es|ed))\b|\bsystem\b|:"
_BACK = (
    r"^\W*(?:It\s+(?:has|contains|supports?|can|features?|comes|accommodates|includes?|uses|provides|holds|carries|offers|consists|combines"
    r"|packs|runs|also|is\s+(?:an?|powered|based|equipped|built|configured)\b)|They (?:have|come|are|contain|feature)|Inside|Up to|The (?:system|server|machine|platform|node|cluster)|This (?:[\w-]+\s+){0,3}?(?:system|server|machine|platform|node|cluster)|Its|Each (?:node|server|system|VM)|Every (?:node|server)|Dual|Two|Eight|Four|These (?:\w+ )?(?:systems|servers)|Both(?: systems| servers)?)\b"
)


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
        for match in t.matches(r"\b(?:system|cluster|setup|environment)\b(?:\s+of|[^.;]{0,50}?\b(?:consist(?:s|ed)? of|comprises|comprised|made up of|with|has|had|spans|spanned))\s+(?P<n>{N})\s+nodes\b"):
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
        back = re.search(_BACK, t.text)
        sure = back is not None or t.sentence.kind == "item"
        self.topic[number] = here or (last if sure else [])
        if here:
            return list({e.iri: e for e in here}.values())
        return last if sure or t.sentence.kind in ("item", "heading") else last

    def _is_submitted(self, t: Tagged, at: int) -> bool:
        p = self._p
        if not p.own(t, at) or p.capable(t, at) and not t.has(r"\bsubmi"):
            return False
        left, right = t.text[max(0, at - 110) : at], t.text[at + 1 : at + 80]
        if re.search(r"(?i)\b(?:introduc\w+|offers?|provides?|portfolio|launch\w*|upcoming|aims?)\b[^.;]{0,60}$", left) and not re.search(r"(?i)\bsubmi|\bresults? for\b", left):
            return False
        passive = pattern(r"^(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?{S})*,?\s*(?:was|were|has been|have been)\s+(?:\w+\s+)?(?:submitted|used|entered|measured|benchmarked|tested)\b")
        if passive.match(t.text[at + 1 :]):
            return True
        if t.sentence.kind == "row" and t.all("AP"):
            return True  # tables of a statement list what was submitted
        if re.search(SUBMIT, t.sentence.lead, re.IGNORECASE) and t.sentence.kind in ("item", "row"):
            return True
        if t.all("R") and re.search(r"(?i)\b(?:we|our)\b|\bbring\b", left + t.text[:at]):
            return True
        if pattern(r"(?:{N}|\bour|\bboth|\ba single)\s+(?:\w+\s+){0,3}(?:systems?|servers?|machines?|platforms?)\b(?!\s+(?:can|for|that can))").search(t.text[:at]) and re.search(r"(?i):|\bnamed\b|\bconcentrat\w+|\bchos\w+|\bprepared\b", t.text[:at]):
            return True
        if re.search(r"(?i)\b(?:machine|server|system|platform)s?\s+(?:that\s+)?we\s+(?:\w+\s+){1,2}(?:is|was|are|were)\s+(?:the\s+)?$", left):
            return True
        if re.search(r"(?i)\bour (?:\w+ ){0,3}(?:system|server|node|cluster|machine|platform)s?,?\s*$", left):
            return True
        if re.search(rf"(?i){_ON}[^.;]{{0,80}}$", left) and (p.submitting(t) or t.has(r"\btrained\b|\bfor (?:this|our) submission|\bimprovement\b")):
            return True
        return bool(re.match(r"(?i)[^.;,]{0,30}\b(?:deliver\w*|achiev\w*|post\w*|complet\w*|show\w*|train(?:s|ed)|was tested|were tested|needed|needs|took|takes|finish\w*|carried)\b", right)) and t.has(SUBMIT + "|" + TRAIN + r"|{T}|\btests?\b")


def systems(p: Passage, found: Systems) -> Iterator[Fact]:
    """submittedSystem and offersSystem."""
    for system, t, _ in found.submitted.values():
        named = any(same_system(system.label, t.mention(a).text) for a in t.all("S")) or bool(t.all("S"))
        yield p.fact(t, "submittedSystem", p.owner, system, nameStated=None if named else False)
    for system, t, at in found.offered.values():
        status = "upcoming" if re.search(r"(?i)\bupcoming\s+$", t.text[:at]) else None
        yield p.fact(t, "offersSystem", p.owner, system, status=status)


def accelerators(p: Passage, found: Systems) -> Iterator[Fact]:
    """hasAccelerator and usedAccelerator."""
    seen: set[tuple[str, ...]] = set()
    for number, t in enumerate(p.tagged):
        for at in t.all("A"):
            entity = t.mention(at).entity
            if entity is None or re.match(r"\s*\S{0,4}\s*(?:submissions?|compiler|ecosystem)\b", t.text[at + 1 :]):
                continue
            other = p.other_actor(t, at)
            if other:
                if other.entity and p.submitting(t) and re.search(rf"(?i)\b(?:on|with|using|powered by|of)\b[^.;]{{0,60}}$", t.text[:at]) and not p.earlier(t, at):
                    key = ("other", other.entity.iri, entity.iri)
                    if key not in seen:
                        seen.add(key)
                        yield p.fact(t, "usedAccelerator", other.entity, entity, whose=other.entity)
                continue
            if p.earlier(t, at) or p.planned(t, at) or _aside(t, at):
                continue
            counted = count_before(t, at)
            capable = p.capable(t, at) or (counted is not None and counted[2] == "up to" and not t.has(r"\bsubmi\w+|\bresults?\b"))
            count = counted[1] if counted else _later_count(t, at)
            exact = _with_memory(p, t, at, entity)
            held = False
            for system in _holders(p, t, at, number, found):
                held = True
                limit = capable or system.iri in found.offered and counted is not None and counted[2] == "up to"
                key = ("has", system.iri, entity.iri, str(count), str(limit))
                if key in seen:
                    continue
                seen.add(key)
                yield p.fact(
                    t, "hasAccelerator", system, entity, asserted=not limit,
                    count=None if limit else count, maxCount=count if limit else None,
                    capability=True if limit else None, comparator=counted[2] if counted else "", accelerator=exact,
                    per="node" if t.has(r"\bnodes?\b[^.;]*\b(?:which|each)\b|\bper node\b|\beach node\b") else None,
                )  # fmt: skip
                if system.iri in found.submitted and not limit:
                    yield from _used(p, t, entity, count, system, seen, exact)
            if not held and not capable and _used_here(p, t, at):
                yield from _used(p, t, entity, count, None, seen, exact)


def _with_memory(p: Passage, t: Tagged, at: int, entity: Entity) -> Entity | None:
    """The accelerator that a sentence makes exact by its memory ('A100s …, which have their own 80GB memory')."""
    match = pattern(r"^[^.;{A}]*?\b(?:with|have|has|having|each|carry|carries|carrying|own)\s+(?:\w+\s+){0,2}?({G})\s+(?:of\s+)?(?:HBM\w*\s+)?memory".replace("{A}", pattern("{A}").pattern)).match(t.text[at + 1 :])
    if not match:
        return None
    amount = t.quantity(at + 1 + match.start(1))
    narrower = [
        c.entity for c in p.vocabulary.of_kind("Accelerator")
        if entity.iri in c.broader and amount.unit == "GB" and c.memory == str(amount.value) and not c.power
    ]  # fmt: skip
    return narrower[0] if len(narrower) == 1 else None


def _used(
    p: Passage, t: Tagged, entity: Entity, count: Decimal | None, system: Entity | None,
    seen: set[tuple[str, ...]], exact: Entity | None = None,
) -> Iterator[Fact]:  # fmt: skip
    key = ("used", entity.iri, str(count) if count else "")
    if key in seen or (count is None and any(k[0] == "used" and k[1] == entity.iri for k in seen)):
        return
    seen.add(key)
    marks = {e.iri: e for b in t.all("B") if (e := t.mention(b).entity)}
    yield p.fact(
        t, "usedAccelerator", p.owner, entity, count=count, system=system, accelerator=exact,
        benchmark=next(iter(marks.values())) if len(marks) == 1 else None,
    )  # fmt: skip


def _used_here(p: Passage, t: Tagged, at: int) -> bool:
    """Whether a sentence says that the organization's results were made on the accelerator at a place."""
    if not p.own(t, at):
        return False
    left = t.text[max(0, at - 120) : at]
    if re.search(r"(?i)\b(?:than|versus|vs\.?|compared (?:with|to)|unlike|for (?:customers|developers)|fastest\s+\w+\s+tested on)\b[^,;]{0,40}$", left):
        return False
    own = t.has(r"\b(?:we|our)\b|{M}|\bthis round\b|\bresults?\b") or t.sentence.kind in ("item", "row")
    return bool(
        (p.submitting(t) or t.has(r"\btrained\b|{T}")) and (own or t.has(r"\bdelivered\b"))
        and not re.search(r"(?i)\b(?:launched|announced|introduc\w+)\b[^.;]{0,40}$", left)
        or (own and re.search(r"(?i)\bour\s+(?:\w+\s+){0,3}$", left) and t.has(SUBMIT + "|" + TRAIN))
    )


def _aside(t: Tagged, at: int) -> bool:
    """Whether an accelerator is only compared with, praised or priced."""
    left, right = t.text[max(0, at - 40) : at], t.text[at + 1 : at + 60]
    return bool(
        re.search(r"(?i)\b(?:than|unlike|while the|however, the|a pair of|versus)\s+(?:the\s+|a\s+|single\s+|{N}\s+)*$".replace("{N}", pattern("{N}").pattern), left)
        or re.match(r"(?i)\s+(?:\w+\s+)?is\s+{X}".replace("{X}", pattern("{X}").pattern), right)
        or re.match(r"(?i)\s+technology\b|\s*(?:,\s*)?(?:and\s+)?other\b", right)
    )


def _later_count(t: Tagged, at: int) -> Decimal | None:
    """The count that follows an accelerator: 'A100 80GB 8-GPU', 'an A100 board that includes eight GPUs'."""
    match = pattern(r"^\s*(?:board\s+|baseboard\s+|platform\s+)?(?:that\s+includes?|with|of|\()?\s*({N})[\s-]?(?:GPUs?|accelerators?|chips?)\b").search(t.text[at + 1 :])
    return t.quantity(at + 1 + match.start(1)).value if match else None


def _holders(p: Passage, t: Tagged, at: int, number: int, found: Systems) -> list[Entity]:
    """The systems that have the accelerator or processor at a place."""
    before = [s for s in t.all("S", 0, at)]
    if before:
        last = before[-1]
        between = t.text[last + 1 : at]
        if re.search(r"[.;](?!\s+(?:it|this|which)\b)", between) or pattern(r"\b(?:we|our)\b").search(between):
            return []
        if re.search(_HAS, between, re.IGNORECASE) or len(between) < 4 or re.fullmatch(r"[\s\d\W]*", between) or t.sentence.kind == "row":
            group = [last]
            while len(before) > 1 and pattern(r"^(?:,\s*|\s+and\s+|,\s*and\s+)(?:upcoming\s+|the\s+|new\s+)*$|^\s*,?\s*and\s+upcoming\s+$").match(t.text[before[-2] + 1 : group[0]]):
                before.pop()
                group.insert(0, before[-1])
            if len(group) > 1 and not re.search(r"(?i)\b(?:servers?|systems?|with|both|all|each|pod)\b", between):
                return []
            if len(group) > 1 and len({t.mention(a).entity for a in t.all("A")}) > 1:
                return []  # a list of systems with a list of accelerators: the text does not say which has which
            return list({e.iri: e for e in (found.entity(t, s) for s in group)}.values())
        return []
    if found.unnamed.get(number):
        return found.unnamed[number]
    after = [s for s in t.all("S", at)]
    if after and re.match(r"^\W*(?:Built|Designed|Equipped|Powered|Engineered|Fitted|Based|Featuring|With|Using|Combining|Running)\b", t.text) and re.search(r",\s*(?:the\s+|our\s+|this\s+)?$", t.text[at + 1 : after[0]]):
        return [found.entity(t, after[0])]
    if after and pattern(r"^[^.;,]{0,20}?\b(?:were|are|was|is)?\s*(?:used|installed|fitted|housed)?\s*(?:in|inside|within|per)\s+(?:up to\s+|each\s+|the\s+|our\s+|every\s+)?(?:{NX}\s*)?$").match(t.text[at + 1 : after[0]]):
        return [found.entity(t, after[0])]
    if after and re.fullmatch(r"(?i)\s*(?:GPUs?\s+)?(?:server|system|processors?|machine)?s?\s*(?:\d{4}\w?\s+)?(?:named|called|for|in|inside)?\s*(?:a|an|the|our|its)?\s*", t.text[at + 1 : after[0]]):
        return [found.entity(t, after[0])]
    topic = found.topic.get(number, [])
    plain_item = t.sentence.kind == "item" and not t.has(r"\b(?:than|as fast as|tests)\b")
    if re.search(_BACK, t.text) or plain_item:
        if len(topic) == 1 or re.search(r"^\W*(?:These|Both)", t.text):
            return topic
        return topic[-1:] if re.search(r"^\W*(?:It|The|This|Its|Dual|Inside|Up to)", t.text) else []
    if re.match(r"^\W*For (?:these|this|our|the)", t.text) and len(found.submitted) == 1:
        return [next(iter(found.submitted.values()))[0]]
    return []


def processors(p: Passage, found: Systems) -> Iterator[Fact]:
    """hasProcessor, with how many and how many cores."""
    seen: set[tuple[str, str]] = set()
    for number, t in enumerate(p.tagged):
        for at in t.all("P"):
            entity = _with_model(p, t, at)
            if entity is None or p.other_actor(t, at) or p.earlier(t, at):
                continue
            counted = count_before(t, at, 2)
            cores = next((t.quantity(m.start("n")).value for m in t.matches(r"(?P<n>{N})(?:[\s-]?cores?\s+|\s+)(?:\w+\s+)?(?P<p>{P})(?P<c>\s+cores)?") if m.start("p") == at and ("core" in m[0].lower())), None)  # fmt: skip
            if cores is not None and counted and counted[1] == cores:
                counted = None
                first = pattern(r"({N})\s+{N}[\s-]?cores?\s+(?:\w+\s+)?$").search(t.text[:at])
                if first:
                    q = t.quantity(first.start(1))
                    counted = (first.start(1), q.value, q.comparator)
            for system in _holders(p, t, at, number, found):
                if (system.iri, entity.iri) in seen:
                    continue
                seen.add((system.iri, entity.iri))
                yield p.fact(
                    t, "hasProcessor", system, entity, count=counted[1] if counted else None, cores=cores,
                    per="node" if t.has(r"\bnodes?\b[^.;]*\b(?:which|each)\b|\bper node\b") else None,
                )  # fmt: skip


def _with_model(p: Passage, t: Tagged, at: int) -> Entity | None:
    """The processor at a place, with a model number that follows it and that no vocabulary knows."""
    entity = t.mention(at).entity
    start = t.span(at, at + 1).end - t.sentence.span.start
    model = re.match(r"(?:\s+processors?)?\s*(?:[-–]\s*)?((?:Platinum|Gold|Silver|Max)?\s*\d{4}[A-Z+]{0,2})\b", t.sentence.view[start:])
    if entity and not model and (nxt := pattern(r"^\s*(?:processors?)?\s*[-–(]\s*({P})").match(t.text[at + 1 :])):
        second = t.mention(at + 1 + nxt.start(1)).entity
        return second
    if entity and (prior := pattern(r"({P})\s*(?:processors?)?\s*[-–(]\s*$").search(t.text[:at])):
        return None if prior else entity
    if entity is None or not model:
        return entity
    number = model[1].split()[-1]
    for concept in p.vocabulary.of_kind("Processor"):
        if concept.entity.label.split()[-1] == number and p.vocabulary.ancestors(entity.iri) & p.vocabulary.ancestors(concept.entity.iri):
            return concept.entity
    label = entity.label + " " + " ".join(model[1].split())
    return Entity(iri("processor", label), label, "Processor", known=False)


def attributes(p: Passage, found: Systems) -> Iterator[Fact]:
    """systemAttribute and acceleratorAttribute: memory, storage, network, power, cooling, form factor."""
    seen: set[tuple[str, str, str]] = set()

    def new(predicate: str, subject: Entity, value: str) -> bool:
        key = (predicate, subject.iri, value.lower())
        if key in seen:
            return False
        seen.add(key)
        return True

    for number, t in enumerate(p.tagged):
        for at in t.all("A"):
            mention = t.mention(at)
            entity = mention.entity
            if entity is None or p.other_actor(t, at) or p.planned(t, at):
                continue
            concept = p.vocabulary.get(entity.iri)
            if concept is None:
                continue
            for key, amount, unit in (("memory", concept.memory, "GB"), ("power", concept.power, "W")):
                if amount and re.search(rf"{amount}\s?{unit[0]}", mention.text) and new("acceleratorAttribute", entity, amount + unit):
                    yield p.fact(
                        t, "acceleratorAttribute", entity, f"{amount}{unit}", attribute=key,
                        attributeValue=Decimal(amount), unit=unit,
                    )  # fmt: skip
        if re.search(r"(?i)\bwatts?\b", t.sentence.header) and t.all("A") and (watts := t.all("N")):
            chip, amount = t.mention(t.all("A")[-1]).entity, t.quantity(watts[-1])
            if chip and watts[-1] > t.all("A")[-1] and new("acceleratorAttribute", chip, f"{amount.value} Watts"):
                yield p.fact(t, "acceleratorAttribute", chip, f"{amount.value} Watts", attribute="power", attributeValue=amount.value, unit="W")
        for match in t.matches(r"(?P<g>{G})\s+(?:of\s+)?(?:\w+\s+)?(?:memory\s+in\s+|memory\s+of\s+)?(?P<kind>HBM\w*)"):
            chip = next((t.mention(a).entity for a in reversed(t.all("A", 0, match.start()))), None)
            amount = t.quantity(match.start("g"))
            said = f"{_plain(amount)} {match['kind']}"
            between = t.text[max((a for a in t.all("A", 0, match.start())), default=0) : match.start()]
            if chip and not re.search(r"\bwhile\b|;", between) and not p.capable(t, match.start()) and new("acceleratorAttribute", chip, said):
                yield p.fact(t, "acceleratorAttribute", chip, said, attribute="memory", attributeValue=amount.value, unit=amount.unit, kind=match["kind"])
        topic = found.topic.get(number, [])
        for at in t.all("S"):
            topic = topic or [found.entity(t, at)]
        system = topic[0] if topic else None
        for attribute, said, amount in _said_of_systems(t):
            subject = _nearest(t, found, said[1]) or system
            if subject is None or p.other_actor(t, said[1]) or not new("systemAttribute", subject, said[0]):
                continue
            yield p.fact(
                t, "systemAttribute", subject, said[0], attribute=attribute,
                attributeValue=amount.value if amount else said[0],
                unit=_unit(t, amount) if amount and amount.unit != "count" else None,
                comparator=amount.comparator if amount else "",
                asserted=attribute not in _CAPABILITIES, capability=True if attribute in _CAPABILITIES else None,
            )  # fmt: skip


_CAPABILITIES = {"scale", "expansion"}


def _nearest(t: Tagged, found: Systems, place: int) -> Entity | None:
    """The system that an attribute at a place is said of: the one it stands before ('2U R4900'), else the last."""
    following = pattern(r"^\S?\s*({S})").match(t.text[place:])
    if following:
        return found.entity(t, place + following.start(1))
    before = t.all("S", 0, place)
    return found.entity(t, before[-1]) if before else None


def _unit(t: Tagged, amount: Quantity) -> str:
    """The unit as it is written, for a sign that is written in several ways."""
    return t.sentence.view[amount.span.end - 1] if t.sentence.view[amount.span.end - 1] == "℃" else amount.unit


def _plain(q: Quantity) -> str:
    return f"{q.value}{q.unit}"


def _said_of_systems(t: Tagged) -> Iterator[tuple[str, tuple[str, int], Quantity | None]]:
    """Attribute, what is said with its place, and the amount in it."""
    view = t.sentence.view
    base = t.sentence.span.start

    def words(match: re.Match[str]) -> str:
        span = t.span(match.start(), match.end())
        return re.sub(r"\s+", " ", view[span.start - base : span.end - base]).strip()

    for match in t.matches(r"{L}\s*(?:rack[- ]?mount(?:ed)?|chassis|design|form factor)?"):
        amount = t.quantity(match.start())
        if amount.unit == "U":
            yield "form factor", (words(match).replace(" design", ""), match.start()), amount
        elif amount.unit == "°C" and re.search(r"(?i)\boperating temperature\s+(?:of\s+)?(?:up to\s+)?$", t.text[: match.start()]):
            yield "operating temperature", (f"operating temperature {amount.comparator} {amount.value}{_unit(t, amount)}".replace("  ", " "), match.start()), amount
    for match in t.matches(r"\b(?:liquid|air|hybrid|immersion|liquid and hybrid|DLC liquid)[\s-]?cool(?:ing|ed)\b(?:\s+solution)?"):
        yield "cooling", (re.sub(r"\s+solution$", "", words(match)), match.start()), None
    for match in t.matches(r"(?P<g>{G})\s+(?:of\s+)?(?:system\s+)?(?:RAM|DDR\d?(?:\s+(?:system\s+)?memory)?|system memory|host memory)\b"):
        yield "memory", (words(match), match.start()), t.quantity(match.start("g"))
    for match in t.matches(r"(?:(?P<n>{N})\s*[*x×]\s*)?(?P<g>{G})\s+(?:\w+\s+)?(?:NVMe(?:\s+(?:SSDs?|disks?|drives?))?|SSDs?|disks)\b"):
        amount = t.quantity(match.start("n")) if match["n"] else t.quantity(match.start("g"))
        yield "storage", (words(match), match.start()), amount
    for match in t.matches(r"(?P<n>{N})\s+(?:[\w]+\s+)?{L}\s+(?:\w+\s+)?InfiniBand(?:\s+\w+)?"):
        yield "network", (words(match), match.start()), t.quantity(match.start("n"))
    for match in t.matches(r"(?:consists? of|across|of)\s+(?P<n>{N})\s+nodes\b"):
        if not t.has(r"\bacross {N} nodes"):
            amount = t.quantity(match.start("n"))
            yield "nodes", (f"{amount.value} nodes", match.start("n")), amount
    for match in t.matches(r"(?P<how>connected|linked|interconnected)\s+(?:together\s+)?(?P<by>with|by|via|over|through)\s+(?:the\s+|[\w]+['’]s\s+|{MO}['’]s\s+)?(?P<what>PCI[- ]?[Ee]xpress|PCIe|NVLinks?|NVSwitch|InfiniBand|[A-Z][\w]*-[A-Z]\w+|[A-Z]\w*Link\b|RoCE)"):
        left = t.text[max(0, match.start() - 60) : match.start()]
        who = "storage" if re.search(r"(?i)\b(?:SSDs?|storage|disks?|drives?)\s+$", left) else "GPUs" if t.all("A", 0, match.start()) else ""
        if who or re.search(r"(?i)\b(?:chips|GPUs|accelerators|systems)\b", left):
            yield "interconnect" if who != "storage" else "storage interface", (f"{who} {match['how']} {match['by']} {match['what']}".strip(), match.start()), None
    for match in t.matches(r"\bdesigned\s+(?:both\s+|especially\s+|specifically\s+)?for\s+(?P<what>(?!all\b|the\b|up\b|{N})[\w\s()-]{6,80}?)(?=\s+applications\b|\s+fields\b|\s+and both\b|[.,;]|$)"):
        yield "target workload", (" ".join(match["what"].split()), match.start()), None
    for match in t.matches(r"{S}\s+(?:series\s+)?virtual machines?\b"):
        yield "form factor", ("virtual machine", match.start() + 1), None
    for match in t.matches(r"(?P<a>{N})\s*[–-]\s*(?P<b>{N})\s+(?P<what>VMs|GPUs|nodes|accelerators|servers)\b"):
        low, high = t.quantity(match.start("a")), t.quantity(match.start("b"))
        more = "+" if high.comparator == ">" else ""
        yield "scale", (f"scales from {low.value} to {high.value}{more} {match['what']}", match.start()), high
    for match in t.matches(r"(?P<n>{N})\s+(?P<what>PCIe Gen\s?\d (?:devices|slots|cards))"):
        amount = t.quantity(match.start("n"))
        sign = {">": "more than ", "up to": "up to "}.get(amount.comparator, "")
        yield "expansion", (f"{sign}{amount.value} {match['what']}", match.start()), amount
    for match in re.finditer(r"(?<=[\ue010]:[\ue010])(?::[\ue010])?\s+(?:balanced\s+)?ratio of (?P<of>[^.;]{4,90}?)(?=[.;]|$)", t.text):
        numbers = [t.quantity(a).value for a in t.all("N", max(0, match.start() - 3), match.end("of"))]
        span = t.span(match.start("of"), match.end("of"))
        yield "ratio", (f"{':'.join(map(str, numbers))} ratio of {' '.join(view[span.start - base : span.end - base].split())}", match.start()), None
    for match in t.matches(r"{S},?\s+is\s+an?\s+(?P<what>(?:[\w-]+\s+){1,4}?(?:node|server|system|platform))\b"):
        yield "class", (match["what"], match.start() + 1), None
