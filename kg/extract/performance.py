"""Times to train, improvements, and the other figures a statement gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kg.extract.participation import EXCEPT, left_out
from kg.extract.passage import PART_OF, PREVIOUS, SUBMIT, TRAIN, Passage
from kg.extract.table_times import in_cell, of_another
from kg.extract.tagged import Tagged, pattern
from kg.extract.unsaid import denied, of_other_benchmarks, undone, unofficial, unsaid
from kg.model.statement import Entity, Fact, Quantity

UNITS = ("minutes", "seconds", "hours")
"""The units of times to train."""
GAIN = (
    r"(?:improv|faster|speed-?\s?up|increas|better|decreas|reduc|higher|boost|gain|more (?:\w+ )?performance|shorter|uplift|quicker"
    r"|as (?:fast|quick)|perform|accelerat|cut\b|cutting|lower|drop|less time|efficien|per watt)"
)
_NOT_GAIN = (
    r"\s*(?:\w+\s+){0,2}(?:utili[sz]ation|energy\b(?! efficien)|carbon|share|of all|submissions|power\b(?! efficien)|cheaper|memory|cost|accuracy|market|customers|scaling)"
    r"|\s+(?:slower|more power|more energy)"
)
_NO_GAIN_BEFORE = r"\b(?:utili[sz]ation|energy(?! efficien)|carbon|power consumption|costs?|prices?)\b[^,;]{0,30}$"
_THINGS = r"\s*(?:{ASGP}|(?:servers?|accelerators?|gpus?|chips?|nodes?)\b)"
_OF_ANOTHER = (
    r"\s+(?:faster|slower|shorter|longer|less|more|better|worse|earlier|later|ago|saved)\b|\s*(?:/|per\b)\s*\w|\s(?:an?|each)\s(?:epoch|step|iteration)"
    r"|\s*:\s(?!(?:(?:on|for|in|the)\s){0,2}{BK})(?=[^\d{T}{N}]*{BK})|\s+of\s+(?:speech|video|audio)|\s+(?:off|were spent)\b|\s+from\s+{B}|[\s-]+read\b"
)
"""What follows a time that is no time to train: a difference, a part, or what something else lasts."""
_BEFORE_ANOTHER = r"\b(?:sav(?:e|es|ed|ing)|by|another|additional|extra)\s+(?:\w+\s+){0,2}?$|\breference (?:implementation|code)\b[^.;,]*$"
_OTHER_WORK = (
    r"\b(?:download|compil|pre-?process|initiali[sz]|evaluat|install|set-?up|checkpoint|talk|start-?up|warm-?up|boot|staging)\w*\b(?:(?!train)[^.;,])*$"
    r"|(?:\b(?:an?|each|every|single|first|last)|{N})\s(?:\w+\s)?(?:epoch|step|iteration|batch)\b(?:(?!train|in\s)[^.;,])*$"
)
_SHARED = r"\s*(?:together|combined|altogether|in (?:total|all)|overall|for both)\b"
_SUM = r"\b(?:total|combined|together|altogether)\b[^.;]{0,40}$"
"""What makes a time that of several benchmarks as one."""
_LOSS = r"\b(?:slow(?:ed|er|s)|slow-?down|regress\w*|degrad\w*|worse\w*|declin\w*)\b[^,;.]{0,40}$"
_AGAINST = r"\b(?:compar\w+\b[^.;,]{0,40}?\b(?:with|to)|versus|vs\.?|against)\b[^.;]{0,60}$"
_BEFORE = r"\b(?:rather than|instead of|from|previously)\s+(?:our\s+)?$"
_OF_BASELINE = r"\bbaseline\b[^.;{T}]{0,60}$"
_TIME_WORDS = r"\b(?:train\w*|times?|results?|in|was|took|takes|need\w*|compar\w*|reach\w*|finish\w*)\b"


_RUN = f"{SUBMIT}|{TRAIN}"
_ALONE = r"(?:[^.;:]{0,80}(?:[:=|→]|\s[-–—])\s?)?\W{0,3}(?:in\s)?{T}\W*"
"""An item that is a time alone, or a time with whose it is: 'ZX90: 16.6 minutes'."""


def times(p: Passage) -> Iterator[Fact]:
    """timeToTrain: of its own, of an own baseline, of an earlier round, or of another submitter."""
    seen: set[tuple[str, str, str]] = set()
    for t, topic in _topics(p):
        marks = t.entities("BK")
        in_lists = paired(t, "NT", "T") or {}
        for at in t.all("T"):
            amount = t.quantity(at)
            if amount.unit not in UNITS and not (amount.unit == "days" and marks):
                continue
            left = t.text[max(0, at - 100) : at]
            bare = pattern(_ALONE).fullmatch(t.text) and not of_another(f"{t.sentence.above} {t.text}")
            above = (p.over.get(t.sentence.above) or p.over.get(_titled(t))) if bare else None
            if t.sentence.above in p.over and not marks and of_another(t.text):
                continue
            listed = topic and _of_a_list(t)
            if not (marks or above or listed or t.has(_TIME_WORDS)) or not _is_result(p, t, at) or in_cell(t, at):
                continue
            benchmark = in_lists.get(at) or benchmark_at(t, at) or above or topic
            if benchmark is None or p.unnamed(t, at):
                continue
            key = (str(amount.value), amount.unit, benchmark.iri)
            if key in seen:
                continue
            seen.add(key)
            chip, number = _on(t, at)
            other = p.other_actor(t, at)
            before = pattern(_BEFORE).search(left)
            base = pattern(_OF_BASELINE).search(left)
            moved = pattern(_ARROW).match(t.text, at + 1)
            against = pattern(_AGAINST).search(left) and not pattern(r"\bour\b[^.;]{0,40}$").search(left)
            unnamed = (against or p.surpassed(t, at)) and not base
            yield p.fact(
                t, "timeToTrain", p.actor(t, at), amount.value, unit=amount.unit, benchmark=benchmark,
                comparator=amount.comparator, accelerator=chip, acceleratorCount=number,
                round=_round_before(t) if before else _round_at(p, t, at),
                baseline="own baseline" if base else "value before" if moved else None,
                whose="another submitter (not named)" if unnamed else other.entity if other else p.owner,
            )  # fmt: skip


def _titled(t: Tagged) -> str:
    """The title over an item that names nothing but what was run, and how much of it."""
    item = t.sentence.kind == "item" and (t.all("SAPMN") or t.text[:1] == pattern("{T}").pattern)
    return t.sentence.over if item else ""


def _is_result(p: Passage, t: Tagged, at: int) -> bool:
    """Whether a time is said as one in which something was trained: no part of it, no difference, no plan."""
    left, right = t.text[max(0, at - 100) : at], t.text[at + 1 : at + 60]
    several = len(set(t.entities("BK"))) > 1
    return not (
        t.quantity(at).value <= 0
        or (several and (pattern(_SHARED).match(right) or pattern(_SUM).search(left)))
        or t.quantity(at).low is not None
        or pattern(PART_OF).search(left)
        or pattern(_OF_ANOTHER).match(right)
        or pattern(f"{_BEFORE_ANOTHER}|{_OTHER_WORK}").search(left)
        or unsaid(t, at)
        or unofficial(t)
        or denied(t, at)
        or undone(t, at)
        or p.of_another_suite(t, at)
        or of_other_benchmarks(t, at)
        or p.planned(t, at)
    )


def _of_a_list(t: Tagged) -> bool:
    """Whether an item gives one time of some hardware, below what was run: '2 nodes, 16 GPUs: 16.4 minutes'."""
    alone = t.sentence.kind == "item" and len(t.all("T")) == 1 and not t.all("O")
    return bool(alone and t.all("NSA") and pattern(_RUN).search(t.sentence.lead.lower()))


def _topics(p: Passage) -> Iterator[tuple[Tagged, Entity | None]]:
    """The sentences, each with the benchmark of this round that it goes on about without naming one."""
    topic: tuple[Entity, Tagged] | None = None
    for t in p.tagged:
        places = t.all("BK")
        near = topic is not None and (
            t.sentence.paragraph - topic[1].sentence.paragraph <= 1
            or (t.sentence.lead and t.sentence.lead in topic[1].sentence.view)
        )
        yield t, topic[0] if topic and near and not places else None
        if marks := set(t.entities("BK")):
            alone = len(marks) == 1 and not (left_out(t) or t.has(EXCEPT))
            if topic is None or not (alone and all(p.earlier(t, at) for at in places)):
                topic = (marks.pop(), t) if alone else None


_ARROW = r"\s*(?:[→⇒⇨➔-➾⟶⟹]|[-=–—]{1,2}>|>)\s*"
_SAME_UNIT = (
    rf"(?P<n>{{N}}){_ARROW}(?P<t>{{T}})",
    r"\bfrom\s+(?P<n>{N})\s+(?:down\s+)?to\s+(?:just\s+|only\s+)?(?P<t>{T})",
    r"(?P<n>{N})\s*(?:,|and|or|versus|vs\.?)\s*(?P<t>{T})",
    r"(?P<n>{N})\s*(?:,|and)\s+(?:the\s+)?{BK}\s+in\s+(?:\w+\s+)?(?P<t>{T})",
)
"""Numbers that share the unit of a time beside them: '12.3 → 9.8 minutes', 'from 12.3 to 9.8 minutes', '27.0 minutes versus 26.1'."""


def shared_units(p: Passage) -> Iterator[Fact]:
    """timeToTrain of the numbers that share another's unit."""
    seen: set[str] = set()
    for t, topic in _topics(p):
        of = paired(t, "NT", "T") or {}
        for at, last, before in _sharing(t, of):
            number, unit = t.quantity(at), t.quantity(last).unit
            written = t.sentence.view[number.span.start : number.span.end]
            benchmark = of.get(at) or benchmark_at(t, at) or topic
            if unit not in UNITS or not ("." in written or of) or benchmark is None or written in seen:
                continue
            if not _is_result(p, t, last) or p.other_actor(t, at):
                continue
            seen.add(written)
            earlier = before and (t.all("r") or t.has(PREVIOUS))
            yield p.fact(
                t, "timeToTrain", p.owner, number.value, unit=unit, benchmark=benchmark, whose=p.owner,
                round=_round_before(t) if earlier else p.round, baseline="value before" if before and not earlier else None,
            )  # fmt: skip


