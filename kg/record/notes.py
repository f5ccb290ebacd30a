"""Where the files of a result contradict one another, or are odd."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.record.framework import of_folder
from kg.record.system_file import System, division, status, text


def notes(filed: System, system: str, said: dict[str, object], kind: str, framework: str) -> Iterator[str]:
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
