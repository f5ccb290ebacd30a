"""Facts of other programs, in the form that `kg facts --format jsonl` prints: let in when their words bear them out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.extract.score import ontology
from kg.files import json_lines
from kg.model.entity import MOST
from kg.model.statement import Entity, Evidence, Fact, Kind, Span, Statement, Value
from kg.names.fold import fold
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import Vocabulary
from kg.namespaces import iri

_NAMED: Mapping[str, Kind] = {
    "benchmark": "Benchmark", "system": "System", "accelerator": "Accelerator", "processor": "Processor", "framework": "Framework",
    "software": "Software", "division": "Division", "round": "Round", "baselineRound": "Round", "whose": "Organization",
}  # fmt: skip
"""The qualifiers whose value is a name, by what it names."""


_TEXTS = {"organization", "predicate", "subject", "quote", "subjectIri", "objectIri", "doubt"}
_KINDS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(_TEXTS, (str,)), "object": (str, int, float, bool), "qualifiers": (dict,), "start": (int,), "end": (int,),
    "confidence": (int, float), "asserted": (bool,), "quotes": (list,), "aliases": (dict,),
}  # fmt: skip
"""What the values of a row may be."""
_NO_TEXT = re.compile(r"[\ud800-\udfff]|(?<!\\)(?:\\\\)*\\u0000")


class Refused(Exception):
    """Why a fact is not let in."""


def read_given(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file. Raises InputError with the line that is none."""
    return [row for _, row in json_lines(path, "give facts as `kg facts --format jsonl` prints them")]


class Gate:
    """Lets in the facts of some statements whose quotes, names and kinds hold."""

    def __init__(self, statements: Sequence[Statement], vocabulary: Vocabulary) -> None:
        self._statements = statements
        self._vocabulary = vocabulary
        self._kinds = ontology()
        self._lexicon = cache(partial(Lexicon, vocabulary))  # by round

    def admit(self, rows: Iterable[Mapping[str, Any]]) -> tuple[list[Fact], list[tuple[int, str]]]:
        """The facts let in, and of the others the number of the row, from 1, and the reason."""
        facts, refused = [], []
        for number, row in enumerate(rows, 1):
            try:
                facts.append(self._fact(row))
            except Refused as reason:
                refused.append((number, str(reason)))
        return facts, refused

    def _fact(self, row: Mapping[str, Any]) -> Fact:
        _check(row)
        statement, evidence = self._place(row)
        predicate = row.get("predicate")
        if predicate not in self._kinds:
            raise Refused(f"{predicate!r} is no predicate of the ontology")
        domain, range_ = self._kinds[predicate]
        subject = self._entity(statement, str(row.get("subject", "")), domain, row.get("subjectIri"))
        if range_:
            value: Value = self._entity(statement, str(row.get("object", "")), range_, row.get("objectIri"))
        else:
            value = _plain(row.get("object"))
        also = tuple(_also(statement, row))
        words = [row["quote"], *(e.quote for e in also)]
        named = {key: v for key, v in (row.get("qualifiers") or {}).items() if v is not None}
        if named.get("nameStated") is not False:
            for entity in (subject, value):
                self._stands(entity, words, statement, row)
        said = {
            key: self._entity(statement, v, {_NAMED[key]}, None) if key in _NAMED and isinstance(v, str) else _plain(v)
            for key, v in named.items()
        }
        return Fact(
            statement, predicate, subject, value, evidence, MappingProxyType(said),
            row.get("asserted") is not False, float(row.get("confidence") or 1), row.get("doubt") or "", also,
        )  # fmt: skip

    def _place(self, row: Mapping[str, Any]) -> tuple[Statement, Evidence]:
        if row.get("start") is None or row.get("end") is None or not (row.get("quote") or "").strip():
            raise Refused("it has no quote with start and end")
        for statement in self._statements:
            if statement.organization.label == row.get("organization"):
                found = _quoted(statement, row)
                if found and statement.body.start <= found.span.start <= statement.body.end:
                    return statement, found
        raise Refused("the quote is not at its place in a statement of the organization")

    def _entity(self, statement: Statement, name: str, kinds: Iterable[str], given: object) -> Entity:
        if not name.strip():
            raise Refused("a name is missing")
        known = self._vocabulary.get(given) if isinstance(given, str) else None
        if known is not None and known.entity.label == name:
            return known.entity
        allowed = set(kinds) - {"Submission"} | ({"Organization"} if "Submission" in kinds else set())
        if name == statement.organization.label and "Organization" in allowed:
            return statement.organization
        if linked := self._lexicon(statement.round).link(name, allowed):
            return linked
        kind: Kind = next((k for k in _ORDER if k in allowed), "Organization")
        made = given if isinstance(given, str) and f"/{kind.lower()}/" in given else iri(kind.lower(), name)
        return Entity(made, name, kind, known=False)

    def _stands(self, value: Value, words: Sequence[str], statement: Statement, row: Mapping[str, Any]) -> None:
        """Raises Refused when an entity's name stands in none of the quotes, by any of its names."""
        if not isinstance(value, Entity) or value in (statement.organization, statement.round):
            return
        concept = self._vocabulary.get(value.iri)
        names = [value.label, *(concept.names if concept else ()), *(concept.tasks if concept else ())]
        names += [n for side in (row.get("aliases") or {}).values() for n in side]
        text = fold(" ".join(words))
        own = {fold(word) for word in statement.organization.label.split()}
        parts = [fold(word) for word in re.findall(r"\w+", value.label) if fold(word) not in own]
        if value.kind == "Round":
            names.append(value.label.rpartition(" v")[2])  # 'our 1.0 submissions'
        in_words = bool(parts) and all(part in text for part in parts)  # a system told by its nodes has no name
        if not in_words and not any(fold(name) and fold(name) in text for name in names):
            raise Refused(f"the name {value.label!r} stands in none of its quotes")


