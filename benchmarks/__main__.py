"""Run the benchmarks: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from benchmarks.contests import records
from benchmarks.generate import documents, write_graph_file
from benchmarks.measure import Measurement, measure
from benchmarks.report import write

SIZES = {
    "start": [0], "build": [0], "validate": [10_000, 100_000], "export": [10_000, 100_000], "query": [10_000, 100_000, 1_000_000],
    "facts": [1, 10, 100], "records": [1_000, 10_000], "results": [0],
}  # fmt: skip
LARGE = {"validate": [1_000_000], "query": [10_000_000], "facts": [1_000]}
"""Sizes that take minutes or gigabytes: triples, and copies of the shipped statements."""

SLOW = {"rdflib": 1_000_000, "pyshacl": 100_000, "networkx": 100_000}
"""The largest size that a contestant is given."""


def main() -> None:
    """Measure what is asked for, and write benchmarks/results/."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("contests", nargs="*", help=f"of {', '.join(SIZES)}; all when none is given")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contestant runs (3)")
    parser.add_argument("--large", action="store_true", help="the large sizes too; hours, and 16 GB of memory")
    parser.add_argument("--most", type=int, help="no size above this")
    parser.add_argument("--limit", type=float, default=300, help="seconds for one contestant in one round (300)")
    parser.add_argument("--inputs", type=Path, help="a folder to keep the generated inputs in")
    parser.add_argument("--results", type=Path, help="an unpacked results repository, for the contest results")
    parser.add_argument("--round", default="v2.0", help="its round (v2.0)")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results")
    options = parser.parse_args()
    unknown = set(options.contests) - set(SIZES)
    if "results" in options.contests and not options.results:
        parser.error("the contest results needs a repository: give --results")
    if unknown:
        parser.error(f"no contest {', '.join(sorted(unknown))}; there are {', '.join(SIZES)}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.inputs or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        measured: list[Measurement] = []
        for contest in options.contests or (c for c in SIZES if c != "results" or options.results):
            sizes = SIZES[contest] + (LARGE.get(contest, []) if options.large else [])
            for size in (s for s in sizes if options.most is None or s <= options.most):
                measured += _contest(contest, size, _inputs(contest, size, folder, options), options)
        print(write(measured, options.output))


def _contest(contest: str, size: int, inputs: list[str], options: argparse.Namespace) -> list[Measurement]:
    """All contestants in turn, as often as there are rounds."""
    module = importlib.import_module(f"benchmarks.contests.{contest}")
    measured: list[Measurement] = []
    for round_ in range(options.rounds):
        for who in module.CONTESTANTS:
            if size <= SLOW.get(who, size):
                begun = time.perf_counter()
                measured += measure(contest, who, size, round_, inputs, options.limit)
                taken = time.perf_counter() - begun
                print(f"{contest} {size or ''} round {round_ + 1}: {who}, {taken:.1f} s", file=sys.stderr)
    return measured


def _inputs(contest: str, size: int, folder: Path, options: argparse.Namespace) -> list[str]:
    """The files of a contest, made when they are not there."""
    if contest == "results":
        return [str(options.results), options.round]
    if contest == "records":
        return records.inputs(folder, size)
    if contest in ("start", "build"):
        return [str(folder)]
    if contest == "facts":
        texts = folder / f"documents-{size}"
        if not texts.exists():
            texts.mkdir()
            for number, text in enumerate(documents(size)):
                (texts / f"{number:05}.md").write_text(text, "utf-8")
        return [str(texts)]
    quads, triples = folder / f"graph-{size}.nq", folder / f"graph-{size}.nt"
    if not quads.exists():
        write_graph_file(quads, size)
    if not triples.exists():
        found = {quad.triple for quad in ox.parse(path=str(quads), format=ox.RdfFormat.N_QUADS)}
        triples.write_bytes(ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b"")
    return [str(quads), str(triples)]


if __name__ == "__main__":
    main()
