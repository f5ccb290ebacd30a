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
    grouped,
    in_unit,
    literal,
    ordered,
    plural,
    ratio,
    several,
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
    once = ordered({h.text("organization"): h for h in reversed(ranked)}.values(), "minutes", best.end)
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
        once = ordered({h.text("organization"): h for h in reversed(ranked)}.values(), "minutes", best.end)
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
