"""One invented document, the facts that it states, and how to read a change of it."""

import re
from pathlib import Path

from kg.build import Known, extract_document
from kg.names.vocabulary import load_vocabulary
from kg.read import read_document

NOTES = """# MLPerf Training v2.0 vendor notes

## Baidu

Baidu submitted BERT and ResNet-50 results to MLPerf Training v2.0 on a system with 8 NVIDIA A100 80GB GPUs. The framework that we used is PaddlePaddle. We trained BERT in 16.6 minutes.

## Graphcore

Graphcore submitted the Bow Pod64 and the Bow Pod256 in this round. The Bow Pod256 trained ResNet-50 in 2.67 minutes with TensorFlow. On the Bow Pod64 we trained BERT in 10.64 minutes.

## Fujitsu

Fujitsu submitted the PRIMERGY GX2570M6 with eight NVIDIA A100 SXM 80GB GPUs and MXNet. It trained ResNet-50 in 28.4 minutes, which is 1.9x faster than our v1.1 result.
"""  # noqa: E501

NAMES = [name for concept in load_vocabulary(()).of_kind("Organization") for name in concept.names]


def read(folder: Path, name: str, content: str | bytes, **options):
    """The document of a file with some content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path, names=NAMES, others=["BERT"], **options)


def facts(document) -> set[tuple[str, str, str, str]]:
    """What a document states: owner, predicate, subject, object."""
    statements, extractions = extract_document((document, Known((), ())))
    found = set()
    for statement, extraction in zip(statements, extractions, strict=True):
        for fact in extraction.facts:
            span = fact.evidence.span
            assert document.text[span.start : span.end] == fact.evidence.quote
            owner = statement.organization.label
            found.add((owner, fact.predicate, fact.subject.label, getattr(fact.object, "label", str(fact.object))))
    return found


def put(*changes: str, text: str = NOTES) -> str:
    """The notes with pairs of words changed."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return text


def heads(form: str, text: str = NOTES) -> str:
    """The notes with other headings; {} is the name."""
    return re.sub(r"(?m)^## (.*)$", lambda m: form.replace("{}", m[1]), text)


def html(text: str = NOTES) -> str:
    """A document in Markdown as an HTML page."""
    body = []
    for block in text.strip().split("\n\n"):
        level = len(block) - len(block.lstrip("#"))
        tag = f"h{level}" if level else "p"
        body.append(f"<{tag}>{block.lstrip('# ')}</{tag}>")
    return "<!doctype html><html><body>" + "\n".join(body) + "</body></html>"
