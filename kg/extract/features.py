"""What a candidate's place is like: the words around it, what else is named there, whose and when it is.

Each feature is a short text that holds at most two words of the document; names are told by their kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import pairwise
from operator import itemgetter

from kg.extract.attributes import Said
from kg.extract.candidates import PARTS, Candidate
from kg.extract.figures import RATE, Figure
from kg.extract.passage import Passage, count_before
from kg.extract.performance import benchmark_at
from kg.extract.qualifiers import HAS
from kg.extract.systems import BACK
from kg.extract.tagged import NAMES, Tagged, pattern
from kg.model.statement import Fact, Quantity, Span

_TOKEN = re.compile(r"[a-z][a-z'’]*|[\ue000-\uf8ff]|\d+|[,;:()]")
_NEAR, _FAR = 4, 9
_PARTED = r"[;:]|\.\s|\b(?:while|but|whereas|we|our)\b|,\s+and\s"
"""What parts two clauses."""
_WORDS = """a an the in on of to for and or with by at from as is are was were be been it its this that these those we our us their they
also which has had have not can will more than both each into up out all new # , ; : ( )"""
_COMMON = frozenset(f"{side}:{word}" for side in "slr" for word in _WORDS.split())
"""Words that stand in all sentences."""

_COUNTED = r"\+?\s*(?:[x×*]\s*)?(?:(?!of\b|and\b|or\b|with\b|on\b|in\b|for\b|to\b|than\b|the\b)[\w’'-]+\s+){0,3}?(?P<what>{APSBKFW}|\b(?:\w+[^s\W]s)\b)"
"""What an amount counts: a name or a plural within three words."""


@dataclass(frozen=True, slots=True, eq=False)
class _Without:
    """Which features of a place say nothing of a matter, by how they begin or whole."""

    beginnings: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    def __call__(self, features: Iterable[str]) -> list[str]:
        """The other features."""
        return [f for f in features if f not in self.words and not f.startswith(self.beginnings)]


_ALL = _Without()
_CHIP = _Without(("lead:", "prev:"), _COMMON)
"""Of which system has a chip other sentences tell nothing, nor do words of all sentences."""
_FIGURE = _Without(("lead:", "head:", "prev:"))
"""Other sentences tell little of what a figure says."""
_ATTRIBUTE = _Without(_FIGURE.beginnings, _COMMON)
_COUNT = _Without((*_FIGURE.beginnings, "s:", "l:", "r:"))
"""Words that may stand anywhere tell little of what an amount counts."""

_OF_UNIT = ("l1:", "l2:", "r1:", "r2:", "counts:", "bound:", "digits:", "of:", "is:")
"""What beside an amount tells more with its unit: 'W' after 'consuming'."""


