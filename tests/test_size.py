"""Files and functions stay small; ruff holds their branches (C901) by the settings of pyproject.toml."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES, FUNCTION = 370, 60


def test_no_file_is_long():
    sizes = {path.relative_to(ROOT): path.read_text("utf-8").count("\n") for path in (ROOT / "kg").rglob("*.py")}
    assert {str(path): size for path, size in sizes.items() if size > LINES} == {}


def test_no_function_is_long():
    found = {}
    for path in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                size = node.end_lineno - node.lineno + 1
                if size > FUNCTION:
                    found[f"{path.relative_to(ROOT)}::{node.name}"] = size
    assert found == {}
