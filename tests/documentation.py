"""What is made of other files: `python -m tests.documentation` makes it anew.

These are the commands in README.md and docs/ with what they show and draw, and the headers of the queries as JSON.

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
from typing import Any

from kg.query.canned import headers_json

ROOT = Path(__file__).parents[1]
HEADERS = ROOT / "queries" / "headers.json"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = {
    "graph.svg": "kg draw graph.svg",
    "scaling.svg": "kg plot scaling --benchmark BERT --round v2.0 scaling.svg",
}
"""The pictures in docs/ that are drawn, each with its command; the photographs of pages are made by docs/pictures.py."""
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
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


def executed(graph: Path) -> Any:
    """The notebook run on a graph, with its outputs."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, 4)
    before = os.environ.get("KG_GRAPH"), os.environ.get("PYTHONPATH")
    os.environ.update({"KG_GRAPH": str(graph), "PYTHONPATH": str(ROOT)})
    try:
        NotebookClient(notebook, timeout=300, record_timing=False).execute()
    finally:
        for name, value in zip(("KG_GRAPH", "PYTHONPATH"), before, strict=True):
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    for cell in notebook.cells:
        if "outputs" in cell:  # warnings of the machine that it runs on are none of its outputs
            cell["outputs"] = [o for o in cell["outputs"] if o.get("name") != "stderr"]
    return notebook


def main() -> None:
    """Write the output of every command into its page, of every cell into the notebook, and the drawings."""
    import nbformat

    HEADERS.write_text(headers_json(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        output("kg build", Path(folder))
        for page in PAGES:
            text = page.read_text("utf-8")
            made = _BLOCK.sub(lambda found: found[1] + output(found["command"], Path(folder)), text)
            if made != text:
                page.write_text(made, "utf-8")
                print(f"{page.relative_to(ROOT)}: written")
        for name, command in PICTURES.items():
            output(command, Path(folder))
            (ROOT / "docs" / name).write_bytes((Path(folder) / name).read_bytes())
        nbformat.write(executed(Path(folder) / "kg-graph"), NOTEBOOK)


if __name__ == "__main__":
    main()