class Features:
    """The features of the candidates of one passage, of which rules say some facts already."""

    def __init__(self, p: Passage, ruled: Iterable[Fact] = ()) -> None:
        self._p = p
        self._told: dict[tuple[Span, object], dict[str, None]] = defaultdict(dict)
        for fact in ruled:
            self._told[fact.evidence.span, fact.object][fact.predicate] = None
        # what the candidates of a sentence or of a place share; none refers to this object, which so is freed at once
        self._words, self._having, self._counted, self._alone = (
            cache(_words),
            cache(_having),
            cache(_counted),
            cache(_alone),
        )
        self._scoped = cache(partial(_scoped, p, cache(partial(_whose, p))))
        self._sentences: dict[tuple[Tagged, _Without], list[str]] = {}
        self._places: dict[tuple[Tagged, int, _Without], list[str]] = {}
        self._names: dict[tuple[Tagged, int, str, str, bool], list[str]] = {}

    def of(self, c: Candidate) -> list[str]:
        """The features of a candidate."""
        t = c.tagged
        if c.predicate in PARTS.values():
            return [*self._place(t, c.place, _CHIP), *self._entity(c), *self._between(c), *self._pair(c)]
        found = [*self._place(t, c.place), *self._entity(c)]
        return [*found, *self._counted(t, c.place)] if t.is_a(c.place, "AP") else found

    def of_figure(self, figure: Figure) -> list[str]:
        """The features of an amount or attribute: its unit and size, what follows it, what it stands over and among."""
        t, at = figure.tagged, figure.place
        if said := figure.said:
            amount = self._amount(figure, said.amount) if said.amount else ()
            found = [*self._place(t, at, _ATTRIBUTE), *amount, *self._attribute(figure, said)]
            return [*found, *self._between(figure), *self._stands(figure)]
        counts = figure.predicate == "quantity"
        found = [*self._place(t, at, _COUNT if counts else _FIGURE), *(self._taken(figure) if counts else ())]
        found += self._amount(figure, figure.amount)
        return [*found, *(f"{figure.amount.unit}&{f}" for f in found if f.startswith(_OF_UNIT))]

    def _place(self, t: Tagged, place: int, without: _Without = _ALL) -> list[str]:
        """What a place and its sentence are like, but for the features that are left out."""
        if (t, without) not in self._sentences:
            self._sentences[t, without] = without(self._of_sentence(t))
        if (t, place, without) not in self._places:
            self._places[t, place, without] = without((*self._around(t, place), *self._scoped(t, place)))
        return [*self._places[t, place, without], *self._sentences[t, without]]

    def _taken(self, figure: Figure) -> Iterator[str]:
        """As what else an amount is said, with which it is hardly worth saying besides, and what it counts."""
        told = self._told.get((figure.tagged.sentence.span, figure.amount.value), ())
        yield from (f"told:{predicate}" for predicate in told)
        if figure.in_attribute:
            yield "told:attribute"
        elif counted := pattern(_COUNTED).match(figure.tagged.text, figure.place + 1):
            yield f"counts:{NAMES.get(counted['what'], counted['what'].removesuffix('s'))}"

    def _attribute(self, figure: Figure, said: Said) -> Iterator[str]:
        """Which attribute it is, in which words, and whether something else stands nearer to it."""
        yield f"attribute:{said.attribute}"
        yield from (f"word:{w}" for w in sorted(set(re.findall(r"[a-z]{2,}", said.words.lower()))))
        yield f"of:{'named' if figure.holder is not None else 'topic'}:{said.attribute}"
        if figure.holder == figure.place:
            yield "named"
        elif figure.holder is not None:
            distance = abs(figure.holder - figure.place)
            t = figure.tagged
            nearer = {t.name_of(a) for a in t.all("SA") if abs(a - figure.place) < distance}
            yield from (f"nearer:{name}" for name in sorted(nearer))

    def _amount(self, figure: Figure, q: Quantity) -> Iterator[str]:
        t = figure.tagged
        yield f"unit:{q.unit}"
        yield f"bound:{q.comparator}"
        yield "whole" if q.value == int(q.value) else "fraction"
        yield f"digits:{len(str(int(q.value)))}"
        yield f"alike:{min(len(t.all(t.name_of(figure.place))), 5)}"
        yield "of:benchmark" if benchmark_at(t, figure.place) else "of:none"
        after = t.text[figure.place + 1 : figure.place + 40].lstrip(" +")
        having, rates = self._having(t)
        yield from (["rate:next", *rates] if RATE.match(after) else rates)
        words = re.findall(r"[a-z]+|[/%]", after[:24])
        if words:
            yield f"then:{' '.join(words[:2])}"
        for span, head in t.sentence.cells:
            if span == q.span:
                yield "cell"
                yield from (f"over:{w}" for w in sorted(set(re.findall(r"[a-z]{3,}|[/%]", head.lower()))))
        yield from having

    def _around(self, t: Tagged, place: int) -> Iterator[str]:
        words = self._words(t)
        first = bisect_left(words, place, key=itemgetter(1))
        after = bisect_right(words, place, key=itemgetter(1))
        left = [w for w, _ in words[max(0, first - _FAR) : first]][::-1]
        right = [w for w, _ in words[after : after + _FAR]]
        for name, side in (("l", left), ("r", right)):
            for i, word in enumerate(side[:_NEAR], 1):
                yield f"{name}{i}:{word}"
            for word in dict.fromkeys(side[:_FAR]):
                yield f"{name}:{word}"
            for a, b in pairwise(side[:_NEAR]):
                yield f"{name}:{a} {b}"
        if not left:
            yield "l:^"

    def _of_sentence(self, t: Tagged) -> list[str]:
        s = t.sentence
        found = [*(f"s:{word}" for word in sorted({w for w, _ in self._words(t)})), f"kind:{s.kind}"]
        for name, context in (("lead", s.lead), ("head", s.header), ("prev", s.before)):
            found += [f"{name}:{word}" for word in sorted(set(re.findall(r"[a-z]{3,}", context.lower())))]
        return found

    @cached_property
    def _mentioned(self) -> Counter[str]:
        return Counter(e.iri for t in self._p.tagged for at in t.things if (e := t.entity(at)))

    @cached_property
    def _wider(self) -> set[str]:
        """What is wider than something that the passage names."""
        concepts = filter(None, map(self._p.vocabulary.get, self._mentioned))
        return {iri for concept in concepts for iri in concept.broader}

    def _entity(self, c: Candidate) -> list[str]:
        key = (c.tagged, c.place, c.predicate, c.object.iri, c.subject.iri != self._p.owner.iri)
        if key not in self._names:
            self._names[key] = list(self._of_name(c))
        return self._names[key]

    def _of_name(self, c: Candidate) -> Iterator[str]:
        mention = c.tagged.mention(c.place)
        concept = self._p.vocabulary.get(mention.entity.iri if mention.entity else c.object.iri)
        yield f"times:{min(self._mentioned[c.object.iri], 4)}"
        if c.predicate == "submittedSystem" and mention.kind == "Processor":
            yield "processor"
        yield f"by:{mention.accepted_by}"
        yield f"filed:{mention.filed}"
        yield f"sure:{int(mention.confidence * 5)}"
        if concept is not None:
            if concept.developer:
                yield "maker:own" if concept.developer == self._p.owner.iri else "maker:other"
            if c.object.iri in self._wider:
                yield "narrower:said"
        yield from self._having(c.tagged)[0]
        if c.subject.iri != self._p.owner.iri:
            yield "subject:other"

    def _between(self, c: Candidate | Figure) -> Iterator[str]:
        if c.holder is None:
            yield "holder:before"
            return
        low, high = sorted((c.holder, c.place))
        side = "b" if c.holder < c.place else "a"
        words = self._words(c.tagged)
        first, end = bisect_right(words, low, key=itemgetter(1)), bisect_left(words, high, key=itemgetter(1))
        inside = [w for w, _ in words[first:end]]
        for word in dict.fromkeys(inside):
            yield f"{side}:{word}"
        for a, b in pairwise(inside):
            yield f"{side}:{a} {b}"
        yield f"{side}#{min(len(inside) // 2, 6)}"
        yield f"{side}S{min(sum(w == '<S>' for w in inside), 2)}A{min(sum(w in ('<A>', '<P>') for w in inside), 2)}"
        if not inside:
            yield f"{side}:next"

    def _pair(self, c: Candidate) -> Iterator[str]:
        """How a system and a chip stand to each other: what links them, and what stands nearer."""
        yield from self._counted(c.tagged, c.place)
        yield from self._stands(c)
        systems, chips = c.tagged.all("S"), c.tagged.all(c.tagged.name_of(c.place))
        if c.holder is not None and len(systems) == len(chips) > 1:
            yield "order:same" if systems.index(c.holder) == chips.index(c.place) else "order:other"

    def _stands(self, c: Candidate | Figure) -> Iterator[str]:
        """How a place stands to what it may be said of."""
        t = c.tagged
        if c.holder is None:
            yield f"topic:{'back' if pattern(BACK).search(t.text) else t.sentence.kind}"
            return
        systems = t.all(t.name_of(c.holder))
        low, high = sorted((c.holder, c.place))
        between = t.text[low + 1 : high]
        side = "b" if c.holder < c.place else "a"
        said = (
            ("nearest", all(abs(s - c.place) >= high - low for s in systems)),
            ("linked", pattern(HAS).search(between)),
            ("parted", pattern(_PARTED).search(between)),
            ("last", not any(low < s < high for s in systems)),
            ("only", self._alone(t, t.name_of(c.holder))),
            ("opened", between.lstrip().startswith("(") and ")" not in between),
        )
        flags = [name for name, holds in said if holds]
        yield from (f"{side}:is {name}" for name in flags)
        yield f"{side}={'+'.join(flags)}"


