"""mlperf-kg: a knowledge graph of MLPerf statements, every fact with the words it rests on.

The command line's work in a few lines of Python::

    import kg

    kg.build(["training-v2.0.pdf"], directory=Path("kg-graph"))
    graph = kg.open_graph("kg-graph")
    kg.run(graph, "who-submitted", {"accelerator": "A100 80GB", "framework": "PyTorch"})
    dataset = graph.to_rdflib()

Everything is imported when it is first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.build import build, read_statements
    from kg.draw import draw
    from kg.errors import KgError
    from kg.export import export
    from kg.query import describe, queries, resolve, run, sparql
    from kg.store import open_graph
    from kg.validate import validate

__all__ = [
    "KgError", "build", "describe", "draw", "export", "open_graph", "queries", "read_statements", "resolve", "run",
    "sparql", "validate",
]  # fmt: skip
__version__ = "0.1.0"

_HOMES = {
    "KgError": "kg.errors",
    "build": "kg.build",
    "read_statements": "kg.build",
    "draw": "kg.draw",
    "export": "kg.export",
    "describe": "kg.query",
    "queries": "kg.query",
    "resolve": "kg.query",
    "run": "kg.query",
    "sparql": "kg.query",
    "open_graph": "kg.store",
    "validate": "kg.validate",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
