"""Rows of official results to N-Triples, beside Morph-KGC with an RML mapping, and beside plain formatting.

We read a table of `kg results`, link its names and write; the others get a table of the finished terms, a column
a property, and have nothing to link. Morph-KGC needs an older pyoxigraph than we do, so it runs under the Python
that MORPH_PYTHON names. The answer is the set of triples.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Step

PYTHON = {"Morph-KGC": os.environ["MORPH_PYTHON"]} if "MORPH_PYTHON" in os.environ else {}

MISSING = "-missing-"
"""What stands in a cell that has no term."""
CONFIGURATION = f"[CONFIGURATION]\nna_values={MISSING}\nlogging_level=CRITICAL\n[rows]\nmappings={{}}\n"


def inputs(folder: Path, size: int) -> list[str]:
    """The table of so many results; the table of their terms, and the RML mapping of it."""
    from dataclasses import replace

    import pyoxigraph as ox

    from kg.graph import results_to_quads
    from kg.names.vocabulary import load_vocabulary
    from kg.record.results import link_results, shipped_results
    from kg.record.table import read_csv, write_csv

    table, terms, mapping = (folder / f"records-{size}{end}" for end in (".csv", "-terms.csv", ".rml.ttl"))
    names = [str(table), str(terms), str(mapping)]
    if mapping.exists():
        return names
    shipped = [row for path in shipped_results() for row in read_csv(path)]
    rows = (replace(row, system=f"{row.system}-{copy}") for copy in range(size) for row in shipped)
    table.write_text(write_csv([row for row, _ in zip(rows, range(size), strict=False)]), "utf-8")
    quads = results_to_quads(link_results([table], load_vocabulary()).results)
    about: dict[str, dict[str, str]] = defaultdict(dict)
    columns: dict[str, tuple[str, str]] = {}
    for quad in quads:
        value, number = quad.object, 1
        kind = value.datatype.value if isinstance(value, ox.Literal) else ""
        while (name := f"{quad.predicate.value}|{kind}|{number}") in about[quad.subject.value]:
            number += 1
        columns[name] = quad.predicate.value, kind
        about[quad.subject.value][name] = value.value
    with terms.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["iri", *(f"c{at}" for at in range(len(columns)))])
        writer.writerows([subject, *(said.get(name, MISSING) for name in columns)] for subject, said in about.items())
    maps = []
    for at, (predicate, kind) in enumerate(columns.values()):
        typed = f"rr:datatype <{kind}>" if kind else "rr:termType rr:IRI"
        maps.append(
            f'rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap [ rml:reference "c{at}" ; {typed} ] ]'
        )
    mapping.write_text(
        "@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n"
        "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n"
        f'<#rows> a rr:TriplesMap ; rml:logicalSource [ rml:source "{terms}" ; rml:referenceFormulation ql:CSV ] ;\n'
        'rr:subjectMap [ rml:reference "iri" ; rr:termType rr:IRI ] ;\n' + " ;\n".join(maps) + " .\n"
    )
    return names


def _kg(table: str, _terms: str, _mapping: str) -> Iterator[Step]:
    import pyoxigraph as ox

    from kg.graph import results_to_nquads
    from kg.names.vocabulary import load_vocabulary
    from kg.record.results import link_results

    vocabulary = load_vocabulary()
    made: list[str] = []

    def write() -> None:
        made.append(results_to_nquads(link_results([table], vocabulary).results))

    yield "records", write
    triples = {q.triple for q in ox.parse(made[-1], format=ox.RdfFormat.N_QUADS)}
    yield "records answer", lambda: {str(t) for t in triples}


def _strings(_table: str, terms: str, mapping: str) -> Iterator[Step]:
    import re

    import pyoxigraph as ox

    column = r'predicate <([^>]*)> ; rr:objectMap \[ rml:reference "c\d+" ; rr:(?:datatype <([^>]*)>)?'
    found = re.findall(column, Path(mapping).read_text())
    made: list[str] = []

    def write() -> None:
        lines = []
        with open(terms, newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for subject, *values in rows:
                for value, (predicate, kind) in zip(values, found, strict=True):
                    if value != MISSING:
                        text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
                        lines.append(
                            f"<{subject}> <{predicate}> " + (f'"{text}"^^<{kind}> .\n' if kind else f"<{value}> .\n")
                        )
        made.append("".join(lines))

    yield "records", write
    yield "records answer", lambda: {str(q.triple) for q in ox.parse(made[-1], format=ox.RdfFormat.N_TRIPLES)}


def _morph(_table: str, _terms: str, mapping: str) -> Iterator[Step]:
    import logging

    import morph_kgc

    logging.disable()
    stores: list[object] = []
    yield "records", lambda: stores.append(morph_kgc.materialize_oxigraph(CONFIGURATION.format(mapping)))
    yield "records answer", lambda: {f"{q.subject} {q.predicate} {q.object}" for q in stores[-1]}  # type: ignore[attr-defined]


CONTESTANTS = {"kg": _kg, "plain formatting": _strings, **({"Morph-KGC": _morph} if PYTHON else {})}
TIMES = 1