_ORDER: tuple[Kind, ...] = (
    "System", "Accelerator", "Processor", "Framework", "Software", "Benchmark", "Division", "Round", "Organization"
)  # fmt: skip


def _check(row: Mapping[str, Any]) -> None:
    """Raises Refused for a row with a value that none of its kind can be."""
    for key, kinds in _KINDS.items():
        value = row.get(key)
        if value is not None and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
            raise Refused(f"its {key} cannot be a {type(value).__name__}")
    sure = row.get("confidence")
    if sure is not None and not 0 < sure <= 1:
        raise Refused("its confidence is not above 0 and up to 1")
    for key, value in {"object": row.get("object"), **(row.get("qualifiers") or {})}.items():
        if not (key.isidentifier() and isinstance(value, str | int | float | None)):
            raise Refused(f"its {key!r} is no qualifier")
        if isinstance(value, int | float) and not -MOST < value < MOST:
            raise Refused(f"its {key} is no number that anybody says")
    _check_lists(row)
    if _NO_TEXT.search(json.dumps(row, ensure_ascii=False)):
        raise Refused("it has characters that are no text")


def _check_lists(row: Mapping[str, Any]) -> None:
    """Raises Refused for second quotes and aliases that are none."""
    for beside in row.get("quotes") or ():
        if not isinstance(beside, dict) or any(beside.get(key) is None for key in ("start", "end", "quote")):
            raise Refused("a second quote lacks its start, end or words")
        _check({key: beside[key] for key in ("start", "end", "quote")})
    if not all(isinstance(n, list) and all(isinstance(x, str) for x in n) for n in (row.get("aliases") or {}).values()):
        raise Refused("its aliases are no lists of names")


def _also(statement: Statement, row: Mapping[str, Any]) -> Iterator[Evidence]:
    """The second quotes of a row. Raises Refused for one that is not at its place."""
    for other in row.get("quotes") or ():
        found = _quoted(statement, other)
        if found is None:
            raise Refused("a second quote is not at its place")
        yield found


def _quoted(statement: Statement, row: Mapping[str, Any]) -> Evidence | None:
    """The words at a place, if they are those of the quote but for white space; None where they are not."""
    start, end = row["start"], row["end"]
    text = statement.document.text[start:end] if 0 <= start < end else ""
    return Evidence(Span(start, end), text) if text.strip() and text.split() == row["quote"].split() else None


def _plain(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, bool | str) else str(value)
    return Decimal(str(value))


def reasons(refused: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Each refused fact as a line."""
    for number, reason in refused:
        yield f"fact {number} is not let in: {reason}"
