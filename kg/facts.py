"""Facts and their evaluation in print: a table, CSV or JSON Lines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any, TextIO

from kg.errors import UnknownFormat
from kg.extract.score import Evaluation
from kg.files import csv_text
from kg.graph import fact_iri, fact_iris
from kg.model.statement import Entity, Fact, Mention, Statement, Value
from kg.plain import MEASURED, in_words, measured, one_line

FORMATS = ("table", "csv", "jsonl")
EVALUATION_FORMATS = ("table", "json")
NAME_FORMATS = ("table", "jsonl")
COLUMNS = (
    "organization", "predicate", "subject", "object", "qualifiers", "quote", "start", "end", "subjectIri", "objectIri",
    "confidence", "asserted", "fact", "doubt", "quotes",
)  # fmt: skip


def fact_row(fact: Fact) -> dict[str, Any]:
    """A fact as plain values, with the keys of `COLUMNS`; numbers as numbers, entities by label."""
    subject_iri, object_iri = fact_iris(fact)
    qualifiers = {key: _plain(value) for key, value in sorted(fact.qualifiers.items())}
    values = (
        fact.statement.organization.label, fact.predicate, fact.subject.label, _plain(fact.object), qualifiers,
        fact.evidence.quote, fact.evidence.span.start, fact.evidence.span.end, subject_iri, object_iri,
        round(fact.confidence, 3), fact.asserted, fact_iri(fact), fact.doubt,
        [{"quote": e.quote, "start": e.span.start, "end": e.span.end} for e in fact.also],
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _plain(value: Value) -> str | int | float | bool:
    if isinstance(value, Entity):
        return value.label
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def write_facts(facts: Iterable[Fact], format: str, out: TextIO) -> None:
    """Write facts as 'table', 'csv' or 'jsonl'. Raises UnknownFormat for another."""
    listed = list(facts)
    rows = [fact_row(fact) for fact in listed]
    if format == "jsonl":
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    elif format == "csv":
        out.write(csv_text(COLUMNS, ([_cell(value) for value in row.values()] for row in rows)))
    elif format == "table":
        _table(listed, rows, out)
    else:
        raise UnknownFormat(format, "facts", FORMATS)


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _table(facts: Sequence[Fact], rows: list[dict[str, Any]], out: TextIO) -> None:
    """Facts under the organization that states them, each with its words below it."""
    statement = ""
    wrapped = cache(partial(textwrap.fill, width=110, initial_indent=" " * 6, subsequent_indent=" " * 6))
    for fact, row in zip(facts, rows, strict=True):
        if fact.statement.iri != statement:
            out.write(
                f"{chr(10) if statement else ''}{one_line(row['organization'])} on {fact.statement.round.label}\n"
            )
            statement = fact.statement.iri
        out.write(f"  {one_line(_line(fact, row))}\n")
        mark = "[restated] " if fact.statement.document.origin else ""
        page = fact.statement.document.page(fact.evidence.span.start)
        place = f"{row['start']}–{row['end']}" + (f", p. {page}" if page else "")
        words = f"{mark}“{one_line(row['quote'])}” {place}"
        out.write(wrapped(words) + "\n")


def _line(fact: Fact, row: dict[str, Any]) -> str:
    """A fact in one line, as a person writes it: who, what, how much, and in brackets what else is said of it."""
    said = {name: str(value) for name, value in row["qualifiers"].items() if not isinstance(value, bool)}
    flags = [in_words(n) if on else f"{in_words(n)}: no" for n, on in row["qualifiers"].items() if isinstance(on, bool)]
    whole, attribute = str(row["object"]), said.pop("attributeValue", None)
    amount = measured(whole if attribute is None else attribute, said)
    if attribute is None:
        whole = amount
    elif "".join(amount.split()) not in "".join(whole.split()):
        flags.append(amount)
    rest = [*flags, *(f"{in_words(name)} {value}" for name, value in said.items() if name not in MEASURED)]
    rest += [f"confidence {fact.confidence:.2f}"] if fact.confidence < 0.995 else []
    rest += [f"doubt: {fact.doubt}"] if fact.doubt else []
    return f"{row['subject']} — {row['predicate']} → {whole}" + (f" ({'; '.join(rest)})" if rest else "")


def write_names(said: Iterable[tuple[Statement, Iterable[Mention]]], format: str, out: TextIO) -> None:
    """Write the names found in statements as 'table' or 'jsonl'. Raises UnknownFormat for another.

    Offsets are 0-based code points in the document's text, the end exclusive; `iri` is null where a name is not linked.
    """
    if format not in NAME_FORMATS:
        raise UnknownFormat(format, "names", NAME_FORMATS)
    for statement, mentions in said:
        if format == "table":
            out.write(one_line(statement.organization.label) + "\n")
        for m in mentions:
            if m.task:
                continue
            entity = m.entity
            row = {
                "start": m.span.start, "end": m.span.end, "text": m.text, "kind": m.kind, "name": entity.label if entity else m.text,
                "iri": entity.iri if entity and entity.known else None, "accepted_by": m.accepted_by,
                "confidence": round(m.confidence, 3), "statement": statement.organization.label,
            }  # fmt: skip
            if format == "jsonl":
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            else:
                where = f"{m.span.start}–{m.span.end}"
                out.write(f"  {where:13} {m.kind:21} {m.accepted_by:11} {one_line(m.text)}\n")


def write_evaluation(evaluation: Evaluation, format: str, out: TextIO) -> None:
    """Write an evaluation as 'table' or 'json'. Raises UnknownFormat for another."""
    if format == "json":
        scores = {**evaluation.predicates, "all": evaluation.overall}
        out.write(json.dumps({
            "predicates": {name: {"precision": s.precision, "recall": s.recall, "f1": s.f1, "said": s.said, "right": s.right,
                                  "demanded": s.demanded, "found": s.found} for name, s in scores.items()},
            "ontologyConformance": evaluation.conformance, "ungrounded": evaluation.ungrounded,
        }, indent=2) + "\n")  # fmt: skip
        return
    if format != "table":
        raise UnknownFormat(format, "an evaluation", EVALUATION_FORMATS)
    out.write(f"{'predicate':24}{'precision':>18}{'recall':>18}{'F1':>8}\n")
    for name, s in [*evaluation.predicates.items(), ("all", evaluation.overall)]:
        said, demanded = f"{s.right}/{s.said}", f"{s.found}/{s.demanded}"
        print(f"{name:24}{s.precision:8.3f} {said:>9}{s.recall:8.3f} {demanded:>9}{s.f1:8.3f}", file=out)
    out.write(f"ontology conformance {evaluation.conformance:.3f}   ungrounded facts {evaluation.ungrounded:.3f}\n")
