"""Inputs of any size: a graph in the project's own shape, and statements with invented names.

Everything is made by the project's own types and functions from a fixed seed, so that the same size gives
the same bytes, and the graph conforms to the shapes.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, count
from pathlib import Path

import pyoxigraph as ox

from kg.graph import facts_to_quads, results_to_quads, vocabulary_to_quads
from kg.model.record import LinkedResult, Result
from kg.model.statement import Document, Entity, Evidence, Fact, Section, Span, Statement, Value
from kg.names.vocabulary import Vocabulary, load_vocabulary, vocabulary_files
from kg.namespaces import iri
from kg.resources import folder

_FIRST = ("Al", "Bren", "Cor", "Dal", "Er", "Fen", "Gor", "Hal", "Is", "Jor", "Kel", "Lor", "Mar", "Nor")
_LAST = ("dora", "vik", "tane", "mont", "lund", "berg", "quist", "wick", "stad", "holm", "gard", "feld")


def graph_quads(size: int) -> Iterator[ox.Quad]:
    """About `size` quads, of the vocabulary, of invented statements and of invented results."""
    vocabulary = load_vocabulary()
    made = 0
    for quads in chain([vocabulary_to_quads(vocabulary_files())], _worlds(vocabulary)):
        yield from quads
        made += len(quads)
        if made >= size:
            return


def write_graph_file(path: Path, size: int) -> Path:
    """A file of about `size` distinct N-Quads."""
    seen: set[ox.Quad] = set()
    beside = path.with_suffix(".part")
    with beside.open("wb") as out:
        batch: list[ox.Quad] = []
        for quad in graph_quads(size):
            if quad.graph_name == ox.DefaultGraph():
                if quad in seen:
                    continue
                seen.add(quad)
            batch.append(quad)
            if len(batch) == 50_000:
                out.write(ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"")
                batch.clear()
        out.write(ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"")
    return beside.rename(path)


class _Worlds:
    """Organizations with a statement and results in each round, one organization after the other."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.random = random.Random(20)
        self.rounds = list(vocabulary.rounds.values())
        self.of = {
            kind: [c.entity for c in vocabulary.of_kind(kind)]
            for kind in ("Accelerator", "Processor", "Framework", "Benchmark", "Division", "AvailabilityCategory")
        }

    def quads(self, number: int) -> list[ox.Quad]:
        name = organization_name(number)
        organization = Entity(iri("organization", name), name, "Organization", known=False)
        found: list[ox.Quad] = []
        for round_ in self.rounds:
            facts, statement = self._statement(organization, round_, number)
            found += facts_to_quads(facts, [statement])
            found += results_to_quads(self._results(organization, round_, number))
        return list(dict.fromkeys(found))

    def _statement(self, organization: Entity, round_: Entity, number: int) -> tuple[list[Fact], Statement]:
        pick = self.random
        system = self._system(organization, pick.randint(1, 9))
        accelerator, processor = pick.choice(self.of["Accelerator"]), pick.choice(self.of["Processor"])
        framework, division = pick.choice(self.of["Framework"]), pick.choice(self.of["Division"])
        benchmarks = pick.sample(self.of["Benchmark"], 4)
        said: list[tuple[str, str, Entity, Value, dict[str, Value]]] = [
            ("We took part in the round.", "submittedTo", organization, round_, {}),
            (f"Our system is the {system.label}.", "submittedSystem", organization, system, {}),
            (f"It holds eight {accelerator.label}.", "hasAccelerator", system, accelerator, {"count": Decimal(8)}),
            (f"It holds two {processor.label}.", "hasProcessor", system, processor, {"count": Decimal(2)}),
            (f"We used {framework.label}.", "usedFramework", organization, framework, {}),
            (f"We filed in {division.label}.", "division", organization, division, {}),
            (f"We left {benchmarks[3].label} out.", "didNotSubmitBenchmark", organization, benchmarks[3], {}),
        ]
        for benchmark in benchmarks[:3]:
            minutes, cards = Decimal(pick.randint(1, 9000)) / 10, Decimal(8 * pick.randint(1, 64))
            said.append((f"We ran {benchmark.label}.", "submittedBenchmark", organization, benchmark, {}))
            qualifiers: dict[str, Value] = {
                "benchmark": benchmark, "unit": "minutes", "acceleratorCount": cards, "accelerator": accelerator,
                "system": system, "framework": framework,
            }  # fmt: skip
            sentence = f"{benchmark.label} took {minutes} minutes on {cards} cards."
            said.append((sentence, "timeToTrain", organization, minutes, qualifiers))
        text, spans = "", []
        for sentence, *_ in said:
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence + " "
        key = f"{round_.iri.rpartition('/')[2]}-{number}"
        section = Section(organization.label, Span(0, 1), Span(0, len(text)))
        document = Document(key, f"Statement {key}", round_.label, text, f"{key}.txt", "text/plain", (section,))
        statement = Statement(document, organization, round_, section.heading, section.body)
        facts = [
            Fact(statement, predicate, subject, value, Evidence(span, sentence), qualifiers)
            for span, (sentence, predicate, subject, value, qualifiers) in zip(spans, said, strict=True)
        ]
        return facts, statement

    @staticmethod
    def _system(organization: Entity, number: int) -> Entity:
        label = f"{organization.label} Node{number}"
        return Entity(iri("system", label), label, "System", known=False)

    def _results(self, organization: Entity, round_: Entity, number: int) -> Iterator[LinkedResult]:
        pick = self.random
        accelerator, processor = pick.choice(self.of["Accelerator"]), pick.choice(self.of["Processor"])
        framework, division = pick.choice(self.of["Framework"]), pick.choice(self.of["Division"])
        name, cards = f"node{pick.randint(1, 9)}", 8 * pick.randint(1, 64)
        for benchmark in pick.sample(self.of["Benchmark"], 3):
            minutes = pick.randint(100, 900_000) / 1000
            place = f"{organization.label}/results/{name}/{benchmark.label}"
            row = Result(
                round=round_.label, submitter=organization.label, filed_as=organization.label,
                division=division.label, availability="cloud", logged_status="", system=name, system_name=name,
                nodes=cards // 8, processors_per_node=2, processors=cards // 4, processor=processor.label,
                accelerators_per_node=8, accelerators=cards, accelerator=accelerator.label,
                accelerator_memory_gb=None, host_memory="1 TB", framework_filed=framework.label,
                framework_run=framework.label, framework_basis="log", software="cuda 11.6",
                benchmark=benchmark.iri.rpartition("/")[2], runs=5, dropped=2, minutes=minutes,
                scaling_factor=1.0, run_minutes=(minutes,) * 5, failed=(), notes=(),
                repository="example/results", commit="0" * 40, read="2026-01-01",
                system_file=f"{organization.label}/systems/{name}.json", log_folder=place, logs=(), basis="logs", rule="verified",
                evidence="",
            )  # fmt: skip
            yield LinkedResult(
                row, (organization,), (organization.label, name), round_, benchmark, division,
                pick.choice(self.of["AvailabilityCategory"]),
                accelerator, processor, (framework,), framework,
            )  # fmt: skip


