"""Places among the times of benchmarks: who won which and how many, who was ahead of whom, how far apart places are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from kg.ask.frame import Best, Frame
from kg.ask.results import (
    Hit,
    Outcome,
    Thing,
    cells,
    columns,
    compared,
    grouped,
    literal,
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


def wins(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """The benchmarks, or rounds, at whose end of times is what the frame's part says; else how many each thing has.

    Who shares the end of a benchmark's times has it too.
    """
    ends: dict[str, list[Hit]] = {}
    field = "round" if "round" in (frame.key, frame.counted) else "benchmark"
    for ((_, name),), group in grouped([h for h in found if h.number("minutes") is not None], [field]):
        ranked = ordered(group, "minutes", best.end)
        ends[name] = [h for h in ranked if h.number("minutes") == ranked[0].number("minutes")]
    if not frame.part:
        return _counted(frame, ends)
    mine = {name: [h for h in hits if 1 in h.sides] for name, hits in ends.items()}
    won = [name for name, hits in mine.items() if hits]
    hits = [h for name in won for h in mine[name]]
    line = f"{len(won)} of {several(len(ends), field)}{': ' if won else ''}{', '.join(won)}."
    others = [f"{name}: {told(ends[name][0], 'minutes')}." for name in ends if name not in won and frame.polar]
    return Outcome([line, *others], table_of(frame, hits), hits or found, listed=bool(hits), no=len(won) < len(ends))


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
    for name, ends in of_each.items():
        times = [h.number("minutes") or Decimal(0) for h in ends]
        lines.append(f"{name}: {' against '.join(map(shown, times))} minutes, {shown(max(times) / min(times))} times.")
    chosen = [h for ends in of_each.values() for h in ends]
    return Outcome(lines, table_of(frame, chosen), chosen, listed=True)


def _duels(frame: Frame, found: list[Hit]) -> dict[str, list[Hit]]:
    """The best time of each of the things that are compared, by the benchmarks that all of them have."""
    sides = range(len(frame.sides))
    best = (
        (name, [h for at in sides for h in ordered([h for h in group if at in h.sides], "minutes")[:1]])
        for ((_, name),), group in grouped(found, ["benchmark"])
    )
    return {name: ends for name, ends in best if len(ends) == len(sides)}


def gap(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """How far the best result and that at a place are apart, of submitters too where those are others.

    Raises NotUnderstood where there are not so many.
    """
    ranked = ordered(found, "minutes", best.end)
    once = ordered({h.text("organization"): h for h in reversed(ranked)}.values(), "minutes", best.end)
    if len(ranked) < best.rank:
        raise NotUnderstood(f"there are only {several(len(ranked), 'result')}")
    lines, rows = [], [ranked[0]]
    for order, said in ((ranked, ""), (once, "Counting each submitter once: ")):
        if len(order) >= best.rank and (other := order[best.rank - 1]) not in rows:
            first, second = (h.number("minutes") or Decimal(0) for h in (ranked[0], other))
            lines += [f"{said}{ratio(first, second, 'minutes')}"]
            rows.append(other)
    return Outcome([*lines, *(f"{told(h, 'minutes')}." for h in rows)], table_of(frame, rows), rows)


AMONG: dict[str, Callable[[Frame, list[Hit], Best], Outcome]] = {"wins": wins, "gap": gap}
"""What a frame's best calculates of the results of benchmarks, by its measure."""
