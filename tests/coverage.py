"""How much of each folder of `kg/` its own tests run: `python -m tests.coverage [FOLDER …]`.

The tests of `kg/FOLDER` are `tests/FOLDER` and the doctests in it; a module of `kg/` itself has `tests/test_MODULE.py`
and counts under `.`. The exit code is 1 when a folder is covered to less than 90 % of its lines.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEAST = 90
RC = """[run]
data_file = {data}
parallel = true
patch = subprocess, _exit
source = kg
[report]
include = {include}
exclude_also =
    if TYPE_CHECKING:
precision = 1
"""


def folders():
    """The folders of `kg/`, `.` for its own modules."""
    return [".", *sorted(path.name for path in (ROOT / "kg").iterdir() if any(path.glob("*.py")))]


def tests(folder):
    """The tests of a folder."""
    if folder != ".":
        return [f"tests/{folder}", f"kg/{folder}"]
    modules = [path.stem for path in (ROOT / "kg").glob("*.py") if path.stem != "__main__"]
    named = [f"tests/test_{name}.py" for name in modules if (ROOT / f"tests/test_{name}.py").exists()]
    return [*named, *(f"kg/{name}.py" for name in modules)]


def covered(folder):
    """The share of a folder's lines that its tests run, in per cent, and the report that says which they do not."""
    with tempfile.TemporaryDirectory() as scratch:
        rc = Path(scratch) / "coveragerc"
        include = "kg/*.py" if folder == "." else f"kg/{folder}/*"
        omit = "omit = kg/*/*\n" if folder == "." else ""
        rc.write_text(RC.format(data=Path(scratch) / "data", include=include) + omit)
        coverage = [sys.executable, "-m", "coverage"]
        settings = {**os.environ, "COVERAGE_CORE": "sysmon" if sys.version_info >= (3, 12) else "ctrace"}
        command = [*coverage, "run", f"--rcfile={rc}", "-m", "pytest", "-q", *tests(folder)]
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
        if done.returncode:
            return 0.0, done.stdout[-2000:]
        subprocess.run([*coverage, "combine", "-q", f"--rcfile={rc}"], cwd=ROOT, check=True)
        report = [*coverage, "report", f"--rcfile={rc}"]
        total, missed = (
            subprocess.run([*report, *options], cwd=ROOT, capture_output=True, text=True, check=True).stdout
            for options in (["--format=total"], ["-m", "--skip-covered"])
        )
        return float(total), missed


def main(words):
    """Measure the folders; returns the exit code."""
    low = []
    for folder in words or folders():
        share, said = covered(folder)
        print(f"kg/{folder}: {share:.1f} %", flush=True)
        if share < LEAST:
            low.append(folder)
            print(said, flush=True)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
