"""What stands around a claim: who speaks, of which round, what the sentences before named; and whose result is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.claims.agreement import BOUNDS, holds
from kg.claims.neutral import only_narrows
from kg.claims.record import Record
from kg.claims.scope import COUNTED, NODES, memories, scope
from kg.claims.sentence import Clause, Sign, segment
from kg.graph.facts import fact_iri
from kg.model.claim import NOT_CHECKABLE, Amount, Claim, Review, Scope, shown
from kg.model.record import LinkedResult
from kg.model.statement import Entity, Fact, Statement

OWN = re.compile(r"\b(?:we|our|us|ours)\b")
_OTHERS = re.compile(
    r"^(?:the |many |several |all )?(?:customers?|users?|partners?|researchers?|competitors?|engineers|developers|enterprises)\b"
)
_AWAY = re.compile(
    r"(?:\b(?:by|from|with|to|than|of|for|and|including|thank|congratulate|at|on|using|like) (?:the )?)$"
)
_DOING = re.compile(
    r"\b(O\d+) (?:also |has |have |had ){0,2}(?:made|submitted|filed|ran|used|achieved|took|trained|delivered|needed)\b"
)
_MAKES = re.compile(r"O\d+ (?:[a-z][\w-]* ){0,2}(?:gpus?|accelerators?|processors?|cpus?|chips?|hardware)\b")
_POSSESSIVE = re.compile(r"O\d+ 's ")
_THEIRS = re.compile(r"(?:[NX]\d+ )?(?:[a-z-]+ )?[AS]\d+ (?:[a-z]+ )?(?:of|by|from) $")
ENDS = re.compile(
    r" (?:[,;:()]|by(?= [PX]\d)|on(?= B\d)|"
    r"while|whereas|showing|which|demonstrating|and (?=[PX]\d)|but)(?= |$)"
)
"""Where a stretch that names what something is compared with ends."""
_BESIDE = re.compile(
    r", (?:which|who|whose|where|showing|making|thanks to|highlighting|demonstrating|proving|so|and (?:this|that|it))\b"
)
"""Where a clause begins that says something more, and narrows nothing."""
_DENIES = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|can|could)(?: not|n't)|cannot|never|none of)\b(?! (?:only|even|just))[^,;]*$"
)
PREVIOUS = re.compile(
    r"\b(?:previous|last|prior|earlier|preceding) (?:mlperf )?(?:training )?(?:round|submission|version|results?|one|year)|"
    r"\blast (?:year|round)|\b(?:one|a|the|N\d+) (?:round|year) (?:earlier|before|ago)|\byear[- ](?:over|on)[- ]year\b"
)
MAYBE = re.compile(
    r"\b(?:can(?! be attributed)|could|"
    r"supports?|supporting|able to|capable of|designed|engineered|allows?|allowing|enables?|may|might|will|"
    r"would|built (?:to|for)|made (?:to|for)|expects?|customers?|available in|scales? (?:from|to)|provides? options|offers?|"
    r"plans?|future|potential)\b"
)
ABOUT_RESULTS = re.compile(
    r"\b(?:submi\w+|results?|train\w*|ran|run|runs|used?|using|benchmark\w*|mlperf|measur\w+|fil(?:ed|ing)|entr(?:y|ies)|"
    r"took|takes?|complet\w+|finish\w*|round|scores?|achiev\w+|performance)\b"
)


@dataclass(slots=True)
class Context:
    """One sentence with what its claims need to be resolved; `used` are the signs that a claim has taken, `read` the stretches.

    `beside` is the stretch of the code that names what something is compared with: it is not the subject's.
    """

    clause: Clause
    statement: Statement
    record: Record
    before: Scope
    facts: tuple[Fact, ...] = ()
    used: set[int] = field(default_factory=set)
    beside: tuple[int, int] | None = None
    read: list[tuple[int, int]] = field(default_factory=list)

    @property
    def speaker(self) -> Entity:
        """The organization that speaks."""
        return self.statement.organization

    @property
    def round(self) -> str:
        """The IRI of the statement's round."""
        return self.statement.round.iri

    def free(self, letters: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, Sign]]:
        """The signs that no claim has taken yet."""
        for at, sign in self.clause.within(letters, start, end):
            if not self.taken(sign):
                yield at, sign

    def taken(self, sign: Sign) -> bool:
        """Whether a claim has taken a sign."""
        return self.clause.signs.index(sign) in self.used

    def take(self, *signs: Sign) -> None:
        """Mark signs as taken by a claim."""
        self.used.update(self.clause.signs.index(s) for s in signs)

    def claim(self, kind: str, about: Scope, metric: str = "", amount: Amount | None = None, **more: object) -> Claim:
        """A claim of this sentence."""
        sentence = self.clause.sentence
        text = self.statement.document.text[sentence.span.start : sentence.span.end]
        return Claim(
            self.statement.iri, self.speaker, kind, text, sentence.span.start, sentence.span.end, about, metric, amount,
            fact=self._fact(amount), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def with_unread(self, claim: Claim) -> Claim:
        """A claim with what around its number, or in the sentence, is not understood."""
        place = self._stated(claim)
        low, high = segment(self.clause.code, place) if place is not None else (0, len(self.clause.code))
        beside = _BESIDE.search(self.clause.code, (place or 0) + 1, high)
        words = list(self.clause.unread(low, beside.start() if beside else high, self.read))
        narrowing = tuple(filter(only_narrows, words))
        others = (*(w for w in words if w not in narrowing), *self._leftover(claim))
        return replace(claim, unread=others, narrowing=narrowing)

    def _stated(self, claim: Claim) -> int | None:
        """Where the number of a claim stands in the code; None when it has none."""
        numbers, amount = self.clause.within("NPXTMKQ"), claim.amount
        return next((at for at, s in numbers if amount and s.quantity and s.quantity.value == amount.value), None)

    def denies(self, claim: Claim) -> bool:
        """Whether the sentence says that a number is not so: 'did not take 5.7 minutes', 'was never 2x faster'."""
        return bool(_DENIES.search(self.clause.code, 0, self._stated(claim) or 0))

    def possible(self, at: int) -> bool:
        """Whether what stands at a place is said of what could be, not of what was done: 'supports up to eight GPUs'."""
        low, _ = segment(self.clause.code, at)
        return bool(MAYBE.search(self.clause.code, low, at))

    def _leftover(self, claim: Claim) -> Iterator[str]:
        """The numbers and organizations of the sentence that neither this claim nor any other has taken."""
        counted = {name for p in (COUNTED, NODES) for m in p.finditer(self.clause.code) for name in m[1].split()}
        counted |= {self.clause.name(sign) for sign in memories(self.clause)}
        for number, sign in enumerate(self.clause.signs):
            name = f"{sign.letter}{number}"
            known = number in self.used or name in counted
            word = self.clause.view[sign.start : sign.end]
            if sign.letter and sign.letter in "NPXTMKQ" and not known and word.lower() not in ("single", "one"):
                yield word
        named = {e.iri for s in (claim.about, claim.baseline) if s for e in s.who} | {self.speaker.iri}
        named |= {claim.thing.iri} if claim.thing else set()
        for _, sign in self.organizations(0, len(self.clause.code)):
            if sign.entity and sign.entity.iri not in named | self.record.partners(self.speaker.iri, self.round):
                yield sign.entity.label

    def _fact(self, amount: Amount | None) -> str:
        """The IRI of the fact of this sentence that states a number; '' when none does."""
        if amount is None:
            return ""
        return next(
            (fact_iri(f) for f in self.facts if f.object == amount.value and not isinstance(f.object, bool)), ""
        )

    # Whose, and of what

    def subject(self, start: int = 0, end: int | None = None) -> Entity:
        """Whose results a stretch of the sentence speaks of: the speaker's unless it names another."""
        stop = len(self.clause.code) if end is None else end
        text = self.clause.code[start:stop]
        named = [
            sign.entity for at, sign in self.organizations(start, stop)
            if sign.entity and not self._aside(at) and (self.record.submitted(sign.entity.iri) or at == start)
        ]  # fmt: skip
        doing = _DOING.search(text)
        if doing:
            who = self.clause.sign(doing[1]).entity
            if (
                who
                and who.iri != self.speaker.iri
                and self.record.submitted(who.iri)
                and not _AWAY.search(text[: doing.start()])
            ):
                return who
        if OWN.search(text) or not named or self.speaker.iri in {e.iri for e in named}:
            return self.speaker
        return named[0]

    def organizations(self, start: int, end: int) -> Iterator[tuple[int, Sign]]:
        """The organizations named, other than as the maker of an accelerator or a processor."""
        for at, sign in self.clause.within("O", start, end):
            rest = self.clause.code[at:]
            if re.search(r"A\d+ $", self.clause.code[:at]) or _MAKES.match(rest):
                continue
            made = re.match(r"O\d+ (?:[a-z][\w-]* ){0,2}([ACSFW]\d+)", rest)
            if made and sign.entity and self._made_by(self.clause.sign(made[1]), sign.entity):
                continue
            yield at, sign

    def _made_by(self, thing: Sign, maker: Entity) -> bool:
        concepts = (self.record.vocabulary.get(e.iri) for e in thing.entities)
        return any(c is None or not c.developer or c.developer == maker.iri for c in concepts)

    def _aside(self, at: int) -> bool:
        """Whether an organization stands after a word that makes it no subject ('with NVIDIA', not "with NVIDIA's")."""
        name = self.clause.code[at:].split(" ", 2)
        return bool(_AWAY.search(self.clause.code[:at])) and name[1:2] != ["'s"]

    def theirs(self) -> list[tuple[int, int]]:
        """The stretches that name another submitter's things: "NVIDIA's DGX A100", 'eight H100 GPUs of NVIDIA'."""
        code, found = self.clause.code, []
        who = self.subject().iri
        for at, sign in self.organizations(0, len(code)):
            if not sign.entity or sign.entity.iri == who or sign.entity.iri in self.record.partners(who, self.round):
                continue
            if _POSSESSIVE.match(code, at):
                stop = ENDS.search(code, at)
                found.append((at, stop.start() if stop else len(code)))
            elif before := _THEIRS.search(code, 0, at):
                found.append((before.start(), at + 1))
        return found

    def about(self, start: int = 0, end: int | None = None, but: tuple[int, int] | None = None) -> Scope:
        """The subject's results that a stretch of the sentence names; `but` and what is another's are left out."""
        stop = len(self.clause.code) if end is None else end
        if but is None and self.beside and not start >= self.beside[0]:
            but = self.beside
        pieces = [(start, stop)]
        for low, high in [but] if but else self.theirs():
            pieces = [p for a, b in pieces for p in ((a, min(low, b)), (max(high, a), b)) if p[0] < p[1]]
        found = [scope(self.clause, a, b) for a, b in pieces] or [Scope()]
        made = found[0]
        for more in found[1:]:
            made = joined(made, more)
        made = replace(made, systems=self._systems(made.systems))
        at = pieces[0] if pieces else (start, stop)
        rounds = [s.entity.iri for a, b in pieces for _, s in self.clause.within("R", a, b) if s.entity]
        of = next((iri for iri in rounds if iri == self.round), rounds[0] if rounds else self.round)
        return replace(made, who=(self.subject(*at),), rounds=(of,))

    def _systems(self, systems: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The systems named, without the data centre or supercomputer that one of them stands in."""
        filed = [s for s in systems if self.record.filed(s)]
        places = {
            e for _, s in self.clause.within("S") for e in s.entities
            if re.match(r" (?:supercomputer|data ?cent(?:er|re)|cluster)\b", self.clause.view[s.end :])
        }  # fmt: skip
        return tuple(s for s in systems if s in filed or not filed or s not in places)

    @property
    def open_subject(self) -> bool:
        """Whether the sentence begins with people whose results are none of a submitter's."""
        return bool(_OTHERS.match(self.clause.code))


def joined(scope: Scope, more: Scope) -> Scope:
    """A scope with the parts of another where it has none itself."""
    names = (
        "who", "rounds", "benchmarks", "systems", "accelerators", "processors", "frameworks", "divisions", "availability",
        "count", "count_bound", "per_node", "nodes", "memory",
    )  # fmt: skip
    return replace(scope, **{n: getattr(more, n) for n in names if not getattr(scope, n)})


@dataclass(frozen=True, slots=True)
class Found:
    """The results that a scope means, and each part of it that stays open."""

    results: list[LinkedResult]
    missing: tuple[str, ...] = ()


def find(record: Record, scope: Scope) -> Found:
    """The results of a scope; a part that the record cannot decide is named, and never left out silently."""
    missing = [f"the record of {record.label(r)} is not loaded" for r in scope.rounds if not record.loaded(r)]
    if scope.who and not any(record.members(w) for w in scope.who):
        missing.append(f"whose result: {', '.join(w.label for w in scope.who)} is not among the submitters on record")
    elif scope.who and not missing and not record.of(Scope(who=scope.who, rounds=scope.rounds)):
        missing.append(f"no result of {told(record, Scope(who=scope.who, rounds=scope.rounds))} is on record")
    missing += [f"{s.label} is not among the systems as filed" for s in scope.systems if not record.filed(s)]
    if missing:
        return Found([], tuple(missing))
    results = record.of(scope)
    if not results and (reason := _less_exact(record, scope)):
        return Found([], (reason,))
    return Found(results, () if results or record.complete(scope) else (UNFINISHED,))


def _less_exact(record: Record, scope: Scope) -> str:
    """Which part of a scope the record does not speak of, or files less exactly; '' when nothing fits what it does file."""
    for kind, stated in (("accelerator", scope.accelerators), ("processor", scope.processors)):
        if unknown := [e.label for e in stated if not record.files(kind, e)]:
            return f"the record does not speak of {', '.join(unknown)}"
        if longer := _longer(record, scope):
            return f"{longer} may be meant"
        without = record.of(replace(scope, **{f"{kind}s": ()})) if stated else []  # type: ignore[arg-type]
        if near := [r for r in without if any(record.kin(getattr(r, kind), e) for e in stated)]:
            filed = ", ".join(sorted({getattr(r.result, kind) for r in near} - {""})) or "nothing"
            named = ", ".join(e.label for e in stated)
            return f"the {kind} is filed as {filed}, which leaves open whether it is {named}"
    return ""


def _longer(record: Record, scope: Scope) -> str:
    """A system as filed with all else of a scope, whose name goes on after that of the scope's system: 'XE9680L'; '' if none."""
    models = [next((w for w in reversed(s.label.split()) if re.search(r"\d", w)), "") for s in scope.systems]
    longer = [re.compile(rf"{re.escape(model)}[A-Za-z]", re.IGNORECASE) for model in models if model]
    names = ((r, f"{r.result.system} {r.result.system_name}") for r in record.of(replace(scope, systems=())))
    return next((r.result.system for r, name in names if any(n.search(name) for n in longer)), "")


UNFINISHED = "a system was filed whose logs are not on record"
"""What leaves a claim open that the results on record do not bear out."""


def told(record: Record, scope: Scope, *, whose: bool = True) -> str:
    """A scope in words: 'Dell, BERT, 8 × NVIDIA A100 in MLPerf Training v2.0'."""
    parts = [", ".join(e.label for e in scope.who) or "any submitter"] if whose else []
    named = scope.benchmarks, scope.systems, scope.frameworks, scope.processors, scope.divisions, scope.availability
    parts += [", ".join(e.label for e in group) for group in named if group]
    accelerators = " or ".join(e.label for e in scope.accelerators)
    count = scope.count or scope.either
    if scope.per_node:
        parts.append(f"{scope.per_node} × {accelerators or 'accelerators'} a node")
    elif count:
        limit = f"{scope.count_bound} " if scope.count_bound in BOUNDS else ""
        parts.append(f"{limit}{count:,} × {accelerators or 'accelerators'}")
    elif accelerators:
        parts.append(accelerators)
    if scope.memory:
        parts.append(f"{scope.memory} GB")
    if scope.nodes:
        parts.append(f"{scope.nodes:,} node{'s' if scope.nodes != 1 else ''}")
    rounds = ", ".join(record.label(r) for r in scope.rounds)
    return ", ".join(parts) + (f" in {rounds}" if rounds else "")


def minutes(r: LinkedResult) -> str:
    """A result with its minutes, and its division where that is not the closed one."""
    outside = "" if r.closed else f" ({r.division.label.lower()} division)"
    return f"{r.organization.label}, {r.result.system}, {r.benchmark.label}: {shown(r.result.minutes)} min{outside}"


def cited(results: list[LinkedResult]) -> tuple[str, ...]:
    """The IRIs of results, each once."""
    return tuple(dict.fromkeys(r.iri for r in results))


def decided(
    record: Record, claim: Claim, claimed: str, verdict: str, gives: str, formula: str, used: list[LinkedResult],
    whole: Scope | None = None, note: str = "",
) -> Review:  # fmt: skip
    """A review with a verdict, unless not all that was filed of a scope is on record."""
    if whole and not record.complete(whole):
        verdict, note = NOT_CHECKABLE, UNFINISHED
    return Review(claim, claimed, verdict, gives, formula, note, cited(used[:20]), 1, int(holds(verdict)))


def open_review(claim: Claim, claimed: str, missing: tuple[str, ...], record: str = "") -> Review:
    """A review without a verdict: the parts that are missing, by name."""
    return Review(claim, claimed, NOT_CHECKABLE, record, note="; ".join(dict.fromkeys(missing)), tried=0)
