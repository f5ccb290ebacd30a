"""The tables in CSV that stand beside this code: the rules of rounds, what is known of single results, frameworks, submitters."""

from __future__ import annotations

import csv
from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table, 'rules.csv' or another."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
