"""Finding the names of a statement: those of a vocabulary, and those that evidence speaks for.

Every mention says what it was accepted by: 'vocabulary', 'owner' (the statement's own organization),
'record' (a name filed in the round), 'context' (a noun beside it, here or elsewhere in the statement)
or 'shape' (how it is written).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg.model.statement import Entity, Kind, Mention, Span
from kg.names.chunks import chunks, core
from kg.names.everyday import everyday
from kg.names.evidence import Place, evidence, series_of
from kg.names.filed import Filed, without_legal_form
from kg.names.fold import fold, folded_with_places
from kg.names.lexicon import Lexicon
from kg.names.linear import Linear, read_weights
from kg.namespaces import iri

_GLUED = re.compile(r"[_.][^\W_]")
_POD = re.compile(r"\s*-?(?:[Ss]uper)?[Pp][Oo][Dd]s?(?:[- ]?\d+)?\b")
_RACK = re.compile(r"NVL\d{2,}$")
_CHIPS = re.compile(r"(?i)\s+(?:superchips?|gpus?|chips?|accelerators?|nodes?)\b")
_NETWORK = re.compile(r"(?i)\s*(?:\w+\s+)?(?:infiniband|ethernet|switch(?:es)?|nics?|network|fabric|leaf|spines?)\b")
_STREET = re.compile(r"\s(?:Road|Rd|Street|Avenue|Ave|Lane|Boulevard|Blvd|Drive|Way)\b")
_SHAPE_OF_CLOUD = re.compile(r"[ -]+v\d+\b(?!\.)")
_BARE_ROUND = re.compile(r"\b(?P<n>v?\d\.\d)(?=\s+(?:submissions?|results?|rounds?|performance)\b)")
_NAMED = ("System", "Accelerator", "Processor", "Framework", "Software")
_FILED_AS = {
    "System": "System", "Accelerator": "Accelerator", "Processor": "Processor", "Framework": "Software", "Software": "Software"
}  # fmt: skip
_MODEL = re.compile(r"[A-Za-z]*\d+[A-Za-z]\w*|[A-Za-z]+\d\w*")
"""The part of a name that is its model: 'A100' of 'A100-SXM4-80GB'."""
_SURE = 0.5
"""A chunk is no name when that is this likely."""
_DECIDED = ("Division",)
"""Kinds whose names are everyday words: evidence decides where they are names."""


class Finder:
    """Finds the names in the statements of one round.

    `filed` are the names of the round's official record, `ever` those of all rounds whose record is at hand.
    """

    def __init__(
        self, lexicon: Lexicon, filed: Filed | None = None, ever: Filed | None = None, model: Linear | None = None
    ) -> None:
        self.lexicon = lexicon
        self._filed, self._ever = filed or Filed(), ever or Filed()
        self._model = model or Linear(read_weights()["names"])

    def organization(self, name: str) -> Entity:
        """The organization that a heading names, by the vocabulary or as it was filed; a new one when neither has it.

        'Sustainable Metal Cloud (SMC)' is the organization of either name, unless its two names stand for two.
        """
        filed = self._filed.submitter(name)
        parts = re.fullmatch(r"([^()]+?)\s*\(([^()]+)\)", name)
        linked = {self.lexicon.link(part, ("Organization",)) for part in parts.groups()} - {None} if parts else set()
        known = self.lexicon.link(name, ("Organization",)) or (linked.pop() if len(linked) == 1 else None)
        label = filed if filed and fold(filed) != fold(name) else name
        return known or Entity(iri("organization", filed or name), label, "Organization", known=False)

    def find(self, views: Sequence[str], owner: Entity) -> list[list[Mention]]:
        """The mentions in each of a statement's views, in order, none overlapping; spans count in the view."""
        known, places, features = self.candidates(views, owner)
        found = [list(mentions) for mentions in known]
        texts = [views[place.view][place.span.start : place.span.end] for place in places]
        agreed = self._agreed(texts, features)
        for place, text, listed in zip(places, texts, features, strict=True):
            shares = dict(agreed[fold(text)])
            none = shares.pop("None", 0.0)
            if none > _SURE or not shares:
                continue
            kind = max(shares, key=lambda k: (shares[k], k))
            mention = self._mention(views[place.view], place.span, kind, listed, owner)
            if mention is not None:
                found[place.view].append(replace(mention, confidence=shares[kind]))
        whose = self._whose(owner)
        return [
            [replace(m, filed=whose(m)) for m in _with_makers(view, sorted(mentions, key=lambda m: m.span))]
            for view, mentions in zip(views, found, strict=True)
        ]

    def _agreed(self, texts: Sequence[str], features: Sequence[Sequence[str]]) -> Mapping[str, Mapping[str, float]]:
        """What chunks name, by their folded text: a name is the same wherever a statement has it.

        Models of one series ('QX88', 'QX90') speak for each other.
        """
        found: dict[str, list[Mapping[str, float]]] = defaultdict(list)
        series: dict[str, set[str]] = defaultdict(set)
        for text, listed in zip(texts, features, strict=True):
            found[fold(text)].append(self._model.shares(listed))
            series[series_of(text)].add(fold(text))
        own = {key: _mean(shares) for key, shares in found.items()}
        agreed = dict(own)
        for of, keys in series.items():
            if of and len(keys) > 1:
                whole, parts = _mean([own[k] for k in keys]), len(keys) + 1
                for key in keys:
                    agreed[key] = {kind: (share + whole[kind] * len(keys)) / parts for kind, share in own[key].items()}
        return agreed

    def _whose(self, owner: Entity) -> Callable[[Mention], str]:
        """Who filed what a mention names: the owner, another, or nobody."""
        mine = frozenset(s for s in self._filed.submitters if self._is(s, owner))

        @cache
        def of(kind: str, text: str) -> str:
            words = [text, core(text), *_MODEL.findall(text)[:1]]
            who = next((w for word in words if (w := self._filed.holders(word).get(kind))), set())
            return "own" if who & mine else "other" if who else "none"

        return lambda m: of(_FILED_AS[m.kind], m.text) if self._filed and m.kind in _FILED_AS else ""

    def _is(self, submitter: str, owner: Entity) -> bool:
        """Whether a submitter, as filed, is an organization."""
        known = self.lexicon.link(submitter, ("Organization",))
        a, b = sorted((fold(submitter), fold(owner.label)), key=len)
        return known == owner or (len(a) > 2 and b.startswith(a))

    def candidates(
        self, views: Sequence[str], owner: Entity
    ) -> tuple[list[list[Mention]], list[Place], list[list[str]]]:
        """The mentions that are known, and the chunks between them with their evidence."""
        named = [sorted(self._known(view, owner), key=lambda m: m.span) for view in views]
        known = [[m for m in mentions if m.kind not in _DECIDED] for mentions in named]
        places = []
        for number, view in enumerate(views):
            spans = [m.span for m in named[number] if m.kind in _DECIDED]
            spans += chunks(view, [m.span for m in named[number]])
            places += [Place(number, span) for span in sorted(spans)]
        return known, places, evidence(views, places, known, owner.label, self._filed, self._ever)

    def _known(self, view: str, owner: Entity) -> Iterator[Mention]:
        own = _written(view, owner)
        listed = [m for m in self.lexicon.find(view) if not any(map(m.span.within, own))]
        listed = [m for m in listed if m.kind != "Organization" or not _in_address(view, m.span)]
        named = [m for m in listed if not everyday(view, m, listed)]
        for before, mention in pairwise([None, *named]):
            assert mention is not None
            if before and mention.kind == "Round" and _version_of(view, before, mention):
                continue
            if mention.kind == "Accelerator":
                if _part_of_a_name(view, mention.span):
                    continue
                if _RACK.search(mention.text) and not _CHIPS.match(view, mention.span.end):
                    yield _new(view, mention.span, "System", owner, "shape")
                    continue
                if pod := _POD.match(view, mention.span.end):
                    yield _new(view, Span(mention.span.start, pod.end()), "System", owner, "shape")
                    continue
            yield mention
        yield from self._beside([m.span for m in named], view, owner)

    def _beside(self, taken: Sequence[Span], view: str, owner: Entity) -> Iterator[Mention]:
        """Rounds by their number alone, and an owner whom no vocabulary knows."""
        for match in _BARE_ROUND.finditer(view):
            span = Span(*match.span("n"))
            entity = self.lexicon.round_called(match["n"])
            if entity and not any(span.overlaps(t) for t in taken):
                yield Mention(span, match["n"], "Round", (entity,))
        for span in _written(view, owner):
            if not any(span.overlaps(t) for t in taken):
                yield Mention(span, view[span.start : span.end], "Organization", (owner,), accepted_by="owner")

    def _mention(self, view: str, span: Span, kind: str, features: Sequence[str], owner: Entity) -> Mention | None:
        text = view[span.start : span.end]
        decided = self.lexicon.link(text, _DECIDED)
        if decided and kind == "Division":
            return Mention(span, text, decided.kind, (decided,), accepted_by="context")
        if decided or kind == "Division" or _STREET.search(text) or _STREET.match(view, span.end):
            return None
        if kind == "System" and (_NETWORK.match(view, span.end) or _NETWORK.search(view, span.start, span.end)):
            return None
        beside = any(f.startswith(("noun:", "said-noun:", "led:")) for f in features)
        by = "record" if f"record:{kind}" in features else "context" if beside else "shape"
        return _new(view, span, kind, owner, by)


