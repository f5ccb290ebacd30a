"""The notebook runs, and shows what it shows in the documentation."""

import re

import pytest

from . import documentation


def outputs(notebook):
    return [
        re.sub(r" at 0x[0-9a-f]+", "", output.get("data", {}).get("text/plain", output.get("text", "")))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]


def test_the_notebook_gives_what_it_shows(built):
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    pytest.importorskip("nbclient", reason="nbclient is not installed")
    made = documentation.executed(built)
    shown = nbformat.read(documentation.NOTEBOOK, 4)
    assert outputs(made) == outputs(shown)
    assert any("image/svg+xml" in output.get("data", {}) for cell in made.cells for output in cell.get("outputs", []))
