"""A system file of a submission, read for what it is: JSON that people filled in by hand, at odds with the logs at times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from kg.errors import InputError
from kg.model.record import in_all
from kg.record.framework import of_folder

MAX_BYTES = 4 * 1024 * 1024
_COUNTS = ("number_of_nodes", "host_processors_per_node", "accelerators_per_node")
_FIELDS = {*_COUNTS, "submitter", "system_name", "accelerator_model_name", "host_processor_model_name", "framework"}
_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*")|,(?=\s*+[}\]])')
_STATUS = {
    "cloud": "cloud", "prem": "onprem", "preview": "preview", "research": "research", "rdi": "research",
    "available": "available",
}  # fmt: skip
_NOTHING = {"", "n/a", "na", "none", "null", "todo", "tbd", "-", "unknown", "undefined", "cpuname"}


@dataclass(frozen=True, slots=True)
class System:
    """What a system file says. Counts are None where it gives none; texts are '' then.

    `stack` is the software stack as 'name version; …', `memory` the accelerator's memory in GB; `odd` says
    what of the file could not be taken as it is.
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
    odd: tuple[str, ...] = ()

    @property
    def accelerators(self) -> int | None:
        """Accelerators in all nodes."""
        return in_all(self.nodes, self.accelerators_per_node)

    @property
    def processors(self) -> int | None:
        """Host processors in all nodes."""
        return in_all(self.nodes, self.processors_per_node)


def read_system(path: str, stream: IO[bytes]) -> System:
    """The system in a file. Raises InputError, with the line, when it is not a JSON object."""
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise InputError(f"{path}: is larger than {MAX_BYTES // 1024**2} MB, which no system file is")
    odd: list[str] = []
    try:
        written = raw.decode(json.detect_encoding(raw))
    except UnicodeDecodeError:
        written = raw.decode("cp1252", "replace")
        odd.append("is not UTF-8; read as Windows-1252")
    said = _parsed(path, written, odd)
    uncounted = [key for key in _COUNTS if text(said.get(key)) and count(said.get(key)) is None]
    odd += [f"{key} is {text(said[key])!r}, no count" for key in uncounted]

    def words(key: str) -> str:
        return text(said.get(key))

    return System(
        path=path, submitter=words("submitter"), division=division(words("division")), status=words("status").lower(),
        name=words("system_name"), nodes=count(said.get("number_of_nodes")),
        processors_per_node=count(said.get("host_processors_per_node")), processor=words("host_processor_model_name"),
        accelerators_per_node=count(said.get("accelerators_per_node")), accelerator=words("accelerator_model_name"),
        memory=gigabytes(said.get("accelerator_memory_capacity")), host_memory=words("host_memory_capacity"),
        framework=words("framework"), stack=_stack(said.get("other_software_stack")), odd=tuple(odd),
    )  # fmt: skip


