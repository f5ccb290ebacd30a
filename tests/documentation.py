"""The commands in README.md and docs/ with the output that they show; `python -m tests.documentation` writes it anew.

A block of output follows a comment with its command: <!-- output: kg query … | head -8 -->. Commands run in a
shell, one after the other, in an empty folder in which the first one is `kg build`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"(<!-- output: (?P<command>.+?) -->\n```text\n)(?P<shown>.*?)(?=```)", re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with the output that it shows."""
    return [(found["command"], found["shown"]) for found in _BLOCK.finditer(page.read_text("utf-8"))]


def output(command: str, folder: Path) -> str:
    """What a command prints in a folder, to a terminal 110 characters wide."""
    program = f'kg() {{ "{sys.executable}" -m kg "$@"; }}; {command}'
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    ran = subprocess.run(
        ["bash", "-c", program], cwd=folder, env={**environment, "COLUMNS": "110", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.stdout + ran.stderr


def main() -> None:
    """Write the output of every command into its page."""
    with tempfile.TemporaryDirectory() as folder:
        output("kg build", Path(folder))
        for page in PAGES:
            text = page.read_text("utf-8")
            made = _BLOCK.sub(lambda found: found[1] + output(found["command"], Path(folder)), text)
            if made != text:
                page.write_text(made, "utf-8")
                print(f"{page.relative_to(ROOT)}: written")


if __name__ == "__main__":
    main()
