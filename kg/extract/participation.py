"""Who submitted to which round: benchmarks, counts, divisions, categories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.passage import OWN, PREVIOUS, SUBMIT, Passage
from kg.extract.tagged import Tagged, pattern, same_suite
from kg.extract.unsaid import unofficial, unsaid
from kg.model.statement import Entity, Fact
from kg.names.rounds import round_order

_FIRST = (
    r"\bfirst[- ]time (?:submitter|participa\w+)|\binaugural\b|\bdebut\w*\b|\bfirst[- ]ever\b|\bfirst (?:\w+ ){0,4}?(?:submissions?|participation|results)\b"
    r"|\bnew (?:member|submitter)\b|\bforay into\b|\bfirst time\b|\bnewcomer\b|\bfirst (?:entry|round)\b|\bnew to (?:{R}|mlperf)"
)
_NOT_OURS = r"\b(?:since|than|over|from|compared (?:to|with))\s+(?:our|its|the)\s+(?:very\s+)?$|{ASP}[^.;,{O}]*\b(?:its|their)\s+(?:\w+\s+|{R})*$"
"""What stands before the first of an earlier round, with which this one is compared, and before the debut of a thing."""
_STAYED_OUT = (
    r"(?:\bwe|{M})\s(?:(?:did|do|could|have|has)\s?(?:not|n['’]t)\s(?:\w+ly\s)?(?:take part|taken part|participated?|submit(?:ted)?|enter(?:ed)?|compete)"
    r"|ha[ds] no (?:entry|entries|submissions?|results)|sat out|were not part of)\s*(?:(?:anything|results?|in|to|for|the)\s)*(?:{R}|this round|mlperf|[.;]|$)"
)
"""Where an organization says that it took no part in the round."""
_ORDINAL = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
}
_EXCEPT = r"(?:except(?:ing)?(?: for| of)?|excluding|with the exceptions? of|apart from|all but|but not|without|skipp(?:ed|ing)|leaving out|left out|omitt(?:ed|ing))"
EXCEPT = _EXCEPT + r"\s+(?:the\s+|for\s+)?({B+})"
"""The benchmarks that are excepted from what a sentence says."""
_NOUN_RESULTS = r"(?:results?|submissions?|entries|entry|scores|data ?points)"
_NOUN_CONFIGS = r"(?:configurations?|systems?|servers?|platforms?)"
_NOUN_TASKS = r"(?:benchmarks?|tasks?|tests?|workloads?|models?|benchmark suites?|disciplines)"


def participation(p: Passage) -> Iterator[Fact]:
    """submittedTo: this round, and the earlier ones the statement says it took part in."""
    best: tuple[int, Tagged] | None = None
    for t in () if any(t.has(_STAYED_OUT) for t in p.tagged) else p.tagged:
        named = t.all("R")
        said = t.first(SUBMIT)
        at = named[0] if named else min((m.end() for m in (said, t.first(OWN)) if m), default=0)
        if (
            (not named and p.other_actor(t, at))
            or unsaid(t, at)
            or unofficial(t)
            or (said and p.planned(t, said.start() + 1))
        ):
            continue
        score = 3 * bool(named) + 2 * t.has(SUBMIT) + t.has(r"\b(?:we|our)\b|{M}") + t.has(r"\bthis (?:\w+ )?round\b")
        if t.all("O") and p.other_actor(t, named[0] if named else len(t.text)):
            score -= 3
        if score > 0 and (best is None or score > best[0]) and not (t.all("r") and not named):
            best = (score, t)
    if best:
        nth = next((n for t in p.tagged if (n := _nth(p, t))), None)
        first = next((t for t in p.tagged if _first_time(p, t)), None) if nth is None else None
        yield p.fact(
            first or best[1], "submittedTo", p.owner, p.round,
            firstTime=True if first else None, nthParticipation=_number(nth),
        )  # fmt: skip
    seen: set[str] = set()
    for t in p.tagged:
        for at in t.all("r"):
            entity = t.mention(at).entity
            left, right = t.text[max(0, at - 60) : at], t.text[at + 1 : at + 40]
            if (
                entity is None
                or not same_suite(entity, p.round)
                or entity.iri in seen
                or round_order(entity.label) > round_order(p.round.label)
                or t.all("O", max(0, at - 60), at)
            ):
                continue
            said = pattern(rf"{SUBMIT}|{PREVIOUS}|\b(?:our|the)\s*$|achieved").search(left + " " + right)
            mine = t.has(r"\b(?:we|our)\b|{M}")
            theirs = pattern(r"\bbest\b[^.;]{0,60}$").search(left) and not pattern(
                r"\b(?:our|we|achieved|reached)\b|{M}"
            ).search(left)
            if said and mine and not theirs:
                seen.add(entity.iri)
                yield p.fact(t, "submittedTo", p.owner, entity, roundIs="previous")


def _first_time(p: Passage, t: Tagged) -> bool:
    """Whether a sentence says that the organization takes part for the first time."""
    for match in t.matches(_FIRST):
        if p.other_actor(t, match.start()) or p.earlier(t, match.end()):
            continue
        if pattern(_NOT_OURS).search(t.text[: match.start()]):
            continue
        if match[0] == "first time" and t.all("BKSAFr"):
            continue
        if pattern(
            r"\s+(?:(?:in which|where|when|that)\s[^.;,]*?\s)?(?:of|for|on|with|from|using|featuring|based on|powered by)\s+(?:\w+\s+){0,2}?{APSBK}"
        ).match(t.text[match.end() :]):
            continue  # the first of a thing
        if t.all("r", match.start(), match.end() + 20) or t.all("A", match.start(), match.end()):
            continue
        if t.has(r"mlperf|mlcommons|submitter|training|{R}"):
            return True
    return False


def _nth(p: Passage, t: Tagged) -> int | None:
    for match in t.matches(
        r"\b(second|third|fourth|fifth|sixth|seventh|eighth)\s+(?:(?:MLPerf|MLCommons|training|consecutive|time)\s+)*(?:participation|submission|round|time|results)\b"
    ):
        if (
            p.own(t, match.start())
            and not t.all("BS", match.end(), match.end() + 30)
            and pattern(r"\bour\b|{M}|\bfor (?:the|its)\b|\bthis is\b").search(t.text[: match.start()])
        ):
            return _ORDINAL[match[1]]
    return None


def _number(n: int | None) -> Decimal | None:
    return None if n is None else Decimal(n)


_LEFT_OUT = (
    r"(?P<b>{BK+})(?:,\s+which[^,.;]*,)?\s+(?:[^.;,]{0,40}\band\s+(?:hence\s+|so\s+)?)?(?:was|were|is|are|been)\s+(?:not\s+(?:\w+\s+)?(?:measured|run|submitted|attempted|tested|included|part)|missing|absent|left out|omitted|skipped|excluded|dropped)\b",
    r"\b(?:did|do|does|could|chose|decided)\s*(?:not|n['’]t)\s+(?:\w+\s+){0,2}?(?:run|submit|attempt|measure|include|enter|train|consider)\s+(?:to\s+|results\s+for\s+|for\s+|the\s+)*(?P<b>{BK+})",
    r"\b(?:no|without)\s+(?:results?|submissions?|entry|entries)\s+(?:(?:was|were)\s+(?:submitted|made)\s+)?(?:for|on|in|to)\s+(?P<b>{BK+})",
    r"\b(?:all|everything|benchmarks|models|tests|workloads|tasks|every\s(?:\w+\s)?(?:benchmark|model|test|workload|task))\s+(?:\w+\s+)?(?:but|except|bar|save|other than)\s+(?:for\s+)?(?P<b>{BK+})",
)


_LEAVES = (
    r"\b(?:not|no|without|but|except|bar|save|other|missing|absent|left|omitted|skipped|excluded|dropped)\b|n['’]t\b"
)


def left_out(t: Tagged) -> list[tuple[int, int]]:
    """Where benchmarks stand that are said not to have been run."""
    if not t.has(_LEAVES):
        return []
    found = [match.span("b") for rule in _LEFT_OUT for match in t.matches(rule)]
    for match in t.matches(r"\b(?:was|were)\s+not\s+(?:submitted|run|attempted|measured)\b"):
        clause = max(t.text.rfind(stop, 0, match.start()) for stop in (".", ";", ":"))
        found.append((clause + 1, match.start()))
    return found


def left_out_benchmarks(p: Passage) -> Iterator[Fact]:
    """didNotSubmitBenchmark: the benchmarks that a sentence says were not run ('all but SSD', 'DLRM was skipped')."""
    seen: set[str] = set()
    for t in p.tagged:
        spans = left_out(t)
        if p.submitting(t):
            spans += [match.span(1) for match in t.matches(EXCEPT)]
        for start, end in spans:
            for at in t.all("BK", start, end):
                entity = t.mention(at).entity
                if entity is None or entity.iri in seen or p.other_actor(t, at) or p.earlier(t, at):
                    continue
                seen.add(entity.iri)
                yield p.fact(t, "didNotSubmitBenchmark", p.owner, entity)


def counts(p: Passage) -> Iterator[Fact]:
    """resultCount, configurationCount and taskCount."""
    seen: set[tuple[str, str]] = set()
    rules = (
        ("resultCount", rf"(?P<n>{{N}})\s+(?P<what>(?:(?!of\b|and\b|in\b|on\b|for\b|the\b|with\b|to\b|from\b)(?:[\w-]+|{{BDM}})\s+){{0,3}}?{_NOUN_RESULTS})\b"),
        ("configurationCount", r"(?P<n>{N})\s+(?P<what>(?:(?!of\b|and\b|in\b|on\b|for\b|the\b)(?:[\w-]+|{M})\s+){0,3}?(?:configurations?|systems|servers|types? of models?|server models))\b"),
        ("taskCount", rf"(?P<n>{{N}})\s+(?:of\s+(?:the\s+)?(?:{{N}}\s+)?)?(?P<what>(?:(?!and\b|in\b|on\b|for\b)[\w-]+\s+){{0,3}}?{_NOUN_TASKS})\b"),
    )  # fmt: skip
    for t in p.tagged:
        if not p.submitting(t):
            continue
        yield from _changes(p, t, seen)
        for predicate, rule in rules:
            for match in t.matches(rule):
                at = match.start("n")
                amount = t.quantity(at)
                key = (predicate, str(amount.value))
                if key in seen or not p.own(t, at) or amount.value != int(amount.value):
                    continue
                if not _counted(t, predicate, match, at):
                    continue
                seen.add(key)
                division = _division(t, at)
                yield p.fact(
                    t, predicate, p.owner, amount.value, what=re.sub(r"[\ue000-\uf8ff]", "", t.words(match, "what")).strip(),
                    comparator=amount.comparator, division=division,
                )  # fmt: skip


def _division(t: Tagged, at: int) -> Entity | None:
    """The division that a count is of: the one up to the next count, else the only one of the sentence."""
    following = next((n for n in t.all("N") if n > at), len(t.text))
    shared = not pattern(r"\bof (?:which|these|them)\b").search(t.text, at)
    for places in (t.all("D", at, following), t.all("D") if shared else []):
        found = {e.iri: e for d in places if (e := t.mention(d).entity)}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _counted(t: Tagged, predicate: str, match: re.Match[str], at: int) -> bool:
    """Whether a number before a noun really counts what was submitted."""
    left = t.text[max(0, at - 60) : at]
    if pattern(
        r"(?:{Rr}|\bmlperf|\bsuite)\s+(?:has|comprises|consists of|contains|includes|features|covers)\s+$|\b(?:introduc\w+(?: of)?|launch\w*|offers?)\s+$"
    ).search(left):
        return False  # what the round has, or a vendor
    if pattern(r"\s+(?:submissions?|results?)\b").match(t.text[match.end() :]) and predicate != "resultCount":
        return False
    word = t.sentence.view[t.quantity(at).span.start : t.quantity(at).span.end].lower()
    what = match["what"]
    if word in ("single", "one", "dual") and not pattern(r"submi|result").search(what):
        return False
    if (
        predicate == "configurationCount"
        and not pattern(SUBMIT).search(t.text[max(0, at - 70) : at] + t.sentence.lead.lower())
        and not pattern(r"\b(?:was|were)\s+(?:submitted|used|benchmarked|tested)\b").search(t.text[match.end() :])
    ):
        return False
    if pattern(
        r"\b(?:parameter|reference|gpu|accelerator|node|socket|chip|way|layer|card|u|nvidia|more|core)s?\b"
    ).search(what):
        return False
    return predicate != "taskCount" or not pattern(r"types? of|server|system").search(what)


def _changes(p: Passage, t: Tagged, seen: set[tuple[str, str]]) -> Iterator[Fact]:
    """'the number of servers from two to three': this round's count, and the earlier one's."""
    for predicate, noun in (
        ("resultCount", _NOUN_RESULTS), ("taskCount", _NOUN_TASKS), ("configurationCount", _NOUN_CONFIGS),
    ):  # fmt: skip
        for match in t.matches(
            rf"\bnumber of\s+(?P<what>(?:[\w-]+\s+){{0,2}}?{noun}(?:\s+\w+)?)\s+from\s+(?P<before>{{N}})\s+to\s+(?P<now>{{N}})"
        ):
            for group, round_ in (("now", None), ("before", "earlier (not named)")):
                value = t.quantity(match.start(group)).value
                seen.add((predicate, str(value)))
                yield p.fact(t, predicate, p.owner, value, what=t.words(match, "what"), round=round_)
