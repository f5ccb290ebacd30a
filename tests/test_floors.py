"""A file imports only from floors below its own, and from its neighbours in the same folder."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"
FLOORS = {
    "errors": 0,
    "model": 1, "record": 1, "namespaces": 1, "resources": 1, "executor": 1, "lines": 1,
    "read": 2, "extract": 2, "link": 2, "graph": 2, "validate": 2, "store": 2, "worker": 2,
    "build": 3, "query": 3, "export": 3, "draw": 3, "evaluate": 3, "facts": 3, "results": 3, "events": 3, "claims": 3,
    "ask": 4,
    "serve": 5,
    "cli": 6,
}  # fmt: skip


def floor(module: str) -> int:
    return FLOORS[module.split(".")[1]] if "." in module else 7


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return {name for name in found if name == "kg" or name.startswith("kg.")}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    mine = parts[0]
    if mine == "__init__":
        return
    for module in imports(path):
        other = module.split(".")[1]
        if other == mine:
            continue
        same_floor_below = (
            FLOORS[other] == FLOORS[mine] and FLOORS[mine] in (1, 2, 3) and (mine, other) in ALLOWED
        )
        assert FLOORS[other] < FLOORS[mine] or same_floor_below, (
            f"{path.name} (floor {FLOORS[mine]}) imports {module}"
        )


ALLOWED = {
    ("model", "namespaces"),
    ("record", "model"),
    ("record", "namespaces"),
    ("extract", "link"),
    ("validate", "graph"),
    ("facts", "evaluate"),
    ("draw", "export"),
    ("build", "results"),
    ("events", "results"),
    ("graph", "read"),
    ("build", "claims"),
    ("query", "worker"),
}
"""Neighbours on one floor: the arrow of the data goes from right to left, never back."""
