"""A statement ready for the rules: its tagged sentences, and who, when and how certain each place is.

Whose fact it is matters most. A place in a sentence is governed by the nearest actor before it: the
statement's own organization ('we', 'our', its name) or another one that does something there. It
belongs to an earlier round, to a plan, to a capability or to history when the words before it say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from types import MappingProxyType

from kg.extract.sentences import Sentence, sentences
from kg.extract.spoken import RIVAL, Spoken, benchmarks_over, spoken, titles
from kg.extract.tagged import Tagged, pattern, tag
from kg.extract.view import closed_up
from kg.model.statement import Entity, Evidence, Fact, Mention, Span, Statement, Value
from kg.names.finder import Finder
from kg.names.vocabulary import Vocabulary

OWN = r"\b(?:we|ours?|us)\b|{M}"
ACTS = (
    r"(?:['’]s?\s+(?:(?:\w+|{AS})\s+){0,3}?(?:submissions?|results?|entr(?:y|ies)|system|run|score|trained|finished|needed|took)"
    r"|,\s(?:which|who|whose)\s"
    r"|,?\s*(?:(?:all|both|each|jointly|who|which|that|ha[sd]|have|also|too,|recently|first|again|team|itself)\s+)*"
    r"(?:say(?:s|ing)\b|said\b|claim(?:s|ed)\b|submi|ma[dk]e|us(?:ed|es)\b|ran\b|train(?:ed|s)\b|achiev|deliver|post(?:ed|s)|report|enter|participat|establish"
    r"|spen[dt]|led\b|won\b|sets?\b|show(?:s|ed|cas)|complet|publish|record|took|measured|demonstrat|scaled|reach(?:ed|es)|need(?:ed|s)|tak(?:es|en)|finish(?:ed|es)|improv))"
)
SUBMIT = (
    r"\b(?:submi(?:t|ts|tted|tting|ssions?)|participat\w+|takes? part|took part|enter(?:ed|s)|entr(?:y|ies)"
    r"|results?|measured|ran|benchmark(?:s|ed|ing)|complet(?:ed|es)|publish(?:ed|ing)|achiev\w+|showcas\w+|debut\w*|posted"
    r"|chose|ranked|tested|evaluat\w+|records?|(?:was|were|been) run|joined|put forward|compet(?:ed|es|ing)|contributed)\b"
)
RUNS = r"\bour\s+(?:\w+\s+){0,2}?{BK+}\s+(?:runs?|jobs?|scores?|training)\b"
TRAIN = r"\b(?:train(?:ed|ing|s)?|scaled|time[- ]to[- ]train|converg\w+|perform(?:ances?|ed|s)?|speed-?ups?|improv\w+|faster|decrease|reduc\w+)\b"
PREVIOUS = r"\b(?:previous|last|prior|past|earlier)\s+(?:\w+\s+){0,2}?(?:rounds?|submissions?)\b|\b(?:rounds?|submissions?)\s+(?:ago|before|earlier)\b"
_COMPARE = r"\b(?:what (?:we|it)|improvements? on|than|over|versus|vs\.?|compared|relative to|against|baseline|from|since|with)\b"
PLAN = r"\b(?:will|plan(?:s|ned|ning)?|aims?|look(?:s|ing)? forward|intends?|going to|next round|future|soon|expects?|hopes?|roadmap|later this year)\b"
CAPABLE = (
    r"\b(?:supports?|supporting|can|could|may|capable|engineered for|designed (?:for|to)|allows?|enabl(?:e|es|ing)|able to|scal(?:es?|ing|able) (?:to|from|up)"
    r"|configur(?:able|e)|options?|compatible|accommodat\w+|up to)\b"
)
_POSSIBLE = r"\b(?:can be|are|is)\s+(?:supported|possible)\b"
_OTHERS = (
    rf"(?<!{{M}} and )(?<!\band our )(?<!\band its )\b{RIVAL}(?:['’]s?)?,?\s+(?:(?!we\b|our\b)[\w-]+\s+){{0,5}}?"
    r"(?:submit|use|made|publish|t[oa]ok|takes?|need|require|claim|sa(?:y|id)|train|spen[dt]|finish|reach|ran|deliver|report)"
)
"""What others did who are not named: 'a rival's chip of the same price needs'."""
_BACK_TO_OWN = rf"{OWN}|[;,]\s*(?:while|whereas|but|where)\b|\band\s+(?:the\s+)?{{SA}}"
_COMPARING = (
    r"(?:(?:{X}|\b(?:doubl|tripl|quadrupl)\w+)\s+the\s+(?:\w+\s+)?(?:performance|throughput|speed)\s+of|\b(?:"
    r"compar(?:ed|ison|es?|able)\b[^,;]{0,50}?\b(?:with|to)|versus|vs\.?|than|relative to|(?:prior|previous|last)[- ]generation"
    r"|outperform\w*|surpass\w*|beat(?:s|en|ing)?|exceed(?:s|ed|ing)?|ahead of))\s"
)
_BASELINE = _COMPARING + r"[^,;]{0,60}$"
_SURPASSED = r"[^.;]{0,60}?\b(?:(?:slower|worse)\s+than|behind)\s+(?:ours?\b|{M})"
_SUITE = (
    r"(?:{RriBD}|\bmlperf|\bmlcommons|\bsuites?|\bbenchmarks?|\brounds?)\s(?:[^;:.\ue000-\uf8ff]{0,40}\s)??"
    r"(?:asks|measures?|comprises?|consists?|contains?|include[sd]?|features?|covers?|spans?|ha(?:s|ve|d)|evaluates?"
    r"|add(?:s|ed)|introduce[sd]?|brings|brought|offers?|represents?|allows?|requires?|lets|focus(?:es)? on)\b(?!\s(?:the\s|an?\s)?(?:[\w-]+\s)?{S})"
)
"""Where the suite itself, or who runs it, is what a sentence speaks of, and no system ('the round has the X')."""
_IN = r"\b(?:in|at|for|of|to)\s+(?:the\s+|our\s+|MLPerf\s+)*$"
_USED_TO = r"(?:\bwe|{M})\s(?:\w+\s)?used to\s"
AMONG_OURS = r"among\s(?:them|those|these|(?:our|its|the)\s(?:{N}\s)?(?:results|submissions|entries))(?!\s\w+est)"
"""Of what was submitted, and not of its best or worst."""
_WITHHELD = (
    rf"\bnot\s+(?:yet\s+)?(?:published|submitted|part of|included|{AMONG_OURS})\b|\bdid not take part\b"
    r"|\bdid(?: not|n['’]t) (?:submit|enter)\b(?!.*{BKSAF})"
)
_SUITES = r"\bmlperf\s+(training|inference|hpc|tiny|storage|client|mobile|automotive)\b"
_COUNTED = r"\s*(?:[x×*]\s*)?(?:(?!of\b|and\b|or\b|with\b|on\b|in\b|for\b|to\b|than\b|cores?\b)[\w-]+\s+){0,%d}"
"""What may stand between a count and what it counts: so many words at most."""
PART_OF = r"\b(?:half|thirds?|quarters?|part|fraction|most|some|{%})\s+of\s+(?:\w+\s+)?$"
"""What stands before a count of which only a part is meant."""
BOUNDS = ("up to", "<", ">")
"""How an amount may be said not to be exact; '~' rounds one."""


