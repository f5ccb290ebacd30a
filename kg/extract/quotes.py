"""Second quotes: where a name stands that a fact's own words leave out ('It has eight A100 GPUs')."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.model.statement import Entity, Evidence, Fact, Mention
from kg.names.finder import parts_of, same_system
from kg.names.fold import fold
from kg.names.vocabulary import Vocabulary


def with_quotes(facts: Iterable[Fact], mentions: Sequence[Mention], vocabulary: Vocabulary) -> list[Fact]:
    """The facts, each with the mentions of what it names and its words do not; spans count in the document."""
    named = cache(_Named(mentions).first)
    return [replace(fact, also=tuple(_elsewhere(fact, named, vocabulary))) for fact in facts]


def _elsewhere(fact: Fact, named: Callable[[Entity], Mention | None], vocabulary: Vocabulary) -> Iterator[Evidence]:
    quote = fold(fact.evidence.quote)
    for entity in (fact.subject, fact.object):
        if not isinstance(entity, Entity) or entity in (fact.statement.organization, fact.statement.round):
            continue
        concept = vocabulary.get(entity.iri)
        if any(fold(name) in quote for name in (entity.label, *(concept.names if concept else ()))):
            continue
        if mention := named(entity):
            yield Evidence(mention.span, fact.statement.document.text[mention.span.start : mention.span.end])


class _Named:
    """Finds the mention that names an entity; looked up, as a long text has many of both."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        distinct: dict[tuple[Entity, str], Mention] = {}
        for mention in mentions:
            if mention.entity is not None:
                distinct.setdefault((mention.entity, mention.text), mention)
        self._listed = [(entity, mention) for (entity, _), mention in distinct.items()]
        self._whole: dict[str, list[int]] = defaultdict(list)  # by the IRI, and of systems by the folded name
        self._part: dict[str, list[int]] = defaultdict(list)
        for number, (entity, mention) in enumerate(self._listed):
            self._whole[entity.iri].append(number)
            if mention.kind == "System":
                name = fold(entity.label)
                self._whole[name].append(number)
                for part in parts_of(name):
                    self._part[part].append(number)

    def first(self, entity: Entity) -> Mention | None:
        """The first mention that names an entity, by its label where one does."""
        near = {*self._whole.get(entity.iri, ())}
        if entity.kind == "System":
            name = fold(entity.label)
            near.update(self._part.get(name, ()), *(self._whole.get(part, ()) for part in (name, *parts_of(name))))
        named = [m for other, m in (self._listed[n] for n in sorted(near)) if _is(m, other, entity)]
        return next((m for m in named if fold(entity.label) in fold(m.text)), next(iter(named), None))


def _is(mention: Mention, named: Entity, entity: Entity) -> bool:
    return named.iri == entity.iri or (
        mention.kind == entity.kind == "System" and same_system(named.label, entity.label)
    )
