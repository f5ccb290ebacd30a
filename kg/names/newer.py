"""Names of what is newer than the vocabulary, by the form of those that it has, and by what was filed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.model.entity import Entity
from kg.names.fold import fold
from kg.names.vocabulary import Concept, Vocabulary
from kg.namespaces import iri

CODE = re.compile(r"\b[A-Z]+\d{2,}[A-Z]*\b")
"""The code of a chip: 'R200' of 'Rubin R200'."""
_NEXT = re.compile(
    r"[\s®™_-]{0,3}([A-Za-z]{0,3}\d{1,4}[A-Za-z]?)(?!\w|\.\w|\s?(?:[GMT]i?B|[GWx])\b|-\d|\s(?:times|minutes|hours|seconds|nodes|servers|systems)\b)"
)
_BUILD = re.compile(r"(?i)(?:sxm|pcie|oam|nvl|hbm|gddr|mig|gen|pod)\d*|\d+[gmtw]")
_TAIL = re.compile(r"(?i)(?:[\s_-]+(?:sxm\d?|pcie?|nvl|oam|hbm\w*|\d+\s?gi?b|\d+\s?w|ai))+$")

BUILT = re.compile(r"-(?:SXM\d?|PCIe|NVL|OAM)(?:-\d+\s?GB)?(?![\w-])")
"""How a chip is built, joined to its name: '-SXM-288GB'."""


class NewName(NamedTuple):
    """A thing that was filed and that no vocabulary knows: as which, by whom, in which round."""

    entity: Entity
    filed: str
    submitter: str
    round: str
    """The IRI of the round."""


def _shape(token: str) -> str:
    """The form of a model's number: 'a9' of 'v3', 'A9A' of 'MI300X'."""
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "9", token)))


def newer_model(vocabulary: Vocabulary, known: Entity, rest: str) -> tuple[Entity, int] | None:
    """The model that what follows a known name makes ('Acme Chip 4', where the vocabulary has an 'Acme Chip 3'), and its length.

    None where nothing follows that has the form of a known model's number; a number alone is at most two after theirs.
    """
    found = _NEXT.match(rest)
    if found is None or _BUILD.fullmatch(found[1]):
        return None
    others = _numbers(vocabulary, known)
    if found[1].isdigit():
        figures = [int(n) for n in others if len(n) == 1]  # no sizes
        alike = bool(figures) and found[1][0] != "0" and int(found[1]) <= max(figures) + 2
    else:
        alike = _shape(found[1]) in map(_shape, others)
    name = f"{known.label} {found[1]}"
    return (Entity(iri(known.kind.lower(), name), name, known.kind, False), found.end()) if alike else None


@lru_cache(maxsize=1024)
def _numbers(vocabulary: Vocabulary, known: Entity) -> frozenset[str]:
    """The numbers that follow a name in those of other models."""
    stems = tuple(name.lower() for name in vocabulary[known.iri].names)
    rests = (
        name[len(stem) :]
        for concept in vocabulary.of_kind(known.kind) if concept.entity != known
        for name in concept.names if "GPU" not in name  # as many, no generation
        for stem in stems if name.lower().startswith(stem)
    )  # fmt: skip
    found = (_NEXT.match(rest) for rest in rests if not rest[:1].isdigit() or not stems[0][-1].isdigit())
    return frozenset(token[1] for token in found if token and not _BUILD.fullmatch(token[1]))


def bare(name: str) -> str:
    """A chip's name without how it is built and its memory: 'X700' of 'X700-SXM-512GB'."""
    return _TAIL.sub("", name)


def new_concepts(filed: Iterable[NewName], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """Concepts of what was filed, with the names that texts may have for it; no name that the vocabulary has.

    A name is one that everyday words are not: it has a number, or several words.
    """
    taken = {fold(name) for concept in vocabulary.values() for name in concept.names}
    names: dict[str, dict[str, None]] = {}
    things: dict[str, tuple[Entity, set[str], set[str]]] = {}
    for new in sorted(filed):
        entity, rounds, wider = things.setdefault(new.entity.iri, (new.entity, set(), set()))
        rounds.update({new.round} if entity.kind == "Benchmark" else ())
        wider.update(_families(entity, vocabulary))
        spelled = (n for n in (*_spellings(new), *_in_families(entity, vocabulary)) if fold(n) not in taken)
        names.setdefault(entity.iri, {}).update(dict.fromkeys(filter(_telling, spelled)))
    return tuple(
        Concept(entity, tuple(names[at]), broader=tuple(sorted(wider)), rounds=tuple(sorted(rounds)))
        for at, (entity, rounds, wider) in things.items()
        if names[at]
    )


def _telling(name: str) -> bool:
    return len(fold(name)) > 2 and (any(c.isdigit() for c in name) or " " in name.strip())


def _families(entity: Entity, vocabulary: Vocabulary) -> Iterator[str]:
    """The family that a new model of it is below."""
    if entity.kind == "Accelerator":
        for at in {wide for concept in vocabulary.of_kind("Accelerator") for wide in concept.broader}:
            family = vocabulary[at].entity
            made = newer_model(vocabulary, family, entity.label.removeprefix(family.label))
            if made and made[0] == entity:
                yield at


def _in_families(entity: Entity, vocabulary: Vocabulary) -> Iterator[str]:
    """The names of a new model by the other names of the model before its number: 'Acme Chip 4' of 'Chip 4'."""
    for concept in vocabulary.of_kind(entity.kind):
        number = entity.label.removeprefix(f"{concept.entity.label} ")
        if number != entity.label and newer_model(vocabulary, concept.entity, f" {number}"):
            yield from (f"{name} {number}" for name in concept.names)


def _spellings(new: NewName) -> Iterator[str]:
    yield new.entity.label
    if new.entity.kind != "Accelerator":
        yield new.filed
        return
    first, *words = re.sub(r"[®™]|\(.*?\)", "", new.filed).split() or [""]
    own = fold(first) == fold(new.submitter)
    for name in (new.entity.label, *CODE.findall(new.entity.label)):
        yield name
        if words:
            yield f"{first} {name.removeprefix(first + ' ')}"
        if own or words:
            yield name.removeprefix(first + " ")
