"""From annotated documents to weights: names first, then relations on the names that are found without the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.extract import ruled, scored
from kg.extract.decide import Scored, Scorer
from kg.extract.features import Features
from kg.extract.figures import PREDICATES, figures
from kg.extract.passage import Passage
from kg.extract.sentences import sentences
from kg.extract.systems import Systems
from kg.model.statement import Statement
from kg.names.filed import Filed
from kg.names.finder import Finder
from kg.names.linear import Linear
from kg.names.vocabulary import Vocabulary
from training.annotated import Annotated, Truth, kind_at

Examples = list[tuple[list[str], str]]
Relations = dict[str, list[tuple[list[str], int]]]
LEARNED = (
    "submittedSystem", "offersSystem", "submittedBenchmark", "usedFramework", "usedSoftware", "usedAccelerator", "division",
    "availability", "partner", "mentionsSubmitter", "hasAccelerator", "hasProcessor", *PREDICATES,
)  # fmt: skip
SURER = 3.0
"""How often an example of a document that somebody published counts, against one of an invented text."""
LIGHTER = 0.5
"""How often an example of what is said or only named counts: no vendor writes so often of what it did not do. Neither names
nor thresholds are learned from these: both would find less in documents left out."""
UNMARKED = frozenset(["quantity"])
"""What is not marked in invented texts."""
FREEDOM = {"performanceResult": 0.1, "quantity": 0.3}
"""How freely weights follow the examples (C), where that is not 1: of two documents left out 37 of 42 results are right and
40 of 56 found, where 1 gives 31 of 35 and 34. Of other amounts as many are found, and fewer are surer than they should be."""
CUT = 0.03
"""Weights below it are left out: they change next to no decision and are most of the file."""


def name_examples(annotated: Annotated, ever: Filed) -> Examples:
    """The chunks of a document with their evidence and what they name."""
    found: Examples = []
    for record in _records(annotated):
        finder = annotated.finder({}, ever, record=record)
        for statement in annotated.statements:
            listed = sentences(statement)
            _, places, features = finder.candidates([s.view for s in listed], statement.organization)
            for place, of in zip(places, features, strict=True):
                base = listed[place.view].span.start
                kind = kind_at(annotated, base + place.span.start, base + place.span.end)
                found.append((of, kind))
    return found


def _records(annotated: Annotated) -> Sequence[bool]:
    """With the names of its round's record, and without, where it is learned from both ways."""
    return (True, False) if annotated.also_without and annotated.filed else (True,)


def learn_names(read: Iterable[Examples], told: Iterable[Examples]) -> dict[str, dict[str, float]]:
    """One multinomial logistic regression: what a chunk names, or 'None'; `told` are examples of invented texts."""
    listed = [(*e, SURER) for group in read for e in group] + [(*e, 1.0) for group in told for e in group]
    return _regression(listed, LogisticRegression(C=0.5, max_iter=400))


def relation_examples(
    annotated: Annotated, names: Mapping[str, Any], ever: Filed, *, record: bool | None = None
) -> Relations:  # fmt: skip
    """The candidates of a document with their features, 1 where the annotations have them, else 0.

    `record` says whether the names filed in its round help; else the document is read with them and, if it says so,
    without them too.
    """
    truth = Truth(annotated)
    found: Relations = defaultdict(list)
    for with_names in (record,) if record is not None else _records(annotated):
        finder = annotated.finder(names, ever, record=with_names)
        for statement in annotated.statements:
            p, listed = all_candidates(statement, annotated.vocabulary, finder)
            for s, label in zip(listed, truth.of(p, [s.candidate for s in listed]), strict=True):
                if label is not None:
                    found[s.candidate.predicate].append((list(s.features), label))
            systems = Systems(p)
            of = Features(p, ruled(p, systems))
            for figure in figures(p, systems):
                label = truth.of_figure(p, figure)
                if label is not None:
                    found[figure.predicate].append((of.of_figure(figure), label))
    return found


def all_candidates(statement: Statement, vocabulary: Vocabulary, finder: Finder) -> tuple[Passage, list[Scored]]:
    """A statement's candidates with their features; nothing is known of their confidence yet."""
    blank = Scorer(Linear({name: {} for name in LEARNED}), {}, {}, {})
    return scored(statement, vocabulary, finder, blank)


def learn_relations(read: Iterable[Relations], told: Sequence[tuple[Relations, float]]) -> dict[str, dict[str, float]]:
    """One logistic regression a predicate; `told` are examples of invented texts, with how often each counts."""
    documents, models = list(read), {}
    for predicate in LEARNED:
        listed = [(f, str(label), SURER) for group in documents for f, label in group.get(predicate, ())]
        if predicate not in UNMARKED:
            listed += [(f, str(label), weight) for group, weight in told for f, label in group.get(predicate, ())]
        if len({label for _, label, _ in listed}) == 2:
            weight = "balanced" if predicate in PREDICATES else None  # most amounts say something else
            c = FREEDOM.get(predicate, 1.0)
            model = LogisticRegression(C=c, max_iter=400, solver="liblinear", random_state=0, class_weight=weight)
            models[predicate] = _regression(listed, model)["1"]
    return models


def _regression(examples: Sequence[tuple[list[str], str, float]], model: Any) -> dict[str, dict[str, float]]:
    """The weights of a regression by class, from features, labels and how much each example counts."""
    features, labels, weights = zip(*examples, strict=True)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(f, 1.0) for f in features])
    matrix.indices, matrix.indptr = (
        matrix.indices.astype("int32"),
        matrix.indptr.astype("int32"),
    )  # what liblinear takes
    model.fit(matrix, labels, sample_weight=weights)
    rows = model.coef_ if len(model.coef_) > 1 else [model.coef_[0]]
    classes = model.classes_ if len(rows) > 1 else model.classes_[1:]
    return {
        str(name): {
            "bias": round(float(bias), 3),
            **{f: round(float(w), 3) for f, w in zip(vectors.feature_names_, row, strict=True) if abs(w) >= CUT},
        }
        for name, row, bias in zip(classes, rows, model.intercept_, strict=True)
    }