def _worlds(vocabulary: Vocabulary) -> Iterator[list[ox.Quad]]:
    worlds = _Worlds(vocabulary)
    return (worlds.quads(number) for number in count(1))


def with_faults(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads with faults of several kinds, about one in a thousand: values of another type, below zero, twice or gone."""
    found: list[ox.Quad] = []
    seen: Counter[str] = Counter()
    for quad in quads:
        name = quad.predicate.value.rpartition("#")[2]
        seen[name] += 1
        turn = seen[name] % 40 == 7
        if turn and name in ("runCount", "acceleratorCount", "start"):
            found.append(ox.Quad(quad.subject, quad.predicate, ox.Literal("soon"), quad.graph_name))
        elif turn and name == "minutes":
            found.append(ox.Quad(quad.subject, quad.predicate, ox.Literal(-1), quad.graph_name))
        elif turn and name in ("subject", "division", "exact"):
            continue
        else:
            found.append(quad)
            if turn and name == "submitter":
                found.append(ox.Quad(quad.subject, quad.predicate, ox.Literal("nobody"), quad.graph_name))
    return found


def organization_name(number: int) -> str:
    """An invented name, another one for each number.

    >>> organization_name(1), organization_name(20)
    ('Brendora 1', 'Gorvik 20')
    """
    return f"{_FIRST[number % len(_FIRST)]}{_LAST[number // len(_FIRST) % len(_LAST)]} {number}"


def documents(number: int) -> Iterator[str]:
    """The shipped statements so many times over, the organizations of each copy renamed."""
    (path,) = (folder("data") / "statements").glob("*.md")
    text = path.read_text("utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    for copy in range(number):
        made = text.replace("identifier: ", f"identifier: copy-{copy}-", 1)
        for at, heading in enumerate(headings if copy else ()):
            made = made.replace(heading, organization_name(copy * len(headings) + at))
        yield made
