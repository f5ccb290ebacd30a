"""What was measured, as a table, as JSON and as plots, with the versions and the machine."""

from __future__ import annotations

import json
import math
import os
import platform
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from statistics import median

from benchmarks.measure import Measurement

PACKAGES = ("mlperf-kg", "pyoxigraph", "rdflib", "maplib", "pyshacl", "pyshifty", "networkx", "spacy", "orjson",
            "ahocorasick-rs", "mlperf_logging", "morph-kgc")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """The medians of a step over the rounds; `same` tells whether the answer is ours, None if there is none."""

    contest: str
    size: int
    step: str
    who: str
    rounds: int
    wall: float
    cpu: float
    peak: float
    times_ours: float | None
    same: bool | None
    stopped: bool = False


def rows(measured: Iterable[Measurement]) -> list[Row]:
    """The medians, each beside ours."""
    groups: dict[tuple[str, int, str, str], list[Measurement]] = defaultdict(list)
    for m in measured:
        groups[m.contest, m.size, m.step, m.who].append(m)
    answers = {
        (c, s, step.removesuffix(" answer"), w): ms[0].answer for (c, s, step, w), ms in groups.items() if ms[0].answer
    }
    found = []
    for (contest, size, step, who), ms in groups.items():
        if step.endswith("answer"):
            continue
        ours = groups.get((contest, size, step, "kg"))
        mine, theirs = answers.get((contest, size, step, "kg")), answers.get((contest, size, step, who))
        cpu = median(m.cpu for m in ms)
        ratio = cpu / median(m.cpu for m in ours) if ours and who != "kg" else None
        same = mine == theirs if who != "kg" and mine is not None and theirs is not None else None
        wall, peak = median(m.wall for m in ms), max(m.peak for m in ms)
        stopped = any(m.stopped for m in ms)
        found.append(Row(contest, size, step, who, len(ms), wall, cpu, peak, ratio, same, stopped))
    return found


def exponents(found: Iterable[Row]) -> dict[tuple[str, str, str], float]:
    """How CPU time grows with size: the slope of the least squares line through the logarithms."""
    points: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in found:
        if row.size and row.cpu > 0 and not row.stopped:
            points[row.contest, row.step, row.who].append((math.log(row.size), math.log(row.cpu)))
    slopes = {}
    for key, line in points.items():
        if len(line) > 1:
            x, y = (sum(values) / len(line) for values in zip(*line, strict=True))
            slopes[key] = sum((a - x) * (b - y) for a, b in line) / sum((a - x) ** 2 for a, _ in line)
    return slopes


def machine() -> dict[str, str]:
    """Processor, cores, memory, system and versions; nothing that names the machine."""
    found = {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    try:
        model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        found["processor"] = model[1] if model else platform.processor()
        found["memory"] = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (OSError, ValueError):
        found["processor"] = platform.processor()
    found["cores"] = str(os.cpu_count())
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def write(measured: list[Measurement], folder: Path) -> str:
    """The table, `results.md`, with `results.json` and a plot a contest beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    found, about = rows(measured), machine()
    slopes = exponents(found)
    said = {"machine": about, "rows": [asdict(row) for row in found], "measurements": [asdict(m) for m in measured]}
    (folder / "results.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    text = _table(found, slopes, about)
    (folder / "results.md").write_text(text, "utf-8")
    _plot(found, folder)
    return text


def _table(found: list[Row], slopes: dict[tuple[str, str, str], float], about: dict[str, str]) -> str:
    lines = ["# What it costs, beside its peers", ""]
    lines += ["Medians over the rounds; contestants ran alternately. 'times ours' compares CPU time, 'grows' is the"]
    lines += [
        "exponent of CPU time over size (1 is linear), 'same' that the answer is ours, '>' that it was ended then.",
        "",
    ]
    lines += [", ".join(f"{name} {value}" for name, value in about.items()), ""]
    for contest in dict.fromkeys(row.contest for row in found):
        lines += [f"## {contest}", ""]
        lines += ["| size | step | who | CPU s | wall s | peak MB | times ours | same | grows |", "|" + " --- |" * 9]
        of = [row for row in found if row.contest == contest]
        for row in sorted(of, key=lambda r: (r.step, r.size, r.who != "kg", r.who)):
            grows = slopes.get((row.contest, row.step, row.who))
            more = "> " if row.stopped else ""
            cells = (
                f"{row.size:,}" if row.size else "", row.step, row.who, *(f"{more}{s:.4f}" for s in (row.cpu, row.wall)),
                f"{row.peak:.0f}", f"{more}{row.times_ours:.2f}" if row.times_ours else "",
                "" if row.same is None else "yes" if row.same else "no", f"{grows:.2f}" if grows is not None else "",
            )  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _plot(found: list[Row], folder: Path) -> None:
    """CPU time over size, one drawing a contest with a panel a step."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "mlperf-kg"
    import matplotlib.pyplot as plt

    for contest in dict.fromkeys(row.contest for row in found):
        of = [row for row in found if row.contest == contest]
        steps = list(dict.fromkeys(row.step for row in of))
        if len({row.size for row in of}) < 2:
            continue
        figure, panels = plt.subplots(1, len(steps), figsize=(3.2 * len(steps), 3.2), squeeze=False, sharey=True)
        for panel, step in zip(panels[0], steps, strict=True):
            for who in dict.fromkeys(row.who for row in of):
                line = sorted((row.size, row.cpu) for row in of if row.step == step and row.who == who)
                if line:
                    panel.plot(*zip(*line, strict=True), marker="o", label=who)
            panel.set(xscale="log", yscale="log", title=step, xlabel="size")
            panel.grid(alpha=0.3)
        panels[0][0].set_ylabel("CPU seconds")
        panels[0][0].legend(fontsize="small")
        figure.tight_layout()
        figure.savefig(folder / f"{contest}.svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
