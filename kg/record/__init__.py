"""Official results, read from MLCommons' results repositories.

A repository is read file by file (`files`, `gather`): system files (`system_file`), logs (`log`); the round's rule
(`score`) makes results of them (`repository`), the framework as run is found (`framework`), and the
results are rows (`table`).
"""

from kg.record.files import count
from kg.record.repository import Repository, Submitter, identify, read_repository
from kg.record.table import read_csv, write_csv, write_jsonl, write_parquet

__all__ = [
    "Repository", "Submitter", "count", "identify", "read_csv", "read_repository", "write_csv",
    "write_jsonl", "write_parquet",
]  # fmt: skip
