"""From the results that a query found to the answer: one sentence or a few, and a small table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import mean, median

import pyoxigraph as ox

from kg.ask.counts import count_all, grouped, having_so_many, number_of, ranked_by_count, share_of, term
from kg.ask.frame import Condition, Frame
from kg.ask.results import TITLES, Hit, Outcome, decimal, plural, shown, table_of, told, unit
from kg.errors import NotUnderstood
from kg.query import Table


def calculate(frame: Frame, found: list[Hit], rounds: Sequence[str], apart: str = "") -> Outcome:
    """What is asked, from the results that meet the conditions; `rounds` are the IRIs of all rounds in their order.

    `apart` says why two rounds may not be compared: their times then stand side by side, without a ratio.
    """
    if frame.sides:
        return _compared(frame, found, apart)
    if frame.part:
        return share_of(frame, found)
    if frame.having:
        return having_so_many(frame, frame.having, found)
    if frame.change in ("first", "last"):
        return _first(frame, found, rounds)
    if frame.best and frame.best.measure == "count":
        return ranked_by_count(frame, found)
    if frame.aggregate in ("mean", "median", "sum", "range") or (frame.group and frame.aggregate != "count"):
        return _grouped(frame, found)
    if frame.aggregate in ("count", "share"):
        return count_all(frame, found)
    if frame.best and not frame.best.than:
        return _best(frame, found)
    if frame.aggregate == "values":
        return _values(frame, found)
    return _listed(frame, found)


def _ordered(frame: Frame, found: Sequence[Hit], measure: str, end: str) -> list[Hit]:
    with_it = [h for h in found if h.number(measure) is not None]
    return sorted(
        with_it,
        key=lambda h: (
            (h.number(measure) or Decimal(0)) * (1 if end == "least" else -1),
            h.text("organization"),
            h.iri,
        ),
    )


def _best(frame: Frame, found: list[Hit]) -> Outcome:
    best = frame.best
    assert best is not None
    several = len({h.text("benchmark") for h in found}) > 1 and best.measure == "minutes"
    if several:  # times of different benchmarks do not compare
        return _per(frame, found, ["benchmark"], lambda hs: _ordered(frame, hs, "minutes", best.end)[:1])
    ordered = _ordered(frame, found, best.measure, best.end)
    if not ordered:
        return Outcome(["None of these results says so."], table_of(frame, found[:10]), found)
    if best.rank > 1 and frame.key == "organization":
        seen: dict[str, Hit] = {}
        for h in ordered:
            seen.setdefault(h.text("organization"), h)
        by_result, by_name = (
            ordered[best.rank - 1 : best.rank],
            list(seen.values())[best.rank - 1 : best.rank],
        )
        lines = [f"{told(h, best.measure)}." for h in by_result]
        if by_name and by_name != by_result:
            lines.append(f"Counting each submitter once: {told(by_name[0], best.measure)}.")
        rows = [h for h in ordered if h in by_result or h in by_name]
        return Outcome(lines or [f"There are only {len(ordered)} results."], table_of(frame, rows), found)
    first = ordered[best.rank - 1 : best.rank - 1 + best.count]
    if not first:
        return Outcome([f"There are only {len(ordered)} results."], table_of(frame, ordered[:10]), found)
    worst = first[-1].number(best.measure)
    chosen_hits = (
        first + [h for h in ordered[best.rank - 1 + best.count :] if h.number(best.measure) == worst]
        if best.rank == 1
        else first
    )
    lines = [f"{_led(frame, h)}{told(h, best.measure)}." for h in chosen_hits[:1]] if best.count == 1 else []
    if len(chosen_hits) > 1 and best.count == 1:
        others = list(dict.fromkeys(h.text("organization") for h in chosen_hits[1:]))
        more = f"{len(chosen_hits) - 1} more with the same: {', '.join(others)}"
        lines = [f"{_led(frame, chosen_hits[0])}{told(chosen_hits[0], best.measure)}; {more}."]
    return Outcome(lines, table_of(frame, chosen_hits[:20]), chosen_hits, listed=best.count > 1 or len(chosen_hits) > 1)


def _led(frame: Frame, hit: Hit) -> str:
    """What is asked for beside who and how long, before a result in words: 'PyTorch: '."""
    fields = [f for f in frame.asked if f in ("framework", "processor", "division", "availability", "nodeCount")]
    said = [text for f in fields if (text := hit.text(f))]
    return f"{', '.join(said)}: " if said else ""


def _per(frame: Frame, found: list[Hit], fields: Sequence[str], choose: Callable[[list[Hit]], list[Hit]]) -> Outcome:
    """The chosen results for each value of some fields."""
    chosen = [h for _, group in grouped(found, fields) for h in choose(group)]
    return Outcome([], table_of(frame, chosen), found, listed=True)


_FUNCTIONS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "mean": lambda numbers: Decimal(mean(numbers)), "median": lambda numbers: Decimal(median(numbers)),
    "sum": lambda numbers: sum(numbers, Decimal(0)),
    "least": min, "greatest": max,
}  # fmt: skip  # fmt: skip


def _grouped(frame: Frame, found: list[Hit]) -> Outcome:
    """A number calculated of the results, or of those of each group."""
    name = (
        frame.aggregate
        if frame.aggregate in _FUNCTIONS or frame.aggregate == "range"
        else frame.best.end
        if frame.best
        else "least"
    )
    measure = (
        frame.counted
        if frame.aggregate in ("mean", "median", "sum", "range")
        else frame.best.measure
        if frame.best
        else "minutes"
    )
    fields = list(frame.group)
    if not fields and measure == "minutes" and len({h.text("benchmark") for h in found}) > 1:
        fields = ["benchmark"]
    if name in ("least", "greatest"):
        end = name
        return _per(frame, found, fields, lambda hs: _ordered(frame, hs, measure, end)[:1])
    if not fields:
        numbers = [n for h in found if (n := h.number(measure)) is not None]
        if not numbers:
            return Outcome(
                [f"None of these {len(found)} results says its {measure}."],
                table_of(frame, found[:10]),
                found,
            )
        said = (
            f"{shown(min(numbers))} to {shown(max(numbers))}" if name == "range" else shown(_FUNCTIONS[name](numbers))
        )
        line = f"{name} of {TITLES.get(measure, measure)}: {said}, over {len(numbers)} results."
        return Outcome(
            [line[0].upper() + line[1:]],
            Table((name, "results"), ((ox.Literal(said), decimal(Decimal(len(numbers)))),)),
            found,
        )
    rows = []
    for key, group in grouped(found, fields):
        numbers = [n for h in group if (n := h.number(measure)) is not None]
        if numbers:
            said = (
                f"{shown(min(numbers))} to {shown(max(numbers))}"
                if name == "range"
                else shown(_FUNCTIONS[name](numbers))
            )
            rows.append(
                (
                    *(t for iri, label in key for t in (term(iri), ox.Literal(label))),
                    ox.Literal(said),
                    decimal(Decimal(len(numbers))),
                )
            )
    columns = [c for n in fields for c in (n, f"{n}Label")]
    return Outcome(
        [],
        Table((*columns, f"{name} {TITLES.get(measure, measure)}", "results"), tuple(rows)),
        found,
        listed=True,
    )


def _values(frame: Frame, found: list[Hit]) -> Outcome:
    """The numbers that results have in a field, each with how many results have it."""
    measure = frame.counted
    numbers: dict[Decimal, int] = {}
    for h in found:
        if (n := h.number(measure)) is not None:
            numbers[n] = numbers.get(n, 0) + 1
    said = ", ".join(f"{shown(n)} ({k} result{'s' * (k > 1)})" for n, k in sorted(numbers.items()))
    title = TITLES.get(measure, measure)
    total = len(found)
    return Outcome(
        [f"{title.capitalize()}: {said or 'not said'}."],
        table_of(frame, _ordered(frame, found, measure, "least")[:50])
        if total <= 50
        else Table((title, "results"), tuple((decimal(n), decimal(Decimal(k))) for n, k in sorted(numbers.items()))),
        found,
    )


def _compared(frame: Frame, found: list[Hit], apart: str) -> Outcome:
    """Two or more things side by side, and their ratio and difference."""
    counts = frame.aggregate == "count"
    measure = frame.best.measure if frame.best and frame.best.measure != "count" else "minutes"
    end = frame.best.end if frame.best else "least"
    rows: list[tuple[str, Decimal, Hit | None]] = []
    for at, (side, own) in enumerate(zip(frame.sides, frame.shared, strict=True)):
        mine = [h for h in found if at in h.sides]
        label = ", ".join(_side_label(c) for c in (*own, side))
        if counts:
            rows.append((label, Decimal(number_of(mine, frame.counted or "result")), None))
        elif frame.aggregate in _FUNCTIONS and mine:
            rows.append((label, _FUNCTIONS[frame.aggregate]([h.number(measure) or Decimal(0) for h in mine]), None))
        elif mine and (ordered := _ordered(frame, mine, measure, end)):
            rows.append((label, ordered[0].number(measure) or Decimal(0), ordered[0]))
        else:
            rows.append((label, Decimal(0), None))
    same = [hit.iri for _, _, hit in rows if hit]
    if len(same) > 1 and len(set(same)) == 1:
        raise NotUnderstood("what is to be compared is one and the same result: say what the other is")
    title = plural(frame.counted or "result", 2) if counts else TITLES.get(measure, measure)
    lines = [_in_words(label, n, title, hit, counts) for label, n, hit in rows]
    if apart:
        lines.append(f"Not to be compared: {apart}.")
    elif len(rows) == 2 and rows[0][1] and rows[1][1]:
        (first, a, _), (second, b, _) = rows
        high, low = max(a, b), min(a, b)
        lines.insert(
            0,
            f"{shown(high / low)} times: {shown(high)} against {shown(low)} {title}, a difference of {shown(high - low)} "
            f"({shown((high - low) / high * 100)} % less, {shown((high - low) / low * 100)} % more).",
        )
        if not counts and measure == "minutes" and a != b:
            lines.append(f"{first if a < b else second} is the faster.")
    table = Table(("side", title), tuple((ox.Literal(label), decimal(n)) for label, n, _ in rows))
    chosen = [hit for _, _, hit in rows if hit]
    lacking = not counts and not all(n for _, n, _ in rows)
    return Outcome(lines, table_of(frame, chosen) if chosen else table, found, lacking=lacking)


def _in_words(label: str, n: Decimal, title: str, hit: Hit | None, counts: bool) -> str:
    """One of the things that are compared, in words."""
    if not n and not counts:
        return f"{label}: no such result."
    whose = (
        ", ".join([hit.text("organization"), f"{hit.text('acceleratorCount')} × {hit.text('accelerator')}"])
        if hit
        else ""
    )
    return f"{label}: {shown(n)} {title}{f' ({whose})' if hit else ''}."


def _side_label(c: Condition) -> str:
    if c.number is not None:
        return unit(c.number, c.field)
    return ", ".join(dict.fromkeys(e.label for e in c.values)) or f"no {c.field}"


def _first(frame: Frame, found: list[Hit], order: Sequence[str]) -> Outcome:
    """The first or last round with such results, and who had them."""
    rounds = {iri: label for h in found for iri, label in h.things("round")}
    training = [iri for iri, label in rounds.items() if " Training " in label]
    ordered = sorted(training or rounds, key=lambda iri: order.index(iri) if iri in order else len(order))
    chosen = ordered[0] if frame.change == "first" else ordered[-1]
    mine = [h for h in found if any(iri == chosen for iri, _ in h.things("round"))]
    who = list(
        dict.fromkeys(
            label for h in sorted(mine, key=lambda h: h.text("organization")) for _, label in h.things("organization")
        )
    )
    line = f"{rounds[chosen]}, with {len(mine)} such result{'s' * (len(mine) > 1)} of {', '.join(who)}."
    rows = tuple((ox.NamedNode(chosen), ox.Literal(rounds[chosen]), ox.Literal(name)) for name in who)
    return Outcome([line], Table(("round", "roundLabel", "organization"), rows), mine)


def _listed(frame: Frame, found: list[Hit]) -> Outcome:
    """What is asked for, each once; in several rounds, round by round."""
    fields = [f for f in frame.asked if f != "result"]
    numbers = [f for f in fields if f.endswith("Count") or f == "minutes"]
    if not fields or numbers or frame.key == "result":
        measure = numbers[0] if numbers else "minutes"
        ordered = sorted(
            found,
            key=lambda h: (
                h.text("round"),
                h.text("benchmark"),
                h.number(measure) if h.number(measure) is not None else Decimal(10**9),
                h.iri,
            ),
        )
        head = f"{len(found)} result{'s' * (len(found) != 1)}" + (
            f" of {len({t for h in found for t in h.things('organization')})} submitters"
            if len(found) > 1
            else f": {told(found[0], measure)}"
        )
        return Outcome([head + "."], table_of(frame, ordered), found, listed=True)
    main = fields[0]
    others = [f for f in fields[1:] if f in found[0].values]
    rounds = {h.text("round") for h in found}
    single = len(rounds) == 1 or main == "round" or bool(frame.change) or frame.all_of == "round"
    by = [main, *others] if single else ["round", main, *others]
    groups = grouped(found, by)
    rows = tuple(tuple(t for iri, label in key for t in (term(iri), ox.Literal(label))) for key, _ in groups)
    table = Table(tuple(c for name in by for c in (name, f"{name}Label")), rows)
    names = list(dict.fromkeys(label for h in sorted(found, key=lambda h: h.text(main)) for _, label in h.things(main)))
    if not names:
        return Outcome([f"None of these {len(found)} results says its {main}."], table_of(frame, found[:10]), found)
    if single:
        lines = [f"{len(names)} {plural(main, len(names))}: {', '.join(names)}."]
    else:
        lines = []
        for (round_,), group in grouped(found, ["round"]):
            mine = list(
                dict.fromkeys(label for h in sorted(group, key=lambda h: h.text(main)) for _, label in h.things(main))
            )
            lines.append(f"{round_[1]}: {', '.join(mine)}.")
        lines.insert(0, f"{len(names)} {plural(main, len(names))} in {len(rounds)} rounds.")
    return Outcome(lines, table, found, listed=bool(others))
