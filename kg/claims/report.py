"""Reviews in print: a table, Markdown, JSON Lines, Turtle, or a page that works without a network."""

from __future__ import annotations

import html
import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UnknownFormat
from kg.graph.claims import reviews_to_quads
from kg.model.claim import VERDICTS, Review
from kg.namespaces import PREFIXES
from kg.plain import one_line, shown

_HERE = Path(__file__).parent
FORMATS = ("table", "markdown", "html", "jsonl", "turtle")

ATTRIBUTION = (
    "Results: MLPerf Training, as filed in the results repositories of MLCommons at the commits named, with scores computed "
    "from the logs by the round's rule. Verdicts are this program's and not MLCommons'; they were not verified by it. "
    "MLPerf and MLCommons are registered and unregistered trademarks of the MLCommons Association in the United States and "
    "other countries. All rights are theirs; unauthorized use is prohibited. See www.mlcommons.org for more."
)


def write_claims(reviews: Sequence[Review], label: Callable[[str], str], format: str) -> str:
    """Reviews in a format. `label` gives the name of a thing. Raises UnknownFormat for another format."""
    writers: dict[str, Callable[[Sequence[Review], Callable[[str], str]], str]] = {
        "table": _table, "markdown": _markdown, "html": _html, "jsonl": _jsonl, "turtle": _turtle,
    }  # fmt: skip
    if format not in writers:
        raise UnknownFormat(format, "claims", FORMATS)
    return writers[format](reviews, label)


def summary(reviews: Iterable[Review]) -> str:
    """How many claims of each verdict."""
    counts = Counter(r.verdict for r in reviews)
    return f"{counts.total()} claims: " + ", ".join(f"{counts[v]} {v}" for v in VERDICTS if counts[v])


def _by_statement(reviews: Sequence[Review]) -> Iterable[tuple[str, list[Review]]]:
    return ((key, list(group)) for key, group in groupby(reviews, key=lambda r: r.said.statement))


def _parts(review: Review) -> list[tuple[str, str]]:
    said = review.said
    parts = (
        ("words", f"“{' '.join(said.quote.split())}” {said.start}–{said.end}"), ("record", review.record),
        ("computed", review.formula), ("note", review.note),
    )  # fmt: skip
    return [(name, text) for name, text in parts if text]


def _table(reviews: Sequence[Review], label: Callable[[str], str]) -> str:
    lines: list[str] = []
    for statement, group in _by_statement(reviews):
        lines += ["", label(statement)] if lines else [label(statement)]
        for review in group:
            lines.append(f"  {review.verdict.upper():25} {one_line(review.claimed)}")
            for name, text in _parts(review):
                lines += textwrap.wrap(
                    one_line(f"{name}: {text}"), 112, initial_indent=" " * 6, subsequent_indent=" " * 8
                )
    return "\n".join([*lines, "", summary(reviews), ""])


def _markdown(reviews: Sequence[Review], label: Callable[[str], str]) -> str:
    def cell(text: str) -> str:
        return html.escape(one_line(text), quote=False).translate({ord(c): "\\" + c for c in "|*_`[]"})

    lines = ["# Claims and the official record", "", summary(reviews), ""]
    for statement, group in _by_statement(reviews):
        lines += [f"## {cell(label(statement))}", ""]
        for review in group:
            lines.append(f"- **{review.verdict}** — {cell(review.claimed)}")
            lines += [f"  - {name}: {cell(text)}" for name, text in _parts(review)]
        lines.append("")
    return "\n".join([*lines, ATTRIBUTION, ""])


def _jsonl(reviews: Sequence[Review], label: Callable[[str], str]) -> str:
    return "".join(
        json.dumps({
            "claim": r.said.iri, "statement": r.said.statement, "organization": label(r.said.speaker),
            "kind": r.said.predicate, "quote": r.said.quote, "start": r.said.start, "end": r.said.end,
            "claimed": r.claimed, "verdict": r.verdict, "record": r.record, "formula": r.formula, "note": r.note,
            "fact": r.said.fact or None, "results": list(r.results),
        }, ensure_ascii=False) + "\n"
        for r in reviews
    )  # fmt: skip


def _turtle(reviews: Sequence[Review], label: Callable[[str], str]) -> str:
    triples = sorted({q.triple for q in reviews_to_quads(reviews)}, key=str)
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


def _html(reviews: Sequence[Review], label: Callable[[str], str]) -> str:
    """One page: organizations and verdicts as filters, each claim opens to its words and arithmetic."""

    def text(value: str) -> str:
        return html.escape(shown(value))

    sections = []
    for statement, group in _by_statement(reviews):
        items = "".join(
            f'<details class="claim" data-verdict="{VERDICTS.index(r.verdict)}"><summary>'
            f'<span class="verdict v{VERDICTS.index(r.verdict)}">{text(r.verdict)}</span> {text(r.claimed)}</summary><dl>'
            + "".join(f"<dt>{name}</dt><dd>{text(said)}</dd>" for name, said in _parts(r))
            + "</dl></details>"
            for r in group
        )
        who = text(label(group[0].said.speaker))
        sections.append(
            f'<section data-organization="{who}"><h2>{text(label(statement))}</h2>{items}</section>'
        )
    counts = Counter(r.verdict for r in reviews)
    boxes = "".join(
        f'<label><input type="checkbox" value="{at}" checked> <span class="verdict v{at}">{verdict}</span> {counts[verdict]}</label>'
        for at, verdict in enumerate(VERDICTS)
    )
    names = "".join(
        f"<option>{text(name)}</option>"
        for name in sorted({label(r.said.speaker) for r in reviews}, key=str.lower)
    )
    style, script = ((_HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Claims and the official record</title><style>{style}</style></head><body>"
        f"<h1>Claims and the official record</h1><p>{text(summary(reviews))}</p>"
        f'<form><label>Organization <select id="who"><option value="">all</option>{names}</select></label>'
        f"<fieldset><legend>Verdicts</legend>{boxes}</fieldset></form><main>{''.join(sections)}</main>"
        f"<footer>{text(ATTRIBUTION)}</footer><script>{script}</script></body></html>\n"
    )