def _parsed(path: str, raw: str, odd: list[str]) -> dict[str, Any]:
    """The object in a text; commas before a closing bracket are left out, of a doubled key the last counts."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values and values[key] != value:
                odd.append(f"{key} is given twice, {text(values[key])!r} and {text(value)!r}; the last is taken")
            values[key] = value
        return values

    try:
        try:
            said = json.loads(raw, strict=False, object_pairs_hook=once)
        except json.JSONDecodeError:
            odd[:] = ["it has commas before a closing bracket"]
            mended = _COMMA.sub(lambda found: found[1] or "", raw)
            said = json.loads(mended, strict=False, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: is not JSON ({error.msg})") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{path}: is nested too deeply, or has too long a number, to be a system file") from error
    while isinstance(said, dict) and len(said) == 1 and isinstance(inner := next(iter(said.values())), dict):
        said = inner
    if not isinstance(said, dict):
        raise InputError(f"{path}: holds no JSON object")
    named = {re.sub(r"[\W_]+", "_", key).strip("_").lower(): value for key, value in said.items()}
    if not named.keys() & _FIELDS:
        raise InputError(f"{path}: has none of the fields of a system file, such as {', '.join(_COUNTS)}")
    return named


def text(value: Any) -> str:
    """A value as a line of text; '' for a placeholder such as 'N/A', and for null.

    >>> text(" N/A "), text(["a", "b"]), text(8)
    ('', 'a, b', '8')
    """
    if isinstance(value, dict):
        said = "; ".join(f"{k} {text(v)}".strip() for k, v in value.items() if text(v))
    elif isinstance(value, list):
        said = ", ".join(filter(None, map(text, value)))
    else:
        said = "" if value is None else str(value)
    said = " ".join(said.encode("utf-8", "replace").decode().split())  # half a pair of JSON's escapes is no text
    return "" if said.lower() in _NOTHING else said


def division(said: str) -> str:
    """The division that a file or a log means, in small letters.

    >>> division("Close"), division("open")
    ('closed', 'open')
    """
    small = said.lower()
    return {"close": "closed"}.get(small, small)


def status(said: str) -> str:
    """The availability that a file or a log means, of the dozen ways to spell the five of them.

    >>> status("Available in cloud"), status("on-premise"), status("Available"), status("RDI")
    ('cloud', 'onprem', 'available', 'research')
    """
    small = said.lower()
    for stem, means in _STATUS.items():
        if stem in small:
            return means
    return small


def count(value: Any) -> int | None:
    """A count, which files give as a number, a text or a whole float, with a word or not; else None.

    >>> count("8x"), count(2.0), count("2 nodes"), count("2.5"), count("1 or 2"), count("N/A")
    (8, 2, 2, None, None, None)
    """
    if isinstance(value, bool):
        return None
    found = re.fullmatch(r"(\d{1,7})(?:\.0+)?\s*[x×]?\s*(?:[A-Za-z]+\s?){0,3}", text(value))
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
    return "; ".join(filter(None, map(text, value if isinstance(value, list) else [value])))


def contradictions(filed: System, system: str, said: dict[str, object], kind: str, framework: str) -> Iterator[str]:
    """What of the file and the logs of a system, filed under a name, contradicts one another or could not be read."""
    yield from filed.odd
    logged = division(text(said.get("submission_division")))
    if logged and logged != kind:
        yield f"the log says division {logged}"
    ways = {status(filed.status), status(text(said.get("submission_status")))} - {""}
    if len(ways) > 1 and ways not in ({"available", "onprem"}, {"available", "cloud"}):
        yield f"the log says status {text(said.get('submission_status')).lower()}"
    for name in dict.fromkeys((system, filed.name)):
        wrong = [*_wrong_counts(filed, name), *_wrong_words(filed.accelerator, name)]
        borne = of_folder(name)
        if borne and framework and borne != framework:
            wrong.append(f"{borne}, the run was with {framework}")
        if wrong:
            yield f"the name {name} says {', '.join(wrong)}"
            break


def _wrong_counts(filed: System, name: str) -> Iterator[str]:
    number = re.search(r"(?<![A-Za-z\d.])(\d{1,5})\s?x\s?(?=[A-Za-z])", name)
    counts = {filed.nodes, filed.accelerators_per_node, filed.accelerators} - {None}
    if number and counts and int(number[1]) not in counts:
        yield f"{number[1]}x, the file {filed.nodes} nodes of {filed.accelerators_per_node}"


def _wrong_words(accelerator: str, name: str) -> Iterator[str]:
    """The form factor and memory of a system's name that its file contradicts."""
    for pattern in (r"SXM|PCIe", r"(?<=[ _-])\d{2,3}(?=\s?GB)"):
        named, filed = ({m.upper() for m in re.findall(pattern, where, re.IGNORECASE)} for where in (name, accelerator))
        if len(named) == 1 and len(filed) == 1 and named != filed:
            yield f"{named.pop()}, the file {filed.pop()}"
