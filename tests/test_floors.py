"""Imports go down: a file imports from its own folder and from rooms that stand before it in this list."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"
FLOORS = [
    "errors", "namespaces", "plain", "templates", "tables",
    "resources", "executor", "files", "model", "rdf", "store",
    "names",
    "read", "extract", "record", "graph", "shacl", "validate",
    "query", "claims", "ask",
    "build",
    "export", "draw", "plot", "serve", "mcp",
    "facts", "prompt", "cli", "__main__",
]  # fmt: skip


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return {name.split(".")[1] for name in found if name.startswith("kg.")}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path):
    mine = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if mine == "__init__":
        return
    below = {*FLOORS[: FLOORS.index(mine)], mine}
    assert imports(path) <= below, f"{path.relative_to(PACKAGE)} imports from above"
