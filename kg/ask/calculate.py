"""From the results that a query found to the answer: one sentence or a few, and a small table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox

from kg.ask.compare import AMONG, improved, sided
from kg.ask.frame import Best, Frame
from kg.ask.results import (
    FUNCTIONS,
    TITLES,
    Hit,
    Outcome,
    Thing,
    cells,
    columns,
    grouped,
    in_unit,
    labels,
    literal,
    number_of,
    once_each,
    ordered,
    plural,
    ratio,
    several,
    shown,
    table_of,
    told,
    unit,
)  # fmt: skip
from kg.errors import NotUnderstood
from kg.query import Table

_AGREED = 10
_FEW = 3
"""So many submitters are named beside a count of results."""
_NAMED = 40
"""So many names stand in a sentence."""


def calculate(frame: Frame, found: list[Hit], rounds: Sequence[str], apart: str = "") -> Outcome:
    """What is asked, from the results that meet the conditions; `rounds` are the IRIs of all rounds in their order.

    `apart` says why two rounds may not be compared: their times then stand side by side, without a ratio.
    """
    best = frame.best if frame.best and not frame.best.than else None
    if best and best.margin:
        near = [h for _, group in grouped(found, frame.group or ["benchmark"]) for h in _near(group, best)]
        free = replace(frame, best=None, group=frame.group if frame.aggregate else ())
        return calculate(free, list({h.iri: h for h in near}.values()), rounds)
    if best and best.measure == "improvement":
        return improved(frame, best, found, apart)
    if best and (among := AMONG.get(best.measure)):
        return among(frame, found, best)
    if frame.sides:
        return sided(frame, found, apart)
    if frame.part:
        return _share(frame, found)
    if frame.having or (best and best.measure == "count"):
        return _by_count(frame, found)
    if frame.change in ("first", "last"):
        return _first(frame, found, rounds)
    if frame.aggregate:
        found = ordered(found, best.measure, best.end)[: best.count] if best and best.count > 1 else found
        function = _figures if frame.aggregate in FUNCTIONS else _values if frame.aggregate == "values" else _counted
        return function(frame, found)
    if frame.group or best:
        return _best(frame, found, best or Best("minutes", "least"))
    return _listed(frame, found)


# The best


def _near(found: list[Hit], best: Best) -> list[Hit]:
    """The results that are no farther from the best than the margin."""
    ranked = ordered(found, best.measure, best.end)
    numbers = {h.iri: h.number(best.measure) or Decimal(0) for h in ranked}
    return [h for h in ranked if abs(numbers[h.iri] - numbers[ranked[0].iri]) <= best.far(numbers[ranked[0].iri])]


def _best(frame: Frame, found: list[Hit], best: Best) -> Outcome:
    """The results at one end of a measure; of each group, and of each benchmark where times are ranked."""
    several_ = (
        not frame.counted
        and best.measure in ("minutes", "performance")
        and len({h.text("benchmark") for h in found}) > 1
    )
    if fields := frame.group or (["benchmark"] if several_ else []):
        place = slice(best.rank - 1, best.rank)
        chosen = [h for _, group in grouped(found, fields) for h in ordered(group, best.measure, best.end)[place]]
        if best.count > 1:  # each once, from one end to the other
            chosen = ordered({h.iri: h for h in chosen}.values(), best.measure, best.end)[: best.count]
        return Outcome([], table_of(frame, chosen), found, listed=True)
    ranked = ordered(found, best.measure, best.end)
    if not ranked:
        raise _unsaid(found, best.measure)
    at = best.rank - 1
    chosen = ranked[at : at + best.count]
    if not chosen:
        return Outcome([f"There are only {len(ranked)} results."], table_of(frame, ranked[:_AGREED]), found)
    if best.rank > 1:  # one place in the order of results, and of submitters
        lines, rows = [f"{told(chosen[0], best.measure)}."], chosen[:1]
        once = once_each(ranked)[at : at + 1]
        if frame.key == "organization" and once and once != rows:
            lines.append(f"Counting each submitter once: {told(once[0], best.measure)}.")
            rows = rows + once
        return Outcome(lines, table_of(frame, rows), rows)
    chosen += [h for h in ranked[best.count :] if h.number(best.measure) == chosen[-1].number(best.measure)]
    same = f"; {len(chosen) - 1} more with the same: {', '.join(labels(chosen[1:], 'organization'))}"
    line = f"{_led(frame, chosen[0])}{told(chosen[0], best.measure)}{same if len(chosen) > 1 else ''}."
    return Outcome([line] if best.count == 1 else [], table_of(frame, chosen[:20]), chosen, listed=len(chosen) > 1)


def _unsaid(found: list[Hit], name: str) -> NotUnderstood:
    """That no result says what is asked for."""
    return NotUnderstood(f"none of these {several(len(found), 'result')} says its {name}")


def _led(frame: Frame, hit: Hit) -> str:
    """What is asked for beside who and how long, before a result in words: 'PyTorch: '."""
    fields = ("framework", "processor", "division", "availability", "nodeCount", frame.counted)
    said = [text for f in frame.asked if f in fields and (text := hit.text(f))]
    said += [unit(time, frame.unit)] if (time := hit.number(frame.unit)) else []
    if "acceleratorMinutes" in frame.asked and (spent := hit.number("acceleratorMinutes")):
        said.append(f"{shown(spent)} accelerator-minutes, which are {shown(spent / 60)} hours")
    return f"{', '.join(said)}: " if said else ""


# Counts and calculations


def _by_count(frame: Frame, found: list[Hit]) -> Outcome:
    """Which of the things asked for have the most or fewest of something, or so many of it."""
    having, best = frame.having, frame.best
    if having and frame.polar:
        total = number_of(found, having.counted)
        table = Table((plural(having.counted),), ((literal(total),),))
        return Outcome([f"{several(total, having.counted)}."], table, found, no=not having.holds(total))
    counted = (having.counted if having else frame.counted) or "result"
    fields = [f for f in (*frame.asked, *frame.group) if f not in ("result", "minutes", counted)]
    key = frame.key if having else next(iter(fields), "organization")
    counts = [(thing, number_of(group, counted), group) for (thing,), group in grouped(found, [key])]
    said = ", ".join if having else "; ".join
    if having:
        counts = [c for c in counts if having.holds(c[1])]
        head = f"{several(len(counts), key)}, with the number of {plural(counted)}: "
    elif best:
        counts.sort(key=lambda c: (-c[1] if best.end == "greatest" else c[1], c[0][1]))
        at = best.rank - 1
        edge = counts[at : at + best.count]
        counts, head = [c for n, c in enumerate(counts) if n >= at and edge and (c in edge or c[1] == edge[-1][1])], ""
    rows = tuple((*cells([thing]), literal(n)) for thing, n, _ in counts)
    table = Table((*columns([key]), plural(counted)), rows)
    if not counts:
        return Outcome([f"None: no {key} has it."], table, found, lacking=True)
    told_ = (f"{thing[1]} ({n})" if having else f"{thing[1]}: {several(n, counted)}" for thing, n, _ in counts)
    return Outcome([f"{head}{said(told_)}."], table, [h for *_, group in counts for h in group])


def _share(frame: Frame, found: list[Hit]) -> Outcome:
    """What part of the results, or of those who have them, meets the conditions of the part."""
    mine = [h for h in found if 1 in h.sides]
    lines, rows, said = [], [], f"with {', '.join(c.label for c in frame.part)}"
    for key, group in grouped(found, frame.group):
        n, whole = (number_of(hits_, frame.counted) for hits_ in ([h for h in group if 1 in h.sides], group))
        named = "".join(f"{label}: " for _, label in key) + _percent(n, whole) + (", " if key else ": ")
        lines.append(f"{named}{n} of {several(whole, frame.counted)} {said}.")
        rows.append((*cells(key), literal(n), literal(whole), ox.Literal(_percent(n, whole))))
    field = frame.part[0].field if frame.counted == "result" else frame.counted
    others = [label for label in labels(found, field) if label not in labels(mine, field)]
    if frame.polar and not frame.group and 0 < len(others) <= _NAMED:
        lines.append(f"Others: {', '.join(others)}.")
    table = Table((*columns(frame.group), plural(frame.counted), "of", "share"), tuple(rows))
    return Outcome(lines, table, mine or found, no=number_of(mine, frame.counted) < number_of(found, frame.counted))


def _percent(part: int, whole: int) -> str:
    return f"{Decimal(100 * part) / whole:.1f} %"


def _counted(frame: Frame, found: list[Hit]) -> Outcome:
    """How many there are, for each group where there is one, or round by round."""
    counted, total = frame.counted, number_of(found, frame.counted)
    line = several(total, counted)
    if counted == "result":
        who = labels(found, "organization")
        line += f", of {several(len(who), 'submitter')}" + f": {', '.join(who)}" * (len(who) <= _FEW)
    elif total <= _NAMED:
        line += f": {', '.join(labels(found, counted))}"
    named = counted == "round" or "round" in {c.field for c in frame.conditions}
    fields = frame.group or (("round",) if not named and number_of(found, "round") > 1 else ())
    if not fields:
        return Outcome([line + "."], Table((plural(counted),), ((literal(total),),)), found)
    counts = [(key, number_of(group, counted)) for key, group in grouped(found, fields)]
    rows = tuple((*cells(key), literal(n)) for key, n in counts)
    if len(counts) > 1:
        mean = shown(Decimal(sum(n for _, n in counts)) / len(counts))
        line = f"{line} in all; on average {mean} for each of {len(counts)}"
    else:
        line += " in all"
    return Outcome([line + "."], Table((*columns(fields), plural(counted)), rows), found, listed=True)


def _figures(frame: Frame, found: list[Hit]) -> Outcome:
    """A mean, median, sum or range of a measure, over all results or those of each group."""
    name, measure = frame.aggregate, in_unit(frame, frame.counted)
    fields = frame.group
    rows: list[tuple[tuple[Thing, ...], str, int]] = []
    for key, group in grouped(found, fields):
        numbers = [n for h in group if (n := h.number(measure)) is not None]
        if numbers:
            ends = f"{shown(min(numbers))} to {shown(max(numbers))}"
            rows.append((key, ends if name == "range" else shown(FUNCTIONS[name](numbers)), len(numbers)))
    if not rows:
        raise _unsaid(found, measure)
    once = {iri: h for h in found for iri, _ in h.things("system")} if name == "sum" and not fields else {}
    title = f"{name} of {TITLES.get(measure, measure)}" if not fields else f"{name} {TITLES.get(measure, measure)}"
    lines = [] if fields else [f"{title.capitalize()}: {rows[0][1]}, over {several(rows[0][2], 'result')}."]
    if name == "range" and not fields and min(numbers) != max(numbers) and min(numbers):
        lines.append(ratio(min(numbers), max(numbers), TITLES.get(measure, measure)))
    if measure.endswith("Count") and 1 < len(once) < len(found):
        alone = sum((h.number(measure) or Decimal(0) for h in once.values()), Decimal(0))
        lines.append(f"Counting each system once: {shown(alone)}, over {several(len(once), 'system')}.")
    body = tuple((*cells(key), literal(said), literal(n)) for key, said, n in rows)
    return Outcome(lines, Table((*columns(fields), title, "results"), body), found, listed=bool(fields))


def _values(frame: Frame, found: list[Hit]) -> Outcome:
    """The numbers that results have in a field, each with how many results have it."""
    measure = frame.counted
    groups = [(key[0][1], len(group)) for key, group in grouped(found, [measure])]
    said = ", ".join(f"{n} ({several(k, 'result')})" for n, k in groups)
    title = TITLES.get(measure, measure).capitalize()
    return Outcome([f"{title}: {said or 'not said'}."], table_of(frame, ordered(found, measure)), found)


# Lists


def _first(frame: Frame, found: list[Hit], order: Sequence[str]) -> Outcome:
    """The first or last round with such results, and who had them."""
    rounds = {iri: label for h in found for iri, label in h.things("round")}
    training = [iri for iri, label in rounds.items() if " Training " in label]
    by_time = sorted(training or rounds, key=order.index)
    chosen = by_time[0] if frame.change == "first" else by_time[-1]
    mine = [h for h in found if any(iri == chosen for iri, _ in h.things("round"))]
    who = labels(mine, "organization")
    rows = tuple((*cells([(chosen, rounds[chosen])]), ox.Literal(name)) for name in who)
    also = "".join(f"; {f}: {', '.join(labels(mine, f))}" for f in frame.asked[1:] if f != "organization")
    line = f"{rounds[chosen]}, with {len(mine)} such {plural('result', len(mine))} of {', '.join(who)}{also}."
    return Outcome([line], Table((*columns(["round"]), "organization"), rows), mine)


def _listed(frame: Frame, found: list[Hit]) -> Outcome:
    """What is asked for, each once; in several rounds, round by round."""
    fields = [f for f in frame.asked if f != "result"]
    numbers = [f for f in fields if f.endswith(("Count", "inutes"))]
    if not fields or numbers or frame.key == "result":
        return _results(frame, found, numbers[0] if numbers else "minutes")
    main = fields[0]
    others = fields[1:]
    if not (names := labels(found, main)):
        raise _unsaid(found, main)
    rounds = grouped(found, ["round"])
    single = len(rounds) == 1 or main == "round" or bool(frame.change) or frame.all_of == "round"
    by = [main, *others] if single else [*dict.fromkeys(["round", main, *others])]
    timed = frame.best is not None or any(c.field == "minutes" for c in frame.conditions)
    best = {label: h for h in reversed(ordered(found, "minutes")) for _, label in h.things(main) if timed}
    names = [f"{n} ({shown(best[n].number('minutes') or Decimal(0))} minutes)" if n in best else n for n in names]
    turned = {"joined": "new ", "left": "former "}.get(frame.change, "")
    lines = [f"{several(len(names), turned + main)}: {', '.join(names)}."]
    if not single:
        lines = [f"{several(len(names), main)} in {len(rounds)} rounds."]
        lines += [f"{label}: {', '.join(labels(group, main))}." for ((_, label),), group in rounds]
    rows = tuple(cells(key) for key, _ in grouped(found, by))
    return Outcome(lines, Table(columns(by), rows), found, listed=bool(others))


def _results(frame: Frame, found: list[Hit], measure: str) -> Outcome:
    """Results one by one."""
    by_time = sorted(found, key=lambda h: (h.text("round"), h.text("benchmark"), h.number(measure) or 1e9, h.iri))
    one = len(found) == 1
    who = (
        f": {_led(frame, found[0]) if frame.unit else ''}{told(found[0], measure)}"
        if one
        else f" of {several(number_of(found, 'organization'), 'submitter')}"
    )
    return Outcome([f"{several(len(found), 'result')}{who}."], table_of(frame, by_time), found, listed=True)
