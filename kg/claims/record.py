"""What a graph holds, as the checks read it: the official results, what is said, and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.model.claim import Filed, Said
from kg.namespaces import ID, MLP, PREFIXES, RDF_TYPE, RDFS_LABEL, XSD
from kg.store import Graph

_BROADER = PREFIXES["skos"] + "broader"
_NUMBERS = {XSD + "integer", XSD + "decimal"}


class World:
    """The record and the statements of a graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.results = self._results()
        self.said = self._said()

    # The record

    def of(self, submitter: str, round: str) -> list[Filed]:
        """The results of a submitter in a round."""
        return [r for r in self.results if (r.submitter, r.round) == (submitter, round)]

    def loaded(self, round: str) -> bool:
        """Whether the graph has the record of a round."""
        return any(r.round == round for r in self.results)

    def previous(self, round: str) -> str:
        """The IRI of the round before; '' when the vocabulary does not know it."""
        return next(self._objects(round, MLP + "previousRound"), "")

    @cached_property
    def rounds(self) -> list[str]:
        """The rounds whose record the graph has."""
        return sorted({r.round for r in self.results})

    # Names

    def label(self, iri: str) -> str:
        """The label of a thing; the last step of its IRI when it has none."""
        return min(self._objects(iri, RDFS_LABEL), default=iri.rpartition("/")[2])

    def within(self, narrow: str, broad: str) -> bool:
        """Whether a concept is another one, or is below it."""
        return broad in self.ancestors(narrow)

    def ancestors(self, iri: str) -> set[str]:
        """A concept and all that is broader."""
        found: set[str] = set()
        todo = [iri] if iri else []
        while todo:
            at = todo.pop()
            if at not in found:
                found.add(at)
                todo += self._objects(at, _BROADER)
        return found

    def maker(self, thing: str) -> str:
        """The organization that makes a thing, or what it is a model of; '' when it is not known."""
        return self._attribute(thing, "developedBy") if thing else ""

    def fits(self, filed: str, stated: str) -> str:
        """Whether a filed accelerator is the stated one: 'yes', 'no', or 'open' when it is filed less exactly.

        'open' needs a common family, and no memory, form factor or power that differs.
        """
        if self.within(filed, stated):
            return "yes"
        if not self.ancestors(filed) & self.ancestors(stated):
            return "no"
        told = [(self._attribute(filed, name), self._attribute(stated, name)) for name in _ATTRIBUTES]
        return "no" if any(f and s and f != s for f, s in told) else "open"

    def _attribute(self, iri: str, name: str) -> str:
        """A property of an accelerator or of what is next above it."""
        return next((v for at in [iri, *self.ancestors(iri)] for v in self._objects(at, MLP + name)), "")

    def text(self, statement: str) -> str:
        """The text of the document that a statement is in; '' when the graph keeps none."""
        key = statement.removeprefix(ID + "statement/").split("/")[0]
        try:
            return self._graph.source(key)
        except Exception:  # a graph from elsewhere may come without its texts
            return ""

    @cached_property
    def statements(self) -> dict[str, tuple[str, str]]:
        """Speaker and round of each statement."""
        kind = ox.NamedNode(MLP + "Statement")
        found = [_value_of(q.subject) for q in self._graph.match(None, ox.NamedNode(RDF_TYPE), kind)]
        return {
            s: (
                next(self._objects(s, PREFIXES["prov"] + "wasAttributedTo"), ""),
                next(self._objects(s, MLP + "round"), ""),
            )
            for s in sorted(found)
        }

    def _objects(self, subject: str, predicate: str) -> Iterator[str]:
        quads = self._graph.match(ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph())
        return (_value_of(q.object) for q in quads)

    def _nodes(self, kind: str) -> dict[str, dict[str, list[Any]]]:
        """All things of a class of the named graphs: their properties, by local name."""
        found: dict[str, dict[str, list[Any]]] = {}
        for typed in self._graph.match(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(MLP + kind)):
            said: dict[str, list[Any]] = defaultdict(list)
            for quad in self._graph.match(typed.subject, None, None, typed.graph_name):
                said[re.split(r"[#/]", quad.predicate.value)[-1]].append(quad.object)
            said["graph"] = [typed.graph_name]
            found[_value_of(typed.subject)] = said
        return found

    def _results(self) -> list[Filed]:
        linked: dict[str, set[str]] = defaultdict(set)
        for link in self._nodes("SystemLink").values():
            linked[link["linkedFiledSystem"][0].value].add(link["linkedSystem"][0].value)
        systems = self._nodes("FiledSystem")
        made = []
        for iri, node in sorted(self._nodes("Result").items()):
            filed = _one(node, "filedSystem")
            system = systems.get(filed, {})
            made.append(Filed(
                iri=iri, label=_one(node, "label"), submitter=_one(node, "submitter"), round=_one(node, "round"),
                benchmark=_one(node, "benchmark"), division=_one(node, "division"),
                availability=_one(node, "availability"), accelerator=_one(node, "accelerator"),
                processor=_one(system, "processor"), framework=_one(node, "framework"),
                filed_frameworks=frozenset(t.value for t in system.get("filedFramework", ())), filed_system=filed,
                systems=frozenset(linked[filed]), accelerators=_int(node, "acceleratorCount"),
                per_node=_int(system, "acceleratorsPerNode"), nodes=_int(node, "nodeCount"),
                minutes=Decimal(_one(node, "minutes")), software=_one(system, "softwareFiled"),
                accelerator_filed=_one(system, "acceleratorFiled"), processor_filed=_one(system, "processorFiled"),
            ))  # fmt: skip
        return made

    def _said(self) -> list[Said]:
        made = []
        for iri, node in self._nodes("Fact").items():
            if node.get("modality"):
                continue
            statement = node["graph"][0].value
            subject = _one(node, "subject")
            submission = subject.startswith(ID + "submission/")
            quote, start, end = self._words(_one(node, "evidence"))
            value = node.get("value", [None])[0]
            speaker, of_round = self.statements.get(statement, ("", ""))
            rest = {k: v[0] for k, v in node.items() if k not in _PLUMBING}
            made.append(Said(
                statement=statement, speaker=speaker, predicate=_one(node, "predicate").removeprefix(MLP),
                quote=quote, start=start, end=end, subject=subject,
                submitter=next(self._objects(subject, MLP + "submitter"), "") if submission else "",
                round=next(self._objects(subject, MLP + "round"), of_round) if submission else of_round,
                object=_one(node, "object"), value=_value(value), fact=iri,
                qualifiers={k: t.value for k, t in rest.items()},
                numbers={k: Decimal(t.value) for k, t in rest.items() if _is_number(t)},
            ))  # fmt: skip
        return sorted(made, key=lambda s: (s.statement, s.start, s.predicate, s.object, str(s.value), s.fact))

    def _words(self, evidence: str) -> tuple[str, int, int]:
        """Quote, start and end of an evidence."""

        def follow(at: Any, name: str) -> Any:
            quads = self._graph.match(at, ox.NamedNode(PREFIXES["oa"] + name))
            return next((q.object for q in quads), ox.Literal("0"))

        selector = follow(follow(ox.NamedNode(evidence), "hasTarget"), "hasSelector")
        exact, start, end = (follow(selector, name).value for name in ("exact", "start", "end"))
        return exact, int(start), int(end)


_ATTRIBUTES = ("memoryGB", "formFactor", "powerWatts")
_PLUMBING = {"type", "graph", "subject", "predicate", "object", "value", "evidence", "label"}


def _value_of(term: Any) -> str:
    return str(term.value)


def _one(node: Any, name: str) -> str:
    return node[name][0].value if node.get(name) else ""


def _int(node: Any, name: str) -> int | None:
    return int(node[name][0].value) if node.get(name) else None


def _is_number(term: Any) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _value(term: Any) -> Decimal | str | None:
    if term is None:
        return None
    return Decimal(term.value) if _is_number(term) else str(term.value)
