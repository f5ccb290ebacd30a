"""A frame about the official record as one SPARQL query: a row for each result, with what the frame needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

import pyoxigraph as ox

from kg.ask.frame import Condition, Frame
from kg.ask.known import Known
from kg.model.statement import Entity
from kg.namespaces import ID

PATHS = {
    "organization": "mlp:submitter", "round": "mlp:round", "benchmark": "mlp:benchmark", "division": "mlp:division",
    "availability": "mlp:availability", "accelerator": "mlp:accelerator", "framework": "mlp:framework",
    "processor": "mlp:filedSystem/mlp:processor", "system": "mlp:filedSystem", "maker": "mlp:accelerator",
    "processorCount": "mlp:filedSystem/mlp:processorCount",
}  # fmt: skip
"""How a field is reached from a result; a number has a property of its own name."""
ALWAYS = ("organization", "round", "benchmark", "division", "system")
"""Fields that every result has."""
_PREFIXES = "PREFIX mlp: <https://w3id.org/mlperf-kg/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


class RecordQuery:
    """The query of one frame: `text` is SPARQL 1.1 that any endpoint answers, `fields` the columns it gives."""

    def __init__(self, frame: Frame, known: Known) -> None:
        self.frame, self.known = frame, known
        self._fresh = count(1)
        self.fields = self._needed()
        self.text = self._select()

    def _needed(self) -> list[str]:
        """The fields of the columns: what is asked, compared and grouped, and what tells one result from another."""
        frame = self.frame
        wanted = [*frame.asked, *frame.group, frame.counted, "organization", "round", "benchmark"]
        if frame.best and frame.best.measure == "count":
            wanted = [*frame.asked, *frame.group, frame.counted, "organization", "round"]
        elif frame.best:
            wanted.append(frame.best.measure)
        if frame.having:
            wanted.append(frame.having.counted)
        several = [c.field for c in frame.conditions if c.values and len(c.values) > 1 and not c.negated]
        sided = [c.field for own in ((*frame.sides,), *frame.shared) for c in own]
        numbers = [c.field for c in frame.conditions if c.number is not None]
        timed = not frame.aggregate and not frame.change and self._shows_results()
        if (timed or frame.sides or frame.best) and not (frame.best and frame.best.measure == "count"):
            wanted += ["division", "accelerator", "acceleratorCount", "system", "minutes"]
        known = {
            *PATHS,
            "minutes",
            "acceleratorCount",
            "nodeCount",
            "runCount",
            *(m for m in wanted if m.endswith(("Count", "Minutes", "Factor"))),
        }
        return [
            f
            for f in dict.fromkeys([*wanted, *several, *sided, *numbers])
            if f in known and f not in ("maker", "count")
        ] + (["accelerator"] if "maker" in (*several, *sided) and "accelerator" not in wanted else [])

    def _shows_results(self) -> bool:
        """Whether the answer shows results one by one."""
        asked = self.frame.asked
        return self.frame.key == "result" or any(a in asked for a in ("minutes", "acceleratorCount", "nodeCount"))

    def _select(self) -> str:
        entities = [f for f in self.fields if f in PATHS and f != "processorCount"]
        columns = " ".join(f"?{f} ?{f}Label" if f in entities else f"?{f}" for f in self.fields)
        body = self._body()
        side = " ?side" if self.frame.sides or self.frame.part else ""
        labels = [f"OPTIONAL {{ {self._labelled(f)} }}" for f in entities if f in ALWAYS]
        return (
            f"{_PREFIXES}SELECT DISTINCT ?result {columns} ?systemFile ?logFolder ?record{side}\nWHERE {{\n"
            + _indented([*body, *labels])
            + "\n}\n"
        )

    @staticmethod
    def _labelled(field: str, tag: str = "") -> str:
        if field == "system":
            return "GRAPH ?record { ?system rdfs:label ?systemLabel }"
        return f"?{field}{tag} rdfs:label ?{field}Label{tag}"

    def _bound_labels(self, bound: set[str], fields: Iterable[str]) -> list[str]:
        """The labels of things that a condition binds, and that not every result has."""
        return [
            f"OPTIONAL {{ {self._labelled(f)} }}"
            for f in fields
            if f in bound and f in PATHS and f not in (*ALWAYS, "processorCount")
        ]

    def _body(self) -> list[str]:
        frame = self.frame
        parts = self._pattern("?result", frame.conditions, self.fields, "")
        if frame.closed:
            parts += [f"VALUES ?division {{ {_iri('division/closed')} }}"]
        parts += [self._set(c) for c in frame.conditions if self._about_sets(c)]
        if frame.all_of:
            parts.append(self._all_of())
        if frame.sides:
            parts.append("{ " + " } UNION { ".join(self._side(n) for n in range(len(frame.sides))) + " }")
        if frame.part:  # side 0 has all results, side 1 those of the part
            part = self._of_side(1, frame.part)
            parts.append(f"{{ GRAPH ?record {{ ?result a mlp:Result }} BIND(0 AS ?side) }} UNION {{ {part} }}")
        if frame.latest:
            parts += self._latest()
        if frame.best and frame.best.than:
            parts.append(self._threshold())
        return parts

    def _about_sets(self, c: Condition) -> bool:
        """Whether a condition is about all results of the key: all of several values, none, or only these.

        A negated condition on the key itself, or about results, is one on single results.
        """
        frame = self.frame
        if frame.key in ("result", c.field) or (frame.best and frame.best.measure != "count"):
            return False
        if c.field == "maker" and frame.key == "accelerator":
            return False
        if c.negated:
            return True
        return c.only or (c.joined == "and" and len(c.values) > 1)

    def _pattern(
        self,
        result: str,
        conditions: Iterable[Condition],
        fields: Iterable[str],
        tag: str,
        outer: bool = True,
    ) -> list[str]:
        """The triples of a result with some fields, and the conditions on single results; variables end in `tag`."""
        inside = [f"{result} a mlp:Result ."]
        filters: list[str] = []
        optional: list[str] = []
        bound: set[str] = set()
        for c in conditions:
            if outer and self._about_sets(c) and not c.only:
                continue
            self._single(result, c, tag, inside, filters, bound)
        division = self.frame.closed and "division" not in bound
        for field in dict.fromkeys([*fields, *(["division"] if division else [])]):
            if field in bound or field == "count":
                continue
            triple = f"{result} {PATHS.get(field, f'mlp:{field}')} ?{field}{tag} ."
            if field in ALWAYS or field == "minutes":
                inside.append(triple)
            elif (
                field in PATHS and field != "processorCount"
            ):  # a label inside, or what is unbound would have every label
                optional.append(
                    f"OPTIONAL {{ GRAPH ?record{tag} {{ {triple} }} OPTIONAL {{ {self._labelled(field, tag)} }} }}"
                )
            else:
                optional.append(f"OPTIONAL {{ GRAPH ?record{tag} {{ {triple} }} }}")
        if not tag:
            inside.append("?result mlp:systemFile ?systemFile ; mlp:logFolder ?logFolder .")
        graph = f"?record{tag}"
        return [
            f"GRAPH {graph} {{",
            *(f"  {line}" for line in inside),
            "}",
            *filters,
            *optional,
            *(self._bound_labels(bound, fields) if not tag else []),
        ]

    def _single(
        self, result: str, c: Condition, tag: str, inside: list[str], filters: list[str], bound: set[str]
    ) -> None:
        path = PATHS.get(c.field, f"mlp:{c.field}")
        if c.number is not None:
            variable = f"?{c.field}{tag}"
            if c.field not in bound:
                inside.append(f"{result} {path} {variable} .")
                bound.add(c.field)
            numbers = ", ".join(f"{n.normalize():f}" for n in (c.number, *c.more))
            test = f"{variable} IN ({numbers})" if c.more else f"{variable} {c.sign} {numbers}"
            filters.append(f"FILTER(!({test}))" if c.negated else f"FILTER({test})")
            return
        if not c.values:
            inside.append(f"FILTER {'' if c.negated else 'NOT '}EXISTS {{ {result} {path} ?no{next(self._fresh)} }}")
            return
        values = self.terms(c)
        if c.negated:
            variable = f"?not{next(self._fresh)}"
            inside.append(f"FILTER NOT EXISTS {{ {result} {path} {variable} VALUES {variable} {{ {values} }} }}")
        else:  # a variable of its own keeps all submitters of a joint result in the answer
            own = c.field in ("organization", "maker", "accelerator")
            variable = f"?of{next(self._fresh)}" if own else f"?{c.field}{tag}"
            inside.append(f"VALUES {variable} {{ {values} }} {result} {path} {variable} .")
            bound |= set() if own else {c.field}

    def terms(self, c: Condition) -> str:
        """The IRIs that meet a condition, as SPARQL terms."""
        if c.field == "maker":
            found = self.known.made_by(c.values)
        elif c.field == "processor" and all(e.kind == "Organization" for e in c.values):
            found = self.known.made_by(c.values, "Processor")
        elif c.field == "system":
            found = self.known.systems(c.values)
        else:
            found = self.known.narrower(c.values)
        return " ".join(str(ox.NamedNode(iri)) for iri in found) or "mlp:nothing"

    def _shared(self, besides: Sequence[str]) -> list[Condition]:
        """The conditions that hold in sub-selects too: where and when, not those on some fields."""
        return [c for c in self.frame.conditions if c.field not in besides and not self._about_sets(c)]

    def _set(self, c: Condition) -> str:
        """A condition on all results of the key, as sub-selects and MINUS."""
        key = self.frame.key
        path = key
        if c.negated:
            context = self._shared([c.field] if c.field != "round" else ["round"])
            conditions = [
                *(x for x in context if x.field != key),
                Condition(c.field, c.values, c.number, c.sign),
            ]
            return f"MINUS {{ {self._keys(path, conditions)} }}"
        if c.only:
            others = [x for x in self._shared([c.field]) if x.field != key]
            return f"MINUS {{ {self._keys(path, [*others, Condition(c.field, c.values, c.number, c.sign, negated=True)])} }}"
        others = [x for x in self._shared([c.field]) if x.field != key]
        groups: dict[str, list[Entity]] = {}
        for value in sorted(c.values, key=lambda e: len(e.label)):
            known = next(
                (label for label in groups if value.label.startswith(label)), value.label
            )  # 'DLRM', 'DLRM-DCNv2'
            groups.setdefault(known, []).append(value)
        return " ".join(
            f"{{ {self._keys(path, [*others, Condition(c.field, tuple(same))])} }}" for same in groups.values()
        )

    def _keys(self, key: str, conditions: Sequence[Condition]) -> str:
        """The sub-select of the keys that have a result with some conditions."""
        n = next(self._fresh)
        pattern = self._pattern(f"?r{n}", conditions, [], f"_{n}", outer=False)
        if f"?{key}_{n} " not in " ".join(pattern):
            pattern.insert(2, f"  ?r{n} {PATHS[key]} ?{key}_{n} .")
        return f"SELECT DISTINCT (?{key}_{n} AS ?{key}) WHERE {{ {' '.join(pattern)} }}"

    def _all_of(self) -> str:
        """Only keys that have as many values of a field as there are, under the conditions on rounds and divisions."""
        frame, n, m = self.frame, next(self._fresh), next(self._fresh)
        where = [c for c in frame.conditions if c.field in ("round", "division")]
        all_ = " ".join(self._pattern(f"?r{n}", where, [frame.all_of], f"_{n}", outer=False))
        mine = " ".join(self._pattern(f"?r{m}", self._shared([]), [frame.key, frame.all_of], f"_{m}", outer=False))
        return (
            f"{{ SELECT (?{frame.key}_{m} AS ?{frame.key}) WHERE {{ {{ SELECT (COUNT(DISTINCT ?{frame.all_of}_{n}) AS ?all) "
            f"WHERE {{ {all_} }} }} {mine} }} GROUP BY ?{frame.key}_{m} ?all "
            f"HAVING (COUNT(DISTINCT ?{frame.all_of}_{m}) = ?all) }}"
        )

    def _side(self, number: int) -> str:
        """The results of one of the things that are compared; ?side says of which."""
        return self._of_side(number, (self.frame.sides[number], *self.frame.shared[number]))

    def _of_side(self, number: int, conditions: Iterable[Condition]) -> str:
        inside = ["?result a mlp:Result ."]
        filters: list[str] = []
        for c in conditions:
            self._single("?result", c, f"_s{next(self._fresh)}", inside, filters, set())
        return f"GRAPH ?record {{ {' '.join(inside)} }} {' '.join(filters)} BIND({number} AS ?side)"

    def _latest(self) -> list[str]:
        """Only the latest round that has results under the conditions."""
        n = next(self._fresh)
        ranks = " ".join(f"({ox.NamedNode(e.iri)} {at})" for at, e in enumerate(self._suite()))
        positive = [*self._shared([]), *self._lacking()]
        patterns = [self._pattern(f"?r{n}", positive, ["round"], f"_{n}", outer=False)]
        if self.frame.closed:
            patterns[0].append(f"VALUES ?division_{n} {{ {_iri('division/closed')} }}")
        for side, own in zip(self.frame.sides, self.frame.shared, strict=True):  # a round with all that is compared
            m = next(self._fresh)
            of_side = self._pattern(f"?r{m}", [*positive, side, *own], ["round"], f"_{m}", outer=False)
            patterns.append([f"{{ SELECT DISTINCT (?round_{m} AS ?round_{n}) WHERE {{ {' '.join(of_side)} }} }}"])
        pattern = [line for lines in patterns for line in lines]
        return [
            f"{{ SELECT (MAX(?rank_{n}) AS ?latest) WHERE {{ {' '.join(pattern)} VALUES (?round_{n} ?rank_{n}) {{ {ranks} }} }} }}",
            f"VALUES (?round ?rank) {{ {ranks} }} FILTER(?rank = ?latest)",
        ]

    def _lacking(self) -> list[Condition]:
        """What somebody lacks, as what the latest round has to have; not beside another condition on the same field."""
        lacking = [c for c in self.frame.conditions if c.negated and self._about_sets(c)]
        fields = [c.field for c in self.frame.conditions]
        return [replace(c, negated=False) for c in lacking if fields.count(c.field) == 1]

    def _suite(self) -> list[Entity]:
        """The rounds in their order, other suites before Training, which is meant where none is said."""
        return sorted(self.known.rounds, key=lambda e: "Training" in e.label)

    def _threshold(self) -> str:
        """Only results that are better or worse than the best with the conditions of the other."""
        assert self.frame.best is not None
        n = next(self._fresh)
        low = self.frame.best.end == "least"
        pattern = self._pattern(
            f"?r{n}",
            [*self._shared([c.field for c in self.frame.best.than]), *self.frame.best.than],
            ["minutes"],
            f"_{n}",
            outer=False,
        )
        if self.frame.closed:
            pattern.append(f"VALUES ?division_{n} {{ {_iri('division/closed')} }}")
        function = "MIN" if low else "MAX"
        return (
            f"{{ SELECT ({function}(?minutes_{n}) AS ?threshold) WHERE {{ {' '.join(pattern)} }} }} "
            f"FILTER(?minutes {'<' if low else '>'} ?threshold)"
        )


def _iri(name: str) -> str:
    return str(ox.NamedNode(ID + name))


def _indented(lines: Iterable[str]) -> str:
    return "\n".join("  " + line for line in lines)
