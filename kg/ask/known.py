"""What a graph holds that a question may be about: rounds, families, what a maker makes, systems as filed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.ask.frame import COMPARES, Condition
from kg.ask.items import Item
from kg.ask.words import meanings
from kg.model.entity import Entity
from kg.names.entities import Names, names
from kg.names.rounds import rounds_in_words
from kg.namespaces import MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, XSD
from kg.store import Graph

if TYPE_CHECKING:
    from kg.ask.absent import Filed

_BROADER = ox.NamedNode(PREFIXES["skos"] + "broader")
_PART_OF = ox.NamedNode(PREFIXES["org"] + "subOrganizationOf")
_STRING = ox.NamedNode(XSD + "string")
_KEPT = 64
"""Of so many queries the rows are kept."""
_WORD = re.compile(r"[^\W_]+")
_TIMES = re.compile(r"(?<=[a-z0-9])x(?=\d{1,3}x?[a-z]+\d)|^\d{1,3}x(?=[a-z]{2})")
"""Where the chips of a system begin in its name, and how many machines it is: '4xXE9680x8H100'."""


class Known:
    """The things of a graph as questions need them, each collected at its first use."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.answered: dict[str, bool] = {}
        self._used: dict[tuple[str, str], bool] = {}
        self._labels: dict[str, str] = {}
        self._facts: dict[str, list[ox.Quad]] = {}
        self._fields: dict[str, dict[str, Decimal | dict[str, str] | None]] = {}
        self._below: dict[str, list[str]] = {}
        self._mentioned: dict[str, bool] = {}
        self._evidence: dict[str, tuple[str, str, str]] = {}
        self.absent: dict[str, Filed] | None = None
        self.last: tuple[str, Sequence[Item]] = "", ()
        """The last question with its items: one that is refused is read again, in part."""

    @cached_property
    def rows(self) -> Callable[[str], tuple[tuple[str, ...], list[tuple[Any, ...]]]]:
        """The columns and rows of a SELECT; those of the last are kept, as a question that is refused asks them again."""
        return lru_cache(_KEPT)(self._rows)

    def _rows(self, sparql: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        results = self.graph.query(sparql)
        assert isinstance(results, ox.QuerySolutions)
        return tuple(v.value for v in results.variables), [tuple(row) for row in results]

    def number(self, sparql: str) -> int:
        """The number that a SELECT of one number gives."""
        return int(self.rows(sparql)[1][0][0].value)

    def some(self, sparql: str) -> bool:
        """Whether a SELECT has a row; its order does not matter."""
        body = sparql.rpartition("}\n")[0]
        return next(iter(self.graph.query(f"{body}}}\nLIMIT 1")), None) is not None  # type: ignore[arg-type]

    @cached_property
    def names(self) -> Names:
        """The names of all entities."""
        return names(self.graph)

    def sized(self, item: Item) -> Item:
        """An amount of memory as the accelerators that have so much: 'chips with 24 GB'; other items as they are."""
        amount = item.amount
        if amount is None or amount.unit != "memoryGB":
            return item
        holds = COMPARES.get(amount.sign, COMPARES["="])
        found = self.graph.match(None, ox.NamedNode(MLP + "memoryGB"), None, None)
        iris = {_value(q.subject) for q in found if holds(Decimal(_value(q.object)), amount.value)}
        chips = tuple(e for e in map(self.names.entity, sorted(iris)) if e and e.kind == "Accelerator")
        return replace(item, amount=None, entities=chips) if chips else item

    @cached_property
    def rounds(self) -> list[Entity]:
        """The rounds with official results, Training first, each suite in its order."""
        return self._rounds_of("Record") + self._rounds_of("InferenceTable")

    @property
    def loaded(self) -> str:
        """The rounds with official results, in words."""
        return ", ".join(rounds_in_words(e.label for e in self.rounds))

    @cached_property
    def models(self) -> dict[str, set[str]]:
        """The models of MLPerf Inference as they are filed, each with the benchmarks that are called so."""
        of = ox.NamedNode(MLP + "model")
        tables = self._sources("InferenceTable")
        filed = {_value(q.object) for table in tables for q in self.graph.match(None, of, None, table)}
        return {m: {e.iri for e in self.names.spelled(m) or self.names.spelled(m.rpartition("-")[0])} for m in filed}

    @cached_property
    def statements(self) -> dict[str, dict[str, str]]:
        """The statements, each with its organization and its round."""
        about = {"organization": PREFIXES["prov"] + "wasAttributedTo", "round": MLP + "round"}
        return {
            source.value: {
                field: _value(q.object)
                for field, iri in about.items()
                for q in self.graph.match(source, ox.NamedNode(iri), None, ox.DefaultGraph())
            }
            for source in self._sources("Statement")
        }

    def mentioned(self, iri: str) -> bool:
        """Whether the facts of a statement name a thing."""
        if iri not in self._mentioned:
            graphs = " ".join(str(ox.NamedNode(s)) for s in self.statements)
            told = f"GRAPH ?statement {{ VALUES ?statement {{ {graphs} }} ?fact ?predicate {ox.NamedNode(iri)} }}"
            self._mentioned[iri] = self.some(f"SELECT ?fact WHERE {{\n  {told}\n}}\n")
        return self._mentioned[iri]

    @cached_property
    def stated_rounds(self) -> list[Entity]:
        """The rounds of which there are statements."""
        return self._rounds_of("Statement")

    def _rounds_of(self, kind: str) -> list[Entity]:
        """The rounds of the sources of a class: of a table those of its results."""
        about = ox.NamedNode(MLP + "round")
        tables = kind == "InferenceTable"
        places = ((None, s) if tables else (s, ox.DefaultGraph()) for s in self._sources(kind))
        found = {_value(q.object) for of, graph in places for q in self.graph.match(of, about, None, graph)}
        return sorted((e for iri in found if (e := self.names.entity(iri))), key=_place)

    def _sources(self, kind: str) -> list[Any]:
        """The sources of a class."""
        of = ox.NamedNode(RDF_TYPE)
        return [q.subject for q in self.graph.match(None, of, ox.NamedNode(MLP + kind), ox.DefaultGraph())]

    @cached_property
    def filed(self) -> dict[str, list[Entity]]:
        """The systems as filed by one, two or three words of their names, written as one."""
        systems: dict[str, str] = {}
        runs: dict[str, dict[str, None]] = defaultdict(dict)
        graphs = [ox.NamedNode(e.iri.replace("/id/round/", "/id/record/")) for e in self.rounds]
        for name in (RDFS_LABEL, MLP + "nameFiled"):
            for quad in (q for g in graphs for q in self.graph.match(None, ox.NamedNode(name), None, g)):
                iri, text = _value(quad.subject), _value(quad.object)
                if name == RDFS_LABEL and "/filed-system/" in iri:
                    systems[iri] = text
                label = _TIMES.sub(" ", text.partition(" of ")[0].lower()) if iri in systems else ""
                words = _WORD.findall(label)
                said = [words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1)]
                for run in ("".join(run) for run in (*said, *(run[::-1] for run in said if len(run) == 2))):
                    if len(run) > 2 and not run.isdigit():
                        runs[run][iri] = None
        return {run: [Entity(iri, systems[iri], "System") for iri in iris] for run, iris in runs.items()}

    @cached_property
    def whole(self) -> dict[str, list[Entity]]:
        """The systems as filed by their whole names in lower case."""
        named: dict[str, dict[str, Entity]] = defaultdict(dict)
        for entity in (e for entities in self.filed.values() for e in entities):
            named[entity.label.partition(" of ")[0].lower()][entity.iri] = entity
        return {name: [*entities.values()] for name, entities in named.items()}

    @cached_property
    def families(self) -> dict[str, list[Entity]]:
        """The things of one class by a word of their labels: 'ascend', 'poweredge', an organization by one of its own."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.names.entities.values():
            if entity.kind in ("Accelerator", "Processor", "System", "Benchmark"):
                for word in _WORD.findall(entity.label.lower()):
                    if len(word) > (2 if entity.kind == "Accelerator" else 3) and word.isalpha():
                        found[word].append(entity)
            for word in re.findall("[A-Z][a-z]{4,}", entity.label) if entity.kind == "Organization" else ():
                found[word].append(entity)
        own = {word for word, all_ in found.items() if len(all_) == 1 and word.lower() not in meanings()}
        return {w: all_ for w, all_ in found.items() if w in own or (w.islower() and len({e.kind for e in all_}) == 1)}

    def having(self, word: str, name: bool) -> list[Entity]:
        """The things of one class that have a word in their labels, and the systems as filed where it is a name."""
        low = word.lower()
        filed = self.filed.get(_TIMES.sub("", low), []) if name and len(word) > 3 else []
        family = self.families.get(low) or self.families.get(low.rstrip("0123456789"))  # 'SXM5' is an SXM
        return family or self.families.get(word) or filed

    def label(self, iri: str) -> str:
        """The label of a thing, in whichever graph it stands; the end of its IRI where it has none."""
        if iri not in self._labels:
            found = self.graph.match(ox.NamedNode(iri), ox.NamedNode(RDFS_LABEL))
            self._labels[iri] = min((_value(q.object) for q in found), default=iri.rpartition("/")[2])
        return self._labels[iri]

    def gather(self, iris: Iterable[str]) -> None:
        """Read what a graph on a server says of results, and of their systems, at once."""
        wanted = {*iris} if self.graph.remote else set()
        while new := wanted - self._facts.keys():
            self._facts |= {iri: [] for iri in new}
            terms = " ".join(str(ox.NamedNode(iri)) for iri in sorted(new))
            for s, p, o, g in self.rows(f"SELECT ?s ?p ?o ?g {{ VALUES ?s {{ {terms} }} GRAPH ?g {{ ?s ?p ?o }} }}")[1]:
                self._facts[s.value].append(ox.Quad(s, p, o, g))
            wanted = {_value(q.object) for i in new for q in self._quads(i, MLP + "filedSystem")}

    def _quads(self, iri: str, predicate: str) -> Iterable[ox.Quad]:
        if iri in self._facts:
            return [q for q in self._facts[iri] if q.predicate.value == predicate]
        return self.graph.match(ox.NamedNode(iri), ox.NamedNode(predicate))

    def evidence(self, result: str, files: tuple[str, str]) -> tuple[str, str, str]:
        """The system file of a result and its folder of logs, by the paths to them, and the graph that it stands in."""
        if result not in self._evidence:
            system_file, folder = ("".join(_value(t) for t in self._terms(result, path)) for path in files)
            record = next(_value(q.graph_name) for q in self._quads(result, RDF_TYPE))
            self._evidence[result] = system_file, folder, record
        return self._evidence[result]

    def field(self, result: str, path: str) -> Decimal | dict[str, str] | None:
        """What a path of properties leads to from a result: a number, or things and texts with their labels."""
        known = self._fields.setdefault(path, {})
        if result not in known:
            terms = self._terms(result, path)
            numbers = (t.value for t in terms if isinstance(t, ox.Literal) and t.datatype != _STRING)
            number = next(map(Decimal, numbers), None)
            things = {_value(t): self.label(_value(t)) if isinstance(t, ox.NamedNode) else _value(t) for t in terms}
            known[result] = number if number is not None else things or None
        return known[result]

    def _terms(self, thing: str, path: str) -> list[Any]:
        """What a path of properties leads to from a thing."""
        terms: list[Any] = [ox.NamedNode(thing)]
        for step in path.split("/"):
            name = MLP + step.removeprefix("mlp:")
            terms = [q.object for t in terms for q in self._quads(_value(t), name)]
        return terms

    def narrower(self, entities: Iterable[Entity]) -> list[str]:
        """The IRIs of things and of all below them: the members of a family, the parts of an organization."""
        found: dict[str, None] = {}
        todo = [e.iri for e in entities]
        while todo:
            iri = todo.pop()
            if iri not in found:
                found[iri] = None
                todo += self._narrower(iri)
        return list(found)

    def _narrower(self, iri: str) -> list[str]:
        """The IRIs of what is right below a thing."""
        if iri not in self._below:
            quads = (self.graph.match(None, p, ox.NamedNode(iri), ox.DefaultGraph()) for p in (_BROADER, _PART_OF))
            self._below[iri] = [_value(q.subject) for found in quads for q in found]
        return self._below[iri]

    def meant(self, c: Condition) -> list[str]:
        """The IRIs of the things that meet a condition: also what is below them, what they make, what was filed of them."""
        if c.field == "system":
            return self.systems(c.values)
        kind = {"accelerator": "Accelerator", "processor": "Processor"}.get(c.field)
        if not kind:
            return self.narrower(c.values)
        made = self.made_by((e for e in c.values if e.kind == "Organization"), kind)
        named = [e for e in c.values if e.kind != "Organization"]
        below = ((e, iri) for e in named for iri in self.narrower([e]))  # B200 is no GB200, though that has it
        chip = kind == "Accelerator"
        return made + [iri for e, iri in below if not chip or _models(e.label) <= _models(self.label(iri))]

    def used(self, field: str, iri: str) -> bool:
        """Whether a thing stands in a field of any result or system as filed."""
        if (field, iri) not in self._used:
            name = {"organization": "submitter", "system": "filedSystem"}.get(field, field)
            quads = self.graph.match(None, ox.NamedNode(MLP + name), ox.NamedNode(iri))
            self._used[field, iri] = next(iter(quads), None) is not None
        return self._used[field, iri]

    @cached_property
    def makers(self) -> set[str]:
        """The IRIs of the organizations that make chips."""
        quads = self.graph.match(None, ox.NamedNode(MLP + "developedBy"))
        made = ((self.names.entity(_value(q.subject)), _value(q.object)) for q in quads)
        return {maker for e, maker in made if e and e.kind in ("Accelerator", "Processor")}

    def made_by(self, organizations: Iterable[Entity], kind: str) -> list[str]:
        """The IRIs of the things of a class that organizations make, and of all below them."""
        developed = ox.NamedNode(MLP + "developedBy")
        quads = (q for m in self.narrower(organizations) for q in self.graph.match(None, developed, ox.NamedNode(m)))
        made = (self.names.entity(_value(q.subject)) for q in quads)
        return self.narrower(e for e in made if e and e.kind == kind)

    def systems(self, systems: Iterable[Entity]) -> list[str]:
        """The IRIs of systems as filed: as they are, those that a system of a statement was found to be, or by name."""
        linked = ox.NamedNode(MLP + "linkedSystem")
        filed = ox.NamedNode(MLP + "linkedFiledSystem")
        found: dict[str, None] = {}
        for system in systems:
            found[system.iri] = None
            for link in self.graph.match(None, linked, ox.NamedNode(system.iri)):
                found |= {_value(q.object): None for q in self.graph.match(link.subject, filed)}
            words = _WORD.findall(system.label.lower())
            made = {"".join(words), "".join(words[1:])}  # 'NVIDIA DGX A100' is 'dgxa100_n8', 'NVIDIA Eos' 'eos_n64'
            if not found.keys() - {system.iri}:
                found |= {e.iri: None for name in made for e in self.filed.get(name, ())}
        return list(found)


def _value(term: Any) -> str:
    return str(term.value)


def _models(label: str) -> set[str]:
    """The words of a label that have a digit."""
    return {word for word in _WORD.findall(label.lower()) if not word.isalpha()}


def _place(round_: Entity) -> tuple[bool, list[int]]:
    return "Training" not in round_.label, [int(n) for n in re.findall(r"\d+", round_.label)]


_KNOWN: WeakKeyDictionary[Graph, Known] = WeakKeyDictionary()


def known(graph: Graph) -> Known:
    """What a graph holds, collected once."""
    return _KNOWN.setdefault(graph, Known(graph))
