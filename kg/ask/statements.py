"""What statements say, their claims beside the record, and what the vocabulary says of accelerators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.ask.frame import FIELDS, Condition, Frame
from kg.ask.known import Known
from kg.ask.results import NOTHING, Answer, several
from kg.ask.words import load_words
from kg.errors import NotUnderstood
from kg.namespaces import MLP, PREFIXES
from kg.query import Table

SPOKEN = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("mlp", "oa", "prov", "rdfs"))
_COUNTS = {
    "result": ("resultCount",), "benchmark": ("taskCount", "submittedBenchmark"), "system": ("configurationCount",),
}  # fmt: skip
_UNITS = {"resultCount": "results", "configurationCount": "configurations", "taskCount": "benchmarks"}
_NUMBERS = ("value", "count", "minutes", "nodeCount", "acceleratorCount")
_QUOTES = 3
"""An answer shows so many quotes itself; more stand in the evidence alone."""
_WHO = frozenset(["organization", "round"])
_QUOTED = """  GRAPH ?statement {
    ?evidence oa:hasTarget/oa:hasSelector ?selector .
    ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
  }
  ?statement rdfs:label ?statementLabel ; mlp:restated ?restated ; mlp:round ?round ; prov:wasAttributedTo ?organization .
  OPTIONAL { ?organization rdfs:label ?organizationLabel }
  OPTIONAL { ?round rdfs:label ?roundLabel }"""


def predicates(frame: Frame) -> tuple[str, ...]:
    """The predicates of the facts that a frame asks for; () for all."""
    things = [f for f in frame.asked if f not in _WHO and f in FIELDS.values()]
    things += [c.field for c in frame.conditions if c.field not in (*_WHO, "thing") and c.values]
    found = [p for p in frame.predicates if p != "nthParticipation" and not (things and p == "mentionsSubmitter")]
    found += ["mentionsSubmitter"] if "partner" in found else []
    if frame.aggregate == "count" and frame.counted in _COUNTS:
        return _COUNTS[frame.counted]
    if "nthParticipation" in frame.predicates and not found:
        return ("submittedTo",)
    ranges = load_words().ranges
    kinds = {field: kind for kind, field in FIELDS.items()}
    if not found:
        if "minutes" in frame.asked:
            return ("timeToTrain",)
        for field in frame.asked:
            if field not in _WHO and kinds.get(field) in ranges:
                found += [p for p in ranges[kinds[field]] if p != "didNotSubmitBenchmark"]
        for field in ("division", "availability"):
            found += [field] if field in frame.asked else []
    return tuple(dict.fromkeys(found))


def facts_query(frame: Frame, known: Known) -> str:
    """The facts of statements under a frame's conditions, with their words: a row for each detail of each fact."""
    wanted = predicates(frame)
    lines = [f"VALUES ?predicate {{ {' '.join(f'mlp:{p}' for p in wanted)} }}"] if wanted else []
    fact = "?fact a mlp:Fact ; mlp:predicate ?predicate ; mlp:evidence ?evidence ; ?detail ?thing"
    lines += [f"GRAPH ?statement {{ {fact} }}", *_conditions(frame, known)]
    if "nthParticipation" in frame.predicates:
        lines.append("GRAPH ?statement { ?fact mlp:firstTime true }")
    lines.append("FILTER NOT EXISTS { GRAPH ?statement { ?fact mlp:modality ?modality } }")
    lines += [_QUOTED, "OPTIONAL { ?thing rdfs:label ?thingLabel }"]
    return _query("?fact ?detail ?thing ?thingLabel", lines, frame, known)


def _query(columns: str, lines: Sequence[str], frame: Frame, known: Known) -> str:
    body = "\n  ".join(lines)
    said_in = spoken(frame.conditions, known)
    if len(said_in) == 1:  # a constant, which is four times faster than a filter
        one = str(ox.NamedNode(said_in[0]))
        body = f"VALUES ?statement {{ {one} }}\n  {body.replace('?statement ', f'{one} ')}"
    elif len(said_in) < len(known.statements):
        body += f"\n  FILTER(?statement IN ({', '.join(str(ox.NamedNode(iri)) for iri in said_in)}))"
    return (
        f"{SPOKEN}SELECT DISTINCT {columns} ?organization ?organizationLabel ?round ?roundLabel ?quote ?start ?end "
        f"?statement ?statementLabel ?restated\nWHERE {{\n  {body}\n}}\nORDER BY ?organizationLabel ?statement ?start\n"
    )


