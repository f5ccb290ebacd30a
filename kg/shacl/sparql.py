"""SPARQL-based constraints (https://www.w3.org/TR/shacl/#sparql-constraints) that select $this."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.nquads import Term, term, text
from kg.shacl.columns import TYPE, Columns
from kg.shacl.shapes import Path, Shapes


def selected(
    rule: str, focus: set[str], shapes: Shapes, data: Columns
) -> Iterator[tuple[str, str | None, Path | None]]:
    """What a SPARQL rule selects for its focus nodes."""
    (query,) = shapes.values(rule, "select")
    prefixes: dict[str, str] = {}
    for ontology in shapes.values(rule, "prefixes"):
        for declared in shapes.values(ontology, "declare"):
            (prefix,), (namespace,) = (shapes.values(declared, n) for n in ("prefix", "namespace"))
            prefixes[text(prefix)] = text(namespace)
    select = text(query)
    store = ox.Store()
    triples = data.n_triples(looked_at(select, prefixes), focus)
    store.load(triples, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # terms of the data, checked when it was read
    for node in sorted(focus):
        this: dict[ox.Variable, Term | ox.Triple] = {ox.Variable("this"): term(node)}
        rows = store.query(select, prefixes=prefixes, substitutions=this)
        assert isinstance(rows, ox.QuerySolutions)
        names = {v.value for v in rows.variables}
        for row in rows:
            value = row["value"] if "value" in names else None
            path = row["path"] if "path" in names else None
            yield node, node if value is None else str(value), None if path is None else (str(path), ())


_WORD = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$]\w+|[\w.-]*:[\w.-]*|\w+|\S""")


def looked_at(query: str, prefixes: dict[str, str]) -> tuple[set[str], set[str] | None] | None:
    """The predicates that a query can look at, and the classes if it names them all; None when it may be any.

    >>> looked_at("SELECT $this { ?x a $this ; x:p 5 }", {"x": "http://x/"})
    ({'<http://x/p>'}, set())
    >>> looked_at("SELECT $this { $this ?p 5 }", {}) is None
    True
    """
    words = ["", *_WORD.findall(query), ""]
    found: set[str] = set()
    kinds: set[str] | None = set()
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if word == "!" and (after in ("(", "^", "a") or ":" in after):
            return None  # all properties but some
        ends = before[:1] in tuple("?$<\"';])") or ":" in before
        goes_on = after[:1] in tuple("?$<\"'[(") or ":" in after or after[:1].isdigit()
        if word[:1] in ("?", "$") and len(word) > 1 and ends and goes_on:
            return None  # a variable where a property may stand
        prefix, colon, local = word.partition(":")
        iri = word if word[:1] == "<" and word[-1] == ">" else ""
        iri = f"<{prefixes[prefix]}{local}>" if not iri and colon and prefix in prefixes else iri
        if (word == "a" or iri == TYPE) and kinds is not None:
            kinds = None if not (after[1:] == "this" or after[:1] == "<" or ":" in after) else kinds
        elif iri and (before == "a" or before == "rdf:type") and kinds is not None:
            kinds.add(iri)
        elif iri:
            found.add(iri)
    return found, kinds
