"""Counting results and those who have them: for each of something, the most and fewest, shares, at least so many."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.ask.frame import Frame, Having
from kg.ask.results import Hit, Outcome, decimal, plural
from kg.query import Table


def grouped(found: Sequence[Hit], fields: Sequence[str]) -> list[tuple[tuple[tuple[str, str], ...], list[Hit]]]:
    """The results by the values of some fields; a joint result is one of each of its submitters."""
    groups: dict[tuple[tuple[str, str], ...], list[Hit]] = {}
    for hit in found:
        keys: list[tuple[tuple[str, str], ...]] = [()]
        for name in fields:
            keys = [(*key, thing) for key in keys for thing in hit.things(name)]
        for key in keys:
            groups.setdefault(key, []).append(hit)
    return sorted(
        groups.items(),
        key=lambda g: [(len(label), label) if label[:1].isdigit() else (0, label) for _, label in g[0]],
    )


def number_of(found: Sequence[Hit], counted: str) -> int:
    """How many there are of something in results, each once."""
    if counted in ("", "result"):
        return len(found)
    return len({thing for h in found for thing in h.things(counted)})


def ranked_by_count(frame: Frame, found: list[Hit]) -> Outcome:
    """Which has the most or fewest of something."""
    best = frame.best
    assert best is not None
    key = next(
        (f for f in (*frame.asked, *frame.group) if f not in ("result", "minutes") and f != frame.counted),
        "organization",
    )
    counted = frame.counted or "result"
    ranked = sorted(
        ((key_, number_of(group, counted)) for key_, group in grouped(found, [key])),
        key=lambda g: (-g[1] if best.end == "greatest" else g[1], g[0][0][1]),
    )
    at = best.rank - 1
    chosen = ranked[at : at + best.count]
    if not chosen:
        return Outcome([f"There are only {len(ranked)}."], counts_table(key, counted, ranked), found)
    ties = [g for g in ranked[at + best.count :] if g[1] == chosen[-1][1]]
    lines = ["; ".join(f"{label}: {n} {plural(counted, n)}" for ((_, label),), n in [*chosen, *ties]) + "."]
    return Outcome(lines, counts_table(key, counted, [*chosen, *ties]), found)


def counts_table(key: str, counted: str, ranked: Sequence[tuple[tuple[tuple[str, str], ...], int]]) -> Table:
    """Things of a field, each with a number of what is counted, as a table."""
    rows = tuple((ox.NamedNode(iri), ox.Literal(label), decimal(Decimal(n))) for ((iri, label),), n in ranked)
    return Table((key, f"{key}Label", plural(counted, 2)), rows)


def share_of(frame: Frame, found: list[Hit]) -> Outcome:
    """What part of the results, or of those who have them, meets the conditions of the part."""
    mine = [h for h in found if 1 in h.sides]
    n, whole = number_of(mine, frame.counted), number_of(found, frame.counted)
    percent = Decimal(100 * n) / whole
    rows = ((decimal(Decimal(n)), decimal(Decimal(whole)), ox.Literal(f"{percent:.1f} %")),)
    line = f"{percent:.1f} %: {n} of {whole} {plural(frame.counted, whole)}."
    return Outcome([line], Table((plural(frame.counted, 2), "of", "share"), rows), mine or found)


def having_so_many(frame: Frame, having: Having, found: list[Hit]) -> Outcome:
    """Which of the things asked for have so many of something; whether there are so many, for yes or no."""
    if frame.polar:
        total = number_of(found, having.counted)
        line = f"{total} {plural(having.counted, total)}."
        table = Table((plural(having.counted, 2),), ((decimal(Decimal(total)),),))
        return Outcome([line], table, found, no=not having.holds(total))
    counted = [(key, group, number_of(group, having.counted)) for key, group in grouped(found, [frame.key])]
    kept = [(key, group, n) for key, group, n in counted if having.holds(n)]
    table = counts_table(frame.key, having.counted, [(key, n) for key, _, n in kept])
    if not kept:
        return Outcome([f"None: no {frame.key} has it."], table, found, lacking=True)
    names = ", ".join(f"{key[0][1]} ({n})" for key, _, n in kept)
    line = f"{len(kept)} {plural(frame.key, len(kept))}, with the number of {plural(having.counted, 2)}: {names}."
    return Outcome([line], table, [h for _, group, _ in kept for h in group])


def count_all(frame: Frame, found: list[Hit]) -> Outcome:
    """How many there are, for each group where there is one; or what part of all."""
    counted = frame.counted or "result"
    fields = list(frame.group)
    if (
        not fields
        and frame.aggregate == "count"
        and "round" not in {c.field for c in frame.conditions}
        and not frame.latest
        and counted != "round"
    ):
        fields = ["round"] if len({h.text("round") for h in found}) > 1 else []
    total = number_of(found, counted)
    names = list(
        dict.fromkeys(label for h in sorted(found, key=lambda h: h.text(counted)) for _, label in h.things(counted))
    )
    line = f"{total} {plural(counted, total)}"
    if counted == "result":
        line += f", of {len({t for h in found for t in h.things('organization')})} submitters"
    elif total <= 40:
        line += f": {', '.join(names)}"
    if not fields:
        return Outcome([line + "."], Table((plural(counted, 2),), ((decimal(Decimal(total)),),)), found)
    groups = [(key, number_of(group, counted)) for key, group in grouped(found, fields)]
    columns = [c for name in fields for c in (name, f"{name}Label")]
    rows = [
        (*(t for iri, label in key for t in (term(iri), ox.Literal(label))), decimal(Decimal(n))) for key, n in groups
    ]
    if frame.aggregate == "share":
        columns.append("share")
        shares = [ox.Literal(f"{Decimal(100 * n) / total:.1f} %") for _, n in groups]
        rows = [(*row[:-1], share, row[-1]) for row, share in zip(rows, shares, strict=True)]
    return Outcome([line + " in all."], Table((*columns, plural(counted, 2)), tuple(rows)), found, listed=True)


def term(iri: str) -> Any:
    """An IRI as a node, what is none as a literal."""
    return ox.NamedNode(iri) if iri.startswith("http") else ox.Literal(iri)
