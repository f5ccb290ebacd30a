"""Fuzz the project: `python -m tests.fuzz 100000 [--seed 0] [--kind pdf] [--graph kg-graph]`.

What fails is written to `tests/fuzz/corpus/KIND-HASH`, which `tests/fuzz/test_fuzz.py` tries again each time.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path

from tests.fuzz.kinds import kinds
from tests.fuzz.run import CORPUS, inputs, name_of, trial


def main() -> int:
    """Try so many inputs; returns 1 when one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", help="one kind alone")
    parser.add_argument("--graph", type=Path, help="a built graph, for HTTP and questions")
    options = parser.parse_args()
    tried = kinds(options.graph)
    if options.kind:
        tried = {options.kind: tried[options.kind]}
    failed = 0
    for kind, data in inputs(tried, options.number, options.seed):
        try:
            trial(tried[kind], data)
        except Exception:
            failed += 1
            (CORPUS / name_of(kind, data)).write_bytes(data)
            print(f"{name_of(kind, data)}:\n{traceback.format_exc(limit=-4)}", file=sys.stderr)
    print(f"{options.number} inputs, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