def _sharing(t: Tagged, of: Mapping[int, object]) -> Iterator[tuple[int, int, bool]]:
    """Where numbers stand without a unit, where the time stands whose unit they share, and whether that came after.

    `of` are several times that go with as many benchmarks.
    """
    for rule in _SAME_UNIT:
        yield from ((m.start("n"), m.start("t"), rule in _SAME_UNIT[:2]) for m in t.matches(rule))
    yield from ((at, max(of), False) for at in sorted(of)[:-2] if t.is_a(at, "N"))


def _round_before(t: Tagged) -> Entity | str:
    return next(iter(t.entities("r")), "previous")


_LEADS_TO = (
    r"\s*(?:(?!(?:and|while)\b)[^\s,;]+[\s-]){0,7}?(?:for|on|in|of|to train)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:\([^)]*)?$"
)
"""What stands between a figure and the benchmark after it that it is of."""


def benchmark_at(t: Tagged, at: int) -> Entity | None:
    """The benchmark that a figure at a place is about: the nearest before it, else the only one after."""
    before = t.entities("BK", 0, at)
    following = [b for b in t.all("BK", at) if t.entity(b)]
    if following:
        between = t.text[at + 1 : following[0]]
        if pattern(_LEADS_TO).match(between) and not t.all("%XT", at + 1, following[0]):
            return t.entity(following[0])
    if before or len(following) != 1:
        return before[-1] if before else None
    timed = t.is_a(at, "T") and t.all("T", following[0])  # 'X took 5 minutes, BERT 9 minutes'
    return None if timed else t.entity(following[0])


