"""Claims that only the words give: numbers of accelerators and nodes, a statement's own arithmetic, vague words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.claims.record import World
from kg.model.claim import (
    CONTRADICTED,
    NOT_CHECKABLE,
    ROUNDED,
    SUPPORTED,
    Filed,
    Review,
    Said,
    agrees,
    shown,
)

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s|$)|(?=\n|$))")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_ACCELERATORS = re.compile(
    rf"(?<![\w.,$-])((?:(?:{_NUMBER})(?:, | and | or ))*(?:{_NUMBER}))[- ](?:[A-Z][\w-]* ){{0,4}}"
    r"(?:GPUs|accelerators?(?: configurations)?|chips?(?: scale)?|IPUs|TPUs|HPUs)\b"
)
_NODES = re.compile(rf"(?<![\w.,$-])({_NUMBER})[- ](?:nodes|VMs)\b")
_VAGUE = re.compile(
    r"(?i)\b(?:leading|linear(?:ly)?|in[- ]line with|near(?:ly)? identical|outstanding|excellent|exceptional|record-breaking|"
    r"largest|fastest|highest|best(?!-)|only submitter|first (?:and only|to)|strong performance|on par)\b"
)
_LARGEST = re.compile(
    r"(?i)\blargest\b(?:[- ][\w-]+){0,3}[- ](?:submission|system|result|run|cluster|configuration)s?\b"
)
_OWN = re.compile(r"(?i)\b(?:submi|result|benchmark|mlperf|train)")


def check_words(world: World) -> list[Review]:
    """The reviews of what the texts of the statements say beyond the facts found in them."""
    reviews: list[Review] = []
    for statement, (speaker, round) in world.statements.items():
        facts = [s for s in world.said if s.statement == statement]
        if not facts or not world.loaded(round):
            continue
        text = world.text(statement)
        low, last = min(s.start for s in facts), max(s.end for s in facts)
        high = text.find("\n", last)
        high = len(text) if high < 0 else high  # to the end of the paragraph
        sentences = [m for m in _SENTENCE.finditer(text, low, high) if m[0].strip()]
        for at, sentence in enumerate(sentences):
            make = _Maker(statement, speaker, round, sentence)
            reviews += _scale(world, make, facts)
            reviews += _product(world, make)
            reviews += _energy(make, [m[0] for m in sentences[: at + 1]])
            reviews += _vague(world, make)
    return reviews


class _Maker:
    """Makes claims of one sentence."""

    def __init__(self, statement: str, speaker: str, round: str, sentence: re.Match[str]) -> None:
        lead = len(sentence[0]) - len(sentence[0].lstrip())
        self.words = sentence[0].strip()
        self.speaker, self.round = speaker, round
        self._statement, self._start = statement, sentence.start() + lead

    def said(self, predicate: str, value: Decimal | str) -> Said:
        """A claim of the sentence."""
        end = self._start + len(self.words)
        return Said(
            self._statement, self.speaker, predicate, self.words, self._start, end, self.speaker, self.speaker,
            self.round, value=value,
        )  # fmt: skip


def _scale(world: World, make: _Maker, facts: list[Said]) -> Iterator[Review]:
    """Numbers of accelerators and nodes in a sentence about submissions, beyond those of the facts."""
    if not _OWN.search(make.words):
        return
    carried = {
        n
        for s in facts
        for name, n in s.numbers.items()
        if name in ("acceleratorCount", "count", "maxCount", "nodeCount")
    }
    results = world.of(make.speaker, make.round)
    for pattern, what, counted in (
        (_ACCELERATORS, "accelerators", "accelerators"),
        (_NODES, "nodes", "nodes"),
    ):
        for match in pattern.finditer(make.words):
            for number in (Decimal(n.replace(",", "")) for n in re.findall(_NUMBER, match[1])):
                if number in carried or number < 2:
                    continue
                fits = [r for r in results if getattr(r, counted) == number]
                claimed = f"{world.label(make.speaker)} in {world.label(make.round)}: {shown(number)} {what}"
                filed = sorted({n for r in results if (n := getattr(r, counted))})
                record = (
                    f"{what} of its results: {', '.join(map(shown, filed))}"
                    if filed
                    else "no result gives them"
                )
                said = make.said("scale", number)
                if fits:
                    cited = tuple(r.iri for r in fits)
                    yield Review(
                        said, claimed, SUPPORTED, record, f"count of results = {len(fits)}", results=cited
                    )
                    if _LARGEST.search(make.words) and what == "accelerators":
                        yield _largest(world, make, fits[0])
                else:
                    note = "no result has this number; the words may speak of what is possible"
                    yield Review(said, claimed, NOT_CHECKABLE, record, note=note)


def _largest(world: World, make: _Maker, result: Filed) -> Review:
    """Whether a result has the most accelerators of its round, in any division."""
    peers = [r for r in world.results if r.round == make.round and r.accelerators]
    most = max(peers, key=lambda r: r.accelerators or 0)
    claimed = f"{world.label(make.speaker)}: the most accelerators of {world.label(make.round)}"
    formula = f"the most: {shown(most.accelerators or 0)}; its own: {shown(result.accelerators or 0)}"
    verdict = SUPPORTED if most.accelerators == result.accelerators else CONTRADICTED
    said = make.said("largest", Decimal(result.accelerators or 0))
    return Review(said, claimed, verdict, most.label, formula, results=(most.iri, result.iri))


def _product(world: World, make: _Maker) -> Iterator[Review]:
    """Accelerators and nodes of one sentence: whether the one is a multiple of the other, as filed."""
    accelerators = [
        Decimal(n.replace(",", ""))
        for m in _ACCELERATORS.finditer(make.words)
        for n in re.findall(_NUMBER, m[1])
    ]
    nodes = [Decimal(m[1].replace(",", "")) for m in _NODES.finditer(make.words)]
    if len(nodes) != 1 or not accelerators:
        return
    total = max(accelerators)
    results = [r for r in world.of(make.speaker, make.round) if r.nodes == nodes[0]]
    fits = [r for r in results if r.accelerators == total]
    claimed = f"{shown(total)} accelerators in {shown(nodes[0])} nodes"
    for r in fits[:1]:
        formula = f"{r.nodes} × {r.per_node} = {shown(total)}"
        yield Review(make.said("arithmetic", total), claimed, SUPPORTED, r.label, formula, results=(r.iri,))
    if results and not fits and total % nodes[0]:
        formula = f"{shown(total)} / {shown(nodes[0])} = {shown(total / nodes[0])}"
        yield Review(
            make.said("arithmetic", total),
            claimed,
            CONTRADICTED,
            results[0].label,
            formula,
            "not a whole number a node",
        )


def _energy(make: _Maker, passage: list[str]) -> Iterator[Review]:
    """'N % more power', 'more energy' or 'slower' from the watts and minutes that the statement itself gives just before."""
    given = [
        (Decimal(w[1].replace(",", "")), Decimal(m[1].replace(",", "")))
        for sentence in passage for part in re.split(r"\bcompar\w+ (?:to|with)\b", sentence)
        if (w := re.search(rf"({_NUMBER}) ?(?:Watts?|W)\b", part)) and (m := re.search(rf"({_NUMBER}(?:\.\d+)?) minutes", part))
    ]  # fmt: skip
    for amount, more, what in _compared(make.words):
        stated = Decimal(amount)
        claimed = f"{amount} % {'slower' if what == 'time' else f'{more} {what}'}"
        said = make.said("arithmetic", stated)
        sign = -1 if more == "less" else 1
        note = "the statement's own numbers" + (
            "" if what == "time" else ", from rated power; the record holds no power or energy"
        )
        worked = [
            (100 * sign * (_amount(own, what) / _amount(other, what) - 1), own, other)
            for other in reversed(given) for own in given if own != other
        ]  # fmt: skip
        fits = [w for w in worked if agrees(stated, w[0])]
        if not worked:
            yield Review(
                said, claimed, NOT_CHECKABLE, "no such field", note="the record holds no power or energy"
            )
            continue
        product = _from_shares(make.words) if what == "energy" and not fits else None
        if product and agrees(stated, product[0]):
            formula = f"{product[1]} = {shown(product[0])} %"
            yield Review(
                said,
                claimed,
                ROUNDED,
                "no such field",
                formula,
                f"from the shares of the same sentence; {note}",
            )
            continue
        value, own, other = (fits or sorted(worked, key=lambda w: abs(w[0] - stated)))[0]
        formula = f"({_multiplied(own, what)}) / ({_multiplied(other, what)}) − 1 = {shown(value)} %"
        verdict = agrees(stated, value) or CONTRADICTED
        yield Review(said, claimed, verdict, "no such field", formula, note if fits else f"nearest; {note}")


def _from_shares(words: str) -> tuple[Decimal, str] | None:
    """The energy that a sentence's own shares of power and time make, in percent, and the formula."""
    shares = {what: Decimal(n) * (-1 if more == "less" else 1) for n, more, what in _compared(words)}
    if not {"power", "time"} <= set(shares):
        return None
    power, time = (1 + shares[name] / 100 for name in ("power", "time"))
    return 100 * (power * time - 1), f"{power} × {time} − 1"


