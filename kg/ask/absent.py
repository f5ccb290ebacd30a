"""What was filed and has no logs in the copy that was read: it may be better than what an answer names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.ask.frame import COMPARES, Condition, Frame
from kg.ask.known import Known
from kg.ask.results import Hit, several
from kg.names.rounds import rounds_in_words

_ABSENT = """SELECT ?absent ?round ?field ?value ?who {
  { SELECT ?absent ?round ?property ?value ?who {
    ?record a mlp:Record ; mlp:round ?round .
    GRAPH ?record { ?absent mlp:basis "logs not in this copy" ; mlp:submitter ?owner ; ?property ?value }
    ?owner rdfs:label ?who
  } }
  VALUES (?property ?field) {
    (mlp:submitter "organization") (mlp:benchmark "benchmark") (mlp:accelerator "accelerator")
    (mlp:filedFramework "framework") (mlp:processor "processor") (mlp:acceleratorCount "acceleratorCount")
    (mlp:filedSystem "system") (mlp:availability "availability") (mlp:division "division")
  }
}"""
"""The fields are chosen outside: with them a store looks each up for each thing, which takes twenty times as long."""


@dataclass(slots=True)
class Filed:
    """A system or result as filed: its round, the names of its submitters, and the values of its fields."""

    round: str
    who: set[str]
    fields: dict[str, set[str]]

    def may(self, at: Known, c: Condition) -> bool:
        """Whether it may meet a condition, for all that was filed of it."""
        values = self.fields.get(c.field)
        if not values:
            return True
        if c.number is not None:
            return (
                c.sign not in ("<", "<=", ">", ">=")
                or c.negated
                or any(COMPARES[c.sign](Decimal(v), c.number) for v in values)
            )
        return not c.values or bool(values & {*at.meant(c)}) != c.negated


def absent(at: Known, frame: Frame, found: Sequence[Hit]) -> str:
    """How much that fits a question of the best, of a number or of all has no logs here, and whose it is, in a line.

    '' where nothing is missing, or where what is missing cannot change the answer. `found` are the results that fit,
    of which the rounds and benchmarks are those that the answer is about.
    """
    over = frame.best or frame.aggregate or frame.sides or frame.having or frame.all_of or frame.group or not found
    if frame.inference or not over:
        return ""
    rounds = {iri for h in found for iri, _ in h.things("round")} or _named(at, frame, "round")
    benchmarks = {iri for h in found for iri, _ in h.things("benchmark")} or _named(at, frame, "benchmark")
    told: dict[str, set[str]] = {}
    for iri, filed in _all(at).items():
        known = filed.fields.get("benchmark", benchmarks)
        here = (not rounds or filed.round in rounds) and (not benchmarks or known & benchmarks)
        sided = not frame.sides or any(filed.may(at, c) for c in frame.compared)
        if here and sided and all(filed.may(at, c) for c in frame.conditions):
            told[iri] = filed.who
    if not told:
        return ""
    within = rounds_in_words(at.label(r) for r in sorted({_all(at)[iri].round for iri in told}))
    who = ", ".join(sorted(set().union(*told.values())))
    return f"Not in this copy: the logs of {several(len(told), 'system')} that {who} filed ({', '.join(within)})."


def _all(at: Known) -> dict[str, Filed]:
    """All that was filed and has no logs, by IRI."""
    if at.absent is None:
        found: dict[str, Filed] = {}
        fields: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for iri, round_, field, value, who in at.rows(_ABSENT)[1]:
            filed = found.setdefault(iri.value, Filed(round_.value, set(), fields[iri.value]))
            filed.who.add(who.value)
            fields[iri.value][field.value].add(value.value)
            fields[iri.value]["system"].add(iri.value)
        at.absent = found
    return at.absent


def _named(at: Known, frame: Frame, field: str) -> set[str]:
    """The things of a field that a question names."""
    return {iri for c in frame.every() if c.field == field and not c.negated for iri in at.meant(c)}
