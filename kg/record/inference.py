"""Results of MLPerf Inference, read from flat tables.

Two kinds are known by their content: MLCommons' `summary_results.json` (an array with one object a result;
https://github.com/mlcommons/inference_results_v5.1), and the CSV of https://github.com/mlcommons/cm4mlperf-results,
which holds several rounds. Both may be compressed with xz.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model.record import in_all, together
from kg.model.statement import Entity
from kg.names.vocabulary import Vocabulary
from kg.namespaces import iri, last, slug
from kg.record.cells import COUNT, NAME, NESTED, NUMBER, TEXT, VERSION, Kind
from kg.record.link import ResultLinker

MAX_BYTES = 512 * 1024**2
"""How many bytes a table may have, unpacked; the largest known has 17 million."""

_JSON, _CSV = (
    ("Submitter", "Scenario", "Performance_Result", "Performance_Units"),
    ("version", "Organization", "Scenario"),
)
_LESS = re.compile(r"latency|joule|watt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InferenceRow:
    """One result as a table gives it.

    `version` is that of the round ('v5.1'), `suite` 'datacenter', 'edge' or both; `platform` is the system's
    folder, `location` that of the result in the repository. `performance` is in `unit`, `power` in `power_unit`;
    `accelerators_per_node` is None of a system of processors alone. `url` is '' when the table has none.
    """

    version: str
    suite: str
    division: str
    submitter: str
    availability: str
    system: str
    platform: str
    model: str
    scenario: str
    performance: Decimal
    unit: str
    accuracy: str
    power: Decimal | None
    power_unit: str
    accelerator: str
    accelerators_per_node: int | None
    nodes: int | None
    processor: str
    software: str
    location: str
    url: str

    @property
    def better(self) -> str:
        """'less' where a smaller number is the better one (latencies), else 'more'."""
        return "less" if _LESS.search(self.unit) else "more"

    @property
    def accelerators(self) -> int | None:
        """How many accelerators all nodes have together."""
        return in_all(self.nodes, self.accelerators_per_node)


@dataclass(frozen=True, slots=True)
class InferenceTable:
    """The results of one table, named after its file; `left_out` counts rows without a performance."""

    name: str
    rows: tuple[InferenceRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class LinkedInference:
    """A row with the entities that its names stand for; None for an unknown one.

    `benchmark` is that of the model, whatever accuracy is asked of it; a new one when none is known.
    """

    row: InferenceRow
    filed_system: str
    """The IRI of the system as filed."""
    iri: str
    """The IRI of the result, made of its place in the repository without the folder that all have."""
    round: Entity
    submitters: tuple[Entity, ...]
    benchmark: Entity
    division: Entity | None
    availability: Entity | None
    accelerator: Entity | None

    @property
    def names(self) -> str:
        """The names of the submitters, for people."""
        return together(self.submitters)


def is_inference(path: Path) -> bool:
    """Whether a file is a table of inference results, by its first bytes."""
    try:
        head = _start(path, 4096).decode("utf-8-sig", "replace")
    except (OSError, lzma.LZMAError, EOFError):
        return False
    first = head.partition("\n")[0].split(",")
    return set(_CSV) <= set(first) or (head.lstrip()[:1] == "[" and all(f'"{name}"' in head for name in _JSON))


def read_inference(path: Path) -> InferenceTable:
    """The results of a table.

    Raises InputError for a file that is none, is damaged or too large, and, with the result and column, for a value
    that its column cannot have: a round, a number beyond reason, no name of submitter, system, model, scenario, place.
    """
    try:
        data = _start(path, MAX_BYTES + 1)
    except (OSError, lzma.LZMAError, EOFError) as error:
        raise InputError.unreadable(path, error, "fetch it again") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: has more than {MAX_BYTES // 1024**2} MB; give one table of results")
    if not is_inference(path):
        raise InputError(
            f"{path}: is no table of MLPerf Inference; give a summary_results.json of MLCommons "
            "or the CSV of mlcommons/cm4mlperf-results"
        )
    found: dict[tuple[str, str], InferenceRow] = {}
    left_out = 0
    try:
        for at, fields in enumerate(_objects(data.decode("utf-8-sig")), 1):
            row = _row(fields, f"{path}: result {at}")
            if row is None:
                left_out += 1
            else:
                found[row.version, row.location] = row
    except KeyError as error:
        raise InputError(f"{path}: has no column {error}; give the table as it was published") from error
    except (ValueError, RecursionError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read to its end ({error}); fetch it again") from error
    return InferenceTable(re.sub(r"\.(?:json|csv)(?:\.xz)?$", "", path.name), tuple(found.values()), left_out)


def merged(tables: Iterable[InferenceTable]) -> list[InferenceTable]:
    """Tables that share no round: of a round that several have, the smallest table, MLCommons' own, wins."""
    taken: set[str] = set()
    kept = []
    for table in sorted(tables, key=lambda t: (len({r.version for r in t.rows}), t.name)):
        rows = tuple(row for row in table.rows if row.version not in taken)
        taken |= {row.version for row in rows}
        kept.append(InferenceTable(table.name, rows, table.left_out))
    return sorted(kept, key=lambda t: t.name)


