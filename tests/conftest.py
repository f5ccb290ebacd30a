"""What several tests need: the published documents, where they are there, and the built graph."""

from pathlib import Path

import pytest

from kg.build import build
from kg.store import open_graph

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published documents and annotations beside the checkout."""
    if not (SHARED / "statements").is_dir():
        pytest.skip("the published documents are not beside the checkout (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The graph of the shipped statements, as its directory."""
    directory = tmp_path_factory.mktemp("built") / "graph"
    build(directory=directory)
    return directory


@pytest.fixture(scope="session")
def graph(built):
    """The graph of the shipped statements, open."""
    return open_graph(built)