def _alone(t: Tagged, kind: str) -> bool:
    return len({t.entity(at) for at in t.all(kind)}) == 1


def _counted(t: Tagged, at: int) -> list[str]:
    """Whether a chip is counted, in brackets, or said to be had by a system."""
    before = t.all("S", 0, at)
    held = bool(before and pattern(HAS).search(t.text[before[-1] : at]))
    beside = "counted" if count_before(t, at) else "bracketed" if t.text[:at].endswith("(") else ""
    return [*([beside] if beside else []), *(["held"] if held else [])]


def _whose(p: Passage, t: Tagged) -> tuple[tuple[str, bool], ...]:
    return ("submitting", p.submitting(t)), ("ours", p.ours(t))


def _scoped(p: Passage, whose: Callable[[Tagged], Sequence[tuple[str, bool]]], t: Tagged, at: int) -> list[str]:
    """Whose and when a place is, each alone and all together."""
    said = (
        ("earlier", p.earlier(t, at)), ("planned", p.planned(t, at)), ("capable", p.capable(t, at)),
        ("withheld", p.withheld(t, at)), ("unnamed", p.unnamed(t, at)), ("other", p.other_actor(t, at) is not None),
        *whose(t), ("compared", p.compared(t, at)), ("suite", p.of_suite(t, at)),
    )  # fmt: skip
    names = [name for name, holds in said if holds]
    return [*(f"is:{name}" for name in names), f"is:{'+'.join(names)}"]


def _words(t: Tagged) -> list[tuple[str, int]]:
    """The words and signs of a sentence with their places."""
    return [
        (f"<{NAMES[m[0]]}>" if m[0] in NAMES else "#" if m[0].isdigit() else m[0], m.start())
        for m in _TOKEN.finditer(t.text)
    ]


def _having(t: Tagged) -> tuple[list[str], list[str]]:
    """How many signs of each kind a sentence has, and where beside an amount rates are named."""
    kinds = Counter(map(t.name_of, t.things))
    above = f"{t.sentence.lead} {t.sentence.header}".lower()
    rates = [f"rate:{where}" for where, words in (("said", t.text), ("above", above)) if RATE.search(words)]
    return [f"has:{kind}{min(n, 3)}" for kind, n in sorted(kinds.items())], rates
