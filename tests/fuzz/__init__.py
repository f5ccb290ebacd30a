"""Mutated inputs of all kinds, each held to what must be true of any: `python -m tests.fuzz N`."""
