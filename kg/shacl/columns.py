"""Triples by predicate, as validation looks at them: whole columns at a time.

A term is the text that N-Triples writes for it ('<https://…>', '"8"^^<…integer>', '_:b'), so that sets and
dictionaries of terms are sets and dictionaries of strings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.namespaces import PREFIXES, RDF_TYPE, XSD
from kg.rdf.nquads import lines

Column = dict[str, tuple[str, ...]]
"""The objects of a predicate, each once, by subject."""

TYPE = f"<{RDF_TYPE}>"
_SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"
_NUMBER = re.compile(rf'"([+-]?\d+(?:\.\d+)?)"\^\^<{re.escape(XSD)}(?:integer|decimal)>', re.ASCII)


class Columns:
    """The distinct triples of quads of all graphs."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        columns: dict[str, Column] = defaultdict(dict)
        for subject, predicate, object, _ in lines(quad.triple for quad in quads):  # graphs are not asked for
            column = columns[predicate]
            if subject not in column:
                column[subject] = (object,)
            elif object not in column[subject]:
                column[subject] = (*column[subject], object)
        self.by_predicate: Mapping[str, Column] = columns
        self._objects: dict[str, set[str]] = {}
        self._inverse: dict[str, Column] = {}
        self._instances: dict[str, set[str]] = {}

    def column(self, predicate: str) -> Column:
        """The objects of a predicate by subject; empty when nothing has it."""
        return self.by_predicate.get(predicate, {})

    def objects(self, predicate: str) -> set[str]:
        """All objects of a predicate."""
        if predicate not in self._objects:
            self._objects[predicate] = set().union(*self.column(predicate).values())
        return self._objects[predicate]

    def inverse(self, predicate: str) -> Column:
        """The subjects of a predicate by object."""
        if predicate not in self._inverse:
            found: dict[str, list[str]] = defaultdict(list)
            for subject, objects in self.column(predicate).items():
                for object in objects:
                    found[object].append(subject)
            self._inverse[predicate] = {object: tuple(subjects) for object, subjects in found.items()}
        return self._inverse[predicate]

    def instances(self, kind: str) -> set[str]:
        """The things of a class, and of the classes that the data says are below it."""
        if kind not in self._instances:
            below, todo = {kind}, [kind]
            while todo:
                more = set(self.inverse(_SUBCLASS).get(todo.pop(), ())) - below
                below |= more
                todo += more
            types = self.inverse(TYPE)
            self._instances[kind] = set().union(*(types.get(c, ()) for c in below))
        return self._instances[kind]

    def n_triples(self, of: tuple[set[str], set[str] | None] | None, kinds: set[str]) -> str:
        """The triples with some predicates and, of the types, with these classes and `kinds`; all for None."""
        predicates, classes = of or (set(), None)
        lines: list[str] = []
        for predicate, column in self.by_predicate.items():
            if predicate == TYPE and classes is not None:
                lines += [f"{s} {TYPE} {o} .\n" for o in classes | kinds for s in self.inverse(TYPE).get(o, ())]
            elif of is None or predicate in predicates or predicate == TYPE:
                lines += [f"{s} {predicate} {o} .\n" for s, objects in column.items() for o in objects]
        return "".join(lines)

    def first(self, subject: str, predicate: str) -> str | None:
        """An object of a subject, the first by name."""
        return min(self.column(predicate).get(subject, ()), default=None)


@cache
def number(key: str) -> Decimal | None:
    """The value of a well-formed xsd:integer or xsd:decimal; None for any other term."""
    found = _NUMBER.fullmatch(key)
    return Decimal(found[1]) if found else None
