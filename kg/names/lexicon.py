"""Finding the names of a vocabulary in text, and linking them to what they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from kg.model.statement import Entity, Mention, Span
from kg.names.fold import fold, folded_with_places
from kg.names.newer import BUILT, newer_model
from kg.names.numbers import generations
from kg.names.vocabulary import Concept, Vocabulary
from kg.namespaces import last

_GAP = re.compile(r"[\s\-‐-–_/()®™*’'.+]{0,16}")
_TIMES = re.compile(r"(?<![\w.-])\d{1,4}[xX×]$")
"""What may stand before a name without a space: '8xA100'."""
_KIND_ORDER = ("System", "Accelerator", "Processor", "Benchmark", "Framework", "Software", "Round",
               "Division", "AvailabilityCategory", "Organization")  # fmt: skip


def _suite(round_iri: str) -> str:
    """The suite of a round, as it stands in its IRI: 'training' of '…/round/training-v2.0'."""
    return last(round_iri).partition("-")[0]


def _round_names(entity: Entity, suite: str, names: Iterable[str]) -> list[str]:
    """The names of a round in texts of a suite: only rounds of that suite are named without it ('MLPerf v2.0')."""
    own = _suite(entity.iri)
    if own == "hpc":  # its benchmarks are of training, and some say so
        names = [*names, *(n.replace("HPC ", f"{two} ") for n in names for two in ("HPC Training", "Training HPC"))]
    if own != suite:
        return [n for n in names if own in n.lower()]
    version = entity.label.rpartition(" v")[2]
    made = (f"{brand}{sign}{version}" for brand in ("MLPerf ", "MLCommons ", "") for sign in ("v", "version "))
    return [*names, *made, f"MLPerf {version}", f"{version} round", f"{entity.label.split()[1]} round {version}"]


Named = dict[tuple[str, bool], dict[str, Entity]]
"""The things, by IRI, that have a folded name, which is that of a benchmark's task or is not."""