_BOTH = r"{M},?\s+(?:and|together with|jointly with|with)\s+$"
"""What stands before another organization that did something together with the statement's own."""
_POSSESSED = r"['’]s?\s+(?:[\w-]+\s+){0,3}"
"""What stands between an organization and its amount: 'NVIDIA's 3.9 minutes'."""
_DONE_BY = (
    r"(?<!provided )(?<!supplied )(?<!developed )(?<!designed )(?<!built )(?<!made )"
    r"\b(?:by|from|as|while|according to|congratulate|happy)\s+(?:that\s+)?$"
)
_CAME_FROM = (
    r"\b(?:submissions?|results?|submitted|published|achieved|posted|trained)\b[^.;,]*\b(?:by|from)\s+$"
    r"|\b(?:came|comes|is|was)\s+from\s+$"
)
"""What stands before an organization that did what is told before it, and what between a thing and whose it is."""
_IN_BRACKETS = r"\s*\(\s*(?:the\s+)?({O})(?=[\s,)])"
_ABOUT_US = r"\W*about\s+(?:the\s+)?(?:{M}|us)\W*"

Qualifiers = dict[str, Value | None]
"""What qualifies a fact; None or '' for what is not said."""


@dataclass(frozen=True)
class Passage:
    """One statement as the rules see it."""

    statement: Statement
    tagged: tuple[Tagged, ...]
    vocabulary: Vocabulary
    titles: Mapping[str, Mention] = field(default_factory=dict)
    over: Mapping[str, Entity] = field(default_factory=dict)

    @property
    def owner(self) -> Entity:
        """The organization whose statement it is."""
        return self.statement.organization

    @property
    def round(self) -> Entity:
        """The round the statement is about."""
        return self.statement.round

    @cached_property
    def other_actor(self) -> Callable[[Tagged, int], Mention | None]:
        """The other organization that governs a place, or None when it is the statement's own."""
        return cache(self._other_actor)

    def _other_actor(self, t: Tagged, place: int) -> Mention | None:
        actors = t.all("O")
        if known := self._whose(t, place, actors):
            return known
        if not actors:
            return None
        own = max((m.end() for m in t.matches(OWN) if m.start() < place), default=-1)
        for at in sorted(actors, reverse=True):
            if at >= place:
                if pattern(_CAME_FROM).search(t.text[place + 1 : at]):
                    return t.mention(at)
                continue
            if pattern(_BOTH).search(t.text[:at]):
                return None
            if t.is_a(place, "TX%") and pattern(_POSSESSED).fullmatch(t.text[at + 1 : place]):
                return t.mention(at)
            if at < own:
                return None
            acts = pattern(ACTS).match(t.text[at + 1 : at + 80])
            if acts or pattern(_DONE_BY).search(t.text[max(0, at - 24) : at]):
                return t.mention(at)
        return None

    def actor(self, t: Tagged, place: int) -> Entity:
        """Whose a place is: the other organization's that governs it, where that is known, else the statement's own."""
        other = self.other_actor(t, place)
        return (other and other.entity) or self.owner

    def _whose(self, t: Tagged, place: int, actors: list[int]) -> Mention | None:
        """Another organization that a place is plainly said of: who is quoted, whose row it is, who stands in brackets."""
        if speaker := self._speaker(t, place):
            return speaker[0]
        if self.titles and (title := self.titles.get(t.over(place)) or self.titles.get(t.sentence.over)):
            return title
        if t.sentence.cells and actors and not t.all("M") and t.mention(actors[0]).span == t.sentence.cells[0][0]:
            return t.mention(actors[0])
        if actors and t.is_a(place, "TNX"):
            bracketed = pattern(_IN_BRACKETS).match(t.text, place + 1)
            return t.mention(bracketed.start(1)) if bracketed else None
        return None

    def _speaker(self, t: Tagged, place: int) -> list[Mention | None]:
        """Who else speaks of itself at a place, if anybody does."""
        return [who for start, end, who in self._spoken.get(t.sentence.span, ()) if start <= place < end][:1]

    @cached_property
    def _spoken(self) -> Spoken:
        return spoken(self.tagged)

    def earlier(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of an earlier round, not of this one."""
        if t.has(_USED_TO) and pattern(_USED_TO).search(t.text, 0, place):
            return True
        now, marks = self._rounds(t)
        for start, end in marks:
            left = t.text[max(0, start - 60) : start]
            compared = pattern(_COMPARE).search(left)
            if end <= place:
                if any(end <= p <= place for p in now):
                    continue
                if pattern(r"\b(?:since|following|after)\b[^,]*$").search(left):
                    continue
                if compared and pattern(r"[;:,]").search(t.text, end, place):
                    continue  # the comparison is over: 'compared with v1.1, we …'
                return True
            if now or compared or start - place >= 60 or not pattern(_IN).search(left):
                continue
            if pattern(r"(?<!\w)(?:previous|last|prior|past|earlier)").search(t.text[start:end] + left):
                return True
            if t.is_a(start, "r") and not pattern(r"[,;(]").search(t.text, place, start):
                return True
        return False

    @cached_property
    def _rounds(self) -> Callable[[Tagged], tuple[list[int], list[tuple[int, int]]]]:
        return cache(_rounds)

    def planned(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of what is still to come."""
        if not t.has(PLAN):
            return False
        clause = pattern(r"[;,]\s+(?:and|but|while|which)\s").split(t.text[:place])[-1]
        return pattern(PLAN).search(clause) is not None

    def capable(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of what a system can have, not of what was used."""
        if not t.has(rf"{CAPABLE}|{_POSSIBLE}"):
            return False
        clause = t.text[max(0, place - 90) : place]
        clause = pattern(r"[;:]|\.\s|,\s+(?:and|but|while)\s(?:we|our)\b").split(clause)[-1]
        said = pattern(r"\b(?:submit\w*|submissions?|results?|ran|trained|scaled)\b").search(clause)
        if said:
            clause = re.sub(r"\bup to\b", "", clause[said.start() :])
        passive = pattern(rf"[^.;]{{0,60}}?{_POSSIBLE}").match(t.text, place + 1)
        return passive is not None or pattern(CAPABLE).search(clause) is not None

    def compared(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of what the organization's own is compared with."""
        clause = pattern(r"[;:.]\s").split(t.text[:place])[-1] if t.has(_COMPARING) else ""
        return bool(pattern(_BASELINE).search(clause) or pattern(_SURPASSED).match(t.text, place + 1))

    def surpassed(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of what another organization, named in the sentence, has that is compared with the own."""
        named = (m.entity for m in t.mentions if m.kind == "Organization")
        return self.compared(t, place) and any(entity not in (None, self.owner) for entity in named)

    def of_suite(self, t: Tagged, place: int) -> bool:
        """Whether a place tells what the suite of benchmarks is made of, and nothing of who ran it."""
        found = t.first(_SUITE)
        return found is not None and found.end() <= place and pattern(OWN).search(t.text[:place]) is None

    def of_another_suite(self, t: Tagged, place: int) -> bool:
        """Whether another suite of MLPerf is named before a place and this one is not ('in MLPerf HPC, we used …')."""
        own = self.round.label.split()[1].lower()
        named = {m[1] for m in t.matches(_SUITES) if m.start() < place} if t.has(_SUITES) else set()
        return bool(t.all("i", 0, place) or (named and own not in named and not t.all("R", 0, place)))

    def withheld(self, t: Tagged, place: int) -> bool:
        """Whether what a place speaks of was, as its clause goes on to say, not submitted."""
        if not t.has(_WITHHELD):
            return False
        rest = pattern(r"[.;]\s").split(t.text[place:], maxsplit=1)
        said = rest[0] + (rest[1] if len(rest) > 1 and rest[1].startswith(("these", "this", "it", "they")) else "")
        return pattern(_WITHHELD).search(said) is not None

    def unnamed(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of what others did that have no name: partners, customers, competitors."""
        if self._speaker(t, place) == [None]:
            return True
        said = list(pattern(_OTHERS).finditer(t.text[:place])) if t.has(_OTHERS) else []
        return bool(said) and pattern(_BACK_TO_OWN).search(t.text, said[-1].end(), place) is None

    def own(self, t: Tagged, place: int) -> bool:
        """Whether a place speaks of the organization's own submission to this round."""
        return not (
            self.withheld(t, place)
            or self.unnamed(t, place)
            or self.other_actor(t, place)
            or self.earlier(t, place)
            or self.planned(t, place)
            or t.all("i", 0, place)
        )

    def submitting(self, t: Tagged) -> bool:
        """Whether a sentence, or the one that introduces its list, speaks of a submission or its results."""
        sentence = t.sentence
        refers = re.match(r"(?i)\W*(?:they|these|those|it|this|the latter)\b", sentence.view)
        context = f"{sentence.lead} {sentence.before if refers else ''}"
        return t.has(SUBMIT) or t.has(RUNS) or pattern(SUBMIT).search(context.lower()) is not None

    def ours(self, t: Tagged) -> bool:
        """Whether a sentence, or the one before it in its paragraph, speaks as the organization."""
        return t.has(OWN) or re.search(r"(?i)\b(?:we|our)\b", t.sentence.before) is not None

    def fact(
        self,
        t: Tagged,
        predicate: str,
        subject: Entity,
        object: Value,
        *,
        asserted: bool = True,
        confidence: float = 1.0,
        qualifiers: Mapping[str, Value | None] = MappingProxyType({}),
        **more: Value | None,
    ) -> Fact:
        """A fact resting on a sentence, with the qualifiers that are said: those neither None nor ''."""
        evidence = Evidence(t.sentence.span, self.quote(t.sentence.span))
        said = MappingProxyType({k: v for k, v in {**qualifiers, **more}.items() if v is not None and v != ""})
        return Fact(self.statement, predicate, subject, object, evidence, said, asserted, confidence)

    def quote(self, span: Span) -> str:
        """The words of the document in a span."""
        return self.statement.document.text[span.start : span.end]

    @cached_property
    def company(self) -> int:
        """The paragraph from which on a statement tells of the organization itself, under 'About Acme' alone on a line."""
        heads = (t.sentence.paragraph for t in self.tagged if pattern(_ABOUT_US).fullmatch(t.text))
        return next(heads, len(self.statement.document.text))


def passage(statement: Statement, vocabulary: Vocabulary, finder: Finder) -> Passage:
    """A statement with its sentences tagged."""
    listed = sentences(statement)
    found = _find(statement, listed, finder)
    owners = (statement.organization, *statement.speakers)
    tagged = tuple(tag(s, mentions, owners, statement.round) for s, mentions in zip(listed, found, strict=True))
    others, over = titles(listed, finder.lexicon, owners), benchmarks_over(listed, finder.lexicon)
    return Passage(statement, tagged, vocabulary, others, over)


def _find(statement: Statement, listed: Sequence[Sentence], finder: Finder) -> list[list[Mention]]:
    """The mentions in each sentence, found where the spaces of mark-up do not part the words of a name."""
    text = statement.document.text
    short = [closed_up(s.view, text[s.span.start : s.span.end]) for s in listed]
    found = finder.find([view for view, _ in short], statement.organization)
    return [
        [replace(m, span=Span(places[m.span.start], places[m.span.end - 1] + 1)) for m in mentions]
        for mentions, (_, places) in zip(found, short, strict=True)
    ]  # fmt: skip


def _rounds(t: Tagged) -> tuple[list[int], list[tuple[int, int]]]:
    """Where a sentence speaks of this round, and where of another."""
    now = t.all("R") + [m.start() for m in t.matches(r"\bthis (?:\w+ )?(?:round|submission|year|time)\b|\bnow\b")]
    marks = [(p, p + 1) for p in t.all("r")] + [m.span() for m in t.matches(PREVIOUS)]
    return now, sorted(marks)


def count_before(t: Tagged, place: int, words: int = 3) -> tuple[int, Decimal, str] | None:
    """The count that belongs to the sign at a place ('eight', '8x', '128'): its place, value, comparator."""
    for at in t.all("NX", 0, place)[-1:]:  # no sign stands between
        q = t.quantity(at)
        counts = q.unit == "count" or t.sentence.view[q.span.end - 1] in "xX×"
        if counts and q.value == int(q.value) and pattern(_COUNTED % words).fullmatch(t.text, at + 1, place):
            return None if pattern(PART_OF).search(t.text[:at]) else (at, q.value, q.comparator)
    return None
