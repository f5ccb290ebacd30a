"""Annotated documents: their statements, the names and the facts that people marked in them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.extract.attributes import Said
from kg.extract.candidates import Candidate
from kg.extract.figures import Figure
from kg.extract.passage import Passage
from kg.extract.score import read_gold
from kg.extract.split import split
from kg.model.statement import Entity, Statement
from kg.names.filed import Filed, FiledName
from kg.names.finder import Finder
from kg.names.fold import fold
from kg.names.lexicon import Lexicon
from kg.names.linear import Linear
from kg.names.vocabulary import Vocabulary
from kg.namespaces import iri
from kg.read import read_documents
from training.marked import read_marked

Row = Mapping[str, Any]
KINDS = ("System", "Accelerator", "Processor", "Software", "Organization", "Division")
"""What a chunk may name; a framework that no vocabulary knows is software."""
PRODUCTS = frozenset(["System", "Accelerator", "Processor", "Framework", "Software"])


@dataclass(frozen=True)
class Annotated:
    """A document with its annotations.

    `filed` are the names of its round's official record; with `also_without` its names are learned from without them as
    well.
    """

    name: str
    statements: Sequence[Statement]
    vocabulary: Vocabulary
    lexicon: Lexicon
    facts: Sequence[Row]
    mentions: Sequence[Row]
    filed: Filed = field(default_factory=Filed)
    also_without: bool = False

    def unknowing(self) -> Annotated:
        """The document as it would be read if no vocabulary had products: as most names are in a document to come."""
        vocabulary = Vocabulary(c for c in self.vocabulary.values() if c.entity.kind not in PRODUCTS)
        return replace(self, vocabulary=vocabulary, lexicon=Lexicon(vocabulary, self.statements[0].round))

    def finder(self, names: Mapping[str, Any], ever: Filed, *, record: bool = True) -> Finder:
        """A finder of its round's names."""
        return Finder(self.lexicon, self.filed if record else Filed(), ever, Linear(names))


def load(entry: Mapping[str, Any], folder: Path, vocabulary: Vocabulary, filed: Iterable[FiledName]) -> Annotated:
    """The annotated document that an entry of a manifest names; paths count from the folder.

    Its annotations are the files `facts` and `mentions`, or marks in a copy of the document, the file `marked`.
    """
    if "marked" in entry:
        path = folder / entry["marked"]
        marked = read_marked(path.read_text("utf-8"), path.name)
        facts, mentions = marked.facts, marked.mentions
    else:
        facts = read_gold(folder / entry["facts"])
        mentions = [json.loads(line) for line in (folder / entry["mentions"]).read_text("utf-8").splitlines() if line]
    found = annotated(entry["name"], folder / entry["document"], facts, mentions, vocabulary, filed)
    return replace(found, also_without=bool(entry.get("also_without_record")))


def annotated(
    name: str, path: Path, facts: Sequence[Row], mentions: Sequence[Row], vocabulary: Vocabulary, filed: Iterable[FiledName]
) -> Annotated:  # fmt: skip
    """A document with its annotations; of the filed names those of its round count."""
    organizations = [n for c in vocabulary.of_kind("Organization") for n in c.names]
    headings = sorted({row["organization"] for row in facts})
    [document] = read_documents([path], names=[*organizations, *headings])
    mlperf_round = vocabulary.round_labelled(document.round)
    lexicon = Lexicon(vocabulary, mlperf_round)

    def organization(name: str) -> Entity:
        known = lexicon.link(name, ("Organization",))
        return known or Entity(iri("organization", name), name, "Organization", known=False)

    statements = split(document, organization, mlperf_round)
    names = Filed(n for n in filed if n.round == document.round)
    return Annotated(name, statements, vocabulary, lexicon, facts, mentions, filed=names)


def kind_at(annotated: Annotated, start: int, end: int) -> str:
    """What the annotators marked at a span of the text: one of `KINDS`, or 'None'."""
    for row in annotated.mentions:
        if row["start"] < end and start < row["end"] and not row.get("task"):
            kind = "Software" if row["kind"] == "Framework" else row["kind"]
            return kind if kind in KINDS and not row.get("generic") else "None"
    return "None"