_ON = r"^(?:(?!,\s*(?:and|but|while)\b|\b(?:than|against|versus|vs|compared)\b)[^.;]){0,60}?(?:\b(?:on|using|with|at|across)\s+|\()(?:just\s+|only\s+|a\s+|single\s+)*(?:({NX})\s*)?(?:[\w-]+\s+){0,2}?(?:({A})|GPUs?\b|chips?\b|accelerators?\b|IPUs?\b)"
_CHIPS_BEFORE = r"({N})\s+(?:[\w-]+\s+){0,2}?(?:({A})|GPUs?\b|chips?\b)[^.;\ue011]{0,24}$"
_MOVED = r"{T}\s+(?:in|of|from|for)\s+(?:our\s+)?{r}\s+(?:down\s+)?to\s+(?:\w+\s+){0,2}$"
"""Before a time of this round: 'from 12 minutes in v1.0 to 9 minutes'."""


def _on(t: Tagged, at: int) -> tuple[Entity | None, Decimal | None]:
    """The accelerator and the count that follow a figure ('… on 1024 A100 GPUs'), or precede it."""
    if match := pattern(_ON).match(t.text[at + 1 : at + 90]):
        number = t.quantity(at + 1 + match.start(1)).value if match[1] else None
        return (t.entity(at + 1 + match.start(2)) if match[2] else None), number
    back = pattern(_CHIPS_BEFORE).search(t.text[:at])
    if back and not pattern(r"{T}\s*\([^()]*$").search(t.text[: back.start()]):
        return (t.entity(back.start(2)) if back[2] else None), t.quantity(back.start(1)).value
    return None, None


