"""Who submitted to which round: benchmarks, counts, divisions, categories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from kg.extract.passage import AMONG_OURS, OWN, PREVIOUS, SUBMIT, Passage
from kg.extract.tagged import Tagged, pattern, same_suite
from kg.extract.unsaid import unofficial, unsaid
from kg.model.statement import Entity, Fact
from kg.names.rounds import round_order

_WE = r"\b(?:we|our)\b|{M}"
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
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NTH = rf"\b({'|'.join(_ORDINALS)})\s+(?:(?:MLPerf|MLCommons|training|consecutive|time)\s+)*(?:participation|submission|round|time|results)\b"
_OF_A_THING = r"\s+(?:of|for|on|with|from|using|featuring|based on|powered by)\s+(?:\w+\s+){0,2}?{APSBK}"
"""What follows the first of a thing."""
_EXCEPT = r"(?:except(?:ing)?(?: for| of)?|excluding|with the exceptions? of|apart from|all but|but not|without)"
EXCEPT = _EXCEPT + r"\s+(?:the\s+|for\s+)?({B+})"
"""The benchmarks that are excepted from what a sentence says."""
_NOUN_RESULTS = r"(?:results?|submissions?|entries|entry|scores|data ?points)"
_NOUN_CONFIGS = r"(?:configurations?|systems?|servers?|platforms?)"
_NOUN_TASKS = r"(?:benchmarks?|tasks?|tests?|workloads?|models?|benchmark suites?|disciplines)"


def participation(p: Passage) -> Iterator[Fact]:
    """submittedTo: this round, and the earlier ones the statement says it took part in."""
    plain = {t: _plainness(p, t) for t in p.tagged}
    best = max(plain, key=plain.__getitem__, default=None)
    if best and plain[best] > 0 and not any(t.has(_STAYED_OUT) for t in p.tagged):
        nth = next((n for t in p.tagged if (n := _nth(p, t))), None)
        first = next((t for t in p.tagged if _first_time(p, t)), None) if nth is None else None
        yield p.fact(
            first or best, "submittedTo", p.owner, p.round, firstTime=True if first else None, nthParticipation=nth
        )
    yield from _earlier_rounds(p)


def _plainness(p: Passage, t: Tagged) -> int:
    """How plainly a sentence says that the organization takes part in this round; 0 or less where it does not."""
    named = t.all("R")
    said = t.first(SUBMIT)
    at = named[0] if named else min((m.end() for m in (said, t.first(OWN)) if m), default=0)
    if not named and (t.all("r") or p.other_actor(t, at)):
        return 0
    if unsaid(t, at) or unofficial(t) or (said and p.planned(t, said.start() + 1)):
        return 0
    others = p.other_actor(t, named[0] if named else len(t.text)) if t.all("O") else None
    return (
        3 * bool(named) + 2 * t.has(SUBMIT) + t.has(_WE) + t.has(r"\bthis (?:\w+ )?round\b") - 3 * (others is not None)
    )


def _earlier_rounds(p: Passage) -> Iterator[Fact]:
    seen: set[str] = set()
    for t in p.tagged:
        for at in t.all("r"):
            entity = t.entity(at)
            if entity is None or entity.iri in seen or not same_suite(entity, p.round):
                continue
            if round_order(entity.label) > round_order(p.round.label) or t.all("O", max(0, at - 60), at):
                continue
            left, right = t.text[max(0, at - 60) : at], t.text[at + 1 : at + 40]
            said = pattern(rf"{SUBMIT}|{PREVIOUS}|\b(?:our|the)\s*$|achieved").search(left + " " + right)
            best_of_all = pattern(r"\bbest\b[^.;]{0,60}$").search(left)
            ours = pattern(r"\b(?:our|we|achieved|reached)\b|{M}").search(left)
            if said and t.has(_WE) and (ours or not best_of_all):
                seen.add(entity.iri)
                yield p.fact(t, "submittedTo", p.owner, entity, roundIs="previous")


def rounds_of(p: Passage, facts: Sequence[Fact]) -> Iterator[Fact]:
    """submittedTo: the earlier rounds of which the organization tells its own times."""
    told = {f.object for f in facts if f.predicate == "submittedTo"}
    others = {t.sentence.span for t in p.tagged if t.all("O") or t.has(r"\bbest\b")}
    for fact in facts:
        of = fact.qualifiers.get("round")
        own = fact.predicate == "timeToTrain" and fact.subject == p.owner and fact.evidence.span not in others
        if own and isinstance(of, Entity) and of not in (*told, p.round) and same_suite(of, p.round):
            told.add(of)
            yield replace(
                fact, predicate="submittedTo", object=of, qualifiers=MappingProxyType({"roundIs": "previous"})
            )


def _first_time(p: Passage, t: Tagged) -> bool:
    """Whether a sentence says that the organization takes part for the first time."""
    if not t.has(r"mlperf|mlcommons|submitter|training|{R}"):
        return False
    return any(
        not (
            p.other_actor(t, match.start())
            or p.earlier(t, match.end())
            or pattern(_NOT_OURS).search(t.text[: match.start()])
            or (match[0] == "first time" and t.all("BKSAFr"))
            or pattern(_OF_A_THING).match(t.text[match.end() :])
            or t.all("r", match.start(), match.end() + 20)
            or t.all("A", match.start(), match.end())
        )
        for match in t.matches(_FIRST)
    )


def _nth(p: Passage, t: Tagged) -> Decimal | None:
    """For which time a sentence says that the organization takes part."""
    for match in t.matches(_NTH):
        before = pattern(r"\bour\b|{M}|\bfor (?:the|its)\b|\bthis is\b").search(t.text[: match.start()])
        if before and p.own(t, match.start()) and not t.all("BS", match.end(), match.end() + 30):
            return Decimal(_ORDINALS.index(match[1]) + 2)
    return None


_DID_NOT = r"(?:did|do|does|could|chose|decided|have|has|had)\s*(?:not|n['’]t)"
_RUN = (
    r"(?:run|submit(?:ted)?|attempt(?:ed)?|measured?|include|enter(?:ed)?|train(?:ed)?|consider|file|hand in|"
    r"(?:take|taken) part|participate|compete)"
)
_END = r"(?:\s+(?:benchmarks?|tests?|tasks?|workloads?))?(?=\s*(?:[.,;:)!]|$|(?:and|but|this|because|since)\b|at all|for lack|to a result))"
"""Where a clause ends: what follows says no more of how, when or how fast."""
_LEFT_OUT = (
    rf"(?P<b>{{BK+}})(?:,\s+which[^,.;]*,)?\s+(?:[^.;,]{{0,40}}\band\s+(?:hence\s+|so\s+)?)?(?:was|were|is|are|been)\s+(?:not\s+(?:\w+\s+)?(?:measured|run|submitted|attempted|tested|included|part|{AMONG_OURS})|missing|absent|left out|omitted|skipped|excluded|dropped)\b",
    rf"\b{_DID_NOT}\s+(?:(?!(?:yet|only|just|merely)\b)\w+\s+){{0,2}}?{_RUN}\s+(?:(?:to|for|in|on|with|a|any|the|our|results?)\s+)*(?P<b>{{BK+}}){_END}",
    rf"\b(?:no|without)\s+(?:results?|submissions?|entry|entries)\s+(?:(?:was|were)\s+(?:submitted|made|filed)\s+)?(?:for|on|in|to)\s+(?P<b>{{BK+}}){_END}",
    r"\b(?:all|everything|benchmarks|models|tests|workloads|tasks|every\s(?:\w+\s)?(?:benchmark|model|test|workload|task))\s+(?:\w+\s+)?(?:but|except|bar|save|other than)\s+(?:for\s+)?(?P<b>{BK+})",
    r"(?:(?<!\w)(?:we|{M})\s+(?:(?:have|had|has|also|only|just|\w+ly)\s+)*|,\s+|\band\s+)(?:skip(?:s|ped|ping)?|(?:left|leav(?:e|es|ing)) out|omit(?:s|ted|ting)?|sat out|stay(?:s|ed) away from|pass(?:es|ed) on|decided against)"
    rf"\s+(?:(?:the|only|just|both|running)\s+)*(?P<b>{{BK+}}){_END}",
    rf"(?P<b>{{BK+}})\s+(?:(?:is|was|are|were)\s+(?:the\s+)?(?:only|sole|{{N}})\s+(?:\w+\s+){{0,2}}?(?:(?:that|which|for which)\s+)?)?(?:we|they|it|{{M}})\s+{_DID_NOT}\s+{_RUN}{_END}",
    r"(?:^|[.;]\s)(?:(?!not?\b|none\b|never\b)\w+\s){0,4}?(?:not (?:submitted|run|included)|left out|skipped|omitted)(?:\s(?!no|until\b)\w+){0,4}:\s+(?P<b>{BK+})\W*$",
)


_ONCE = r"\b(?:previously|formerly|earlier|last\s(?:time|year|round))\b"
"""What is left out then says nothing of this round."""
_LEAVES = r"\b(?:not|no|without|but|except|bar|save|other|missing|absent|left|leav\w+|omit\w*|skip\w*|excluded|dropped|sat|away|pass(?:es|ed)|against)\b|n['’]t\b"


def left_out(t: Tagged) -> list[tuple[int, int]]:
    """Where benchmarks stand that are said not to have been run."""
    if not t.has(_LEAVES):
        return []
    found = [
        match.span("b") for rule in _LEFT_OUT for match in t.matches(rule)
        if not pattern(_ONCE).search(t.text, 0, match.start())
    ]  # fmt: skip
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
                entity = t.entity(at)
                if entity is None or entity.iri in seen or p.other_actor(t, at) or p.earlier(t, at):
                    continue
                seen.add(entity.iri)
                yield p.fact(t, "didNotSubmitBenchmark", p.owner, entity)


def counts(p: Passage) -> Iterator[Fact]:
    """resultCount, configurationCount and taskCount."""
    seen: set[tuple[str, str]] = set()
    for t in filter(p.submitting, p.tagged):
        yield from _changes(p, t, seen)
        for predicate, rule in _COUNTED:
            for match in t.matches(rule):
                at = match.start("n")
                amount = t.quantity(at)
                key = (predicate, str(amount.value))
                whole = amount.value == int(amount.value)
                if key not in seen and whole and p.own(t, at) and _is_counted(t, predicate, match, at):
                    seen.add(key)
                    what = re.sub(r"[\ue000-\uf8ff]", "", t.words(match, "what")).strip()
                    yield p.fact(
                        t, predicate, p.owner, amount.value, what=what,
                        comparator=amount.comparator, division=_division(t, at),
                    )  # fmt: skip


_COUNTED = (
    ("resultCount", rf"(?P<n>{{N}})\s+(?P<what>(?:(?!of\b|and\b|in\b|on\b|for\b|the\b|with\b|to\b|from\b)(?:[\w-]+|{{BDM}})\s+){{0,3}}?{_NOUN_RESULTS})\b"),
    ("configurationCount", r"(?P<n>{N})\s+(?P<what>(?:(?!of\b|and\b|in\b|on\b|for\b|the\b)(?:[\w-]+|{M})\s+){0,3}?(?:configurations?|systems|servers|types? of models?|server models))\b"),
    ("taskCount", rf"(?P<n>{{N}})\s+(?:of\s+(?:the\s+)?(?:{{N}}\s+)?)?(?P<what>(?:(?!and\b|in\b|on\b|for\b)[\w-]+\s+){{0,3}}?{_NOUN_TASKS})\b"),
)  # fmt: skip
"""How what was submitted is counted: the number, `n`, and the noun after it, `what`."""


def _division(t: Tagged, at: int) -> Entity | None:
    """The division that a count is of: the one up to the next count, else the only one of the sentence."""
    following = next((n for n in t.all("N") if n > at), len(t.text))
    shared = not pattern(r"\bof (?:which|these|them)\b").search(t.text, at)
    for named in (set(t.entities("D", at, following)), set(t.entities("D") if shared else ())):
        if len(named) == 1:
            return named.pop()
    return None


_OF_THE_ROUND = (
    r"(?:{Rr}|\bmlperf|\bsuite)\s+(?:has|comprises|consists of|contains|includes|features|covers)\s+$"
    r"|\b(?:introduc\w+(?: of)?|launch\w*|offers?)\s+$"
)
"""What stands before a number of what the round has, or a vendor."""
_OF_PARTS = r"\b(?:parameter|reference|gpu|accelerator|node|socket|chip|way|layer|card|u|nvidia|more|core)s?\b"


def _is_counted(t: Tagged, predicate: str, match: re.Match[str], at: int) -> bool:
    """Whether a number before a noun really counts what was submitted."""
    before, after, what = t.text[:at], t.text[match.end() :], match["what"]
    if pattern(_OF_THE_ROUND).search(before[-60:]) or pattern(_OF_PARTS).search(what):
        return False
    span = t.quantity(at).span
    one = t.sentence.view[span.start : span.end].lower() in ("single", "one", "dual")
    if one and not pattern(r"submi|result").search(what):
        return False
    if predicate == "resultCount":
        return True
    if pattern(r"\s+(?:submissions?|results?)\b").match(after):
        return False
    if predicate == "taskCount":
        return pattern(r"types? of|server|system").search(what) is None
    said = pattern(SUBMIT).search(before[-70:] + t.sentence.lead.lower())
    return bool(said or pattern(r"\b(?:was|were)\s+(?:submitted|used|benchmarked|tested)\b").search(after))


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
