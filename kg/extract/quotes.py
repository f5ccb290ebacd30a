"""Second quotes: where a name stands that a fact's own words leave out ('It has eight A100 GPUs')."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.model.statement import Entity, Evidence, Fact, Mention
from kg.names.finder import same_system
from kg.names.fold import fold
from kg.names.vocabulary import Vocabulary


def with_quotes(facts: Iterable[Fact], mentions: Sequence[Mention], vocabulary: Vocabulary) -> list[Fact]:
    """The facts, each with the mentions of what it names and its words do not; spans count in the document."""
    return [replace(fact, also=tuple(_elsewhere(fact, mentions, vocabulary))) for fact in facts]


def _elsewhere(fact: Fact, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Evidence]:
    quote = fold(fact.evidence.quote)
    for entity in (fact.subject, fact.object):
        if not isinstance(entity, Entity) or entity in (fact.statement.organization, fact.statement.round):
            continue
        concept = vocabulary.get(entity.iri)
        if any(fold(name) in quote for name in (entity.label, *(concept.names if concept else ()))):
            continue
        named = [m for m in mentions if _names(m, entity)]
        mention = next((m for m in named if fold(entity.label) in fold(m.text)), next(iter(named), None))
        if mention is not None:
            yield Evidence(mention.span, fact.statement.document.text[mention.span.start : mention.span.end])


def _names(mention: Mention, entity: Entity) -> bool:
    return mention.entity is not None and (
        mention.entity.iri == entity.iri
        or (mention.kind == entity.kind == "System" and same_system(mention.entity.label, entity.label))
    )
