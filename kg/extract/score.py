"""Extracted facts beside annotated ones: precision, recall and F1, conformance and grounding.

The measures are those of Text2KGBench (https://arxiv.org/abs/2308.02357): a fact is right when the
annotation of the same statement has the same predicate, subject and object; ontology conformance is
the share of facts whose predicate and kinds of subject and object the ontology has; a fact is
ungrounded when its quote is not at its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.files import json_lines
from kg.model.statement import Entity, Fact
from kg.names.fold import fold
from kg.names.lexicon import Lexicon
from kg.names.ontology import said_by_file, terms
from kg.namespaces import MLP, PREFIXES


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one predicate: facts said, those of them right, facts demanded, those of them found."""

    said: int
    right: int
    demanded: int
    found: int

    @property
    def precision(self) -> float:
        """The share of the facts said that are right, in [0, 1]; 0 when none was said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of the facts demanded that were found, in [0, 1]; 0 when none was demanded."""
        return self.found / self.demanded if self.demanded else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores by predicate, in the order of their names, and over all of them.

    `conformance` and `ungrounded` are shares of all facts, in [0, 1].
    """

    predicates: Mapping[str, Score]
    overall: Score
    conformance: float
    ungrounded: float


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Annotated facts, one JSON object a line: organization, predicate, subject, object, qualifiers.

    `aliases` (by 'subject' and 'object') and `certainty` ('explicit' or 'implied': not demanded) are
    optional. Raises InputError with the line of a fact that is not of this form.
    """
    rows = []
    for number, row in json_lines(path, "give a JSON Lines file of annotated facts"):
        if missing := [k for k in ("organization", "predicate", "subject", "object") if k not in row]:
            raise InputError(f"{path}:{number}: {', '.join(missing)} missing; each line must be one annotated fact")
        rows.append(row)
    if not rows:
        raise InputError(f"{path}: no annotated fact in it")
    return rows


def evaluate(gold: Sequence[Mapping[str, Any]], facts: Iterable[Fact], lexicon: Lexicon) -> Evaluation:
    """Facts against annotations; names are equal when they fold alike or are linked to one entity."""
    said = list(facts)
    by: dict[str, Score] = {}
    for name in sorted({row["predicate"] for row in gold}):
        rows = [row for row in gold if row["predicate"] == name]
        demanded = [row for row in rows if _is_demanded(row)]
        mine = [fact for fact in said if fact.predicate == name]
        if mine or demanded:
            right = sum(any(_same(row, fact, lexicon) for row in rows) for fact in mine)
            found = sum(any(_same(row, fact, lexicon) for fact in mine) for row in demanded)
            by[name] = Score(len(mine), right, len(demanded), found)
    total = Score(*(sum(getattr(s, k) for s in by.values()) for k in ("said", "right", "demanded", "found")))
    kinds = ontology()
    conform = sum(_conforms(fact, kinds) for fact in said)
    quoted = ((f.evidence, f.statement.document.text[f.evidence.span.start : f.evidence.span.end]) for f in said)
    grounded = sum(evidence.quote == words for evidence, words in quoted)
    n = len(said) or 1
    return Evaluation(by, total, conform / n if said else 0.0, 1 - grounded / n if said else 0.0)


def _is_demanded(row: Mapping[str, Any]) -> bool:
    qualifiers = row.get("qualifiers") or {}
    aside = qualifiers.get("background") or qualifiers.get("planned")
    return row.get("certainty", "explicit") == "explicit" and not aside


def _same(row: Mapping[str, Any], fact: Fact, lexicon: Lexicon) -> bool:
    """Whether an annotation and an extracted fact of one predicate are the same."""
    if not _is_named(fact.statement.organization, [row["organization"]], lexicon):
        return False
    wanted = _number(row["object"])
    if wanted is not None:
        value = _number(fact.object)
        if value is None or abs(wanted - value) > 1e-9 * max(1.0, abs(wanted)):
            return False
        benchmark = fact.qualifiers.get("benchmark")
        named = (row.get("qualifiers") or {}).get("benchmark")
        return not (named and isinstance(benchmark, Entity)) or _is_named(benchmark, [named], lexicon)
    aliases = row.get("aliases") or {}
    return all(
        _is_named(value, [row[end], *aliases.get(end, [])], lexicon)
        for end, value in (("object", fact.object), ("subject", fact.subject))
    )


def _is_named(value: object, names: Iterable[object], lexicon: Lexicon) -> bool:
    """Whether one of some names is that of a value, or linked to it."""
    label = value.label if isinstance(value, Entity) else str(value)
    for name in map(str, names):
        linked = lexicon.link(name)
        if fold(name) == fold(label) or (linked and isinstance(value, Entity) and linked.iri == value.iri):
            return True
    return False


def _number(value: object) -> float | None:
    if isinstance(value, (bool, Entity)):
        return None
    match = re.fullmatch(r"\s*([-+]?\d+(?:\.\d+)?)\s*%?\s*", str(value).replace(",", ""))
    return float(match[1]) if match else None


def ontology() -> dict[str, tuple[set[str], set[str]]]:
    """The classes of subject and object that the ontology gives each property, by local names; none for a union."""

    def classes(iri: str, way: str) -> set[str]:
        values = said_by_file()[iri].get(PREFIXES["rdfs"] + way, ())
        return {value.removeprefix(MLP) for value in values if value.startswith(MLP)}

    return {t.name: (classes(t.iri, "domain"), classes(t.iri, "range")) for t in terms() if t.kind == "property"}


def _conforms(fact: Fact, kinds: Mapping[str, tuple[set[str], set[str]]]) -> bool:
    if fact.predicate not in kinds:
        return False
    domain, range_ = kinds[fact.predicate]
    subject = {fact.subject.kind, "Submission"} if fact.subject.kind == "Organization" else {fact.subject.kind}
    fits = not domain or bool(domain & subject)
    return fits and (not range_ or not isinstance(fact.object, Entity) or fact.object.kind in range_)