class Truth:
    """Whether a candidate is an annotated fact, and whether its sentence holds the words of one."""

    def __init__(self, annotated: Annotated) -> None:
        self._lexicon = annotated.lexicon
        text = annotated.statements[0].document.text
        self._rows: dict[str, list[tuple[Row, list[tuple[int, int]]]]] = defaultdict(list)
        for row in annotated.facts:
            quote = r"\s+".join(map(re.escape, str(row.get("quote", "")).split()))
            spans = [m.span() for m in re.finditer(quote, text)] if quote else []
            self._rows[row["predicate"]].append((row, spans))

    def of(self, p: Passage, listed: Sequence[Candidate]) -> list[int | None]:
        """1 for a right candidate at its words, 0 for a wrong one, None for a right one at other words."""
        places: dict[tuple[str, str, str], list[tuple[int, bool, bool]]] = defaultdict(list)
        for number, c in enumerate(listed):
            span = c.tagged.sentence.span
            rows = [r for r in self._rows[c.predicate] if self._same(r[0], p, c)]
            touches = any(a < span.end and span.start < b for _, spans in rows for a, b in spans)
            places[c.key].append((number, bool(rows), touches))
        labels: list[int | None] = [0] * len(listed)
        for found in places.values():
            at_words = any(touches for _, _, touches in found)
            for number, right, touches in found:
                labels[number] = 0 if not right else 1 if touches or not at_words else None
        return labels

    def of_figure(self, p: Passage, figure: Figure) -> int | None:
        """1 for an amount that the annotations have at its words, 0 for one they have not, None at other words."""
        span = figure.tagged.sentence.span
        rows = [
            spans for row, spans in self._rows[figure.predicate]
            if self._alike([row["organization"]], p.owner)
            and (self._has(row, figure.subject, figure.said) if figure.said and figure.subject
                 else _number(row["object"]) == figure.amount.value)
        ]  # fmt: skip
        if any(a < span.end and span.start < b for spans in rows for a, b in spans):
            return 1
        return None if rows else 0

    def _has(self, row: Row, subject: Entity, said: Said) -> bool:
        """Whether a row gives a thing this attribute, in these words or in others with the same amount."""
        aliases, q = row.get("aliases") or {}, row.get("qualifiers") or {}
        if not self._alike([row["subject"], *aliases.get("subject", [])], subject):
            return False
        wanted = set().union(*(forms(str(name)) for name in (row["object"], *aliases.get("object", []))))
        amount = said.amount
        return bool(wanted & forms(said.words)) or (
            amount is not None and _number(q.get("value")) == amount.value and q.get("unit") == amount.unit
        )

    def _same(self, row: Row, p: Passage, c: Candidate) -> bool:
        aliases = row.get("aliases") or {}
        return (
            self._alike([row["organization"]], p.owner)
            and self._alike([row["object"], *aliases.get("object", [])], c.object)
            and (
                self._alike([row["subject"], *aliases.get("subject", [])], c.subject)
                or (c.subject == p.owner and self._alike([row["subject"]], p.owner))
            )
        )

    def _alike(self, names: Iterable[object], entity: Entity) -> bool:
        wanted = forms(entity.label)
        for name in map(str, names):
            linked = self._lexicon.link(name)
            if wanted & forms(name) or (linked is not None and linked.iri == entity.iri):
                return True
        return False


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


_FILLER = re.compile(
    r"\b(?:nvidia|amd|intel|google|graphcore|habana|dell|asus|hpe|inspur|gigabyte|h3c|microsoft|azure|tesla|hgx|the|tensor core"
    r"|(?:gpu|ipu|processor|accelerator|server|system|cpu|vm|virtual machine)s?|series|framework|benchmark|technologies|labs"
    r"|corporation|co|ltd|inc)\b"
)


@lru_cache(maxsize=20_000)
def forms(name: str) -> frozenset[str]:
    """A name as it is compared: folded, and folded without makers and nouns.

    >>> forms("NVIDIA A100 GPUs") & forms("A100")
    frozenset({'a100'})
    """
    low = name.lower()
    return frozenset({fold(low), fold(_FILLER.sub(" ", low))} - {""})
