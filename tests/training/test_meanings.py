import tomllib
from pathlib import Path

from kg.ask.words import ASIDE, meanings
from kg.resources import folder

SEEDS = tomllib.loads((Path(__file__).parents[2] / "training" / "meanings.toml").read_text("utf-8"))


def test_learned_words_hold_what_they_were_learned_from_on_its_side():
    found = meanings()
    aside, restricts = (" ".join(SEEDS[name].split()).split(", ") for name in ("aside", "restricts"))
    assert all(found[seed] >= ASIDE for seed in aside if seed.isalpha() and seed not in restricts)
    assert all(found[seed] < 0 for seed in restricts if seed.isalpha())
    assert all(found[word] >= ASIDE for word in ("jauntily", "grandparents"))  # learned, not seeds
    assert all(found[word] < 0 for word in ("cheaply", "kernels"))


def test_each_common_word_stands_once_and_in_its_order():
    lines = (folder("queries") / "meanings.txt").read_text("utf-8").splitlines()
    numbers, words = zip(*(line.split(" ", 1) for line in lines), strict=True)
    assert [*map(int, numbers)] == sorted(set(map(int, numbers)))
    assert len(" ".join(words).split()) == len(meanings())
