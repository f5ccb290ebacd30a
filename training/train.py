"""Make `data/weights.json` from annotated documents.

    python -m training.train [--annotated MANIFEST …] [--tables CSV …] [--output FILE]

A manifest is a JSON list of documents (`training/annotated.json` is the one that ships): name, document, facts and
mentions (or `marked`, a copy of the document with marks), as paths from the manifest's folder. The same input gives the
same bytes. Thresholds and what rules are worth are measured with each document left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.names.filed import Filed
from kg.names.vocabulary import load_vocabulary
from kg.record.names import filed_names, name_tables
from kg.resources import folder
from training.annotated import Annotated, load
from training.invented import invented
from training.learn import LIGHTER, learn_names, learn_relations, name_examples, relation_examples
from training.phrasings import Phrasings
from training.thresholds import thresholds

SHIPPED = Path(__file__).parent / "annotated.json"


@dataclass(frozen=True)
class Corpus:
    """What weights are made from: annotated documents, invented ones, and the names filed in all rounds that ship."""

    documents: Sequence[Annotated]
    invented: Sequence[Annotated]
    ever: Filed


def read(manifests: Sequence[Path], tables: Sequence[Path] = ()) -> Corpus:
    """The annotated documents of manifests, the invented ones, and the names filed in all rounds of the shipped tables.

    `tables` hold the names of rounds that do not ship; they speak for names of their own round only.
    """
    shipped = filed_names(name_tables())
    filed = [*shipped, *filed_names(tables)]
    vocabulary = load_vocabulary()
    entries = [(entry, path.parent) for path in manifests for entry in json.loads(path.read_text("utf-8"))]
    documents = [load(entry, where, vocabulary, filed) for entry, where in entries]
    return Corpus(documents, invented(vocabulary, filed), Filed(shipped))


def train(corpus: Corpus) -> dict[str, Any]:
    """The weights: of names, of relations on names found without the document, and the thresholds."""
    documents, ever = corpus.documents, corpus.ever
    phrasings = Phrasings([*documents, *corpus.invented][0].vocabulary)
    names = [[*name_examples(d, ever), *name_examples(d.unknowing(), ever)] for d in documents]
    sentences = phrasings.names(ever)
    told = [sentences, *(name_examples(d, ever) for d in corpus.invented)]
    without = [learn_names([*names[:i], *names[i + 1 :]], told) for i in range(len(names))]
    all_names, read_names = learn_names(names, told), learn_names(names, [sentences])
    relations = [relation_examples(d, w, ever) for d, w in zip(documents, without, strict=True)]
    seen = [relation_examples(d, all_names, ever) for d in documents]
    always = [(phrasings.relations(all_names, ever), 1.0)]
    always += [(relation_examples(d, read_names, ever), 1.0) for d in corpus.invented]
    always += [(relation_examples(d, all_names, ever, record=True), 1.0) for d in corpus.invented]
    return {
        "trained on": [*sorted(d.name for d in documents), "invented", "phrasings"],
        "names": all_names,
        "relations": learn_relations([*relations, *seen], [*always, (phrasings.asserted(all_names, ever), LIGHTER)]),
        **thresholds(relations, always),
    }


def arguments(description: str) -> argparse.ArgumentParser:
    """What the programs of this folder are told: manifests and tables."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotated", metavar="MANIFEST", type=Path, nargs="+", default=[SHIPPED])
    parser.add_argument("--tables", metavar="CSV", type=Path, nargs="+", default=[])
    return parser


def main() -> None:
    """Read, train, write."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--output", metavar="FILE", type=Path, default=folder("data") / "weights.json")
    options = parser.parse_args()
    weights = train(read(options.annotated, options.tables))
    options.output.write_text(json.dumps(weights, ensure_ascii=False, sort_keys=True, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
