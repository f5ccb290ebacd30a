"""True and false sentences about the official results, made by rule; what is true is counted here, from the tables alone.

Nothing of `kg` is imported: the tables of results are read with `csv`, and each kind of claim has a maker that writes
true sentences and the same sentences with a false number, system, count or rival. A false one is checked to be false
in every reading before it is handed out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parents[3] / "data" / "results"
BENCHMARKS = {
    "bert": "BERT", "resnet": "ResNet-50", "maskrcnn": "Mask R-CNN", "ssd": "RetinaNet", "rnnt": "RNN-T", "dlrm": "DLRM",
    "unet3d": "3D U-Net", "minigo": "Minigo",
}  # fmt: skip
CHIPS = ("Gaudi2", "A100", "A30", "TPU-v4", "Bow IPU", "RTX A5000", "Gaudi")
SAID = {
    "TPU-v4": "TPU v4", "A100": "NVIDIA A100", "A30": "NVIDIA A30", "RTX A5000": "NVIDIA RTX A5000", "Gaudi": "first-generation Gaudi",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A sentence that a submitter might write, the kinds of claim it makes, and whether it is true."""

    by: str
    text: str
    kind: str
    true: bool
    changed: str = ""


@dataclass(frozen=True)
class Row:
    """A result, as far as the sentences need it."""

    by: str
    system: str
    division: str
    benchmark: str
    chip: str
    count: int
    nodes: int
    per_node: int
    processors: int
    memory: str
    framework: str
    minutes: float


def read(mlperf_round: str) -> list[Row]:
    """The results of a round with minutes and a known accelerator."""
    found = []
    with (TABLES / f"training-{mlperf_round}.csv").open(newline="", encoding="utf-8") as table:
        for r in csv.DictReader(table):
            chip = next((c for c in CHIPS if c in r["accelerator"]), "")
            if not r["minutes"] or not chip or r["benchmark"] not in BENCHMARKS or not r["accelerators"]:
                continue
            found.append(Row(
                r["submitter"], r["system"], r["division"], r["benchmark"], chip, int(r["accelerators"]),
                int(r["nodes"] or 1), int(r["accelerators_per_node"] or 0), int(r["processors_per_node"] or 0),
                r["host_memory"], r["framework_run"], float(r["minutes"]),
            ))  # fmt: skip
    return found


def _rounds_to(value: float, stated: str) -> bool:
    """Whether a value rounds to a stated number at its digits, with both edges."""
    digits = len(stated.partition(".")[2])
    return abs(value - float(stated)) <= 0.5 * 10**-digits + 1e-9


def times(rows: list[Row]) -> Iterator[Case]:
    """A time on so many accelerators; false: a shorter time, a number of accelerators that was not filed."""
    groups: dict[tuple[str, str, str, int], list[Row]] = defaultdict(list)
    for r in rows:
        groups[r.by, r.benchmark, r.chip, r.count].append(r)
    forms = (
        "Our {b} training on {n} {c} accelerators took {t} minutes.",
        "In this round we trained {b} in {t} minutes using {n} {c} accelerators.",
        "With {n} {c} accelerators, our {b} result is {t} minutes.",
        "On {n} {c} accelerators, {b} converged in under {u} minutes in our submission.",
    )
    for at, ((by, b, chip, n), found) in enumerate(sorted(groups.items())):
        best = min(r.minutes for r in found)
        form = forms[at % len(forms)]
        stated, bound = f"{best:.1f}" if best > 2 else f"{best:.3f}", f"{best * 1.05:.3f}"

        def make(count: int, time: str, under: str, form: str = form, b: str = b, chip: str = chip) -> str:
            return form.format(b=BENCHMARKS[b], n=f"{count:,}", c=SAID.get(chip, chip), t=time, u=under)

        yield Case(by, make(n, stated, bound), "timeToTrain", True)
        wrong, below = f"{best * 0.8:.3f}", f"{best * 0.9:.3f}"
        if not any(_rounds_to(r.minutes, wrong) for r in found):
            yield Case(by, make(n, wrong, below), "timeToTrain", False, "number")
        elsewhere = {r.count for r in rows if r.by == by} | {r.per_node for r in rows if r.by == by}
        if (other := n * 3 + 5) not in elsewhere:
            yield Case(by, make(other, stated, bound), "timeToTrain", False, "count")


