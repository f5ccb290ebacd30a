"""Inputs by kind, and a trial of one: nothing but what a kind allows is raised, within time and memory."""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from time import process_time

from tests.fuzz.kinds import Kind
from tests.fuzz.mutate import mutated

CORPUS = Path(__file__).parent / "corpus"
SECONDS = 2.0
MEGABYTES = 500.0


def inputs(tried: Mapping[str, Kind], number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many mutated inputs, the kinds in turn; the same for the same seed."""
    chance = Random(seed)
    for at in range(number):
        kind = list(tried)[at % len(tried)]
        yield kind, mutated(chance.choice(tried[kind].seeds), chance)


def corpus() -> Iterator[tuple[str, bytes]]:
    """What once failed, by kind."""
    for path in sorted(CORPUS.glob("*-*")):
        yield path.name.partition("-")[0], path.read_bytes()


def trial(kind: Kind, data: bytes, seconds: float = SECONDS) -> None:
    """Try one input. Raises AssertionError when it takes too long or too much, and whatever else must not be."""
    begun, before = process_time(), _peak()
    kind.check(data)
    taken, more = process_time() - begun, _peak() - before
    assert taken < seconds, f"{taken:.1f} s"
    assert more < MEGABYTES, f"{more:.0f} MB"


def name_of(kind: str, data: bytes) -> str:
    """The name of an input in the corpus."""
    return f"{kind}-{hashlib.sha256(data).hexdigest()[:10]}"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