def _round_at(p: Passage, t: Tagged, at: int) -> Entity | str:
    own = pattern(r"\.?\s+(?:of|in|from|for)\s+(?:our\s+)?(?P<r>{Rr})").match(t.text, at + 1)
    if own and (entity := t.entity(own.start("r"))):
        return entity
    moved = pattern(_MOVED).search(t.text, 0, at)
    if moved or not p.earlier(t, at):
        return p.round
    named = [e for r in t.all("r", 0, at) or t.all("r", at, at + 60)[:1] if (e := t.entity(r))]
    return named[-1] if named else "previous"


def improvements(p: Passage) -> Iterator[Fact]:
    """improvement: a percentage or factor of more speed or less time, with what it is measured against."""
    seen: set[tuple[str, ...]] = set()
    for t in (t for t in p.tagged if t.all("%X")):
        pairs = paired(t)
        earlier = next(iter(t.entities("r")), "previous" if t.has(PREVIOUS) else None)
        for at in t.all("%X"):
            amount = t.quantity(at)
            if not _gain(t, at, amount) or unsaid(t, at) or (pairs is not None and at not in pairs):
                continue
            benchmark = benchmark_at(t, at) if pairs is None else pairs[at]
            systems = [s for s in t.all("S", at) if not t.all("%X", at + 1, s)]
            system = t.entity(systems[0]) if systems else None
            key = (str(amount.value), amount.unit, benchmark.iri if benchmark else "", system.iri if system else "")
            if key in seen:
                continue
            seen.add(key)
            yield p.fact(
                t, "improvement", p.actor(t, at), amount.value, unit=amount.unit, metric=_metric(t, at),
                comparator=amount.comparator, benchmark=benchmark, system=system, baseline=_baseline(p, t, at),
                baselineRound=earlier, division=next((t.entity(d) for d in t.all("D")), None),
            )  # fmt: skip


