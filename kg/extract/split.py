"""A document's sections as statements: who says what follows, in which round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.errors import InputError
from kg.model.statement import Document, Entity, Section, Span, Statement
from kg.read.outline import names_of


def split(document: Document, organization_of: Callable[[str], Entity], round_entity: Entity) -> list[Statement]:
    """One statement for each section, in the order of the text; `organization_of` links a heading's name.

    A heading that joins several organizations, none of which is known by the whole of it, makes one joint
    statement.

    Two sections of one organization that follow each other are one statement: the heading between them
    stays in its text, like any heading inside a statement.

    Raises InputError, with the lines of both headings, when sections of one organization are apart: a
    statement is one stretch of text, and its IRI is made from the organization's name.
    """
    statements: list[Statement] = []
    places: dict[str, int] = {}
    for section in document.sections:
        organization = organization_of(section.name)
        speakers = _speakers(section.name, organization, organization_of)
        statement = Statement(document, organization, round_entity, section.heading, section.body, speakers)
        earlier = places.get(statement.iri)
        if earlier is None:
            places[statement.iri] = len(statements)
            statements.append(statement)
        elif earlier == len(statements) - 1:
            before = statements[earlier]
            body = Span(before.body.start, section.body.end)
            statements[earlier] = replace(before, body=body)
        else:
            raise InputError(_twice(document, organization, statements[earlier].heading, section))
    return statements


def _speakers(name: str, organization: Entity, organization_of: Callable[[str], Entity]) -> tuple[Entity, ...]:
    """The organizations that a heading joins, of which one at least is known; none when it names one."""
    parts = names_of(name)
    if organization.known or len(parts) < 2:
        return ()
    found = tuple(map(organization_of, parts))
    return found if any(one.known for one in found) else ()


def _twice(document: Document, organization: Entity, heading: Span, section: Section) -> str:
    first, second = (document.text.count("\n", 0, at) + 1 for at in (heading.start, section.heading.start))
    return (
        f"{document.source}:{second}: {organization.label} has a statement already, in line {first}; "
        "put both below one heading"
    )
