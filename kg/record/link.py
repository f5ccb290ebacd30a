"""Linking the names of official results to the vocabulary, and systems of statements to those as filed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.errors import InputError
from kg.model.record import LinkedResult, Result, SystemLink
from kg.model.statement import Entity, Fact, Kind
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import Vocabulary
from kg.namespaces import iri


class ResultLinker:
    """Links the results of rounds; `unlinked` counts the names that no vocabulary knows, by kind."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lexicons: dict[str, tuple[Entity, Lexicon]] = {}
        self._found: dict[tuple[str, str, str], Entity | None] = {}
        self._frameworks: dict[tuple[str, str], list[Entity]] = {}
        self.unlinked: Counter[tuple[str, str]] = Counter()

    def link(self, result: Result) -> LinkedResult:
        """A result with its entities.

        Raises InputError when the vocabulary lacks its round, benchmark or division: without them the
        result could not be compared with any other.
        """
        round = self.round(result.round)
        framework = self._entity(result.round, "Framework", result.framework_run)
        return LinkedResult(
            result,
            self.organization(result.round, result.submitter),
            round,
            self._needed(result, "Benchmark", result.benchmark),
            self._needed(result, "Division", result.division),
            self._availability(result),
            self._entity(result.round, "Accelerator", result.accelerator),
            self._entity(result.round, "Processor", result.processor),
            tuple(self._named(result.round, result.framework_filed)),
            framework,
        )

    def round(self, label: str) -> Entity:
        """The round with a label. Raises InputError when the vocabulary has none."""
        return self._lexicon(label)[0]

    def organization(self, round: str, name: str) -> Entity:
        """The organization that a submitter's name stands for in a round; a new one when none is known."""
        return self._entity(round, "Organization", name) or Entity(
            iri("organization", name), name, "Organization", False
        )

    def frameworks(self, round: str, text: str) -> list[Entity]:
        """The frameworks that a text names, without libraries of others that it names."""
        named = self._named(round, text)
        iris = {e.iri for e in named}
        return [e for e in named if not iris & set(self._vocabulary[e.iri].built_on)]

    def _named(self, round: str, text: str) -> list[Entity]:
        """All frameworks that a text names."""
        if (round, text) not in self._frameworks:
            found = self._lexicon(round)[1].find(text)
            named = dict.fromkeys(m.entity for m in found if m.kind == "Framework" and m.entity)
            self._frameworks[round, text] = list(named)
        return self._frameworks[round, text]

    def _lexicon(self, label: str) -> tuple[Entity, Lexicon]:
        if label not in self._lexicons:
            round = self._vocabulary.rounds.get(label)
            if round is None:
                raise InputError(
                    f"unknown round {label!r}; the vocabulary knows {', '.join(self._vocabulary.rounds)}"
                )
            self._lexicons[label] = round, Lexicon(self._vocabulary, round)
        return self._lexicons[label]

    def _entity(self, round: str, kind: Kind, name: str) -> Entity | None:
        """The entity of a kind that a name stands for, or the only one that is named in it."""
        if not name:
            return None
        key = round, kind, name
        if key not in self._found:
            lexicon = self._lexicon(round)[1]
            whole = lexicon.link(name, (kind,))
            within = {m.entity for m in lexicon.find(name) if m.kind == kind and m.entity}
            self._found[key] = whole or (within.pop() if len(within) == 1 else None)
        if self._found[key] is None:
            self.unlinked[kind, name] += 1
        return self._found[key]

    def _needed(self, result: Result, kind: Kind, name: str) -> Entity:
        entity = self._entity(result.round, kind, name)
        if entity is None:
            raise InputError(f"{result.log_folder}: no {kind.lower()} of {result.round} is known as {name!r}")
        return entity

    def _availability(self, result: Result) -> Entity | None:
        """The category as filed; the log tells cloud from on-premise where the file says only 'available'."""
        exact = result.logged_status if result.availability == "available" else ""
        return self._entity(
            result.round,
            "AvailabilityCategory",
            exact if exact in ("cloud", "onprem") else result.availability,
        )


def link_systems(facts: Iterable[Fact], results: Iterable[LinkedResult]) -> list[SystemLink]:
    """The systems of an organization's statement that are systems it filed in the same round.

    A name is compared from its first word with a digit on, so that a brand before it need not be there;
    what follows in the filed name must not make another model of it ('NF5488' is not 'NF5488A5').
    """
    systems: dict[tuple[str, str], dict[str, Entity]] = {}
    for fact in facts:
        key = fact.statement.organization.iri, fact.statement.round.iri
        for value in (fact.subject, fact.object, *fact.qualifiers.values()):
            if isinstance(value, Entity) and value.kind == "System":
                systems.setdefault(key, {})[value.iri] = value
    filed: dict[tuple[str, str], dict[str, Result]] = {}
    for r in results:
        filed.setdefault((r.organization.iri, r.round.iri), {})[r.filed_system] = r.result
    links = {
        (system.iri, at): SystemLink(system, at, name)
        for key, named in systems.items()
        for system in named.values()
        for at, result in filed.get(key, {}).items()
        if (name := shared_name(system.label, (result.system, result.system_name), result.accelerator))
    }
    return [links[key] for key in sorted(links)]


def shared_name(label: str, names: Iterable[str], accelerator: str = "") -> str:
    """The model of a label that one of the filed names has; '' when none has it.

    What is left of a label when its brand is gone must not begin with the accelerator's name, which other
    systems have as well ('NDm A100 v4' and 'NC A100 v4').

    >>> shared_name("PowerEdge XE8545", ["2xXE8545x4A100-SXM-40GB"]), shared_name("NF5488", ["nf5488a5_mxnet"])
    ('XE8545', '')
    """
    for model in _models(label):
        letters = re.findall(r"[A-Za-z0-9]", model)
        beside = model != label and model.split()[0].lower() in accelerator.lower().replace("-", " ").split()
        if len(letters) < 4 or beside:
            continue
        pattern = r"(?<![A-Za-z0-9])(?:\d+x)?" + r"[\s_.-]*".join(letters) + r"(?:(?![A-Za-z0-9])|(?=x\d))"
        if any(re.search(pattern, name, re.IGNORECASE) for name in names):
            return model
    return ""


def _models(label: str) -> Iterator[str]:
    """A label from its first word with a digit on; the whole label first when a brand belongs to the name."""
    words = label.split()
    for at, word in enumerate(words):
        if re.search(r"\d", word):
            if at:
                yield " ".join(words[at - 1 :])
            yield " ".join(words[at:])
            if re.fullmatch(r"(?=.*[A-Za-z])(?=.*\d)[\w+-]{4,}", word):
                yield word
            return