def _mean(shares: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {k: math.fsum(s[k] for s in shares) / len(shares) for k in shares[0]}


def _written(view: str, owner: Entity) -> list[Span]:
    """Where the name of an owner stands whom no vocabulary knows, whatever other names are in it ('IBM/Red Hat')."""
    name = re.escape(without_legal_form(owner.label))
    return [] if owner.known else [Span(*m.span()) for m in re.finditer(rf"(?<!\w){name}(?!\w)", view)]


def new_system(owner: Entity, name: str) -> Entity:
    """The entity of a system that the text introduces, as one of its organization's."""
    clean = re.sub(r"\s+", " ", name).strip(" ,.-")
    short = clean
    for word in dict.fromkeys((owner.label, owner.label.split()[0])):
        if short.lower().startswith(word.lower() + " ") and len(short) > len(word) + 3:
            short = short[len(word) + 1 :]
    return Entity(iri("system", f"{owner.label} {short}"), clean, "System", known=False)


def same_system(a: str, b: str) -> bool:
    """Whether two names of systems are one name, written in full and in short.

    >>> same_system("XE8545", "PowerEdge XE8545"), same_system("NF5468M6", "NF5468M6J")
    (True, False)
    """
    short, long = sorted((fold(a), fold(b)), key=len)
    if short == long:
        return True
    if len(short) < 4 or not long.startswith(short):
        return len(short) >= 4 and long.endswith(short)
    text, places = max(folded_with_places(a), folded_with_places(b), key=lambda f: len(f[0]))
    whole = places[len(short)] > places[len(short) - 1] + 1
    return len(short) >= 5 and (whole or re.match(r"x\d", text[len(short) :]) is not None)


def parts_of(name: str) -> set[str]:
    """What may be short for a folded name of a system, as `same_system` has it."""
    return {part for n in range(4, len(name)) for part in (name[:n], name[-n:])}


def _new(view: str, span: Span, kind: str, owner: Entity, by: str) -> Mention:
    text = view[span.start : span.end]
    name = re.sub(r"\s+", " ", text)
    if kind == "System":
        return Mention(span, text, "System", (new_system(owner, re.sub(r"(?<=[Pp]od)s$", "", name)),), accepted_by=by)
    made: Kind = kind  # type: ignore[assignment]
    entity = Entity(iri(kind.lower(), name), name, made, known=False)
    return Mention(span, text, made, (entity,), accepted_by=by)


def _with_makers(view: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, a maker's name directly before a product joined to the product's ('Acme ZX9').

    So is an organization's before a new one, which is a part of it ('Acme Innovation Lab').
    """
    made: list[Mention] = []
    for mention in mentions:
        before = made[-1] if made and mention.kind in (*_NAMED, "Organization") else None
        if before and before.kind == "Organization" and not view[before.span.end : mention.span.start].strip(" ®™"):
            span = Span(before.span.start, mention.span.end)
            part = mention.kind == "Organization" and not mention.entities[0].known
            if part or mention.kind != "Organization":
                made.pop()
                mention = replace(before if part else mention, span=span, text=view[span.start : span.end])
        made.append(mention)
    return made


def _part_of_a_name(view: str, span: Span) -> bool:
    """Whether an accelerator's name is a part of another: 'NC_A100_v4', 'BM.GPU.A100.8', 'NDm A100 v4', '8 A100 Road'."""
    before, after = view[max(0, span.start - 12) : span.start], view[span.end : span.end + 8]
    glued = _GLUED.match(after) or re.search(r"[^\W_][_.]$", before)
    shape = _SHAPE_OF_CLOUD.match(after) and re.search(r"\b[A-Z][\w-]*\s$", before)
    return bool(glued or shape or re.match(r"-[A-Z][a-z]", after) or _STREET.match(view, span.end))


def _in_address(view: str, span: Span) -> bool:
    """Whether a name stands within an address: 'docs.acme.org', 'info@acme.com', 'example.com/acme/tools'."""
    start = max(view.rfind(" ", 0, span.start), view.rfind("(", 0, span.start)) + 1
    return _ADDRESS.match(view, start) is not None


_ADDRESS = re.compile(r"(?:https?://|[\w.-]+@|[\w-]{2,}\.(?:[\w-]+\.)*(?:com|org|net|edu|gov)\b)")


def _version_of(view: str, before: Mention, mention: Mention) -> bool:
    """Whether what looks like a round is the version of a framework or software before it ('Composer v0.7')."""
    between = view[before.span.end : mention.span.start]
    return before.kind in ("Framework", "Software") and not between.strip(" (")
