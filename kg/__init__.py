"""mlperf-kg: a knowledge graph of MLPerf statements, every fact with the words it rests on.

The command line's work in a few lines of Python::

    import kg

    kg.build_graph(["training-v2.0.pdf"], directory=Path("kg-graph"))
    graph = kg.open_graph("kg-graph")
    kg.run_query(graph, "who-submitted", {"accelerator": "A100 80GB", "framework": "PyTorch"})
    dataset = graph.to_rdflib()

Everything is imported when it is first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # typing's own would load it
if TYPE_CHECKING:
    from kg.ask import ask as ask_question
    from kg.build import build as build_graph
    from kg.build import read_statements
    from kg.claims.stored import stored_reviews
    from kg.draw import draw as draw_graph
    from kg.errors import KgError
    from kg.export import export as export_graph
    from kg.query import describe, resolve
    from kg.query import queries as list_queries
    from kg.query import run as run_query
    from kg.query import sparql as run_sparql
    from kg.record.repository import read_results
    from kg.store import open_graph
    from kg.validate import validate as validate_graph

__all__ = [
    "KgError",
    "ask_question",
    "build_graph",
    "describe",
    "draw_graph",
    "export_graph",
    "list_queries",
    "open_graph",
    "read_results",
    "read_statements",
    "resolve",
    "run_query",
    "run_sparql",
    "stored_reviews",
    "validate_graph",
]
__version__ = "0.1.0"

_HOMES = {
    "KgError": ("kg.errors", "KgError"),
    "ask_question": ("kg.ask", "ask"),
    "build_graph": ("kg.build", "build"),
    "describe": ("kg.query", "describe"),
    "draw_graph": ("kg.draw", "draw"),
    "export_graph": ("kg.export", "export"),
    "list_queries": ("kg.query", "queries"),
    "open_graph": ("kg.store", "open_graph"),
    "read_results": ("kg.record.repository", "read_results"),
    "read_statements": ("kg.build", "read_statements"),
    "resolve": ("kg.query", "resolve"),
    "run_query": ("kg.query", "run"),
    "run_sparql": ("kg.query", "sparql"),
    "stored_reviews": ("kg.claims.stored", "stored_reviews"),
    "validate_graph": ("kg.validate", "validate"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)