def rivals(rows: list[Row]) -> Iterator[Case]:
    """Faster than a named rival on as many accelerators; false: too much, or a rival that is faster."""
    fastest: dict[tuple[str, str, int], Row] = {}
    for r in sorted(rows, key=lambda r: r.minutes):
        if r.division == "closed":
            fastest.setdefault((r.by, r.benchmark, r.count), r)
    forms = (
        "On {b} with {n} accelerators, {by} was {p}% faster than {o}.",
        "Our {b} result on {n} accelerators took {q}% less time than {o}'s.",
    )
    pairs = [
        (a, b) for a in fastest.values() for b in fastest.values()
        if a.by != b.by and (a.benchmark, a.count) == (b.benchmark, b.count) and b.minutes > a.minutes * 1.02
    ]  # fmt: skip
    for at, (a, b) in enumerate(sorted(pairs, key=lambda p: (p[0].by, p[1].by, p[0].benchmark, p[0].count))):
        if at % 9:
            continue
        speed, less = 100 * (b.minutes / a.minutes - 1), 100 * (1 - a.minutes / b.minutes)
        form = forms[at // 9 % 2]

        def make(p: float, q: float, by: str, other: str, form: str = form, a: Row = a) -> str:
            return form.format(b=BENCHMARKS[a.benchmark], n=a.count, by=by, o=other, p=f"{p:.1f}", q=f"{q:.1f}")

        yield Case(a.by, make(speed, less, a.by, b.by), "comparison", True)
        yield Case(a.by, make(speed * 1.5 + 3, (less + 100) / 2, a.by, b.by), "comparison", False, "number")
        yield Case(b.by, make(speed, less, b.by, a.by), "comparison", False, "rival")


def improvements(rows: list[Row], before: list[Row]) -> Iterator[Case]:
    """Over the own result of the round before on as many accelerators; false: too much."""
    forms = (
        "Compared with our v1.1 result, {b} on {n} accelerators is {x}x faster.",
        "On {n} accelerators, our {b} training needs {q}% less time than in our v1.1 submission.",
    )
    now: dict[tuple[str, str, str, int], float] = {}
    then: dict[tuple[str, str, str, int], float] = {}
    for source, rs in ((now, rows), (then, before)):
        for r in rs:
            if r.benchmark != "ssd" and r.division == "closed":
                key = r.by, r.benchmark, r.chip, r.count
                source[key] = min(r.minutes, source.get(key, r.minutes))
    for at, key in enumerate(sorted(set(now) & set(then))):
        by, b, _, n = key
        others = [k for k in now if (k[0], k[1], k[3]) == (by, b, n)]
        if now[key] >= then[key] * 0.98 or len(others) > 1:
            continue
        factor, less = then[key] / now[key], 100 * (1 - now[key] / then[key])
        form = forms[at % 2]
        yield Case(by, form.format(b=BENCHMARKS[b], n=n, x=f"{factor:.2f}", q=f"{less:.1f}"), "improvement", True)
        text = form.format(b=BENCHMARKS[b], n=n, x=f"{factor * 1.4:.2f}", q=f"{(less + 100) / 2:.1f}")
        yield Case(by, text, "improvement", False, "number")


def counts(rows: list[Row], everything: dict[str, int]) -> Iterator[Case]:
    """Results and benchmarks of a submitter; false: more of them, or a bound that does not hold."""
    for by in sorted({r.by for r in rows}):
        mine = [r for r in rows if r.by == by]
        if len(mine) != everything[by]:
            continue
        n, b = len(mine), len({r.benchmark for r in mine})
        if n > 1:
            yield Case(by, f"{by} submitted {n} results in this round.", "count", True)
            yield Case(by, f"{by} submitted {n + 3} results in this round.", "count", False, "number")
            yield Case(by, f"We filed more than {n - 1} results.", "count", True)
            yield Case(by, f"We filed more than {n + 1} results.", "count", False, "number")
        if b > 1:
            yield Case(by, f"We submitted results on {b} benchmarks.", "count", True)
            yield Case(by, f"We submitted results on {b + 1} benchmarks.", "count", False, "number")
        top = max(r.count for r in mine)
        yield Case(by, f"We submitted results on up to {top:,} accelerators.", "scale", True)
        yield Case(by, f"We submitted results on up to {top * 2 + 6:,} accelerators.", "scale", False, "count")


def ranks(rows: list[Row]) -> Iterator[Case]:
    """The fastest of a size, and first on so many benchmarks; false: somebody else, or more benchmarks."""
    closed = [r for r in rows if r.division == "closed"]
    classes: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for r in closed:
        classes[r.benchmark, r.count].append(r)
    for (b, n), found in sorted(classes.items()):
        order = sorted(found, key=lambda r: r.minutes)
        if len({r.by for r in found}) < 3:
            continue
        text = "Of all systems with {n} accelerators in the closed division, ours had the fastest {b} result."
        yield Case(order[0].by, text.format(n=n, b=BENCHMARKS[b]), "rank", True)
        if order[-1].by != order[0].by:
            yield Case(order[-1].by, text.format(n=n, b=BENCHMARKS[b]), "rank", False, "rival")
    fastest = {b: min((r for r in closed if r.benchmark == b), key=lambda r: r.minutes).by for b in BENCHMARKS}
    for by in sorted({r.by for r in closed}):
        firsts = sum(who == by for who in fastest.values())
        if firsts > 1:
            yield Case(by, f"{by} was fastest on {firsts} of the 8 benchmarks in the closed division.", "rank", True)
        if firsts + 2 <= 8:
            yield Case(
                by,
                f"{by} was fastest on {firsts + 2} of the 8 benchmarks in the closed division.",
                "rank",
                False,
                "number",
            )


def peers(rows: list[Row], everything: dict[str, int]) -> Iterator[Case]:
    """The only one with an accelerator or a framework; the most results; false: another, or one of several."""
    for chip in CHIPS:
        who = sorted({r.by for r in rows if r.chip == chip})
        for by in who[:2]:
            text = f"{by} was the only submitter with {SAID.get(chip, chip)} accelerators."
            yield Case(by, text, "only", len(who) == 1, "" if len(who) == 1 else "rival")
    for framework in sorted({r.framework for r in rows} - {""}):
        who = sorted({r.by for r in rows if r.framework == framework})
        for by in who[:2]:
            changed = "" if len(who) == 1 else "rival"
            yield Case(by, f"We were the only submitter using {framework}.", "only", len(who) == 1, changed)
    order = sorted(everything, key=lambda by: -everything[by])
    for by in order[:4]:
        changed = "" if by == order[0] else "rival"
        yield Case(by, f"{by} submitted more results than any other submitter.", "most", by == order[0], changed)


def shares(rows: list[Row], everything: dict[str, int]) -> Iterator[Case]:
    """All or so many of the own results; false: where one is not, or more of them."""
    for by in sorted({r.by for r in rows}):
        mine = [r for r in rows if r.by == by]
        if len(mine) != everything[by] or len(mine) < 2:
            continue
        for framework in sorted({r.framework for r in mine} - {""}):
            part = sum(r.framework == framework for r in mine)
            whole = part == len(mine)
            yield Case(by, f"All of our results were run with {framework}.", "share", whole, "" if whole else "number")
            if part > 1:
                yield Case(by, f"{part} of our {len(mine)} results were run with {framework}.", "share", True)
                yield Case(
                    by,
                    f"{part + 1} of our {len(mine) + 1} results were run with {framework}.",
                    "share",
                    False,
                    "number",
                )
            if part * 2 == len(mine):
                yield Case(by, f"Half of our results were run with {framework}.", "share", True)


def scaling(rows: list[Row]) -> Iterator[Case]:
    """The speed-up and the efficiency between two own sizes; false: too much."""
    for by in sorted({r.by for r in rows}):
        for b in sorted({r.benchmark for r in rows if r.by == by}):
            mine = [r for r in rows if (r.by, r.benchmark, r.division) == (by, b, "closed")]
            if len({r.chip for r in mine}) != 1:
                continue
            best = {n: min(r.minutes for r in mine if r.count == n) for n in {r.count for r in mine}}
            if len(best) < 2:
                continue
            small, large = min(best), max(best)
            factor = best[small] / best[large]
            efficiency = 100 * factor / (large / small)
            for f, e, true in ((factor, efficiency, True), (factor * 1.3, efficiency * 1.3 + 2, False)):
                changed = "" if true else "number"
                sizes = f"rom {small} to {large:,} accelerators,"
                text = f"F{sizes} our {BENCHMARKS[b]} training becomes {f:.2f} times faster."
                yield Case(by, text, "scaling", true, changed)
                text = f"Going f{sizes} {BENCHMARKS[b]} reaches a scaling efficiency of {e:.0f}%."
                yield Case(by, text, "scaling", true, changed)


def hardware(rows: list[Row]) -> Iterator[Case]:
    """Processors of a node and memory as filed; false: more of them."""
    for by in sorted({r.by for r in rows}):
        mine = [r for r in rows if r.by == by]
        processors, memories = {r.processors for r in mine}, {r.memory for r in mine}
        if len(processors) == 1 and 0 not in processors and all(r.nodes == 1 for r in mine):
            n = processors.pop()
            words = {1: "a single processor", 2: "two processors"}[n]
            yield Case(by, f"Each server of our submission has {words}.", "hardware", True)
            yield Case(by, f"Each server of our submission has {n * 2} processors.", "hardware", False, "number")
        memory = memories.pop() if len(memories) == 1 else ""
        size = memory.replace(" ", "").upper().removesuffix("TB").removesuffix("TI")
        if size.replace(".", "").isdigit():
            text = "The servers of our submission were filed with {} TB of memory."
            yield Case(by, text.format(size), "memory", True)
            yield Case(by, text.format(f"{float(size) * 2 + 1:.0f}"), "memory", False, "number")


def cases() -> list[Case]:
    """All sentences about Training v2.0."""
    rows, before = read("v2.0"), read("v1.1")
    everything: dict[str, int] = defaultdict(int)
    with (TABLES / "training-v2.0.csv").open(newline="", encoding="utf-8") as table:
        for r in csv.DictReader(table):
            everything[r["submitter"]] += bool(r["minutes"])
    made = [
        *times(rows), *rivals(rows), *improvements(rows, before), *counts(rows, everything), *ranks(rows),
        *peers(rows, everything), *shares(rows, everything), *scaling(rows), *hardware(rows),
    ]  # fmt: skip
    return list(dict.fromkeys(made))
