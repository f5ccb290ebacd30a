"""Facts in RDF, as `docs/architecture.md` lays the graph out.

A fact is a node with subject, predicate, object or value, evidence and qualifiers, in the named graph
of its statement; an asserted fact about two entities also is the direct triple. The words it rests on
are a Web Annotation (https://www.w3.org/TR/annotation-model/) that the facts of one span share.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.graph.sources import statement_quads
from kg.model.record import together
from kg.model.statement import Entity, Fact, Statement
from kg.names.ontology import terms
from kg.namespaces import iri, last
from kg.rdf.evidence import evidence_quads
from kg.rdf.terms import DEFAULT_GRAPH, LABEL, TYPE, in_order, literal, mlp, node, term

MODALITIES = ("capability", "planned", "background", "possible")
"""What a fact is that is not asserted."""

_PLAIN = {"round": "roundIs", "baselineRound": "baselineRoundIs", "whose": "whoseIs"}
_RENAMED = {"value": "attributeValue"}
_MINUTES = {"seconds": Decimal(1) / 60, "minutes": Decimal(1), "hours": Decimal(60), "days": Decimal(1440)}


@cache
def of_submission() -> frozenset[str]:
    """The predicates that speak of an organization's participation in a round, as the ontology has it."""
    return frozenset(t.name for t in terms() if "mlp:Submission" in t.domain)


@cache
def of_entity() -> frozenset[str]:
    """The qualifiers whose value is an entity; of any other, an entity's label is written."""
    return frozenset(t.name for t in terms() if t.type == "ObjectProperty" and "mlp:Fact" in t.domain)


def facts_to_quads(facts: Iterable[Fact], statements: Iterable[Statement] = ()) -> list[ox.Quad]:
    """The quads of facts, of the entities they name and of the statements they come from.

    `statements` adds the description of statements that hold no fact. The quads are distinct and in an
    order that depends neither on the order of the facts nor on the run; there are no blank nodes.
    """
    quads: set[ox.Quad] = set()
    entities: list[Entity] = []
    sources = {s.iri: s for s in statements}
    for fact in facts:
        sources.setdefault(fact.statement.iri, fact.statement)
        quads.update(fact_quads(fact))
        values = (fact.subject, fact.object, *fact.qualifiers.values())
        entities += [value for value in values if isinstance(value, Entity)]
        of = submission(fact)
        if of:
            quads.update(submission_quads(submission_iri(*of), of[:1], of[1]))
    for statement in sources.values():
        quads.update(statement_quads(statement))
        entities += [statement.organization, *statement.speakers, statement.round]
    quads.update(entity_quads(entities))
    return in_order(quads)


def fact_iris(fact: Fact) -> tuple[str, str | None]:
    """The IRIs of a fact's subject and object in the graph; None for an object that is no entity."""
    of = submission(fact)
    return (submission_iri(*of) if of else fact.subject.iri), getattr(fact.object, "iri", None)


def modality(fact: Fact) -> str | None:
    """Why a fact is not asserted: 'capability', 'planned', 'background' or 'possible'; None for one that is."""
    stated = fact.qualifiers.get("modality")
    if isinstance(stated, str) and stated:
        return stated
    for name in MODALITIES:
        if fact.qualifiers.get(name) is True:
            return name
    if fact.asserted:
        return None
    return "capability" if "maxCount" in fact.qualifiers else "background"


def fact_quads(fact: Fact) -> Iterator[ox.Quad]:
    """The fact's node, its evidence and, where there is one, its direct triple."""
    graph = ox.NamedNode(fact.statement.iri)
    subject = ox.NamedNode(fact_iris(fact)[0])
    me = ox.NamedNode(fact_iri(fact))
    yield ox.Quad(me, TYPE, mlp("Fact"), graph)
    yield ox.Quad(me, mlp("subject"), subject, graph)
    yield ox.Quad(me, mlp("predicate"), mlp(fact.predicate), graph)
    yield ox.Quad(me, mlp("object" if isinstance(fact.object, Entity) else "value"), node(fact.object), graph)
    yield ox.Quad(me, mlp("evidence"), evidence_node(fact), graph)
    for name, value in _qualifiers(fact):
        yield ox.Quad(me, mlp(name), value, graph)
    if fact.confidence < 1:
        yield ox.Quad(me, mlp("confidence"), literal(round(Decimal(str(fact.confidence)), 3)), graph)
    if fact.doubt:
        yield ox.Quad(me, mlp("doubt"), literal(fact.doubt), graph)
    page = fact.statement.document.page(fact.evidence.span.start)
    yield from evidence_quads(fact.evidence, evidence_node(fact), graph, page)
    if isinstance(fact.object, Entity) and modality(fact) is None and not _of_unnamed(fact):
        yield ox.Quad(subject, mlp(fact.predicate), node(fact.object), graph)


