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

from kg.claims.stored import StoredReview
from kg.errors import UnknownFormat
from kg.model.claim import CONTRADICTED, SUPPORTED, UNDERSTATED, VERDICTS
from kg.namespaces import ID, PREFIXES
from kg.plain import one_line, so_many
from kg.store import Graph

FORMATS = ("table", "markdown", "html", "jsonl", "turtle")
RESTATED = "[restated]"
LEGEND = (
    (CONTRADICTED, "the record gives less than is claimed, or has no such result"),
    (UNDERSTATED, "the record gives more than is claimed"),
    (SUPPORTED, "the record gives what is claimed; after rounding, at the precision of the stated digits"),
    ("not checkable", "the words or the record leave a part open, which the note names"),
)
ATTRIBUTION = (
    "Results: MLPerf Training, as filed in the results repositories of MLCommons at the commits named, with scores computed "
    "from the logs by the round's rule. Verdicts are this program's and not MLCommons'; they were not verified by it. "
    "MLPerf and MLCommons are registered and unregistered trademarks of the MLCommons Association in the United States and "
    "other countries. All rights are theirs; unauthorized use is prohibited. See www.mlcommons.org for more."
)
_TITLES = {CONTRADICTED: "Contradicted by the record", UNDERSTATED: "Understated: the record gives more"}


def write_claims(reviews: Sequence[StoredReview], graph: Graph, format: str) -> str:
    """Stored reviews in a format. Raises UnknownFormat for another format."""
    writers: dict[str, Callable[[Sequence[StoredReview]], str]] = {
        "table": _table, "markdown": _markdown, "html": _html, "jsonl": _jsonl,
        "turtle": lambda chosen: _turtle(chosen, graph),
    }  # fmt: skip
    if format not in writers:
        raise UnknownFormat(format, "claims", FORMATS)
    return writers[format](reviews)


def summary(reviews: Iterable[StoredReview]) -> str:
    """How many claims of each verdict.

    >>> summary([])
    '0 claims'
    """
    counts = Counter(r.verdict for r in reviews)
    return ": ".join(
        filter(None, (so_many(counts.total(), "claim"), ", ".join(f"{counts[v]} {v}" for v in VERDICTS if counts[v])))
    )


def folded(reviews: Iterable[StoredReview]) -> tuple[list[StoredReview], str]:
    """The claims that are shown one by one, and one line for those that only say that something was submitted or used.

    A contradicted one is always shown.
    """
    listed: list[StoredReview] = []
    folded_away: list[StoredReview] = []
    for r in reviews:
        (folded_away if r.presence and r.verdict != CONTRADICTED else listed).append(r)
    if not folded_away:
        return listed, ""
    on_record, many = sum(r.verdict == SUPPORTED for r in folded_away), len(folded_away)
    noun = so_many(many, "presence claim")
    if on_record == many:
        return listed, f"{noun}, {'all ' if many > 1 else ''}on record"
    return listed, f"{noun}: {on_record} on record, {many - on_record} not checkable"


def sections(reviews: Sequence[StoredReview]) -> list[tuple[str, list[StoredReview], str]]:
    """Titles with their claims and a last line: what the record denies or exceeds first, then by statement."""
    loud = [r for v in (CONTRADICTED, UNDERSTATED) for r in reviews if r.verdict == v]
    made = [(_TITLES[v], list(group), "") for v, group in groupby(loud, key=lambda r: r.verdict)]
    for title, group in groupby(reviews, key=lambda r: r.statement_label):
        listed, line = folded(r for r in group if r.verdict not in (CONTRADICTED, UNDERSTATED))
        if listed or line:
            made.append((title, listed, line))
    return made


