"""Two thousand mutated inputs, and all that once failed."""

import pytest

from tests.fuzz.kinds import kinds
from tests.fuzz.run import SECONDS, corpus, inputs, trial

SLOW = 4 * SECONDS
"""Machines that run tests are slow, and busy."""


@pytest.fixture(scope="module")
def tried(built):
    return kinds(built)


@pytest.mark.parametrize(("kind", "data"), list(corpus()), ids=lambda one: one if isinstance(one, str) else "")
def test_what_once_failed(tried, kind, data):
    trial(tried[kind], data, SLOW)


@pytest.mark.parametrize("seed", range(10))
def test_any_input_is_read_or_refused(tried, seed):
    for kind, data in inputs(tried, 200, seed):
        trial(tried[kind], data, SLOW)
