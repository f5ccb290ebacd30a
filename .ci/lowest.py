"""Print the lowest version of each dependency that pyproject.toml allows, as constraints for pip."""

import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
extras = project["optional-dependencies"]
for wanted in (
    *project["dependencies"],
    *(d for extra in ("serve", "plot", "prompt", "remote") for d in extras[extra]),
):
    print(wanted.replace(">=", "=="))
