"""Cold start of the commands, each a process of its own, beside Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Step

COMMANDS = {
    "--help": ["--help"],
    "queries": ["queries"],
    "query": ["query", "not-submitted"],
    "sparql": ["sparql", "SELECT * { ?s ?p ?o } LIMIT 1"],
    "describe": ["describe", "Baidu"],
    "validate": ["validate"],
    "export": ["export", "-", "--format", "nt"],
    "facts": ["facts", "--format", "jsonl"],
    "build": ["build"],
}


def _kg(folder: str) -> Iterator[Step]:
    program = ["-c", "from kg.cli import main; main()"]
    place = Path(folder) / "kg-graph"
    if not place.exists():
        _run([*program, "build", "--graph", str(place)])
    for name, words in COMMANDS.items():
        needs = name not in ("--help", "queries", "facts")
        where = place if name != "build" else place.with_name("built")
        yield name, lambda w=[*words, *(["--graph", str(where)] if needs else [])]: _run([*program, *w])


def _python(_folder: str) -> Iterator[Step]:
    yield "--help", lambda: _run(["-c", "pass"])


def _run(words: list[str]) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


CONTESTANTS = {"kg": _kg, "bare Python": _python}
TIMES = 3
