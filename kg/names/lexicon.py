"""Finding the names of a vocabulary in text, and linking them to what they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from kg.model.statement import Entity, Mention, Span
from kg.names.fold import fold, folded_with_places
from kg.names.numbers import generations
from kg.names.vocabulary import Concept, Vocabulary

_GAP = re.compile(r"[\s\-‐-–_/()®™*’'.+]{0,16}")
_TIMES = re.compile(r"(?<![\w.-])\d{1,4}[xX×]$")
"""What may stand before a name without a space: '8xA100'."""
_KIND_ORDER = ("System", "Accelerator", "Processor", "Benchmark", "Framework", "Software", "Round",
               "Division", "AvailabilityCategory", "Organization")  # fmt: skip


def _suite(round_iri: str) -> str:
    """The suite of a round, as it stands in its IRI: 'training' of '…/round/training-v2.0'."""
    return round_iri.rpartition("/")[2].partition("-")[0]


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


class Lexicon:
    """The names of a vocabulary, ready to be found in texts of one round.

    Benchmarks of other suites are not found, those of other rounds only by their label. A name that several concepts
    share stands for those whose `rounds` include the round, where any do.
    """

    def __init__(self, vocabulary: Vocabulary, round_: Entity | None = None) -> None:
        self._round = round_
        named: dict[tuple[str, bool], dict[str, Entity]] = defaultdict(dict)
        in_round: dict[str, bool] = {}
        suite = _suite(round_.iri) if round_ else "training"
        used = vocabulary.benchmarks_of(round_) if round_ else set()
        new = [Concept(round_, (round_.label,))] if round_ and round_.iri not in vocabulary else []
        for concept in (*vocabulary.values(), *new):
            entity = concept.entity
            if concept.rounds and suite not in map(_suite, concept.rounds):
                continue
            in_round[entity.iri] = not concept.rounds or round_ is None or entity.iri in used
            here = in_round[entity.iri]
            spelled: Iterable[str] = concept.names
            if entity.kind == "Round":
                spelled = _round_names(entity, suite, concept.names)
            elif entity.kind == "Processor":
                spelled = [*concept.names, *(s for name in concept.names for s in generations(name))]
            for names, task in ((spelled if here else concept.names[:1], False), (concept.tasks if here else (), True)):
                for name in names:
                    if key := fold(name):
                        named[key, task][entity.iri] = entity
        self._names: list[tuple[tuple[Entity, ...], bool]] = []
        keys: list[str] = []
        for (key, task), by_iri in sorted(named.items()):
            if task and (key, False) in named:
                continue
            keys.append(key)
            found = [e for e in by_iri.values() if in_round[e.iri]] or list(by_iri.values())
            first = min((e.kind for e in found), key=_KIND_ORDER.index)
            self._names.append((tuple(e for e in found if e.kind == first), task))
        self._automaton = AhoCorasick(keys)
        self._keys = {key: at for at, key in enumerate(keys)}

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none overlapping: the longest name at the leftmost place.

        Spans count in `text`.
        """
        folded, places = folded_with_places(text)
        best: list[tuple[int, int, int]] = []
        for key, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
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
            best.append((first, -last, key))
        mentions: list[Mention] = []
        for first, last, key in sorted(best):
            if mentions and mentions[-1].span.end > first:
                continue
            entities, task = self._names[key]
            span = Span(first, -last)
            mentions.append(Mention(span, text[span.start : span.end], entities[0].kind, entities, task))
        return mentions

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
        at = self._keys.get(fold(name))
        if at is None:
            return None
        entities = [e for e in self._names[at][0] if not kinds or e.kind in kinds]
        return entities[0] if len(entities) == 1 else None
