"""Statements of vendors that do not exist, about systems that do not, marked in `invented/*.md`: one document a round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.names.filed import Filed, FiledName
from kg.names.vocabulary import Vocabulary
from training.annotated import Annotated, annotated
from training.marked import Row, read_marked

FOLDER = Path(__file__).parent / "invented"
NOT_FILED = 6
"""Of so many systems said to be submitted one is not in the record under its name, as of those of real vendors."""


def invented(vocabulary: Vocabulary, filed: Iterable[FiledName], folder: Path = FOLDER) -> list[Annotated]:
    """The documents of the folder, in the order of their names; what they submit stands in a record made up for them."""
    official = list(filed)
    found = []
    for path in sorted(folder.glob("*.md")):
        marked = read_marked(path.read_text("utf-8"), path.name)
        with TemporaryDirectory() as temporary:
            plain = Path(temporary) / path.name
            plain.write_text(marked.text, "utf-8")
            read = annotated(path.stem, plain, marked.facts, marked.mentions, vocabulary, official)
        mlperf_round = read.statements[0].document.round
        made_up = [*_filed(mlperf_round, marked.facts), *(n for n in official if n.round == mlperf_round)]
        found.append(replace(read, filed=Filed(made_up), also_without=True))
    return found


_FILED_AS = {"submittedSystem": "System", "usedAccelerator": "Accelerator", "hasProcessor": "Processor",
             "usedFramework": "Software", "usedSoftware": "Software"}  # fmt: skip
"""As what a record holds the object of a fact."""


def _filed(mlperf_round: str, facts: Iterable[Row]) -> Iterator[FiledName]:
    """The systems, chips and software said to be submitted, as a record would hold them."""
    said = {
        (f["organization"], _FILED_AS[f["predicate"]], f["object"]): None for f in facts if f["predicate"] in _FILED_AS
    }
    for number, (organization, kind, name) in enumerate(said):
        if number % NOT_FILED:
            yield FiledName(mlperf_round, organization, kind, name)
