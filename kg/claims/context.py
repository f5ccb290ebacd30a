"""What stands around a claim: who speaks, of which round, what the sentences before named; and whose result is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import reduce

from kg.claims.record import Record
from kg.claims.scope import COUNTED, NAMED, NODES, counted, memories, node_counts, scope, sizes
from kg.claims.sentence import END, Clause, Sign, segment
from kg.graph.facts import fact_iri
from kg.model.claim import PARTS, SIZES, Amount, Claim, Scope
from kg.model.statement import Entity, Fact, Span, Statement

OWN = re.compile(r"\b(?:we|our|us|ours)\b")
_AWAY = re.compile(
    r"(?:\b(?:by|from|with|to|than|of|for|and|including|thank|congratulate|at|on|in|inside|within|behind|against|after|alongside|beside|only|"
    r"using|like) (?:the |an? )?)$"
)
"""What stands before an organization that is no subject: 'with NVIDIA'."""
_OBJECT = re.compile(r"\b(?:\w+ed|beats?|beaten|passes|overtakes?|tops) (?:out |past |off )?$")
"""What stands before an organization that something is done to: 'edged out NVIDIA'."""
_MAKES = re.compile(r"O\d+ (?:[a-z][\w-]* ){0,2}(?:[ACSFW]\d+|gpus?|accelerators?|processors?|cpus?|chips?|hardware)\b")
_DOING = re.compile(
    r"\b(O\d+) (?:also |has |have |had ){0,2}(?:made|submitted|filed|ran|used|achieved|took|trained|delivered|needed)\b"
)
_TOOK = re.compile(r"\bT\d+ (?:that |which )?$")
"""A time before who took it: 'close to the 29.3 minutes Acme submitted'."""
_BESIDE = re.compile(
    r", (?:an? [a-z]+ (?:to|of|that)|which|who|whose|where|showing|making|thanks to|highlighting|demonstrating|proving|so|"
    r"and (?:this|that|it))\b"
)
"""Where a clause begins that says something more, and narrows nothing."""
_GOES_ON = re.compile(r"(?:it|its|(?:this|the|that) (?:system|server|machine|cluster))\b")
"""How a sentence begins that speaks of the system of the sentence before."""
_PRONOUN = re.compile(
    r"^(?:[a-z]+ B\d+ ,? ?)?(?:and |but |however , )?(it|they|theirs)\b(?! (?:is|was) (?:the|a|an|our)\b)"
)
"""How a sentence begins whose subject an earlier one names."""
_BACK_TO = re.compile(
    r"\b((?:this|these|those|such an?|the same) (?!rounds?\b|time\b|year\b|edition\b|suite\b|benchmarks?\b)[a-z]+|"
    r"(?:for|on|in) (?:it|them)|only other)\b"
)
"""What points at something that the text named before, in what is said of all that were submitted."""
_DENIES = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|can|could)(?: not|n't)|cannot|never|none of|^not|"
    r"if|(?:hope|want|aim|wish)\w*|would|nobody believ\w+)\b(?! (?:only|even|just))[^,;]*$"
)
_NOBODY = re.compile(r"\b(?:no other|nobody else|no one else)\b[^,;]*$")
"""Who did not take the time that follows: 'nobody else got below 40 minutes'."""
_NEGATED = re.compile(r"\bno\b[^,;:]*$")
"""What says that a number after it may not be so; a comma between leaves it as it is: 'with no extra card, …'."""
_SAID_BEFORE = re.compile(r"(?:[^ :]+ ){4,}: |.* , (?:and|so|yet|since|because) (?=(?:we|our|O\d+|S\d+|it|its|this) )")
"""A clause of its own before a colon, or before one with a subject of its own."""
PREVIOUS = re.compile(
    r"\b(?:previous|last|prior|earlier|preceding) (?:mlperf )?(?:training )?(?:round|submission|version|results?|one)|"
    r"\b(?:one|a|the|N\d+) round (?:earlier|before|ago)"
)
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
YEAR = re.compile(
    r"\b(?:(?:made |from |in )?(?:last|the previous) year(?: 's)?)\b|\b(?:a year|Y\d+) (?:earlier|before|ago)\b|"
    rf"\byear[- ](?:over|on)[- ]year\b|\b(?:in|of|from|last) (?:{_MONTHS})(?: 's)?\b"
)
BACK = re.compile(f"{PREVIOUS.pattern}|{YEAR.pattern}")
_ENDS = re.compile(
    r" (?:,(?! O\d+ (?:,|and) )|[;:)]|\((?! T\d+ \))|by(?= [PX]\d)|on(?= B\d)|"
    r"while|whereas|showing|which|demonstrating|and (?=[PX]\d)|but)(?= |$)"
)
"""Where a stretch that names what something is compared with ends; a time in brackets is of what stands before them."""
MAYBE = re.compile(
    r"\b(?:can(?! be attributed)|could|"
    r"supports?|supporting|able to|capable of|designed|engineered|allows?|allowing|enables?|may|might|will|"
    r"would|built (?:to|for)|made (?:to|for)|expects?|customers?|available in|scales? (?:from|to)|offers?|"
    r"plans?|future|potential)\b"
)
EXCEPT = r"(?:but|except(?: for)?|save(?: for)?|besides|apart from|other than)"
_BUT_BENCHMARK = re.compile(rf"\b{EXCEPT} (?:the )?B\d")
BENCHMARKS = "benchmarks?|tests?|tasks?|workloads?"
EVERY_BENCHMARK = re.compile(rf"\b(?:all|each|every|both)\b[^,;]{{0,40}}\b(?:{BENCHMARKS})\b")
ABOUT_RESULTS = re.compile(
    r"\b(?:submi\w+|results?|train\w*|ran|run|runs|used?|using|benchmark\w*|mlperf|measur\w+|fil(?:ed|ing)|entr(?:y|ies)|enter(?:ed|s)|"
    r"took|takes?|complet\w+|finish\w*|round|scores?|achiev\w+|performance)\b"
)


_OTHERS = re.compile(r"N\d+ (?:[a-z][\w-]* ){1,2}?[a-z][\w-]{2,}s\b")
"""Things that are counted, and no results: 'two Omni-Path links'."""
NUMBERS = "NPXTMKQ"
"""The letters of the signs that are numbers, but for spans of months and years."""
_OF_A_SET = frozenset(["share", "only", "most", "count"])
"""Kinds of claims about a set of results, which a name that is not known may make a smaller one."""
_DAYS, _NEAR = {"months": 30.4, "years": 365.0}, 100
"""The days of a span, and by how many of them 'half a year ago' may be off."""
_COMPARED = re.compile(r"\b(?:compar\w+|than|over|versus|vs|from|since|against|improv\w+)\b")


@dataclass(slots=True)
class Context:
    """One sentence with what its claims need to be resolved; `used` are the signs that a claim has taken, `read` the stretches.

    `before` is what the sentence before in its paragraph names, `lead` what stands over the list that it is an item of.
    `spoken` are the times that the sentences before give, the last first, each with where its sentence begins in the document.
    `at` is where a kind of claim without a number is made, by its name.
    `sure` are parts of a scope of which the sentence names several, each with what it is of.
    `beside` is the stretch of the code that names what something is compared with, and `baseline` the results that it
    means: they are not the subject's.
    """

    clause: Clause
    statement: Statement
    record: Record
    before: Scope
    lead: Scope
    facts: tuple[Fact, ...]
    spoken: tuple[tuple[Amount, int], ...] = ()
    used: set[Sign] = field(default_factory=set)
    at: dict[str, int] = field(default_factory=dict)
    beside: tuple[int, int] = (0, 0)
    baseline: Scope | None = None
    read: list[tuple[int, int]] = field(default_factory=list)
    sure: set[str] = field(default_factory=set)

    @property
    def speaker(self) -> Entity:
        """The organization that speaks."""
        return self.statement.organization

    @property
    def span(self) -> Span:
        """The place of the sentence in the document."""
        return self.clause.sentence.span

    @property
    def round(self) -> str:
        """The IRI of the statement's round."""
        return self.statement.round.iri

    def free(self, letters: str, start: int = 0, end: int = END) -> Iterator[Sign]:
        """The signs that no claim has taken yet."""
        return (sign for sign in self.clause.within(letters, start, end) if sign not in self.used)

    def take(self, *signs: Sign) -> None:
        """Mark signs as taken by a claim."""
        self.used.update(signs)

    def claim(
        self, kind: str, about: Scope, metric: str = "", amount: Amount | None = None, at: int | None = None, **more: object
    ) -> Claim:  # fmt: skip
        """A claim of this sentence, made `at` a place of the code if not where its number stands."""
        if at is not None:
            self.at[kind] = at
        start, end = self.span.start, self.span.end
        text = self.statement.document.text[start:end]
        return Claim(
            self.statement.iri, self.speaker, kind, text, start, end, about, metric, amount,
            fact=self._fact(amount), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def with_unread(self, claim: Claim) -> Claim:
        """A claim with what around its number, or in the sentence, is not understood."""
        place = self._place(claim)
        low, high = segment(self.clause.code, place) if place is not None else (0, END)
        if place and (said := _SAID_BEFORE.match(self.clause.code[low:place])):
            low += said.end()
        beside = _BESIDE.search(self.clause.code, (place or 0) + 1, high)
        theirs = [] if (place or 0) in range(*self.beside) else [self.beside]
        words = list(self.clause.unread(low, beside.start() if beside else high, [*self.read, *theirs]))
        if place is not None and not _NEGATED.search(self.clause.code, low, place):
            words = [(word, narrows) for word, narrows in words if not _NEGATED.match(word.lower())]
        against = self.beside if claim.baseline else (0, 0)
        unnamed = {word for word, _ in self.clause.unread(*against, self.read)}
        if claim.kind == "rank" and place is not None:  # what is said of the own result before narrows no class
            unnamed |= {word for word, _ in self.clause.unread(place, high, self.read)}
        opening = self.clause.view.split()[0]  # which is no name for being written with a capital
        names = [word for word, _ in words if word[0].isupper() and word[1:].islower() and word not in opening]
        back = _BACK_TO.findall(self.clause.code) if claim.kind in (*_OF_A_SET, "rank") else []
        if claim.kind in _OF_A_SET and names:
            claim = replace(claim, missing=(*claim.missing, f"what {', '.join(names)} is"))
        left = [*((word, narrows and word not in unnamed) for word, narrows in words), *self._leftover(claim)]
        narrowing = tuple(word for word, narrows in left if narrows)
        pronouns = (
            () if claim.extra and claim.kind == "comparison" else map("".join, _PRONOUN.findall(self.clause.code))
        )
        unread = (*claim.unread, *pronouns, *back, *(word for word, narrows in left if not narrows))
        return replace(claim, unread=unread, narrowing=narrowing, unsure=self._unsure(claim))

    def _unsure(self, claim: Claim) -> tuple[str, ...]:
        """The parts of what a claim is about that the sentence names several of, or none of."""
        own = scope(self.clause)
        carried = [
            name for name in (*NAMED.values(), "count", "nodes")
            if name != "benchmarks" and getattr(claim.about, name) and not getattr(own, name)
        ]  # fmt: skip
        sure = self.sure if claim.kind != "rank" else ()  # a place may be one among all sizes
        return tuple(name for name in dict.fromkeys((*claim.unsure, *self.several(), *carried)) if name not in sure)

    def several(self) -> tuple[str, ...]:
        """The parts of a scope of which the sentence names several, so that one may be of something else than a claim is.

        Where it gives several times, what it names once may be of another of them; so may who is meant, and the benchmark.
        Who is meant is open as well unless it speaks of the own and names nobody else.
        """
        things = {name: {s.entities for s in self.clause.within(letter)} for letter, name in NAMED.items()}
        counts = [s for m in counted(self.clause) for s in self.clause.named(m[1])]
        beside, _, _ = sizes(self.clause)
        nodes = list(node_counts(self.clause))
        once = len(list(self.clause.within("T"))) < 2
        whose = once and OWN.search(self.clause.code) and not any(self.organizations())
        found = [name for name, of in things.items() if name != "benchmarks" and len(of) > once]
        found += [name for name, of in (("count", beside or counts), ("nodes", nodes)) if len(of) > once]
        found += [] if whose else ["who"]
        found += [] if once and not _BUT_BENCHMARK.search(self.clause.code) else ["benchmarks"]
        return tuple(found)

    def _place(self, claim: Claim) -> int | None:
        """Where a claim is made in the code: where its number stands, if nothing else is said; None when it has none."""
        value = claim.amount and claim.amount.value
        return self.at.get(claim.kind, next((s.at for s in self.clause.within(NUMBERS) if s.value == value), None))

    def denies(self, claim: Claim) -> bool:
        """Whether the sentence says that something is not so, or is wished for: 'did not take 5.7 minutes', 'hope to be'."""
        place = self._place(claim) or 0
        others = claim.kind == "timeToTrain" and _NOBODY.search(self.clause.code, 0, place)
        return bool(others or _DENIES.search(self.clause.code, 0, place))

    def possible(self, at: int) -> bool:
        """Whether what stands at a place is said of what could be, not of what was done: 'supports up to eight GPUs'."""
        low, _ = segment(self.clause.code, at)
        return bool(MAYBE.search(self.clause.code, low, at))

    def _leftover(self, claim: Claim) -> Iterator[tuple[str, bool]]:
        """The numbers and organizations of the sentence that no claim has taken; whether one is joined to what it can only narrow."""
        counted = {name for p in (COUNTED, NODES) for m in p.finditer(self.clause.code) for name in m[1].split()}
        counted |= {sign.name for sign in memories(self.clause)}
        for sign in self.free(NUMBERS):
            version = re.search(r"\b[WF]\d+ $", self.clause.code[: sign.at])
            if sign.name not in counted and not version and sign.text.lower() not in ("single", "one"):
                other = _OTHERS.match(self.clause.code, sign.at)
                yield sign.text, bool(other) or (sign.letter == "Q" and self.clause.hyphened(sign))
        named = {e.iri for s in (claim.about, claim.baseline) if s for e in s.who} | self._speakers
        named |= {claim.thing.iri} if claim.thing else set()
        named |= {iri for key, iri in claim.extra if key == "but"}
        for at, who in self.organizations() if not claim.times else ():
            if not claim.baseline and at in range(*self.beside):
                continue  # the other side of a comparison beside
            if who.iri not in named | self.record.partners(self.speaker.iri, self.round):
                yield who.label, False

    def _fact(self, amount: Amount | None) -> str:
        """The IRI of the fact of this sentence that states a number; '' when none does."""
        values = ((fact, fact.object) for fact in self.facts if not isinstance(fact.object, bool))
        return next((fact_iri(fact) for fact, value in values if amount and value == amount.value), "")

    # Whose, and of what

    def subject(self, start: int = 0, end: int = END) -> Entity:
        """Whose results a stretch of the sentence speaks of: the speaker's unless it names another."""
        text = self.clause.code[start:end]
        named = [
            who for at, who in self.organizations(start, end)
            if not (_OBJECT.search(self.clause.code[:at]) or _AWAY.search(self.clause.code[:at]))
            and (self.record.submitted(who.iri) or at == start)
        ]  # fmt: skip
        doing = _DOING.search(text)
        if doing and not _TOOK.search(text[: doing.start()]):
            who = self.clause.sign(doing[1]).entity
            if self.record.submitted(who.iri) and not _AWAY.search(text[: doing.start()]):
                return who
        if OWN.search(text) or not named or self._speakers & {e.iri for e in named}:
            return self.speaker
        return named[0]

    @property
    def _speakers(self) -> frozenset[str]:
        """The IRIs of those who speak: of a joint statement several."""
        return self.record.members(self.speaker) | {self.speaker.iri}

    def organizations(self, start: int = 0, end: int = END) -> Iterator[tuple[int, Entity]]:
        """The organizations named, other than as the maker of an accelerator or a processor, and their places."""
        for sign in self.clause.within("O", start, end):
            if not _MAKES.match(self.clause.code, sign.at):
                yield sign.at, sign.entity

    def rounds(self, start: int = 0, end: int = END) -> list[str]:
        """The IRIs of the rounds named."""
        return [sign.entity.iri for sign in self.clause.within("R", start, end)]

    def about(self, start: int = 0, end: int = END, but: tuple[int, int] | None = None) -> Scope:
        """The subject's results that a stretch of the sentence names, without that of `but`."""
        if but is None and start < self.beside[0]:
            but = self.beside
        low, high = but or (end, end)
        pieces = [p for p in ((start, min(low, end)), (max(high, start), end)) if p[0] < p[1]]
        made = reduce(joined, [scope(self.clause, *piece) for piece in pieces] or [Scope()])
        made = joined(replace(made, systems=self._systems(made.systems)), self.lead)
        if not made.systems and _GOES_ON.match(self.clause.code):
            made = replace(made, systems=self._systems(self.before.systems))
        rounds = [iri for piece in pieces for iri in self.rounds(*piece)]
        of = self.round if self.round in rounds or not rounds else rounds[0]
        return replace(made, who=(self.subject(*(pieces or [(start, end)])[0]),), rounds=(of,))

    def _systems(self, systems: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The systems named, without the data centre or supercomputer that one of them stands in."""
        return tuple(s for s in systems if self.record.filed(s)) or systems


def earlier(ctx: Context, start: int, end: int) -> tuple[str, ...]:
    """The round that words of time mean: the one before, or what was published then; '' where that is not known."""
    said = BACK.search(ctx.clause.code, start, end)
    if said is None:
        return ()
    ctx.read.append(said.span())
    if PREVIOUS.fullmatch(said[0]):
        return (ctx.record.before(ctx.round),)
    now = ctx.record.published(ctx.round)
    days = {at: day for at in ctx.record.earlier(ctx.round) if (day := ctx.record.published(at))}
    if month := re.search(_MONTHS, said[0]):
        if now and f"{now:%B}".lower() == month[0]:
            return ()
        return (next((at for at, day in days.items() if f"{day:%B}".lower() == month[0]), ""),)
    if now is None:
        return ("",)
    if re.search("last|previous", said[0]):
        return tuple(at for at, day in days.items() if day.year == now.year - 1) or ("",)
    span = next((s.amount for s in ctx.clause.named(said[0])), None)
    ago = float(span.value) * _DAYS[span.unit] if span else _DAYS["years"]
    off = {at: abs((now - day).days - ago) for at, day in days.items()}
    return (next((at for at in off if off[at] == min(off.values()) <= _NEAR), ""),)


def rounds(ctx: Context, low: int, high: int, at: int) -> tuple[str, ...]:
    """The rounds of a number at a place in a stretch: those named there, those of a time before, or that of the statement."""
    but = range(*ctx.beside)
    found = [s.entity.iri for s in ctx.clause.within("R", low, high) if s.at not in but]
    if found:
        return (ctx.round,) if ctx.round in found else tuple(found[-1:])
    said = BACK.search(ctx.clause.code, low, high)
    before = ctx.clause.code[low : said.start()] if said else ""
    other = said and said.start() in but and at not in but
    return (() if other or _COMPARED.search(before) else earlier(ctx, low, high)) or (ctx.round,)


def stretch_end(code: str, start: int) -> int:
    """Where the stretch that begins at a place, and names what something is compared with, ends."""
    found = _ENDS.search(code, start)
    if found and code.startswith(" , where ", found.start()):
        found = _ENDS.search(code, found.end())  # it tells more of the same
    return found.start() if found else len(code)


def joined(scope: Scope, more: Scope) -> Scope:
    """A scope with the parts of another where it has none itself."""
    names = ("who", "rounds", *PARTS.values(), *SIZES, "count_bound")
    return replace(scope, **{n: getattr(more, n) for n in names if not getattr(scope, n)})
