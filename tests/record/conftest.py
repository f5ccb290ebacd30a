"""A results repository of our own making: one submitter, one system, five ResNet runs of 10 to 14 minutes."""

import json
from pathlib import Path

from kg.record.repository import read_results

START = 1_650_000_000_000


def event(key, minutes, value=None, **metadata):
    """A line of a log, so many minutes after the start."""
    record = {
        "namespace": "", "time_ms": START + round(minutes * 60_000), "event_type": "POINT_IN_TIME", "key": key,
        "value": value, "metadata": {"file": "train.py", "lineno": 7, **metadata},
    }  # fmt: skip
    return f":::MLLOG {json.dumps(record)}"


def log(minutes, *, status="success", accuracy=0.76, start=0.0):
    return "\n".join([
        event("submission_org", 0, "Acme"), event("submission_division", 0, "closed"),
        event("submission_status", 0, "onprem"), event("init_start", 0), event("init_stop", start),
        event("run_start", start), event("eval_accuracy", start + minutes / 2, 0.5, epoch_num=1),
        event("eval_accuracy", start + minutes, accuracy, epoch_num=2),
        event("run_stop", start + minutes, status=status), "",
    ])  # fmt: skip


SYSTEM = {
    "submitter": "Acme", "division": "closed", "status": "available", "system_name": "Box 8xA100",
    "number_of_nodes": "1", "host_processors_per_node": "2", "host_processor_model_name": "AMD EPYC 7742",
    "accelerators_per_node": 8, "accelerator_model_name": "NVIDIA A100-SXM4-80GB (400W)",
    "accelerator_memory_capacity": "80 GB", "framework": "PyTorch NVIDIA Release 22.04",
    "other_software_stack": {"cuda_version": "11.6"}, "sw_notes": "N/A",
}  # fmt: skip


def write(root: Path, path: str, content) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else (
        content if isinstance(content, str) else json.dumps(content)
    ).encode()  # fmt: skip
    file.write_bytes(data)
    return file


def only(repository, **options):
    """The one result of a repository."""
    found = read_results(repository, **options)
    assert len(found.results) == 1, [str(p) for p in found.problems]
    return found.results[0]
