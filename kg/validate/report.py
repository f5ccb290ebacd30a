"""What a validation found, as sentences, as JSON and in SHACL's own terms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UnknownFormat
from kg.namespaces import PREFIXES, curie
from kg.plain import one_line
from kg.rdf.rdflib import to_oxigraph
from kg.rdf.terms import TYPE, term

if TYPE_CHECKING:
    from rdflib.term import Identifier

FORMATS = ("text", "turtle", "json")
SHAPES = "https://w3id.org/mlperf-kg/shapes#"
_SHOWN = 20
_WRONG = {"MinCount": "is missing", "MaxCount": "stands more than once"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as a shape says.

    `path` and `value` are what is wrong about the focus node, where that can be said ('' and None where
    not); `message` says the rule and `advice` what to do; `shape` is the shape's name, `constraint` the
    kind of rule ('MinCount'); `quote` is the words of the evidence, '' where there are none.
    """

    focus: Identifier
    label: str
    path: str
    value: Identifier | None
    message: str
    advice: str
    shape: str
    constraint: str
    severity: str
    quote: str

    def sentence(self) -> str:
        """The problem in one line: which thing, what is wrong, the words it rests on."""
        focus = curie(str(self.focus))
        name = f"{self.label} ({focus})" if self.label else focus
        wrong = ""
        if self.value is not None and self.value != self.focus:
            wrong = f": {self.path} is {_shown(self.value)}" if self.path else f": {_shown(self.value)}"
        elif self.path:
            wrong = f": {self.path} {_WRONG.get(self.constraint, 'is not as it should be')}"
        return name + wrong + (f" — “{self.quote}”" if self.quote else "")


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found; `checked` counts the nodes that some shape looked at."""

    problems: tuple[Problem, ...]
    checked: int

    @property
    def conforms(self) -> bool:
        """Whether something was checked and nothing violates a shape."""
        return self.checked > 0 and not any(p.severity == "Violation" for p in self.problems)

    def to_text(self) -> str:
        """The problems by rule, one line each, at most twenty a rule; what is left out is said."""
        if not self.checked:
            return "Nothing was checked: no shape speaks of anything in this data. Is it of this ontology?"
        things = f"{self.checked} things checked"
        if not self.problems:
            return f"Conforms: {things}, no problem."
        number = len(self.problems)
        verdict = "Conforms" if self.conforms else "Does not conform"
        lines = [f"{verdict}: {things}, {number} problem{'s' * (number > 1)}."]
        rules: dict[tuple[str, str], list[Problem]] = defaultdict(list)
        for problem in self.problems:
            rules[problem.message, problem.advice].append(problem)
        for (message, advice), problems in sorted(rules.items(), key=lambda rule: (-len(rule[1]), rule[0])):
            lines += ["", f"{message} ({len(problems)} times)" if len(problems) > 1 else message]
            lines += [f"  {advice}"] * bool(advice)
            lines += [f"  - {one_line(problem.sentence())}" for problem in problems[:_SHOWN]]
            rest = len(problems) - _SHOWN
            lines += [f"  … and {rest} more; --format json has all"] * (rest > 0)
        return "\n".join(lines)

    def to_json(self) -> str:
        """The report as a JSON object: conforms, checked, problems."""
        problems = [asdict(problem) for problem in self.problems]
        found = {"conforms": self.conforms, "checked": self.checked, "problems": problems}
        return json.dumps(found, ensure_ascii=False, indent=2)

    def to_turtle(self) -> str:
        """The report in SHACL's own terms, the same bytes for the same problems.

        A report on which nothing was checked says so, and that it does not conform.
        """
        triples = list(self._triples())
        prefixes = PREFIXES | {"mlps": SHAPES}
        return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    def _triples(self) -> Iterator[ox.Triple]:
        report = ox.BlankNode("report")
        results = [ox.BlankNode(f"r{number:06}") for number in range(len(self.problems))]
        yield ox.Triple(report, TYPE, term("sh", "ValidationReport"))
        yield ox.Triple(report, term("sh", "conforms"), ox.Literal(self.conforms))
        if not self.checked:
            yield ox.Triple(report, term("rdfs", "comment"), ox.Literal("Nothing was checked."))
        for result in results:
            yield ox.Triple(report, term("sh", "result"), result)
        for result, problem in zip(results, self.problems, strict=True):
            yield ox.Triple(result, TYPE, term("sh", "ValidationResult"))
            yield ox.Triple(result, term("sh", "focusNode"), to_oxigraph(problem.focus))
            prefix, colon, local = problem.path.partition(":")
            if colon and prefix in PREFIXES and local.isalnum():
                yield ox.Triple(result, term("sh", "resultPath"), ox.NamedNode(PREFIXES[prefix] + local))
            if problem.value is not None:
                yield ox.Triple(result, term("sh", "value"), to_oxigraph(problem.value))
            component = term("sh", problem.constraint + "ConstraintComponent")
            yield ox.Triple(result, term("sh", "sourceConstraintComponent"), component)
            shape = problem.shape if ":" in problem.shape else SHAPES + problem.shape
            yield ox.Triple(result, term("sh", "sourceShape"), ox.NamedNode(shape))
            yield ox.Triple(result, term("sh", "resultSeverity"), term("sh", problem.severity))
            yield ox.Triple(result, term("sh", "resultMessage"), ox.Literal(problem.message))

    def write(self, format: str) -> str:
        """The report as 'text', 'turtle' or 'json'. Raises UnknownFormat for another format."""
        writers = {"text": self.to_text, "turtle": self.to_turtle, "json": self.to_json}
        if format not in writers:
            raise UnknownFormat(format, "a report", FORMATS)
        return writers[format]().rstrip("\n")


def _shown(node: Identifier) -> str:
    from rdflib import Literal

    if isinstance(node, Literal):
        return f"“{node}”" + (f" ({curie(str(node.datatype))})" if node.datatype else "")
    return curie(str(node))