_SHARE = r"(\d+(?:\.\d+)?) ?(?:%|percent)"
_MORE = re.compile(
    rf"{_SHARE} (?:(?P<more>more|less) (?P<what>power|energy)|slower)"
    rf"|\b(?P<what2>power|energy)\b(?:(?!{_SHARE})[^.;]){{0,40}}?{_SHARE} (?P<more2>more|less)\b"
)


def _compared(words: str) -> Iterator[tuple[str, str, str]]:
    """The percentages of more or less power, energy or time: the number, 'more' or 'less', and of what."""
    for m in _MORE.finditer(words):
        number = next(group for group in m.groups() if group and group[0].isdigit())
        yield number, m["more"] or m["more2"] or "more", m["what"] or m["what2"] or "time"


def _amount(given: tuple[Decimal, Decimal], what: str) -> Decimal:
    """Of watts and minutes: the power, the time, or their product."""
    return {"power": given[0], "time": given[1], "energy": given[0] * given[1]}[what]


def _multiplied(given: tuple[Decimal, Decimal], what: str) -> str:
    watts, minutes = f"{shown(given[0])} W", f"{shown(given[1])} min"
    return {"power": watts, "time": minutes, "energy": f"{watts} × {minutes}"}[what]


def _vague(world: World, make: _Maker) -> Iterator[Review]:
    """Words without a threshold: the place of the speaker's results is shown, and no verdict is given."""
    found = _VAGUE.search(make.words)
    if not found or not _OWN.search(make.words):
        return
    places = [_place(world, r) for r in _best(world.of(make.speaker, make.round))]
    said = make.said("vague", found[0])
    claimed = f"{world.label(make.speaker)}: “{found[0]}”"
    yield Review(
        said,
        claimed,
        NOT_CHECKABLE,
        "; ".join(places[:8]),
        note="a vague word; the numbers are for the reader",
    )


def _best(results: list[Filed]) -> list[Filed]:
    """The fastest result of each benchmark and division."""
    best: dict[tuple[str, str], Filed] = {}
    for r in sorted(results, key=lambda r: r.minutes):
        best.setdefault((r.benchmark, r.division), r)
    return [best[key] for key in sorted(best)]


def _place(world: World, r: Filed) -> str:
    """The place of a result among those of its round, benchmark, division and number of accelerators."""
    peers = sorted(
        x.minutes for x in world.results
        if (x.round, x.benchmark, x.division, x.accelerators) == (r.round, r.benchmark, r.division, r.accelerators)
    )  # fmt: skip
    return f"{world.label(r.benchmark)} on {r.accelerators}: {shown(r.minutes)} min, place {peers.index(r.minutes) + 1} of {len(peers)}"
