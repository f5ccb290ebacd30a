"""Words without a threshold, such as 'leading': the numbers of what the sentence names, for the reader, and no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.claims.context import OWN, Context
from kg.claims.lookup import Finding, find, still_open, told
from kg.claims.record import Record, best
from kg.model.claim import Claim, shown
from kg.model.record import LinkedResult

KINDS = ("vague",)
_WORDS = re.compile(
    r"\b(?:leading|leadership|linear(?:ly)?(?: scal\w+)?|near-linear|in[- ]line with|"
    r"near(?:ly)? identical|outstanding|excellent|exceptional|"
    r"record-breaking|records?|among the (?:fastest|best)|one of the (?:fastest|best)|strong (?:results?|"
    r"performance)|on par|remarkable|"
    r"significant (?:performance )?improvements?|impressive|extraordinary|state-of-the-art performance|same performance)\b"
)
_RESULT = re.compile(r"\b(?:submi\w+|results?|scores?|mlperf)\b")


def claims(ctx: Context) -> Iterator[Claim]:
    """A vague word of a sentence about the speaker's own results of this round."""
    code = ctx.clause.code
    found = _WORDS.search(code)
    if not found or not _RESULT.search(code) or ctx.subject().iri != ctx.speaker.iri:
        return
    about = ctx.about()
    named = about.benchmarks or about.systems or about.accelerators
    if about.rounds[0] != ctx.round or not (OWN.search(code) or named or "O" in code):
        return
    yield ctx.claim("vague", about, found[0])


def claimed(record: Record, claim: Claim) -> str:
    """The claim in words."""
    return f"{told(record, claim.about)}: “{claim.metric}”"


def review(record: Record, claim: Claim) -> Finding:
    """No verdict: the places of the results that the sentence names among those of the same size."""
    found = find(record, claim.about)
    if found.missing:
        return still_open(found.missing)
    places = [_place(record, r) for r in best(found.results)]
    return still_open(["a threshold: the word is vague, the numbers are for the reader"], "; ".join(places[:8]))


def _place(record: Record, r: LinkedResult) -> str:
    """The place of a result among those of its round, benchmark, division and number of accelerators."""
    peers = sorted(
        x.result.minutes for x in record.results
        if (x.round.iri, x.benchmark.iri, x.division.iri, x.result.accelerators)
        == (r.round.iri, r.benchmark.iri, r.division.iri, r.result.accelerators)
    )  # fmt: skip
    place = peers.index(r.result.minutes) + 1
    size = f" on {r.result.accelerators:,}" if r.result.accelerators else ""
    return f"{r.benchmark.label}{size}: {shown(r.result.minutes)} min, place {place} of {len(peers)}"
