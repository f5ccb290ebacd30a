"""How facts hold on documents that the weights have not seen: each annotated one is left out of the training in turn.

    python -m training.leave_out [--annotated MANIFEST …] [--tables CSV …]

A line for each document and one for all: facts said, precision, recall and F1, as `kg evaluate` counts them. With the
manifest that ships, of one document, the weights are made from invented texts alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.extract import extract
from kg.extract.decide import scorer_of
from kg.extract.score import Score, evaluate
from kg.model.statement import Fact
from training.annotated import Annotated
from training.train import Corpus, arguments, read, train


def left_out(corpus: Corpus) -> Iterator[tuple[str, Score]]:
    """Each document's name and the score of its facts by weights from the others."""
    for document in corpus.documents:
        others = [d for d in corpus.documents if d is not document]
        facts = _said(document, train(replace(corpus, documents=others)), corpus)
        yield document.name, evaluate(document.facts, facts, document.lexicon).overall


def _said(document: Annotated, weights: dict[str, Any], corpus: Corpus) -> list[Fact]:
    finder, scorer = document.finder(weights["names"], corpus.ever), scorer_of(weights)
    found = [extract(statement, document.vocabulary, finder, scorer) for statement in document.statements]
    return [fact for extraction in found for fact in extraction.facts if not fact.doubt]


def main() -> None:
    """Read, train without each, and print."""
    options = arguments(__doc__ or "").parse_args()
    total = Score(0, 0, 0, 0)
    for name, score in left_out(read(options.annotated, options.tables)):
        counts = ((getattr(s, k) for s in (total, score)) for k in ("said", "right", "demanded", "found"))
        total = Score(*map(sum, counts))
        print(_line(name, score), flush=True)
    print(_line("all", total))


def _line(name: str, score: Score) -> str:
    return f"{name:20} {score.said:5} facts  P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"


if __name__ == "__main__":
    main()
