"""The faults of `tests/mutations.toml` stand somewhere; whether tests notice them says `python -m tests.mutate`."""

from pathlib import Path

import pytest

from tests.mutate import mutations

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("mutation", mutations(), ids=lambda m: m["name"])
def test_what_is_changed_is_there(mutation):
    assert mutation["find"] in (ROOT / mutation["file"]).read_text("utf-8")
    assert all((ROOT / test).exists() for test in mutation["tests"] if "/" in test)