def spoken(conditions: Iterable[Condition], known: Known) -> list[str]:
    """The statements that meet the conditions on who speaks and of which round."""
    meant = [(c.field, c.negated, set(known.meant(c))) for c in conditions if c.field in _WHO and c.values]
    return [
        statement
        for statement, about in known.statements.items()
        if all((about[field] in iris) != negated for field, negated, iris in meant)
    ]


def merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The details of each fact, or of the review of each claim, as one row, by the names of their properties."""
    facts: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        fact = facts.setdefault((row.get("fact") or row["claim"], row["start"], row["end"]), dict(row))
        name = row["detail"].value.removeprefix(MLP)
        fact |= {name: row["thing"], f"{name}Label": row.get("thingLabel", row.get(f"{name}Label"))}
    return list(facts.values())


def _conditions(frame: Frame, known: Known) -> list[str]:
    """What a fact has to name; 'not' excludes the statement. Who speaks of which round is told by the statements."""
    lines: list[str] = []
    for n, c in enumerate(frame.conditions):
        if c.number is not None or not c.values or c.field in _WHO:
            continue
        terms = _terms(known, c)  # one is a constant, which is ten times faster
        several = f" VALUES ?thing{n} {{ {' '.join(terms)} }}" if len(terms) > 1 else ""
        thing = f"?thing{n}" if several else terms[0]
        named = f"?other{n} mlp:object" if c.negated else f"?fact ?property{n}"
        lines.append(f"FILTER {'NOT ' * c.negated}EXISTS {{ GRAPH ?statement {{ {named} {thing} }}{several} }}")
    return lines


def _terms(known: Known, c: Condition) -> list[str]:
    """What meets a condition in a statement, as SPARQL terms: a system as it is named, not as it was filed."""
    found = known.narrower(c.values) if c.field == "system" else known.meant(c)
    return [str(ox.NamedNode(iri)) for iri in [i for i in found if known.mentioned(i)] or found[:1]]


def claims_query(frame: Frame, known: Known) -> str:
    """The claims of statements with verdict, arithmetic and words."""
    lines = [
        "GRAPH ?reviews {", "  ?review mlp:reviewed ?claim ; mlp:verdict ?verdict ; ?detail ?thing .",
        "  VALUES ?detail { mlp:verdict mlp:recordGives mlp:computation }",
        "  ?claim rdfs:label ?claimLabel ; mlp:claimKind ?kind ; mlp:claimedIn ?statement ; mlp:evidence ?evidence .",
        "}", "?verdict rdfs:label ?verdictLabel .", _QUOTED,
    ]  # fmt: skip
    things = _conditions(frame, known)
    if any("?fact" in line for line in things):
        lines.insert(0, "GRAPH ?reviews { ?claim mlp:restsOnFact ?fact }")
    lines += things
    if frame.verdict == "checkable":
        lines.append('FILTER(?verdictLabel != "not checkable")')
    elif frame.verdict:
        lines.append(f"FILTER(STRSTARTS(?verdictLabel, {ox.Literal(frame.verdict)}))")
    return _query("?claim ?claimLabel ?verdict ?verdictLabel ?kind ?detail ?thing", lines, frame, known)


def mentioning(frame: Frame, known: Known) -> str:
    """The statements of submissions of which all things are said that a frame about the record has conditions on."""
    lines = []
    for n, c in enumerate(frame.conditions):
        terms = " ".join(_terms(known, c))
        if c.field in _WHO:
            path = "mlp:submitter" if c.field == "organization" else "mlp:round"
            lines.append(f"?submission {path} ?of{n} . VALUES ?of{n} {{ {terms} }}")
        else:
            of = f"mlp:object|mlp:accelerator|mlp:framework|mlp:benchmark|mlp:system ?thing{n}"
            held = f"VALUES ?thing{n} {{ {terms} }} ?fact{n}"
            lines.append(
                f"{{ SELECT DISTINCT ?submission WHERE {{ {{ GRAPH ?g{n} {{ {held} {of} ; mlp:subject ?submission ; "
                f"mlp:predicate ?p{n} FILTER(?p{n} != mlp:didNotSubmitBenchmark) }} }} "
                f"UNION {{ GRAPH ?g{n} {{ {held} mlp:object|mlp:accelerator ?thing{n} ; mlp:predicate mlp:hasAccelerator ; "
                f"mlp:subject ?machine{n} . ?of{n} mlp:object|mlp:system ?machine{n} ; mlp:subject ?submission }} }} "
                f"FILTER NOT EXISTS {{ GRAPH ?g{n} {{ ?fact{n} mlp:modality ?m{n} }} }} }} }}"
            )
    return (
        f"{SPOKEN}SELECT DISTINCT ?organization ?organizationLabel ?round ?roundLabel\nWHERE {{\n  "
        + "\n  ".join(lines)
        + "\n  ?submission mlp:submitter ?organization ; mlp:round ?round .\n"
        "  OPTIONAL { ?organization rdfs:label ?organizationLabel }\n  OPTIONAL { ?round rdfs:label ?roundLabel }\n}\n"
        "ORDER BY ?roundLabel ?organizationLabel\n"
    )


# Rows to answers


def _text(row: Mapping[str, Any], name: str) -> str:
    term = row.get(name)
    return "" if term is None else term.value


def narrowed(rows: list[dict[str, Any]], numbers: Collection[Decimal]) -> list[dict[str, Any]]:
    """The rows that state most of some numbers, in a detail or in the label of a claim; all of them without numbers."""
    most = _stating(rows, numbers)
    return [r for r in rows if not numbers or len(_numbers(r).intersection(numbers)) == most > 0]


def _stating(rows: list[dict[str, Any]], numbers: Collection[Decimal]) -> int:
    """How many of some numbers are stated by the row that states most of them."""
    return max((len(_numbers(r).intersection(numbers)) for r in rows), default=0)


def _holds(row: Mapping[str, Any], words: Collection[str]) -> bool:
    """Whether the words of a fact, or what it says, hold some words, in any form: 'cooled' is 'cooling'."""
    said_ = " ".join(_text(row, n) for n in ("quote", "attribute", "attributeValue", "value")).lower()
    return all(word[:4] in said_ for text in words if text != "attribute" for word in text.split())


def _numbers(row: Mapping[str, Any]) -> set[Decimal]:
    return numbers_in(" ".join(_text(row, n) for n in (*_NUMBERS, "claimLabel")))


def numbers_in(text: str) -> set[Decimal]:
    """The numbers that stand alone in a text, not those of names."""
    return {Decimal(n.replace(",", "")) for n in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", text)}


def said(frame: Frame, rows: list[dict[str, Any]]) -> Answer:
    """What statements say, by who says it; how many where that is asked."""
    things: dict[str, list[str]] = {}
    for row in rows:
        things.setdefault(_text(row, "organizationLabel"), []).append(_thing(frame, row))
    lines = []
    if frame.asked[:1] == ("organization",) and frame.source == "statements" and not set(frame.asked[1:]):
        lines.append(f"{several(len(things), 'organization')}: {', '.join(things)}.")
    if len(things) <= 6:
        lines += [f"{who} says: {'; '.join(dict.fromkeys(what))}." for who, what in things.items()]
    quotes = list(dict.fromkeys(_text(row, "quote") for row in rows))
    if len(quotes) <= _QUOTES:
        lines += [f"“{quote}”" for quote in quotes]
    names = [_text(r, "predicate").removeprefix(MLP) for r in rows]
    about = [load_words().labels.get(name, name) for name in names]
    said_ = ((_text(r, "organizationLabel"), of, _thing(frame, r)) for r, of in zip(rows, about, strict=True))
    cells = dict.fromkeys((*map(ox.Literal, s), r["roundLabel"]) for s, r in zip(said_, rows, strict=True))
    table = Table(("organization", "about", "says", "round"), tuple(cells))
    return Answer(frame, tuple(lines), table, listed=len(things) > 6 or not lines)


def _thing(frame: Frame, row: Mapping[str, Any]) -> str:
    """What a fact says in words: its object, or value with unit, and what it is about."""
    value = _text(row, "objectLabel") or _text(row, "object")
    if not value:
        value = _text(row, "value")
        unit = _text(row, "unit") or _UNITS.get(_text(row, "predicate").removeprefix(MLP), "")
        value = f"{value} {unit}".strip()
        if attribute := _text(row, "attribute"):
            value = f"{attribute}: {_text(row, 'attributeValue') or value}"
    aside = [_text(row, f"{n}Label") for n in ("benchmark", "system", "accelerator", "framework")]
    aside += [f"{_text(row, 'count')} of them"] if _text(row, "count") else []
    extra = [a for a in dict.fromkeys(aside) if a and a != value]
    return f"{value} ({', '.join(extra)})" if extra else value


def reviewed(frame: Frame, rows: list[dict[str, Any]], numbers: Collection[Decimal]) -> Answer:
    """Claims with their verdicts: one in a sentence, several in a table, with how many there are of each verdict.

    Of the numbers that are asked for those are told that none of them states.
    """
    verdicts = Counter(_text(row, "verdictLabel") for row in rows)
    lines = [f"{several(len(rows), 'claim')}: {', '.join(f'{n} {v}' for v, n in verdicts.most_common())}."]
    if len(rows) <= 5:
        given = [(_text(r, "recordGives"), _text(r, "computation")) for r in rows]
        lines = [
            f"{_text(r, 'claimLabel')}: {_text(r, 'verdictLabel')}{f'; the record gives {g}: {c}' if g else ''}."
            for r, (g, c) in zip(rows, given, strict=True)
        ]
    unsaid = sorted({*numbers}.difference(*map(_numbers, rows)))
    lines += [f"No such claim states {', '.join(f'{n:,f}' for n in unsaid)}."] if unsaid else []
    columns = ("organizationLabel", "claimLabel", "verdictLabel", "recordGives", "computation")
    table = Table(columns, tuple(tuple(r.get(c) for c in columns) for r in rows))
    return Answer(frame, tuple(lines), table, listed=len(rows) > 5)


def stated(frame: Frame, at: Known, values: Sequence[Decimal]) -> Answer:
    """What statements say, or the claims in them, under a frame, with its words; `values` are numbers to be stated."""
    claims = frame.source == "claims"
    before = "improvement" in frame.predicates or (claims and values)
    rounds = tuple(c for c in frame.conditions if c.field == "round" and not {*c.values} & {*at.stated_rounds})
    if before and rounds:
        frame = frame.leaving(rounds)  # 'over v1.1'
    numbers = {*values, *(c.number for c in frame.conditions if c.number is not None)}
    topics = {c.field for c in frame.conditions} - {"organization", "round", "accelerator"}
    loose = bool(numbers) if claims else bool(topics or frame.asked) and "mentionsSubmitter" not in frame.predicates
    rows: list[dict[str, Any]] = []
    for left in ((), ("accelerator", "benchmark") if claims else ("accelerator",)) if loose else ((),):
        tried = replace(frame, conditions=tuple(c for c in frame.conditions if c.field not in left))
        query = (claims_query if claims else facts_query)(tried, at)
        columns, found = at.rows(query)
        more = [dict(zip(columns, row, strict=True)) for row in found]
        more = [r for r in narrowed(merged(more), numbers) if _holds(r, frame.words)]
        if not left or not rows or (claims and _stating(more, numbers) > _stating(rows, numbers)):
            rows, sparql = more, query
        if rows and not claims:
            break
    if not rows:
        loaded = ", ".join(e.label for e in at.stated_rounds) or "no round"
        of = f" of {', '.join(c.label for c in frame.conditions)}" if frame.conditions else ""
        line = f"None: no {'claim' if claims else 'statement'} says so{of}; there are statements of {loaded}."
        return Answer(frame, (line,), NOTHING, sparql=sparql, empty=True)
    quoted = ("organizationLabel", "quote", "start", "end", "statement", "statementLabel", "restated")
    evidence = Table(quoted, tuple(dict.fromkeys(tuple(r[c] for c in quoted) for r in rows)))
    answer = reviewed(frame, rows, numbers) if claims else said(frame, rows)
    return replace(answer, evidence=evidence, sparql=sparql)


def attributes(frame: Frame, at: Known) -> Answer:
    """What the vocabulary says of accelerators, or of the members of their families. Raises NotUnderstood."""
    if not frame.conditions:
        raise NotUnderstood("say of which accelerator")
    name = frame.asked[-1]
    terms = " ".join(str(ox.NamedNode(i)) for i in dict.fromkeys(i for c in frame.conditions for i in at.meant(c)))
    sparql = (
        f"{SPOKEN}SELECT DISTINCT ?accelerator ?acceleratorLabel ?value ?valueLabel\nWHERE {{\n"
        f"  VALUES ?accelerator {{ {terms} }}\n  ?accelerator mlp:{name} ?value ; rdfs:label ?acceleratorLabel .\n"
        "  OPTIONAL { ?value rdfs:label ?valueLabel }\n}\nORDER BY ?value ?acceleratorLabel\n"
    )
    columns, rows = at.rows(sparql)
    label = load_words().labels.get(name, name)
    if not rows:
        raise NotUnderstood(f"the vocabulary does not say the {label} of {frame.conditions[0].label}")
    values: dict[str, list[str]] = {}
    for _, thing, value, shown_ in rows:
        values.setdefault((shown_ or value).value, []).append(thing.value)
    unit = {"memoryGB": " GB", "powerWatts": " W"}.get(name, "")
    told = "; ".join(f"{value}{unit} ({', '.join(dict.fromkeys(things))})" for value, things in values.items())
    return Answer(frame, (f"{label[0].upper()}{label[1:]}: {told}.",), Table(columns, tuple(rows)), sparql=sparql)