def link_inference(table: InferenceTable, vocabulary: Vocabulary) -> list[LinkedInference]:
    """The results of a table with their entities; an unknown submitter, model, accelerator or round is a new one."""
    linker = ResultLinker(vocabulary)
    linked = []
    for row in table.rows:
        label = f"MLPerf Inference {row.version}"
        round_ = linker.round(label)
        system = linker.place(label, row.submitter, f"{row.platform}-{row.division}")
        parts = [part for part in row.location.split("/") if part != "results" and part.strip()]
        *folders, name = parts or [row.location]
        result = (*map(slug, folders), linker.own(("result", label, *map(slug, folders)), name, row.location))
        model = re.sub(r"-99(?:\.9)?$", "", row.model)
        new = Entity(iri("benchmark", f"inference {model}"), model, "Benchmark", False)
        linked.append(LinkedInference(
            row, iri("filed-system", last(round_.iri), *system), iri("inference-result", last(round_.iri), *result),
            round_, linker.organizations(label, row.submitter), linker.entity(label, "Benchmark", model) or new,
            linker.entity(label, "Division", row.division),
            linker.entity(label, "AvailabilityCategory", row.availability),
            linker.accelerator(label, row.accelerator, row.accelerators),
        ))  # fmt: skip
    return linked


def _start(path: Path, most: int) -> bytes:
    """The first bytes of a file, unpacked."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        return stream.read(most)


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    """The rows under the names of `summary_results`; of a result with a row for its power, one row."""
    if text.lstrip()[:1] == "[":
        for at, row in enumerate(json.loads(text), 1):
            if not isinstance(row, dict):
                raise ValueError(f"result {at} is no object")
            yield row
        return
    power: dict[tuple[str, str], tuple[str, str]] = {}
    rows = []
    for row in csv.DictReader(io.StringIO(text)):
        if row["Result"]:
            rows.append(row)
        elif row["Result_Power"]:
            power[row["version"], row["Location"]] = row["Result_Power"], row["Result_Units"]
    for row in rows:
        extra = power.get((row["version"], row["Location"]), (row["Result_Power"], row["Result_Power_Units"]))
        yield {
            "version": row["version"], "Suite": row["SystemType"], "Category": row["Division"],
            "Submitter": row["Organization"], "Availability": row["Availability"], "System": row["SystemName"],
            "Platform": row["Platform"], "Model": row["MlperfModel"] or row["Model"], "Scenario": row["Scenario"],
            "Performance_Result": row["Result"], "Performance_Units": row["Result_Units"], "Accuracy": row["Accuracy"],
            "Power_Result": extra[0], "Power_Units": extra[1], "Accelerator": row["accelerator_model_name"],
            "a#": row["accelerators_per_node"], "Nodes": row["number_of_nodes"],
            "Processor": row["host_processor_model_name"], "Software": row["framework"], "Location": row["Location"],
            "Details": row["url"],
        }  # fmt: skip


def _row(fields: Mapping[str, Any], where: str) -> InferenceRow | None:
    """A result, or None where it has no performance. Raises InputError, with the place, for what a column cannot have."""

    def text(name: str, kind: Kind = TEXT) -> str:
        value = fields.get(name)
        said = "" if value is None else str(value).encode("utf-8", "replace").decode()
        kind = NESTED if isinstance(value, dict | list) else kind
        return str(kind.value(where, name, " ".join(said.split())))

    def number(name: str, kind: Kind = NUMBER) -> Any:
        """None for what is no number: 'N/A', '(8,4)'."""
        said = text(name)
        try:
            return None if Decimal(said).is_nan() else kind.value(where, name, said)
        except InvalidOperation:
            return None

    performance, power = number("Performance_Result"), number("Power_Result")
    row = InferenceRow(
        text("version", VERSION), text("Suite"), text("Category"), text("Submitter", NAME), text("Availability"),
        text("System"), text("Platform", NAME), text("Model", NAME), text("Scenario", NAME), performance,
        text("Performance_Units"), text("Accuracy"), power, text("Power_Units") if power is not None else "",
        text("Accelerator"), number("a#", COUNT) if text("Accelerator") else None, number("Nodes", COUNT),
        text("Processor"), text("Software"), text("Location", NAME), text("Details"),
    )  # fmt: skip
    COUNT.value(where, "a# of all Nodes", str(row.accelerators or 0))
    return None if performance is None else row
