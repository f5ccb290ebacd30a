"""A frame about the official record as one SPARQL query: a row for each result, with what the frame needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count

import pyoxigraph as ox

from kg.ask.frame import CLOSED, JOINT, Condition, Frame
from kg.ask.known import Known
from kg.namespaces import MLP, PREFIXES

PATHS = {
    "organization": "mlp:submitter", "round": "mlp:round", "benchmark": "mlp:benchmark", "division": "mlp:division",
    "availability": "mlp:availability", "accelerator": "mlp:accelerator", "framework": "mlp:framework",
    "processor": "mlp:filedSystem/mlp:processor", "system": "mlp:filedSystem",
}  # fmt: skip
"""How a thing is reached from a result; a number has a property of its own name, but for that of the system."""
_SERVED = {"benchmark": "mlp:model", "scenario": "mlp:scenario", "performanceUnit": "mlp:performanceUnit"}
"""The fields of results of MLPerf Inference that are texts."""
_SYSTEMS = {"processorCount": "mlp:filedSystem/mlp:processorCount"}
_ALWAYS = ("organization", "round", "benchmark", "division", "system", "minutes")
"""Fields that every result has."""
_OWN = frozenset(["organization", "accelerator"])
"""Fields of which a result may have several values: a condition on one keeps the others in the answer."""
_DETAILS = ("division", "accelerator", "acceleratorCount", "system", "minutes")
_SERVED_DETAILS = (*_DETAILS[:-1], "scenario", "performance", "performanceUnit")
_FILES = ("mlp:systemFile", "mlp:logFolder")
_SERVED_FILES = ("mlp:filedSystem/mlp:systemFile", "mlp:resultFolder")
_PREFIXES = f"PREFIX mlp: <{MLP}>\nPREFIX rdfs: <{PREFIXES['rdfs']}>\n"


class RecordQuery:
    """The query of one frame: `text` is SPARQL 1.1 that any endpoint answers, `fields` the columns it gives.

    `rows` asks for the same results alone, of which the rest is known; `counting` how many there are.
    """

    def __init__(self, frame: Frame, known: Known) -> None:
        self.frame, self.known = frame, known
        self.conditions = (*frame.conditions, *((CLOSED,) if frame.closed else ()))
        self.paths = {**PATHS, **_SERVED} if frame.inference else PATHS
        self.kind = "mlp:InferenceResult" if frame.inference else "mlp:Result"
        self._fresh = count(1)
        self.fields = self._needed()
        self.text, self.rows, self.counting = self._select()

    def _needed(self) -> list[str]:
        """The fields of the columns: what is asked, compared and grouped, and what tells one result from another."""
        frame, best = self.frame, self.frame.best
        counts = best is not None and best.measure == "count"
        wanted = [*frame.asked, *frame.group, frame.counted, frame.all_of, "organization", "round", "benchmark"]
        wanted += [best.measure] if best else []
        wanted += [frame.having.counted] if frame.having else []
        wanted += ["system"] if frame.aggregate == "sum" else []
        single = [c for c in frame.conditions if not c.negated and (len(c.values) > 1 or c.number is not None)]
        wanted += [c.field for c in (*single, *chain(*frame.sides))]
        shows = frame.key == "result" or any(a.endswith(("inutes", "Count")) for a in frame.asked)
        if not counts and (frame.sides or best or (shows and not frame.aggregate and not frame.change)):
            wanted += _SERVED_DETAILS if self.frame.inference else _DETAILS
        numbers = ("minutes", "performance", *(f for f in wanted if f.endswith("Count")))
        return [f for f in dict.fromkeys(wanted) if f in self.paths or f in numbers]

    def _select(self) -> tuple[str, str, str]:
        frame = self.frame
        things = [f for f in self.fields if f in self.paths]
        sets = [self._set(c) for c in self.conditions if self._about_sets(c)]
        bound = frame.key if sets or frame.all_of else ""  # what a sub-select binds is no option
        always = [f for f in self.fields if f in (*_ALWAYS, bound)]
        mine = [c for c in self.conditions if not self._about_sets(c) or not c.negated]
        than = bool(frame.best and frame.best.than)
        beyond = f"FILTER(?minutes {'<' if frame.best and frame.best.end == 'least' else '>'} ?threshold)"
        first = [*self._limits(), *(s for s in sets if not s.startswith("MINUS"))]
        last = [*(s for s in sets if s.startswith("MINUS")), *([beyond] if than else [])]

        def select(columns: str, fields: list[str], more: str = "", lines: Sequence[str] = ()) -> str:
            body = [*first, self._sides(mine, fields, more), *last, *lines]
            return f"{_PREFIXES}SELECT {columns}\nWHERE {{\n  " + "\n  ".join(body) + "\n}\n"

        found = {f: "" if f in always else f" GRAPH ?record {{ {self._triple('', f)} }}" for f in self.fields}
        labelled = [f"OPTIONAL {{{found[f]}{self._label(f)} }}" for f in self.fields if found[f] or f in things]
        labels = " ".join(f"?{f} ?{f}Label" if f in things else f"?{f}" for f in self.fields)
        side = " ?side" if frame.sides or frame.part else ""
        joined = [f for f, is_ in ((bound, bound), ("round", frame.latest or than), ("minutes", than)) if is_]
        own = any(c.negated and c.field == frame.key and c.field in _OWN for c in mine) and not self._ranks()
        key = f" ?{frame.key}" if bound or own else ""  # of a joint result only those that the question is about
        files = f"?result {self.files[0]} ?systemFile ; {self.files[1]} ?logFolder ."
        return (
            select(f"DISTINCT ?result {labels} ?systemFile ?logFolder ?record{side}", always, files, labelled),
            select(f"DISTINCT ?result{key}{side}", joined),
            select("(COUNT(DISTINCT ?result) AS ?n)", joined),
        )

    def path(self, field: str) -> str:
        """How a field is reached from a result."""
        return self.paths.get(field) or _SYSTEMS.get(field, f"mlp:{field}")

    @property
    def files(self) -> tuple[str, str]:
        """How the system file and the folder of logs are reached from a result."""
        return _SERVED_FILES if self.frame.inference else _FILES

    def _label(self, field: str) -> str:
        if field not in self.paths:
            return ""
        if field == "system":
            return " GRAPH ?record { ?system rdfs:label ?systemLabel }"
        inner = f" ?{field} rdfs:label ?{field}Label"
        return inner if field in _ALWAYS else f" OPTIONAL {{{inner} }}"  # or what is unbound would have every label

    def _triple(self, tag: str, field: str) -> str:
        return f"?result{tag} {self.path(field)} ?{field}{tag} ."

    def _results(self, tag: str, conditions: Iterable[Condition], fields: Iterable[str], more: str = "") -> str:
        """The results with some conditions, and their values of some fields; variables end in `tag`."""
        inside, filters, bound = [f"?result{tag} a {self.kind} ."], list[str](), set[str]()
        for c in conditions:
            lines, tests = self._single(tag, c, c.field not in bound)
            inside, filters = inside + lines, filters + tests
            if c.number is not None or (c.values and not c.negated and c.field not in _OWN):
                bound.add(c.field)
        inside += [self._triple(tag, f) for f in dict.fromkeys(fields) if f not in bound] + ([more] if more else [])
        space = " " if tag else "\n    "
        return f"GRAPH ?record{tag} {{{space}{space.join(inside)}{space if tag else space[:-2]}}} {' '.join(filters)}".rstrip()

    def _single(self, tag: str, c: Condition, free: bool = True) -> tuple[list[str], list[str]]:
        """The triples and filters of a condition on one result."""
        result = f"?result{tag}"
        path = self.path(c.field)
        if c.number is not None:
            numbers = ", ".join(f"{n.normalize():f}" for n in (c.number, *c.more))
            number = f"?{c.field}{tag}"
            test = f"{number} IN ({numbers})" if c.more else f"{number} {c.sign} {numbers}"
            if c.sign == "~":  # a tenth more or less
                test = f"{number} >= 0.9 * {numbers} && {number} <= 1.1 * {numbers}"
            filters = [f"FILTER(!({test}))" if c.negated else f"FILTER({test})"]
            return ([self._triple(tag, c.field)] if free else []), filters
        if c.field == JOINT:
            one, other = (f"?of{next(self._fresh)}" for _ in range(2))
            two = f"EXISTS {{ {result} mlp:submitter {one}, {other} FILTER({one} != {other}) }}"
            return [f"FILTER {'NOT ' if c.negated else ''}{two}"], []
        if not c.values:
            not_ = "" if c.negated else "NOT "
            return [f"FILTER {not_}EXISTS {{ {result} {path} ?any{next(self._fresh)} }}"], []
        terms = self.terms(c)
        if c.negated and c.field in _OWN and c.field == self.frame.key and not self._ranks():
            others = terms.replace(" ", ", ")  # a joint result is of the others too
            return [self._triple(tag, c.field)], [f"FILTER(?{c.field}{tag} NOT IN ({others}))"]
        own = c.negated or c.field in _OWN or not free
        variable = f"?of{next(self._fresh)}" if own else f"?{c.field}{tag}"
        several = " " in terms  # one value is a constant, which is ten times faster than VALUES or a filter
        one = f"VALUES {variable} {{ {terms} }} {result} {path} {variable}" if several else f"{result} {path} {terms}"
        told = [] if own or several else [f"VALUES {variable} {{ {terms} }}"]
        return [f"FILTER NOT EXISTS {{ {one} }}" if c.negated else f"{one} ."], told

    def terms(self, c: Condition) -> str:
        """The IRIs that meet a condition, as SPARQL terms."""
        meant = self.known.meant(c)
        if self.frame.inference and c.field in _SERVED:
            models = [model for model, iris in self.known.models.items() if iris & set(meant)]
            texts = models if c.field == "benchmark" else [e.label for e in c.values]
            return " ".join(str(ox.Literal(text)) for text in texts) or "mlp:nothing"
        here = [iri for iri in meant if self.known.used(c.field, iri)] or meant
        return " ".join(str(ox.NamedNode(iri)) for iri in here) or "mlp:nothing"

    # Sets of results: sub-selects, which come first because they leave little

    def _about_sets(self, c: Condition) -> bool:
        """Whether a condition is about all results of the key: all of several values, none, or only these.

        A negated condition on the key itself, or about results, is one on single results.
        """
        frame = self.frame
        if frame.key in ("result", c.field) or self._ranks() or c.single or c.field == JOINT:
            return False
        return c.negated or c.only or (c.joined == "and" and len(c.values) > 1)

    def _ranks(self) -> bool:
        """Whether results are ranked, not counted."""
        return self.frame.best is not None and self.frame.best.measure != "count"

    def _limits(self) -> list[str]:
        frame = self.frame
        lines = [self._latest()] if frame.latest else []
        lines += [self._all_of()] if frame.all_of else []
        return lines + ([self._threshold()] if frame.best and frame.best.than else [])

    def _shared(self, *besides: str) -> list[Condition]:
        """The conditions that hold in sub-selects too: where and when, not those on some fields."""
        return [c for c in self.conditions if c.field not in besides and not self._about_sets(c)]

    def _keys(self, conditions: Iterable[Condition], key: str) -> str:
        """The keys that have a result with some conditions."""
        tag = f"_{next(self._fresh)}"
        return f"SELECT DISTINCT (?{key}{tag} AS ?{key}) WHERE {{ {self._results(tag, conditions, [key])} }}"

    def _set(self, c: Condition) -> str:
        """A condition on all results of the key: those that have it, or MINUS those that do not."""
        key, plain = self.frame.key, Condition(c.field, c.values, c.number, c.sign)
        others = self._shared(c.field, key)
        if c.negated or c.only:
            return f"MINUS {{ {self._keys([*others, replace(plain, negated=c.only)], key)} }}"
        groups: dict[str, list[str]] = {}
        for value in sorted(c.values, key=lambda e: len(e.label)):  # 'DLRM' and 'DLRM-DCNv2' are both called DLRM
            named = next((label for label in groups if value.label.startswith(label)), value.label)
            groups.setdefault(named, []).append(value.iri)
        same = [tuple(e for e in c.values if e.iri in iris) for iris in groups.values()]
        return " ".join(f"{{ {self._keys([*others, Condition(c.field, values)], key)} }}" for values in same)

    def _all_of(self) -> str:
        """Only keys that have as many values of a field as there are, under the conditions on rounds and divisions.

        Values that are excepted are none of them.
        """
        key, field = self.frame.key, self.frame.all_of
        all_, mine = f"_{next(self._fresh)}", f"_{next(self._fresh)}"
        where = [
            c
            for c in self.conditions
            if c.field in ("round", "division", "benchmark" * (field == "round")) or (c.negated and c.field == field)
        ]
        own = dict.fromkeys((*self._shared(), *where))
        return (
            f"{{ SELECT (?{key}{mine} AS ?{key}) WHERE {{ {{ SELECT (COUNT(DISTINCT ?{field}{all_}) AS ?all) WHERE {{ "
            f"{self._results(all_, where, [field])} }} }} {self._results(mine, own, [key, field])} }} "
            f"GROUP BY ?{key}{mine} ?all HAVING (COUNT(DISTINCT ?{field}{mine}) = ?all) }}"
        )

    def _latest(self) -> str:
        """The latest round that has results under the conditions, and of each thing that is compared."""
        lacking = [replace(c, negated=False) for c in self.conditions if c.negated and self._about_sets(c)]
        fields = [c.field for c in self.conditions]
        positive = [*self._shared(), *(c for c in lacking if fields.count(c.field) == 1)]
        sides = self.frame.sides or [()]
        rounds = " ".join(f"{{ {self._keys([*positive, *side], 'round')} }}" for side in sides)
        order = sorted(self.known.rounds, key=lambda e: "Training" in e.label)  # Training is meant where none is said
        ranks = " ".join(f"({ox.NamedNode(e.iri)} {at})" for at, e in enumerate(order))
        found = f"{rounds} VALUES (?round ?rank) {{ {ranks} }}"
        return f"{{ SELECT ?round WHERE {{ {found} }} ORDER BY DESC(?rank) LIMIT 1 }}"

    def _threshold(self) -> str:
        """The best time with the conditions of the other, in each round or in that which the other is of."""
        best, tag = self.frame.best, f"_{next(self._fresh)}"
        assert best is not None
        of_round = any(c.field == "round" for c in best.than)
        conditions = [*self._shared(*(c.field for c in best.than)), *best.than]
        results = self._results(tag, conditions, ["minutes", "round"])
        function = f"(MIN(?minutes{tag}) AS ?threshold)"
        if of_round:
            return f"{{ SELECT {function} WHERE {{ {results} }} }}"
        return f"{{ SELECT (?round{tag} AS ?round) {function} WHERE {{ {results} }} GROUP BY ?round{tag} }}"

    def _sides(self, mine: list[Condition], fields: list[str], files: str) -> str:
        """The results of each of the things that are compared; ?side says of which. Of a share, side 0 is all."""
        frame = self.frame
        sides = frame.sides or ([(), frame.part] if frame.part else [])
        results = (self._results("", [*side, *mine], fields, files) for side in sides)
        groups = [f"{{ {found} BIND({n} AS ?side) }}" for n, found in enumerate(results)]
        return " UNION ".join(groups) or self._results("", mine, fields, files)
