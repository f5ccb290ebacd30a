"""A small document, and commands in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def kg(*words, stdin=None, **environment):
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)], cwd=ROOT, input=stdin, capture_output=True, text=True,
        env={**os.environ, "COLUMNS": "118", **environment},
    )  # fmt: skip


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "statements.md"
    text = "# MLPerf Training v2.0\n\n## Baidu\n\nWe submitted BERT results in 12.5 minutes on eight A100 80GB GPUs using PyTorch.\n"
    path.write_text(text, "utf-8")
    return path