class Lexicon:
    """The names of a vocabulary, ready to be found in texts of one round.

    Benchmarks of other suites are not found, those of other rounds only by their label. A name that several concepts
    share stands for those whose `rounds` include the round, where any do.
    """

    def __init__(self, vocabulary: Vocabulary, round_: Entity | None = None) -> None:
        self._round, self._vocabulary = round_, vocabulary
        always, fixed, everywhere = _of_every_round(vocabulary)
        suite = _suite(round_.iri) if round_ else "training"
        used = vocabulary.benchmarks_of(round_) if round_ else set()
        new = [Concept(round_, (round_.label,))] if round_ and round_.iri not in vocabulary else []
        own: Named = defaultdict(dict)
        elsewhere: set[str] = set()
        for concept in (*filter(_by_round, vocabulary.values()), *new):
            if concept.rounds and suite not in map(_suite, concept.rounds):
                continue
            if not concept.rounds or round_ is None or concept.entity.iri in used:
                names = concept.names
                spelled = _round_names(concept.entity, suite, names) if concept.entity.kind == "Round" else names
                _add(own, concept.entity, spelled, concept.tasks)
            else:
                _add(own, concept.entity, concept.names[:1])
                elsewhere.add(concept.entity.iri)
        keys = dict.fromkeys(key for key, _ in own)
        whole = {(k, t): always.get((k, t), {}) | own.get((k, t), {}) for k in keys for t in (False, True)}
        self._names = {**fixed, **_meanings(whole, elsewhere)}
        self._automata = everywhere, AhoCorasick(list(keys))

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none overlapping: the longest name at the leftmost place.

        Spans count in `text`.
        """
        folded, places = folded_with_places(text)
        best: list[tuple[int, int, str]] = []
        matches = (m for a in self._automata for m in a.find_matches_as_indexes(folded, overlapping=True))
        for _, start, end in matches:
            first, last = places[start], places[end - 1] + 1
            if first and text[first - 1].isalnum() and not _TIMES.search(text, max(0, first - 6), first):
                continue
            if last < len(text) and text[last].isalnum():
                if text[last] == "s" and not text[last + 1 : last + 2].isalnum() and text[last - 1] != "s":
                    last += 1
                else:
                    continue
            if text[first : first + 2] == "a " or not self._whole(text, places, start, end):
                continue  # 'a 100' is an article and a number
            best.append((first, -last, folded[start:end]))
        mentions: list[Mention] = []
        for first, last, key in sorted(best):
            if mentions and mentions[-1].span.end > first:
                continue
            mentions.append(self._mention(text, Span(first, -last), *self._names[key]))
        return mentions

    def _mention(self, text: str, span: Span, entities: tuple[Entity, ...], task: bool) -> Mention:
        """A mention; an accelerator's with its number, where that makes it a newer model, and with how it is built."""
        if entities[0].kind == "Accelerator":
            if newer := newer_model(self._vocabulary, entities[0], text[span.end :]):
                entities, span = newer[:1], Span(span.start, span.end + newer[1])
            if built := BUILT.match(text, span.end):
                span = Span(span.start, built.end())
        return Mention(span, text[span.start : span.end], entities[0].kind, entities, task)

    @staticmethod
    def _whole(text: str, places: list[int], start: int, end: int) -> bool:
        """Whether nothing but light punctuation separates the characters of a match."""
        return all(
            right - left == 1 or _GAP.fullmatch(text, left + 1, right)
            for left, right in zip(places[start : end - 1], places[start + 1 : end], strict=True)
        )

    def round_called(self, version: str) -> Entity | None:
        """The round of this suite with a version ('v1.0', '1.0'); None when no vocabulary has it."""
        suite = self._round.label.split()[1] if self._round else "Training"
        return self.link(f"MLPerf {suite} v{version.lstrip('v')}", ("Round",))

    def link(self, name: str, kinds: Iterable[str] = ()) -> Entity | None:
        """The entity that a whole name stands for; None when there is none, or more than one."""
        entities = [e for e in self._names.get(fold(name), ((), False))[0] if not kinds or e.kind in kinds]
        return entities[0] if len(entities) == 1 else None


def _by_round(concept: Concept) -> bool:
    """Whether the names of a concept, or what they stand for, are not the same in texts of every round."""
    return bool(concept.rounds) or concept.entity.kind == "Round"


@lru_cache(maxsize=4)
def _of_every_round(vocabulary: Vocabulary) -> tuple[Named, dict[str, tuple[tuple[Entity, ...], bool]], AhoCorasick]:
    """The names that are the same in texts of every round, what they stand for, and what finds them."""
    named: Named = defaultdict(dict)
    for concept in vocabulary.values():
        if not _by_round(concept):
            spelled = [*concept.names]
            if concept.entity.kind == "Processor":
                spelled += [s for name in concept.names for s in generations(name)]
            _add(named, concept.entity, spelled, concept.tasks)
    found = _meanings(named)
    return named, found, AhoCorasick(list(found))


def _add(named: Named, entity: Entity, names: Iterable[str], tasks: Iterable[str] = ()) -> None:
    for spelled, task in ((names, False), (tasks, True)):
        for name in spelled:
            if key := fold(name):
                named[key, task][entity.iri] = entity


def _meanings(named: Named, elsewhere: Container[str] = ()) -> dict[str, tuple[tuple[Entity, ...], bool]]:
    """What each name stands for, and whether as a task's: things of the first kind, before those used `elsewhere`."""
    meant = {}
    for (key, task), by_iri in named.items():
        if by_iri and not (task and named.get((key, False))):
            things = [by_iri[iri] for iri in sorted(by_iri)]
            found = [e for e in things if e.iri not in elsewhere] or things
            first = min((e.kind for e in found), key=_KIND_ORDER.index)
            meant[key] = tuple(e for e in found if e.kind == first), task
    return meant
