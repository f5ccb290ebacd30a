"""A system file of a submission, read for what it is: JSON that people filled in by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from kg.errors import InputError

MAX_BYTES = 4 * 1024 * 1024
_NOTHING = {"", "n/a", "na", "none", "null", "todo", "tbd", "-", "unknown", "undefined"}


@dataclass(frozen=True, slots=True)
class System:
    """What a system file says. Counts are None where it gives none; texts are '' then.

    `stack` is the software stack as 'name version; …', `memory` the accelerator's memory in GB.
    """

    path: str
    submitter: str
    division: str
    status: str
    name: str
    nodes: int | None
    processors_per_node: int | None
    processor: str
    accelerators_per_node: int | None
    accelerator: str
    memory: Decimal | None
    host_memory: str
    framework: str
    stack: str
    notes: str

    @property
    def accelerators(self) -> int | None:
        """Accelerators in all nodes."""
        if self.nodes is None or self.accelerators_per_node is None:
            return None
        return self.nodes * self.accelerators_per_node

    @property
    def processors(self) -> int | None:
        """Host processors in all nodes."""
        if self.nodes is None or self.processors_per_node is None:
            return None
        return self.nodes * self.processors_per_node


def read_system(path: str, stream: IO[bytes]) -> System:
    """The system in a file. Raises InputError, with the line, when it is not a JSON object."""
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise InputError(f"{path}: is larger than {MAX_BYTES // 1024**2} MB, which no system file is")
    try:
        said = json.loads(raw.decode("utf-8-sig", "replace"), strict=False)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: is not JSON ({error.msg})") from error
    except RecursionError as error:
        raise InputError(f"{path}: is nested too deeply to be a system file") from error
    if not isinstance(said, dict):
        raise InputError(f"{path}: holds no JSON object")

    def words(key: str) -> str:
        return text(said.get(key))

    return System(
        path=path,
        submitter=words("submitter"),
        division=words("division").lower(),
        status=words("status").lower(),
        name=words("system_name"),
        nodes=count(said.get("number_of_nodes")),
        processors_per_node=count(said.get("host_processors_per_node")),
        processor=words("host_processor_model_name"),
        accelerators_per_node=count(said.get("accelerators_per_node")),
        accelerator=words("accelerator_model_name"),
        memory=gigabytes(said.get("accelerator_memory_capacity")),
        host_memory=words("host_memory_capacity"),
        framework=words("framework"),
        stack=_stack(said.get("other_software_stack")),
        notes=words("sw_notes"),
    )


def text(value: Any) -> str:
    """A value as a line of text; '' for what says nothing ('N/A', 'TODO', null).

    >>> text(" N/A "), text(["a", "b"]), text(8)
    ('', 'a, b', '8')
    """
    if isinstance(value, dict):
        said = "; ".join(f"{k} {text(v)}".strip() for k, v in value.items() if text(v))
    elif isinstance(value, list):
        said = ", ".join(filter(None, map(text, value)))
    else:
        said = "" if value is None else str(value)
    said = " ".join(said.split())
    return "" if said.lower() in _NOTHING else said


def count(value: Any) -> int | None:
    """A count, which files give as a number, a text or a whole float; None for anything else.

    >>> count("8"), count(2.0), count("2.5"), count("N/A")
    (8, 2, None, None)
    """
    if isinstance(value, bool):
        return None
    found = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text(value))
    return int(found[1]) if found else None


def gigabytes(value: Any) -> Decimal | None:
    """A memory size in GB as it is printed ('80 GB', '80GiB', '80G'); None when it says none or several.

    >>> gigabytes("80GiB"), gigabytes("40536 MB"), gigabytes("2x 24 GB"), gigabytes("900 MB + 32 GB")
    (Decimal('80'), Decimal('40.536'), None, None)
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MGT])i?B?(?:\s.*)?", text(value), re.IGNORECASE)
    if not found or re.search(r"\d\s*[MGT]i?B?\b", text(value)[found.end(2) :], re.IGNORECASE):
        return None
    factor = {"M": Decimal("0.001"), "G": Decimal(1), "T": Decimal(1000)}[found[2].upper()]
    size = Decimal(found[1]) * factor
    return size.normalize() if size % 1 else size.quantize(Decimal(1))


def _stack(value: Any) -> str:
    """The software stack, of which files make a dictionary, a list of dictionaries or a text."""
    parts = value if isinstance(value, list) else [value]
    said = [
        f"{name} {text(version)}" if isinstance(part, Mapping) else text(part)
        for part in parts
        for name, version in (part.items() if isinstance(part, Mapping) else [("", "")])
        if not isinstance(part, Mapping) or text(version)
    ]
    return "; ".join(filter(None, said))