def _parts(review: StoredReview) -> list[tuple[str, str]]:
    tried = review.readings_tried
    readings = f"{review.readings_fitting} of {tried} readings" if tried > 1 else ""
    parts = (
        ("words", f"“{one_line(review.quote)}”{' ' + RESTATED if review.restated else ''}"), ("record", review.record),
        ("computed", review.formula), ("readings", readings), ("note", review.note),
    )  # fmt: skip
    return [(name, one_line(text)) for name, text in parts if text]


def _files(review: StoredReview) -> list[tuple[str, str]]:
    """The results that are shown with a review: name with minutes, and the link to their files."""
    if review.presence:
        return []
    return [(f"{r.label}: {round(float(r.minutes), 3)} min" if r.minutes else r.label, r.link) for r in review.results]


def _table(reviews: Sequence[StoredReview]) -> str:
    lines: list[str] = []
    for title, group, last in sections(reviews):
        lines += ["", title] if lines else [title]
        for review in group:
            lines.append(f"  {review.verdict.upper():25} {one_line(review.claimed)}")
            for name, text in _parts(review):
                lines += textwrap.wrap(f"{name}: {text}", 112, initial_indent=" " * 6, subsequent_indent=" " * 8)
            for name, link in _files(review):
                lines += [f"      result: {one_line(name)}", *([f"        {link}"] if link else [])]
        if last:
            lines.append(f"  {last}")
    legend = [f"  {verdict}: {meaning}" for verdict, meaning in LEGEND]
    return "\n".join([*lines, "", summary(reviews), *legend, ""])


def _markdown(reviews: Sequence[StoredReview]) -> str:
    def cell(text: str) -> str:
        return html.escape(text, quote=False).translate({ord(c): "\\" + c for c in "|*_`[]"})

    lines = ["# Claims and the official record", "", summary(reviews), ""]
    lines += [f"- **{verdict}**: {meaning}" for verdict, meaning in LEGEND] + [""]
    for title, group, last in sections(reviews):
        lines += [f"## {cell(title)}", ""]
        for review in group:
            lines.append(f"- **{review.verdict}** — {cell(one_line(review.claimed))}")
            lines += [f"  - {name}: {cell(text)}" for name, text in _parts(review)]
            lines += [f"  - result: {cell(name)}{f' <{link}>' if link else ''}" for name, link in _files(review)]
        lines += [*([f"- {last}"] if last else []), ""]
    return "\n".join([*lines, ATTRIBUTION, ""])


def _jsonl(reviews: Sequence[StoredReview]) -> str:
    return "".join(
        json.dumps({
            "claim": r.claim, "statement": r.statement, "restated": r.restated, "organization": r.organization,
            "kind": r.kind, "quote": r.quote, "start": r.start, "end": r.end, "claimed": r.claimed, "verdict": r.verdict,
            "record": r.record, "formula": r.formula, "note": r.note, "readings_tried": r.readings_tried,
            "readings_fitting": r.readings_fitting, "fact": r.fact or None, "results": list(r.used)
        }, ensure_ascii=False) + "\n"
        for r in reviews
    )  # fmt: skip


def _turtle(reviews: Sequence[StoredReview], graph: Graph) -> str:
    """The triples of the reviews and their claims, as the graph holds them."""
    triples = {
        quad.triple for r in reviews for iri in (r.claim, r.claim.replace(f"{ID}claim/", f"{ID}claim-review/"))
        for quad in graph.match(ox.NamedNode(iri))
    }  # fmt: skip
    made = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return (made or b"").decode()


def _html(reviews: Sequence[StoredReview]) -> str:
    """One page: organizations and verdicts as filters, each claim opens to its words and arithmetic."""
    from kg.templates import templates  # the template engine is for pages alone

    page = templates(Path(__file__).parent).get_template("page.html")
    return page.render(
        summary=summary(reviews), legend=LEGEND, verdicts=VERDICTS, counts=Counter(r.verdict for r in reviews),
        names=sorted({r.organization for r in reviews}, key=str.lower), sections=sections(reviews),
        parts=_parts, files=_files, attribution=ATTRIBUTION,
    )  # fmt: skip