def unquantified(p: Passage) -> Iterator[Fact]:
    """improvement without a figure: 'improved BERT and SSD results', 'a significant improvement over v1.0'."""
    for t in p.tagged:
        if t.all("%X"):
            continue
        for match in t.matches(_IMPROVED):
            for entity in dict.fromkeys(t.entities("B", *match.span())) if p.own(t, match.start()) else ():
                yield p.fact(
                    t, "improvement", p.owner, "improved", quantified=False, metric="results", benchmark=entity
                )
        for match in t.matches(_BETTER_THAN):
            if p.own(t, match.start()):
                round_ = t.entity(match.start("r"))
                yield p.fact(t, "improvement", p.owner, match["said"], quantified=False, baselineRound=round_)


_IMPROVED = r"\bimproved\s+(?:the\s+|our\s+)?{B+}"
_BETTER_THAN = r"\b(?P<said>(?:significant|substantial|major)\s+improvements?)\s+(?:over|on)\s+(?:our\s+)?(?P<r>{r})"


def _gain(t: Tagged, at: int, amount: Quantity) -> bool:
    """Whether a percentage or factor speaks of speed or time."""
    left, right = t.text[max(0, at - 140) : at], t.text[at + 1 : at + 70]
    near = right[:26]
    multiplied = amount.unit == "factor" and t.sentence.view[amount.span.end - 1] in "xX×"
    if (
        pattern(_NOT_GAIN).match(near)
        or pattern(rf"{_NO_GAIN_BEFORE}|{_LOSS}").search(left)
        or (multiplied and pattern(_THINGS).match(right))  # '4x A100'
    ):
        return False
    return bool(pattern(GAIN).search(near) or pattern(rf"{GAIN}[^.;]{{0,110}}$").search(left))


def paired(t: Tagged, of: str = "%X", last: str = "") -> dict[int, Entity | None] | None:
    """Figures paired with benchmarks in order: 'BERT, SSD and DLRM are improved by 16 %, 4 % and 11 %'.

    `last` tells what the last of the figures must be, where only it has its unit.
    """
    names = next((m for m in t.matches("{BK+}") if len(t.all("BK", m.start(), m.end())) > 1), None)
    if names is None:
        return None
    places = t.all("BK", names.start(), names.end())
    for figures in t.matches(f"{{{of}+}}"):
        amounts = t.all(of, figures.start(), figures.end())
        if len(amounts) == len(places) and (not last or t.is_a(amounts[-1], last)):
            return dict(zip(amounts, map(t.entity, places), strict=True))
    return None


_METRICS = (
    r"\btime[- ]to[- ]train\b|\bttt\b|\btraining times?\b",
    r"\bspeed-?\s?ups?\b|\bfaster\b|\bthroughput\b|\bperformance\b|\bslower\b",
)


def _metric(t: Tagged, at: int) -> str:
    right, left = t.text[at + 1 : at + 60], t.text[max(0, at - 60) : at]
    if pattern(r"[^,;.]{0,30}\bpower efficiency\b").match(right):
        return "power efficiency"
    if pattern(r"\bper watt\b").search(right[:40] + " | " + left[-40:]):
        return "performance per watt"
    for metric in _METRICS:
        if found := pattern(metric).search(right + " " + left):
            return "speed" if found[0] in ("faster", "slower") else found[0]
    return "performance"


_THAN = r"\b(?:compared (?:with|to)|relative to|versus|vs\.?|over|than|against|from|since)\s+(?!\W)"
_END_OF_THAN = r"[,;.](?:\s|$)|\band\s+[\ue012\ue013]|\s(?:due to|thanks to|because|through|while|which)\b|$"


def _baseline(p: Passage, t: Tagged, at: int) -> str | None:
    """The words that say what an improvement is measured against."""
    match = pattern(_THAN).search(t.text[at + 1 :])
    before = pattern(r"\s*(?:compared (?:with|to)|relative to|versus|over|against)\s+(?!\W)").match(t.text[:at])
    if not (match or before):
        return None
    start = at + 1 + match.end() if match else before.end() if before else 0
    stop = pattern(_END_OF_THAN).search(t.text[start:])
    if not stop or not stop.start():
        return None
    words = " ".join(p.quote(t.span(start, start + stop.start())).split())
    return words if 3 <= len(words) <= 140 else None
