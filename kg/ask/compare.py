"""Results held against each other: how far things are apart, what changed most, who won which, and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pyoxigraph as ox

from kg.ask.frame import Best, Frame
from kg.ask.results import (
    A_MINUTE,
    FUNCTIONS,
    TITLES,
    Hit,
    Outcome,
    Thing,
    cells,
    columns,
    compared,
    grouped,
    in_unit,
    literal,
    number_of,
    of_sides,
    once_each,
    ordered,
    plural,
    ratio,
    several,
    shown,
    table_of,
    told,
)
from kg.errors import NotUnderstood
from kg.query import Table

_ROWS = 50
_SIZES = ("acceleratorCount", "nodeCount")


def sided(frame: Frame, found: list[Hit], apart: str) -> Outcome:
    """What is compared, on one benchmark or on each; chips at equal numbers of them, where there are such results.

    Beside the best of each of two submitters stand their best at the greatest number that both have.
    """
    sizes = _equal_sizes(frame, found)
    if sizes is not None and frame.against == "organization":
        made = _sided(frame, found, apart)
        best, most = _duels(frame, found), dict(sorted(sizes))
        unlike = [b for b, ends in best.items() if b in most and len({h.number("acceleratorCount") for h in ends}) > 1]
        each = [f"With {shown(most[b])} accelerators each, {b}: {_times(sizes[b, most[b]])}" for b in unlike]
        return replace(made, lines=[*made.lines, *each])
    least = dict(sorted(sizes or (), reverse=True))
    alike = [h for h in found if (h.text("benchmark"), h.number("acceleratorCount")) in least.items()]
    made = _sided(frame, alike or found, apart)
    if sizes is None or made.lacking:
        return made
    how = "Compared at equal numbers of accelerators, the least that both have."
    others = [key for key in sorted(sizes) if len(least) == 1 and key[1] != least[key[0]]]
    lines = [*made.lines[:1], how if alike else "They have no equal numbers of accelerators.", *made.lines[1:]]
    return replace(made, lines=[*lines, *(f"With {shown(key[1])}: {_times(sizes[key])}" for key in others)])


def _equal_sizes(frame: Frame, found: list[Hit]) -> dict[tuple[str, Decimal], list[Hit]] | None:
    """The best results of two chips or submitters that are compared, by benchmark and number of accelerators.

    None where a size or the best is asked.
    """
    told = {c.field for c in (*frame.conditions, *chain(*frame.sides))} & {*_SIZES}
    plain = frame.against in ("accelerator", "organization") and not (
        told or frame.best or frame.aggregate or frame.counted
    )
    if not plain or len(frame.sides) != 2 or any(len(side) > 1 for side in frame.sides):
        return None
    groups = grouped(found, ["benchmark", "acceleratorCount"])
    ends = {(b, Decimal(n.replace(",", ""))): of_sides(group, 2) for ((_, b), (_, n)), group in groups}
    return {key: two for key, two in ends.items() if len(two) == 2}


def _sided(frame: Frame, found: list[Hit], apart: str) -> Outcome:
    if not frame.best and not frame.aggregate and "benchmark" in frame.group:
        return side_by_side(frame, found)
    return (
        ahead(frame, found, frame.best) if frame.best and frame.key == "benchmark" else _compared(frame, found, apart)
    )


def _compared(frame: Frame, found: list[Hit], apart: str) -> Outcome:
    """Two or more things side by side, and their ratio and difference."""
    counts = frame.aggregate == "count"
    rows = [(name, *_figure(frame, [h for h in found if at in h.sides])) for at, name in enumerate(compared(frame))]
    joint: dict[str, tuple[str, Decimal, Hit | None]] = {}  # who shares the best result is one side
    for label, n, hit in rows:
        key = hit.iri if hit else label
        joint[key] = (f"{joint[key][0]} and {label}" if key in joint else label, n, hit)
    rows = [*joint.values()]
    if len(rows) == 1:
        raise NotUnderstood("what is to be compared is one and the same result: say what the other is")
    measure = _measured(frame)
    title = plural(frame.counted or "result") if counts else TITLES.get(measure, measure)
    lines = [_in_words(label, n, title, hit, counts) for label, n, hit in rows]
    if apart:
        lines.append(f"Not to be compared: {apart}.")
    elif len(rows) == 2 and rows[0][1] and rows[1][1]:
        (first, a, _), (second, b, _) = rows
        told = (a < b if frame.claimed == "least" else a > b) * "Yes: " or "No: "
        lines.insert(0, bool(frame.claimed) * told + ratio(a, b, title))
        if not counts and measure in ("minutes", *A_MINUTE) and a != b:
            lines.append(f"{first if a < b else second} is the faster.")
        if measure.endswith("Count") and a != b:
            lines.append(f"{first if a > b else second} has more.")
        lines += _scaled([hit for *_, hit in rows]) if frame.against in _SIZES else []
    chosen = [hit for _, _, hit in rows if hit]
    table = Table(("side", title), tuple((ox.Literal(label), literal(n)) for label, n, _ in rows))
    lacks = not counts and not all(n for _, n, _ in rows)
    return Outcome(lines, table_of(frame, chosen) if chosen else table, found, lacking=lacks)


def _in_words(label: str, n: Decimal, title: str, hit: Hit | None, counts: bool) -> str:
    """One of the things that are compared, in words."""
    if not n and not counts:
        return f"{label}: no such result."
    if hit is None:
        return f"{label}: {shown(n)} {title}."
    chip = hit.text("accelerator")
    chips = f"{hit.text('acceleratorCount')} × {chip}" if chip else "no accelerators"
    return f"{label}: {shown(n)} {title} ({hit.text('organization')}, {chips})."


def _scaled(ends: Sequence[Hit | None]) -> list[str]:
    """How well the time falls from the smaller to the larger size, in a line; none where they have one size."""
    found = ((h.number("acceleratorCount"), h.number("minutes")) for h in ends if h)
    sizes = sorted((count, time) for count, time in found if count and time)
    if len(sizes) < 2 or sizes[0][0] == sizes[-1][0]:
        return []
    (few, slow), (many, fast) = sizes[0], sizes[-1]
    efficiency = f"a scaling efficiency of {shown(100 * slow / fast * few / many)} %"
    return [f"{shown(many / few)} times the accelerators, {shown(slow / fast)} times as fast: {efficiency}."]


def _figure(frame: Frame, mine: list[Hit]) -> tuple[Decimal, Hit | None]:
    """What is compared of one side: a count, a calculation, or its best result; 0 where there is none."""
    if frame.aggregate == "count":
        return Decimal(number_of(mine, frame.counted)), None
    best = frame.best if frame.best and frame.best.measure != "count" else Best("minutes", "least")
    ranked = ordered(mine, best.measure, best.end)
    numbers = [h.number(_measured(frame)) or Decimal(0) for h in ranked]
    if frame.aggregate in FUNCTIONS and ranked:
        return FUNCTIONS[frame.aggregate](numbers), None
    return (numbers[0], ranked[0]) if ranked else (Decimal(0), None)


def _measured(frame: Frame) -> str:
    """What is compared of results."""
    counted = frame.counted if not frame.aggregate and frame.counted.endswith("Count") else "minutes"
    best = frame.best.measure if frame.best and frame.best.measure not in ("count", "minutes") else counted
    return in_unit(frame, best)


def side_by_side(frame: Frame, found: list[Hit]) -> Outcome:
    """The best times of two or more things on each benchmark that all of them have, and how many each is ahead on.

    Raises NotUnderstood where they have none in common.
    """
    names, of_each = compared(frame), _duels(frame, found)
    if not of_each:
        raise NotUnderstood("they have no benchmark in common: say which benchmark")
    won = Counter(names[ends.index(ordered(ends, "minutes")[0])] for ends in of_each.values())
    ahead_on = ", ".join(f"{name} on {won[name]}" for name in names)
    lines = [f"Of {several(len(of_each), 'benchmark')} that they share, ahead are {ahead_on}."]
    lines += [f"{name}: {_times(ends)}" for name, ends in of_each.items()]
    chosen = [h for ends in of_each.values() for h in ends]
    return Outcome(lines, table_of(frame, chosen), chosen, listed=True)


def _times(ends: Sequence[Hit]) -> str:
    """The times of results side by side, and how many times the least the greatest is."""
    times = [h.number("minutes") or Decimal(0) for h in ends]
    return f"{' against '.join(map(shown, times))} minutes, {shown(max(times) / min(times))} times."


def ahead(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """On which benchmarks the first of two things has the better best time."""
    of_each = _duels(frame, found)
    won = {
        name: ends for name, ends in of_each.items() if ordered(ends, "minutes", best.end)[0] is ends[0] is not ends[1]
    }
    total = several(len(grouped(found, ["benchmark"])), "benchmark")
    details = [f"{name}: {' against '.join(told(h, 'minutes') for h in ends)}." for name, ends in won.items()]
    chosen = [h for ends in won.values() for h in ends]
    return Outcome(
        [f"{len(won)} of {total}{': ' if won else ''}{', '.join(won)}.", *details], table_of(frame, chosen), chosen
    )


def _duels(frame: Frame, found: list[Hit]) -> dict[str, list[Hit]]:
    """The best time of each of the things that are compared, by the benchmarks that all of them have."""
    best = {name: of_sides(group, len(frame.sides)) for ((_, name),), group in grouped(found, ["benchmark"])}
    return {name: ends for name, ends in best.items() if len(ends) == len(frame.sides)}


def improved(frame: Frame, best: Best, found: list[Hit], apart: str) -> Outcome:
    """Of which thing, or of which benchmark, the best time fell most between two rounds, as a ratio."""
    gains: list[tuple[Decimal, str, list[Hit]]] = []
    keys = dict.fromkeys((*frame.group, frame.key, "benchmark"))
    for key, group in grouped(found, [k for k in keys if k != "result"]):
        ends = of_sides(group, 2)
        if len({h.text("round") for h in ends}) == 2:
            early, late = sorted(ends, key=lambda h: h.text("round"))
            gain = (early.number("minutes") or Decimal(1)) / (late.number("minutes") or Decimal(1))
            gains.append((gain, ", ".join(label for _, label in key), [early, late]))
    gains.sort(key=lambda g: (-g[0] if best.end == "greatest" else g[0], g[1]))
    if not gains:
        raise NotUnderstood("no benchmark has results of both rounds that may be compared")
    if apart:
        lines = [f"{name}: {' then '.join(told(h, 'minutes') for h in two)}." for _, name, two in gains]
        lines.insert(0, f"Not to be compared: {apart}.")
        return Outcome(lines, table_of(frame, [h for *_, two in gains for h in two]))
    chosen = gains[best.rank - 1 : best.rank - 1 + best.count]
    lines = [
        f"{name}: {shown(n)} times as fast{_less(n)}, {' then '.join(told(h, 'minutes') for h in two)}."
        for n, name, two in chosen
    ]
    rows = tuple((ox.Literal(w), literal(n), *(literal(h.number("minutes") or 0) for h in t)) for n, w, t in gains)
    table = Table((frame.key, "times as fast", "minutes before", "minutes after"), rows[:_ROWS])
    return Outcome(lines, table, [h for *_, two in chosen for h in two])


def _less(gain: Decimal) -> str:
    return f" ({shown(100 - 100 / gain)} % less time)" if gain > 1 else ""


def wins(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """The benchmarks, or rounds, at whose end of times is what the frame's part says; else how many each thing has.

    Who shares the end of a benchmark's times has it too.
    """
    ends: dict[str, list[Hit]] = {}
    field = "round" if "round" in (frame.key, frame.counted) else "benchmark"
    several_rounds = field == "benchmark" and len({h.text("round") for h in found}) > 1
    fields = [field, *(["round"] if several_rounds else [])]  # 'has it ever won a benchmark': in each round by itself
    for things, group in grouped([h for h in found if h.number("minutes") is not None], fields):
        ranked, name = ordered(group, "minutes", best.end), " in ".join(label for _, label in things)
        ends[name] = [h for h in ranked if h.number("minutes") == ranked[0].number("minutes")]
    if not frame.part:
        return _counted(frame, ends)
    mine = {name: [h for h in hits if 1 in h.sides] for name, hits in ends.items()}
    won = [name for name, hits in mine.items() if hits]
    hits = [h for name in won for h in mine[name]]
    each = ", each round by itself" * several_rounds
    line = f"{len(won)} of {several(len(ends), field)}{each}{': ' if won else ''}{', '.join(won)}."
    ever = field == "round" or not any(c.field == "round" for c in frame.conditions)
    no = not won if ever else len(won) < len(ends)  # 'did it ever win', 'did it win all'
    others = [
        f"{name}: {told(ends[name][0], 'minutes')}."
        for name in ends
        if name not in won and frame.polar and not several_rounds
    ]
    return Outcome([line, *others], table_of(frame, hits), hits or found, listed=bool(hits), no=no)


def _counted(frame: Frame, ends: dict[str, list[Hit]]) -> Outcome:
    """How many benchmarks each thing has won: the most in words, all in the table."""
    key = next((f for f in (*frame.asked, *frame.group) if f not in ("benchmark", "minutes", "result")), "organization")
    had: Counter[Thing] = Counter()
    for hits in ends.values():
        had.update({thing for h in hits for thing in h.things(key)})
    order = sorted(had.items(), key=lambda pair: (-pair[1], pair[0][1]))
    most = [f"{label}: {several(n, 'benchmark')}" for (_, label), n in order if n == order[0][1] or frame.group]
    rows = tuple((*cells([thing]), literal(n)) for thing, n in order)
    table = Table((*columns([key]), plural("benchmark")), rows)
    hits = [h for found in ends.values() for h in found]
    return Outcome([f"{'; '.join(most)}, of {len(ends)} in all."], table, hits, listed=len(rows) > len(most))


def gap(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """How far the best result and that at a place are apart, of submitters too where those are others.

    Raises NotUnderstood where there are not so many.
    """
    ranked = ordered(found, "minutes", best.end)
    once = once_each(ranked)
    if len(ranked) < best.rank:
        raise NotUnderstood(f"there are only {several(len(ranked), 'result')}")
    lines, rows = [], [ranked[0]]
    for order, said in ((ranked, ""), (once, "Counting each submitter once: ")):
        if len(order) >= best.rank and (other := order[best.rank - 1]) not in rows:
            measure = in_unit(frame, "minutes")
            first, second = (h.number(measure) or Decimal(0) for h in (ranked[0], other))
            lines += [f"{said}{ratio(first, second, measure)}"]
            rows.append(other)
    return Outcome([*lines, *(f"{told(h, 'minutes')}." for h in rows)], table_of(frame, rows), rows)


def place(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """The place of the best result of what the frame's part says among all, and among the best of each submitter.

    Raises NotUnderstood where nothing says whose place is asked for, or where they have no such result.
    """
    lines, first = [], []
    for _, group in grouped(found, ["benchmark"]):
        ranked = ordered(group, "minutes", best.end)
        mine = next((h for h in ranked if 1 in h.sides), None)
        if mine is None or not frame.part:
            continue
        once = once_each(ranked)
        lines.append(f"Number {ranked.index(mine) + 1} of {several(len(ranked), 'result')}: {told(mine, 'minutes')}.")
        if mine in once and len(once) > 1:
            lines.append(f"Counting each submitter once: number {once.index(mine) + 1} of {len(once)}.")
        first.append(mine)
    if not first:
        raise NotUnderstood("say whose place among which results: there is no such result")
    return Outcome(
        lines, table_of(frame, ordered(found, "minutes", best.end) if len(first) == 1 else first), first, listed=True
    )


AMONG: dict[str, Callable[[Frame, list[Hit], Best], Outcome]] = {"wins": wins, "gap": gap, "place": place}
"""What a frame's best calculates of the results of benchmarks, by its measure."""
