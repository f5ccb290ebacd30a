import tomllib
from pathlib import Path

from kg.resources import folder

SEEDS = tomllib.loads((Path(__file__).parents[2] / "training" / "meanings.toml").read_text("utf-8"))


def test_learned_words_hold_what_they_were_learned_from_and_nothing_that_restricts():
    words = (folder("queries") / "aside.txt").read_text("utf-8").split()
    aside, restricts = (" ".join(SEEDS[name].split()).split(", ") for name in ("aside", "restricts"))
    assert words == sorted(set(words))
    assert {seed for seed in aside if seed.isalpha()} - set(restricts) <= set(words)
    assert not set(words) & set(restricts)
    assert {"jauntily", "grandparents"} <= set(words)  # learned, not seeds
    assert not set(words) & {"cheaply", "canadians", "wattage", "kernels"}