def evidence_node(fact: Fact) -> ox.NamedNode:
    """The IRI of a fact's evidence, made from the document and the span."""
    span = fact.evidence.span
    return ox.NamedNode(iri("evidence", fact.statement.document.key, f"{span.start}-{span.end}"))


def entity_quads(entities: Iterable[Entity]) -> Iterator[ox.Quad]:
    """Class and label of each entity; of several labels the most frequent, then the first, is the label."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        yield ox.Quad(ox.NamedNode(entity.iri), TYPE, mlp(entity.kind))
        labels[entity.iri][entity.label] += 1
    for name, counts in labels.items():
        first, *others = sorted(counts, key=lambda label: (-counts[label], label))
        yield ox.Quad(ox.NamedNode(name), LABEL, ox.Literal(first))
        for other in others:
            yield ox.Quad(ox.NamedNode(name), term("skos", "altLabel"), ox.Literal(other))


def with_one_label(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Quads in which no thing has two labels: the first stays, the others are other names of it.

    A document and the record may spell one name in two ways ('Acme Labs', 'Acme-Labs'), each with its own label.
    """
    labels: dict[ox.NamedNode | ox.BlankNode | ox.Triple, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    made = []
    for quad in quads:
        if quad.predicate == LABEL and quad.graph_name == DEFAULT_GRAPH:
            first = labels.setdefault(quad.subject, quad.object)
            if first != quad.object:
                quad = ox.Quad(quad.subject, term("skos", "altLabel"), quad.object)
        made.append(quad)
    return made


def submission_iri(organization: Entity, mlperf_round: Entity) -> str:
    """The IRI of an organization's participation in a round."""
    return iri("submission", last(mlperf_round.iri), last(organization.iri))


def submission_quads(me: str, submitters: Sequence[Entity], mlperf_round: Entity) -> Iterator[ox.Quad]:
    """The description of the participation (an IRI) of organizations in a round."""
    node = ox.NamedNode(me)
    yield ox.Quad(node, TYPE, mlp("Submission"))
    yield ox.Quad(node, LABEL, ox.Literal(f"{together(submitters)} in {mlperf_round.label}"))
    yield ox.Quad(node, mlp("round"), ox.NamedNode(mlperf_round.iri))
    for organization in submitters:
        yield ox.Quad(node, mlp("submitter"), ox.NamedNode(organization.iri))


def submission(fact: Fact) -> tuple[Entity, Entity] | None:
    """Organization and round of the submission that is the subject of a fact, if one is."""
    if fact.subject.kind != "Organization" or fact.predicate not in of_submission() or _of_unnamed(fact):
        return None
    round_ = fact.qualifiers.get("round", fact.statement.round)
    return (fact.subject, round_) if isinstance(round_, Entity) else None


def _of_unnamed(fact: Fact) -> bool:
    """Whether a fact is of a round or of a submitter that the text does not name.

    Then it must not become a fact of the submission that the statement is about.
    """
    said = fact.qualifiers
    stated = "roundIs" in said and fact.predicate in of_submission()
    return stated or isinstance(said.get("round"), str) or isinstance(said.get("whose"), str)


def _qualifiers(fact: Fact) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """The properties that qualify a fact, by name."""
    for key, value in sorted(fact.qualifiers.items()):
        if key == "modality" or key in MODALITIES:
            continue
        if isinstance(value, str):
            yield _PLAIN.get(key, key), literal(value)
        elif isinstance(value, Entity) and key not in of_entity():
            yield _RENAMED.get(key, key), literal(value.label)
        else:
            yield _RENAMED.get(key, key), node(value)
    mode = modality(fact)
    if mode:
        yield "modality", literal(mode)
    factor = _MINUTES.get(str(fact.qualifiers.get("unit", "minutes")))
    if fact.predicate == "timeToTrain" and isinstance(fact.object, Decimal) and factor:
        yield "minutes", literal(round(fact.object * factor, 6))


def fact_iri(fact: Fact) -> str:
    """An IRI made from all that the fact says and where it says it."""
    span = fact.evidence.span
    content = [
        fact_iris(fact)[0], fact.predicate, str(node(fact.object)), span.start, span.end,
        [(name, str(value)) for name, value in _qualifiers(fact)],
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
    owner = last(fact.statement.iri)
    return iri("fact", fact.statement.document.key, owner, f"{fact.predicate}-{digest[:10]}")
