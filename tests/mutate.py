"""Put named faults into a copy of the program, one at a time, and see that tests notice: `python -m tests.mutate [WORD …]`.

The faults are in `tests/mutations.toml`; words choose those whose names have them. The exit code is 1 when a fault is
not noticed, or stands nowhere.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("kg", "tests", "ontology", "queries", "data", "training", "benchmarks", "pyproject.toml", "README.md")


def mutations():
    """The faults in the order of the file."""
    return tomllib.loads((ROOT / "tests" / "mutations.toml").read_text("utf-8"))["mutation"]


def noticed(mutation, copy):
    """Whether the tests of a fault fail with it; None when the text that it changes is not there."""
    file = copy / mutation["file"]
    text = file.read_text("utf-8")
    if mutation["find"] not in text:
        return None
    file.write_text(text.replace(mutation["find"], mutation["replace"]), "utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutation["tests"]]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
        return done.returncode == 1
    finally:
        file.write_text(text, "utf-8")


def main(words):
    """Try the faults; returns the exit code."""
    left = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copy.mkdir()
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, copy / name)
        for mutation in mutations():
            if all(word in mutation["name"] for word in words):
                said = {True: "noticed", False: "NOT NOTICED", None: "NOT FOUND"}[noticed(mutation, copy)]
                print(f"{said:12} {mutation['name']}", flush=True)
                left += [mutation["name"]] * (said != "noticed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
